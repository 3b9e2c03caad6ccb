//! The forms about links: a new one, its change, and what an agency is called there.

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Scribe};
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Answers, DateFault, DateParts, Errors, Field, Kind, Width};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::links::{PLACE, at_desk, at_field, may_manage, place_of};
use crate::commands::links::{self as commands, EVERY_SECONDS_USUAL, EVERYTHING, NewLink};
use crate::queries::links::{self as queries, Standing};

#[derive(Template)]
#[template(path = "link_form.html")]
struct FormTemplate<'a> {
    view: &'a View,
    errors: Markup,
    heading: String,
    lead: String,
    action: String,
    fields: Vec<Field>,
    button: String,
}

/// What a form says around its fields.
pub(super) struct Frame<'a> {
    pub heading: &'a str,
    pub lead: &'a str,
    pub button: &'a str,
    pub action: String,
    pub back: String,
}

pub(super) async fn form_page(
    (view, actor): (&View, &Actor),
    frame: Frame<'_>,
    (fields, errors): (Vec<Field>, &Errors),
) -> Result<Page, Problem> {
    let template = FormTemplate {
        view,
        errors: errors.summary(&view.speech),
        heading: view.t(frame.heading),
        lead: view.t(frame.lead),
        action: frame.action,
        fields,
        button: view.t(frame.button),
    };
    let page = Page::new(view, view.t(frame.heading), &template)?.back(frame.back);
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

pub(crate) async fn new(view: View, actor: Actor) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let every = ("every".to_owned(), EVERY_SECONDS_USUAL.to_string());
    let typed = Answers::from_pairs(vec![every]);
    new_page((&view, &actor), (&typed, &Errors::new())).await
}

async fn new_page(
    (view, actor): (&View, &Actor),
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let frame = Frame {
        heading: "axis-link-new",
        lead: "axis-link-new-lead",
        button: "axis-link-new-button",
        action: format!("{PLACE}/them"),
        back: PLACE.to_owned(),
    };
    let hint = "axis-link-secret-hint";
    form_page((view, actor), frame, (link_fields(view, (typed, errors), hint), errors)).await
}

fn link_fields(view: &View, (typed, errors): (&Answers, &Errors), secret_hint: &str) -> Vec<Field> {
    let field = |kind, name: &str, word: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(word));
        field.value(typed.get(name)).errors(errors)
    };
    let secret = Field::new(&view.speech, Kind::Password, "secret", view.t("axis-link-secret"));
    vec![
        field(Kind::Text, "name", "axis-link-name").hint(view.t("axis-link-name-hint")),
        field(Kind::Text, "address", "axis-link-address").hint(view.t("axis-link-address-hint")),
        field(Kind::Text, "system", "axis-link-system").hint(view.t("axis-link-system-hint")),
        secret.hint(view.t(secret_hint)).autocomplete("off").errors(errors),
        field(Kind::Text, "covers", "axis-link-covers").hint(view.t("axis-link-covers-hint")),
        field(Kind::Digits, "every", "axis-link-every")
            .suffix(view.t("axis-link-every-suffix"))
            .width(Width::Ten),
    ]
}

fn asked(answers: &Answers) -> NewLink {
    NewLink {
        name: answers.get("name").to_owned(),
        address: answers.get("address").to_owned(),
        system_id: answers.get("system").to_owned(),
        secret: Zeroizing::new(answers.get("secret").to_owned()),
        // What is no number is out of bounds, which is said beside its field.
        every_seconds: answers.get("every").trim().parse().unwrap_or(0),
        covers: answers.get("covers").to_owned(),
    }
}

pub(crate) async fn post_new(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    match commands::add(&ctx, &Scribe::of(&ctx, &actor), asked(&answers)).await {
        Ok(id) => Ok(Reply::see(&place_of(id)).notice("axis-notice-link-added")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(new_page((&view, &actor), (&answers, &errors)).await?.into())
        }
    }
}

pub(crate) async fn edit(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let typed = as_typed(&queries::standing(&ctx, id).await?);
    edit_page((&view, &actor), id, (&typed, &Errors::new())).await
}

