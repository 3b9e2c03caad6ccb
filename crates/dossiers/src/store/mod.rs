//! All SQL of this capability, by table.

pub mod calendar;
pub mod demand;
pub mod dossier;
pub mod draft;
pub mod edition;
pub mod file;
pub mod queue;
pub mod result;
pub mod slip;
pub mod story;
pub mod track;

use platform::store::StoreError;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Stored text that does not read any more: a fault of ours, never of a person.
pub fn unreadable(what: impl std::fmt::Display) -> StoreError {
    StoreError::Other { reason: format!("stored text does not read: {what}") }
}

pub(crate) fn written(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(unreadable)
}

pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(unreadable)
}
