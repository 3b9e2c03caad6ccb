//! What officers have to do, and how they stand with it.

use identity::{Actor, Right};
use organisations::UnitId;
use platform::Ctx;
use platform::store::Tx;
use uuid::Uuid;

use super::offices::{Office, offices, overseen};
use super::outgoing;
use super::people::{self, Colleague};
use super::received::office;
use crate::absence::Absence;
use crate::coded::coded;
use crate::document::{Direction, IncomingId, OutgoingId};
use crate::hand::Asker;
use crate::incoming::Incoming;
use crate::outgoing::State;
use crate::refusal::Refusal;
use crate::store::tasks::{self, Happened};
use crate::store::{changes, incoming, outgoing_story};
use crate::task::{Task, TaskId};

/// More are shown by ending some.
const TASKS_SHOWN: i64 = 200;

coded! {
    pub(crate) enum View, "a list of tasks" {
        Mine = "can-lam",
        Information = "de-biet",
        Given = "da-giao",
        Ended = "da-xong",
    }
}

pub(crate) struct Board {
    pub tasks: Vec<Task>,
    /// Of whom somebody else is away: their tasks, by name.
    pub standing_in: Vec<(Absence, Vec<Task>)>,
    /// May give tasks, and in which offices.
    pub leads: bool,
}

pub(crate) async fn board(ctx: &Ctx, actor: &Actor, view: View) -> Result<Board, Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .read(move |tx| {
            let account = asker.actor.account.0;
            let tasks = match view {
                View::Mine => tasks::mine(tx, account, false, TASKS_SHOWN)?,
                View::Information => tasks::mine(tx, account, true, TASKS_SHOWN)?,
                View::Given => tasks::given(tx, account, TASKS_SHOWN)?,
                View::Ended => tasks::ended(tx, account, TASKS_SHOWN)?,
            };
            let mut standing_in = Vec::new();
            if view == View::Mine {
                for absence in changes::standing_in(tx, account, asker.today())? {
                    let theirs = tasks::mine(tx, absence.account, false, TASKS_SHOWN)?;
                    standing_in.push((absence, theirs));
                }
            }
            Ok(Board { tasks, standing_in, leads: !led(tx, &asker)?.is_empty() })
        })
        .await
}

/// The offices in which the officer gives tasks to others.
fn led(tx: &mut Tx, asker: &Asker) -> Result<Vec<Office>, Refusal> {
    let mut found = Vec::new();
    for office in offices(tx, asker)? {
        if asker.with_right(tx, Right::AssignDocuments, office.unit)?.is_some() {
            found.push(office);
        }
    }
    Ok(found)
}

/// One task, for its handler, whoever acts in their place, and those who lead its office.
pub(crate) struct Seen {
    pub task: Task,
    pub incoming: Option<Incoming>,
    pub story: Vec<Happened>,
    pub people: Vec<Colleague>,
    /// The officer handles it.
    pub handles: bool,
    pub leads: bool,
    /// In whose place; empty for one's own.
    pub for_name: String,
    /// What this office has issued in answer.
    pub replies: Vec<(OutgoingId, String)>,
}

pub(crate) async fn seen(ctx: &Ctx, actor: &Actor, id: TaskId) -> Result<Seen, Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .read(move |tx| {
            let task = tasks::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            let hand = asker.handling(tx, &task)?;
            let leads = asker.with_right(tx, Right::AssignDocuments, task.unit)?.is_some();
            let gave = task.given_by == Some(asker.actor.account.0);
            if hand.is_none() && !leads && !gave {
                return Err(Refusal::Nothing);
            }
            let incoming = match task.incoming {
                Some(id) => incoming::by_id(tx, id)?,
                None => None,
            };
            let replies = match task.incoming {
                Some(id) => replies(tx, id)?,
                None => Vec::new(),
            };
            Ok(Seen {
                replies,
                story: tasks::story(tx, task.subject())?,
                people: people::colleagues(tx, task.unit, asker.today())?,
                handles: hand.is_some() && task.is_open(),
                for_name: hand.map(|hand| hand.for_name).unwrap_or_default(),
                task,
                incoming,
                leads,
            })
        })
        .await
}

fn replies(tx: &mut Tx, id: IncomingId) -> Result<Vec<(OutgoingId, String)>, Refusal> {
    let all = outgoing::answering(tx, id)?.into_iter();
    let issued = all.filter(|one| one.state == State::Issued);
    let named =
        issued.filter_map(|one| Some((one.id, format!("{} {}", one.number()?, one.subject))));
    Ok(named.collect())
}

/// For those who lead an office, or look after those below: what is late, and who has how much.
pub(crate) struct Late {
    /// None: all that lie below.
    pub office: Option<Office>,
    /// Those to choose from.
    pub offices: Vec<Office>,
    pub tasks: Vec<LateTask>,
    /// Name, open, late: of everybody in the office, or of every office below.
    pub loads: Vec<Load>,
    /// Whether there are offices below to look at together.
    pub oversees: bool,
}

