//! /can-bo/van-ban-thong-ke: how an office works, with the lists behind every figure.

use askama::Template;
use axum::extract::State;
use identity::Actor;
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{DateParts, Errors, Field, Kind};
use platform::web::pieces::{Bar, Bars, Stat, Tone};
use platform::web::{Markup, Page, Problem, Reply, Shown, View};
use platform::words::{Locale, Speech};

use super::at_office::{At, Figures, at_figures};
use super::{at_desk, days, file_name, print_list};
use crate::document::DocumentType;
use crate::hand::Asker;
use crate::papers::{Column, Head, List, printable};
use crate::queries::registers::may_look;
use crate::queries::statistics::{self, Below, Counts, Course, Person, Statistics, Volumes};
use crate::refusal::Refusal;
use crate::sheet;

pub(super) const HERE: &str = "/can-bo/van-ban-thong-ke";

#[derive(Template)]
#[template(path = "statistics.html")]
struct StatisticsTemplate<'a> {
    view: &'a View,
    errors: Markup,
    fields: Vec<Field>,
    heads: Vec<String>,
    documents: Vec<Stat>,
    tasks: Vec<Stat>,
    parts: Vec<(String, Vec<String>)>,
    people: Vec<PersonRow>,
    below: Vec<BelowRow>,
    electronic: Option<Bars>,
    share: String,
    volumes: Vec<VolumeTable>,
    csv: String,
    pdf: String,
}

struct PersonRow {
    name: String,
    part: String,
    cells: Vec<(String, Option<String>)>,
}

/// An office below, with the way to its own figures.
struct BelowRow {
    name: String,
    path: String,
    received: String,
    cells: Vec<String>,
}

struct VolumeTable {
    title: String,
    months: Vec<String>,
    rows: Vec<(String, Vec<String>, String)>,
    empty: String,
}

struct Asked {
    at: At,
    span: (Date, Date),
    found: Statistics,
    /// The offices below, one by one.
    below: Vec<Below>,
    errors: Errors,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let asked = read(&view, &ctx, &actor).await?;
    let template = template(&view, &asked);
    let page = Page::new(&view, view.t("office-statistics"), &template)?.wide();
    let page = if asked.errors.is_empty() { page } else { page.error() };
    Ok(at_desk(&view, &actor, page).await)
}

/// Since the first of January.
pub(super) fn usual(view: &View) -> (Date, Date) {
    let today = local(view.now).date();
    (today.first_of_year(), today)
}

async fn read(view: &View, ctx: &Ctx, actor: &Actor) -> Result<Asked, Problem> {
    let Figures { at, below } = at_figures(view, ctx, actor).await?;
    let (span, errors) = days(view, usual(view));
    let (asker, office) = (Asker::of(ctx, actor), at.office.clone());
    let read: Result<_, Refusal> = ctx
        .store
        .read(move |tx| {
            if !may_look(tx, &asker, &office)? {
                return Err(Refusal::Nothing);
            }
            let (unit, today) = (office.unit, asker.today());
            let found = statistics::statistics(tx, unit, span, today)?;
            Ok((found, statistics::below(tx, (unit, &below), span, today)?))
        })
        .await;
    let (found, below) = read?;
    Ok(Asked { at, span, found, below, errors })
}

fn template<'a>(view: &'a View, asked: &Asked) -> StatisticsTemplate<'a> {
    let found = &asked.found;
    let export = |ending: &str| view.here().replacen(HERE, ending, 1);
    let part = |(name, counts): &(String, Counts)| {
        let name = if name.is_empty() { asked.at.office.name.clone() } else { name.clone() };
        (name, cells(&view.speech, counts))
    };
    StatisticsTemplate {
        view,
        errors: asked.errors.summary(&view.speech),
        fields: fields(view, asked),
        heads: heads(&view.speech),
        documents: stats(view, &found.documents),
        tasks: stats(view, &found.all),
        parts: found.parts.iter().map(part).collect(),
        people: found.people.iter().map(|person| person_row(view, person)).collect(),
        below: asked.below.iter().map(|one| below_row(view, one)).collect(),
        electronic: bars(view, found),
        share: share(&view.speech, found),
        volumes: vec![
            volume(view, "office-statistics-received", &found.received),
            volume(view, "office-statistics-issued", &found.issued),
        ],
        csv: export("/can-bo/van-ban-thong-ke/xuat"),
        pdf: export("/can-bo/van-ban-thong-ke/in"),
    }
}

