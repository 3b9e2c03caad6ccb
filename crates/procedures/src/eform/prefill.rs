//! What the State knows about who applies is filled in, not asked.
//!
//! Law: NĐ 104/2022/NĐ-CP art. 14

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::json;

use super::answers::Answers;
use super::definition::{Attribute, Definition};
use super::flow::{Flow, Surroundings};
use super::reading;

/// What the account says: proved by its identity, or told by the person once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Account(BTreeMap<Attribute, Known>);

#[derive(Debug, Clone, PartialEq)]
pub enum Known {
    Text(String),
    Date(Date),
    Address { province: String, commune: String, street: String },
}

impl Account {
    pub fn with(mut self, attribute: Attribute, known: Known) -> Account {
        self.0.insert(attribute, known);
        self
    }

    pub fn with_text(self, attribute: Attribute, text: impl Into<String>) -> Account {
        self.with(attribute, Known::Text(text.into()))
    }
}

impl Answers {
    /// Brings the answers in line with the account: fills what is not answered and now applies,
    /// takes back what no longer applies. What a person typed stays, except in locked fields.
    /// Called at the start and after each step that was answered.
    pub fn prefill(
        &mut self,
        definition: &Definition,
        account: &Account,
        surroundings: Surroundings<'_>,
    ) {
        for rule in definition.prefill() {
            let Some(field) = definition.fields().get(rule.field) else { continue };
            let applies = rule.when.as_ref().is_none_or(|condition| {
                condition.holds(&Flow::new(definition, self, surroundings).facts)
            });
            let inputs = field.inputs(&field.name);
            let known = account.0.get(&rule.from).filter(|_| applies);
            match known {
                // Another rule may fill the same field for another case: only its own is undone.
                None if !applies_elsewhere(definition, rule.field, self, surroundings) => {
                    inputs.iter().for_each(|input| self.forget_known(input));
                }
                None => {}
                Some(known) => {
                    let typed = inputs.iter().any(|it| self.has(it) && !self.is_known(it));
                    if rule.locked || !typed {
                        let mut written = Answers::default();
                        reading::write(field, &field.name, &known.value(), &mut written);
                        for (path, text) in written.texts() {
                            self.set_known(path, text);
                        }
                    }
                }
            }
        }
    }
}

fn applies_elsewhere(
    definition: &Definition,
    field: usize,
    answers: &Answers,
    surroundings: Surroundings<'_>,
) -> bool {
    let flow = Flow::new(definition, answers, surroundings);
    definition
        .prefill()
        .iter()
        .filter(|rule| rule.field == field)
        .any(|rule| rule.when.as_ref().is_none_or(|condition| condition.holds(&flow.facts)))
}

impl Known {
    fn value(&self) -> serde_json::Value {
        match self {
            Known::Text(text) => json!(text),
            Known::Date(date) => json!(date.to_string()),
            Known::Address { province, commune, street } => {
                json!({ "province": province, "commune": commune, "street": street })
            }
        }
    }
}
