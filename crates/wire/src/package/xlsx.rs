//! Tables (XLSX): the names of the sheets, the texts of cells, and numbers as they are written.

use super::{PackageFault, Text};
use crate::xml;
use crate::xml::document::Element;

pub(super) const MAIN: &str = "xl/workbook.xml";
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
];

/// The names of the sheets, the texts that cells share, the sheets.
pub(super) fn rank(name: &str) -> Option<u8> {
    match name {
        MAIN => Some(0),
        "xl/sharedStrings.xml" => Some(1),
        _ => {
            let sheet = name.strip_prefix("xl/worksheets/")?;
            (sheet.ends_with(".xml") && !sheet.contains('/')).then_some(2)
        }
    }
}

pub(super) fn add(data: &[u8], text: &mut Text) -> Result<(), PackageFault> {
    let document = xml::read::read(data, &xml::Limits::default())?;
    let cells = |element: &Element<'_>| NAMESPACES.contains(&element.namespace());
    for element in document.elements().filter(cells) {
        match element.name() {
            "si" | "row" => text.end_line(),
            "sheet" => {
                text.end_line();
                text.push(element.attribute("name").unwrap_or_default());
            }
            "t" if is_shown(element) => text.push(&element.text()),
            "is" => text.push(" "),
            "v" if !is_shared(element) => {
                text.push(" ");
                text.push(&element.text());
            }
            _ => {}
        }
        if text.is_full() {
            break;
        }
    }
    Ok(())
}

/// A cell that shares its text with others has only the text's place.
fn is_shared(value: Element<'_>) -> bool {
    let cell = value.parent();
    cell.is_some_and(|cell| matches!(cell.attribute("t"), Some("s" | "b" | "e")))
}

/// How a word is said stands beside it, and is not shown.
fn is_shown(text: Element<'_>) -> bool {
    text.parent().is_none_or(|above| above.name() != "rPh")
}
