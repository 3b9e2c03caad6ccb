//! What the code may not become. Each test names the rule of STYLE.md or the invariant of
//! ARCHITECTURE.md that it holds, and prints every place that breaks it.

mod edges;
mod shape;
pub mod sources;
pub mod sql;
mod words;
