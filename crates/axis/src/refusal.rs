//! Every way this capability says no: what happened, and what to do next.

use axum::http::StatusCode;
use platform::Ctx;
use platform::files::FileRefusal;
use platform::store::StoreError;
use platform::vault::VaultFault;
use platform::web::Problem;
use platform::words::{Locale, Speech, Word};
use wire::edxml::{Fault, WriteFault};
use wire::vxp::ProofFault;

use crate::link_fault::LinkFault;
use crate::packet::Kind;
use crate::standing::Nonsense;
use crate::system::SystemFault;
use crate::system_fault::SystemRefusal;
use crate::watch_fault::WatchFault;

#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such packet, or it is not this system's to know of")]
    Nothing,
    #[error("the body broke off: {0}")]
    Interrupted(String),
    #[error("the packet is larger than {max_bytes} bytes")]
    TooLarge { max_bytes: u64 },
    #[error("the body is not the one that hash-file says")]
    HashWrong,
    #[error("it is no packet: {0}")]
    NotPacket(Fault),
    #[error("{field} is missing")]
    Missing { field: &'static str },
    #[error("{field} is longer than {limit} characters")]
    TooLong { field: &'static str, limit: usize },
    #[error("it is {found:?}, and was announced as something else")]
    OtherKind { found: Kind },
    #[error("the business {code:?} is on no list")]
    UnknownBusiness { code: String },
    #[error("the status {code:?} is on no list")]
    UnknownStatus { code: String },
    #[error("nobody knows the sender {code}")]
    SenderUnknown { code: String },
    #[error("whoever hands it in does not speak for {code}")]
    SenderNotYours { code: String },
    #[error("nobody knows the recipient {codes}")]
    ReceiverUnknown { codes: String },
    #[error("the recipient {code} ended; its work is with {successors}")]
    ReceiverClosed { code: String, successors: String },
    #[error("there is no recipient")]
    NoReceiver,
    #[error("more than {limit} recipients")]
    TooManyReceivers { limit: usize },
    #[error("{document_id} was sent to {codes} already, with another content")]
    SentAlready { document_id: String, codes: String },
    #[error("{codes}: {why}")]
    OutOfPlace { codes: String, why: Nonsense },
    #[error("status 13 is said by the sender of the document alone")]
    NotYourDocument,
    #[error("the sender has called it back")]
    Recalled,
    #[error("the bytes were taken away by a rule of retention")]
    Discarded,
    #[error("it has reached its recipient")]
    DoneAlready,
    #[error("there is no desk for this unit")]
    NoDesk,
    #[error("a desk for this unit is open already, for another capability")]
    DeskTaken,
    #[error("the status cannot be written: {0}")]
    NotWritten(WriteFault),
    #[error("there is no such setting; there are {names}")]
    SettingUnknown { names: String },
    #[error("it lies between {least} and {most}")]
    SettingWrong { least: i64, most: i64 },
    #[error(transparent)]
    Link(#[from] LinkFault),
    #[error(transparent)]
    System(#[from] SystemRefusal),
    #[error(transparent)]
    Watch(#[from] WatchFault),
    #[error(transparent)]
    Vault(#[from] VaultFault),
    #[error(transparent)]
    File(FileRefusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

const HEADING: &str = "axis-refused";

impl Refusal {
    /// The error code of the axis: 10 bad file or docId · 18 receiver unknown · 19 sender not
    /// registered or not yours · 20 fault of the axis · 21 the file could not be taken in ·
    /// 22 not edXML as it should be · 23 receiver closed.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::Nothing
            | Refusal::TooLarge { .. }
            | Refusal::HashWrong
            | Refusal::Recalled
            | Refusal::Discarded
            | Refusal::DoneAlready => "10",
            Refusal::ReceiverUnknown { .. } | Refusal::NoReceiver => "18",
            Refusal::SenderUnknown { .. }
            | Refusal::SenderNotYours { .. }
            | Refusal::NotYourDocument
            | Refusal::NoDesk => "19",
            Refusal::Interrupted(_) | Refusal::File(_) => "21",
            Refusal::System(refusal) => refusal.code(),
            Refusal::ReceiverClosed { .. } => "23",
            Refusal::Store(_) | Refusal::Vault(_) | Refusal::DeskTaken => "20",
            _ => "22",
        }
    }

    /// Whether the same may go well in a while without anybody's doing.
    pub fn is_passing(&self) -> bool {
        matches!(self.code(), "20" | "21")
    }

    /// For a person who has chosen a language.
    pub fn sentence(&self, speech: &Speech) -> String {
        match self {
            Refusal::System(refusal) => refusal.sentence(speech),
            refusal => speech.with(refusal.word(), &refusal.args()),
        }
    }

    /// For whoever reads the answer of a program: Vietnamese, then English.
    pub fn both(&self, ctx: &Ctx) -> String {
        let (vi, en) = (ctx.words.speak(Locale::Vi), ctx.words.speak(Locale::En));
        format!("{} / {}", self.sentence(&vi), self.sentence(&en))
    }

    /// Under which field of a form about a system the sentence belongs; `""`: under none.
    pub(crate) fn field(&self) -> &'static str {
        match self {
            Refusal::System(refusal) => refusal.field(),
            _ => "",
        }
    }

    /// The key of its sentence.
    fn word(&self) -> &'static str {
        match self {
            Refusal::Nothing => "axis-refusal-nothing",
            Refusal::Interrupted(_) => "axis-refusal-interrupted",
            Refusal::TooLarge { .. } => "axis-refusal-too-large",
            Refusal::HashWrong => "axis-refusal-hash-wrong",
            Refusal::NotPacket(_) => "axis-refusal-not-packet",
            Refusal::Missing { .. } => "axis-refusal-missing",
            Refusal::TooLong { .. } => "axis-refusal-too-long",
            Refusal::OtherKind { found: Kind::Document } => "axis-refusal-is-document",
            Refusal::OtherKind { found: Kind::Status } => "axis-refusal-is-status",
            Refusal::UnknownBusiness { .. } => "axis-refusal-unknown-business",
            Refusal::UnknownStatus { .. } => "axis-refusal-unknown-status",
            Refusal::SenderUnknown { .. } => "axis-refusal-sender-unknown",
            Refusal::SenderNotYours { .. } => "axis-refusal-sender-not-yours",
            Refusal::ReceiverUnknown { .. } => "axis-refusal-receiver-unknown",
            Refusal::ReceiverClosed { successors, .. } if successors.is_empty() => {
                "axis-refusal-receiver-closed"
            }
            Refusal::ReceiverClosed { .. } => "axis-refusal-receiver-succeeded",
            Refusal::NoReceiver => "axis-refusal-no-receiver",
            Refusal::TooManyReceivers { .. } => "axis-refusal-too-many-receivers",
            Refusal::SentAlready { .. } => "axis-refusal-sent-already",
            Refusal::OutOfPlace { why, .. } => match why {
                Nonsense::NothingAsked => "axis-refusal-nothing-asked",
                Nonsense::AskedAlready => "axis-refusal-asked-already",
                Nonsense::Withdrawn => "axis-refusal-withdrawn",
                Nonsense::SentBack => "axis-refusal-sent-back",
            },
            Refusal::NotYourDocument => "axis-refusal-not-your-document",
            Refusal::Recalled => "axis-refusal-recalled",
            Refusal::Discarded => "axis-refusal-discarded",
            Refusal::DoneAlready => "axis-refusal-done-already",
            Refusal::NoDesk => "axis-refusal-no-desk",
            Refusal::DeskTaken => "axis-refusal-desk-taken",
            Refusal::NotWritten(_) => "axis-refusal-not-written",
            Refusal::SettingUnknown { .. } => "axis-refusal-setting-unknown",
            Refusal::SettingWrong { .. } => "axis-refusal-setting-wrong",
            Refusal::Link(fault) => fault.word(),
            Refusal::System(refusal) => refusal.word(),
            Refusal::Watch(fault) => fault.word(),
            Refusal::Vault(_) => "axis-refusal-vault",
            Refusal::File(_) => "axis-refusal-file",
            Refusal::Store(_) => "axis-refusal-store",
        }
    }

    fn args(&self) -> Vec<(&'static str, Word)> {
        let one = |name, text: &str| vec![(name, Word::from(text))];
        match self {
            Refusal::TooLarge { max_bytes } => {
                vec![("megabytes", (max_bytes >> 20).max(1).into())]
            }
            Refusal::NotPacket(fault) => vec![
                ("line", fault.place.line.into()),
                ("column", fault.place.column.into()),
                ("reason", fault.reason.to_string().into()),
            ],
            Refusal::Missing { field } => one("field", field),
            Refusal::TooLong { field, limit } => {
                vec![("field", (*field).into()), ("limit", Word::from(*limit))]
            }
            Refusal::UnknownBusiness { code }
            | Refusal::UnknownStatus { code }
            | Refusal::SenderUnknown { code }
            | Refusal::SenderNotYours { code } => one("code", code),
            Refusal::ReceiverUnknown { codes } | Refusal::OutOfPlace { codes, .. } => {
                one("codes", codes)
            }
            Refusal::ReceiverClosed { code, successors } => {
                vec![("code", code.as_str().into()), ("successors", successors.as_str().into())]
            }
            Refusal::SettingUnknown { names } => one("names", names),
            Refusal::SettingWrong { least, most } => {
                vec![("least", (*least).into()), ("most", (*most).into())]
            }
            Refusal::TooManyReceivers { limit } => vec![("limit", Word::from(*limit))],
            Refusal::SentAlready { document_id, codes } => {
                vec![("document", document_id.as_str().into()), ("codes", codes.as_str().into())]
            }
            Refusal::NotWritten(fault) => one("reason", &fault.to_string()),
            Refusal::System(refusal) => refusal.args(),
            _ => Vec::new(),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Refusal::Nothing => StatusCode::NOT_FOUND,
            Refusal::Recalled | Refusal::Discarded => StatusCode::GONE,
            Refusal::Link(fault) => fault.status(),
            Refusal::System(refusal) => refusal.status(),
            Refusal::Watch(fault) => fault.status(),
            Refusal::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::SentAlready { .. }
            | Refusal::OutOfPlace { .. }
            | Refusal::DoneAlready
            | Refusal::DeskTaken => StatusCode::CONFLICT,
            refusal if refusal.is_passing() => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

impl From<ProofFault> for Refusal {
    fn from(fault: ProofFault) -> Refusal {
        Refusal::System(fault.into())
    }
}

impl From<SystemFault> for Refusal {
    fn from(fault: SystemFault) -> Refusal {
        Refusal::System(fault.into())
    }
}

impl From<organisations::Refusal> for Refusal {
    fn from(refusal: organisations::Refusal) -> Refusal {
        match refusal {
            organisations::Refusal::Store(error) => Refusal::Store(error),
            refusal => Refusal::System(refusal.into()),
        }
    }
}

impl From<FileRefusal> for Refusal {
    fn from(refusal: FileRefusal) -> Refusal {
        match refusal {
            FileRefusal::Store(error) => Refusal::Store(error),
            FileRefusal::Full => Refusal::Store(StoreError::Full),
            other => Refusal::File(other),
        }
    }
}

/// For pages and programs alike, when no form is at hand in which it could be mended.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::Store(error) => Problem::from(error),
            Refusal::Nothing => Problem::not_found(),
            Refusal::System(SystemRefusal::Catalogue(refusal)) => refusal.into(),
            refusal => {
                let word = refusal.word();
                let kind = word.strip_prefix("axis-refusal-").unwrap_or(word);
                let args = refusal.args();
                Problem::refused(refusal.status(), kind, HEADING, word, &args)
            }
        }
    }
}
