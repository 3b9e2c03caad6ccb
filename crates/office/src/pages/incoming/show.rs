//! /can-bo/van-ban-den/{id}: what it says, what was checked, who works on it, what happened.

use askama::Template;
use axum::extract::{Path, State as Given};
use identity::Actor;
use jiff::Timestamp;
use platform::Ctx;
use platform::clock::local;
use platform::web::pieces::{Moment, Summary, SummaryRow, Tag, Timeline, Tone};
use platform::web::{Markup, Page, Problem, View};
use uuid::Uuid;

use super::acts::Act;
use super::checks::{Check, checks};
use super::{light_tag, state_tag, urgency_tag};
use crate::INCOMING;
use crate::change::{ChangeKind, ChangeState};
use crate::commands::reading;
use crate::document::{Direction, IncomingId, Urgency};
use crate::incoming::{Incoming, IncomingFile, Source, State};
use crate::pages::{at_desk, express_tag};
use crate::queries::received::{self, Whole};
use crate::store::tasks::Happened;
use crate::task::{Light, Task};

#[derive(Template)]
#[template(path = "incoming_show.html")]
struct ShowTemplate<'a> {
    view: &'a View,
    id: IncomingId,
    heading: String,
    unit: String,
    state: Tag,
    urgency: Option<Tag>,
    hour: Option<Tag>,
    light: Option<Tag>,
    frozen: Option<(String, String)>,
    replaced: Option<(String, String)>,
    stamp: Option<Stamp>,
    facts: Summary,
    checks: Vec<Check>,
    files: Vec<FileRow>,
    acts: Vec<(String, String, bool)>,
    tasks: Vec<TaskRow>,
    remarks: Vec<String>,
    story: Timeline,
    live: String,
}

/// Dấu đến.
struct Stamp {
    unit: String,
    number: String,
    date: String,
    /// Where the first page bears it.
    copy: Option<String>,
}

struct FileRow {
    name: String,
    given: String,
    path: Option<String>,
    size: String,
    sha256: String,
    is_old: bool,
    /// The update that brought it.
    came: String,
    note: String,
}

struct TaskRow {
    path: String,
    name: String,
    role: String,
    state: String,
    due: String,
    instruction: String,
    progress: String,
    light: Option<Tag>,
}

pub(crate) async fn show(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    let whole = received::whole(&ctx, &actor, IncomingId(id)).await?;
    reading::note(&ctx, &actor, (Direction::In, id, whole.one.unit), "").await?;
    let template = template(&view, &whole);
    let page = Page::new(&view, template.heading.clone(), &template)?.back(INCOMING).wide();
    Ok(at_desk(&view, &actor, page).await)
}

fn template<'a>(view: &'a View, whole: &Whole) -> ShowTemplate<'a> {
    let one = &whole.one;
    let today = local(view.now).date();
    let light = one.due_on.filter(|_| one.state.is_open()).map(|due| Light::of(due, today));
    let replaced = whole
        .replaced_by
        .as_ref()
        .map(|new| (format!("{INCOMING}/{}", new.id), format!("{} {}", new.code(), new.subject)));
    let tasks = whole.tasks.iter();
    let is_open = one.state.is_open() || one.state == State::Arrived;
    ShowTemplate {
        id: one.id,
        heading: subject(view, one),
        unit: whole.unit.clone(),
        state: state_tag(view, one.state),
        urgency: urgency_tag(view, one.urgency),
        hour: one.express_at.filter(|_| is_open).map(|at| express_tag(view, at)),
        light: light.map(|light| light_tag(view, light)),
        frozen: frozen(view, whole),
        replaced,
        stamp: stamp(view, whole),
        facts: facts(view, one),
        checks: checks(view, whole),
        files: whole.files.iter().map(|file| file_row(view, whole, file)).collect(),
        acts: acts(view, whole),
        tasks: tasks.map(|task| task_row(view, task, whole.may.assign)).collect(),
        remarks: one.more.remarks.clone(),
        story: story(view, &whole.story),
        live: format!("{INCOMING}/moi"),
        view,
    }
}

pub(super) fn subject(view: &View, one: &Incoming) -> String {
    match one.subject.is_empty() {
        true => view.t("office-incoming-no-subject"),
        false => one.subject.clone(),
    }
}

