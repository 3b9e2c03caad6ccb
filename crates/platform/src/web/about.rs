//! Pages every site owes its visitors: help, accessibility, privacy.
//!
//! Law: Luật 51/2010/QH12
//! Law: Luật 91/2025/QH15
//! Law: NĐ 356/2025/NĐ-CP

use std::collections::BTreeSet;

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::header;

use super::{Page, Problem, Route, Routes, View, Who};
use crate::words::Word;

/// The topic of pages that only a new program changes.
const TOPIC: &str = "web";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/tro-giup", Who::Anyone, help)
        .get("/tro-nang", Who::Anyone, accessibility)
        .get("/quyen-rieng-tu", Who::Anyone, privacy)
        .get("/robots.txt", Who::Anyone, robots)
}

#[derive(Template)]
#[template(path = "help.html")]
struct Help<'a> {
    view: &'a View,
    session: String,
}

async fn help(view: View) -> Result<Page, Problem> {
    let minutes = i64::from(view.lifetimes().idle_minutes);
    let session = view.with("web-help-session", &[("minutes", Word::from(minutes))]);
    Ok(Page::new(&view, view.t("web-help-title"), &Help { view: &view, session })?.public(TOPIC))
}

#[derive(Template)]
#[template(path = "accessibility.html")]
struct Accessibility<'a> {
    view: &'a View,
}

async fn accessibility(view: View) -> Result<Page, Problem> {
    let content = Accessibility { view: &view };
    Ok(Page::new(&view, view.t("web-a11y-title"), &content)?.public(TOPIC))
}

#[derive(Template)]
#[template(path = "privacy.html")]
struct Privacy<'a> {
    view: &'a View,
    cookies: [Cookie; 7],
}

/// A cookie and the keys of what it is for and how long it stays.
struct Cookie {
    name: &'static str,
    why: &'static str,
    long: &'static str,
}

const COOKIES: [Cookie; 7] = [
    Cookie {
        name: "__Host-session",
        why: "web-privacy-cookie-session",
        long: "web-privacy-cookie-browser",
    },
    Cookie {
        name: "__Host-form",
        why: "web-privacy-cookie-form",
        long: "web-privacy-cookie-browser",
    },
    Cookie {
        name: "__Host-passage",
        why: "web-privacy-cookie-passage",
        long: "web-privacy-cookie-hour",
    },
    Cookie {
        name: "__Host-browser",
        why: "web-privacy-cookie-known",
        long: "web-privacy-cookie-year",
    },
    Cookie {
        name: "__Host-notice",
        why: "web-privacy-cookie-notice",
        long: "web-privacy-cookie-minute",
    },
    Cookie { name: "lang", why: "web-privacy-cookie-lang", long: "web-privacy-cookie-year" },
    Cookie { name: "density", why: "web-privacy-cookie-density", long: "web-privacy-cookie-year" },
];

async fn privacy(view: View) -> Result<Page, Problem> {
    let content = Privacy { view: &view, cookies: COOKIES };
    Ok(Page::new(&view, view.t("web-privacy-title"), &content)?.public(TOPIC))
}

async fn robots(view: View) -> Response {
    let text = view.fittings().robots.clone();
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// Search engines may read what everybody may; the rest leads them only to the sign-in.
pub(crate) fn robots_text(routes: &[Route]) -> String {
    let first = |route: &Route| route.path.split('/').nth(1).unwrap_or_default().to_owned();
    let open: BTreeSet<String> =
        routes.iter().filter(|route| route.who == Who::Anyone).map(first).collect();
    let mut closed: BTreeSet<String> = routes.iter().map(first).collect();
    closed.retain(|segment| !open.contains(segment));
    closed.extend(["api", "dang-nhap"].map(str::to_owned));
    let lines: String = closed.iter().map(|segment| format!("Disallow: /{segment}\n")).collect();
    format!("User-agent: *\n{lines}")
}
