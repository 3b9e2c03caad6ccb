//! Answers that are no page: a redirect after a form, a file, JSON, a stream of events.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::Stream;
use http::{HeaderValue, StatusCode, header};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::View;
use super::page::{Page, safe_return};
use super::problem::Problem;
use super::whole::Whole;
use crate::words::Word;

/// A handler that may show a page or send on returns this; `page.into()` makes one of a page.
pub struct Reply(Response);

/// Asks the site to show a sentence on the next page, once.
#[derive(Clone)]
pub(crate) struct Notice(pub &'static str);

/// How a browser treats a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Offered for keeping. What a person uploaded is never shown in our own name.
    Saved,
    /// In the browser, such as a PDF that we made.
    Inline,
}

impl Reply {
    /// 303 to a path on this site: after a form, so that reloading repeats nothing.
    pub fn see(path: &str) -> Reply {
        let location = [(header::LOCATION, location(path))];
        Reply((StatusCode::SEE_OTHER, location).into_response())
    }

    /// The sentence of `key` (it contains `-notice-`) stands on top of the next page.
    pub fn notice(mut self, key: &'static str) -> Reply {
        self.0.extensions_mut().insert(Notice(key));
        self
    }

    pub fn nothing() -> Reply {
        Reply(StatusCode::NO_CONTENT.into_response())
    }

    pub fn json(status: StatusCode, value: &impl Serialize) -> Result<Reply, Problem> {
        let bytes =
            serde_json::to_vec(value).map_err(|error| Problem::broken(&error.to_string()))?;
        let whole =
            Whole { status, media: "application/json", bytes: Bytes::from(bytes), public: None };
        Ok(Reply(whole.into_response()))
    }

    /// The answer to a script that saves while a person types: when it was saved, in words.
    pub fn saved(view: &View, at: Timestamp) -> Result<Reply, Problem> {
        let at = Word::from(view.speech.time(at));
        let saved = view.with("web-saved-at", &[("at", at)]);
        Reply::json(StatusCode::OK, &serde_json::json!({ "saved": saved }))
    }

    /// Text that is no page: CSV, a calendar, a key.
    pub fn text(media: &'static str, text: String) -> Reply {
        let status = StatusCode::OK;
        Reply(Whole { status, media, bytes: Bytes::from(text), public: None }.into_response())
    }

    /// A file whose bytes are at hand.
    pub fn file(name: &str, media: &str, shown: Shown, bytes: Vec<u8>) -> Reply {
        let size = bytes.len() as u64;
        Reply::stream(name, media, shown, (Body::from(bytes), size))
    }

    /// A file that is read while it is sent; `body` comes with its length in bytes.
    pub fn stream(name: &str, media: &str, shown: Shown, body: (Body, u64)) -> Reply {
        let (body, size_bytes) = body;
        let mut response = Response::new(body);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, safe_media(media));
        headers.insert(header::CONTENT_DISPOSITION, disposition(name, shown));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size_bytes));
        Reply(response)
    }

    /// Live parts of a page. The browser comes back by itself when the connection is cut.
    pub fn events<S>(events: S) -> Reply
    where
        S: Stream<Item = Result<Event, Infallible>> + Send + 'static,
    {
        let alive = KeepAlive::new().interval(Duration::from_secs(20));
        let mut response = Sse::new(events).keep_alive(alive).into_response();
        let unbuffered = HeaderValue::from_static("no");
        response.headers_mut().insert("x-accel-buffering", unbuffered);
        Reply(response)
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        self.0
    }
}

impl From<Page> for Reply {
    fn from(page: Page) -> Reply {
        Reply(page.into_response())
    }
}

/// A path on this site as a header: letters beyond ASCII and blanks are encoded, never lost.
pub(crate) fn location(path: &str) -> HeaderValue {
    const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');
    let encoded = utf8_percent_encode(safe_return(path), ENCODED).to_string();
    HeaderValue::from_str(&encoded).unwrap_or(HeaderValue::from_static("/"))
}

fn safe_media(media: &str) -> HeaderValue {
    HeaderValue::from_str(media).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// RFC 6266: the name twice, in ASCII for the oldest and percent-encoded UTF-8 for all others.
fn disposition(name: &str, shown: Shown) -> HeaderValue {
    let kind = match shown {
        Shown::Saved => "attachment",
        Shown::Inline => "inline",
    };
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = base.chars().filter(|letter| !letter.is_control()).collect();
    let name = if name.trim_matches(['.', ' ']).is_empty() { "file".to_owned() } else { name };
    let plain: String =
        name.nfd().filter(|letter| !is_combining_mark(*letter)).map(ascii_or_dash).collect();
    let full: String = name.bytes().map(percent).collect();
    let text = format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{full}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("attachment"))
}

fn ascii_or_dash(letter: char) -> char {
    match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' | ' ' => letter,
        'đ' => 'd',
        'Đ' => 'D',
        _ => '-',
    }
}

fn percent(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    }
}
