//! What was typed, name by name, cleaned of what no person types on purpose.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use unicode_normalization::UnicodeNormalization;

use super::DateParts;
use crate::web::Problem;
use crate::web::csrf::{ONCE, TOKEN};

/// Pairs in the order of the form; a name may come more than once (checkboxes).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(Vec<(String, String)>);

/// More fields than any form of ours has.
const FIELDS_MAX: usize = 2_000;

impl Answers {
    pub(crate) fn read(bytes: &[u8]) -> Result<Answers, Problem> {
        let text = str::from_utf8(bytes).map_err(|_| Problem::unreadable("not UTF-8"))?;
        let mut pairs = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            if pairs.len() == FIELDS_MAX {
                return Err(Problem::unreadable("too many fields"));
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode(name)?;
            let value = clean(&name, &decode(value)?);
            pairs.push((name, value));
        }
        Ok(Answers(pairs))
    }

    pub fn from_pairs(pairs: Vec<(String, String)>) -> Answers {
        Answers(pairs)
    }

    /// The first answer to `name`, empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        let found = self.0.iter().filter(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).collect()
    }

    /// The three parts of a date field.
    pub fn date(&self, name: &str) -> DateParts {
        let part = |which: &str| self.get(&format!("{name}-{which}")).to_owned();
        DateParts { day: part("day"), month: part("month"), year: part("year") }
    }

    /// All but the hidden fields of the house.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let typed = self.0.iter().filter(|(name, _)| name != TOKEN && name != ONCE);
        typed.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(crate) fn parse<T: DeserializeOwned>(self) -> Result<T, Problem> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.0);
        let text = query.finish();
        serde_html_form::from_str(&text).map_err(|error| Problem::unreadable(&error.to_string()))
    }

    /// What a page may hold for a second sending: never a secret.
    pub(crate) fn for_resending(&self) -> Vec<(String, String)> {
        let kept = self.0.iter().filter(|(name, _)| name != TOKEN && !is_secret(name));
        kept.cloned().collect()
    }
}

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Answers, D::Error> {
        Vec::<(String, String)>::deserialize(from).map(Answers)
    }
}

/// `+` and `%xx`, and nothing that is not UTF-8: a mangled name is never stored.
fn decode(text: &str) -> Result<String, Problem> {
    let spaced = text.replace('+', " ");
    let bytes: Vec<u8> = percent_encoding::percent_decode_str(&spaced).collect();
    String::from_utf8(bytes).map_err(|_| Problem::unreadable("not UTF-8"))
}

/// What is proof of a person, and nothing that merely has "code" in its name.
fn is_secret(name: &str) -> bool {
    matches!(name, "code" | "otp") || name.contains("password") || name.contains("secret")
}

/// Composed letters (telephones and Macs send them apart), one kind of line end, no invisible
/// letters, no blanks around. A password keeps its blanks: they may be meant.
pub(crate) fn clean(name: &str, typed: &str) -> String {
    let lines = typed.replace("\r\n", "\n").replace('\r', "\n");
    let visible = lines.chars().filter(|letter| !is_invisible(*letter));
    let composed: String = visible.nfc().collect();
    if name.contains("password") { composed } else { composed.trim().to_owned() }
}

/// Zero-width spaces, marks of direction and byte order, and control characters; they come with
/// text copied from elsewhere and make equal words unequal. Joiners stay: emoji need them.
fn is_invisible(letter: char) -> bool {
    let control = letter.is_control() && letter != '\n' && letter != '\t';
    control
        || matches!(letter, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}')
        || matches!(letter, '\u{2066}'..='\u{2069}')
}
