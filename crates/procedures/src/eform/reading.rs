//! From text as typed to a value: what JSON Schema checks, what expressions see, what is handed
//! in. And back, so that a machine can hand in answers as a person does.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::answer_fault::FaultKind;
use super::answers::{Answers, NO, YES, chosen_text};
use super::expression;
use super::field::{ADDRESS_PARTS, Field, Kind};
use super::normalise;

/// What the texts at a path amount to.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// Nothing but spaces was typed.
    Absent,
    Value(Value),
    /// Typed, but it has no value: why, and at which of its inputs.
    Unreadable(FaultKind, Option<&'static str>),
}

pub fn read(field: &Field, path: &str, answers: &Answers) -> Reading {
    match field.kind {
        Kind::Date => date(path, answers, false),
        Kind::PartialDate => date(path, answers, true),
        Kind::Address => address(path, answers),
        Kind::Files => files(path, answers),
        Kind::Choices => choices(field, path, answers),
        _ => one_box(field, answers.get(path)),
    }
}

fn one_box(field: &Field, typed: &str) -> Reading {
    let text = normalise::text(field.kind, field.layout.textarea, typed);
    if text.is_empty() {
        return Reading::Absent;
    }
    match field.kind {
        Kind::Integer | Kind::Number => number(field.kind, &text),
        Kind::YesNo | Kind::Tick => match text.as_str() {
            YES => Reading::Value(Value::Bool(true)),
            NO => Reading::Value(Value::Bool(false)),
            _ => Reading::Unreadable(FaultKind::NotAChoice, None),
        },
        _ => Reading::Value(Value::String(text)),
    }
}

/// Whole numbers are exact up to 2⁵³, far above any sum of money.
fn number(kind: Kind, text: &str) -> Reading {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match (kind, normalise::number(text)) {
        (_, None) => Reading::Unreadable(FaultKind::NotANumber, None),
        (Kind::Integer, Some(number)) if number.fract() != 0.0 => {
            Reading::Unreadable(FaultKind::NotWhole, None)
        }
        (Kind::Integer, Some(number)) if number.abs() > EXACT => {
            Reading::Unreadable(FaultKind::NotANumber, None)
        }
        (Kind::Integer, Some(number)) => Reading::Value(json!(number as i64)),
        (_, Some(number)) => Reading::Value(json!(number)),
    }
}

