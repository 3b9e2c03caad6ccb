//! /can-bo/van-ban-di/{id}: a document that goes out, with all that was said about it and what can
//! be done now.

use askama::Template;
use axum::extract::{Path, State};
use http::HeaderMap;
use identity::Actor;
use platform::Ctx;
use platform::web::pieces::{Moment, Summary, SummaryRow, Tag, Timeline, Tone};
use platform::web::{Markup, Page, Problem, View, escape};
use uuid::Uuid;

use super::{state_tag, urgency_tag};
use crate::HERE;
use crate::body::Body;
use crate::commands::reading;
use crate::commands::reading_by::{self, By};
use crate::document::{Direction, OutgoingId};
use crate::outgoing::State as Standing;
use crate::pages::at_desk;
use crate::pages::outgoing::deeds::{self, Way};
use crate::queries::outgoing_whole::{Receiver, Whole, whole};
use crate::recipient::{RecipientKind, Standing as CodeStanding};
use crate::store::drafts::Attachment;
use crate::store::outgoing_story::Dispatch;

#[derive(Template)]
#[template(path = "outgoing_show.html")]
struct ShowTemplate<'a> {
    view: &'a View,
    title: String,
    here: String,
    /// Links, dossiers, log.
    records: String,
    state: Tag,
    urgency: Option<Tag>,
    warnings: Vec<String>,
    returned: Option<String>,
    facts: Summary,
    /// What this officer can do now, the likeliest first.
    ways: Vec<Way>,
    paragraphs: Vec<(&'static str, String)>,
    files: Vec<FileRow>,
    receivers: Vec<ReceiverRow>,
    is_sent: bool,
    said: Vec<Section>,
    history: Timeline,
    writes: bool,
    live: String,
}

struct FileRow {
    path: String,
    name: String,
    size: String,
    note: String,
    remove: Option<String>,
}

struct ReceiverRow {
    name: String,
    kind: String,
    state: Tag,
    detail: String,
}

/// Opinions, initials, versions.
struct Section {
    heading: String,
    rows: Vec<Said>,
}

struct Said {
    name: String,
    state: String,
    when: String,
    text: String,
    path: Option<String>,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Page, Problem> {
    let id = OutgoingId(id);
    // As the script asks that follows what happens.
    let by = if headers.contains_key("x-passive") { By::Page } else { By::Person };
    reading_by::opened(&ctx, &actor, (id, by)).await?;
    let whole = whole(&ctx, &actor, id).await?;
    reading::note(&ctx, &actor, (Direction::Out, id.0, whole.one.unit), "").await?;
    let template = template(&view, &whole);
    let page = Page::new(&view, whole.one.subject.clone(), &template)?.wide().back(HERE);
    Ok(at_desk(&view, &actor, page).await)
}

fn template<'a>(view: &'a View, whole: &Whole) -> ShowTemplate<'a> {
    let one = &whole.one;
    let writes = one.state == Standing::Draft && whole.part.author;
    let returned = one.returned.as_ref().filter(|_| one.state == Standing::Draft);
    let returned = returned.filter(|reason| !reason.is_empty()).map(|reason| {
        let by = one.returned_name.clone().unwrap_or_default();
        let told = [("name", by.into()), ("reason", reason.into())];
        view.with("office-returned", &told)
    });
    ShowTemplate {
        view,
        title: one.subject.clone(),
        here: format!("{HERE}/{}", one.id),
        records: crate::pages::records::path(Direction::Out, one.id.0),
        state: state_tag(view, one.state),
        urgency: urgency_tag(view, one.urgency),
        warnings: warnings(view, whole),
        returned,
        facts: Summary::new(view, facts(view, whole)),
        ways: deeds::ways(view, whole),
        paragraphs: paragraphs(whole),
        files: files(view, whole, writes),
        receivers: whole.receivers.iter().map(|one| receiver(view, one, whole)).collect(),
        is_sent: one.state == Standing::Issued,
        said: sections(view, whole),
        history: history(view, whole),
        writes,
        live: format!("{HERE}/moi"),
    }
}

fn warnings(view: &View, whole: &Whole) -> Vec<String> {
    let mut told: Vec<String> = whole.missing.iter().map(|word| view.t(word)).collect();
    if whole.one.state == Standing::Issued {
        return told;
    }
    for one in whole.agencies() {
        let name = &one.recipient.name;
        match &one.standing {
            CodeStanding::Fine => {}
            CodeStanding::Unknown => {
                told.push(view.with("office-code-unknown", &[("name", name.into())]));
            }
            CodeStanding::Closed(heirs) => {
                let heirs = heirs.iter().map(|heir| format!("{} ({})", heir.name, heir.code));
                let heirs = heirs.collect::<Vec<_>>().join("; ");
                let word = match heirs.is_empty() {
                    true => "office-code-closed",
                    false => "office-code-succeeded",
                };
                told.push(view.with(word, &[("name", name.into()), ("heirs", heirs.into())]));
            }
        }
    }
    told
}

