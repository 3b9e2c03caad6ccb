//! Reading the log: who did what, when, to what.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Head, store};
use crate::store::{StoreError, Tx};

crate::record! {
    /// A row as it is kept.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Entry {
        pub id: Uuid,
        /// Its place in the tree; none in the first seconds, before it is sealed.
        pub seq: Option<i64>,
        /// The number of the head that sealed it.
        pub head: Option<i64>,
        pub at: Timestamp,
        pub actor: Option<Uuid>,
        pub actor_name: String,
        pub verb: String,
        pub object: String,
        /// JSON, letter for letter as it was written: the hash is taken of it.
        pub detail: String,
    }
}

/// What to look for; everything that is left out fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    pub from: Option<Timestamp>,
    /// Not included.
    pub until: Option<Timestamp>,
    pub actor: Option<Uuid>,
    pub verb: Option<String>,
    pub object: Option<String>,
    /// The last row of the page before.
    pub before: Option<(Timestamp, Uuid)>,
    pub limit: i64,
}

impl Default for Filter {
    fn default() -> Filter {
        Filter {
            from: None,
            until: None,
            actor: None,
            verb: None,
            object: None,
            before: None,
            limit: 20,
        }
    }
}

/// A page of rows, the newest first.
pub fn search(tx: &mut Tx, filter: &Filter) -> Result<Vec<Entry>, StoreError> {
    let sql = match filter {
        Filter { object: Some(_), .. } => store::SEARCH_BY_OBJECT,
        Filter { actor: Some(_), .. } => store::SEARCH_BY_ACTOR,
        Filter { verb: Some(_), .. } => store::SEARCH_BY_VERB,
        _ => store::SEARCH_BY_TIME,
    };
    let from = filter.from.unwrap_or(Timestamp::MIN);
    let until = filter.until.unwrap_or(Timestamp::MAX);
    let (any, actor) = (filter.actor.is_none(), filter.actor.unwrap_or_default());
    let (at, id) = filter.before.unwrap_or((Timestamp::MAX, Uuid::max()));
    tx.all(
        sql,
        &[&from, &until, &any, &actor, &filter.verb, &filter.object, &at, &id, &filter.limit],
    )
}

pub fn entry(tx: &mut Tx, id: Uuid) -> Result<Option<Entry>, StoreError> {
    tx.opt(store::ROW, &[&id])
}

/// The newest head; none before the first row is sealed.
pub fn head(tx: &mut Tx) -> Result<Option<Head>, StoreError> {
    tx.opt(store::LAST_HEAD, &[])
}

/// Heads before a number, the newest first.
pub fn heads(tx: &mut Tx, before: Option<i64>, limit: i64) -> Result<Vec<Head>, StoreError> {
    tx.all(store::HEADS_BEFORE, &[&before.unwrap_or(i64::MAX), &limit])
}
