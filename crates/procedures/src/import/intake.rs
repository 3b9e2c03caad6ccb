//! What an import does with a record: pure, so that each rule has its test.
//!
//! A source never overwrites: it makes a new version, or a draft for a person to look at, or it
//! is kept beside a fuller text. What our own people added to a procedure goes over to the new
//! text first, for no source could know it; and what people use here is not lost because a source
//! is silent about it.

use std::collections::BTreeSet;

use super::reading::{Doubt, Format, ReadPart, Reading, Why};
use crate::channel::ChannelKind;
use crate::component::Component;
use crate::level::OnlineLevel;
use crate::procedure::{Entry, Origin, Status};
use crate::version::Version;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intake {
    /// The newest version says the same.
    Same,
    /// Kept as a source; a fuller record of the procedure is in force.
    Beside,
    /// A person has to look first.
    Draft,
    Publish,
}

/// `entries` are all versions of the procedure, the newest first; `reading` is completed.
pub fn decide(entries: &[Entry], reading: &Reading) -> Intake {
    let version = &reading.version;
    if entries.first().is_some_and(|newest| *newest.version == *version) {
        return Intake::Same;
    }
    if reading.needs_a_person() {
        return Intake::Draft;
    }
    match standing(entries) {
        None => Intake::Publish,
        Some(entry) if *entry.version == *version => Intake::Same,
        // An import does not bring back what people took out of use.
        Some(entry) if entry.status != Status::Published => Intake::Draft,
        Some(entry) if is_fuller(entry, reading) => Intake::Beside,
        // Dossiers are filed under it, or people wrote it: they decide about another text.
        Some(entry) if entry.version.form.is_some() || entry.origin == Origin::Hand => {
            Intake::Draft
        }
        Some(_) => Intake::Publish,
    }
}

fn standing(entries: &[Entry]) -> Option<&Entry> {
    entries.iter().find(|entry| entry.status != Status::Draft)
}

/// The portal's own record has codes and dates that a captured page lacks.
fn is_fuller(entry: &Entry, reading: &Reading) -> bool {
    entry.origin == Origin::Native && reading.format == Format::Flattened
}

/// The reading with what was made here: from the version that stands or, where none does, from
/// the newest draft. Where that and the source disagree, a doubt says so.
pub fn completed(entries: &[Entry], reading: &Reading) -> Reading {
    let mut reading = reading.clone();
    let Some(ours) = standing(entries).or(entries.first()).map(|entry| &*entry.version) else {
        return reading;
    };
    carry_over(ours, &mut reading.version);
    keep_level(ours, &mut reading);
    keep_online_channel(ours, &mut reading);
    tell_missing_papers(&mut reading);
    reading
}

fn carry_over(ours: &Version, to: &mut Version) {
    to.form.clone_from(&ours.form);
    to.route.clone_from(&ours.route);
    to.name_en.clone_from(&ours.name_en);
    to.summary.clone_from(&ours.summary);
    to.summary_en.clone_from(&ours.summary_en);
    if to.life_events.is_empty() {
        to.life_events.clone_from(&ours.life_events);
    }
    if to.keywords.is_empty() {
        to.keywords.clone_from(&ours.keywords);
    }
    if let (Some(known), Some(named)) = (&ours.agencies.publishing, &mut to.agencies.publishing)
        && named.code.is_none()
        && named.name == known.name
    {
        named.code.clone_from(&known.code);
    }
    for component in to.cases.iter_mut().flat_map(|case| &mut case.components) {
        if let Some(known) = same_paper(ours, component) {
            keep_paper(known, component);
        }
    }
}

fn components(version: &Version) -> impl Iterator<Item = &Component> {
    version.cases.iter().flat_map(|case| &case.components)
}

/// By its code; where the source gives none, by its name.
fn same_paper<'v>(ours: &'v Version, component: &Component) -> Option<&'v Component> {
    let name = platform::fold::fold(&component.name);
    components(ours).find(|known| match (&known.code, &component.code) {
        (Some(known), Some(code)) => known == code,
        _ => platform::fold::fold(&known.name) == name,
    })
}

fn keep_paper(known: &Component, component: &mut Component) {
    if component.code.is_none() {
        component.code.clone_from(&known.code);
    }
    component.name_en.clone_from(&known.name_en);
    component.eform |= known.eform;
    component.reusable_result |= known.reusable_result;
}

/// A captured page says that something goes online, not how much of it.
fn keep_level(ours: &Version, reading: &mut Reading) {
    let version = &mut reading.version;
    let says_less = version.online_level < ours.online_level;
    if reading.format == Format::Flattened && says_less && version.is_filed_online() {
        version.online_level = ours.online_level;
    }
}

/// People file here online today. A text that does not offer it may be right, or incomplete: the
/// channel stays until a person who knows takes it out.
fn keep_online_channel(ours: &Version, reading: &mut Reading) {
    let version = &mut reading.version;
    if ours.form.is_none() || !ours.is_filed_online() || version.is_filed_online() {
        return;
    }
    if version.channel(ChannelKind::Online).is_none() {
        let online = ours.channels.iter().filter(|it| it.kind == ChannelKind::Online).cloned();
        version.channels.splice(0..0, online);
    }
    if version.online_level == OnlineLevel::Information {
        version.online_level = ours.online_level;
    }
    reading.doubts.push(Doubt::new(ReadPart::Channels, Why::OnlineKept, ""));
}

/// Papers that the form asks for and the new text does not list: one of the two has to follow.
fn tell_missing_papers(reading: &mut Reading) {
    let version = &reading.version;
    let Some(form) = &version.form else { return };
    let listed = |code: &str| components(version).any(|it| it.code.as_deref() == Some(code));
    let asked = form.components().into_iter().map(|(_, code)| code);
    let missing: BTreeSet<&str> = asked.filter(|code| !listed(code)).collect();
    let doubts: Vec<Doubt> = missing
        .into_iter()
        .map(|code| Doubt::new(ReadPart::Components, Why::FormAsksMore, code))
        .collect();
    reading.doubts.extend(doubts);
}

impl Format {
    pub fn origin(self) -> Origin {
        match self {
            Format::Native => Origin::Native,
            Format::Flattened => Origin::Flattened,
        }
    }
}
