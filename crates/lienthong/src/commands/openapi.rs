//! `lienthong openapi`: the JSON API of all capabilities in one description.

use anyhow::Result;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Description;

use crate::say;

pub fn print() -> Result<()> {
    say::line(&serde_json::to_string_pretty(&description())?);
    Ok(())
}

/// OpenAPI 3.1 of everything under `/api/v1`, and of the document axis.
pub fn description() -> Description {
    let mut whole = organisations::OpenApi::openapi();
    whole.merge(procedures::OpenApi::openapi());
    whole.merge(dossiers::OpenApi::openapi());
    whole.merge(trust::OpenApi::openapi());
    whole.merge(axis::OpenApi::openapi());
    whole.info.title = "Liên Thông".to_owned();
    whole.info.version = env!("CARGO_PKG_VERSION").to_owned();
    whole
}
