//! The agent on the officer's own machine (VGCA Sign Service): what is said to it and what it hears
//! from us, and the tickets that take the place of a session, which it does not have. Pure.
//!
//! The page opens `wss://127.0.0.1:8987/OPERATION`, sends one message and gets one. The agent then
//! fetches the file here, signs it with the token and brings it back as a form. What it tells the
//! page counts for nothing: only the file that came back does ([`crate::take_back`]).

use jiff::{SignedDuration, Timestamp};
use platform::hex::to_hex;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use serde::Serialize;
use uuid::Uuid;
use wire::algorithm::Digest;

use crate::step::SignatoryKind;
use crate::submission::SubmissionId;

/// Where the agent listens. The page that talks to it may connect there and nowhere else.
pub const AGENT: &str = "wss://127.0.0.1:8987";
/// As long as somebody needs to find the token and to type its PIN.
pub const TICKET_LIVES: SignedDuration = SignedDuration::from_mins(10);

/// The message to the agent; the names are its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Message {
    /// Where it brings the signed file.
    pub file_upload_handler: String,
    pub session_id: String,
    #[serde(rename = "JWTToken")]
    pub jwt_token: String,
    /// Where it fetches the file.
    pub file_name: String,
    pub meta_data: Vec<Pair>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Pair {
    pub key: String,
    pub value: String,
}

/// What the agent hears when it brought a file; it hands `file_server` on to the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Heard {
    pub status: bool,
    /// Shown to the officer by the agent, which speaks Vietnamese.
    pub message: String,
    pub file_name: String,
    pub file_server: String,
}

/// What a ticket opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Errand {
    Fetch,
    Bring,
}

record! {
    /// Opens once, for whoever has its token: one file out, or one file in.
    #[derive(Debug, Clone)]
    pub struct Ticket {
        /// SHA-256 of the token, which is kept nowhere.
        pub hash: String,
        pub errand: Errand,
        pub submission: SubmissionId,
        pub ordinal: i64,
        /// Whose signature or seal it will be the work of.
        pub account: Uuid,
        pub account_name: String,
        /// Of the very bytes that were shown.
        pub sha256: String,
        pub made_at: Timestamp,
        pub ends_at: Timestamp,
    }
}

/// Where the page sends the message: a person approves, an agency issues.
pub fn operation(kind: SignatoryKind) -> &'static str {
    match kind {
        SignatoryKind::Person => "wss://127.0.0.1:8987/SignApproved",
        SignatoryKind::Agency => "wss://127.0.0.1:8987/SignIssued",
    }
}

/// The message for two tickets, by the address people reach this installation under.
pub fn message(public_address: &str, fetch: &str, bring: &str) -> Message {
    Message {
        file_upload_handler: format!("{public_address}/ky-so/nop/{bring}"),
        session_id: String::new(),
        jwt_token: String::new(),
        // The agent goes by the ending.
        file_name: format!("{public_address}/ky-so/tep/{fetch}{ENDING}"),
        meta_data: Vec::new(),
    }
}

const ENDING: &str = ".pdf";

/// The token in the last piece of an address.
pub fn token_in(piece: &str) -> &str {
    piece.strip_suffix(ENDING).unwrap_or(piece)
}

/// How a token is kept.
pub fn hash_of(token: &str) -> String {
    to_hex(&Digest::Sha256.of(token.as_bytes()))
}

impl Heard {
    pub fn taken() -> Heard {
        Heard::with(true, String::new())
    }

    pub fn refused(message: String) -> Heard {
        Heard::with(false, message)
    }

    fn with(status: bool, message: String) -> Heard {
        Heard { status, message, file_name: String::new(), file_server: String::new() }
    }
}

impl Errand {
    pub fn code(self) -> &'static str {
        match self {
            Errand::Fetch => "fetch",
            Errand::Bring => "bring",
        }
    }
}

impl ToArg for Errand {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for Errand {
    const EXPECTED: &'static str = "an errand";

    fn from_cell(cell: Cell<'_>) -> Option<Errand> {
        match cell {
            Cell::Text("fetch") => Some(Errand::Fetch),
            Cell::Text("bring") => Some(Errand::Bring),
            _ => None,
        }
    }
}