fn date(path: &str, answers: &Answers, partial: bool) -> Reading {
    let part =
        |name: &str| normalise::text(Kind::Text, false, answers.get(&format!("{path}-{name}")));
    let (day, month, year) = (part("day"), part("month"), part("year"));
    let missing = |part| Reading::Unreadable(FaultKind::DateIncomplete(part), Some(part));
    match (day.is_empty(), month.is_empty(), year.is_empty()) {
        (true, true, true) => return Reading::Absent,
        (_, _, true) => return missing("year"),
        (false, true, _) => return missing("month"),
        (true, false, false) if !partial => return missing("day"),
        (true, true, false) if !partial => return missing("day"),
        _ => {}
    }
    let digits = |text: &str, most: usize| {
        text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(&day, 2) || !digits(&month, 2) {
        return Reading::Unreadable(FaultKind::DateUnreal, Some("day"));
    }
    if year.len() != 4 || !digits(&year, 4) {
        return Reading::Unreadable(FaultKind::YearDigits, Some("year"));
    }
    let or_one = |text: &str| if text.is_empty() { "1".to_owned() } else { text.to_owned() };
    match calendar_day(&year, &or_one(&month), &or_one(&day)) {
        None => Reading::Unreadable(FaultKind::DateUnreal, Some("day")),
        Some(date) if month.is_empty() => Reading::Value(json!(format!("{:04}", date.year()))),
        Some(date) if day.is_empty() => {
            Reading::Value(json!(format!("{:04}-{:02}", date.year(), date.month())))
        }
        Some(date) => Reading::Value(json!(date.to_string())),
    }
}

fn calendar_day(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        .ok()
        .filter(|date| date.year() >= 1)
}

/// Province and commune are codes; what stands before them in a letter may be absent.
fn address(path: &str, answers: &Answers) -> Reading {
    let [province, commune, street] = ADDRESS_PARTS
        .map(|part| normalise::text(Kind::Text, false, answers.get(&format!("{path}-{part}"))));
    if province.is_empty() && commune.is_empty() && street.is_empty() {
        return Reading::Absent;
    }
    if province.is_empty() {
        return Reading::Unreadable(FaultKind::ProvinceMissing, Some("province"));
    }
    if commune.is_empty() {
        return Reading::Unreadable(FaultKind::CommuneMissing, Some("commune"));
    }
    let mut value = Map::new();
    value.insert("province".to_owned(), Value::String(province));
    value.insert("commune".to_owned(), Value::String(commune));
    if !street.is_empty() {
        value.insert("street".to_owned(), Value::String(street));
    }
    Reading::Value(Value::Object(value))
}

fn files(path: &str, answers: &Answers) -> Reading {
    match answers.attachments(path) {
        none if none.is_empty() => Reading::Absent,
        // Names, sizes and hashes always have a JSON form.
        some => serde_json::to_value(some).map_or(Reading::Absent, Reading::Value),
    }
}

/// In the order of the form; what the form does not offer comes last, and is told as wrong.
fn choices(field: &Field, path: &str, answers: &Answers) -> Reading {
    let mut chosen = answers.chosen(path);
    if chosen.is_empty() {
        return Reading::Absent;
    }
    let place = |choice: &str| field.choices.iter().position(|known| known == choice);
    chosen.sort_by_key(|choice| place(choice).unwrap_or(usize::MAX));
    Reading::Value(json!(chosen))
}

/// The texts a person would have typed for a value.
pub fn write(field: &Field, path: &str, value: &Value, answers: &mut Answers) {
    match (field.kind, value) {
        (Kind::Date | Kind::PartialDate, Value::String(text)) => {
            let mut parts = text.splitn(3, '-');
            for name in ["year", "month", "day"] {
                let part = parts.next().unwrap_or("").trim_start_matches('0');
                answers.set(&format!("{path}-{name}"), &year_or_part(name, part));
            }
        }
        (Kind::Address, Value::Object(parts)) => {
            for name in ADDRESS_PARTS {
                let text = parts.get(name).and_then(Value::as_str).unwrap_or("");
                answers.set(&format!("{path}-{name}"), text);
            }
        }
        (Kind::Files, value) => {
            let attachments = serde_json::from_value::<Vec<_>>(value.clone()).unwrap_or_default();
            answers.set_attachments(path, &attachments);
        }
        (Kind::Choices, Value::Array(chosen)) => {
            answers.set(path, &chosen_text(chosen.iter().filter_map(Value::as_str)));
        }
        (Kind::YesNo | Kind::Tick, Value::Bool(truth)) => {
            answers.set(path, if *truth { YES } else { NO });
        }
        (Kind::Number, Value::Number(number)) => {
            // With a comma, or "12.500" would be read back as thousands.
            answers.set(path, &number.to_string().replace('.', ","));
        }
        (_, Value::String(text)) => answers.set(path, text),
        (_, other) => answers.set(path, &other.to_string()),
    }
}

fn year_or_part(name: &str, digits: &str) -> String {
    match name {
        "year" if !digits.is_empty() => format!("{digits:0>4}"),
        _ => digits.to_owned(),
    }
}

/// The value as expressions see it.
pub fn fact(field: &Field, value: &Value) -> expression::Value {
    match (field.kind, value) {
        (Kind::Date | Kind::PartialDate, Value::String(text)) => {
            text.parse().map_or(expression::Value::Nothing, expression::Value::Date)
        }
        (_, Value::String(text)) => expression::Value::Text(text.clone()),
        (_, Value::Bool(truth)) => expression::Value::Truth(*truth),
        (_, Value::Number(number)) => {
            number.as_f64().map_or(expression::Value::Nothing, expression::Value::Number)
        }
        _ => expression::Value::Nothing,
    }
}
