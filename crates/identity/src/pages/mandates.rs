//! Giving a mandate, and taking one up with the code that the giver handed over.

use askama::Template;
use axum::extract::State;
use platform::web::form::{Answers, Choice, DateParts, Errors, Field, Kind};
use platform::web::{Form, Page, Problem, Reply, View};
use platform::{Ctx, clock};
use uuid::Uuid;

use super::{Question, at_field, told};
use crate::actor::Actor;
use crate::commands::delegations::{self as commands, CODE_DAYS, Mandate};
use crate::delegation::{Delegation, DelegationId, Scope, Standing};
use crate::queries;

const HERE: &str = "/tai-khoan/uy-quyen";

pub(crate) async fn grant(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let today = clock::local(view.now).date();
    let in_a_year = today.saturating_add(jiff::Span::new().years(1));
    let from = pairs("from", &DateParts::of(today));
    let typed: Vec<_> = from.into_iter().chain(pairs("to", &DateParts::of(in_a_year))).collect();
    grant_page(&view, &ctx, &actor, (&Answers::from_pairs(typed), &Errors::new())).await
}

fn pairs(name: &str, date: &DateParts) -> [(String, String); 3] {
    let pair = |part: &str, value: &str| (format!("{name}-{part}"), value.to_owned());
    [pair("day", &date.day), pair("month", &date.month), pair("year", &date.year)]
}

pub(crate) async fn post_grant(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let mandate = match read(&view, &answers) {
        Ok(mandate) => mandate,
        Err(errors) => {
            return Ok(grant_page(&view, &ctx, &actor, (&answers, &errors)).await?.into());
        }
    };
    match commands::grant(&ctx, &actor, mandate).await {
        Ok((_, code)) => Ok(given_page(&view, code)?.into()),
        Err(refusal) => {
            let errors = at_field(&view.speech, "to", refusal)?;
            Ok(grant_page(&view, &ctx, &actor, (&answers, &errors)).await?.into())
        }
    }
}

fn read(view: &View, answers: &Answers) -> Result<Mandate, Errors> {
    let speech = &view.speech;
    let mut errors = Errors::new();
    let for_whom = match answers.get("for") {
        "" => {
            errors.add("for", speech.t("identity-grant-for-missing"));
            None
        }
        "me" => None,
        id => Uuid::try_parse(id).ok().map(DelegationId),
    };
    let scope = Scope::parse(answers.get("scope"));
    if scope.is_none() {
        errors.add("scope", speech.t("identity-grant-scope-missing"));
    }
    let mut day = |name: &str| {
        told::day(&answers.date(name), "identity-grant-date-missing", speech)
            .map_err(|message| errors.add(name, message))
            .ok()
    };
    let (valid_from, valid_to) = (day("from"), day("to"));
    match (scope, valid_from, valid_to) {
        (Some(scope), Some(valid_from), Some(valid_to)) if errors.is_empty() => {
            Ok(Mandate { for_whom, scope, valid_from, valid_to })
        }
        _ => Err(errors),
    }
}

async fn grant_page(
    view: &View,
    ctx: &Ctx,
    actor: &Actor,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    actor.citizen()?;
    let today = clock::local(view.now).date();
    let held = queries::delegations(ctx, actor).await?.held;
    let grantable = |one: &&Delegation| one.may_grant() && one.standing(today) == Standing::Now;
    let mut whom = vec![Choice::new("me", view.t("identity-grant-for-me"))];
    whom.extend(
        held.iter()
            .filter(grantable)
            .map(|one| Choice::new(one.id.0.to_string(), one.principal_name.clone())),
    );
    let question = grant_question(view, whom, typed, errors);
    Ok(question.page(view, view.t("identity-grant"), errors)?.back(HERE))
}

fn grant_question(view: &View, whom: Vec<Choice>, typed: &Answers, errors: &Errors) -> Question {
    let scopes = [Scope::Act, Scope::Follow];
    let scopes = scopes.map(|scope| Choice::new(scope.code(), view.t(scope.word()))).to_vec();
    let field = |kind, name: &str, word: &str| {
        Field::new(&view.speech, kind, name, view.t(word)).value(typed.get(name)).errors(errors)
    };
    Question {
        heading: Some(view.t("identity-grant")),
        lead: vec![view.t("identity-grant-lead")],
        fields: vec![
            field(Kind::Radios(whom), "for", "identity-grant-for"),
            field(Kind::Radios(scopes), "scope", "identity-grant-scope"),
            field(Kind::Date, "from", "identity-grant-from").date(typed.date("from")),
            field(Kind::Date, "to", "identity-grant-to").date(typed.date("to")),
        ],
        button: view.t("identity-grant-button"),
        ..Question::new(view, "/tai-khoan/uy-quyen/giao", errors)
    }
}

#[derive(Template)]
#[template(path = "given.html")]
struct GivenTemplate<'a> {
    view: &'a View,
    code: String,
    days: i64,
}

/// The code is shown once.
fn given_page(view: &View, code: String) -> Result<Page, Problem> {
    let template = GivenTemplate { view, code, days: CODE_DAYS };
    Page::new(view, view.t("identity-given"), &template)
}

pub(crate) async fn take(view: View, actor: Actor) -> Result<Page, Problem> {
    actor.citizen()?;
    take_page(&view, "", &Errors::new())
}

pub(crate) async fn post_take(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let typed = answers.get("delegation-code");
    match commands::take(&ctx, &actor, typed).await {
        Ok(_) => Ok(Reply::see(HERE).notice("identity-notice-delegation-taken")),
        Err(refusal) => {
            let errors = at_field(&view.speech, "delegation-code", refusal)?;
            Ok(take_page(&view, typed, &errors)?.into())
        }
    }
}

fn take_page(view: &View, typed: &str, errors: &Errors) -> Result<Page, Problem> {
    let label = view.t("identity-take-code");
    let field = Field::new(&view.speech, Kind::Text, "delegation-code", label)
        .hint(view.t("identity-take-code-hint"))
        .autocomplete("off")
        .value(typed)
        .errors(errors);
    let question = Question {
        heading: Some(view.t("identity-take")),
        lead: vec![view.t("identity-take-lead")],
        fields: vec![field],
        button: view.t("identity-take-button"),
        ..Question::new(view, "/tai-khoan/uy-quyen/nhan", errors)
    };
    Ok(question.page(view, view.t("identity-take"), errors)?.back(HERE))
}
