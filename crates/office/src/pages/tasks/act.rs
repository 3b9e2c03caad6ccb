//! /can-bo/viec/{id}/lam/{act}: what a handler does, and what a leader decides.

use axum::Extension;
use axum::extract::{Path, State as Given};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind, Width};
use platform::web::{Form, Page, Problem, Reply, View};
use uuid::Uuid;

use super::show::{facts, heading};
use crate::TASKS;
use crate::coded::coded;
use crate::commands::incoming::{assigning, handling};
use crate::document::OutgoingId;
use crate::fault::Fault;
use crate::hand::Asker;
use crate::incoming::REASON_LETTERS_MAX;
use crate::pages::incoming::{Sheet, account, day, one_of, people, version};
use crate::pages::{at_desk, at_field};
use crate::queries::work::{self, Seen};
use crate::refusal::Refusal;
use crate::task::{Part, TaskId, TaskState};
use crate::workdays::Workdays;

coded! {
    /// The usual first.
    pub(crate) enum Act, "an act" {
        Begin = "bat-dau",
        Read = "da-xem",
        Complete = "hoan-thanh",
        Progress = "tien-do",
        HandOn = "chuyen",
        AskForTime = "gia-han",
        HandBack = "tra-lai",
        Grant = "dong-y-gia-han",
        Decline = "khong-gia-han",
        CallOff = "thu-viec",
    }
}

impl Act {
    pub fn word(self) -> String {
        format!("office-do-{}", self.code())
    }

    pub fn is_open(self, seen: &Seen) -> bool {
        let Seen { task, handles, leads, incoming, .. } = seen;
        let moves = incoming.as_ref().is_none_or(|one| one.moves());
        let informed = task.role == Part::Information;
        let works = *handles && moves && !informed;
        match self {
            Act::Begin => works && task.state == TaskState::Given,
            Act::Read => *handles && moves && informed,
            Act::Complete | Act::Progress | Act::HandOn | Act::HandBack => works,
            Act::AskForTime => works && task.due_on.is_some(),
            Act::Grant | Act::Decline => *leads && task.is_open() && task.wished_due_on.is_some(),
            Act::CallOff => *leads && task.is_open(),
        }
    }
}

pub(crate) async fn act(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
    Path((id, act)): Path<(Uuid, String)>,
) -> Result<Page, Problem> {
    let (seen, act) = open(&ctx, &actor, (id, &act)).await?;
    let version = ("version".to_owned(), seen.task.version.to_string());
    let progress = ("progress".to_owned(), seen.task.progress_percent.to_string());
    let typed = Answers::from_pairs(vec![version, progress]);
    page(&view, &actor, (&seen, act), (&typed, &Errors::new())).await
}

async fn open(ctx: &Ctx, actor: &Actor, (id, act): (Uuid, &str)) -> Result<(Seen, Act), Problem> {
    let act = Act::parse(act).ok_or_else(Problem::not_found)?;
    let seen = work::seen(ctx, actor, TaskId(id)).await?;
    match act.is_open(&seen) {
        true => Ok((seen, act)),
        false => Err(Problem::not_found()),
    }
}

async fn page(
    view: &View,
    actor: &Actor,
    (seen, act): (&Seen, Act),
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let back = format!("{TASKS}/{}", seen.task.id);
    let sheet = Sheet {
        view,
        errors: errors.summary(&view.speech),
        heading: view.t(&act.word()),
        lead: heading(view, &seen.task),
        about: Some(facts(view, &seen.task)),
        fields: fields(view, (act, seen), (typed, errors)),
        hidden: vec![("version".to_owned(), typed.get("version").to_owned())],
        action: format!("{back}/lam/{}", act.code()),
        button: view.t(&act.word()),
    };
    Ok(at_desk(view, actor, sheet.page(&back, !errors.is_empty())?).await)
}

fn fields(
    view: &View,
    (act, seen): (Act, &Seen),
    (typed, errors): (&Answers, &Errors),
) -> Vec<Field> {
    let field = |kind: Kind, name: &str, word: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(word));
        field.value(typed.get(name)).errors(errors)
    };
    let lines = |name: &str, word: &str| {
        field(Kind::Lines(3), name, word).max_letters(REASON_LETTERS_MAX as u32)
    };
    match act {
        Act::Begin | Act::Read | Act::Grant | Act::Decline | Act::CallOff => Vec::new(),
        Act::Progress => vec![
            field(Kind::Digits, "progress", "office-field-progress").width(Width::Four).suffix("%"),
            lines("note", "office-note").optional(&view.speech),
        ],
        Act::AskForTime => vec![
            Field::new(&view.speech, Kind::Date, "due", view.t("office-time-wished"))
                .date(typed.date("due"))
                .errors(errors),
            lines("reason", "office-field-reason"),
        ],
        Act::HandOn => vec![
            field(one_of(view, others(view, seen)), "person", "office-field-person"),
            lines("note", "office-note").optional(&view.speech),
        ],
        Act::HandBack => vec![lines("reason", "office-field-reason")],
        Act::Complete => completing(view, seen, (typed, errors)),
    }
}

