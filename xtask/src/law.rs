//! docs/law: which article is implemented where, read from the `//! Law:` lines of the sources.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

const HEAD: &str = "# Law and code

Which article is implemented where. Made by `cargo xtask law` from the `//! Law:` lines at the
heads of the files; a test keeps it true. An article that is not listed is not implemented.
Numbers of articles were carried from secondary sources where the full text was not at hand: check
the text before citing one, and correct the file's head when it is wrong.

| law | code |
|---|---|
";

pub fn write(root: &Path) -> Result<()> {
    fs::write(place(root), page(root)?).context("docs/law/README.md cannot be written")
}

pub fn place(root: &Path) -> PathBuf {
    root.join("docs/law/README.md")
}

pub fn page(root: &Path) -> Result<String> {
    let mut articles: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut files = Vec::new();
    collect(&root.join("crates"), &mut files)?;
    files.sort();
    for file in files {
        let text = fs::read_to_string(&file)?;
        let path = file.strip_prefix(root)?.to_string_lossy().into_owned();
        for line in text.lines().take_while(|line| line.starts_with("//!")) {
            if let Some(article) = line.strip_prefix("//! Law:") {
                articles.entry(article.trim().to_owned()).or_default().push(path.clone());
            }
        }
    }
    let rows = articles.iter().map(|(article, files)| {
        let links: Vec<String> =
            files.iter().map(|file| format!("[{file}](../../{file})")).collect();
        format!("| {article} | {} |\n", links.join(" · "))
    });
    Ok(HEAD.to_owned() + &rows.collect::<String>())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    Ok(())
}
