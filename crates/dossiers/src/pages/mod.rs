//! For people: the citizen's way from the first question to the result, and the officer's desk.

pub(crate) mod calendar;
pub(crate) mod check;
pub(crate) mod citizen;
pub(crate) mod desk;
pub(crate) mod filling;
pub(crate) mod moving;
pub(crate) mod papers;
mod pieces;
pub(crate) mod start;
pub(crate) mod track;

use axum::extract::Path;
use platform::web::Problem;

use crate::dossier::DossierId;

/// The `{id}` of an address. Nonsense is answered like an id that is not there.
pub(crate) fn id_of(text: &str) -> Result<DossierId, Problem> {
    DossierId::parse(text).ok_or_else(Problem::not_found)
}

/// `{id}` alone.
pub(crate) fn only_id(path: Path<String>) -> Result<DossierId, Problem> {
    id_of(&path.0)
}
