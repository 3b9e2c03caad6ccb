//! An answer whose bytes are all there: it can be compressed, tagged, kept.

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::StatusCode;

/// Travels inside the response from the handler to the site, which gives it its last form.
#[derive(Clone)]
pub(crate) struct Whole {
    pub status: StatusCode,
    pub media: &'static str,
    pub bytes: Bytes,
    /// May be shown to every visitor without a session.
    pub public: Option<Public>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Public {
    pub topic: &'static str,
    /// Of the topic, when the request began: what was read later is at least as new.
    pub edition: i64,
}

impl IntoResponse for Whole {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
