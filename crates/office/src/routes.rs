//! What this capability answers to.

use axum::Extension;
use axum::extract::{FromRequestParts, Request};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use identity::Actor;
use platform::web::{Problem, Routes, View, Who};

use crate::pages::{
    groups, incoming, live, offices, outgoing, paperless, plans, records, registers, search, slip,
    statistics, statistics_tasks, tasks, work_dossier, work_dossiers,
};
use crate::workdays::Workdays;

pub(crate) fn routes(workdays: Workdays) -> Routes {
    received()
        .layer(from_fn(in_office))
        .merge(sending().layer(from_fn(in_office)))
        .merge(administering().layer(from_fn(in_office)))
        .merge(working().layer(from_fn(in_office)))
        .merge(finding())
        .merge(keeping())
        .merge(counting())
        .layer(Extension(workdays))
}

/// What came in.
fn received() -> Routes {
    use incoming::{acts, assign, files, list, paper, show, wishes};
    Routes::new()
        .get("/can-bo/van-ban-den", Who::Officer, list::list)
        .events("/can-bo/van-ban-den/moi", Who::Officer, live::incoming)
        .get("/can-bo/van-ban-den/vao-so", Who::Officer, paper::show)
        .upload("/can-bo/van-ban-den/vao-so", Who::Officer, paper::post)
        .post("/can-bo/van-ban-den/phan-cong", Who::Officer, assign::post_several)
        .get("/can-bo/van-ban-den/chua-bao", Who::Officer, wishes::untold)
        .get("/can-bo/van-ban-den/yeu-cau/{id}", Who::Officer, wishes::show)
        .post("/can-bo/van-ban-den/yeu-cau/{id}", Who::Officer, wishes::post_decide)
        .get("/can-bo/van-ban-den/yeu-cau/{id}/tep/{file}", Who::Officer, wishes::file)
        .post("/can-bo/van-ban-den/yeu-cau/{id}/van-ban", Who::Officer, wishes::post_link)
        .get("/can-bo/van-ban-den/{id}", Who::Officer, show::show)
        .get("/can-bo/van-ban-den/{id}/tep/{file}", Who::Officer, files::file)
        .get("/can-bo/van-ban-den/{id}/ban-xem", Who::Officer, files::copy)
        .post("/can-bo/van-ban-den/{id}/bao-lai", Who::Officer, wishes::post_tell)
        .get("/can-bo/van-ban-den/{id}/viec/{act}", Who::Officer, acts::act)
        .post("/can-bo/van-ban-den/{id}/viec/{act}", Who::Officer, acts::post_act)
}

/// What is to be done, and by whom.
fn working() -> Routes {
    use tasks::{act, away, give, late, list, show};
    Routes::new()
        .get("/can-bo/viec", Who::Officer, list::list)
        .get("/can-bo/viec/giao", Who::Officer, give::show)
        .post("/can-bo/viec/giao", Who::Officer, give::post)
        .get("/can-bo/viec/qua-han", Who::Officer, late::show)
        .get("/can-bo/viec/qua-han/xuat", Who::Officer, late::export)
        .get("/can-bo/viec/vang-mat", Who::Officer, away::show)
        .post("/can-bo/viec/vang-mat", Who::Officer, away::post)
        .post("/can-bo/viec/vang-mat/{id}/ket-thuc", Who::Officer, away::post_end)
        .post("/can-bo/viec/ban-giao", Who::Officer, away::post_leave)
        .get("/can-bo/viec/{id}", Who::Officer, show::show)
        .get("/can-bo/viec/{id}/lam/{act}", Who::Officer, act::act)
        .post("/can-bo/viec/{id}/lam/{act}", Who::Officer, act::post_act)
}

