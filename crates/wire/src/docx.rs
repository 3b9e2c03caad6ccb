//! The text of a word processor's document, for finding it again.
//!
//! Taken are the paragraphs of the document, its heads and feet and its notes; deleted text that
//! the file still holds is not, and neither are comments.
//!
//! Specification: ECMA-376-1 (Office Open XML) §11, §17; APPNOTE 6.3.

use crate::asice::zip::{Archive, Limits as ZipLimits, ZipFault};
use crate::tcvn;
use crate::xml::document::Element;
use crate::xml::{self, ReadFault};

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
pub enum DocxFault {
    #[error(transparent)]
    Zip(#[from] ZipFault),
    #[error("the archive holds no document")]
    NoDocument,
    #[error("a part of the document is not XML that is read")]
    Xml,
}

impl From<ReadFault> for DocxFault {
    fn from(_: ReadFault) -> DocxFault {
        DocxFault::Xml
    }
}

const MAIN: &str = "word/document.xml";
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];
const PARTS_MAX: usize = 40;

/// Paragraph by paragraph, a line each.
///
/// # Errors
/// [`DocxFault`] when it is not such a document, or one that costs too much.
pub fn text(bytes: &[u8], limits: &Limits) -> Result<String, DocxFault> {
    let zip = ZipLimits { entry_bytes: limits.part_bytes, ..ZipLimits::default() };
    let archive = Archive::open(bytes, &zip)?;
    let main = archive.members.iter().filter(|member| member.name == MAIN);
    let others = archive.members.iter().filter(|member| is_beside(&member.name));
    let mut text = String::new();
    let mut parts = 0;
    for member in main.chain(others).take(PARTS_MAX) {
        let data = archive.data(member)?;
        add_part(&data, limits, &mut text)?;
        parts += 1;
        if text.len() >= limits.text_bytes {
            break;
        }
    }
    if parts == 0 { Err(DocxFault::NoDocument) } else { Ok(text) }
}

/// Heads, feet and notes.
fn is_beside(name: &str) -> bool {
    let Some(part) = name.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml")) else {
        return false;
    };
    let kind = part.trim_end_matches(|letter: char| letter.is_ascii_digit());
    matches!(kind, "header" | "footer" | "footnotes" | "endnotes")
}

fn add_part(data: &[u8], limits: &Limits, text: &mut String) -> Result<(), DocxFault> {
    let document = xml::read::read(data, &xml::Limits::default())?;
    let mut is_tcvn = false;
    let words = |element: &Element<'_>| NAMESPACES.contains(&element.namespace());
    for element in document.elements().filter(words) {
        match element.name() {
            "p" | "br" | "cr" => end_line(text),
            "tab" | "noBreakHyphen" => text.push(' '),
            "r" => is_tcvn = false,
            "rFonts" => is_tcvn = is_old(element),
            "t" if is_tcvn => text.push_str(&tcvn::read(&element.text())),
            "t" => text.push_str(&element.text()),
            _ => {}
        }
        if text.len() >= limits.text_bytes {
            break;
        }
    }
    end_line(text);
    Ok(())
}

fn is_old(fonts: Element<'_>) -> bool {
    let mut names = fonts.attributes().filter(|one| matches!(one.name, "ascii" | "hAnsi"));
    names.any(|one| tcvn::is_font(one.value))
}

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}