fn facts(view: &View, whole: &Whole) -> Vec<SummaryRow> {
    let one = &whole.one;
    let row = |word: &str, value: &str| SummaryRow::new(view.t(word), value);
    let number = one.number().unwrap_or_else(|| format!("…/{}", whole.notation));
    let mut rows = vec![row("office-number", &number)];
    if let Some(dated) = one.dated {
        rows.push(row("office-dated", &view.speech.date(dated)));
    }
    rows.push(row("office-kind", one.type_name()));
    rows.push(row("office-unit", &whole.unit));
    rows.push(row("office-author", &one.author_name));
    if let Some(signer) = &whole.signer {
        let named = format!("{} ({})", signer.name, signer.capacity.replace('\n', ", "));
        rows.push(row("office-signer", &named));
    }
    if let Some(at) = one.express_at {
        rows.push(row("office-express-at", &view.speech.weekday_date_time(at)));
    }
    if let Some(due) = one.due_on {
        rows.push(row("office-due-answer", &view.speech.date(due)));
    }
    if one.paper {
        rows.push(row("office-paper", &view.t("office-paper-follows")));
    }
    if let Some((number, subject)) = &whole.answered {
        rows.push(row("office-answers", &format!("{number}: {subject}")));
    }
    if let Some((id, number)) = &whole.replaces {
        let link = format!("<a href=\"{HERE}/{id}\">{}</a>", escape(number));
        rows.push(SummaryRow::markup(view.t("office-replaces"), Markup::trusted(link)));
    }
    rows
}

/// As it is typed, for reading where no press is.
fn paragraphs(whole: &Whole) -> Vec<(&'static str, String)> {
    if !whole.one.is_composed() || whole.one.state == Standing::Issued {
        return Vec::new();
    }
    let body = Body::read(&whole.one.body);
    let bases = body.bases.iter().map(|text| ("base", text.clone()));
    let blocks = body.blocks.iter().map(|block| (block.kind, block.line()));
    bases.chain(blocks).collect()
}

fn files(view: &View, whole: &Whole, writes: bool) -> Vec<FileRow> {
    let (one, here) = (&whole.one, format!("{HERE}/{}", whole.one.id));
    let main = match (one.final_file, one.signed_file, &one.file_name) {
        (Some(_), _, _) => Some(view.t("office-file-final")),
        (None, Some(_), _) => Some(view.t("office-file-signed")),
        (None, None, Some(name)) => Some(name.clone()),
        (None, None, None) => None,
    };
    let note = |file: Option<Uuid>| {
        let known = whole.legible.iter().find(|(source, _)| Some(*source) == file);
        let complaint = known.and_then(|(_, state)| state.complaint());
        complaint.map(|word| view.t(&word)).unwrap_or_default()
    };
    let main = main.map(|name| FileRow {
        path: format!("{here}/xem"),
        name,
        size: String::new(),
        note: note(one.final_file.or(one.signed_file).or(one.file)),
        remove: (writes && one.file.is_some()).then(|| format!("{here}/tep/bo")),
    });
    let attached = whole.attachments.iter().map(|file| FileRow {
        path: format!("{here}/tep/{}", file.id),
        name: file.name.clone(),
        size: view.speech.size(file.size_bytes),
        note: [came_with(view, whole, file), note(Some(file.file))].join(" ").trim().to_owned(),
        remove: writes.then(|| format!("{here}/tep/{}/bo", file.id)),
    });
    main.into_iter().chain(attached).collect()
}

/// The update that brought a file.
fn came_with(view: &View, whole: &Whole, file: &Attachment) -> String {
    let packet = file.came_with;
    let update = whole.dispatches.iter().find(|one| Some(one.packet) == packet);
    let words = |update: &Dispatch| [("at", view.speech.date_time(update.at).into())];
    update.map(|update| view.with("office-file-of-update", &words(update))).unwrap_or_default()
}

fn receiver(view: &View, one: &Receiver, whole: &Whole) -> ReceiverRow {
    let recipient = &one.recipient;
    let (state, detail) = super::progress::of(view, one, whole);
    let kind = match (recipient.kind, recipient.is_addressed) {
        (RecipientKind::Agency, true) => view.t("office-addressed"),
        (kind, _) => view.t(kind.word()),
    };
    let name = match &recipient.code {
        Some(code) if *code != recipient.name => format!("{} ({code})", recipient.name),
        _ => recipient.name.clone(),
    };
    ReceiverRow { name, kind, state, detail }
}

