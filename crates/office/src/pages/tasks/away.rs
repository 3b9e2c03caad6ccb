//! /can-bo/viec/vang-mat: who is away and who acts for them; and what is open with somebody who
//! leaves goes to a colleague.

use askama::Template;
use axum::extract::{Path, State as Given};
use identity::{Actor, Right};
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Answers, Errors, Field, Kind};
use platform::web::pieces::{Tag, Tone};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;

use crate::TASKS;
use crate::commands::incoming::absences::{self, NewAbsence};
use crate::commands::incoming::handing_over;
use crate::fault::Fault;
use crate::hand::Asker;
use crate::pages::incoming::{account, day, one_of, people, wanted};
use crate::pages::{at_desk, at_field};
use crate::queries::work::{self, Away};
use crate::refusal::Refusal;

const HERE: &str = "/can-bo/viec/vang-mat";

#[derive(Template)]
#[template(path = "away.html")]
struct AwayTemplate<'a> {
    view: &'a View,
    errors: Markup,
    office: String,
    rows: Vec<Row>,
    fields: Vec<Field>,
    leaving: Vec<Field>,
    action: String,
    leave: String,
}

struct Row {
    id: Uuid,
    name: String,
    deputy: String,
    days: String,
    reason: String,
    made: String,
    state: Tag,
    ends: bool,
}

pub(crate) async fn show(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let office = office(&view, &ctx, &actor).await?;
    page(&view, &actor, &office, (&Answers::default(), &Errors::new())).await
}

async fn office(view: &View, ctx: &Ctx, actor: &Actor) -> Result<Away, Problem> {
    actor.require_anywhere(Right::SeeDocuments)?;
    let wanted = wanted(ctx, view).await?;
    Ok(work::away(ctx, actor, wanted).await?)
}

async fn page(
    view: &View,
    actor: &Actor,
    office: &Away,
    said: (&Answers, &Errors),
) -> Result<Page, Problem> {
    let errors = said.1;
    let template = AwayTemplate {
        view,
        errors: errors.summary(&view.speech),
        office: office.office.name.clone(),
        rows: rows(view, actor, office),
        fields: fields(view, office, said),
        leaving: if office.manages { leaving(view, office, said) } else { Vec::new() },
        action: format!("{HERE}?don-vi={}", office.office.unit),
        leave: format!("{TASKS}/ban-giao?don-vi={}", office.office.unit),
    };
    let page = Page::new(view, view.t("office-away"), &template)?.back(TASKS);
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

fn rows(view: &View, actor: &Actor, office: &Away) -> Vec<Row> {
    let today = local(view.now).date();
    let row = |one: &crate::absence::Absence| {
        let (tone, word) = match one.is_now(today) {
            true => (Tone::Warn, "office-away-now"),
            false => (Tone::Plain, "office-away-later"),
        };
        let days = [("from", one.first_day), ("to", one.last_day)];
        let days = days.map(|(name, day)| (name, view.speech.date(day).into()));
        Row {
            id: one.id,
            name: one.name.clone(),
            deputy: one.deputy_name.clone(),
            days: view.with("office-from-to", &days),
            reason: one.reason.clone(),
            made: format!("{}, {}", one.made_by, view.speech.date_time(one.made_at)),
            state: Tag::new(tone, view.t(word)),
            ends: office.manages || one.account == actor.account.0,
        }
    };
    office.absences.iter().map(row).collect()
}

fn fields(view: &View, office: &Away, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let field = |kind: Kind, name: &str, word: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(word));
        field.value(typed.get(name)).errors(errors)
    };
    let date = |name: &str, word: &str| {
        let field = Field::new(&view.speech, Kind::Date, name, view.t(word));
        field.date(typed.date(name)).errors(errors)
    };
    let all = || one_of(view, people(view, &office.people));
    let mut fields = Vec::new();
    if office.manages {
        fields.push(
            field(all(), "who", "office-field-who")
                .hint(view.t("office-field-who-hint"))
                .optional(&view.speech),
        );
    }
    fields.extend([
        field(all(), "person", "office-field-deputy"),
        date("first", "office-field-first"),
        date("last", "office-field-last"),
        field(Kind::Text, "reason", "office-reason").optional(&view.speech),
    ]);
    fields
}

/// Names of their own: both forms stand on one page.
fn leaving(view: &View, office: &Away, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let field = |name: &str, word: &str| {
        let kind = one_of(view, people(view, &office.people));
        let field = Field::new(&view.speech, kind, name, view.t(word));
        field.value(typed.get(name)).errors(errors)
    };
    let why = Field::new(&view.speech, Kind::Text, "why", view.t("office-reason"));
    vec![
        field("leaver", "office-field-leaver"),
        field("successor", "office-field-successor"),
        why.optional(&view.speech).value(typed.get("why")),
    ]
}

pub(crate) async fn post(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let office = office(&view, &ctx, &actor).await?;
    match declared(&ctx, &actor, &office, &answers).await {
        Ok(()) => Ok(Reply::see(HERE).notice("office-notice-absence")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, &actor, &office, (&answers, &errors)).await?.into())
        }
    }
}

async fn declared(
    ctx: &Ctx,
    actor: &Actor,
    office: &Away,
    answers: &Answers,
) -> Result<(), Refusal> {
    let new = NewAbsence {
        unit: office.office.unit,
        account: account(answers, "who").unwrap_or(actor.account.0),
        deputy: account(answers, "person").ok_or(Refusal::NotHere { field: "person" })?,
        first_day: day(answers, "first")?.ok_or(Fault::DayWrong { field: "first" })?,
        last_day: day(answers, "last")?.ok_or(Fault::DayWrong { field: "last" })?,
        reason: answers.get("reason").to_owned(),
    };
    absences::declare(ctx, Asker::of(ctx, actor), new).await
}

pub(crate) async fn post_end(
    Given(ctx): Given<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    absences::end(&ctx, Asker::of(&ctx, &actor), id).await?;
    Ok(Reply::see(HERE).notice("office-notice-back"))
}

pub(crate) async fn post_leave(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let office = office(&view, &ctx, &actor).await?;
    match handed_over(&ctx, &actor, &office, &answers).await {
        Ok(()) => Ok(Reply::see(HERE).notice("office-notice-handed-over")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, &actor, &office, (&answers, &errors)).await?.into())
        }
    }
}

async fn handed_over(
    ctx: &Ctx,
    actor: &Actor,
    office: &Away,
    answers: &Answers,
) -> Result<(), Refusal> {
    let from = account(answers, "leaver").ok_or(Refusal::NotHere { field: "leaver" })?;
    let to = account(answers, "successor").ok_or(Refusal::NotHere { field: "successor" })?;
    let (unit, why) = (office.office.unit, answers.get("why").to_owned());
    handing_over::hand_over(ctx, Asker::of(ctx, actor), unit, (from, to), why).await.map(drop)
}
