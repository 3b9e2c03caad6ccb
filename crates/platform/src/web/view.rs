//! What a page knows about the person who asked for it: language, session, time and place.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::request::Parts;
use jiff::Timestamp;
use uuid::Uuid;

use super::Problem;
use super::assets::Assets;
use super::cache::{Edition, Editions};
use super::cookies::Lives;
use super::csrf::{Bound, ONCE, Origin, TOKEN};
use super::fittings::Fittings;
use super::markup::Markup;
use super::menu::MenuItem;
use super::session::{Fresh, Lifetimes, Session};
use super::visit::{Visit, query_value};
use crate::Ctx;
use crate::words::{Locale, Speech, Word};

/// An extractor that never fails under a [`super::Site`]. Cloning it is cheap.
#[derive(Clone)]
pub struct View {
    pub speech: Speech,
    pub locale: Locale,
    pub session: Session,
    pub now: Timestamp,
    /// The path of this page, without its query.
    pub path: String,
    visit: Arc<Visit>,
    fittings: Arc<Fittings>,
    editions: Arc<Editions>,
}

impl View {
    pub(crate) fn new(visit: Arc<Visit>, fittings: Arc<Fittings>, session: Session) -> View {
        View {
            speech: fittings.ctx.words.speak(visit.locale),
            locale: visit.locale,
            session,
            now: fittings.ctx.clock.now(),
            path: visit.path.clone(),
            editions: fittings.cache.editions(),
            visit,
            fittings,
        }
    }

    /// The sentence of `key` in the person's language.
    pub fn t(&self, key: &str) -> String {
        self.speech.t(key)
    }

    pub fn with(&self, key: &str, args: &[(&str, Word)]) -> String {
        self.speech.with(key, args)
    }

    /// The attribute for what is Vietnamese whatever the page's language: official names and texts.
    pub fn official(&self) -> Markup {
        Markup::trusted(match self.locale {
            Locale::Vi => String::new(),
            Locale::En => " lang=\"vi\"".to_owned(),
        })
    }

    /// The hidden fields that every form with `method="post"` begins with: the token against
    /// foreign forms, and the key of this one rendering (`_once`), by which a form that was sent
    /// twice is known.
    pub fn csrf(&self) -> Markup {
        let token = self.form_token();
        let once = self.fittings.ctx.ids.next();
        Markup::trusted(format!(
            "<input type=\"hidden\" name=\"{TOKEN}\" value=\"{token}\" autocomplete=\"off\">\
             <input type=\"hidden\" name=\"{ONCE}\" value=\"{once}\" autocomplete=\"off\">"
        ))
    }

    /// The first value of `name` in the address.
    pub fn query(&self, name: &str) -> Option<String> {
        query_value(&self.visit.query, name)
    }

    /// Every value of `name` in the address.
    pub fn queries(&self, name: &str) -> Vec<String> {
        let pairs = form_urlencoded::parse(self.visit.query.as_bytes());
        pairs.filter(|(key, _)| key == name).map(|(_, value)| value.into_owned()).collect()
    }

    /// This page's address with `changes` in its query; an empty value takes the name away.
    /// Sorting, filtering and paging are such links.
    pub fn here_with(&self, changes: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in form_urlencoded::parse(self.visit.query.as_bytes()) {
            if !changes.iter().any(|(changed, _)| *changed == name) {
                query.append_pair(&name, &value);
            }
        }
        for (name, value) in changes.iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        match query.finish() {
            query if query.is_empty() => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }

    /// This page's whole address on this site, to come back to.
    pub fn here(&self) -> String {
        self.here_with(&[("lang", "")])
    }

    /// Officers may choose a denser page.
    pub fn compact(&self) -> bool {
        self.visit.compact
    }

    /// What every handler is handed, for layers around handlers, which have no state.
    pub fn ctx(&self) -> &Ctx {
        &self.fittings.ctx
    }

    /// This installation only shows how it would be.
    pub fn demo(&self) -> bool {
        self.fittings.ctx.settings.demo
    }

    /// Every place that capabilities brought, for those who decide what an officer sees.
    pub fn menu_items(&self) -> &[MenuItem] {
        &self.fittings.menu
    }

    /// The caller reads JSON: a program, or the script of one of our pages.
    pub fn wants_json(&self) -> bool {
        self.visit.json
    }

    /// Names this request in the log; shown on pages about faults.
    pub fn request_id(&self) -> &str {
        &self.visit.request_id
    }

    /// The network address, for throttling by address. Never shown, never logged.
    pub fn address(&self) -> std::net::IpAddr {
        self.visit.address
    }

    /// "Firefox, Windows", or empty.
    pub fn browser(&self) -> String {
        self.visit.browser()
    }

    /// Puts the secret of a session that was begun into the browser.
    pub fn keep_session(&self, fresh: &Fresh) {
        self.visit.leave_private("session", fresh.secret(), Lives::WithTheBrowser);
    }

    /// Takes the session's secret out of the browser.
    pub fn forget_session(&self) {
        self.visit.leave_private("session", "", Lives::NoMore);
    }

    pub(crate) fn assets(&self) -> &Assets {
        &self.fittings.assets
    }

    /// Puts a secret of a capability's own into the browser; no script can read it. `bare` is the
    /// cookie's name without its prefix, `value` hexadecimal.
    pub fn keep(&self, bare: &'static str, value: &str, seconds: u32) {
        self.visit.leave_private(bare, value, Lives::Seconds(seconds));
    }

    /// What [`View::keep`] put there, as the browser brought it back.
    pub fn kept(&self, bare: &'static str) -> Option<String> {
        self.visit.private(bare).map(str::to_owned)
    }

    pub fn forget(&self, bare: &'static str) {
        self.visit.leave_private(bare, "", Lives::NoMore);
    }

    pub(crate) fn lifetimes(&self) -> Lifetimes {
        self.fittings.options.lifetimes
    }

    pub(crate) fn visit(&self) -> &Visit {
        &self.visit
    }

    pub(crate) fn fittings(&self) -> &Fittings {
        &self.fittings
    }

    /// Of a topic of public pages, as it was when the request began.
    pub(crate) fn edition(&self, topic: &str) -> Option<Edition> {
        self.editions.get(topic).copied()
    }

    pub(crate) fn form_token(&self) -> String {
        let ids = &self.fittings.ctx.ids;
        let bound = match self.session.secret_hash() {
            Some(hash) => Bound::Session(hash),
            None => Bound::Visitor(self.visit.visitor_or(|| ids.secret())),
        };
        self.fittings.key.form_token(bound, ids.secret())
    }

    /// A form from before the sign-in in another tab still counts: the visitor's cookie is as
    /// much this browser's own as the session's.
    pub(crate) fn form_token_fits(&self, token: &str) -> bool {
        let session = self.session.secret_hash().map(Bound::Session);
        let visitor = self.visit.visitor().map(Bound::Visitor);
        let fits = |bound| self.fittings.key.form_token_fits(bound, token);
        self.visit.origin != Origin::Foreign && session.into_iter().chain(visitor).any(fits)
    }
}

/// The key of one rendering of a form, from its `_once` field.
pub fn once(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok()
}

impl<S: Send + Sync> FromRequestParts<S> for View {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<View, Problem> {
        parts.extensions.get::<View>().cloned().ok_or_else(|| Problem::broken("no site around"))
    }
}
