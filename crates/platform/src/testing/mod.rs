//! What tests of every capability stand on.

mod http;
mod paper;
mod schemas;
mod store;

pub use http::{Answer, Beginning, House, MONDAY_MORNING, Visitor};
pub use paper::{pdf, press, printed};
pub use store::{fresh_store, fresh_store_with, test_db};
