//! The document axis: agencies hand in packets (edXML), the axis carries each to its recipients,
//! keeps it until they have it, and can prove every station to both sides.
//!
//! Systems of agencies speak to it with the national kit; offices in this installation by jobs;
//! other axes by links. What was accepted is on the disk, encrypted, the received bytes verbatim.
//! The transport state of a delivery (was it fetched?) and its business state (what does the
//! receiver say about the document?) are two things and never mixed.
//!
//! * [`commands::shelve`] takes bytes in, [`commands::accept`] makes a packet of them in a unit of
//!   work, [`commands::Reception`] does so for programs that ask, several packets in one unit.
//! * [`commands::post`] and [`commands::post_status`] are for offices here, inside their own unit
//!   of work; [`Arrived`] is what the job of a desk is handed.
//! * [`queries`] is what others ask; [`queries::open`] hands out the received bytes.
//! * [`Refusal::code`] is the axis' error code, for programs.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 4, art. 5, art. 6, art. 9, art. 10, art. 13
//! Law: NĐ 30/2020/NĐ-CP art. 18
//! Law: QCVN 102:2016/BTTTT
//!
//! | word | Vietnamese | meaning |
//! |---|---|---|
//! | axis | trục liên thông văn bản | what carries documents between agencies |
//! | system | hệ thống (systemid) | a program that acts for agencies, and has a secret |
//! | agency | cơ quan, đơn vị tham gia | a unit of the catalogue, or a code nobody knows yet |
//! | packet | gói tin edXML (docId) | the received bytes, never changed |
//! | delivery | lượt gửi | one packet on its way to one recipient |
//! | transport | trạng thái chuyển | whether the recipient has the packet |
//! | standing | trạng thái xử lý | what the recipient says became of the document |
//! | reception | nơi tiếp nhận | where packets wait to be accepted |
//! | handover | nơi giao gói tin | where systems wait that fetch packets or acknowledge them |
//! | company | nhóm cùng lượt | orders that come at about the same time and share a unit of work |
//! | batch | lượt ghi | what is written together at the end of that unit |
//! | mailbox | hộp thư | the deliveries that the system of an agency fetches |
//! | desk | bàn văn thư | an office in this installation, told by a job |
//! | link | kết nối | another axis that is fed and asked |
//! | receipt | biên nhận | signed by the axis, bound to the digest of the packet |
//! | work list | việc cần người xử lý | what does not go on without a person |
//! | trace | nhật ký đường đi | every station of a packet |
//! | recall | thu hồi | the sender asks for a document back |
//! | news | tin báo | what a system is told of what arrived and of what it sent |
//! | shelf | kho gói tin | where the bytes of packets lie, encrypted |

mod api;
pub mod commands;
mod delivery;
mod doorman;
mod evidence;
mod jobs;
mod keeping;
mod link;
mod link_fault;
mod link_jobs;
mod news;
mod packet;
pub(crate) mod pages;
mod party;
mod peer;
pub mod queries;
pub mod receipt;
mod reconciliation;
mod refusal;
mod routes;
mod secret;
mod secrets;
pub mod setting;
mod shelf;
mod standing;
mod store;
mod system;
mod system_fault;
#[cfg(test)]
mod tests;
mod trace;
mod watch_fault;
mod watch_jobs;
mod webhook;
mod work;
pub mod yardstick;

use platform::Part;
use platform::store::Tables;
use platform::web::{Count, MenuItem};
use platform::words::WordFile;

pub use api::OpenApi;
pub use delivery::{Arrived, Delivery, DeliveryId, Route};
pub use packet::{Kind, Origin, Packet, PacketId, SignatureState};
pub use refusal::Refusal;
pub use secret::Secret;
pub use setting::Settings;
pub use shelf::{Intake, Opened, Shelved, Summary};
pub use standing::{Ask, Effect, Standing};
pub use system::{SystemFault, SystemId};
pub use system_fault::SystemRefusal;
pub use trace::{Event, What};
pub use wire::vxp::{MessageType, TransportStatus};
pub use work::{Task, TaskKind};

/// Where administrators look after the axis.
pub(crate) const HERE: &str = "/quan-tri/truc";

/// Below this path of the site stands the API; on a listener of its own, at the root.
pub const MOUNT: &str = "/axis";

pub const TABLES: Tables = Tables {
    namespace: "axis",
    steps: &[
        ("0001_first", include_str!("tables/0001_first.sql")),
        ("0002_systems", include_str!("tables/0002_systems.sql")),
        ("0003_watching", include_str!("tables/0003_watching.sql")),
        ("0004_links", include_str!("tables/0004_links.sql")),
        ("0005_settings", include_str!("tables/0005_settings.sql")),
        ("0006_news", include_str!("tables/0006_news.sql")),
        ("0007_link_covers", include_str!("tables/0007_link_covers.sql")),
        ("0008_stranded", include_str!("tables/0008_stranded.sql")),
        ("0009_leaving", include_str!("tables/0009_leaving.sql")),
    ],
};

const WORDS: WordFile =
    WordFile { name: "axis", vi: include_str!("words/vi.ftl"), en: include_str!("words/en.ftl") };

const MENU: &[MenuItem] = &[MenuItem {
    path: HERE,
    word: "axis-menu-overview",
    right: "manage-axis",
    count: Some(Count::OfOffices(commands::settling::OPEN_FIGURE)),
}];

pub fn part() -> Part {
    Part {
        name: "axis",
        tables: TABLES,
        words: WORDS,
        routes: routes::routes(),
        jobs: jobs::kinds(),
        schedules: jobs::schedules(),
        menu: MENU,
    }
}
