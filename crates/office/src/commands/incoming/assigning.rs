//! A leader says who does what until when (04), and gives tasks without a document, too.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 23

use identity::Right;
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;
use wire::edxml::StatusCode;

use super::registering::{ready, text};
use super::{save, save_task, statuses};
use crate::document::IncomingId;
use crate::errands;
use crate::fault::Fault;
use crate::hand::{Asker, Hand};
use crate::incoming::{Incoming, State};
use crate::queries::people;
use crate::refusal::Refusal;
use crate::store::tasks;
use crate::task::{
    HANDLERS_MAX, INSTRUCTION_LETTERS_MAX, Part, TITLE_LETTERS_MAX, Task, TaskId, TaskState,
};
use crate::workdays::{DAYS_MAX, Workdays};

/// Who does what, until when.
#[derive(Debug, Clone, Default)]
pub struct Assignment {
    pub main: Option<Uuid>,
    pub co: Vec<Uuid>,
    pub information: Vec<Uuid>,
    pub due: Due,
    pub instruction: String,
}

/// A deadline as it is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Due {
    #[default]
    None,
    On(Date),
    /// So many working days from today on.
    Days(u16),
}

/// More are not handed out at once: somebody has looked at each.
pub(crate) const TOGETHER_MAX: usize = 50;

/// Documents of which only those in the book can be handed out; each as it was seen.
pub(crate) async fn assign(
    ctx: &Ctx,
    (asker, workdays): (Asker, Workdays),
    chosen: Vec<(IncomingId, i64)>,
    wish: Assignment,
) -> Result<(), Refusal> {
    check(&wish)?;
    if chosen.is_empty() {
        return Err(Refusal::NothingChosen { field: "chosen" });
    }
    if chosen.len() > TOGETHER_MAX {
        return Err(Refusal::TooMany { field: "chosen", limit: TOGETHER_MAX });
    }
    let house = ctx.clone();
    ctx.store
        .write(move |tx| {
            for (id, version) in &chosen {
                let one = asker.incoming(tx, *id)?;
                let hand = asker.need(tx, Right::AssignDocuments, one.unit)?;
                ready(&one, *version, &ASSIGNABLE)?;
                assign_one(tx, &house, (&hand, workdays), (one, &wish))?;
            }
            Ok(())
        })
        .await
}

const ASSIGNABLE: [State; 4] =
    [State::Registered, State::Submitted, State::Assigned, State::Handling];

fn check(wish: &Assignment) -> Result<(), Refusal> {
    let main = wish.main.ok_or(Fault::MainMissing)?;
    text("instruction", &wish.instruction, INSTRUCTION_LETTERS_MAX)?;
    let mut all: Vec<Uuid> = wish.co.iter().chain(&wish.information).copied().collect();
    all.push(main);
    let count = all.len();
    if count > HANDLERS_MAX {
        return Err(Refusal::TooMany { field: "co", limit: HANDLERS_MAX });
    }
    all.sort_unstable();
    all.dedup();
    match all.len() == count {
        true => Ok(()),
        false => Err(Fault::HandlerTwice.into()),
    }
}

fn assign_one(
    tx: &mut Tx,
    ctx: &Ctx,
    (hand, workdays): (&Hand, Workdays),
    (mut one, wish): (Incoming, &Assignment),
) -> Result<(), Refusal> {
    let due_on = due(tx, workdays, (one.unit, hand.today()), wish.due)?;
    let remind_on = due_on.map(|due| workdays.before(tx, one.unit, due)).transpose()?;
    call_off(tx, hand, &one)?;
    let parts = [(Part::Main, wish.main.as_slice()), (Part::Co, &wish.co)];
    let parts = parts.into_iter().chain([(Part::Information, wish.information.as_slice())]);
    let people = people::colleagues(tx, one.unit, hand.today())?;
    let mut names = Vec::new();
    for (role, accounts) in parts {
        for account in accounts {
            let field = if role == Part::Main { "main" } else { "co" };
            let person = people.iter().find(|person| person.account == *account);
            let name = person.ok_or(Refusal::NotHere { field })?.name.clone();
            let what = (one.unit, Some(one.id), one.subject.clone());
            let mut task = tasks::fresh(TaskId(ctx.ids.next()), what, (role, *account, name));
            given(&mut task, hand, &wish.instruction);
            if role != Part::Information {
                (task.due_on, task.remind_on) = (due_on, remind_on);
            }
            names.push(task.name.clone());
            tasks::insert(tx, &task)?;
            errands::tell(tx, ctx, (*account, "assigned"), errands::About::task(&task))?;
        }
    }
    one.state = if one.state == State::Handling { State::Handling } else { State::Assigned };
    one.due_on = due_on.or(one.due_on);
    if one.leader.is_none() {
        one.leader = hand.account;
        one.leader_name = Some(hand.scribe.name.clone());
    }
    let told = (StatusCode::Assigned, wish.instruction.as_str());
    statuses::tell(tx, ctx, hand, &mut one, told)?;
    save(tx, &mut one)?;
    let told = format!("{}. {}", names.join(", "), wish.instruction);
    let detail = json!({ "main": wish.main, "co": wish.co, "information": wish.information,
        "due": one.due_on });
    Ok(hand.record_of(tx, &one, ("assigned", "office.assign"), (&told, detail))?)
}

/// Whoever had a part before has it no more; what they have done stays told.
fn call_off(tx: &mut Tx, hand: &Hand, one: &Incoming) -> Result<(), Refusal> {
    for mut task in tasks::of_incoming(tx, one.id)?.into_iter().filter(Task::is_open) {
        task.state = TaskState::CalledOff;
        task.ended_at = Some(hand.scribe.now);
        save_task(tx, &mut task)?;
    }
    Ok(())
}

