//! The door of a form: one JSON document in, a checked definition or all its faults out.
//!
//! ```text
//! { "form": "stay-notice", "version": 1,
//!   "sections": [ { "id": "guest", "after": [] } ],
//!   "pages":    [ { "id": "guest-name", "section": "guest", "fields": ["guest_name"],
//!                   "show_if": "…", "group": "…", "stop": false } ],
//!   "schema":   { "type": "object", "properties": { … }, "required": [ … ] },
//!   "layout":   { "guest_name": { "width": 30, "autocomplete": "name" },
//!                 "illness": { "alone": "none" } },
//!   "files":    { "paper": { "component": "…", "accept": ["application/pdf"],
//!                            "bytes_max": 10000000, "files_max": 3, "reuse": true } },
//!   "calculated": [ { "name": "nights", "section": "guest", "value": "days(from, to)" } ],
//!   "checks":   [ { "name": "order", "field": "to", "must": "from <= to" } ],
//!   "prefill":  [ { "field": "host_name", "from": "full_name", "locked": true } ],
//!   "words":    { "vi": { … }, "en": { … } } }
//! ```

mod layout;
mod pages;
mod reader;
mod rules;
mod schema;
mod words;

use aws_lc_rs::digest;
use serde_json::Value;

use super::definition::Parsed;
use super::expression::{Names, Sort, Type};
use super::fault::{DefinitionFaultKind as Fault, DefinitionFaults};
use super::field::{ADDRESS_PARTS, Field, Group, Kind};
use platform::hex::to_hex;
use reader::Reader;

/// No form of the State is longer; a larger document is not read at all.
const BYTES_MAX: usize = 512 * 1024;

const KEYS: [&str; 11] = [
    "form",
    "version",
    "sections",
    "pages",
    "schema",
    "layout",
    "files",
    "calculated",
    "checks",
    "prefill",
    "words",
];

pub fn read(source: Value) -> Result<Parsed, DefinitionFaults> {
    let mut reader = Reader::default();
    let mut canonical = String::new();
    write_canonical(&source, &mut canonical);
    let parsed = if canonical.len() > BYTES_MAX {
        reader.note("", Fault::TooLarge(BYTES_MAX));
        None
    } else {
        read_document(&mut reader, &source)
    };
    match parsed {
        Some(parsed) if reader.faults.is_empty() => {
            Ok(Parsed { hash: hash(&canonical), source, ..parsed })
        }
        _ => Err(DefinitionFaults(reader.faults)),
    }
}

fn read_document(reader: &mut Reader, source: &Value) -> Option<Parsed> {
    let document = reader.object("", source, &KEYS)?;
    let name = reader.text(&document, "form");
    if let Some(name) = &name {
        reader.name("form", name, "-");
    }
    let version = reader.number_if_any(&document, "version").and_then(|it| it.try_into().ok());
    if version.is_none() {
        reader.note("version", Fault::WrongShape("a whole number, 0 or more"));
    }
    let schema::Read { mut fields, groups, validator } = schema::read(reader, &document)?;
    layout::read_layout(reader, &document, &mut fields, &groups);
    layout::read_files(reader, &document, &mut fields, &groups);
    let mut names = names(&fields, &groups);
    let sections = pages::read_sections(reader, &document);
    let calculated = rules::read_calculated(reader, &document, &sections, &mut names);
    let form = pages::Form { fields: &fields, groups: &groups, sections: &sections };
    let pages = pages::read(reader, &document, &form, &names);
    pages::check(reader, &pages, &form, &calculated);
    let order = pages::Order { pages: &pages, form: &form, calculated: &calculated };
    let checks = rules::read_checks(reader, &document, &order, &names);
    let prefill = rules::read_prefill(reader, &document, &order, &names);
    let places = words::Places { form: &form, pages: &pages, calculated: &calculated };
    let checks_named = words::error_keys(&checks, fields.len());
    let (vi, en) = words::read(reader, &document, &places, &checks_named)?;
    Some(Parsed {
        source: Value::Null,
        hash: String::new(),
        name: name?,
        version: version?,
        sections,
        pages,
        fields,
        groups,
        calculated,
        checks,
        prefill,
        vi,
        en,
        validator: validator?,
    })
}

/// What expressions may call the fields of the form.
fn names(fields: &[Field], groups: &[Group]) -> Names {
    let mut names = Names::default();
    for group in groups {
        names.add(&group.name, Sort::Many);
    }
    for field in fields {
        let name = field.full_name(groups);
        let inside = field.group.is_some();
        let sort = |kind| if inside { Sort::Column(kind) } else { Sort::One(kind) };
        match field.kind {
            Kind::Files => names.add(name, Sort::Many),
            // In a group a check of the same item can see them, as `item.name`.
            Kind::Choices => names.add(name, if inside { Sort::Whole } else { Sort::Chosen }),
            Kind::Address => {
                for part in ADDRESS_PARTS {
                    names.add(format!("{name}.{part}"), sort(Type::Text));
                }
                names.add(name, Sort::Whole);
            }
            kind => names.add(name, sort(kind.value_type())),
        }
    }
    names
}

/// Compact JSON with the keys of every object in order: equal meaning, equal bytes.
fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| key.as_str());
            out.push('{');
            for (place, (key, inner)) in entries.into_iter().enumerate() {
                out.push_str(if place == 0 { "" } else { "," });
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write_canonical(inner, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (place, inner) in items.iter().enumerate() {
                out.push_str(if place == 0 { "" } else { "," });
                write_canonical(inner, out);
            }
            out.push(']');
        }
        other => out.push_str(&other.to_string()),
    }
}

fn hash(text: &str) -> String {
    to_hex(digest::digest(&digest::SHA256, text.as_bytes()).as_ref())
}
