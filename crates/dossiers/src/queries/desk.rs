//! An officer's view: the queue of a unit, one dossier, and what may be done with it.

use identity::{Actor, Right};
use jiff::Timestamp;
use organisations::{Unit, UnitId, queries};
use platform::Ctx;
use platform::store::{StoreError, Tx};

use super::Whole;
use crate::commands::step_right;
use crate::dossier::{Dossier, DossierId};
use crate::refusal::Refusal;
use crate::status::Status;
use crate::store;
use crate::store::queue::{After, Line, Wanted};

/// A pile of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Sent online, waiting for an answer.
    New,
    /// Accepted or being handled here.
    Work,
    /// The citizen has something to do.
    Waiting,
    /// The result waits to be handed over.
    Ready,
    /// Refused, withdrawn, stopped or handed over.
    Ended,
}

impl Tab {
    pub const ALL: [Tab; 5] = [Tab::New, Tab::Work, Tab::Waiting, Tab::Ready, Tab::Ended];

    /// In the address.
    pub fn slug(self) -> &'static str {
        match self {
            Tab::New => "cho-tiep-nhan",
            Tab::Work => "dang-xu-ly",
            Tab::Waiting => "cho-nguoi-dan",
            Tab::Ready => "cho-tra",
            Tab::Ended => "da-xong",
        }
    }

    pub fn parse(slug: &str) -> Option<Tab> {
        Tab::ALL.into_iter().find(|tab| tab.slug() == slug)
    }

    /// Its key in `words`.
    pub fn word(self) -> String {
        format!("dossiers-tab-{}", self.slug())
    }

    pub fn statuses(self) -> [Status; 4] {
        use Status::*;
        match self {
            Tab::New => [Registered; 4],
            Tab::Work => [Accepted, Handling, Accepted, Handling],
            Tab::Waiting => [Supplement, MoneyDue, Supplement, MoneyDue],
            Tab::Ready => [Finished; 4],
            Tab::Ended => [Refused, Withdrawn, Stopped, HandedOver],
        }
    }
}

/// What the address asks for.
#[derive(Debug, Clone)]
pub struct Asked {
    pub unit: UnitId,
    pub tab: Tab,
    /// Folded words of the search.
    pub words: String,
    pub channel: Option<String>,
    pub procedure: Option<String>,
    pub overdue_only: bool,
    pub after: Option<After>,
}

pub struct Queue {
    pub unit: Unit,
    /// Open tabs with how much lies in each; nobody counts what has ended.
    pub counts: Vec<(Tab, i64)>,
    pub lines: Vec<Line>,
    pub total: i64,
    pub more: bool,
}

pub const LINES_A_PAGE: usize = 20;

/// The queue of one unit; none when the officer has nothing to see there.
pub async fn queue(ctx: &Ctx, actor: &Actor, asked: Asked) -> Result<Option<Queue>, Refusal> {
    let (actor, now) = (actor.clone(), ctx.clock.now());
    ctx.store
        .read(move |tx| {
            if actor.authority(tx, Right::SeeDossiers, asked.unit)?.is_none() {
                return Ok(None);
            }
            let Some(unit) = queries::unit(tx, asked.unit)? else { return Ok(None) };
            let wanted = wanted(&asked, now);
            let limit = LINES_A_PAGE as i64 + 1;
            let mut lines = store::queue::held(tx, &wanted, asked.after, limit)?;
            let more = lines.len() > LINES_A_PAGE;
            lines.truncate(LINES_A_PAGE);
            let total = store::queue::held_count(tx, &wanted)?;
            Ok(Some(Queue { unit, counts: counts(tx, asked.unit)?, lines, total, more }))
        })
        .await
}

fn wanted(asked: &Asked, now: Timestamp) -> Wanted {
    Wanted {
        unit: asked.unit,
        statuses: asked.tab.statuses().map(Status::code),
        like: (!asked.words.is_empty()).then(|| format!("%{}%", asked.words)),
        channel: asked.channel.clone(),
        procedure: asked.procedure.clone(),
        before: if asked.overdue_only { now } else { far_away() },
        ended: asked.tab == Tab::Ended,
    }
}

/// Later than any due date.
fn far_away() -> Timestamp {
    Timestamp::constant(32_503_680_000, 0)
}

fn counts(tx: &mut Tx, unit: UnitId) -> Result<Vec<(Tab, i64)>, StoreError> {
    let counts = store::queue::counts(tx, unit)?;
    let of = |tab: Tab| -> i64 {
        let codes: Vec<i64> =
            tab.statuses().iter().map(|status| i64::from(status.code())).collect();
        counts.iter().filter(|(status, _)| codes.contains(status)).map(|(_, count)| count).sum()
    };
    let open = Tab::ALL.into_iter().filter(|tab| *tab != Tab::Ended);
    Ok(open.map(|tab| (tab, of(tab))).collect())
}

/// A dossier that concerns one of the officer's units; for everybody else it is not there.
pub async fn one(ctx: &Ctx, actor: &Actor, id: DossierId) -> Result<Option<Whole>, Refusal> {
    let (actor, now) = (actor.clone(), ctx.clock.now());
    ctx.store
        .read(move |tx| {
            let Some(dossier) = store::dossier::one(tx, id)? else { return Ok(None) };
            if !may_see(tx, &actor, &dossier)? {
                return Ok(None);
            }
            Whole::load(tx, id, now)
        })
        .await
}

pub fn may_see(tx: &mut Tx, actor: &Actor, dossier: &Dossier) -> Result<bool, StoreError> {
    let units = [dossier.holder.unit, dossier.places.receiving, dossier.places.deciding];
    for unit in units {
        if actor.authority(tx, Right::SeeDossiers, unit)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The unit through which an officer sees a dossier, to leave a note there.
pub fn concerned_unit(actor: &Actor, dossier: &Dossier) -> UnitId {
    let units = [dossier.holder.unit, dossier.places.receiving, dossier.places.deciding];
    let offices = actor.offices(Right::SeeDossiers);
    units.into_iter().find(|unit| offices.contains(unit)).unwrap_or(dossier.holder.unit)
}

/// What one officer may do with one dossier as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Powers {
    pub receives: bool,
    pub holds: bool,
    pub decides: bool,
    pub hands_over: bool,
    pub collects: bool,
}

impl Powers {
    pub fn of(actor: &Actor, dossier: &Dossier) -> Powers {
        let has = |right: Right, unit: UnitId| actor.offices(right).contains(&unit);
        Powers {
            receives: has(Right::ReceiveDossiers, dossier.places.receiving),
            holds: has(step_right(dossier.holder.role), dossier.holder.unit),
            decides: has(Right::DecideDossiers, dossier.places.deciding),
            hands_over: has(Right::HandOverResults, dossier.places.receiving),
            collects: has(Right::CollectFees, dossier.places.receiving),
        }
    }
}
