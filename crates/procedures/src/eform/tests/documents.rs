use serde_json::{Value, json};

use super::support::{HOUSEHOLD, household};
use crate::eform::{Definition, Kind};

/// The household with one change, given as a function of its document.
fn faults_after(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut document: Value = serde_json::from_str(HOUSEHOLD).unwrap();
    change(&mut document);
    match Definition::from_value(document) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.0.iter().map(ToString::to_string).collect(),
    }
}

/// Sets a value at a JSON pointer.
fn set(pointer: &str, value: Value) -> impl FnOnce(&mut Value) {
    move |document| {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match document.pointer_mut(parent).unwrap() {
            Value::Object(map) => {
                map.insert(key.to_owned(), value);
            }
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
            other => panic!("{other} has no {key}"),
        }
    }
}

fn remove(pointer: &str) -> impl FnOnce(&mut Value) {
    move |document| {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match document.pointer_mut(parent).unwrap() {
            Value::Object(map) => {
                map.shift_remove(key).unwrap();
            }
            Value::Array(items) => {
                items.remove(key.parse().unwrap());
            }
            other => panic!("{other} has no {key}"),
        }
    }
}

#[test]
fn a_good_document_becomes_a_definition() {
    let form = household();
    assert_eq!((form.name(), form.version()), ("household", 3));
    assert_eq!(form.pages().len(), 10);
    assert_eq!(form.components(), [("paper", "K1")]);
    let capital = form.fields().iter().find(|field| field.name == "capital").unwrap();
    assert_eq!((capital.kind, capital.required), (Kind::Integer, true));
    assert!(capital.layout.money);
}

#[test]
fn every_mistake_in_a_document_is_told_with_its_place() {
    for line in include_str!("mistakes.txt").lines() {
        let (change, wanted) = line.split_once(" => ").unwrap();
        let faults = faults_after(|document| wrong(document, change));
        assert!(faults.iter().any(|fault| fault == wanted), "{line}\nfound {faults:#?}");
    }
}

/// `set POINTER JSON` or `remove POINTER`.
fn wrong(document: &mut Value, change: &str) {
    let mut words = change.splitn(3, ' ');
    match (words.next(), words.next(), words.next()) {
        (Some("set"), Some(at), Some(json)) => {
            set(at, serde_json::from_str(json).unwrap())(document)
        }
        (Some("remove"), Some(at), None) => remove(at)(document),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_pattern_that_cannot_be_run_is_refused() {
    let note = json!({ "type": "string", "pattern": "^(a+)+$(?=x)" });
    let faults = faults_after(set("/schema/properties/note", note));
    assert!(faults.iter().any(|fault| fault.contains("not a usable schema")), "{faults:?}");
}

#[test]
fn all_mistakes_are_told_at_once() {
    let faults = faults_after(|document| {
        set("/pages/0/fields", json!([]))(document);
        remove("/words/en/fields/note")(document);
        set("/schema/properties/note/format", json!("uri"))(document);
    });
    assert!(faults.len() >= 3, "{faults:?}");
}

#[test]
fn what_is_no_json_or_too_large_is_refused() {
    let faults = Definition::parse("{\"form\": ").unwrap_err();
    assert!(faults.to_string().starts_with("not JSON"), "{faults}");
    let large = faults_after(set("/words/vi/title", json!("x".repeat(600_000))));
    assert_eq!(large, ["more than 524288 bytes"]);
}

#[test]
fn equal_documents_have_one_hash_whatever_the_order_of_their_keys() {
    let first = household();
    let mut document: Value = serde_json::from_str(HOUSEHOLD).unwrap();
    let words = document.as_object_mut().unwrap().shift_remove("words").unwrap();
    document.as_object_mut().unwrap().shift_insert(0, "words".to_owned(), words);
    let second = Definition::from_value(document.clone()).unwrap();
    assert_eq!(first, second);
    assert_eq!(first.hash().len(), 64);
    document["version"] = json!(4);
    assert_ne!(Definition::from_value(document).unwrap(), first);
}

#[test]
fn a_definition_travels_as_its_document() {
    let form = household();
    let text = serde_json::to_string(&form).unwrap();
    let back: Definition = serde_json::from_str(&text).unwrap();
    assert_eq!(back, form);
    assert_eq!(back.source(), form.source());
    assert!(serde_json::from_str::<Definition>("{}").is_err());
}
