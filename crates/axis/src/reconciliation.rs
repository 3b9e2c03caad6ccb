//! The reconciliation: where the two sides of an exchange do not say the same. Pure.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6, art. 9, art. 11

use jiff::{SignedDuration, Timestamp};

pub const DAYS_USUAL: i64 = 3;
pub const DAYS_MAX: i64 = 365;
/// Looked at behind the days asked for: older ones were looked at before.
const DAYS_LOOKED_AT: i64 = 366;

/// What does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The receiver has the document and has said nothing about it.
    Silent,
    /// The receiver has begun and never said that it is finished.
    Unfinished,
    /// What the receiver said has not reached the sender.
    Unheard,
    /// Said about a document that nobody knows.
    Stray,
}

impl Part {
    pub const ALL: [Part; 4] = [Part::Silent, Part::Unfinished, Part::Unheard, Part::Stray];

    pub fn code(self) -> &'static str {
        match self {
            Part::Silent => "im-lang",
            Part::Unfinished => "chua-xong",
            Part::Unheard => "chua-ve",
            Part::Stray => "khong-khop",
        }
    }

    pub fn parse(code: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            Part::Silent => "axis-reconcile-silent",
            Part::Unfinished => "axis-reconcile-unfinished",
            Part::Unheard => "axis-reconcile-unheard",
            Part::Stray => "axis-reconcile-stray",
        }
    }

    /// The key of the sentence that says what it means.
    pub fn meaning(self) -> &'static str {
        match self {
            Part::Silent => "axis-reconcile-silent-meaning",
            Part::Unfinished => "axis-reconcile-unfinished-meaning",
            Part::Unheard => "axis-reconcile-unheard-meaning",
            Part::Stray => "axis-reconcile-stray-meaning",
        }
    }
}

/// How many days somebody asks for.
pub fn read_days(typed: &str) -> i64 {
    typed.trim().parse().ok().filter(|days| (0..=DAYS_MAX).contains(days)).unwrap_or(DAYS_USUAL)
}

/// What stands so since before the first moment, from the second on.
pub fn span(now: Timestamp, days: i64) -> (Timestamp, Timestamp) {
    let ago = |days: i64| {
        now.checked_sub(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::UNIX_EPOCH)
    };
    (ago(days), ago(days + DAYS_LOOKED_AT))
}
