//! How dates, times, money and numbers are written in each language.
//!
//! Vietnamese: 21/11/2026 · 14:32 · thứ hai, 23/11/2026 · 1.234.567 ₫ · 1.234,5.
//! English: 21 November 2026 · 14:32 · Monday, 23 November 2026 · 1,234,567 VND · 1,234.5.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::{Locale, Speech};
use crate::clock::local;

impl Speech {
    pub fn date(&self, date: Date) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        match self.locale {
            Locale::Vi => format!("{day:02}/{month:02}/{year:04}"),
            Locale::En => format!("{day} {} {year}", self.t(&format!("platform-month-{month}"))),
        }
    }

    /// The day on the wall in Vietnam.
    pub fn day(&self, at: Timestamp) -> String {
        self.date(local(at).date())
    }

    pub fn time(&self, at: Timestamp) -> String {
        clock_face(local(at))
    }

    /// "21/11/2026 14:32", "21 November 2026, 14:32".
    pub fn date_time(&self, at: Timestamp) -> String {
        let at = local(at);
        match self.locale {
            Locale::Vi => format!("{} {}", self.date(at.date()), clock_face(at)),
            Locale::En => format!("{}, {}", self.date(at.date()), clock_face(at)),
        }
    }

    /// "thứ hai", "Monday".
    pub fn weekday(&self, date: Date) -> String {
        self.t(&format!("platform-weekday-{}", date.weekday().to_monday_one_offset()))
    }

    /// "thứ hai, 23/11/2026", for times that the law counts.
    pub fn weekday_date(&self, at: Timestamp) -> String {
        self.weekday_of(local(at).date())
    }

    /// [`Speech::weekday_date`] of a day that is known as such.
    pub fn weekday_of(&self, date: Date) -> String {
        format!("{}, {}", self.weekday(date), self.date(date))
    }

    /// "14:32 thứ hai, 23/11/2026", "14:32 on Monday, 23 November 2026": a moment of law.
    pub fn weekday_date_time(&self, at: Timestamp) -> String {
        match self.locale {
            Locale::Vi => format!("{} {}", self.time(at), self.weekday_date(at)),
            Locale::En => format!("{} on {}", self.time(at), self.weekday_date(at)),
        }
    }

    pub fn money(&self, dong: i64) -> String {
        match self.locale {
            Locale::Vi => format!("{} ₫", grouped(self.locale, dong)),
            Locale::En => format!("{} VND", grouped(self.locale, dong)),
        }
    }

    pub fn number(&self, number: i64) -> String {
        grouped(self.locale, number)
    }

    /// As many decimals as the number has: "1.234,5".
    pub fn decimal(&self, number: f64) -> String {
        decimal(self.locale, number)
    }

    /// "96,4%" of a share between 0 and 1.
    pub fn percent(&self, share: f64) -> String {
        format!("{}%", decimal(self.locale, (share * 1_000.0).round() / 10.0))
    }

    /// "3,4 MB": in steps of a thousand, as shops and phones count.
    pub fn size(&self, bytes: i64) -> String {
        const STEPS: [&str; 4] = ["B", "KB", "MB", "GB"];
        let mut amount = bytes as f64;
        let mut step = 0;
        while amount >= 999.95 && step + 1 < STEPS.len() {
            amount /= 1_000.0;
            step += 1;
        }
        let amount = if step == 0 { amount } else { (amount * 10.0).round() / 10.0 };
        format!("{} {}", decimal(self.locale, amount), STEPS[step])
    }
}

fn clock_face(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

fn grouped(locale: Locale, number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    group_into(&mut text, locale, &digits);
    text
}

fn group_into(text: &mut String, locale: Locale, digits: &str) {
    let mark = match locale {
        Locale::Vi => '.',
        Locale::En => ',',
    };
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
}

pub(super) fn decimal(locale: Locale, number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    let plain = number.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() + plain.len() / 3 + 1);
    if number < 0.0 {
        text.push('-');
    }
    group_into(&mut text, locale, whole);
    if !fraction.is_empty() {
        text.push(if locale == Locale::Vi { ',' } else { '.' });
        text.push_str(fraction);
    }
    text
}
