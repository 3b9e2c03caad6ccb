//! Organisations: the agencies of the State and their parts, each with its identification code,
//! its place, its time in force, its successors and how people reach it.
//!
//! Everything else asks this catalogue: where a dossier is handed in, whose officer may see it,
//! to whom a letter is sent, and who took over from an agency that ended.
//!
//! * [`queries`] is what other capabilities call inside their units of work.
//! * [`commands`] change the catalogue. Each takes a [`Mandate`], the proof of who acts and over
//!   which part of the tree. `identity` makes mandates; it depends on this crate, never the other
//!   way round. So the program lays a layer over the routes that puts a [`Mandate`] (and a
//!   [`Frame`], the officer's navigation) into the extensions of each request of an officer who may
//!   manage organisations; the pages below `/quan-tri/don-vi` take them out with [`Mandated`], and
//!   answer as if they were not there when there is none.
//! * [`part`] is what the program serves; [`seed`](commands::seed) brings in the catalogue that the
//!   program carries.
//!
//! The tree is the tree of codes: the unit above `H57.101` is the one whose code is `H57`, today.
//! Moving a unit therefore gives it another code, and every code that it had goes on meaning it.
//! Nothing is ever deleted: a unit ends on a day and names its successors.
//!
//! Law: QĐ 20/2020/QĐ-TTg
//! Law: QĐ 09/2025/QĐ-TTg
//!
//! | word | Vietnamese | meaning |
//! |---|---|---|
//! | unit | đơn vị, cơ quan | an agency, or a part of one, with a code of its own |
//! | code | mã định danh điện tử | by which systems name a unit, QĐ 20/2020 |
//! | alias | mã cũ, mã khác | another code that means the same unit |
//! | level 1 | cấp 1 | ministries, provinces and their like, `G15`, `H57` |
//! | branch | khối cơ quan | what the first letter of level 1 says |
//! | provisional | mã tạm | stands in until the entitled agency issues a code |
//! | standing | hiệu lực | not yet, in force, closed |
//! | successor, heir | cơ quan kế thừa, tiếp nhận | has the work of a unit that ended |
//! | matter | phần việc được nhận | what one of several heirs took over |
//! | mandate | quyền quản lý danh mục | proof of who may change which part |
//! | one-stop centre | trung tâm phục vụ hành chính công | where papers are taken in |
//! | sheet | bảng CSV | the catalogue as a spreadsheet |

mod api;
mod branch;
mod code;
pub mod commands;
mod contact;
pub mod export;
mod jobs;
mod kind;
mod mandate;
mod name;
mod pages;
mod place;
pub mod queries;
mod refusal;
mod search;
mod seeds;
mod sheet;
mod store;
mod succession;
#[cfg(test)]
mod tests;
mod unit;

use platform::Part;
use platform::store::Tables;
use platform::web::{MenuItem, Routes, Who};
use platform::words::WordFile;

pub use api::OpenApi;
pub use branch::Branch;
pub use code::{Class, Code, CodeFault};
pub use contact::{Contact, ContactFault, ContactLines};
pub use kind::{Kind, Level};
pub use mandate::{Frame, Mandate, Mandated, Scope};
pub use name::{Name, NameFault};
pub use refusal::Refusal;
pub use sheet::RowFault;
pub use unit::{Standing, Unit, UnitId, place_name, standing as unit_standing};

/// The right, in the words of `identity`, that opens the administration of the catalogue.
pub const RIGHT: &str = "manage-organisations";

pub const TABLES: Tables = Tables {
    namespace: "organisations",
    steps: &[
        ("0001_first", include_str!("tables/0001_first.sql")),
        ("0002_revisions", include_str!("tables/0002_revisions.sql")),
        ("0003_days", include_str!("tables/0003_days.sql")),
    ],
};

const WORDS: WordFile = WordFile {
    name: "organisations",
    vi: include_str!("words/vi.ftl"),
    en: include_str!("words/en.ftl"),
};

const MENU: &[MenuItem] =
    &[MenuItem { path: "/quan-tri/don-vi", word: "organisations-menu", right: RIGHT, count: None }];

pub fn part() -> Part {
    Part {
        name: "organisations",
        tables: TABLES,
        words: WORDS,
        routes: routes(),
        jobs: jobs::kinds(),
        schedules: jobs::schedules(),
        menu: MENU,
    }
}

fn routes() -> Routes {
    use pages::{history, manage, sheets, show, tree};
    Routes::new()
        .get("/don-vi", Who::Anyone, tree::tree)
        .get("/don-vi/{code}", Who::Anyone, show::unit)
        .get("/don-vi/{code}/lich-su", Who::Anyone, history::history)
        .get("/api/v1/organisations", Who::Anyone, api::list)
        .get("/api/v1/organisations/{code}", Who::Anyone, api::one)
        .get("/quan-tri/don-vi", Who::Officer, manage::home)
        .get("/quan-tri/don-vi/tao", Who::Officer, manage::new)
        .post("/quan-tri/don-vi/tao", Who::Officer, manage::post_new)
        .get("/quan-tri/don-vi/nhap", Who::Officer, sheets::choose)
        .upload("/quan-tri/don-vi/nhap", Who::Officer, sheets::post_preview)
        .post("/quan-tri/don-vi/nhap/{file}", Who::Officer, sheets::post_apply)
        .get("/quan-tri/don-vi/xuat", Who::Officer, sheets::export)
        .get("/quan-tri/don-vi/{code}", Who::Officer, manage::unit)
        .get("/quan-tri/don-vi/{code}/{act}", Who::Officer, manage::act)
        .post("/quan-tri/don-vi/{code}/{act}", Who::Officer, manage::post_act)
}
