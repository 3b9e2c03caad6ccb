//! /quan-tri/chung-thu/{id}: one certificate, and what is done with it.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::clock::instant;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::pieces::{Summary, SummaryRow, Tag};
use platform::web::{Form, Markup, Page, Problem, Reply, Shown as How, View, escape};
use uuid::Uuid;

use super::register::tag;
use super::{Question, at_desk, at_field, day, field, letters};
use crate::HERE;
use crate::certificate::{REASONS, State as Held, reason_code, reason_word};
use crate::commands::standing::{Turn, turn};
use crate::letter::Subject;
use crate::profile::{OFFICER, Profile, SEAL, SERVER};
use crate::queries::{self, Shown};

#[derive(Template)]
#[template(path = "certificate.html")]
struct CertificateTemplate<'a> {
    view: &'a View,
    id: Uuid,
    name: String,
    standing: Tag,
    facts: Summary,
    letters: Markup,
    waits: bool,
    successor: Option<Uuid>,
    replaces: Option<Uuid>,
    renews: bool,
    recovers: bool,
    suspends: bool,
    resumes: bool,
    revokes: bool,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    let shown = queries::certificate(&ctx, &actor, id).await?;
    let template = template(&view, &shown, letters_of(&view, &ctx, &shown).await?);
    let title = shown.certificate.holder_name.clone();
    let page = Page::new(&view, title, &template)?.back(HERE);
    Ok(at_desk(&view, &actor, page).await)
}

/// Letters that ask something about it: of ours as of others', which the State's authority decides.
async fn letters_of(view: &View, ctx: &Ctx, shown: &Shown) -> Result<Markup, Problem> {
    let id = shown.certificate.id;
    let asks = shown.manages && shown.certificate.unit.is_some();
    let write = asks.then(|| format!("/can-bo/ky-so/de-nghi/chung-thu/{id}"));
    let attached = queries::letters::of(ctx, Subject::Certificate(id)).await?;
    letters::part(view, ctx, &attached, write).await
}

fn template<'a>(view: &'a View, shown: &Shown, letters: Markup) -> CertificateTemplate<'a> {
    let one = &shown.certificate;
    let ours = one.authority.is_some();
    let held = [SEAL, OFFICER, SERVER].contains(&one.profile.as_str());
    let lives = one.state != Held::Revoked && view.now <= one.not_after;
    CertificateTemplate {
        view,
        id: one.id,
        name: one.holder_name.clone(),
        standing: tag(view, one),
        facts: Summary::new(view, facts(view, shown)),
        letters,
        waits: shown.waits,
        successor: shown.successor,
        replaces: one.replaces,
        renews: ours && held && shown.manages && !shown.waits && one.is_usable(view.now),
        recovers: ours && held && shown.manages && !shown.waits && lives,
        suspends: ours && held && one.is_usable(view.now),
        resumes: ours && shown.approves && lives && one.state == Held::Suspended,
        revokes: ours && held && one.state != Held::Revoked,
    }
}

fn facts(view: &View, shown: &Shown) -> Vec<SummaryRow> {
    let one = &shown.certificate;
    let row = |word: &str, value: &str| SummaryRow::new(view.t(word), value);
    let mut rows = vec![
        row("trust-unit", &shown.unit),
        row("trust-profile", &view.t(Profile::word(&one.profile))),
        row("trust-carrier", &view.t(one.carrier.word())),
    ];
    if let Some(number) = &one.carrier_number {
        rows.push(row("trust-carrier-number", number));
    }
    rows.push(row("trust-subject", &one.subject));
    rows.push(row("trust-issuer", &one.issuer));
    rows.push(digits(view, "trust-serial", &one.serial));
    rows.push(row("trust-from", &view.speech.date_time(one.not_before)));
    rows.push(row("trust-until", &view.speech.date_time(one.not_after)));
    if let Some(key) = one.x509().ok().and_then(|x509| x509.key.clone().ok()) {
        let kind = crate::key::KeyKind::of(&key).map_or("–", |kind| kind.title());
        rows.push(row("trust-key", kind));
    }
    rows.push(digits(view, "trust-fingerprint", &one.fingerprint));
    let changed = one.state_since.filter(|_| one.state != Held::Good);
    if let Some(since) = changed {
        rows.push(row("trust-changed", &view.speech.date_time(since)));
    }
    if let Some(reason) = one.reason().filter(|_| one.state == Held::Revoked) {
        rows.push(row("trust-reason", &view.t(reason_word(reason))));
    }
    if let Some(since) = one.invalid_since {
        rows.push(row("trust-since", &view.speech.day(since)));
    }
    if shown.authority.as_ref().is_some_and(|authority| authority.sandbox) {
        rows.push(row("trust-force", &view.t("trust-sandbox")));
    }
    for (days, at) in &shown.told {
        let told = [("days", (*days).into()), ("at", view.speech.date_time(*at).into())];
        rows.push(row("trust-alerts", &view.with("trust-alerted", &told)));
    }
    if let Some(note) = &one.note {
        rows.push(row("trust-note", note));
    }
    rows
}

