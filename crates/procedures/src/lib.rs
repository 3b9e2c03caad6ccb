//! The catalogue of administrative procedures: what the State does for people, on what papers,
//! in what time and for what fee, in versions.
//!
//! Law: NĐ 63/2010/NĐ-CP art. 8
//! Law: NĐ 92/2017/NĐ-CP art. 1
//!
//! | word | Vietnamese | meaning |
//! |---|---|---|
//! | procedure | thủ tục hành chính | one thing the State does for people, with its national code |
//! | version | phiên bản | its whole text as one decision published it, frozen |
//! | entry | mục trong danh mục | a version with its place in the catalogue: status, from, to |
//! | component | thành phần hồ sơ | a paper to hand in, or a note that stands among them |
//! | case | trường hợp | the components one situation asks for |
//! | channel | cách thức thực hiện | a way to file: online, at the counter, by post |
//! | charge, service fee | lệ phí, phí | what it costs |
//! | field | lĩnh vực | the branch of administration it belongs to |
//! | subject | đối tượng thực hiện | who may apply |
//! | whole, part | toàn trình, một phần | how much of it goes online |
//! | completeness | đầy đủ | whether the parts that must be published are there |

pub mod channel;
pub mod code;
pub mod commands;
pub mod completeness;
pub mod component;
pub mod eform;
pub mod fee;
pub mod import;
pub mod level;
pub mod life_event;
pub mod listing;
pub mod procedure;
pub mod queries;
pub mod refusal;
pub mod search;
mod standing;
mod store;
#[cfg(test)]
mod tests;
pub mod time_limit;
pub mod version;

pub use channel::{Channel, ChannelKind};
pub use code::Code;
pub use component::{Case, Component};
pub use fee::{Fee, Vnd};
pub use level::{Levels, OnlineLevel};
pub use life_event::LifeEvent;
pub use procedure::{Entry, ProcedureId, Status, VersionId};
pub use refusal::Refusal;
pub use time_limit::{TimeLimit, TimeUnit};
pub use version::{RouteStep, Version};
