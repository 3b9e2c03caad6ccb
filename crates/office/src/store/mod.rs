//! All SQL of this capability.

pub(crate) mod books;
