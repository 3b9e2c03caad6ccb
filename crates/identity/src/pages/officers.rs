//! /quan-tri/tai-khoan: officers' accounts of one's own part of the tree.

use askama::Template;
use axum::extract::{Path, State};
use organisations::UnitId;
use platform::web::form::{Answers, Choice, DateParts, Errors, Field, Kind};
use platform::web::pieces::{Paging, Tag, Tone};
use platform::web::{Form, Page, Problem, Reply, View};
use platform::words::Speech;
use platform::{Ctx, clock};
use uuid::Uuid;

use super::{Question, at_desk, at_field, or_prove_again, told};
use crate::account::{Account, AccountId, Status};
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
    paging: Option<Paging>,
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
        paging: Paging::onward(&view, found.next.map(|key| write_key(&key)).as_deref()),
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
        return or_prove_again(refusal, NEW);
    }
    let units = queries::units_in_reach(&ctx, &actor).await?;
    let page = new_page(&view, units, &from_today(&view), &Errors::new())?;
    Ok(at_desk(&view, &actor, page).await.into())
}

const NEW: &str = "/quan-tri/tai-khoan/tao";

/// A form that begins today.
fn from_today(view: &View) -> Answers {
    let today = DateParts::of(clock::local(view.now).date());
    let parts = [("from-day", today.day), ("from-month", today.month), ("from-year", today.year)];
    Answers::from_pairs(parts.map(|(name, value)| (name.to_owned(), value)).into())
}

pub(crate) async fn post_new(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    actor.require_anywhere(Right::ManageAccounts)?;
    if let Err(refusal) = proved(&view) {
        return or_prove_again(refusal, NEW);
    }
    let errors = match create(&view, &ctx, &actor, &answers).await? {
        Ok(link) => return Ok(link_page(&view, &ctx, &actor, link).await?.into()),
        Err(errors) => errors,
    };
    let units = queries::units_in_reach(&ctx, &actor).await?;
    let page = new_page(&view, units, &answers, &errors)?;
    Ok(at_desk(&view, &actor, page).await.into())
}

