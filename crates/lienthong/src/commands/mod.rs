//! What each command of the command line does.

pub mod accounts;
mod archive;
pub mod audit;
pub mod axis;
pub mod database;
pub mod edxml;
pub mod openapi;
pub mod organisations;
pub mod procedures;
pub mod serve;
pub mod sign;
pub mod trust;
pub mod verify;

use anyhow::Result;

use crate::cli::nothing_goes_out;
use crate::house::{House, Plan};
use crate::settings::Home;

/// A house for a command that serves nothing and sends nothing.
pub async fn quiet_house(home: &Home) -> Result<House> {
    let (site, ways_out) = nothing_goes_out();
    House::open(&Plan { home, site: &site, ways_out: &ways_out, demo: false }).await
}
