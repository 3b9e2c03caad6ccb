//! Somebody is away for some days, and another acts in their place. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 24

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::record;
use uuid::Uuid;

/// Longer than this is no absence: the work is handed over for good.
pub const DAYS_MAX: i32 = 366;
pub const REASON_LETTERS_MAX: usize = 300;

record! {
    #[derive(Debug, Clone)]
    pub struct Absence {
        pub id: Uuid,
        pub unit: UnitId,
        pub account: Uuid,
        pub name: String,
        pub deputy: Uuid,
        pub deputy_name: String,
        pub first_day: Date,
        pub last_day: Date,
        pub reason: String,
        pub made_by: String,
        pub made_at: Timestamp,
        pub ended_at: Option<Timestamp>,
    }
}

impl Absence {
    pub fn is_now(&self, today: Date) -> bool {
        self.ended_at.is_none() && (self.first_day..=self.last_day).contains(&today)
    }

    pub fn overlaps(&self, first: Date, last: Date) -> bool {
        self.ended_at.is_none() && self.first_day <= last && first <= self.last_day
    }
}
