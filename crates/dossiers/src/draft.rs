//! A request that is not sent yet: answers and files, kept on the server after every step, so
//! that it can be gone on with from another device. While a supplement asks for answers, the draft
//! of the sent request is open again, as far as the office asked.

use identity::AccountId;
use jiff::Timestamp;
use procedures::eform::Answers;

use crate::dossier::{DossierId, Procedure};
use crate::route::Places;

#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub id: DossierId,
    /// Whom it is about.
    pub owner: AccountId,
    /// Who fills it in.
    pub made_by: AccountId,
    pub state: DraftState,
    pub procedure: Procedure,
    pub places: Places,
    pub answers: Answers,
    pub created_at: Timestamp,
    pub saved_at: Timestamp,
    pub version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftState {
    Open,
    Sent,
    /// Sent, and open again for what a supplement asks.
    Reopened,
    Discarded,
}

/// A draft nobody touches for so long is thrown away, with its files.
pub const KEPT_DAYS: i64 = 90;

impl DraftState {
    pub fn word(self) -> &'static str {
        match self {
            DraftState::Open => "open",
            DraftState::Sent => "sent",
            DraftState::Reopened => "reopened",
            DraftState::Discarded => "discarded",
        }
    }

    pub fn parse(word: &str) -> Option<DraftState> {
        [DraftState::Open, DraftState::Sent, DraftState::Reopened, DraftState::Discarded]
            .into_iter()
            .find(|state| state.word() == word)
    }
}