pub(crate) struct LateTask {
    pub task: Task,
    pub office: String,
    /// Whether this officer may open it.
    pub opens: bool,
}

pub(crate) struct Load {
    /// Of an office below.
    pub unit: Option<UnitId>,
    pub name: String,
    pub open: i64,
    pub late: i64,
}

/// Which offices are looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Which {
    One(Option<UnitId>),
    /// All that this officer looks after.
    All,
}

/// More is shown office by office.
const LATE_SHOWN: usize = 500;

pub(crate) async fn late(ctx: &Ctx, actor: &Actor, which: Which) -> Result<Late, Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .read(move |tx| {
            let mut offices = offices(tx, &asker)?;
            offices.retain(|office| office.all);
            let overseen = overseen(tx, &asker)?;
            let oversees = overseen.iter().any(|one| offices.iter().all(|own| own != one));
            let found = match which {
                Which::All if oversees => late_below(tx, &asker, &overseen)?,
                Which::All => return Err(Refusal::Nothing),
                Which::One(unit) => late_of_one(tx, &asker, (unit, &offices, &overseen))?,
            };
            Ok(Late { offices, oversees, ..found })
        })
        .await
}

fn late_of_one(
    tx: &mut Tx,
    asker: &Asker,
    (unit, own, overseen): (Option<UnitId>, &[Office], &[Office]),
) -> Result<Late, Refusal> {
    let mut all = own.iter().chain(overseen);
    let chosen = match unit {
        Some(unit) => all.find(|office| office.unit == unit),
        None => all.next(),
    };
    let office = chosen.ok_or(Refusal::Nothing)?;
    let load =
        |(_, name, open, late): (Uuid, String, i64, i64)| Load { unit: None, name, open, late };
    let tasks = tasks::late_of_unit(tx, office.unit, asker.today())?;
    let loads = tasks::loads(tx, office.unit, asker.today())?;
    Ok(Late {
        tasks: tasks.into_iter().map(|task| late_task(task, office)).collect(),
        loads: loads.into_iter().map(load).collect(),
        office: Some(office.clone()),
        offices: Vec::new(),
        oversees: false,
    })
}

fn late_task(task: Task, office: &Office) -> LateTask {
    LateTask { task, office: office.name.clone(), opens: office.all }
}

/// The latest of every office, and a line for each.
fn late_below(tx: &mut Tx, asker: &Asker, overseen: &[Office]) -> Result<Late, Refusal> {
    let (mut tasks, mut loads) = (Vec::new(), Vec::new());
    for office in overseen {
        let found = tasks::late_of_unit(tx, office.unit, asker.today())?;
        tasks.extend(found.into_iter().map(|task| late_task(task, office)));
        let of_people = tasks::loads(tx, office.unit, asker.today())?;
        loads.push(Load {
            unit: Some(office.unit),
            name: office.name.clone(),
            open: of_people.iter().map(|(_, _, open, _)| open).sum(),
            late: of_people.iter().map(|(_, _, _, late)| late).sum(),
        });
    }
    tasks.sort_by_key(|one| one.task.due_on);
    tasks.truncate(LATE_SHOWN);
    Ok(Late { office: None, offices: Vec::new(), tasks, loads, oversees: true })
}

/// An office with its people, and who of them is away.
pub(crate) struct Away {
    pub office: Office,
    pub people: Vec<Colleague>,
    pub absences: Vec<Absence>,
    /// May speak for others.
    pub manages: bool,
    /// Gives tasks.
    pub leads: bool,
}

pub(crate) async fn away(
    ctx: &Ctx,
    actor: &Actor,
    wanted: Option<UnitId>,
) -> Result<Away, Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .read(move |tx| {
            let (office, _) = office(tx, &asker, wanted)?;
            let manages = manages(tx, &asker, office.unit)?;
            let mut absences = changes::absences_in(tx, office.unit, asker.today())?;
            if !manages {
                let own = asker.actor.account.0;
                absences.retain(|one| one.account == own || one.deputy == own);
            }
            let people = people::colleagues(tx, office.unit, asker.today())?;
            let leads = asker.with_right(tx, Right::AssignDocuments, office.unit)?.is_some();
            Ok(Away { office, people, absences, manages, leads })
        })
        .await
}

fn manages(tx: &mut Tx, asker: &Asker, unit: UnitId) -> Result<bool, Refusal> {
    for right in [Right::AssignDocuments, Right::ManageOffice] {
        if asker.with_right(tx, right, unit)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The last thing that happened in the offices of an officer with what comes, or what goes.
pub(crate) async fn latest(
    ctx: &Ctx,
    actor: &Actor,
    direction: Direction,
) -> Result<Vec<Option<Uuid>>, Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .read(move |tx| {
            let mut found = Vec::new();
            for office in offices(tx, &asker)? {
                found.push(match direction {
                    Direction::In => tasks::latest(tx, office.unit)?,
                    Direction::Out => outgoing_story::latest(tx, office.unit)?,
                });
            }
            Ok(found)
        })
        .await
}