fn frozen(view: &View, whole: &Whole) -> Option<(String, String)> {
    let change = whole.changes.first().filter(|_| whole.one.is_frozen)?;
    let words = [("why", change.reason.as_str().into())];
    let sentence = view.with(&format!("office-frozen-{}", change.kind.code()), &words);
    let path = format!("{INCOMING}/yeu-cau/{}", change.id);
    Some((sentence, if whole.may.register { path } else { String::new() }))
}

fn stamp(view: &View, whole: &Whole) -> Option<Stamp> {
    let one = &whole.one;
    let (number, day) = one.arrival_number().zip(one.registered_on)?;
    let shown = whole.files.iter().find(|file| file.edition == one.edition && is_pdf(file));
    Some(Stamp {
        unit: whole.unit.clone(),
        number,
        date: view.speech.date(day),
        copy: shown.map(|_| format!("{INCOMING}/{}/ban-xem", one.id)),
    })
}

pub(super) fn is_pdf(file: &IncomingFile) -> bool {
    file.file.is_some() && file.media == "application/pdf"
}

fn facts(view: &View, one: &Incoming) -> Summary {
    let more = &one.more;
    let signer = [&more.signer_competence, &more.signer_position, &one.signer];
    let signer: Vec<&str> =
        signer.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let mut rows = vec![
        ("office-sender", sender(one)),
        ("office-code", one.code()),
        ("office-issued", issued(view, one)),
        ("office-type", one.type_name.clone()),
        ("office-signer", signer.join(" ")),
        ("office-arrived-at", view.speech.date_time(one.arrived_at)),
        ("office-source", view.t(source_word(one.source))),
    ];
    let answer = [one.reply_text.as_str(), one.ended_note.as_str()];
    let answer = answer.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    for (word, value) in [
        ("office-arrival-number", one.arrival_number().unwrap_or_default()),
        ("office-leader", one.leader_name.clone().unwrap_or_default()),
        ("office-express-at", hour(view, one)),
        ("office-due", due(view, one)),
        ("office-asked-due", more.due_on.clone()),
        ("office-answers", more.answers.join("; ")),
        ("office-places", more.to_places.join("; ")),
        ("office-outcome", answer.to_owned()),
        ("office-told", told(view, one)),
    ] {
        if !value.is_empty() {
            rows.push((word, value));
        }
    }
    Summary::new(
        view,
        rows.iter().map(|(word, text)| SummaryRow::new(view.t(word), text)).collect(),
    )
}

/// Which document it is: what stands beside the questions of an act, so that on a phone they are
/// not far below.
pub(super) fn brief(view: &View, one: &Incoming) -> Summary {
    let subject = match one.subject.is_empty() {
        true => view.t("office-incoming-no-subject"),
        false => one.subject.clone(),
    };
    let rows = [
        ("office-subject", subject),
        ("office-sender", sender(one)),
        ("office-code", one.code()),
        ("office-issued", issued(view, one)),
        ("office-arrival-number", one.arrival_number().unwrap_or_default()),
        ("office-express-at", hour(view, one)),
        ("office-due", due(view, one)),
        ("office-asked-due", one.more.due_on.clone()),
    ];
    let rows = rows.iter().filter(|(_, text)| !text.is_empty());
    Summary::new(view, rows.map(|(word, text)| SummaryRow::new(view.t(word), text)).collect())
}

fn sender(one: &Incoming) -> String {
    match one.from_code.is_empty() {
        true => one.from_name.clone(),
        false => format!("{} ({})", one.from_name, one.from_code),
    }
}

fn issued(view: &View, one: &Incoming) -> String {
    one.issued_on.map_or_else(|| one.issued_text.clone(), |day| view.speech.date(day))
}

fn due(view: &View, one: &Incoming) -> String {
    one.due_on.map(|due| view.speech.weekday_of(due)).unwrap_or_default()
}

/// The set time of what is express, or that it was not said.
fn hour(view: &View, one: &Incoming) -> String {
    match (one.urgency, one.express_at) {
        (Urgency::ExpressAtTime, Some(at)) => view.speech.weekday_date_time(at),
        (Urgency::ExpressAtTime, None) => view.t("office-express-unsaid"),
        _ => String::new(),
    }
}

fn source_word(source: Source) -> &'static str {
    match source {
        Source::Axis => "office-source-axis",
        Source::Paper => "office-source-paper",
    }
}

fn told(view: &View, one: &Incoming) -> String {
    match (one.told.is_empty(), one.told_fault.is_empty()) {
        (_, false) => view.with("office-told-fault", &[("code", one.owed.as_str().into())]),
        (false, true) => format!("{} – {}", one.told, view.t(&status_word(&one.told))),
        (true, true) => String::new(),
    }
}

