//! One source record, whichever of the two formats it has.

use serde_json::Value;

use super::native_shape::Record;
use super::reading::Reading;
use super::{flattened, native};
use crate::code::NotACode;

#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error("it is not JSON: {0}")]
    NotJson(serde_json::Error),
    #[error(
        "it is JSON, but neither of the two formats of a procedure (no key `ma_thu_tuc`, no keys `code` and `name`)"
    )]
    NotAProcedure,
    #[error("a value has another type than in the portal's records: {0}")]
    Shape(serde_json::Error),
    #[error("{0}")]
    Code(#[from] NotACode),
    #[error("it has no name")]
    NoName,
}

/// Reads the bytes of one record.
pub fn read(bytes: &[u8]) -> Result<Reading, RecordError> {
    // A byte-order mark is no part of JSON, but of files from some editors.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(RecordError::NotJson)?;
    let reading = read_value(unwrapped(value))?;
    if reading.version.name.is_empty() {
        return Err(RecordError::NoName);
    }
    Ok(reading)
}

/// The portal answers `{"code": "OK", "data": {…}}`.
fn unwrapped(mut value: Value) -> Value {
    let is_wrapper = value.get("data").is_some_and(Value::is_object) && value.get("name").is_none();
    if is_wrapper { value.get_mut("data").map(Value::take).unwrap_or(value) } else { value }
}

fn read_value(value: Value) -> Result<Reading, RecordError> {
    if value.get("ma_thu_tuc").is_some() {
        let capture = serde_json::from_value(value).map_err(RecordError::Shape)?;
        return Ok(flattened::read(&capture)?);
    }
    if value.get("code").is_some() && value.get("name").is_some() {
        let record: Record = serde_json::from_value(value).map_err(RecordError::Shape)?;
        return Ok(native::read(&record)?);
    }
    Err(RecordError::NotAProcedure)
}
