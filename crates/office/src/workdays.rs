//! Which days are worked. The calendar of the country and of each unit is another's; whoever puts
//! the program together lends it here.

use jiff::Span;
use jiff::civil::{Date, Weekday};
use organisations::UnitId;
use platform::store::{StoreError, Tx};

/// The days of a range, both ends included, on which a unit works.
pub type OpenDays = fn(&mut Tx, UnitId, (Date, Date)) -> Result<Vec<Date>, StoreError>;

#[derive(Clone, Copy)]
pub struct Workdays(pub OpenDays);

/// Longer deadlines are given by their day.
pub const DAYS_MAX: u16 = 250;

impl Workdays {
    /// Monday to Friday, where nobody lent a calendar.
    pub fn plain() -> Workdays {
        Workdays(monday_to_friday)
    }

    /// The last of `count` working days after `from`.
    pub fn after(
        &self,
        tx: &mut Tx,
        unit: UnitId,
        (from, count): (Date, u16),
    ) -> Result<Option<Date>, StoreError> {
        let far = from.saturating_add(Span::new().days(i64::from(count) * 2 + 40));
        let next = from.saturating_add(Span::new().days(1));
        let days = self.0(tx, unit, (next, far))?;
        Ok(days.get(usize::from(count).saturating_sub(1)).copied())
    }

    /// The working day before `due`, on which its handler is reminded.
    pub fn before(&self, tx: &mut Tx, unit: UnitId, due: Date) -> Result<Date, StoreError> {
        let eve = due.saturating_sub(Span::new().days(1));
        let first = due.saturating_sub(Span::new().days(20));
        Ok(self.0(tx, unit, (first, eve))?.last().copied().unwrap_or(eve))
    }
}

fn monday_to_friday(
    _: &mut Tx,
    _: UnitId,
    (first, last): (Date, Date),
) -> Result<Vec<Date>, StoreError> {
    let days = first.series(Span::new().days(1)).take_while(|day| *day <= last);
    let rests = |day: &Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    Ok(days.filter(|day| !rests(day)).collect())
}
