//! Agencies found in the address book: the search and the form under it, on every page that has
//! them.

use jiff::civil::Date;
use platform::store::{StoreError, Tx};
use platform::words::Speech;

use crate::queries::codes;
use crate::recipient::{Heir, Standing};

pub(crate) struct Found {
    pub code: String,
    pub name: String,
    /// The unit right above; empty: none.
    pub above: String,
    pub warning: Option<String>,
}

pub(crate) fn found(
    tx: &mut Tx,
    speech: &Speech,
    (words, today): (&str, Date),
) -> Result<Vec<Found>, StoreError> {
    let mut found = Vec::new();
    for unit in codes::search(tx, words, today)? {
        let (code, name, standing) = codes::named(tx, unit.code.as_str(), today)?;
        let path = organisations::queries::path_names(tx, unit.id)?;
        let above = path.iter().rev().nth(1).cloned().unwrap_or_default();
        let warning = warning(speech, (&name, &standing));
        found.push(Found { code, name, above, warning });
    }
    Ok(found)
}

/// What somebody should know before they send there.
pub(crate) fn warning(speech: &Speech, (name, standing): (&str, &Standing)) -> Option<String> {
    let told = |word: &str, heirs: String| {
        Some(speech.with(word, &[("name", name.into()), ("heirs", heirs.into())]))
    };
    match standing {
        Standing::Fine => None,
        Standing::Unknown => told("office-code-unknown", String::new()),
        Standing::Closed(heirs) if heirs.is_empty() => told("office-code-closed", String::new()),
        Standing::Closed(heirs) => {
            let one = |heir: &Heir| format!("{} ({})", heir.name, heir.code);
            told("office-code-succeeded", heirs.iter().map(one).collect::<Vec<_>>().join("; "))
        }
    }
}
