//! The text of documents and tables that are an archive of XML parts, for finding them again.
//!
//! Which format it is, is told by the parts that are there, and not by a name. Deleted text that a
//! file still holds is not taken, and neither are comments.
//!
//! Specification: ECMA-376-1 (Office Open XML) §11, §17, §18; ISO/IEC 26300-1 (OpenDocument) §3,
//! §5; APPNOTE 6.3.

mod docx;
mod odf;
mod xlsx;

use crate::asice::zip::{Archive, Limits as ZipLimits, ZipFault};
use crate::xml::ReadFault;

/// What reading may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of one part, inflated.
    pub part_bytes: usize,
    /// Of the text.
    pub text_bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { part_bytes: 32 << 20, text_bytes: 4 << 20 }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PackageFault {
    #[error(transparent)]
    Zip(#[from] ZipFault),
    #[error("the archive holds no document")]
    NoDocument,
    #[error("a part of the document is not XML that is read")]
    Xml,
}

impl From<ReadFault> for PackageFault {
    fn from(_: ReadFault) -> PackageFault {
        PackageFault::Xml
    }
}

/// More parts with text are not looked at.
const PARTS_MAX: usize = 40;

/// How one format reads a part of its own into the text.
type Reader = fn(&[u8], &mut Text) -> Result<(), PackageFault>;

/// Paragraph by paragraph, row by row, a line each.
///
/// # Errors
/// [`PackageFault`] when it is no such document, or one that costs too much.
pub fn text(bytes: &[u8], limits: &Limits) -> Result<String, PackageFault> {
    let zip = ZipLimits { entry_bytes: limits.part_bytes, ..ZipLimits::default() };
    let archive = Archive::open(bytes, &zip)?;
    let has = |name: &str| archive.members.iter().any(|member| member.name == name);
    let (rank, read): (fn(&str) -> Option<u8>, Reader) = match () {
        () if has(docx::MAIN) => (docx::rank, docx::add),
        () if has(xlsx::MAIN) => (xlsx::rank, xlsx::add),
        () if has(odf::MAIN) => (odf::rank, odf::add),
        () => return Err(PackageFault::NoDocument),
    };
    let mut parts: Vec<_> =
        archive.members.iter().filter_map(|member| Some((rank(&member.name)?, member))).collect();
    parts.sort_by_key(|(rank, _)| *rank);
    let mut text = Text { letters: String::new(), most_bytes: limits.text_bytes };
    for (_, member) in parts.into_iter().take(PARTS_MAX) {
        read(&archive.data(member)?, &mut text)?;
        text.end_line();
        if text.is_full() {
            break;
        }
    }
    Ok(text.letters)
}

/// What was read so far.
struct Text {
    letters: String,
    most_bytes: usize,
}

impl Text {
    fn push(&mut self, piece: &str) {
        self.letters.push_str(piece);
    }

    fn end_line(&mut self) {
        if !self.letters.is_empty() && !self.letters.ends_with('\n') {
            self.letters.push('\n');
        }
    }

    fn is_full(&self) -> bool {
        self.letters.len() >= self.most_bytes
    }
}
