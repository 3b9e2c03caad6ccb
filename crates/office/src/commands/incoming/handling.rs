//! What handlers do: begin (05), say how far they are, ask for time, hand on, hand back, complete
//! or answer (06).
//!
//! Law: NĐ 30/2020/NĐ-CP art. 24

use identity::Right;
use jiff::civil::Date;
use platform::Ctx;
use platform::store::Tx;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::edxml::StatusCode;

use super::assigning::named;
use super::registering::{ready, text};
use super::{save, save_task, statuses};
use crate::document::{IncomingId, OutgoingId};
use crate::errands;
use crate::fault::Fault;
use crate::hand::{Asker, Hand};
use crate::incoming::{Incoming, REASON_LETTERS_MAX, State};
use crate::refusal::Refusal;
use crate::store::{incoming, tasks};
use crate::task::{Part, Task, TaskId, TaskState};

/// What a handler does with a task.
#[derive(Debug, Clone)]
pub enum Act {
    Begin,
    /// How far it is, in percent.
    Progress {
        percent: i64,
        note: String,
    },
    /// Until when it would be done.
    AskForTime {
        until: Date,
        reason: String,
    },
    HandOn {
        to: Uuid,
        note: String,
    },
    HandBack {
        reason: String,
    },
    /// Done; the main handler of a document says with which answer, if there is one.
    Complete {
        note: String,
        reply: Option<OutgoingId>,
        reply_text: String,
    },
}

/// One task, as it was seen, by its handler or who acts in the handler's place.
pub(crate) async fn act(
    ctx: &Ctx,
    asker: Asker,
    (id, version): (TaskId, i64),
    act: Act,
) -> Result<(), Refusal> {
    let house = ctx.clone();
    ctx.store
        .write(move |tx| {
            let (task, hand) = own(tx, &asker, (id, version))?;
            let mut work = Work { ctx: &house, hand, task };
            work.not_frozen(tx)?;
            match &act {
                Act::Begin => work.begin(tx),
                Act::Progress { percent, note } => work.progress(tx, *percent, note),
                Act::AskForTime { until, reason } => work.ask_for_time(tx, *until, reason),
                Act::HandOn { to, note } => work.hand_on(tx, *to, note),
                Act::HandBack { reason } => work.hand_back(tx, reason),
                Act::Complete { note, reply, reply_text } => {
                    work.complete(tx, note, (*reply, reply_text))
                }
            }
        })
        .await
}

fn own(tx: &mut Tx, asker: &Asker, (id, version): (TaskId, i64)) -> Result<(Task, Hand), Refusal> {
    let task = tasks::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
    let hand = asker.handling(tx, &task)?.ok_or(Refusal::Nothing)?;
    if !task.is_open() {
        return Err(Fault::NotNow.into());
    }
    match task.version == version {
        true => Ok((task, hand)),
        false => Err(Refusal::ChangedMeanwhile),
    }
}

struct Work<'a> {
    ctx: &'a Ctx,
    hand: Hand,
    task: Task,
}

