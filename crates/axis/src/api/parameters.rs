//! What stands in the headers of a list: days, pages, states.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};
use platform::clock;
use wire::vxp::{MessageType, Proved, TransportStatus, stamp};

use crate::refusal::Refusal;
use crate::system_fault::SystemRefusal;

pub(super) const PAGE_ROWS_MAX: i64 = 1_000;
const PAGES_MAX: i64 = 1_000_000;

const TIMES: [&str; 4] =
    ["%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M:%S"];
const DAYS: [&str; 4] = ["%Y/%m/%d", "%Y-%m-%d", "%d/%m/%Y", "%Y%m%d"];

/// One page of a list, from a moment to a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    pub since: Option<Timestamp>,
    pub before: Option<Timestamp>,
    pub limit: i64,
    pub offset: i64,
}

impl Page {
    /// `fromDate` and `toDate` count both; `pageIndex` begins at 1, and who begins at 0 sees the
    /// first page twice rather than the last one never.
    pub fn of(said: &Proved) -> Result<Page, Refusal> {
        let since = moment(said, "fromDate")?.map(|span| span.0);
        let before = moment(said, "toDate")?.map(|span| span.1);
        let limit = number(said, "pageSize", PAGE_ROWS_MAX)?.clamp(1, PAGE_ROWS_MAX);
        let index = number(said, "pageIndex", 1)?.clamp(1, PAGES_MAX);
        Ok(Page { since, before, limit, offset: (index - 1) * limit })
    }
}

/// Documents or words about them; documents, where nothing is said.
pub(super) fn kind(said: &Proved) -> Result<MessageType, Refusal> {
    match text(said, "messagetype") {
        None => Ok(MessageType::Edoc),
        Some(code) => {
            MessageType::read(code).ok_or(SystemRefusal::Parameter { name: "messagetype" }.into())
        }
    }
}

pub(super) fn status(said: &Proved) -> Result<Option<TransportStatus>, Refusal> {
    let unread = SystemRefusal::Parameter { name: "status" }.into();
    text(said, "status").map(|code| TransportStatus::read(code).ok_or(unread)).transpose()
}

/// What is there and not empty.
pub(super) fn text<'s>(said: &'s Proved, name: &str) -> Option<&'s str> {
    said.get(name).map(str::trim).filter(|text| !text.is_empty())
}

/// Whether the call carries what only a call of another operation says. One client object of the
/// kit sends every parameter that it was ever given along with all that it asks later: what it said
/// when it sent or acknowledged a packet is no wish about a list.
pub(super) fn carries(said: &Proved, one_of: &[&str]) -> bool {
    one_of.iter().any(|name| text(said, name).is_some())
}

/// As packets write it.
pub(super) fn written(at: Timestamp) -> String {
    clock::local(at).strftime("%Y/%m/%d %H:%M:%S").to_string()
}

fn number(said: &Proved, name: &'static str, usual: i64) -> Result<i64, Refusal> {
    match text(said, name) {
        None => Ok(usual),
        Some(text) => text.parse().map_err(|_| SystemRefusal::Parameter { name }.into()),
    }
}

/// From its first moment to the first after it.
fn moment(said: &Proved, name: &'static str) -> Result<Option<(Timestamp, Timestamp)>, Refusal> {
    let Some(text) = text(said, name) else { return Ok(None) };
    let second = SignedDuration::from_secs(1);
    let span = |from: DateTime, length| {
        let from = clock::instant(from);
        Some((from, from.checked_add(length).unwrap_or(Timestamp::MAX)))
    };
    let found = stamp::read(text).map(|at| (at, at)).or_else(|| {
        let time = TIMES.iter().find_map(|form| DateTime::strptime(form, text).ok());
        time.and_then(|time| span(time, second)).or_else(|| {
            let day = DAYS.iter().find_map(|form| Date::strptime(form, text).ok())?;
            span(day.to_datetime(Time::midnight()), SignedDuration::from_hours(24))
        })
    });
    found.map(Some).ok_or(SystemRefusal::Parameter { name }.into())
}
