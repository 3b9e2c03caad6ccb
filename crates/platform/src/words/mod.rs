//! The sentences people read: Vietnamese first, English beside it, kept in `words/{vi,en}.ftl` of
//! each part and never in code.
//!
//! A key that is missing is shown as itself and remembered in [`Words::missing`], so that a test
//! finds it and a reader still gets a page. Numbers given as [`Word`] are written the way each
//! language writes them; a year or a code is not a number: give it as text.

mod forms;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Pattern, PatternElement};
use unic_langid::langid;

/// The sentences of one part, as `include_str!` brings them.
#[derive(Debug, Clone, Copy)]
pub struct WordFile {
    /// The part's name; every key begins with it and a hyphen.
    pub name: &'static str,
    pub vi: &'static str,
    pub en: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    #[default]
    Vi,
    En,
}

impl Locale {
    pub const ALL: [Locale; 2] = [Locale::Vi, Locale::En];

    /// As in `lang="vi"`, in addresses and in cookies.
    pub fn tag(self) -> &'static str {
        match self {
            Locale::Vi => "vi",
            Locale::En => "en",
        }
    }

    pub fn parse(tag: &str) -> Option<Locale> {
        Locale::ALL.into_iter().find(|locale| locale.tag() == tag)
    }
}

/// A value put into a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Word {
    Text(String),
    Number(f64),
}

#[derive(Debug, thiserror::Error, PartialEq)]
pub enum WordsError {
    #[error("words of {part} ({locale}): {reason}")]
    Unreadable { part: &'static str, locale: &'static str, reason: String },
    #[error("words of {part} ({locale}): the key {key} is already there")]
    Twice { part: &'static str, locale: &'static str, key: String },
    #[error("words of {part} ({locale}): the key {key} does not begin with the part's name")]
    Foreign { part: &'static str, locale: &'static str, key: String },
}

/// All sentences of the program. Cheap to clone.
#[derive(Clone)]
pub struct Words(Arc<Both>);

struct Both {
    vi: Arc<Language>,
    en: Arc<Language>,
    missing: Mutex<BTreeSet<String>>,
}

struct Language {
    bundle: FluentBundle<FluentResource>,
    /// Sentences without a place to fill, the most of them: no formatting needed.
    plain: HashMap<String, String>,
    keys: BTreeSet<String>,
}

/// More than any program misses; the limit keeps an attacker's keys from filling memory.
const MISSING_MAX: usize = 1_000;

impl Words {
    /// Reads the words of all parts; a mistake in them is told at the start, not on a page.
    pub fn load(files: &[WordFile]) -> Result<Words, WordsError> {
        Ok(Words(Arc::new(Both {
            vi: Arc::new(Language::load(Locale::Vi, files)?),
            en: Arc::new(Language::load(Locale::En, files)?),
            missing: Mutex::default(),
        })))
    }

    /// The same sentences, with nothing missed yet.
    pub(crate) fn anew(&self) -> Words {
        let (vi, en) = (Arc::clone(&self.0.vi), Arc::clone(&self.0.en));
        Words(Arc::new(Both { vi, en, missing: Mutex::default() }))
    }

    pub fn speak(&self, locale: Locale) -> Speech {
        Speech { words: self.clone(), locale }
    }

    /// Every key of a language, attributes as `key.attribute`.
    pub fn keys(&self, locale: Locale) -> &BTreeSet<String> {
        &self.language(locale).keys
    }

    /// What was asked for and not found, as `vi some-key`.
    pub fn missing(&self) -> BTreeSet<String> {
        self.0.missing.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn language(&self, locale: Locale) -> &Language {
        match locale {
            Locale::Vi => &self.0.vi,
            Locale::En => &self.0.en,
        }
    }

    fn remember_missing(&self, locale: Locale, what: &str) {
        let mut missing = self.0.missing.lock().unwrap_or_else(PoisonError::into_inner);
        if missing.len() < MISSING_MAX && missing.insert(format!("{} {what}", locale.tag())) {
            tracing::error!(locale = locale.tag(), key = what, "words are missing");
        }
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({} keys)", self.0.vi.keys.len())
    }
}

/// The words in one language. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Speech {
    words: Words,
    locale: Locale,
}

impl Speech {
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The other language, for a phrase that must be understood in both.
    pub fn in_locale(&self, locale: Locale) -> Speech {
        Speech { words: self.words.clone(), locale }
    }

    pub fn has(&self, key: &str) -> bool {
        self.words.keys(self.locale).contains(key)
    }

    pub fn t(&self, key: &str) -> String {
        match self.words.language(self.locale).plain.get(key) {
            Some(text) => text.clone(),
            None => self.with(key, &[]),
        }
    }

