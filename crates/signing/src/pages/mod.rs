//! Pages for those who sign and seal.

pub(crate) mod by_hand;
mod delegation_form;
pub(crate) mod delegations;
pub(crate) mod paper;
pub(crate) mod pictures;
pub(crate) mod queue;
pub(crate) mod remote;
pub(crate) mod remote_services;
pub(crate) mod request_letters;
pub(crate) mod rules;
pub(crate) mod seals;
pub(crate) mod several;
pub(crate) mod sitting;
pub(crate) mod workstation;

use futures_util::StreamExt;
use identity::{Actor, desk};
use jiff::civil::Date;
use platform::web::form::{Answers, DateFault, DateParts, Errors, Field, Kind};
use platform::web::{Page, Piece, Problem, View};

use crate::refusal::Refusal;

/// The officer's navigation on the left.
pub(crate) async fn at_desk(view: &View, actor: &Actor, page: Page) -> Page {
    page.menu(desk(view, actor).await)
}

/// The refusal beside the field it is about; one that no answer could mend is a page of its own.
pub(crate) fn at_field(view: &View, refusal: Refusal) -> Result<Errors, Problem> {
    let name = refusal.field();
    let is_told = match &refusal {
        Refusal::Confirm(refused) => refused.told(&view.speech).is_some(),
        _ => !name.is_empty(),
    };
    if !is_told {
        return Err(refusal.into());
    }
    let mut errors = Errors::new();
    errors.add(name, refusal.sentence(&view.speech));
    Ok(errors)
}

/// The one-time code that confirms an act. Never filled in again: it was used up.
pub(crate) fn code_field(view: &View, errors: &Errors) -> Field {
    let field = Field::new(&view.speech, Kind::Code, "code", view.t("signing-code"));
    field.hint(view.t("signing-code-hint")).errors(errors)
}

/// A day in the fields of a form that nobody has filled in yet.
pub(crate) fn from_day(name: &str, day: Date) -> Vec<(String, String)> {
    let DateParts { day, month, year } = DateParts::of(day);
    let parts = [("day", day), ("month", month), ("year", year)];
    parts.map(|(part, value)| (format!("{name}-{part}"), value)).into()
}

/// None when nothing was typed, or nothing that is a day: then `errors` says so.
pub(crate) fn day(
    view: &View,
    answers: &Answers,
    (name, wrong): (&str, &str),
    errors: &mut Errors,
) -> Option<Date> {
    match answers.date(name).parse() {
        Ok(date) => Some(date),
        Err(DateFault::Empty) => None,
        Err(_) => {
            errors.add(name, view.t(wrong));
            None
        }
    }
}

/// `None` when it is too long; the rest is then read and thrown away, so that the browser gets to
/// see why.
pub(crate) async fn bounded(
    mut piece: Piece<'_>,
    bytes_max: usize,
) -> Result<Option<Vec<u8>>, Problem> {
    let mut bytes = Vec::new();
    while let Some(more) = piece.next().await {
        let more = more.map_err(|error| Problem::unreadable(&error.to_string()))?;
        if bytes.len() + more.len() > bytes_max {
            piece.drain().await?;
            return Ok(None);
        }
        bytes.extend_from_slice(&more);
    }
    Ok(Some(bytes))
}
