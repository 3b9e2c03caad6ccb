//! /dang-nhap: one form; then, for those who have it, the second factor.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field, Kind};
use platform::web::{Form, Page, Problem, Reply, View, safe_return};

use super::{Link, Question, at_field};
use crate::account::AccountKind;
use crate::actor::Actor;
use crate::commands::sessions;
use crate::commands::sign_in::{self, ENROL, Next, SECOND, Typed};
use crate::desk::desk;
use crate::hashing::Hashing;
use crate::pages::app::{self, AppPage};
use crate::password::Password;
use crate::refusal::Refusal;

pub(crate) async fn show(view: View) -> Result<Reply, Problem> {
    let back = view.query("ve").unwrap_or_default();
    if view.session.is_open() {
        return Ok(Reply::see(safe_return(&back)));
    }
    let typed = Answers::from_pairs(vec![("ve".to_owned(), back)]);
    Ok(page(&view, &typed, &Errors::new())?.into())
}

pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    Extension(hashing): Extension<Hashing>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let missing = missing(&view, &answers);
    if !missing.is_empty() {
        return Ok(page(&view, &answers, &missing)?.into());
    }
    let typed = Typed {
        login: answers.get("login").to_owned(),
        password: Password::typed(answers.get("password")),
        back: safe_return(answers.get("ve")).to_owned(),
    };
    match sign_in::enter(&ctx, &hashing, &view, typed).await {
        Ok(next) => Ok(go_on(next)),
        Err(refusal) => refused(&view, refusal, |errors| page(&view, &answers, errors)),
    }
}

fn missing(view: &View, answers: &Answers) -> Errors {
    let mut errors = Errors::new();
    if answers.get("login").is_empty() {
        errors.add("login", view.t("identity-sign-in-login-missing"));
    }
    if answers.get("password").is_empty() {
        errors.add("password", view.t("identity-sign-in-password-missing"));
    }
    errors
}

/// The form again, with what was wrong. Waiting has a status of its own, for machines.
fn refused(
    view: &View,
    refusal: Refusal,
    again: impl FnOnce(&Errors) -> Result<Page, Problem>,
) -> Result<Reply, Problem> {
    let waiting = matches!(refusal, Refusal::Waiting { .. });
    if matches!(refusal, Refusal::PassageOver) {
        return Ok(Reply::see("/dang-nhap").notice("identity-notice-sign-in-again"));
    }
    let field = if matches!(refusal, Refusal::CodeWrong) { "code" } else { "login" };
    let page = again(&at_field(&view.speech, field, refusal)?)?;
    Ok(if waiting { page.status(StatusCode::TOO_MANY_REQUESTS) } else { page }.into())
}

fn go_on(next: Next) -> Reply {
    match next {
        Next::Inside { back } if back == "/" => Reply::see("/vao"),
        Next::Inside { back } => Reply::see(&back),
        Next::SecondFactor => Reply::see("/dang-nhap/ma"),
        Next::Enrol => Reply::see("/dang-nhap/ung-dung-ma"),
    }
}

/// Where one's work begins: the first entry of an officer's navigation, a citizen's home page.
pub(crate) async fn home(view: View, actor: Actor) -> Reply {
    match actor.kind {
        AccountKind::Officer => {
            let desk = desk(&view, &actor).await;
            Reply::see(desk.first().map_or("/tai-khoan", |entry| entry.path.as_str()))
        }
        _ => Reply::see("/"),
    }
}

fn page(view: &View, typed: &Answers, errors: &Errors) -> Result<Page, Problem> {
    let speech = &view.speech;
    let login = Field::new(speech, Kind::Text, "login", view.t("identity-sign-in-login"))
        .hint(view.t("identity-sign-in-login-hint"))
        .autocomplete("username")
        .value(typed.get("login"))
        .errors(errors);
    let password =
        Field::new(speech, Kind::Password, "password", view.t("identity-password")).errors(errors);
    Question {
        heading: Some(view.t("identity-sign-in")),
        hidden: vec![("ve", typed.get("ve").to_owned())],
        fields: vec![login, password],
        button: view.t("identity-sign-in-button"),
        links: vec![
            Link::new("/quen-mat-khau", view.t("identity-sign-in-forgotten")),
            Link::new("/dang-ky", view.t("identity-sign-in-register")),
        ],
        ..Question::new(view, "/dang-nhap", errors)
    }
    .page(view, view.t("identity-sign-in"), errors)
}

