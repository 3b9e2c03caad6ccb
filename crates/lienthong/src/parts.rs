//! The capabilities this program is made of. A new one is one line here.

use platform::Part;
use procedures::search::Catalogue;

use crate::api;

/// In the order their tables are made.
pub fn all() -> Vec<Part> {
    let mut parts = platform::parts();
    parts.extend(capabilities());
    parts
}

/// The business, and the description of its API. Officers who manage the catalogue of
/// organisations bring their mandate, which only identity can give.
pub fn capabilities() -> Vec<Part> {
    capabilities_with(identity::Hashing::standard())
}

/// The same with passwords hashed at another cost, for tests.
pub fn capabilities_with(hashing: identity::Hashing) -> Vec<Part> {
    // One index of the catalogue in memory, for the public's search and the counter's.
    let catalogue = Catalogue::default();
    vec![
        identity::with_mandates(organisations::part()),
        identity::part_with(hashing),
        procedures::part_with(catalogue.clone()),
        dossiers::part_with(catalogue),
        trust::part(),
        signing::part(),
        axis::part(),
        office::part_with(office::Workdays(dossiers::queries::calendar::open_days)),
        api::part(),
    ]
}
