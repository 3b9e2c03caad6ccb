//! The table of channels on a captured page: kind, time, fees and words, without separators.
//! A row begins where a kind is followed by a time and a fee; anything else is words.

use super::clean;
use super::money::{self, Parted, Sum};
use super::page::CHANNELS_HEAD;
use super::reading::{Doubt, ReadPart, Why};
use crate::channel::{Channel, ChannelKind};
use crate::fee::{Currency, Fee, Vnd};
use crate::time_limit::{TimeLimit, TimeUnit};

const KINDS: [(&str, ChannelKind); 3] = [
    ("Trực tuyến", ChannelKind::Online),
    ("Trực tiếp", ChannelKind::Direct),
    ("Dịch vụ bưu chính", ChannelKind::Postal),
];
const FREE: &str = "Miễn phí";
const NOTHING: &str = "Không có thông tin";
/// Below this nobody charges in đồng: the source has lost its thousands (`135 VNĐ` where its own
/// words say 135.000 đồng).
const VND_LEAST: i64 = 1_000;
/// A time told in words is a short cell.
const TOLD_TIME_CHARS_MAX: usize = 160;

/// Reads the table. Every word of it goes into a channel or is told as a doubt.
pub fn read(text: &str) -> (Vec<Channel>, Vec<Doubt>) {
    let mut doubts = Vec::new();
    let body = text.trim().trim_start_matches(CHANNELS_HEAD);
    if clean::is_nothing(body) {
        return (Vec::new(), doubts);
    }
    let told_time = first_told_time(body);
    let mut starts: Vec<usize> = KINDS
        .iter()
        .flat_map(|(word, _)| body.match_indices(word).map(|(at, _)| at))
        .filter(|at| Row::head(&body[*at..], told_time).is_some())
        .collect();
    starts.sort_unstable();
    if starts.first() != Some(&0) {
        let before = &body[..starts.first().copied().unwrap_or(body.len())];
        doubts.push(Doubt::new(ReadPart::Channels, Why::BeforeTable, before));
    }
    let ends = starts.iter().skip(1).copied().chain([body.len()]);
    let mut channels = Vec::new();
    for (start, end) in starts.iter().zip(ends) {
        if let Some(row) = Row::head(&body[*start..end], told_time) {
            channels.push(row.finish(&mut doubts));
        }
    }
    (channels, doubts)
}

/// Where the first row tells its time in words ("Không quy định"), the other rows may too.
fn first_told_time(body: &str) -> Option<&str> {
    let (_, _, rest) = kind(body)?;
    if time(rest, None).is_some() {
        return None;
    }
    let end = [FREE, NOTHING].iter().filter_map(|word| rest.find(word)).min()?;
    let told = &rest[..end];
    (!told.trim().is_empty() && told.chars().count() <= TOLD_TIME_CHARS_MAX).then_some(told)
}

struct Row<'a> {
    kind: ChannelKind,
    time: Time<'a>,
    first_fee: Cell,
    rest: &'a str,
}

enum Time<'a> {
    Limit(TimeLimit),
    Bare(u32),
    Told(&'a str),
    Nothing,
    /// Run together with the fee; the fee cell holds the digits.
    Unclear,
}

enum Cell {
    Free,
    Nothing,
    Sum(Sum),
    Unclear(String),
}

impl<'a> Row<'a> {
    fn head(text: &'a str, told_time: Option<&'a str>) -> Option<Row<'a>> {
        let (_, kind, rest) = kind(text)?;
        if let Some((time, after)) = time(rest, told_time)
            && let Some((first_fee, rest)) = fee(after)
        {
            return Some(Row { kind, time, first_fee, rest });
        }
        let (parted, rest) = money::time_and_sum(rest)?;
        let (time, first_fee) = match parted {
            Parted::OneWay(number, sum) => (Time::Bare(number), Cell::Sum(sum)),
            Parted::Unclear(told) => (Time::Unclear, Cell::Unclear(told)),
        };
        Some(Row { kind, time, first_fee, rest })
    }

    fn finish(self, doubts: &mut Vec<Doubt>) -> Channel {
        let mut fees = Vec::new();
        let (words, mut rest) = in_brackets(self.rest);
        fees.extend(self.first_fee.into_fee(words, doubts));
        // A cell may hold several fees, each with its own words.
        while let Some((cell, after)) = fee(rest).filter(|(cell, _)| !matches!(cell, Cell::Nothing))
        {
            let (words, after) = in_brackets(after);
            fees.extend(cell.into_fee(words, doubts));
            rest = after;
        }
        let text = clean::block(rest);
        let time_limit = self.time.into_limit(&text, doubts);
        Channel { kind: self.kind, time_limit, fees, text }
    }
}

fn kind(text: &str) -> Option<(&str, ChannelKind, &str)> {
    KINDS.iter().find_map(|(word, kind)| text.strip_prefix(word).map(|rest| (*word, *kind, rest)))
}

