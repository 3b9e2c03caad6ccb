//! What can be wrong with an answer, and the sentence that says how to mend it.

use platform::words::{Speech, Word};

use super::definition::Definition;
use super::field::{Field, Kind};
use super::step::Step;

/// One fault; a field has at most one at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerFault {
    pub step: Step,
    /// The field in the definition; none when a whole group is meant.
    pub field: Option<usize>,
    /// The input it stands at: `child_birth_date`, `home-commune`.
    pub input: String,
    pub kind: FaultKind,
}

#[derive(Debug, Clone, PartialEq)]
pub enum FaultKind {
    Required,
    /// Part of a date is missing: `day`, `month` or `year`.
    DateIncomplete(&'static str),
    /// 31/02, or letters.
    DateUnreal,
    /// A year that is not written with four digits.
    YearDigits,
    ProvinceMissing,
    CommuneMissing,
    /// A province or commune the State does not have, or one in another province.
    UnknownPlace,
    NotANumber,
    NotWhole,
    TooShort(u64),
    TooLong(u64),
    TooSmall(f64),
    TooLarge(f64),
    /// Does not follow the form's own pattern.
    Pattern,
    /// Not what an answer of this kind looks like: an e-mail, a telephone number …
    Format,
    NotAChoice,
    TooFewChoices(usize),
    TooManyChoices(usize),
    /// "None of these", and others with it; which choice it is.
    NotAlone(String),
    TooFewItems(usize),
    TooManyItems(usize),
    /// "Is there another?" is not answered.
    MoreUnsaid,
    FileMedia(String),
    FileSize(String, u64),
    TooManyFiles(usize),
    /// Breaks a check of the form, by its name.
    Broken(String),
}

impl FaultKind {
    /// The keys under which a form may give its own sentence.
    pub const KEYS: [&'static str; 19] = [
        "required", "date", "year", "province", "commune", "place", "number", "short", "long",
        "small", "large", "pattern", "format", "choice", "few", "many", "alone", "files", "items",
    ];

    /// The key of a sentence of the form's own; a check's is its name.
    pub fn key(&self) -> &str {
        match self {
            FaultKind::Required => "required",
            FaultKind::DateIncomplete(_) | FaultKind::DateUnreal => "date",
            FaultKind::YearDigits => "year",
            FaultKind::ProvinceMissing => "province",
            FaultKind::CommuneMissing => "commune",
            FaultKind::UnknownPlace => "place",
            FaultKind::NotANumber | FaultKind::NotWhole => "number",
            FaultKind::TooShort(_) => "short",
            FaultKind::TooLong(_) => "long",
            FaultKind::TooSmall(_) => "small",
            FaultKind::TooLarge(_) => "large",
            FaultKind::Pattern => "pattern",
            FaultKind::Format => "format",
            FaultKind::NotAChoice => "choice",
            FaultKind::TooFewChoices(_) => "few",
            FaultKind::TooManyChoices(_) => "many",
            FaultKind::NotAlone(_) => "alone",
            FaultKind::FileMedia(_) | FaultKind::FileSize(..) | FaultKind::TooManyFiles(_) => {
                "files"
            }
            FaultKind::TooFewItems(_) | FaultKind::TooManyItems(_) | FaultKind::MoreUnsaid => {
                "items"
            }
            FaultKind::Broken(name) => name,
        }
    }

    /// Nothing was answered yet: an unfinished form, not a wrong one.
    pub fn is_missing(&self) -> bool {
        matches!(self, FaultKind::Required | FaultKind::MoreUnsaid | FaultKind::TooFewItems(_))
    }
}

impl AnswerFault {
    /// The sentence at the field and in the error summary, the same in both places.
    pub fn sentence(&self, definition: &Definition, speech: &Speech) -> String {
        let words = definition.words(speech.locale());
        let Some(number) = self.field else { return self.group_sentence(definition, speech) };
        let (Some(field), Some(said)) = (definition.fields().get(number), words.fields.get(number))
        else {
            return String::new();
        };
        if let Some(own) = said.errors.get(self.kind.key()) {
            return own.clone();
        }
        let name = lower_first(said.name());
        let mut values = vec![("name", Word::from(name))];
        values.extend(self.value(speech));
        if let FaultKind::NotAlone(alone) = &self.kind {
            let label = said.choices.get(alone).unwrap_or(alone);
            values.push(("choice", Word::from(label.clone())));
        }
        speech.with(self.words_key(field), &values)
    }

