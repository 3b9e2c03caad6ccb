//! A unit of work on its way through a lane, with its type erased.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use super::{StoreError, Tx};

/// What the closure itself said, before the commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Yes,
    No,
    Panicked,
}

pub(super) trait Work: Send {
    /// Runs the closure and keeps what it said. May be called again after a lost transaction.
    fn run(&mut self, tx: &mut Tx) -> Said;

    /// Answers the caller: with what the closure said when `end` is Ok, else with the error.
    fn finish(self: Box<Self>, end: Result<(), StoreError>);

    /// The caller has gone: not started yet, it need not be.
    fn given_up(&self) -> bool;

    /// Migrations may take as long as they need.
    fn patient(&self) -> bool;
}

pub(super) struct Unit<T, E, F> {
    pub(super) closure: F,
    pub(super) patient: bool,
    pub(super) outcome: Option<Result<T, E>>,
    pub(super) answer: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Work for Unit<T, E, F>
where
    F: Fn(&mut Tx) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, tx: &mut Tx) -> Said {
        self.outcome = None;
        // What the closure leaves behind half done lives in the transaction, and is undone with it.
        let Ok(outcome) = catch_unwind(AssertUnwindSafe(|| (self.closure)(tx))) else {
            return Said::Panicked;
        };
        let said = if outcome.is_ok() { Said::Yes } else { Said::No };
        self.outcome = Some(outcome);
        said
    }

    fn finish(self: Box<Self>, end: Result<(), StoreError>) {
        let unit = *self;
        let outcome = match (end, unit.outcome) {
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(E::from(StoreError::Panicked)),
            (Err(error), _) => Err(E::from(error)),
        };
        // A caller that went away meanwhile needs no answer.
        let _ = unit.answer.send(outcome);
    }

    fn given_up(&self) -> bool {
        self.answer.is_closed()
    }

    fn patient(&self) -> bool {
        self.patient
    }
}
