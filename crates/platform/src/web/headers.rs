//! What every answer tells the browser about how far it may be trusted.

use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::visit::Visit;

/// No inline script or style anywhere, nothing from elsewhere, no frame around us.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; font-src 'none'; object-src 'none'; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'";

/// For files that people brought: should a browser show one after all, it can do nothing.
const FILE_SECURITY_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

const PERMISSIONS_POLICY: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), \
    fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), \
    payment=(), picture-in-picture=(), usb=(), xr-spatial-tracking=()";

const ALWAYS: [(HeaderName, HeaderValue); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // Our own pages learn which of our pages led to them; others learn nothing.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS_POLICY)),
];

/// A program on the person's own machine that the scripts of one page talk to.
#[derive(Clone, Copy)]
pub(crate) struct Reaches(pub &'static str);

/// Puts the guards on an answer that has its content already.
pub(crate) fn guard(headers: &mut HeaderMap, visit: &Visit, reaches: Option<Reaches>) {
    for (name, value) in ALWAYS.clone() {
        headers.insert(name, value);
    }
    let saved = headers
        .get(header::CONTENT_DISPOSITION)
        .is_some_and(|value| value.as_bytes().starts_with(b"attachment"));
    let policy = if saved { FILE_SECURITY_POLICY } else { CONTENT_SECURITY_POLICY };
    let policy = widened(policy, reaches).unwrap_or(HeaderValue::from_static(policy));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    if visit.https {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    // What nobody allowed to be kept is kept nowhere.
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// The policy with one more address that scripts may connect to; as it is for pages without.
fn widened(policy: &str, reaches: Option<Reaches>) -> Option<HeaderValue> {
    const OWN: &str = "connect-src 'self'";
    let Reaches(address) = reaches?;
    HeaderValue::from_str(&policy.replace(OWN, &format!("{OWN} {address}"))).ok()
}
