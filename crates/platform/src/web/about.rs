//! Pages every site owes its visitors: help, accessibility, privacy.
//!
//! Law: Luật 51/2010/QH12
//! Law: Luật 91/2025/QH15
//! Law: NĐ 356/2025/NĐ-CP

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::header;

use super::{Page, Problem, Routes, View, Who};
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
    cookies: [Cookie; 5],
}

/// A cookie and the keys of what it is for and how long it stays.
struct Cookie {
    name: &'static str,
    why: &'static str,
    long: &'static str,
}

const COOKIES: [Cookie; 5] = [
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

/// Search engines may read what everybody may; the rest leads them only to the sign-in.
async fn robots() -> Response {
    let text = "User-agent: *\nDisallow: /api/\nDisallow: /can-bo/\nDisallow: /quan-tri/\n\
                Disallow: /dang-nhap\nDisallow: /dang-ky\nDisallow: /ho-so\nDisallow: /nop-ho-so/\n";
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