    fn group_sentence(&self, definition: &Definition, speech: &Speech) -> String {
        let words = definition.words(speech.locale());
        let group = self
            .step
            .page()
            .and_then(|page| definition.pages().get(page))
            .and_then(|page| words.groups.get(page.group?));
        let Some(group) = group else { return String::new() };
        let mut values = vec![("name", Word::from(lower_first(&group.item)))];
        values.extend(self.value(speech));
        let key = match self.kind {
            FaultKind::TooManyItems(_) => "procedures-answer-items-max",
            FaultKind::TooFewItems(_) => "procedures-answer-items-min",
            _ => "procedures-answer-items-more",
        };
        speech.with(key, &values)
    }

    /// The one figure or name a sentence speaks of.
    fn value(&self, speech: &Speech) -> Vec<(&'static str, Word)> {
        let count = |count: u64| vec![("count", Word::Number(count as f64))];
        match &self.kind {
            FaultKind::TooShort(limit) | FaultKind::TooLong(limit) => count(*limit),
            FaultKind::TooFewItems(limit)
            | FaultKind::TooManyItems(limit)
            | FaultKind::TooFewChoices(limit)
            | FaultKind::TooManyChoices(limit)
            | FaultKind::TooManyFiles(limit) => count(*limit as u64),
            FaultKind::TooSmall(limit) | FaultKind::TooLarge(limit) => {
                vec![("limit", Word::from(speech.decimal(*limit)))]
            }
            FaultKind::DateIncomplete(part) => vec![("part", Word::from(*part))],
            FaultKind::FileMedia(file) => vec![("file", Word::from(file.clone()))],
            FaultKind::FileSize(file, limit) => vec![
                ("file", Word::from(file.clone())),
                ("megabytes", Word::from(speech.decimal(*limit as f64 / 1_000_000.0))),
            ],
            _ => Vec::new(),
        }
    }

    fn words_key(&self, field: &Field) -> &'static str {
        match &self.kind {
            FaultKind::Required => required_key(field.kind),
            FaultKind::DateIncomplete(_) => "procedures-answer-date-incomplete",
            FaultKind::DateUnreal => "procedures-answer-date-unreal",
            FaultKind::YearDigits => "procedures-answer-year",
            FaultKind::ProvinceMissing => "procedures-answer-province",
            FaultKind::CommuneMissing => "procedures-answer-commune",
            FaultKind::UnknownPlace => "procedures-answer-place",
            FaultKind::NotANumber => "procedures-answer-number",
            FaultKind::NotWhole => "procedures-answer-whole",
            FaultKind::TooShort(_) => "procedures-answer-short",
            FaultKind::TooLong(_) => "procedures-answer-long",
            FaultKind::TooSmall(_) => "procedures-answer-small",
            FaultKind::TooLarge(_) => "procedures-answer-large",
            FaultKind::Pattern | FaultKind::Broken(_) => "procedures-answer-pattern",
            FaultKind::Format => format_key(field.kind),
            FaultKind::NotAChoice => "procedures-answer-choice",
            FaultKind::TooFewChoices(_) => "procedures-answer-choices-min",
            FaultKind::TooManyChoices(_) => "procedures-answer-choices-max",
            FaultKind::NotAlone(_) => "procedures-answer-choices-alone",
            FaultKind::FileMedia(_) => "procedures-answer-file-media",
            FaultKind::FileSize(..) => "procedures-answer-file-size",
            FaultKind::TooManyFiles(_) => "procedures-answer-files-max",
            FaultKind::TooFewItems(_) | FaultKind::TooManyItems(_) | FaultKind::MoreUnsaid => {
                "procedures-answer-items-more"
            }
        }
    }
}

fn required_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Tick => "procedures-answer-required-tick",
        Kind::Choices => "procedures-answer-required-choices",
        Kind::Choice | Kind::Listed(_) | Kind::YesNo => "procedures-answer-required-choice",
        Kind::Files => "procedures-answer-required-file",
        Kind::Date => "procedures-answer-required-date",
        _ => "procedures-answer-required",
    }
}

fn format_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Email => "procedures-answer-email",
        Kind::Phone => "procedures-answer-phone",
        Kind::PersonalNumber => "procedures-answer-personal-number",
        Kind::TaxCode => "procedures-answer-tax-code",
        Kind::PersonName => "procedures-answer-person-name",
        _ => "procedures-answer-pattern",
    }
}

/// A label inside a sentence: "Họ tên" → "họ tên", but "CCCD" stays.
fn lower_first(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_owned(),
    }
}
