//! What an officer is, in which unit, from which day to which: the bond between account and office.

use jiff::civil::Date;
use organisations::UnitId;
use uuid::Uuid;

use crate::account::AccountId;
use crate::role::Role;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BondId(pub Uuid);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bond {
    pub id: BondId,
    pub account: AccountId,
    /// None: everywhere. Only for those who look after the whole installation.
    pub unit: Option<UnitId>,
    pub role: Role,
    pub valid_from: Date,
    /// The last day; none while no end is known.
    pub valid_to: Option<Date>,
    pub ended: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BondStanding {
    NotYet,
    InForce,
    Over,
}

impl Bond {
    pub fn standing(&self, today: Date) -> BondStanding {
        if self.ended || self.valid_to.is_some_and(|last| last < today) {
            BondStanding::Over
        } else if today < self.valid_from {
            BondStanding::NotYet
        } else {
            BondStanding::InForce
        }
    }
}
