//! Arguments of statements: Rust values on their way into either engine.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// One argument. Both drivers take it and narrow it to what the column wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(Cow<'a, str>),
    Bytes(Cow<'a, [u8]>),
    Uuid(Uuid),
}

impl Arg<'_> {
    /// For messages: never the value itself, it may be about a person.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Arg::Null => "NULL",
            Arg::Bool(_) => "a truth value",
            Arg::Int(_) => "an integer",
            Arg::Real(_) => "a real number",
            Arg::Text(_) => "text",
            Arg::Bytes(_) => "bytes",
            Arg::Uuid(_) => "an id",
        }
    }
}

pub type Args<'a> = &'a [&'a (dyn ToArg + Sync)];

/// Implement it for your own nouns, so that a status or a code goes in without a detour.
pub trait ToArg {
    fn to_arg(&self) -> Arg<'_>;
}

/// One row for [`Tx::insert_many`](super::Tx::insert_many): `row(&[&id, &name])`.
pub fn row<'a>(args: &[&'a (dyn ToArg + Sync)]) -> Vec<Arg<'a>> {
    args.iter().map(|arg| (**arg).to_arg()).collect()
}

impl ToArg for bool {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Bool(*self)
    }
}

impl ToArg for i32 {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Int(i64::from(*self))
    }
}

impl ToArg for i64 {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Int(*self)
    }
}

impl ToArg for f64 {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Real(*self)
    }
}

impl ToArg for str {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(Cow::Borrowed(self))
    }
}

impl ToArg for String {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(Cow::Borrowed(self))
    }
}

impl ToArg for [u8] {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Bytes(Cow::Borrowed(self))
    }
}

impl<const N: usize> ToArg for [u8; N] {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Bytes(Cow::Borrowed(self))
    }
}

impl ToArg for Vec<u8> {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Bytes(Cow::Borrowed(self))
    }
}

impl ToArg for Uuid {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Uuid(*self)
    }
}

/// Microseconds since 1970, UTC.
impl ToArg for Timestamp {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Int(self.as_microsecond())
    }
}

/// `2026-11-23`, so that text order is date order.
impl ToArg for Date {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(Cow::Owned(self.to_string()))
    }
}

impl ToArg for serde_json::Value {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(Cow::Owned(self.to_string()))
    }
}

impl ToArg for Arg<'_> {
    fn to_arg(&self) -> Arg<'_> {
        self.clone()
    }
}

impl<T: ToArg> ToArg for Option<T> {
    fn to_arg(&self) -> Arg<'_> {
        self.as_ref().map_or(Arg::Null, T::to_arg)
    }
}

impl<T: ToArg + ?Sized> ToArg for &T {
    fn to_arg(&self) -> Arg<'_> {
        (**self).to_arg()
    }
}
