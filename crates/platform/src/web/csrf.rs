//! A form sent from elsewhere changes nothing here.
//!
//! Two guards, each enough alone: where the browser says the request comes from (checked for every
//! unsafe method before the handler), and a token in the form that only our page could hold.
//! The token is an HMAC over the session, or over a cookie's nonce for visitors without one, and is
//! masked anew in every page: a compressed answer leaks nothing about it (BREACH).

use http::{HeaderMap, Method, header};

use super::secret::{SiteKey, same};
use crate::hex::{from_hex, to_hex};

/// The field of the token in every form.
pub const TOKEN: &str = "_token";
/// The field that names one rendering of a form: the key by which a second sending is known.
pub const ONCE: &str = "_once";
/// The header by which a script of ours may send the token with a body that is no form.
pub const TOKEN_HEADER: &str = "x-form-token";

/// Where an unsafe request comes from, as the browser itself says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Our own page.
    Own,
    /// Somebody else's.
    Foreign,
    /// Not a browser, or one too old to tell: only the token decides.
    Unsaid,
}

/// `scheme_and_hosts`: what our own pages are reached by, such as `https://dvc.example.vn`.
pub(crate) fn origin(headers: &HeaderMap, own: &[&str]) -> Origin {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => return Origin::Own,
        Some(_) => return Origin::Foreign,
        None => {}
    }
    match text(header::ORIGIN.as_str()) {
        Some(origin) if own.iter().any(|known| known.eq_ignore_ascii_case(origin)) => Origin::Own,
        Some(_) => Origin::Foreign,
        None => Origin::Unsaid,
    }
}

pub(crate) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whose form it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// The hash of the session's secret.
    Session([u8; 32]),
    /// The nonce in the visitor's cookie.
    Visitor([u8; 32]),
}

impl SiteKey {
    /// The token for `bound`, masked with `pad`.
    pub fn form_token(&self, bound: Bound, pad: [u8; 32]) -> String {
        let mut masked = self.form_tag(bound);
        masked.iter_mut().zip(pad).for_each(|(byte, mask)| *byte ^= mask);
        to_hex(&[pad, masked].concat())
    }

    pub fn form_token_fits(&self, bound: Bound, token: &str) -> bool {
        let Some(bytes) = from_hex::<64>(token) else { return false };
        let (pad, masked) = bytes.split_at(32);
        let tag: Vec<u8> = masked.iter().zip(pad).map(|(byte, mask)| byte ^ mask).collect();
        same(&tag, &self.form_tag(bound))
    }

    fn form_tag(&self, bound: Bound) -> [u8; 32] {
        match bound {
            Bound::Session(hash) => self.tag("form of a session", &[&hash]),
            Bound::Visitor(nonce) => self.tag("form of a visitor", &[&nonce]),
        }
    }
}
