//! What a new installation begins with: days off from 2018 on, and a common week of hours.
//!
//! `seed/days.csv` holds the days of the notices; those of the last years stand there as
//! expected. Years after it are reckoned from `seed/lunar.csv`.

use jiff::civil::date;
use serde::de::DeserializeOwned;

use super::expected::{self, LunarYear};
use super::{HoursFault, SpecialDay, Week};

const DAYS: &str = include_str!("seed/days.csv");
const LUNAR: &str = include_str!("seed/lunar.csv");

#[derive(Debug, thiserror::Error)]
pub enum SeedFault {
    #[error("a seed line does not read: {0}")]
    Line(#[from] csv::Error),
    #[error(transparent)]
    Hours(#[from] HoursFault),
}

/// The days of the file and of all years after it of which the moon is known.
pub fn days() -> Result<Vec<SpecialDay>, SeedFault> {
    let mut days = listed_days()?;
    let last_year = days.iter().map(|day| day.date.year()).max().unwrap_or(0);
    for lunar in lunar_years()?.iter().filter(|lunar| lunar.year > last_year) {
        days.extend(expected::year(lunar));
    }
    Ok(days)
}

pub fn listed_days() -> Result<Vec<SpecialDay>, SeedFault> {
    rows(DAYS)
}

pub fn lunar_years() -> Result<Vec<LunarYear>, SeedFault> {
    rows(LUNAR)
}

/// Monday to Friday in two half days; the Saturday morning is left to each office.
pub fn week() -> Result<Week, SeedFault> {
    let days: [String; 7] = std::array::from_fn(|weekday| match weekday {
        0..5 => "07:30-11:30 13:30-17:00".to_owned(),
        _ => String::new(),
    });
    Ok(Week::parse(date(2018, 1, 1), &days, "")?)
}

fn rows<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, SeedFault> {
    let rows = csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>()?;
    Ok(rows)
}
