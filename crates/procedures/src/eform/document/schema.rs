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
//! | `integer`, `number` with `minimum` `maximum` | a number |
//! | `boolean`; with `const: true` | yes or no; a declaration to tick |
//! | `object` with `format: address` | province, commune, street |
//! | `array` with `format: files` | uploaded files |
//! | `array` of `object` with `minItems` `maxItems` | a repeated group |

use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::{Value, json};

use super::reader::{Place, Reader};
use crate::eform::fault::DefinitionFaultKind as Fault;
use crate::eform::field::{Bounds, Field, FileRule, Group, Kind, Layout};
use crate::eform::formats;
use crate::eform::lists::List;

/// The most items a repeated group may have where the schema does not say.
const ITEMS_MAX: u64 = 50;
/// The largest file that may be asked for.
const FILE_BYTES_MAX: u64 = 100 * 1024 * 1024;
const MEDIA: [&str; 6] = [
    "application/pdf",
    "image/jpeg",
    "image/png",
    "image/webp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];

/// What a browser may fill in about the person in front of it.
const AUTOCOMPLETE: [&str; 8] =
    ["name", "bday", "tel", "email", "street-address", "organization", "sex", "off"];

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
    place.get("type").and_then(Value::as_str) == Some("array") && place.get("items").is_some()
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
        if field.kind == Kind::Files {
            reader.note(&at, Fault::UnknownFormat("files".to_owned()));
        }
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
    let choices = reader.texts(place, "enum");
    for choice in &choices {
        reader.name(&place.under("enum"), choice, "_-");
    }
    if kind == Kind::Choice && choices.is_empty() {
        reader.note(place.under("enum"), Fault::WrongShape("a list of choices"));
    }
    let bounds = Bounds { length_max: reader.number_if_any(place, "maxLength") };
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

pub fn read_layout(
    reader: &mut Reader,
    document: &Place<'_>,
    fields: &mut [Field],
    groups: &[Group],
) {
    let Some(value) = document.get("layout") else { return };
    let Some(layouts) = reader.any_object("layout", value) else { return };
    for (name, value) in layouts.map {
        let at = layouts.under(name);
        let Some(field) = fields.iter_mut().find(|field| field.full_name(groups) == *name) else {
            reader.note(at, Fault::UnknownField(name.clone()));
            continue;
        };
        let keys = ["kind", "width", "autocomplete"];
        let Some(place) = reader.object(&at, value, &keys) else { continue };
        let look = reader.text_if_any(&place, "kind");
        field.layout = Layout {
            textarea: look.as_deref() == Some("textarea") && field.kind == Kind::Text,
            select: look.as_deref() == Some("select") && field.kind == Kind::Choice,
            money: look.as_deref() == Some("money") && field.kind == Kind::Integer,
            width: reader.number_if_any(&place, "width").and_then(|it| it.try_into().ok()),
            digits: look.as_deref() == Some("digits") && field.kind == Kind::Text,
            autocomplete: read_autocomplete(reader, &place),
        };
        let layout = &field.layout;
        let drawn = layout.textarea || layout.select || layout.money || layout.digits;
        if look.is_some() && !drawn {
            reader.note(place.under("kind"), Fault::WrongShape("a look this field can have"));
        }
    }
}

fn read_autocomplete(reader: &mut Reader, place: &Place<'_>) -> Option<&'static str> {
    let asked = reader.text_if_any(place, "autocomplete")?;
    let known = AUTOCOMPLETE.into_iter().find(|name| *name == asked);
    if known.is_none() {
        reader.note(place.under("autocomplete"), Fault::WrongShape("a name that HTML knows"));
    }
    known
}

pub fn read_files(reader: &mut Reader, document: &Place<'_>, fields: &mut [Field]) {
    if let Some(rules) = document.get("files").and_then(|it| reader.any_object("files", it)) {
        for (name, value) in rules.map {
            let at = rules.under(name);
            let rule = read_file_rule(reader, &at, value);
            match fields.iter_mut().find(|field| field.name == *name && field.group.is_none()) {
                None => reader.note(at, Fault::UnknownField(name.clone())),
                Some(field) if field.kind != Kind::Files => reader.note(at, Fault::NotAFile),
                Some(field) => field.file = rule,
            }
        }
    }
    for field in fields.iter().filter(|field| field.kind == Kind::Files && field.file.is_none()) {
        reader.note(format!("files.{}", field.name), Fault::NoFileRule);
    }
}

fn read_file_rule(reader: &mut Reader, at: &str, value: &Value) -> Option<FileRule> {
    let keys = ["component", "accept", "bytes_max", "files_max", "reuse"];
    let place = reader.object(at, value, &keys)?;
    let accept = reader.texts(&place, "accept");
    for media in accept.iter().filter(|media| !MEDIA.contains(&media.as_str())) {
        reader.note(place.under("accept"), Fault::UnknownMedia(media.clone()));
    }
    if accept.is_empty() {
        reader.note(place.under("accept"), Fault::WrongShape("a list of media types"));
    }
    let bytes_max = reader.number_if_any(&place, "bytes_max").unwrap_or(10_000_000);
    if bytes_max == 0 || bytes_max > FILE_BYTES_MAX {
        reader.note(place.under("bytes_max"), Fault::BoundsCross);
    }
    let files_max = reader.number_if_any(&place, "files_max").unwrap_or(1);
    if files_max == 0 || files_max > ITEMS_MAX {
        reader.note(place.under("files_max"), Fault::BoundsCross);
    }
    Some(FileRule {
        component: reader.text(&place, "component")?,
        accept,
        bytes_max,
        files_max: usize::try_from(files_max).unwrap_or(usize::MAX),
        reuse: reader.truth(&place, "reuse"),
    })
}
