//! The value of an expression over the answers there are. Total: every tree has a value.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Node, Operator};

/// A value, or nothing where the answer it needs is not there.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Nothing,
    Truth(bool),
    Number(f64),
    Text(String),
    Date(Date),
}

/// What expressions look at: the answers of the pages that are asked, and the day.
#[derive(Debug, Clone)]
pub struct Facts {
    pub today: Date,
    pub values: BTreeMap<String, Value>,
    /// For `group.field`: its value in each item.
    pub columns: BTreeMap<String, Vec<Value>>,
    /// Of groups, file fields and fields of several choices: how many.
    pub counts: BTreeMap<String, usize>,
    /// Of fields of several choices: which.
    pub chosen: BTreeMap<String, Vec<String>>,
}

impl Facts {
    pub fn on(today: Date) -> Facts {
        Facts {
            today,
            values: BTreeMap::new(),
            columns: BTreeMap::new(),
            counts: BTreeMap::new(),
            chosen: BTreeMap::new(),
        }
    }

    fn read(&self, name: &str) -> Value {
        self.values.get(name).cloned().unwrap_or(Value::Nothing)
    }

    fn answered(&self, name: &str) -> bool {
        self.counts.get(name).is_some_and(|count| *count > 0)
            || self.values.get(name).is_some_and(|value| *value != Value::Nothing)
    }

    fn sum(&self, name: &str) -> f64 {
        let column = self.columns.get(name).map_or(&[][..], Vec::as_slice);
        column
            .iter()
            .filter_map(|value| match value {
                Value::Number(number) => Some(number),
                _ => None,
            })
            .sum()
    }
}

pub fn value(node: &Node, facts: &Facts) -> Value {
    match node {
        Node::Constant(value) => value.clone(),
        Node::Today => Value::Date(facts.today),
        Node::Read(name) => facts.read(name),
        Node::Answered(name) => Value::Truth(facts.answered(name)),
        Node::Count(name) => whole(facts.counts.get(name).copied().unwrap_or(0)),
        Node::Sum(name) => finite(facts.sum(name)),
        Node::Has(name, choice) => match facts.chosen.get(name) {
            Some(chosen) => Value::Truth(chosen.contains(choice)),
            None => Value::Nothing,
        },
        Node::Not(inner) => match value(inner, facts) {
            Value::Truth(truth) => Value::Truth(!truth),
            _ => Value::Nothing,
        },
        Node::Age(birth, at) => between(value(birth, facts), value(at, facts), age),
        Node::Days(from, to) => between(value(from, facts), value(to, facts), days),
        Node::Concat(parts) => {
            Value::Text(parts.iter().map(|part| written(&value(part, facts))).collect())
        }
        Node::If(condition, then, other) => match value(condition, facts) {
            Value::Truth(true) => value(then, facts),
            Value::Truth(false) => value(other, facts),
            _ => Value::Nothing,
        },
        Node::Among(inner, texts) => match value(inner, facts) {
            Value::Text(text) => Value::Truth(texts.contains(&text)),
            _ => Value::Nothing,
        },
        Node::Pair(operator, left, right) => {
            pair(*operator, value(left, facts), value(right, facts))
        }
    }
}

fn pair(operator: Operator, left: Value, right: Value) -> Value {
    match (operator, left, right) {
        // With one side known to decide, the absent other side does not matter.
        (Operator::And, Value::Truth(false), _) | (Operator::And, _, Value::Truth(false)) => {
            Value::Truth(false)
        }
        (Operator::Or, Value::Truth(true), _) | (Operator::Or, _, Value::Truth(true)) => {
            Value::Truth(true)
        }
        (_, Value::Nothing, _) | (_, _, Value::Nothing) => Value::Nothing,
        (Operator::And, _, _) => Value::Truth(true),
        (Operator::Or, _, _) => Value::Truth(false),
        (Operator::Equal, left, right) => Value::Truth(left == right),
        (Operator::Unequal, left, right) => Value::Truth(left != right),
        (operator, Value::Number(left), Value::Number(right)) => numbers(operator, left, right),
        (operator, Value::Date(left), Value::Date(right)) => ordered(operator, left.cmp(&right)),
        _ => Value::Nothing,
    }
}

fn numbers(operator: Operator, left: f64, right: f64) -> Value {
    match operator {
        Operator::Add => finite(left + right),
        Operator::Subtract => finite(left - right),
        Operator::Multiply => finite(left * right),
        _ => left.partial_cmp(&right).map_or(Value::Nothing, |order| ordered(operator, order)),
    }
}

fn ordered(operator: Operator, order: std::cmp::Ordering) -> Value {
    match operator {
        Operator::Less => Value::Truth(order.is_lt()),
        Operator::LessOrEqual => Value::Truth(order.is_le()),
        Operator::Greater => Value::Truth(order.is_gt()),
        Operator::GreaterOrEqual => Value::Truth(order.is_ge()),
        _ => Value::Nothing,
    }
}

/// Two dates to a number.
fn between(from: Value, to: Value, measure: fn(Date, Date) -> i64) -> Value {
    match (from, to) {
        (Value::Date(from), Value::Date(to)) => Value::Number(measure(from, to) as f64),
        _ => Value::Nothing,
    }
}

/// Full years: the birthday itself completes one. Born on 29 February: completed on 1 March.
fn age(birth: Date, at: Date) -> i64 {
    let had_birthday = (at.month(), at.day()) >= (birth.month(), birth.day());
    i64::from(at.year()) - i64::from(birth.year()) - i64::from(!had_birthday)
}

fn days(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

fn whole(count: usize) -> Value {
    Value::Number(count as f64)
}

fn finite(number: f64) -> Value {
    if number.is_finite() { Value::Number(number) } else { Value::Nothing }
}

fn written(value: &Value) -> String {
    match value {
        Value::Nothing => String::new(),
        Value::Truth(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Date(date) => date.to_string(),
    }
}
