//! What is submitted for signature: a file, who signs it and in which order. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 13, art. 32

use jiff::Timestamp;
use organisations::UnitId;
use platform::outside::SignatureBlock;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::refusal::Refusal;

/// More signatures than this stand on no document of one agency.
pub const SIGNATORIES_MAX: usize = 12;
const TEXT_LETTERS_MAX: usize = 500;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubmissionId(pub Uuid);

/// What kind of paper it is: sittings, sealing rules and delegations are limited by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// What a counter hands out about a dossier (forms 01 to 05).
    Slip,
    /// What an agency decided about a dossier.
    Result,
    /// Everything else that an agency issues.
    Document,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signatory {
    Person {
        account: Uuid,
        name: String,
        /// As it stands above the signature, lines divided by "\n".
        capacity: String,
        /// In whose place, when not in one's own name.
        delegation: Option<Uuid>,
    },
    /// After the persons before it.
    Agency { unit: UnitId, name: String },
}

/// What a capability submits.
#[derive(Debug, Clone)]
pub struct NewSubmission {
    pub id: SubmissionId,
    /// The kind of the job that is told the end.
    pub told: &'static str,
    /// By which whoever submits knows it again.
    pub subject: Uuid,
    pub scope: Scope,
    pub title: String,
    /// Number and symbol, or the code of the dossier.
    pub number: String,
    /// The unit that issues it.
    pub unit: UnitId,
    /// A kept PDF.
    pub file: Uuid,
    pub sha256: String,
    /// Where person and seal are shown; none: they are not shown.
    pub block: Option<SignatureBlock>,
    /// In the order in which they sign.
    pub signatories: Vec<Signatory>,
    /// What persons signed before, when only their agency still seals it: the file is theirs, with
    /// number and date filled in and nothing else.
    pub after: Option<SubmissionId>,
    pub asked_by: Option<Uuid>,
    pub asked_name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    Waiting,
    Signed,
    Declined,
    Withdrawn,
}

record! {
    /// A submission as it stands.
    #[derive(Debug, Clone)]
    pub struct Submission {
        pub id: SubmissionId,
        pub told: String,
        pub subject: Uuid,
        pub scope: Scope,
        pub title: String,
        pub number: String,
        pub unit: UnitId,
        pub state: State,
        /// The file as it stands, with the signatures so far.
        pub file: Uuid,
        pub sha256: String,
        /// Of the file as it was submitted.
        pub first_sha256: String,
        pub block: Option<serde_json::Value>,
        /// The submission in which persons signed it before.
        pub after: Option<SubmissionId>,
        pub asked_by: Option<Uuid>,
        pub asked_name: String,
        pub asked_at: Timestamp,
        pub ended_at: Option<Timestamp>,
        pub reason: Option<String>,
        pub version: i64,
    }
}

/// How it ended: what the job is handed that whoever submitted it named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub submission: Uuid,
    pub subject: Uuid,
    pub ending: Ending,
    /// The signed file, when it was signed.
    pub file: Option<Uuid>,
    pub sha256: Option<String>,
    pub at: Timestamp,
    /// Why it was declined or withdrawn.
    pub reason: String,
    pub by_name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    Signed,
    Declined,
    Withdrawn,
}

/// How a signatory's capacity is written above the signature.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Capacity {
    /// "TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"; or the one own line.
    pub lines: Vec<String>,
    pub delegation: Option<Uuid>,
}

impl NewSubmission {
    /// Refuses what could never be signed.
    pub fn check(&self) -> Result<(), Refusal> {
        let is_person = |one: &Signatory| matches!(one, Signatory::Person { .. });
        let count = self.signatories.len();
        if count == 0 || count > SIGNATORIES_MAX {
            return Err(Refusal::SignatoriesWrong);
        }
        // The organisation's key may only be applied to what the competent person signed: in this
        // submission, or in the one before.
        if self.after.is_some() {
            return match self.signatories.as_slice() {
                [Signatory::Agency { .. }] => self.check_words(),
                _ => Err(Refusal::SignatoriesWrong),
            };
        }
        if !self.signatories.first().is_some_and(is_person) {
            return Err(Refusal::SealBeforePerson);
        }
        let first_agency = self.signatories.iter().position(|one| !is_person(one));
        let last_person = self.signatories.iter().rposition(is_person);
        if first_agency.zip(last_person).is_some_and(|(agency, person)| agency < person) {
            return Err(Refusal::SealBeforePerson);
        }
        self.check_words()
    }

    fn check_words(&self) -> Result<(), Refusal> {
        let fits = |text: &str| text.chars().count() <= TEXT_LETTERS_MAX;
        let is_hash = self.sha256.len() == 64
            && self.sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if self.title.trim().is_empty() || !fits(&self.title) || !fits(&self.number) || !is_hash {
            return Err(Refusal::SubmissionWrong);
        }
        Ok(())
    }
}

impl Submission {
    pub fn signature_block(&self) -> Option<SignatureBlock> {
        serde_json::from_value(self.block.clone()?).ok()
    }
}

impl Scope {
    pub const ALL: [Scope; 3] = [Scope::Slip, Scope::Result, Scope::Document];

    pub fn code(self) -> &'static str {
        match self {
            Scope::Slip => "slip",
            Scope::Result => "result",
            Scope::Document => "document",
        }
    }

    pub fn parse(code: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            Scope::Slip => "signing-scope-slip",
            Scope::Result => "signing-scope-result",
            Scope::Document => "signing-scope-document",
        }
    }
}

impl State {
    pub const ALL: [State; 4] = [State::Waiting, State::Signed, State::Declined, State::Withdrawn];

    pub fn code(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Signed => "signed",
            State::Declined => "declined",
            State::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|one| one.code() == code)
    }

    pub fn word(self) -> &'static str {
        match self {
            State::Waiting => "signing-state-waiting",
            State::Signed => "signing-state-signed",
            State::Declined => "signing-state-declined",
            State::Withdrawn => "signing-state-withdrawn",
        }
    }
}

impl Ending {
    pub fn state(self) -> State {
        match self {
            Ending::Signed => State::Signed,
            Ending::Declined => State::Declined,
            Ending::Withdrawn => State::Withdrawn,
        }
    }
}

impl std::fmt::Display for SubmissionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ToArg for SubmissionId {
    fn to_arg(&self) -> Arg<'_> {
        self.0.to_arg()
    }
}

impl FromCell for SubmissionId {
    const EXPECTED: &'static str = Uuid::EXPECTED;

    fn from_cell(cell: Cell<'_>) -> Option<SubmissionId> {
        Uuid::from_cell(cell).map(SubmissionId)
    }
}

impl ToArg for Scope {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for Scope {
    const EXPECTED: &'static str = "a scope of papers";

    fn from_cell(cell: Cell<'_>) -> Option<Scope> {
        match cell {
            Cell::Text(code) => Scope::parse(code),
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
    const EXPECTED: &'static str = "a state of a submission";

    fn from_cell(cell: Cell<'_>) -> Option<State> {
        match cell {
            Cell::Text(code) => State::parse(code),
            _ => None,
        }
    }
}
