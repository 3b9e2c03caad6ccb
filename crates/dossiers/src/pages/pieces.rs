//! Pieces that several pages share: states, deadlines, the story, answers and files.

use identity::Role;
use jiff::Timestamp;
use platform::web::pieces::{Moment, Summary, SummaryRow, Tag, Timeline, Tone};
use platform::web::{Markup, View};
use platform::words::Word;
use procedures::eform::{Flow, Step};

use crate::demand::{Demand, DemandItem, Wanted};
use crate::dossier::{Dossier, Light};
use crate::due_words;
use crate::event::{Event, EventKind};
use crate::form;
use crate::paperwork::component_name;
use crate::queries::Whole;
use crate::signature::Signing;
use crate::status::Status;
use crate::store::file::DossierFile;

pub(crate) fn status_tag(view: &View, status: Status) -> Tag {
    let tone = match status {
        Status::Registered | Status::Accepted | Status::Handling => Tone::Info,
        Status::Supplement | Status::MoneyDue => Tone::Warn,
        Status::Refused | Status::Stopped => Tone::Bad,
        Status::Withdrawn => Tone::Plain,
        Status::Finished | Status::HandedOver => Tone::Good,
    };
    Tag::new(tone, status_word(view, status))
}

pub(crate) fn status_word(view: &View, status: Status) -> String {
    view.t(&format!("dossiers-status-{}", status.word()))
}

/// In time, soon, late: a word, a shape and a colour. None where nothing is owed.
pub(crate) fn light_tag(view: &View, deadline: Option<Timestamp>) -> Option<Tag> {
    let light = Light::of(deadline, view.now);
    let tone = match light {
        Light::None => return None,
        Light::OnTime => Tone::Good,
        Light::Soon => Tone::Warn,
        Light::Overdue => Tone::Bad,
    };
    Some(Tag::new(tone, view.t(&format!("dossiers-light-{}", light.word()))))
}

pub(crate) fn role_word(view: &View, code: &str) -> String {
    Role::parse(code).map(|role| view.t(role.word())).unwrap_or_default()
}

/// The name of a step of the route in the reader's language.
pub(crate) fn step_name(view: &View, whole: &Whole, step: usize) -> String {
    let Some(told) = whole.route.step(step) else { return String::new() };
    let name = match view.locale {
        platform::words::Locale::Vi => &told.name_vi,
        platform::words::Locale::En => &told.name_en,
    };
    if name.is_empty() { view.t(told.role.word()) } else { name.clone() }
}

/// "17:00 thứ sáu, 27/11/2026", and why.
pub(crate) struct DueTold {
    pub at: String,
    pub because: String,
    pub light: Option<Tag>,
    /// The office apologised and named a new day.
    pub first_at: Option<String>,
}

pub(crate) fn due_told(view: &View, dossier: &Dossier) -> Option<DueTold> {
    let due = dossier.due.as_ref()?;
    let moved = due.reappointments > 0 && due.first_at != due.at;
    Some(DueTold {
        at: view.speech.weekday_date_time(due.at),
        because: due_words::because(&view.speech, &due.because),
        light: light_tag(view, dossier.deadline()),
        first_at: moved.then(|| view.speech.weekday_date_time(due.first_at)),
    })
}

/// What happened, and where it stands. Officers see their notes, the applicant does not.
pub(crate) fn timeline(view: &View, whole: &Whole, among_officers: bool) -> Timeline {
    let shown = |event: &&Event| among_officers || event.kind.is_public();
    let mut moments: Vec<Moment> = whole
        .events
        .iter()
        .filter(shown)
        .map(|event| moment(view, whole, event, among_officers))
        .collect();
    if !whole.dossier.status.is_final() {
        moments.push(now(view, whole));
    }
    Timeline(moments)
}

fn moment(view: &View, whole: &Whole, event: &Event, among_officers: bool) -> Moment {
    let at = view.speech.date_time(event.at);
    let by = match (among_officers, event.by.unit.is_some()) {
        // To the applicant an office acts, not a clerk by name.
        (false, true) => event.by.unit_name.clone(),
        (true, true) => format!("{}, {}", event.by.name, event.by.unit_name),
        (_, false) => event.by.name.clone(),
    };
    let mut lines: Vec<&str> = vec![&event.told];
    if among_officers {
        lines.push(&event.note);
    }
    lines.retain(|line| !line.is_empty());
    let text = (!lines.is_empty()).then(|| Markup::lines(&lines.join("\n")));
    Moment {
        tone: tone(event.kind),
        title: title(view, whole, event),
        when: joined(&at, &by),
        text,
    }
}

fn title(view: &View, whole: &Whole, event: &Event) -> String {
    let step = event.detail.get("step").and_then(serde_json::Value::as_u64);
    let step = step.map(|step| step_name(view, whole, step as usize)).unwrap_or_default();
    let key = format!("dossiers-event-{}", event.kind.word());
    view.with(&key, &[("step", Word::from(step))])
}

fn tone(kind: EventKind) -> Tone {
    match kind {
        EventKind::SupplementAsked | EventKind::MoneyAsked | EventKind::Reappointed => Tone::Warn,
        EventKind::Refused | EventKind::Stopped | EventKind::SupplementExpired => Tone::Bad,
        _ => Tone::Good,
    }
}

