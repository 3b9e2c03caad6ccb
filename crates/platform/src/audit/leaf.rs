//! The bytes of a row that its hash is taken of.
//!
//! Ten texts, each as four bytes of length (big-endian) and its UTF-8: the word
//! `lienthong-audit-1`, the row's place, its id, its time in microseconds since 1970, the actor's
//! id (empty when the program acted), the actor's name, the unit's id (empty when there is none),
//! verb, object, and detail as stored. No two different rows have the same bytes.

use super::Entry;
use super::tree::{self, Hash};

pub const FORMAT: &str = "lienthong-audit-1";

/// The ten texts, for a row that has its place.
pub fn fields(row: &Entry, place: u64) -> [String; 10] {
    [
        FORMAT.to_owned(),
        place.to_string(),
        row.id.to_string(),
        row.at.as_microsecond().to_string(),
        row.actor.map(|actor| actor.to_string()).unwrap_or_default(),
        row.actor_name.clone(),
        row.unit.map(|unit| unit.to_string()).unwrap_or_default(),
        row.verb.clone(),
        row.object.clone(),
        row.detail.clone(),
    ]
}

pub fn bytes(fields: &[String]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for field in fields {
        // A text of four gigabytes is no row of any database here.
        let length = u32::try_from(field.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(field.as_bytes());
    }
    bytes
}

pub fn hash(row: &Entry, place: u64) -> Hash {
    tree::leaf_hash(&bytes(&fields(row, place)))
}
