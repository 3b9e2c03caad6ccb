//! An officer's view: the queue of a unit, one dossier, and what may be done with it.

use identity::{Actor, Right};
use jiff::Timestamp;
use organisations::{Unit, UnitId, queries};
use platform::Ctx;
use platform::store::{StoreError, Tx};

use super::Whole;
use crate::commands::step_right;
use crate::dossier::{Dossier, DossierId};
use crate::pile::Pile;
use crate::refusal::Refusal;
use crate::store;
use crate::store::queue::{After, Line, Wanted};

/// What the address asks for.
#[derive(Debug, Clone)]
pub struct Asked {
    pub unit: UnitId,
    pub pile: Pile,
    /// Folded words of the search.
    pub words: String,
    pub channel: Option<String>,
    pub procedure: Option<String>,
    pub overdue_only: bool,
    pub after: Option<After>,
}

pub struct Queue {
    pub unit: Unit,
    /// Open piles with how much lies in each; nobody counts what has ended.
    pub counts: Vec<(Pile, i64)>,
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
        pile: asked.pile,
        like: (!asked.words.is_empty()).then(|| format!("%{}%", asked.words)),
        channel: asked.channel.clone(),
        procedure: asked.procedure.clone(),
        before: if asked.overdue_only { now } else { far_away() },
    }
}

/// Later than any due date.
fn far_away() -> Timestamp {
    Timestamp::constant(32_503_680_000, 0)
}

fn counts(tx: &mut Tx, unit: UnitId) -> Result<Vec<(Pile, i64)>, StoreError> {
    let counts = store::queue::counts(tx, unit)?;
    let of = |pile: Pile| {
        let found = counts.iter().find(|(name, _)| name == pile.as_str());
        found.map_or(0, |(_, count)| *count)
    };
    let open = Pile::ALL.into_iter().filter(|pile| *pile != Pile::Ended);
    Ok(open.map(|pile| (pile, of(pile))).collect())
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