/// Long numbers, which break anywhere on a narrow page.
pub(super) fn digits(view: &View, word: &str, number: &str) -> SummaryRow {
    SummaryRow::markup(view.t(word), Markup::trusted(format!("<code>{}</code>", escape(number))))
}

pub(crate) async fn file(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Reply, Problem> {
    let shown = queries::certificate(&ctx, &actor, id).await?;
    let name = format!("{}.cer", shown.certificate.serial);
    let der = shown.certificate.der;
    Ok(Reply::file(&name, "application/pkix-cert", How::Saved, der))
}

pub(crate) async fn revoke(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    let shown = queries::certificate(&ctx, &actor, id).await?;
    let page = revoke_page(&view, &shown, (&Answers::default(), &Errors::new()))?;
    Ok(at_desk(&view, &actor, page).await)
}

pub(crate) async fn post_revoke(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let shown = queries::certificate(&ctx, &actor, id).await?;
    let errors = match revoke_with(&view, (&ctx, &actor), id, &answers).await? {
        None => return Ok(seen(id).notice("trust-notice-revoked")),
        Some(errors) => errors,
    };
    let page = revoke_page(&view, &shown, (&answers, &errors))?;
    Ok(at_desk(&view, &actor, page).await.into())
}

async fn revoke_with(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: Uuid,
    answers: &Answers,
) -> Result<Option<Errors>, Problem> {
    let mut errors = Errors::new();
    let chosen = REASONS.into_iter().find(|one| reason_code(*one) == answers.get("reason"));
    if chosen.is_none() {
        errors.add("reason", view.t("trust-refusal-reason-missing"));
    }
    let since = day(view, answers, ("since", None), &mut errors);
    let invalid_since = since.map(|date| instant(date.at(0, 0, 0, 0)));
    let Some(reason) = chosen.filter(|_| errors.is_empty()) else { return Ok(Some(errors)) };
    match turn(ctx, actor, (id, Turn::Revoke { reason, invalid_since })).await {
        Ok(()) => Ok(None),
        Err(refusal) => at_field(view, refusal).map(Some),
    }
}

fn seen(id: Uuid) -> Reply {
    Reply::see(&format!("{HERE}/{id}"))
}

fn revoke_page(
    view: &View,
    shown: &Shown,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let one = &shown.certificate;
    let reasons = REASONS.map(|one| Choice::new(reason_code(one), view.t(reason_word(one))));
    let since = Field::new(&view.speech, Kind::Date, "since", view.t("trust-since"));
    let here = format!("{HERE}/{}", one.id);
    let question = Question {
        heading: view.with("trust-revoke-of", &[("holder", (&one.holder_name).into())]),
        lead: vec![view.t("trust-revoke-lead")],
        fields: vec![
            field(view, Kind::Radios(reasons.into()), ("reason", "trust-reason"), (typed, errors)),
            since
                .hint(view.t("trust-since-hint"))
                .optional(&view.speech)
                .date(typed.date("since"))
                .errors(errors),
        ],
        button: view.t("trust-revoke"),
        grave: true,
        ..Question::new(view, format!("{here}/thu-hoi"), errors)
    };
    question.page(view, &here, errors)
}

pub(crate) async fn post_suspend(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    turn(&ctx, &actor, (id, Turn::Suspend)).await?;
    Ok(seen(id).notice("trust-notice-suspended"))
}

pub(crate) async fn post_resume(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    turn(&ctx, &actor, (id, Turn::Resume)).await?;
    Ok(seen(id).notice("trust-notice-resumed"))
}
