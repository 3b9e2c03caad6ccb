//! What xtask makes is kept true.

use crate::{law, root};

#[test]
fn docs_law_says_what_the_files_say() {
    let root = root().unwrap();
    let written = std::fs::read_to_string(law::place(&root)).unwrap_or_default();
    assert!(
        written == law::page(&root).unwrap(),
        "docs/law/README.md is behind the sources: run `cargo xtask law`"
    );
}
