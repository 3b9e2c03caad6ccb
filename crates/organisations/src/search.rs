//! What is found by which words: without diacritics, in any order, by the beginning of each word.

use platform::fold::{fold, tokens};

use crate::code::Code;
use crate::unit::{Unit, UnitId};

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

/// What a unit is found by, everything folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hay {
    pub unit: UnitId,
    pub name: String,
    pub label: String,
    /// The label without the kind of its area: "ninh thuan".
    pub bare: String,
    /// Its own names and codes, those it had, and the names above it, since people write "châu
    /// thới cà mau". Each word once, a space before each marks where it begins.
    pub words: String,
}

impl Hay {
    pub fn of<'a>(
        unit: &'a Unit,
        others: impl Iterator<Item = &'a str>,
        above: impl Iterator<Item = &'a str>,
    ) -> Hay {
        let (name, label) = (fold(unit.name.as_str()), fold(unit.label()));
        let mut words = String::new();
        let code = fold(unit.code.as_str());
        let more: Vec<String> = others.chain(above).map(fold).collect();
        let all = [&code, &name, &label].into_iter().chain(&more);
        for word in all.flat_map(|text| text.split(' ')).filter(|word| !word.is_empty()) {
            if !has_word(&words, word) {
                words.push(' ');
                words.push_str(word);
            }
        }
        let bare = bare(&label).to_owned();
        Hay { unit: unit.id, name, label, bare, words }
    }
}

fn has_word(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// Kinds of areas, as they begin a label.
const AREAS: [&str; 8] =
    ["tinh ", "thanh pho ", "xa ", "phuong ", "dac khu ", "quan ", "huyen ", "thi xa "];

fn bare(label: &str) -> &str {
    AREAS.iter().find_map(|area| label.strip_prefix(area)).unwrap_or(label)
}
