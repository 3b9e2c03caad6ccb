//! For those who watch over the machine: does it live, is it ready, what does it count.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};

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

/// Only for the machine itself and its private network; for others it is not there.
pub(crate) async fn metrics(view: View) -> Result<Response, Problem> {
    let visit = view.visit();
    if visit.hidden || !is_near(visit.address) {
        return Err(Problem::not_found());
    }
    let media = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((media, view.fittings().metrics.text()).into_response())
}

fn is_near(address: std::net::IpAddr) -> bool {
    match super::visit::network(address) {
        std::net::IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        std::net::IpAddr::V6(_) => match address {
            std::net::IpAddr::V6(v6) => {
                v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local()
            }
            std::net::IpAddr::V4(_) => false,
        },
    }
}

/// Marked as it is: the site would put a bare refusal into words.
fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/x-health; charset=utf-8")], text).into_response()
}
