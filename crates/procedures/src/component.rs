//! What is handed in: cases (trường hợp) and the components (thành phần hồ sơ) each asks for.
//!
//! Law: NĐ 63/2010/NĐ-CP art. 8

use serde::{Deserialize, Serialize};

use crate::time_limit::TimeLimit;

/// A group of components: everything that a certain situation asks for, or one heading of the
/// list. Without a name it applies to everybody.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Case {
    /// `1.003290.01`, where the source gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_limit: Option<TimeLimit>,
    pub components: Vec<Component>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Component {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// How many originals (bản chính).
    pub originals: u16,
    /// How many copies (bản sao).
    pub copies: u16,
    pub required: bool,
    /// The paper is the result of another procedure: an agency already has it.
    pub reusable_result: bool,
    /// Filled in as an electronic form.
    pub eform: bool,
    /// Words of explanation that stand in the list but are no paper.
    pub is_note: bool,
    /// Blank forms to download, by their names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<BlankForm>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BlankForm {
    pub name: String,
    /// Where the source keeps it; empty where it only names it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
}
