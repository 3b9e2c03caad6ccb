//! What came in, as those see it who work with it.

use identity::{Actor, Right};
use jiff::Span;
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::store::Tx;
use uuid::Uuid;

use super::offices::{Office, offices};
use super::people::{self, Colleague};
use crate::change::{Change, ChangeFile};
use crate::commands::incoming::statuses;
use crate::document::IncomingId;
use crate::hand::Asker;
use crate::incoming::{Incoming, IncomingFile, Pile};
use crate::reading::Legible;
use crate::refusal::Refusal;
use crate::store::incoming::{self, Line, Seen};
use crate::store::tasks::{self, Happened};
use crate::store::{changes, full_text};
use crate::task::Task;

pub(crate) const LINES_A_PAGE: usize = 20;

/// What is asked for in the address.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub office: Option<UnitId>,
    pub pile: Option<Pile>,
    pub before: Option<Uuid>,
}

/// What an officer may do in an office.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct May {
    pub register: bool,
    pub assign: bool,
}

pub(crate) struct Listing {
    pub office: Office,
    pub offices: Vec<Office>,
    pub pile: Pile,
    pub may: May,
    /// Express at a set time and not done with, by the hour; on the first page.
    pub express: Vec<Line>,
    pub lines: Vec<Line>,
    /// Where the next page begins.
    pub next: Option<Uuid>,
    /// Arrived, open, soon, overdue; and wishes of senders.
    pub counts: [i64; 5],
    pub changes: Vec<Change>,
}

/// The office that is meant, of those in which the officer works.
pub(crate) fn office(
    tx: &mut Tx,
    asker: &Asker,
    wanted: Option<UnitId>,
) -> Result<(Office, Vec<Office>), Refusal> {
    let all = offices(tx, asker)?;
    let chosen = match wanted {
        Some(unit) => all.iter().find(|office| office.unit == unit),
        None => all.iter().find(|office| office.all).or(all.first()),
    };
    Ok((chosen.cloned().ok_or(Refusal::Nothing)?, all))
}

pub(crate) async fn list(ctx: &Ctx, actor: &Actor, asked: Asked) -> Result<Listing, Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store.read(move |tx| listed(tx, &asker, &asked)).await
}

fn listed(tx: &mut Tx, asker: &Asker, asked: &Asked) -> Result<Listing, Refusal> {
    let (office, offices) = office(tx, asker, asked.office)?;
    let may = may(tx, asker, office.unit)?;
    let first = if may.register { Pile::Arrived } else { Pile::Open };
    let pile = asked.pile.unwrap_or(first);
    let (today, soon) = (asker.today(), soon(asker.today()));
    let account = asker.actor.account.0;
    let seen = Seen { unit: office.unit, all: office.all, account };
    let before = asked.before.unwrap_or(Uuid::max());
    let limit = LINES_A_PAGE as i64 + 1;
    let mut lines = incoming::pile(tx, seen, (pile, before), (today, soon), limit)?;
    let express = match asked.before {
        None if pile != Pile::Changes => incoming::express(tx, seen)?,
        _ => Vec::new(),
    };
    let more = lines.len() > LINES_A_PAGE;
    lines.truncate(LINES_A_PAGE);
    let (arrived, open, near, late) = incoming::counts(tx, seen, (today, soon))?;
    let wishes = if may.register { changes::count_open(tx, office.unit)? } else { 0 };
    let changes = match pile {
        Pile::Changes if may.register => changes::open(tx, office.unit)?,
        _ => Vec::new(),
    };
    Ok(Listing {
        next: lines.last().filter(|_| more).map(|line| line.id.0),
        counts: [arrived, open, near, late, wishes],
        office,
        offices,
        pile,
        may,
        express,
        lines,
        changes,
    })
}

/// From then on a deadline is near: two days before.
fn soon(today: Date) -> Date {
    today.saturating_add(Span::new().days(2))
}

