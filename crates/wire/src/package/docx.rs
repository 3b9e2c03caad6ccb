//! Documents of word processors (DOCX): paragraphs, heads and feet, notes.

use super::{PackageFault, Text};
use crate::tcvn;
use crate::xml;
use crate::xml::document::Element;

pub(super) const MAIN: &str = "word/document.xml";
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// The document first, then heads, feet and notes.
pub(super) fn rank(name: &str) -> Option<u8> {
    if name == MAIN {
        return Some(0);
    }
    let part = name.strip_prefix("word/")?.strip_suffix(".xml")?;
    let kind = part.trim_end_matches(|letter: char| letter.is_ascii_digit());
    matches!(kind, "header" | "footer" | "footnotes" | "endnotes").then_some(1)
}

pub(super) fn add(data: &[u8], text: &mut Text) -> Result<(), PackageFault> {
    let document = xml::read::read(data, &xml::Limits::default())?;
    let mut is_tcvn = false;
    let words = |element: &Element<'_>| NAMESPACES.contains(&element.namespace());
    for element in document.elements().filter(words) {
        match element.name() {
            "p" | "br" | "cr" => text.end_line(),
            "tab" | "noBreakHyphen" => text.push(" "),
            "r" => is_tcvn = false,
            "rFonts" => is_tcvn = is_old(element),
            "t" if is_tcvn => text.push(&tcvn::read(&element.text())),
            "t" => text.push(&element.text()),
            _ => {}
        }
        if text.is_full() {
            break;
        }
    }
    Ok(())
}

fn is_old(fonts: Element<'_>) -> bool {
    let mut names = fonts.attributes().filter(|one| matches!(one.name, "ascii" | "hAnsi"));
    names.any(|one| tcvn::is_font(one.value))
}