impl Work<'_> {
    fn incoming(&self, tx: &mut Tx) -> Result<Option<Incoming>, Refusal> {
        match self.task.incoming {
            Some(id) => Ok(incoming::by_id(tx, id)?),
            None => Ok(None),
        }
    }

    fn not_frozen(&self, tx: &mut Tx) -> Result<(), Refusal> {
        match self.incoming(tx)? {
            Some(one) if !one.moves() => Err(Fault::Frozen.into()),
            _ => Ok(()),
        }
    }

    fn begin(&mut self, tx: &mut Tx) -> Result<(), Refusal> {
        self.begun(tx)?;
        save_task(tx, &mut self.task)?;
        self.record(tx, ("begun", "office.begin-task"), ("", json!({})))
    }

    /// The first thing that any handler does with a document is told to its sender.
    fn begun(&mut self, tx: &mut Tx) -> Result<(), Refusal> {
        if self.task.state == TaskState::Doing {
            return Ok(());
        }
        self.task.state = TaskState::Doing;
        self.task.began_at = Some(self.hand.scribe.now);
        let Some(mut one) = self.incoming(tx)? else { return Ok(()) };
        if self.task.role == Part::Information || one.state != State::Assigned {
            return Ok(());
        }
        one.state = State::Handling;
        let told = (StatusCode::InProgress, "Đang xử lý văn bản đến");
        statuses::tell(tx, self.ctx, &self.hand, &mut one, told)?;
        save(tx, &mut one)
    }

    fn progress(&mut self, tx: &mut Tx, percent: i64, note: &str) -> Result<(), Refusal> {
        if !(0..=100).contains(&percent) {
            return Err(Fault::ProgressWrong.into());
        }
        let note = text("note", note, REASON_LETTERS_MAX)?;
        self.begun(tx)?;
        self.task.progress_percent = percent;
        save_task(tx, &mut self.task)?;
        let told = format!("{percent} %. {note}");
        let detail = json!({ "percent": percent });
        self.record(tx, ("progress", "office.progress"), (told.trim(), detail))
    }

    fn ask_for_time(&mut self, tx: &mut Tx, until: Date, reason: &str) -> Result<(), Refusal> {
        let reason = given_reason(reason)?;
        let due = self.task.due_on.ok_or(Fault::NotNow)?;
        if until <= due || until < self.hand.today() {
            return Err(Fault::DuePast.into());
        }
        self.task.wished_due_on = Some(until);
        self.task.wished_reason = reason.clone();
        save_task(tx, &mut self.task)?;
        if let Some(giver) = self.task.given_by {
            errands::tell(tx, self.ctx, (giver, "time-asked"), errands::About::task(&self.task))?;
        }
        let detail = json!({ "until": until });
        self.record(tx, ("time-asked", "office.ask-time"), (&reason, detail))
    }

    fn hand_on(&mut self, tx: &mut Tx, to: Uuid, note: &str) -> Result<(), Refusal> {
        let note = text("note", note, REASON_LETTERS_MAX)?;
        if to == self.task.account {
            return Err(Fault::SamePerson.into());
        }
        let name = named(tx, (self.task.unit, self.hand.today()), (to, "person"))?;
        let mut next = Task {
            id: TaskId(self.ctx.ids.next()),
            account: to,
            name,
            state: TaskState::Given,
            given_by: self.hand.account,
            given_name: self.hand.scribe.name.clone(),
            given_at: self.hand.scribe.now,
            came_from: Some(self.task.id),
            wished_due_on: None,
            began_at: None,
            version: 1,
            ..self.task.clone()
        };
        if !note.is_empty() {
            next.instruction = format!("{}\n{note}", next.instruction).trim().to_owned();
        }
        tasks::insert(tx, &next)?;
        self.end(tx, TaskState::Passed, &note)?;
        errands::tell(tx, self.ctx, (to, "assigned"), errands::About::task(&next))?;
        let told = format!("{}. {note}", next.name);
        self.record(tx, ("handed-on", "office.hand-on"), (&told, json!({ "to": to })))
    }

    fn hand_back(&mut self, tx: &mut Tx, reason: &str) -> Result<(), Refusal> {
        let reason = given_reason(reason)?;
        self.end(tx, TaskState::Returned, &reason)?;
        if let Some(mut one) = self.incoming(tx)?.filter(|_| self.task.role == Part::Main) {
            let is_before = one.leader.is_some();
            one.state = if is_before { State::Submitted } else { State::Registered };
            save(tx, &mut one)?;
        }
        if let Some(giver) = self.task.given_by {
            errands::tell(tx, self.ctx, (giver, "returned"), errands::About::task(&self.task))?;
        }
        self.record(tx, ("handed-back", "office.hand-back"), (&reason, json!({})))
    }

    fn complete(
        &mut self,
        tx: &mut Tx,
        note: &str,
        (reply, reply_text): (Option<OutgoingId>, &str),
    ) -> Result<(), Refusal> {
        let note = text("note", note, REASON_LETTERS_MAX)?;
        let reply_text = text("reply", reply_text, 200)?;
        self.task.progress_percent = 100;
        self.end(tx, TaskState::Done, &note)?;
        let main =
            self.incoming(tx)?.filter(|one| self.task.role == Part::Main && one.state.is_open());
        if let Some(one) = main {
            close(tx, self.ctx, &self.hand, one, (&note, reply, &reply_text))?;
        }
        if let Some(giver) = self.task.given_by.filter(|_| self.task.role != Part::Information) {
            errands::tell(tx, self.ctx, (giver, "done"), errands::About::task(&self.task))?;
        }
        let detail = json!({ "reply": reply, "replyText": reply_text });
        self.record(tx, ("completed", "office.complete"), (&note, detail))
    }

    fn end(&mut self, tx: &mut Tx, state: TaskState, note: &str) -> Result<(), Refusal> {
        self.task.state = state;
        self.task.ended_at = Some(self.hand.scribe.now);
        self.task.note = note.to_owned();
        save_task(tx, &mut self.task)
    }

    fn record(
        &self,
        tx: &mut Tx,
        what: (&'static str, &'static str),
        told: (&str, Value),
    ) -> Result<(), Refusal> {
        let subject = (self.task.unit, self.task.subject(), self.task.object());
        Ok(self.hand.record(tx, subject, what, told)?)
    }
}

