//! The catalogue of documents sent without a copy on paper (danh mục văn bản điện tử không gửi kèm
//! bản giấy): dated lines of a unit, which bind it and every unit below it.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 4, art. 8

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::{UnitId, queries};
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::outgoing::Outgoing;
use crate::recipient::{Recipient, RecipientKind};
use crate::store::paperless;

pub const BASIS_LETTERS_MAX: usize = 300;

record! {
    /// From a day on, documents of this type go out without a copy on paper.
    #[derive(Debug, Clone)]
    pub struct Paperless {
        pub id: Uuid,
        pub unit: UnitId,
        /// A code of the decree's list.
        pub document_type: String,
        pub valid_from: Date,
        /// Its last day. None: no end is known.
        pub valid_to: Option<Date>,
        /// The decision that says so.
        pub basis: String,
        pub made_by: Option<Uuid>,
        pub made_name: String,
        pub made_at: Timestamp,
    }
}

impl Paperless {
    pub fn is_in_force(&self, on: Date) -> bool {
        self.valid_from <= on && !self.is_over(on)
    }

    pub fn is_over(&self, on: Date) -> bool {
        self.valid_to.is_some_and(|last| last < on)
    }

    /// Whether both count on some day.
    pub fn overlaps(&self, from: Date, to: Option<Date>) -> bool {
        to.is_none_or(|last| self.valid_from <= last)
            && self.valid_to.is_none_or(|last| from <= last)
    }
}

/// Whether a document of this type may go out with a copy on paper that day.
pub fn paper_allowed(
    tx: &mut Tx,
    unit: UnitId,
    document_type: &str,
    on: Date,
) -> Result<bool, StoreError> {
    Ok(line_against_paper(tx, unit, document_type, on)?.is_none())
}

/// The line for which a document may not go to other agencies with a copy on paper, as it would.
pub fn line_against(
    tx: &mut Tx,
    (one, recipients): (&Outgoing, &[Recipient]),
    on: Date,
) -> Result<Option<Paperless>, StoreError> {
    let is_sent = recipients.iter().any(|one| one.kind == RecipientKind::Agency);
    match one.paper && is_sent {
        true => line_against_paper(tx, one.unit, &one.kind, on),
        false => Ok(None),
    }
}

/// The line that forbids the copy: of the unit itself, or of the nearest unit above it.
pub fn line_against_paper(
    tx: &mut Tx,
    unit: UnitId,
    document_type: &str,
    on: Date,
) -> Result<Option<Paperless>, StoreError> {
    let mut line = queries::path(tx, unit)?;
    while let Some(one) = line.pop() {
        if let Some(found) = paperless::in_force(tx, one.id, document_type, on)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
