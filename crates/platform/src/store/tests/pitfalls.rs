//! One test for each pitfall.
