//! A document that came: what it says of itself, and how far the office has come with it. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 20, art. 21, art. 22, art. 23, art. 24
//! Law: QĐ 28/2018/QĐ-TTg art. 5, art. 9

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::edxml::{Document, Priority, ResponseFor, StatusCode};

use crate::book::{BookId, written};
use crate::coded::coded;
use crate::document::{IncomingId, OutgoingId, Urgency};
use crate::express;

/// Why it was refused, at most.
pub const REASON_LETTERS_MAX: usize = 1_000;
/// As the decree has it for what is typed from paper.
pub const SUBJECT_LETTERS_MAX: usize = 500;

coded! {
    /// How it came.
    pub enum Source, "how a document came" {
        Axis = "axis",
        Paper = "paper",
    }
}

coded! {
    /// In the order of the work.
    pub enum State, "a state of a document that came" {
        /// Chờ tiếp nhận.
        Arrived = "arrived",
        /// Trả lại.
        Refused = "refused",
        /// Has its arrival number.
        Registered = "registered",
        /// Lies before a leader.
        Submitted = "submitted",
        /// Phân công.
        Assigned = "assigned",
        /// A handler has begun.
        Handling = "handling",
        Done = "done",
        /// Taken back by its sender: its files are gone.
        Withdrawn = "withdrawn",
    }
}

coded! {
    /// Where the clerk looks.
    pub enum Pile, "a pile" {
        Arrived = "cho-tiep-nhan",
        Open = "cho-xu-ly",
        Soon = "sap-den-han",
        Overdue = "qua-han",
        Done = "da-xu-ly",
        Refused = "tra-lai",
        Information = "nhan-de-biet",
        Changes = "yeu-cau-ben-gui",
        All = "tat-ca",
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Incoming {
        pub id: IncomingId,
        pub unit: UnitId,
        pub source: Source,
        pub delivery: Option<Uuid>,
        pub packet: Option<Uuid>,
        pub packet_sha256: String,
        /// Of the packet: absent, unverifiable, valid, invalid.
        pub signature: String,
        pub from_code: String,
        /// The agency that the code means.
        pub from_unit: Option<Uuid>,
        pub from_name: String,
        /// The sender's own; empty for paper.
        pub document_id: String,
        pub number: String,
        pub notation: String,
        pub issued_on: Option<Date>,
        pub issued_text: String,
        pub type_name: String,
        pub subject: String,
        pub signer: String,
        pub urgency: Urgency,
        /// Express at a set time: by when.
        pub express_at: Option<Timestamp>,
        pub pages: String,
        pub more: More,
        pub state: State,
        pub is_frozen: bool,
        pub edition: i64,
        pub arrived_at: Timestamp,
        pub book: Option<BookId>,
        pub ordinal: Option<i64>,
        pub suffix: Option<String>,
        pub registered_on: Option<Date>,
        pub registered_at: Option<Timestamp>,
        pub registered_by: Option<String>,
        pub leader: Option<Uuid>,
        pub leader_name: Option<String>,
        pub due_on: Option<Date>,
        pub ended_at: Option<Timestamp>,
        pub ended_note: String,
        pub reply: Option<OutgoingId>,
        pub reply_text: String,
        pub replaced_by: Option<IncomingId>,
        /// The last status that the sender was told.
        pub told: String,
        /// Why the next one was not told.
        pub told_fault: String,
        /// The status that is still to be told.
        pub owed: String,
        pub version: i64,
    }
}

/// Who sends: the code that was written, and the agency that it means. Codes of one agency, old and
/// new, are one sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sender<'a> {
    pub code: &'a str,
    pub unit: Option<Uuid>,
}

impl Sender<'_> {
    pub fn is(&self, other: Sender<'_>) -> bool {
        let same_unit = self.unit.is_some() && self.unit == other.unit;
        same_unit || (!self.code.is_empty() && self.code.eq_ignore_ascii_case(other.code))
    }
}

/// What else the sender said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct More {
    pub content: String,
    pub to_places: Vec<String>,
    pub sphere: String,
    pub due_on: String,
    pub steering: String,
    /// A copy on paper follows.
    pub paper: Option<bool>,
    /// What it answers, as it is written.
    pub answers: Vec<String>,
    pub reason: String,
    /// What the packet lacks or says twice: field and sentence of the reader.
    pub remarks: Vec<String>,
    pub signer_position: String,
    pub signer_competence: String,
}

record! {
    #[derive(Debug, Clone)]
    pub struct IncomingFile {
        pub id: Uuid,
        pub incoming: IncomingId,
        pub edition: i64,
        pub ordinal: i64,
        pub given_name: String,
        pub name: String,
        pub media: String,
        pub size_bytes: i64,
        pub sha256: String,
        pub packed_sha256: Option<String>,
        pub is_announced: bool,
        pub file: Option<Uuid>,
        pub verdict: Option<String>,
        pub judged_at: Option<Timestamp>,
    }
}

/// What was found about the signatures of a file, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileVerdict {
    /// valid, absent, unverifiable, invalid.
    pub standing: String,
    pub vi: String,
    pub en: String,
    pub signed: Vec<Signed>,
}

/// One signature on a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    pub who: String,
    pub is_person: bool,
    pub standing: String,
    /// Why it is not valid.
    pub vi: String,
    pub en: String,
}

impl FileVerdict {
    pub fn read(text: &str) -> Option<FileVerdict> {
        serde_json::from_str(text).ok()
    }

