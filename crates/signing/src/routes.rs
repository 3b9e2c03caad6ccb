//! What this capability answers to.

use platform::web::{Routes, Who};

use crate::pages::queue;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/can-bo/ky-so", Who::Officer, queue::list)
}
