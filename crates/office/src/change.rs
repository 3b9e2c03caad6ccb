//! What a sender wants done to a document that it sent before: taken back, changed, replaced. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 18
//! Law: QĐ 28/2018/QĐ-TTg art. 8, art. 9

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use uuid::Uuid;
use wire::edxml::{BusinessKind, Document, ReceiverKind};

use crate::coded::coded;
use crate::document::IncomingId;
use crate::incoming::Sender;

coded! {
    pub enum ChangeKind, "a kind of change" {
        Recall = "recall",
        Update = "update",
        Replacement = "replacement",
    }
}

coded! {
    pub enum ChangeState, "a state of a change" {
        Waiting = "waiting",
        /// Nobody knows which document is meant.
        Parked = "parked",
        Agreed = "agreed",
        Refused = "refused",
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Change {
        pub id: Uuid,
        pub unit: UnitId,
        pub kind: ChangeKind,
        pub incoming: Option<IncomingId>,
        pub delivery: Uuid,
        pub from_code: String,
        /// The agency that the code means.
        pub from_unit: Option<Uuid>,
        pub from_name: String,
        /// How the sender names what it means.
        pub named: String,
        pub reason: String,
        pub state: ChangeState,
        pub asked_at: Timestamp,
        pub decided_at: Option<Timestamp>,
        pub decided_by: Option<String>,
        pub note: String,
    }
}

record! {
    /// The paper that came with a recall, or a file that an update brings.
    #[derive(Debug, Clone)]
    pub struct ChangeFile {
        pub id: Uuid,
        pub change: Uuid,
        pub ordinal: i64,
        pub name: String,
        pub media: String,
        pub size_bytes: i64,
        pub sha256: String,
        pub file: Uuid,
    }
}

impl Change {
    pub fn sender(&self) -> Sender<'_> {
        Sender { code: &self.from_code, unit: self.from_unit }
    }
}

/// What a packet means for one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    New,
    /// Take a document away, known by one of these identifiers, the likeliest first.
    Recall(Vec<String>),
    /// Put this in the place of what is there.
    Update(Vec<String>),
    /// New, and in the place of these.
    Replace(Vec<String>),
}

/// Reads what is wanted of an office that is known by `codes`.
///
/// A recall names its target in one of three places; which of them is meant, the format leaves
/// open, so each is tried in this order. An update that takes the office off the list of receivers
/// is a recall; one that puts it on is a new document.
pub fn wish(document: &Document, codes: &[String]) -> Wish {
    let own = |code: &String| codes.iter().any(|one| one.eq_ignore_ascii_case(code));
    match document.business_kind() {
        BusinessKind::New | BusinessKind::Other(_) => Wish::New,
        BusinessKind::Recall => Wish::Recall(candidates(document)),
        BusinessKind::Update => {
            let change = document.business.as_ref().and_then(|one| one.change.as_ref());
            let list = change.map(|one| one.receiver_list.as_slice()).unwrap_or_default();
            let mine = list.iter().find(|receiver| own(&receiver.organ_id));
            match mine.map(|receiver| &receiver.kind) {
                Some(ReceiverKind::Removed) => Wish::Recall(candidates(document)),
                Some(ReceiverKind::Added) => Wish::New,
                _ => Wish::Update(candidates(document)),
            }
        }
        BusinessKind::Replacement => {
            let lines = document.business.iter().flat_map(|one| &one.replacements);
            let for_us =
                lines.filter(|line| line.organ_ids.is_empty() || line.organ_ids.iter().any(own));
            Wish::Replace(for_us.map(|line| line.document_id.clone()).collect())
        }
    }
}

fn candidates(document: &Document) -> Vec<String> {
    let business = document.business.iter().map(|one| one.document_id.clone());
    let answered = document.response_for.iter().map(|one| one.document_id.clone());
    let all = business.chain([document.document_id.clone()]).chain(answered);
    let mut found: Vec<String> = Vec::new();
    for one in all.filter(|one| !one.is_empty()) {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

impl ChangeKind {
    pub fn word(self) -> String {
        format!("office-change-{}", self.code())
    }
}

impl ChangeState {
    pub fn word(self) -> String {
        format!("office-change-state-{}", self.code())
    }
}
