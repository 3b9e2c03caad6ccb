//! What this capability answers to.

use axum::Extension;
use platform::web::{Routes, Who};

use crate::api::{self, services};
use crate::pages::{
    anchors, asking, certificate, check, check_paper, evidence, letters, register, requests, timing,
};
use crate::stamping::Stamper;

pub(crate) fn routes() -> Routes {
    let all = Routes::new()
        .merge(services_routes())
        .merge(programs())
        .merge(administering())
        .merge(timing())
        .merge(evidence())
        .merge(checking());
    all.layer(Extension(Stamper::default()))
}

/// At the addresses that stand in certificates.
fn services_routes() -> Routes {
    Routes::new()
        .get("/ca/{file}", Who::Anyone, services::certificate)
        .get("/crl/{file}", Who::Anyone, services::list)
        .service("/ocsp/{authority}", services::post_status)
        .get("/ocsp/{authority}/{*question}", Who::Anyone, services::get_status)
        .service("/tsa", services::post_stamp)
}

/// For everyone; beside the check of a code printed on paper.
fn checking() -> Routes {
    Routes::new()
        .get("/kiem-tra/tep", Who::Anyone, check::ask)
        .upload("/kiem-tra/tep", Who::Anyone, check::post)
        .post("/kiem-tra/tep/bao-cao", Who::Anyone, check_paper::post)
}

fn programs() -> Routes {
    Routes::new()
        .get("/api/v1/certificates", Who::Anyone, api::list)
        .get("/api/v1/certificates/{fingerprint}", Who::Anyone, api::one)
        .get("/api/v1/authorities", Who::Anyone, api::authorities)
}

fn timing() -> Routes {
    Routes::new()
        .get("/quan-tri/chung-thu/thoi-gian", Who::Officer, timing::list)
        .get("/quan-tri/chung-thu/thoi-gian/nguon", Who::Officer, timing::new_source)
        .post("/quan-tri/chung-thu/thoi-gian/nguon", Who::Officer, timing::post_source)
        .post("/quan-tri/chung-thu/thoi-gian/nguon/{id}/len", Who::Officer, timing::post_prefer)
        .post("/quan-tri/chung-thu/thoi-gian/nguon/{id}/bo", Who::Officer, timing::post_remove)
        .post("/quan-tri/chung-thu/thoi-gian/so", Who::Officer, timing::post_compare)
        .get("/quan-tri/chung-thu/thoi-gian/chinh-sach", Who::Officer, timing::new_policy)
        .post("/quan-tri/chung-thu/thoi-gian/chinh-sach", Who::Officer, timing::post_policy)
        .post(
            "/quan-tri/chung-thu/thoi-gian/chinh-sach/{from}/bo",
            Who::Officer,
            timing::post_remove_policy,
        )
}

fn evidence() -> Routes {
    Routes::new()
        .get("/quan-tri/chung-thu/bang-chung", Who::Officer, evidence::list)
        .get("/quan-tri/chung-thu/bang-chung/may-chu", Who::Officer, evidence::new_host)
        .post("/quan-tri/chung-thu/bang-chung/may-chu", Who::Officer, evidence::post_host)
        .post("/quan-tri/chung-thu/bang-chung/may-chu/{id}/bo", Who::Officer, evidence::post_remove)
}

fn administering() -> Routes {
    Routes::new()
        .get("/quan-tri/chung-thu", Who::Officer, register::list)
        .get("/quan-tri/chung-thu/thong-ke", Who::Officer, register::counts)
        .get("/quan-tri/chung-thu/xuat", Who::Officer, register::export)
        .get("/quan-tri/chung-thu/ghi-nhan", Who::Officer, register::new)
        .post("/quan-tri/chung-thu/ghi-nhan", Who::Officer, register::post_new)
        .get("/quan-tri/chung-thu/yeu-cau", Who::Officer, requests::list)
        .get("/quan-tri/chung-thu/yeu-cau/tao", Who::Officer, asking::new)
        .post("/quan-tri/chung-thu/yeu-cau/tao", Who::Officer, asking::post_new)
        .get("/quan-tri/chung-thu/yeu-cau/{id}", Who::Officer, requests::show)
        .post("/quan-tri/chung-thu/yeu-cau/{id}/duyet", Who::Officer, requests::post_approve)
        .post("/quan-tri/chung-thu/yeu-cau/{id}/tu-choi", Who::Officer, requests::post_refuse)
        .post("/quan-tri/chung-thu/yeu-cau/{id}/rut", Who::Officer, requests::post_withdraw)
        .get("/quan-tri/chung-thu/van-ban", Who::Officer, letters::rules)
        .get("/quan-tri/chung-thu/van-ban/tao", Who::Officer, letters::new_rule)
        .post("/quan-tri/chung-thu/van-ban/tao", Who::Officer, letters::post_rule)
        .get("/quan-tri/chung-thu/van-ban/{id}", Who::Officer, letters::file)
        .get("/quan-tri/chung-thu/tin-cay", Who::Officer, anchors::list)
        .get("/quan-tri/chung-thu/tin-cay/them", Who::Officer, anchors::new)
        .post("/quan-tri/chung-thu/tin-cay/them", Who::Officer, anchors::post_new)
        .post("/quan-tri/chung-thu/tin-cay/{id}/ket-thuc", Who::Officer, anchors::post_end)
        .get("/quan-tri/chung-thu/{id}", Who::Officer, certificate::show)
        .get("/quan-tri/chung-thu/{id}/tep", Who::Officer, certificate::file)
        .get("/quan-tri/chung-thu/{id}/gia-han", Who::Officer, asking::renew)
        .post("/quan-tri/chung-thu/{id}/gia-han", Who::Officer, asking::post_renew)
        .get("/quan-tri/chung-thu/{id}/cap-lai", Who::Officer, asking::recover)
        .post("/quan-tri/chung-thu/{id}/cap-lai", Who::Officer, asking::post_recover)
        .get("/quan-tri/chung-thu/{id}/thu-hoi", Who::Officer, certificate::revoke)
        .post("/quan-tri/chung-thu/{id}/thu-hoi", Who::Officer, certificate::post_revoke)
        .post("/quan-tri/chung-thu/{id}/tam-dung", Who::Officer, certificate::post_suspend)
        .post("/quan-tri/chung-thu/{id}/khoi-phuc", Who::Officer, certificate::post_resume)
}
