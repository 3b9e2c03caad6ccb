//! What the forms of rules, webhooks and work share.

use platform::web::form::{Answers, DateParts, Errors, Field, Kind};
use platform::web::{Problem, View};

use crate::refusal::Refusal;

/// The refusal beside the field it is about; one that no answer could mend is a page of its own.
pub(super) fn at_field(view: &View, refusal: Refusal) -> Result<Errors, Problem> {
    let Refusal::Watch(fault) = refusal else { return Err(refusal.into()) };
    let mut errors = Errors::new();
    errors.add(fault.field(), view.t(fault.word()));
    Ok(errors)
}

/// A question with what was typed and what was wrong with it.
pub(super) fn field(
    view: &View,
    (kind, name, word): (Kind, &str, &str),
    (typed, errors): (&Answers, &Errors),
) -> Field {
    let is_date = matches!(kind, Kind::Date);
    let field = Field::new(&view.speech, kind, name, view.t(word)).errors(errors);
    if is_date { field.date(typed.date(name)) } else { field.value(typed.get(name)) }
}

/// A day in the fields of a form that nobody has filled in yet.
pub(super) fn from_day(name: &str, day: jiff::civil::Date) -> Vec<(String, String)> {
    let DateParts { day, month, year } = DateParts::of(day);
    let parts = [("day", day), ("month", month), ("year", year)];
    parts.map(|(part, value)| (format!("{name}-{part}"), value)).into()
}

/// As people write it: `3.650`.
pub(super) fn number(text: &str) -> Option<i64> {
    text.replace(['.', ' ', '\u{a0}'], "").parse().ok()
}
