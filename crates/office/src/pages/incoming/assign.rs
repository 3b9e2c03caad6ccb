//! Who does what: one document, or all that were chosen on a list.

use axum::Extension;
use axum::extract::State as Given;
use identity::{Actor, Right};
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field, Kind};
use platform::web::pieces::{Summary, SummaryRow};
use platform::web::{Form, Page, Problem, Reply, View};
use platform::words::Word;
use uuid::Uuid;

use super::{Sheet, account, due, due_fields, one_of, people};
use crate::INCOMING;
use crate::commands::incoming::assigning::{self, Assignment, TOGETHER_MAX};
use crate::document::IncomingId;
use crate::hand::Asker;
use crate::incoming::Incoming;
use crate::pages::{at_desk, at_field};
use crate::queries::received::{self, Staff};
use crate::refusal::Refusal;
use crate::task::{INSTRUCTION_LETTERS_MAX, Part};
use crate::workdays::Workdays;

/// One question for each colleague would be long: the main handler is chosen from a list, the
/// others are ticked.
pub(super) fn fields(
    view: &View,
    staff: &Staff,
    (typed, errors): (&Answers, &Errors),
) -> Vec<Field> {
    let field = |kind: Kind, name: &str, word: &str| {
        Field::new(&view.speech, kind, name, view.t(word)).errors(errors)
    };
    let all = || people(view, &staff.people);
    let mut fields = vec![
        field(one_of(view, all()), "main", "office-field-main").value(typed.get("main")),
        field(Kind::Checkboxes(all()), "co", "office-field-co")
            .optional(&view.speech)
            .values(&typed.all("co")),
        field(Kind::Checkboxes(all()), "information", "office-field-information")
            .optional(&view.speech)
            .values(&typed.all("information")),
    ];
    fields.extend(due_fields(view, (typed, errors)));
    fields.push(
        field(Kind::Lines(4), "instruction", "office-field-instruction")
            .optional(&view.speech)
            .max_letters(INSTRUCTION_LETTERS_MAX as u32)
            .value(typed.get("instruction")),
    );
    fields
}

fn wish(answers: &Answers) -> Result<Assignment, Refusal> {
    let several = |part: Part| {
        let name = if part == Part::Co { "co" } else { "information" };
        answers.all(name).into_iter().filter_map(|id| Uuid::try_parse(id).ok()).collect()
    };
    Ok(Assignment {
        main: account(answers, "main"),
        co: several(Part::Co),
        information: several(Part::Information),
        due: due(answers)?,
        instruction: answers.get("instruction").to_owned(),
    })
}

pub(super) async fn assigned(
    ctx: &Ctx,
    (asker, workdays): (Asker, Workdays),
    (chosen, answers): (Vec<(IncomingId, i64)>, &Answers),
) -> Result<(), Refusal> {
    assigning::assign(ctx, (asker, workdays), chosen, wish(answers)?).await
}

/// What was chosen, each with the version that was seen: `id~version`.
fn chosen(answers: &Answers) -> Vec<(IncomingId, i64)> {
    let one = |value: &str| {
        let (id, version) = value.split_once('~')?;
        Some((IncomingId(Uuid::try_parse(id).ok()?), version.parse().ok()?))
    };
    answers.all("chosen").into_iter().filter_map(one).collect()
}

/// From the list: the same form for all, or what was said in it.
pub(crate) async fn post_several(
    view: View,
    Given(ctx): Given<Ctx>,
    (actor, Extension(workdays)): (Actor, Extension<Workdays>),
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    actor.require_anywhere(Right::SeeDocuments)?;
    let several = chosen(&answers);
    if several.is_empty() {
        return Ok(Reply::see(INCOMING).notice("office-notice-nothing-chosen"));
    }
    if !answers.has("main") {
        return asked(&view, (&ctx, &actor), (&several, &answers), &Errors::new()).await;
    }
    match assigned(&ctx, (Asker::of(&ctx, &actor), workdays), (several.clone(), &answers)).await {
        Ok(()) => Ok(Reply::see(INCOMING).notice("office-notice-assigned")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            asked(&view, (&ctx, &actor), (&several, &answers), &errors).await
        }
    }
}

/// Which it is, so that nothing is handed out unseen.
fn line(view: &View, one: &Incoming) -> SummaryRow {
    let number = one.arrival_number().unwrap_or_default();
    let label = view.with("office-assign-one", &[("number", number.into())]);
    let what = [one.code(), one.subject.clone(), one.from_name.clone()];
    let what = what.iter().filter(|part| !part.is_empty()).cloned();
    SummaryRow::new(label, &what.collect::<Vec<_>>().join("\n"))
}

async fn asked(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (several, answers): (&[(IncomingId, i64)], &Answers),
    errors: &Errors,
) -> Result<Reply, Problem> {
    let ids = several.iter().take(TOGETHER_MAX).map(|(id, _)| *id).collect();
    let all = received::several(ctx, actor, ids).await?;
    let unit = all.first().map(|one| one.unit).ok_or(Refusal::Nothing)?;
    let staff = received::staff(ctx, actor, unit).await?;
    let kept = answers.all("chosen").into_iter();
    let count = [("count", Word::from(several.len() as i64))];
    let sheet = Sheet {
        view,
        errors: errors.summary(&view.speech),
        heading: view.t("office-assign-several"),
        lead: view.with("office-assign-several-lead", &count),
        about: Some(Summary::new(view, all.iter().map(|one| line(view, one)).collect())),
        fields: fields(view, &staff, (answers, errors)),
        hidden: kept.map(|value| ("chosen".to_owned(), value.to_owned())).collect(),
        action: format!("{INCOMING}/phan-cong"),
        button: view.t("office-act-phan-cong-button"),
    };
    let page: Page = sheet.page(INCOMING, !errors.is_empty())?;
    Ok(at_desk(view, actor, page).await.into())
}
