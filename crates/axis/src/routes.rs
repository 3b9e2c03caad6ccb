//! What this capability answers to.

use platform::web::Routes;

pub fn routes() -> Routes {
    Routes::new()
}
