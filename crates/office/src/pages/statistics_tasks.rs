//! /can-bo/van-ban-thong-ke/viec: the tasks behind a figure.

use askama::Template;
use axum::extract::State;
use identity::Actor;
use platform::Ctx;
use platform::clock::local;
use platform::web::{Page, Problem, View};
use uuid::Uuid;

use super::at_office::at_figures;
use super::statistics::{HERE, usual};
use super::{at_desk, days};
use crate::hand::Asker;
use crate::queries::registers::may_look;
use crate::queries::statistics::{self, Course};
use crate::refusal::Refusal;
use crate::store::statistics::Given;

const LISTED_MAX: usize = 500;

#[derive(Template)]
#[template(path = "statistics_tasks.html")]
struct TasksTemplate<'a> {
    view: &'a View,
    title: String,
    rows: Vec<TaskRow>,
    cut: Option<String>,
}

struct TaskRow {
    title: String,
    path: Option<String>,
    name: String,
    given: String,
    due: String,
    ended: String,
    course: String,
}

/// The tasks behind a figure. Documents that an officer may not open have no link that helps them.
pub(crate) async fn behind_a_figure(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let (found, wanted) = listed(&view, &ctx, &actor).await?;
    let title = match wanted {
        Some(course) => view.t(&course.word()),
        None => view.t("office-statistics-tasks"),
    };
    let template = tasks_template(&view, title.clone(), &found);
    let back = view.here_with(&[("nguoi", ""), ("loai", "")]);
    let back = back.replacen("/can-bo/van-ban-thong-ke/viec", HERE, 1);
    let page = Page::new(&view, title, &template)?.back(back).wide();
    Ok(at_desk(&view, &actor, page).await)
}

type Listed = Vec<(Given, String)>;

async fn listed(
    view: &View,
    ctx: &Ctx,
    actor: &Actor,
) -> Result<(Listed, Option<Course>), Problem> {
    let at = at_figures(view, ctx, actor).await?.at;
    let (span, _) = days(view, usual(view));
    let person = view.query("nguoi").and_then(|id| Uuid::try_parse(&id).ok());
    let wanted = view.query("loai").and_then(|code| Course::parse(&code));
    let asker = Asker::of(ctx, actor);
    let read: Result<Listed, Refusal> = ctx
        .store
        .read(move |tx| {
            if !may_look(tx, &asker, &at.office)? {
                return Err(Refusal::Nothing);
            }
            let (unit, today) = (at.office.unit, asker.today());
            let found = statistics::tasks(tx, (unit, person), span, (wanted, today))?;
            let mut listed = Vec::new();
            for task in found.into_iter().take(LISTED_MAX + 1) {
                let title = statistics::title(tx, &task)?;
                listed.push((task, title));
            }
            Ok(listed)
        })
        .await;
    Ok((read.map_err(Problem::from)?, wanted))
}

fn tasks_template<'a>(view: &'a View, title: String, found: &Listed) -> TasksTemplate<'a> {
    let today = local(view.now).date();
    let day = |at: jiff::Timestamp| view.speech.date(local(at).date());
    let row = |(task, title): &(Given, String)| TaskRow {
        title: title.clone(),
        path: task.incoming.map(|id| format!("/can-bo/van-ban-den/{id}")),
        name: task.name.clone(),
        given: day(task.given_at),
        due: task.due_on.map(|due| view.speech.date(due)).unwrap_or_default(),
        ended: task.ended_at.map(day).unwrap_or_default(),
        course: view.t(&statistics::course(task, today).word()),
    };
    let is_cut = found.len() > LISTED_MAX;
    TasksTemplate {
        view,
        title,
        rows: found.iter().take(LISTED_MAX).map(row).collect(),
        cut: is_cut.then(|| view.with("office-register-cut", &[("count", LISTED_MAX.into())])),
    }
}
