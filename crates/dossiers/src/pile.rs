//! The piles of a desk: what waits for whom. A dossier lies in one, told by its status.

use crate::status::Status;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pile {
    /// Sent online, waiting for an answer.
    New,
    /// Accepted or being handled.
    Work,
    /// The citizen has something to do.
    Waiting,
    /// The result waits to be handed over.
    Ready,
    /// Refused, withdrawn, stopped or handed over.
    Ended,
}

impl Pile {
    pub const ALL: [Pile; 5] = [Pile::New, Pile::Work, Pile::Waiting, Pile::Ready, Pile::Ended];

    pub fn of(status: Status) -> Pile {
        match status {
            Status::Registered => Pile::New,
            Status::Accepted | Status::Handling => Pile::Work,
            Status::Supplement | Status::MoneyDue => Pile::Waiting,
            Status::Finished => Pile::Ready,
            Status::Refused | Status::Withdrawn | Status::Stopped | Status::HandedOver => {
                Pile::Ended
            }
        }
    }

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Pile::New => "new",
            Pile::Work => "work",
            Pile::Waiting => "waiting",
            Pile::Ready => "ready",
            Pile::Ended => "ended",
        }
    }

    /// In an address.
    pub fn slug(self) -> &'static str {
        match self {
            Pile::New => "cho-tiep-nhan",
            Pile::Work => "dang-xu-ly",
            Pile::Waiting => "cho-nguoi-dan",
            Pile::Ready => "cho-tra",
            Pile::Ended => "da-xong",
        }
    }

    pub fn parse(slug: &str) -> Option<Pile> {
        Pile::ALL.into_iter().find(|pile| pile.slug() == slug)
    }

    /// Its key in `words`.
    pub fn word(self) -> String {
        format!("dossiers-pile-{}", self.as_str())
    }
}