/// The words for a status that we say ourselves.
pub(super) fn status_word(code: &str) -> String {
    let known = ["01", "02", "03", "04", "05", "06", "15", "16"];
    match known.contains(&code) {
        true => format!("office-status-{code}"),
        false => "office-status-none".to_owned(),
    }
}

fn file_row(view: &View, whole: &Whole, file: &IncomingFile) -> FileRow {
    let one = &whole.one;
    let known = whole.legible.iter().find(|(source, _)| Some(*source) == file.file);
    let unread = known.and_then(|(_, state)| state.complaint()).unwrap_or_default();
    let note = match (file.file.is_some(), file.sha256.is_empty()) {
        (true, _) => unread.as_str(),
        (false, true) => "office-file-missing",
        (false, false) if one.state == State::Withdrawn => "office-file-destroyed",
        (false, false) => "office-file-empty",
    };
    FileRow {
        name: file.name.clone(),
        given: if file.given_name == file.name { String::new() } else { file.given_name.clone() },
        path: file.file.map(|_| format!("{INCOMING}/{}/tep/{}", one.id, file.id)),
        size: view.speech.size(file.size_bytes),
        sha256: file.sha256.clone(),
        is_old: file.edition < one.edition,
        came: came_with(view, whole, file),
        note: if note.is_empty() { String::new() } else { view.t(note) },
    }
}

/// The second edition is of the first update that was agreed to, and so on.
fn came_with(view: &View, whole: &Whole, file: &IncomingFile) -> String {
    let Some(edition) = file.came_with(&whole.files) else { return String::new() };
    let agreed = whole
        .changes
        .iter()
        .filter(|one| (one.kind, one.state) == (ChangeKind::Update, ChangeState::Agreed));
    let mut days: Vec<Timestamp> = agreed.filter_map(|one| one.decided_at).collect();
    days.sort_unstable();
    let place = usize::try_from(edition - 2).unwrap_or(usize::MAX);
    let words = |at: &Timestamp| [("at", view.speech.date_time(*at).into())];
    let at = days.get(place);
    at.map(|at| view.with("office-file-of-update", &words(at))).unwrap_or_default()
}

/// What this officer may do with it now; the first is what is usually done.
fn acts(view: &View, whole: &Whole) -> Vec<(String, String, bool)> {
    let possible = Act::ALL.iter().filter(|act| act.is_open(&whole.one, whole.may));
    let link = |(place, act): (usize, &Act)| {
        let path = format!("{INCOMING}/{}/viec/{}", whole.one.id, act.code());
        (path, view.t(&act.word()), place == 0)
    };
    possible.enumerate().map(link).collect()
}

fn task_row(view: &View, task: &Task, leads: bool) -> TaskRow {
    let today = local(view.now).date();
    TaskRow {
        path: if leads { format!("{}/{}", crate::TASKS, task.id) } else { String::new() },
        name: task.name.clone(),
        role: view.t(&task.role.word()),
        state: view.t(&task.state.word()),
        due: task.due_on.map(|due| view.speech.date(due)).unwrap_or_default(),
        instruction: task.instruction.clone(),
        progress: format!("{} %", task.progress_percent),
        light: task.light(today).map(|light| light_tag(view, light)),
    }
}

pub(crate) fn story(view: &View, all: &[Happened]) -> Timeline {
    let moment = |one: &Happened| {
        let at = view.speech.date_time(one.at);
        let who = match one.for_name.is_empty() {
            true => one.actor_name.clone(),
            false => {
                let words = [
                    ("name", one.actor_name.as_str().into()),
                    ("other", one.for_name.as_str().into()),
                ];
                view.with("office-in-place-of", &words)
            }
        };
        Moment {
            tone: tone(&one.kind),
            title: view.t(&format!("office-story-{}", one.kind)),
            when: format!("{at}, {who}"),
            text: (!one.text.is_empty()).then(|| Markup::lines(&one.text)),
        }
    };
    Timeline(all.iter().map(moment).collect())
}

fn tone(kind: &str) -> Tone {
    match kind {
        "refused" | "withdrawn" => Tone::Bad,
        "recall-asked" | "update-asked" | "parked" | "handed-back" | "time-asked" => Tone::Warn,
        _ => Tone::Good,
    }
}