/// Where it stands: in whose hands, and until when.
fn now(view: &View, whole: &Whole) -> Moment {
    let dossier = &whole.dossier;
    let unit = whole.unit(dossier.holder.unit).name;
    let title = match dossier.status {
        Status::Supplement | Status::MoneyDue => view.t("dossiers-now-applicant"),
        Status::Finished => view.t("dossiers-now-ready"),
        _ => {
            let step = step_name(view, whole, dossier.holder.step);
            view.with(
                "dossiers-now-office",
                &[("step", step.into()), ("unit", unit.clone().into())],
            )
        }
    };
    let until = |at: Timestamp| {
        let at = view.speech.weekday_date_time(at);
        view.with("dossiers-now-until", &[("at", at.into())])
    };
    let demand = whole.open_demand().and_then(|demand| demand.answer_by);
    let when = dossier.deadline().or(demand).map(until).unwrap_or_default();
    Moment { tone: Tone::Info, title, when, text: None }
}

fn joined(first: &str, second: &str) -> String {
    if second.is_empty() { first.to_owned() } else { format!("{first} · {second}") }
}

/// A part of the answers with its heading.
pub(crate) struct AnswerPart {
    pub title: String,
    pub heading: Option<String>,
    pub rows: Summary,
}

/// `change`: the address of a step's page in front of which its name is put; none where nothing
/// can be changed any more.
pub(crate) fn answers(view: &View, flow: &Flow<'_>, change: Option<&str>) -> Vec<AnswerPart> {
    let mut parts = Vec::new();
    for section in flow.summary(&view.speech) {
        let mut title = section.title;
        for block in section.blocks {
            let rows = block.rows.iter().map(|row| {
                let shown = SummaryRow::new(&row.label, &row.value);
                match (change, &row.change) {
                    (Some(base), Some(step)) => shown.change(format!("{base}/{step}?ve=kiem-tra")),
                    _ => shown,
                }
            });
            let rows = Summary::new(view, rows.collect());
            parts.push(AnswerPart {
                title: std::mem::take(&mut title),
                heading: block.heading,
                rows,
            });
        }
    }
    parts
}

/// What a demand asks for, in the reader's language.
pub(crate) struct ItemTold {
    pub name: String,
    pub what: String,
}

pub(crate) fn items_told(view: &View, whole: &Whole, demand: &Demand) -> Vec<ItemTold> {
    let flow = whole.flow();
    let question = |page: &str| {
        let flow = flow.as_ref()?;
        let step = Step::find(flow.definition, page)?;
        Some(form::question_name(flow, step, &view.speech)).filter(|name| !name.is_empty())
    };
    let name = |item: &DemandItem| match &item.wanted {
        Wanted::Component(_) => item.name.clone(),
        Wanted::Page(page) => question(page).unwrap_or_else(|| item.name.clone()),
        Wanted::Declaration => view.t("dossiers-declaration"),
    };
    let items = demand.items.iter();
    items.map(|item| ItemTold { name: name(item), what: item.what.clone() }).collect()
}

/// A file as pages list it.
pub(crate) struct FileLine {
    pub id: String,
    pub path: String,
    pub name: String,
    pub component: String,
    pub size: String,
    pub at: String,
    /// The first and last digits of the hash: enough to compare with the receipt by eye.
    pub hash: String,
    pub sha256: String,
}

/// `base`: where files of this dossier are read, `/ho-so/…/tep`.
pub(crate) fn file_lines<'a>(
    view: &View,
    whole: &Whole,
    files: impl Iterator<Item = &'a DossierFile>,
    base: &str,
) -> Vec<FileLine> {
    files
        .map(|file| FileLine {
            id: file.id.to_string(),
            path: format!("{base}/{}", file.id),
            name: file.name.clone(),
            component: component_name(&whole.version, &file.component),
            size: view.speech.size(file.size_bytes),
            at: view.speech.date_time(file.added_at),
            hash: short_hash(&file.sha256),
            sha256: file.sha256.clone(),
        })
        .collect()
}

pub(crate) fn short_hash(sha256: &str) -> String {
    let (head, tail) = (sha256.get(..8).unwrap_or(sha256), sha256.get(56..).unwrap_or_default());
    format!("{head}…{tail}")
}

/// Whether the PDF of a paper carries signatures, or why not. None where nobody would expect them.
pub(crate) fn signing_told(
    view: &View,
    signing: Signing,
    signed_at: Option<Timestamp>,
) -> Option<String> {
    if signing == Signing::Unasked {
        return None;
    }
    let at = signed_at.map(|at| view.speech.date_time(at)).unwrap_or_default();
    Some(view.with(&format!("dossiers-signing-{}", signing.code()), &[("at", Word::from(at))]))
}

/// A paper of a dossier as pages link it.
pub(crate) struct PaperLink {
    pub path: String,
    pub name: String,
    pub at: String,
}

pub(crate) fn paper_links(view: &View, whole: &Whole, base: &str) -> Vec<PaperLink> {
    whole
        .slips
        .iter()
        .map(|slip| PaperLink {
            path: format!("{base}/{}/{}", slip.form, slip.number),
            name: view.t(&format!("dossiers-paper-{}", slip.form)),
            at: view.speech.date_time(slip.issued_at),
        })
        .collect()
}
