//! The parts of a version as people read them: papers apart from notes, channels that say the
//! same in one row.

use platform::web::Markup;
use platform::words::{Speech, Word};

use super::prose::{bare, prose};
use super::told;
use crate::component::Component;
use crate::version::Version;

pub struct CaseView<'a> {
    /// Without a name it is for everybody.
    pub name: Markup,
    pub papers: Vec<Paper<'a>>,
    /// Words that stand among the papers but are none.
    pub notes: Vec<&'a str>,
    pub notes_word: String,
}

pub struct Paper<'a> {
    pub name: Markup,
    pub count: String,
    pub forms: Vec<&'a str>,
    /// It is filled in on the screen, or an agency has it already.
    pub remark: Option<String>,
}

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
        views.push(CaseView {
            name: prose(&case.name),
            papers: papers.into_iter().map(|paper| Paper::of(speech, paper)).collect(),
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
        let name = match (english, speech.locale()) {
            (Some(name), platform::words::Locale::En) => Markup::text(name),
            _ => Markup::lines(bare(&component.name)),
        };
        let remark = match (component.reusable_result, component.eform) {
            (true, _) => Some(speech.t("procedures-paper-reused")),
            (false, true) => Some(speech.t("procedures-paper-eform")),
            _ => None,
        };
        Paper {
            name,
            count: told::count(speech, component),
            forms: component.files.iter().map(|file| file.name.as_str()).collect(),
            remark,
        }
    }
}

/// Channels with the same time, fees and words are one row.
pub struct Way {
    pub kinds: String,
    pub time: String,
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
    let limit = channel.time_limit.as_ref();
    let note = limit.filter(|limit| limit.unit != crate::time_limit::TimeUnit::Other);
    Way {
        kinds: words.join(", "),
        time: match limit {
            Some(limit) => told::time_limit(speech, limit),
            None => speech.t("procedures-time-unsaid"),
        },
        time_note: note.map(|limit| prose(&limit.text)).unwrap_or_default(),
        fees: channel.fees.iter().map(|fee| fee_view(speech, fee)).collect(),
        text: prose(&channel.text),
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
