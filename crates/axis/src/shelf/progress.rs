//! A packet on its way in: read, measured and hashed, piece by piece.

use platform::hex::to_hex;
use wire::edxml::{Fault, Limits, Reader, Reading};
use wire::vxp::{FileHash, Matched};

use super::Intake;
use crate::packet::Kind;
use crate::refusal::Refusal;

/// The line end that the kit puts behind the file, which its hash does not know of.
const LINE_END_BYTES: u64 = 2;

pub struct Progress<'i> {
    intake: &'i Intake,
    reader: Reader,
    /// What is wrong with it. Not said at once: what was broken on the way is not the sender's
    /// fault, and the hash tells.
    fault: Option<Fault>,
    hash: FileHash,
    size_bytes: u64,
}

/// A packet read to its end.
pub struct Read {
    pub reading: Reading,
    pub matched: Matched,
    pub sha256: String,
    pub size_bytes: u64,
}

impl<'i> Progress<'i> {
    pub fn new(intake: &'i Intake) -> Progress<'i> {
        let most = intake.packet_bytes_max.saturating_add(LINE_END_BYTES);
        let limits =
            Limits { size_bytes: usize::try_from(most).unwrap_or(usize::MAX), ..Limits::default() };
        let (reader, hash) = (Reader::new(limits), FileHash::default());
        Progress { intake, reader, fault: None, hash, size_bytes: 0 }
    }

    /// What it was announced as.
    pub fn kind(&self) -> Option<Kind> {
        self.intake.kind
    }

    pub fn push(&mut self, piece: &[u8]) -> Result<(), Refusal> {
        self.size_bytes += piece.len() as u64;
        let max_bytes = self.intake.packet_bytes_max;
        if self.size_bytes > max_bytes.saturating_add(LINE_END_BYTES) {
            return Err(Refusal::TooLarge { max_bytes });
        }
        self.hash.push(piece);
        let mut left = piece;
        while self.fault.is_none() {
            match self.reader.next(&mut left) {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(fault) => self.fault = Some(fault),
            }
        }
        Ok(())
    }

    /// For what is too large to be listened to in vain.
    pub fn so_far(&mut self) -> Result<(), Refusal> {
        self.fault.take().map_or(Ok(()), |fault| Err(Refusal::NotPacket(fault)))
    }

    /// Nothing more comes.
    pub fn end(self) -> Result<Read, Refusal> {
        let matched = match &self.intake.hash_file {
            Some(said) => self.hash.matches(said).ok_or(Refusal::HashWrong)?,
            None => Matched::Whole,
        };
        if let Some(fault) = self.fault {
            return Err(Refusal::NotPacket(fault));
        }
        let taken_off = if matched == Matched::Whole { 0 } else { LINE_END_BYTES };
        let size_bytes = self.size_bytes - taken_off;
        if size_bytes > self.intake.packet_bytes_max {
            return Err(Refusal::TooLarge { max_bytes: self.intake.packet_bytes_max });
        }
        let sha256 = to_hex(&self.hash.sha256(matched));
        let reading = self.reader.finish().map_err(Refusal::NotPacket)?;
        Ok(Read { reading, matched, sha256, size_bytes })
    }
}
