//! The public keys by which everyone can check the axis' receipts.

use axum::extract::State;
use http::StatusCode;
use platform::Ctx;
use platform::web::{Problem, Reply};

use crate::queries;

/// As RFC 7517 writes them.
pub(crate) async fn keys(State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    let keys = ctx.store.read(queries::keys).await?;
    Reply::json(StatusCode::OK, &keys)
}
