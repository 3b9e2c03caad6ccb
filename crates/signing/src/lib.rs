//! Signing: papers go the way of those who sign them, each signature confirmed by its owner.
//!
//! A capability submits a PDF with the list of who signs it, in their order: first the competent
//! persons, then the agency. Each person sees the very bytes by their SHA-256 and confirms with a
//! second factor; the agency's seal follows only on what the persons signed. What was signed is
//! judged before it is kept, and whoever submitted it is told how it ended by a job.
//!
//! * [`commands::submit`] and [`commands::withdraw`], inside the caller's unit of work.
//! * [`Ended`] is what the job named by [`NewSubmission::told`] is handed.
//! * [`NewSubmission::after`] and [`issuing`]: persons sign, the document gets its number and date,
//!   and the agency seals it in a second submission.
//! * [`queries`] is what other capabilities ask: who can sign, who can seal, in which capacity.
//!
//! Law: Luật 20/2023/QH15 art. 22
//! Law: NĐ 30/2020/NĐ-CP art. 13, art. 32, art. 33
//!
//! | word | Vietnamese | meaning |
//! |---|---|---|
//! | submission | văn bản trình ký | a file that waits for signatures, and who they are of |
//! | step | bước ký | one signature of it |
//! | signatory | người ký, cơ quan ký | whose signature it is |
//! | authorisation | xác nhận ký | a second factor over named bytes |
//! | sitting | phiên ký | a time for which one code counts, for slips only |
//! | delegation | ủy quyền ký | signing in another's place: KT., TL., TUQ. |
//! | letter of request | văn bản đề nghị | by which a unit asks about certificates |
//! | picture | mẫu chữ ký, mẫu con dấu | how a signature or a seal looks |
//! | seal | con dấu số của cơ quan | the agency's signature |
//! | sealing rule | quy tắc đóng dấu tự động | lets the program seal what persons signed |
//! | driver | cách ký | where the key is: here, at the workstation, remote, by hand |

pub mod appearance;
mod board;
pub mod commands;
mod delegation;
mod desk;
mod engine;
mod gallery;
pub mod issuing;
mod jobs;
mod letter;
mod pages;
mod picture;
pub mod queries;
mod refusal;
mod remote;
mod routes;
mod rule;
mod sitting;
mod step;
mod store;
mod submission;
mod take_back;
#[cfg(test)]
mod tests;
mod workstation;

use platform::Part;
use platform::store::Tables;
use platform::web::{Count, MenuItem};
use platform::words::WordFile;

pub use refusal::Refusal;
pub use rule::SealingRule;
pub use sitting::Sitting;
pub use step::{DriverKind, SignatoryKind, Step, StepState};
pub use submission::{
    Capacity, Ended, Ending, NewSubmission, Scope, Signatory, State, Submission, SubmissionId,
};

/// Where officers sign.
pub(crate) const HERE: &str = "/can-bo/ky-so";

pub const TABLES: Tables = Tables {
    namespace: "signing",
    steps: &[("0001_first", include_str!("tables/0001_first.sql"))],
};

const WORDS: WordFile = WordFile {
    name: "signing",
    vi: include_str!("words/vi.ftl"),
    en: include_str!("words/en.ftl"),
};

const MENU: &[MenuItem] = &[
    MenuItem {
        path: HERE,
        word: "signing-menu",
        right: "",
        count: Some(Count::OfPerson(queries::waiting)),
    },
    MenuItem {
        path: "/quan-tri/con-dau",
        word: "signing-menu-seals",
        right: "manage-certificates",
        count: None,
    },
    MenuItem {
        path: "/quan-tri/ky-tu-xa",
        word: "signing-remote-menu",
        right: "approve-certificates",
        count: None,
    },
];

pub fn part() -> Part {
    Part {
        name: "signing",
        tables: TABLES,
        words: WORDS,
        routes: routes::routes(),
        jobs: jobs::kinds(),
        schedules: Vec::new(),
        menu: MENU,
    }
}
