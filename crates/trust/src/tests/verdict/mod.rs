//! Verdicts: what is valid is, and what is not never is.

mod archives;
mod attacks;
mod containers;
mod formats;
pub mod kit;
mod mutants;
mod times;