fn fields(view: &View, asked: &Asked) -> Vec<Field> {
    let day = |name: &str, word: &str, day| {
        let field = Field::new(&view.speech, Kind::Date, name, view.t(word));
        field.date(DateParts::of(day)).errors(&asked.errors)
    };
    let mut fields: Vec<Field> = asked.at.field(view).into_iter().collect();
    fields.push(day("tu", "office-search-from", asked.span.0));
    fields.push(day("den", "office-search-to", asked.span.1));
    fields
}

fn heads(speech: &Speech) -> Vec<String> {
    let courses = Course::ALL.iter().map(|one| speech.t(&one.word()));
    let last = [speech.t("office-statistics-all"), speech.t("office-statistics-in-time")];
    courses.chain(last).collect()
}

fn cells(speech: &Speech, counts: &Counts) -> Vec<String> {
    let courses = Course::ALL.iter().map(|one| speech.number(counts.of(*one)));
    courses.chain([speech.number(counts.total()), in_time(speech, counts)]).collect()
}

fn in_time(speech: &Speech, counts: &Counts) -> String {
    let share = counts.in_time_permille();
    share.map_or_else(|| "–".to_owned(), |share| speech.percent(share as f64 / 1000.0))
}

fn stats(view: &View, counts: &Counts) -> Vec<Stat> {
    let tone = |course: Course| match course {
        Course::DoneInTime => Tone::Good,
        Course::DoneLate | Course::Overdue => Tone::Bad,
        Course::Running => Tone::Info,
        Course::Untimed => Tone::Plain,
    };
    let stat = |course: &Course| Stat {
        tone: tone(*course),
        label: view.t(&course.word()),
        figure: view.speech.number(counts.of(*course)),
    };
    let in_time = Stat {
        tone: Tone::Plain,
        label: view.t("office-statistics-in-time"),
        figure: in_time(&view.speech, counts),
    };
    Course::ALL.iter().map(stat).chain([in_time]).collect()
}

fn person_row(view: &View, person: &Person) -> PersonRow {
    let account = person.account.to_string();
    let list = |course: Option<Course>| {
        let code = course.map_or("", Course::code);
        let path = view.here_with(&[("nguoi", &account), ("loai", code)]);
        path.replacen(HERE, "/can-bo/van-ban-thong-ke/viec", 1)
    };
    let link = |course: &Course| {
        let count = person.counts.of(*course);
        (view.speech.number(count), (count > 0).then(|| list(Some(*course))))
    };
    let mut cells: Vec<(String, Option<String>)> = Course::ALL.iter().map(link).collect();
    cells.push((view.speech.number(person.counts.total()), Some(list(None))));
    cells.push((in_time(&view.speech, &person.counts), None));
    PersonRow { name: person.name.clone(), part: person.part.clone(), cells }
}

fn below_row(view: &View, one: &Below) -> BelowRow {
    BelowRow {
        name: one.name.clone(),
        path: view.here_with(&[("don-vi", &one.unit.to_string())]),
        received: view.speech.number(one.documents.total()),
        cells: cells(&view.speech, &one.all),
    }
}

/// Of what went to other agencies: how much without a copy on paper.
fn electronic(found: &Statistics) -> (i64, i64) {
    let electronic = found.paper.iter().map(|one| one.electronic).sum();
    (electronic, found.paper.iter().map(|one| one.documents).sum())
}

fn share(speech: &Speech, found: &Statistics) -> String {
    let (electronic, all) = electronic(found);
    if all == 0 {
        return speech.t("office-statistics-nothing-sent");
    }
    speech.with(
        "office-statistics-share",
        &[
            ("electronic", speech.number(electronic).into()),
            ("all", speech.number(all).into()),
            ("share", speech.percent(electronic as f64 / all as f64).into()),
        ],
    )
}