fn as_typed(standing: &Standing) -> Answers {
    let link = &standing.link;
    let rest = |prefix: &String| match prefix.is_empty() {
        true => EVERYTHING.to_owned(),
        false => prefix.clone(),
    };
    let covers = standing.covers.iter().map(rest).collect::<Vec<_>>().join(", ");
    let pairs = [
        ("name", link.name.clone()),
        ("address", link.address.clone()),
        ("system", link.system_id.clone()),
        ("covers", covers),
        ("every", link.every_seconds.to_string()),
    ];
    Answers::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

async fn edit_page(
    (view, actor): (&View, &Actor),
    id: Uuid,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let frame = Frame {
        heading: "axis-link-edit",
        lead: "axis-link-edit-lead",
        button: "axis-link-edit-button",
        action: format!("{}/sua", place_of(id)),
        back: place_of(id),
    };
    let hint = "axis-link-secret-kept-hint";
    form_page((view, actor), frame, (link_fields(view, (typed, errors), hint), errors)).await
}

pub(crate) async fn post_edit(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    match commands::change(&ctx, &Scribe::of(&ctx, &actor), (id, asked(&answers))).await {
        Ok(()) => Ok(Reply::see(&place_of(id)).notice("axis-notice-link-changed")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(edit_page((&view, &actor), id, (&answers, &errors)).await?.into())
        }
    }
}

pub(crate) async fn new_code(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    queries::standing(&ctx, id).await?;
    let DateParts { day, month, year } = DateParts::of(local(view.now).date());
    let parts = [("from-day", day), ("from-month", month), ("from-year", year)];
    let typed = parts.map(|(name, text)| (name.to_owned(), text)).to_vec();
    code_page((&view, &actor), id, (&Answers::from_pairs(typed), &Errors::new())).await
}

async fn code_page(
    (view, actor): (&View, &Actor),
    id: Uuid,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let field = |kind, name: &str, word: &str| {
        Field::new(&view.speech, kind, name, view.t(word)).errors(errors)
    };
    let date = |name: &str, word: &str| field(Kind::Date, name, word).date(typed.date(name));
    let fields = vec![
        field(Kind::Text, "ours", "axis-link-code-ours").value(typed.get("ours")),
        field(Kind::Text, "theirs", "axis-link-code-theirs").value(typed.get("theirs")),
        date("from", "axis-link-code-from"),
        date("to", "axis-link-code-to").optional(&view.speech),
    ];
    let frame = Frame {
        heading: "axis-link-code-new",
        lead: "axis-link-code-new-lead",
        button: "axis-link-code-new-button",
        action: format!("{}/ma", place_of(id)),
        back: place_of(id),
    };
    form_page((view, actor), frame, (fields, errors)).await
}

pub(crate) async fn post_code(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let Some(errors) = take_code(&view, (&ctx, &actor), id, &answers).await? else {
        return Ok(Reply::see(&place_of(id)).notice("axis-notice-link-code-added"));
    };
    Ok(code_page((&view, &actor), id, (&answers, &errors)).await?.into())
}

async fn take_code(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: Uuid,
    answers: &Answers,
) -> Result<Option<Errors>, Problem> {
    let mut errors = Errors::new();
    let mut day = |name: &str, is_needed: bool| match answers.date(name).parse() {
        Ok(day) => Some(day),
        Err(DateFault::Empty) if !is_needed => None,
        Err(_) => {
            errors.add(name, view.t("axis-link-code-day-wrong"));
            None
        }
    };
    let (from, to) = (day("from", true), day("to", false));
    let Some(from) = from.filter(|_| errors.is_empty()) else { return Ok(Some(errors)) };
    let named = (id, answers.get("ours"), answers.get("theirs"));
    match commands::add_code(ctx, &Scribe::of(ctx, actor), named, (from, to)).await {
        Ok(()) => Ok(None),
        Err(refusal) => at_field(view, refusal).map(Some),
    }
}

pub(crate) async fn post_end_code(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let pair = Uuid::try_parse(answers.get("pair")).map_err(|_| Problem::not_found())?;
    commands::end_code(&ctx, &Scribe::of(&ctx, &actor), (id, pair)).await?;
    Ok(Reply::see(&place_of(id)).notice("axis-notice-link-code-ended"))
}
