//! The outside, played by small servers and a small program.

mod mail;
mod outbox;
mod press;
mod sms;

use super::{Message, OutsideError};

fn message(key: &str) -> Message {
    Message {
        key: key.to_owned(),
        to: "nguoi.dan@example.vn".to_owned(),
        subject: "Hồ sơ đã được tiếp nhận".to_owned(),
        text: "Kính gửi Ông/Bà,\nHồ sơ G22.16-261123-0001 đã được tiếp nhận.".to_owned(),
    }
}

fn is_not_now(outcome: &Result<(), OutsideError>) -> bool {
    matches!(outcome, Err(OutsideError::NotNow(_)))
}

fn is_never(outcome: &Result<(), OutsideError>) -> bool {
    matches!(outcome, Err(OutsideError::Never(_)))
}
