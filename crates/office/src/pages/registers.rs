//! /can-bo/so-van-ban: the registers of an office by book and days, on screen, as paper and sheet.
//!
//! Law: NĐ 30/2020/NĐ-CP app. IV

use askama::Template;
use axum::extract::State;
use identity::Actor;
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Choice, DateParts, Errors, Field, Kind};
use platform::web::{Markup, Page, Problem, Reply, Shown, View};
use platform::words::{Locale, Speech};
use serde::Serialize;
use uuid::Uuid;

use super::at_office::{At, at};
use super::{at_desk, days, file_name, paper_head, print};
use crate::book::Book;
use crate::hand::Asker;
use crate::papers::{Head, printable};
use crate::queries::registers::{self, Lines, month_of};
use crate::refusal::Refusal;
use crate::register::{InRow, LINES_MAX, OutRow, Register, Row};
use crate::sheet;
use crate::store::registers::Range;

const HERE: &str = "/can-bo/so-van-ban";

#[derive(Template)]
#[template(path = "registers.html")]
struct RegistersTemplate<'a> {
    view: &'a View,
    errors: Markup,
    tabs: Vec<(String, String, bool)>,
    title: String,
    register: &'static str,
    fields: Vec<Field>,
    columns: Vec<String>,
    rows: Vec<(Option<String>, Vec<String>)>,
    has_book: bool,
    cut: Option<String>,
    csv: String,
    pdf: String,
}

/// A register as it was asked for.
struct Asked {
    at: At,
    register: Register,
    books: Vec<Book>,
    /// None where the office has no book yet.
    book: Option<Book>,
    range: Range,
    lines: Lines,
    errors: Errors,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let asked = read(&view, (&ctx, &actor), view.speech.clone()).await?;
    let template = template(&view, &asked);
    let page = Page::new(&view, view.t(&asked.register.word()), &template)?.wide();
    let page = if asked.errors.is_empty() { page } else { page.error() };
    Ok(at_desk(&view, &actor, page).await)
}

async fn read(view: &View, (ctx, actor): (&Ctx, &Actor), speech: Speech) -> Result<Asked, Problem> {
    let at = at(view, ctx, actor).await?;
    let register = view.query("so").and_then(|code| Register::parse(&code));
    let register = register.unwrap_or(Register::Out);
    let chosen = view.query("quyen").and_then(|id| Uuid::try_parse(&id).ok());
    let (span, errors) = days(view, month_of(local(view.now).date()));
    let (asker, office) = (Asker::of(ctx, actor), at.office.clone());
    let read: Result<_, Refusal> = ctx
        .store
        .read(move |tx| {
            if !registers::may_look(tx, &asker, &office)? {
                return Err(Refusal::Nothing);
            }
            let books = registers::books(tx, &office, register)?;
            let book = match chosen {
                Some(id) => books.iter().find(|book| book.id.0 == id),
                None => books.first(),
            };
            let book = book.cloned();
            let id = book.as_ref().map(|book| book.id).unwrap_or(crate::BookId(Uuid::nil()));
            let range = Range { book: id, from: span.0, to: span.1 };
            let lines = registers::lines(tx, &speech, register, &range)?;
            Ok((books, book, range, lines))
        })
        .await;
    let (books, book, range, lines) = read?;
    Ok(Asked { at, register, books, book, range, lines, errors })
}

fn template<'a>(view: &'a View, asked: &Asked) -> RegistersTemplate<'a> {
    let tab = |one: &Register| {
        let path = view.here_with(&[("so", one.code()), ("quyen", "")]);
        (path, view.t(&one.word()), *one == asked.register)
    };
    let cells = |row: &Row| row.cells().into_iter().map(str::to_owned).collect();
    let lines = asked.lines.rows.iter().zip(&asked.lines.paths);
    let export = |ending: &str| view.here().replacen(HERE, ending, 1);
    RegistersTemplate {
        view,
        errors: asked.errors.summary(&view.speech),
        tabs: Register::ALL.iter().map(tab).collect(),
        title: view.t(&asked.register.word()),
        register: asked.register.code(),
        fields: fields(view, asked),
        columns: asked.register.columns().iter().map(|word| view.t(word)).collect(),
        rows: lines.map(|(row, path)| (path.clone(), cells(row))).collect(),
        has_book: asked.book.is_some(),
        cut: asked
            .lines
            .is_cut
            .then(|| view.with("office-register-cut", &[("count", LINES_MAX.into())])),
        csv: export("/can-bo/so-van-ban/xuat"),
        pdf: export("/can-bo/so-van-ban/in"),
    }
}

