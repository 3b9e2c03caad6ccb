//! What changed between two versions, part by part, in words.

use platform::words::Speech;

use super::told;
use crate::completeness::Part;
use crate::differences::{Line, compare, is_change};
use crate::version::{Named, Version};

/// A part that changed.
pub struct Change {
    pub part: String,
    pub lines: Vec<LineView>,
    /// The lines are words of the texts; else they are told in the reader's language.
    pub is_official: bool,
}

/// `del`, `ins` or plain.
pub struct LineView {
    pub kind: &'static str,
    pub text: String,
}

pub fn changes(speech: &Speech, before: &Version, after: &Version) -> Vec<Change> {
    Part::ALL
        .into_iter()
        .map(|part| (part, compare(&lines(speech, before, part), &lines(speech, after, part))))
        .filter(|(_, lines)| is_change(lines))
        .map(|(part, lines)| Change {
            part: part_word(speech, part),
            is_official: !matches!(part, Part::Channels | Part::TimeLimits | Part::Fees),
            lines: lines.into_iter().filter_map(LineView::of).collect(),
        })
        .collect()
}

impl LineView {
    /// Lines that stayed are not shown: the parts are long.
    fn of(line: Line) -> Option<LineView> {
        match line {
            Line::Kept(_) => None,
            Line::Gone(text) => Some(LineView { kind: "del", text }),
            Line::Come(text) => Some(LineView { kind: "ins", text }),
        }
    }
}

pub fn part_word(speech: &Speech, part: Part) -> String {
    speech.t(&format!("procedures-part-{}", part.as_str()))
}

/// A part as lines of text.
fn lines(speech: &Speech, version: &Version, part: Part) -> Vec<String> {
    let components = || version.cases.iter().flat_map(|case| &case.components);
    match part {
        Part::Name => vec![version.name.clone()],
        Part::Steps => steps(version),
        Part::Channels => version
            .channels
            .iter()
            .map(|channel| told::channel_word(speech, channel.kind))
            .collect(),
        Part::Components => components()
            .map(|component| match told::count(speech, component) {
                count if count.is_empty() => component.name.clone(),
                count => format!("{} ({count})", component.name),
            })
            .collect(),
        Part::TimeLimits => times(speech, version),
        Part::Subjects => names(&version.subjects),
        Part::Agencies => agencies(version),
        Part::Results => names(&version.results),
        Part::Forms => {
            components().flat_map(|paper| &paper.files).map(|file| file.name.clone()).collect()
        }
        Part::Fees => fees(speech, version),
        Part::Requirements => version.requirements.lines().map(str::to_owned).collect(),
        Part::LegalBases => names(&version.legal_bases),
        Part::Field => names(&version.fields),
        Part::Decision => vec![version.decision.number.clone()],
    }
}

fn names(list: &[Named]) -> Vec<String> {
    let line = |named: &Named| match &named.code {
        Some(code) => format!("{} ({code})", named.name),
        None => named.name.clone(),
    };
    list.iter().map(line).collect()
}

fn steps(version: &Version) -> Vec<String> {
    let mut lines = Vec::new();
    for step in &version.steps {
        let texts = step.text.lines().map(str::to_owned);
        lines.extend([step.name.clone()].into_iter().filter(|name| !name.is_empty()).chain(texts));
    }
    lines
}

fn times(speech: &Speech, version: &Version) -> Vec<String> {
    let told = |channel: &crate::channel::Channel| {
        let limit = channel.time_limit.as_ref()?;
        let kind = told::channel_word(speech, channel.kind);
        Some(format!("{kind}: {}", told::time_limit(speech, limit)))
    };
    version.channels.iter().filter_map(told).collect()
}

fn fees(speech: &Speech, version: &Version) -> Vec<String> {
    let mut lines = Vec::new();
    for channel in &version.channels {
        let kind = told::channel_word(speech, channel.kind);
        lines.extend(channel.fees.iter().map(|fee| format!("{kind}: {}", told::fee(speech, fee))));
    }
    lines
}

fn agencies(version: &Version) -> Vec<String> {
    let agencies = &version.agencies;
    let publishing = agencies.publishing.iter();
    let all = publishing
        .chain(&agencies.executing)
        .chain(&agencies.authority)
        .chain(&agencies.authorised)
        .chain(&agencies.coordinating);
    let mut lines: Vec<String> = all.map(|agency| agency.name.clone()).collect();
    lines.extend(agencies.receiving.lines().map(str::to_owned));
    lines
}
