//! The keys of the portal's JSON, each of them optional. Null and absent are the same here.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Record {
    #[serde(deserialize_with = "or_default")]
    pub code: String,
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    #[serde(deserialize_with = "or_default")]
    pub decision_no: String,
    #[serde(deserialize_with = "or_default")]
    pub description: String,
    #[serde(deserialize_with = "or_default")]
    pub requirements_and_conditions: String,
    #[serde(deserialize_with = "or_default")]
    pub keywords: String,
    #[serde(deserialize_with = "or_default")]
    pub note: String,
    #[serde(deserialize_with = "or_default")]
    pub formality_type: String,
    #[serde(deserialize_with = "or_default")]
    pub is_ward: bool,
    #[serde(deserialize_with = "or_default")]
    pub is_province: bool,
    #[serde(deserialize_with = "or_default")]
    pub is_ministry: bool,
    #[serde(deserialize_with = "or_default")]
    pub is_other_agency: bool,
    #[serde(deserialize_with = "or_default")]
    pub is_vertical: bool,
    #[serde(deserialize_with = "or_default")]
    pub is_full_process: bool,
    #[serde(deserialize_with = "or_default")]
    pub is_offline_only: bool,
    #[serde(deserialize_with = "or_default")]
    pub is_non_territorial: bool,
    #[serde(deserialize_with = "or_default")]
    pub execution_steps: Vec<NativeStep>,
    #[serde(deserialize_with = "or_default")]
    pub execution_methods: Vec<Method>,
    #[serde(deserialize_with = "or_default")]
    pub execution_cases: Vec<NativeCase>,
    #[serde(deserialize_with = "or_default")]
    pub cases: Vec<NativeCase>,
    #[serde(deserialize_with = "or_default")]
    pub categories_details: Vec<Details>,
    #[serde(deserialize_with = "or_default")]
    pub service_groups_details: Vec<Details>,
    #[serde(deserialize_with = "or_default")]
    pub legal_basises_details: Vec<Details>,
    #[serde(deserialize_with = "or_default")]
    pub results_details: Vec<Details>,
    #[serde(deserialize_with = "or_default")]
    pub subject_types_details: Vec<Details>,
    #[serde(deserialize_with = "or_default")]
    pub departments_executing: Vec<Agency>,
    #[serde(deserialize_with = "or_default")]
    pub departments_authority: Vec<Agency>,
    #[serde(deserialize_with = "or_default")]
    pub departments_authorized: Vec<Agency>,
    #[serde(deserialize_with = "or_default")]
    pub departments_coordinating: Vec<Agency>,
    #[serde(deserialize_with = "or_default")]
    pub unit_groups_executing: Vec<Agency>,
    #[serde(deserialize_with = "or_default")]
    pub unit_groups_authority: Vec<Agency>,
    #[serde(deserialize_with = "or_default")]
    pub unit_groups_authorized: Vec<Agency>,
    #[serde(deserialize_with = "or_default")]
    pub unit_groups_coordinating: Vec<Agency>,
    #[serde(deserialize_with = "or_default")]
    pub department_promulgate_code: String,
    #[serde(deserialize_with = "or_default")]
    pub department_promulgate_name: String,
    #[serde(deserialize_with = "or_default")]
    pub dossier_receiving_addresses: String,
    #[serde(deserialize_with = "or_default")]
    pub procedure_proposal: Option<Proposal>,
    #[serde(deserialize_with = "or_default")]
    pub fees: Vec<Value>,
    #[serde(deserialize_with = "or_default")]
    pub profile_components: Vec<Value>,
    #[serde(deserialize_with = "or_default")]
    pub target_objects: Vec<Value>,
    #[serde(deserialize_with = "or_default")]
    pub procedure_related_group: Vec<Value>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NativeStep {
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    #[serde(deserialize_with = "or_default")]
    pub description: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Method {
    #[serde(deserialize_with = "or_default")]
    pub submission_method: String,
    pub processing_time: Option<u32>,
    #[serde(deserialize_with = "or_default")]
    pub processing_time_unit: String,
    #[serde(deserialize_with = "or_default")]
    pub description: String,
    #[serde(deserialize_with = "or_default")]
    pub fees: Vec<NativeFee>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NativeFee {
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
    pub value: Option<f64>,
    #[serde(deserialize_with = "or_default")]
    pub currency_name: String,
    #[serde(deserialize_with = "or_default")]
    pub description: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NativeCase {
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    #[serde(deserialize_with = "or_default")]
    pub code: String,
    pub processing_day: Option<ProcessingDay>,
    #[serde(deserialize_with = "or_default")]
    pub profile_components: Vec<NativeComponent>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ProcessingDay {
    pub qty: Option<u32>,
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NativeComponent {
    #[serde(deserialize_with = "or_default")]
    pub original_qty: u16,
    #[serde(deserialize_with = "or_default")]
    pub copy_qty: u16,
    #[serde(deserialize_with = "or_default")]
    pub required: bool,
    #[serde(deserialize_with = "or_default")]
    pub has_electronic_form: bool,
    #[serde(deserialize_with = "or_default")]
    pub is_processing_result: bool,
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    #[serde(deserialize_with = "or_default")]
    pub code: String,
    #[serde(deserialize_with = "or_default")]
    pub attachments: Vec<Attachment>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Attachment {
    #[serde(deserialize_with = "or_default")]
    pub file_name: String,
    #[serde(deserialize_with = "or_default")]
    pub file_path: String,
}

/// Anything with a name and perhaps a code: fields, groups, results, legal bases, subjects.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Details {
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    #[serde(deserialize_with = "or_default")]
    pub code: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Agency {
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    #[serde(deserialize_with = "or_default")]
    pub code: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Proposal {
    #[serde(deserialize_with = "or_default")]
    pub proposal_number: String,
    /// Milliseconds since 1970.
    pub decision_date: Option<i64>,
    pub publication_date: Option<i64>,
    pub issuing_agency: Option<Agency>,
}

/// The portal writes null where it has nothing.
fn or_default<'de, D, T>(source: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(source)?.unwrap_or_default())
}
