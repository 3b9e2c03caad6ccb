//! What this capability answers to.

use axum::Extension;
use http::Method;
use platform::web::{Routes, Who};

use crate::api::{catalogue, keys, lists, packets as kit_packets, stream, wait};
use crate::pages::{
    integration, keeping, link_dates, link_forms, links, overview, packet, packets, reconciliation,
    settings, system_forms, systems, webhooks, work,
};
use crate::secrets::Door;

pub fn routes() -> Routes {
    Routes::new()
        .merge(kit())
        .merge(for_integrators())
        .merge(systems())
        .merge(linking())
        .merge(watching())
        .merge(keeping_and_telling())
        .layer(Extension(Door::default()))
}

/// What the official kit calls, and the keys of the receipts.
fn kit() -> Routes {
    Routes::new()
        .machine(Method::POST, "/axis/getAgenciesList", catalogue::list)
        .machine(Method::POST, "/axis/getAgenciesListQD20", catalogue::list_with_codes)
        .machine(Method::POST, "/axis/getSynchronizeUnit", catalogue::changed)
        .machine(Method::POST, "/axis/registerAgency", catalogue::register)
        .machine(Method::POST, "/axis/deleteAgency", catalogue::delete)
        .machine(Method::POST, "/axis/getReceivedEdocList", lists::received)
        .machine(Method::POST, "/axis/getSentEdocList", lists::sent)
        .machine(Method::POST, "/axis/sendEdoc", kit_packets::send)
        .machine(Method::POST, "/axis/getEdoc", kit_packets::get)
        .machine(Method::GET, "/axis/downloadEdoc", kit_packets::download)
        .machine(Method::POST, "/axis/updateStatus", kit_packets::update)
        .machine(Method::GET, "/axis/countReceiveEdoc", lists::count_documents)
        .machine(Method::POST, "/axis/countReceiveEdoc", lists::count_documents)
        .machine(Method::GET, "/axis/countReceiveStatus", lists::count_statuses)
        .machine(Method::POST, "/axis/countReceiveStatus", lists::count_statuses)
        .machine(Method::GET, "/axis/keys", keys::keys)
        .machine(Method::GET, "/axis/chung-thu", keys::certificate)
        .machine(Method::GET, "/axis/wait", wait::wait)
        .machine(Method::POST, "/axis/wait", wait::wait)
        .events("/axis/events", Who::Anyone, stream::events)
        .machine(Method::GET, "/axis/openapi", integration::description)
}

fn for_integrators() -> Routes {
    Routes::new().get("/tich-hop", Who::Anyone, integration::show)
}

/// Systems of agencies, and what they ask about the catalogue.
fn systems() -> Routes {
    Routes::new()
        .get("/quan-tri/truc/he-thong", Who::Officer, systems::list)
        .get("/quan-tri/truc/them-he-thong", Who::Officer, system_forms::new)
        .post("/quan-tri/truc/them-he-thong", Who::Officer, system_forms::post_new)
        .get("/quan-tri/truc/he-thong/{id}", Who::Officer, systems::show)
        .post("/quan-tri/truc/he-thong/{id}", Who::Officer, system_forms::post_change)
        .get("/quan-tri/truc/he-thong/{id}/khoa", Who::Officer, system_forms::ask_secret)
        .post("/quan-tri/truc/he-thong/{id}/khoa", Who::Officer, system_forms::post_secret)
        .post("/quan-tri/truc/he-thong/{id}/tam-dung", Who::Officer, system_forms::post_suspend)
        .post("/quan-tri/truc/he-thong/{id}/mo-lai", Who::Officer, system_forms::post_resume)
        .post("/quan-tri/truc/de-nghi/{id}/dong-y", Who::Officer, system_forms::post_confirm)
        .post("/quan-tri/truc/de-nghi/{id}/tu-choi", Who::Officer, system_forms::post_decline)
}

