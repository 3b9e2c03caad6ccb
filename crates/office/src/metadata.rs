//! The metadata of a document as the decree lists them, for whoever keeps or exchanges it. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP app. VI (part II)

use serde::Serialize;
use serde_json::{Value, json};

use crate::document::Direction;
use crate::incoming::Incoming;
use crate::outgoing::Outgoing;
use crate::queries::cards::Card;

/// What is known besides the document itself.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// Mã định danh of the agency whose document this is.
    pub organ_id: String,
    pub organ_name: String,
    /// Year and code of the work dossier; the first, when it lies in several.
    pub dossier: Option<(i64, String)>,
    /// Code and name of each agency that receives it.
    pub to: Vec<(String, String)>,
}

/// Name and value of each member, in the decree's order; a list is one value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Metadata(pub Vec<(&'static str, Value)>);

impl Metadata {
    /// One JSON object.
    pub fn json(&self) -> Value {
        Value::Object(
            self.0.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        )
    }

    /// A text for each member, nested ones as JSON.
    pub fn cells(&self) -> Vec<Vec<String>> {
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        self.0.iter().map(|(name, value)| vec![(*name).to_owned(), text(value)]).collect()
    }
}

pub fn of_outgoing(one: &Outgoing, card: &Card, around: &Around) -> Metadata {
    let capacity = one.capacity.as_deref().unwrap_or_default();
    let position = capacity.lines().last().unwrap_or_default();
    let mut members = shared(card, around);
    members.extend([
        ("CodeNumber", json!(one.ordinal_text().unwrap_or_default())),
        ("CodeNotation", json!(one.notation.clone().unwrap_or_default())),
        ("OrganName", json!(around.organ_name)),
        ("SignerInfo", json!({ "Position": position, "FullName": card.signer })),
        ("IssuedAmount", json!(if one.paper { around.to.len() } else { 0 })),
        ("DueDate", json!(one.due_on.map(|day| day.to_string()).unwrap_or_default())),
    ]);
    Metadata(members)
}

pub fn of_incoming(one: &Incoming, card: &Card, around: &Around) -> Metadata {
    let mut members = shared(card, around);
    let position = &one.more.signer_position;
    members.extend([
        ("CodeNumber", json!(one.number)),
        ("CodeNotation", json!(one.notation)),
        ("OrganName", json!(one.from_name)),
        ("SignerInfo", json!({ "Position": position, "FullName": one.signer })),
        ("DueDate", json!(one.due_on.map(|day| day.to_string()).unwrap_or_default())),
        ("ArrivalDate", json!(card.day().to_string())),
        ("ArrivalNumber", json!(card.arrival)),
        ("ToPlaces", json!(one.more.to_places)),
    ]);
    Metadata(members)
}

/// What both directions have.
fn shared(card: &Card, around: &Around) -> Vec<(&'static str, Value)> {
    let (year, notation) = around.dossier.clone().unwrap_or_default();
    let catalog = if year == 0 { String::new() } else { year.to_string() };
    let to: Vec<Value> = around
        .to
        .iter()
        .map(|(code, name)| json!({ "OrganId": code, "OrganName": name }))
        .collect();
    let direction = match card.direction {
        Direction::In => "incoming",
        Direction::Out => "outgoing",
    };
    vec![
        ("Direction", json!(direction)),
        (
            "FileCode",
            json!({
                "OrganId": around.organ_id, "FileCatalog": catalog, "FileNotation": notation,
            }),
        ),
        ("TypeName", json!(card.type_name)),
        ("IssuedDate", json!(card.dated.map(|day| day.to_string()).unwrap_or_default())),
        ("Subject", json!(card.subject)),
        ("Language", json!("vi")),
        ("PageAmount", json!(card.pages)),
        ("To", Value::Array(to)),
        ("Priority", json!(card.urgency.code())),
    ]
}
