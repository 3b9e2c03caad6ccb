//! What is known about one request before any handler sees it. Nothing here asks the store.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use http::{HeaderMap, HeaderValue, Method, header, request::Parts};

use super::cookies::{CookieRules, Lives, cookie};
use super::csrf::{Origin, is_safe, origin};
use super::routes::is_api;
use crate::hex::from_hex;
use crate::words::Locale;

/// From where a connection comes, as the server saw it.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    pub address: IpAddr,
    pub tls: bool,
}

impl Caller {
    /// This machine, without TLS: tests and the health of the house.
    pub fn local() -> Caller {
        Caller { address: IpAddr::V4(Ipv4Addr::LOCALHOST), tls: false }
    }
}

pub(crate) struct Visit {
    pub request_id: String,
    /// The person's address, or the last proxy's when none is trusted.
    pub address: IpAddr,
    /// Whoever asks is on this very machine: nothing says that the request came through a proxy,
    /// and it is this machine that was asked for.
    pub local: bool,
    pub https: bool,
    pub cookies: CookieRules,
    pub method: Method,
    pub path: String,
    pub query: String,
    pub locale: Locale,
    pub compact: bool,
    /// Of a request that changes something; reading is everybody's own.
    pub origin: Origin,
    /// The caller reads JSON, not pages.
    pub json: bool,
    /// A script of our own page asks; it follows redirects itself.
    pub scripted: bool,
    pub gzip: bool,
    /// `Sec-Fetch-Site`: whether our own page asks. Browsers send it, nobody can forge it there.
    pub own_fetch: bool,
    agent: Option<HeaderValue>,
    if_none_match: Option<HeaderValue>,
    pub session_secret: Option<[u8; 32]>,
    /// The cookies as they came, for those that capabilities keep.
    cookie_lines: HeaderMap,
    /// The key of the sentence that the last answer asked us to show.
    pub notice: Option<String>,
    visitor: Option<[u8; 32]>,
    leaving: Mutex<Leaving>,
}

/// Cookies that go out with the answer, whatever it is.
#[derive(Default)]
struct Leaving {
    cookies: Vec<HeaderValue>,
    visitor: Option<[u8; 32]>,
    /// Something in the answer is meant for this browser and no other.
    personal: bool,
}

impl Visit {
    pub fn read(
        parts: &Parts,
        (caller, trusted_proxies): (Caller, u8),
        own_origin: &str,
        request_id: String,
    ) -> Visit {
        let headers = &parts.headers;
        let https = caller.tls || (trusted_proxies > 0 && forwarded_https(headers));
        let host = host(parts);
        let cookies = CookieRules { secure: https || is_loopback(host) };
        let path = parts.uri.path().to_owned();
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let chosen = chosen_locale(&query);
        let dense = chosen_density(&query);
        let scheme = if https { "https" } else { "http" };
        let visit = Visit {
            request_id,
            address: person_address(headers, caller.address, trusted_proxies),
            local: trusted_proxies == 0
                && caller.address.to_canonical().is_loopback()
                && is_loopback(host)
                && !FORWARDED.iter().any(|name| headers.contains_key(*name)),
            https,
            cookies,
            method: parts.method.clone(),
            json: is_api(&path) || prefers_json(headers),
            scripted: headers.contains_key("x-scripted"),
            gzip: accepts_gzip(headers),
            own_fetch: matches!(text(headers, "sec-fetch-site"), Some("same-origin" | "none")),
            agent: headers.get(header::USER_AGENT).cloned(),
            if_none_match: headers.get(header::IF_NONE_MATCH).cloned(),
            locale: chosen.unwrap_or_else(|| kept_locale(headers, &path)),
            compact: dense.unwrap_or(cookie(headers, "density") == Some("compact")),
            origin: match is_safe(&parts.method) {
                true => Origin::Own,
                false => origin(headers, &[&format!("{scheme}://{host}"), own_origin]),
            },
            session_secret: cookie(headers, &cookies.name("session")).and_then(from_hex),
            cookie_lines: cookie_lines(headers),
            notice: cookie(headers, &cookies.name("notice")).map(str::to_owned),
            visitor: cookie(headers, &cookies.name("form")).and_then(from_hex),
            leaving: Mutex::default(),
            path,
            query,
        };
        if let Some(locale) = chosen {
            visit.leave(cookies.taste("lang", locale.tag()));
        }
        if let Some(compact) = dense {
            visit.leave(cookies.taste("density", if compact { "compact" } else { "roomy" }));
        }
        visit
    }

