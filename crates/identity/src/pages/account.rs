//! /tai-khoan: what is known about oneself, how one signs in, and where one is signed in.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::pieces::{Summary, SummaryRow};
use platform::web::session::Listed;
use platform::web::{Form, Page, Problem, Reply, View, safe_return};
use platform::words::Locale;
use uuid::Uuid;

use super::delegations::acting_told;
use super::forgotten::{chosen, new_password};
use super::{Question, at_desk, at_field};
use crate::account::{Account, AccountKind};
use crate::actor::Actor;
use crate::commands::{account as commands, passwords, sessions};
use crate::email::Email;
use crate::hashing::Hashing;
use crate::password::Password;
use crate::personal_number::PersonalNumber;
use crate::phone_number::PhoneNumber;
use crate::queries;

#[derive(Template)]
#[template(path = "account.html")]
struct AccountTemplate<'a> {
    view: &'a View,
    facts: Summary,
    security: Summary,
    officer: bool,
    bonds: Vec<(String, String)>,
    removable_app: bool,
    acting: Option<String>,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let codes_left = queries::recovery_codes_left(&ctx, &actor).await?;
    let officer = actor.kind == AccountKind::Officer;
    let template = AccountTemplate {
        view: &view,
        facts: Summary::new(&view, facts(&view, actor.own())),
        security: Summary::new(&view, security(&view, actor.own(), codes_left)),
        officer,
        bonds: queries::own_bonds(&ctx, &view, &actor).await?,
        removable_app: actor.own().has_totp && !officer,
        acting: actor.acting().map(|acting| acting_told(&view.speech, acting)),
    };
    let page = Page::new(&view, view.t("identity-account"), &template)?;
    Ok(at_desk(&view, &actor, page).await)
}

fn facts(view: &View, own: &Account) -> Vec<SummaryRow> {
    let row = |word: &str, fact: &str| SummaryRow::new(view.t(word), fact);
    let mut rows = vec![row("identity-name", &own.name)];
    if own.kind == AccountKind::Citizen {
        let number = own.personal_number.as_ref().map(PersonalNumber::masked);
        let born = own.birth_date.map(|date| view.speech.date(date));
        rows.push(row("identity-number", &number.unwrap_or_default()));
        rows.push(row("identity-birth-date", &born.unwrap_or_default()));
        rows.push(row("identity-assurance", &view.t(own.assurance.word())));
    }
    let phone = own.phone.as_ref().map(PhoneNumber::masked).unwrap_or_default();
    let email = own.email.as_ref().map(Email::masked).unwrap_or_default();
    rows.push(row("identity-phone", &phone).change("/tai-khoan/lien-he"));
    rows.push(row("identity-email", &email).change("/tai-khoan/lien-he?kenh=email"));
    rows
}

fn security(view: &View, own: &Account, codes_left: usize) -> Vec<SummaryRow> {
    let row =
        |word: &str, fact: String, path: &str| SummaryRow::new(view.t(word), &fact).change(path);
    let app = if own.has_totp { "identity-app-on" } else { "identity-app-off" };
    let mut rows = vec![
        row("identity-password", view.t("identity-password-chosen"), "/tai-khoan/mat-khau"),
        row("identity-app", view.t(app), "/tai-khoan/ung-dung-ma"),
    ];
    if own.has_totp {
        let left = view.with("identity-codes-left", &[("count", codes_left.into())]);
        rows.push(row("identity-codes", left, "/tai-khoan/ma-du-phong"));
    }
    let language = match own.locale {
        Locale::Vi => "Tiếng Việt",
        Locale::En => "English",
    };
    rows.push(row("identity-language", language.to_owned(), "/tai-khoan/ngon-ngu"));
    rows
}

/// The password once more, before something of weight; then back to it.
pub(crate) async fn prove(view: View, actor: Actor) -> Result<Page, Problem> {
    let back = view.query("ve").unwrap_or_default();
    prove_page(&view, &actor, &back, &Errors::new()).await
}

pub(crate) async fn post_prove(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Extension(hashing): Extension<Hashing>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let password = Password::typed(answers.get("password"));
    match passwords::prove_again(&ctx, &hashing, &view, (&actor, password)).await {
        Ok(()) => Ok(Reply::see(safe_return(answers.get("ve")))),
        Err(refusal) => {
            let errors = at_field(&view.speech, "password", refusal)?;
            Ok(prove_page(&view, &actor, answers.get("ve"), &errors).await?.into())
        }
    }
}

