//! Bringing procedures in from the portal's JSON and from captures of its pages. The readers never
//! invent: what they cannot part with certainty stays words, and is told.

mod channels;
mod clean;
mod components;
mod flattened;
mod intake;
mod lists;
mod money;
mod native;
mod native_shape;
mod page;
mod reading;
mod record;
mod run;
pub mod shares;
mod source;
#[cfg(test)]
pub mod tests;

pub(crate) use flattened::steps;
pub use reading::{Doubt, Format, ReadPart, Reading, Why};
pub use record::{RecordError, read};
pub use run::{ImportError, Tally, import};
pub use source::SourceError;
