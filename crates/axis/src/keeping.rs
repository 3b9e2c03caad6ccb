//! How long bytes are kept, and how long a packet may wait before somebody is told: rules with the
//! day from which they hold. Pure.
//!
//! Law: Luật Lưu trữ 33/2024/QH15 (how long electronic documents are kept)
//! Law: QĐ 28/2018/QĐ-TTg art. 6 (urgent documents are sent at once)

use std::cmp::Reverse;

use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use platform::record;
use uuid::Uuid;

/// The longest that a rule may name: what is to be kept longer is kept for ever.
pub const DAYS_MAX: i64 = 36_500;
pub const MINUTES_MAX: i64 = 60 * 24 * 30;
/// Usual, urgent, very urgent, express, express at a time.
pub const URGENCIES: [i64; 5] = [0, 1, 2, 3, 4];
/// Where nothing was set.
const MINUTES_USUAL: [i64; 5] = [24 * 60, 4 * 60, 2 * 60, 30, 30];

record! {
    /// How long the bytes of one kind of packet are kept, from a day on.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct RetentionRule {
        pub id: Uuid,
        /// `edoc` or `status`.
        pub kind: String,
        /// None: for ever.
        pub days: Option<i64>,
        pub valid_from: Date,
        pub set_name: String,
        pub set_at: Timestamp,
    }
}

record! {
    /// After how long a waiting packet is told of, from a day on.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct AlarmRule {
        pub id: Uuid,
        pub urgency: i64,
        pub minutes: i64,
        pub valid_from: Date,
        pub set_name: String,
        pub set_at: Timestamp,
    }
}

record! {
    /// Bytes that stay whatever the rules say.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Hold {
        pub packet: Uuid,
        pub reason: String,
        pub set_name: String,
        pub set_at: Timestamp,
    }
}

/// A rule that is not in force, and that whoever answers for the axis may adopt. The law names no
/// time for an axis: senders and receivers keep the documents by the rules of archives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    pub kind: &'static str,
    pub days: i64,
    /// The key of the words that say why.
    pub why: &'static str,
}

pub const PROPOSALS: [Proposal; 2] = [
    Proposal { kind: "edoc", days: 730, why: "axis-keeping-why-edoc" },
    Proposal { kind: "status", days: 365, why: "axis-keeping-why-status" },
];

/// What is adopted today is in force from the first day of a month, a month away at least: so long
/// there is time to hold what has to stay.
pub fn proposed_from(today: Date) -> Date {
    let month = today.saturating_add(Span::new().days(30));
    match month.day() {
        1 => month,
        _ => month.last_of_month().saturating_add(Span::new().days(1)),
    }
}

/// Those of kinds for which nobody has set a rule.
pub fn proposals(rules: &[RetentionRule]) -> impl Iterator<Item = Proposal> {
    PROPOSALS.into_iter().filter(|one| rules.iter().all(|rule| rule.kind != one.kind))
}

/// The rule of a kind that holds on a day: the youngest that has begun, and of two from one day the
/// one that was set last.
pub fn retention_on<'r>(
    rules: &'r [RetentionRule],
    kind: &str,
    on: Date,
) -> Option<&'r RetentionRule> {
    let begun = rules.iter().filter(|rule| rule.kind == kind && rule.valid_from <= on);
    begun.max_by_key(|rule| (rule.valid_from, rule.set_at, rule.id))
}

/// The rules of a kind that will hold, the next first.
pub fn retention_coming<'r>(
    rules: &'r [RetentionRule],
    kind: &str,
    on: Date,
) -> Vec<&'r RetentionRule> {
    let of_kind = rules.iter().filter(|rule| rule.kind == kind);
    coming(of_kind, on, |rule| (rule.valid_from, rule.set_at, rule.id))
}

/// Of two from one day the one that was set last.
fn coming<'r, R>(
    rules: impl Iterator<Item = &'r R>,
    on: Date,
    order: fn(&R) -> (Date, Timestamp, Uuid),
) -> Vec<&'r R> {
    let mut coming: Vec<&R> = rules.filter(|rule| order(rule).0 > on).collect();
    coming.sort_by_key(|rule| {
        let (from, set_at, id) = order(rule);
        (from, Reverse((set_at, id)))
    });
    coming.dedup_by_key(|rule| order(rule).0);
    coming
}

/// Bytes accepted before this moment go; none: no rule says so.
pub fn cut(rule: Option<&RetentionRule>, now: Timestamp) -> Option<Timestamp> {
    let days = rule?.days?.clamp(1, DAYS_MAX);
    now.checked_sub(SignedDuration::from_hours(24 * days)).ok()
}

/// The rule of an urgency that holds on a day, chosen as [`retention_on`] does.
pub fn alarm_on(rules: &[AlarmRule], urgency: i64, on: Date) -> Option<&AlarmRule> {
    let begun = rules.iter().filter(|rule| rule.urgency == urgency && rule.valid_from <= on);
    begun.max_by_key(|rule| (rule.valid_from, rule.set_at, rule.id))
}

/// The rules of an urgency that will hold, the next first.
pub fn alarms_coming(rules: &[AlarmRule], urgency: i64, on: Date) -> Vec<&AlarmRule> {
    let of_urgency = rules.iter().filter(|rule| rule.urgency == urgency);
    coming(of_urgency, on, |rule| (rule.valid_from, rule.set_at, rule.id))
}

/// How long a packet of this urgency may wait.
pub fn patience(rules: &[AlarmRule], urgency: i64, on: Date) -> SignedDuration {
    let found = alarm_on(rules, urgency, on);
    let place = usize::try_from(urgency).unwrap_or_default().min(MINUTES_USUAL.len() - 1);
    SignedDuration::from_mins(found.map_or(MINUTES_USUAL[place], |rule| rule.minutes))
}

/// The key of the name of an urgency in the words.
pub fn urgency_word(urgency: i64) -> &'static str {
    match urgency {
        1 => "axis-urgency-urgent",
        2 => "axis-urgency-very-urgent",
        3 => "axis-urgency-express",
        4 => "axis-urgency-express-at-time",
        _ => "axis-urgency-usual",
    }
}
