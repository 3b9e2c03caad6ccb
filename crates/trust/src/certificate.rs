//! A certificate of the register: whose, on what it is carried, and whether it counts today.
//!
//! Law: NĐ 23/2025/NĐ-CP art. 5
//! Law: NĐ 68/2024/NĐ-CP

use jiff::{SignedDuration, Timestamp};
use organisations::UnitId;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use uuid::Uuid;
use wire::pki::certificate::{Certificate as X509, CertificateFault};
use wire::pki::crl::Reason;

use crate::authority::AuthorityId;
use crate::key::KeyId;

/// What the private key is carried on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Carrier {
    PkiToken,
    SimPki,
    Hsm,
    Remote,
    Software,
}

/// As the issuer holds it. Whether it is in date is another question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    Good,
    /// On hold; may come back.
    Suspended,
    Revoked,
}

/// What a person reads: state and dates together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    NotYet,
    Good,
    /// Ends within thirty days.
    Ending,
    Ended,
    Suspended,
    Revoked,
}

/// Days before the end at which the holder's unit is told.
pub const ALERT_DAYS: [i64; 3] = [30, 15, 7];

record! {
    #[derive(Debug, Clone)]
    pub struct Certificate {
        pub id: Uuid,
        pub authority: Option<AuthorityId>,
        /// Hexadecimal, as `openssl x509 -serial` shows it.
        pub serial: String,
        pub issuer: String,
        pub subject: String,
        /// SHA-256 of the whole, hexadecimal.
        pub fingerprint: String,
        pub der: Vec<u8>,
        pub profile: String,
        pub carrier: Carrier,
        pub carrier_number: Option<String>,
        pub holder_name: String,
        pub unit: Option<UnitId>,
        pub account: Option<Uuid>,
        /// Where the private key is here.
        pub key: Option<KeyId>,
        pub not_before: Timestamp,
        pub not_after: Timestamp,
        pub state: State,
        pub state_since: Option<Timestamp>,
        pub reason: Option<i64>,
        pub invalid_since: Option<Timestamp>,
        pub replaces: Option<Uuid>,
        pub note: Option<String>,
        pub made_at: Timestamp,
        pub version: i64,
    }
}

impl Certificate {
    pub fn x509(&self) -> Result<X509, CertificateFault> {
        X509::read(&self.der)
    }

    pub fn standing(&self, now: Timestamp) -> Standing {
        match self.state {
            State::Revoked => Standing::Revoked,
            _ if now > self.not_after => Standing::Ended,
            State::Suspended => Standing::Suspended,
            State::Good if now < self.not_before => Standing::NotYet,
            State::Good if self.days_left(now) <= ALERT_DAYS[0] => Standing::Ending,
            State::Good => Standing::Good,
        }
    }

    /// Whole days until the end, the present one not counted; below zero when it is over.
    pub fn days_left(&self, now: Timestamp) -> i64 {
        self.not_after.duration_since(now).as_secs().div_euclid(24 * 60 * 60)
    }

    pub fn is_usable(&self, now: Timestamp) -> bool {
        matches!(self.standing(now), Standing::Good | Standing::Ending)
    }

    pub fn reason(&self) -> Option<Reason> {
        Reason::of_code(u64::try_from(self.reason?).ok()?)
    }
}

/// The alert that is due: the nearest of thirty, fifteen and seven days that has been reached.
pub fn alert_due(not_after: Timestamp, now: Timestamp) -> Option<i64> {
    if now >= not_after {
        return None;
    }
    let reached = |days: &&i64| not_after - SignedDuration::from_hours(24 * **days) <= now;
    ALERT_DAYS.iter().rev().find(reached).copied()
}

impl Carrier {
    pub const ALL: [Carrier; 5] =
        [Carrier::PkiToken, Carrier::SimPki, Carrier::Hsm, Carrier::Remote, Carrier::Software];

