//! The parts of a version as people read them: papers apart from notes, channels that say the
//! same in one row.

use platform::web::Markup;
use platform::words::{Locale, Speech, Word};

use super::prose::{bare, prose};
use super::{Said, told};
use crate::component::Component;
use crate::printed_order::in_printed_order;
use crate::time_limit::{TimeLimit, TimeUnit};
use crate::version::Version;

pub struct CaseView<'a> {
    /// A short name; without one it is for everybody.
    pub heading: Option<&'a str>,
    /// A name too long for a heading.
    pub about: Markup,
    pub papers: Vec<Paper<'a>>,
    /// Words that stand among the papers but are none.
    pub notes: Vec<&'a str>,
    pub notes_word: String,
}

pub struct Paper<'a> {
    pub name: Markup,
    /// The name is the official, Vietnamese one.
    pub is_official: bool,
    pub count: String,
    pub forms: Vec<&'a str>,
    /// It is filled in on the screen, or an agency has it already.
    pub remark: Option<String>,
}

const HEADING_CHARS_MAX: usize = 160;

/// The cases with something in them.
pub fn cases<'a>(speech: &Speech, version: &'a Version) -> Vec<CaseView<'a>> {
    let mut views = Vec::new();
    for case in &version.cases {
        let (notes, papers): (Vec<_>, Vec<_>) =
            case.components.iter().partition(|component| component.is_note);
        // A case that only repeats the name and a time limit says nothing about papers.
        let only_time = case.components.is_empty() && case.time_limit.is_some();
        if only_time || (case.components.is_empty() && case.name.is_empty()) {
            continue;
        }
        let name = bare(&case.name).trim_end_matches(':').trim_end();
        let is_short = !name.contains('\n') && name.chars().count() <= HEADING_CHARS_MAX;
        views.push(CaseView {
            heading: Some(name).filter(|name| is_short && !name.is_empty()),
            about: if is_short { Markup::default() } else { prose(&case.name) },
            papers: in_printed_order(&papers)
                .into_iter()
                .map(|paper| Paper::of(speech, paper))
                .collect(),
            notes_word: speech
                .with("procedures-notes", &[("count", Word::from(notes.len() as i64))]),
            notes: notes.into_iter().map(|note| bare(&note.name)).collect(),
        });
    }
    views
}

impl<'a> Paper<'a> {
    fn of(speech: &Speech, component: &'a Component) -> Paper<'a> {
        let english = component.name_en.as_deref();
        let english = english.filter(|_| speech.locale() == Locale::En);
        let name = match english {
            Some(name) => Markup::text(name),
            None => Markup::lines(bare(&component.name)),
        };
        let remark = match (component.reusable_result, component.eform) {
            (true, _) => Some(speech.t("procedures-paper-reused")),
            (false, true) => Some(speech.t("procedures-paper-eform")),
            _ => None,
        };
        Paper {
            name,
            is_official: english.is_none(),
            count: told::count(speech, component),
            forms: component.files.iter().map(|file| file.name.as_str()).collect(),
            remark,
        }
    }
}

/// Channels with the same time, fees and words are one row.
pub struct Way {
    pub kinds: String,
    pub time: Said,
    pub time_note: Markup,
    pub fees: Vec<FeeView>,
    pub text: Markup,
}

#[derive(PartialEq)]
pub struct FeeView {
    pub amount: Option<String>,
    pub kind: Option<String>,
    pub text: Markup,
}

pub fn ways(speech: &Speech, version: &Version) -> Vec<Way> {
    let mut rows: Vec<(&crate::channel::Channel, Vec<String>)> = Vec::new();
    for channel in &version.channels {
        let word = told::channel_word(speech, channel.kind);
        let same = rows.iter_mut().find(|(known, _)| {
            (&known.time_limit, &known.fees, &known.text)
                == (&channel.time_limit, &channel.fees, &channel.text)
        });
        match same {
            Some((_, words)) if words.contains(&word) => {}
            Some((_, words)) => words.push(word),
            None => rows.push((channel, vec![word])),
        }
    }
    rows.into_iter().map(|(channel, words)| way(speech, channel, &words)).collect()
}

fn way(speech: &Speech, channel: &crate::channel::Channel, words: &[String]) -> Way {
    let (time, note) = time(speech, channel.time_limit.as_ref());
    Way {
        kinds: words.join(", "),
        time,
        time_note: prose(note),
        fees: channel.fees.iter().map(|fee| fee_view(speech, fee)).collect(),
        text: prose(&channel.text),
    }
}

/// The limit and what its words add to it.
fn time<'l>(speech: &Speech, limit: Option<&'l TimeLimit>) -> (Said, &'l str) {
    let Some(limit) = limit else {
        return (Said::ours(speech.t("procedures-time-unsaid")), "");
    };
    let told = told::time_said(speech, limit);
    match limit.text.strip_prefix(&told.text) {
        // "Trong ngày; nhận sau 15 giờ thì …": the words say it all by themselves.
        Some(rest) if !rest.is_empty() => (Said::official(limit.text.clone()), ""),
        Some(_) => (told, ""),
        None => (told, &limit.text),
    }
}

