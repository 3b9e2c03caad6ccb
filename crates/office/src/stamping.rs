//! The stamp of arrival (dấu "ĐẾN") as the decree draws it: a frame of 50 × 35 mm with the agency,
//! the number, the day, and before whom it goes. Drawn on a copy, never on what was received.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 22, app. IV

use signing::appearance::serif;
use wire::pdf::appearance::POINTS_PER_MM;
use wire::pdf::mark::first_page;
use wire::pdf::stamp::{Rectangle, Stamp};

const WIDTH_MM: f64 = 50.0;
const HEIGHT_MM: f64 = 35.0;
/// From the left edge and the top of the page: beside the number and symbol, under the agency.
const LEFT_MM: f64 = 10.0;
const TOP_MM: f64 = 8.0;
const LETTERS_POINTS: f64 = 11.0;
/// A name of an agency that is longer goes on in another line.
const LINE_LETTERS: usize = 34;

#[derive(Debug, Clone)]
pub(crate) struct Lines {
    pub unit: String,
    pub number: String,
    pub day: String,
    /// Before whom it goes; empty when that is not known.
    pub to: String,
}

impl Lines {
    fn written(&self) -> Vec<String> {
        let mut lines = wrapped(&self.unit.to_uppercase());
        lines.push("ĐẾN".to_owned());
        lines.push(format!("Số: {}", self.number));
        lines.push(format!("Ngày: {}", self.day));
        lines.push(format!("Chuyển: {}", if self.to.is_empty() { "…………" } else { &self.to }));
        lines.push("Số và ký hiệu HS: …………".to_owned());
        lines
    }
}

/// Broken between words, in at most three lines.
fn wrapped(text: &str) -> Vec<String> {
    const LINES_MAX: usize = 3;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let room = lines.last().map_or(0, |line| LINE_LETTERS.saturating_sub(line.chars().count()));
        match lines.last_mut() {
            Some(line) if word.chars().count() < room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.truncate(LINES_MAX);
    lines
}

/// The file with the stamp on its first page; none where it cannot be drawn on, or no face with
/// Vietnamese letters is installed.
pub(crate) fn stamped(pdf: &[u8], lines: &Lines) -> Option<Vec<u8>> {
    let size = (WIDTH_MM * POINTS_PER_MM, HEIGHT_MM * POINTS_PER_MM);
    let stamp = Stamp::block(serif()?, &lines.written(), size, LETTERS_POINTS).ok()?;
    let place = |(_, height): (f64, f64)| Rectangle {
        left: LEFT_MM * POINTS_PER_MM,
        bottom: height - TOP_MM * POINTS_PER_MM - size.1,
        width: size.0,
        height: size.1,
    };
    first_page(pdf, &stamp, &place).ok()
}
