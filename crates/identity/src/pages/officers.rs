//! /quan-tri/tai-khoan: officers' accounts of one's own part of the tree.

use askama::Template;
use axum::extract::{Path, State};
use organisations::UnitId;
use platform::web::form::{Answers, Choice, DateParts, Errors, Field, Kind};
use platform::web::pieces::{Tag, Tone};
use platform::web::{Form, Page, Problem, Reply, View};
use platform::words::Speech;
use platform::{Ctx, clock};
use uuid::Uuid;

use super::{Question, at_desk, at_field, or_prove_again, told};
use crate::account::{AccountId, Status};
use crate::actor::Actor;
use crate::commands::account::proved;
use crate::commands::officers::{self as commands, LINK_HOURS, Link, NewBond, NewOfficer};
use crate::person_name::PersonName;
use crate::queries::{self, OfficerLine};
use crate::refusal::Refusal;
use crate::role::{Right, Role};
use crate::store::bonds::After;
use crate::username::Username;

pub(crate) const HERE: &str = "/quan-tri/tai-khoan";

#[derive(Template)]
#[template(path = "officers.html")]
struct OfficersTemplate<'a> {
    view: &'a View,
    search: Field,
    asked: String,
    lines: Vec<Row>,
    next: Option<String>,
    first: Option<String>,
}

struct Row {
    id: AccountId,
    name: String,
    login: String,
    unit: String,
    roles: String,
    state: Tag,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    actor.require_anywhere(Right::ManageAccounts)?;
    let asked = view.query("q").unwrap_or_default();
    let after = view.query("sau").map(|key| read_key(&key)).unwrap_or_default();
    let found = queries::officers(&ctx, &actor, (asked.clone(), after)).await?;
    let search = Field::new(&view.speech, Kind::Search, "q", view.t("identity-officers-search"));
    let template = OfficersTemplate {
        view: &view,
        search: search.value(&asked),
        asked,
        lines: found.lines.iter().map(|line| row(&view.speech, line)).collect(),
        next: found.next.map(|key| view.here_with(&[("sau", &write_key(&key))])),
        first: view.query("sau").map(|_| view.here_with(&[("sau", "")])),
    };
    let page = Page::new(&view, view.t("identity-officers"), &template)?.wide();
    Ok(at_desk(&view, &actor, page).await)
}

/// Name and id of the last line, as they stand in the address of the next page.
fn write_key(after: &After) -> String {
    format!("{}~{}", after.id, after.folded)
}

fn read_key(key: &str) -> After {
    let (id, folded) = key.split_once('~').unwrap_or_default();
    After { folded: folded.to_owned(), id: Uuid::try_parse(id).unwrap_or_default() }
}

fn row(speech: &Speech, line: &OfficerLine) -> Row {
    let roles: Vec<String> = line.roles.iter().map(|role| speech.t(role.word())).collect();
    Row {
        id: line.listed.id,
        name: line.listed.name.clone(),
        login: line.listed.login.clone(),
        unit: line.unit.clone(),
        roles: roles.join(", "),
        state: state(speech, line),
    }
}

fn state(speech: &Speech, line: &OfficerLine) -> Tag {
    let (tone, word) = match line.listed.status {
        Status::Disabled | Status::Closed => (Tone::Bad, "identity-officer-disabled"),
        Status::Active if !line.listed.has_password => (Tone::Warn, "identity-officer-invited"),
        Status::Active if !line.listed.has_totp => (Tone::Warn, "identity-officer-without-app"),
        Status::Active => (Tone::Good, "identity-officer-active"),
    };
    Tag::new(tone, speech.t(word))
}

pub(crate) async fn new(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    actor.require_anywhere(Right::ManageAccounts)?;
    if let Err(refusal) = proved(&view) {
        return or_prove_again(refusal, "/quan-tri/tai-khoan/tao");
    }
    let today = DateParts::of(clock::local(view.now).date());
    let typed = [("from-day", today.day), ("from-month", today.month), ("from-year", today.year)];
    let typed = typed.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let typed = Answers::from_pairs(typed);
    Ok(new_page(&view, &ctx, &actor, (&typed, &Errors::new())).await?.into())
}

