//! /quan-tri/van-phong/danh-muc-dien-tu: which types of documents a unit sends without a copy on
//! paper, with what it has from above.

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Right};
use jiff::civil::Date;
use organisations::{Unit, UnitId};
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::pieces::{Tag, Tone};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;

use super::{at_desk, at_field, day, from_day};
use crate::catalogue::{BASIS_LETTERS_MAX, Paperless};
use crate::commands::paperless::{self, NewLines};
use crate::document::{DocumentType, TYPES};
use crate::store;

const HERE: &str = "/quan-tri/van-phong/danh-muc-dien-tu";

#[derive(Template)]
#[template(path = "paperless.html")]
struct PaperlessTemplate<'a> {
    view: &'a View,
    errors: Markup,
    office: Option<Field>,
    unit: String,
    unit_id: Uuid,
    own: Vec<Row>,
    above: Vec<Row>,
    fields: Vec<Field>,
}

struct Row {
    id: Uuid,
    kind: String,
    unit: String,
    dates: String,
    basis: String,
    made: String,
    state: Tag,
    ends: bool,
}

/// The units that this officer administers, the one that is looked at, its lines and those above.
struct Ruled {
    units: Vec<Unit>,
    unit: Unit,
    own: Vec<Paperless>,
    above: Vec<(String, Paperless)>,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let typed = Answers::from_pairs(from_day("tu", local(ctx.clock.now()).date()));
    page(&view, (&ctx, &actor), (&typed, &Errors::new())).await
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    actor.require_anywhere(Right::ManageOffice)?;
    let chosen = view.query("don-vi").and_then(|id| Uuid::try_parse(&id).ok()).map(UnitId);
    let offices = actor.offices(Right::ManageOffice);
    let read: Result<Option<Ruled>, StoreError> =
        ctx.store.read(move |tx| read(tx, &offices, chosen)).await;
    let ruled = read?.ok_or_else(Problem::not_found)?;
    let template = template(view, &ruled, (typed, errors));
    let page = Page::new(view, view.t("office-paperless"), &template)?;
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

fn read(
    tx: &mut Tx,
    offices: &[UnitId],
    chosen: Option<UnitId>,
) -> Result<Option<Ruled>, StoreError> {
    let mut units = Vec::new();
    for office in offices {
        units.extend(organisations::queries::unit(tx, *office)?);
    }
    let unit = match chosen {
        Some(id) => units.iter().find(|unit| unit.id == id).cloned(),
        None => units.first().cloned(),
    };
    let Some(unit) = unit else { return Ok(None) };
    let own = store::paperless::of_unit(tx, unit.id)?;
    let mut above = Vec::new();
    for one in organisations::queries::path(tx, unit.id)?.iter().filter(|one| one.id != unit.id) {
        let lines = store::paperless::of_unit(tx, one.id)?;
        above.extend(lines.into_iter().map(|line| (one.name.as_str().to_owned(), line)));
    }
    Ok(Some(Ruled { units, unit, own, above }))
}

fn template<'a>(
    view: &'a View,
    ruled: &Ruled,
    (typed, errors): (&Answers, &Errors),
) -> PaperlessTemplate<'a> {
    let today = local(view.now).date();
    let name = ruled.unit.name.as_str();
    let choice = |one: &Unit| Choice::new(one.id.0.to_string(), one.name.as_str());
    let office = (ruled.units.len() > 1).then(|| {
        let choices = Kind::Select(ruled.units.iter().map(choice).collect());
        let field = Field::new(&view.speech, choices, "don-vi", view.t("office-unit"));
        field.value(ruled.unit.id.0.to_string())
    });
    let above = ruled.above.iter().filter(|(_, line)| !line.is_over(today));
    PaperlessTemplate {
        view,
        errors: errors.summary(&view.speech),
        office,
        unit: name.to_owned(),
        unit_id: ruled.unit.id.0,
        own: ruled.own.iter().map(|line| row(view, (name, line), today)).collect(),
        above: above.map(|(unit, line)| row(view, (unit, line), today)).collect(),
        fields: fields(view, (typed, errors)),
    }
}

fn row(view: &View, (unit, line): (&str, &Paperless), today: Date) -> Row {
    let from = view.speech.date(line.valid_from);
    let dates = match line.valid_to {
        Some(last) => view.with(
            "office-from-to",
            &[("from", from.into()), ("to", view.speech.date(last).into())],
        ),
        None => view.with("office-from", &[("from", from.into())]),
    };
    let (tone, word) = match (line.is_in_force(today), line.is_over(today)) {
        (true, _) => (Tone::Good, "office-in-force"),
        (false, true) => (Tone::Plain, "office-over"),
        (false, false) => (Tone::Info, "office-later"),
    };
    let kind = DocumentType::parse(&line.document_type);
    Row {
        id: line.id,
        kind: kind.map_or(line.document_type.clone(), |kind| kind.name.to_owned()),
        unit: unit.to_owned(),
        dates,
        basis: line.basis.clone(),
        made: format!("{}, {}", line.made_name, view.speech.date_time(line.made_at)),
        state: Tag::new(tone, view.t(word)),
        ends: line.valid_to.is_none_or(|last| last > today),
    }
}

fn fields(view: &View, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let types = TYPES.map(|one| Choice::new(one.code, one.name));
    let field =
        |kind, name: &str, word| Field::new(&view.speech, kind, name, view.t(word)).errors(errors);
    vec![
        field(Kind::Checkboxes(types.into()), "loai", "office-paperless-types")
            .values(&typed.all("loai")),
        field(Kind::Text, "can-cu", "office-paperless-basis")
            .hint(view.t("office-paperless-basis-hint"))
            .max_letters(BASIS_LETTERS_MAX as u32)
            .value(typed.get("can-cu")),
        field(Kind::Date, "tu", "office-first-day").date(typed.date("tu")),
        field(Kind::Date, "den", "office-last-day").optional(&view.speech).date(typed.date("den")),
    ]
}

pub(crate) async fn post_add(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let errors = match read_lines(&view, &answers) {
        Ok(new) => match paperless::add(&ctx, &actor, new).await {
            Ok(()) => return Ok(Reply::see(&view.here()).notice("office-notice-paperless-added")),
            Err(refusal) => at_field(&view, refusal)?,
        },
        Err(errors) => errors,
    };
    Ok(page(&view, (&ctx, &actor), (&answers, &errors)).await?.into())
}

fn read_lines(view: &View, answers: &Answers) -> Result<NewLines, Errors> {
    let mut errors = Errors::new();
    let from = day(view, answers, "tu", &mut errors);
    if from.is_none() && errors.is_empty() {
        errors.add("tu", view.t("office-date-wrong"));
    }
    let to = day(view, answers, "den", &mut errors);
    let unit = Uuid::try_parse(answers.get("cua")).map(UnitId).unwrap_or(UnitId(Uuid::nil()));
    match from {
        Some(valid_from) if errors.is_empty() => Ok(NewLines {
            unit,
            types: answers.all("loai").into_iter().map(str::to_owned).collect(),
            valid_from,
            valid_to: to,
            basis: answers.get("can-cu").to_owned(),
        }),
        _ => Err(errors),
    }
}

pub(crate) async fn post_end(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    paperless::end(&ctx, &actor, id).await?;
    let unit = Uuid::try_parse(answers.get("cua")).unwrap_or_default();
    let back = format!("{HERE}?don-vi={unit}");
    Ok(Reply::see(&back).notice("office-notice-paperless-ended"))
}
