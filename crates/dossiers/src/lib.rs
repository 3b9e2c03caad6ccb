//! The electronic one-stop shop (một cửa điện tử): a dossier from the first answer of a citizen
//! to the result in hand.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 17
//! Law: NĐ 118/2025/NĐ-CP art. 1
//!
//! | word | Vietnamese | meaning |
//! |---|---|---|
//! | draft | hồ sơ đang soạn | answers and files of a request that is not sent yet |
//! | dossier | hồ sơ | the request once it is sent or taken in at the counter |
//! | request number | số yêu cầu | what a request sent online is known by until it is accepted |
//! | dossier code | mã hồ sơ | what it is known by from its acceptance on |
//! | due date | ngày hẹn trả | when the result is owed |
//! | working calendar | lịch làm việc | which hours of which days count |
//! | reception | tiếp nhận | taking a dossier in, with a receipt |
//! | supplement | bổ sung | papers the office asks for later; the clock stands meanwhile |
//! | hand-over | bàn giao | giving the dossier to the next unit and person; never changed after |
//! | slip | phiếu | a paper the office owes at a step, forms 01 to 07 |
//! | wallet | ví giấy tờ | the results a person holds |

pub mod calendar;
pub mod code;
pub mod due;
pub mod on_time;
pub mod rules;
pub mod status;
#[cfg(test)]
mod tests;
