//! The authenticator app: its key as QR code and as text, the ten recovery codes shown once.

use askama::Template;
use axum::extract::State;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field, Kind};
use platform::web::{Form, Markup, Page, Problem, Reply, View};

use super::{Question, at_desk, at_field, or_prove_again, qr};
use crate::account::AccountKind;
use crate::actor::Actor;
use crate::commands::account as commands;
use crate::refusal::Refusal;
use crate::totp::TotpSecret;

const HERE: &str = "/tai-khoan/ung-dung-ma";

/// A key that waits for its first answer.
pub(crate) struct AppPage {
    pub secret: TotpSecret,
    /// Shown in the app beside the digits.
    pub account: String,
    pub action: &'static str,
    pub lead: String,
}

#[derive(Template)]
#[template(path = "app.html")]
struct AppTemplate<'a> {
    view: &'a View,
    errors: Markup,
    lead: &'a str,
    qr: Markup,
    uri: String,
    key: String,
    action: &'static str,
    field: Field,
}

impl AppPage {
    pub fn show(&self, view: &View, errors: &Errors) -> Result<Page, Problem> {
        let uri = self.secret.uri(&view.t("web-site-name"), &self.account);
        let letters: Vec<char> = self.secret.text().chars().collect();
        let groups: Vec<String> = letters.chunks(4).map(String::from_iter).collect();
        let field = Field::new(&view.speech, Kind::Code, "code", view.t("identity-app-code"))
            .hint(view.t("identity-app-code-hint"))
            .errors(errors);
        let template = AppTemplate {
            view,
            errors: errors.summary(&view.speech),
            lead: &self.lead,
            qr: qr(&uri, &view.t("identity-app-qr"))?,
            uri,
            key: groups.join(" "),
            action: self.action,
            field,
        };
        let page = Page::new(view, view.t("identity-app"), &template)?;
        Ok(if errors.is_empty() { page } else { page.error() })
    }
}

#[derive(Template)]
#[template(path = "codes.html")]
struct CodesTemplate<'a> {
    view: &'a View,
    codes: Vec<String>,
    next: String,
}

/// Shown once; the page after it does not know them any more.
pub(crate) fn codes_page(view: &View, codes: Vec<String>, next: String) -> Result<Page, Problem> {
    let template = CodesTemplate { view, codes, next };
    Page::new(view, view.t("identity-codes"), &template)
}

/// /tai-khoan/ung-dung-ma: a new key, for whoever showed the password a moment ago.
pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    if let Err(refusal) = commands::begin_app(&ctx, &view, &actor).await {
        return or_prove_again(refusal, HERE);
    }
    Ok(Reply::see("/tai-khoan/ung-dung-ma/quet"))
}

pub(crate) async fn scan(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    scan_again(&view, &ctx, &actor, &Errors::new()).await
}

pub(crate) async fn post_scan(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    match commands::prove_app(&ctx, &view, &actor, answers.get("code")).await {
        Ok(codes) => {
            let page = codes_page(&view, codes, "/tai-khoan".to_owned())?;
            Ok(at_desk(&view, &actor, page).await.into())
        }
        Err(refusal @ Refusal::CodeWrong) => {
            let errors = at_field(&view.speech, "code", refusal)?;
            scan_again(&view, &ctx, &actor, &errors).await
        }
        Err(refusal) => or_prove_again(refusal, HERE),
    }
}

async fn scan_again(
    view: &View,
    ctx: &Ctx,
    actor: &Actor,
    errors: &Errors,
) -> Result<Reply, Problem> {
    let secret = match commands::awaited_app(ctx, view, actor).await {
        Ok(secret) => secret,
        Err(refusal) => return or_prove_again(refusal, HERE),
    };
    let page = AppPage {
        secret,
        account: actor.name.clone(),
        action: "/tai-khoan/ung-dung-ma/quet",
        lead: view.t("identity-app-lead"),
    };
    let page = page.show(view, errors)?.back("/tai-khoan");
    Ok(at_desk(view, actor, page).await.into())
}

pub(crate) async fn remove(view: View, actor: Actor) -> Result<Page, Problem> {
    if actor.kind == AccountKind::Officer || !actor.own().has_totp {
        return Err(Problem::not_found());
    }
    let none = Errors::new();
    let question = Question {
        heading: Some(view.t("identity-app-remove")),
        lead: vec![view.t("identity-app-remove-lead")],
        button: view.t("identity-app-remove-button"),
        grave: true,
        ..Question::new(&view, "/tai-khoan/ung-dung-ma/bo", &none)
    };
    Ok(question.page(&view, view.t("identity-app-remove"), &none)?.back("/tai-khoan"))
}

pub(crate) async fn post_remove(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    match commands::remove_app(&ctx, &view, &actor).await {
        Ok(()) => Ok(Reply::see("/tai-khoan").notice("identity-notice-app-removed")),
        Err(refusal) => or_prove_again(refusal, "/tai-khoan/ung-dung-ma/bo"),
    }
}

pub(crate) async fn renew_codes(view: View, actor: Actor) -> Result<Page, Problem> {
    if !actor.own().has_totp {
        return Err(Problem::not_found());
    }
    let none = Errors::new();
    let question = Question {
        heading: Some(view.t("identity-codes-renew")),
        lead: vec![view.t("identity-codes-renew-lead")],
        button: view.t("identity-codes-renew-button"),
        ..Question::new(&view, "/tai-khoan/ma-du-phong", &none)
    };
    let page = question.page(&view, view.t("identity-codes-renew"), &none)?.back("/tai-khoan");
    Ok(at_desk(&view, &actor, page).await)
}

pub(crate) async fn post_renew_codes(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    match commands::renew_recovery_codes(&ctx, &view, &actor).await {
        Ok(codes) => {
            let page = codes_page(&view, codes, "/tai-khoan".to_owned())?;
            Ok(at_desk(&view, &actor, page).await.into())
        }
        Err(refusal) => or_prove_again(refusal, "/tai-khoan/ma-du-phong"),
    }
}