async fn prove_page(
    view: &View,
    actor: &Actor,
    back: &str,
    errors: &Errors,
) -> Result<Page, Problem> {
    let field = Field::new(&view.speech, Kind::Password, "password", view.t("identity-password"))
        .errors(errors);
    let question = Question {
        heading: Some(view.t("identity-prove")),
        lead: vec![view.t("identity-prove-lead")],
        hidden: vec![("ve", back.to_owned())],
        fields: vec![field],
        ..Question::new(view, "/tai-khoan/xac-nhan", errors)
    };
    let page = question.page(view, view.t("identity-prove"), errors)?.back("/tai-khoan");
    Ok(at_desk(view, actor, page).await)
}

pub(crate) async fn password(view: View, actor: Actor) -> Result<Page, Problem> {
    password_page(&view, &actor, &Errors::new()).await
}

pub(crate) async fn post_password(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Extension(hashing): Extension<Hashing>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let new = match chosen(&view, actor.own(), &answers) {
        Ok(new) => new,
        Err(errors) => return Ok(password_page(&view, &actor, &errors).await?.into()),
    };
    let present = Password::typed(answers.get("password"));
    match passwords::change(&ctx, &hashing, &view, (&actor, present, new)).await {
        Ok(()) => Ok(Reply::see("/tai-khoan").notice("identity-notice-password-changed")),
        Err(refusal) => {
            let errors = at_field(&view.speech, "password", refusal)?;
            Ok(password_page(&view, &actor, &errors).await?.into())
        }
    }
}

async fn password_page(view: &View, actor: &Actor, errors: &Errors) -> Result<Page, Problem> {
    let label = view.t("identity-password-present");
    let present = Field::new(&view.speech, Kind::Password, "password", label).errors(errors);
    let question = Question {
        heading: Some(view.t("identity-password-change")),
        lead: vec![view.t("identity-password-change-lead")],
        fields: vec![present, new_password(view, actor.kind.strictness(), errors)],
        button: view.t("identity-password-save"),
        ..Question::new(view, "/tai-khoan/mat-khau", errors)
    };
    let page = question.page(view, view.t("identity-password-change"), errors)?;
    Ok(at_desk(view, actor, page.back("/tai-khoan")).await)
}

pub(crate) async fn language(view: View, actor: Actor) -> Result<Page, Problem> {
    let none = Errors::new();
    let choices = vec![Choice::new("vi", "Tiếng Việt"), Choice::new("en", "English")];
    let label = view.t("identity-language");
    let field = Field::new(&view.speech, Kind::Radios(choices), "locale", label)
        .hint(view.t("identity-language-hint"))
        .heading()
        .value(actor.own().locale.tag());
    let question = Question {
        fields: vec![field],
        button: view.t("identity-language-save"),
        ..Question::new(&view, "/tai-khoan/ngon-ngu", &none)
    };
    let page = question.page(&view, view.t("identity-language"), &none)?.back("/tai-khoan");
    Ok(at_desk(&view, &actor, page).await)
}

pub(crate) async fn post_language(
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let locale = Locale::parse(answers.get("locale")).unwrap_or_default();
    commands::set_locale(&ctx, &actor, locale).await?;
    let back = format!("/tai-khoan?lang={}", locale.tag());
    Ok(Reply::see(&back).notice("identity-notice-language-saved"))
}

#[derive(Template)]
#[template(path = "sessions.html")]
struct SessionsTemplate<'a> {
    view: &'a View,
    sessions: Vec<SessionRow>,
}

struct SessionRow {
    id: Uuid,
    browser: String,
    begun: String,
    touched: String,
    here: bool,
}

pub(crate) async fn list_sessions(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let sessions = queries::sessions(&ctx, &view, &actor).await?;
    let row = |one: Listed| SessionRow {
        id: one.id,
        browser: one.browser,
        begun: view.speech.date_time(one.begun_at),
        touched: view.speech.date_time(one.touched_at),
        here: one.id == actor.session,
    };
    let sessions = sessions.into_iter().map(row).collect();
    let template = SessionsTemplate { view: &view, sessions };
    let page = Page::new(&view, view.t("identity-sessions"), &template)?.back("/tai-khoan");
    Ok(at_desk(&view, &actor, page).await)
}

pub(crate) async fn end_session(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(session): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    sessions::end(&ctx, &actor, session).await?;
    Ok(Reply::see("/tai-khoan/phien").notice("identity-notice-session-ended"))
}

pub(crate) async fn end_other_sessions(
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    sessions::end_others(&ctx, &actor).await?;
    Ok(Reply::see("/tai-khoan/phien").notice("identity-notice-sessions-ended"))
}
