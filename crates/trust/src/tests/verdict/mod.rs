//! Verdicts: what is valid is, and what is not never is.

mod attacks;
mod formats;
pub mod kit;
mod mutants;
mod times;
