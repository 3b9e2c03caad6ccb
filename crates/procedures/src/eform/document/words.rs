//! The words of a form: complete in both languages, and none that nothing asks for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::pages::Form;
use super::reader::{Place, Reader};
use crate::eform::answer_fault::FaultKind;
use crate::eform::definition::{Calculated, Check, FieldWords, GroupWords, Page, PageWords, Words};
use crate::eform::fault::DefinitionFaultKind as Fault;

/// Everything that needs words.
pub struct Places<'a> {
    pub form: &'a Form<'a>,
    pub pages: &'a [Page],
    pub calculated: &'a [Calculated],
}

/// For each field the names of its checks: each needs its own sentence.
pub fn error_keys(checks: &[Check], fields: usize) -> Vec<BTreeSet<String>> {
    let mut keys = vec![BTreeSet::new(); fields];
    for check in checks {
        if let Some(keys) = keys.get_mut(check.field) {
            keys.insert(check.name.clone());
        }
    }
    keys
}

pub fn read(
    reader: &mut Reader,
    document: &Place<'_>,
    places: &Places<'_>,
    checks: &[BTreeSet<String>],
) -> Option<(Words, Words)> {
    let Some(value) = document.get("words") else {
        reader.note("", Fault::Missing("words"));
        return None;
    };
    let both = reader.object("words", value, &["vi", "en"])?;
    let vi = read_language(reader, &both, "vi", places, checks);
    let en = read_language(reader, &both, "en", places, checks);
    let (vi, en) = (vi?, en?);
    compare(reader, places, &vi, &en);
    Some((vi, en))
}

fn read_language(
    reader: &mut Reader,
    both: &Place<'_>,
    tag: &'static str,
    places: &Places<'_>,
    checks: &[BTreeSet<String>],
) -> Option<Words> {
    let Some(value) = both.get(tag) else {
        reader.note("words", Fault::Missing(tag));
        return None;
    };
    let keys = ["title", "sections", "pages", "fields", "groups", "calculated"];
    let place = reader.object(&both.under(tag), value, &keys)?;
    let sections = places.form.sections.iter().map(|section| section.id.clone()).collect();
    let calculated = places.calculated.iter().map(|it| it.name.clone()).collect();
    Some(Words {
        title: reader.text(&place, "title")?,
        sections: read_plain(reader, &place, "sections", sections),
        pages: read_pages(reader, &place, places),
        fields: read_fields(reader, &place, places, checks),
        groups: read_groups(reader, &place, places),
        calculated: read_plain(reader, &place, "calculated", calculated),
    })
}

/// The objects under `key`, one for each name, in the order of the names.
fn children<'v>(
    reader: &mut Reader,
    place: &Place<'v>,
    key: &str,
    names: &[String],
) -> Vec<Option<&'v Value>> {
    let under = place.get(key).and_then(|value| reader.any_object(&place.under(key), value));
    let Some(under) = under else { return vec![None; names.len()] };
    for idle in under.map.keys().filter(|name| !names.contains(name)) {
        reader.note(&under.at, Fault::IdleWord(idle.clone()));
    }
    names.iter().map(|name| under.get(name)).collect()
}

fn read_plain(
    reader: &mut Reader,
    place: &Place<'_>,
    key: &str,
    names: Vec<String>,
) -> Vec<String> {
    let found = children(reader, place, key, &names);
    let mut words = Vec::new();
    for (name, value) in names.iter().zip(found) {
        match value.and_then(Value::as_str).filter(|text| !text.trim().is_empty()) {
            Some(text) => words.push(text.to_owned()),
            None => reader.note(place.under(key), Fault::NoWord(name.clone())),
        }
    }
    words
}

fn read_pages(reader: &mut Reader, place: &Place<'_>, places: &Places<'_>) -> Vec<PageWords> {
    let names: Vec<String> = places.pages.iter().map(|page| page.id.clone()).collect();
    let found = children(reader, place, "pages", &names);
    let mut words = Vec::new();
    for (page, value) in places.pages.iter().zip(found) {
        let at = format!("{}.{}", place.under("pages"), page.id);
        let inner = value.and_then(|value| reader.object(&at, value, &["heading", "text"]));
        let page_words = inner.map_or_else(PageWords::default, |inner| PageWords {
            heading: reader.text_if_any(&inner, "heading"),
            text: reader.text_if_any(&inner, "text"),
        });
        let asks_one = page.fields.len() == 1 && page.group.is_none();
        if page_words.heading.is_none() && !asks_one {
            reader.note(&at, Fault::NoWord("heading".to_owned()));
        }
        if page.stop && page_words.text.is_none() {
            reader.note(&at, Fault::NoWord("text".to_owned()));
        }
        words.push(page_words);
    }
    words
}

