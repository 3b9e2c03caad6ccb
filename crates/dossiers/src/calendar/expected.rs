//! The days off of a year for which the Government has given no notice yet, from the rules.
//!
//! The notice may place Tết and the day beside 2 September otherwise; so these days are marked
//! expected until somebody confirms them.
//!
//! Law: BLLĐ 45/2019/QH14 art. 111
//! Law: BLLĐ 45/2019/QH14 art. 112
//! Law: NQ 80-NQ/TW

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

use super::{Certainty, DayKind, SpecialDay};

/// The two days of a year that follow the moon, reckoned at UTC+7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub struct LunarYear {
    pub year: i16,
    /// Mùng 1 Tết.
    pub tet: Date,
    /// Giỗ Tổ Hùng Vương, the 10th of the third month.
    pub hung_kings: Date,
}

/// From this year on 24 November is a day off.
const CULTURE_DAY_FIRST_YEAR: i16 = 2026;
/// From this year on National Day has two days.
const SECOND_NATIONAL_DAY_FIRST_YEAR: i16 = 2021;

/// Holidays in order, then for each one on a rest day the next working day off.
pub fn year(lunar: &LunarYear) -> Vec<SpecialDay> {
    let mut days = holidays(lunar);
    let fallen: Vec<SpecialDay> = days.iter().filter(|day| is_rest(day.date)).cloned().collect();
    for holiday in fallen {
        if let Some(date) = next_working_day(&days, holiday.date) {
            days.push(SpecialDay {
                date,
                kind: DayKind::Compensation,
                name_vi: format!("{} (nghỉ bù)", holiday.name_vi),
                name_en: format!("{} (day in lieu)", holiday.name_en),
                certainty: Certainty::Expected,
            });
        }
    }
    days.sort_by_key(|day| day.date);
    days
}

fn holidays(lunar: &LunarYear) -> Vec<SpecialDay> {
    let year = lunar.year;
    let mut days = vec![holiday(date(year, 1, 1), "Tết Dương lịch", "New Year's Day")];
    for (offset, name_vi, name_en) in TET {
        days.extend(shifted(lunar.tet, offset).map(|date| holiday(date, name_vi, name_en)));
    }
    days.push(holiday(lunar.hung_kings, "Giỗ Tổ Hùng Vương", "Hung Kings' Commemoration"));
    days.push(holiday(date(year, 4, 30), "Ngày Chiến thắng", "Reunification Day"));
    days.push(holiday(date(year, 5, 1), "Ngày Quốc tế Lao động", "Labour Day"));
    days.push(holiday(date(year, 9, 2), "Quốc khánh", "National Day"));
    if year >= SECOND_NATIONAL_DAY_FIRST_YEAR {
        days.push(holiday(beside_national_day(year), "Quốc khánh", "National Day"));
    }
    if year >= CULTURE_DAY_FIRST_YEAR {
        days.push(holiday(date(year, 11, 24), "Ngày Văn hóa Việt Nam", "Vietnam Culture Day"));
    }
    days
}

/// Five days: the eve and the first four.
const TET: [(i8, &str, &str); 5] = [
    (-1, "Giao thừa Tết Nguyên đán", "Lunar New Year's Eve"),
    (0, "Mùng 1 Tết Nguyên đán", "Lunar New Year, first day"),
    (1, "Mùng 2 Tết Nguyên đán", "Lunar New Year, second day"),
    (2, "Mùng 3 Tết Nguyên đán", "Lunar New Year, third day"),
    (3, "Mùng 4 Tết Nguyên đán", "Lunar New Year, fourth day"),
];

/// The day before or after 2 September, whichever joins it to the weekend.
fn beside_national_day(year: i16) -> Date {
    match date(year, 9, 2).weekday() {
        Weekday::Sunday | Weekday::Monday | Weekday::Thursday => date(year, 9, 3),
        _ => date(year, 9, 1),
    }
}

fn holiday(date: Date, name_vi: &str, name_en: &str) -> SpecialDay {
    SpecialDay {
        date,
        kind: DayKind::Holiday,
        name_vi: name_vi.to_owned(),
        name_en: name_en.to_owned(),
        certainty: Certainty::Expected,
    }
}

fn is_rest(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn next_working_day(days: &[SpecialDay], after: Date) -> Option<Date> {
    (1..=14)
        .filter_map(|offset| shifted(after, offset))
        .find(|date| !is_rest(*date) && !days.iter().any(|day| day.date == *date))
}

fn shifted(date: Date, days: i8) -> Option<Date> {
    date.checked_add(i64::from(days).days()).ok()
}
