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

use identity::{Actor, desk};
use platform::web::form::{Errors, Field, Kind};
use platform::web::{Page, Problem, View};

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
