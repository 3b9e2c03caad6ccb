//! The text of a file, for the search: what kind it has, and what of it can be read. Pure.

use platform::files::Media;
use platform::fold::fold;
use wire::package::{self, PackageFault};
use wire::pdf;

use crate::coded::coded;
use crate::search::WORD_BYTES_MAX;

/// Larger files are not read for their text.
pub const FILE_BYTES_MAX: u64 = 48 << 20;
const TEXT_BYTES_MAX: usize = 2 << 20;
const WORK_BYTES_MAX: usize = 128 << 20;
const PART_BYTES_MAX: usize = 24 << 20;
/// Different ones, of one file.
const WORDS_MAX: usize = 20_000;

coded! {
    /// How much of a file could be read.
    pub enum Legible, "how much of a file could be read" {
        Whole = "whole",
        Partly = "partly",
        /// There is none: a picture, a scan.
        None = "none",
        Unreadable = "unreadable",
        TooLarge = "too-large",
    }
}

impl Legible {
    /// The key of what people are told of a file that the search does not look into.
    pub fn complaint(self) -> Option<String> {
        match self {
            Legible::Whole | Legible::Partly => None,
            state => Some(format!("office-text-{}", state.code())),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    pub state: Legible,
    pub text: String,
}

/// Ends in bounded time and memory, whatever the file says.
pub fn read(media: &str, bytes: &[u8]) -> Read {
    let nothing = |state| Read { state, text: String::new() };
    match Media::parse(media).unwrap_or(sniffed(bytes)) {
        Media::Pdf => {
            let limits = pdf::text::Limits {
                work_bytes: WORK_BYTES_MAX,
                text_bytes: TEXT_BYTES_MAX,
                ..pdf::text::Limits::default()
            };
            match pdf::text::read(bytes, &limits) {
                Ok(found) if found.text.trim().is_empty() => nothing(Legible::None),
                Ok(found) => Read {
                    state: if found.is_whole { Legible::Whole } else { Legible::Partly },
                    text: found.text,
                },
                Err(_) => nothing(Legible::Unreadable),
            }
        }
        Media::Docx | Media::Odt | Media::Xlsx | Media::Zip => {
            let limits = package::Limits { part_bytes: PART_BYTES_MAX, text_bytes: TEXT_BYTES_MAX };
            match package::text(bytes, &limits) {
                Ok(text) if text.trim().is_empty() => nothing(Legible::None),
                Ok(text) if text.len() >= TEXT_BYTES_MAX => Read { state: Legible::Partly, text },
                Ok(text) => Read { state: Legible::Whole, text },
                // An archive of anything else is not looked into.
                Err(PackageFault::NoDocument) => nothing(Legible::None),
                Err(_) => nothing(Legible::Unreadable),
            }
        }
        Media::Text => plain(bytes),
        _ => nothing(Legible::None),
    }
}

/// Other systems say of their files whatever they like.
fn sniffed(bytes: &[u8]) -> Media {
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Media::Pdf,
        // Perhaps a document or a table: its parts say.
        [b'P', b'K', 3, 4, ..] => Media::Zip,
        _ => Media::Other,
    }
}

fn plain(bytes: &[u8]) -> Read {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    let is_whole = text.len() <= TEXT_BYTES_MAX;
    let end = (0..=TEXT_BYTES_MAX.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.truncate(end.unwrap_or(0));
    Read { state: if is_whole { Legible::Whole } else { Legible::Partly }, text }
}

/// What the store keeps as text: engines take no letter 0.
pub fn storable(text: &str) -> String {
    text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect()
}

/// Folded between blanks, so that a phrase is found as whole words; and its words, once each.
pub fn folded(text: &str) -> (String, Vec<String>) {
    let folded = fold(text);
    let mut words: Vec<String> = folded
        .split(' ')
        .filter(|word| !word.is_empty() && word.len() <= WORD_BYTES_MAX)
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words.dedup();
    words.truncate(WORDS_MAX);
    (format!(" {folded} "), words)
}
