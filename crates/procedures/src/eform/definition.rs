//! A form as the program holds it: parsed, checked, cheap to clone. Everything in it can be
//! relied upon; [`super::document`] is the only door.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jsonschema::Validator;
use platform::words::Locale;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::document;
use super::expression::Expression;
use super::fault::{DefinitionFault, DefinitionFaults};
use super::field::{Field, Group};

/// One version of a form. Two definitions are equal when their documents say the same.
#[derive(Clone)]
pub struct Definition(Arc<Parsed>);

/// What the parser found. Indices of sections, fields and groups are positions in these lists.
pub struct Parsed {
    pub source: Value,
    pub hash: String,
    pub name: String,
    pub version: u32,
    pub sections: Vec<Section>,
    pub pages: Vec<Page>,
    pub fields: Vec<Field>,
    pub groups: Vec<Group>,
    pub calculated: Vec<Calculated>,
    pub checks: Vec<Check>,
    pub prefill: Vec<Prefill>,
    pub vi: Words,
    pub en: Words,
    pub validator: Validator,
}

/// A task of the task list: pages that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    pub id: String,
    /// Sections that must be done before this one can start.
    pub after: Vec<usize>,
}

/// One question, or one about an item of a repeated group, or a place where the form ends early.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub id: String,
    pub section: usize,
    pub fields: Vec<usize>,
    /// Set on the pages of a repeated group: they are asked once for each item.
    pub group: Option<usize>,
    pub show_if: Option<Expression>,
    /// Tells people they cannot go on here, and why; nothing after it is asked.
    pub stop: bool,
}

/// A field the form works out by itself, shown in a section's summary.
#[derive(Debug, Clone, PartialEq)]
pub struct Calculated {
    pub name: String,
    pub section: usize,
    pub value: Expression,
    pub money: bool,
}

/// A rule over several answers; its sentence stands at `field`.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    pub name: String,
    pub field: usize,
    pub must: Expression,
}

/// What the State knows already about who applies: not asked again.
#[derive(Debug, Clone, PartialEq)]
pub struct Prefill {
    pub field: usize,
    pub from: Attribute,
    pub when: Option<Expression>,
    /// Verified, so it cannot be changed in the form.
    pub locked: bool,
}

/// An attribute of the account that a form may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribute {
    FullName,
    PersonalNumber,
    BirthDate,
    Sex,
    Nationality,
    Ethnicity,
    Phone,
    Email,
    Residence,
    EnterpriseName,
    TaxCode,
}

/// The sentences of a form in one language, by place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    pub title: String,
    pub sections: Vec<String>,
    pub pages: Vec<PageWords>,
    pub fields: Vec<FieldWords>,
    pub groups: Vec<GroupWords>,
    /// Labels of the calculated fields.
    pub calculated: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageWords {
    /// Absent on a page of one field: its label is the heading.
    pub heading: Option<String>,
    pub text: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct FieldWords {
    pub label: String,
    pub hint: Option<String>,
    /// The name of the answer where the label is a question: in summaries and in errors.
    pub short: Option<String>,
    pub choices: BTreeMap<String, String>,
    /// By the key of a fault (`required`, `pattern` …) or the name of a check.
    pub errors: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct GroupWords {
    pub label: String,
    pub hint: Option<String>,
    /// One item: "Thành viên".
    pub item: String,
    /// The question under the list: "Có thành viên nào khác không?"
    pub more: String,
}

impl Definition {
    /// Reads a document strictly: all that is wrong with it, each with its place.
    pub fn parse(text: &str) -> Result<Definition, DefinitionFaults> {
        let source = serde_json::from_str(text)
            .map_err(|error| DefinitionFaults(vec![DefinitionFault::not_json(&error)]))?;
        Definition::from_value(source)
    }

    pub fn from_value(source: Value) -> Result<Definition, DefinitionFaults> {
        document::read(source).map(|parsed| Definition(Arc::new(parsed)))
    }

    pub fn name(&self) -> &str {
        &self.0.name
    }

    pub fn version(&self) -> u32 {
        self.0.version
    }

    /// SHA-256 of the document, written canonically: what a dossier cites.
    pub fn hash(&self) -> &str {
        &self.0.hash
    }

    pub fn source(&self) -> &Value {
        &self.0.source
    }

    pub fn title(&self, locale: Locale) -> &str {
        &self.words(locale).title
    }

    pub fn sections(&self) -> &[Section] {
        &self.0.sections
    }

    pub fn pages(&self) -> &[Page] {
        &self.0.pages
    }

    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages().iter().find(|page| page.id == id)
    }

    pub fn fields(&self) -> &[Field] {
        &self.0.fields
    }

    pub fn groups(&self) -> &[Group] {
        &self.0.groups
    }

    /// All pages of the repeated group that this page asks about, in order; the page alone where
    /// it is none.
    pub(super) fn pages_of_group(&self, page: usize) -> Vec<usize> {
        let group = self.pages().get(page).and_then(|page| page.group);
        let same = |(_, other): &(usize, &Page)| group.is_some() && other.group == group;
        match group {
            None => vec![page],
            Some(_) => self.pages().iter().enumerate().filter(same).map(|(at, _)| at).collect(),
        }
    }

    pub fn calculated(&self) -> &[Calculated] {
        &self.0.calculated
    }

    pub fn checks(&self) -> &[Check] {
        &self.0.checks
    }

    pub fn prefill(&self) -> &[Prefill] {
        &self.0.prefill
    }

    /// Which component of the procedure each file field gives: (name of the field, component code).
    pub fn components(&self) -> Vec<(&str, &str)> {
        self.fields()
            .iter()
            .filter_map(|field| {
                let rule = field.file.as_ref()?;
                Some((field.name.as_str(), rule.component.as_str()))
            })
            .collect()
    }

    pub(super) fn words(&self, locale: Locale) -> &Words {
        match locale {
            Locale::Vi => &self.0.vi,
            Locale::En => &self.0.en,
        }
    }

    pub(super) fn validator(&self) -> &Validator {
        &self.0.validator
    }
}

impl Attribute {
    pub const ALL: [Attribute; 11] = [
        Attribute::FullName,
        Attribute::PersonalNumber,
        Attribute::BirthDate,
        Attribute::Sex,
        Attribute::Nationality,
        Attribute::Ethnicity,
        Attribute::Phone,
        Attribute::Email,
        Attribute::Residence,
        Attribute::EnterpriseName,
        Attribute::TaxCode,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Attribute::FullName => "full_name",
            Attribute::PersonalNumber => "personal_number",
            Attribute::BirthDate => "birth_date",
            Attribute::Sex => "sex",
            Attribute::Nationality => "nationality",
            Attribute::Ethnicity => "ethnicity",
            Attribute::Phone => "phone",
            Attribute::Email => "email",
            Attribute::Residence => "residence",
            Attribute::EnterpriseName => "enterprise_name",
            Attribute::TaxCode => "tax_code",
        }
    }

    pub fn parse(text: &str) -> Option<Attribute> {
        Attribute::ALL.into_iter().find(|attribute| attribute.as_str() == text)
    }
}

impl FieldWords {
    /// What the answer is called in a summary or an error.
    pub fn name(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.label)
    }
}

impl PartialEq for Definition {
    fn eq(&self, other: &Definition) -> bool {
        self.0.hash == other.0.hash
    }
}

impl fmt::Debug for Definition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Definition({} {} {})", self.name(), self.version(), self.hash())
    }
}

impl Serialize for Definition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.source.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Definition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Definition, D::Error> {
        let source = Value::deserialize(deserializer)?;
        Definition::from_value(source).map_err(serde::de::Error::custom)
    }
}
