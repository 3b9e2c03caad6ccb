//! /quan-tri/tai-khoan/{id}: one officer's account, and what an administrator does with it.

use askama::Template;
use axum::extract::{Path, State};
use platform::Ctx;
use platform::clock;
use platform::web::form::Answers;
use platform::web::pieces::{Summary, SummaryRow, Tag, Tone};
use platform::web::{Form, Page, Problem, Reply, View};
use uuid::Uuid;

use super::delegations::dates;
use super::officers::{HERE, link_page};
use super::{at_desk, or_prove_again};
use crate::account::{AccountId, Status};
use crate::actor::Actor;
use crate::bond::{Bond, BondId, BondStanding};
use crate::commands::account::proved;
use crate::commands::officers as commands;
use crate::queries::{self, OfficerView};
use crate::refusal::Refusal;

#[derive(Template)]
#[template(path = "officer.html")]
struct OfficerTemplate<'a> {
    view: &'a View,
    id: AccountId,
    name: String,
    facts: Summary,
    bonds: Vec<BondRow>,
    manageable: bool,
    disabled: bool,
    has_totp: bool,
}

struct BondRow {
    id: Uuid,
    role: String,
    unit: String,
    dates: String,
    state: Tag,
    endable: bool,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    let officer = queries::officer(&ctx, &actor, AccountId(id)).await?;
    let manageable = officer.manageable;
    let template = OfficerTemplate {
        view: &view,
        id: officer.account.id,
        name: officer.account.name.clone(),
        facts: Summary::new(&view, facts(&view, &officer)),
        bonds: officer.bonds.iter().map(|bond| bond_row(&view, bond, manageable)).collect(),
        manageable,
        disabled: officer.account.status == Status::Disabled,
        has_totp: officer.account.has_totp,
    };
    let page = Page::new(&view, officer.account.name.clone(), &template)?.back(HERE);
    Ok(at_desk(&view, &actor, page).await)
}

fn facts(view: &View, officer: &OfficerView) -> Vec<SummaryRow> {
    let status = match officer.account.status {
        Status::Active => "identity-officer-active",
        Status::Disabled | Status::Closed => "identity-officer-disabled",
    };
    let app = if officer.account.has_totp { "identity-app-on" } else { "identity-app-off" };
    let row = |word: &str, value: &str| SummaryRow::new(view.t(word), value);
    vec![
        row("identity-username", &officer.login),
        row("identity-officer-unit", &officer.home),
        row("identity-officer-state", &view.t(status)),
        row("identity-app", &view.t(app)),
        row("identity-counter-since", &view.speech.day(officer.account.created_at)),
    ]
}

fn bond_row(view: &View, (bond, unit): &(Bond, String), manageable: bool) -> BondRow {
    let standing = bond.standing(clock::local(view.now).date());
    let (tone, word) = match standing {
        BondStanding::NotYet => (Tone::Info, "identity-bond-not-yet"),
        BondStanding::InForce => (Tone::Good, "identity-bond-in-force"),
        BondStanding::Over => (Tone::Plain, "identity-bond-over"),
    };
    let everywhere = view.t("identity-bond-everywhere");
    BondRow {
        id: bond.id.0,
        role: view.t(bond.role.word()),
        unit: if bond.unit.is_some() { unit.clone() } else { everywhere },
        dates: dates(&view.speech, bond.valid_from, bond.valid_to),
        state: Tag::new(tone, view.t(word)),
        endable: manageable && standing != BondStanding::Over,
    }
}

pub(crate) async fn end_role(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((_, bond)): Path<(Uuid, Uuid)>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let officer = commands::end_role(&ctx, &actor, BondId(bond)).await?;
    Ok(Reply::see(&format!("{HERE}/{officer}")).notice("identity-notice-role-ended"))
}

pub(crate) async fn give_link(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    if let Err(refusal) = proved(&view) {
        return or_prove_again(refusal, &format!("{HERE}/{id}"));
    }
    let link = commands::give_link(&ctx, &actor, AccountId(id)).await?;
    Ok(link_page(&view, &ctx, &actor, link).await?.into())
}

pub(crate) async fn reset_app(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    if let Err(refusal) = proved(&view) {
        return or_prove_again(refusal, &format!("{HERE}/{id}"));
    }
    let done = commands::reset_app(&ctx, &actor, AccountId(id)).await;
    back(done, id, "identity-notice-app-reset")
}

pub(crate) async fn disable(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let done = commands::disable(&ctx, &actor, AccountId(id)).await;
    back(done, id, "identity-notice-disabled")
}

pub(crate) async fn enable(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let done = commands::enable(&ctx, &actor, AccountId(id)).await;
    back(done, id, "identity-notice-enabled")
}

fn back(done: Result<(), Refusal>, id: Uuid, notice: &'static str) -> Result<Reply, Problem> {
    done?;
    Ok(Reply::see(&format!("{HERE}/{id}")).notice(notice))
}
