//! Pages for those who work with documents.

pub(crate) mod at_office;
pub(crate) mod brought;
pub(crate) mod found;
pub(crate) mod groups;
pub(crate) mod incoming;
pub(crate) mod live;
pub(crate) mod offices;
pub(crate) mod outgoing;
pub(crate) mod paperless;
pub(crate) mod plans;
pub(crate) mod records;
pub(crate) mod registers;
pub(crate) mod search;
mod search_form;
pub(crate) mod slip;
pub(crate) mod statistics;
pub(crate) mod statistics_tasks;
pub(crate) mod tasks;
pub(crate) mod work_dossier;
pub(crate) mod work_dossiers;

use identity::{Actor, desk};
use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::store::StoreError;
use platform::web::form::{Answers, DateFault, DateParts, Errors, Field, Kind, Width};
use platform::web::pieces::{Tag, Tone};
use platform::web::{Page, Problem, Reply, Shown, View};
use platform::words::Locale;
use serde::Serialize;

use crate::express::Nearness;
use crate::papers::{self, Head, List};
use crate::queries::paper_head;
use crate::refusal::Refusal;

/// The officer's navigation on the left.
pub(crate) async fn at_desk(view: &View, actor: &Actor, page: Page) -> Page {
    page.menu(desk(view, actor).await)
}

/// The refusal beside the field it is about; one that no answer could mend is a page of its own.
pub(crate) fn at_field(view: &View, refusal: Refusal) -> Result<Errors, Problem> {
    let name = refusal.field();
    if name.is_empty() {
        return Err(refusal.into());
    }
    let mut errors = Errors::new();
    errors.add(name, refusal.sentence(&view.speech));
    Ok(errors)
}

/// A day in the fields of a form that nobody has filled in yet.
pub(crate) fn from_day(name: &str, day: Date) -> Vec<(String, String)> {
    let DateParts { day, month, year } = DateParts::of(day);
    let parts = [("day", day), ("month", month), ("year", year)];
    parts.map(|(part, value)| (format!("{name}-{part}"), value)).into()
}

/// None when nothing was typed, or nothing that is a day: then `errors` says so.
pub(crate) fn day(view: &View, answers: &Answers, name: &str, errors: &mut Errors) -> Option<Date> {
    match answers.date(name).parse() {
        Ok(date) => Some(date),
        Err(DateFault::Empty) => None,
        Err(_) => {
            errors.add(name, view.t("office-date-wrong"));
            None
        }
    }
}

/// A state of a document of either direction.
pub(crate) fn state_tag(view: &View, code: &str, word: &str) -> Tag {
    let tone = match code {
        "done" | "issued" => Tone::Good,
        "refused" | "cancelled" | "withdrawn" => Tone::Bad,
        "arrived" | "draft" => Tone::Plain,
        _ => Tone::Info,
    };
    Tag::new(tone, view.t(word))
}

/// By when what is express at a set time has to be there, and how that stands.
pub(crate) fn express_tag(view: &View, at: Timestamp) -> Tag {
    let (tone, word) = match Nearness::of(at, view.now) {
        Nearness::Ahead => (Tone::Warn, "office-express-ahead"),
        Nearness::Near => (Tone::Bad, "office-express-near"),
        Nearness::Over => (Tone::Bad, "office-express-over"),
    };
    Tag::new(tone, view.with(word, &[("at", view.speech.date_time(at).into())]))
}

/// Day and hour of what is express at a set time, in the fields of a form.
pub(crate) fn express_fields(view: &View, (typed, errors): (&Answers, &Errors)) -> [Field; 2] {
    let day = Field::new(&view.speech, Kind::Date, "express", view.t("office-express-on"));
    let hour = Field::new(&view.speech, Kind::Text, "express-hour", view.t("office-express-hour"));
    let day = day.hint(view.t("office-express-on-hint")).date(typed.date("express"));
    let hour = hour.hint(view.t("office-express-hour-hint")).value(typed.get("express-hour"));
    [
        day.errors(errors).optional(&view.speech),
        hour.width(Width::Ten).errors(errors).autocomplete("off").optional(&view.speech),
    ]
}

/// The head of a paper of this unit, today; papers are Vietnamese whatever the page's language.
pub(crate) async fn paper_head(ctx: &Ctx, unit: UnitId) -> Result<Head, StoreError> {
    let (speech, now) = (ctx.words.speak(Locale::Vi), ctx.clock.now());
    ctx.store.read(move |tx| paper_head::head(tx, &speech, unit, now)).await
}

/// What the press makes of this.
pub(crate) async fn print(
    ctx: &Ctx,
    (template, data): (&str, &impl Serialize),
    name: &str,
) -> Result<Reply, Problem> {
    let data = serde_json::to_value(data).map_err(|error| Problem::broken(&error.to_string()))?;
    let bytes = ctx.outside.press.print(template, &data).await.map_err(Refusal::from)?;
    Ok(Reply::file(name, "application/pdf", Shown::Inline, bytes))
}

/// A list of a unit, with who printed it and when at its foot.
pub(crate) async fn print_list(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (unit, list): (UnitId, List),
    name: &str,
) -> Result<Reply, Problem> {
    let speech = ctx.words.speak(Locale::Vi);
    let at = speech.date_time(view.now);
    let foot = speech.with(
        "office-paper-foot",
        &[("name", papers::printable(&actor.name).into()), ("at", at.into())],
    );
    let letterhead = paper_head(ctx, unit).await?;
    print(ctx, ("office-list", &List { letterhead, foot, ..list }), name).await
}

/// The days of the address, or those that are usual; the first is never behind the last.
pub(crate) fn days(view: &View, usual: (Date, Date)) -> ((Date, Date), Errors) {
    let pairs = ["tu-day", "tu-month", "tu-year", "den-day", "den-month", "den-year"];
    let pairs = pairs.map(|name| (name.to_owned(), view.query(name).unwrap_or_default()));
    let asked = Answers::from_pairs(pairs.into());
    let mut errors = Errors::new();
    let from = day(view, &asked, "tu", &mut errors).unwrap_or(usual.0);
    let to = day(view, &asked, "den", &mut errors).unwrap_or(usual.1.max(from));
    if to < from {
        errors.add("den", view.t("office-days-reversed"));
        return ((from, from), errors);
    }
    ((from, to), errors)
}

/// `ten-2026-11-22.csv`.
pub(crate) fn file_name(view: &View, stem: &str, ending: &str) -> String {
    format!("{stem}-{}.{ending}", local(view.now).date())
}
