//! /quan-tri/chung-thu/tin-cay: our authorities, whom else we believe, and how the clock stands.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::pieces::{Tag, Tone};
use platform::web::{Form, Page, Problem, Reply, View};
use uuid::Uuid;

use super::timing::compared;
use super::{Question, at_desk, at_field, day, field, may_decide};
use crate::HERE;
use crate::authority::{Addresses, Authority};
use crate::commands::Scribe;
use crate::commands::anchors::{NewAnchors, Purpose, end, import};
use crate::queries::{self, Beliefs};
use crate::store::anchors::Anchor;

#[derive(Template)]
#[template(path = "anchors.html")]
struct AnchorsTemplate<'a> {
    view: &'a View,
    authorities: Vec<AuthorityRow>,
    anchors: Vec<AnchorRow>,
    policy: Option<String>,
    checks: Vec<(String, String)>,
}

struct AuthorityRow {
    name: String,
    kind: String,
    until: String,
    addresses: Addresses,
    sandbox: bool,
}

struct AnchorRow {
    id: Uuid,
    name: String,
    purposes: String,
    dates: String,
    source: String,
    fingerprint: String,
    is_believed: bool,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_decide(&actor)?;
    let today = local(view.now).date();
    let beliefs = queries::beliefs(&ctx, today).await?;
    let template = template(&view, &beliefs, (today, &ctx.settings.public_address));
    let page = Page::new(&view, view.t("trust-anchors"), &template)?.wide().back(HERE);
    Ok(at_desk(&view, &actor, page).await)
}

fn template<'a>(
    view: &'a View,
    beliefs: &Beliefs,
    (today, public_address): (Date, &str),
) -> AnchorsTemplate<'a> {
    let ours = |one: &Authority| authority_row(view, one, public_address);
    let policy = beliefs.policy.as_ref().map(|policy| {
        let told = [
            ("oid", (&policy.oid).into()),
            ("accuracy", policy.accuracy_ms.into()),
            ("tolerance", policy.tolerance_ms.into()),
        ];
        view.with("trust-stamp-policy", &told)
    });
    AnchorsTemplate {
        view,
        authorities: beliefs.authorities.iter().map(ours).collect(),
        anchors: beliefs.anchors.iter().map(|one| anchor_row(view, one, today)).collect(),
        policy,
        checks: beliefs.checks.iter().map(|one| (one.name.clone(), compared(view, one))).collect(),
    }
}

fn authority_row(view: &View, one: &Authority, public_address: &str) -> AuthorityRow {
    let kind = if one.is_root() { "trust-authority-root" } else { "trust-authority-issuing" };
    let until = one.certificate().map(|x509| view.speech.day(x509.not_after));
    AuthorityRow {
        name: one.name.clone(),
        kind: view.t(kind),
        until: until.unwrap_or_default(),
        addresses: one.addresses(public_address),
        sandbox: one.sandbox,
    }
}

fn anchor_row(view: &View, one: &Anchor, today: Date) -> AnchorRow {
    let purposes = one.purposes.split(' ').filter_map(Purpose::parse);
    let purposes: Vec<String> = purposes.map(|purpose| view.t(purpose.word())).collect();
    let from = ("from", view.speech.date(one.valid_from).into());
    let dates = match one.valid_to {
        Some(to) => view.with("trust-dates", &[from, ("to", view.speech.date(to).into())]),
        None => view.with("trust-dates-open", &[from]),
    };
    AnchorRow {
        id: one.id,
        name: one.name.clone(),
        purposes: purposes.join(", "),
        dates,
        source: one.source.clone(),
        fingerprint: one.fingerprint.clone(),
        is_believed: one.valid_to.is_none_or(|last_day| today <= last_day),
    }
}

/// For the template: the state of an anchor in a word.
impl AnchorRow {
    fn tag(&self, view: &View) -> Tag {
        match self.is_believed {
            true => Tag::new(Tone::Good, view.t("trust-believed")),
            false => Tag::new(Tone::Plain, view.t("trust-believed-no-more")),
        }
    }
}

pub(crate) async fn new(view: View, actor: Actor) -> Result<Page, Problem> {
    may_decide(&actor)?;
    let page = new_page(&view, &Answers::default(), &Errors::new())?;
    Ok(at_desk(&view, &actor, page).await)
}

pub(crate) async fn post_new(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_decide(&actor)?;
    let errors = match take(&view, (&ctx, &actor), &answers).await? {
        None => return Ok(back().notice("trust-notice-believed")),
        Some(errors) => errors,
    };
    let page = new_page(&view, &answers, &errors)?;
    Ok(at_desk(&view, &actor, page).await.into())
}

async fn take(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    answers: &Answers,
) -> Result<Option<Errors>, Problem> {
    let mut errors = Errors::new();
    let mut day = |name: &str| day(view, answers, (name, None), &mut errors);
    let new = NewAnchors {
        bundle: answers.get("pem").trim().as_bytes().to_vec(),
        name: answers.get("name").to_owned(),
        purposes: answers.all("purposes").into_iter().filter_map(Purpose::parse).collect(),
        valid_from: day("from"),
        valid_to: day("to"),
        source: answers.get("source").to_owned(),
        note: answers.get("note").to_owned(),
    };
    if !errors.is_empty() {
        return Ok(Some(errors));
    }
    match import(ctx, &Scribe::of(ctx, actor), new).await {
        Ok(_) => Ok(None),
        Err(refusal) => at_field(view, refusal).map(Some),
    }
}

fn back() -> Reply {
    Reply::see(&format!("{HERE}/tin-cay"))
}

fn new_page(view: &View, typed: &Answers, errors: &Errors) -> Result<Page, Problem> {
    let said = (typed, errors);
    let text = |name: &str, word: &str| field(view, Kind::Text, (name, word), said);
    let day = |name: &str, word: &str| {
        let field = Field::new(&view.speech, Kind::Date, name, view.t(word));
        field.optional(&view.speech).date(typed.date(name)).errors(errors)
    };
    let purposes = Purpose::ALL.map(|one| Choice::new(one.code(), view.t(one.word())));
    let purposes = Field::new(
        &view.speech,
        Kind::Checkboxes(purposes.into()),
        "purposes",
        view.t("trust-purposes"),
    );
    let question = Question {
        heading: view.t("trust-anchor-new"),
        lead: vec![view.t("trust-anchor-new-lead")],
        fields: vec![
            field(view, Kind::Lines(10), ("pem", "trust-pem"), said)
                .hint(view.t("trust-pem-many-hint")),
            text("name", "trust-anchor-name").optional(&view.speech),
            purposes.values(&typed.all("purposes")).errors(errors),
            text("source", "trust-source").hint(view.t("trust-source-hint")),
            day("from", "trust-believed-from").hint(view.t("trust-believed-from-hint")),
            day("to", "trust-believed-to"),
            text("note", "trust-note").optional(&view.speech),
        ],
        button: view.t("trust-anchor-new-button"),
        ..Question::new(view, format!("{HERE}/tin-cay/them"), errors)
    };
    question.page(view, &format!("{HERE}/tin-cay"), errors)
}

pub(crate) async fn post_end(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    may_decide(&actor)?;
    end(&ctx, &Scribe::of(&ctx, &actor), id).await?;
    Ok(back().notice("trust-notice-believed-no-more"))
}
