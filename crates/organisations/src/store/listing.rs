//! Lists of units: by place in the tree, and by words.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use platform::record;
use platform::store::{FromRow, Row, StoreError, Tx};

use super::row::Kept;
use crate::code::Code;
use crate::kind::Kind;
use crate::name::Name;
use crate::place::{self, EVERYWHERE};
use crate::search::Question;
use crate::unit::{Unit, UnitId};

/// In the order of the tree. $1–$2 stretch of places, $3–$4 depths, $5 kind, $6 day, $7 after.
pub const LIST: &str = "SELECT u.* FROM organisations_unit u
    WHERE u.place >= $1 AND u.place < $2 AND u.depth BETWEEN $3 AND $4
      AND (CAST($5 AS TEXT) IS NULL OR u.kind = $5)
      AND (CAST($6 AS TEXT) IS NULL OR ((u.valid_from IS NULL OR u.valid_from <= $6)
        AND (u.valid_to IS NULL OR u.valid_to >= $6)))
      AND u.place > $7
    ORDER BY u.place LIMIT $8";
pub const COUNT: &str = "SELECT COUNT(*) FROM organisations_unit u
    WHERE u.place >= $1 AND u.place < $2 AND u.depth BETWEEN $3 AND $4
      AND (CAST($5 AS TEXT) IS NULL OR u.kind = $5)
      AND (CAST($6 AS TEXT) IS NULL OR ((u.valid_from IS NULL OR u.valid_from <= $6)
        AND (u.valid_to IS NULL OR u.valid_to >= $6)))";
/// By words. $1–$6 as the list without "after", $7–$12 patterns, $13 phrase, $14 code,
/// $15–$16 after, $17 today. What is exactly asked for comes first, then what begins so, then the
/// rest; among equals what is in force comes before what ended, and what is above before what is
/// below. CROSS JOIN, because SQLite then looks for the words first and up only what has them.
pub const FIND: &str = "SELECT u.*, found.score, found.total FROM (
        SELECT u.id, u.place, COUNT(*) OVER () AS total,
            CASE WHEN u.code = $14 THEN 0 ELSE
                (CASE WHEN s.name = $13 OR s.label = $13 OR s.bare = $13 THEN 100
                      WHEN s.bare LIKE $13 || '%' THEN 200
                      WHEN s.name LIKE '%' || $13 || '%' THEN 300
                      ELSE 400 END)
                + (CASE WHEN u.valid_to < $17 THEN 50 ELSE 0 END) + u.depth
            END AS score
        FROM organisations_search s CROSS JOIN organisations_unit u
        WHERE u.id = s.unit
          AND s.hay LIKE $7
          AND (CAST($8 AS TEXT) IS NULL OR s.hay LIKE $8)
          AND (CAST($9 AS TEXT) IS NULL OR s.hay LIKE $9)
          AND (CAST($10 AS TEXT) IS NULL OR s.hay LIKE $10)
          AND (CAST($11 AS TEXT) IS NULL OR s.hay LIKE $11)
          AND (CAST($12 AS TEXT) IS NULL OR s.hay LIKE $12)
          AND u.place >= $1 AND u.place < $2 AND u.depth BETWEEN $3 AND $4
          AND (CAST($5 AS TEXT) IS NULL OR u.kind = $5)
          AND (CAST($6 AS TEXT) IS NULL OR ((u.valid_from IS NULL OR u.valid_from <= $6)
            AND (u.valid_to IS NULL OR u.valid_to >= $6)))
    ) found JOIN organisations_unit u ON u.id = found.id
    WHERE found.score > $15 OR (found.score = $15 AND found.place > $16)
    ORDER BY found.score, found.place LIMIT $18";
pub const COUNT_BY_KIND: &str = "SELECT u.kind, COUNT(*) FROM organisations_unit u
    WHERE u.place >= $1 AND u.place < $2 AND u.depth BETWEEN $3 AND $4
      AND (CAST($5 AS TEXT) IS NULL OR ((u.valid_from IS NULL OR u.valid_from <= $5)
        AND (u.valid_to IS NULL OR u.valid_to >= $5)))
    GROUP BY u.kind ORDER BY MIN(u.place)";
pub const CODES_BELOW: &str = "SELECT code FROM organisations_code WHERE code >= $1 AND code < $2";
pub const SUBTREE: &str = "SELECT * FROM organisations_unit
    WHERE place >= $1 AND place < $2 ORDER BY place";
pub const SUBTREE_CODES: &str = "SELECT c.unit, c.code FROM organisations_code c
    JOIN organisations_unit u ON u.id = c.unit
    WHERE u.place >= $1 AND u.place < $2 AND c.standing <> 'current'";
pub const SUBTREE_FORMER_NAMES: &str = "SELECT n.unit, n.name FROM organisations_former_name n
    JOIN organisations_unit u ON u.id = n.unit WHERE u.place >= $1 AND u.place < $2";
