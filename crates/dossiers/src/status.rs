//! The ten statuses of a dossier as the national portal numbers them, and which may follow
//! which. Nothing changes a status but a move found here.
//!
//! Law: TT 03/2025/TT-VPCP app. I
//! Law: NĐ 61/2018/NĐ-CP art. 17

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "i32", try_from = "i32")]
pub enum Status {
    /// Mới đăng ký: handed in online, not yet accepted.
    Registered = 1,
    /// Được tiếp nhận: the receipt is issued, the due date fixed.
    Accepted = 2,
    /// Không được tiếp nhận.
    Refused = 3,
    /// Đang xử lý.
    Handling = 4,
    /// Yêu cầu bổ sung giấy tờ: the clock stands.
    Supplement = 5,
    /// Yêu cầu thực hiện nghĩa vụ tài chính: the clock stands.
    MoneyDue = 6,
    /// Công dân yêu cầu rút hồ sơ.
    Withdrawn = 7,
    /// Dừng xử lý.
    Stopped = 8,
    /// Đã xử lý xong: the result is signed and waits to be handed over.
    Finished = 9,
    /// Đã trả kết quả.
    HandedOver = 10,
}

use Status::{
    Accepted, Finished, HandedOver, Handling, MoneyDue, Refused, Registered, Stopped, Supplement,
    Withdrawn,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no status of a dossier")]
pub struct NoStatus(pub i32);

impl Status {
    pub const ALL: [Status; 10] = [
        Registered, Accepted, Refused, Handling, Supplement, MoneyDue, Withdrawn, Stopped,
        Finished, HandedOver,
    ];

    pub fn code(self) -> i32 {
        self as i32
    }

    /// The statuses that may follow this one.
    pub fn next(self) -> &'static [Status] {
        match self {
            Registered => &[Accepted, Refused, Supplement, Withdrawn],
            Accepted => &[Handling, Supplement, MoneyDue, Withdrawn, Stopped, Finished],
            // From handling to handling is the next step of the route.
            Handling => &[Handling, Supplement, MoneyDue, Withdrawn, Stopped, Finished],
            // Back to where the request found it; or away when the citizen's time has passed.
            Supplement => &[Registered, Accepted, Handling, Withdrawn, Refused, Stopped],
            MoneyDue => &[Handling, Finished, Stopped],
            Finished => &[HandedOver],
            Refused | Withdrawn | Stopped | HandedOver => &[],
        }
    }

    pub fn may_become(self, next: Status) -> bool {
        self.next().contains(&next)
    }

    pub fn is_final(self) -> bool {
        self.next().is_empty()
    }

    /// Waiting for the citizen: this time is not the office's.
    pub fn stops_the_clock(self) -> bool {
        matches!(self, Supplement | MoneyDue)
    }

    /// Where a supplement returns to, and where it ends when its time has passed.
    pub fn after_expired_supplement(came_from: Status) -> Status {
        if came_from == Registered { Refused } else { Stopped }
    }

    /// The word for it in `words`, without the capability's prefix.
    pub fn word(self) -> &'static str {
        match self {
            Registered => "registered",
            Accepted => "accepted",
            Refused => "refused",
            Handling => "handling",
            Supplement => "supplement",
            MoneyDue => "money-due",
            Withdrawn => "withdrawn",
            Stopped => "stopped",
            Finished => "finished",
            HandedOver => "handed-over",
        }
    }

    pub fn parse_word(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word() == word)
    }
}

impl From<Status> for i32 {
    fn from(status: Status) -> i32 {
        status.code()
    }
}

impl TryFrom<i32> for Status {
    type Error = NoStatus;

    fn try_from(code: i32) -> Result<Status, NoStatus> {
        Status::ALL.into_iter().find(|status| status.code() == code).ok_or(NoStatus(code))
    }
}