    /// Path and query: what the browser shows behind the host.
    pub fn address_on_site(&self) -> std::borrow::Cow<'_, str> {
        match self.query.is_empty() {
            true => self.path.as_str().into(),
            false => format!("{}?{}", self.path, self.query).into(),
        }
    }

    pub fn if_none_match(&self) -> Option<&HeaderValue> {
        self.if_none_match.as_ref()
    }

    /// Which browser on what, in two words.
    pub fn browser(&self) -> String {
        let agent = self.agent.as_ref().and_then(|agent| agent.to_str().ok());
        browser(agent.unwrap_or_default())
    }

    pub fn leave(&self, cookie: Option<HeaderValue>) {
        self.leaving().cookies.extend(cookie);
    }

    pub fn leave_private(&self, bare: &str, value: &str, lives: Lives) {
        self.leave(self.cookies.private(bare, value, lives));
    }

    /// The value of a private cookie of this site, as the browser sent it. Who looked cannot give
    /// the same answer to everybody.
    pub fn private(&self, bare: &str) -> Option<&str> {
        self.leaving().personal = true;
        cookie(&self.cookie_lines, &self.cookies.name(bare))
    }

    /// Whether the answer is this visitor's alone: it sets a cookie, holds a form's token, or was
    /// made knowing a private cookie.
    pub fn is_personal(&self) -> bool {
        let leaving = self.leaving();
        leaving.personal || !leaving.cookies.is_empty()
    }

    pub fn take_cookies(&self) -> Vec<HeaderValue> {
        std::mem::take(&mut self.leaving().cookies)
    }

    /// The nonce that binds a visitor's forms to this browser, if it has one.
    pub fn visitor(&self) -> Option<[u8; 32]> {
        self.visitor.or(self.leaving().visitor)
    }

    /// The same, handed out now with `make` if it has none.
    pub fn visitor_or(&self, make: impl FnOnce() -> [u8; 32]) -> [u8; 32] {
        self.leaving().personal = true;
        if let Some(nonce) = self.visitor() {
            return nonce;
        }
        let nonce = make();
        self.leaving().visitor = Some(nonce);
        self.leave_private("form", &crate::hex::to_hex(&nonce), Lives::WithTheBrowser);
        nonce
    }

    fn leaving(&self) -> std::sync::MutexGuard<'_, Leaving> {
        self.leaving.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn cookie_lines(headers: &HeaderMap) -> HeaderMap {
    let lines = headers.get_all(header::COOKIE).iter();
    lines.map(|line| (header::COOKIE, line.clone())).collect()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn host(parts: &Parts) -> &str {
    let named = parts.uri.authority().map(|authority| authority.as_str());
    named.or_else(|| text(&parts.headers, "host")).unwrap_or_default()
}

fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// What proxies add, one or another of them.
const FORWARDED: [&str; 6] =
    ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

fn forwarded_https(headers: &HeaderMap) -> bool {
    text(headers, "x-forwarded-proto").is_some_and(|proto| proto.eq_ignore_ascii_case("https"))
}

/// Each trusted proxy appends whom it spoke with: the person stands that many places from the end.
fn person_address(headers: &HeaderMap, peer: IpAddr, trusted_proxies: u8) -> IpAddr {
    if trusted_proxies == 0 {
        return peer;
    }
    let named = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let chain: Vec<&str> = named.flat_map(|value| value.split(',')).map(str::trim).collect();
    let place = chain.len().saturating_sub(usize::from(trusted_proxies));
    chain.get(place).and_then(|address| address.parse().ok()).unwrap_or(peer)
}

/// One household, one bucket: of IPv6 only the network counts.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6(Ipv6Addr::from(u128::from(v6) & (u128::MAX << 64))),
        },
    }
}

fn chosen_locale(query: &str) -> Option<Locale> {
    Locale::parse(&query_value(query, "lang")?)
}

fn chosen_density(query: &str) -> Option<bool> {
    match query_value(query, "mat-do")?.as_str() {
        "gon" => Some(true),
        "thoang" => Some(false),
        _ => None,
    }
}

/// Vietnamese, unless the person chose otherwise before; machines say it in `Accept-Language`.
fn kept_locale(headers: &HeaderMap, path: &str) -> Locale {
    let asked =
        if is_api(path) { text(headers, "accept-language") } else { cookie(headers, "lang") };
    if asked.is_some_and(|asked| asked.starts_with("en")) { Locale::En } else { Locale::Vi }
}

/// The value of `name` in a query string, decoded.
pub(crate) fn query_value(query: &str, name: &str) -> Option<String> {
    // Most pages have no query: they pay nothing.
    if query.is_empty() {
        return None;
    }
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn prefers_json(headers: &HeaderMap) -> bool {
    text(headers, header::ACCEPT.as_str()).is_some_and(|accept| {
        (accept.contains("application/json") || accept.contains("application/problem+json"))
            && !accept.contains("text/html")
    })
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let asked = text(headers, header::ACCEPT_ENCODING.as_str()).unwrap_or_default();
    asked.split(',').map(|coding| coding.trim()).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        name.trim().eq_ignore_ascii_case("gzip")
            && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

/// Which browser on what, in two words: kept beside a session so that people know their devices.
fn browser(agent: &str) -> String {
    let first = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    // The order matters: most browsers also name those they imitate.
    let program = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("coc_coc", "Cốc Cốc"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Zalo", "Zalo"),
        ("Firefox", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}
