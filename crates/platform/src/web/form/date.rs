//! A date as people type it: day, month and year in three fields.

use jiff::civil::Date;

/// Kept as typed, so that a wrong date is shown again as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateParts {
    pub day: String,
    pub month: String,
    pub year: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// Nothing was typed.
    Empty,
    /// A part is missing: the first of `day`, `month`, `year`.
    Missing(&'static str),
    /// No such day in the calendar, or not numbers.
    NoSuchDay,
}

impl DateParts {
    pub fn of(date: Date) -> DateParts {
        DateParts {
            day: date.day().to_string(),
            month: date.month().to_string(),
            year: date.year().to_string(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.day.is_empty() && self.month.is_empty() && self.year.is_empty()
    }

    pub fn parse(&self) -> Result<Date, DateFault> {
        if self.is_empty() {
            return Err(DateFault::Empty);
        }
        let parts = [("day", &self.day), ("month", &self.month), ("year", &self.year)];
        if let Some((missing, _)) = parts.iter().find(|(_, typed)| typed.is_empty()) {
            return Err(DateFault::Missing(missing));
        }
        let number = |typed: &str| typed.parse::<i16>().map_err(|_| DateFault::NoSuchDay);
        let small = |typed: &str| typed.parse::<i8>().map_err(|_| DateFault::NoSuchDay);
        let year = number(&self.year)?;
        // "85" is nobody's year of birth: the century is asked for, never guessed.
        if !(1000..=9999).contains(&year) {
            return Err(DateFault::NoSuchDay);
        }
        Date::new(year, small(&self.month)?, small(&self.day)?).map_err(|_| DateFault::NoSuchDay)
    }
}
