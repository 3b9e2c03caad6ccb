//! A packet: what the axis was handed, once and for all.

use std::fmt;

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::vxp::MessageType;

/// The docId that the sender is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PacketId(pub Uuid);

record! {
    #[derive(Debug, Clone, PartialEq)]
    pub struct Packet {
        pub id: PacketId,
        pub kind: Kind,
        pub origin: Origin,
        /// As the packet writes it.
        pub from_code: String,
        pub from_name: String,
        /// The unit that the code means; none for agencies behind a link that the catalogue does
        /// not know.
        pub from_unit: Option<Uuid>,
        /// Of the document; of a status: of the document it is about.
        pub document_id: String,
        /// 0 new, 1 recall, 2 update, 3 replacement; of a status its code, `s03`.
        pub business: String,
        /// Of a status: `01` to `16`.
        pub status_code: Option<String>,
        /// Of a status: whose document it is about (sender) as written.
        pub about_code: Option<String>,
        pub number: String,
        pub notation: String,
        pub type_name: String,
        pub subject: String,
        /// `0` usual to `4` express at a given time.
        pub urgency: String,
        /// Whether a paper copy follows; none: it was not said.
        pub paper: Option<bool>,
        /// Why: of a recall, an update; the description of a status.
        pub reason: String,
        /// In hexadecimal digits, of the bytes as received.
        pub sha256: String,
        pub size_bytes: i64,
        pub attachments: i64,
        pub signature: SignatureState,
        pub accepted_at: Timestamp,
        /// Who handed it in: the name of a system, of an officer, of a link.
        pub sent_by_name: String,
        /// The axis' signed receipt of the acceptance, a compact JWS.
        pub receipt: String,
    }
}

/// A document or a word about one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Document,
    Status,
}

/// By whose hand it came in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Origin {
    System(String),
    Office(UnitId),
    Link(Uuid),
}

/// What the XML signature of a packet was found to be worth when it was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignatureState {
    Absent,
    /// Nobody can say: the kit's placeholder, or a signer nobody here knows.
    Unverifiable,
    /// Computed, over all that the packet says, by a key of a signer who is believed.
    Valid,
    /// It is understood, and wrong.
    Invalid,
}

impl Packet {
    /// As a person writes it: `15/UBND-VP`.
    pub fn number_and_notation(&self) -> String {
        match (self.number.as_str(), self.notation.as_str()) {
            ("", notation) => notation.to_owned(),
            (number, "") => number.to_owned(),
            (number, notation) => format!("{number}/{notation}"),
        }
    }
}

impl PacketId {
    pub fn parse(text: &str) -> Option<PacketId> {
        Uuid::try_parse(text.trim()).ok().map(PacketId)
    }
}

impl Kind {
    pub fn code(self) -> &'static str {
        self.message_type().code()
    }

    pub fn message_type(self) -> MessageType {
        match self {
            Kind::Document => MessageType::Edoc,
            Kind::Status => MessageType::Status,
        }
    }
}

impl From<MessageType> for Kind {
    fn from(kind: MessageType) -> Kind {
        match kind {
            MessageType::Edoc => Kind::Document,
            MessageType::Status => Kind::Status,
        }
    }
}

impl Origin {
    /// As it is stored: `system:sys.H57`, `office:<uuid>`, `link:<uuid>`.
    pub fn written(&self) -> String {
        match self {
            Origin::System(id) => format!("system:{id}"),
            Origin::Office(unit) => format!("office:{unit}"),
            Origin::Link(id) => format!("link:{id}"),
        }
    }

    pub fn parse(text: &str) -> Option<Origin> {
        let (kind, id) = text.split_once(':')?;
        Some(match kind {
            "system" => Origin::System(id.to_owned()),
            "office" => Origin::Office(UnitId::parse(id)?),
            "link" => Origin::Link(Uuid::try_parse(id).ok()?),
            _ => return None,
        })
    }
}

impl SignatureState {
    pub fn code(self) -> &'static str {
        match self {
            SignatureState::Absent => "absent",
            SignatureState::Unverifiable => "unverifiable",
            SignatureState::Valid => "valid",
            SignatureState::Invalid => "invalid",
        }
    }

    pub fn parse(code: &str) -> Option<SignatureState> {
        use SignatureState::{Absent, Invalid, Unverifiable, Valid};
        [Absent, Unverifiable, Valid, Invalid].into_iter().find(|one| one.code() == code)
    }
}

impl fmt::Display for PacketId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl ToArg for PacketId {
    fn to_arg(&self) -> Arg<'_> {
        self.0.to_arg()
    }
}

impl FromCell for PacketId {
    const EXPECTED: &'static str = "the id of a packet";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        Uuid::from_cell(cell).map(PacketId)
    }
}

impl ToArg for Kind {
    fn to_arg(&self) -> Arg<'_> {
        self.code().to_arg()
    }
}

impl FromCell for Kind {
    const EXPECTED: &'static str = "edoc or status";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        MessageType::read(&String::from_cell(cell)?).map(Kind::from)
    }
}

impl ToArg for Origin {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.written().into())
    }
}

impl FromCell for Origin {
    const EXPECTED: &'static str = "by whose hand a packet came";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        Origin::parse(&String::from_cell(cell)?)
    }
}

impl ToArg for SignatureState {
    fn to_arg(&self) -> Arg<'_> {
        self.code().to_arg()
    }
}

impl FromCell for SignatureState {
    const EXPECTED: &'static str = "what a signature is worth";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        SignatureState::parse(&String::from_cell(cell)?)
    }
}
