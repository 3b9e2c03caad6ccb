//! The head of a paper that an agency prints.
//!
//! Law: NĐ 30/2020/NĐ-CP app. I

use jiff::Timestamp;
use organisations::{UnitId, queries};
use platform::clock::{VIETNAM, local};
use platform::store::{StoreError, Tx};
use platform::words::Speech;

use crate::papers::{Head, printable};

pub(crate) fn head(
    tx: &mut Tx,
    speech: &Speech,
    unit: UnitId,
    at: Timestamp,
) -> Result<Head, StoreError> {
    let line = queries::path(tx, unit)?;
    let name = line.last().map(|unit| unit.name.as_str()).unwrap_or_default();
    let above = line.iter().rev().nth(1).map(|unit| unit.name.as_str().to_uppercase());
    let date = local(at).date();
    let place_and_date = speech.with(
        "office-paper-place-and-date",
        &[
            ("place", organisations::place_name(&line).into()),
            ("day", format!("{:02}", date.day()).into()),
            ("month", format!("{:02}", date.month()).into()),
            ("year", date.year().to_string().into()),
        ],
    );
    Ok(Head {
        above: printable(&above.unwrap_or_default()),
        agency: printable(&name.to_uppercase()),
        agency_name: printable(name),
        number: String::new(),
        place_and_date,
        issued_at: at.to_zoned(VIETNAM).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
    })
}
