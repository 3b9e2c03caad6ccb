//! /can-bo/ky-so/{id}: one file that waits for a signature, seen before it is signed.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field, Kind};
use platform::web::pieces::{Summary, SummaryRow, Tag, Tone};
use platform::web::{Form, Markup, Page, Problem, Reply, Shown, View, escape};
use uuid::Uuid;

use super::{WRONG, at_desk, at_field, code_field, wrong_code, wrong_word};
use crate::HERE;
use crate::commands::putting::file_name;
use crate::commands::signing::Named;
use crate::commands::{ending, signing};
use crate::desk::{Seen, seen};
use crate::refusal::Refusal;
use crate::step::{SignatoryKind, Step, StepState};
use crate::submission::{State as Standing, SubmissionId};

#[derive(Template)]
#[template(path = "paper.html")]
struct PaperTemplate<'a> {
    view: &'a View,
    errors: Markup,
    id: Uuid,
    title: String,
    state: Tag,
    facts: Summary,
    steps: Vec<StepRow>,
    sha256: String,
    /// It is this officer's turn.
    turn: Option<Turn>,
    reason: Field,
}

struct Turn {
    is_seal: bool,
    /// With what it is signed; none: the sentence says why not.
    certificate: Result<Summary, String>,
    code: Field,
}

struct StepRow {
    name: String,
    capacity: Vec<String>,
    kind: String,
    state: Tag,
    when: String,
    how: String,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    let seen = seen(&ctx, &actor, SubmissionId(id)).await?;
    let errors = if seen.turn.is_some() { wrong_code(&view)? } else { Errors::new() };
    let page = page(&view, &seen, &errors, &Answers::default())?;
    Ok(at_desk(&view, &actor, page).await)
}

fn page(view: &View, seen: &Seen, errors: &Errors, typed: &Answers) -> Result<Page, Problem> {
    let one = &seen.submission;
    let reason = Field::new(&view.speech, Kind::Lines(3), "reason", view.t("signing-decline-why"));
    let template = PaperTemplate {
        view,
        errors: errors.summary(&view.speech),
        id: one.id.0,
        title: one.title.clone(),
        state: state_tag(view, one.state),
        facts: Summary::new(view, facts(view, seen)),
        steps: seen.steps.iter().map(|step| step_row(view, step)).collect(),
        sha256: one.sha256.clone(),
        turn: seen.turn.as_ref().map(|(step, certificate)| Turn {
            is_seal: step.kind == SignatoryKind::Agency,
            certificate: certificate_facts(view, certificate),
            code: code_field(view, errors),
        }),
        reason: reason.value(typed.get("reason")).errors(errors),
    };
    let page = Page::new(view, one.title.clone(), &template)?.back(HERE);
    Ok(if errors.is_empty() { page } else { page.error() })
}

fn facts(view: &View, seen: &Seen) -> Vec<SummaryRow> {
    let one = &seen.submission;
    let row = |word: &str, value: &str| SummaryRow::new(view.t(word), value);
    let mut rows = Vec::new();
    if !one.number.is_empty() {
        rows.push(row("signing-number", &one.number));
    }
    rows.push(row("signing-scope", &view.t(one.scope.word())));
    rows.push(row("signing-unit", &seen.unit));
    let asked = format!("{}, {}", one.asked_name, view.speech.date_time(one.asked_at));
    rows.push(row("signing-asked", &asked));
    if let Some(at) = one.ended_at {
        rows.push(row("signing-ended", &view.speech.date_time(at)));
    }
    if let Some(reason) = one.reason.as_deref().filter(|reason| !reason.is_empty()) {
        rows.push(row("signing-decline-reason", reason));
    }
    rows.push(digits(view, "signing-sha256", &one.sha256));
    rows
}

/// Long numbers, which break anywhere on a narrow page.
pub(crate) fn digits(view: &View, word: &str, number: &str) -> SummaryRow {
    SummaryRow::markup(view.t(word), Markup::trusted(format!("<code>{}</code>", escape(number))))
}