fn given(task: &mut Task, hand: &Hand, instruction: &str) {
    task.instruction = instruction.trim().to_owned();
    task.given_by = hand.account;
    task.given_name = hand.scribe.name.clone();
    task.given_at = hand.scribe.now;
}

/// The day that is meant.
pub(crate) fn due(
    tx: &mut Tx,
    workdays: Workdays,
    (unit, today): (UnitId, Date),
    wish: Due,
) -> Result<Option<Date>, Refusal> {
    match wish {
        Due::None => Ok(None),
        Due::On(day) if day < today => Err(Fault::DuePast.into()),
        Due::On(day) => Ok(Some(day)),
        Due::Days(days) if !(1..=DAYS_MAX).contains(&days) => Err(Fault::DaysWrong.into()),
        Due::Days(days) => Ok(workdays.after(tx, unit, (today, days))?),
    }
}

/// Something to be done, without a document.
#[derive(Debug, Clone, Default)]
pub struct NewTask {
    pub unit: Option<UnitId>,
    pub title: String,
    pub instruction: String,
    pub person: Option<Uuid>,
    pub due: Due,
}

pub(crate) async fn give(
    ctx: &Ctx,
    (asker, workdays): (Asker, Workdays),
    new: NewTask,
) -> Result<TaskId, Refusal> {
    let title = text("title", &new.title, TITLE_LETTERS_MAX)?;
    let instruction = text("instruction", &new.instruction, INSTRUCTION_LETTERS_MAX)?;
    if title.is_empty() {
        return Err(Fault::TitleMissing.into());
    }
    let unit = new.unit.ok_or(Refusal::Nothing)?;
    let account = new.person.ok_or(Refusal::NotHere { field: "person" })?;
    let (house, id) = (ctx.clone(), TaskId(ctx.ids.next()));
    ctx.store
        .write(move |tx| {
            let hand = asker.need(tx, Right::AssignDocuments, unit)?;
            let person = named(tx, (unit, hand.today()), (account, "person"))?;
            let mut task =
                tasks::fresh(id, (unit, None, title.clone()), (Part::Main, account, person));
            given(&mut task, &hand, &instruction);
            task.due_on = due(tx, workdays, (unit, hand.today()), new.due)?;
            task.remind_on = task.due_on.map(|due| workdays.before(tx, unit, due)).transpose()?;
            tasks::insert(tx, &task)?;
            errands::tell(tx, &house, (account, "assigned"), errands::About::task(&task))?;
            let detail = json!({ "to": account, "due": task.due_on });
            let told = format!("{}. {instruction}", task.name);
            let subject = (unit, task.subject(), task.object());
            hand.record(tx, subject, ("given", "office.give-task"), (&told, detail))?;
            Ok(id)
        })
        .await
}

/// The name of somebody who works here.
pub(crate) fn named(
    tx: &mut Tx,
    (unit, today): (UnitId, Date),
    (account, field): (Uuid, &'static str),
) -> Result<String, Refusal> {
    let people = people::colleagues(tx, unit, today)?;
    let found = people.into_iter().find(|person| person.account == account);
    Ok(found.ok_or(Refusal::NotHere { field })?.name)
}

/// More time, or not: whoever gave the task, or leads its unit.
pub(crate) async fn decide_wish(
    ctx: &Ctx,
    (asker, workdays): (Asker, Workdays),
    (id, version): (TaskId, i64),
    grants: bool,
) -> Result<(), Refusal> {
    let house = ctx.clone();
    ctx.store
        .write(move |tx| {
            let (mut task, hand) = led(tx, &asker, (id, version))?;
            let wished = task.wished_due_on.ok_or(Fault::NotNow)?;
            if grants {
                task.due_on = Some(wished);
                task.remind_on = Some(workdays.before(tx, task.unit, wished)?);
                task.is_late_told = false;
            }
            task.wished_due_on = None;
            save_task(tx, &mut task)?;
            let kind = if grants { "time-granted" } else { "time-refused" };
            errands::tell(tx, &house, (task.account, kind), errands::About::task(&task))?;
            let detail = json!({ "due": task.due_on, "granted": grants });
            let subject = (task.unit, task.subject(), task.object());
            Ok(hand.record(tx, subject, (kind, "office.decide-time"), (&task.name, detail))?)
        })
        .await
}

/// Takes a task away from its handler.
pub(crate) async fn call_off_task(
    ctx: &Ctx,
    asker: Asker,
    (id, version): (TaskId, i64),
) -> Result<(), Refusal> {
    ctx.store
        .write(move |tx| {
            let (mut task, hand) = led(tx, &asker, (id, version))?;
            task.state = TaskState::CalledOff;
            task.ended_at = Some(hand.scribe.now);
            save_task(tx, &mut task)?;
            let subject = (task.unit, task.subject(), task.object());
            let told = (task.name.as_str(), json!({ "of": task.account }));
            Ok(hand.record(tx, subject, ("called-off", "office.call-off"), told)?)
        })
        .await
}

/// An open task, for a leader of its unit, as it was seen.
fn led(tx: &mut Tx, asker: &Asker, (id, version): (TaskId, i64)) -> Result<(Task, Hand), Refusal> {
    let task = tasks::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
    let hand = asker.need(tx, Right::AssignDocuments, task.unit)?;
    if !task.is_open() {
        return Err(Fault::NotNow.into());
    }
    match task.version == version {
        true => Ok((task, hand)),
        false => Err(Refusal::ChangedMeanwhile),
    }
}
