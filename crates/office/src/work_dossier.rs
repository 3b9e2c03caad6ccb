//! A work dossier (hồ sơ công việc): the documents of one matter, kept together from the first to
//! the last, then for as long as the law wants. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 28, art. 29, art. 30, art. 31, app. VI

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use organisations::UnitId;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use uuid::Uuid;

use crate::coded::coded;
use crate::document::Direction;

pub const CODE_LETTERS_MAX: usize = 20;
pub const TITLE_LETTERS_MAX: usize = 500;
pub const NOTE_LETTERS_MAX: usize = 1_000;
/// Before the day on which a dossier is due in the archive, its holder is reminded.
pub const REMINDED_DAYS: i32 = 30;

coded! {
    pub enum State, "a state of a work dossier" {
        Open = "open",
        Closed = "closed",
        /// Nộp lưu.
        Archived = "archived",
    }
}

coded! {
    /// Thời hạn bảo quản.
    pub enum Retention, "a retention period" {
        TwoYears = "2",
        FiveYears = "5",
        TenYears = "10",
        TwentyYears = "20",
        FiftyYears = "50",
        SeventyYears = "70",
        Permanent = "permanent",
    }
}

coded! {
    pub enum Kind, "what happened to a work dossier" {
        Opened = "opened",
        Added = "added",
        Removed = "removed",
        Edited = "edited",
        Closed = "closed",
        Reopened = "reopened",
        Transferred = "transferred",
        Archived = "archived",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkDossierId(pub Uuid);

record! {
    #[derive(Debug, Clone)]
    pub struct WorkDossier {
        pub id: WorkDossierId,
        pub unit: UnitId,
        pub year: i64,
        /// Số và ký hiệu hồ sơ: once in a year of the unit.
        pub code: String,
        pub title: String,
        pub retention: Retention,
        pub note: String,
        pub state: State,
        pub holder: Uuid,
        pub holder_name: String,
        pub opened_by: Uuid,
        pub opened_name: String,
        pub opened_on: Date,
        pub opened_at: Timestamp,
        pub closed_on: Option<Date>,
        pub archive_due_on: Option<Date>,
        pub reminded_at: Option<Timestamp>,
        pub archived_on: Option<Date>,
        pub archive_note: String,
        pub version: i64,
    }
}

record! {
    /// A document in it.
    #[derive(Debug, Clone)]
    pub struct Content {
        pub dossier: WorkDossierId,
        pub document: Uuid,
        pub direction: Direction,
        pub ordinal: i64,
        pub note: String,
        pub added_by: Uuid,
        pub added_name: String,
        pub added_at: Timestamp,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Event {
        pub id: Uuid,
        pub dossier: WorkDossierId,
        pub at: Timestamp,
        pub actor_name: String,
        pub kind: Kind,
        pub text: String,
    }
}

impl WorkDossier {
    pub fn object(&self) -> String {
        format!("office-work-dossier:{}", self.id.0)
    }
}

/// Within a year from the end of the work.
pub fn archive_due(closed_on: Date) -> Date {
    closed_on.saturating_add(Span::new().years(1))
}

impl Retention {
    /// The key of its name in the words.
    pub fn word(self) -> String {
        format!("office-retention-{}", self.code())
    }
}

impl State {
    pub fn word(self) -> String {
        format!("office-work-dossier-state-{}", self.code())
    }
}

impl Kind {
    pub fn word(self) -> String {
        format!("office-work-dossier-did-{}", self.code())
    }
}

impl ToArg for WorkDossierId {
    fn to_arg(&self) -> Arg<'_> {
        self.0.to_arg()
    }
}

impl FromCell for WorkDossierId {
    const EXPECTED: &'static str = Uuid::EXPECTED;

    fn from_cell(cell: Cell<'_>) -> Option<WorkDossierId> {
        Uuid::from_cell(cell).map(WorkDossierId)
    }
}