pub const CHANGED_SINCE: &str = "SELECT u.*, c.changed_at FROM (
        SELECT unit, MAX(at) AS changed_at FROM organisations_change WHERE at >= $1 GROUP BY unit
    ) c JOIN organisations_unit u ON u.id = c.unit ORDER BY c.changed_at, u.place";
pub const CHANGED_AFTER: &str = "SELECT u.*, c.changed_at FROM (
        SELECT unit, MAX(at) AS changed_at FROM organisations_change WHERE revision > $1
            GROUP BY unit
    ) c JOIN organisations_unit u ON u.id = c.unit ORDER BY c.changed_at, u.place";
pub const EVERY_CODE: &str = "SELECT unit, code FROM organisations_code";
/// Codes of the form before QĐ 20/2020 begin with a figure: few among many.
pub const OLDER_CODES: &str = "SELECT unit, code FROM organisations_code
    WHERE code >= '0' AND code < ':' AND code LIKE '___.__.__.___'";
pub const CLOSED_WITH_HEIRS: &str = "SELECT DISTINCT closed FROM organisations_succession";
pub const STRETCH: &str = "SELECT * FROM organisations_unit
    WHERE place >= $1 AND place < $2 AND place > $3 ORDER BY place LIMIT $4";
pub const STRETCH_HEIRS: &str = "SELECT s.closed, h.code, s.matter
    FROM organisations_succession s
    JOIN organisations_unit u ON u.id = s.closed JOIN organisations_unit h ON h.id = s.successor
    WHERE u.place >= $1 AND u.place <= $2 ORDER BY s.closed, s.position";
pub const STRETCH_ALIASES: &str = "SELECT c.unit, c.code FROM organisations_code c
    JOIN organisations_unit u ON u.id = c.unit
    WHERE u.place >= $1 AND u.place <= $2 AND c.standing <> 'current' ORDER BY c.code";

/// What a list is narrowed to. The default is the whole catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// This unit and what is below it.
    pub within: Option<Code>,
    /// Only what is directly below `within`; without `within`, only level 1.
    pub direct: bool,
    pub kind: Option<Kind>,
    /// Only what is in force on this day.
    pub on: Option<Date>,
}

/// The last row that was shown: the next page begins behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct After {
    pub score: i64,
    pub place: String,
}

/// A row found by words, with where it stands in the order.
pub struct Scored {
    pub unit: Unit,
    pub score: i64,
    /// How many were found in all.
    pub total: i64,
}

record! {
    pub struct OtherCode {
        pub unit: UnitId,
        pub code: Code,
    }
}

record! {
    pub struct OtherName {
        pub unit: UnitId,
        pub name: Name,
    }
}

record! {
    pub struct HeirCode {
        pub closed: UnitId,
        pub code: Code,
        pub matter: Option<String>,
    }
}

/// A unit with when it was last changed.
pub struct Changed {
    pub unit: Unit,
    pub at: Timestamp,
}

impl FromRow for Changed {
    fn from_row(row: &Row<'_>) -> Result<Changed, StoreError> {
        let Kept(unit) = Kept::from_row(row)?;
        Ok(Changed { unit, at: row.named(21, "changed_at")? })
    }
}

impl FromRow for Scored {
    fn from_row(row: &Row<'_>) -> Result<Scored, StoreError> {
        let Kept(unit) = Kept::from_row(row)?;
        Ok(Scored { unit, score: row.named(21, "score")?, total: row.named(22, "total")? })
    }
}

impl After {
    pub fn of(unit: &Unit, score: i64) -> After {
        After { score, place: place::place(&unit.code) }
    }
}

impl Filter {
    fn stretch(&self) -> (String, String) {
        match &self.within {
            Some(code) => place::subtree(code),
            None => (EVERYWHERE.0.to_owned(), EVERYWHERE.1.to_owned()),
        }
    }

    fn depths(&self) -> (i64, i64) {
        let above = self.within.as_ref().and_then(Code::depth).unwrap_or(0) as i64;
        if self.direct { (above + 1, above + 1) } else { (above, i64::from(i32::MAX)) }
    }
}

/// So many units in the order of the tree, behind `after`.
pub fn list(
    tx: &mut Tx,
    filter: &Filter,
    after: &After,
    limit: i64,
) -> Result<Vec<Unit>, StoreError> {
    let (from, to) = filter.stretch();
    let (low, high) = filter.depths();
    let rows =
        tx.all(LIST, &[&from, &to, &low, &high, &filter.kind, &filter.on, &after.place, &limit])?;
    Ok(Kept::units(rows))
}

pub fn count(tx: &mut Tx, filter: &Filter) -> Result<i64, StoreError> {
    let (from, to) = filter.stretch();
    let (low, high) = filter.depths();
    let counted = tx.one(COUNT, &[&from, &to, &low, &high, &filter.kind, &filter.on])?;
    let (count,): (i64,) = counted;
    Ok(count)
}

