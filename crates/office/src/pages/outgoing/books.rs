//! /can-bo/van-ban-di/so: the books of a clerk's office; keeping numbers free, striking one out,
//! locking; what is missing and what stands twice.

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Right};
use organisations::{Unit, UnitId};
use platform::Ctx;
use platform::store::StoreError;
use platform::web::form::{Answers, Errors, Field, Kind, Width};
use platform::web::pieces::{Tag, Tone};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;

use crate::HERE;
use crate::book::{Book, BookId, Entry, NumberState};
use crate::commands::books as commands;
use crate::numbering::{Findings, RESERVED_MAX, findings};
use crate::pages::offices::OFFICES;
use crate::pages::{at_desk, at_field};
use crate::refusal::Refusal;
use crate::store::books;

#[derive(Template)]
#[template(path = "outgoing_books.html")]
struct BooksTemplate<'a> {
    view: &'a View,
    units: Vec<UnitRows>,
}

struct UnitRows {
    name: String,
    groups: String,
    rows: Vec<Row>,
}

struct Row {
    id: Uuid,
    name: String,
    year: i64,
    direction: String,
    next: String,
    state: Tag,
}

#[derive(Template)]
#[template(path = "outgoing_book.html")]
struct BookTemplate<'a> {
    view: &'a View,
    errors: Markup,
    heading: String,
    here: String,
    is_locked: bool,
    locked: Option<String>,
    is_new: bool,
    missing: Option<String>,
    doubled: Option<String>,
    reserved: Vec<(i64, String, String)>,
    voided: Vec<(String, String)>,
    inserted: Vec<(String, String)>,
    count: Field,
    reason: Field,
    void: Vec<Field>,
    first: Field,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    actor.require_anywhere(Right::RegisterDocuments)?;
    let units = actor.offices(Right::RegisterDocuments);
    let all = of_units(&ctx, units).await?;
    let template =
        BooksTemplate { view: &view, units: all.iter().map(|one| unit_rows(&view, one)).collect() };
    let page = Page::new(&view, view.t("office-books"), &template)?.wide().back(HERE);
    Ok(at_desk(&view, &actor, page).await)
}

async fn of_units(ctx: &Ctx, units: Vec<UnitId>) -> Result<Vec<(Unit, Vec<Book>)>, StoreError> {
    ctx.store
        .read(move |tx| {
            let mut found = Vec::new();
            for id in &units {
                if let Some(unit) = organisations::queries::unit(tx, *id)? {
                    found.push((unit, books::of_unit(tx, *id)?));
                }
            }
            Ok(found)
        })
        .await
}

fn unit_rows(view: &View, (unit, all): &(Unit, Vec<Book>)) -> UnitRows {
    UnitRows {
        name: unit.name.as_str().to_owned(),
        groups: format!("{OFFICES}/{}/nhom", unit.code.as_str()),
        rows: all.iter().map(|book| row(view, book)).collect(),
    }
}

fn row(view: &View, book: &Book) -> Row {
    let (tone, word) = match book.locked_at {
        Some(_) => (Tone::Plain, "office-book-locked"),
        None => (Tone::Good, "office-book-open"),
    };
    Row {
        id: book.id.0,
        name: book.name.clone(),
        year: book.year,
        direction: view.t(book.direction.word()),
        next: crate::book::written(book.next, ""),
        state: Tag::new(tone, view.t(word)),
    }
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    let said = (Answers::default(), Errors::new());
    page(&view, (&ctx, &actor), BookId(id), (&said.0, &said.1)).await
}

/// What is done with a book: which, the form says.
pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let id = BookId(id);
    match done(&ctx, &actor, id, &answers).await {
        Ok(notice) => Ok(Reply::see(&format!("{HERE}/so/{id}")).notice(notice)),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, (&ctx, &actor), id, (&answers, &errors)).await?.into())
        }
    }
}

async fn done(
    ctx: &Ctx,
    actor: &Actor,
    id: BookId,
    answers: &Answers,
) -> Result<&'static str, Refusal> {
    let number = |name: &str| answers.get(name).trim().parse::<i64>().unwrap_or(0);
    match answers.get("act") {
        "reserve" => {
            let wish = (id, number("count"));
            commands::reserve(ctx, actor, wish, answers.get("reason")).await?;
            Ok("office-notice-reserved")
        }
        "void" => {
            let why = answers.get("why");
            commands::void(ctx, actor, (id, number("reserved")), why).await?;
            Ok("office-notice-voided")
        }
        "begin" => {
            commands::begin_at(ctx, actor, (id, number("behind"))).await?;
            Ok("office-notice-book-begun")
        }
        "lock" => {
            commands::lock(ctx, actor, id).await?;
            Ok("office-notice-book-locked")
        }
        "unlock" => {
            commands::unlock(ctx, actor, id).await?;
            Ok("office-notice-book-unlocked")
        }
        _ => Err(Refusal::Nothing),
    }
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: BookId,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let who = actor.clone();
    let read: Result<(Book, Vec<Entry>), Refusal> = ctx
        .store
        .read(move |tx| Ok((commands::kept(tx, &who, id)?, books::entries(tx, id)?)))
        .await;
    let (book, entries) = read?;
    let found = findings(&book, &entries);
    let template = template(view, (&book, &entries, &found), (typed, errors));
    let title = template.heading.clone();
    let page = Page::new(view, title, &template)?.back(format!("{HERE}/so"));
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

fn template<'a>(
    view: &'a View,
    (book, entries, found): (&Book, &[Entry], &Findings),
    (typed, errors): (&Answers, &Errors),
) -> BookTemplate<'a> {
    let field = |kind: Kind, name: &str, word: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(word));
        field.value(typed.get(name)).errors(errors)
    };
    let of_state = |state: NumberState| entries.iter().filter(move |one| one.state == state);
    let told = |one: &Entry| {
        let when = view.speech.date(one.dated);
        (one.text(), format!("{when}, {}: {}", one.given_name, one.reason))
    };
    let kept = of_state(NumberState::Reserved).map(|one| {
        let (text, told) = told(one);
        (one.ordinal, text, told)
    });
    let locked = book.locked_at.zip(book.locked_name.as_ref()).map(|(at, name)| {
        let told = [("at", view.speech.date_time(at).into()), ("name", name.into())];
        view.with("office-book-locked-by", &told)
    });
    let list = |all: Vec<String>| (!all.is_empty()).then(|| all.join(", "));
    BookTemplate {
        view,
        errors: errors.summary(&view.speech),
        heading: format!("{} {}", book.name, book.year),
        here: format!("{HERE}/so/{}", book.id),
        is_locked: book.locked_at.is_some(),
        locked,
        is_new: book.first == book.next,
        missing: list(found.missing.iter().map(|one| crate::book::written(*one, "")).collect()),
        doubled: list(found.doubled.clone()),
        reserved: kept.collect(),
        voided: of_state(NumberState::Void).map(told).collect(),
        inserted: entries.iter().filter(|one| !one.suffix.is_empty()).map(told).collect(),
        count: field(Kind::Digits, "count", "office-reserve-count")
            .width(Width::Four)
            .hint(view.with("office-reserve-count-hint", &[("limit", RESERVED_MAX.into())])),
        reason: field(Kind::Text, "reason", "office-reserve-why"),
        void: vec![
            field(Kind::Digits, "reserved", "office-void-which").width(Width::Four),
            field(Kind::Text, "why", "office-void-why"),
        ],
        first: field(Kind::Digits, "behind", "office-begin-at").width(Width::Four),
    }
}