fn given_reason(reason: &str) -> Result<String, Refusal> {
    let reason = text("reason", reason, REASON_LETTERS_MAX)?;
    match reason.is_empty() {
        true => Err(Refusal::ReasonMissing),
        false => Ok(reason),
    }
}

/// A document is done with: told to its sender (06). Those who still have a part in it are freed.
pub(crate) fn close(
    tx: &mut Tx,
    ctx: &Ctx,
    hand: &Hand,
    mut one: Incoming,
    (note, reply, reply_text): (&str, Option<OutgoingId>, &str),
) -> Result<(), Refusal> {
    one.state = State::Done;
    one.ended_at = Some(hand.scribe.now);
    one.ended_note = note.to_owned();
    one.reply = reply.or(one.reply);
    one.reply_text = reply_text.to_owned();
    let told = if note.is_empty() { "Hoàn thành xử lý văn bản đến" } else { note };
    statuses::tell(tx, ctx, hand, &mut one, (StatusCode::Completed, told))?;
    save(tx, &mut one)?;
    for mut task in tasks::of_incoming(tx, one.id)? {
        if task.is_open() && task.role == Part::Co {
            task.state = TaskState::Done;
            task.ended_at = Some(hand.scribe.now);
            save_task(tx, &mut task)?;
        }
    }
    Ok(())
}

/// A document that needs nothing but to be kept: its clerk or a leader closes it.
pub(crate) async fn close_at_once(
    ctx: &Ctx,
    asker: Asker,
    (id, version): (IncomingId, i64),
    note: String,
) -> Result<(), Refusal> {
    let note = given_reason(&note)?;
    let house = ctx.clone();
    ctx.store
        .write(move |tx| {
            let one = asker.incoming(tx, id)?;
            let right = match asker.with_right(tx, Right::AssignDocuments, one.unit)? {
                Some(hand) => Some(hand),
                None => asker.with_right(tx, Right::RegisterDocuments, one.unit)?,
            };
            let hand = right.ok_or(Refusal::Nothing)?;
            let states = [State::Registered, State::Submitted, State::Assigned, State::Handling];
            ready(&one, version, &states)?;
            for mut task in tasks::of_incoming(tx, id)?.into_iter().filter(Task::is_open) {
                task.state = TaskState::CalledOff;
                task.ended_at = Some(hand.scribe.now);
                save_task(tx, &mut task)?;
            }
            let told = json!({});
            close(tx, &house, &hand, one.clone(), (&note, None, ""))?;
            Ok(hand.record_of(tx, &one, ("closed", "office.close"), (&note, told))?)
        })
        .await
}

/// A document of this office that answers another was issued: the one it answers is done with.
pub(crate) fn answered(
    tx: &mut Tx,
    ctx: &Ctx,
    hand: &Hand,
    (id, reply, number): (IncomingId, OutgoingId, &str),
) -> Result<(), Refusal> {
    let Some(one) = incoming::by_id(tx, id)?.filter(|one| one.state.is_open() && one.moves())
    else {
        return Ok(());
    };
    for mut task in tasks::of_incoming(tx, id)?.into_iter().filter(Task::is_open) {
        if task.role == Part::Main {
            task.state = TaskState::Done;
            task.progress_percent = 100;
            task.ended_at = Some(hand.scribe.now);
            save_task(tx, &mut task)?;
        }
    }
    close(tx, ctx, hand, one.clone(), (number, Some(reply), number))?;
    let detail = json!({ "reply": reply });
    Ok(hand.record_of(tx, &one, ("answered", "office.answer"), (number, detail))?)
}
