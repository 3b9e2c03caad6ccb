//! How long a session still lasts, and staying longer: what the warning in the page asks.

use axum::response::IntoResponse;
use http::StatusCode;
use serde::Serialize;

use super::form::Answers;
use super::{Form, Problem, Reply, Routes, View, Who};

pub(crate) fn routes() -> Routes {
    Routes::new().get("/phien", Who::Anyone, left).post("/phien/giu", Who::SignedIn, stay)
}

#[derive(Serialize)]
struct Left {
    /// In seconds; 0 when nobody is signed in.
    ends: i64,
}

/// The script asks with `X-Passive`, so that asking does not keep a session alive.
async fn left(view: View) -> Result<impl IntoResponse, Problem> {
    Reply::json(StatusCode::OK, &Left { ends: seconds_left(&view) })
}

/// Coming here was activity enough: the session has been touched on the way in.
async fn stay(view: View, Form(_): Form<Answers>) -> Result<Reply, Problem> {
    match view.wants_json() {
        true => Reply::json(StatusCode::OK, &Left { ends: seconds_left(&view) }),
        false => Ok(Reply::see("/").notice("web-stay-notice-kept")),
    }
}

fn seconds_left(view: &View) -> i64 {
    let ends_at = view.session.ends_at();
    ends_at.map_or(0, |ends_at| ends_at.duration_since(view.now).as_secs().max(0))
}
