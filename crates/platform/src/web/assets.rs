//! The one style sheet and the one script, and the few scripts that capabilities bring for pages
//! of theirs, at addresses that change when they do.

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::compress::{Effort, gzip};
use super::secret::sha256;
use super::{Problem, Script, View};
use crate::hex::to_hex;

pub(crate) struct Assets {
    pub style: Asset,
    pub script: Asset,
    pub mark: Asset,
    more: Vec<(&'static str, Asset)>,
}

pub(crate) struct Asset {
    pub path: String,
    media: &'static str,
    plain: Bytes,
    gzip: Bytes,
}

/// Where the assets live; the router knows `ROOT{name}`.
const ROOT: &str = "/tinh/";

impl Assets {
    pub fn new(scripts: &[Script]) -> Assets {
        let style = include_str!("assets/style.css");
        let script = include_str!("assets/script.js");
        let mark = include_str!("assets/mark.svg");
        let own = |one: &Script| {
            (one.name, Asset::new(one.name, "js", "text/javascript; charset=utf-8", one.source))
        };
        Assets {
            more: scripts.iter().map(own).collect(),
            style: Asset::new("style", "css", "text/css; charset=utf-8", style),
            script: Asset::new("script", "js", "text/javascript; charset=utf-8", script),
            mark: Asset::new("mark", "svg", "image/svg+xml", mark),
        }
    }

    fn find(&self, path: &str) -> Option<&Asset> {
        let more = self.more.iter().map(|(_, asset)| asset);
        let all = [&self.style, &self.script, &self.mark].into_iter().chain(more);
        all.into_iter().find(|asset| asset.path == path)
    }

    /// The address of a capability's script.
    pub fn script_called(&self, name: &str) -> Option<&str> {
        self.more.iter().find(|(known, _)| *known == name).map(|(_, asset)| asset.path.as_str())
    }
}

impl Asset {
    fn new(name: &str, ending: &str, media: &'static str, source: &'static str) -> Asset {
        let text = unindented(source);
        let hash = to_hex(&sha256(text.as_bytes())[..8]);
        Asset {
            path: format!("{ROOT}{name}-{hash}.{ending}"),
            media,
            gzip: gzip(text.as_bytes(), Effort::Once),
            plain: Bytes::from(text),
        }
    }

    fn response(&self, gzipped: bool, cache: HeaderValue) -> Response {
        let body = if gzipped { self.gzip.clone() } else { self.plain.clone() };
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media));
        headers.insert(header::CACHE_CONTROL, cache);
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if gzipped {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        (StatusCode::OK, headers, body).into_response()
    }
}

/// Indentation and comments are for those who read the sources: nobody need wait for them.
fn unindented(source: &str) -> String {
    let comment =
        |line: &&str| line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"));
    let lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !comment(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// An address names its content: a browser need never ask again.
pub(crate) async fn show(view: View) -> Result<Response, Problem> {
    let asset = view.fittings().assets.find(&view.path).ok_or_else(Problem::not_found)?;
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    Ok(asset.response(view.visit().gzip, forever))
}

/// Browsers ask for it unasked.
pub(crate) async fn favicon(view: View) -> Response {
    let day = HeaderValue::from_static("public, max-age=86400");
    view.fittings().assets.mark.response(view.visit().gzip, day)
}
