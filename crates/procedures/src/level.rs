//! At which levels of the State a procedure is carried out, and how much of it goes online.
//!
//! Law: NĐ 42/2022/NĐ-CP art. 11

use serde::{Deserialize, Serialize};

/// Several may hold at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Levels {
    pub ward: bool,
    pub province: bool,
    pub ministry: bool,
    /// An agency outside the three: a court, an embassy, a social-insurance office.
    pub other: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Ward,
    Province,
    Ministry,
    Other,
}

impl Levels {
    pub fn of(levels: &[Level]) -> Levels {
        let has = |level| levels.contains(&level);
        Levels {
            ward: has(Level::Ward),
            province: has(Level::Province),
            ministry: has(Level::Ministry),
            other: has(Level::Other),
        }
    }

    /// Nearest to the citizen first.
    pub fn list(self) -> Vec<Level> {
        Level::ALL.into_iter().filter(|level| self.has(*level)).collect()
    }

    pub fn has(self, level: Level) -> bool {
        match level {
            Level::Ward => self.ward,
            Level::Province => self.province,
            Level::Ministry => self.ministry,
            Level::Other => self.other,
        }
    }

    pub fn is_none(self) -> bool {
        self == Levels::default()
    }
}

impl Level {
    pub const ALL: [Level; 4] = [Level::Ward, Level::Province, Level::Ministry, Level::Other];

    pub fn as_str(self) -> &'static str {
        match self {
            Level::Ward => "ward",
            Level::Province => "province",
            Level::Ministry => "ministry",
            Level::Other => "other",
        }
    }

    pub fn parse(text: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.as_str() == text)
    }
}

/// How much of a procedure goes online. Since 15 August 2022: the whole of it (toàn trình: no
/// appearance in person, the result comes online or by post), or a part (một phần).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum OnlineLevel {
    #[default]
    Information,
    Part,
    Whole,
}

impl OnlineLevel {
    pub const ALL: [OnlineLevel; 3] =
        [OnlineLevel::Information, OnlineLevel::Part, OnlineLevel::Whole];

    pub fn as_str(self) -> &'static str {
        match self {
            OnlineLevel::Information => "information",
            OnlineLevel::Part => "part",
            OnlineLevel::Whole => "whole",
        }
    }

    pub fn parse(text: &str) -> Option<OnlineLevel> {
        OnlineLevel::ALL.into_iter().find(|level| level.as_str() == text)
    }
}
