//! What is found by which words: without diacritics, in any order, by the beginning of each word.

use std::collections::BTreeSet;

use platform::fold::{fold, tokens};

use crate::code::Code;
use crate::unit::Unit;

/// Further words of a question change nothing a person would notice.
pub const WORDS_MAX: usize = 6;

/// A question, taken apart for the store: always six patterns, so that one statement serves all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// `% chau%`; an absent one finds everything.
    pub patterns: [Option<String>; WORDS_MAX],
    /// The whole question folded, for names that are exactly this or begin with it.
    pub phrase: String,
    /// The question read as a code.
    pub code: String,
}

impl Question {
    /// None: nothing was asked that could be looked for.
    pub fn parse(text: &str) -> Option<Question> {
        let words = tokens(text);
        if words.is_empty() {
            return None;
        }
        let mut patterns: [Option<String>; WORDS_MAX] = Default::default();
        for (pattern, word) in patterns.iter_mut().zip(&words) {
            *pattern = Some(format!("% {word}%"));
        }
        let code = Code::receive(text).map(|code| code.key()).unwrap_or_default();
        Some(Question { patterns, phrase: words.join(" "), code })
    }
}

/// The words a unit is found by: its own names and codes, those it had, and the names above it,
/// since people write "châu thới cà mau". A space before each word marks where it begins.
pub fn hay_of<'a>(
    unit: &'a Unit,
    others: impl Iterator<Item = &'a str>,
    above: impl Iterator<Item = &'a str>,
) -> String {
    let own = [unit.code.as_str(), unit.name.as_str(), unit.label()];
    let mut hay = String::new();
    let mut seen = BTreeSet::new();
    for word in own.into_iter().chain(others).chain(above).flat_map(tokens) {
        if !seen.contains(&word) {
            hay.push(' ');
            hay.push_str(&word);
            seen.insert(word);
        }
    }
    hay
}

/// The name by itself, for the order of what was found.
pub fn folded_name(name: &str) -> String {
    fold(name)
}