/// Links to other axes.
fn linking() -> Routes {
    Routes::new()
        .get("/quan-tri/truc/ket-noi", Who::Officer, links::list)
        .get("/quan-tri/truc/ket-noi/them", Who::Officer, link_forms::new)
        .post("/quan-tri/truc/ket-noi/them", Who::Officer, link_forms::post_new)
        .get("/quan-tri/truc/ket-noi/{id}", Who::Officer, links::show)
        .post("/quan-tri/truc/ket-noi/{id}/hoi", Who::Officer, links::post_ask)
        .get("/quan-tri/truc/ket-noi/{id}/sua", Who::Officer, link_forms::edit)
        .post("/quan-tri/truc/ket-noi/{id}/sua", Who::Officer, link_forms::post_edit)
        .post("/quan-tri/truc/ket-noi/{id}/ket-thuc", Who::Officer, links::post_end)
        .post("/quan-tri/truc/ket-noi/{id}/tai-lai", Who::Officer, links::post_try_again)
        .get("/quan-tri/truc/ket-noi/{id}/co-quan", Who::Officer, links::agencies)
        .get("/quan-tri/truc/ket-noi/{id}/ma", Who::Officer, link_dates::new_code)
        .post("/quan-tri/truc/ket-noi/{id}/ma", Who::Officer, link_dates::post_code)
        .post("/quan-tri/truc/ket-noi/{id}/ma/ket-thuc", Who::Officer, link_dates::post_end_code)
        .get("/quan-tri/truc/ket-noi/{id}/pham-vi", Who::Officer, link_dates::new_cover)
        .post("/quan-tri/truc/ket-noi/{id}/pham-vi", Who::Officer, link_dates::post_cover)
        .post(
            "/quan-tri/truc/ket-noi/{id}/pham-vi/ket-thuc",
            Who::Officer,
            link_dates::post_end_cover,
        )
}

/// What passes, what waits, what is wrong.
fn watching() -> Routes {
    Routes::new()
        .get("/quan-tri/truc", Who::Officer, overview::show)
        .get("/quan-tri/truc/goi-tin", Who::Officer, packets::list)
        .get("/quan-tri/truc/goi-tin/{id}", Who::Officer, packet::show)
        .get("/quan-tri/truc/goi-tin/{id}/bang-chung", Who::Officer, packet::evidence)
        .get("/quan-tri/truc/goi-tin/{id}/goi", Who::Officer, packet::bytes)
        .post("/quan-tri/truc/goi-tin/{id}/giu", Who::Officer, packet::post_hold)
        .post("/quan-tri/truc/goi-tin/{id}/bo-giu", Who::Officer, packet::post_lift)
        .get("/quan-tri/truc/viec", Who::Officer, work::list)
        .get("/quan-tri/truc/viec/{id}", Who::Officer, work::show)
        .post("/quan-tri/truc/viec/{id}/gui-lai", Who::Officer, work::post_resend)
        .post("/quan-tri/truc/viec/{id}/chuyen", Who::Officer, work::post_redirect)
        .post("/quan-tri/truc/viec/{id}/dong", Who::Officer, work::post_close)
        .get("/quan-tri/truc/doi-soat", Who::Officer, reconciliation::show)
        .get("/quan-tri/truc/doi-soat/xuat", Who::Officer, reconciliation::export)
}

/// What is decided, how long bytes are kept, and who is told what arrives.
fn keeping_and_telling() -> Routes {
    Routes::new()
        .get("/quan-tri/truc/cau-hinh", Who::Officer, settings::show)
        .get("/quan-tri/truc/cau-hinh/{name}", Who::Officer, settings::edit)
        .post("/quan-tri/truc/cau-hinh/{name}", Who::Officer, settings::post)
        .get("/quan-tri/truc/luu-giu", Who::Officer, keeping::show)
        .get("/quan-tri/truc/luu-giu/quy-tac", Who::Officer, keeping::new_rule)
        .post("/quan-tri/truc/luu-giu/quy-tac", Who::Officer, keeping::post_rule)
        .post("/quan-tri/truc/luu-giu/de-xuat", Who::Officer, keeping::post_adopt)
        .get("/quan-tri/truc/luu-giu/canh-bao", Who::Officer, keeping::new_alarm)
        .post("/quan-tri/truc/luu-giu/canh-bao", Who::Officer, keeping::post_alarm)
        .get("/quan-tri/truc/bao-tin", Who::Officer, webhooks::list)
        .get("/quan-tri/truc/bao-tin/{system}", Who::Officer, webhooks::edit)
        .post("/quan-tri/truc/bao-tin/{system}", Who::Officer, webhooks::post)
        .post("/quan-tri/truc/bao-tin/{system}/dung", Who::Officer, webhooks::post_stop)
}
