//! /tai-khoan/uy-quyen: for whom one may act, who may act for oneself, and whom one acts for now.

use askama::Template;
use axum::extract::{Path, State};
use jiff::civil::Date;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::pieces::{Tag, Tone};
use platform::web::{Form, Page, Problem, Reply, View};
use platform::words::Speech;
use platform::{Ctx, clock};
use uuid::Uuid;

use super::{Question, at_field, told};
use crate::actor::{ActingFor, Actor};
use crate::commands::delegations::{self as commands, Enterprise, Ward};
use crate::delegation::{Delegation, DelegationId, Ground, Proof, Standing};
use crate::person_name::PersonName;
use crate::personal_number::PersonalNumber;
use crate::queries;
use crate::tax_code::TaxCode;

const HERE: &str = "/tai-khoan/uy-quyen";

#[derive(Template)]
#[template(path = "delegations.html")]
struct DelegationsTemplate<'a> {
    view: &'a View,
    acting: Option<String>,
    held: Vec<HeldLine>,
    given: Vec<GivenLine>,
}

struct HeldLine {
    id: Uuid,
    name: String,
    about: String,
    dates: String,
    proof: Tag,
    /// Can be chosen now, and is not already.
    choosable: bool,
}

struct GivenLine {
    id: Uuid,
    holder: Option<String>,
    about: String,
    dates: String,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let found = queries::delegations(&ctx, &actor).await?;
    let today = clock::local(view.now).date();
    let chosen = actor.acting().map(|acting| acting.delegation.id);
    let held = found.held.iter().filter(|one| one.standing(today) != Standing::Over);
    let template = DelegationsTemplate {
        view: &view,
        acting: actor.acting().map(|acting| acting_told(&view.speech, acting)),
        held: held.map(|one| held_line(&view.speech, one, (chosen, today))).collect(),
        given: found.given.iter().map(|one| given_line(&view.speech, one)).collect(),
    };
    Ok(Page::new(&view, view.t("identity-delegations"), &template)?.back("/tai-khoan"))
}

/// "Đang làm thay cho …"; or that this has ended, which no act passes over in silence.
pub(crate) fn acting_told(speech: &Speech, acting: &ActingFor) -> String {
    let word = if acting.over { "identity-account-acting-over" } else { "identity-account-acting" };
    speech.with(word, &[("principal", (&acting.principal.name).into())])
}

fn held_line(
    speech: &Speech,
    one: &Delegation,
    (chosen, today): (Option<DelegationId>, Date),
) -> HeldLine {
    let tone = match one.proof {
        Proof::Declared => Tone::Warn,
        Proof::Checked | Proof::Granted => Tone::Good,
    };
    HeldLine {
        id: one.id.0,
        name: one.principal_name.clone(),
        about: format!("{}. {}", speech.t(one.ground.word()), speech.t(one.scope.word())),
        dates: dates(speech, one.valid_from, one.valid_to),
        proof: Tag::new(tone, speech.t(one.proof.word())),
        choosable: chosen != Some(one.id) && one.standing(today) == Standing::Now,
    }
}

fn given_line(speech: &Speech, one: &queries::Given) -> GivenLine {
    GivenLine {
        id: one.id,
        holder: one.holder.clone(),
        about: speech.with(
            "identity-delegation-about",
            &[("principal", (&one.principal).into()), ("scope", speech.t(one.scope.word()).into())],
        ),
        dates: dates(speech, one.valid_from, one.valid_to),
    }
}

/// "từ 23/11/2026 đến 31/12/2026", or without an end.
pub(crate) fn dates(speech: &Speech, from: Date, to: Option<Date>) -> String {
    let from = speech.date(from);
    match to {
        Some(to) => {
            speech.with("identity-dates", &[("from", from.into()), ("to", speech.date(to).into())])
        }
        None => speech.with("identity-dates-open", &[("from", from.into())]),
    }
}

pub(crate) async fn choose(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    commands::act_for(&ctx, &actor, DelegationId(id)).await?;
    Ok(Reply::see(HERE).notice("identity-notice-acting"))
}

pub(crate) async fn for_oneself(
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    commands::act_for_oneself(&ctx, &actor).await?;
    Ok(Reply::see(HERE).notice("identity-notice-acting-for-oneself"))
}

pub(crate) async fn end(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    commands::end(&ctx, &actor, DelegationId(id)).await?;
    Ok(Reply::see(HERE).notice("identity-notice-delegation-ended"))
}

pub(crate) async fn ward(view: View, actor: Actor) -> Result<Page, Problem> {
    actor.citizen()?;
    ward_page(&view, &Answers::default(), &Errors::new())
}

pub(crate) async fn post_ward(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let ward = match read_ward(&view, &answers) {
        Ok(ward) => ward,
        Err(errors) => return Ok(ward_page(&view, &answers, &errors)?.into()),
    };
    match commands::declare_ward(&ctx, &actor, ward).await {
        Ok(_) => Ok(Reply::see(HERE).notice("identity-notice-declared")),
        Err(refusal) => {
            let errors = at_field(&view.speech, "number", refusal)?;
            Ok(ward_page(&view, &answers, &errors)?.into())
        }
    }
}

