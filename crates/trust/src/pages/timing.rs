//! /quan-tri/chung-thu/thoi-gian: under which policy time is stamped, who else is asked for it, and
//! how our clock stands beside theirs.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Answers, DateParts, Errors, Field, Kind, Width};
use platform::web::pieces::{Tag, Tone};
use platform::web::{Form, Page, Problem, Reply, View};
use uuid::Uuid;

use super::{Question, at_desk, at_field, day, field, may_decide};
use crate::HERE;
use crate::commands::Scribe;
use crate::commands::stamps::{
    add_source, compare_now, prefer_source, remove_policy, remove_source, set_policy,
};
use crate::queries;
use crate::store::stamps::{Check, PolicyRow};

#[derive(Template)]
#[template(path = "timing.html")]
struct TimingTemplate<'a> {
    view: &'a View,
    sources: Vec<SourceRow>,
    policies: Vec<PolicyLine>,
}

struct SourceRow {
    id: Uuid,
    place: usize,
    name: String,
    address: String,
    compared: String,
}

struct PolicyLine {
    from: Date,
    day: String,
    oid: String,
    accuracy: String,
    tolerance: String,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Coming,
    InForce,
    Past,
}

impl PolicyLine {
    fn is_coming(&self) -> bool {
        self.stage == Stage::Coming
    }

    fn tag(&self, view: &View) -> Tag {
        match self.stage {
            Stage::Coming => Tag::new(Tone::Plain, view.t("trust-policy-coming")),
            Stage::InForce => Tag::new(Tone::Good, view.t("trust-policy-in-force")),
            Stage::Past => Tag::new(Tone::Plain, view.t("trust-policy-past")),
        }
    }
}

fn here() -> String {
    format!("{HERE}/thoi-gian")
}

fn back() -> Reply {
    Reply::see(&here())
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_decide(&actor)?;
    let timing = queries::timing(&ctx).await?;
    let template = TimingTemplate {
        view: &view,
        sources: sources(&view, &timing.checks),
        policies: policies(&view, &timing.policies),
    };
    let page = Page::new(&view, view.t("trust-timing"), &template)?.wide();
    Ok(at_desk(&view, &actor, page.back(format!("{HERE}/tin-cay"))).await)
}

fn sources(view: &View, checks: &[Check]) -> Vec<SourceRow> {
    let row = |(place, one): (usize, &Check)| SourceRow {
        id: one.id,
        place,
        name: one.name.clone(),
        address: one.address.clone(),
        compared: compared(view, one),
    };
    (1..).zip(checks).map(row).collect()
}

/// What came of comparing our clock with this one.
pub(super) fn compared(view: &View, one: &Check) -> String {
    match (one.at, one.difference_ms, &one.fault) {
        (None, ..) => view.t("trust-clock-never"),
        (Some(at), Some(difference), _) => {
            let args =
                [("at", view.speech.date_time(at).into()), ("difference", difference.into())];
            view.with("trust-clock-differs", &args)
        }
        (Some(at), None, fault) => {
            let fault = fault.clone().unwrap_or_default();
            let args = [("at", view.speech.date_time(at).into()), ("fault", fault.into())];
            view.with("trust-clock-silent", &args)
        }
    }
}

/// They come with the last to begin first.
fn policies(view: &View, rows: &[PolicyRow]) -> Vec<PolicyLine> {
    let today = local(view.now).date();
    let in_force = rows.iter().find(|one| one.valid_from <= today).map(|one| one.valid_from);
    let milliseconds = |number: i64| format!("{} ms", view.speech.number(number));
    let line = |one: &PolicyRow| PolicyLine {
        from: one.valid_from,
        day: view.speech.date(one.valid_from),
        oid: one.oid.clone(),
        accuracy: milliseconds(one.accuracy_ms),
        tolerance: milliseconds(one.tolerance_ms),
        stage: match in_force {
            Some(day) if day == one.valid_from => Stage::InForce,
            _ if one.valid_from > today => Stage::Coming,
            _ => Stage::Past,
        },
    };
    rows.iter().map(line).collect()
}

pub(crate) async fn new_source(view: View, actor: Actor) -> Result<Page, Problem> {
    may_decide(&actor)?;
    let page = source_page(&view, &Answers::default(), &Errors::new())?;
    Ok(at_desk(&view, &actor, page).await)
}

pub(crate) async fn post_source(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_decide(&actor)?;
    let named = (answers.get("address"), answers.get("name"));
    let Err(refusal) = add_source(&ctx, &Scribe::of(&ctx, &actor), named).await else {
        return Ok(back().notice("trust-notice-source-added"));
    };
    let page = source_page(&view, &answers, &at_field(&view, refusal)?)?;
    Ok(at_desk(&view, &actor, page).await.into())
}

