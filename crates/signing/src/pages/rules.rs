//! /quan-tri/con-dau/quy-tac: for which papers the program seals by itself.

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

use super::{at_desk, at_field, code_field, day, from_day};
use crate::commands::rules::{self, NewRule};
use crate::queries;
use crate::refusal::Refusal;
use crate::rule::SealingRule;
use crate::submission::Scope;

const HERE: &str = "/quan-tri/con-dau/quy-tac";

#[derive(Template)]
#[template(path = "rules.html")]
struct RulesTemplate<'a> {
    view: &'a View,
    errors: Markup,
    rows: Vec<Row>,
    fields: Vec<Field>,
}

struct Row {
    id: Uuid,
    unit: String,
    scope: String,
    dates: String,
    made: String,
    state: Tag,
    ends: bool,
}

/// The units that this officer administers, with their rules.
struct Ruled {
    units: Vec<Unit>,
    rules: Vec<(String, SealingRule)>,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let typed = Answers::from_pairs(from_day("from", local(ctx.clock.now()).date()));
    page(&view, (&ctx, &actor), (&typed, &Errors::new())).await
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    actor.require_anywhere(Right::ManageCertificates)?;
    let ruled = ruled(ctx, actor).await?;
    let today = local(ctx.clock.now()).date();
    let rows = ruled.rules.iter().map(|(unit, rule)| row(view, (unit, rule), today));
    let template = RulesTemplate {
        view,
        errors: errors.summary(&view.speech),
        rows: rows.collect(),
        fields: fields(view, &ruled.units, (typed, errors)),
    };
    let page = Page::new(view, view.t("signing-rules"), &template)?.back("/quan-tri/con-dau");
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

async fn ruled(ctx: &Ctx, actor: &Actor) -> Result<Ruled, StoreError> {
    let offices = actor.offices(Right::ManageCertificates);
    ctx.store.read(move |tx| read(tx, &offices)).await
}

/// Of the units that the officer administers; those below have administrators of their own.
fn read(tx: &mut Tx, offices: &[UnitId]) -> Result<Ruled, StoreError> {
    let mut ruled = Ruled { units: Vec::new(), rules: Vec::new() };
    for office in offices {
        let Some(unit) = organisations::queries::unit(tx, *office)? else { continue };
        let name = unit.name.as_str().to_owned();
        let rules = queries::sealing_rules(tx, unit.id)?;
        ruled.rules.extend(rules.into_iter().map(|rule| (name.clone(), rule)));
        ruled.units.push(unit);
    }
    Ok(ruled)
}

fn row(view: &View, (unit, rule): (&str, &SealingRule), today: Date) -> Row {
    let from = view.speech.date(rule.valid_from);
    let dates = match rule.valid_to {
        Some(last) => view.with(
            "signing-rule-from-to",
            &[("from", from.into()), ("to", view.speech.date(last).into())],
        ),
        None => view.with("signing-rule-from", &[("from", from.into())]),
    };
    let is_over = rule.valid_to.is_some_and(|last| last < today);
    let (tone, word) = match (rule.is_in_force(today), is_over) {
        (true, _) => (Tone::Good, "signing-rule-in-force"),
        (false, true) => (Tone::Plain, "signing-rule-over"),
        (false, false) => (Tone::Info, "signing-rule-later"),
    };
    Row {
        id: rule.id,
        unit: unit.to_owned(),
        scope: view.t(rule.scope.word()),
        dates,
        made: format!("{}, {}", rule.made_name, view.speech.date_time(rule.made_at)),
        state: Tag::new(tone, view.t(word)),
        ends: !is_over,
    }
}

fn fields(view: &View, units: &[Unit], (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let units = units.iter().map(|one| Choice::new(one.id.0.to_string(), one.name.as_str()));
    let scopes = Scope::ALL.map(|one| Choice::new(one.code(), view.t(one.word())));
    let field = |kind, name: &str, word| Field::new(&view.speech, kind, name, view.t(word));
    vec![
        field(Kind::Select(units.collect()), "unit", "signing-unit")
            .value(typed.get("unit"))
            .errors(errors),
        field(Kind::Radios(scopes.into()), "scope", "signing-scope")
            .value(typed.get("scope"))
            .errors(errors),
        field(Kind::Date, "from", "signing-rule-first-day").date(typed.date("from")).errors(errors),
        field(Kind::Date, "to", "signing-rule-last-day")
            .hint(view.t("signing-rule-last-day-hint"))
            .optional(&view.speech)
            .date(typed.date("to"))
            .errors(errors),
        code_field(view, errors),
    ]
}

pub(crate) async fn post_make(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let errors = match read_rule(&view, &answers) {
        Ok(new) => match rules::make(&ctx, &actor, new, answers.get("code")).await {
            Ok(()) => return Ok(Reply::see(HERE).notice("signing-notice-rule-made")),
            Err(refusal) => at_field(&view, refusal)?,
        },
        Err(errors) => errors,
    };
    Ok(page(&view, (&ctx, &actor), (&answers, &errors)).await?.into())
}

fn read_rule(view: &View, answers: &Answers) -> Result<NewRule, Errors> {
    let mut errors = Errors::new();
    let unit = UnitId::parse(answers.get("unit"));
    if unit.is_none() {
        errors.add("unit", view.t("signing-rule-unit-missing"));
    }
    let scope = Scope::parse(answers.get("scope"));
    if scope.is_none() {
        errors.add("scope", Refusal::ScopeMissing.sentence(&view.speech));
    }
    let from = answers.date("from").parse();
    if from.is_err() {
        errors.add("from", view.t("signing-rule-date-wrong"));
    }
    let to = day(view, answers, ("to", "signing-rule-date-wrong"), &mut errors);
    match (unit, from) {
        (Some(unit), Ok(valid_from)) if errors.is_empty() => {
            Ok(NewRule { unit, scope, valid_from, valid_to: to })
        }
        _ => Err(errors),
    }
}

pub(crate) async fn post_end(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    rules::end(&ctx, &actor, id).await?;
    Ok(Reply::see(HERE).notice("signing-notice-rule-ended"))
}
