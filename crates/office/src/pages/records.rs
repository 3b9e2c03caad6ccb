//! /can-bo/van-ban/{direction}/{id}: what is kept about a document besides itself, and its
//! metadata.
//!
//! Law: NĐ 30/2020/NĐ-CP app. VI

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::{Form, Markup, Page, Problem, Reply, Shown, View};
use uuid::Uuid;

use super::{at_desk, at_field};
use crate::commands::{links, work_dossiers};
use crate::document::Direction;
use crate::hand::Asker;
use crate::link::{Link, LinkKind};
use crate::metadata::Metadata;
use crate::queries::cards::Card;
use crate::queries::records::{self, Records};
use crate::record_fault::RecordFault;
use crate::refusal::Refusal;
use crate::sheet;
use crate::work_dossier::WorkDossierId;

#[derive(Template)]
#[template(path = "records.html")]
struct RecordsTemplate<'a> {
    view: &'a View,
    errors: Markup,
    here: String,
    title: String,
    path: String,
    is_incoming: bool,
    links: Vec<LinkRow>,
    link_fields: Vec<Field>,
    dossiers: Vec<(Uuid, String)>,
    dossier_field: Option<Field>,
    readings: Option<Vec<(String, String, String)>>,
    texts: Vec<(String, String)>,
}

struct LinkRow {
    kind: String,
    code: &'static str,
    other: Uuid,
    title: Option<(String, String)>,
    made: String,
}

/// How a document is named in the addresses.
fn place(direction: &str, id: &str) -> Result<(Direction, Uuid), Problem> {
    let direction = match direction {
        "den" => Direction::In,
        "di" => Direction::Out,
        _ => return Err(Problem::not_found()),
    };
    Ok((direction, Uuid::try_parse(id).map_err(|_| Problem::not_found())?))
}

pub(crate) fn path(direction: Direction, id: Uuid) -> String {
    match direction {
        Direction::In => format!("/can-bo/van-ban/den/{id}"),
        Direction::Out => format!("/can-bo/van-ban/di/{id}"),
    }
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((direction, id)): Path<(String, String)>,
) -> Result<Page, Problem> {
    let place = place(&direction, &id)?;
    page(&view, (&ctx, &actor), place, (&Answers::default(), &Errors::new())).await
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (direction, id): (Direction, Uuid),
    said: (&Answers, &Errors),
) -> Result<Page, Problem> {
    let asker = Asker::of(ctx, actor);
    let read: Result<Records, Refusal> =
        ctx.store.read(move |tx| records::records(tx, &asker, direction, id)).await;
    let records = read?;
    let template = template(view, &records, said);
    let page = Page::new(view, view.t("office-records"), &template)?;
    let page = page.back(records.card.path());
    let page = if said.1.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

fn template<'a>(
    view: &'a View,
    records: &Records,
    (typed, errors): (&Answers, &Errors),
) -> RecordsTemplate<'a> {
    let card = &records.card;
    let title = |(id, code, title): &(Uuid, String, String)| (*id, format!("{code}. {title}"));
    let reading = |one: &crate::store::readings::Reading| {
        let what = match one.what.is_empty() {
            true => view.t("office-reading-document"),
            false => one.what.clone(),
        };
        (one.name.clone(), view.speech.date_time(one.at), what)
    };
    let text = |one: &crate::store::full_text::KeptText| {
        (one.name.clone(), view.t(&format!("office-text-{}", one.state.code())))
    };
    RecordsTemplate {
        view,
        errors: errors.summary(&view.speech),
        here: path(card.direction, card.id),
        title: card.title(),
        path: card.path(),
        is_incoming: card.direction == Direction::In,
        links: records.links.iter().map(|one| link_row(view, card.id, one)).collect(),
        link_fields: link_fields(view, (typed, errors)),
        dossiers: records.dossiers.iter().map(title).collect(),
        dossier_field: dossier_field(view, &records.open, errors),
        readings: records.readings.as_ref().map(|all| all.iter().map(reading).collect()),
        texts: records.texts.iter().map(text).collect(),
    }
}

fn link_row(view: &View, id: Uuid, (link, other): &(Link, Option<Card>)) -> LinkRow {
    let is_first = link.document == id;
    let kind = if is_first { link.kind.word() } else { link.kind.word_of_other() };
    LinkRow {
        kind: view.t(&kind),
        code: link.kind.code(),
        other: if is_first { link.other } else { link.document },
        title: other.as_ref().map(|card| (card.path(), card.title())),
        made: format!("{}, {}", link.made_name, view.speech.date_time(link.made_at)),
    }
}

