//! The sources as the tidy tests see them: path, crate and lines.

use std::fs;
use std::path::{Path, PathBuf};

pub const CAPABILITIES: [&str; 8] =
    ["organisations", "identity", "procedures", "dossiers", "trust", "signing", "axis", "office"];

pub struct Source {
    /// Below the repository's root, with `/`.
    pub path: String,
    /// The crate's name.
    pub house: String,
    pub text: String,
}

impl Source {
    pub fn is_test(&self) -> bool {
        self.path.contains("/tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.contains("/testing")
    }
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every file below `crates` and `xtask` with one of these endings, in order of path.
pub fn with_ending(endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    for top in ["crates", "xtask"] {
        walk(&root().join(top), endings, &mut found);
    }
    assert!(!found.is_empty(), "no sources found below {:?}", root());
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

pub fn rust() -> Vec<Source> {
    with_ending(&["rs"])
}

fn walk(folder: &Path, endings: &[&str], found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, endings, found);
            continue;
        }
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        if !endings.contains(&ending) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        let house = path.trim_start_matches("crates/").split('/').next().unwrap().to_owned();
        found.push(Source { path, house, text });
    }
}

/// Fails with every complaint at once: a newcomer mends them in one go.
pub fn none(rule: &str, complaints: Vec<String>) {
    assert!(complaints.is_empty(), "{rule}\n  {}", complaints.join("\n  "));
}