pub fn count_by_kind(tx: &mut Tx, filter: &Filter) -> Result<Vec<(Kind, i64)>, StoreError> {
    let (from, to) = filter.stretch();
    let (low, high) = filter.depths();
    tx.all(COUNT_BY_KIND, &[&from, &to, &low, &high, &filter.on])
}

/// All codes below this one, also those that were given up.
pub fn codes_below(tx: &mut Tx, above: &Code) -> Result<Vec<Code>, StoreError> {
    let (from, to) = (format!("{above}."), format!("{above}/"));
    let codes: Vec<(Code,)> = tx.all(CODES_BELOW, &[&from, &to])?;
    Ok(codes.into_iter().map(|(code,)| code).collect())
}

/// One page of what the question finds.
pub fn find(
    tx: &mut Tx,
    (filter, question): (&Filter, &Question),
    after: Option<&After>,
    today: Date,
    limit: i64,
) -> Result<Vec<Scored>, StoreError> {
    let (from, to) = filter.stretch();
    let (low, high) = filter.depths();
    let [a, b, c, d, e, f] = &question.patterns;
    let first = After { score: -1, place: String::new() };
    let After { score, place } = after.unwrap_or(&first);
    tx.all(
        FIND,
        &[
            &from,
            &to,
            &low,
            &high,
            &filter.kind,
            &filter.on,
            a,
            b,
            c,
            d,
            e,
            f,
            &question.phrase,
            &question.code,
            score,
            place,
            &today,
            &limit,
        ],
    )
}

/// The whole catalogue, each unit after the one above.
pub fn everything(tx: &mut Tx) -> Result<Vec<Unit>, StoreError> {
    Ok(Kept::units(tx.all(SUBTREE, &[&EVERYWHERE.0, &EVERYWHERE.1])?))
}

/// So many units in the order of the tree, behind `after`.
pub fn stretch(
    tx: &mut Tx,
    root: Option<&Code>,
    after: Option<&Code>,
    limit: i64,
) -> Result<Vec<Unit>, StoreError> {
    let (from, to) = Filter { within: root.cloned(), ..Filter::default() }.stretch();
    let after = after.map(place::place).unwrap_or_default();
    Ok(Kept::units(tx.all(STRETCH, &[&from, &to, &after, &limit])?))
}

/// The successors of all units from `first` to `last`.
pub fn stretch_heirs(tx: &mut Tx, first: &Code, last: &Code) -> Result<Vec<HeirCode>, StoreError> {
    tx.all(STRETCH_HEIRS, &[&place::place(first), &place::place(last)])
}

/// The other codes of all units from `first` to `last`.
pub fn stretch_aliases(
    tx: &mut Tx,
    first: &Code,
    last: &Code,
) -> Result<Vec<OtherCode>, StoreError> {
    tx.all(STRETCH_ALIASES, &[&place::place(first), &place::place(last)])
}

/// Every unit that was changed at this moment or later, the longest unchanged first.
pub fn changed_since(tx: &mut Tx, since: Timestamp) -> Result<Vec<Changed>, StoreError> {
    tx.all(CHANGED_SINCE, &[&since])
}

/// Every unit that was changed after this revision, the longest unchanged first.
pub fn changed_after(tx: &mut Tx, revision: i64) -> Result<Vec<Changed>, StoreError> {
    tx.all(CHANGED_AFTER, &[&revision])
}

/// Every code that means or meant a unit.
pub fn every_code(tx: &mut Tx) -> Result<Vec<OtherCode>, StoreError> {
    tx.all(EVERY_CODE, &[])
}

/// Those that look like the form before QĐ 20/2020.
pub fn older_codes(tx: &mut Tx) -> Result<Vec<OtherCode>, StoreError> {
    tx.all(OLDER_CODES, &[])
}

/// Ended units whose successors are named.
pub fn closed_with_heirs(tx: &mut Tx) -> Result<BTreeSet<UnitId>, StoreError> {
    let closed: Vec<(UnitId,)> = tx.all(CLOSED_WITH_HEIRS, &[])?;
    Ok(closed.into_iter().map(|(unit,)| unit).collect())
}

/// The unit and everything below it, each after the one above.
pub fn subtree(tx: &mut Tx, root: &Code) -> Result<Vec<Unit>, StoreError> {
    let (from, to) = place::subtree(root);
    Ok(Kept::units(tx.all(SUBTREE, &[&from, &to])?))
}

pub fn subtree_codes(tx: &mut Tx, root: &Code) -> Result<Vec<OtherCode>, StoreError> {
    let (from, to) = place::subtree(root);
    tx.all(SUBTREE_CODES, &[&from, &to])
}

pub fn subtree_names(tx: &mut Tx, root: &Code) -> Result<Vec<OtherName>, StoreError> {
    let (from, to) = place::subtree(root);
    tx.all(SUBTREE_FORMER_NAMES, &[&from, &to])
}
