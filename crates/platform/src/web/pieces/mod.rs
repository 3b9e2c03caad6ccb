//! The pieces pages are made of: each shows itself in a template (`{{ tag }}`) as accessible HTML.
//!
//! Everything else is plain HTML with the class names that `/mau-giao-dien` shows in a
//! demonstration.

mod bars;
mod paging;
mod steps;
mod summary;
mod tag;
mod tasks;
mod timeline;

pub use bars::{Bar, Bars};
pub use paging::{PAGE_ROWS, Paging, SortLink};
pub use steps::Steps;
pub use summary::{Summary, SummaryRow};
pub use tag::{Stat, Tag, Tone};
pub use tasks::{Task, Tasks};
pub use timeline::{Moment, Timeline};