async fn create(
    view: &View,
    ctx: &Ctx,
    actor: &Actor,
    answers: &Answers,
) -> Result<Result<Link, Errors>, Problem> {
    let unit = queries::unit_of_code(ctx, answers.get("unit")).await?;
    let new = match read_new(&view.speech, unit, answers) {
        Ok(new) => new,
        Err(errors) => return Ok(Err(errors)),
    };
    match commands::open(ctx, actor, new).await {
        Ok(link) => Ok(Ok(link)),
        Err(refusal) => beside(view, refusal).map(Err),
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

fn read_new(
    speech: &Speech,
    unit: Option<UnitId>,
    answers: &Answers,
) -> Result<(NewOfficer, NewBond), Errors> {
    let mut errors = Errors::new();
    let name = PersonName::parse(answers.get("name"))
        .map_err(|fault| errors.add("name", told::name(fault, speech)))
        .ok();
    let username = Username::parse(answers.get("username"))
        .map_err(|fault| errors.add("username", told::username(fault, speech)))
        .ok();
    let bond = read_bond(speech, unit, answers, &mut errors);
    match (name, username, unit, bond) {
        (Some(name), Some(username), Some(unit), Some(bond)) if errors.is_empty() => {
            Ok((NewOfficer { username, name, unit }, bond))
        }
        _ => Err(errors),
    }
}

/// Role, unit and days of a form.
fn read_bond(
    speech: &Speech,
    unit: Option<UnitId>,
    answers: &Answers,
    errors: &mut Errors,
) -> Option<NewBond> {
    if unit.is_none() {
        errors.add("unit", speech.t("identity-officer-unit-unknown"));
    }
    let role = Role::parse(answers.get("role"));
    if role.is_none() {
        errors.add("role", speech.t("identity-officer-role-missing"));
    }
    let mut day = |name: &str| {
        told::day(&answers.date(name), "identity-grant-date-missing", speech)
            .map_err(|message| errors.add(name, message))
            .ok()
    };
    let valid_from = day("from")?;
    let valid_to = if answers.date("to").is_empty() { None } else { Some(day("to")?) };
    Some(NewBond { unit: Some(unit?), role: role?, valid_from, valid_to })
}

/// Codes and names to choose from; none where they are too many.
type Units = Option<Vec<(String, String)>>;

fn new_page(view: &View, units: Units, typed: &Answers, errors: &Errors) -> Result<Page, Problem> {
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
    let bond = bond_fields(view, units, typed, errors);
    let question = Question {
        heading: Some(view.t("identity-officer-new")),
        lead: vec![view.t("identity-officer-new-lead")],
        fields: [name, username].into_iter().chain(bond).collect(),
        button: view.t("identity-officer-new-button"),
        ..Question::new(view, NEW, errors)
    };
    Ok(question.page(view, view.t("identity-officer-new"), errors)?.back(HERE))
}

/// Unit, role and days: the same for a new account and for one more role.
fn bond_fields(view: &View, units: Units, typed: &Answers, errors: &Errors) -> [Field; 4] {
    let speech = &view.speech;
    let choice = |(code, label): (String, String)| Choice::new(code, label);
    // Where units are too many to choose from: the code, which the catalogue tells.
    let (kind, hint) = match units {
        Some(units) => {
            let choices = units.into_iter().map(choice).collect();
            (Kind::Select(choices), "identity-officer-unit-choose")
        }
        None => (Kind::Text, "identity-officer-unit-hint"),
    };
    let roles = Role::ALL.into_iter().filter(|role| role.is_given_in_a_unit());
    let roles = roles.map(|role| Choice::new(role.code(), view.t(role.word()))).collect();
    let field = |kind, name: &str, word: &str| {
        Field::new(speech, kind, name, view.t(word)).value(typed.get(name)).errors(errors)
    };
    [
        field(kind, "unit", "identity-officer-unit").hint(view.t(hint)).autocomplete("off"),
        field(Kind::Radios(roles), "role", "identity-officer-role"),
        field(Kind::Date, "from", "identity-officer-from").date(typed.date("from")),
        field(Kind::Date, "to", "identity-officer-to")
            .hint(view.t("identity-officer-to-hint"))
            .optional(speech)
            .date(typed.date("to")),
    ]
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
        return or_prove_again(refusal, &role_path(id));
    }
    let units = queries::units_in_reach(&ctx, &actor).await?;
    let form = (from_today(&view), Errors::new());
    let page = role_page(&view, &officer.account, units, form)?;
    Ok(at_desk(&view, &actor, page).await.into())
}

fn role_path(id: Uuid) -> String {
    format!("{HERE}/{id}/vai-tro")
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
        return or_prove_again(refusal, &role_path(id));
    }
    let Err(errors) = give(&view, &ctx, &actor, (AccountId(id), &answers)).await? else {
        return Ok(Reply::see(&format!("{HERE}/{id}")).notice("identity-notice-role-given"));
    };
    let units = queries::units_in_reach(&ctx, &actor).await?;
    let page = role_page(&view, &officer.account, units, (answers, errors))?;
    Ok(at_desk(&view, &actor, page).await.into())
}

async fn give(
    view: &View,
    ctx: &Ctx,
    actor: &Actor,
    (officer, answers): (AccountId, &Answers),
) -> Result<Result<(), Errors>, Problem> {
    let unit = queries::unit_of_code(ctx, answers.get("unit")).await?;
    let mut errors = Errors::new();
    let bond = read_bond(&view.speech, unit, answers, &mut errors);
    let Some(bond) = bond.filter(|_| errors.is_empty()) else { return Ok(Err(errors)) };
    match commands::give_role(ctx, actor, (officer, bond)).await {
        Ok(()) => Ok(Ok(())),
        Err(refusal) => beside(view, refusal).map(Err),
    }
}

fn role_page(
    view: &View,
    officer: &Account,
    units: Units,
    (typed, errors): (Answers, Errors),
) -> Result<Page, Problem> {
    let fields = bond_fields(view, units, &typed, &errors);
    let heading = view.with("identity-role-give-to", &[("name", (&officer.name).into())]);
    let id = officer.id.0;
    let question = Question {
        heading: Some(heading.clone()),
        fields: fields.into_iter().collect(),
        button: view.t("identity-role-give"),
        ..Question::new(view, role_path(id), &errors)
    };
    Ok(question.page(view, heading, &errors)?.back(format!("{HERE}/{id}")))
}
