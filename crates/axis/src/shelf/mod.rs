//! The shelf: where the bytes of packets lie, exactly as they were received, encrypted.
//!
//! A packet is read while it comes in, and is never whole in memory: what is small goes sealed into
//! its row; what is larger is sealed piece by piece into a file, and is on the disk before its row
//! is written.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 13

mod intake;
mod opening;
mod progress;
mod sealing;
mod signed;

use std::sync::Arc;

use platform::files::Received;
use platform::store::StoreError;
use platform::vault::Place;
use wire::edxml::{Packet, RemarkKind};

use crate::packet::{Kind, PacketId, SignatureState};

pub use intake::{shelve, shelve_bytes};
pub use opening::{Opened, open};

pub(crate) use intake::hold;

/// What is kept sealed in the row.
pub(crate) const HELD_BYTES_MAX: usize = 64 << 10;

const TABLE: &str = "axis_packet_body";

/// What is asked of what comes in.
#[derive(Debug, Clone)]
pub struct Intake {
    pub packet_bytes_max: u64,
    /// As the kit sends it, in either way of writing; the line end that the kit puts behind the
    /// file is then taken off.
    pub hash_file: Option<String>,
    /// What it was announced as.
    pub kind: Option<Kind>,
}

/// Bytes that are safe on the shelf, and what they say. Nothing in the database knows of them yet:
/// that is [`crate::commands::accept`]. What is never accepted is swept away a day later.
#[derive(Debug, Clone)]
pub struct Shelved {
    pub id: PacketId,
    pub summary: Arc<Summary>,
    /// In hexadecimal digits.
    pub sha256: String,
    pub size_bytes: i64,
    pub signature: SignatureState,
    pub(crate) body: Body,
}

/// What a packet says.
#[derive(Debug, Clone)]
pub struct Summary {
    pub packet: Packet,
    pub attachments: i64,
    /// Fields that are not as they should be, with what is wrong; the packet is kept all the same.
    pub remarks: Vec<(String, RemarkKind)>,
}

#[derive(Debug, Clone)]
pub(crate) enum Body {
    /// Sealed.
    Held(Arc<Vec<u8>>),
    /// Sealed, on the disk.
    File(Box<Received>),
}

impl Summary {
    pub fn kind(&self) -> Kind {
        match self.packet {
            Packet::Document(_) => Kind::Document,
            Packet::Status(_) => Kind::Status,
        }
    }
}

fn held_place(row: &[u8]) -> Place<'_> {
    Place { table: TABLE, column: "sealed", row }
}

fn file_place(row: &[u8]) -> Place<'_> {
    Place { table: TABLE, column: "file", row }
}

fn broken(reason: impl ToString) -> StoreError {
    StoreError::Other { reason: reason.to_string() }
}
