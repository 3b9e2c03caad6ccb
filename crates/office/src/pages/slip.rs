//! /can-bo/van-ban/den/{id}/phieu-giai-quyet: the handling slip of a document that came, printed as
//! things stand.
//!
//! Law: NĐ 30/2020/NĐ-CP app. IV (phiếu giải quyết văn bản đến)

use axum::extract::{Path, State};
use identity::{Actor, Role};
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use platform::web::{Problem, Reply};
use platform::words::{Locale, Speech};
use serde::Serialize;
use uuid::Uuid;

use super::print;
use crate::document::IncomingId;
use crate::hand::Asker;
use crate::incoming::Incoming;
use crate::papers::{Head, printable, qr};
use crate::queries::paper_head;
use crate::queries::people::colleagues;
use crate::refusal::Refusal;
use crate::store::tasks;
use crate::task::{Part, Task};

/// As the press takes it.
#[derive(Serialize)]
struct Slip {
    letterhead: Head,
    number: String,
    arrived_on: String,
    kind: String,
    symbol: String,
    date: String,
    author: String,
    subject: String,
    deadline: String,
    leaders: Vec<Opinion>,
    heads: Vec<Opinion>,
    handlers: Vec<Opinion>,
    qr: String,
    address: String,
}

#[derive(Serialize)]
struct Opinion {
    text: String,
    at: String,
    name: String,
}

pub(crate) async fn show(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((direction, id)): Path<(String, String)>,
) -> Result<Reply, Problem> {
    let id = Uuid::try_parse(&id).ok().filter(|_| direction == "den");
    let id = IncomingId(id.ok_or_else(Problem::not_found)?);
    let (asker, speech) = (Asker::of(&ctx, &actor), ctx.words.speak(Locale::Vi));
    let address = format!("{}/can-bo/van-ban-den/{id}", ctx.settings.public_address);
    let read: Result<Slip, Refusal> =
        ctx.store.read(move |tx| slip(tx, (&asker, &speech), id, address.clone())).await;
    let slip = read?;
    print(&ctx, ("handling-slip", &slip), &format!("phieu-giai-quyet-{id}.pdf")).await
}

fn slip(
    tx: &mut Tx,
    (asker, speech): (&Asker, &Speech),
    id: IncomingId,
    address: String,
) -> Result<Slip, Refusal> {
    let one = asker.incoming(tx, id)?;
    let parts = tasks::of_incoming(tx, id)?;
    let (mut leaders, mut heads, mut handlers) = (Vec::new(), Vec::new(), Vec::new());
    for task in parts.iter().filter(|task| task.role != Part::Information) {
        let opinions = match place(tx, &one, task)? {
            Place::Leaders => &mut leaders,
            Place::Heads => &mut heads,
            Place::Handlers => &mut handlers,
        };
        opinions.push(instruction(speech, task));
    }
    handlers.extend(parts.iter().filter_map(|task| proposal(speech, task)));
    let date = match one.issued_on {
        Some(day) => speech.date(day),
        None => one.issued_text.clone(),
    };
    let deadline = one.due_on.map(|due| speech.date(due)).unwrap_or_default();
    Ok(Slip {
        letterhead: paper_head::head(tx, speech, one.unit, asker.scribe.now)?,
        number: one.arrival_number().unwrap_or_default(),
        arrived_on: arrived_on(speech, &one),
        kind: printable(&one.type_name),
        symbol: printable(&one.code()),
        date: printable(&date),
        author: printable(&one.from_name),
        subject: printable(&one.subject),
        deadline,
        leaders,
        heads,
        handlers,
        qr: qr(&address),
        address,
    })
}

/// In which part of the slip the words stand with which a task was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Leaders,
    Heads,
    Handlers,
}

/// By what the giver was on the day: a leader of the agency, the head of a part of it, or a handler
/// who handed it on. Who was none of these acted in a leader's place.
fn place(tx: &mut Tx, one: &Incoming, task: &Task) -> Result<Place, StoreError> {
    let people = colleagues(tx, one.unit, local(task.given_at).date())?;
    let giver = people.into_iter().find(|person| Some(person.account) == task.given_by);
    Ok(match giver.map(|giver| giver.role) {
        Some(Role::Leader) => Place::Leaders,
        Some(Role::Head) => Place::Heads,
        _ if task.came_from.is_some() => Place::Handlers,
        _ => Place::Leaders,
    })
}

fn arrived_on(speech: &Speech, one: &Incoming) -> String {
    speech.date(one.registered_on.unwrap_or(local(one.arrived_at).date()))
}

/// Who is to do what by when, in the words of whoever gave it.
fn instruction(speech: &Speech, task: &Task) -> Opinion {
    let part = speech.t(&format!("office-slip-{}", task.role.code()));
    let mut lines = vec![format!("{part}: {}", task.name)];
    if let Some(due) = task.due_on {
        let due = [("due", speech.date(due).into())];
        lines.push(speech.with("office-slip-due", &due));
    }
    lines.push(task.instruction.clone());
    lines.retain(|line| !line.trim().is_empty());
    Opinion {
        text: printable(&lines.join("\n")),
        at: speech.date_time(task.given_at),
        name: printable(&task.given_name),
    }
}

/// What the handler wrote when it was done or handed back.
fn proposal(speech: &Speech, task: &Task) -> Option<Opinion> {
    let at = task.ended_at.or(task.began_at)?;
    if task.note.trim().is_empty() {
        return None;
    }
    Some(Opinion {
        text: printable(&task.note),
        at: speech.date_time(at),
        name: printable(&task.name),
    })
}
