//! Verdicts: what is valid is, and what is not never is.

mod attacks;
mod formats;
mod kit;
mod times;
