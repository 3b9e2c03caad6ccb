//! Sizes, heads, names, and that nothing lies about unused.

use std::collections::BTreeSet;

use super::sources::{none, root, rust, with_ending};

const LINES_MAX: usize = 400;
const COLUMNS_MAX: usize = 100;
const HANDLER_LINES_MAX: usize = 15;
const EMPTY_NAMES: [&str; 8] =
    ["common", "core", "utils", "util", "types", "models", "manager", "helper"];

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    let long = rust().into_iter().filter(|source| !source.is_test()).filter_map(|source| {
        let lines = source.text.lines().count();
        (lines > LINES_MAX).then(|| format!("{}: {lines} lines", source.path))
    });
    none("a file over 400 lines becomes a folder of the same name", long.collect());
}

#[test]
fn no_line_is_wider_than_one_hundred_columns() {
    let mut wide = Vec::new();
    for source in rust() {
        for (at, line) in source.text.lines().enumerate() {
            // A literal that cannot be broken without changing what it says is let be.
            let unbreakable = line.contains('"') && line.trim_start().chars().count() > 60;
            // A row of a table in the docs has no second line, and a signed note is what it is.
            let unbreakable = unbreakable
                || line.contains("\u{2014} example.vn/")
                || line.trim_start().starts_with("//! |");
            if line.chars().count() > COLUMNS_MAX && !unbreakable {
                wide.push(format!("{}:{}", source.path, at + 1));
            }
        }
    }
    none("lines end at 100 columns", wide);
}

#[test]
fn every_file_says_what_it_is() {
    let silent = rust()
        .into_iter()
        .filter(|source| !source.is_test() && !source.text.starts_with("//!"))
        .map(|source| source.path);
    none("a file begins with `//!` and what it is", silent.collect());
}

#[test]
fn no_name_says_nothing() {
    let empty = rust()
        .into_iter()
        .map(|source| source.path)
        .filter(|path| path.split(['/', '.']).any(|word| EMPTY_NAMES.contains(&word)));
    none("nothing is called common, core, utils, types, models, manager, helper", empty.collect());
}

#[test]
fn no_test_stands_inside_a_file_of_code() {
    let inline = rust().into_iter().filter(|source| !source.is_test()).filter(|source| {
        source.text.contains("#[cfg(test)]\nmod tests {") || source.text.contains("#[test]")
    });
    none("tests stand in files of their own", inline.map(|source| source.path).collect());
}

#[test]
fn a_handler_fits_in_fifteen_lines() {
    let mut long = Vec::new();
    let is_map = |path: &str| path.ends_with("/src/lib.rs") || path.ends_with("/src/routes.rs");
    let maps: String =
        rust().into_iter().filter(|source| is_map(&source.path)).map(|map| map.text).collect();
    for source in rust().into_iter().filter(|source| !source.is_test()) {
        let doors = source.path.contains("/src/pages") || source.path.contains("/src/api");
        if !doors || source.house == "platform" {
            continue;
        }
        for (name, lines) in async_functions(&source.text) {
            let is_handler = maps.contains(&format!("::{name})"));
            if is_handler && lines > HANDLER_LINES_MAX {
                long.push(format!("{} {name}: {lines} lines", source.path));
            }
        }
    }
    none("a handler parses, calls and shows: 15 lines between its braces", long);
}

/// Name and number of lines between the braces of each `async fn` at the left edge.
fn async_functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        // What routes name is public, at least to its capability.
        let open = ["pub async fn ", "pub(crate) async fn ", "pub(super) async fn "];
        let Some(rest) = open.iter().find_map(|start| line.strip_prefix(start)) else { continue };
        let name = rest.split(['(', '<']).next().unwrap_or("").to_owned();
        let opens = (at..lines.len()).find(|at| lines[*at].ends_with('{')).unwrap_or(at);
        let closes = (opens..lines.len()).find(|at| lines[*at] == "}").unwrap_or(opens + 1);
        found.push((name, closes - opens - 1));
    }
    found
}

#[test]
fn every_page_and_table_file_is_used() {
    let code: String = rust().into_iter().map(|source| source.text).collect();
    let pages: String = with_ending(&["html"]).into_iter().map(|source| source.text).collect();
    let dead =
        with_ending(&["html", "sql", "ftl", "typ", "css", "js"]).into_iter().filter(|file| {
            let name = file.path.rsplit('/').next().unwrap();
            let parent = file.path.rsplit('/').nth(1).unwrap();
            let long = format!("{parent}/{name}");
            !(code.contains(&format!("{name}\""))
                || code.contains(&long)
                || pages.contains(&long)
                || pages.contains(&format!("{name}\"")))
        });
    none("a file nobody names is deleted", dead.map(|file| file.path).collect());
}

#[test]
fn every_source_file_is_declared() {
    let sources = rust();
    let declared: BTreeSet<String> = sources
        .iter()
        .flat_map(|source| source.text.lines())
        .filter_map(|line| line.trim().trim_end_matches(';').rsplit_once("mod ").map(|m| m.1))
        .map(str::to_owned)
        .collect();
    let roots = ["lib", "main", "mod"];
    let dead = sources.iter().filter(|source| {
        let mut parts = source.path.trim_end_matches(".rs").rsplit('/');
        let stem = parts.next().unwrap();
        !roots.contains(&stem) && !declared.contains(stem) && !source.path.contains("/bin/")
    });
    none("a module nobody declares is deleted", dead.map(|source| source.path.clone()).collect());
}

#[test]
fn the_root_explains_itself() {
    let needed =
        ["README.md", "ARCHITECTURE.md", "STYLE.md", "CHANGELOG.md", "LICENSE", "demo", "test"];
    let missing = needed.iter().filter(|name| !root().join(name).exists());
    none("the root has its seven files", missing.map(|name| (*name).to_owned()).collect());
}