pub(crate) async fn second(view: View, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    match sign_in::open_half(&ctx, &view, SECOND).await {
        Ok(_) => Ok(second_page(&view, &Errors::new())?.into()),
        Err(refusal) => refused(&view, refusal, |errors| second_page(&view, errors)),
    }
}

pub(crate) async fn post_second(
    view: View,
    State(ctx): State<Ctx>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    match sign_in::second_factor(&ctx, &view, answers.get("code").to_owned()).await {
        Ok(next) => Ok(go_on(next)),
        Err(refusal) => refused(&view, refusal, |errors| second_page(&view, errors)),
    }
}

fn second_page(view: &View, errors: &Errors) -> Result<Page, Problem> {
    let field = Field::new(&view.speech, Kind::Code, "code", view.t("identity-second"))
        .hint(view.t("identity-second-hint"))
        .heading()
        .errors(errors);
    let question = Question {
        fields: vec![field],
        button: view.t("identity-sign-in-button"),
        links: vec![
            Link::new("/dang-nhap/ma-du-phong", view.t("identity-second-recovery")),
            Link::new("/dang-nhap", view.t("identity-second-start-again")),
        ],
        ..Question::new(view, "/dang-nhap/ma", errors)
    };
    Ok(question.page(view, view.t("identity-second"), errors)?.back("/dang-nhap"))
}

pub(crate) async fn recovery(view: View, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    match sign_in::open_half(&ctx, &view, SECOND).await {
        Ok(_) => Ok(recovery_page(&view, &Errors::new())?.into()),
        Err(refusal) => refused(&view, refusal, |errors| recovery_page(&view, errors)),
    }
}

pub(crate) async fn post_recovery(
    view: View,
    State(ctx): State<Ctx>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    match sign_in::second_factor(&ctx, &view, answers.get("code").to_owned()).await {
        Ok(next) => Ok(go_on(next)),
        Err(refusal) => refused(&view, refusal, |errors| recovery_page(&view, errors)),
    }
}

fn recovery_page(view: &View, errors: &Errors) -> Result<Page, Problem> {
    let field = Field::new(&view.speech, Kind::Text, "code", view.t("identity-recovery"))
        .hint(view.t("identity-recovery-hint"))
        .autocomplete("off")
        .heading()
        .errors(errors);
    let question = Question {
        fields: vec![field],
        button: view.t("identity-sign-in-button"),
        links: vec![Link::new("/dang-nhap/ma", view.t("identity-recovery-app"))],
        ..Question::new(view, "/dang-nhap/ma-du-phong", errors)
    };
    Ok(question.page(view, view.t("identity-recovery"), errors)?.back("/dang-nhap/ma"))
}

/// An officer without an app: its key, before anything else.
pub(crate) async fn enrol(view: View, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    enrol_again(&view, &ctx, &Errors::new()).await
}

pub(crate) async fn post_enrol(
    view: View,
    State(ctx): State<Ctx>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    match sign_in::enrol(&ctx, &view, answers.get("code")).await {
        Ok((codes, back)) => {
            let back = if back == "/" { "/vao".to_owned() } else { back };
            Ok(app::codes_page(&view, codes, back)?.into())
        }
        Err(Refusal::PassageOver) => Ok(Reply::see("/dang-nhap")),
        Err(refusal) => enrol_again(&view, &ctx, &at_field(&view.speech, "code", refusal)?).await,
    }
}

async fn enrol_again(view: &View, ctx: &Ctx, errors: &Errors) -> Result<Reply, Problem> {
    let Ok((token, half, account)) = sign_in::open_half(ctx, view, ENROL).await else {
        return Ok(Reply::see("/dang-nhap"));
    };
    let secret = sign_in::new_app(ctx, &token, &half)?;
    let page = AppPage {
        secret,
        account: half.login,
        action: "/dang-nhap/ung-dung-ma",
        lead: view.with("identity-enrol-lead", &[("name", account.name.into())]),
    };
    Ok(page.show(view, errors)?.into())
}

pub(crate) async fn sign_out(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    sessions::sign_out(&ctx, &view, &actor).await?;
    Ok(Reply::see("/").notice("identity-notice-signed-out"))
}
