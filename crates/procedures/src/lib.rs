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

mod api;
pub mod channel;
pub mod code;
pub mod commands;
pub mod completeness;
pub mod component;
mod differences;
pub mod eform;
pub mod fee;
pub mod import;
mod kept;
pub mod level;
pub mod life_event;
pub mod listing;
mod pages;
mod printed_order;
pub mod procedure;
pub mod queries;
mod refusal;
pub mod search;
pub mod shipped;
mod standing;
mod store;
#[cfg(test)]
mod tests;
pub mod time_limit;
pub mod version;

use axum::extract::{Query, State};
use platform::store::Tables;
use platform::web::{FOR_ANYONE, MenuItem, Routes, View, Who};
use platform::words::WordFile;
use platform::{Ctx, Part};

pub use api::OpenApi;
pub use channel::{Channel, ChannelKind};
pub use code::Code;
pub use component::{Case, Component};
pub use fee::{Fee, Vnd};
pub use level::{Levels, OnlineLevel};
pub use life_event::LifeEvent;
pub use procedure::{Entry, ProcedureId, Status, VersionId};
pub use refusal::Refusal;
use search::Catalogue;
pub use time_limit::{TimeLimit, TimeUnit};
pub use version::{RouteStep, Version};

pub const TABLES: Tables = Tables {
    namespace: "procedures",
    steps: &[("0001_first", include_str!("tables/0001_first.sql"))],
};

const WORDS: WordFile = WordFile {
    name: "procedures",
    vi: concat!(include_str!("words/vi.ftl"), "\n", include_str!("eform/words/vi.ftl")),
    en: concat!(include_str!("words/en.ftl"), "\n", include_str!("eform/words/en.ftl")),
};

const MENU: &[MenuItem] = &[
    MenuItem { path: "/thu-tuc", word: "procedures-title", right: FOR_ANYONE, count: None },
    MenuItem {
        path: "/quan-tri/thu-tuc",
        word: "procedures-menu",
        right: "manage-procedures",
        count: None,
    },
];

pub fn part() -> Part {
    part_with(Catalogue::default())
}

/// With a catalogue in memory that other capabilities look into as well.
pub fn part_with(catalogue: Catalogue) -> Part {
    Part {
        name: "procedures",
        tables: TABLES,
        words: WORDS,
        routes: searching(catalogue).merge(reading()).merge(managing()),
        jobs: Vec::new(),
        schedules: Vec::new(),
        menu: MENU,
    }
}

/// What looks into the catalogue in memory: one for all three.
fn searching(catalogue: Catalogue) -> Routes {
    let (for_home, for_search, for_list) = (catalogue.clone(), catalogue.clone(), catalogue);
    let home =
        move |view: View, State(ctx): State<Ctx>| pages::home::show(view, ctx, for_home.clone());
    let search = move |view: View, State(ctx): State<Ctx>| {
        pages::search::show(view, ctx, for_search.clone())
    };
    let list = move |State(ctx): State<Ctx>, Query(asked): Query<api::ListAsked>| {
        api::list(ctx, asked, for_list.clone())
    };
    Routes::new().get("/", Who::Anyone, home).get("/thu-tuc", Who::Anyone, search).get(
        "/api/v1/procedures",
        Who::Anyone,
        list,
    )
}

fn reading() -> Routes {
    Routes::new()
        .get("/thu-tuc/{code}", Who::Anyone, pages::show::show)
        .get("/thu-tuc/{code}/phien-ban", Who::Anyone, pages::versions::list)
        .get("/thu-tuc/{code}/phien-ban/{number}", Who::Anyone, pages::versions::one)
        .get("/api/v1/procedures/{code}", Who::Anyone, api::one)
        .get("/api/v1/procedures/{code}/versions", Who::Anyone, api::versions)
}

fn managing() -> Routes {
    use pages::{acts, edit, manage};
    Routes::new()
        .get("/quan-tri/thu-tuc", Who::Officer, manage::list)
        .get("/quan-tri/thu-tuc/{code}", Who::Officer, manage::one)
        .get("/quan-tri/thu-tuc/{code}/xem", Who::Officer, manage::preview)
        .post("/quan-tri/thu-tuc/{code}/soan", Who::Officer, acts::begin)
        .get("/quan-tri/thu-tuc/{code}/sua", Who::Officer, edit::show)
        .post("/quan-tri/thu-tuc/{code}/sua", Who::Officer, edit::post)
        .post("/quan-tri/thu-tuc/{code}/cong-bo", Who::Officer, acts::publish)
        .post("/quan-tri/thu-tuc/{code}/bo-nhap", Who::Officer, acts::discard)
        .post("/quan-tri/thu-tuc/{code}/tam-dung", Who::Officer, acts::suspend)
        .post("/quan-tri/thu-tuc/{code}/tiep-tuc", Who::Officer, acts::resume)
        .post("/quan-tri/thu-tuc/{code}/bai-bo", Who::Officer, acts::abolish)
}