    /// Where there is nothing to tell of but how it stands.
    pub fn plain(standing: &str) -> FileVerdict {
        let (vi, en) = (String::new(), String::new());
        FileVerdict { standing: standing.to_owned(), vi, en, signed: Vec::new() }
    }
}

impl Incoming {
    pub fn sender(&self) -> Sender<'_> {
        Sender { code: &self.from_code, unit: self.from_unit }
    }

    /// Số và ký hiệu.
    pub fn code(&self) -> String {
        match (self.number.is_empty(), self.notation.is_empty()) {
            (false, false) => format!("{}/{}", self.number, self.notation),
            _ => format!("{}{}", self.number, self.notation),
        }
    }

    /// Số đến.
    pub fn arrival_number(&self) -> Option<String> {
        let suffix = self.suffix.as_deref().unwrap_or_default();
        self.ordinal.map(|ordinal| written(ordinal, suffix))
    }

    pub fn object(&self) -> String {
        format!("incoming:{}", self.id)
    }

    /// Whether anybody may do anything with it now.
    pub fn moves(&self) -> bool {
        !self.is_frozen && self.state != State::Withdrawn
    }
}

impl State {
    /// In the book and not at its end.
    pub fn is_open(self) -> bool {
        matches!(self, State::Registered | State::Submitted | State::Assigned | State::Handling)
    }

    /// The key of its name in the words.
    pub fn word(self) -> String {
        format!("office-incoming-state-{}", self.code())
    }

    /// What the sender is told when this is reached.
    pub fn status(self) -> Option<StatusCode> {
        match self {
            State::Arrived => Some(StatusCode::Arrived),
            State::Refused => Some(StatusCode::Refused),
            State::Registered => Some(StatusCode::Accepted),
            State::Assigned => Some(StatusCode::Assigned),
            State::Handling => Some(StatusCode::InProgress),
            State::Done => Some(StatusCode::Completed),
            State::Submitted | State::Withdrawn => None,
        }
    }
}

impl Pile {
    pub fn word(self) -> String {
        format!("office-pile-{}", self.code())
    }
}

/// What a packet says of its document, ready to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub from_code: String,
    pub from_name: String,
    pub document_id: String,
    pub number: String,
    pub notation: String,
    pub issued_on: Option<Date>,
    pub issued_text: String,
    pub type_name: String,
    pub subject: String,
    pub signer: String,
    pub urgency: Urgency,
    pub express_at: Option<Timestamp>,
    pub pages: String,
    pub more: More,
}

impl Said {
    /// What was sent, as it was written; `remarks` are those of the reader of the packet.
    pub fn of(document: &Document, remarks: Vec<String>) -> Said {
        let other = &document.other;
        let business = document.business.as_ref();
        let date = &document.promulgation.date;
        Said {
            from_code: document.from.organ_id.clone(),
            from_name: document.from.organ_name.clone(),
            document_id: document.document_id.clone(),
            number: document.code.number.clone(),
            notation: document.code.notation.clone(),
            issued_on: date.date(),
            issued_text: date.as_str().to_owned(),
            type_name: document.document_type.name.clone(),
            subject: document.subject.clone(),
            signer: document.signer.full_name.clone(),
            urgency: urgency(&other.priority),
            express_at: express_at(document),
            pages: other.page_amount.clone(),
            more: More {
                content: document.content.clone(),
                to_places: document.to_places.clone(),
                sphere: other.sphere_of_promulgation.clone(),
                due_on: document.due_date.as_str().to_owned(),
                steering: document.steering_type.clone(),
                paper: business.and_then(|one| one.paper),
                answers: document.response_for.iter().map(answered).collect(),
                reason: business.map(|one| one.reason.clone()).unwrap_or_default(),
                remarks,
                signer_position: document.signer.position.clone(),
                signer_competence: document.signer.competence.clone(),
            },
        }
    }
}

impl Incoming {
    /// What an office needs to keep a document in its book, and did not get.
    pub fn missing(&self) -> Vec<&'static str> {
        let fields = [
            ("from-code", &self.from_code),
            ("from-name", &self.from_name),
            ("number", &self.number),
            ("notation", &self.notation),
            ("issued", &self.issued_text),
            ("type", &self.type_name),
            ("subject", &self.subject),
        ];
        let empty = fields.into_iter().filter(|(_, text)| text.trim().is_empty());
        empty.map(|(name, _)| name).collect()
    }
}

/// A code on no list is as urgent as nothing: the packet itself still says what it said.
fn urgency(code: &str) -> Urgency {
    let known = Priority::read(code).and_then(|one| Urgency::parse(one.code()));
    known.unwrap_or(Urgency::Usual)
}

/// Of what is express at a set time: the hour, if the packet says it.
fn express_at(document: &Document) -> Option<Timestamp> {
    let is_timed = urgency(&document.other.priority) == Urgency::ExpressAtTime;
    let due = document.due_date.as_str();
    is_timed.then(|| express::read(&document.content, due)).flatten()
}

fn answered(one: &ResponseFor) -> String {
    let parts = [one.code.as_str(), one.promulgation_date.as_str(), one.organ_id.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

impl ToArg for More {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(serde_json::to_string(self).unwrap_or_default().into())
    }
}

impl FromCell for More {
    const EXPECTED: &'static str = "what else a sender said, as JSON";

    fn from_cell(cell: Cell<'_>) -> Option<More> {
        match cell {
            Cell::Text(text) => serde_json::from_str(text).ok(),
            _ => None,
        }
    }
}
