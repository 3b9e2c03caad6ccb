//! /quan-tri/van-phong/{code}/so: which books an agency keeps from a day on.
//!
//! A book is a line of the form: its code, its name, and the types it takes by their codes; the one
//! without types takes all others.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use jiff::civil::Date;
use organisations::Unit;
use platform::Ctx;
use platform::clock::local;
use platform::fold::fold;
use platform::web::form::{Answers, Errors, Field, Kind};
use platform::web::{Form, Markup, Page, Problem, Reply, View};

use super::offices::{OFFICES, unit_of};
use crate::book::{Plan, PlanLine};
use crate::commands::desks as commands;
use crate::document::{Direction, DocumentType, TYPES};
use crate::numbering;
use crate::pages::{at_desk, at_field, day, from_day};
use crate::refusal::Refusal;

#[derive(Template)]
#[template(path = "office_plan.html")]
struct PlanTemplate<'a> {
    view: &'a View,
    errors: Markup,
    name: String,
    here: String,
    rows: Vec<(String, String, String)>,
    types: Vec<(&'static str, &'static str)>,
    outgoing: Field,
    incoming: Field,
    from: Field,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let (unit, _) = unit_of(&ctx, &actor, &code).await?;
    let today = local(view.now).date();
    let plan = plan(&ctx, &unit, today).await?;
    let typed = first_answers(&plan, today);
    page(&view, (&unit, &plan), &actor, (&typed, &Errors::new())).await
}

pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let (unit, _) = unit_of(&ctx, &actor, &code).await?;
    let errors = planned(&view, (&ctx, &actor), &unit, &answers).await?;
    if errors.is_empty() {
        let here = format!("{OFFICES}/{}/so", unit.code.as_str());
        return Ok(Reply::see(&here).notice("office-notice-planned"));
    }
    let plan = plan(&ctx, &unit, local(view.now).date()).await?;
    Ok(page(&view, (&unit, &plan), &actor, (&answers, &errors)).await?.into())
}

/// What is to be mended; nothing when the plan is kept.
async fn planned(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    unit: &Unit,
    answers: &Answers,
) -> Result<Errors, Problem> {
    let mut errors = Errors::new();
    let from = day(view, answers, "from", &mut errors);
    if from.is_none() && errors.is_empty() {
        errors.add("from", view.t("office-date-wrong"));
    }
    let Some(from) = from.filter(|_| errors.is_empty()) else { return Ok(errors) };
    match commands::plan(ctx, actor, (unit.id, from), lines(answers)).await {
        Ok(()) => Ok(errors),
        Err(refusal) => at_plan(view, refusal),
    }
}

fn at_plan(view: &View, refusal: Refusal) -> Result<Errors, Problem> {
    match refusal {
        Refusal::NumberBackwards => {
            let mut errors = Errors::new();
            errors.add("from", view.t("office-plan-from-past"));
            Ok(errors)
        }
        refusal => at_field(view, refusal),
    }
}

async fn plan(ctx: &Ctx, unit: &Unit, today: Date) -> Result<Plan, Refusal> {
    let id = unit.id;
    ctx.store.read(move |tx| numbering::plan(tx, id, today)).await
}

/// "Sổ quyết định: quyet-dinh, chi-thi"
fn lines(answers: &Answers) -> Vec<PlanLine> {
    let of = |name: &str, direction: Direction| {
        let rows = answers.get(name).lines().map(str::trim).filter(|row| !row.is_empty());
        let rows: Vec<PlanLine> = rows.map(|row| line(row, direction)).collect();
        rows
    };
    let mut all = of("plan", Direction::Out);
    all.extend(of("plan-in", Direction::In));
    all
}

fn line(row: &str, direction: Direction) -> PlanLine {
    let (name, types) = row.split_once(':').unwrap_or((row, ""));
    let types = types.split(',').map(str::trim).filter(|one| !one.is_empty());
    // A type may be written as people write it.
    let types = types.map(|one| {
        DocumentType::of_name(one).map_or_else(|| one.to_owned(), |kind| kind.code.to_owned())
    });
    let words: Vec<String> = fold(name).split_whitespace().map(str::to_owned).collect();
    let code: String =
        words.join("-").chars().filter(|one| one.is_ascii_alphanumeric() || *one == '-').collect();
    PlanLine {
        code: code.trim_start_matches("so-").chars().take(40).collect(),
        name: name.trim().to_owned(),
        direction,
        types: types.collect(),
    }
}

fn written(plan: &Plan, direction: Direction) -> String {
    let rows = plan.lines.iter().filter(|line| line.direction == direction);
    let row = |line: &PlanLine| match line.types.is_empty() {
        true => line.name.clone(),
        false => format!("{}: {}", line.name, line.types.join(", ")),
    };
    rows.map(row).collect::<Vec<_>>().join("\n")
}

fn first_answers(plan: &Plan, today: Date) -> Answers {
    let mut pairs = vec![
        ("plan".to_owned(), written(plan, Direction::Out)),
        ("plan-in".to_owned(), written(plan, Direction::In)),
    ];
    // Books are for a year.
    let next = Date::new(today.year() + 1, 1, 1).unwrap_or(today);
    pairs.extend(from_day("from", next));
    Answers::from_pairs(pairs)
}

async fn page(
    view: &View,
    (unit, plan): (&Unit, &Plan),
    actor: &Actor,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let name = |code: &String| {
        DocumentType::parse(code).map_or_else(|| code.clone(), |kind| kind.name.to_owned())
    };
    let row = |line: &PlanLine| {
        let types = line.types.iter().map(name).collect::<Vec<_>>().join(", ");
        let types = if types.is_empty() { view.t("office-plan-others") } else { types };
        (line.name.clone(), view.t(line.direction.word()), types)
    };
    let field = |kind: Kind, name: &str, word: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(word));
        field.value(typed.get(name)).errors(errors)
    };
    let template = PlanTemplate {
        view,
        errors: errors.summary(&view.speech),
        name: unit.name.as_str().to_owned(),
        here: format!("{OFFICES}/{}/so", unit.code.as_str()),
        rows: plan.lines.iter().map(row).collect(),
        types: TYPES.iter().map(|kind| (kind.code, kind.name)).collect(),
        outgoing: field(Kind::Lines(6), "plan", "office-plan-out").hint(view.t("office-plan-hint")),
        incoming: field(Kind::Lines(3), "plan-in", "office-plan-in"),
        from: Field::new(&view.speech, Kind::Date, "from", view.t("office-plan-from"))
            .date(typed.date("from"))
            .hint(view.t("office-plan-from-hint"))
            .errors(errors),
    };
    let back = format!("{OFFICES}/{}", unit.code.as_str());
    let page = Page::new(view, view.t("office-plan"), &template)?.back(back);
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}
