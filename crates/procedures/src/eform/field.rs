//! One field of a form: what kind of answer it takes, how it looks, where its answers live.
//!
//! The path of an answer is the name of its field (`child_name`), or group, item and name
//! (`members.0.full_name`). A date is typed in `-day`, `-month`, `-year`, an address in
//! `-province`, `-commune`, `-street` after that; several choices stand at their path one a line,
//! the files of a field as JSON.

use super::expression::Type;
use super::lists::List;

#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub name: String,
    pub group: Option<usize>,
    pub kind: Kind,
    pub required: bool,
    /// The values of an `enum`, in order.
    pub choices: Vec<String>,
    pub file: Option<FileRule>,
    pub layout: Layout,
    /// The longest and the largest answer, for the words around the field.
    pub bounds: Bounds,
}

/// A repeated group: an array of objects.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub name: String,
    pub items_min: usize,
    pub items_max: usize,
}

/// What an answer is, told by type and format of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A person's name: letters and what names have between them.
    PersonName,
    Email,
    Phone,
    PersonalNumber,
    TaxCode,
    Date,
    /// A date of which only the year, or month and year, may be known.
    PartialDate,
    /// One of the field's own choices.
    Choice,
    /// Any number of the field's own choices.
    Choices,
    /// One of a national list.
    Listed(List),
    Integer,
    Number,
    YesNo,
    /// A declaration that must be ticked.
    Tick,
    Address,
    Files,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// Text on several lines, for an answer that is told rather than named.
    pub textarea: bool,
    /// Choices under a select instead of radios.
    pub select: bool,
    /// An amount in đồng.
    pub money: bool,
    /// How many characters the box shows; the answer may be longer.
    pub width: Option<u8>,
    /// What the browser may fill in, as HTML names it.
    pub autocomplete: Option<&'static str>,
    /// Digits that are no amount: typed on the number keys.
    pub digits: bool,
    /// Of several choices the one that stands alone: "none of these".
    pub alone: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct FileRule {
    /// The code of the procedure's component the files are handed in for.
    pub component: String,
    /// Media types.
    pub accept: Vec<String>,
    pub bytes_max: u64,
    pub files_max: usize,
    /// A document of the wallet may be given instead of an upload.
    pub reuse: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds {
    pub length_max: Option<u64>,
    /// How many choices may be chosen.
    pub choices_min: usize,
    pub choices_max: Option<usize>,
}

pub const DATE_PARTS: [&str; 3] = ["day", "month", "year"];
pub const ADDRESS_PARTS: [&str; 3] = ["province", "commune", "street"];

impl Field {
    /// Where this field's answer lives, `item` being the place in its group.
    pub fn path(&self, groups: &[Group], item: Option<usize>) -> String {
        match (self.group.and_then(|group| groups.get(group)), item) {
            (Some(group), Some(item)) => format!("{}.{item}.{}", group.name, self.name),
            _ => self.name.clone(),
        }
    }

    /// The name expressions and words use: `full_name`, or `members.full_name`.
    pub fn full_name(&self, groups: &[Group]) -> String {
        match self.group.and_then(|group| groups.get(group)) {
            Some(group) => format!("{}.{}", group.name, self.name),
            None => self.name.clone(),
        }
    }

    /// The parts an answer is typed in; none when it is one box.
    pub fn parts(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Date | Kind::PartialDate => &DATE_PARTS,
            Kind::Address => &ADDRESS_PARTS,
            _ => &[],
        }
    }

    /// Every path of the answer: its own, or those of its parts.
    pub fn inputs(&self, path: &str) -> Vec<String> {
        match self.parts() {
            [] => vec![path.to_owned()],
            parts => parts.iter().map(|part| format!("{path}-{part}")).collect(),
        }
    }
}

impl Kind {
    /// What an answer of this kind is to an expression. Lists and choices are their codes.
    pub(super) fn value_type(self) -> Type {
        match self {
            Kind::Date | Kind::PartialDate => Type::Date,
            Kind::Integer | Kind::Number => Type::Number,
            Kind::YesNo | Kind::Tick => Type::Truth,
            _ => Type::Text,
        }
    }

    /// Answers of this kind are chosen, not written.
    pub fn is_chosen(self) -> bool {
        matches!(self, Kind::Choice | Kind::Choices | Kind::Listed(_) | Kind::YesNo | Kind::Tick)
    }
}