fn sections(view: &View, whole: &Whole) -> Vec<Section> {
    let section = |word: &str, rows: Vec<Said>| Section { heading: view.t(word), rows };
    let all = vec![
        section("office-openings", openings(view, whole)),
        section("office-dispatches", dispatches(view, whole)),
        section("office-opinions", opinions(view, whole)),
        section("office-initials", initials(view, whole)),
        section("office-versions", versions(view, whole)),
    ];
    all.into_iter().filter(|one| !one.rows.is_empty()).collect()
}

/// Who in the house opened it, each with every time, for those who look after it.
fn openings(view: &View, whole: &Whole) -> Vec<Said> {
    let part = &whole.part;
    if !(part.author || part.clerk || part.leader || part.auditor) {
        return Vec::new();
    }
    let given = whole.receivers.iter().filter_map(|one| one.recipient.account);
    let said = given.filter_map(|account| {
        let own = whole.openings.iter().filter(|one| one.account == account);
        let times: Vec<String> = own.clone().map(|one| view.speech.date_time(one.at)).collect();
        let count = [("count", times.len().into())];
        Some(Said {
            name: own.clone().next()?.name.clone(),
            state: view.with("office-opened-times", &count),
            when: times.last().cloned().unwrap_or_default(),
            text: times.join("; "),
            path: None,
        })
    });
    said.collect()
}

/// What went to the axis about it.
fn dispatches(view: &View, whole: &Whole) -> Vec<Said> {
    let said = |one: &Dispatch| Said {
        name: view.t(match one.business.as_str() {
            "0" => "office-dispatch-new",
            "1" => "office-dispatch-recall-notice",
            "2" => "office-dispatch-update",
            "3" => "office-dispatch-replacement",
            _ => "office-dispatch-recall",
        }),
        state: one.by_name.clone(),
        when: view.speech.date_time(one.at),
        text: with_files(view, whole, one),
        path: None,
    };
    whole.dispatches.iter().map(said).collect()
}

/// Why, and the files that an update brought.
fn with_files(view: &View, whole: &Whole, one: &Dispatch) -> String {
    let brought = whole.attachments.iter().filter(|file| file.came_with == Some(one.packet));
    let names: Vec<&str> = brought.map(|file| file.name.as_str()).collect();
    if names.is_empty() {
        return one.reason.clone();
    }
    let words = [("names", names.join("; ").into())];
    format!("{} – {}", one.reason, view.with("office-files-brought", &words))
}

fn opinions(view: &View, whole: &Whole) -> Vec<Said> {
    let said = |one: &crate::review::Opinion| Said {
        name: one.name.clone(),
        state: view.t(one.view.map_or("office-view-waits", |view| view.word())),
        when: view.speech.date_time(one.given_at.unwrap_or(one.asked_at)),
        text: one.text.clone().unwrap_or_else(|| one.question.clone()),
        path: None,
    };
    whole.opinions.iter().map(said).collect()
}

fn initials(view: &View, whole: &Whole) -> Vec<Said> {
    let said = |one: &crate::review::Initial| Said {
        name: one.name.clone(),
        state: view.t(one.state.word()),
        when: one.at.map(|at| view.speech.date_time(at)).unwrap_or_default(),
        text: view.with("office-version-number", &[("number", one.edition.into())]),
        path: None,
    };
    whole.initials.iter().map(said).collect()
}

fn versions(view: &View, whole: &Whole) -> Vec<Said> {
    let here = format!("{HERE}/{}", whole.one.id);
    let said = |one: &crate::store::drafts::Version| Said {
        name: view.with("office-version-number", &[("number", one.edition.into())]),
        state: one.made_name.clone(),
        when: view.speech.date_time(one.made_at),
        text: one.subject.clone(),
        path: Some(format!("{here}/phien-ban/{}", one.edition)),
    };
    whole.versions.iter().map(said).collect()
}

fn history(view: &View, whole: &Whole) -> Timeline {
    let moment = |one: &crate::store::outgoing_story::Past| {
        let tone = match one.act.as_str() {
            "send-back" | "decline" | "decline-seal" | "recall" | "cancel" => Tone::Warn,
            _ => Tone::Good,
        };
        let note = Markup::trusted(escape(&one.note).to_string());
        Moment {
            tone,
            title: view.t(&format!("office-did-{}", one.act)),
            when: format!("{}, {}", view.speech.date_time(one.at), one.by_name),
            text: Some(note).filter(|_| !one.note.is_empty()),
        }
    };
    Timeline(whole.history.iter().map(moment).collect())
}
