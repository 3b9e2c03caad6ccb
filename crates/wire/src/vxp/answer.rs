//! The answers: always HTTP 200, and inside `OK` or `FAIL`.
//!
//! The kit takes an answer that it cannot read, or none, for an empty success. We take it for a
//! failure. It reads the answer of `sendEdoc` as ASCII, and wants its `DocId` even of a refusal: so
//! no answer holds another letter but by its number, and every refusal names an empty packet.

use std::fmt::Write as _;

use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An answer to be written, or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// `data` is an array, a text (a packet in base64) or nothing; the rest stands beside it.
    Done {
        data: Value,
        beside: Map<String, Value>,
    },
    Failed {
        code: String,
        reason: String,
    },
}

/// Why an answer is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerFault {
    #[error("the answer is empty")]
    Empty,
    #[error("the answer is not JSON")]
    NotJson,
    #[error("the answer says neither OK nor FAIL")]
    NoStatus,
    #[error("the data of the answer are not what was asked for")]
    Data,
}

impl Answer {
    /// A list.
    pub fn list<T: Serialize>(rows: &[T]) -> Answer {
        let data = serde_json::to_value(rows).unwrap_or_default();
        Answer::Done { data, beside: Map::new() }
    }

    /// A packet in base64.
    pub fn packet(base64: String) -> Answer {
        Answer::Done { data: Value::String(base64), beside: Map::new() }
    }

    /// Accepted for sending, under this name.
    pub fn accepted(doc_id: &str) -> Answer {
        Answer::with("DocId", Value::from(doc_id))
    }

    pub fn counted(count: u64) -> Answer {
        Answer::with("count", Value::from(count))
    }

    pub fn done() -> Answer {
        Answer::Done { data: Value::Array(Vec::new()), beside: Map::new() }
    }

    /// The code is one of the axis (`18`) and the reason a sentence for people.
    pub fn failed(code: &str, reason: impl Into<String>) -> Answer {
        Answer::Failed { code: code.to_owned(), reason: reason.into() }
    }

    fn with(name: &str, value: Value) -> Answer {
        let beside = Map::from_iter([(name.to_owned(), value)]);
        Answer::Done { data: Value::Array(Vec::new()), beside }
    }

    pub fn to_json(&self) -> String {
        let (status, code, reason) = match self {
            Answer::Done { .. } => ("OK", "0", ""),
            Answer::Failed { code, reason } => ("FAIL", code.as_str(), reason.as_str()),
        };
        let mut all = Map::new();
        all.insert("status".to_owned(), Value::from(status));
        all.insert("ErrorCode".to_owned(), Value::from(code));
        all.insert("ErrorDesc".to_owned(), Value::from(reason));
        match self {
            Answer::Done { data, beside } => {
                all.extend(beside.clone());
                all.insert("data".to_owned(), data.clone());
            }
            Answer::Failed { .. } => {
                all.insert("DocId".to_owned(), Value::from(""));
            }
        }
        in_ascii(Value::Object(all).to_string())
    }

    /// # Errors
    /// [`AnswerFault`]
    pub fn read(bytes: &[u8]) -> Result<Answer, AnswerFault> {
        if bytes.trim_ascii().is_empty() {
            return Err(AnswerFault::Empty);
        }
        let all = serde_json::from_slice(bytes).map_err(|_| AnswerFault::NotJson)?;
        let Value::Object(mut all) = all else { return Err(AnswerFault::NotJson) };
        let mut take = |name: &str| all.remove(name).as_ref().map(text).unwrap_or_default();
        let (status, code, reason) = (take("status"), take("ErrorCode"), take("ErrorDesc"));
        match status.to_ascii_uppercase().as_str() {
            "OK" => {
                let data = all.remove("data").unwrap_or_default();
                Ok(Answer::Done { data, beside: all })
            }
            "FAIL" => Ok(Answer::Failed { code, reason }),
            _ => Err(AnswerFault::NoStatus),
        }
    }

    /// The rows of a list; nothing at all is an empty one.
    ///
    /// # Errors
    /// [`AnswerFault::Data`]
    pub fn rows<T: de::DeserializeOwned>(&self) -> Result<Vec<T>, AnswerFault> {
        match self {
            Answer::Done { data: Value::Null, .. } => Ok(Vec::new()),
            Answer::Done { data, .. } => {
                serde_json::from_value(data.clone()).map_err(|_| AnswerFault::Data)
            }
            Answer::Failed { .. } => Err(AnswerFault::Data),
        }
    }

    /// The name that the axis gave to what was sent.
    pub fn doc_id(&self) -> Option<String> {
        let Answer::Done { beside, .. } = self else { return None };
        let found = ["DocId", "docId"].iter().find_map(|name| beside.get(*name));
        found.map(text).filter(|text| !text.is_empty())
    }

    pub fn count(&self) -> Option<u64> {
        let Answer::Done { beside, data } = self else { return None };
        text(beside.get("count").unwrap_or(data)).parse().ok()
    }
}

