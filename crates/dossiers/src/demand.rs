//! What the office asks of the applicant while the clock stands: papers, or money.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 17
//! Law: TT 03/2025/TT-VPCP app. I (form 02)

use jiff::Timestamp;
use organisations::UnitId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::status::Status;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemandKind {
    Supplement,
    Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Met,
    /// The citizen's time passed without an answer.
    Expired,
    /// The dossier ended meanwhile.
    Withdrawn,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    pub id: Uuid,
    /// 1, 2 … within the dossier.
    pub number: i64,
    pub kind: DemandKind,
    /// The status it was asked from.
    pub asked_from: Status,
    pub asked_at: Timestamp,
    pub asked_by: Option<Uuid>,
    pub asked_by_name: String,
    pub unit: UnitId,
    pub reason: String,
    pub legal_basis: String,
    pub items: Vec<DemandItem>,
    pub amount: Option<i64>,
    pub answer_by: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub outcome: Option<Outcome>,
    /// What the applicant wrote with the answer.
    pub answer: String,
    pub due_before: Option<Timestamp>,
    pub due_after: Option<Timestamp>,
}

/// One thing that is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandItem {
    pub wanted: Wanted,
    /// As slip 02 names it, in Vietnamese.
    pub name: String,
    /// What is wrong with it, or what is wanted.
    pub what: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// A paper: the component of the procedure, by code or name.
    Component(String),
    /// A question of the electronic form, by the id of its page.
    Page(String),
    /// The declaration as a whole: every question of the form.
    Declaration,
}

impl Demand {
    pub fn is_open(&self) -> bool {
        self.ended_at.is_none()
    }

    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.answer_by.is_some_and(|answer_by| answer_by < now)
    }

    /// Whether answers of the form are to be given again, beside papers.
    pub fn reopens_form(&self) -> bool {
        self.items.iter().any(|item| !matches!(item.wanted, Wanted::Component(_)))
    }

    /// Only those made after acceptance are numbered by the law.
    pub fn counts(&self) -> bool {
        self.kind == DemandKind::Supplement && self.asked_from != Status::Registered
    }
}

impl DemandKind {
    pub fn word(self) -> &'static str {
        match self {
            DemandKind::Supplement => "supplement",
            DemandKind::Money => "money",
        }
    }

    pub fn parse(word: &str) -> Option<DemandKind> {
        [DemandKind::Supplement, DemandKind::Money].into_iter().find(|kind| kind.word() == word)
    }

    pub fn status(self) -> Status {
        match self {
            DemandKind::Supplement => Status::Supplement,
            DemandKind::Money => Status::MoneyDue,
        }
    }
}

impl Outcome {
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Met => "met",
            Outcome::Expired => "expired",
            Outcome::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(word: &str) -> Option<Outcome> {
        [Outcome::Met, Outcome::Expired, Outcome::Withdrawn]
            .into_iter()
            .find(|one| one.word() == word)
    }
}
