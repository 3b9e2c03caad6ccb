//! What is wrong with the answers that are asked for. JSON Schema judges each value; what it
//! cannot say (nothing typed, half a date, a rule over two answers) is judged here. Each field
//! has at most one fault: the first that has to be mended.

use std::collections::BTreeMap;

use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Value};

use super::answer_fault::{AnswerFault, FaultKind};
use super::answers::Attachment;
use super::definition::Definition;
use super::field::{ADDRESS_PARTS, Field, Kind};
use super::flow::Flow;
use super::reading::{Reading, read};
use super::step::Step;

pub fn faults(flow: &Flow<'_>) -> Vec<AnswerFault> {
    let said = judged(flow.definition, &document(flow));
    let mut faults = Vec::new();
    for step in flow.steps() {
        let Some(page) = flow.page(*step) else { continue };
        match (step, flow.group_of(page)) {
            (Step::List(_), Some(_)) => faults.extend(list_fault(flow, *step)),
            _ => faults.extend(
                page.fields.iter().filter_map(|field| field_fault(flow, *step, *field, &said)),
            ),
        }
    }
    faults
}

/// The typed values of everything asked, as one JSON document.
pub fn document(flow: &Flow<'_>) -> Value {
    let groups = flow.definition.groups();
    let mut document = Map::new();
    for step in flow.steps() {
        let Some(page) = flow.page(*step) else { continue };
        let fields = page.fields.iter().filter_map(|field| flow.definition.fields().get(*field));
        let values = fields.filter_map(|field| {
            match read(field, &field.path(groups, step.item()), flow.answers) {
                Reading::Value(value) => Some((field.name.clone(), value)),
                _ => None,
            }
        });
        match (step, flow.group_of(page)) {
            (Step::List(_), Some(group)) => {
                document.entry(group.name.clone()).or_insert_with(|| Value::Array(Vec::new()));
            }
            (Step::Item(..), Some(group)) => {
                let items =
                    document.entry(group.name.clone()).or_insert_with(|| Value::Array(Vec::new()));
                put_into_item(items, step.item(), values);
            }
            _ => document.extend(values),
        }
    }
    Value::Object(document)
}

/// An item may be asked on several pages; its values come together.
fn put_into_item(
    items: &mut Value,
    item: Option<usize>,
    values: impl Iterator<Item = (String, Value)>,
) {
    let (Value::Array(items), Some(item)) = (items, item) else { return };
    while items.len() <= item {
        items.push(Value::Object(Map::new()));
    }
    if let Some(Value::Object(known)) = items.get_mut(item) {
        known.extend(values);
    }
}

/// What JSON Schema says, by the path of the answer.
fn judged(definition: &Definition, document: &Value) -> BTreeMap<String, FaultKind> {
    let mut said = BTreeMap::new();
    for error in definition.validator().iter_errors(document) {
        let pointer = error.instance_path().to_string();
        let path = pointer.trim_start_matches('/').replace('/', ".");
        if let Some(kind) = kind(error.kind()) {
            said.entry(path).or_insert(kind);
        }
    }
    said
}

fn kind(kind: &ValidationErrorKind) -> Option<FaultKind> {
    let number = |limit: &Value| limit.as_f64().unwrap_or_default();
    Some(match kind {
        ValidationErrorKind::MinLength { limit } => FaultKind::TooShort(*limit),
        ValidationErrorKind::MaxLength { limit } => FaultKind::TooLong(*limit),
        ValidationErrorKind::Minimum { limit } => FaultKind::TooSmall(number(limit)),
        ValidationErrorKind::Maximum { limit } => FaultKind::TooLarge(number(limit)),
        ValidationErrorKind::Format { .. } => FaultKind::Format,
        ValidationErrorKind::Enum { .. } | ValidationErrorKind::Type { .. } => {
            FaultKind::NotAChoice
        }
        // A declaration that is said "no" to is not made.
        ValidationErrorKind::Constant { .. } => FaultKind::Required,
        // The number of items is judged with the question for another.
        ValidationErrorKind::MinItems { .. } | ValidationErrorKind::MaxItems { .. } => return None,
        _ => FaultKind::Pattern,
    })
}

fn field_fault(
    flow: &Flow<'_>,
    step: Step,
    number: usize,
    said: &BTreeMap<String, FaultKind>,
) -> Option<AnswerFault> {
    let field = flow.definition.fields().get(number)?;
    let path = field.path(flow.definition.groups(), step.item());
    let fault = |kind, part: Option<&str>| AnswerFault {
        step,
        field: Some(number),
        input: input(field, &path, part),
        kind,
    };
    match read(field, &path, flow.answers) {
        Reading::Absent if field.required => Some(fault(FaultKind::Required, None)),
        Reading::Absent => None,
        Reading::Unreadable(kind, part) => Some(fault(kind, part)),
        Reading::Value(value) => value_fault(flow, field, &path, &value, said)
            .or_else(|| broken_check(flow, step, number).map(|kind| (kind, None)))
            .map(|(kind, part)| fault(kind, part)),
    }
}

