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
use jiff::{SignedDuration, Timestamp};
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

/// What was wrong with a code, in the address of the page that asks for it: that page answers a
/// GET, and whoever opens a file from it comes back without sending the form again.
pub(crate) const WRONG: &str = "sai";
/// Longer than anybody is asked to wait after wrong codes.
const PAUSE_MAX: SignedDuration = SignedDuration::from_hours(24);

/// What the address says of it; `None` where no other code would mend it.
pub(crate) fn wrong_word(refusal: &Refusal) -> Option<String> {
    match refusal {
        Refusal::Confirm(identity::Refusal::CodeWrong) => Some("ma".to_owned()),
        Refusal::Confirm(identity::Refusal::NoApp) => Some("ung-dung".to_owned()),
        Refusal::Confirm(identity::Refusal::Waiting { until }) => {
            Some(until.as_second().to_string())
        }
        _ => None,
    }
}

/// The same, at the field of the code. A pause that is over is no longer told of.
pub(crate) fn wrong_code(view: &View) -> Result<Errors, Problem> {
    let refusal = match view.query(WRONG).as_deref() {
        Some("ma") => Some(identity::Refusal::CodeWrong),
        Some("ung-dung") => Some(identity::Refusal::NoApp),
        Some(seconds) => pause(view, seconds),
        None => None,
    };
    match refusal {
        Some(refusal) => at_field(view, Refusal::Confirm(refusal)),
        None => Ok(Errors::new()),
    }
}

fn pause(view: &View, seconds: &str) -> Option<identity::Refusal> {
    let until = Timestamp::from_second(seconds.parse().ok()?).ok()?;
    let is_told = view.now < until && until <= view.now + PAUSE_MAX;
    is_told.then_some(identity::Refusal::Waiting { until })
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
