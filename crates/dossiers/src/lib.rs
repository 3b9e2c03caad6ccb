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
//! | supplement | bổ sung | papers or answers the office asks for later; the clock stands meanwhile |
//! | reopened | mở lại | questions of a sent form that a supplement lets the applicant answer anew |
//! | edition | bản kê khai | the answers as they stood before a supplement changed them |
//! | hand-over | bàn giao | giving the dossier to the next unit and person; never changed after |
//! | slip | phiếu | a paper the office owes at a step, forms 01 to 07 |
//! | wallet | ví giấy tờ | the results a person holds |

mod access;
pub mod api;
pub mod applicant;
pub mod calendar;
mod check_code;
pub mod code;
pub mod commands;
pub mod demand;
pub mod dossier;
mod draft;
pub mod due;
mod due_words;
pub mod event;
mod form;
pub mod handover;
mod jobs;
pub mod on_time;
mod pages;
pub mod papers;
mod paperwork;
pub mod pile;
pub mod places;
pub mod queries;
mod refusal;
pub mod reopening;
pub mod route;
pub mod rules;
mod signature;
pub mod status;
mod store;
#[cfg(test)]
mod tests;

use axum::extract::State;
use identity::Actor;
use platform::store::Tables;
use platform::web::{Count, FOR_ANYONE, FOR_CITIZENS, MenuItem, Routes, View, Who};
use platform::words::WordFile;
use platform::{Ctx, Part};
use procedures::search::Catalogue;

pub use api::OpenApi;
pub use dossier::{Dossier, DossierId};
pub use refusal::Refusal;

/// The gauge of what waits in a unit, by its code: the menu shows it.
pub const WAITING: &str = "dossiers.waiting";

pub const TABLES: Tables = Tables {
    namespace: "dossiers",
    steps: &[("0001_first", include_str!("tables/0001_first.sql"))],
};

pub const WORDS: WordFile = WordFile {
    name: "dossiers",
    vi: include_str!("words/vi.ftl"),
    en: include_str!("words/en.ftl"),
};

const MENU: &[MenuItem] = &[
    item("/ho-so", "dossiers-menu-mine", FOR_CITIZENS),
    item("/vi-giay-to", "dossiers-menu-wallet", FOR_CITIZENS),
    item("/tra-cuu", "dossiers-menu-track", FOR_ANYONE),
    MenuItem {
        path: "/can-bo/ho-so",
        word: "dossiers-menu-queue",
        right: "see-dossiers",
        count: Some(Count::OfOffices(WAITING)),
    },
    item("/can-bo/tiep-nhan", "dossiers-menu-counter", "receive-dossiers"),
    item("/can-bo/so-theo-doi", "dossiers-menu-register", "see-dossiers"),
    item("/quan-tri/lich-lam-viec", "dossiers-menu-calendar", "manage-procedures"),
];

const fn item(path: &'static str, word: &'static str, right: &'static str) -> MenuItem {
    MenuItem { path, word, right, count: None }
}

pub fn part() -> Part {
    part_with(Catalogue::default())
}

/// With the catalogue of procedures in memory that the counter's search shares with everybody.
pub fn part_with(catalogue: Catalogue) -> Part {
    Part {
        name: "dossiers",
        tables: TABLES,
        words: WORDS,
        routes: citizen().merge(filling()).merge(open()).merge(desk(catalogue)),
        jobs: jobs::KINDS.to_vec(),
        schedules: jobs::SCHEDULES.to_vec(),
        menu: MENU,
    }
}

/// From the draft to the rating.
fn citizen() -> Routes {
    use pages::{citizen, papers};
    Routes::new()
        .get("/ho-so", Who::Citizen, citizen::list)
        .get("/vi-giay-to", Who::Citizen, citizen::wallet)
        .get("/ho-so/{id}", Who::Citizen, citizen::show)
        .get("/ho-so/{id}/xac-nhan", Who::Citizen, citizen::confirmation)
        .get("/ho-so/{id}/tep/{file}", Who::Citizen, citizen::file)
        .get("/ho-so/{id}/bo-sung", Who::Citizen, citizen::supplement)
        .post("/ho-so/{id}/bo-sung", Who::Citizen, citizen::post_supplement)
        .upload("/ho-so/{id}/bo-sung/tep", Who::Citizen, citizen::post_supplement_file)
        .post(
            "/ho-so/{id}/bo-sung/tep/{file}/xoa",
            Who::Citizen,
            citizen::post_supplement_file_removed,
        )
        .get("/ho-so/{id}/rut", Who::Citizen, citizen::withdraw)
        .post("/ho-so/{id}/rut", Who::Citizen, citizen::post_withdraw)
        .get("/ho-so/{id}/danh-gia", Who::Citizen, citizen::rate)
        .post("/ho-so/{id}/danh-gia", Who::Citizen, citizen::post_rate)
        .get("/ho-so/{id}/phieu/{form}/{number}", Who::Citizen, papers::slip)
        .get("/ho-so/{id}/phieu/{form}/{number}/pdf", Who::Citizen, papers::slip_pdf)
        .get("/ho-so/{id}/ket-qua", Who::Citizen, papers::result)
        .get("/ho-so/{id}/ket-qua/pdf", Who::Citizen, papers::result_pdf)
}

