//! Every way a request ends without what it asked for, said so that a person knows what to do.
//!
//! A [`Problem`] is decided where it happens and put into words by the site, which knows the
//! person's language and whether a page or JSON (RFC 9457) is read.
//!
//! When to use which: [`Problem::refused`] when a rule of the business says no;
//! [`Problem::not_found`] when there is nothing, *and* when there is something this person may not
//! see; [`Problem::sign_in`] when signing in would help; [`Problem::broken`] when we are at fault.
//! Mistakes in a form are no problem: show the form again ([`super::Page::error`]).

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::{Method, StatusCode};

use crate::store::StoreError;
use crate::words::Word;

/// Cheap to move; cloned only inside the site.
#[derive(Clone, Debug)]
pub struct Problem(Arc<Told>);

#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub status: StatusCode,
    pub kind: &'static str,
    pub title: &'static str,
    pub detail: &'static str,
    pub args: Vec<(&'static str, Word)>,
    pub saved: Saved,
    pub next: Option<Next>,
    pub retry_after_seconds: Option<u32>,
    pub allowed: Vec<Method>,
    /// What was typed, offered for sending again.
    pub resend: Option<Vec<(String, String)>>,
    /// For the log only: never shown.
    pub cause: Option<String>,
}

/// What became of the answers a person had typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// There was nothing to save.
    Nothing,
    Yes,
    No,
    /// We cannot know: the person should look before doing it again.
    Unknown,
}

/// The link that leads on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    pub path: String,
    /// The key of the link's words.
    pub word: &'static str,
}

impl Problem {
    /// Nothing here, or nothing this person may know of.
    pub fn not_found() -> Problem {
        Problem::known(StatusCode::NOT_FOUND, "not-found")
    }

    /// People are sent to sign in and come back; machines get 401.
    pub fn sign_in() -> Problem {
        Problem::known(StatusCode::UNAUTHORIZED, "sign-in")
    }

