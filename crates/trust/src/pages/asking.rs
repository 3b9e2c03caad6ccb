//! Asking for certificates: a new one, a renewal, another carrier.

use axum::extract::{Path, State};
use identity::{Actor, Right};
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::{Page, Problem, Reply, View};
use uuid::Uuid;

use super::attached::{PKCS10, PKCS10_FILE, WithRequest};
use super::{Question, at_desk, at_field, carriers, field};
use crate::HERE;
use crate::certificate::Carrier;
use crate::commands::requests::{Again, Wish, ask, ask_again};
use crate::profile::{OFFICER, Profile, SEAL, SERVER};
use crate::queries::{self, Shown};
use crate::request::Kind as About;

pub(crate) async fn new(view: View, actor: Actor) -> Result<Page, Problem> {
    actor.require_anywhere(Right::ManageCertificates)?;
    let page = new_page(&view, &Answers::default(), &Errors::new())?;
    Ok(at_desk(&view, &actor, page).await)
}

pub(crate) async fn post_new(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    WithRequest(answers): WithRequest,
) -> Result<Reply, Problem> {
    actor.require_anywhere(Right::ManageCertificates)?;
    match ask(&ctx, &actor, wish(&answers)).await {
        Ok(id) => Ok(asked(id)),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            let page = new_page(&view, &answers, &errors)?;
            Ok(at_desk(&view, &actor, page).await.into())
        }
    }
}

fn asked(id: Uuid) -> Reply {
    Reply::see(&format!("{HERE}/yeu-cau/{id}")).notice("trust-notice-asked")
}

fn wish(answers: &Answers) -> Wish {
    let text = |name: &str| answers.get(name).to_owned();
    Wish {
        profile: text("profile"),
        unit: text("unit"),
        login: text("login"),
        title: text("title"),
        server: text("server").to_lowercase(),
        carrier: Carrier::parse(answers.get("carrier")),
        carrier_number: text("carrier_number"),
        pkcs10: text(PKCS10),
        note: text("note"),
    }
}

fn new_page(view: &View, typed: &Answers, errors: &Errors) -> Result<Page, Problem> {
    let said = (typed, errors);
    let text = |name: &str, word: &str| field(view, Kind::Text, (name, word), said);
    let login = text("login", "trust-login").hint(view.t("trust-login-hint")).autocomplete("off");
    let title = text("title", "trust-title").optional(&view.speech);
    let server = text("server", "trust-server").hint(view.t("trust-server-hint"));
    let about = |code: &'static str| Choice::new(code, view.t(Profile::word(code)));
    let profiles = vec![about(SEAL), about(OFFICER).then(&login), about(SERVER).then(&server)];
    let mut fields = vec![
        text("unit", "trust-unit-code").hint(view.t("trust-unit-code-hint")).autocomplete("off"),
        field(view, Kind::Radios(profiles), ("profile", "trust-profile"), said),
        title,
    ];
    fields.extend(carrier_fields(view, said));
    let question = Question {
        heading: view.t("trust-ask"),
        lead: vec![view.t("trust-ask-lead")],
        fields,
        button: view.t("trust-ask-button"),
        takes_file: true,
        ..Question::new(view, format!("{HERE}/yeu-cau/tao"), errors)
    };
    question.page(view, HERE, errors)
}

fn carrier_fields(view: &View, said: (&Answers, &Errors)) -> Vec<Field> {
    let file = Kind::File { accept: ".csr,.p10,.req,.pem,.der".to_owned(), many: false };
    let text = |name: &str, word: &str| field(view, Kind::Text, (name, word), said);
    vec![
        field(view, carriers(view), ("carrier", "trust-carrier"), said),
        text("carrier_number", "trust-carrier-number").optional(&view.speech),
        Field::new(&view.speech, file, PKCS10_FILE, view.t("trust-pkcs10-file"))
            .hint(view.t("trust-pkcs10-file-hint"))
            .optional(&view.speech),
        field(view, Kind::Lines(8), (PKCS10, "trust-pkcs10"), said)
            .hint(view.t("trust-pkcs10-hint"))
            .optional(&view.speech),
        text("note", "trust-note").optional(&view.speech),
    ]
}

pub(crate) async fn renew(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    show(&view, &ctx, &actor, (id, About::Renew)).await
}

pub(crate) async fn post_renew(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    WithRequest(answers): WithRequest,
) -> Result<Reply, Problem> {
    take(&view, (&ctx, &actor), (id, About::Renew), &answers).await
}

pub(crate) async fn recover(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    show(&view, &ctx, &actor, (id, About::Recover)).await
}

pub(crate) async fn post_recover(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    WithRequest(answers): WithRequest,
) -> Result<Reply, Problem> {
    take(&view, (&ctx, &actor), (id, About::Recover), &answers).await
}

async fn show(
    view: &View,
    ctx: &Ctx,
    actor: &Actor,
    (id, kind): (Uuid, About),
) -> Result<Page, Problem> {
    let shown = managed(ctx, actor, id).await?;
    let page = again_page(view, (&shown, kind), (&Answers::default(), &Errors::new()))?;
    Ok(at_desk(view, actor, page).await)
}

/// The certificate, for those who may ask something about it.
async fn managed(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<Shown, Problem> {
    let shown = queries::certificate(ctx, actor, id).await?;
    if shown.manages { Ok(shown) } else { Err(Problem::not_found()) }
}

async fn take(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (id, kind): (Uuid, About),
    answers: &Answers,
) -> Result<Reply, Problem> {
    let shown = managed(ctx, actor, id).await?;
    let again = Again {
        kind,
        certificate: id,
        keeps_key: answers.get("key") == "same",
        carrier: Carrier::parse(answers.get("carrier")),
        carrier_number: answers.get("carrier_number").to_owned(),
        pkcs10: answers.get(PKCS10).to_owned(),
        note: answers.get("note").to_owned(),
    };
    match ask_again(ctx, actor, again).await {
        Ok(id) => Ok(asked(id)),
        Err(refusal) => {
            let errors = at_field(view, refusal)?;
            let page = again_page(view, (&shown, kind), (answers, &errors))?;
            Ok(at_desk(view, actor, page).await.into())
        }
    }
}

fn again_page(
    view: &View,
    (shown, kind): (&Shown, About),
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let said = (typed, errors);
    let here = format!("{HERE}/{}", shown.certificate.id);
    let (path, heading, lead) = match kind {
        About::Recover => ("cap-lai", "trust-recover-of", "trust-recover-lead"),
        _ => ("gia-han", "trust-renew-of", "trust-renew-lead"),
    };
    let mut fields = Vec::new();
    if kind == About::Renew {
        let keys = vec![
            Choice::new("new", view.t("trust-key-new")),
            Choice::new("same", view.t("trust-key-same")).hint(view.t("trust-key-same-hint")),
        ];
        fields.push(field(view, Kind::Radios(keys), ("key", "trust-key"), said));
    }
    fields.extend(carrier_fields(view, said));
    let holder = [("holder", (&shown.certificate.holder_name).into())];
    let question = Question {
        heading: view.with(heading, &holder),
        lead: vec![view.t(lead)],
        fields,
        button: view.t("trust-ask-button"),
        takes_file: true,
        ..Question::new(view, format!("{here}/{path}"), errors)
    };
    question.page(view, &here, errors)
}
