//! What this capability answers to.

use axum::Extension;
use http::Method;
use platform::web::{Routes, Who};

use crate::api::{catalogue, keys, lists, packets};
use crate::pages::{integration, link_forms, links, system_forms, systems};
use crate::secrets::Door;

pub fn routes() -> Routes {
    Routes::new()
        .merge(kit())
        .merge(for_integrators())
        .merge(systems())
        .merge(linking())
        .layer(Extension(Door::default()))
}

/// What the official kit calls, and the keys of the receipts.
fn kit() -> Routes {
    Routes::new()
        .machine(Method::POST, "/axis/getAgenciesList", catalogue::list)
        .machine(Method::POST, "/axis/getSynchronizeUnit", catalogue::changed)
        .machine(Method::POST, "/axis/registerAgency", catalogue::register)
        .machine(Method::POST, "/axis/deleteAgency", catalogue::delete)
        .machine(Method::POST, "/axis/getReceivedEdocList", lists::received)
        .machine(Method::POST, "/axis/getSentEdocList", lists::sent)
        .machine(Method::POST, "/axis/sendEdoc", packets::send)
        .machine(Method::POST, "/axis/getEdoc", packets::get)
        .machine(Method::GET, "/axis/downloadEdoc", packets::download)
        .machine(Method::POST, "/axis/updateStatus", packets::update)
        .machine(Method::GET, "/axis/countReceiveEdoc", lists::count_documents)
        .machine(Method::POST, "/axis/countReceiveEdoc", lists::count_documents)
        .machine(Method::GET, "/axis/countReceiveStatus", lists::count_statuses)
        .machine(Method::POST, "/axis/countReceiveStatus", lists::count_statuses)
        .machine(Method::GET, "/axis/keys", keys::keys)
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
        .get("/quan-tri/truc/ket-noi/{id}/ma", Who::Officer, link_forms::new_code)
        .post("/quan-tri/truc/ket-noi/{id}/ma", Who::Officer, link_forms::post_code)
        .post("/quan-tri/truc/ket-noi/{id}/ma/ket-thuc", Who::Officer, link_forms::post_end_code)
}