fn certificate_facts(
    view: &View,
    certificate: &Result<trust::Certificate, Refusal>,
) -> Result<Summary, String> {
    let one = certificate.as_ref().map_err(|refusal| refusal.sentence(&view.speech))?;
    let row = |word: &str, value: &str| SummaryRow::new(view.t(word), value);
    Ok(Summary::new(
        view,
        vec![
            row("signing-certificate-holder", &one.holder_name),
            digits(view, "signing-certificate-serial", &one.serial),
            row("signing-certificate-until", &view.speech.date_time(one.not_after)),
        ],
    ))
}

fn step_row(view: &View, step: &Step) -> StepRow {
    let kind = match step.kind {
        SignatoryKind::Person => "signing-kind-person",
        SignatoryKind::Agency => "signing-kind-agency",
    };
    let (tone, word) = match step.state {
        StepState::Waiting => (Tone::Plain, "signing-step-waiting"),
        StepState::Signed => (Tone::Good, "signing-step-signed"),
        StepState::Declined => (Tone::Bad, "signing-step-declined"),
    };
    StepRow {
        name: step.name.clone(),
        capacity: step.capacity.lines().map(str::to_owned).collect(),
        kind: view.t(kind),
        state: Tag::new(tone, view.t(word)),
        when: step.signed_at.map_or_else(String::new, |at| view.speech.date_time(at)),
        how: how(view, step),
    }
}

/// By which right it was signed, where that is not plain from the name.
fn how(view: &View, step: &Step) -> String {
    let by = step.signed_by_name.clone().unwrap_or_default();
    match (step.state, step.kind) {
        (StepState::Signed, _) if step.signed_by.is_none() => view.t("signing-by-rule"),
        (StepState::Signed, _) if step.sitting.is_some() => view.t("signing-in-sitting"),
        (StepState::Signed, SignatoryKind::Agency) => {
            view.with("signing-sealed-by", &[("name", by.into())])
        }
        (StepState::Signed, _) => step.driver.map_or_else(String::new, |one| view.t(one.word())),
        _ => String::new(),
    }
}

pub(crate) fn state_tag(view: &View, state: Standing) -> Tag {
    let tone = match state {
        Standing::Waiting => Tone::Info,
        Standing::Signed => Tone::Good,
        Standing::Declined => Tone::Bad,
        Standing::Withdrawn => Tone::Plain,
    };
    Tag::new(tone, view.t(state.word()))
}

/// The PDF as it stands: what is signed.
pub(crate) async fn file(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Reply, Problem> {
    let seen = seen(&ctx, &actor, SubmissionId(id)).await?;
    let name = file_name(&seen.submission);
    let bytes = ctx.files.read(seen.submission.file, crate::engine::FILE_BYTES_MAX * 2).await;
    let bytes = bytes.map_err(Refusal::from)?;
    Ok(Reply::file(&name, "application/pdf", Shown::Inline, bytes.into()))
}

pub(crate) async fn post_sign(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let named = Named { id: SubmissionId(id), sha256: answers.get("sha256").to_owned() };
    match signing::sign(&ctx, &actor, named, answers.get("code")).await {
        Ok(()) => Ok(Reply::see(HERE).notice("signing-notice-signed")),
        Err(refusal) => match wrong_word(&refusal) {
            Some(word) => Ok(Reply::see(&format!("{HERE}/{id}?{WRONG}={word}"))),
            None => again(&view, (&ctx, &actor), id, (refusal, &answers)).await,
        },
    }
}

pub(crate) async fn post_decline(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    match ending::decline(&ctx, &actor, SubmissionId(id), answers.get("reason")).await {
        Ok(()) => Ok(Reply::see(HERE).notice("signing-notice-declined")),
        Err(refusal) => again(&view, (&ctx, &actor), id, (refusal, &answers)).await,
    }
}

/// The page once more with the mistake at its field; what no field would mend is a page of its own.
async fn again(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: Uuid,
    (refusal, typed): (Refusal, &Answers),
) -> Result<Reply, Problem> {
    let errors = at_field(view, refusal)?;
    let seen = seen(ctx, actor, SubmissionId(id)).await?;
    let page = page(view, &seen, &errors, typed)?;
    Ok(at_desk(view, actor, page).await.into())
}
