//! All SQL of this capability and the way from rows to nouns.

pub(crate) mod accounts;
pub(crate) mod bonds;
pub(crate) mod delegations;
pub(crate) mod passages;
pub(crate) mod throttles;

use platform::store::StoreError;

/// A stored word as its noun; a word the program does not know is a fault of the store.
fn read<T>(column: &str, text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
    parse(text).ok_or_else(|| StoreError::Column {
        column: column.to_owned(),
        expected: "a word of this capability",
        found: "another".to_owned(),
    })
}

fn read_opt<T>(
    column: &str,
    text: Option<&str>,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    text.map(|text| read(column, text, parse)).transpose()
}
