//! What can happen to a dossier, as its timeline and its audit tell it.

use jiff::Timestamp;
use uuid::Uuid;

use crate::dossier::DossierId;
use crate::status::Status;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    Sent,
    TakenIn,
    Accepted,
    Refused,
    SupplementAsked,
    SupplementGiven,
    SupplementExpired,
    MoneyAsked,
    MoneySettled,
    HandedOn,
    HandedBack,
    Noted,
    ResultProposed,
    /// The result is decided, and waits for its signatures.
    Approved,
    /// It was not signed, or not to be: the approval is taken back.
    ApprovalEnded,
    Decided,
    Stopped,
    Reappointed,
    Withdrawn,
    ResultHandedOver,
    Rated,
}

/// One line of the story.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub id: Uuid,
    pub dossier: DossierId,
    pub at: Timestamp,
    pub kind: EventKind,
    pub before: Option<Status>,
    pub after: Status,
    pub by: By,
    /// Said to the applicant.
    pub told: String,
    /// Among officers only.
    pub note: String,
    pub detail: serde_json::Value,
}

/// Who did it, as they were called then.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct By {
    pub account: Option<Uuid>,
    pub name: String,
    pub unit: Option<Uuid>,
    pub unit_name: String,
}

impl EventKind {
    pub const ALL: [EventKind; 21] = [
        EventKind::Sent,
        EventKind::TakenIn,
        EventKind::Accepted,
        EventKind::Refused,
        EventKind::SupplementAsked,
        EventKind::SupplementGiven,
        EventKind::SupplementExpired,
        EventKind::MoneyAsked,
        EventKind::MoneySettled,
        EventKind::HandedOn,
        EventKind::HandedBack,
        EventKind::Noted,
        EventKind::ResultProposed,
        EventKind::Approved,
        EventKind::ApprovalEnded,
        EventKind::Decided,
        EventKind::Stopped,
        EventKind::Reappointed,
        EventKind::Withdrawn,
        EventKind::ResultHandedOver,
        EventKind::Rated,
    ];

    /// As stored, and after `dossiers-event-` in words.
    pub fn word(self) -> &'static str {
        match self {
            EventKind::Sent => "sent",
            EventKind::TakenIn => "taken-in",
            EventKind::Accepted => "accepted",
            EventKind::Refused => "refused",
            EventKind::SupplementAsked => "supplement-asked",
            EventKind::SupplementGiven => "supplement-given",
            EventKind::SupplementExpired => "supplement-expired",
            EventKind::MoneyAsked => "money-asked",
            EventKind::MoneySettled => "money-settled",
            EventKind::HandedOn => "handed-on",
            EventKind::HandedBack => "handed-back",
            EventKind::Noted => "noted",
            EventKind::ResultProposed => "result-proposed",
            EventKind::Approved => "approved",
            EventKind::ApprovalEnded => "approval-ended",
            EventKind::Decided => "decided",
            EventKind::Stopped => "stopped",
            EventKind::Reappointed => "reappointed",
            EventKind::Withdrawn => "withdrawn",
            EventKind::ResultHandedOver => "result-handed-over",
            EventKind::Rated => "rated",
        }
    }

    pub fn parse(word: &str) -> Option<EventKind> {
        EventKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The verb of its audit row.
    pub fn verb(self) -> &'static str {
        match self {
            EventKind::Sent => "dossiers.send",
            EventKind::TakenIn => "dossiers.take_in",
            EventKind::Accepted => "dossiers.accept",
            EventKind::Refused => "dossiers.refuse",
            EventKind::SupplementAsked => "dossiers.ask_supplement",
            EventKind::SupplementGiven => "dossiers.give_supplement",
            EventKind::SupplementExpired => "dossiers.expire_supplement",
            EventKind::MoneyAsked => "dossiers.ask_money",
            EventKind::MoneySettled => "dossiers.settle_money",
            EventKind::HandedOn => "dossiers.hand_on",
            EventKind::HandedBack => "dossiers.hand_back",
            EventKind::Noted => "dossiers.note",
            EventKind::ResultProposed => "dossiers.propose_result",
            EventKind::Approved => "dossiers.approve",
            EventKind::ApprovalEnded => "dossiers.end_approval",
            EventKind::Decided => "dossiers.decide",
            EventKind::Stopped => "dossiers.stop",
            EventKind::Reappointed => "dossiers.reappoint",
            EventKind::Withdrawn => "dossiers.withdraw",
            EventKind::ResultHandedOver => "dossiers.hand_over_result",
            EventKind::Rated => "dossiers.rate",
        }
    }

    /// Whether the applicant sees it in the timeline.
    pub fn is_public(self) -> bool {
        use EventKind::*;
        !matches!(self, Noted | ResultProposed | Approved | ApprovalEnded)
    }

    /// Whether the applicant gets a message about it.
    pub fn is_notified(self) -> bool {
        use EventKind::*;
        match self {
            Sent | TakenIn | Accepted | Refused | SupplementAsked | SupplementExpired
            | MoneyAsked | Stopped | Reappointed | Withdrawn | Decided | ResultHandedOver => true,
            SupplementGiven | MoneySettled | HandedOn | HandedBack | Noted | ResultProposed
            | Approved | ApprovalEnded | Rated => false,
        }
    }
}
