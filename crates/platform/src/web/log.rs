//! One line for each request, without personal data: the route's template instead of the path,
//! and instead of the address a tag that changes whenever the site's key does.

use std::time::Duration;

use axum::response::Response;
use http::HeaderMap;

use super::Problem;
use super::secret::SiteKey;
use super::visit::{Visit, network};
use crate::hex::to_hex;

pub(crate) struct Ended<'a> {
    pub route: Option<&'static str>,
    pub response: &'a Response,
    pub took: Duration,
}

/// The only place that writes the access log; its target is `access`.
pub(crate) fn ended(key: &SiteKey, visit: &Visit, ended: Ended<'_>) {
    let status = ended.response.status().as_u16();
    // Thousandths are enough; more digits are noise of the number's form.
    let ms = (ended.took.as_secs_f64() * 1_000_000.0).round() / 1000.0;
    let route = ended.route.unwrap_or("-");
    let request = visit.request_id.as_str();
    let method = visit.method.as_str();
    let problem = ended.response.extensions().get::<Problem>();
    let Some(problem) = problem else {
        tracing::info!(target: "access", request, method, route, status, ms);
        return;
    };
    let caller = caller_tag(key, visit);
    let kind = problem.kind();
    // Why a body could not be read may quote the body.
    let cause = problem.told().cause.as_deref().filter(|_| kind != "unreadable");
    if problem.status().is_server_error() {
        tracing::error!(target: "access", request, method, route, status, ms, caller, kind, cause);
    } else {
        tracing::info!(target: "access", request, method, route, status, ms, caller, kind, cause);
    }
}

/// Tells callers apart who misbehave, without saying who they are.
fn caller_tag(key: &SiteKey, visit: &Visit) -> String {
    let network = network(visit.address).to_string();
    to_hex(&key.tag("caller in the log", &[network.as_bytes()])[..6])
}

/// A trusted proxy may have named the request already; nobody else may.
pub(crate) fn named_by_proxy(headers: &HeaderMap, trusted_proxies: u8) -> Option<String> {
    if trusted_proxies == 0 {
        return None;
    }
    let named = headers.get("x-request-id")?.to_str().ok()?;
    let plain = named.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (plain && (8..=64).contains(&named.len())).then(|| named.to_owned())
}
