//! /quan-tri/van-phong: the desks of agencies, and what their documents say about them.

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Right};
use organisations::{Unit, UnitId};
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use platform::web::form::{Answers, Errors, Field, Kind, Width};
use platform::web::pieces::{Tag, Tone};
use platform::web::{Form, Markup, Page, Problem, Reply, View};

use crate::commands::desks as commands;
use crate::desk::{Desk, Facts};
use crate::pages::{at_desk, at_field};
use crate::queries::codes;
use crate::refusal::Refusal;
use crate::store::desks;

pub(crate) const OFFICES: &str = "/quan-tri/van-phong";

#[derive(Template)]
#[template(path = "offices.html")]
struct OfficesTemplate<'a> {
    view: &'a View,
    search: Field,
    rows: Vec<Row>,
}

struct Row {
    code: String,
    name: String,
    state: Tag,
    since: String,
}

#[derive(Template)]
#[template(path = "office.html")]
struct OfficeTemplate<'a> {
    view: &'a View,
    errors: Markup,
    name: String,
    code: String,
    here: String,
    state: Tag,
    is_open: bool,
    fields: Vec<Field>,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    actor.require_anywhere(Right::ManageOffice)?;
    let words = view.query("tim").unwrap_or_default();
    let (who, asked, now) = (actor.clone(), words.clone(), view.now);
    let read: Result<Vec<(Unit, Option<Desk>)>, StoreError> =
        ctx.store.read(move |tx| managed(tx, &who, (&asked, local(now).date()))).await;
    let rows = read?.iter().map(|(unit, desk)| row(&view, unit, desk.as_ref())).collect();
    let search = Field::new(&view.speech, Kind::Search, "tim", view.t("office-search-agency"));
    let template = OfficesTemplate { view: &view, search: search.value(words), rows };
    let page = Page::new(&view, view.t("office-offices-manage"), &template)?.wide();
    Ok(at_desk(&view, &actor, page).await)
}

/// One's own agencies and the desks below them; or what was looked for.
fn managed(
    tx: &mut Tx,
    actor: &Actor,
    (words, today): (&str, jiff::civil::Date),
) -> Result<Vec<(Unit, Option<Desk>)>, StoreError> {
    let mut units = Vec::new();
    if words.trim().is_empty() {
        let own = actor.offices(Right::ManageOffice);
        let open = axis::queries::desks(tx)?.into_iter().map(UnitId);
        for id in own.into_iter().chain(open) {
            units.extend(organisations::queries::unit(tx, id)?);
        }
    } else {
        units = codes::search(tx, words, today)?;
    }
    let mut found: Vec<(Unit, Option<Desk>)> = Vec::new();
    for unit in units {
        let is_known = found.iter().any(|(one, _)| one.id == unit.id);
        if !is_known && actor.authority(tx, Right::ManageOffice, unit.id)?.is_some() {
            let desk = desks::of(tx, unit.id)?;
            found.push((unit, desk));
        }
    }
    Ok(found)
}

fn row(view: &View, unit: &Unit, desk: Option<&Desk>) -> Row {
    Row {
        code: unit.code.as_str().to_owned(),
        name: unit.name.as_str().to_owned(),
        state: state(view, desk),
        since: desk.map(|desk| view.speech.date_time(desk.opened_at)).unwrap_or_default(),
    }
}

fn state(view: &View, desk: Option<&Desk>) -> Tag {
    match desk {
        Some(desk) if desk.is_open() => Tag::new(Tone::Good, view.t("office-desk-open")),
        Some(_) => Tag::new(Tone::Plain, view.t("office-desk-closed")),
        None => Tag::new(Tone::Plain, view.t("office-desk-none")),
    }
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let (unit, desk) = unit_of(&ctx, &actor, &code).await?;
    let typed = first_answers(desk.as_ref());
    page(&view, (&unit, desk.as_ref()), &actor, (&typed, &Errors::new())).await
}

/// Opens the desk, or changes what it says.
pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let (unit, desk) = unit_of(&ctx, &actor, &code).await?;
    match commands::open(&ctx, &actor, (unit.id, facts(&answers))).await {
        Ok(()) => Ok(Reply::see(&here(&unit)).notice("office-notice-desk-open")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            let said = (&answers, &errors);
            Ok(page(&view, (&unit, desk.as_ref()), &actor, said).await?.into())
        }
    }
}

pub(crate) async fn post_close(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let (unit, _) = unit_of(&ctx, &actor, &code).await?;
    commands::close(&ctx, &actor, unit.id).await?;
    Ok(Reply::see(&here(&unit)).notice("office-notice-desk-closed"))
}

/// A unit whose office this officer manages; for others there is nothing.
pub(super) async fn unit_of(
    ctx: &Ctx,
    actor: &Actor,
    code: &str,
) -> Result<(Unit, Option<Desk>), Refusal> {
    let (actor, code) = (actor.clone(), code.to_owned());
    ctx.store
        .read(move |tx| {
            let unit = organisations::queries::by_code(tx, &code)?.ok_or(Refusal::Nothing)?;
            commands::manages(tx, &actor, unit.id)?;
            let desk = desks::of(tx, unit.id)?;
            Ok((unit, desk))
        })
        .await
}

fn facts(answers: &Answers) -> Facts {
    let text = |name: &str| answers.get(name).to_owned();
    Facts {
        abbreviation: text("abbreviation"),
        part: text("part"),
        collective: text("collective"),
        address: text("address"),
        email: text("email"),
        telephone: text("telephone"),
    }
}

fn first_answers(desk: Option<&Desk>) -> Answers {
    let facts = desk.map(Desk::facts).unwrap_or_default();
    let pairs = [
        ("abbreviation", facts.abbreviation),
        ("part", facts.part),
        ("collective", facts.collective),
        ("address", facts.address),
        ("email", facts.email),
        ("telephone", facts.telephone),
    ];
    Answers::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value)).into())
}

fn here(unit: &Unit) -> String {
    format!("{OFFICES}/{}", unit.code.as_str())
}

async fn page(
    view: &View,
    (unit, desk): (&Unit, Option<&Desk>),
    actor: &Actor,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let template = OfficeTemplate {
        view,
        errors: errors.summary(&view.speech),
        name: unit.name.as_str().to_owned(),
        code: unit.code.as_str().to_owned(),
        here: here(unit),
        state: state(view, desk),
        is_open: desk.is_some_and(Desk::is_open),
        fields: fields(view, (typed, errors)),
    };
    let page = Page::new(view, view.t("office-desk"), &template)?.back(OFFICES);
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

fn fields(view: &View, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let field = |kind: Kind, name: &str| {
        let label = view.t(&format!("office-desk-{name}"));
        let field = Field::new(&view.speech, kind, name, label);
        field.value(typed.get(name)).errors(errors)
    };
    let hint = |name: &str| view.t(&format!("office-desk-{name}-hint"));
    vec![
        field(Kind::Text, "abbreviation").hint(hint("abbreviation")).width(Width::Ten),
        field(Kind::Text, "part").hint(hint("part")).width(Width::Ten).optional(&view.speech),
        field(Kind::Text, "collective").hint(hint("collective")).optional(&view.speech),
        field(Kind::Text, "address").optional(&view.speech),
        field(Kind::Email, "email").optional(&view.speech),
        field(Kind::Phone, "telephone").optional(&view.speech),
    ]
}
