//! /quan-tri/truc/goi-tin/{id}: one packet with every station, its evidence and its bytes.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use identity::{Actor, Right, Scribe};
use organisations::UnitId;
use platform::Ctx;
use platform::store::StoreError;
use platform::web::form::{Answers, Errors, Field, Kind as Input};
use platform::web::pieces::{Moment, Summary, SummaryRow, Tag, Timeline, Tone};
use platform::web::{Form, Markup, Page, Problem, Reply, Shown, View, escape};
use uuid::Uuid;

use super::links::{at_desk, may_manage};
use super::overview::route_word;
use super::packets::{Row, business, row, said, transport};
use crate::HERE;
use crate::commands::keeping;
use crate::delivery::Delivery;
use crate::evidence;
use crate::keeping::urgency_word;
use crate::packet::{Kind, Packet, PacketId, SignatureState};
use crate::queries::watching::{Whole, whole};
use crate::refusal::Refusal;
use crate::trace::{Event, What};

#[derive(Template)]
#[template(path = "packet.html")]
struct PacketTemplate<'a> {
    view: &'a View,
    errors: Markup,
    id: Uuid,
    title: String,
    signature: Tag,
    facts: Summary,
    deliveries: Vec<DeliveryRow>,
    stations: Timeline,
    related: Vec<Row>,
    receipt: &'a str,
    removed: Option<String>,
    hold: Option<String>,
    reason: Field,
}

struct DeliveryRow {
    code: String,
    name: String,
    route: String,
    transport: Tag,
    transport_at: String,
    description: String,
    said: String,
    receipt: String,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let found = found(&ctx, &id).await?;
    page((&view, &actor), &found, (&Answers::default(), &Errors::new())).await
}

async fn found(ctx: &Ctx, id: &str) -> Result<Whole, Problem> {
    let id = PacketId::parse(id).ok_or_else(Problem::not_found)?;
    let read = ctx.store.read::<_, StoreError, _>(move |tx| whole(tx, id));
    read.await?.ok_or_else(Problem::not_found)
}

