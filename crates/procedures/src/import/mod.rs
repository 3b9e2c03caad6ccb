//! Bringing procedures in from the portal's JSON and from captures of its pages.

mod channels;
mod clean;
mod components;
mod flattened;
mod lists;
mod money;
mod native;
mod native_shape;
mod page;
mod reading;
mod record;
pub mod shares;

pub use reading::{Doubt, Format, ReadPart, Reading, Why};
pub use record::{RecordError, read};
