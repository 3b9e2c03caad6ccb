//! The lists of codes that the packets of the axis agree on.
//!
//! A code that is on no list is kept as it came and never written.

use serde::{Serialize, Serializer};

/// What became of a document, said by its receiver; 13 is said by its sender.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum StatusCode {
    /// 01: đã đến.
    Arrived,
    /// 02: từ chối tiếp nhận.
    Refused,
    /// 03: đã tiếp nhận, vào sổ.
    Accepted,
    /// 04: lãnh đạo phân công xử lý.
    Assigned,
    /// 05: đang xử lý.
    InProgress,
    /// 06: hoàn thành.
    Completed,
    /// 13: bên gửi yêu cầu lấy lại.
    RecallAsked,
    /// 15: đồng ý cập nhật, lấy lại.
    ChangeAgreed,
    /// 16: từ chối cập nhật, lấy lại.
    ChangeRefused,
    /// On no list: 07 to 12 and 14 are defined nowhere.
    Other(String),
}

const STATUSES: [(&str, StatusCode); 9] = [
    ("01", StatusCode::Arrived),
    ("02", StatusCode::Refused),
    ("03", StatusCode::Accepted),
    ("04", StatusCode::Assigned),
    ("05", StatusCode::InProgress),
    ("06", StatusCode::Completed),
    ("13", StatusCode::RecallAsked),
    ("15", StatusCode::ChangeAgreed),
    ("16", StatusCode::ChangeRefused),
];

impl StatusCode {
    /// Also takes `1` for `01`.
    pub fn read(text: &str) -> StatusCode {
        let digits = format!("{text:0>2}");
        let known = STATUSES.iter().find(|(code, _)| *code == digits);
        known.map_or_else(|| StatusCode::Other(text.to_owned()), |(_, status)| status.clone())
    }

    /// As it is written.
    pub fn code(&self) -> &str {
        match self {
            StatusCode::Other(text) => text,
            known => {
                STATUSES.iter().find(|(_, status)| status == known).map_or("", |(code, _)| code)
            }
        }
    }

    pub fn is_known(&self) -> bool {
        !matches!(self, StatusCode::Other(_))
    }

    /// How far the document has come; what has no rank is beside the way. A lower rank that
    /// arrives later changes nothing: the axis does not keep the order.
    pub fn rank(&self) -> Option<u8> {
        match self {
            StatusCode::Arrived => Some(1),
            StatusCode::Accepted => Some(3),
            StatusCode::Assigned => Some(4),
            StatusCode::InProgress => Some(5),
            StatusCode::Completed => Some(6),
            _ => None,
        }
    }
}

/// What sending this packet does.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum BusinessKind {
    /// 0: văn bản mới. Also what a packet without any business means.
    #[default]
    New,
    /// 1: thu hồi.
    Recall,
    /// 2: cập nhật.
    Update,
    /// 3: thay thế.
    Replacement,
    /// On no list (4 and 44 are one vendor's own).
    Other(String),
}

impl BusinessKind {
    pub fn read(text: &str) -> BusinessKind {
        match text {
            "0" | "" => BusinessKind::New,
            "1" => BusinessKind::Recall,
            "2" => BusinessKind::Update,
            "3" => BusinessKind::Replacement,
            other => BusinessKind::Other(other.to_owned()),
        }
    }

    pub fn code(&self) -> &str {
        match self {
            BusinessKind::New => "0",
            BusinessKind::Recall => "1",
            BusinessKind::Update => "2",
            BusinessKind::Replacement => "3",
            BusinessKind::Other(text) => text,
        }
    }

    pub fn is_known(&self) -> bool {
        !matches!(self, BusinessKind::Other(_))
    }
}

/// What an update does to one receiver.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ReceiverKind {
    /// 0: withdrawn from it.
    Removed,
    /// 1: new for it.
    Added,
    Other(String),
}

impl ReceiverKind {
    pub fn read(text: &str) -> ReceiverKind {
        match text {
            "0" => ReceiverKind::Removed,
            "1" => ReceiverKind::Added,
            other => ReceiverKind::Other(other.to_owned()),
        }
    }

    pub fn code(&self) -> &str {
        match self {
            ReceiverKind::Removed => "0",
            ReceiverKind::Added => "1",
            ReceiverKind::Other(text) => text,
        }
    }
}

/// Độ khẩn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    Usual,
    Urgent,
    VeryUrgent,
    Express,
    ExpressAtTime,
}

impl Priority {
    pub fn read(text: &str) -> Option<Priority> {
        Some(match text {
            "0" => Priority::Usual,
            "1" => Priority::Urgent,
            "2" => Priority::VeryUrgent,
            "3" => Priority::Express,
            "4" => Priority::ExpressAtTime,
            _ => return None,
        })
    }

    pub fn code(self) -> &'static str {
        match self {
            Priority::Usual => "0",
            Priority::Urgent => "1",
            Priority::VeryUrgent => "2",
            Priority::Express => "3",
            Priority::ExpressAtTime => "4",
        }
    }
}

impl Serialize for StatusCode {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.code())
    }
}

impl Serialize for BusinessKind {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.code())
    }
}

impl Serialize for ReceiverKind {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.code())
    }
}
