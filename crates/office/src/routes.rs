//! What this capability answers to.

use axum::Extension;
use platform::web::{Routes, Who};

use crate::pages::{incoming, tasks};
use crate::workdays::Workdays;

pub(crate) fn routes(workdays: Workdays) -> Routes {
    received().merge(working()).layer(Extension(workdays))
}

/// What came in.
fn received() -> Routes {
    use incoming::{acts, assign, files, list, live, paper, show, wishes};
    Routes::new()
        .get("/can-bo/van-ban-den", Who::Officer, list::list)
        .events("/can-bo/van-ban-den/moi", Who::Officer, live::events)
        .get("/can-bo/van-ban-den/vao-so", Who::Officer, paper::show)
        .upload("/can-bo/van-ban-den/vao-so", Who::Officer, paper::post)
        .post("/can-bo/van-ban-den/phan-cong", Who::Officer, assign::post_several)
        .get("/can-bo/van-ban-den/chua-bao", Who::Officer, wishes::untold)
        .get("/can-bo/van-ban-den/yeu-cau/{id}", Who::Officer, wishes::show)
        .post("/can-bo/van-ban-den/yeu-cau/{id}", Who::Officer, wishes::post_decide)
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
        .get("/can-bo/viec/vang-mat", Who::Officer, away::show)
        .post("/can-bo/viec/vang-mat", Who::Officer, away::post)
        .post("/can-bo/viec/vang-mat/{id}/ket-thuc", Who::Officer, away::post_end)
        .post("/can-bo/viec/ban-giao", Who::Officer, away::post_leave)
        .get("/can-bo/viec/{id}", Who::Officer, show::show)
        .get("/can-bo/viec/{id}/lam/{act}", Who::Officer, act::act)
        .post("/can-bo/viec/{id}/lam/{act}", Who::Officer, act::post_act)
}
