//! The schema of a form: the subset of JSON Schema (draft 2020-12) that a person can be asked
//! for, one property at a time, and the validator built from it.
//!
//! | schema | field |
//! |---|---|
//! | `string` with `minLength` `maxLength` `pattern` | text |
//! | `string` with `format` date, partial-date | a date, a date of which the year is enough |
//! | `string` with `format` email, phone, person-name | checked as such |
//! | `string` with `format` personal-number, tax-code | checked as such |
//! | `string` with `format` country, ethnic-group | one of a list |
//! | `string` with `enum` | one of these |
//! | `array` of `string` with `enum`, `minItems` `maxItems` | any number of these |
//! | `integer`, `number` with `minimum` `maximum` | a number |
//! | `boolean`; with `const: true` | yes or no; a declaration to tick |
//! | `object` with `format: address` | province, commune, street |
//! | `array` with `format: files` | uploaded files |
//! | `array` of `object` with `minItems` `maxItems` | a repeated group |

use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::{Value, json};

use super::reader::{Place, Reader};
use crate::eform::fault::DefinitionFaultKind as Fault;
use crate::eform::field::{Bounds, Field, Group, Kind, Layout};
use crate::eform::formats;
use crate::eform::lists::List;

/// The most items a repeated group may have where the schema does not say.
pub const ITEMS_MAX: u64 = 50;
pub struct Read {
    pub fields: Vec<Field>,
    pub groups: Vec<Group>,
    pub validator: Option<Validator>,
}

pub fn read(reader: &mut Reader, document: &Place<'_>) -> Option<Read> {
    let Some(value) = document.get("schema") else {
        reader.note("", Fault::Missing("schema"));
        return None;
    };
    let keys = ["$schema", "type", "properties", "required", "additionalProperties"];
    let root = reader.object("schema", value, &keys)?;
    let (mut fields, mut groups) = (Vec::new(), Vec::new());
    let mut checked = serde_json::Map::new();
    for (at, name, property, required) in properties(reader, &root)? {
        let place = reader.any_object(&at, property)?;
        if !reader.name(&at, name, "_") {
            continue;
        }
        if is_group(&place) {
            let (group, inside, schema) = read_group(reader, &place, name, groups.len())?;
            groups.push(group);
            fields.extend(inside);
            checked.insert(name.to_owned(), schema);
        } else if let Some((field, schema)) = read_field(reader, &place, name, required) {
            fields.push(field);
            checked.insert(name.to_owned(), schema);
        }
    }
    let validator = validator(reader, checked);
    Some(Read { fields, groups, validator })
}

type Property<'v> = (String, &'v str, &'v Value, bool);

/// The properties of an object, each with its place and whether it is required.
fn properties<'v>(reader: &mut Reader, object: &Place<'v>) -> Option<Vec<Property<'v>>> {
    if object.get("type").and_then(Value::as_str) != Some("object") {
        reader.note(object.under("type"), Fault::WrongShape("\"object\""));
    }
    let required = reader.texts(object, "required");
    let Some(value) = object.get("properties") else {
        reader.note(&object.at, Fault::Missing("properties"));
        return None;
    };
    let map = reader.any_object(&object.under("properties"), value)?.map;
    for name in required.iter().filter(|name| !map.contains_key(*name)) {
        reader.note(object.under("required"), Fault::UnknownField(name.clone()));
    }
    let place = |name: &str| format!("{}.{name}", object.under("properties"));
    Some(
        map.iter()
            .map(|(name, value)| (place(name), name.as_str(), value, required.contains(name)))
            .collect(),
    )
}

fn is_group(place: &Place<'_>) -> bool {
    let item = place.get("items").and_then(|items| items.get("type"));
    place.get("type").and_then(Value::as_str) == Some("array")
        && item.and_then(Value::as_str) != Some("string")
        && place.get("items").is_some()
}

type ReadGroup = (Group, Vec<Field>, Value);

fn read_group(
    reader: &mut Reader,
    place: &Place<'_>,
    name: &str,
    number: usize,
) -> Option<ReadGroup> {
    only(reader, place, &["type", "items", "minItems", "maxItems"]);
    let items_min = reader.number_if_any(place, "minItems").unwrap_or(0);
    let items_max = reader.number_if_any(place, "maxItems").unwrap_or(ITEMS_MAX);
    if items_min > items_max || items_max == 0 || items_max > ITEMS_MAX {
        reader.note(&place.at, Fault::BoundsCross);
    }
    let at = place.under("items");
    let item = reader.object(&at, place.get("items")?, &["type", "properties", "required"])?;
    let mut fields = Vec::new();
    let mut checked = serde_json::Map::new();
    for (at, name, property, required) in properties(reader, &item)? {
        let inner = reader.any_object(&at, property)?;
        if !reader.name(&at, name, "_") {
            continue;
        }
        let Some((mut field, schema)) = read_field(reader, &inner, name, required) else {
            continue;
        };
        field.group = Some(number);
        fields.push(field);
        checked.insert(name.to_owned(), schema);
    }
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let group =
        Group { name: name.to_owned(), items_min: count(items_min), items_max: count(items_max) };
    let schema = json!({
        "type": "array", "minItems": items_min, "maxItems": items_max,
        "items": { "type": "object", "properties": checked },
    });
    Some((group, fields, schema))
}

