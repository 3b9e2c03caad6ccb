//! How much of each part was read, over all records of an import: what came into the record, what
//! only its words say, and what the source does not have.

use std::fmt::Write;

use super::reading::{ReadPart, Reading, Why};
use crate::fee::Fee;
use crate::time_limit::TimeUnit;
use crate::version::Version;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// All of it stands in the record.
    Whole,
    /// Some of it does; the rest is words.
    Some,
    /// Only its words.
    Words,
    /// The source says nothing here.
    Absent,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shares {
    records: usize,
    /// In the order of [`ReadPart::ALL`], each in the order of [`Share`].
    counts: [[usize; 4]; ReadPart::ALL.len()],
}

impl Shares {
    pub fn add(&mut self, reading: &Reading) {
        self.records += 1;
        for (part, counts) in ReadPart::ALL.into_iter().zip(&mut self.counts) {
            counts[of(part, reading) as usize] += 1;
        }
    }

    /// A table for people: one line a part.
    pub fn table(&self) -> String {
        let mut table = String::new();
        let head =
            ["part", "whole", "some", "words only", "not in source", "whole, of those in source"];
        let _ = writeln!(
            table,
            "{:<14}{:>8}{:>8}{:>12}{:>15}{:>27}",
            head[0], head[1], head[2], head[3], head[4], head[5]
        );
        for (part, [whole, some, words, absent]) in ReadPart::ALL.into_iter().zip(&self.counts) {
            let there = self.records - absent;
            let share = if there == 0 { 0.0 } else { 100.0 * *whole as f64 / there as f64 };
            let name = part.as_str();
            let _ = writeln!(
                table,
                "{name:<14}{whole:>8}{some:>8}{words:>12}{absent:>15}{share:>26.1}%"
            );
        }
        table
    }
}

/// How much of one part was read in one record.
pub fn of(part: ReadPart, reading: &Reading) -> Share {
    let version = &reading.version;
    let doubted = reading.doubts(part).next().is_some();
    match part {
        ReadPart::Code if doubted => Share::Words,
        ReadPart::Code | ReadPart::Name => Share::Whole,
        ReadPart::Time => time(version),
        ReadPart::Fee => fee(version),
        ReadPart::LegalBases => named(version.legal_bases.iter().map(|basis| basis.code.is_some())),
        ReadPart::Results => named(version.results.iter().map(|result| result.code.is_some())),
        ReadPart::Components => components(version, doubted),
        ReadPart::OnlineLevel => online(reading),
        _ => there(is_there(part, version), doubted),
    }
}

fn is_there(part: ReadPart, version: &Version) -> bool {
    match part {
        ReadPart::Level => !version.levels.is_none(),
        ReadPart::Field => !version.fields.is_empty(),
        ReadPart::Subjects => !version.subjects.is_empty(),
        ReadPart::Agency => !version.agencies.executing.is_empty(),
        ReadPart::Decision => !version.decision.number.is_empty(),
        ReadPart::Steps => !version.steps.is_empty(),
        ReadPart::Channels => !version.channels.is_empty(),
        ReadPart::Requirements => !version.requirements.is_empty(),
        _ => true,
    }
}

fn there(is_there: bool, doubted: bool) -> Share {
    match (is_there, doubted) {
        (true, false) => Share::Whole,
        (true, true) => Share::Some,
        (false, true) => Share::Words,
        (false, false) => Share::Absent,
    }
}

fn components(version: &Version, doubted: bool) -> Share {
    let has_any = version.cases.iter().any(|case| !case.components.is_empty());
    let has_words = version.cases.iter().any(|case| !case.name.is_empty());
    there(has_any, doubted || (!has_any && has_words))
}

/// Whether each channel has a number and a unit.
fn time(version: &Version) -> Share {
    let limits = version.channels.iter().filter_map(|channel| channel.time_limit.as_ref());
    named(limits.map(|limit| limit.unit != TimeUnit::Other))
}

/// Whether each fee is a sum, or free.
fn fee(version: &Version) -> Share {
    let fees = version.channels.iter().flat_map(|channel| &channel.fees);
    named(fees.map(|fee: &Fee| fee.amount.is_some()))
}

fn named(is_read: impl Iterator<Item = bool>) -> Share {
    let (mut read, mut all) = (0, 0);
    for each in is_read {
        all += 1;
        read += usize::from(each);
    }
    match (read, all) {
        (_, 0) => Share::Absent,
        (0, _) => Share::Words,
        (read, all) if read == all => Share::Whole,
        _ => Share::Some,
    }
}

/// Captured pages say that something may be filed online, not how much of it.
fn online(reading: &Reading) -> Share {
    let is_told = reading.format == super::Format::Native
        || reading.version.channel(crate::channel::ChannelKind::Online).is_none();
    if is_told { Share::Whole } else { Share::Some }
}

/// Whether a record has to be told in the report.
pub fn is_remarkable(why: Why) -> bool {
    // A number without a unit is what most same-day procedures have: the table counts them.
    why != Why::NoUnit
}
