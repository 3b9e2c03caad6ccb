//! What a procedure costs. A fee without an amount is one that only its words explain: it is
//! never shown as free, and 0 means free of charge.
//!
//! Law: Luật Phí và lệ phí 97/2015/QH13 art. 3

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    pub kind: FeeKind,
    /// In whole đồng where `currency` is đồng; else in whole units of that currency.
    #[serde(default)]
    pub amount: Option<Vnd>,
    #[serde(default, skip_serializing_if = "Currency::is_dong")]
    pub currency: Currency,
    /// The words beside the amount: for whom, for what, by which text it is set.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// Phí pays for a service and follows its cost; lệ phí is a fixed charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// Phí.
    Service,
    /// Lệ phí.
    Charge,
    /// The source does not say which of the two.
    Unsaid,
}

/// Whole đồng: there is no smaller coin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Vnd(pub i64);

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    #[default]
    Vnd,
    Usd,
    Eur,
}

impl Currency {
    fn is_dong(&self) -> bool {
        *self == Currency::Vnd
    }
}

impl Fee {
    pub fn free() -> Fee {
        Fee { amount: Some(Vnd(0)), ..Fee::told("") }
    }

    /// No amount, only words.
    pub fn told(text: impl Into<String>) -> Fee {
        Fee {
            kind: FeeKind::Unsaid,
            amount: None,
            currency: Currency::default(),
            text: text.into(),
        }
    }

    /// Free, and no words that say otherwise.
    pub fn is_free(&self) -> bool {
        self.amount == Some(Vnd(0)) && self.text.is_empty()
    }
}
