//! /can-bo/viec/{id}: one task, with what may be done with it.

use askama::Template;
use axum::extract::{Path, State as Given};
use identity::Actor;
use platform::Ctx;
use platform::clock::local;
use platform::web::pieces::{Summary, SummaryRow, Tag, Timeline};
use platform::web::{Page, Problem, View};
use uuid::Uuid;

use super::act::Act;
use crate::pages::at_desk;
use crate::pages::incoming::light_tag;
use crate::pages::incoming::show::story;
use crate::queries::work::{self, Seen};
use crate::task::{Task, TaskId};
use crate::{INCOMING, TASKS};

#[derive(Template)]
#[template(path = "task.html")]
struct TaskTemplate<'a> {
    view: &'a View,
    heading: String,
    light: Option<Tag>,
    in_place: String,
    facts: Summary,
    document: Option<(String, String)>,
    acts: Vec<(String, String, bool)>,
    story: Timeline,
    live: String,
}

pub(crate) async fn show(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    let seen = work::seen(&ctx, &actor, TaskId(id)).await?;
    let template = template(&view, &seen);
    let page = Page::new(&view, template.heading.clone(), &template)?.back(TASKS);
    Ok(at_desk(&view, &actor, page).await)
}

fn template<'a>(view: &'a View, seen: &Seen) -> TaskTemplate<'a> {
    let today = local(view.now).date();
    let document = seen
        .incoming
        .as_ref()
        .map(|one| (format!("{INCOMING}/{}", one.id), format!("{} {}", one.code(), one.from_name)));
    TaskTemplate {
        heading: heading(view, &seen.task),
        light: seen.task.light(today).map(|light| light_tag(view, light)),
        in_place: match seen.for_name.is_empty() {
            true => String::new(),
            false => view.with("office-acting-for", &[("name", seen.for_name.as_str().into())]),
        },
        facts: facts(view, &seen.task),
        document,
        acts: acts(view, seen),
        story: story(view, &seen.story),
        live: format!("{INCOMING}/moi"),
        view,
    }
}

pub(super) fn heading(view: &View, task: &Task) -> String {
    match task.title.is_empty() {
        true => view.t("office-incoming-no-subject"),
        false => task.title.clone(),
    }
}

pub(super) fn facts(view: &View, task: &Task) -> Summary {
    let state = format!("{}, {} %", view.t(&task.state.word()), task.progress_percent);
    let given = format!("{}, {}", task.given_name, view.speech.date_time(task.given_at));
    let due = task.due_on.map(|due| view.speech.weekday_of(due)).unwrap_or_default();
    let wished = task
        .wished_due_on
        .map(|day| format!("{}\n{}", view.speech.weekday_of(day), task.wished_reason));
    let mut rows = vec![
        ("office-handler", task.name.clone()),
        ("office-part", view.t(&task.role.word())),
        ("office-state", state),
        ("office-given-by", given),
        ("office-due", due),
        ("office-instruction", task.instruction.clone()),
    ];
    for (word, text) in
        [("office-time-wished", wished.unwrap_or_default()), ("office-note", task.note.clone())]
    {
        if !text.is_empty() {
            rows.push((word, text));
        }
    }
    Summary::new(
        view,
        rows.iter().map(|(word, text)| SummaryRow::new(view.t(word), text)).collect(),
    )
}

fn acts(view: &View, seen: &Seen) -> Vec<(String, String, bool)> {
    let possible = Act::ALL.iter().filter(|act| act.is_open(seen));
    let link = |(place, act): (usize, &Act)| {
        let path = format!("{TASKS}/{}/lam/{}", seen.task.id, act.code());
        (path, view.t(&act.word()), place == 0)
    };
    possible.enumerate().map(link).collect()
}
