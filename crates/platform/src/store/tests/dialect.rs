//! What is rewritten in a text, and what is not.

use proptest::prelude::*;

use crate::store::Engine;
use crate::store::dialect::{numbered, tables};
use crate::store::pg::repeated;

#[test]
fn dollars_become_question_marks_outside_quotes_and_comments() {
    for (from, to) in [
        ("SELECT $1, $12", "SELECT ?1, ?12"),
        ("UPDATE t SET a = $2 WHERE b = $1", "UPDATE t SET a = ?2 WHERE b = ?1"),
        ("SELECT '$1', $1", "SELECT '$1', ?1"),
        ("SELECT 'it''s $1', $1", "SELECT 'it''s $1', ?1"),
        ("SELECT \"a$1\", $1", "SELECT \"a$1\", ?1"),
        ("SELECT $1 -- not $2\n, $2", "SELECT ?1 -- not $2\n, ?2"),
        ("SELECT /* $1 ' */ $1", "SELECT /* $1 ' */ ?1"),
        ("SELECT 7 - $1 / $2", "SELECT 7 - ?1 / ?2"),
        ("SELECT 'Hà Nội $1' || $1", "SELECT 'Hà Nội $1' || ?1"),
        ("SELECT a$1 FROM t", "SELECT a$1 FROM t"),
        ("SELECT '$1", "SELECT '$1"),
        ("SELECT $", "SELECT $"),
    ] {
        assert_eq!(numbered(from), to);
    }
}

proptest! {
    /// Whatever the text, everything but the marks comes through, and nothing panics.
    #[test]
    fn only_the_marks_change(text in "[a$1'\"/*\\- \nđ?]{0,40}") {
        let rewritten = numbered(&text);
        prop_assert_eq!(rewritten.replace('?', "$"), text.replace('?', "$"));
    }

    #[test]
    fn tables_of_any_text_do_not_panic(text in "[@a-zTEX_'\"/*\\- \nđ(),;:]{0,60}") {
        tables(&text, Engine::Sqlite);
        tables(&text, Engine::Postgres);
    }
}

const STEP: &str = "CREATE TABLE t (a @id, b TEXT DEFAULT '@id', c @time, d @bool, -- @id
    e TEXT CHECK (e <> CAST(1 AS TEXT)), f @real) @strict;
--sqlite: CREATE INDEX one ON t (a);
  --postgres: CREATE INDEX two ON t (a);
";

#[test]
fn tables_are_written_out_for_sqlite() {
    let expected = "CREATE TABLE t (a BLOB, b TEXT DEFAULT '@id', c INTEGER, d INTEGER, -- @id
    e TEXT CHECK (e <> CAST(1 AS TEXT)), f REAL) STRICT;
 CREATE INDEX one ON t (a);

";
    assert_eq!(tables(STEP, Engine::Sqlite), expected);
}

#[test]
fn tables_are_written_out_for_postgres() {
    let expected = "CREATE TABLE t (a UUID, b TEXT COLLATE \"C\" DEFAULT '@id', c BIGINT, \
                    d BOOLEAN, -- @id
    e TEXT COLLATE \"C\" CHECK (e <> CAST(1 AS TEXT)), f DOUBLE PRECISION) ;

 CREATE INDEX two ON t (a);
";
    assert_eq!(tables(STEP, Engine::Postgres), expected);
}

#[test]
fn rows_are_repeated_with_shifted_arguments() {
    let sql = "INSERT INTO t (a, b) VALUES ($1, CAST($2 AS TEXT)) ON CONFLICT DO NOTHING";
    assert_eq!(
        repeated(sql, 3, 2).unwrap(),
        "INSERT INTO t (a, b) VALUES ($1, CAST($2 AS TEXT)), ($3, CAST($4 AS TEXT)), \
         ($5, CAST($6 AS TEXT)) ON CONFLICT DO NOTHING"
    );
    assert!(repeated("INSERT INTO t SELECT 1", 2, 1).is_err());
}

#[test]
fn a_list_of_allowed_values_is_compared_one_by_one_in_sqlite() {
    const STEP: &str = "
CREATE TABLE a (
    b TEXT CHECK (b IN ('c', 'd')), -- CHECK (b IN ('c'))
    e @int NOT NULL
        CHECK (e IN (1, 2,
            3)),
    f TEXT CHECK ((f = 'g') = (e IN (1, 2))), CHECK (f IN ('h') OR e = 1)) @strict;
";
    let expected = "
CREATE TABLE a (
    b TEXT CHECK (b = 'c' OR b = 'd'), -- CHECK (b = 'c')
    e INTEGER NOT NULL
        CHECK (e = 1 OR e = 2 OR
            e = 3),
    f TEXT CHECK ((f = 'g') = (e IN (1, 2))), CHECK (f IN ('h') OR e = 1)) STRICT;
";
    assert_eq!(tables(STEP, Engine::Sqlite), expected);
    assert!(tables(STEP, Engine::Postgres).contains("CHECK (b IN ('c', 'd'))"));
}
