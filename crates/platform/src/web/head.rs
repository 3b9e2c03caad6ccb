//! The head of a request, and how long it may be. A connection carries the requests of one caller
//! to any door: it reads heads as long as the most patient door takes, and the site holds each door
//! to its own measure.

use axum::response::Response;
use http::request::Parts;
use http::uri::PathAndQuery;
use http::{HeaderValue, Uri, Version, header};

use super::limits::Limits;
use super::routes::{Class, Route};

/// The longest that any of these doors takes.
pub(super) fn longest(doors: &[Route], limits: &Limits) -> usize {
    limits.head_bytes(doors.iter().any(|door| door.class == Class::Machine))
}

pub(super) fn is_too_long(parts: &Parts, limits: &Limits, is_machine: bool) -> bool {
    bytes(parts) > limits.head_bytes(is_machine)
}

/// As it came over the wire, but for spaces.
fn bytes(parts: &Parts) -> usize {
    const LINE_END: usize = 2;
    const BETWEEN: usize = 2;
    let address = parts.uri.path_and_query().map_or(0, |address| address.as_str().len());
    let first = parts.method.as_str().len() + address + " HTTP/1.1 ".len() + LINE_END;
    let line = |name: &str, value: usize| name.len() + BETWEEN + value + LINE_END;
    let lines = parts.headers.iter().map(|(name, value)| line(name.as_str(), value.len()));
    first + lines.sum::<usize>()
}

/// Whoever writes so much does not write on: the connection ends with the answer.
pub(super) fn with_end(mut response: Response, version: Version) -> Response {
    if version < Version::HTTP_2 {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// The same address with another path.
pub(super) fn at_path(uri: Uri, path: String) -> Uri {
    let mut parts = uri.clone().into_parts();
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    parts.path_and_query = PathAndQuery::try_from(path + &query).ok();
    Uri::from_parts(parts).unwrap_or(uri)
}

pub(super) fn content_length(parts: &Parts) -> Option<u64> {
    parts.headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