type At = (FaultKind, Option<&'static str>);

fn value_fault(
    flow: &Flow<'_>,
    field: &Field,
    path: &str,
    value: &Value,
    said: &BTreeMap<String, FaultKind>,
) -> Option<At> {
    match field.kind {
        Kind::Files => file_fault(field, &flow.answers.attachments(path)).map(|it| (it, None)),
        Kind::Address => address_fault(flow, path, value, said),
        Kind::Choices => choices_fault(field, path, (value, said)).map(|it| (it, None)),
        _ => said.get(path).map(|kind| (kind.clone(), None)),
    }
}

fn address_fault(
    flow: &Flow<'_>,
    path: &str,
    value: &Value,
    said: &BTreeMap<String, FaultKind>,
) -> Option<At> {
    if let Some(kind) = said.get(&format!("{path}.street")) {
        return Some((kind.clone(), Some("street")));
    }
    let part = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or("");
    let malformed =
        ["province", "commune"].iter().any(|part| said.contains_key(&format!("{path}.{part}")));
    let known = flow.surroundings.places.has(part("province"), part("commune"));
    (malformed || !known).then_some((FaultKind::UnknownPlace, Some("commune")))
}

/// The schema knows the choices; how many, and which stands alone, is judged here.
fn choices_fault(
    field: &Field,
    path: &str,
    (value, said): (&Value, &BTreeMap<String, FaultKind>),
) -> Option<FaultKind> {
    let chosen: Vec<&str> = value.as_array()?.iter().filter_map(Value::as_str).collect();
    let inside = format!("{path}.");
    if said.keys().any(|at| at == path || at.starts_with(&inside)) {
        return Some(FaultKind::NotAChoice);
    }
    let alone = field.layout.alone.as_deref().filter(|alone| chosen.contains(alone));
    match (alone, chosen.len()) {
        (Some(_), 1) => None,
        (Some(alone), _) => Some(FaultKind::NotAlone(alone.to_owned())),
        (None, count) if count < field.bounds.choices_min => {
            Some(FaultKind::TooFewChoices(field.bounds.choices_min))
        }
        (None, count) => {
            let most = field.bounds.choices_max.filter(|most| count > *most)?;
            Some(FaultKind::TooManyChoices(most))
        }
    }
}

/// The door of uploads checks the same; an answer may also come from a machine.
fn file_fault(field: &Field, attachments: &[Attachment]) -> Option<FaultKind> {
    let rule = field.file.as_ref()?;
    if attachments.len() > rule.files_max {
        return Some(FaultKind::TooManyFiles(rule.files_max));
    }
    attachments.iter().find_map(|file| {
        if !rule.accept.contains(&file.media) {
            Some(FaultKind::FileMedia(file.name.clone()))
        } else if file.size_bytes > rule.bytes_max {
            Some(FaultKind::FileSize(file.name.clone(), rule.bytes_max))
        } else {
            None
        }
    })
}

fn broken_check(flow: &Flow<'_>, step: Step, field: usize) -> Option<FaultKind> {
    let checks = flow.definition.checks().iter().filter(|check| check.field == field);
    let group = flow.definition.fields().get(field).and_then(|field| field.group);
    for check in checks {
        let broken = match (group, step.item()) {
            (Some(group), Some(item)) => check.must.is_broken(&flow.facts_in_item(group, item)),
            _ => check.must.is_broken(&flow.facts),
        };
        if broken {
            return Some(FaultKind::Broken(check.name.clone()));
        }
    }
    None
}

fn list_fault(flow: &Flow<'_>, step: Step) -> Option<AnswerFault> {
    let group = flow.group_of(flow.page(step)?)?;
    let items = flow.answers.items(group);
    let kind = match flow.answers.more(group) {
        // "Yes" leads to the new item; until that is filled in, the list is only not done.
        Some(true) => None,
        _ if items >= group.items_max => None,
        None => Some(FaultKind::MoreUnsaid),
        Some(false) if items < group.items_min => Some(FaultKind::TooFewItems(group.items_min)),
        Some(false) => None,
    }?;
    let input = super::answers::more_path(group);
    Some(AnswerFault { step, field: None, input, kind })
}

/// The input a fault stands at. A date is one group of inputs, the parts of an address are three.
fn input(field: &Field, path: &str, part: Option<&str>) -> String {
    match (field.kind, part) {
        (Kind::Address, part) => format!("{path}-{}", part.unwrap_or(ADDRESS_PARTS[0])),
        _ => path.to_owned(),
    }
}
