//! Tests of outside.