fn link_fields(view: &View, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let kind = |one: &LinkKind| Choice::new(one.code(), view.t(&one.word()));
    let kinds = Kind::Select(LinkKind::ALL.iter().map(kind).collect());
    let kind = Field::new(&view.speech, kinds, "kieu", view.t("office-link-kind"));
    let other = Field::new(&view.speech, Kind::Text, "van-ban", view.t("office-link-other"));
    let other = other.hint(view.t("office-link-other-hint")).autocomplete("off");
    vec![
        kind.value(typed.get("kieu")).errors(errors),
        other.value(typed.get("van-ban")).errors(errors),
    ]
}

fn dossier_field(view: &View, open: &[(Uuid, String, String)], errors: &Errors) -> Option<Field> {
    if open.is_empty() {
        return None;
    }
    let choice = |(id, code, title): &(Uuid, String, String)| {
        Choice::new(id.to_string(), format!("{code}. {title}"))
    };
    let choices = Kind::Select(open.iter().map(choice).collect());
    let field = Field::new(&view.speech, choices, "ho-so", view.t("office-work-dossier"));
    Some(field.errors(errors))
}

pub(crate) async fn post_link(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((direction, id)): Path<(String, String)>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let place = place(&direction, &id)?;
    match link(&ctx, &actor, place, &answers).await {
        Ok(()) => Ok(Reply::see(&path(place.0, place.1)).notice("office-notice-linked")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, (&ctx, &actor), place, (&answers, &errors)).await?.into())
        }
    }
}

async fn link(
    ctx: &Ctx,
    actor: &Actor,
    place: (Direction, Uuid),
    answers: &Answers,
) -> Result<(), Refusal> {
    let kind = LinkKind::parse(answers.get("kieu")).ok_or(RecordFault::Link)?;
    let (asker, text) = (Asker::of(ctx, actor), answers.get("van-ban").to_owned());
    let found: Result<_, Refusal> = ctx
        .store
        .read(move |tx| {
            let one = crate::queries::cards::seen(tx, &asker, place.0, place.1)?;
            records::named(tx, (&asker, one.unit), &text)
        })
        .await;
    let other = found?.ok_or(RecordFault::Document)?;
    links::make(ctx, actor, kind, (place, other)).await
}

pub(crate) async fn post_unlink(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((direction, id)): Path<(String, String)>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let place = place(&direction, &id)?;
    let kind = LinkKind::parse(answers.get("kieu")).ok_or_else(Problem::not_found)?;
    let other = Uuid::try_parse(answers.get("kia")).map_err(|_| Problem::not_found())?;
    links::remove(&ctx, &actor, kind, (place, other)).await?;
    Ok(Reply::see(&path(place.0, place.1)).notice("office-notice-unlinked"))
}

pub(crate) async fn post_dossier(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((direction, id)): Path<(String, String)>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let place = place(&direction, &id)?;
    let dossier = Uuid::try_parse(answers.get("ho-so")).unwrap_or_default();
    let content = (place.1, String::new());
    match work_dossiers::put(&ctx, &actor, WorkDossierId(dossier), content).await {
        Ok(()) => Ok(Reply::see(&path(place.0, place.1)).notice("office-notice-put")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, (&ctx, &actor), place, (&answers, &errors)).await?.into())
        }
    }
}

/// The metadata as JSON, for programs.
pub(crate) async fn metadata_json(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((direction, id)): Path<(String, String)>,
) -> Result<Reply, Problem> {
    let (card, metadata) = metadata(&ctx, &actor, place(&direction, &id)?).await?;
    let text = serde_json::to_vec_pretty(&metadata.json())
        .map_err(|error| Problem::broken(&error.to_string()))?;
    let name = format!("sieu-du-lieu-{}.json", card.id);
    Ok(Reply::file(&name, "application/json", Shown::Saved, text))
}

/// The same as a sheet with a line for each member.
pub(crate) async fn metadata_csv(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((direction, id)): Path<(String, String)>,
) -> Result<Reply, Problem> {
    let (card, metadata) = metadata(&ctx, &actor, place(&direction, &id)?).await?;
    let head = [view.t("office-metadata-name"), view.t("office-metadata-value")];
    let bytes = sheet::csv(&head, &metadata.cells())
        .map_err(|error| Problem::broken(&error.to_string()))?;
    let name = format!("sieu-du-lieu-{}.csv", card.id);
    Ok(Reply::file(&name, "text/csv; charset=utf-8", Shown::Saved, bytes))
}

async fn metadata(
    ctx: &Ctx,
    actor: &Actor,
    (direction, id): (Direction, Uuid),
) -> Result<(Card, Metadata), Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store.read(move |tx| records::metadata(tx, &asker, direction, id)).await
}
