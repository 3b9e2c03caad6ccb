//! The forms about systems: a new one, its change, a new secret, shutting out, and the answers to
//! what systems ask about the catalogue.

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Scribe};
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;

use super::systems::{PLACE, asked, at_desk, found, may_manage, place_of};
use crate::commands::agencies;
use crate::commands::systems::{self as commands, Change, NewSystem, OVERLAP_HOURS};
use crate::refusal::Refusal;
use crate::secret::Secret;
use crate::store::systems::{System, SystemAgency};
use crate::system::SystemId;

const NEW: &str = "/quan-tri/truc/them-he-thong";

#[derive(Template)]
#[template(path = "system_form.html")]
struct FormTemplate<'a> {
    view: &'a View,
    errors: Markup,
    heading: String,
    lead: Option<String>,
    action: String,
    /// Of what is changed, as it was when the person saw it.
    version: Option<i64>,
    fields: Vec<Field>,
    button: String,
}

pub(crate) async fn new(view: View, actor: Actor) -> Result<Page, Problem> {
    may_manage(&actor)?;
    new_page((&view, &actor), &Answers::default(), &Errors::new()).await
}

async fn new_page(
    (view, actor): (&View, &Actor),
    typed: &Answers,
    errors: &Errors,
) -> Result<Page, Problem> {
    let field = |kind, name: &str, word: &str| {
        Field::new(&view.speech, kind, name, view.t(word)).value(typed.get(name)).errors(errors)
    };
    let secret = field(Kind::Password, "secret", "axis-system-own-secret").value("");
    let template = FormTemplate {
        view,
        errors: errors.summary(&view.speech),
        heading: view.t("axis-system-new-heading"),
        lead: Some(view.t("axis-system-new-lead")),
        action: NEW.to_owned(),
        version: None,
        fields: vec![
            field(Kind::Text, "system", "axis-system-id")
                .hint(view.t("axis-system-id-hint"))
                .autocomplete("off"),
            field(Kind::Text, "name", "axis-system-name")
                .hint(view.t("axis-system-name-hint"))
                .optional(&view.speech),
            field(Kind::Lines(4), "agencies", "axis-system-agencies")
                .hint(view.t("axis-system-agencies-hint")),
            secret
                .hint(view.t("axis-system-own-secret-hint"))
                .optional(&view.speech)
                .autocomplete("off"),
            registers(view, typed.get("registers") == "yes"),
        ],
        button: view.t("axis-system-new-button"),
    };
    let page = Page::new(view, template.heading.clone(), &template)?.back(PLACE);
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

fn registers(view: &View, chosen: bool) -> Field {
    let yes = Choice::new("yes", view.t("axis-system-registers-choice"))
        .hint(view.t("axis-system-registers-hint"));
    let kind = Kind::Checkboxes(vec![yes]);
    let field = Field::new(&view.speech, kind, "registers", view.t("axis-system-registers"));
    field.values(if chosen { &["yes"] } else { &[] })
}

pub(crate) async fn post_new(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    match add(&ctx, &actor, &answers).await {
        Ok((id, secret)) => secret_page((&view, &actor), &id, &secret).await,
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            new_page((&view, &actor), &answers, &errors).await
        }
    }
}

async fn add(ctx: &Ctx, actor: &Actor, typed: &Answers) -> Result<(SystemId, Secret), Refusal> {
    let id = SystemId::parse(typed.get("system"))?;
    let own = typed.get("secret");
    let new = NewSystem {
        id: id.clone(),
        name: typed.get("name").to_owned(),
        agencies: codes(typed.get("agencies")),
        secret: (!own.is_empty()).then(|| Secret::given(own)).transpose()?,
        registers: typed.get("registers") == "yes",
    };
    let secret = commands::add(ctx, &Scribe::of(ctx, actor), new).await?;
    Ok((id, secret))
}

/// Separated by whatever people separate codes with.
fn codes(typed: &str) -> Vec<String> {
    let parts = typed.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';'));
    parts.filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

#[derive(Template)]
#[template(path = "system_secret.html")]
struct SecretTemplate<'a> {
    view: &'a View,
    id: &'a SystemId,
    secret: &'a str,
    place: String,
}

/// The one time that it is seen; no browser keeps the page.
async fn secret_page(
    (view, actor): (&View, &Actor),
    id: &SystemId,
    secret: &Secret,
) -> Result<Page, Problem> {
    let template = SecretTemplate { view, id, secret: secret.text(), place: place_of(id) };
    let page = Page::new(view, view.t("axis-secret-heading"), &template)?;
    Ok(at_desk(view, actor, page).await)
}

pub(super) fn change_fields(
    view: &View,
    (system, agencies): (&System, &[SystemAgency]),
    errors: &Errors,
) -> Vec<Field> {
    let codes: Vec<&str> = agencies.iter().map(|agency| agency.code.as_str()).collect();
    let values = (system.name.as_str(), codes.join("\n"), system.registers);
    typed_fields(view, values, errors)
}