pub(crate) async fn post_new(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    actor.require_anywhere(Right::ManageAccounts)?;
    if let Err(refusal) = proved(&view) {
        return or_prove_again(refusal, "/quan-tri/tai-khoan/tao");
    }
    let new = match read_new(&view, &ctx, &answers).await? {
        Ok(new) => new,
        Err(errors) => {
            return Ok(new_page(&view, &ctx, &actor, (&answers, &errors)).await?.into());
        }
    };
    match commands::open(&ctx, &actor, new).await {
        Ok(link) => Ok(link_page(&view, &ctx, &actor, link).await?.into()),
        Err(refusal) => {
            let errors = beside(&view, refusal)?;
            Ok(new_page(&view, &ctx, &actor, (&answers, &errors)).await?.into())
        }
    }
}

/// At which field of the two forms a refusal stands. A unit out of reach is as if it were not.
fn beside(view: &View, refusal: Refusal) -> Result<Errors, Problem> {
    let field = match refusal {
        Refusal::UsernameTaken => "username",
        Refusal::DatesReversed => "to",
        Refusal::NotThere => {
            let mut errors = Errors::new();
            errors.add("unit", view.t("identity-officer-unit-unknown"));
            return Ok(errors);
        }
        _ => "role",
    };
    at_field(&view.speech, field, refusal)
}

async fn read_new(
    view: &View,
    ctx: &Ctx,
    answers: &Answers,
) -> Result<Result<(NewOfficer, NewBond), Errors>, Problem> {
    let speech = &view.speech;
    let mut errors = Errors::new();
    let name = PersonName::parse(answers.get("name"))
        .map_err(|fault| errors.add("name", told::name(fault, speech)))
        .ok();
    let username = Username::parse(answers.get("username"))
        .map_err(|fault| errors.add("username", told::username(fault, speech)))
        .ok();
    let bond = read_bond(view, ctx, (answers, &mut errors)).await?;
    Ok(match (name, username, bond) {
        (Some(name), Some(username), Some((unit, bond))) if errors.is_empty() => {
            Ok((NewOfficer { username, name, unit }, bond))
        }
        _ => Err(errors),
    })
}

/// Role, unit and days of a form.
async fn read_bond(
    view: &View,
    ctx: &Ctx,
    (answers, errors): (&Answers, &mut Errors),
) -> Result<Option<(UnitId, NewBond)>, Problem> {
    let speech = &view.speech;
    let unit = queries::unit_of_code(ctx, answers.get("unit")).await?;
    if unit.is_none() {
        errors.add("unit", speech.t("identity-officer-unit-unknown"));
    }
    let role = Role::parse(answers.get("role"));
    if role.is_none() {
        errors.add("role", speech.t("identity-officer-role-missing"));
    }
    let from = told::day(&answers.date("from"), "identity-grant-date-missing", speech)
        .map_err(|message| errors.add("from", message))
        .ok();
    let typed_to = answers.date("to");
    let to = match typed_to.is_empty() {
        true => None,
        false => told::day(&typed_to, "identity-grant-date-missing", speech)
            .map_err(|message| errors.add("to", message))
            .ok(),
    };
    Ok(match (unit, role, from) {
        (Some(unit), Some(role), Some(valid_from)) => {
            Some((unit, NewBond { unit: Some(unit), role, valid_from, valid_to: to }))
        }
        _ => None,
    })
}

async fn new_page(
    view: &View,
    ctx: &Ctx,
    actor: &Actor,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let speech = &view.speech;
    let name = Field::new(speech, Kind::Text, "name", view.t("identity-name"))
        .autocomplete("off")
        .value(typed.get("name"))
        .errors(errors);
    let username = Field::new(speech, Kind::Text, "username", view.t("identity-username"))
        .hint(view.t("identity-username-hint"))
        .autocomplete("off")
        .value(typed.get("username"))
        .errors(errors);
    let bond = bond_fields(view, ctx, actor, (typed, errors)).await?;
    let question = Question {
        heading: Some(view.t("identity-officer-new")),
        lead: vec![view.t("identity-officer-new-lead")],
        fields: [name, username].into_iter().chain(bond).collect(),
        button: view.t("identity-officer-new-button"),
        ..Question::new(view, "/quan-tri/tai-khoan/tao", errors)
    };
    let page = question.page(view, view.t("identity-officer-new"), errors)?.back(HERE);
    Ok(at_desk(view, actor, page).await)
}

