//! What this capability answers to.

use axum::extract::{FromRequestParts, Request};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use identity::Actor;
use platform::web::{Problem, Routes, View, Who};

use crate::pages::{
    by_hand, delegations, paper, pictures, queue, remote, remote_services, request_letters, rules,
    seals, several, sitting, workstation,
};

pub(crate) fn routes() -> Routes {
    let officers = Routes::new()
        .merge(signing())
        .merge(elsewhere())
        .merge(delegating())
        .merge(looking())
        .merge(asking())
        .merge(administering());
    officers.layer(from_fn(in_office)).merge(agent())
}

/// For an officer without any office today nothing waits, and there is nothing here.
async fn in_office(view: View, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match Actor::from_request_parts(&mut parts, view.ctx()).await {
        Ok(actor) if actor.bonds().is_empty() => Problem::not_found().into_response(),
        _ => next.run(Request::from_parts(parts, body)).await,
    }
}

fn signing() -> Routes {
    Routes::new()
        .get("/can-bo/ky-so", Who::Officer, queue::list)
        .get("/can-bo/ky-so/nhieu", Who::Officer, several::show)
        .post("/can-bo/ky-so/nhieu/ky", Who::Officer, several::post_sign)
        .get("/can-bo/ky-so/phien", Who::Officer, sitting::show)
        .post("/can-bo/ky-so/phien/mo", Who::Officer, sitting::post_open)
        .post("/can-bo/ky-so/phien/dong", Who::Officer, sitting::post_close)
        .get("/can-bo/ky-so/{id}", Who::Officer, paper::show)
        .get("/can-bo/ky-so/{id}/tep", Who::Officer, paper::file)
        .post("/can-bo/ky-so/{id}/ky", Who::Officer, paper::post_sign)
        .post("/can-bo/ky-so/{id}/tra-lai", Who::Officer, paper::post_decline)
}

/// Where the key is not here: by hand, with the agent on the officer's machine, at a service.
fn elsewhere() -> Routes {
    Routes::new()
        .get("/can-bo/ky-so/{id}/nop", Who::Officer, by_hand::show)
        .upload("/can-bo/ky-so/{id}/nop", Who::Officer, by_hand::post)
        .get("/can-bo/ky-so/{id}/may-tram", Who::Officer, workstation::show)
        .post("/can-bo/ky-so/{id}/may-tram", Who::Officer, workstation::post)
        .get("/can-bo/ky-so/{id}/may-tram/xong", Who::Officer, workstation::done)
        .get("/can-bo/ky-so/{id}/tu-xa", Who::Officer, remote::show)
        .get("/can-bo/ky-so/nhieu/tu-xa", Who::Officer, remote::show_chosen)
        .attempt("/can-bo/ky-so/nhieu/tu-xa/ma", Who::Officer, remote::post_send)
        .attempt("/can-bo/ky-so/nhieu/tu-xa/ky", Who::Officer, remote::post_sign)
        .get("/can-bo/ky-so/khoa-tu-xa", Who::Officer, remote::links)
        .attempt("/can-bo/ky-so/khoa-tu-xa", Who::Officer, remote::post_link)
        .post("/can-bo/ky-so/khoa-tu-xa/{id}/go", Who::Officer, remote::post_unlink)
}

/// For the agent on the officer's machine, which has a token that counts once and no session.
fn agent() -> Routes {
    Routes::new()
        .get("/ky-so/tep/{token}", Who::Anyone, workstation::fetch)
        .upload("/ky-so/nop/{token}", Who::Anyone, workstation::bring)
        .script(workstation::SCRIPT)
}

fn administering() -> Routes {
    Routes::new()
        .get("/quan-tri/con-dau/quy-tac", Who::Officer, rules::list)
        .post("/quan-tri/con-dau/quy-tac", Who::Officer, rules::post_make)
        .post("/quan-tri/con-dau/quy-tac/{id}/ket-thuc", Who::Officer, rules::post_end)
        .get("/quan-tri/ky-tu-xa", Who::Officer, remote_services::list)
        .post("/quan-tri/ky-tu-xa", Who::Officer, remote_services::post_add)
        .post("/quan-tri/ky-tu-xa/{id}/ket-thuc", Who::Officer, remote_services::post_end)
}

fn delegating() -> Routes {
    Routes::new()
        .get("/can-bo/ky-so/uy-quyen", Who::Officer, delegations::list)
        .get("/can-bo/ky-so/uy-quyen/tao", Who::Officer, delegations::new)
        .post("/can-bo/ky-so/uy-quyen/tao", Who::Officer, delegations::post_new)
        .get("/can-bo/ky-so/uy-quyen/{id}", Who::Officer, delegations::show)
        .post("/can-bo/ky-so/uy-quyen/{id}/ket-thuc", Who::Officer, delegations::post_end)
}

/// How signatures and seals look.
fn looking() -> Routes {
    Routes::new()
        .get("/can-bo/ky-so/mau", Who::Officer, pictures::show)
        .upload("/can-bo/ky-so/mau", Who::Officer, pictures::post)
        .post("/can-bo/ky-so/mau/bo", Who::Officer, pictures::post_end)
        .get("/can-bo/ky-so/mau/anh/{id}", Who::Officer, pictures::image)
        .get("/quan-tri/con-dau", Who::Officer, seals::list)
        .get("/quan-tri/con-dau/{code}", Who::Officer, pictures::show_seal)
        .upload("/quan-tri/con-dau/{code}", Who::Officer, pictures::post_seal)
        .post("/quan-tri/con-dau/{code}/bo", Who::Officer, pictures::post_end_seal)
        .get("/quan-tri/con-dau/{code}/anh/{id}", Who::Officer, pictures::seal_image)
}

/// Letters by which units ask about certificates.
fn asking() -> Routes {
    use request_letters as letters;
    Routes::new()
        .get("/can-bo/ky-so/de-nghi/{id}", Who::Officer, letters::show)
        .post("/can-bo/ky-so/de-nghi/{id}", Who::Officer, letters::post)
        .post("/can-bo/ky-so/de-nghi/{id}/rut", Who::Officer, letters::post_take_back)
        .get("/can-bo/ky-so/de-nghi/chung-thu/{id}", Who::Officer, letters::show_of_certificate)
        .post("/can-bo/ky-so/de-nghi/chung-thu/{id}", Who::Officer, letters::post_of_certificate)
        .post(
            "/can-bo/ky-so/de-nghi/chung-thu/{id}/rut",
            Who::Officer,
            letters::post_take_back_of_certificate,
        )
}
