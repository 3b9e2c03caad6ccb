//! /can-bo/ky-so/uy-quyen: who signs in another's place, given after a look at what will stand
//! above the signature, and ended.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 13

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, confirm_again};
use organisations::Unit;
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Answers, Errors};
use platform::web::pieces::{Summary, SummaryRow, Tag, Tone};
use platform::web::{Form, Page, Problem, Reply, View};
use uuid::Uuid;

use super::delegation_form::{confirm_page, form_page};
use super::{at_desk, at_field, day, from_day};
use crate::HERE as QUEUE;
use crate::commands::delegations as commands;
use crate::delegation::{Delegation, Draft, Kind, Standing};
use crate::queries::delegations::{self as queries, Line, Mine, Seen};
use crate::refusal::Refusal;
use crate::submission::Scope;

pub(super) const HERE: &str = "/can-bo/ky-so/uy-quyen";
/// Said on the second page, where everything typed is shown again.
pub(super) const CHECKED: &str = "checked";
/// The button of that page which leads back to the first, with everything typed in it.
pub(super) const EDIT: &str = "edit";

#[derive(Template)]
#[template(path = "delegations.html")]
struct ListTemplate<'a> {
    view: &'a View,
    may_give: bool,
    lists: Vec<List>,
}

struct List {
    heading: String,
    /// Said when there is no line.
    none: String,
    rows: Vec<Row>,
}

struct Row {
    id: Uuid,
    kind: String,
    giver: String,
    taker: String,
    unit: String,
    when: String,
    standing: Tag,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let mine = queries::mine(&ctx, &actor).await?;
    let template =
        ListTemplate { view: &view, may_give: mine.may_give, lists: lists(&view, &mine) };
    let page = Page::new(&view, view.t("signing-delegations"), &template)?.wide().back(QUEUE);
    Ok(at_desk(&view, &actor, page).await)
}

/// One's own two lists, also empty where there could be lines; those of others only with lines.
fn lists(view: &View, mine: &Mine) -> Vec<List> {
    let list = |heading: &str, none: &str, lines: &[Line]| List {
        heading: view.t(heading),
        none: view.t(none),
        rows: lines.iter().map(|line| row(view, line)).collect(),
    };
    let mut lists =
        vec![list("signing-delegations-taken", "signing-delegations-taken-none", &mine.taken)];
    if mine.may_give || !mine.given.is_empty() {
        let none = "signing-delegations-given-none";
        lists.push(list("signing-delegations-given", none, &mine.given));
    }
    if !mine.others.is_empty() {
        lists.push(list("signing-delegations-others", "", &mine.others));
    }
    lists
}

fn row(view: &View, line: &Line) -> Row {
    let one = &line.delegation;
    Row {
        id: one.id,
        kind: view.t(one.kind.word()),
        giver: one.giver_name.clone(),
        taker: one.taker_name.clone(),
        unit: line.unit.clone(),
        when: days(view, one),
        standing: tag(view, line),
    }
}

fn days(view: &View, one: &Delegation) -> String {
    let from = ("from", view.speech.date(one.valid_from).into());
    match one.valid_to {
        Some(last) => {
            view.with("signing-delegation-days", &[from, ("to", view.speech.date(last).into())])
        }
        None => view.with("signing-delegation-days-open", &[from]),
    }
}

fn tag(view: &View, line: &Line) -> Tag {
    if line.is_void {
        return Tag::new(Tone::Bad, view.t("signing-delegation-void"));
    }
    let standing = line.delegation.standing(local(view.now).date());
    let tone = match standing {
        Standing::InForce => Tone::Good,
        Standing::NotYet => Tone::Info,
        Standing::Over | Standing::EndedEarly => Tone::Plain,
    };
    Tag::new(tone, view.t(standing.word()))
}

#[derive(Template)]
#[template(path = "delegation.html")]
struct ShowTemplate<'a> {
    view: &'a View,
    id: Uuid,
    title: String,
    standing: Tag,
    is_void: bool,
    facts: Summary,
    lines: Vec<String>,
    name: String,
    ends: bool,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    let seen = queries::seen(&ctx, &actor, id).await?;
    let page = show_page(&view, seen)?;
    Ok(at_desk(&view, &actor, page).await)
}

fn show_page(view: &View, seen: Seen) -> Result<Page, Problem> {
    let one = &seen.line.delegation;
    let title = view.with("signing-delegation-to", &[("name", (&one.taker_name).into())]);
    let mut rows = facts(view, one, &seen.line.unit);
    rows.extend(past(view, one));
    let template = ShowTemplate {
        view,
        id: one.id,
        title: title.clone(),
        standing: tag(view, &seen.line),
        is_void: seen.line.is_void,
        facts: Summary::new(view, rows),
        name: one.taker_name.clone(),
        lines: seen.lines,
        ends: seen.ends,
    };
    Ok(Page::new(view, title, &template)?.back(HERE))
}

/// What a delegation says, for its own page and for the one before it is given.
pub(super) fn facts(view: &View, one: &Delegation, unit: &str) -> Vec<SummaryRow> {
    let row = |word: &str, value: &str| SummaryRow::new(view.t(word), value);
    let scopes: Vec<String> = one.scopes().map(|scope| view.t(scope.word())).collect();
    let mut rows = vec![
        row("signing-delegation-kind", &view.t(one.kind.word())),
        row("signing-delegation-unit", unit),
        row("signing-delegation-giver", &format!("{}, {}", one.giver_name, one.giver_title)),
        row("signing-delegation-taker", &format!("{}, {}", one.taker_name, one.taker_title)),
        row("signing-delegation-scopes", &scopes.join(", ")),
    ];
    if let Some(matter) = &one.matter {
        rows.push(row("signing-delegation-matter", matter));
    }
    rows.push(row("signing-delegation-ground", &one.ground));
    rows.push(row("signing-delegation-when", &days(view, one)));
    rows
}