/// Unit, role and days: the same for a new account and for one more role.
async fn bond_fields(
    view: &View,
    ctx: &Ctx,
    actor: &Actor,
    (typed, errors): (&Answers, &Errors),
) -> Result<[Field; 4], Problem> {
    let speech = &view.speech;
    let units = queries::units_in_reach(ctx, actor).await?;
    let kind = match units {
        Some(units) => {
            Kind::Select(units.into_iter().map(|(code, label)| Choice::new(code, label)).collect())
        }
        // Too many to choose from: the code, which the catalogue tells.
        None => Kind::Text,
    };
    let roles = Role::ALL.into_iter().filter(|role| role.is_given_in_a_unit());
    let roles = roles.map(|role| Choice::new(role.code(), view.t(role.word()))).collect();
    let field = |kind, name: &str, word: &str| {
        Field::new(speech, kind, name, view.t(word)).value(typed.get(name)).errors(errors)
    };
    Ok([
        field(kind, "unit", "identity-officer-unit")
            .hint(view.t("identity-officer-unit-hint"))
            .autocomplete("off"),
        field(Kind::Radios(roles), "role", "identity-officer-role"),
        field(Kind::Date, "from", "identity-officer-from").date(typed.date("from")),
        field(Kind::Date, "to", "identity-officer-to")
            .hint(view.t("identity-officer-to-hint"))
            .optional(speech)
            .date(typed.date("to")),
    ])
}

#[derive(Template)]
#[template(path = "link.html")]
struct LinkTemplate<'a> {
    view: &'a View,
    address: String,
    hours: i64,
    account: AccountId,
}

/// Shown once; handed over by the administrator, not sent.
pub(crate) async fn link_page(
    view: &View,
    ctx: &Ctx,
    actor: &Actor,
    link: Link,
) -> Result<Page, Problem> {
    let address = format!("{}/lien-ket/{}", ctx.settings.public_address, link.token);
    let template = LinkTemplate { view, address, hours: LINK_HOURS, account: link.account };
    let page = Page::new(view, view.t("identity-link"), &template)?;
    Ok(at_desk(view, actor, page).await)
}

pub(crate) async fn role(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Reply, Problem> {
    let officer = queries::officer(&ctx, &actor, AccountId(id)).await?;
    if let Err(refusal) = proved(&view) {
        return or_prove_again(refusal, &format!("{HERE}/{id}/vai-tro"));
    }
    let today = DateParts::of(clock::local(view.now).date());
    let typed = [("from-day", today.day), ("from-month", today.month), ("from-year", today.year)];
    let typed = typed.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let form = (Answers::from_pairs(typed), Errors::new());
    Ok(role_page(&view, &ctx, &actor, (officer.account.name, id, form)).await?.into())
}

pub(crate) async fn post_role(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let officer = queries::officer(&ctx, &actor, AccountId(id)).await?;
    if let Err(refusal) = proved(&view) {
        return or_prove_again(refusal, &format!("{HERE}/{id}/vai-tro"));
    }
    let mut errors = Errors::new();
    if let Some((_, bond)) = read_bond(&view, &ctx, (&answers, &mut errors)).await?
        && errors.is_empty()
    {
        match commands::give_role(&ctx, &actor, (AccountId(id), bond)).await {
            Ok(()) => return Ok(given(id)),
            Err(refusal) => errors = beside(&view, refusal)?,
        }
    }
    let form = (answers, errors);
    Ok(role_page(&view, &ctx, &actor, (officer.account.name, id, form)).await?.into())
}

fn given(id: Uuid) -> Reply {
    Reply::see(&format!("{HERE}/{id}")).notice("identity-notice-role-given")
}

async fn role_page(
    view: &View,
    ctx: &Ctx,
    actor: &Actor,
    (name, id, (typed, errors)): (String, Uuid, (Answers, Errors)),
) -> Result<Page, Problem> {
    let fields = bond_fields(view, ctx, actor, (&typed, &errors)).await?;
    let heading = view.with("identity-role-give-to", &[("name", name.into())]);
    let question = Question {
        heading: Some(heading.clone()),
        fields: fields.into_iter().collect(),
        button: view.t("identity-role-give"),
        ..Question::new(view, format!("{HERE}/{id}/vai-tro"), &errors)
    };
    let page = question.page(view, heading, &errors)?.back(format!("{HERE}/{id}"));
    Ok(at_desk(view, actor, page).await)
}
