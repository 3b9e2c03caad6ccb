//! /can-bo/viec: what an officer has to do, in their own place and in others'.

use askama::Template;
use axum::extract::State as Given;
use identity::{Actor, Right};
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::web::pieces::Tag;
use platform::web::{Page, Problem, View};

use crate::pages::at_desk;
use crate::pages::incoming::light_tag;
use crate::queries::work::{self, Board, View as Which};
use crate::task::Task;
use crate::{INCOMING, TASKS};

#[derive(Template)]
#[template(path = "tasks.html")]
struct TasksTemplate<'a> {
    view: &'a View,
    tabs: Vec<(String, String, bool, usize)>,
    heading: String,
    /// What stands in one's own list when it is empty.
    none: String,
    lists: Vec<List>,
    leads: bool,
    live: String,
    here: String,
}

/// One's own, then those of whoever one stands in for.
pub(super) struct List {
    pub heading: String,
    pub rows: Vec<Row>,
}

pub(super) struct Row {
    pub path: String,
    pub title: String,
    pub role: String,
    pub state: String,
    pub given: String,
    pub name: String,
    pub due: String,
    pub light: Option<Tag>,
    pub asks: bool,
}

pub(crate) async fn list(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    actor.require_anywhere(Right::SeeDocuments)?;
    let which = view.query("muc").and_then(|code| Which::parse(&code)).unwrap_or(Which::Mine);
    let board = work::board(&ctx, &actor, which).await?;
    let template = template(&view, which, &board);
    let page = Page::new(&view, view.t("office-tasks-mine"), &template)?.wide();
    Ok(at_desk(&view, &actor, page).await)
}

fn template<'a>(view: &'a View, which: Which, board: &Board) -> TasksTemplate<'a> {
    let today = local(view.now).date();
    let own = board.tasks.iter().map(|task| row(view, task, today)).collect();
    let mut lists = vec![List { heading: String::new(), rows: own }];
    for (absence, tasks) in &board.standing_in {
        let words = [
            ("name", absence.name.as_str().into()),
            ("until", view.speech.date(absence.last_day).into()),
        ];
        let rows = tasks.iter().map(|task| row(view, task, today)).collect();
        lists.push(List { heading: view.with("office-tasks-of", &words), rows });
    }
    TasksTemplate {
        tabs: tabs(view, which),
        heading: view.t(&word(which)),
        none: view.t(&format!("office-tasks-none-{}", which.code())),
        lists,
        leads: board.leads,
        live: format!("{INCOMING}/moi"),
        here: view.here(),
        view,
    }
}

fn word(which: Which) -> String {
    format!("office-tasks-{}", which.code())
}

fn tabs(view: &View, here: Which) -> Vec<(String, String, bool, usize)> {
    let tab = |(place, which): (usize, Which)| {
        let path = view.here_with(&[("muc", which.code())]);
        (path, view.t(&word(which)), which == here, place + 1)
    };
    Which::ALL.iter().copied().enumerate().map(tab).collect()
}

pub(super) fn row(view: &View, task: &Task, today: Date) -> Row {
    Row {
        path: format!("{TASKS}/{}", task.id),
        title: match task.title.is_empty() {
            true => view.t("office-incoming-no-subject"),
            false => task.title.clone(),
        },
        role: view.t(&task.role.word()),
        state: format!("{}, {} %", view.t(&task.state.word()), task.progress_percent),
        given: format!("{}, {}", task.given_name, view.speech.date_time(task.given_at)),
        name: task.name.clone(),
        due: task.due_on.map(|due| view.speech.weekday_of(due)).unwrap_or_default(),
        light: task.light(today).map(|light| light_tag(view, light)),
        asks: task.wished_due_on.is_some(),
    }
}
