//! The few cookies there are, and under which name the browser will take them.
//!
//! | cookie | holds |
//! |---|---|
//! | `__Host-session` | the secret of a session |
//! | `__Host-form` | the nonce behind the form tokens of a visitor without session |
//! | `lang`, `density` | how the person wants pages; nothing about the person |
//! | `__Host-notice` | which sentence the next page shows once |
//! | `__Host-…` | what a capability keeps with [`super::View::keep`]; listed in [`super::about`] |
//!
//! `__Host-` binds a cookie to this very host, and browsers take it only with `Secure`. Reached
//! over plain HTTP from another machine that is impossible: there, and only there, the bare name is
//! used.

use http::{HeaderMap, HeaderValue, header};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CookieRules {
    /// The browser treats this connection as trustworthy: TLS, or its own machine.
    pub secure: bool,
}

impl CookieRules {
    pub fn name(self, bare: &str) -> String {
        if self.secure { format!("__Host-{bare}") } else { bare.to_owned() }
    }

    /// A cookie that no script can read and no other site can send along with a form.
    pub fn private(self, bare: &str, value: &str, lives: Lives) -> Option<HeaderValue> {
        self.write(&self.name(bare), value, lives)
    }

    /// A cookie of taste (language, density): readable by name whatever the connection.
    pub fn taste(self, name: &str, value: &str) -> Option<HeaderValue> {
        self.write(name, value, Lives::Seconds(365 * 24 * 60 * 60))
    }

    fn write(self, name: &str, value: &str, lives: Lives) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let age = match lives {
            Lives::WithTheBrowser => String::new(),
            Lives::Seconds(seconds) => format!("; Max-Age={seconds}"),
            Lives::NoMore => "; Max-Age=0".to_owned(),
        };
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
        HeaderValue::from_str(&text).ok()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lives {
    WithTheBrowser,
    Seconds(u32),
    NoMore,
}

/// The value of the cookie `name`; the first wins, as browsers send the most specific path first.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}
