//! The nouns of a procedure in words.

use platform::words::{Speech, Word};

use super::Said;
use crate::channel::ChannelKind;
use crate::component::Component;
use crate::fee::{Currency, Fee, Vnd};
use crate::level::{Levels, OnlineLevel};
use crate::time_limit::{TimeLimit, TimeUnit};

/// As [`time_limit`], and whether it is told in the words of the text.
pub fn time_said(speech: &Speech, limit: &TimeLimit) -> Said {
    let text = time_limit(speech, limit);
    let is_official = limit.unit == TimeUnit::Other && !limit.text.is_empty();
    Said { text, is_official }
}

/// "3 ngày làm việc"; for a limit that has only words, these.
pub fn time_limit(speech: &Speech, limit: &TimeLimit) -> String {
    let counted = |key: &str| speech.with(key, &[("count", Word::from(i64::from(limit.amount)))]);
    match limit.unit {
        TimeUnit::WorkingHour => counted("procedures-time-working-hour"),
        TimeUnit::Hour => counted("procedures-time-hour"),
        TimeUnit::WorkingDay => counted("procedures-time-working-day"),
        TimeUnit::Day => counted("procedures-time-day"),
        TimeUnit::Month => counted("procedures-time-month"),
        TimeUnit::SameDay => speech.t("procedures-time-same-day"),
        TimeUnit::Other if !limit.text.is_empty() => limit.text.clone(),
        TimeUnit::Other => speech.t("procedures-time-in-steps"),
    }
}

/// "Miễn phí", "50.000 ₫", "10 USD"; nothing where only words tell it.
pub fn amount(speech: &Speech, fee: &Fee) -> Option<String> {
    let Vnd(amount) = fee.amount?;
    Some(match fee.currency {
        _ if amount == 0 => speech.t("procedures-fee-free"),
        Currency::Vnd => speech.money(amount),
        Currency::Usd => format!("{} USD", speech.number(amount)),
        Currency::Eur => format!("{} EUR", speech.number(amount)),
    })
}

/// The fee in one line: amount and words.
pub fn fee(speech: &Speech, fee: &Fee) -> String {
    match (amount(speech, fee), fee.text.as_str()) {
        (Some(amount), "") => amount,
        (Some(amount), text) => format!("{amount} ({text})"),
        (None, "") => speech.t("procedures-fee-unsaid"),
        (None, text) => text.to_owned(),
    }
}

/// "1 bản chính, 2 bản sao"; empty for what is not handed in.
pub fn count(speech: &Speech, component: &Component) -> String {
    let number = |key: &str, count: u16| {
        (count > 0).then(|| speech.with(key, &[("count", Word::from(i64::from(count)))]))
    };
    let originals = number("procedures-count-originals", component.originals);
    let copies = number("procedures-count-copies", component.copies);
    [originals, copies].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

pub fn levels(speech: &Speech, levels: Levels) -> String {
    let names = levels.list().into_iter().map(|level| level_word(speech, level.as_str()));
    names.collect::<Vec<_>>().join(", ")
}

pub fn level_word(speech: &Speech, level: &str) -> String {
    speech.t(&format!("procedures-level-{level}"))
}

pub fn online_word(speech: &Speech, level: OnlineLevel) -> String {
    speech.t(&format!("procedures-online-{}", level.as_str()))
}

pub fn channel_word(speech: &Speech, kind: ChannelKind) -> String {
    speech.t(&format!("procedures-channel-{}", kind.as_str()))
}

pub fn event_word(speech: &Speech, event: &str) -> String {
    speech.t(&format!("procedures-event-{}", event.replace('_', "-")))
}
