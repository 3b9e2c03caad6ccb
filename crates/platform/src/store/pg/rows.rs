//! Values in and out of PostgreSQL, and many rows in one statement.

use std::error::Error;

use bytes::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

use super::Pg;
use crate::store::error::Failure;
use crate::store::{Arg, Cell, StoreError};

type Wrong = Box<dyn Error + Sync + Send>;

/// PostgreSQL says which type it inferred for a parameter; the value is narrowed to it.
impl ToSql for Arg<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Wrong> {
        match self {
            Arg::Null => Ok(IsNull::Yes),
            Arg::Bool(value) if *kind == Type::BOOL => value.to_sql(kind, out),
            Arg::Bool(value) => whole(i64::from(*value), kind, out),
            Arg::Int(value @ (0 | 1)) if *kind == Type::BOOL => (*value == 1).to_sql(kind, out),
            Arg::Int(value) => whole(*value, kind, out),
            Arg::Real(value) if *kind == Type::FLOAT4 => (*value as f32).to_sql(kind, out),
            Arg::Real(value) if *kind == Type::FLOAT8 => value.to_sql(kind, out),
            Arg::Text(value) if is_text(kind) => {
                if value.contains('\0') {
                    return Err("text may not hold the character NUL".into());
                }
                value.as_ref().to_sql(kind, out)
            }
            Arg::Bytes(value) if *kind == Type::BYTEA => value.as_ref().to_sql(kind, out),
            Arg::Bytes(value) if *kind == Type::UUID => Uuid::from_slice(value)?.to_sql(kind, out),
            Arg::Uuid(value) if *kind == Type::UUID => value.to_sql(kind, out),
            Arg::Uuid(value) if *kind == Type::BYTEA => {
                value.as_bytes().as_slice().to_sql(kind, out)
            }
            _ => Err(format!("{} does not fit a parameter of type {kind}", self.kind()).into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn whole(value: i64, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Wrong> {
    match *kind {
        Type::INT8 => value.to_sql(kind, out),
        Type::INT4 => i32::try_from(value)?.to_sql(kind, out),
        Type::INT2 => i16::try_from(value)?.to_sql(kind, out),
        Type::FLOAT8 => (value as f64).to_sql(kind, out),
        _ => Err(format!("a whole number does not fit a parameter of type {kind}").into()),
    }
}

fn is_text(kind: &Type) -> bool {
    matches!(*kind, Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN)
}

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Cell<'a>, Wrong> {
        Ok(match *kind {
            Type::BOOL => Cell::Bool(bool::from_sql(kind, raw)?),
            Type::INT8 => Cell::Int(i64::from_sql(kind, raw)?),
            Type::INT4 => Cell::Int(i64::from(i32::from_sql(kind, raw)?)),
            Type::INT2 => Cell::Int(i64::from(i16::from_sql(kind, raw)?)),
            Type::FLOAT8 => Cell::Real(f64::from_sql(kind, raw)?),
            Type::FLOAT4 => Cell::Real(f64::from(f32::from_sql(kind, raw)?)),
            Type::NUMERIC => numeric(raw)?,
            Type::BYTEA => Cell::Bytes(raw),
            Type::UUID => Cell::Uuid(Uuid::from_sql(kind, raw)?),
            _ if is_text(kind) => Cell::Text(std::str::from_utf8(raw)?),
            _ => return Err(format!("columns of type {kind} are not read").into()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Cell<'a>, Wrong> {
        Ok(Cell::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// PostgreSQL sums and averages whole numbers as NUMERIC: base-10000 digits with a weight. A whole
/// value comes out as `Int`, as in SQLite, any other as `Real`.
fn numeric<'a>(raw: &[u8]) -> Result<Cell<'a>, Wrong> {
    let words: Vec<i16> =
        raw.chunks_exact(2).map(|pair| i16::from_be_bytes([pair[0], pair[1]])).collect();
    let [_, weight, sign, _, digits @ ..] = words.as_slice() else {
        return Err("a NUMERIC of fewer than eight bytes".into());
    };
    const NEGATIVE: i16 = 0x4000;
    if *sign != 0 && *sign != NEGATIVE {
        return Err("a NUMERIC that is no finite number".into());
    }
    let mut value = 0_f64;
    let mut exact = Some(0_i64);
    for (position, digit) in digits.iter().enumerate() {
        let power = i32::from(*weight) - position as i32;
        value += f64::from(*digit) * 10_000_f64.powi(power);
        exact = exact.and_then(|sum| {
            let scale = 10_000_i64.checked_pow(u32::try_from(power).ok()?)?;
            sum.checked_add(i64::from(*digit).checked_mul(scale)?)
        });
    }
    Ok(match exact {
        Some(exact) => Cell::Int(if *sign == NEGATIVE { -exact } else { exact }),
        None => Cell::Real(if *sign == NEGATIVE { -value } else { value }),
    })
}

pub(in crate::store) fn cell(row: &postgres::Row, position: usize) -> Result<Cell<'_>, StoreError> {
    row.try_get(position).map_err(|error| StoreError::Column {
        column: row.columns().get(position).map_or("?", |column| column.name()).to_owned(),
        expected: "a value of the portable types",
        found: error.to_string(),
    })
}

/// PostgreSQL takes 65535 parameters in one statement.
const PARAMETERS_MAX: usize = 65_535;
/// More rows than this in one statement no longer save time.
const ROWS_MAX: usize = 1024;
/// Up to so many go in one statement, whatever their number: what comes together is few.
const ROWS_AT_ONCE: usize = 32;

impl Pg {
    /// Multi-row VALUES; of many rows in pieces whose sizes are powers of two, so that few texts
    /// are prepared.
    pub(in crate::store) fn insert_many(
        &mut self,
        sql: &'static str,
        rows: &[Vec<Arg<'_>>],
    ) -> Result<u64, Failure> {
        let wide = rows.first().map_or(1, Vec::len).max(1);
        if let Some(odd) = rows.iter().find(|row| row.len() != wide) {
            return Err(Failure::Statement(StoreError::other(format!(
                "a row of {} arguments among rows of {wide}",
                odd.len()
            ))));
        }
        let mut count = 0;
        let mut rest = rows;
        while !rest.is_empty() {
            let most = rest.len().min(ROWS_MAX).min(PARAMETERS_MAX / wide).max(1);
            let size = if most <= ROWS_AT_ONCE { most } else { 1 << most.ilog2() };
            let (piece, after) = rest.split_at(size);
            count += self.insert_piece(sql, piece, wide)?;
            rest = after;
        }
        Ok(count)
    }

    /// One statement may not touch one row twice (`DO UPDATE`), row after row may, as in SQLite.
    fn insert_piece(
        &mut self,
        sql: &'static str,
        piece: &[Vec<Arg<'_>>],
        wide: usize,
    ) -> Result<u64, Failure> {
        if piece.len() == 1 || !sql.contains("DO UPDATE") {
            return self.insert_at_once(sql, piece, wide);
        }
        self.control("SAVEPOINT many")?;
        let done = match self.insert_at_once(sql, piece, wide) {
            Err(Failure::Statement(StoreError::Other { reason })) if reason.contains("21000") => {
                self.control("ROLLBACK TO SAVEPOINT many")?;
                piece.chunks(1).map(|row| self.insert_at_once(sql, row, wide)).sum()
            }
            done => done,
        };
        if done.is_ok() {
            self.control("RELEASE SAVEPOINT many")?;
        }
        done
    }

    fn insert_at_once(
        &mut self,
        sql: &'static str,
        piece: &[Vec<Arg<'_>>],
        wide: usize,
    ) -> Result<u64, Failure> {
        let text = repeated(sql, piece.len(), wide).map_err(Failure::Statement)?;
        let args: Vec<Arg<'_>> = piece.iter().flatten().cloned().collect();
        self.run((sql.as_ptr() as usize, sql.len(), piece.len()), || text, &args)
    }
}

/// `… VALUES ($1, $2) …` → `… VALUES ($1, $2), ($3, $4) …`
pub(in crate::store) fn repeated(
    sql: &str,
    rows: usize,
    wide: usize,
) -> Result<String, StoreError> {
    let wrong = || StoreError::other(format!("no VALUES ($1, …) to repeat in: {sql}"));
    let start = sql.find("VALUES").ok_or_else(wrong)? + "VALUES".len();
    let open = start + sql[start..].find('(').ok_or_else(wrong)?;
    let close = open + closing(&sql[open..]).ok_or_else(wrong)?;
    let tuple = &sql[open..close];
    let mut text = String::with_capacity(sql.len() + rows * tuple.len() * 2);
    text.push_str(&sql[..open]);
    for row in 0..rows {
        if row > 0 {
            text.push_str(", ");
        }
        push_shifted(tuple, row * wide, &mut text);
    }
    text.push_str(&sql[close..]);
    Ok(text)
}

/// Where the bracket that opens at 0 is closed, just behind it.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    let end = text.find(|letter| {
        depth += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0
    })?;
    Some(end + 1)
}

fn push_shifted(tuple: &str, by: usize, out: &mut String) {
    let mut pieces = tuple.split('$');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let digits = piece.find(|c: char| !c.is_ascii_digit()).unwrap_or(piece.len());
        let number = piece[..digits].parse::<usize>().unwrap_or(0);
        out.push('$');
        out.push_str(&(number + by).to_string());
        out.push_str(&piece[digits..]);
    }
}
