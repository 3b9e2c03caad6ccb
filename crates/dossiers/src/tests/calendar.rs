use jiff::civil::{Date, DateTime, date, datetime};

use crate::calendar::{Calendar, Day, DayKind, HoursFault, Week, expected, seed};

pub fn common() -> Calendar {
    Calendar::new(1, seed::days().unwrap(), vec![seed::week().unwrap()])
}

fn week(days: [&str; 7], saturday: &str, from: Date) -> Result<Week, HoursFault> {
    Week::parse(from, &days.map(str::to_owned), saturday)
}

#[test]
fn every_seed_line_reads_and_no_day_stands_twice() {
    let days = seed::days().unwrap();
    let mut dates: Vec<Date> = days.iter().map(|day| day.date).collect();
    assert!(dates.len() > 250, "{} days", dates.len());
    dates.dedup();
    assert_eq!(dates.len(), days.len());
    assert_eq!(seed::lunar_years().unwrap().len(), 21);
}

#[test]
fn a_day_off_is_closed_and_the_day_that_pays_it_back_is_open() {
    let calendar = common();
    for (off, worked) in [
        (date(2018, 12, 31), date(2019, 1, 5)),
        (date(2019, 4, 29), date(2019, 5, 4)),
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ] {
        assert!(matches!(calendar.on(off), Day::Off(_)), "{off}");
        let Day::MadeUp(hours, _) = calendar.on(worked) else { panic!("{worked}") };
        assert_eq!(hours, calendar.hours(date(2026, 11, 23)), "hours of a Monday");
    }
}

#[test]
fn the_moon_of_vietnam_places_tet_and_the_hung_kings() {
    let calendar = common();
    for closed in [
        date(2026, 2, 17),
        date(2026, 4, 27),
        date(2029, 2, 13),
        date(2030, 2, 2),
        date(2030, 4, 12),
        date(2035, 2, 8),
    ] {
        assert!(!calendar.is_open(closed), "{closed}");
    }
}

#[test]
fn culture_day_is_off_from_2026_on() {
    let calendar = common();
    assert!(calendar.is_open(date(2025, 11, 24)));
    for year in 2026..=2035 {
        assert!(!calendar.is_open(date(year, 11, 24)), "{year}");
    }
}

#[test]
fn the_rules_give_the_fixed_days_that_the_notices_gave() {
    let listed = seed::listed_days().unwrap();
    for lunar in seed::lunar_years().unwrap().iter().filter(|one| (2021..=2028).contains(&one.year))
    {
        let near_tet = |day: Date| (day - lunar.tet).get_days().abs() < 12;
        let kept = |kind: DayKind| matches!(kind, DayKind::Holiday | DayKind::Compensation);
        let ours: Vec<Date> = expected::year(lunar)
            .into_iter()
            .map(|day| day.date)
            .filter(|day| !near_tet(*day))
            .collect();
        let told: Vec<Date> = listed
            .iter()
            .filter(|day| day.date.year() == lunar.year && kept(day.kind) && !near_tet(day.date))
            .map(|day| day.date)
            .collect();
        assert_eq!(ours, told, "{}", lunar.year);
    }
}

#[test]
fn tet_gives_five_working_days_off() {
    let calendar = common();
    for lunar in seed::lunar_years().unwrap().iter().filter(|lunar| lunar.year >= 2029) {
        let mut day = lunar.tet;
        (0..12).for_each(|_| day = day.yesterday().unwrap());
        let mut off = 0;
        for _ in 0..24 {
            let weekend = day.weekday().to_monday_zero_offset() > 4;
            off += u32::from(!weekend && matches!(calendar.on(day), Day::Off(_)));
            day = day.tomorrow().unwrap();
        }
        assert_eq!(off, 5, "{}", lunar.year);
    }
}

#[test]
fn a_later_table_of_hours_takes_over_on_its_day() {
    let five = ["08:00-12:00 13:00-16:30"; 5];
    let days = [five[0], five[1], five[2], five[3], five[4], "", ""];
    let winter = week(days, "08:00-11:30", date(2026, 10, 15)).unwrap();
    let calendar = Calendar::new(1, seed::days().unwrap(), vec![seed::week().unwrap(), winter]);
    let closes = |day| calendar.closes(day).unwrap().time().to_string();
    assert_eq!(closes(date(2026, 10, 14)), "17:00:00");
    assert_eq!(closes(date(2026, 10, 15)), "16:30:00");
}

#[test]
fn saturday_morning_takes_in_but_does_not_count_as_working_time() {
    let days = ["07:30-11:30 13:30-17:00"; 5];
    let days = [days[0], days[1], days[2], days[3], days[4], "", ""];
    let own = week(days, "07:30-11:00", date(2018, 1, 1)).unwrap();
    let calendar = Calendar::new(1, seed::days().unwrap(), vec![own]);
    let saturday = date(2026, 11, 21);
    assert_eq!(calendar.reception(saturday).len(), 1);
    assert!(calendar.hours(saturday).is_empty());
    // A Saturday that is a holiday takes nothing in.
    assert!(calendar.reception(date(2027, 2, 6)).is_empty());
}

#[test]
fn a_week_without_a_monday_or_with_hours_out_of_order_is_refused() {
    let from = date(2026, 1, 1);
    assert_eq!(week([""; 7], "", from), Err(HoursFault::NoMonday));
    for wrong in ["11:30-07:30", "7-11", "07:30-11:30 11:00-17:00", "25:00-26:00", "07:30-07:30"] {
        assert!(week([wrong, "", "", "", "", "", ""], "", from).is_err(), "{wrong}");
    }
    assert!(week(["7h30-11h30 13h30-17h", "", "", "", "", "", ""], "", from).is_ok());
}

#[test]
fn working_minutes_skip_lunch_nights_and_days_off() {
    let calendar = common();
    let end = |from: DateTime, minutes| calendar.add_minutes(from, minutes).unwrap();
    let monday = |hour, minute| datetime(2026, 11, 23, hour, minute, 0, 0);
    assert_eq!(end(monday(9, 0), 60), monday(10, 0));
    assert_eq!(end(monday(11, 0), 60), monday(14, 0));
    assert_eq!(end(monday(11, 0), 30), monday(11, 30));
    // 24 November is off.
    assert_eq!(end(monday(16, 0), 120), datetime(2026, 11, 25, 8, 30, 0, 0));
    assert_eq!(end(datetime(2026, 11, 21, 10, 0, 0, 0), 0), monday(7, 30));
    assert_eq!(calendar.minutes_between(monday(9, 0), datetime(2026, 11, 25, 8, 30, 0, 0)), 420);
}