/// One field and the schema its typed answer is checked against.
fn read_field(
    reader: &mut Reader,
    place: &Place<'_>,
    name: &str,
    required: bool,
) -> Option<(Field, Value)> {
    let (kind, keywords) = kind(reader, place)?;
    only(reader, place, keywords);
    let choices = match kind {
        Kind::Choices => read_items(reader, place),
        _ => read_choices(reader, place),
    };
    if matches!(kind, Kind::Choice | Kind::Choices) && choices.is_empty() {
        reader.note(place.under("enum"), Fault::WrongShape("a list of choices"));
    }
    let bounds = bounds(reader, place, (kind, choices.len()));
    crossing(reader, place);
    let schema = match kind {
        Kind::Address => formats::address_schema(),
        Kind::Files => formats::files_schema(),
        _ => Value::Object(place.map.clone()),
    };
    let field = Field {
        name: name.to_owned(),
        group: None,
        kind,
        required,
        choices,
        file: None,
        layout: Layout::default(),
        bounds,
    };
    Some((field, schema))
}

fn read_choices(reader: &mut Reader, place: &Place<'_>) -> Vec<String> {
    let choices = reader.texts(place, "enum");
    for choice in &choices {
        reader.name(&place.under("enum"), choice, "_-");
    }
    choices
}

/// The choices of a field that takes several.
fn read_items(reader: &mut Reader, place: &Place<'_>) -> Vec<String> {
    let at = place.under("items");
    let items = place.get("items").and_then(|it| reader.object(&at, it, &["type", "enum"]));
    items.map(|items| read_choices(reader, &items)).unwrap_or_default()
}

fn bounds(reader: &mut Reader, place: &Place<'_>, (kind, choices): (Kind, usize)) -> Bounds {
    let mut bounds =
        Bounds { length_max: reader.number_if_any(place, "maxLength"), ..Bounds::default() };
    if kind == Kind::Choices {
        let mut count =
            |key| reader.number_if_any(place, key).and_then(|count| usize::try_from(count).ok());
        bounds.choices_min = count("minItems").unwrap_or(0);
        bounds.choices_max = count("maxItems");
        let most = bounds.choices_max.unwrap_or(choices);
        if bounds.choices_min > most || most > choices || most == 0 {
            reader.note(&place.at, Fault::BoundsCross);
        }
    }
    bounds
}

/// The kind of a field and the keywords that may stand beside it.
fn kind(reader: &mut Reader, place: &Place<'_>) -> Option<(Kind, &'static [&'static str])> {
    const TEXT: &[&str] = &["type", "format", "minLength", "maxLength", "pattern"];
    const NUMBER: &[&str] = &["type", "minimum", "maximum"];
    let of_type = reader.text(place, "type")?;
    let format = reader.text_if_any(place, "format");
    let (shape, format) = (of_type.as_str(), format.as_deref());
    let kind = match (shape, format) {
        ("string", None) if place.get("enum").is_some() => {
            return Some((Kind::Choice, &["type", "enum"]));
        }
        ("string", None) => Kind::Text,
        ("string", Some("date")) => Kind::Date,
        ("string", Some("partial-date")) => Kind::PartialDate,
        ("string", Some("email")) => Kind::Email,
        ("string", Some("phone")) => Kind::Phone,
        ("string", Some("personal-number")) => Kind::PersonalNumber,
        ("string", Some("tax-code")) => Kind::TaxCode,
        ("string", Some("person-name")) => Kind::PersonName,
        ("string", Some("country")) => Kind::Listed(List::Country),
        ("string", Some("ethnic-group")) => Kind::Listed(List::EthnicGroup),
        ("integer", None) => return Some((Kind::Integer, NUMBER)),
        ("number", None) => return Some((Kind::Number, NUMBER)),
        ("boolean", None) => return Some((yes_or_tick(reader, place), &["type", "const"])),
        ("object", Some("address")) => return Some((Kind::Address, &["type", "format"])),
        ("array", Some("files")) => {
            return Some((Kind::Files, &["type", "format"]));
        }
        ("array", None) => {
            return Some((Kind::Choices, &["type", "items", "minItems", "maxItems"]));
        }
        (_, Some(format)) => {
            reader.note(place.under("format"), Fault::UnknownFormat(format.to_owned()));
            return None;
        }
        _ => {
            reader.note(place.under("type"), Fault::WrongShape("a type a person can answer"));
            return None;
        }
    };
    Some((kind, TEXT))
}

fn yes_or_tick(reader: &mut Reader, place: &Place<'_>) -> Kind {
    match place.get("const") {
        None => Kind::YesNo,
        Some(Value::Bool(true)) => Kind::Tick,
        Some(_) => {
            reader.note(place.under("const"), Fault::WrongShape("true"));
            Kind::Tick
        }
    }
}

fn only(reader: &mut Reader, place: &Place<'_>, keywords: &[&str]) {
    for key in place.map.keys().filter(|key| !keywords.contains(&key.as_str())) {
        reader.note(&place.at, Fault::Keyword(key.clone()));
    }
}

fn crossing(reader: &mut Reader, place: &Place<'_>) {
    for (low, high) in [("minLength", "maxLength"), ("minimum", "maximum")] {
        let bound = |key: &str| place.get(key).and_then(Value::as_f64);
        if let (Some(low), Some(high)) = (bound(low), bound(high))
            && low > high
        {
            reader.note(&place.at, Fault::BoundsCross);
        }
    }
}

/// Patterns run in linear time, so no answer can hold the program up.
fn validator(reader: &mut Reader, properties: serde_json::Map<String, Value>) -> Option<Validator> {
    let schema = json!({ "type": "object", "properties": properties });
    let mut options = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(true);
    for (name, check) in formats::CHECKS {
        options = options.with_format(name, check);
    }
    match options.build(&schema) {
        Ok(validator) => Some(validator),
        Err(error) => {
            let at = format!("schema{}", error.instance_path().to_string().replace('/', "."));
            reader.note(at, Fault::Schema(error.to_string()));
            None
        }
    }
}
