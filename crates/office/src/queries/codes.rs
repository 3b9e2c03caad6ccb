//! What a code of an agency means before anything is sent to it: the address book is the
//! catalogue of organisations.
//!
//! Law: QĐ 20/2020/QĐ-TTg

use jiff::civil::Date;
use organisations::Unit;
use organisations::queries::{self, Filter, Meaning};
use platform::store::{StoreError, Tx};

use crate::recipient::{Heir, Standing};

const FOUND_MAX: i64 = 20;

/// The code, as the catalogue writes it, and the name of its agency.
pub(crate) fn named(
    tx: &mut Tx,
    typed: &str,
    today: Date,
) -> Result<(String, String, Standing), StoreError> {
    let typed = typed.trim();
    match queries::meaning(tx, typed)? {
        Meaning::Current(unit) | Meaning::Former(unit) => {
            let standing = standing(tx, &unit, today)?;
            Ok((unit.code.as_str().to_owned(), unit.name.as_str().to_owned(), standing))
        }
        _ => Ok((typed.to_owned(), typed.to_owned(), Standing::Unknown)),
    }
}

fn standing(tx: &mut Tx, unit: &Unit, today: Date) -> Result<Standing, StoreError> {
    if unit.is_in_force(today) {
        return Ok(Standing::Fine);
    }
    let heirs = queries::successors(tx, unit.id, today)?;
    let heir = |one: queries::HeirUnit| Heir {
        code: one.unit.code.as_str().to_owned(),
        name: one.unit.name.as_str().to_owned(),
    };
    Ok(Standing::Closed(heirs.into_iter().map(heir).collect()))
}

/// Agencies by words of their name, or by their code.
pub(crate) fn search(tx: &mut Tx, words: &str, today: Date) -> Result<Vec<Unit>, StoreError> {
    if words.trim().is_empty() {
        return Ok(Vec::new());
    }
    let slice = queries::search(tx, words, &Filter::default(), None, (today, FOUND_MAX))?;
    Ok(slice.units)
}
