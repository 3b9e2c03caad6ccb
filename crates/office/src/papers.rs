//! What the press is handed for lists and slips. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP app. I (head of a paper), app. IV

use serde::Serialize;

/// Top of a paper: agency on the left, motto on the right, place and date below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Head {
    pub above: String,
    pub agency: String,
    pub agency_name: String,
    pub number: String,
    pub place_and_date: String,
    /// The press has no clock, and PDF/A asks for it.
    pub issued_at: String,
}

/// A table with any columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct List {
    pub letterhead: Head,
    pub title: String,
    pub under: String,
    pub notes: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
    pub foot: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Column {
    pub head: String,
    /// A part of the width; 0: as wide as its words.
    pub parts: u32,
    pub is_number: bool,
}

impl Column {
    pub fn wide(head: String, parts: u32) -> Column {
        Column { head, parts, is_number: false }
    }

    pub fn number(head: String) -> Column {
        Column { head, parts: 0, is_number: true }
    }
}

/// Text that the press can set: its fonts have no picture letters and no far eastern ones.
pub fn printable(text: &str) -> String {
    let drawn = |letter: char| if (letter as u32) < 0x2c00 { letter } else { '?' };
    text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).map(drawn).collect()
}

/// An address to scan; empty when it is too long for that.
pub fn qr(address: &str) -> String {
    use fast_qr::convert::{Builder, svg::SvgBuilder};
    match fast_qr::QRBuilder::new(address).ecl(fast_qr::ECL::M).build() {
        Ok(code) => SvgBuilder::default().margin(2).to_str(&code),
        Err(_) => String::new(),
    }
}
