//! Pages for people: the public directory, and its administration.

pub mod history;
pub mod manage;
pub mod sheets;
pub mod show;
pub mod tree;

mod acts;
mod asked;
mod forms;
mod lines;

use jiff::civil::Date;
use platform::clock::local;
use platform::web::View;

/// Rows on one page of a list.
const ROWS: i64 = 20;

fn today(view: &View) -> Date {
    local(view.now).date()
}
