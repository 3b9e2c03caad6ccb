//! A document that goes out, from its draft to what became of it. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 10, art. 13, art. 14, art. 15, art. 18

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::clock::local;
use platform::record;
use uuid::Uuid;

use crate::book::{BookId, written};
use crate::coded::coded;
use crate::document::{DocumentType, IncomingId, OutgoingId, Urgency};
use crate::express;

/// As the metadata of the decree limits them.
pub const SUBJECT_LETTERS_MAX: usize = 500;
pub const BODY_LETTERS_MAX: usize = 60_000;
pub const NOTE_LETTERS_MAX: usize = 1_000;
pub const PART_LETTERS_MAX: usize = 15;

coded! {
    /// How far it has come. It goes back to `Draft` whenever somebody returns it.
    pub enum State, "a state of an outgoing document" {
        Draft = "draft",
        /// Before those who initial it.
        Initialling = "initialling",
        /// Before its signer.
        Signing = "signing",
        /// Signed; the clerk checks the form and gives number and date.
        Signed = "signed",
        /// Numbered; number and date are being filled in.
        Numbered = "numbered",
        /// Before the agency's seal.
        Sealing = "sealing",
        Issued = "issued",
        Cancelled = "cancelled",
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Outgoing {
        pub id: OutgoingId,
        pub unit: UnitId,
        pub state: State,
        /// The code of its type.
        pub kind: String,
        pub subject: String,
        pub urgency: Urgency,
        /// Express at a set time: by when it has to be there.
        pub express_at: Option<Timestamp>,
        pub due_on: Option<Date>,
        /// A paper copy follows.
        pub paper: bool,
        /// What stands in the symbol of a letter behind the agency.
        pub part: String,
        /// As it is written in the browser; empty where a file was brought.
        pub body: String,
        /// The file that was brought.
        pub file: Option<Uuid>,
        pub file_name: Option<String>,
        /// Counts the versions.
        pub edition: i64,
        pub author: Uuid,
        pub author_name: String,
        /// The incoming document that it answers.
        pub answers: Option<IncomingId>,
        /// The document of ours in whose place it comes.
        pub replaces: Option<OutgoingId>,
        pub signer: Option<Uuid>,
        pub signer_name: Option<String>,
        /// As it stands above the signature, lines divided by "\n".
        pub capacity: Option<String>,
        /// Before its signer, then before the seal.
        pub submission: Option<Uuid>,
        pub sealing: Option<Uuid>,
        pub signed_file: Option<Uuid>,
        pub book: Option<BookId>,
        pub ordinal: Option<i64>,
        pub suffix: Option<String>,
        pub dated: Option<Date>,
        pub notation: Option<String>,
        /// Signed, numbered and sealed: what is sent.
        pub final_file: Option<Uuid>,
        pub final_sha256: Option<String>,
        /// Its identifier between agencies.
        pub document_id: Option<String>,
        /// The packet in which it went to the axis.
        pub packet: Option<Uuid>,
        pub issued_at: Option<Timestamp>,
        /// Why it was sent back the last time, and by whom.
        pub returned: Option<String>,
        pub returned_name: Option<String>,
        pub made_at: Timestamp,
        pub changed_at: Timestamp,
        pub version: i64,
    }
}

impl Outgoing {
    /// `15/UBND-VP`; none before it is numbered.
    pub fn number(&self) -> Option<String> {
        let (ordinal, notation) = (self.ordinal?, self.notation.as_deref()?);
        let suffix = self.suffix.as_deref().unwrap_or_default();
        Some(format!("{}/{notation}", written(ordinal, suffix)))
    }

    /// The number alone, as packets have it.
    pub fn ordinal_text(&self) -> Option<String> {
        Some(written(self.ordinal?, self.suffix.as_deref().unwrap_or_default()))
    }

    /// As it is printed and sent.
    pub fn type_name(&self) -> &'static str {
        DocumentType::parse(&self.kind).map_or("", |one| one.name)
    }

    pub fn is_composed(&self) -> bool {
        self.file.is_none()
    }

    pub fn object(&self) -> String {
        object(self.id)
    }
}

/// How it is named in the audit.
pub fn object(id: OutgoingId) -> String {
    format!("office-outgoing:{id}")
}

/// What a draft says, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub kind: String,
    pub subject: String,
    pub body: String,
    pub urgency: String,
    /// Of what is express at a set time: day and hour.
    pub express_on: Option<Date>,
    pub express_hour: String,
    pub due_on: Option<Date>,
    pub paper: bool,
    pub part: String,
    pub signer: String,
}

/// The same, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub kind: &'static DocumentType,
    pub subject: String,
    pub body: String,
    pub urgency: Urgency,
    pub express_at: Option<Timestamp>,
    pub due_on: Option<Date>,
    pub paper: bool,
    pub part: String,
    /// An account; none: not chosen yet.
    pub signer: Option<Uuid>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContentFault {
    #[error("no type was chosen")]
    Kind,
    #[error("there is no subject, or it is too long")]
    Subject,
    #[error("the text is too long")]
    Body,
    #[error("no urgency was chosen")]
    Urgency,
    #[error("what is express at a set time has no day")]
    ExpressOn,
    #[error("what is express at a set time has no hour")]
    ExpressHour,
    #[error("the set time is over")]
    ExpressOver,
    #[error("the day lies before today")]
    DueOn,
    #[error("the part of the symbol has other letters than A–Z, Đ and digits, or too many")]
    Part,
    #[error("a text has a character that cannot be printed")]
    Unprintable,
    #[error("who signs was not chosen, or cannot sign")]
    Signer,
}

