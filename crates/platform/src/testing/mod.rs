//! What tests of every capability stand on.

mod store;

pub use store::{fresh_store, fresh_store_with, test_db};
