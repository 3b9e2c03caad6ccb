//! A sender or a recipient: a unit of the catalogue by whatever code, or a code nobody knows yet.

use jiff::civil::Date;
use organisations::queries::{self as catalogue, Brief};
use organisations::{Code, Standing, unit_standing};
use platform::store::{StoreError, Tx};
use uuid::Uuid;

/// The longest code that is kept. What is longer is nobody's.
const CODE_LETTERS_MAX: usize = 100;

#[derive(Debug, Clone)]
pub struct Party {
    /// As it was written.
    pub code: String,
    /// The same for every code that means one unit: duplicates are found by it.
    pub key: String,
    pub unit: Option<Brief>,
}

pub fn of(tx: &mut Tx, code: &str) -> Result<Party, StoreError> {
    // Nothing that a database or a page could not show.
    let letters = code.trim().chars().filter(|letter| !letter.is_control());
    let code: String = letters.take(CODE_LETTERS_MAX).collect();
    let unit = catalogue::brief_by_code(tx, &code)?;
    let key = match &unit {
        Some(unit) => unit.id.to_string(),
        None => Code::receive(&code).map_or_else(|_| code.clone(), |code| code.key()),
    };
    Ok(Party { code, key, unit })
}

impl Party {
    pub fn id(&self) -> Option<Uuid> {
        self.unit.as_ref().map(|unit| unit.id.0)
    }

    pub fn name(&self) -> &str {
        self.unit.as_ref().map_or("", |unit| unit.name.as_str())
    }

    /// Its work is with others, or nobody's, on this day.
    pub fn is_closed(&self, on: Date) -> bool {
        self.unit.as_ref().is_some_and(|unit| {
            unit_standing(unit.valid_from, unit.valid_to, on) == Standing::Closed
        })
    }
}
