//! Times and sums at the head of a row, where the capture ran the cells together:
//! `Trực tuyến7 Ngày làm việc100,000 Việt Nam Đồng(…)`. Nothing is guessed: digits that can be
//! parted in more than one way stay words.

use crate::fee::Currency;
use crate::time_limit::{TimeLimit, TimeUnit};

/// A sum as the page writes it: the figure with commas, and the words of the currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    pub figure: i64,
    pub currency: Currency,
    /// As it stands, for doubt.
    pub told: String,
}

const UNITS: [(&str, TimeUnit, u32); 6] = [
    ("Ngày làm việc", TimeUnit::WorkingDay, 1),
    ("Giờ làm việc", TimeUnit::WorkingHour, 1),
    ("Ngày", TimeUnit::Day, 1),
    ("Giờ", TimeUnit::Hour, 1),
    ("Tháng", TimeUnit::Month, 1),
    // A year that runs on is twelve months.
    ("Năm", TimeUnit::Month, 12),
];

const CURRENCIES: [(&str, Currency); 5] = [
    ("Việt Nam Đồng", Currency::Vnd),
    ("VNĐ", Currency::Vnd),
    ("VND", Currency::Vnd),
    ("USD", Currency::Usd),
    ("EUR", Currency::Eur),
];

/// `7 Ngày làm việc` at the start of a text, and the rest. Half days are working hours.
pub fn time_with_unit(text: &str) -> Option<(TimeLimit, &str)> {
    let (figure, rest) = digits_and_points(text);
    let rest = rest.trim_start();
    let (word, unit, times) = UNITS.iter().find(|(word, ..)| rest.starts_with(word))?;
    let rest = &rest[word.len()..];
    if let Ok(amount) = figure.parse::<u32>() {
        return Some((TimeLimit::new(amount.checked_mul(*times)?, *unit), rest));
    }
    let days: f64 = figure.replace(',', ".").parse().ok()?;
    let hours = days * 8.0;
    (*unit == TimeUnit::WorkingDay && hours.fract() == 0.0 && (0.0..100_000.0).contains(&hours))
        .then(|| {
            let told = format!("{figure} {word}");
            let hours = TimeLimit::new(hours as u32, TimeUnit::WorkingHour);
            (TimeLimit { text: told, ..hours }, rest)
        })
}

/// `100,000 Việt Nam Đồng` at the start of a text, and the rest.
pub fn sum(text: &str) -> Option<(Sum, &str)> {
    let (figure, rest) = digits_and_points(text);
    let (currency, rest) = currency(rest)?;
    let value = grouped(figure)?;
    Some((Sum { figure: value, currency, told: told(text, rest) }, rest))
}

/// A time without a unit and a sum, run together: `1100,000 VNĐ` can only be 1 and 100,000;
/// `125 VNĐ` may be 1 and 25 or 12 and 5.
pub fn time_and_sum(text: &str) -> Option<(Parted, &str)> {
    let (figure, rest) = digits_and_points(text);
    let (currency, rest) = currency(rest)?;
    let ways: Vec<(u32, i64)> = (1..figure.len())
        .filter_map(|at| {
            let (time, money) = (&figure[..at], &figure[at..]);
            let is_number = !time.starts_with('0') || time == "0";
            let amount = grouped(money).filter(|amount| *amount > 0)?;
            is_number.then(|| time.parse().ok().map(|time| (time, amount))).flatten()
        })
        .collect();
    let told = told(text, rest);
    let parted = match ways[..] {
        [(time, figure)] => {
            // The sum as it stands, without the digits of the time.
            let told = told[time.to_string().len()..].to_owned();
            Parted::OneWay(time, Sum { figure, currency, told })
        }
        _ => Parted::Unclear(told),
    };
    Some((parted, rest))
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parted {
    OneWay(u32, Sum),
    Unclear(String),
}

/// A bare number and the rest.
pub fn bare_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok().map(|number| (number, &text[end..]))
}

fn digits_and_points(text: &str) -> (&str, &str) {
    let end = text
        .find(|letter: char| !(letter.is_ascii_digit() || letter == ',' || letter == '.'))
        .unwrap_or(text.len());
    text.split_at(end)
}

fn currency(text: &str) -> Option<(Currency, &str)> {
    let text = text.trim_start();
    CURRENCIES
        .iter()
        .find_map(|(word, currency)| text.strip_prefix(word).map(|rest| (currency.clone(), rest)))
}

/// `1,100,000`: groups of three after the first, which has one to three digits and no zero in
/// front. Small sums have no comma.
fn grouped(figure: &str) -> Option<i64> {
    let mut groups = figure.split(',');
    let first = groups.next()?;
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first_fits = (1..=3).contains(&first.len())
        && is_digits(first)
        && (!first.starts_with('0') || figure == "0");
    let rest_fits = groups.all(|group| group.len() == 3 && is_digits(group));
    (first_fits && rest_fits).then(|| figure.replace(',', "").parse().ok()).flatten()
}

fn told(text: &str, rest: &str) -> String {
    text[..text.len() - rest.len()].trim().to_owned()
}
