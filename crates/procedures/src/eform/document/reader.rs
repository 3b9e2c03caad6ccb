//! Walks a JSON document and notes every fault with its place, instead of stopping at the first.

use serde_json::{Map, Value};

use crate::eform::expression::{Expression, Names};
use crate::eform::fault::{DefinitionFault, DefinitionFaultKind as Fault};

#[derive(Default)]
pub struct Reader {
    pub faults: Vec<DefinitionFault>,
}

/// An object of the document and where it stands.
pub struct Place<'v> {
    pub at: String,
    pub map: &'v Map<String, Value>,
}

impl Reader {
    pub fn note(&mut self, at: impl Into<String>, fault: Fault) {
        self.faults.push(DefinitionFault::new(at, fault));
    }

    /// An object with none but these keys.
    pub fn object<'v>(&mut self, at: &str, value: &'v Value, keys: &[&str]) -> Option<Place<'v>> {
        let place = self.any_object(at, value)?;
        for key in place.map.keys().filter(|key| !keys.contains(&key.as_str())) {
            self.note(at, Fault::UnknownKey(key.clone()));
        }
        Some(place)
    }

    /// An object whose keys are names of the form.
    pub fn any_object<'v>(&mut self, at: &str, value: &'v Value) -> Option<Place<'v>> {
        match value.as_object() {
            Some(map) => Some(Place { at: at.to_owned(), map }),
            None => {
                self.note(at, Fault::WrongShape("an object"));
                None
            }
        }
    }

    pub fn text(&mut self, place: &Place<'_>, key: &'static str) -> Option<String> {
        let text = self.text_if_any(place, key);
        if !place.map.contains_key(key) {
            self.note(&place.at, Fault::Missing(key));
        }
        text
    }

    pub fn text_if_any(&mut self, place: &Place<'_>, key: &str) -> Option<String> {
        match place.map.get(key)? {
            Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => {
                self.note(place.under(key), Fault::WrongShape("a text that is not empty"));
                None
            }
        }
    }

    pub fn number_if_any(&mut self, place: &Place<'_>, key: &str) -> Option<u64> {
        let value = place.map.get(key)?;
        if value.as_u64().is_none() {
            self.note(place.under(key), Fault::WrongShape("a whole number, 0 or more"));
        }
        value.as_u64()
    }

    pub fn truth(&mut self, place: &Place<'_>, key: &str) -> bool {
        match place.map.get(key) {
            None => false,
            Some(Value::Bool(truth)) => *truth,
            Some(_) => {
                self.note(place.under(key), Fault::WrongShape("true or false"));
                false
            }
        }
    }

    /// The items of a list with the place of each; an absent list is empty.
    pub fn list<'v>(&mut self, place: &Place<'v>, key: &str) -> Vec<(String, &'v Value)> {
        match place.map.get(key) {
            None => Vec::new(),
            Some(Value::Array(items)) => items
                .iter()
                .enumerate()
                .map(|(number, item)| (format!("{}.{number}", place.under(key)), item))
                .collect(),
            Some(_) => {
                self.note(place.under(key), Fault::WrongShape("a list"));
                Vec::new()
            }
        }
    }

    pub fn texts(&mut self, place: &Place<'_>, key: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for (at, item) in self.list(place, key) {
            match item.as_str() {
                Some(text) if texts.iter().any(|known| known == text) => {
                    self.note(at, Fault::Twice(text.to_owned()));
                }
                Some(text) if !text.is_empty() => texts.push(text.to_owned()),
                _ => self.note(at, Fault::WrongShape("a text that is not empty")),
            }
        }
        texts
    }

    /// A name of the form: small letters and digits, with one joining mark.
    pub fn name(&mut self, at: &str, name: &str, joint: &'static str) -> bool {
        let letters = name.chars().all(|character| {
            character.is_ascii_lowercase()
                || character.is_ascii_digit()
                || joint.contains(character)
        });
        let good = letters
            && name.len() <= 60
            && name.starts_with(|first: char| first.is_ascii_lowercase());
        if !good {
            self.note(at, Fault::BadName(name.to_owned(), joint));
        }
        good
    }

    pub fn expression(&mut self, at: &str, text: &str, names: &Names) -> Option<Expression> {
        match Expression::parse(text, names) {
            Ok(expression) => Some(expression),
            Err(fault) => {
                self.note(at, Fault::Expression(fault));
                None
            }
        }
    }

    pub fn condition(&mut self, at: &str, text: &str, names: &Names) -> Option<Expression> {
        let expression = self.expression(at, text, names)?;
        if expression.kind() == crate::eform::expression::Type::Truth {
            Some(expression)
        } else {
            self.note(at, Fault::NotACondition);
            None
        }
    }
}

impl<'v> Place<'v> {
    /// The place of a key in this object.
    pub fn under(&self, key: &str) -> String {
        if self.at.is_empty() { key.to_owned() } else { format!("{}.{key}", self.at) }
    }

    pub fn get(&self, key: &str) -> Option<&'v Value> {
        self.map.get(key)
    }
}
