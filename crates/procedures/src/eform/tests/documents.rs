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
fn set(pointer: &'static str, value: Value) -> impl FnOnce(&mut Value) {
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

fn remove(pointer: &'static str) -> impl FnOnce(&mut Value) {
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
    type Change = Box<dyn FnOnce(&mut Value)>;
    let table: Vec<(Change, &str)> = vec![
        (Box::new(remove("/form")), "\"form\" is missing"),
        (
            Box::new(set("/form", json!("Hộ"))),
            "form: \"Hộ\" is not a name: small letters, digits and -",
        ),
        (Box::new(set("/version", json!("1"))), "version: must be a whole number, 0 or more"),
        (Box::new(set("/colour", json!("red"))), "\"colour\" is not known here"),
        (Box::new(set("/sections", json!([]))), "sections: must be a list of sections"),
        (
            Box::new(set("/sections/0/after", json!(["papers"]))),
            "sections.0.after: a section cannot wait for itself or a later one",
        ),
        (Box::new(set("/sections/1/id", json!("owner"))), "sections.1: \"owner\" is there twice"),
        (
            Box::new(set("/pages/0/section", json!("nowhere"))),
            "pages.0.section: the form has no section \"nowhere\"",
        ),
        (
            Box::new(set("/pages/0/section", json!("papers"))),
            "pages (name): pages of a section stand together, in the order of the sections",
        ),
        (
            Box::new(set("/pages/0/fields", json!([]))),
            "pages.0: a page without a question; an ending needs \"stop\": true",
        ),
        (Box::new(set("/pages/2/fields", json!(["note"]))), "pages.2: an ending asks nothing"),
        (
            Box::new(set("/pages/0/fields", json!(["rule"]))),
            "pages.0.fields: the form has no field \"rule\"",
        ),
        (
            Box::new(set("/pages/3/fields", json!(["birth_date", "role"]))),
            "schema.properties.role: the field is asked on a second page",
        ),
        (
            Box::new(set("/pages/6/fields", json!(["full_name", "capital"]))),
            "schema.properties.members.joined: no page asks this field",
        ),
        (
            Box::new(set("/pages/6/fields", json!(["note"]))),
            "pages.6.fields: the fields of a page belong to its group, all of them or none",
        ),
        (
            Box::new(set("/pages/6/group", json!("people"))),
            "pages.6.group: the form has no group \"people\"",
        ),
        (Box::new(set("/pages/1/id", json!("role"))), "pages.1: \"role\" is there twice"),
        (Box::new(set("/pages/1/id", json!("check"))), "pages.1.id: \"check\" is there twice"),
        (
            Box::new(set("/pages/0/show_if", json!("answered(note)"))),
            "pages.0.show_if: \"note\" is asked later than it is needed here",
        ),
        (
            Box::new(set("/pages/0/show_if", json!("role == 'self'"))),
            "pages.0.show_if: \"role\" is asked later than it is needed here",
        ),
        (
            Box::new(set("/pages/1/show_if", json!("total > 1"))),
            "pages.1.show_if: \"total\" is asked later than it is needed here",
        ),
        (
            Box::new(set("/pages/9/show_if", json!("owner_name"))),
            "pages.9.show_if: must be a condition",
        ),
        (
            Box::new(set("/pages/9/show_if", json!("nobody > 1"))),
            "pages.9.show_if: the form has no field \"nobody\"",
        ),
        (Box::new(set("/schema/type", json!("array"))), "schema.type: must be \"object\""),
        (
            Box::new(set("/schema/required", json!(["nobody"]))),
            "schema.required: the form has no field \"nobody\"",
        ),
        (
            Box::new(set("/schema/properties/note/type", json!("null"))),
            "schema.properties.note.type: must be a type a person can answer",
        ),
        (
            Box::new(set("/schema/properties/note/format", json!("uri"))),
            "schema.properties.note.format: unknown format \"uri\"",
        ),
        (
            Box::new(set("/schema/properties/note/allOf", json!([]))),
            "schema.properties.note: this keyword has no meaning for the type: \"allOf\"",
        ),
        (
            Box::new(set("/schema/properties/note/minLength", json!(99))),
            "schema.properties.note: the smallest allowed is greater than the largest",
        ),
        (
            Box::new(set("/schema/properties/role/enum", json!([]))),
            "schema.properties.role.enum: must be a list of choices",
        ),
        (
            Box::new(set("/schema/properties/members/minItems", json!(4))),
            "schema.properties.members: the smallest allowed is greater than the largest",
        ),
        (
            Box::new(set("/schema/properties/sure/const", json!(false))),
            "schema.properties.sure.const: must be true",
        ),
        (
            Box::new(set("/layout/nobody", json!({}))),
            "layout.nobody: the form has no field \"nobody\"",
        ),
        (
            Box::new(set("/layout/owner_name/kind", json!("money"))),
            "layout.owner_name.kind: must be a look this field can have",
        ),
        (
            Box::new(set("/layout/owner_name/autocomplete", json!("shoe"))),
            "layout.owner_name.autocomplete: must be a name that HTML knows",
        ),
        (
            Box::new(remove("/files/paper")),
            "files.paper: a file field needs its rule under \"files\"",
        ),
        (
            Box::new(set("/files/note", json!({ "component": "K", "accept": ["image/png"] }))),
            "files.note: only a file field has a rule under \"files\"",
        ),
        (
            Box::new(set("/files/paper/accept", json!(["text/html"]))),
            "files.paper.accept: nobody can give this kind of file: \"text/html\"",
        ),
        (
            Box::new(set("/calculated/0/name", json!("note"))),
            "calculated.0: \"note\" is there twice",
        ),
        (
            Box::new(set("/calculated/0/value", json!("kind"))),
            "calculated.0.value: the form has no field \"kind\"",
        ),
        (
            Box::new(set("/calculated/1/kind", json!("money"))),
            "calculated.1.kind: must be \"money\", of a number",
        ),
        (
            Box::new(set("/checks/0/must", json!("birth_date"))),
            "checks.0.must: must be a condition",
        ),
        (
            Box::new(set("/checks/0/must", json!("answered(note)"))),
            "checks.0.must: \"note\" is asked later than it is needed here",
        ),
        (
            Box::new(set("/checks/0/field", json!("nobody"))),
            "checks.0.field: the form has no field \"nobody\"",
        ),
        (
            Box::new(set("/prefill/0/from", json!("shoe_size"))),
            "prefill.0.from: the account has no attribute \"shoe_size\"",
        ),
        (
            Box::new(set("/prefill/0/from", json!("email"))),
            "prefill.0.from: the attribute does not fit the kind of the field",
        ),
        (
            Box::new(set("/prefill/0/when", json!("answered(home)"))),
            "prefill.0.when: \"home\" is asked later than it is needed here",
        ),
        (Box::new(remove("/words/en")), "words: \"en\" is missing"),
        (Box::new(remove("/words/en/title")), "words.en: \"title\" is missing"),
        (Box::new(remove("/words/en/sections/owner")), "words.en.sections: no words for owner"),
        (Box::new(remove("/words/vi/fields/note")), "words.vi.fields: no words for note"),
        (
            Box::new(remove("/words/vi/fields/role/choices/self")),
            "words.vi.fields.role.choices: no words for self",
        ),
        (
            Box::new(remove("/words/en/fields/owner_name/hint")),
            "words.en.fields.owner_name.hint: no words for fields.owner_name.hint",
        ),
        (
            Box::new(remove("/words/en/fields/birth_date/errors/born")),
            "words.en.fields.birth_date.errors: no words for born",
        ),
        (
            Box::new(set("/words/vi/fields/birth_date/errors/odd", json!("?"))),
            "words.vi.fields.birth_date.errors: words for \"odd\", which the form does not have",
        ),
        (
            Box::new(set("/words/vi/fields/nobody", json!({ "label": "?" }))),
            "words.vi.fields: words for \"nobody\", which the form does not have",
        ),
        (Box::new(remove("/words/vi/pages/name")), "words.vi.pages.name: no words for heading"),
        (Box::new(remove("/words/en/pages/minor/text")), "words.en.pages.minor: no words for text"),
        (
            Box::new(remove("/words/vi/groups/members/more")),
            "words.vi.groups.members: \"more\" is missing",
        ),
        (Box::new(remove("/words/en/calculated/total")), "words.en.calculated: no words for total"),
    ];
    for (change, wanted) in table {
        let faults = faults_after(change);
        assert!(faults.iter().any(|fault| fault == wanted), "wanted {wanted:?}, found {faults:#?}");
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