/// A line of the answer in short.
pub struct Glance {
    pub label: String,
    pub values: Vec<Said>,
}

/// The answer in four lines, before everything else.
pub fn glance(speech: &Speech, version: &Version) -> Vec<Glance> {
    let ways = ways(speech, version);
    let results = version.results.iter().map(|result| Said::official(result.name.clone()));
    let kinds = ways.iter().map(|way| Said::ours(way.kinds.clone()));
    let lines = [
        ("procedures-time", time_at_a_glance(speech, version, &ways)),
        ("procedures-fee", fee_at_a_glance(speech, &ways)),
        ("procedures-way", listed(speech, kinds)),
        ("procedures-result", listed(speech, results)),
    ];
    let told = lines.into_iter().filter_map(|(key, values)| Some((key, values?)));
    told.map(|(key, values)| Glance { label: speech.t(key), values }).collect()
}

/// The limits of the channels; where none of them has a unit, those of the cases.
fn time_at_a_glance(speech: &Speech, version: &Version, ways: &[Way]) -> Option<Vec<Said>> {
    let limits = || version.channels.iter().filter_map(|channel| channel.time_limit.as_ref());
    let is_told = |limit: &TimeLimit| limit.unit != TimeUnit::Other || !limit.text.is_empty();
    let cases: Vec<Said> = version
        .cases
        .iter()
        .filter_map(|case| case.time_limit.as_ref())
        .map(|limit| told::time_said(speech, limit))
        .collect();
    if !limits().any(is_told) && !cases.is_empty() {
        return listed(speech, cases.into_iter());
    }
    listed(speech, ways.iter().map(|way| way.time.clone()))
}

/// What fits into one line; more than that stands below.
const GLANCE_CHARS_MAX: usize = 140;

fn listed(speech: &Speech, values: impl Iterator<Item = Said>) -> Option<Vec<Said>> {
    let mut distinct: Vec<Said> = Vec::new();
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    match distinct.iter().map(|said| said.text.chars().count()).sum::<usize>() {
        0 => None,
        count if count > GLANCE_CHARS_MAX => Some(below(speech)),
        _ => Some(distinct),
    }
}

fn below(speech: &Speech) -> Vec<Said> {
    vec![Said::ours(speech.t("procedures-see-below"))]
}

/// Sums, where every fee is one; else where to look.
fn fee_at_a_glance(speech: &Speech, ways: &[Way]) -> Option<Vec<Said>> {
    let mut fees = ways.iter().flat_map(|way| &way.fees).peekable();
    fees.peek()?;
    let amounts: Option<Vec<String>> = fees.map(|fee| fee.amount.clone()).collect();
    match amounts {
        Some(amounts) => listed(speech, amounts.into_iter().map(Said::ours)),
        None => Some(below(speech)),
    }
}

fn fee_view(speech: &Speech, fee: &crate::fee::Fee) -> FeeView {
    use crate::fee::FeeKind;
    let kind = match fee.kind {
        FeeKind::Service => Some(speech.t("procedures-fee-service")),
        FeeKind::Charge => Some(speech.t("procedures-fee-charge")),
        FeeKind::Unsaid => None,
    };
    let amount = told::amount(speech, fee);
    // "Phí: Miễn phí" says the same twice.
    let kind = kind.filter(|_| amount.is_some() && !fee.is_free());
    FeeView { amount, kind, text: prose(&fee.text) }
}
