//! How the fields of a form look, and which files it takes.

use serde_json::Value;

use super::reader::{Place, Reader};
use super::schema::ITEMS_MAX;
use crate::eform::fault::DefinitionFaultKind as Fault;
use crate::eform::field::{Field, FileRule, Group, Kind, Layout};

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
        let keys = ["kind", "width", "autocomplete", "alone"];
        let Some(place) = reader.object(&at, value, &keys) else { continue };
        let look = reader.text_if_any(&place, "kind");
        field.layout = Layout {
            textarea: look.as_deref() == Some("textarea") && field.kind == Kind::Text,
            select: look.as_deref() == Some("select") && field.kind == Kind::Choice,
            money: look.as_deref() == Some("money") && field.kind == Kind::Integer,
            width: reader.number_if_any(&place, "width").and_then(|it| it.try_into().ok()),
            digits: look.as_deref() == Some("digits") && field.kind == Kind::Text,
            autocomplete: read_autocomplete(reader, &place),
            alone: read_alone(reader, &place, field),
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

/// The choice that no other goes with.
fn read_alone(reader: &mut Reader, place: &Place<'_>, field: &Field) -> Option<String> {
    let alone = reader.text_if_any(place, "alone")?;
    if field.kind != Kind::Choices || !field.choices.contains(&alone) {
        reader.note(place.under("alone"), Fault::WrongShape("one of several choices"));
    }
    Some(alone)
}

pub fn read_files(
    reader: &mut Reader,
    document: &Place<'_>,
    fields: &mut [Field],
    groups: &[Group],
) {
    if let Some(rules) = document.get("files").and_then(|it| reader.any_object("files", it)) {
        for (name, value) in rules.map {
            let at = rules.under(name);
            let rule = read_file_rule(reader, &at, value);
            match fields.iter_mut().find(|field| field.full_name(groups) == *name) {
                None => reader.note(at, Fault::UnknownField(name.clone())),
                Some(field) if field.kind != Kind::Files => reader.note(at, Fault::NotAFile),
                Some(field) => field.file = rule,
            }
        }
    }
    for field in fields.iter().filter(|field| field.kind == Kind::Files && field.file.is_none()) {
        reader.note(format!("files.{}", field.full_name(groups)), Fault::NoFileRule);
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