/// Documents that are looked for, and what is kept about each.
fn finding() -> Routes {
    Routes::new()
        .get("/can-bo/tim-van-ban", Who::Officer, search::list)
        .get("/can-bo/tim-van-ban/xuat", Who::Officer, search::export)
        .get("/can-bo/tim-van-ban/in", Who::Officer, search::print)
        .get("/can-bo/tim-van-ban/luu", Who::Officer, search::list)
        .post("/can-bo/tim-van-ban/luu", Who::Officer, search::post_save)
        .post("/can-bo/tim-van-ban/luu/{id}/bo", Who::Officer, search::post_forget)
        .get("/can-bo/van-ban/{direction}/{id}", Who::Officer, records::show)
        .post("/can-bo/van-ban/{direction}/{id}/lien-ket", Who::Officer, records::post_link)
        .post("/can-bo/van-ban/{direction}/{id}/lien-ket/bo", Who::Officer, records::post_unlink)
        .post("/can-bo/van-ban/{direction}/{id}/ho-so", Who::Officer, records::post_dossier)
        .get(
            "/can-bo/van-ban/{direction}/{id}/sieu-du-lieu.json",
            Who::Officer,
            records::metadata_json,
        )
        .get(
            "/can-bo/van-ban/{direction}/{id}/sieu-du-lieu.csv",
            Who::Officer,
            records::metadata_csv,
        )
        .get("/can-bo/van-ban/{direction}/{id}/phieu-giai-quyet", Who::Officer, slip::show)
}

/// Work dossiers.
fn keeping() -> Routes {
    use work_dossier as one;
    Routes::new()
        .get("/can-bo/ho-so-cong-viec", Who::Officer, work_dossiers::list)
        .get("/can-bo/ho-so-cong-viec/mo", Who::Officer, work_dossiers::new)
        .post("/can-bo/ho-so-cong-viec/mo", Who::Officer, work_dossiers::post_new)
        .get("/can-bo/ho-so-cong-viec/{id}", Who::Officer, one::show)
        .get("/can-bo/ho-so-cong-viec/{id}/muc-luc", Who::Officer, one::print)
        .post("/can-bo/ho-so-cong-viec/{id}/sua", Who::Officer, one::post_edit)
        .post("/can-bo/ho-so-cong-viec/{id}/them", Who::Officer, one::post_put)
        .post("/can-bo/ho-so-cong-viec/{id}/lay-ra", Who::Officer, one::post_take_out)
        .post("/can-bo/ho-so-cong-viec/{id}/dong", Who::Officer, one::post_close)
        .post("/can-bo/ho-so-cong-viec/{id}/mo-lai", Who::Officer, one::post_reopen)
        .post("/can-bo/ho-so-cong-viec/{id}/nop-luu", Who::Officer, one::post_archive)
        .post("/can-bo/ho-so-cong-viec/{id}/chuyen", Who::Officer, one::post_transfer)
}

/// Registers, statistics, and the catalogue of what goes out without paper.
fn counting() -> Routes {
    Routes::new()
        .get("/can-bo/so-van-ban", Who::Officer, registers::show)
        .get("/can-bo/so-van-ban/xuat", Who::Officer, registers::export)
        .get("/can-bo/so-van-ban/in", Who::Officer, registers::print_register)
        .get("/can-bo/van-ban-thong-ke", Who::Officer, statistics::show)
        .get("/can-bo/van-ban-thong-ke/xuat", Who::Officer, statistics::export)
        .get("/can-bo/van-ban-thong-ke/in", Who::Officer, statistics::print)
        .get("/can-bo/van-ban-thong-ke/viec", Who::Officer, statistics_tasks::behind_a_figure)
        .get("/quan-tri/van-phong/danh-muc-dien-tu", Who::Officer, paperless::list)
        .post("/quan-tri/van-phong/danh-muc-dien-tu", Who::Officer, paperless::post_add)
        .post(
            "/quan-tri/van-phong/danh-muc-dien-tu/{id}/ket-thuc",
            Who::Officer,
            paperless::post_end,
        )
}