    pub fn code(self) -> &'static str {
        match self {
            Carrier::PkiToken => "pki-token",
            Carrier::SimPki => "sim-pki",
            Carrier::Hsm => "hsm",
            Carrier::Remote => "remote",
            Carrier::Software => "software",
        }
    }

    pub fn parse(code: &str) -> Option<Carrier> {
        Carrier::ALL.into_iter().find(|carrier| carrier.code() == code)
    }

    pub fn word(self) -> &'static str {
        match self {
            Carrier::PkiToken => "trust-carrier-pki-token",
            Carrier::SimPki => "trust-carrier-sim-pki",
            Carrier::Hsm => "trust-carrier-hsm",
            Carrier::Remote => "trust-carrier-remote",
            Carrier::Software => "trust-carrier-software",
        }
    }

    /// The key of what helps to choose it.
    pub fn hint(self) -> &'static str {
        match self {
            Carrier::PkiToken => "trust-carrier-pki-token-hint",
            Carrier::SimPki => "trust-carrier-sim-pki-hint",
            Carrier::Hsm => "trust-carrier-hsm-hint",
            Carrier::Remote => "trust-carrier-remote-hint",
            Carrier::Software => "trust-carrier-software-hint",
        }
    }
}

impl State {
    pub fn code(self) -> &'static str {
        match self {
            State::Good => "good",
            State::Suspended => "suspended",
            State::Revoked => "revoked",
        }
    }

    fn parse(code: &str) -> Option<State> {
        [State::Good, State::Suspended, State::Revoked].into_iter().find(|one| one.code() == code)
    }
}

impl Standing {
    pub const ALL: [Standing; 6] = [
        Standing::Good,
        Standing::Ending,
        Standing::Ended,
        Standing::Suspended,
        Standing::Revoked,
        Standing::NotYet,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Standing::NotYet => "not-yet",
            Standing::Good => "good",
            Standing::Ending => "ending",
            Standing::Ended => "ended",
            Standing::Suspended => "suspended",
            Standing::Revoked => "revoked",
        }
    }

    pub fn parse(code: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|one| one.code() == code)
    }

    pub fn word(self) -> &'static str {
        match self {
            Standing::NotYet => "trust-standing-not-yet",
            Standing::Good => "trust-standing-good",
            Standing::Ending => "trust-standing-ending",
            Standing::Ended => "trust-standing-ended",
            Standing::Suspended => "trust-standing-suspended",
            Standing::Revoked => "trust-standing-revoked",
        }
    }
}

/// The reasons that people give; the others of the standard are the program's own.
pub const REASONS: [Reason; 6] = [
    Reason::KeyCompromise,
    Reason::AffiliationChanged,
    Reason::Superseded,
    Reason::CessationOfOperation,
    Reason::PrivilegeWithdrawn,
    Reason::Unspecified,
];

/// What a form sends for a reason.
pub fn reason_code(reason: Reason) -> &'static str {
    match reason {
        Reason::KeyCompromise => "key",
        Reason::AffiliationChanged => "affiliation",
        Reason::Superseded => "superseded",
        Reason::CessationOfOperation => "cessation",
        Reason::PrivilegeWithdrawn => "privilege",
        _ => "other",
    }
}

pub fn reason_word(reason: Reason) -> &'static str {
    match reason {
        Reason::KeyCompromise | Reason::AuthorityCompromise => "trust-reason-key",
        Reason::AffiliationChanged => "trust-reason-affiliation",
        Reason::Superseded => "trust-reason-superseded",
        Reason::CessationOfOperation => "trust-reason-cessation",
        Reason::PrivilegeWithdrawn | Reason::AttributeAuthorityCompromise => {
            "trust-reason-privilege"
        }
        Reason::Hold => "trust-reason-hold",
        Reason::Unspecified | Reason::RemovedFromList => "trust-reason-other",
    }
}

impl ToArg for Carrier {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for Carrier {
    const EXPECTED: &'static str = "a carrier";

    fn from_cell(cell: Cell<'_>) -> Option<Carrier> {
        match cell {
            Cell::Text(code) => Carrier::parse(code),
            _ => None,
        }
    }
}

impl ToArg for State {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for State {
    const EXPECTED: &'static str = "a state of a certificate";

    fn from_cell(cell: Cell<'_>) -> Option<State> {
        match cell {
            Cell::Text(code) => State::parse(code),
            _ => None,
        }
    }
}
