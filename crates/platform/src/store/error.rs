//! Every way the store says no. Capabilities translate these into their own refusals.

/// Cloned when a whole group of units shares one fate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// [`Tx::one`](super::Tx::one) found no row. Where that is normal, ask with `opt`.
    #[error("no such row")]
    NotFound,
    /// The data would break a rule of the tables. For a key, `constraint` lists its columns the
    /// same way on both engines: `letter.office, letter.no`. Else `check NAME`,
    /// `not null letter.note` or `foreign key`.
    #[error("conflict with what is stored: {constraint}")]
    Conflict { constraint: String },
    /// The database cannot do it now; what was asked is not stored. Asking again later is safe.
    #[error("the database is not available: {reason}")]
    Unavailable { reason: String },
    /// Too many units wait already.
    #[error("too much is waiting for the database")]
    Overloaded,
    /// No space is left for the database. Nothing of the unit is stored.
    #[error("no space is left for the database")]
    Full,
    /// A statement failed and the unit said Ok all the same: undone. Survive with `nested`.
    #[error("the unit went on after a statement had failed")]
    Swallowed,
    /// The unit panicked: undone.
    #[error("the unit of work panicked")]
    Panicked,
    /// A column is missing or holds another type than the program reads: a bug.
    #[error("column {column}: expected {expected}, found {found}")]
    Column { column: String, expected: &'static str, found: String },
    /// The answer of the commit was lost: stored or not, nobody can say. Ask again with the same
    /// ids: a `Conflict` then means that it was stored.
    #[error("it is unknown whether the database kept this")]
    Unknown,
    /// A bug in a statement or in the tables, or a refusal of a whole command (restore, migrate).
    #[error("{reason}")]
    Other { reason: String },
}

impl StoreError {
    pub(super) fn unavailable(reason: impl Into<String>) -> StoreError {
        StoreError::Unavailable { reason: reason.into() }
    }

    pub(super) fn other(reason: impl Into<String>) -> StoreError {
        StoreError::Other { reason: reason.into() }
    }
}

/// What a failed statement does to the transaction around it.
#[derive(Debug, Clone)]
pub(super) enum Failure {
    /// Only this unit is undone.
    Statement(StoreError),
    /// Two units got in each other's way (deadlock, serialisation): run it again.
    Again(StoreError),
    /// The whole transaction is gone, with every unit in it.
    Lost(StoreError),
    /// As `Lost`, and this unit may not run again: it used up its time.
    Spent(StoreError),
}

impl Failure {
    pub(super) fn error(&self) -> &StoreError {
        match self {
            Failure::Statement(error)
            | Failure::Again(error)
            | Failure::Lost(error)
            | Failure::Spent(error) => error,
        }
    }
}