fn read_ward(view: &View, answers: &Answers) -> Result<Ward, Errors> {
    let (speech, today) = (&view.speech, clock::local(view.now).date());
    let mut errors = Errors::new();
    let ground = match Ground::parse(answers.get("ground")) {
        Some(ground @ (Ground::Parent | Ground::Guardian)) => Some(ground),
        _ => {
            errors.add("ground", speech.t("identity-ward-ground-missing"));
            None
        }
    };
    let number = PersonalNumber::parse(answers.get("number"))
        .map_err(|fault| errors.add("number", told::number(fault, speech)))
        .ok();
    let name = PersonName::parse(answers.get("name"))
        .map_err(|fault| errors.add("name", told::name(fault, speech)))
        .ok();
    let birth_date = told::birth_date(&answers.date("born"), today, speech)
        .map_err(|message| errors.add("born", message))
        .ok();
    if let (Some(number), Some(date)) = (&number, birth_date)
        && !number.fits(date)
    {
        errors.add("born", speech.t("identity-birth-date-other-year"));
    }
    match (number, name, birth_date, ground) {
        (Some(number), Some(name), Some(birth_date), Some(ground)) if errors.is_empty() => {
            Ok(Ward { number, name, birth_date, ground })
        }
        _ => Err(errors),
    }
}

fn ward_page(view: &View, typed: &Answers, errors: &Errors) -> Result<Page, Problem> {
    let speech = &view.speech;
    let grounds = vec![
        Choice::new("parent", view.t("identity-ward-parent")),
        Choice::new("guardian", view.t("identity-ward-guardian")),
    ];
    let field = |kind, name: &str, word: &str| {
        Field::new(speech, kind, name, view.t(word)).value(typed.get(name)).errors(errors)
    };
    let fields = vec![
        field(Kind::Radios(grounds), "ground", "identity-ward-ground"),
        field(Kind::Text, "name", "identity-ward-name").autocomplete("off"),
        field(Kind::Digits, "number", "identity-ward-number")
            .hint(view.t("identity-ward-number-hint")),
        field(Kind::Date, "born", "identity-birth-date")
            .hint(view.t("identity-birth-date-hint"))
            .date(typed.date("born")),
    ];
    let question = Question {
        heading: Some(view.t("identity-ward")),
        lead: vec![view.t("identity-ward-lead"), view.t("identity-declared-lead")],
        fields,
        button: view.t("identity-declare-button"),
        ..Question::new(view, "/tai-khoan/uy-quyen/con", errors)
    };
    Ok(question.page(view, view.t("identity-ward"), errors)?.back(HERE))
}

pub(crate) async fn enterprise(view: View, actor: Actor) -> Result<Page, Problem> {
    actor.citizen()?;
    enterprise_page(&view, &Answers::default(), &Errors::new())
}

pub(crate) async fn post_enterprise(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let enterprise = match read_enterprise(&view.speech, &answers) {
        Ok(enterprise) => enterprise,
        Err(errors) => return Ok(enterprise_page(&view, &answers, &errors)?.into()),
    };
    match commands::declare_enterprise(&ctx, &actor, enterprise).await {
        Ok(_) => Ok(Reply::see(HERE).notice("identity-notice-declared")),
        Err(refusal) => {
            let errors = at_field(&view.speech, "tax-code", refusal)?;
            Ok(enterprise_page(&view, &answers, &errors)?.into())
        }
    }
}

fn read_enterprise(speech: &Speech, answers: &Answers) -> Result<Enterprise, Errors> {
    let mut errors = Errors::new();
    let code = TaxCode::parse(answers.get("tax-code"))
        .map_err(|fault| errors.add("tax-code", told::tax_code(fault, speech)))
        .ok();
    let name = answers.get("name").split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => errors.add("name", speech.t("identity-enterprise-name-missing")),
        1..=250 => {}
        _ => errors.add("name", speech.t("identity-enterprise-name-long")),
    }
    match code {
        Some(code) if errors.is_empty() => Ok(Enterprise { code, name }),
        _ => Err(errors),
    }
}

fn enterprise_page(view: &View, typed: &Answers, errors: &Errors) -> Result<Page, Problem> {
    let speech = &view.speech;
    let code = Field::new(speech, Kind::Digits, "tax-code", view.t("identity-tax-code"))
        .hint(view.t("identity-tax-code-hint"))
        .value(typed.get("tax-code"))
        .errors(errors);
    let name = Field::new(speech, Kind::Text, "name", view.t("identity-enterprise-name"))
        .hint(view.t("identity-enterprise-name-hint"))
        .autocomplete("organization")
        .value(typed.get("name"))
        .errors(errors);
    let question = Question {
        heading: Some(view.t("identity-enterprise")),
        lead: vec![view.t("identity-enterprise-lead"), view.t("identity-declared-lead")],
        fields: vec![code, name],
        button: view.t("identity-declare-button"),
        ..Question::new(view, "/tai-khoan/uy-quyen/doanh-nghiep", errors)
    };
    Ok(question.page(view, view.t("identity-enterprise"), errors)?.back(HERE))
}