/// Letters that are none of ASCII stand only in the texts of JSON, where each may be written by its
/// number.
fn in_ascii(json: String) -> String {
    if json.is_ascii() {
        return json;
    }
    let mut out = String::with_capacity(2 * json.len());
    for letter in json.chars() {
        if letter.is_ascii() {
            out.push(letter);
            continue;
        }
        for unit in letter.encode_utf16(&mut [0; 2]) {
            // Writing into a text cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

/// Texts and numbers are one to the kits that write them.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A row of the list of agencies.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Agency {
    #[serde(deserialize_with = "any_text")]
    pub id: String,
    #[serde(deserialize_with = "any_text")]
    pub pid: String,
    #[serde(deserialize_with = "any_text")]
    pub code: String,
    #[serde(deserialize_with = "any_text")]
    pub name: String,
    #[serde(deserialize_with = "any_text")]
    pub mail: String,
    /// In the form before QĐ 20/2020, where one is known.
    #[serde(
        rename = "oldCode",
        deserialize_with = "any_text",
        skip_serializing_if = "String::is_empty"
    )]
    pub old_code: String,
}

/// A row of the list of agencies with both their codes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RecodedAgency {
    #[serde(deserialize_with = "any_text")]
    pub id: String,
    #[serde(deserialize_with = "any_text")]
    pub code: String,
    #[serde(deserialize_with = "any_text")]
    pub name: String,
    #[serde(deserialize_with = "any_text")]
    pub mail: String,
    /// By QCVN 102:2016.
    #[serde(deserialize_with = "any_text")]
    pub code102: String,
}

/// A row of the list of agencies that changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChangedAgency {
    #[serde(flatten)]
    pub agency: Agency,
    #[serde(deserialize_with = "any_text")]
    pub center_code: String,
    #[serde(deserialize_with = "any_text")]
    pub version: String,
    #[serde(deserialize_with = "any_text")]
    pub deleted: String,
    #[serde(deserialize_with = "any_text")]
    pub modify_date: String,
    #[serde(deserialize_with = "any_text")]
    pub is_agency: String,
}

/// The body of `registerAgency`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NewAgency {
    #[serde(deserialize_with = "any_text")]
    pub id: String,
    #[serde(deserialize_with = "any_text")]
    pub pcode: String,
    #[serde(deserialize_with = "any_text")]
    pub code: String,
    #[serde(deserialize_with = "any_text")]
    pub name: String,
    #[serde(deserialize_with = "any_text")]
    pub mail: String,
    #[serde(deserialize_with = "any_text")]
    pub mobile: String,
    #[serde(deserialize_with = "any_text")]
    pub fax: String,
}

/// A row of the list of what has come in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ReceivedRow {
    #[serde(deserialize_with = "any_text")]
    pub doc_id: String,
    #[serde(deserialize_with = "any_text")]
    pub service_type: String,
    #[serde(deserialize_with = "any_text")]
    pub message_type: String,
    #[serde(rename = "created_time", deserialize_with = "any_text")]
    pub created_time: String,
    #[serde(rename = "updated_time", deserialize_with = "any_text")]
    pub updated_time: String,
    #[serde(deserialize_with = "any_text")]
    pub from: String,
    #[serde(deserialize_with = "any_text")]
    pub to: String,
    #[serde(deserialize_with = "any_text")]
    pub status: String,
    #[serde(rename = "status_desc", deserialize_with = "any_text")]
    pub status_desc: String,
}

/// A row of the list of what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SentRow {
    #[serde(deserialize_with = "any_text")]
    pub service_type: String,
    #[serde(deserialize_with = "any_text")]
    pub sender_doc_id: String,
    #[serde(deserialize_with = "any_text")]
    pub from_code: String,
    #[serde(deserialize_with = "any_text")]
    pub receiver_doc_id: String,
    #[serde(deserialize_with = "any_text")]
    pub to_code: String,
    #[serde(deserialize_with = "any_text")]
    pub title: String,
    #[serde(deserialize_with = "any_text")]
    pub notation: String,
    #[serde(deserialize_with = "any_text")]
    pub message_type: String,
    #[serde(deserialize_with = "any_text")]
    pub sent_time: String,
    #[serde(deserialize_with = "any_text")]
    pub send_status: String,
    #[serde(deserialize_with = "any_text")]
    pub send_status_desc: String,
    #[serde(deserialize_with = "any_text")]
    pub received_time: String,
    #[serde(deserialize_with = "any_text")]
    pub receive_status: String,
    #[serde(deserialize_with = "any_text")]
    pub receive_status_desc: String,
}

/// A text, or a number, a flag or nothing, which some write in its place.
fn any_text<'de, D: Deserializer<'de>>(source: D) -> Result<String, D::Error> {
    source.deserialize_any(AnyText)
}

struct AnyText;

impl Visitor<'_> for AnyText {
    type Value = String;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a text, a number or a flag")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<String, E> {
        Ok(flag.to_string())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_unit<E: de::Error>(self) -> Result<String, E> {
        Ok(String::new())
    }
}
