//! A request for a certificate: made by the unit that manages the holder, decided by a second
//! person.
//!
//! Law: NĐ 68/2024/NĐ-CP

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use uuid::Uuid;

use crate::certificate::Carrier;
use crate::key::KeyKind;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Issue,
    /// Before the end, with the same key or a new one.
    Renew,
    /// The carrier is lost or broken: the old one is revoked, a new one issued.
    Recover,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    Waiting,
    Approved,
    Refused,
    Withdrawn,
}

record! {
    #[derive(Debug, Clone)]
    pub struct Request {
        pub id: Uuid,
        pub kind: Kind,
        pub state: Decision,
        pub profile: String,
        pub unit: UnitId,
        pub account: Option<Uuid>,
        pub holder_name: String,
        pub detail: Option<String>,
        pub carrier: Carrier,
        pub carrier_number: Option<String>,
        pub pkcs10: Option<Vec<u8>>,
        pub key_kind: Option<KeyKind>,
        pub keeps_key: bool,
        pub certificate: Option<Uuid>,
        pub note: Option<String>,
        pub asked_by: Uuid,
        pub asked_name: String,
        pub asked_at: Timestamp,
        pub decided_by: Option<Uuid>,
        pub decided_name: Option<String>,
        pub decided_at: Option<Timestamp>,
        pub reason: Option<String>,
        pub issued: Option<Uuid>,
        pub version: i64,
    }
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Issue, Kind::Renew, Kind::Recover];

    pub fn code(self) -> &'static str {
        match self {
            Kind::Issue => "issue",
            Kind::Renew => "renew",
            Kind::Recover => "recover",
        }
    }

    fn parse(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn word(self) -> &'static str {
        match self {
            Kind::Issue => "trust-kind-issue",
            Kind::Renew => "trust-kind-renew",
            Kind::Recover => "trust-kind-recover",
        }
    }
}

impl Decision {
    pub const ALL: [Decision; 4] =
        [Decision::Waiting, Decision::Approved, Decision::Refused, Decision::Withdrawn];

    pub fn code(self) -> &'static str {
        match self {
            Decision::Waiting => "waiting",
            Decision::Approved => "approved",
            Decision::Refused => "refused",
            Decision::Withdrawn => "withdrawn",
        }
    }

    fn parse(code: &str) -> Option<Decision> {
        Decision::ALL.into_iter().find(|one| one.code() == code)
    }

    pub fn word(self) -> &'static str {
        match self {
            Decision::Waiting => "trust-decision-waiting",
            Decision::Approved => "trust-decision-approved",
            Decision::Refused => "trust-decision-refused",
            Decision::Withdrawn => "trust-decision-withdrawn",
        }
    }
}

impl ToArg for Kind {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for Kind {
    const EXPECTED: &'static str = "a kind of request";

    fn from_cell(cell: Cell<'_>) -> Option<Kind> {
        match cell {
            Cell::Text(code) => Kind::parse(code),
            _ => None,
        }
    }
}

impl ToArg for Decision {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for Decision {
    const EXPECTED: &'static str = "what became of a request";

    fn from_cell(cell: Cell<'_>) -> Option<Decision> {
        match cell {
            Cell::Text(code) => Decision::parse(code),
            _ => None,
        }
    }
}
