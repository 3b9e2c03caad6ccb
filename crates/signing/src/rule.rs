//! A sealing rule: lets the program seal for a unit what its competent persons signed. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 32

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::record;
use uuid::Uuid;

use crate::submission::Scope;

record! {
    #[derive(Debug, Clone)]
    pub struct SealingRule {
        pub id: Uuid,
        pub unit: UnitId,
        pub scope: Scope,
        pub valid_from: Date,
        /// Its last day. None: no end is known.
        pub valid_to: Option<Date>,
        pub made_by: Option<Uuid>,
        pub made_name: String,
        pub made_at: Timestamp,
    }
}

impl SealingRule {
    pub fn is_in_force(&self, on: Date) -> bool {
        self.valid_from <= on && self.valid_to.is_none_or(|last| on <= last)
    }
}