fn others(view: &View, seen: &Seen) -> Vec<Choice> {
    let own = seen.task.account.to_string();
    people(view, &seen.people).into_iter().filter(|choice| choice.value != own).collect()
}

/// The main handler of a document says what the answer was.
fn completing(view: &View, seen: &Seen, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let note = Field::new(&view.speech, Kind::Lines(3), "note", view.t("office-field-result"));
    let note = note
        .optional(&view.speech)
        .max_letters(REASON_LETTERS_MAX as u32)
        .value(typed.get("note"))
        .errors(errors);
    if seen.task.role != Part::Main || seen.incoming.is_none() {
        return vec![note];
    }
    let mut fields = vec![note];
    if !seen.replies.is_empty() {
        let first = Choice::new("", view.t("office-choose-none"));
        let choices = seen.replies.iter().map(|(id, label)| Choice::new(id.to_string(), label));
        let kind = Kind::Select(std::iter::once(first).chain(choices).collect());
        let field = Field::new(&view.speech, kind, "answer", view.t("office-field-reply"));
        fields.push(field.optional(&view.speech).value(typed.get("answer")).errors(errors));
    }
    let text = Field::new(&view.speech, Kind::Text, "reply", view.t("office-field-reply-text"));
    fields.push(
        text.hint(view.t("office-field-reply-hint"))
            .optional(&view.speech)
            .value(typed.get("reply"))
            .errors(errors),
    );
    fields
}

pub(crate) async fn post_act(
    view: View,
    Given(ctx): Given<Ctx>,
    (actor, Extension(workdays)): (Actor, Extension<Workdays>),
    Path((id, act)): Path<(Uuid, String)>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let (seen, act) = open(&ctx, &actor, (id, &act)).await?;
    match done(&ctx, (&actor, workdays), (&seen, act), &answers).await {
        Ok(()) => Ok(after(&seen, act)),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, &actor, (&seen, act), (&answers, &errors)).await?.into())
        }
    }
}

/// A task that is somebody else's now is not led back to.
fn after(seen: &Seen, act: Act) -> Reply {
    let ends = matches!(act, Act::Complete | Act::HandOn | Act::HandBack | Act::Read);
    match ends {
        true => Reply::see(TASKS).notice("office-notice-task-ended"),
        false => {
            Reply::see(&format!("{TASKS}/{}", seen.task.id)).notice("office-notice-task-saved")
        }
    }
}

async fn done(
    ctx: &Ctx,
    (actor, workdays): (&Actor, Workdays),
    (seen, act): (&Seen, Act),
    answers: &Answers,
) -> Result<(), Refusal> {
    let asker = Asker::of(ctx, actor);
    let task = (seen.task.id, version(answers));
    let text = |name: &str| answers.get(name).to_owned();
    let does = match act {
        Act::Grant | Act::Decline => {
            let grants = act == Act::Grant;
            return assigning::decide_wish(ctx, (asker, workdays), task, grants).await;
        }
        Act::CallOff => return assigning::call_off_task(ctx, asker, task).await,
        Act::Begin => handling::Act::Begin,
        Act::Progress => {
            let percent = answers.get("progress").parse().map_err(|_| Fault::ProgressWrong)?;
            handling::Act::Progress { percent, note: text("note") }
        }
        Act::AskForTime => {
            let until = day(answers, "due")?.ok_or(Fault::DayWrong { field: "due" })?;
            handling::Act::AskForTime { until, reason: text("reason") }
        }
        Act::HandOn => {
            let to = account(answers, "person").ok_or(Refusal::NotHere { field: "person" })?;
            handling::Act::HandOn { to, note: text("note") }
        }
        Act::HandBack => handling::Act::HandBack { reason: text("reason") },
        Act::Read => {
            handling::Act::Complete { note: String::new(), reply: None, reply_text: String::new() }
        }
        Act::Complete => {
            let chosen = seen.replies.iter().find(|(id, _)| id.to_string() == text("answer"));
            let reply: Option<OutgoingId> = chosen.map(|(id, _)| *id);
            let number = chosen.map(|(_, label)| label.clone());
            let reply_text = number.unwrap_or_else(|| text("reply"));
            handling::Act::Complete { note: text("note"), reply, reply_text }
        }
    };
    handling::act(ctx, asker, task, does).await
}
