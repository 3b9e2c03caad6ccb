//! The public keys by which everyone can check the axis' receipts.

use axum::extract::State;
use http::StatusCode;
use platform::Ctx;
use platform::web::{Problem, Reply};

use crate::receipt;
use crate::{evidence, queries};

/// As RFC 7517 writes them.
pub(crate) async fn keys(State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    let keys = ctx.store.read(queries::keys).await?;
    Reply::json(StatusCode::OK, &keys)
}

/// The certificate that the key of the receipts has given itself: what `lienthong verify --trust`
/// is told, for evidence that bears no agency's seal.
pub(crate) async fn certificate(State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    let known = ctx.store.read(receipt::known_certificate).await?;
    let der = match known {
        Some(der) => der,
        None => {
            let own = ctx.clone();
            ctx.store.write(move |tx| evidence::known_key(tx, &own)).await?.certificate
        }
    };
    let pem = wire::pki::pem::write("CERTIFICATE", &der);
    Ok(Reply::text("application/x-pem-file", pem))
}
