//! Who took over from a unit that ended: 63 provinces became 34, the districts ended, ministries
//! merged. What is sent to a closed unit is offered to those who have its work today.
//!
//! Law: NQ 176/2025/QH15
//! Law: NQ 202/2025/QH15
//! Law: NQ 203/2025/QH15

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::refusal::Refusal;
use crate::unit::{Standing, Unit, UnitId};

/// One who took over, and which part of the work where several did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heir {
    pub unit: UnitId,
    /// "Lao động, tiền lương, việc làm": absent when everything went there.
    pub matter: Option<String>,
    /// Closed since: its own heirs stand in for it.
    pub closed: bool,
}

/// No line of takings-over is longer; a longer one is a fault in the catalogue.
const STEPS_MAX: usize = 16;

/// Those in force who have the work of `closed` today, in the order of the catalogue, each once.
///
/// An heir that closed in its turn is replaced by its own heirs; one that closed without any is
/// left out. A ring, which the commands refuse to make, ends the search and nothing else.
pub fn follow<E>(
    closed: UnitId,
    mut heirs_of: impl FnMut(UnitId) -> Result<Vec<Heir>, E>,
) -> Result<Vec<Heir>, E> {
    let mut seen = BTreeSet::from([closed]);
    let mut today = Vec::new();
    let mut line = heirs_of(closed)?;
    for _ in 0..STEPS_MAX {
        let mut next = Vec::new();
        for heir in line {
            if !seen.insert(heir.unit) {
                continue;
            }
            if heir.closed {
                next.extend(heirs_of(heir.unit)?.into_iter().map(|later| Heir {
                    matter: later.matter.or_else(|| heir.matter.clone()),
                    ..later
                }));
            } else {
                today.push(heir);
            }
        }
        if next.is_empty() {
            break;
        }
        line = next;
    }
    Ok(today)
}

/// May `heir` take over from `closed` after its last day?
pub fn may_succeed(closed: &Unit, heir: &Unit, last_day: Date) -> Result<(), Refusal> {
    if heir.id == closed.id {
        return Err(Refusal::SucceedsItself);
    }
    let next_day = last_day.tomorrow().unwrap_or(last_day);
    if heir.standing(next_day) != Standing::InForce {
        return Err(Refusal::SuccessorNotInForce { code: heir.code.clone() });
    }
    Ok(())
}
