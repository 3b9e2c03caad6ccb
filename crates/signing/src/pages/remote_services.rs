//! /quan-tri/ky-tu-xa: the remote signing services that the operator allows.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::pieces::{Tag, Tone};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{at_desk, at_field};
use crate::commands::remote::{self as commands, NewService};
use crate::remote::{AccessKind, Service};

const PLACE: &str = "/quan-tri/ky-tu-xa";

#[derive(Template)]
#[template(path = "remote_services.html")]
struct ServicesTemplate<'a> {
    view: &'a View,
    errors: Markup,
    rows: Vec<Row>,
    fields: Vec<Field>,
}

struct Row {
    id: Uuid,
    name: String,
    address: String,
    access: String,
    made: String,
    state: Tag,
    is_in_use: bool,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    page(&view, (&ctx, &actor), (&Answers::default(), &Errors::new())).await
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    commands::may_manage(actor)?;
    let services = commands::services(ctx).await?;
    let template = ServicesTemplate {
        view,
        errors: errors.summary(&view.speech),
        rows: services.iter().map(|one| row(view, one)).collect(),
        fields: fields(view, (typed, errors)),
    };
    let page = Page::new(view, view.t("signing-remote-services"), &template)?;
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

fn row(view: &View, one: &Service) -> Row {
    let is_in_use = one.ended_at.is_none();
    let (tone, word) = match is_in_use {
        true => (Tone::Good, "signing-remote-in-use"),
        false => (Tone::Plain, "signing-remote-ended"),
    };
    Row {
        id: one.id,
        name: one.name.clone(),
        address: one.address.clone(),
        access: view.t(one.access.word()),
        made: format!("{}, {}", one.made_name, view.speech.date_time(one.made_at)),
        state: Tag::new(tone, view.t(word)),
        is_in_use,
    }
}

fn fields(view: &View, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let field = |kind, name: &str, word: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(word));
        field.value(typed.get(name)).errors(errors)
    };
    let kinds = AccessKind::ALL.map(|one| Choice::new(one.code(), view.t(one.word())));
    let secret =
        Field::new(&view.speech, Kind::Password, "secret", view.t("signing-remote-secret"));
    let secret = secret.hint(view.t("signing-remote-secret-hint")).autocomplete("off");
    let access = match typed.get("access") {
        "" => AccessKind::ClientCredentials.code(),
        typed => typed,
    };
    vec![
        field(Kind::Text, "name", "signing-remote-name"),
        field(Kind::Text, "address", "signing-remote-address")
            .hint(view.t("signing-remote-address-hint")),
        field(Kind::Radios(kinds.to_vec()), "access", "signing-remote-access").value(access),
        field(Kind::Text, "client", "signing-remote-client")
            .hint(view.t("signing-remote-client-hint"))
            .optional(&view.speech),
        secret.errors(errors),
    ]
}

pub(crate) async fn post_add(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    match commands::add_service(&ctx, &actor, asked(&answers)).await {
        Ok(_) => Ok(Reply::see(PLACE).notice("signing-notice-service-added")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, (&ctx, &actor), (&answers, &errors)).await?.into())
        }
    }
}

fn asked(answers: &Answers) -> NewService {
    NewService {
        name: answers.get("name").to_owned(),
        address: answers.get("address").to_owned(),
        access: AccessKind::parse(answers.get("access")).unwrap_or(AccessKind::ClientCredentials),
        client_id: answers.get("client").to_owned(),
        secret: Zeroizing::new(answers.get("secret").to_owned()),
    }
}

pub(crate) async fn post_end(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    commands::end_service(&ctx, &actor, id).await?;
    Ok(Reply::see(PLACE).notice("signing-notice-service-ended"))
}
