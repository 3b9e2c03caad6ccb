//! /can-bo/doi-chieu: at the counter, a card or papers beside the screen. Numbers are never in an
//! address: they would stay in histories and logs.

use askama::Template;
use axum::extract::{Path, State};
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field, Kind};
use platform::web::pieces::{Summary, SummaryRow};
use platform::web::{Form, Page, Problem, Reply, View};
use uuid::Uuid;

use super::delegations::dates;
use super::{Question, at_desk, told};
use crate::account::{Account, AccountId, Assurance};
use crate::actor::{Actor, Authority};
use crate::commands::identities as commands;
use crate::delegation::{Delegation, DelegationId};
use crate::personal_number::PersonalNumber;
use crate::refusal::Refusal;
use crate::tax_code::TaxCode;

const HERE: &str = "/can-bo/doi-chieu";

pub(crate) async fn show(view: View, actor: Actor) -> Result<Page, Problem> {
    commands::authority(&actor).await?;
    ask(&view, &actor, "", &Errors::new()).await
}

async fn ask(view: &View, actor: &Actor, typed: &str, errors: &Errors) -> Result<Page, Problem> {
    let field = Field::new(&view.speech, Kind::Digits, "number", view.t("identity-counter-number"))
        .hint(view.t("identity-counter-number-hint"))
        .value(typed)
        .errors(errors);
    let question = Question {
        heading: Some(view.t("identity-counter")),
        lead: vec![view.t("identity-counter-lead")],
        fields: vec![field],
        button: view.t("identity-counter-find"),
        ..Question::new(view, HERE, errors)
    };
    let page = question.page(view, view.t("identity-counter"), errors)?;
    Ok(at_desk(view, actor, page).await)
}

#[derive(Template)]
#[template(path = "counter.html")]
struct CounterTemplate<'a> {
    view: &'a View,
    masked: String,
    account: Option<AccountCard>,
    /// The number is a person's: an account could have it.
    person: bool,
    declared: Vec<DeclaredCard>,
}

struct AccountCard {
    id: AccountId,
    facts: Summary,
    checked: bool,
}

struct DeclaredCard {
    id: Uuid,
    title: String,
    about: String,
    holder: String,
    holder_checked: bool,
    papers: Field,
}

pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Page, Problem> {
    let authority = commands::authority(&actor).await?;
    let typed = answers.get("number");
    match TaxCode::parse(typed) {
        Ok(code) => found(&view, &ctx, &actor, (authority, code)).await,
        Err(fault) => {
            let mut errors = Errors::new();
            errors.add("number", told::tax_code(fault, &view.speech));
            ask(&view, &actor, typed, &errors).await
        }
    }
}

/// What is known under a number: an account, and what was declared for it.
async fn found(
    view: &View,
    ctx: &Ctx,
    actor: &Actor,
    (authority, code): (Authority, TaxCode),
) -> Result<Page, Problem> {
    let account = commands::find(ctx, &authority, &code).await?;
    let declared = commands::declared_for(ctx, &authority, code.canonical()).await?;
    let template = CounterTemplate {
        view,
        masked: masked(&code),
        account: account.map(|account| account_card(view, &account)),
        person: matches!(code, TaxCode::Person(_)),
        declared: declared.iter().enumerate().map(|one| declared_card(view, one)).collect(),
    };
    let page = Page::new(view, view.t("identity-counter"), &template)?.back(HERE);
    Ok(at_desk(view, actor, page).await)
}

fn masked(code: &TaxCode) -> String {
    match code {
        TaxCode::Person(number) => number.masked(),
        TaxCode::Enterprise(code) => code.to_string(),
    }
}

fn account_card(view: &View, account: &Account) -> AccountCard {
    let number = account.personal_number.as_ref().map(PersonalNumber::grouped);
    let born = account.birth_date.map(|date| view.speech.date(date));
    let row = |word: &str, value: &str| SummaryRow::new(view.t(word), value);
    let rows = vec![
        row("identity-name", &account.name),
        row("identity-number", &number.unwrap_or_default()),
        row("identity-birth-date", &born.unwrap_or_default()),
        row("identity-assurance", &view.t(account.assurance.word())),
        row("identity-counter-since", &view.speech.day(account.created_at)),
    ];
    AccountCard {
        id: account.id,
        facts: Summary::new(view, rows),
        checked: account.assurance == Assurance::Checked,
    }
}

/// Each card has a field of its own: two of one name would have one id.
fn declared_card(
    view: &View,
    (place, (one, holder)): (usize, &(Delegation, Option<Account>)),
) -> DeclaredCard {
    let (name, label) = (format!("papers-{place}"), view.t("identity-counter-papers"));
    let papers = Field::new(&view.speech, Kind::Text, &name, label)
        .hint(view.t("identity-counter-papers-hint"))
        .autocomplete("off");
    let holder_number = holder.as_ref().and_then(|who| who.personal_number.as_ref());
    let holder_number = holder_number.map(PersonalNumber::masked).unwrap_or_default();
    let name = holder.as_ref().map(|who| who.name.as_str()).unwrap_or_default();
    DeclaredCard {
        id: one.id.0,
        title: one.principal_name.clone(),
        about: format!(
            "{}, {}",
            view.t(one.ground.word()),
            dates(&view.speech, one.valid_from, one.valid_to)
        ),
        holder: format!("{name} ({holder_number})"),
        holder_checked: holder.as_ref().is_some_and(|who| who.assurance == Assurance::Checked),
        papers,
    }
}

pub(crate) async fn confirm(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let authority = commands::authority(&actor).await?;
    commands::confirm(&ctx, &authority, AccountId(id)).await?;
    Ok(Reply::see(HERE).notice("identity-notice-confirmed"))
}

pub(crate) async fn close(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let authority = commands::authority(&actor).await?;
    commands::close(&ctx, &authority, AccountId(id)).await?;
    Ok(Reply::see(HERE).notice("identity-notice-closed"))
}

pub(crate) async fn confirm_delegation(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let authority = commands::authority(&actor).await?;
    let typed = answers.pairs().find(|(name, _)| name.starts_with("papers"));
    let papers: String = typed.map_or("", |(_, typed)| typed).chars().take(300).collect();
    if papers.is_empty() {
        return papers_again(&view, &actor, id, view.t("identity-counter-papers-missing")).await;
    }
    match commands::confirm_delegation(&ctx, &authority, DelegationId(id), papers).await {
        Ok(()) => Ok(Reply::see(HERE).notice("identity-notice-delegation-confirmed")),
        Err(refusal @ Refusal::HolderNotChecked) => {
            let message = refusal.told(&view.speech).unwrap_or_default();
            papers_again(&view, &actor, id, message).await
        }
        Err(refusal) => Err(refusal.into()),
    }
}

async fn papers_again(
    view: &View,
    actor: &Actor,
    id: Uuid,
    message: String,
) -> Result<Reply, Problem> {
    let mut errors = Errors::new();
    errors.add("papers", message);
    let field = Field::new(&view.speech, Kind::Text, "papers", view.t("identity-counter-papers"))
        .hint(view.t("identity-counter-papers-hint"))
        .autocomplete("off")
        .errors(&errors);
    let question = Question {
        heading: Some(view.t("identity-counter-declared")),
        fields: vec![field],
        button: view.t("identity-counter-confirm-delegation"),
        ..Question::new(view, format!("{HERE}/uy-quyen/{id}"), &errors)
    };
    let page = question.page(view, view.t("identity-counter-declared"), &errors)?.back(HERE);
    Ok(at_desk(view, actor, page).await.into())
}