fn fields(view: &View, asked: &Asked) -> Vec<Field> {
    let book = |one: &Book| Choice::new(one.id.to_string(), format!("{} ({})", one.name, one.year));
    let books = Kind::Select(asked.books.iter().map(book).collect());
    let chosen = asked.book.as_ref().map(|book| book.id.to_string()).unwrap_or_default();
    let field = |kind, name: &str, word: &str| {
        Field::new(&view.speech, kind, name, view.t(word)).errors(&asked.errors)
    };
    let day = |name: &str, word: &str, day| field(Kind::Date, name, word).date(DateParts::of(day));
    let mut fields: Vec<Field> = asked.at.field(view).into_iter().collect();
    fields.push(field(books, "quyen", "office-search-book").value(chosen));
    fields.push(day("tu", "office-search-from", asked.range.from));
    fields.push(day("den", "office-search-to", asked.range.to));
    fields
}

pub(crate) async fn export(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    let asked = read(&view, (&ctx, &actor), view.speech.clone()).await?;
    let head: Vec<String> = asked.register.columns().iter().map(|word| view.t(word)).collect();
    let cells = |row: &Row| row.cells().into_iter().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> = asked.lines.rows.iter().map(cells).collect();
    let bytes = sheet::csv(&head, &rows).map_err(|error| Problem::broken(&error.to_string()))?;
    let name = file_name(&view, asked.register.template(), "csv");
    Ok(Reply::file(&name, "text/csv; charset=utf-8", Shown::Saved, bytes))
}

/// A register as the press takes it.
#[derive(Serialize)]
struct Printed {
    letterhead: Head,
    title: String,
    book: String,
    year: String,
    period: String,
    /// From which number to which.
    range: String,
    rows: Vec<Row>,
}

pub(crate) async fn print_register(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    let speech = ctx.words.speak(Locale::Vi);
    let asked = read(&view, (&ctx, &actor), speech.clone()).await?;
    let letterhead = paper_head(&ctx, asked.at.office.unit).await?;
    let printed = printed(&speech, &asked, letterhead);
    let name = file_name(&view, asked.register.template(), "pdf");
    print(&ctx, (asked.register.template(), &printed), &name).await
}

fn printed(speech: &Speech, asked: &Asked, letterhead: Head) -> Printed {
    let (from, to) = (speech.date(asked.range.from), speech.date(asked.range.to));
    let year = asked.book.as_ref().map_or(i64::from(asked.range.from.year()), |book| book.year);
    Printed {
        letterhead,
        title: speech.t(&asked.register.word()),
        book: asked.book.as_ref().map(|book| printable(&book.name)).unwrap_or_default(),
        year: year.to_string(),
        period: speech.with("office-from-to", &[("from", from.into()), ("to", to.into())]),
        range: match (asked.lines.rows.first(), asked.lines.rows.last()) {
            (Some(first), Some(last)) => speech.with(
                "office-register-range",
                &[("first", number(first).into()), ("last", number(last).into())],
            ),
            _ => String::new(),
        },
        rows: asked.lines.rows.iter().map(on_paper).collect(),
    }
}

fn number(row: &Row) -> String {
    match row {
        Row::Out(OutRow { number, .. }) | Row::In(InRow { number, .. }) => printable(number),
        Row::FollowUp(row) => printable(&row.number),
    }
}

/// Every cell as the press can set it.
fn on_paper(row: &Row) -> Row {
    let mut row = row.clone();
    row.each(|cell| *cell = printable(cell));
    row
}
