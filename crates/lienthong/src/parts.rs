//! The capabilities this program is made of. A new one is one line here.

use platform::Part;

/// In the order their tables are made.
pub fn all() -> Vec<Part> {
    let mut parts = platform::parts();
    parts.extend(capabilities());
    parts
}

/// The business.
pub fn capabilities() -> Vec<Part> {
    vec![
        identity::with_mandates(organisations::part()),
        identity::part(),
        procedures::part(),
        dossiers::part(),
    ]
}