fn past(view: &View, one: &Delegation) -> Vec<SummaryRow> {
    let said = |name: &str, at| format!("{name}, {}", view.speech.date_time(at));
    let made = said(&one.giver_name, one.made_at);
    let mut rows = vec![SummaryRow::new(view.t("signing-delegation-made"), &made)];
    if let (Some(name), Some(at)) = (&one.ended_name, one.ended_at) {
        rows.push(SummaryRow::new(view.t("signing-delegation-ended-by"), &said(name, at)));
    }
    rows
}

pub(crate) async fn new(view: View, State(ctx): State<Ctx>, actor: Actor) -> Result<Page, Problem> {
    let units = givable(&ctx, &actor).await?;
    let typed = from_today(&view, &units);
    let page = form_page(&view, &units, (&typed, &Errors::new()))?;
    Ok(at_desk(&view, &actor, page).await)
}

/// The units whose head, or by whose order, this officer signs; for others there is nothing here.
async fn givable(ctx: &Ctx, actor: &Actor) -> Result<Vec<Unit>, Problem> {
    let units = queries::units(ctx, actor).await?;
    if units.is_empty() { Err(Problem::not_found()) } else { Ok(units) }
}

/// A form that begins today, for the first unit.
fn from_today(view: &View, units: &[Unit]) -> Answers {
    let unit = units.first().map_or("", |unit| unit.code.as_str()).to_owned();
    let mut pairs = from_day("from", local(view.now).date());
    pairs.push(("unit".to_owned(), unit));
    Answers::from_pairs(pairs)
}

pub(crate) async fn post_new(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let units = givable(&ctx, &actor).await?;
    match give(&view, (&ctx, &actor), &units, &answers).await? {
        Next::Given(id) => Ok(see(id).notice("signing-notice-delegated")),
        Next::Ask(page) => Ok(at_desk(&view, &actor, *page).await.into()),
    }
}

enum Next {
    Given(Uuid),
    Ask(Box<Page>),
}

/// Asked, shown, confirmed, given.
async fn give(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    units: &[Unit],
    answers: &Answers,
) -> Result<Next, Problem> {
    let again = |errors: &Errors| {
        form_page(view, units, (answers, errors)).map(|page| Next::Ask(Box::new(page)))
    };
    if answers.has(EDIT) {
        return again(&Errors::new());
    }
    let draft = match read(view, units, answers) {
        Ok(draft) => draft,
        Err(errors) => return again(&errors),
    };
    let planned = match commands::preview(ctx, actor, draft.clone()).await {
        Ok((planned, under)) => (planned, under),
        Err(refusal) => return again(&at_field(view, refusal)?),
    };
    let unit = units.iter().find(|unit| unit.id == planned.0.unit);
    let unit = unit.map_or("", |unit| unit.name.as_str());
    let shown = |errors: &Errors| {
        let page = confirm_page(view, (&planned.0, planned.1.as_ref(), unit), (answers, errors));
        page.map(|page| Next::Ask(Box::new(page)))
    };
    if !answers.has(CHECKED) {
        return shown(&Errors::new());
    }
    if let Err(refusal) = confirm_again(ctx, actor, answers.get("code")).await {
        return shown(&at_field(view, Refusal::Confirm(refusal))?);
    }
    match commands::give(ctx, actor, draft).await {
        Ok(id) => Ok(Next::Given(id)),
        Err(refusal) => again(&at_field(view, refusal)?),
    }
}

fn read(view: &View, units: &[Unit], answers: &Answers) -> Result<Draft, Errors> {
    let mut errors = Errors::new();
    let unit = units.iter().find(|unit| unit.code.as_str() == answers.get("unit"));
    if unit.is_none() {
        errors.add("unit", view.t("signing-delegation-unit-missing"));
    }
    let wrong = "signing-delegation-date-wrong";
    let valid_from = day(view, answers, ("from", wrong), &mut errors);
    if valid_from.is_none() && errors.of("from").is_none() {
        errors.add("from", view.t("signing-delegation-from-missing"));
    }
    let valid_to = day(view, answers, ("to", wrong), &mut errors);
    match (unit, valid_from) {
        (Some(unit), Some(valid_from)) if errors.is_empty() => Ok(Draft {
            kind: Kind::parse(answers.get("kind")),
            unit: unit.id,
            giver_title: answers.get("giver_title").to_owned(),
            taker_login: answers.get("login").to_owned(),
            taker_title: answers.get("taker_title").to_owned(),
            scopes: answers.all("scopes").into_iter().filter_map(Scope::parse).collect(),
            matter: answers.get("matter").to_owned(),
            ground: answers.get("ground").to_owned(),
            valid_from,
            valid_to,
        }),
        _ => Err(errors),
    }
}

pub(crate) async fn post_end(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    commands::end(&ctx, &actor, id).await?;
    Ok(see(id).notice("signing-notice-delegation-ended"))
}

fn see(id: Uuid) -> Reply {
    Reply::see(&format!("{HERE}/{id}"))
}
