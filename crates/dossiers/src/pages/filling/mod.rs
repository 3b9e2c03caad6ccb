//! Filling in: the task list, one question per page, files, the check of all answers, sending.
//! Each page works without scripts; scripts save what is typed and show how far an upload is.

mod check;
mod files;
mod question;

use askama::Template;
use identity::Person;
use platform::Ctx;
use platform::web::pieces::{Tag, Task, Tasks, Tone};
use platform::web::{Page, Problem, View};
use procedures::eform::{Flow, Step, TaskState};

pub use check::{post_discard, post_send};
pub(crate) use files::SCANS;
pub use files::{file, post_file, post_file_removed, post_reuse};
pub use question::{post_remove_item, post_save, post_step, step};

use super::start;
use crate::dossier::DossierId;
use crate::draft::DraftState;
use crate::queries::filling::{self, Filling};
use crate::refusal::Refusal;

/// A draft of this person that can still be filled in.
async fn open(ctx: &Ctx, person: &Person, id: DossierId) -> Result<Filling, Problem> {
    let filling = filling::one(ctx, person, id).await?.ok_or_else(Problem::not_found)?;
    match filling.draft.state {
        DraftState::Open | DraftState::Reopened => Ok(filling),
        _ => Err(Refusal::SentAlready.into()),
    }
}

/// The task list: shown first at every return.
pub(crate) async fn tasks(view: &View, filling: &Filling) -> Result<Page, Problem> {
    let flow = filling.flow()?;
    let base = format!("/ho-so/{}", filling.draft.id);
    let progress = flow.progress();
    let page = TasksPage {
        view,
        name: start::name(view, &filling.version),
        filling,
        saved: saved_at(view, filling),
        tasks: task_lines(view, &flow, &base),
        done: progress.done,
        total: progress.total,
        next: next_path(&flow, &base),
        ready: flow.is_ready(),
        base,
    };
    let title = view.with("dossiers-tasks-title", &[("name", page.name.clone().into())]);
    Ok(Page::new(view, title, &page)?.back("/ho-so"))
}

#[derive(Template)]
#[template(path = "tasks.html")]
struct TasksPage<'a> {
    view: &'a View,
    name: String,
    filling: &'a Filling,
    saved: String,
    tasks: Tasks,
    done: usize,
    total: usize,
    next: String,
    ready: bool,
    base: String,
}

fn saved_at(view: &View, filling: &Filling) -> String {
    let at = view.speech.time(filling.draft.saved_at);
    let day = view.speech.day(filling.draft.saved_at);
    view.with("dossiers-saved-at", &[("time", at.into()), ("day", day.into())])
}

fn next_path(flow: &Flow<'_>, base: &str) -> String {
    let step = flow.first_open().unwrap_or(Step::Check);
    format!("{base}/buoc/{}", step.address(flow.definition))
}

fn task_lines(view: &View, flow: &Flow<'_>, base: &str) -> Tasks {
    let mut lines: Vec<Task> = flow
        .tasks(view.locale)
        .into_iter()
        .map(|task| Task {
            id: task.section.clone(),
            label: task.title.clone(),
            hint: None,
            path: (task.state != TaskState::CannotStart)
                .then(|| format!("{base}/buoc/{}", task.step.address(flow.definition))),
            state: state_tag(view, task.state),
        })
        .collect();
    let ready = flow.is_ready();
    lines.push(Task {
        id: "check".to_owned(),
        label: view.t("dossiers-tasks-check"),
        hint: None,
        path: ready.then(|| format!("{base}/buoc/check")),
        state: state_tag(view, if ready { TaskState::NotStarted } else { TaskState::CannotStart }),
    });
    Tasks(lines)
}

fn state_tag(view: &View, state: TaskState) -> Tag {
    let tone = match state {
        TaskState::Done => Tone::Good,
        TaskState::InProgress => Tone::Info,
        TaskState::Problem => Tone::Bad,
        TaskState::CannotStart | TaskState::NotStarted => Tone::Plain,
    };
    Tag::new(tone, view.t(&format!("dossiers-task-{}", state.as_str())))
}

/// Whoever came from the check of all answers goes back there.
fn back_to_check(view: &View) -> &'static str {
    if view.query("ve").is_some() { "?ve=kiem-tra" } else { "" }
}
