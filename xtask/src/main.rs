//! What maintainers run: `cargo xtask law`, `cargo xtask release`.
//!
//! Everything that must hold is a test; here is only what makes files.

mod law;
mod release;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

const HELP: &str = "cargo xtask law       write docs/law/README.md from the `//! Law:` lines
cargo xtask release   build both programs and target/debian/lienthong_VERSION_ARCH.deb";

fn main() -> Result<()> {
    let root = root()?;
    let word = std::env::args().nth(1);
    match word.as_deref() {
        Some("law") => law::write(&root),
        Some("release") => release::build(&root),
        _ => bail!("{HELP}"),
    }
}

fn root() -> Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(here.parent().context("xtask stands in the repository")?.to_owned())
}