fn source_page(view: &View, typed: &Answers, errors: &Errors) -> Result<Page, Problem> {
    let said = (typed, errors);
    let text = |name: &str, word: &str| field(view, Kind::Text, (name, word), said);
    let question = Question {
        heading: view.t("trust-time-source-new"),
        lead: vec![view.t("trust-time-source-new-lead")],
        fields: vec![
            text("address", "trust-time-source-address")
                .hint(view.t("trust-time-source-address-hint")),
            text("name", "trust-anchor-name").optional(&view.speech),
        ],
        button: view.t("trust-time-source-new-button"),
        ..Question::new(view, format!("{}/nguon", here()), errors)
    };
    question.page(view, &here(), errors)
}

pub(crate) async fn post_prefer(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    may_decide(&actor)?;
    prefer_source(&ctx, &Scribe::of(&ctx, &actor), id).await?;
    Ok(back().notice("trust-notice-source-preferred"))
}

pub(crate) async fn post_remove(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    may_decide(&actor)?;
    remove_source(&ctx, &Scribe::of(&ctx, &actor), id).await?;
    Ok(back().notice("trust-notice-source-removed"))
}

pub(crate) async fn post_compare(
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    may_decide(&actor)?;
    compare_now(&ctx).await?;
    Ok(back().notice("trust-notice-comparing"))
}

pub(crate) async fn new_policy(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_decide(&actor)?;
    let typed = latest(&view, &queries::timing(&ctx).await?.policies);
    let page = policy_page(&view, &typed, &Errors::new())?;
    Ok(at_desk(&view, &actor, page).await)
}

/// The last policy, to be changed, from tomorrow.
fn latest(view: &View, policies: &[PolicyRow]) -> Answers {
    let Some(last) = policies.first() else { return Answers::default() };
    let tomorrow = local(view.now).date().tomorrow().unwrap_or(last.valid_from);
    let mut pairs = vec![
        ("oid".to_owned(), last.oid.clone()),
        ("accuracy".to_owned(), last.accuracy_ms.to_string()),
        ("tolerance".to_owned(), last.tolerance_ms.to_string()),
    ];
    let DateParts { day, month, year } = DateParts::of(tomorrow);
    let parts = [("from-day", day), ("from-month", month), ("from-year", year)];
    pairs.extend(parts.map(|(name, text)| (name.to_owned(), text)));
    Answers::from_pairs(pairs)
}

pub(crate) async fn post_policy(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_decide(&actor)?;
    let Some(errors) = take(&view, (&ctx, &actor), &answers).await? else {
        return Ok(back().notice("trust-notice-policy-set"));
    };
    let page = policy_page(&view, &answers, &errors)?;
    Ok(at_desk(&view, &actor, page).await.into())
}

async fn take(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    answers: &Answers,
) -> Result<Option<Errors>, Problem> {
    let mut errors = Errors::new();
    let from = ("from", Some("trust-policy-from-missing"));
    let Some(valid_from) = day(view, answers, from, &mut errors) else { return Ok(Some(errors)) };
    // What is no number is out of bounds, which is said beside its field.
    let milliseconds = |name: &str| answers.get(name).trim().parse().unwrap_or(0);
    let row = PolicyRow {
        oid: answers.get("oid").trim().to_owned(),
        valid_from,
        accuracy_ms: milliseconds("accuracy"),
        tolerance_ms: milliseconds("tolerance"),
    };
    match set_policy(ctx, &Scribe::of(ctx, actor), row).await {
        Ok(()) => Ok(None),
        Err(refusal) => at_field(view, refusal).map(Some),
    }
}

fn policy_page(view: &View, typed: &Answers, errors: &Errors) -> Result<Page, Problem> {
    let said = (typed, errors);
    let text = |kind, name: &str, word: &str| field(view, kind, (name, word), said);
    let number =
        |name: &str, word: &str| text(Kind::Digits, name, word).suffix("ms").width(Width::Ten);
    let from = Field::new(&view.speech, Kind::Date, "from", view.t("trust-policy-from"));
    let question = Question {
        heading: view.t("trust-policy-new"),
        lead: vec![view.t("trust-policy-new-lead")],
        fields: vec![
            text(Kind::Text, "oid", "trust-policy-oid").hint(view.t("trust-policy-oid-hint")),
            number("accuracy", "trust-policy-accuracy").hint(view.t("trust-policy-accuracy-hint")),
            number("tolerance", "trust-policy-tolerance")
                .hint(view.t("trust-policy-tolerance-hint")),
            from.date(typed.date("from")).errors(errors),
        ],
        button: view.t("trust-policy-new-button"),
        ..Question::new(view, format!("{}/chinh-sach", here()), errors)
    };
    question.page(view, &here(), errors)
}

pub(crate) async fn post_remove_policy(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(from): Path<String>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    may_decide(&actor)?;
    let from: Date = from.parse().map_err(|_| Problem::not_found())?;
    remove_policy(&ctx, &Scribe::of(&ctx, &actor), from).await?;
    Ok(back().notice("trust-notice-policy-removed"))
}
