//! One SQL text for both engines, and each capability on its own tables.

use super::sources::{Source, none, rust};

/// A `const NAME: &str = "SELECT …"` of a capability, with its string put together.
pub struct Statement {
    pub place: String,
    pub house: String,
    pub sql: String,
}

const VERBS: [&str; 5] = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"];

/// All statements that stand as constants in the sources, tests excluded.
pub fn statements() -> Vec<Statement> {
    rust().iter().filter(|source| !source.is_test()).flat_map(in_source).collect()
}

fn in_source(source: &Source) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut rest = source.text.as_str();
    while let Some(at) = rest.find("&str =") {
        let line = source.text[..source.text.len() - rest.len() + at].matches('\n').count() + 1;
        rest = &rest[at + "&str =".len()..];
        let Some(sql) = literal(rest.trim_start()) else { continue };
        let first = sql.split_whitespace().next().unwrap_or("");
        if VERBS.contains(&first) {
            let place = format!("{}:{line}", source.path);
            found.push(Statement { place, house: source.house.clone(), sql });
        }
    }
    found
}

/// The value of a string literal at the start of `text`: plain or raw, with `\` at line ends.
pub fn literal(text: &str) -> Option<String> {
    if let Some(raw) = text.strip_prefix("r#\"") {
        return raw.split_once("\"#").map(|(sql, _)| sql.to_owned());
    }
    if let Some(raw) = text.strip_prefix("r\"") {
        return raw.split_once('"').map(|(sql, _)| sql.to_owned());
    }
    let mut letters = text.strip_prefix('"')?.chars().peekable();
    let mut sql = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => return Some(sql),
            '\\' => match letters.next()? {
                '\n' => while letters.next_if(|next| next.is_whitespace()).is_some() {},
                'n' => sql.push('\n'),
                escaped => sql.push(escaped),
            },
            letter => sql.push(letter),
        }
    }
    None
}

#[test]
fn statements_are_found() {
    assert!(statements().len() > 50, "the scan of SQL constants finds too few: it is broken");
}

#[test]
fn sql_keeps_to_what_both_engines_speak() {
    let foreign = [
        "::",
        " ILIKE ",
        "NOW()",
        "BIGSERIAL",
        " SERIAL PRIMARY",
        "FOR UPDATE",
        "AUTOINCREMENT",
        "JSONB",
        " ARRAY[",
        "STRING_AGG",
        "GROUP_CONCAT",
        "LAST_INSERT_ROWID",
        "INSERT OR ",
        "PG_",
        "ROWID",
    ];
    let mut wrong = Vec::new();
    for statement in statements().iter().filter(|s| !s.place.contains("platform/src/store/")) {
        let upper = statement.sql.to_uppercase();
        for word in foreign.iter().filter(|word| upper.contains(**word)) {
            wrong.push(format!("{}: {word}", statement.place));
        }
        if statement.sql.contains('?') && !statement.sql.contains('\'') {
            wrong.push(format!("{}: parameters are $1, $2, …", statement.place));
        }
    }
    none("SQL stays inside the portable text", wrong);
}

#[test]
fn sql_names_only_tables_of_its_own_capability() {
    let houses = [
        "platform",
        "organisations",
        "identity",
        "procedures",
        "dossiers",
        "trust",
        "signing",
        "axis",
        "office",
    ];
    let mut wrong = Vec::new();
    for statement in statements().iter().filter(|s| houses.contains(&s.house.as_str())) {
        let words = statement.sql.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        for word in words {
            let owner = houses.iter().find(|house| word.starts_with(&format!("{house}_")));
            if owner.is_some_and(|owner| *owner != statement.house) {
                wrong.push(format!("{}: {word}", statement.place));
            }
        }
    }
    none("no SQL names another's tables", wrong);
}
