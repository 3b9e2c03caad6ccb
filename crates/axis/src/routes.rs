//! What this capability answers to.

use platform::web::{Routes, Who};

use crate::pages::{link_forms, links};

pub fn routes() -> Routes {
    Routes::new().merge(linking())
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
