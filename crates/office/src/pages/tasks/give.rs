//! /can-bo/viec/giao: a leader gives somebody something to do, without a document.

use axum::Extension;
use axum::extract::State as Given;
use identity::{Actor, Right};
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field, Kind};
use platform::web::{Form, Page, Problem, Reply, View};

use crate::TASKS;
use crate::commands::incoming::assigning::{self, NewTask};
use crate::hand::Asker;
use crate::pages::incoming::{Sheet, account, due, due_fields, one_of, people, wanted};
use crate::pages::{at_desk, at_field};
use crate::queries::work::{self, Away};
use crate::refusal::Refusal;
use crate::task::{INSTRUCTION_LETTERS_MAX, TITLE_LETTERS_MAX};
use crate::workdays::Workdays;

const HERE: &str = "/can-bo/viec/giao";

pub(crate) async fn show(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let office = led(&view, &ctx, &actor).await?;
    page(&view, &actor, &office, (&Answers::default(), &Errors::new())).await
}

/// The office in which the officer gives tasks.
async fn led(view: &View, ctx: &Ctx, actor: &Actor) -> Result<Away, Problem> {
    actor.require_anywhere(Right::SeeDocuments)?;
    let wanted = wanted(ctx, view).await?;
    let office = work::away(ctx, actor, wanted).await?;
    match office.leads {
        true => Ok(office),
        false => Err(Problem::not_found()),
    }
}

async fn page(
    view: &View,
    actor: &Actor,
    office: &Away,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let field = |kind: Kind, name: &str, word: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(word));
        field.value(typed.get(name)).errors(errors)
    };
    let who = one_of(view, people(view, &office.people));
    let mut fields = vec![
        field(Kind::Lines(2), "title", "office-field-title").max_letters(TITLE_LETTERS_MAX as u32),
        field(who, "person", "office-field-person"),
    ];
    fields.extend(due_fields(view, (typed, errors)));
    fields.push(
        field(Kind::Lines(4), "instruction", "office-field-instruction")
            .optional(&view.speech)
            .max_letters(INSTRUCTION_LETTERS_MAX as u32),
    );
    let sheet = Sheet {
        view,
        errors: errors.summary(&view.speech),
        heading: view.t("office-give"),
        lead: office.office.name.clone(),
        about: None,
        fields,
        hidden: Vec::new(),
        action: format!("{HERE}?don-vi={}", office.office.unit),
        button: view.t("office-give-button"),
    };
    Ok(at_desk(view, actor, sheet.page(TASKS, !errors.is_empty())?).await)
}

pub(crate) async fn post(
    view: View,
    Given(ctx): Given<Ctx>,
    (actor, Extension(workdays)): (Actor, Extension<Workdays>),
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let office = led(&view, &ctx, &actor).await?;
    match given(&ctx, (&actor, workdays), &office, &answers).await {
        Ok(path) => Ok(Reply::see(&path).notice("office-notice-given")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, &actor, &office, (&answers, &errors)).await?.into())
        }
    }
}

async fn given(
    ctx: &Ctx,
    (actor, workdays): (&Actor, Workdays),
    office: &Away,
    answers: &Answers,
) -> Result<String, Refusal> {
    let new = NewTask {
        unit: Some(office.office.unit),
        title: answers.get("title").to_owned(),
        instruction: answers.get("instruction").to_owned(),
        person: account(answers, "person"),
        due: due(answers)?,
    };
    let id = assigning::give(ctx, (Asker::of(ctx, actor), workdays), new).await?;
    Ok(format!("{TASKS}/{id}"))
}
