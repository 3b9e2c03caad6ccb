//! Rows on their way out of either engine, into records by column name or tuples by position.

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::StoreError;

/// A value as the engine holds it. Booleans come as `Bool` or as `Int` 0/1, ids as `Uuid` or as
/// 16 `Bytes`, by engine; the conversions below take both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
    Uuid(Uuid),
}

impl Cell<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Cell::Null => "NULL",
            Cell::Bool(_) => "a truth value",
            Cell::Int(_) => "an integer",
            Cell::Real(_) => "a real number",
            Cell::Text(_) => "text",
            Cell::Bytes(_) => "bytes",
            Cell::Uuid(_) => "an id",
        }
    }
}

/// Implement it for your own nouns; `None` says "this is not one".
pub trait FromCell: Sized {
    /// What a reader of the error message should have found.
    const EXPECTED: &'static str;

    fn from_cell(cell: Cell<'_>) -> Option<Self>;
}

pub trait FromRow: Sized {
    fn from_row(row: &Row<'_>) -> Result<Self, StoreError>;
}

/// One row of an answer, lent while it is read.
pub struct Row<'a>(Source<'a>);

enum Source<'a> {
    Lite(&'a rusqlite::Row<'a>),
    Pg(&'a postgres::Row),
}

impl<'a> Row<'a> {
    pub(super) fn lite(row: &'a rusqlite::Row<'a>) -> Row<'a> {
        Row(Source::Lite(row))
    }

    pub(super) fn pg(row: &'a postgres::Row) -> Row<'a> {
        Row(Source::Pg(row))
    }

    /// The value at a position, from 0.
    pub fn at<T: FromCell>(&self, position: usize) -> Result<T, StoreError> {
        let cell = self.cell(position)?;
        T::from_cell(cell).ok_or_else(|| StoreError::Column {
            column: self.name(position).unwrap_or("?").to_owned(),
            expected: T::EXPECTED,
            found: cell.kind().to_owned(),
        })
    }

    /// The value of a named column. `likely` is where it stands when the statement lists its
    /// columns in the order of the record, which they all should.
    pub fn named<T: FromCell>(&self, likely: usize, name: &str) -> Result<T, StoreError> {
        let name = name.strip_prefix("r#").unwrap_or(name);
        if self.name(likely) == Some(name) {
            return self.at(likely);
        }
        let position = (0..self.len()).find(|&position| self.name(position) == Some(name));
        self.at(position.ok_or_else(|| StoreError::Column {
            column: name.to_owned(),
            expected: T::EXPECTED,
            found: "no such column".to_owned(),
        })?)
    }

    fn len(&self) -> usize {
        match &self.0 {
            Source::Lite(row) => row.as_ref().column_count(),
            Source::Pg(row) => row.len(),
        }
    }

    fn name(&self, position: usize) -> Option<&str> {
        match &self.0 {
            Source::Lite(row) => row.as_ref().column_name(position).ok(),
            Source::Pg(row) => row.columns().get(position).map(|column| column.name()),
        }
    }

    pub(super) fn cell(&self, position: usize) -> Result<Cell<'_>, StoreError> {
        match &self.0 {
            Source::Lite(row) => super::lite::cell(row, position),
            Source::Pg(row) => super::pg::cell(row, position),
        }
    }
}

/// A struct and its [`FromRow`] by column name:
/// `record! { pub struct Letter { pub id: Uuid, pub note: Option<String> } }`.
#[macro_export]
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $($(#[$field_meta:meta])* $field_vis:vis $field:ident : $kind:ty),* $(,)?
    }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $kind),* }

        impl $crate::store::FromRow for $name {
            fn from_row(
                row: &$crate::store::Row<'_>,
            ) -> ::std::result::Result<Self, $crate::store::StoreError> {
                let mut likely = 0..;
                Ok($name {
                    $($field: row.named(likely.next().unwrap_or(0), stringify!($field))?),*
                })
            }
        }
    };
}

impl FromCell for bool {
    const EXPECTED: &'static str = "a truth value";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Bool(value) => Some(value),
            Cell::Int(0) => Some(false),
            Cell::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl FromCell for i64 {
    const EXPECTED: &'static str = "an integer";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Int(value) = cell { Some(value) } else { None }
    }
}

impl FromCell for i32 {
    const EXPECTED: &'static str = "an integer of 32 bits";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        i64::from_cell(cell)?.try_into().ok()
    }
}

impl FromCell for f64 {
    const EXPECTED: &'static str = "a number";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Real(value) => Some(value),
            Cell::Int(value) => Some(value as f64),
            _ => None,
        }
    }
}

impl FromCell for String {
    const EXPECTED: &'static str = "text";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Text(value) = cell { Some(value.to_owned()) } else { None }
    }
}

impl FromCell for Vec<u8> {
    const EXPECTED: &'static str = "bytes";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Bytes(value) = cell { Some(value.to_vec()) } else { None }
    }
}

impl<const N: usize> FromCell for [u8; N] {
    const EXPECTED: &'static str = "bytes of a fixed number";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Bytes(value) = cell { value.try_into().ok() } else { None }
    }
}

impl FromCell for Uuid {
    const EXPECTED: &'static str = "an id of 16 bytes";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Uuid(value) => Some(value),
            Cell::Bytes(value) => Uuid::from_slice(value).ok(),
            _ => None,
        }
    }
}

impl FromCell for Timestamp {
    const EXPECTED: &'static str = "microseconds since 1970";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        Timestamp::from_microsecond(i64::from_cell(cell)?).ok()
    }
}

impl FromCell for Date {
    const EXPECTED: &'static str = "a date as 2026-11-23";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Text(value) = cell { value.parse().ok() } else { None }
    }
}

impl FromCell for serde_json::Value {
    const EXPECTED: &'static str = "JSON";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Text(value) = cell { serde_json::from_str(value).ok() } else { None }
    }
}

impl<T: FromCell> FromCell for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if cell == Cell::Null { Some(None) } else { T::from_cell(cell).map(Some) }
    }
}

macro_rules! tuple {
    ($($kind:ident)+) => {
        impl<$($kind: FromCell),+> FromRow for ($($kind,)+) {
            fn from_row(row: &Row<'_>) -> Result<Self, StoreError> {
                let mut position = 0..;
                Ok(($(row.at::<$kind>(position.next().unwrap_or(0))?,)+))
            }
        }
    };
}

tuple!(A);
tuple!(A B);
tuple!(A B C);
tuple!(A B C D);
tuple!(A B C D E);
tuple!(A B C D E F);
tuple!(A B C D E F G);
tuple!(A B C D E F G H);
tuple!(A B C D E F G H I);
tuple!(A B C D E F G H I J);
tuple!(A B C D E F G H I J K);
tuple!(A B C D E F G H I J K L);
