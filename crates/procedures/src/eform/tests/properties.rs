//! Whatever people type and whatever a document holds: nothing panics, nothing is lost.

use proptest::prelude::*;
use serde_json::Value;

use super::support::{HOUSEHOLD, around, filled, household, places, posted, speech, today};
use crate::eform::expression::{Expression, Facts, Names, Sort, Type};
use crate::eform::{Answers, Definition, Flow, Step};
use platform::words::Locale;

/// Texts as people type them, and as attackers do.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("yes".to_owned()),
        Just("no".to_owned()),
        Just("self".to_owned()),
        Just("child".to_owned()),
        Just("01".to_owned()),
        Just("00004".to_owned()),
        "[0-9]{1,13}",
        "[1-9][0-9]{0,2}(\\.[0-9]{3}){0,4}",
        "(19|20)[0-9]{2}",
        "[a-zđàáảãạ ]{0,40}",
        any::<String>(),
    ]
}

/// A page and what is posted to it.
fn post() -> impl Strategy<Value = (usize, Vec<String>)> {
    (0_usize..14, prop::collection::vec(typed(), 8))
}

/// Every input a step has, in order.
fn inputs(form: &Definition, step: Step) -> Vec<String> {
    let page = &form.pages()[step.page().unwrap()];
    let mut names: Vec<String> = page
        .fields
        .iter()
        .map(|field| &form.fields()[*field])
        .flat_map(|field| field.inputs(&field.path(form.groups(), step.item())))
        .collect();
    names.push("members.more".to_owned());
    names
}

fn walk(form: &Definition, posts: &[(usize, Vec<String>)]) -> Answers {
    let places = places();
    let mut answers = Answers::default();
    for (number, texts) in posts {
        let flow = Flow::new(form, &answers, around(&places));
        let step = flow.steps()[number % flow.steps().len()];
        let pairs: Vec<(String, String)> =
            inputs(form, step).into_iter().zip(texts.iter().cloned()).collect();
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        answers.take(form, step, &posted(&pairs));
    }
    answers
}

proptest! {
    #[test]
    fn no_answer_makes_a_form_panic(posts in prop::collection::vec(post(), 0..12)) {
        let (form, places) = (household(), places());
        let answers = walk(&form, &posts);
        let flow = Flow::new(&form, &answers, around(&places));
        for locale in Locale::ALL {
            let speech = speech(locale);
            for step in flow.steps() {
                prop_assert!(flow.shape(*step, &speech, true).is_some());
            }
            for fault in flow.faults() {
                let sentence = fault.sentence(&form, &speech);
                let told = !sentence.is_empty() && !sentence.contains("procedures-");
                prop_assert!(told, "{sentence}");
            }
            flow.summary(&speech);
            flow.tasks(locale);
        }
        prop_assert_eq!(flow.is_ready(), flow.first_open().is_none() && flow.stop().is_none());
    }

    #[test]
    fn a_ready_form_hands_in_what_answers_it_again(posts in prop::collection::vec(post(), 0..12)) {
        let (form, places) = (household(), places());
        let answers = walk(&form, &posts);
        let flow = Flow::new(&form, &answers, around(&places));
        let document = flow.submission()["answers"].clone();
        let back = Answers::from_document(&form, &document);
        let again = Flow::new(&form, &back, around(&places));
        prop_assert_eq!(&again.submission()["answers"], &document);
    }

    #[test]
    fn branching_never_loses_an_answer(posts in prop::collection::vec(post(), 1..8)) {
        let form = household();
        let before = filled(&form);
        let mut answers = before.clone();
        // Only pages of the first section, which decide what else is asked.
        for (number, texts) in &posts {
            let step = Step::Page(number % 2 * 3);
            let names = inputs(&form, step);
            let pairs: Vec<(&str, &str)> =
                names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
            answers.take(&form, step, &posted(&pairs));
        }
        for (path, text) in before.texts() {
            if !path.starts_with("role") && !path.starts_with("birth_date") {
                prop_assert_eq!(answers.get(path), text, "{}", path);
            }
        }
    }

    #[test]
    fn next_and_previous_stay_on_the_route_and_end(posts in prop::collection::vec(post(), 0..12)) {
        let (form, places) = (household(), places());
        let answers = walk(&form, &posts);
        let flow = Flow::new(&form, &answers, around(&places));
        let mut at = flow.steps()[0];
        let mut seen = 0;
        while at != Step::Check && seen < 50 {
            let next = flow.next(at);
            prop_assert!(flow.has(next));
            let asks_for_more = matches!((at, next), (Step::List(_), Step::Item(..)));
            if asks_for_more {
                break;
            }
            at = next;
            seen += 1;
        }
        prop_assert!(seen < 50);
        let mut at = Some(Step::Check);
        let mut seen = 0;
        while let Some(step) = at {
            at = flow.previous(step);
            seen += 1;
            prop_assert!(seen < 50);
        }
    }

    #[test]
    fn no_text_makes_the_expression_parser_panic(
        text in prop_oneof![
            any::<String>(),
            "[a-z0-9_.'()=<>!, +*\\[\\]-]{0,80}",
            "(age|sum|count|if|concat|not|role|\\(|\\)|,| |'x'|1|<|==|and){0,30}",
        ]
    ) {
        let mut names = Names::default();
        names.add("role", Sort::One(Type::Text));
        names.add("members", Sort::Many);
        names.add("members.capital", Sort::Column(Type::Number));
        if let Ok(expression) = Expression::parse(&text, &names) {
            expression.value(&Facts::on(today()));
        }
    }

    #[test]
    fn no_broken_document_makes_the_parser_panic(
        wounds in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..7), 1..5)
    ) {
        let mut document: Value = serde_json::from_str(HOUSEHOLD).unwrap();
        for (place, kind) in wounds {
            let mut pointers = Vec::new();
            collect(&document, String::new(), &mut pointers);
            wound(&mut document, &pointers[place.index(pointers.len())], kind);
        }
        match Definition::from_value(document) {
            Ok(form) => prop_assert!(!form.pages().is_empty()),
            Err(faults) => prop_assert!(!faults.0.is_empty()),
        }
    }

    #[test]
    fn no_json_makes_the_parser_panic(document in json_value()) {
        let faults = Definition::from_value(document).err().map(|faults| faults.0.len());
        prop_assert!(faults.is_some_and(|count| count > 0));
    }
}

fn collect(value: &Value, at: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                collect(inner, format!("{at}/{key}"), pointers);
            }
        }
        Value::Array(items) => {
            for (number, inner) in items.iter().enumerate() {
                collect(inner, format!("{at}/{number}"), pointers);
            }
        }
        _ => {}
    }
    pointers.push(at);
}

fn wound(document: &mut Value, pointer: &str, kind: u8) {
    let Some(value) = document.pointer_mut(pointer) else { return };
    let old = value.take();
    *value = match kind {
        0 => Value::Null,
        1 => Value::from(-7),
        2 => Value::from("role == "),
        3 => Value::Array(vec![old.clone(), old]),
        4 => Value::Object(serde_json::Map::new()),
        5 => Value::from("string"),
        _ => Value::Bool(true),
    };
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map(
                prop::sample::select(vec!["form", "schema", "pages", "words", "type", "x"]),
                inner,
                0..5,
            )
            .prop_map(|map| map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}