fn read_fields(
    reader: &mut Reader,
    place: &Place<'_>,
    places: &Places<'_>,
    checks: &[BTreeSet<String>],
) -> Vec<FieldWords> {
    let form = places.form;
    let names: Vec<String> = form.fields.iter().map(|field| field.full_name(form.groups)).collect();
    let found = children(reader, place, "fields", &names);
    let mut words = Vec::new();
    for (number, (name, value)) in names.iter().zip(found).enumerate() {
        let at = format!("{}.{name}", place.under("fields"));
        let Some(value) = value else {
            reader.note(place.under("fields"), Fault::NoWord(name.clone()));
            words.push(FieldWords::default());
            continue;
        };
        let field_words = read_field(reader, &at, value, &form.fields[number].choices);
        let own = &checks[number];
        for name in own.iter().filter(|name| !field_words.errors.contains_key(*name)) {
            reader.note(format!("{at}.errors"), Fault::NoWord(name.clone()));
        }
        let known = |key: &String| own.contains(key) || FaultKind::KEYS.contains(&key.as_str());
        for idle in field_words.errors.keys().filter(|key| !known(key)) {
            reader.note(format!("{at}.errors"), Fault::IdleWord(idle.clone()));
        }
        words.push(field_words);
    }
    words
}

fn read_field(reader: &mut Reader, at: &str, value: &Value, choices: &[String]) -> FieldWords {
    let keys = ["label", "hint", "short", "choices", "errors"];
    let Some(place) = reader.object(at, value, &keys) else { return FieldWords::default() };
    let named = read_plain(reader, &place, "choices", choices.to_vec());
    FieldWords {
        label: reader.text(&place, "label").unwrap_or_default(),
        hint: reader.text_if_any(&place, "hint"),
        short: reader.text_if_any(&place, "short"),
        choices: choices.iter().cloned().zip(named).collect(),
        errors: read_errors(reader, &place),
    }
}

fn read_errors(reader: &mut Reader, place: &Place<'_>) -> BTreeMap<String, String> {
    let Some(value) = place.get("errors") else { return BTreeMap::new() };
    let Some(errors) = reader.any_object(&place.under("errors"), value) else {
        return BTreeMap::new();
    };
    let keys: Vec<String> = errors.map.keys().cloned().collect();
    keys.into_iter()
        .filter_map(|key| reader.text_if_any(&errors, &key).map(|text| (key, text)))
        .collect()
}

fn read_groups(reader: &mut Reader, place: &Place<'_>, places: &Places<'_>) -> Vec<GroupWords> {
    let names: Vec<String> = places.form.groups.iter().map(|group| group.name.clone()).collect();
    let found = children(reader, place, "groups", &names);
    let mut words = Vec::new();
    for (name, value) in names.iter().zip(found) {
        let at = format!("{}.{name}", place.under("groups"));
        let keys = ["label", "hint", "item", "more"];
        match value.and_then(|value| reader.object(&at, value, &keys)) {
            None => {
                reader.note(at, Fault::NoWord(name.clone()));
                words.push(GroupWords::default());
            }
            Some(inner) => words.push(GroupWords {
                label: reader.text(&inner, "label").unwrap_or_default(),
                hint: reader.text_if_any(&inner, "hint"),
                item: reader.text(&inner, "item").unwrap_or_default(),
                more: reader.text(&inner, "more").unwrap_or_default(),
            }),
        }
    }
    words
}

/// What one language says beyond the necessary, the other says too.
fn compare(reader: &mut Reader, places: &Places<'_>, vi: &Words, en: &Words) {
    let mut both = |at: String, vi: bool, en: bool| {
        if vi != en {
            let tag = if vi { "en" } else { "vi" };
            reader.note(format!("words.{tag}.{at}"), Fault::NoWord(at.clone()));
        }
    };
    for (page, (vi, en)) in places.pages.iter().zip(vi.pages.iter().zip(&en.pages)) {
        both(format!("pages.{}.heading", page.id), vi.heading.is_some(), en.heading.is_some());
        both(format!("pages.{}.text", page.id), vi.text.is_some(), en.text.is_some());
    }
    for (field, (vi, en)) in places.form.fields.iter().zip(vi.fields.iter().zip(&en.fields)) {
        let name = field.full_name(places.form.groups);
        both(format!("fields.{name}.hint"), vi.hint.is_some(), en.hint.is_some());
        let keys: BTreeSet<&String> = vi.errors.keys().chain(en.errors.keys()).collect();
        for key in keys {
            let (vi, en) = (vi.errors.contains_key(key), en.errors.contains_key(key));
            both(format!("fields.{name}.errors.{key}"), vi, en);
        }
    }
    for (group, (vi, en)) in places.form.groups.iter().zip(vi.groups.iter().zip(&en.groups)) {
        both(format!("groups.{}.hint", group.name), vi.hint.is_some(), en.hint.is_some());
    }
}
