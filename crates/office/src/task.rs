//! One person's part in a document, or something a leader gives to be done without one. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 23, art. 24

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::record;
use platform::store::{Arg, FromCell, ToArg};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::coded::coded;
use crate::document::IncomingId;

pub const INSTRUCTION_LETTERS_MAX: usize = 2_000;
pub const TITLE_LETTERS_MAX: usize = 500;
/// Handed to at once; more people are a circular.
pub const HANDLERS_MAX: usize = 50;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaskId(pub Uuid);

coded! {
    pub enum Part, "a part in a document" {
        /// Chủ trì.
        Main = "main",
        /// Phối hợp.
        Co = "co",
        /// Nhận để biết.
        Information = "information",
    }
}

coded! {
    pub enum TaskState, "a state of a task" {
        Given = "given",
        Doing = "doing",
        Done = "done",
        /// Handed back to whoever gave it, with a reason.
        Returned = "returned",
        /// Handed on to another person.
        Passed = "passed",
        CalledOff = "called-off",
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Task {
        pub id: TaskId,
        pub unit: UnitId,
        pub incoming: Option<IncomingId>,
        pub title: String,
        pub role: Part,
        pub account: Uuid,
        pub name: String,
        pub state: TaskState,
        pub instruction: String,
        pub given_by: Option<Uuid>,
        pub given_name: String,
        pub given_at: Timestamp,
        pub due_on: Option<Date>,
        pub remind_on: Option<Date>,
        pub is_late_told: bool,
        pub began_at: Option<Timestamp>,
        pub progress_percent: i64,
        pub ended_at: Option<Timestamp>,
        pub note: String,
        pub wished_due_on: Option<Date>,
        pub wished_reason: String,
        pub came_from: Option<TaskId>,
        pub version: i64,
    }
}

/// How a deadline stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Light {
    OnTime,
    Soon,
    Late,
}

impl Light {
    /// Two days before, a deadline is soon.
    pub fn of(due: Date, today: Date) -> Light {
        let soon = today.saturating_add(jiff::Span::new().days(2));
        match () {
            () if due < today => Light::Late,
            () if due <= soon => Light::Soon,
            () => Light::OnTime,
        }
    }
}

impl Task {
    pub fn is_open(&self) -> bool {
        self.state.is_open()
    }

    pub fn object(&self) -> String {
        format!("task:{}", self.id)
    }

    pub fn light(&self, today: Date) -> Option<Light> {
        let due = self.due_on.filter(|_| self.is_open() && self.role != Part::Information)?;
        Some(Light::of(due, today))
    }

    /// Under whose story it is told: the document's, where it is about one.
    pub fn subject(&self) -> Uuid {
        self.incoming.map_or(self.id.0, |incoming| incoming.0)
    }
}

impl TaskState {
    pub fn is_open(self) -> bool {
        matches!(self, TaskState::Given | TaskState::Doing)
    }

    pub fn word(self) -> String {
        format!("office-task-state-{}", self.code())
    }
}

impl Part {
    pub fn word(self) -> String {
        format!("office-part-{}", self.code())
    }
}

impl std::fmt::Display for TaskId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ToArg for TaskId {
    fn to_arg(&self) -> Arg<'_> {
        self.0.to_arg()
    }
}

impl FromCell for TaskId {
    const EXPECTED: &'static str = Uuid::EXPECTED;

    fn from_cell(cell: platform::store::Cell<'_>) -> Option<TaskId> {
        Uuid::from_cell(cell).map(TaskId)
    }
}
