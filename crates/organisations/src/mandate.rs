//! The proof that an officer may change the catalogue, and where.
//!
//! Who may what is known by `identity`, which depends on this crate and not the other way round.
//! So the proof is defined here and made there: the program lays a layer over the routes that puts
//! a [`Mandate`] into the extensions of a request whose officer holds the right to manage
//! organisations, and the pages below `/quan-tri/don-vi` take it out with [`Mandated`].

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use platform::web::{MenuEntry, Problem};
use uuid::Uuid;

use crate::unit::UnitId;

/// Commands cannot be called without one. Only `identity` and tests make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// The account that acts; none when the operator works at the command line.
    pub actor: Option<Uuid>,
    /// Its holder's name as it is now, kept in the history of what changes.
    pub actor_name: String,
    pub over: Scope,
}

/// How far a mandate reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The agency that issues level 1 (today the ministry of science and technology).
    Everything,
    /// A ministry or province: all below this unit, and the contact points of the unit itself.
    Subtree(UnitId),
}

/// The officer's navigation, laid into the request beside the mandate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame(pub Vec<MenuEntry>);

/// Extractor: the mandate of the officer who asks. Without one the page is not there.
#[derive(Debug, Clone)]
pub struct Mandated {
    pub mandate: Mandate,
    pub menu: Vec<MenuEntry>,
}

impl<S: Send + Sync> FromRequestParts<S> for Mandated {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Mandated, Problem> {
        let mandate = parts.extensions.get::<Mandate>().cloned().ok_or_else(Problem::not_found)?;
        let menu = parts.extensions.get::<Frame>().cloned().unwrap_or_default().0;
        Ok(Mandated { mandate, menu })
    }
}