async fn page(
    (view, actor): (&View, &Actor),
    found: &Whole,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let packet = &found.packet;
    let title = title(view, packet);
    let on = |at| view.speech.date_time(at);
    let hold = found.hold.as_ref().map(|hold| {
        let args = [
            ("name", hold.set_name.as_str().into()),
            ("at", on(hold.set_at).into()),
            ("reason", hold.reason.as_str().into()),
        ];
        view.with("axis-hold-set", &args)
    });
    let reason = Field::new(&view.speech, Input::Lines(2), "reason", view.t("axis-hold-reason"));
    let template = PacketTemplate {
        view,
        errors: errors.summary(&view.speech),
        id: packet.id.0,
        title: title.clone(),
        signature: signature(view, packet.signature),
        facts: facts(view, packet),
        deliveries: found.deliveries.iter().map(|one| delivery_row(view, one)).collect(),
        stations: stations(view, found),
        related: found.related.iter().map(|line| row(view, line)).collect(),
        receipt: &packet.receipt,
        removed: found.removal.as_ref().map(|one| on(one.removed_at)),
        hold,
        reason: reason
            .hint(view.t("axis-hold-reason-hint"))
            .value(typed.get("reason"))
            .errors(errors),
    };
    let page = Page::new(view, title, &template)?.wide().back(format!("{HERE}/goi-tin"));
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

fn title(view: &View, packet: &Packet) -> String {
    let number = packet.number_and_notation();
    match (packet.kind, number.is_empty()) {
        (Kind::Status, _) => {
            let about = if number.is_empty() { packet.document_id.clone() } else { number };
            let code = packet.status_code.as_deref().unwrap_or_default();
            let args = [("said", said(view, code).into()), ("document", about.into())];
            view.with("axis-packet-status-title", &args)
        }
        (Kind::Document, true) => packet.document_id.clone(),
        (Kind::Document, false) => number,
    }
}

fn signature(view: &View, state: SignatureState) -> Tag {
    let tone = match state {
        SignatureState::Valid => Tone::Good,
        SignatureState::Invalid => Tone::Bad,
        SignatureState::Unverifiable => Tone::Warn,
        SignatureState::Absent => Tone::Plain,
    };
    Tag::new(tone, view.t(&format!("axis-signature-{}", state.code())))
}

/// What the packet says; what it does not say has no line.
fn facts(view: &View, packet: &Packet) -> Summary {
    let paper = match packet.paper {
        None => String::new(),
        Some(true) => view.t("axis-paper-follows"),
        Some(false) => view.t("axis-paper-none"),
    };
    let urgency = packet.urgency.parse().unwrap_or(0);
    let lines = [
        ("axis-packet-business", business(view, (&packet.business, packet.status_code.as_deref()))),
        ("axis-packet-subject", packet.subject.clone()),
        ("axis-packet-type", packet.type_name.clone()),
        ("axis-packet-reason", packet.reason.clone()),
        ("axis-sender", format!("{} ({})", packet.from_name, packet.from_code)),
        ("axis-urgency", view.t(urgency_word(urgency))),
        ("axis-paper", paper),
        ("axis-attachments", view.speech.number(packet.attachments)),
        ("axis-size", view.speech.size(packet.size_bytes)),
        ("axis-accepted-at", view.speech.date_time(packet.accepted_at)),
        ("axis-handed-in-by", packet.sent_by_name.clone()),
    ];
    let codes = [
        ("axis-document-id", packet.document_id.clone()),
        ("axis-doc-id", packet.id.to_string()),
        ("axis-sha256", packet.sha256.clone()),
    ];
    let said = lines.into_iter().filter(|(_, value)| !value.is_empty());
    let said = said.map(|(word, value)| SummaryRow::new(view.t(word), &value));
    let code = |text: &str| Markup::trusted(format!("<code>{}</code>", escape(text)));
    let codes = codes.into_iter().map(|(word, text)| SummaryRow::markup(view.t(word), code(&text)));
    Summary::new(view, said.chain(codes).collect())
}

fn delivery_row(view: &View, one: &Delivery) -> DeliveryRow {
    let on = |at| view.speech.date_time(at);
    let mut words: Vec<String> = Vec::new();
    if let Some(code) = one.business() {
        let at = one.standing_at.map(on).unwrap_or_default();
        words.push(format!("{}, {at}", said(view, code.code())));
    }
    if one.standing.asked.is_some() {
        words.push(view.t("axis-delivery-asked"));
    }
    if let Some(at) = one.recalled_at {
        words.push(view.with("axis-delivery-recalled", &[("at", on(at).into())]));
    }
    if words.is_empty() {
        words.push(view.t("axis-delivery-silent"));
    }
    DeliveryRow {
        code: one.to_code.clone(),
        name: one.to_name.clone(),
        route: view.t(route_word(one.route)),
        transport: transport(view, one.transport.code()),
        transport_at: on(one.transport_at),
        description: one.description.clone(),
        said: words.join(". "),
        receipt: one.receipt.clone().unwrap_or_default(),
    }
}

fn stations(view: &View, found: &Whole) -> Timeline {
    Timeline(found.events.iter().map(|event| station(view, found, event)).collect())
}

fn station(view: &View, found: &Whole, event: &Event) -> Moment {
    let tone = match event.what {
        What::Stranded | What::Failed | What::AboutUnknown => Tone::Bad,
        What::SaidLate | What::Repeated | What::Asked | What::Withdrawn | What::Discarded => {
            Tone::Warn
        }
        _ => Tone::Good,
    };
    let to = event.delivery.and_then(|id| found.deliveries.iter().find(|one| one.id == id));
    let to = to.map(|one| format!(" → {}", one.to_code)).unwrap_or_default();
    let by = if event.by.is_empty() { String::new() } else { format!(", {}", event.by) };
    let detail = match event.what {
        What::Said | What::SaidLate => said(view, &event.detail),
        _ => event.detail.clone(),
    };
    let mut text = escape(&detail);
    if !event.sha256.is_empty() {
        let gap = if text.is_empty() { "" } else { "<br>" };
        text.push_str(&format!("{gap}<code>{}</code>", escape(&event.sha256)));
    }
    Moment {
        tone,
        title: format!("{}{to}", view.t(&event.what.word())),
        when: format!("{}{by}", view.speech.date_time(event.at)),
        text: (!text.is_empty()).then(|| Markup::trusted(text)),
    }
}

/// The container with everything that proves what became of the packet.
pub(crate) async fn evidence(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let id = PacketId::parse(&id).ok_or_else(Problem::not_found)?;
    let (scribe, home) = (Scribe::of(&ctx, &actor), actor.own().unit.map(UnitId));
    // The agency's seal is in the hands of its document clerk, here as everywhere.
    let home = home.filter(|home| actor.offices(Right::SealDocuments).contains(home));
    let made = evidence::export(&ctx, (&scribe, home), id).await?;
    let (name, media) = (format!("bang-chung-{id}.asice"), wire::asice::MEDIA_TYPE);
    let body = (Body::from_stream(made.body), made.size_bytes);
    Ok(Reply::stream(&name, media, Shown::Saved, body))
}

/// The bytes as they were received; who took them is written down.
pub(crate) async fn bytes(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let id = PacketId::parse(&id).ok_or_else(Problem::not_found)?;
    let opened = crate::queries::open(&ctx, id).await?;
    keeping::note_reading(&ctx, &Scribe::of(&ctx, &actor), id).await?;
    let size_bytes = u64::try_from(opened.size_bytes).unwrap_or_default();
    let body = (Body::from_stream(opened.body), size_bytes);
    Ok(Reply::stream(&format!("{id}.edxml"), "application/octet-stream", Shown::Saved, body))
}

pub(crate) async fn post_hold(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let found = found(&ctx, &id).await?;
    let (scribe, packet) = (Scribe::of(&ctx, &actor), found.packet.id);
    match keeping::hold(&ctx, &scribe, (packet, typed.get("reason"))).await {
        Ok(()) => Ok(Reply::see(&place(packet)).notice("axis-notice-held")),
        Err(refusal) => {
            let errors = super::watch_form::at_field(&view, refusal)?;
            Ok(page((&view, &actor), &found, (&typed, &errors)).await?.into())
        }
    }
}

pub(crate) async fn post_lift(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let packet = PacketId::parse(&id).ok_or(Refusal::Nothing)?;
    keeping::lift_hold(&ctx, &Scribe::of(&ctx, &actor), packet).await?;
    Ok(Reply::see(&place(packet)).notice("axis-notice-lifted"))
}

fn place(packet: PacketId) -> String {
    format!("{HERE}/goi-tin/{packet}")
}
