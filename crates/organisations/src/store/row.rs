//! A unit between its row and its noun.

use platform::store::{Arg, Cell, FromCell, FromRow, Row, StoreError, ToArg};

use crate::code::Code;
use crate::contact::Contact;
use crate::kind::{Kind, Level};
use crate::name::Name;
use crate::unit::{Unit, UnitId};

/// A unit as it lies in `organisations_unit`.
pub struct Kept(pub Unit);

impl Kept {
    pub fn units(rows: Vec<Kept>) -> Vec<Unit> {
        rows.into_iter().map(|kept| kept.0).collect()
    }
}

/// In the order of the table's columns.
impl FromRow for Kept {
    fn from_row(row: &Row<'_>) -> Result<Kept, StoreError> {
        Ok(Kept(Unit {
            id: row.named(0, "id")?,
            code: row.named(1, "code")?,
            name: row.named(2, "name")?,
            short_name: row.named(3, "short_name")?,
            kind: row.named(4, "kind")?,
            level: row.named(5, "level")?,
            parent: row.named(6, "parent")?,
            valid_from: row.named(7, "valid_from")?,
            valid_to: row.named(8, "valid_to")?,
            province_gso: row.named(9, "province_gso")?,
            commune_gso: row.named(10, "commune_gso")?,
            provisional: row.named(11, "provisional")?,
            note: row.named(12, "note")?,
            contact: Contact {
                address: row.named(13, "address")?,
                phone: row.named(14, "phone")?,
                email: row.named(15, "email")?,
                working_hours: row.named(16, "working_hours")?,
                map_link: row.named(17, "map_link")?,
            },
            version: row.named(18, "version")?,
        }))
    }
}

impl ToArg for UnitId {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Uuid(self.0)
    }
}

impl FromCell for UnitId {
    const EXPECTED: &'static str = "an id of 16 bytes";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        uuid::Uuid::from_cell(cell).map(UnitId)
    }
}

impl ToArg for Code {
    fn to_arg(&self) -> Arg<'_> {
        self.as_str().to_arg()
    }
}

impl FromCell for Code {
    const EXPECTED: &'static str = "a code of at most 35 characters";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        String::from_cell(cell).and_then(|text| Code::receive(&text).ok())
    }
}

impl ToArg for Name {
    fn to_arg(&self) -> Arg<'_> {
        self.as_str().to_arg()
    }
}

impl FromCell for Name {
    const EXPECTED: &'static str = "a name of at most 200 characters";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        String::from_cell(cell).and_then(|text| Name::parse(&text).ok())
    }
}

impl ToArg for Kind {
    fn to_arg(&self) -> Arg<'_> {
        self.as_str().to_arg()
    }
}

impl FromCell for Kind {
    const EXPECTED: &'static str = "a kind of unit";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        String::from_cell(cell).and_then(|text| Kind::parse(&text))
    }
}

impl ToArg for Level {
    fn to_arg(&self) -> Arg<'_> {
        self.as_str().to_arg()
    }
}

impl FromCell for Level {
    const EXPECTED: &'static str = "a level of the State";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        String::from_cell(cell).and_then(|text| Level::parse(&text))
    }
}
