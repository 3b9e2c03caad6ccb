//! From hand to hand. A hand-over is written once and never changed: the control slip (form 06)
//! is nothing but their list.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 18
//! Law: TT 03/2025/TT-VPCP app. I (form 06)

use jiff::Timestamp;

use crate::calendar::Calendar;
use platform::clock::local;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandoverKind {
    Forward,
    Back,
    /// To the desk that gives results out.
    Finish,
}

/// Whether the one who gave it on had kept the time of the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// Trước hạn: with at least a working hour to spare.
    Early,
    /// Đúng hạn.
    OnTime,
    /// Quá hạn.
    Late,
    /// The step has no time of its own.
    Untimed,
}

/// Less than this left of the step is in time, not ahead of it.
const EARLY_MINUTES: i64 = 60;

impl Course {
    pub fn of(calendar: &Calendar, due_at: Option<Timestamp>, at: Timestamp) -> Course {
        let Some(due_at) = due_at else { return Course::Untimed };
        if at > due_at {
            Course::Late
        } else if calendar.minutes_between(local(at), local(due_at)) >= EARLY_MINUTES {
            Course::Early
        } else {
            Course::OnTime
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Course::Early => "early",
            Course::OnTime => "on_time",
            Course::Late => "late",
            Course::Untimed => "untimed",
        }
    }
}

impl HandoverKind {
    pub fn word(self) -> &'static str {
        match self {
            HandoverKind::Forward => "forward",
            HandoverKind::Back => "back",
            HandoverKind::Finish => "finish",
        }
    }
}
