//! Both languages complete, no word missing, none left over.

use std::collections::{BTreeSet, HashSet};

use super::sources::{Source, none, rust, with_ending};

fn keys_of(ending: &str) -> Vec<(String, BTreeSet<String>)> {
    with_ending(&["ftl"])
        .into_iter()
        .filter(|file| file.path.ends_with(ending))
        .map(|file| (file.path.clone(), keys(&file.text)))
        .collect()
}

fn keys(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim().to_owned()))
        .collect()
}

#[test]
fn both_languages_have_the_same_keys() {
    let (vietnamese, english) = (keys_of("vi.ftl"), keys_of("en.ftl"));
    assert_eq!(vietnamese.len(), english.len(), "a words file lacks its twin");
    let mut wrong = Vec::new();
    for ((path, vi), (_, en)) in vietnamese.iter().zip(&english) {
        wrong.extend(vi.difference(en).map(|key| format!("{path}: {key} is not in English")));
        wrong.extend(en.difference(vi).map(|key| format!("{path}: {key} is not in Vietnamese")));
    }
    none("words are complete in both languages", wrong);
}

#[test]
fn no_key_stands_twice() {
    let mut wrong = Vec::new();
    for file in with_ending(&["ftl"]) {
        let mut seen = BTreeSet::new();
        for line in file.text.lines() {
            let Some((key, _)) = line.split_once('=') else { continue };
            let key = key.trim();
            let is_key =
                key.starts_with(|c: char| c.is_ascii_lowercase()) && !line.starts_with(' ');
            if is_key && !seen.insert(key.to_owned()) {
                wrong.push(format!("{}: {key}", file.path));
            }
        }
    }
    none("a key stands once in a file", wrong);
}

#[test]
fn every_word_is_used() {
    let mut files: Vec<Source> = rust().into_iter().filter(|source| !source.is_test()).collect();
    files.extend(with_ending(&["html"]));
    // What stands between two quotes, wherever they are: a literal is one of these.
    let quoted: HashSet<&str> = files.iter().flat_map(|file| between_quotes(&file.text)).collect();
    // A key may be put together from a stem in code ("dossiers-status-" + number): then the stem,
    // quoted and ending in a hyphen or a brace, must stand in the code.
    let stems: Vec<&str> = quoted
        .iter()
        .map(|piece| piece.split_once('{').map_or(*piece, |(stem, _)| stem))
        .filter(|stem| stem.ends_with('-') && stem.len() > 6)
        .collect();
    let mut unused = Vec::new();
    for (path, keys) in keys_of("vi.ftl") {
        for key in keys {
            let built = stems.iter().any(|stem| key.starts_with(stem));
            // The audit log's pages say `dossiers.accept` as "dossiers-did-accept".
            let verb = key.replacen("-did-", ".", 1);
            let did = verb != key && quoted.contains(verb.as_str());
            if !quoted.contains(key.as_str()) && !built && !did {
                unused.push(format!("{path}: {key}"));
            }
        }
    }
    none("a word nobody says is deleted", unused);
}

/// The pieces of a text that have a quote before and a quote behind them.
fn between_quotes(text: &str) -> impl Iterator<Item = &str> {
    let mut pieces = text.split('"').skip(1).peekable();
    std::iter::from_fn(move || {
        let piece = pieces.next()?;
        pieces.peek().map(|_| piece)
    })
}

#[test]
fn every_word_that_is_said_exists() {
    let known: BTreeSet<String> =
        keys_of("vi.ftl").into_iter().flat_map(|(_, keys)| keys).collect();
    let mut missing = Vec::new();
    let files = rust().into_iter().filter(|source| !source.is_test());
    for file in files.chain(with_ending(&["html"])) {
        for call in [".t(\"", ".with(\"", "t!(\""] {
            for piece in file.text.split(call).skip(1) {
                let key = piece.split('"').next().unwrap_or("");
                // `.with(` also lays a layer or names a value; a key of words has a hyphen.
                let is_key = key.contains('-') && !key.contains(['{', '\\', '/']);
                if is_key && !known.contains(key) {
                    missing.push(format!("{}: {key}", file.path));
                }
            }
        }
    }
    none("a word that is said stands in the words files", missing);
}

#[test]
fn no_sentence_for_people_stands_in_code() {
    // Vietnamese letters in a string literal of code, outside the words, seeds and what the
    // law fixes letter for letter.
    let marks = "ăâđêôơưàảãạằẳẵặấầẩẫậèẻẽẹềểễệìỉĩịòỏõọồổỗộờởỡợùủũụừửữựỳỷỹỵáéíóúý";
    let mut wrong = Vec::new();
    for source in rust().into_iter().filter(|source| !source.is_test()) {
        let free =
            ["/seeds", "/shipped", "/demo/", "/import", "/synonym", "lienthong/src/", "/printer/"];
        if free.iter().any(|part| source.path.contains(part)) {
            continue;
        }
        let pages = source.path.contains("/pages") || source.path.contains("/api");
        if !pages {
            continue;
        }
        for (at, line) in source.text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            // A language is called by its own name; an example in the API's description is one.
            if code.contains("\"Tiếng Việt\"")
                || code.contains("example")
                || source.text.contains("#[openapi(") && code.contains("description")
            {
                continue;
            }
            let literal = code.split('"').skip(1).step_by(2);
            if literal.flat_map(str::chars).any(|letter| marks.contains(letter)) {
                wrong.push(format!("{}:{}", source.path, at + 1));
            }
        }
    }
    none("sentences come from words/, never from pages or api code", wrong);
}
