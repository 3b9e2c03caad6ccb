//! What can be wrong with the document of a form, each with its place in the document.

use std::fmt;

use super::expression::ExpressionFault;

/// All that is wrong with a document; never empty.
#[derive(Debug, Clone, PartialEq)]
pub struct DefinitionFaults(pub Vec<DefinitionFault>);

#[derive(Debug, Clone, PartialEq)]
pub struct DefinitionFault {
    /// Where in the document: `pages.3.fields.0`, `words.en.fields.child_name`.
    pub at: String,
    pub kind: DefinitionFaultKind,
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DefinitionFaultKind {
    #[error("not JSON: {0}")]
    NotJson(String),
    #[error("more than {0} bytes")]
    TooLarge(usize),
    #[error("must be {0}")]
    WrongShape(&'static str),
    #[error("{0:?} is not known here")]
    UnknownKey(String),
    #[error("{0:?} is missing")]
    Missing(&'static str),
    #[error("{0:?} is not a name: small letters, digits and {1}")]
    BadName(String, &'static str),
    #[error("{0:?} is there twice")]
    Twice(String),
    #[error("the form has no field {0:?}")]
    UnknownField(String),
    #[error("the form has no section {0:?}")]
    UnknownSection(String),
    #[error("the form has no group {0:?}")]
    UnknownGroup(String),
    #[error("a page without a question; an ending needs \"stop\": true")]
    NoQuestion,
    #[error("an ending asks nothing")]
    StopWithQuestion,
    #[error("no page asks this field")]
    NotAsked,
    #[error("the field is asked on a second page")]
    AskedTwice,
    #[error("the fields of a page belong to its group, all of them or none")]
    MixedGroup,
    #[error("pages of a section stand together, in the order of the sections")]
    ScatteredSection,
    #[error(
        "the pages of a group stand together in one section, and only the first has a condition"
    )]
    ScatteredGroup,
    #[error("a section cannot wait for itself or a later one")]
    WaitsForLater,
    #[error("{0:?} is asked later than it is needed here")]
    LooksForward(String),
    #[error("this keyword has no meaning for the type: {0:?}")]
    Keyword(String),
    #[error("unknown format {0:?}")]
    UnknownFormat(String),
    #[error("not a usable schema: {0}")]
    Schema(String),
    #[error("the smallest allowed is greater than the largest")]
    BoundsCross,
    #[error("{0}")]
    Expression(ExpressionFault),
    #[error("must be a condition")]
    NotACondition,
    #[error("the account has no attribute {0:?}")]
    UnknownAttribute(String),
    #[error("the attribute does not fit the kind of the field")]
    AttributeMisfits,
    #[error("a file field needs its rule under \"files\"")]
    NoFileRule,
    #[error("a page that takes a file asks nothing else: give the file a page of its own")]
    FileBesideTyped,
    #[error("only a file field has a rule under \"files\"")]
    NotAFile,
    #[error("nobody can give this kind of file: {0:?}")]
    UnknownMedia(String),
    #[error("no words for {0}")]
    NoWord(String),
    #[error("words for {0:?}, which the form does not have")]
    IdleWord(String),
}

impl DefinitionFault {
    pub fn new(at: impl Into<String>, kind: DefinitionFaultKind) -> DefinitionFault {
        DefinitionFault { at: at.into(), kind }
    }

    pub(super) fn not_json(error: &serde_json::Error) -> DefinitionFault {
        DefinitionFault::new("", DefinitionFaultKind::NotJson(error.to_string()))
    }
}

impl fmt::Display for DefinitionFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at.as_str() {
            "" => write!(out, "{}", self.kind),
            at => write!(out, "{at}: {}", self.kind),
        }
    }
}

impl fmt::Display for DefinitionFaults {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        out.write_str(&lines.join("; "))
    }
}

impl std::error::Error for DefinitionFaults {}
