//! For those who watch over the machine: does it live, is it ready, what does it count.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};

use super::{Problem, View};
use crate::Ctx;
use crate::store::StoreError;

const ASK: &str = "SELECT COUNT(*) FROM platform_secret";

/// The process answers: do not restart it.
pub(crate) async fn live() -> Response {
    plain(StatusCode::OK, "live\n")
}

/// The store answers and nobody told us to end: send people here.
pub(crate) async fn ready(view: View, State(ctx): State<Ctx>) -> Response {
    if *view.fittings().draining.borrow() {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "ending\n");
    }
    let asked: Result<(i64,), StoreError> = ctx.store.read(|tx| tx.one(ASK, &[])).await;
    match asked {
        Ok(_) => plain(StatusCode::OK, "ready\n"),
        Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n"),
    }
}

/// For whoever is on this machine, and for whoever brings the operator's token; for others it is
/// not there. Behind a proxy on the same machine everybody seems to be here: then only the token
/// opens.
pub(crate) async fn metrics(view: View, headers: HeaderMap) -> Result<Response, Problem> {
    let token = view.fittings().options.metrics_token.as_ref();
    if !view.visit().local && !token.is_some_and(|token| token.is_brought_by(&headers)) {
        return Err(Problem::not_found());
    }
    let media = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((media, view.fittings().metrics.text()).into_response())
}

/// Marked as it is: the site would put a bare refusal into words.
fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/x-health; charset=utf-8")], text).into_response()
}
