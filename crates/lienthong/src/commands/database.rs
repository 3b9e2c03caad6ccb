//! `migrate`, `backup`, `restore`, `check`.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

use super::quiet_house;
use crate::house::open_store;
use crate::say;
use crate::settings::Home;

pub async fn migrate(home: &Home) -> Result<()> {
    let house = quiet_house(home).await?;
    house.close(None).await;
    say::line("The tables are up to date. / Cấu trúc dữ liệu đã được cập nhật.");
    Ok(())
}