pub(crate) fn may(tx: &mut Tx, asker: &Asker, unit: UnitId) -> Result<May, Refusal> {
    Ok(May {
        register: asker.with_right(tx, Right::RegisterDocuments, unit)?.is_some(),
        assign: asker.with_right(tx, Right::AssignDocuments, unit)?.is_some(),
    })
}

/// One document with all that belongs to it.
pub(crate) struct Whole {
    pub one: Incoming,
    pub unit: String,
    pub may: May,
    pub files: Vec<IncomingFile>,
    /// How much of each could be read for the search.
    pub legible: Vec<(Uuid, Legible)>,
    pub tasks: Vec<Task>,
    pub story: Vec<Happened>,
    pub changes: Vec<Change>,
    /// Documents that may be the same.
    pub alike: Vec<Incoming>,
    pub replaced_by: Option<Incoming>,
}

/// Those that were chosen in a list, as far as they are this officer's to see.
pub(crate) async fn several(
    ctx: &Ctx,
    actor: &Actor,
    ids: Vec<IncomingId>,
) -> Result<Vec<Incoming>, Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store.read(move |tx| ids.iter().map(|id| asker.incoming(tx, *id)).collect()).await
}

pub(crate) async fn whole(ctx: &Ctx, actor: &Actor, id: IncomingId) -> Result<Whole, Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .read(move |tx| {
            let one = asker.incoming(tx, id)?;
            let may = may(tx, &asker, one.unit)?;
            let mut alike = Vec::new();
            if may.register {
                for other in incoming::alike(tx, &one)? {
                    alike.extend(incoming::by_id(tx, other)?);
                }
            }
            let replaced_by = match one.replaced_by {
                Some(new) => incoming::by_id(tx, new)?,
                None => None,
            };
            Ok(Whole {
                unit: organisations::queries::unit_name(tx, one.unit)?,
                files: incoming::files(tx, id)?,
                legible: full_text::legible(tx, id.0)?,
                tasks: tasks::of_incoming(tx, id)?,
                story: tasks::story(tx, id.0)?,
                changes: changes::of_incoming(tx, id)?,
                may,
                one,
                alike,
                replaced_by,
            })
        })
        .await
}

/// Who can be handed something, and to whom things are submitted.
pub(crate) struct Staff {
    pub people: Vec<Colleague>,
    pub leaders: Vec<(Uuid, String)>,
}

pub(crate) async fn staff(ctx: &Ctx, actor: &Actor, unit: UnitId) -> Result<Staff, Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .read(move |tx| {
            let people = people::colleagues(tx, unit, asker.today())?;
            Ok(Staff { people, leaders: people::leaders(tx, unit, asker.today())? })
        })
        .await
}

/// A wish of a sender, the document it is about, and those of the same sender it may be about.
pub(crate) struct Wished {
    pub change: Change,
    pub target: Option<Incoming>,
    pub candidates: Vec<Incoming>,
    /// The paper by which it is called back, or the files that an update brings.
    pub files: Vec<ChangeFile>,
}

pub(crate) async fn wished(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<Wished, Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .read(move |tx| {
            let change = changes::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            asker.need(tx, Right::RegisterDocuments, change.unit)?;
            let target = match change.incoming {
                Some(target) => incoming::by_id(tx, target)?,
                None => None,
            };
            let mut candidates = Vec::new();
            if target.is_none() {
                for id in incoming::of_sender(tx, change.unit, change.sender())? {
                    candidates.extend(incoming::by_id(tx, id)?);
                }
            }
            let files = changes::files(tx, id)?;
            Ok(Wished { change, target, candidates, files })
        })
        .await
}

/// Closed here, and not so at the sender's.
pub(crate) async fn untold(
    ctx: &Ctx,
    actor: &Actor,
    wanted: Option<UnitId>,
) -> Result<(Office, Vec<(Incoming, String)>), Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .read(move |tx| {
            let (office, _) = office(tx, &asker, wanted)?;
            if !office.all {
                return Err(Refusal::Nothing);
            }
            let found = statuses::untold(tx, office.unit)?;
            Ok((office, found))
        })
        .await
}
