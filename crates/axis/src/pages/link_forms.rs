//! The forms about links: a new one, and its change.

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Scribe};
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field, Kind, Width};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::links::{PLACE, at_desk, at_field, may_manage, place_of};
use crate::commands::links::{self as commands, EVERY_SECONDS_USUAL, NewLink};
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

/// The same, in sentences that are said already.
pub(super) struct Framed {
    pub heading: String,
    pub lead: String,
    pub button: String,
    pub action: String,
    pub back: String,
}

pub(super) async fn form_page(
    (view, actor): (&View, &Actor),
    frame: Frame<'_>,
    form: (Vec<Field>, &Errors),
) -> Result<Page, Problem> {
    let framed = Framed {
        heading: view.t(frame.heading),
        lead: view.t(frame.lead),
        button: view.t(frame.button),
        action: frame.action,
        back: frame.back,
    };
    framed_page((view, actor), framed, form).await
}

pub(super) async fn framed_page(
    (view, actor): (&View, &Actor),
    framed: Framed,
    (fields, errors): (Vec<Field>, &Errors),
) -> Result<Page, Problem> {
    let Framed { heading, lead, button, action, back } = framed;
    let title = heading.clone();
    let errors_shown = errors.summary(&view.speech);
    let template =
        FormTemplate { view, errors: errors_shown, heading, lead, action, fields, button };
    let page = Page::new(view, title, &template)?.back(back);
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
    let mut fields = link_fields(view, (typed, errors), hint);
    let covers = Field::new(&view.speech, Kind::Text, "covers", view.t("axis-link-covers"));
    let covers = covers.value(typed.get("covers")).errors(errors);
    fields.push(covers.hint(view.t("axis-link-covers-hint")));
    form_page((view, actor), frame, (fields, errors)).await
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
    let pairs = [
        ("name", link.name.clone()),
        ("address", link.address.clone()),
        ("system", link.system_id.clone()),
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
