//! /quan-tri/truc/doi-soat: where the two sides of an exchange do not say the same.

use askama::Template;
use axum::extract::State;
use identity::Actor;
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Field, Kind};
use platform::web::{Page, Problem, Reply, Shown, View};
use uuid::Uuid;

use super::links::{at_desk, may_manage};
use super::packets::said;
use crate::HERE;
use crate::queries::watching::{self, UNMATCHED_MAX, UNMATCHED_SHOWN};
use crate::reconciliation::{Part, read_days};
use crate::store::watching::Unmatched;

#[derive(Template)]
#[template(path = "reconciliation.html")]
struct ReportTemplate<'a> {
    view: &'a View,
    days: Field,
    sections: Vec<Section>,
}

struct Section {
    heading: String,
    meaning: String,
    is_cut: bool,
    export: String,
    rows: Vec<Row>,
}

struct Row {
    packet: Uuid,
    title: String,
    number: String,
    from: String,
    to: String,
    said: String,
    since: String,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let days = days(&view);
    let mut sections = Vec::new();
    for part in Part::ALL {
        let found = watching::unmatched(&ctx, (part, days), UNMATCHED_SHOWN + 1).await?;
        sections.push(section(&view, (part, days), &found));
    }
    let field = Field::new(&view.speech, Kind::Number, "ngay", view.t("axis-reconcile-days"));
    let template = ReportTemplate { view: &view, days: field.value(days.to_string()), sections };
    let page = Page::new(&view, view.t("axis-reconcile"), &template)?.wide().back(HERE);
    Ok(at_desk(&view, &actor, page).await)
}

fn days(view: &View) -> i64 {
    read_days(&view.query("ngay").unwrap_or_default())
}

fn section(view: &View, (part, days): (Part, i64), found: &[Unmatched]) -> Section {
    let shown = usize::try_from(UNMATCHED_SHOWN).unwrap_or_default();
    Section {
        heading: view.t(part.word()),
        meaning: view.with(part.meaning(), &[("days", days.into())]),
        is_cut: found.len() > shown,
        export: format!("{HERE}/doi-soat/xuat?phan={}&ngay={days}", part.code()),
        rows: found.iter().take(shown).map(|one| row(view, one)).collect(),
    }
}

fn row(view: &View, one: &Unmatched) -> Row {
    Row {
        packet: one.packet,
        title: if one.subject.is_empty() { &one.document_id } else { &one.subject }.clone(),
        number: number(one),
        from: one.from_code.clone(),
        to: one.to_code.clone().unwrap_or_default(),
        said: match one.said.as_deref() {
            None | Some("") => view.t("axis-delivery-silent"),
            Some(code) => said(view, code),
        },
        since: one.since.map(|at| view.speech.date_time(at)).unwrap_or_default(),
    }
}

fn number(one: &Unmatched) -> String {
    let parts = [one.number.as_str(), one.notation.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

/// One part as a sheet.
pub(crate) async fn export(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let part = view.query("phan").and_then(|code| Part::parse(&code));
    let part = part.ok_or_else(Problem::not_found)?;
    let found = watching::unmatched(&ctx, (part, days(&view)), UNMATCHED_MAX).await?;
    let sheet = sheet(&view, &found).map_err(|error| Problem::broken(&error.to_string()))?;
    let name = format!("doi-soat-{}-{}.csv", part.code(), local(view.now).date());
    Ok(Reply::file(&name, "text/csv; charset=utf-8", Shown::Saved, sheet))
}

/// With a byte order mark, by which spreadsheets know the letters.
fn sheet(view: &View, rows: &[Unmatched]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let heads = [
        "axis-doc-id",
        "axis-document-id",
        "axis-packet-number",
        "axis-packet-subject",
        "axis-sender",
        "axis-receiver",
        "axis-said",
        "axis-reconcile-since",
    ];
    writer.write_record(heads.map(|word| view.t(word)))?;
    for one in rows {
        writer.write_record([
            one.id.to_string(),
            safe(&one.document_id),
            safe(&number(one)),
            safe(&one.subject),
            safe(&one.from_code),
            safe(one.to_code.as_deref().unwrap_or_default()),
            one.said.clone().unwrap_or_default(),
            one.since
                .map(|at| local(at).strftime("%Y-%m-%d %H:%M:%S").to_string())
                .unwrap_or_default(),
        ])?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}

/// A cell that a spreadsheet would take for a formula is a text.
fn safe(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    }
}
