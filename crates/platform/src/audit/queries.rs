//! Reading the log: who did what, when, to what.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Head, store};
use crate::store::{Args, StoreError, Tx};

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
        pub unit: Option<Uuid>,
        pub verb: String,
        pub object: String,
        /// JSON, letter for letter as it was written: the hash is taken of it.
        pub detail: String,
    }
}

/// Which part of the log somebody may read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Scope {
    #[default]
    Everything,
    /// What was done in the name of these or over them, or of a unit that stood below one of them
    /// at the time. Rows that wait for their seal are not shared out yet.
    Offices(Vec<Uuid>),
}

/// What to look for; everything that is left out fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    pub scope: Scope,
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
            scope: Scope::Everything,
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
    let Scope::Offices(offices) = &filter.scope else { return search_everything(tx, filter) };
    let mut rows = Vec::new();
    for office in offices {
        rows.extend(search_office(tx, *office, filter)?);
    }
    rows.sort_by_key(|row: &Entry| std::cmp::Reverse((row.at, row.id)));
    rows.dedup_by_key(|row| row.id);
    rows.truncate(usize::try_from(filter.limit).unwrap_or_default());
    Ok(rows)
}

fn search_everything(tx: &mut Tx, filter: &Filter) -> Result<Vec<Entry>, StoreError> {
    let sql = match filter {
        Filter { object: Some(_), .. } => store::SEARCH_BY_OBJECT,
        Filter { actor: Some(_), .. } => store::SEARCH_BY_ACTOR,
        Filter { verb: Some(_), .. } => store::SEARCH_BY_VERB,
        _ => store::SEARCH_BY_TIME,
    };
    let (from, until, at, id) = filter.span();
    let (any, actor) = (filter.actor.is_none(), filter.actor.unwrap_or_default());
    tx.all(
        sql,
        &[&from, &until, &any, &actor, &filter.verb, &filter.object, &at, &id, &filter.limit],
    )
}

fn search_office(tx: &mut Tx, office: Uuid, filter: &Filter) -> Result<Vec<Entry>, StoreError> {
    let (from, until, at, id) = filter.span();
    let (verb, limit) = (&filter.verb, &filter.limit);
    match (&filter.object, filter.actor) {
        (Some(object), actor) => {
            let (any, actor) = (actor.is_none(), actor.unwrap_or_default());
            let args: Args<'_> =
                &[&office, &from, &until, verb, &at, &id, limit, object, &any, &actor];
            tx.all(store::SHARED_BY_OBJECT, args)
        }
        (None, Some(actor)) => {
            let args: Args<'_> = &[&office, &from, &until, verb, &at, &id, limit, &actor];
            tx.all(store::SHARED_BY_ACTOR, args)
        }
        (None, None) => {
            let args: Args<'_> = &[&office, &from, &until, verb, &at, &id, limit];
            tx.all(store::SHARED_BY_TIME, args)
        }
    }
}

impl Filter {
    /// From, until, and the place before which the page begins.
    fn span(&self) -> (Timestamp, Timestamp, Timestamp, Uuid) {
        let (at, id) = self.before.unwrap_or((Timestamp::MAX, Uuid::max()));
        (self.from.unwrap_or(Timestamp::MIN), self.until.unwrap_or(Timestamp::MAX), at, id)
    }
}

pub fn entry(tx: &mut Tx, id: Uuid) -> Result<Option<Entry>, StoreError> {
    tx.opt(store::ROW, &[&id])
}

/// The row, for one who may read this much. What they may not read is not there.
pub fn entry_within(tx: &mut Tx, id: Uuid, scope: &Scope) -> Result<Option<Entry>, StoreError> {
    let Scope::Offices(offices) = scope else { return entry(tx, id) };
    for office in offices {
        if let Some(row) = tx.opt(store::SHARED_ROW, &[office, &id])? {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// The newest head; none before the first row is sealed.
pub fn head(tx: &mut Tx) -> Result<Option<Head>, StoreError> {
    tx.opt(store::LAST_HEAD, &[])
}

/// Heads before a number, the newest first.
pub fn heads(tx: &mut Tx, before: Option<i64>, limit: i64) -> Result<Vec<Head>, StoreError> {
    tx.all(store::HEADS_BEFORE, &[&before.unwrap_or(i64::MAX), &limit])
}
