//! The last form of an answer: words for problems, compression, cookies, guards, keeping.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::FutureExt;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use super::cache::Kept;
use super::compress::{self, Effort, gzip};
use super::cookies::Lives;
use super::fittings::Fittings;
use super::headers::{Reaches, guard};
use super::reply::Notice;
use super::routes::{Class, Route, Who};
use super::visit::Visit;
use super::whole::Whole;
use super::{Problem, View, refusal};

/// A public page that is kept already, if this visitor may have it.
pub(crate) fn kept(fittings: &Fittings, visit: &Visit, route: Option<&Route>) -> Option<Response> {
    let route = route?;
    if route.class != Class::Page || route.who != Who::Anyone || !keepable(visit) {
        return None;
    }
    let now = fittings.ctx.clock.now();
    let kept = fittings.cache.find(visit.locale, &visit.address_on_site(), now)?;
    let bytes = if visit.gzip { kept.gzip.clone() } else { kept.plain()? };
    let mut response = page_of(&kept, visit, bytes);
    guard(response.headers_mut(), visit, None);
    Some(response)
}

/// The same answer for everyone who asks like this.
fn keepable(visit: &Visit) -> bool {
    matches!(visit.method, Method::GET | Method::HEAD)
        && visit.session_secret.is_none()
        && visit.notice.is_none()
        && !visit.json
        && !visit.compact
        && !visit.is_personal()
}

/// `bytes` are in the coding that this visitor takes.
fn page_of(kept: &Kept, visit: &Visit, bytes: Bytes) -> Response {
    let mut headers = HeaderMap::with_capacity(16);
    headers.insert(header::ETAG, kept.etag.clone());
    // The browser may keep it, but asks each time whether it still holds: that costs no page.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
    if visit.if_none_match().is_some_and(|known| *known == kept.etag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, html);
    if visit.gzip {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    let mut response = (StatusCode::OK, headers).into_response();
    fill(&mut response, visit, bytes);
    response
}

/// Gives what came from the handler its last form.
pub(crate) fn finish(view: &View, response: Response) -> Response {
    let visit = view.visit();
    let mut response = in_words(view, response);
    if let Some(whole) = response.extensions_mut().remove::<Whole>() {
        response = write_whole(view, response, whole);
    }
    if visit.scripted && response.status() == StatusCode::SEE_OTHER {
        response = told_to_script(response);
    }
    if let Some(Notice(key)) = response.extensions_mut().remove::<Notice>() {
        visit.leave_private("notice", key, Lives::Seconds(60));
    }
    let reaches = response.extensions_mut().remove::<Reaches>();
    let headers = response.headers_mut();
    for cookie in visit.take_cookies() {
        headers.append(header::SET_COOKIE, cookie);
        if !visit.cookies.secure {
            view.fittings().bare_cookies.call_once(|| {
                tracing::warn!("people come over plain HTTP from other machines: set up TLS");
            });
        }
    }
    guard(headers, visit, reaches);
    if let Ok(id) = HeaderValue::from_str(&visit.request_id) {
        headers.insert("x-request-id", id);
    }
    response
}

/// Problems become pages or JSON; the problem itself stays inside for the log.
fn in_words(view: &View, mut response: Response) -> Response {
    let problem = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem,
        None if is_bare_refusal(&response) => framed(response),
        None => return response,
    };
    let mut told = refusal::tell(view, &problem);
    told.extensions_mut().insert(problem);
    told
}

/// The framework's line says to a programmer what was wrong with the body.
fn framed(response: Response) -> Problem {
    let problem = Problem::of_status(response.status());
    let line = to_bytes(response.into_body(), 1024).now_or_never();
    match line.and_then(Result::ok).filter(|line| !line.is_empty()) {
        Some(line) => problem.because(&String::from_utf8_lossy(&line)),
        None => problem,
    }
}

/// axum's own refusals: a status, and at most a line of plain English.
fn is_bare_refusal(response: &Response) -> bool {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return false;
    }
    let media = response.headers().get(header::CONTENT_TYPE);
    let plain = media.is_none_or(|media| media.as_bytes().starts_with(b"text/plain"));
    plain && response.extensions().get::<Whole>().is_none()
}

fn write_whole(view: &View, mut response: Response, whole: Whole) -> Response {
    let visit = view.visit();
    *response.status_mut() = whole.status;
    if visit.notice.is_some() && whole.media.starts_with("text/html") {
        visit.leave_private("notice", "", Lives::NoMore);
    }
    if let Some(kept) = keep(view, &whole) {
        let bytes = if visit.gzip { kept.gzip.clone() } else { whole.bytes };
        return page_of(&kept, visit, bytes);
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(whole.media));
    let mut bytes = whole.bytes;
    if bytes.len() > compress::WORTH_BYTES && compress::compressible(whole.media) {
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
        if compress::allowed(visit) {
            bytes = gzip(&bytes, Effort::Quick);
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
    }
    fill(&mut response, visit, bytes);
    response
}

/// Keeps a public page for the next visitor, when this one had nothing of their own in it.
fn keep(view: &View, whole: &Whole) -> Option<Arc<Kept>> {
    let visit = view.visit();
    let public = whole.public.as_ref()?;
    if whole.status != StatusCode::OK || view.session.is_open() || !keepable(visit) {
        return None;
    }
    let kept = Arc::new(Kept::new(&whole.bytes, (public.topic, public.edition), view.now));
    let cache = &view.fittings().cache;
    cache.keep(visit.locale, &visit.address_on_site(), kept.clone());
    Some(kept)
}

/// A script follows redirects itself: to the browser the page behind one would be a second
/// loading of what it shows next.
fn told_to_script(response: Response) -> Response {
    let mut answer = StatusCode::NO_CONTENT.into_response();
    if let Some(location) = response.headers().get(header::LOCATION) {
        answer.headers_mut().insert("x-location", location.clone());
    }
    *answer.extensions_mut() = response.extensions().clone();
    answer
}

/// HEAD gets the same headers and no bytes. The length is always said here: the router has noted
/// that of the empty body which stood in for the page.
fn fill(response: &mut Response, visit: &Visit, bytes: Bytes) {
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    if visit.method != Method::HEAD {
        *response.body_mut() = Body::from(bytes);
    }
}