impl Typed {
    /// Everything that is to be mended at once.
    ///
    /// # Errors
    /// The faults, in the order of the fields.
    pub fn check(&self, now: Timestamp) -> Result<Content, Vec<ContentFault>> {
        let (mut faults, today) = (Vec::new(), local(now).date());
        let kind = DocumentType::parse(&self.kind);
        let (subject, body) = (one_line(&self.subject), self.body.trim_end().to_owned());
        let urgency = Urgency::parse(&self.urgency);
        let part = self.part.trim().to_uppercase();
        let says = [
            (kind.is_none(), ContentFault::Kind),
            (is_off(&subject, 1, SUBJECT_LETTERS_MAX), ContentFault::Subject),
            (is_off(&body, 0, BODY_LETTERS_MAX), ContentFault::Body),
            (has_control(&subject) || has_control(&body), ContentFault::Unprintable),
            (urgency.is_none(), ContentFault::Urgency),
            (self.due_on.is_some_and(|day| day < today), ContentFault::DueOn),
            (!is_part(&part), ContentFault::Part),
        ];
        faults.extend(says.into_iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, fault)| fault));
        let express_at = match urgency {
            Some(Urgency::ExpressAtTime) => self.express_at(now).map_or_else(
                |fault| {
                    faults.push(fault);
                    None
                },
                Some,
            ),
            _ => None,
        };
        match (kind, urgency, faults.is_empty()) {
            (Some(kind), Some(urgency), true) => Ok(Content {
                kind,
                subject,
                body,
                urgency,
                express_at,
                due_on: self.due_on,
                paper: self.paper,
                part,
                signer: Uuid::try_parse(&self.signer).ok(),
            }),
            _ => Err(faults),
        }
    }
}

impl Typed {
    /// By when it has to be there.
    fn express_at(&self, now: Timestamp) -> Result<Timestamp, ContentFault> {
        let day = self.express_on.ok_or(ContentFault::ExpressOn)?;
        let hour = express::hour(&self.express_hour).ok_or(ContentFault::ExpressHour)?;
        let at = express::moment(day, hour);
        if at > now { Ok(at) } else { Err(ContentFault::ExpressOver) }
    }
}

impl ContentFault {
    /// Under which field of the form it stands.
    pub fn field(self) -> &'static str {
        match self {
            ContentFault::Kind => "kind",
            ContentFault::Subject => "subject",
            ContentFault::Body | ContentFault::Unprintable => "body",
            ContentFault::Urgency => "urgency",
            ContentFault::ExpressOn => "express",
            ContentFault::ExpressHour | ContentFault::ExpressOver => "express-hour",
            ContentFault::DueOn => "due",
            ContentFault::Part => "part",
            ContentFault::Signer => "signer",
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            ContentFault::Kind => "office-fault-kind",
            ContentFault::Subject => "office-fault-subject",
            ContentFault::Body => "office-fault-body",
            ContentFault::Unprintable => "office-fault-unprintable",
            ContentFault::Urgency => "office-fault-urgency",
            ContentFault::ExpressOn => "office-fault-express-on",
            ContentFault::ExpressHour => "office-fault-express-hour",
            ContentFault::ExpressOver => "office-fault-express-over",
            ContentFault::DueOn => "office-fault-due",
            ContentFault::Part => "office-fault-part",
            ContentFault::Signer => "office-fault-signer",
        }
    }
}

fn is_off(text: &str, least: usize, most: usize) -> bool {
    let letters = text.chars().count();
    letters < least || letters > most
}

/// Neither a packet nor a page can carry them.
fn has_control(text: &str) -> bool {
    text.chars().any(|one| one.is_control() && !matches!(one, '\n' | '\r' | '\t'))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What may stand in a symbol: `VP`, `TĐKT`, `NC2`.
pub fn is_part(text: &str) -> bool {
    text.chars().count() <= PART_LETTERS_MAX
        && text.chars().all(|one| one.is_uppercase() || one.is_ascii_digit())
}

/// The identifier that receivers understand best: who, when, which.
pub fn document_id(organ_code: &str, dated: Date, number: &str) -> String {
    format!("{organ_code},{},{number}", dated.strftime("%Y/%m/%d"))
}

impl State {
    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            State::Draft => "office-state-draft",
            State::Initialling => "office-state-initialling",
            State::Signing => "office-state-signing",
            State::Signed => "office-state-signed",
            State::Numbered => "office-state-numbered",
            State::Sealing => "office-state-sealing",
            State::Issued => "office-state-issued",
            State::Cancelled => "office-state-cancelled",
        }
    }
}
