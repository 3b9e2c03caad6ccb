//! The letter by which a managing unit asks for something about certificates. Pure.
//!
//! Law: NĐ 68/2024/NĐ-CP
//! Law: NĐ 30/2020/NĐ-CP app. I

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::outside::PressError;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use trust::{About, NUMBER_LETTERS_MAX, Subject};
use uuid::Uuid;

use crate::submission::SubmissionId;

pub const ADDRESSEE_LETTERS_MAX: usize = 200;
pub const REASON_LETTERS_MAX: usize = 1_500;

/// What a form says.
#[derive(Debug, Clone)]
pub struct Draft {
    pub about: Option<About>,
    /// One of those who can sign, as [`Candidate::value`] names them.
    pub signer: String,
    pub number: String,
    pub addressee: String,
    pub reason: String,
}

/// Somebody who can sign a letter for a unit that has a seal.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub unit: UnitId,
    pub unit_name: String,
    pub account: Uuid,
    pub name: String,
    /// Lines above the signature, divided by "\n".
    pub capacity: String,
    pub delegation: Option<Uuid>,
}

/// To which kind of thing the subject of a letter belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectKind {
    Request,
    Certificate,
}

record! {
    #[derive(Debug, Clone)]
    pub struct RequestLetter {
        pub id: Uuid,
        pub subject: Uuid,
        pub subject_kind: SubjectKind,
        pub about: About,
        /// That asks.
        pub unit: UnitId,
        pub unit_name: String,
        pub number: String,
        pub dated: Date,
        pub submission: SubmissionId,
        pub made_by: Uuid,
        pub made_name: String,
        pub made_at: Timestamp,
        /// None: its signatures are awaited.
        pub ended_at: Option<Timestamp>,
    }
}

/// Why a letter is not put before its signatories.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Fault {
    #[error("the request has been decided")]
    Over,
    #[error("a letter waits for its signatures already")]
    Waits,
    #[error("no letter waits for its signatures")]
    NothingWaits,
    #[error("nobody was chosen who can sign it")]
    SignerMissing,
    #[error("it has no number, or one that is none")]
    NumberMissing,
    #[error("it is addressed to nobody")]
    AddresseeMissing,
    #[error("it gives no reason")]
    ReasonMissing,
    #[error("nothing was chosen that it asks for")]
    AboutMissing,
    #[error(transparent)]
    Press(#[from] PressError),
}

impl Draft {
    /// Refuses what cannot be a letter; answers with what it asks for, one of these.
    pub fn check(&self, abouts: &[About]) -> Result<About, Fault> {
        let fits = |text: &str, max: usize| {
            let text = text.trim();
            !text.is_empty() && text.chars().count() <= max
        };
        let about = self.about.filter(|about| abouts.contains(about)).ok_or(Fault::AboutMissing)?;
        if !fits(&self.number, NUMBER_LETTERS_MAX) {
            return Err(Fault::NumberMissing);
        }
        if !fits(&self.addressee, ADDRESSEE_LETTERS_MAX) {
            return Err(Fault::AddresseeMissing);
        }
        if !fits(&self.reason, REASON_LETTERS_MAX) {
            return Err(Fault::ReasonMissing);
        }
        Ok(about)
    }
}

impl Candidate {
    /// What a form sends for this one.
    pub fn value(&self) -> String {
        format!("{}:{}", self.unit.0, self.account)
    }
}

impl RequestLetter {
    pub fn of(&self) -> Subject {
        match self.subject_kind {
            SubjectKind::Request => Subject::Request(self.subject),
            SubjectKind::Certificate => Subject::Certificate(self.subject),
        }
    }
}

/// The kind and the id of a subject, as stored.
pub fn apart(subject: Subject) -> (SubjectKind, Uuid) {
    match subject {
        Subject::Request(id) => (SubjectKind::Request, id),
        Subject::Certificate(id) => (SubjectKind::Certificate, id),
    }
}

impl Fault {
    /// Under which field of the form the sentence belongs; `""` when no field would mend it.
    pub fn field(&self) -> &'static str {
        match self {
            Fault::SignerMissing => "signer",
            Fault::NumberMissing => "number",
            Fault::AddresseeMissing => "addressee",
            Fault::ReasonMissing | Fault::Press(PressError::Refused(_)) => "reason",
            Fault::AboutMissing => "about",
            Fault::Over | Fault::Waits | Fault::NothingWaits | Fault::Press(_) => "",
        }
    }

    /// The key of its sentence.
    pub fn word(&self) -> &'static str {
        match self {
            Fault::Over => "signing-letter-fault-over",
            Fault::Waits => "signing-letter-fault-waits",
            Fault::NothingWaits => "signing-letter-fault-nothing-waits",
            Fault::SignerMissing => "signing-letter-fault-signer",
            Fault::NumberMissing => "signing-letter-fault-number",
            Fault::AddresseeMissing => "signing-letter-fault-addressee",
            Fault::ReasonMissing => "signing-letter-fault-reason",
            Fault::AboutMissing => "signing-letter-fault-about",
            Fault::Press(PressError::Refused(_)) => "signing-letter-fault-unprinted",
            Fault::Press(PressError::NotInstalled) => "signing-letter-no-press",
            Fault::Press(_) => "signing-letter-fault-press",
        }
    }

    /// Whether the same may go well in a while.
    pub fn is_passing(&self) -> bool {
        matches!(self, Fault::Press(PressError::Died | PressError::TooSlow))
    }
}

impl SubjectKind {
    fn code(self) -> &'static str {
        match self {
            SubjectKind::Request => "request",
            SubjectKind::Certificate => "certificate",
        }
    }
}

impl ToArg for SubjectKind {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for SubjectKind {
    const EXPECTED: &'static str = "the kind of what a letter is about";

    fn from_cell(cell: Cell<'_>) -> Option<SubjectKind> {
        match cell {
            Cell::Text("request") => Some(SubjectKind::Request),
            Cell::Text("certificate") => Some(SubjectKind::Certificate),
            _ => None,
        }
    }
}
