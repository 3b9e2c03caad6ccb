//! One SQL text for two engines: what little has to be rewritten, outside quotes and comments.

/// Which database answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// `$n` → `?n`. In SQLite `$1` would be a *named* parameter, numbered by first appearance, so that
/// `… $2 … $1 …` would take its arguments crosswise.
pub(super) fn numbered(sql: &str) -> String {
    rewrite(sql, |code, out| {
        let mut rest = code;
        while let Some(at) = rest.find('$') {
            let (before, after) = rest.split_at(at);
            out.push_str(before);
            let digit = after[1..].starts_with(|next: char| next.is_ascii_digit());
            // `a$1` is a name in PostgreSQL; nobody should write it, and it stays what it is.
            let name = before.ends_with(|last: char| last.is_alphanumeric() || last == '_');
            out.push(if digit && !name { '?' } else { '$' });
            rest = &after[1..];
        }
        out.push_str(rest);
    })
}

/// The text of a migration step for one engine: its own lines kept, the other's dropped, the type
/// names (`@id`, `@time` …) written out. The numbers of the lines stay the same.
pub(super) fn tables(step: &str, engine: Engine) -> String {
    let (ours, theirs) = match engine {
        Engine::Sqlite => ("--sqlite:", "--postgres:"),
        Engine::Postgres => ("--postgres:", "--sqlite:"),
    };
    let mut lines = String::with_capacity(step.len());
    for line in step.lines() {
        let bare = line.trim_start();
        if let Some(own) = bare.strip_prefix(ours) {
            lines.push_str(own);
        } else if !bare.starts_with(theirs) {
            lines.push_str(line);
        }
        lines.push('\n');
    }
    let step = rewrite(&lines, |code, out| words(code, engine, out));
    match engine {
        Engine::Sqlite => compared(&step),
        Engine::Postgres => step,
    }
}

/// `CHECK (a IN ('b', 'c', 'd'))` → `CHECK (a = 'b' OR a = 'c' OR a = 'd')`, which means the same:
/// of a list SQLite makes a small table, anew for each row that it checks.
fn compared(step: &str) -> String {
    const BEGIN: &str = "CHECK (";
    let mut out = String::with_capacity(step.len());
    let mut rest = step;
    while let Some(at) = rest.find(BEGIN) {
        let (before, check) = rest.split_at(at + BEGIN.len());
        out.push_str(before);
        rest = match one_of(check) {
            Some((column, list, after)) => {
                let equals: Vec<String> = list.split(',').map(|one| equal(column, one)).collect();
                out.push_str(&equals.join(" OR"));
                after
            }
            None => check,
        };
    }
    out.push_str(rest);
    out
}

/// The column and the list of `a IN (…))`, and what follows from its last parenthesis.
fn one_of(check: &str) -> Option<(&str, &str, &str)> {
    let (column, list) = check.split_once(" IN (")?;
    let is_column = column.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    let (list, after) = list.split_once(')')?;
    (is_column && after.starts_with(')')).then_some((column, list, after))
}

/// With the space and the line ends that stood before the value.
fn equal(column: &str, value: &str) -> String {
    let value = value.trim_end();
    let bare = value.trim_start();
    let space = &value[..value.len() - bare.len()];
    format!("{space}{column} = {bare}")
}

/// Writes out the `@` words of a piece of code, and gives PostgreSQL's text columns the order of
/// SQLite's: by code point, the same on every machine.
fn words(code: &str, engine: Engine, out: &mut String) {
    let mut rest = code;
    let mut cast = false;
    while let Some(first) = rest.chars().next() {
        let inside = |c: char| c.is_alphanumeric() || c == '_';
        let end = if first == '@' || inside(first) {
            let tail = &rest[first.len_utf8()..];
            first.len_utf8() + tail.find(|c| !inside(c)).unwrap_or(tail.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(end);
        match (engine, word) {
            (Engine::Postgres, "TEXT") if !cast => out.push_str("TEXT COLLATE \"C\""),
            _ => out.push_str(written_out(word, engine).unwrap_or(word)),
        }
        if !first.is_whitespace() {
            cast = word.eq_ignore_ascii_case("AS");
        }
        rest = after;
    }
}

fn written_out(word: &str, engine: Engine) -> Option<&'static str> {
    let (sqlite, postgres) = match word {
        "@id" => ("BLOB", "UUID"),
        "@bytes" => ("BLOB", "BYTEA"),
        "@bool" => ("INTEGER", "BOOLEAN"),
        "@time" | "@money" | "@int" => ("INTEGER", "BIGINT"),
        "@real" => ("REAL", "DOUBLE PRECISION"),
        "@strict" => ("STRICT", ""),
        _ => return None,
    };
    Some(match engine {
        Engine::Sqlite => sqlite,
        Engine::Postgres => postgres,
    })
}

/// Copies a text, handing every piece that is neither quoted nor a comment to `code`.
fn rewrite(sql: &str, mut code: impl FnMut(&str, &mut String)) -> String {
    let mut out = String::with_capacity(sql.len() + 16);
    let mut rest = sql;
    while !rest.is_empty() {
        let (before, special) = rest.split_at(verbatim_start(rest));
        code(before, &mut out);
        let (verbatim, after) = special.split_at(verbatim_length(special));
        out.push_str(verbatim);
        rest = after;
    }
    out
}

/// Where the next quoted piece or comment begins.
fn verbatim_start(text: &str) -> usize {
    let bytes = text.as_bytes();
    let begins = |at: &usize| match bytes[*at] {
        b'\'' | b'"' => true,
        b'-' => bytes.get(at + 1) == Some(&b'-'),
        b'/' => bytes.get(at + 1) == Some(&b'*'),
        _ => false,
    };
    (0..bytes.len()).find(begins).unwrap_or(bytes.len())
}

/// How many bytes the quoted piece or comment at the start of `text` takes. A doubled quote ends
/// one piece and begins the next, which comes to the same.
fn verbatim_length(text: &str) -> usize {
    let end = |tail: &str, mark: &str, from: usize| {
        tail.find(mark).map_or(text.len(), |at| from + at + mark.len())
    };
    match text.as_bytes().first() {
        None => 0,
        Some(b'\'') => end(&text[1..], "'", 1),
        Some(b'"') => end(&text[1..], "\"", 1),
        Some(b'-') => end(&text[2..], "\n", 2),
        Some(_) => end(&text[2..], "*/", 2),
    }
}
