//! Who may know whom. The `Cargo.toml`s are the law; this is the court.

use std::fs;

use super::sources::{CAPABILITIES, none, root, rust};

/// Capability → capabilities it may depend on. A new edge needs a page under docs/decisions.
const EDGES: [(&str, &[&str]); 9] = [
    ("platform", &[]),
    ("organisations", &[]),
    ("identity", &["organisations"]),
    ("procedures", &["organisations", "identity"]),
    ("trust", &["organisations", "identity"]),
    ("signing", &["organisations", "identity", "trust"]),
    ("dossiers", &["organisations", "identity", "procedures", "trust", "signing"]),
    ("axis", &["organisations", "identity", "trust"]),
    ("office", &["organisations", "identity", "trust", "signing", "axis"]),
];

#[test]
fn capabilities_know_each_other_only_along_the_listed_edges() {
    let mut wrong = Vec::new();
    for (house, allowed) in EDGES {
        let manifest = root().join("crates").join(house).join("Cargo.toml");
        let text = fs::read_to_string(manifest).unwrap();
        let needs = text.split("[dependencies]").nth(1).unwrap_or("");
        let needs = needs.split("\n[").next().unwrap_or("");
        for other in CAPABILITIES {
            let named = needs.lines().any(|line| line.starts_with(&format!("{other}.")));
            if named && !allowed.contains(&other) {
                wrong.push(format!("{house} → {other}"));
            }
        }
    }
    none("an edge between capabilities is listed, or it is not", wrong);
}

#[test]
fn platform_names_no_capability() {
    let mut wrong = Vec::new();
    for source in rust().into_iter().filter(|source| source.house == "platform") {
        for capability in CAPABILITIES {
            if source.text.contains(&format!("{capability}::")) {
                wrong.push(format!("{} names {capability}", source.path));
            }
        }
    }
    none("platform would be the same in a program that lends books", wrong);
}

#[test]
fn only_the_store_names_a_database_driver() {
    let drivers = ["rusqlite::", "postgres::", "use rusqlite", "use postgres"];
    let wrong = rust().into_iter().filter(|source| {
        let inside = source.path.starts_with("crates/platform/src/store/");
        // The bench measures the bare driver as the ceiling of the store.
        let ceiling = source.path.starts_with("crates/lienthong/src/bench/store");
        !(inside || ceiling || source.is_test())
            && drivers.iter().any(|driver| source.text.contains(driver))
    });
    none("drivers are named in platform::store", wrong.map(|source| source.path).collect());
}

#[test]
fn only_settings_read_the_environment() {
    let wrong = rust().into_iter().filter(|source| {
        !source.is_test()
            && !source.path.ends_with("lienthong/src/settings.rs")
            && (source.text.contains("env::var") || source.text.contains("env = \""))
    });
    none("settings.rs reads the environment", wrong.map(|source| source.path).collect());
}

#[test]
fn a_noun_does_no_work() {
    // Files of pure rules: no store, no web, no waiting.
    let doors = ["commands", "queries", "store", "pages", "api", "jobs", "lib", "refusal", "mod"];
    let wrong = rust().into_iter().filter(|source| {
        let stem = source.path.rsplit('/').next().unwrap().trim_end_matches(".rs");
        let top = source.path.matches('/').count() == 3;
        CAPABILITIES.contains(&source.house.as_str())
            && top
            && !doors.contains(&stem)
            && source.text.contains("&mut Tx")
            && source.text.lines().next().is_some_and(|line| line.contains("Pure"))
    });
    none("a file that calls itself pure takes no Tx", wrong.map(|source| source.path).collect());
}

#[test]
fn the_formats_do_no_work_at_all() {
    let doors =
        ["std::fs", "TcpStream", "UdpSocket", "std::process", "std::env", "tokio", "::now("];
    let mut wrong = Vec::new();
    for source in rust().into_iter().filter(|source| source.house == "wire" && !source.is_test()) {
        for door in doors.iter().filter(|door| source.text.contains(**door)) {
            wrong.push(format!("{} has {door}", source.path));
        }
    }
    let manifest = fs::read_to_string(root().join("crates/wire/Cargo.toml")).unwrap();
    let needs = manifest.split("[dev-dependencies]").next().unwrap_or("");
    if needs.contains("platform") {
        wrong.push("wire → platform".to_owned());
    }
    none("wire has no input, no output, no clock and no chance", wrong);
}
