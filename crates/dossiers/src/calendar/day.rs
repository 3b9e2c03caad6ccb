//! A day that differs from its week: off, or worked in exchange.
//!
//! Law: BLLĐ 45/2019/QH14 art. 112

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialDay {
    pub date: Date,
    pub kind: DayKind,
    pub name_vi: String,
    pub name_en: String,
    pub certainty: Certainty,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Ngày lễ, tết.
    Holiday,
    /// Nghỉ bù: the working day after a holiday that fell on a rest day.
    Compensation,
    /// Nghỉ hoán đổi: a working day given free and paid back.
    SwapOff,
    /// Làm bù: the rest day that pays it back.
    SwapWork,
    /// An office closed for a reason of its own: a flood, a move.
    Closure,
}

/// Whether the yearly notice has been read, or the day follows from the rules alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    Notice,
    Expected,
}

impl SpecialDay {
    pub fn name(&self, vietnamese: bool) -> &str {
        if vietnamese { &self.name_vi } else { &self.name_en }
    }
}

impl DayKind {
    pub const ALL: [DayKind; 5] = [
        DayKind::Holiday,
        DayKind::Compensation,
        DayKind::SwapOff,
        DayKind::SwapWork,
        DayKind::Closure,
    ];

    pub fn is_off(self) -> bool {
        self != DayKind::SwapWork
    }

    pub fn as_str(self) -> &'static str {
        match self {
            DayKind::Holiday => "holiday",
            DayKind::Compensation => "compensation",
            DayKind::SwapOff => "swap_off",
            DayKind::SwapWork => "swap_work",
            DayKind::Closure => "closure",
        }
    }

    pub fn parse(text: &str) -> Option<DayKind> {
        DayKind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl Certainty {
    pub fn as_str(self) -> &'static str {
        match self {
            Certainty::Notice => "notice",
            Certainty::Expected => "expected",
        }
    }

    pub fn parse(text: &str) -> Option<Certainty> {
        [Certainty::Notice, Certainty::Expected].into_iter().find(|one| one.as_str() == text)
    }
}