    /// A rule says no. `title` and `detail` are keys of words; `args` go into both.
    pub fn refused(
        status: StatusCode,
        kind: &'static str,
        title: &'static str,
        detail: &'static str,
        args: &[(&'static str, Word)],
    ) -> Problem {
        Problem::new(Told { title, detail, args: args.to_vec(), ..told(status, kind) })
    }

    /// Our fault. `cause` goes to the log, the person gets the number of the request.
    pub fn broken(cause: &str) -> Problem {
        Problem::known(StatusCode::INTERNAL_SERVER_ERROR, "broken")
            .because(cause)
            .saved(Saved::Unknown)
    }

    /// The store lost the answer of a commit: kept or not, nobody can say. No `Retry-After`: it
    /// would ask programs to do blindly what a person should look at first.
    pub(crate) fn outcome_unknown() -> Problem {
        Problem::known(StatusCode::SERVICE_UNAVAILABLE, "outcome-unknown").saved(Saved::Unknown)
    }

    /// Somebody else changed the same thing meanwhile.
    pub fn changed_meanwhile() -> Problem {
        Problem::known(StatusCode::CONFLICT, "changed-meanwhile").saved(Saved::No)
    }

    /// Too much, or not now: try again after so many seconds.
    pub fn later(after_seconds: u32) -> Problem {
        Problem::known(StatusCode::SERVICE_UNAVAILABLE, "later")
            .retry_after(after_seconds)
            .saved(Saved::No)
    }

    /// Too often from one place.
    pub fn too_often(after_seconds: u32) -> Problem {
        let minutes = i64::from(after_seconds.div_ceil(60).max(1));
        Problem::known(StatusCode::TOO_MANY_REQUESTS, "too-often")
            .args(&[("minutes", Word::from(minutes))])
            .retry_after(after_seconds)
            .saved(Saved::No)
    }

    /// The body is larger than this address takes.
    pub fn too_large(limit_bytes: u64) -> Problem {
        let limit = i64::try_from(limit_bytes / 1_048_576).unwrap_or(i64::MAX).max(1);
        Problem::known(StatusCode::PAYLOAD_TOO_LARGE, "too-large")
            .args(&[("limit", Word::from(limit))])
            .saved(Saved::No)
    }

    /// The headers and the address are longer than this door takes. Whoever writes so much has to
    /// begin anew.
    pub(crate) fn long_head() -> Problem {
        let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
        Problem::known(status, "long-head").saved(Saved::No)
    }

    /// The body cannot be read as what it should be; `cause` tells a machine why.
    pub fn unreadable(cause: &str) -> Problem {
        Problem::known(StatusCode::BAD_REQUEST, "unreadable").because(cause).saved(Saved::No)
    }

    pub(crate) fn wrong_media() -> Problem {
        Problem::known(StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong-media").saved(Saved::No)
    }

    /// The form's token is not (any more) this browser's.
    pub(crate) fn stale_form() -> Problem {
        Problem::known(StatusCode::FORBIDDEN, "stale-form").saved(Saved::No)
    }

    /// Another site sent this form.
    pub(crate) fn foreign_form() -> Problem {
        Problem::known(StatusCode::FORBIDDEN, "foreign-form").saved(Saved::No)
    }

    pub(crate) fn too_slow() -> Problem {
        Problem::known(StatusCode::REQUEST_TIMEOUT, "too-slow").saved(Saved::Unknown)
    }

    /// The same thing lives at another path of this site.
    pub(crate) fn moved(path: &str, query: &str) -> Problem {
        let mark = if query.is_empty() { "" } else { "?" };
        Problem::known(StatusCode::PERMANENT_REDIRECT, "moved")
            .next(format!("{path}{mark}{query}"), "web-problem-home")
    }

    pub(crate) fn wrong_method(allowed: Vec<Method>) -> Problem {
        let known = told(StatusCode::METHOD_NOT_ALLOWED, "wrong-method");
        Problem::new(Told { allowed, ..known })
    }

    /// For answers of axum's own that carry only a status.
    pub(crate) fn of_status(status: StatusCode) -> Problem {
        match status {
            StatusCode::NOT_FOUND => Problem::not_found(),
            StatusCode::UNAUTHORIZED => Problem::sign_in(),
            StatusCode::PAYLOAD_TOO_LARGE => Problem::known(status, "too-large"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::wrong_media(),
            StatusCode::METHOD_NOT_ALLOWED => Problem::wrong_method(Vec::new()),
            status if status.is_server_error() => Problem::broken(status.as_str()),
            status => Problem::known(status, "unreadable").saved(Saved::No),
        }
    }

    /// Says what became of the answers.
    pub fn saved(self, saved: Saved) -> Problem {
        Problem::new(Told { saved, ..self.into_told() })
    }

    /// The link that leads on; `word` is the key of its words.
    pub fn next(self, path: impl Into<String>, word: &'static str) -> Problem {
        let next = Some(Next { path: path.into(), word });
        Problem::new(Told { next, ..self.into_told() })
    }

    pub fn retry_after(self, seconds: u32) -> Problem {
        Problem::new(Told { retry_after_seconds: Some(seconds), ..self.into_told() })
    }

    /// For the log; no person sees it, so it may name what broke (but nobody's data).
    pub fn because(self, cause: &str) -> Problem {
        Problem::new(Told { cause: Some(cause.to_owned()), ..self.into_told() })
    }

    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The stable word by which programs know it.
    pub fn kind(&self) -> &'static str {
        self.0.kind
    }

    /// Offers what was typed for sending again.
    pub(crate) fn resend(self, answers: Vec<(String, String)>) -> Problem {
        Problem::new(Told { resend: Some(answers), ..self.into_told() })
    }

    pub(crate) fn told(&self) -> &Told {
        &self.0
    }

    fn args(self, args: &[(&'static str, Word)]) -> Problem {
        Problem::new(Told { args: args.to_vec(), ..self.into_told() })
    }

    fn known(status: StatusCode, kind: &'static str) -> Problem {
        Problem::new(told(status, kind))
    }

    fn new(told: Told) -> Problem {
        Problem(Arc::new(told))
    }

    fn into_told(self) -> Told {
        Arc::unwrap_or_clone(self.0)
    }
}

/// The words of the problems that every site has; a capability's own bring theirs.
fn told(status: StatusCode, kind: &'static str) -> Told {
    let (title, detail) = match kind {
        "not-found" => ("web-problem-not-found", "web-problem-not-found-detail"),
        "sign-in" => ("web-problem-sign-in", "web-problem-sign-in-detail"),
        "changed-meanwhile" => ("web-problem-changed", "web-problem-changed-detail"),
        "later" => ("web-problem-later", "web-problem-later-detail"),
        "outcome-unknown" => ("web-problem-outcome", "web-problem-outcome-detail"),
        "too-often" => ("web-problem-too-often", "web-problem-too-often-detail"),
        "too-large" => ("web-problem-too-large", "web-problem-too-large-detail"),
        "long-head" => ("web-problem-long-head", "web-problem-long-head-detail"),
        "unreadable" => ("web-problem-unreadable", "web-problem-unreadable-detail"),
        "wrong-media" => ("web-problem-wrong-media", "web-problem-wrong-media-detail"),
        "stale-form" => ("web-problem-stale-form", "web-problem-stale-form-detail"),
        "foreign-form" => ("web-problem-foreign-form", "web-problem-foreign-form-detail"),
        "too-slow" => ("web-problem-too-slow", "web-problem-too-slow-detail"),
        "wrong-method" => ("web-problem-wrong-method", "web-problem-wrong-method-detail"),
        _ => ("web-problem-broken", "web-problem-broken-detail"),
    };
    Told {
        status,
        kind,
        title,
        detail,
        args: Vec::new(),
        saved: Saved::Nothing,
        next: None,
        retry_after_seconds: None,
        allowed: Vec::new(),
        resend: None,
        cause: None,
    }
}

/// A unit of work that failed for a reason no rule foresaw.
impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        let cause = error.to_string();
        match error {
            StoreError::NotFound => Problem::not_found(),
            StoreError::Conflict { .. } => Problem::changed_meanwhile().because(&cause),
            StoreError::Overloaded => Problem::later(2).because(&cause),
            StoreError::Unavailable { .. } => Problem::later(10).because(&cause),
            StoreError::Full => Problem::later(300).because(&cause),
            StoreError::Unknown => Problem::outcome_unknown().because(&cause),
            StoreError::Swallowed
            | StoreError::Panicked
            | StoreError::Column { .. }
            | StoreError::Other { .. } => Problem::broken(&cause),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