fn typed_fields(
    view: &View,
    (name, agencies, chosen): (&str, String, bool),
    errors: &Errors,
) -> Vec<Field> {
    let field = |kind, name: &str, word: &str| {
        Field::new(&view.speech, kind, name, view.t(word)).errors(errors)
    };
    vec![
        field(Kind::Text, "name", "axis-system-name").value(name),
        field(Kind::Lines(6), "agencies", "axis-system-agencies")
            .value(agencies)
            .hint(view.t("axis-system-agencies-hint")),
        registers(view, chosen),
    ]
}

pub(crate) async fn post_change(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let id = asked(&id)?;
    let (scribe, wish) = (Scribe::of(&ctx, &actor), wish(&answers));
    match commands::change(&ctx, &scribe, id.clone(), wish).await {
        Ok(()) => Ok(Reply::see(&place_of(&id)).notice("axis-notice-system-changed")),
        Err(refusal) => Ok(change_again((&view, &actor), &id, &answers, refusal).await?.into()),
    }
}

fn wish(typed: &Answers) -> Change {
    Change {
        version: typed.get("version").parse().unwrap_or_default(),
        name: typed.get("name").to_owned(),
        agencies: codes(typed.get("agencies")),
        registers: typed.get("registers") == "yes",
    }
}

async fn change_again(
    (view, actor): (&View, &Actor),
    id: &SystemId,
    typed: &Answers,
    refusal: Refusal,
) -> Result<Page, Problem> {
    let errors = at_field(view, refusal)?;
    let (agencies, chosen) = (typed.get("agencies").to_owned(), typed.get("registers") == "yes");
    let fields = typed_fields(view, (typed.get("name"), agencies, chosen), &errors);
    let template = FormTemplate {
        view,
        errors: errors.summary(&view.speech),
        heading: id.to_string(),
        lead: None,
        action: place_of(id),
        version: typed.get("version").parse().ok(),
        fields,
        button: view.t("axis-system-change-button"),
    };
    let page = Page::new(view, id.to_string(), &template)?.back(place_of(id)).error();
    Ok(at_desk(view, actor, page).await)
}

pub(crate) async fn post_suspend(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    turn((&ctx, &actor), &id, true).await
}

pub(crate) async fn post_resume(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    turn((&ctx, &actor), &id, false).await
}

async fn turn((ctx, actor): (&Ctx, &Actor), id: &str, off: bool) -> Result<Reply, Problem> {
    may_manage(actor)?;
    let id = asked(id)?;
    commands::suspend(ctx, &Scribe::of(ctx, actor), id.clone(), off).await?;
    let notice = if off { "axis-notice-system-suspended" } else { "axis-notice-system-resumed" };
    Ok(Reply::see(&place_of(&id)).notice(notice))
}

pub(crate) async fn ask_secret(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let (system, _) = found(&ctx, asked(&id)?).await?;
    let place = place_of(&system.id);
    let template = FormTemplate {
        view: &view,
        errors: Markup::default(),
        heading: view.t("axis-secret-new-heading"),
        lead: Some(view.t("axis-secret-new-lead")),
        action: format!("{place}/khoa"),
        version: None,
        fields: vec![overlap(&view)],
        button: view.t("axis-secret-new-button"),
    };
    let page = Page::new(&view, template.heading.clone(), &template)?.back(place);
    Ok(at_desk(&view, &actor, page).await)
}

/// How long the former secret opens beside the new one.
fn overlap(view: &View) -> Field {
    let choice = |hours: i64, word: &str| Choice::new(hours.to_string(), view.t(word));
    let kind = Kind::Radios(vec![
        choice(OVERLAP_HOURS, "axis-overlap-day"),
        choice(7 * 24, "axis-overlap-week"),
        choice(0, "axis-overlap-none").hint(view.t("axis-overlap-none-hint")),
    ]);
    let field = Field::new(&view.speech, kind, "overlap", view.t("axis-overlap"));
    field.value(OVERLAP_HOURS.to_string())
}

pub(crate) async fn post_secret(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
    Form(answers): Form<Answers>,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let id = asked(&id)?;
    let hours = answers.get("overlap").parse().unwrap_or(OVERLAP_HOURS);
    let scribe = Scribe::of(&ctx, &actor);
    let secret = commands::renew_secret(&ctx, &scribe, id.clone(), (None, hours)).await?;
    secret_page((&view, &actor), &id, &secret).await
}

pub(crate) async fn post_confirm(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    agencies::decide(&ctx, &Scribe::of(&ctx, &actor), id, (true, String::new())).await?;
    Ok(Reply::see(PLACE).notice("axis-notice-request-confirmed"))
}

pub(crate) async fn post_decline(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    agencies::decide(&ctx, &Scribe::of(&ctx, &actor), id, (false, String::new())).await?;
    Ok(Reply::see(PLACE).notice("axis-notice-request-declined"))
}

/// The refusal beside the field it is about; one that no answer could mend is a page of its own.
fn at_field(view: &View, refusal: Refusal) -> Result<Errors, Problem> {
    let name = refusal.field();
    if name.is_empty() {
        return Err(refusal.into());
    }
    let mut errors = Errors::new();
    errors.add(name, refusal.sentence(&view.speech));
    Ok(errors)
}