fn bars(view: &View, found: &Statistics) -> Option<Bars> {
    let kind = |code: &str| DocumentType::parse(code).map_or(code, |one| one.name).to_owned();
    let bar = |one: &crate::store::statistics::OnPaper| Bar {
        label: kind(&one.kind),
        amount: one.electronic,
        shown: view.with(
            "office-statistics-of",
            &[
                ("electronic", view.speech.number(one.electronic).into()),
                ("all", view.speech.number(one.documents).into()),
            ],
        ),
    };
    if found.paper.is_empty() {
        return None;
    }
    let title = view.t("office-statistics-electronic");
    let description = share(&view.speech, found);
    Some(Bars::new(view, "electronic", (title, description), found.paper.iter().map(bar).collect()))
}

fn volume(view: &View, word: &str, volumes: &Volumes) -> VolumeTable {
    let number = |count: &i64| view.speech.number(*count);
    let row = |(kind, counts): &(String, Vec<i64>)| {
        let kind = if kind.is_empty() { view.t("office-no-type") } else { kind.clone() };
        let total: i64 = counts.iter().sum();
        (kind, counts.iter().map(number).collect(), view.speech.number(total))
    };
    VolumeTable {
        title: view.with(word, &[("count", view.speech.number(volumes.total()).into())]),
        months: volumes.months.iter().map(|month| short_month(month)).collect(),
        rows: volumes.rows.iter().map(row).collect(),
        empty: view.t("office-statistics-no-documents"),
    }
}

/// `11/2026`.
fn short_month(month: &str) -> String {
    match month.split_once('-') {
        Some((year, month)) => format!("{month}/{year}"),
        None => month.to_owned(),
    }
}

/// Unit by unit and person by person, as a sheet.
pub(crate) async fn export(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    let asked = read(&view, &ctx, &actor).await?;
    let (head, rows) = table(&view.speech, &asked);
    let bytes = sheet::csv(&head, &rows).map_err(|error| Problem::broken(&error.to_string()))?;
    let name = file_name(&view, "thong-ke", "csv");
    Ok(Reply::file(&name, "text/csv; charset=utf-8", Shown::Saved, bytes))
}

fn table(speech: &Speech, asked: &Asked) -> (Vec<String>, Vec<Vec<String>>) {
    let first = [speech.t("office-statistics-part"), speech.t("office-statistics-person")];
    let head = first.into_iter().chain(heads(speech)).collect();
    let office = &asked.at.office.name;
    let place = |part: &String| if part.is_empty() { office.clone() } else { part.clone() };
    let mut rows = Vec::new();
    for (part, counts) in &asked.found.parts {
        let first = [place(part), speech.t("office-statistics-everybody")];
        rows.push(first.into_iter().chain(cells(speech, counts)).collect());
        for person in asked.found.people.iter().filter(|person| person.part == *part) {
            let first = [place(part), person.name.clone()];
            rows.push(first.into_iter().chain(cells(speech, &person.counts)).collect());
        }
    }
    for one in &asked.below {
        let first = [one.name.clone(), speech.t("office-statistics-everybody")];
        rows.push(first.into_iter().chain(cells(speech, &one.all)).collect());
        for person in &one.people {
            let first = [one.name.clone(), person.name.clone()];
            rows.push(first.into_iter().chain(cells(speech, &person.counts)).collect());
        }
    }
    (head, rows)
}

pub(crate) async fn print(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    let asked = read(&view, &ctx, &actor).await?;
    let list = list_of(&ctx.words.speak(Locale::Vi), &asked);
    let name = file_name(&view, "thong-ke", "pdf");
    print_list(&view, (&ctx, &actor), (asked.at.office.unit, list), &name).await
}

fn list_of(speech: &Speech, asked: &Asked) -> List {
    let (head, rows) = table(speech, asked);
    let column = |(place, head): (usize, String)| match place {
        0 | 1 => Column::wide(head, 3),
        _ => Column::number(head),
    };
    let on_paper = |row: Vec<String>| row.iter().map(|cell| printable(cell)).collect();
    let days = [("from", asked.span.0), ("to", asked.span.1)];
    let days = days.map(|(name, day)| (name, speech.date(day).into()));
    List {
        letterhead: Head::default(),
        title: speech.t("office-statistics"),
        under: speech.with("office-from-to", &days),
        notes: vec![share(speech, &asked.found)],
        columns: head.into_iter().enumerate().map(column).collect(),
        rows: rows.into_iter().map(on_paper).collect(),
        foot: String::new(),
    }
}