    pub fn with(&self, key: &str, values: &[(&str, Word)]) -> String {
        let language = self.words.language(self.locale);
        let Some(pattern) = language.pattern(key) else {
            self.words.remember_missing(self.locale, key);
            return key.to_owned();
        };
        let args: FluentArgs<'_> =
            values.iter().map(|(name, word)| (*name, word.as_fluent())).collect();
        let mut errors = Vec::new();
        let text = language.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        for error in errors {
            self.words.remember_missing(self.locale, &format!("{key}: {error}"));
        }
        text
    }
}

impl Language {
    fn load(locale: Locale, files: &[WordFile]) -> Result<Language, WordsError> {
        let tag = match locale {
            Locale::Vi => langid!("vi"),
            Locale::En => langid!("en"),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolation marks (U+2068, U+2069) help where right-to-left text is mixed in; ours is not,
        // and they would travel into titles, mails and comparisons.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match locale {
            Locale::Vi => |value, _| number_text(Locale::Vi, value),
            Locale::En => |value, _| number_text(Locale::En, value),
        }));
        let mut language = Language { bundle, plain: HashMap::new(), keys: BTreeSet::new() };
        for file in files {
            language.add(locale, file)?;
        }
        Ok(language)
    }

    fn add(&mut self, locale: Locale, file: &WordFile) -> Result<(), WordsError> {
        let (part, locale, text) = match locale {
            Locale::Vi => (file.name, "vi", file.vi),
            Locale::En => (file.name, "en", file.en),
        };
        let unreadable = |reason: String| WordsError::Unreadable { part, locale, reason };
        let resource = FluentResource::try_new(text.to_owned())
            .map_err(|(_, errors)| unreadable(reasons(text, &errors)))?;
        for entry in resource.entries() {
            let Entry::Message(message) = entry else { continue };
            let own = message.id.name.strip_prefix(part).is_some_and(|rest| rest.starts_with('-'));
            if !own {
                let key = message.id.name.to_owned();
                return Err(WordsError::Foreign { part, locale, key });
            }
            let value = message.value.iter().map(|value| (message.id.name.to_owned(), value));
            let attributes = message.attributes.iter().map(|attribute| {
                (format!("{}.{}", message.id.name, attribute.id.name), &attribute.value)
            });
            for (key, pattern) in value.chain(attributes) {
                if let Some(text) = plain_text(pattern) {
                    self.plain.insert(key.clone(), text);
                }
                if !self.keys.insert(key.clone()) {
                    return Err(WordsError::Twice { part, locale, key });
                }
            }
        }
        self.bundle
            .add_resource(resource)
            .map_err(|errors| unreadable(errors.iter().map(ToString::to_string).collect()))
    }

    fn pattern(&self, key: &str) -> Option<&Pattern<&str>> {
        match key.split_once('.') {
            Some((id, attribute)) => {
                self.bundle.get_message(id)?.get_attribute(attribute).map(|found| found.value())
            }
            None => self.bundle.get_message(key)?.value(),
        }
    }
}

fn plain_text(pattern: &Pattern<&str>) -> Option<String> {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => Some(*value),
            PatternElement::Placeable { .. } => None,
        })
        .collect()
}

fn reasons(text: &str, errors: &[fluent_syntax::parser::ParserError]) -> String {
    let told = errors.iter().map(|error| {
        let line = text[..error.pos.start.min(text.len())].lines().count().max(1);
        format!("line {line}: {}", error.kind)
    });
    told.collect::<Vec<_>>().join("; ")
}

fn number_text(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(forms::decimal(locale, number.value)),
        _ => None,
    }
}

impl Word {
    fn as_fluent(&self) -> FluentValue<'_> {
        match self {
            Word::Text(text) => FluentValue::String(Cow::Borrowed(text)),
            Word::Number(number) => FluentValue::from(*number),
        }
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Word {
        Word::Text(text.to_owned())
    }
}

impl From<String> for Word {
    fn from(text: String) -> Word {
        Word::Text(text)
    }
}

impl From<&String> for Word {
    fn from(text: &String) -> Word {
        Word::Text(text.clone())
    }
}

impl From<i32> for Word {
    fn from(number: i32) -> Word {
        Word::Number(number.into())
    }
}

impl From<u32> for Word {
    fn from(number: u32) -> Word {
        Word::Number(number.into())
    }
}

impl From<i64> for Word {
    fn from(number: i64) -> Word {
        Word::Number(number as f64)
    }
}

impl From<u64> for Word {
    fn from(number: u64) -> Word {
        Word::Number(number as f64)
    }
}

impl From<usize> for Word {
    fn from(number: usize) -> Word {
        Word::Number(number as f64)
    }
}

impl From<f64> for Word {
    fn from(number: f64) -> Word {
        Word::Number(number)
    }
}
