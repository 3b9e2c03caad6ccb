//! The whole log for others to keep: rows in their order, each head behind the rows it seals.

use serde::Serialize;

use super::sign::Head;
use super::{Entry, leaf, store};
use crate::store::{Store, StoreError, Tx};

/// One line of an export, as JSON: whoever has all of them can build the tree, and compare its
/// root with each head on the way.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Exported {
    /// The ten texts that the row's hash is taken of; see the recipe of an inclusion proof.
    Row(Box<[String; 10]>),
    /// The signed note over all rows before it.
    Head(String),
}

/// Hands each line to `sink`, in order; stops where the log ends now. What `sink` refuses ends it.
pub async fn export<E: From<StoreError>>(
    store: &Store,
    mut sink: impl FnMut(&Exported) -> Result<(), E>,
) -> Result<(), E> {
    let (mut number, mut size) = (0, 0);
    loop {
        let (head, rows) = match store.read(move |tx| after(tx, number, size)).await? {
            Some(next) => next,
            None => return Ok(()),
        };
        for row in &rows {
            let place = row.seq.and_then(|seq| u64::try_from(seq).ok()).unwrap_or_default();
            sink(&Exported::Row(Box::new(leaf::fields(row, place))))?;
        }
        (number, size) = (head.number, head.size);
        sink(&Exported::Head(head.note))?;
    }
}

/// The next head and the rows it seals: no more than the sealer takes in one turn.
fn after(tx: &mut Tx, number: i64, size: i64) -> Result<Option<(Head, Vec<Entry>)>, StoreError> {
    let Some(head) = tx.opt::<Head>(store::HEADS_AFTER, &[&number, &1])? else { return Ok(None) };
    let rows = tx.all(store::ROWS, &[&size, &head.size])?;
    Ok(Some((head, rows)))
}
