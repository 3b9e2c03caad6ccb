//! Documents and tables of OpenDocument (ODT, ODS): paragraphs and headings, heads and feet.

use super::{PackageFault, Text};
use crate::xml;
use crate::xml::document::Piece;

pub(super) const MAIN: &str = "content.xml";
const OFFICE: &str = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
const TEXT: &str = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

/// The content, then what stands at the head and foot of pages.
pub(super) fn rank(name: &str) -> Option<u8> {
    match name {
        MAIN => Some(0),
        "styles.xml" => Some(1),
        _ => None,
    }
}

pub(super) fn add(data: &[u8], text: &mut Text) -> Result<(), PackageFault> {
    let document = xml::read::read(data, &xml::Limits::default())?;
    let (mut left_out, mut paragraph) = (None, None);
    for (node, piece) in document.pieces() {
        if left_out.is_some_and(|outer| document.is_within(node, outer)) {
            continue;
        }
        match piece {
            Piece::Element(element) => match (element.namespace(), element.name()) {
                // Comments, and what was deleted while changes were recorded.
                (OFFICE, "annotation") | (TEXT, "tracked-changes") => left_out = Some(node),
                (TEXT, "p" | "h") => {
                    text.end_line();
                    paragraph = Some(node);
                }
                (TEXT, "line-break") => text.end_line(),
                (TEXT, "s" | "tab") => text.push(" "),
                _ => {}
            },
            Piece::Text(letters) => {
                if paragraph.is_some_and(|outer| document.is_within(node, outer)) {
                    text.push(letters);
                }
            }
        }
        if text.is_full() {
            break;
        }
    }
    Ok(())
}