/// One question after the other.
fn filling() -> Routes {
    use pages::{filling, moving, start};
    Routes::new()
        .get("/nop-ho-so/{code}", Who::Anyone, start::show)
        .post("/nop-ho-so/{code}", Who::Citizen, start::post_begin)
        .get("/ho-so/{id}/co-quan", Who::Citizen, moving::show)
        .post("/ho-so/{id}/co-quan", Who::Citizen, moving::post)
        .get("/ho-so/{id}/buoc/{step}", Who::Citizen, filling::step)
        .post("/ho-so/{id}/buoc/{step}", Who::Citizen, filling::post_step)
        .post("/ho-so/{id}/buoc/{step}/xoa", Who::Citizen, filling::post_remove_item)
        .post("/ho-so/{id}/luu/{step}", Who::Citizen, filling::post_save)
        .upload("/ho-so/{id}/nop-tep/{path}", Who::Citizen, filling::post_file)
        .post("/ho-so/{id}/nop-tep/{path}/xoa", Who::Citizen, filling::post_file_removed)
        .post("/ho-so/{id}/giay-to/{path}", Who::Citizen, filling::post_reuse)
        .get("/ho-so/{id}/ban-nhap/{file}", Who::Citizen, filling::file)
        .post("/ho-so/{id}/nop", Who::Citizen, filling::post_send)
        .post("/ho-so/{id}/xoa", Who::Citizen, filling::post_discard)
}

/// For everybody.
fn open() -> Routes {
    use pages::{check, track};
    Routes::new()
        .get("/tra-cuu", Who::Anyone, track::show)
        .attempt("/tra-cuu", Who::Anyone, track::post_show)
        .get("/kiem-tra", Who::Anyone, check::ask)
        .attempt("/kiem-tra", Who::Anyone, check::post_ask)
        .get("/kiem-tra/{code}", Who::Anyone, check::show)
        .get("/api/v1/dossiers/track", Who::Anyone, api::track_one)
}

/// The officer's.
fn desk(catalogue: Catalogue) -> Routes {
    use pages::{calendar, desk, papers};
    let choose = move |view: View, actor: Actor, State(ctx): State<Ctx>| {
        desk::choose(view, actor, ctx, catalogue.clone())
    };
    Routes::new()
        .get("/can-bo/ho-so", Who::Officer, desk::queue)
        .get("/can-bo/ho-so/{id}", Who::Officer, desk::show)
        .get("/can-bo/ho-so/{id}/tep/{file}", Who::Officer, desk::file)
        .get("/can-bo/ho-so/{id}/phieu/{form}/{number}", Who::Officer, papers::desk_slip)
        .get("/can-bo/ho-so/{id}/phieu/{form}/{number}/pdf", Who::Officer, papers::desk_slip_pdf)
        .get("/can-bo/ho-so/{id}/ket-qua", Who::Officer, papers::desk_result)
        .get("/can-bo/ho-so/{id}/ket-qua/pdf", Who::Officer, papers::desk_result_pdf)
        .get("/can-bo/ho-so/{id}/viec/{act}", Who::Officer, desk::act)
        .post("/can-bo/ho-so/{id}/viec/{act}", Who::Officer, desk::post_act)
        .get("/can-bo/tiep-nhan", Who::Officer, choose)
        .get("/can-bo/tiep-nhan/{code}", Who::Officer, desk::take)
        .post("/can-bo/tiep-nhan/{code}", Who::Officer, desk::post_take)
        .get("/can-bo/so-theo-doi", Who::Officer, desk::register)
        .get("/can-bo/so-theo-doi/pdf", Who::Officer, desk::register_pdf)
        .get("/api/v1/dossiers", Who::Officer, api::list)
        .get("/quan-tri/lich-lam-viec", Who::Officer, calendar::show)
        .post("/quan-tri/lich-lam-viec", Who::Officer, calendar::post)
}
