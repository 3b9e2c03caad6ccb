//! What a reader hands over: the version, and every doubt it has about a part of it.

use serde::{Deserialize, Serialize};

use crate::version::Version;

/// A source record, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub format: Format,
    pub version: Version,
    pub doubts: Vec<Doubt>,
}

/// The two shapes in which procedures come from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// The portal's own JSON.
    Native,
    /// Its pages captured as text, tables run together.
    Flattened,
}

impl Format {
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Native => "native",
            Format::Flattened => "flattened",
        }
    }
}

/// Something in a part that was not read into the record, with the words it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    pub part: ReadPart,
    pub why: Why,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// The parts whose share of reading is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadPart {
    Code,
    Name,
    Level,
    Field,
    Subjects,
    Agency,
    Decision,
    Steps,
    Components,
    Channels,
    Time,
    Fee,
    Results,
    LegalBases,
    Requirements,
    OnlineLevel,
}

impl ReadPart {
    pub const ALL: [ReadPart; 16] = [
        ReadPart::Code,
        ReadPart::Name,
        ReadPart::Level,
        ReadPart::Field,
        ReadPart::Subjects,
        ReadPart::Agency,
        ReadPart::Decision,
        ReadPart::Steps,
        ReadPart::Components,
        ReadPart::Channels,
        ReadPart::Time,
        ReadPart::Fee,
        ReadPart::Results,
        ReadPart::LegalBases,
        ReadPart::Requirements,
        ReadPart::OnlineLevel,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            ReadPart::Code => "code",
            ReadPart::Name => "name",
            ReadPart::Level => "level",
            ReadPart::Field => "field",
            ReadPart::Subjects => "subjects",
            ReadPart::Agency => "agency",
            ReadPart::Decision => "decision",
            ReadPart::Steps => "steps",
            ReadPart::Components => "components",
            ReadPart::Channels => "channels",
            ReadPart::Time => "time",
            ReadPart::Fee => "fee",
            ReadPart::Results => "results",
            ReadPart::LegalBases => "legal_bases",
            ReadPart::Requirements => "requirements",
            ReadPart::OnlineLevel => "online_level",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The page shows the code of another procedure: somebody has to say which is right.
    AnotherCode,
    /// The page could not be taken apart by its headings; the fields beside it were used.
    PageNotSplit,
    UnknownWord,
    /// Time and fee run together in digits that may be parted in more than one way.
    DigitsRunTogether,
    /// A fee under 1,000 đồng: the source lost its thousands.
    AmountTooSmall,
    NoUnit,
    /// Text before the first row of a table.
    BeforeTable,
    TableCutOff,
    /// Content under a key that is empty in every record known so far.
    UnknownKey,
    NamedWithoutCode,
    /// The text offers no filing online, but people file it here: the channel was kept.
    OnlineKept,
    /// The form asks for a paper that the text does not list.
    FormAsksMore,
}

impl Why {
    pub fn as_str(self) -> &'static str {
        match self {
            Why::AnotherCode => "another_code",
            Why::PageNotSplit => "page_not_split",
            Why::UnknownWord => "unknown_word",
            Why::DigitsRunTogether => "digits_run_together",
            Why::AmountTooSmall => "amount_too_small",
            Why::NoUnit => "no_unit",
            Why::BeforeTable => "before_table",
            Why::TableCutOff => "table_cut_off",
            Why::UnknownKey => "unknown_key",
            Why::NamedWithoutCode => "named_without_code",
            Why::OnlineKept => "online_kept",
            Why::FormAsksMore => "form_asks_more",
        }
    }
}

/// An excerpt is enough: the whole stands in the source record.
const EXCERPT_CHARS: usize = 160;

impl Doubt {
    pub fn new(part: ReadPart, why: Why, text: &str) -> Doubt {
        let mut excerpt: String = text.chars().take(EXCERPT_CHARS).collect();
        if excerpt.len() < text.len() {
            excerpt.push('…');
        }
        Doubt { part, why, text: excerpt }
    }
}

impl Reading {
    /// Whether a person has to look before anybody is shown it.
    pub fn needs_a_person(&self) -> bool {
        let grave = [Why::AnotherCode, Why::PageNotSplit];
        self.doubts.iter().any(|doubt| grave.contains(&doubt.why))
    }

    pub fn doubts(&self, part: ReadPart) -> impl Iterator<Item = &Doubt> {
        self.doubts.iter().filter(move |doubt| doubt.part == part)
    }
}
