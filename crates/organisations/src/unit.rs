//! A unit of the catalogue: an agency, or a part of one, that can be named, reached and sent to.
//!
//! Law: QĐ 20/2020/QĐ-TTg
//! Law: NQ 202/2025/QH15
//! Law: NQ 203/2025/QH15

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::code::Code;
use crate::contact::Contact;
use crate::kind::{Kind, Level};
use crate::name::Name;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitId(pub Uuid);

/// Its place in the tree is its code: the unit above is the one whose code is the code above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub id: UnitId,
    pub code: Code,
    pub name: Name,
    /// As people say it in an address: "Xã Châu Thới", "Huế".
    pub short_name: Option<Name>,
    pub kind: Kind,
    pub level: Level,
    pub parent: Option<UnitId>,
    /// None: it was there before the catalogue began.
    pub valid_from: Option<Date>,
    /// Its last day. None: no end is known.
    pub valid_to: Option<Date>,
    /// Two digits of the statistics office, for provinces and all below.
    pub province_gso: Option<String>,
    /// Five digits of the statistics office, for communes and all below; three for districts.
    pub commune_gso: Option<String>,
    /// The code stands in until the agency entitled to it issues one.
    pub provisional: bool,
    pub note: Option<String>,
    pub contact: Contact,
    /// Rises with each change; who changes an older one is told.
    pub version: i64,
}

/// What a unit is on a certain day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    NotYet,
    InForce,
    Closed,
}

impl UnitId {
    pub fn parse(text: &str) -> Option<UnitId> {
        Uuid::try_parse(text.trim()).ok().map(UnitId)
    }
}

impl Unit {
    pub fn standing(&self, on: Date) -> Standing {
        standing(self.valid_from, self.valid_to, on)
    }

    pub fn is_in_force(&self, on: Date) -> bool {
        self.standing(on) == Standing::InForce
    }

    /// As in an address or a list, where the long name would drown the rest.
    pub fn label(&self) -> &str {
        self.short_name.as_ref().unwrap_or(&self.name).as_str()
    }
}

/// Địa danh on a paper: the commune or province that the last unit of a path stands in, without the
/// word for its kind; the capital for central agencies.
pub fn place_name(path: &[Unit]) -> &str {
    let seat = path.iter().rev().find(|unit| {
        matches!(unit.kind, Kind::CommuneCommittee | Kind::ProvinceCommittee)
            && matches!(unit.level, Level::Commune | Level::Province)
    });
    let label = seat.map_or("Hà Nội", Unit::label);
    let kinds = ["Xã ", "Phường ", "Đặc khu ", "Tỉnh ", "Thành phố "];
    kinds.iter().find_map(|kind| label.strip_prefix(kind)).unwrap_or(label)
}

/// Both days belong to the time in force.
pub fn standing(valid_from: Option<Date>, valid_to: Option<Date>, on: Date) -> Standing {
    if valid_from.is_some_and(|from| on < from) {
        Standing::NotYet
    } else if valid_to.is_some_and(|to| on > to) {
        Standing::Closed
    } else {
        Standing::InForce
    }
}

/// An end before the beginning is no validity at all.
pub fn is_ordered(valid_from: Option<Date>, valid_to: Option<Date>) -> bool {
    match (valid_from, valid_to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    }
}

impl Standing {
    /// Its key in `words`.
    pub fn word(self) -> &'static str {
        match self {
            Standing::NotYet => "organisations-standing-not-yet",
            Standing::InForce => "organisations-standing-in-force",
            Standing::Closed => "organisations-standing-closed",
        }
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}
