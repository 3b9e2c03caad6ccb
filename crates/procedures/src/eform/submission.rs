//! The answers for machines: typed JSON of everything asked, and back into answers.

use serde_json::{Map, Value, json};

use super::answers::Answers;
use super::check;
use super::definition::Definition;
use super::expression;
use super::flow::Flow;
use super::reading;

impl Flow<'_> {
    /// What is handed in: which form, the typed answers of the pages that were asked, and what
    /// the form worked out. Answers of pages no longer asked are not in it.
    pub fn submission(&self) -> Value {
        let calculated: Map<String, Value> = self
            .definition
            .calculated()
            .iter()
            .filter_map(|calculated| {
                let value = plain(calculated.value.value(&self.facts))?;
                Some((calculated.name.clone(), value))
            })
            .collect();
        json!({
            "form": self.definition.name(),
            "version": self.definition.version(),
            "hash": self.definition.hash(),
            "answers": check::document(self),
            "calculated": calculated,
        })
    }
}

impl Answers {
    /// Answers from the typed JSON of [`Flow::submission`] (its `answers`). Names the form does
    /// not have are ignored; values of a wrong shape become wrong answers, told as such.
    pub fn from_document(definition: &Definition, document: &Value) -> Answers {
        let mut answers = Answers::default();
        let groups = definition.groups();
        for field in definition.fields().iter().filter(|field| field.group.is_none()) {
            match document.get(&field.name) {
                Some(Value::Null) | None => {}
                Some(value) => reading::write(field, &field.name, value, &mut answers),
            }
        }
        for (number, group) in groups.iter().enumerate() {
            let Some(items) = document.get(&group.name).and_then(Value::as_array) else { continue };
            answers.grow(group, items.len());
            answers.set(&super::answers::more_path(group), super::answers::NO);
            for (item, values) in items.iter().take(group.items_max).enumerate() {
                for field in definition.fields().iter().filter(|it| it.group == Some(number)) {
                    if let Some(value) = values.get(&field.name).filter(|it| !it.is_null()) {
                        let path = field.path(groups, Some(item));
                        reading::write(field, &path, value, &mut answers);
                    }
                }
            }
        }
        answers
    }
}

fn plain(value: expression::Value) -> Option<Value> {
    match value {
        expression::Value::Nothing => None,
        expression::Value::Truth(truth) => Some(json!(truth)),
        // Whole numbers without a decimal point, as the schema's integers are.
        expression::Value::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            Some(json!(number as i64))
        }
        expression::Value::Number(number) => Some(json!(number)),
        expression::Value::Text(text) => Some(json!(text)),
        expression::Value::Date(date) => Some(json!(date.to_string())),
    }
}
