//! /quen-mat-khau: a code to the proved contact, then a new password. And the link by which an
//! officer chooses one.

use axum::Extension;
use axum::extract::{Path, State};
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field, Kind};
use platform::web::{Form, Page, Problem, Reply, View};

use super::{Link, Question, at_field};
use crate::account::Account;
use crate::commands::passwords;
use crate::hashing::Hashing;
use crate::password::{Password, Strictness};
use crate::refusal::Refusal;

pub(crate) async fn show(view: View) -> Result<Page, Problem> {
    page(&view, "", &Errors::new())
}

pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let login = answers.get("login");
    if login.is_empty() {
        let mut errors = Errors::new();
        errors.add("login", view.t("identity-number-missing"));
        return Ok(page(&view, login, &errors)?.into());
    }
    match passwords::forgotten(&ctx, &view, login).await {
        Ok(()) => Ok(Reply::see("/quen-mat-khau/ma")),
        Err(refusal) => Ok(page(&view, login, &at_field(&view.speech, "login", refusal)?)?.into()),
    }
}

fn page(view: &View, login: &str, errors: &Errors) -> Result<Page, Problem> {
    let field = Field::new(&view.speech, Kind::Digits, "login", view.t("identity-number"))
        .hint(view.t("identity-number-hint"))
        .autocomplete("username")
        .value(login)
        .errors(errors);
    let question = Question {
        heading: Some(view.t("identity-forgotten")),
        lead: vec![view.t("identity-forgotten-lead"), view.t("identity-forgotten-officer")],
        fields: vec![field],
        ..Question::new(view, "/quen-mat-khau", errors)
    };
    Ok(question.page(view, view.t("identity-forgotten"), errors)?.back("/dang-nhap"))
}

pub(crate) async fn code(view: View) -> Result<Page, Problem> {
    code_page(&view, &Errors::new())
}

pub(crate) async fn post_code(
    view: View,
    State(ctx): State<Ctx>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    match passwords::prove_forgotten(&ctx, &view, answers.get("code")).await {
        Ok(()) => Ok(Reply::see("/quen-mat-khau/mat-khau-moi")),
        Err(Refusal::PassageOver) => Ok(Reply::see("/quen-mat-khau")),
        Err(refusal) => Ok(code_page(&view, &at_field(&view.speech, "code", refusal)?)?.into()),
    }
}

fn code_page(view: &View, errors: &Errors) -> Result<Page, Problem> {
    let field = Field::new(&view.speech, Kind::Code, "code", view.t("identity-code"))
        .hint(view.t("identity-forgotten-code-hint"))
        .errors(errors);
    let question = Question {
        heading: Some(view.t("identity-forgotten-code")),
        lead: vec![view.t("identity-forgotten-code-lead")],
        fields: vec![field],
        links: vec![Link::new("/quen-mat-khau", view.t("identity-forgotten-again"))],
        ..Question::new(view, "/quen-mat-khau/ma", errors)
    };
    Ok(question.page(view, view.t("identity-forgotten-code"), errors)?.back("/quen-mat-khau"))
}

pub(crate) async fn new(view: View, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    match passwords::whose(&ctx, &view).await {
        Ok(account) => Ok(new_page(&view, NEW, &account, &Errors::new())?.into()),
        Err(_) => Ok(Reply::see("/quen-mat-khau")),
    }
}

const NEW: &str = "/quen-mat-khau/mat-khau-moi";

pub(crate) async fn post_new(
    view: View,
    State(ctx): State<Ctx>,
    Extension(hashing): Extension<Hashing>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let Ok(account) = passwords::whose(&ctx, &view).await else {
        return Ok(Reply::see("/quen-mat-khau"));
    };
    let password = match chosen(&view, &account, &answers) {
        Ok(password) => password,
        Err(errors) => return Ok(new_page(&view, NEW, &account, &errors)?.into()),
    };
    passwords::reset(&ctx, &hashing, &view, password).await?;
    Ok(Reply::see("/dang-nhap").notice("identity-notice-password-set"))
}

/// The new password, judged against what strangers know of its owner.
pub(crate) fn chosen(
    view: &View,
    account: &Account,
    answers: &Answers,
) -> Result<Password, Errors> {
    let own = account.own_data();
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let typed = answers.get("new-password");
    Password::choose(typed, account.kind.strictness(), &own).map_err(|fault| {
        let mut errors = Errors::new();
        errors.add("new-password", crate::refusal::password_told(fault, &view.speech));
        errors
    })
}

/// The field for a new password, with the rule said before.
pub(crate) fn new_password(view: &View, strictness: Strictness, errors: &Errors) -> Field {
    let least = strictness.least();
    Field::new(&view.speech, Kind::NewPassword, "new-password", view.t("identity-password-new"))
        .hint(view.with("identity-password-hint", &[("least", least.into())]))
        .errors(errors)
}

fn new_page(
    view: &View,
    action: &str,
    account: &Account,
    errors: &Errors,
) -> Result<Page, Problem> {
    Question {
        heading: Some(view.t("identity-password-choose")),
        lead: vec![view.t("identity-password-advice")],
        fields: vec![new_password(view, account.kind.strictness(), errors)],
        button: view.t("identity-password-save"),
        ..Question::new(view, action, errors)
    }
    .page(view, view.t("identity-password-choose"), errors)
}

/// /lien-ket/{token}: handed over by an administrator, good once.
pub(crate) async fn link(
    view: View,
    State(ctx): State<Ctx>,
    Path(token): Path<String>,
) -> Result<Page, Problem> {
    let account = passwords::whose_link(&ctx, &token).await?;
    new_page(&view, &format!("/lien-ket/{token}"), &account, &Errors::new())
}

pub(crate) async fn post_link(
    view: View,
    State(ctx): State<Ctx>,
    Path(token): Path<String>,
    Extension(hashing): Extension<Hashing>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let account = passwords::whose_link(&ctx, &token).await?;
    let password = match chosen(&view, &account, &answers) {
        Ok(password) => password,
        Err(errors) => {
            let action = format!("/lien-ket/{token}");
            return Ok(new_page(&view, &action, &account, &errors)?.into());
        }
    };
    passwords::set_by_link(&ctx, &hashing, &token, (&account, password)).await?;
    Ok(Reply::see("/dang-nhap").notice("identity-notice-password-set"))
}
