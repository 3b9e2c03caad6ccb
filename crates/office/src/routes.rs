//! What this capability answers to.

use platform::web::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new()
}
