//! The style guide: every piece in every state, for designers and for the browser tests.
//! Only in a demonstration; elsewhere it is not there.

mod desk;
mod form;
mod pieces;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::{Problem, Routes, Saved, View, Who};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/mau-giao-dien", Who::Anyone, pieces::show)
        .get("/mau-giao-dien/bieu-mau", Who::Anyone, form::show)
        .post("/mau-giao-dien/bieu-mau", Who::Anyone, form::send)
        .upload("/mau-giao-dien/tep", Who::Anyone, form::upload)
        .post("/mau-giao-dien/luu", Who::Anyone, form::autosave)
        .get("/mau-giao-dien/ban-lam-viec", Who::Anyone, desk::show)
        .get("/mau-giao-dien/loi/{kind}", Who::Anyone, problem)
}

fn only_in_demo(view: &View) -> Result<(), Problem> {
    if view.demo() { Ok(()) } else { Err(Problem::not_found()) }
}

/// Each page about a problem, as it would be met.
async fn problem(view: View, Path(kind): Path<String>) -> Result<Response, Problem> {
    only_in_demo(&view)?;
    let problem = match kind.as_str() {
        "sign-in" => Problem::sign_in().resend(vec![("name".to_owned(), "An".to_owned())]),
        "changed" => Problem::changed_meanwhile(),
        "later" => Problem::later(120),
        "outcome-unknown" => Problem::outcome_unknown(),
        "too-often" => Problem::too_often(60),
        "too-large" => Problem::too_large(10 * 1024 * 1024),
        "unreadable" => Problem::unreadable("shown in the style guide"),
        "wrong-media" => Problem::wrong_media(),
        "stale-form" => Problem::stale_form().resend(vec![("name".to_owned(), "An".to_owned())]),
        "foreign-form" => Problem::foreign_form(),
        "too-slow" => Problem::too_slow(),
        "wrong-method" => Problem::wrong_method(vec![http::Method::POST]),
        "broken" => Problem::broken("shown in the style guide"),
        "refused" => Problem::refused(
            StatusCode::CONFLICT,
            "guide",
            "web-guide-refused",
            "web-guide-refused-detail",
            &[],
        )
        .saved(Saved::Yes)
        .next("/mau-giao-dien", "web-guide-refused-next"),
        _ => Problem::not_found(),
    };
    Ok(problem.into_response())
}