/// For whoever has no office today there is nothing here.
async fn in_office(view: View, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match Actor::from_request_parts(&mut parts, view.ctx()).await {
        Ok(actor) if actor.bonds().is_empty() => Problem::not_found().into_response(),
        _ => next.run(Request::from_parts(parts, body)).await,
    }
}

/// What goes out.
fn sending() -> Routes {
    use outgoing::{acts, addresses, books, compose, files, list, show, update};
    Routes::new()
        .get("/can-bo/van-ban-di", Who::Officer, list::list)
        .events("/can-bo/van-ban-di/moi", Who::Officer, live::outgoing)
        .get("/can-bo/van-ban-di/tao", Who::Officer, compose::new)
        .post("/can-bo/van-ban-di/tao", Who::Officer, compose::post_new)
        .get("/can-bo/van-ban-di/so", Who::Officer, books::list)
        .get("/can-bo/van-ban-di/so/{id}", Who::Officer, books::show)
        .post("/can-bo/van-ban-di/so/{id}", Who::Officer, books::post)
        .get("/can-bo/van-ban-di/{id}", Who::Officer, show::show)
        .get("/can-bo/van-ban-di/{id}/sua", Who::Officer, compose::edit)
        .post("/can-bo/van-ban-di/{id}/sua", Who::Officer, compose::post_edit)
        .get("/can-bo/van-ban-di/{id}/noi-nhan", Who::Officer, addresses::show)
        .post("/can-bo/van-ban-di/{id}/noi-nhan", Who::Officer, addresses::post)
        .post("/can-bo/van-ban-di/{id}/noi-nhan/{who}/bo", Who::Officer, addresses::post_remove)
        .get("/can-bo/van-ban-di/{id}/xem", Who::Officer, files::main)
        .get("/can-bo/van-ban-di/{id}/tep", Who::Officer, files::list)
        .upload("/can-bo/van-ban-di/{id}/tep", Who::Officer, files::post)
        .post("/can-bo/van-ban-di/{id}/tep/bo", Who::Officer, files::post_drop)
        .get("/can-bo/van-ban-di/{id}/tep/{file}", Who::Officer, files::attachment)
        .post("/can-bo/van-ban-di/{id}/tep/{file}/bo", Who::Officer, files::post_detach)
        .get("/can-bo/van-ban-di/{id}/phien-ban/{edition}", Who::Officer, files::version)
        .get("/can-bo/van-ban-di/{id}/phien-ban/{edition}/tep", Who::Officer, files::version_file)
        .get("/can-bo/van-ban-di/{id}/cap-nhat", Who::Officer, update::show)
        .upload("/can-bo/van-ban-di/{id}/cap-nhat", Who::Officer, update::post)
        .get("/can-bo/van-ban-di/{id}/{deed}", Who::Officer, acts::show)
        .post("/can-bo/van-ban-di/{id}/{deed}", Who::Officer, acts::post)
}

/// Desks, plans of books, groups of recipients.
fn administering() -> Routes {
    Routes::new()
        .get("/quan-tri/van-phong", Who::Officer, offices::list)
        .get("/quan-tri/van-phong/{code}", Who::Officer, offices::show)
        .post("/quan-tri/van-phong/{code}", Who::Officer, offices::post)
        .post("/quan-tri/van-phong/{code}/dong", Who::Officer, offices::post_close)
        .get("/quan-tri/van-phong/{code}/so", Who::Officer, plans::show)
        .post("/quan-tri/van-phong/{code}/so", Who::Officer, plans::post)
        .get("/quan-tri/van-phong/{code}/nhom", Who::Officer, groups::list)
        .post("/quan-tri/van-phong/{code}/nhom", Who::Officer, groups::post_make)
        .get("/quan-tri/van-phong/{code}/nhom/{id}", Who::Officer, groups::show)
        .post("/quan-tri/van-phong/{code}/nhom/{id}", Who::Officer, groups::post)
}