fn time<'a>(text: &'a str, told: Option<&'a str>) -> Option<(Time<'a>, &'a str)> {
    if let Some((limit, rest)) = money::time_with_unit(text) {
        return Some((Time::Limit(limit), rest));
    }
    if let Some(rest) = text.strip_prefix(NOTHING) {
        return Some((Time::Nothing, rest));
    }
    if let Some((told, rest)) = told.and_then(|told| Some((told, text.strip_prefix(told)?))) {
        return Some((Time::Told(told), rest));
    }
    let (number, rest) = money::bare_number(text)?;
    (rest.starts_with(FREE) || rest.starts_with(NOTHING)).then_some((Time::Bare(number), rest))
}

fn fee(text: &str) -> Option<(Cell, &str)> {
    if let Some(rest) = text.strip_prefix(FREE) {
        return Some((Cell::Free, rest));
    }
    if let Some(rest) = text.strip_prefix(NOTHING) {
        return Some((Cell::Nothing, rest));
    }
    money::sum(text).map(|(sum, rest)| (Cell::Sum(sum), rest))
}

impl Time<'_> {
    fn into_limit(self, channel: &str, doubts: &mut Vec<Doubt>) -> Option<TimeLimit> {
        match self {
            Time::Limit(limit) => Some(working_hours(limit, channel)),
            Time::Bare(number) => Some(without_unit(number, channel, doubts)),
            Time::Told(words) => Some(TimeLimit::told(clean::line(words))),
            Time::Nothing => None,
            Time::Unclear => {
                doubts.push(Doubt::new(ReadPart::Time, Why::DigitsRunTogether, ""));
                None
            }
        }
    }
}

/// The page says "8 Giờ" also where the words beside it say "08 giờ làm việc".
fn working_hours(limit: TimeLimit, channel: &str) -> TimeLimit {
    let says = |figure: String| channel.contains(&format!("{figure} giờ làm việc"));
    let amount = limit.amount;
    if limit.unit == TimeUnit::Hour && (says(amount.to_string()) || says(format!("{amount:02}"))) {
        return TimeLimit { unit: TimeUnit::WorkingHour, ..limit };
    }
    limit
}

/// A number that the page shows without a unit. Only the channel's own words may give it one.
pub fn without_unit(number: u32, channel: &str, doubts: &mut Vec<Doubt>) -> TimeLimit {
    let words = channel.to_lowercase();
    if number <= 1 && words.contains("trong ngày") {
        return TimeLimit::new(0, TimeUnit::SameDay);
    }
    doubts.push(Doubt::new(ReadPart::Time, Why::NoUnit, &number.to_string()));
    TimeLimit::new(number, TimeUnit::Other)
}

impl Cell {
    fn into_fee(self, words: &str, doubts: &mut Vec<Doubt>) -> Option<Fee> {
        let text = clean::block(words);
        match self {
            Cell::Nothing if text.is_empty() => None,
            Cell::Nothing => Some(Fee::told(text)),
            // Free, unless the words beside it name a rule or a sum.
            Cell::Free if clean::says_no_fee(&text) => Some(Fee { text, ..Fee::free() }),
            Cell::Free => Some(Fee::told(text)),
            Cell::Unclear(told) => {
                doubts.push(Doubt::new(ReadPart::Fee, Why::DigitsRunTogether, &told));
                Some(Fee::told(beside(&told, &text)))
            }
            Cell::Sum(sum) => Some(sum.into_fee(text, doubts)),
        }
    }
}

impl Sum {
    fn into_fee(self, text: String, doubts: &mut Vec<Doubt>) -> Fee {
        if self.currency == Currency::Vnd && self.figure > 0 && self.figure < VND_LEAST {
            doubts.push(Doubt::new(ReadPart::Fee, Why::AmountTooSmall, &self.told));
            return Fee::told(beside(&self.told, &text));
        }
        Fee { amount: Some(Vnd(self.figure)), currency: self.currency, ..Fee::told(text) }
    }
}

fn beside(told: &str, text: &str) -> String {
    if text.is_empty() { told.to_owned() } else { format!("{told} ({text})") }
}

/// Words in brackets right at the start, and what follows them. `a)` and `1)` are points of a
/// list, not closing brackets; brackets that never close hold everything.
fn in_brackets(text: &str) -> (&str, &str) {
    let Some(inner) = text.strip_prefix('(') else { return ("", text) };
    let mut depth = 1;
    let mut before = ('(', '(');
    for (at, letter) in inner.char_indices() {
        let is_point = (before.0.is_whitespace() || before.0 == '(') && before.1.is_alphanumeric();
        match letter {
            '(' => depth += 1,
            ')' if is_point => {}
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (&inner[..at], &inner[at + 1..]);
        }
        before = (before.1, letter);
    }
    (inner, "")
}
