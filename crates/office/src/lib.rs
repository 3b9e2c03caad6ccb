//! The office: documents that go out, documents that come in, and who works on them.
//!
//! A document that goes out is drafted, commented on, initialled, signed by the competent person,
//! numbered by the clerk, sealed, issued and sent, in this order. One that comes in over the axis
//! is acknowledged, checked, entered, handed to whoever handles it, and answered for to its sender
//! with every step. Numbers come from books that have no gap and no double.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 7, art. 8, art. 10, art. 13, art. 14, art. 15, art. 16, art. 17
//! Law: NĐ 30/2020/NĐ-CP art. 18, art. 20, art. 21, art. 22, art. 23, art. 24
//! Law: QĐ 28/2018/QĐ-TTg art. 5, art. 6, art. 8, art. 9
//!
//! | word | Vietnamese | meaning |
//! |---|---|---|
//! | desk | bàn văn thư của cơ quan | an agency's office here, which the axis tells what arrived |
//! | outgoing document | văn bản đi | what an agency issues |
//! | incoming document | văn bản đến | what an agency receives |
//! | book | sổ văn bản | a year's numbers of one kind of documents |
//! | plan | danh mục sổ | which books a unit keeps from a day on |
//! | register entry | dòng sổ | one number of a book |
//! | arrival number | số đến | the number of an incoming document |
//! | reserved number | số chờ | kept free for a document to come |
//! | inserted number | số cấp bù | put in between, `12a` |
//! | symbol | ký hiệu | what stands behind the number: `QĐ-UBND` |
//! | draft | dự thảo | an outgoing document before it is signed |
//! | version | phiên bản | a draft as it stood |
//! | opinion | ý kiến | what somebody who was asked says about a draft |
//! | initial | ký nháy | by which whoever checked a draft answers for it |
//! | handling task | việc xử lý | main (chủ trì), co- (phối hợp), for information (để biết) |
//! | instruction | ý kiến chỉ đạo, bút phê | what a leader wants done with a document |
//! | work dossier | hồ sơ công việc | documents about one matter |
//! | recipient group | nhóm nơi nhận | recipients that are often named together |

mod absence;
mod alarms;
pub mod body;
pub mod book;
pub mod catalogue;
mod change;
mod coded;
pub mod commands;
pub mod desk;
pub mod document;
mod edition;
mod errands;
mod express;
mod fault;
mod hand;
mod incoming;
mod jobs;
mod link;
mod metadata;
pub(crate) mod numbering;
pub mod outgoing;
mod packet;
mod pages;
mod papers;
pub(crate) mod queries;
mod reading;
pub mod recipient;
mod record_fault;
mod refusal;
mod register;
pub mod review;
mod routes;
mod search;
mod sheet;
mod stamping;
mod store;
mod task;
#[cfg(test)]
mod tests;
mod work_dossier;
mod workdays;

use platform::Part;
use platform::jobs::{JobKind, Schedule};
use platform::store::Tables;
use platform::web::{Count, MenuItem};
use platform::words::WordFile;

pub use book::BookId;
pub use document::{Direction, DocumentType, IncomingId, OutgoingId, Urgency};
pub use refusal::Refusal;
pub use workdays::{OpenDays, Workdays};

/// Where officers see what goes out.
pub(crate) const HERE: &str = "/can-bo/van-ban-di";
/// Where they see what came in, and what is theirs to do.
pub(crate) const INCOMING: &str = "/can-bo/van-ban-den";
pub(crate) const TASKS: &str = "/can-bo/viec";

pub const TABLES: Tables = Tables {
    namespace: "office",
    steps: &[
        ("0001_first", include_str!("tables/0001_first.sql")),
        ("0002_incoming", include_str!("tables/0002_incoming.sql")),
        ("0003_records", include_str!("tables/0003_records.sql")),
        ("0004_update_files", include_str!("tables/0004_update_files.sql")),
    ],
};

const WORDS: WordFile =
    WordFile { name: "office", vi: include_str!("words/vi.ftl"), en: include_str!("words/en.ftl") };

const MENU: &[MenuItem] = &[
    MenuItem { path: HERE, word: "office-menu-outgoing", right: "see-documents", count: None },
    MenuItem {
        path: "/quan-tri/van-phong",
        word: "office-offices-manage",
        right: "manage-office",
        count: None,
    },
    MenuItem {
        path: INCOMING,
        word: "office-menu-incoming",
        right: "see-documents",
        count: Some(Count::OfOffices(errands::WAITING)),
    },
    MenuItem { path: TASKS, word: "office-menu-tasks", right: "see-documents", count: None },
    MenuItem {
        path: "/can-bo/tim-van-ban",
        word: "office-search",
        right: "see-documents",
        count: None,
    },
    MenuItem {
        path: "/can-bo/ho-so-cong-viec",
        word: "office-work-dossiers",
        right: "see-documents",
        count: None,
    },
    MenuItem {
        path: "/can-bo/so-van-ban",
        word: "office-registers",
        right: "register-documents",
        count: None,
    },
    MenuItem {
        path: "/can-bo/van-ban-thong-ke",
        word: "office-statistics",
        right: "see-figures",
        count: None,
    },
    MenuItem {
        path: "/quan-tri/van-phong/danh-muc-dien-tu",
        word: "office-paperless-menu",
        right: "manage-office",
        count: None,
    },
];

/// With Monday to Friday as working days.
pub fn part() -> Part {
    part_with(Workdays::plain())
}

/// With the working days of whoever keeps the calendar.
pub fn part_with(workdays: Workdays) -> Part {
    Part {
        name: "office",
        tables: TABLES,
        words: WORDS,
        routes: routes::routes(workdays),
        jobs: [jobs::kinds(), errands::kinds(), vec![alarms::kind()], recording()].concat(),
        schedules: [errands::schedules(), recording_schedules()].concat(),
        menu: MENU,
    }
}

/// Words taken down for the search, and reminders of the archive.
fn recording() -> Vec<JobKind> {
    vec![commands::indexing::kind(), commands::reminding::kind()]
}

fn recording_schedules() -> Vec<Schedule> {
    vec![commands::indexing::schedule(), commands::reminding::schedule()]
}
