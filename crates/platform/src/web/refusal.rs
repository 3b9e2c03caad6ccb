//! Problems in words: a page for people, RFC 9457 JSON for programs.

use askama::Template;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderValue, Method, header};
use serde::Serialize;

use super::View;
use super::page::{Page, sign_in_path};
use super::problem::{Problem, Saved, Told};
use super::reply::{Reply, location};
use super::whole::Whole;
use crate::words::Word;

pub(crate) fn tell(view: &View, problem: &Problem) -> Response {
    let told = problem.told();
    let mut response = match () {
        () if told.status.is_redirection() => moved(told),
        () if view.visit().json => json(view, told),
        () if leads_to_sign_in(view, told) => {
            Reply::see(&sign_in_path(&view.here())).into_response()
        }
        () => page(view, told),
    };
    let headers = response.headers_mut();
    if let Some(seconds) = told.retry_after_seconds {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if !told.allowed.is_empty() {
        let names: Vec<&str> = told.allowed.iter().map(Method::as_str).collect();
        if let Ok(names) = HeaderValue::from_str(&names.join(", ")) {
            headers.insert(header::ALLOW, names);
        }
    }
    response
}

fn moved(told: &Told) -> Response {
    let path = told.next.as_ref().map_or("/", |next| next.path.as_str());
    (told.status, [(header::LOCATION, location(path))]).into_response()
}

/// Who only wanted to read is sent on at once; who had typed something must see it is still there.
fn leads_to_sign_in(view: &View, told: &Told) -> bool {
    let reading = matches!(view.visit().method, Method::GET | Method::HEAD);
    told.kind == "sign-in" && reading
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    /// The request, as the log names it.
    instance: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
}

fn json(view: &View, told: &Told) -> Response {
    let args = borrowed(told);
    let body = ProblemJson {
        r#type: format!("urn:lienthong:problem:{}", told.kind),
        title: view.with(told.title, &args),
        status: told.status.as_u16(),
        detail: view.with(told.detail, &args),
        instance: view.request_id(),
        // Why a body could not be read helps who sent it; why we broke helps only attackers.
        cause: told.cause.as_deref().filter(|_| told.kind == "unreadable"),
    };
    let bytes = serde_json::to_vec(&body).unwrap_or_default();
    let media = "application/problem+json";
    Whole { status: told.status, media, bytes: Bytes::from(bytes), public: None }.into_response()
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    view: &'a View,
    told: &'a Told,
    title: String,
    detail: String,
    saved: Option<String>,
    sign_in: Option<String>,
}

fn page(view: &View, told: &Told) -> Response {
    let args = borrowed(told);
    let content = ProblemPage {
        view,
        told,
        title: view.with(told.title, &args),
        detail: view.with(told.detail, &args),
        saved: saved_key(told).map(|key| view.t(key)),
        sign_in: (told.kind == "sign-in").then(|| sign_in_path("/")),
    };
    let title = content.title.clone();
    match Page::new(view, title, &content) {
        Ok(page) => page.status(told.status).into_response(),
        Err(_) => told.status.into_response(),
    }
}

/// What became of the answers; of those on the page itself the page speaks.
fn saved_key(told: &Told) -> Option<&'static str> {
    if told.resend.is_some() {
        return None;
    }
    match told.saved {
        // Its own sentence says so already.
        Saved::Unknown if told.kind == "outcome-unknown" => None,
        Saved::Nothing => None,
        Saved::Yes => Some("web-saved-yes"),
        Saved::No => Some("web-saved-no"),
        Saved::Unknown => Some("web-saved-unknown"),
    }
}

fn borrowed(told: &Told) -> Vec<(&str, Word)> {
    told.args.iter().map(|(name, word)| (*name, word.clone())).collect()
}
