//! The two pages before a delegation is given: what is asked, and what would stand on paper.

use askama::Template;
use organisations::Unit;
use platform::web::form::{Answers, Choice, Errors, Field, Kind as Ask, Width};
use platform::web::pieces::Summary;
use platform::web::{Markup, Page, Problem, View};

use super::code_field;
use super::delegations::{CHECKED, EDIT, HERE, facts};
use crate::delegation::{Delegation, Kind, TITLE_LETTERS_MAX};
use crate::submission::Scope;

#[derive(Template)]
#[template(path = "delegation_form.html")]
struct FormTemplate<'a> {
    view: &'a View,
    errors: Markup,
    fields: Vec<Field>,
}

pub(super) fn form_page(
    view: &View,
    units: &[Unit],
    said: (&Answers, &Errors),
) -> Result<Page, Problem> {
    let errors = said.1;
    let template = FormTemplate {
        view,
        errors: errors.summary(&view.speech),
        fields: fields(view, units, said),
    };
    let page = Page::new(view, view.t("signing-delegate"), &template)?.back(HERE);
    Ok(if errors.is_empty() { page } else { page.error() })
}

fn fields(view: &View, units: &[Unit], (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let field = |kind: Ask, name: &str, word: &str| {
        let field = Field::new(&view.speech, kind, name, view.t(word));
        field.value(typed.get(name)).errors(errors)
    };
    let title = |name: &str, word: &str, hint: &str| {
        let field = field(Ask::Text, name, word).hint(view.t(hint));
        field.max_letters(TITLE_LETTERS_MAX as u32).autocomplete("off")
    };
    let day = |name: &str, word: &str| field(Ask::Date, name, word).date(typed.date(name));
    let unit = |unit: &Unit| Choice::new(unit.code.as_str(), unit.name.as_str());
    let kind = |one: Kind| Choice::new(one.code(), view.t(one.word())).hint(view.t(one.hint()));
    let scope = |one: Scope| Choice::new(one.code(), view.t(one.word()));
    let scopes = Ask::Checkboxes(Scope::ALL.map(scope).into());
    let units = Ask::Select(units.iter().map(unit).collect());
    vec![
        field(units, "unit", "signing-delegation-unit"),
        field(Ask::Radios(Kind::ALL.map(kind).into()), "kind", "signing-delegation-kind"),
        title("giver_title", "signing-delegation-giver-title", "signing-delegation-title-hint"),
        field(Ask::Text, "login", "signing-delegation-login")
            .hint(view.t("signing-delegation-login-hint"))
            .width(Width::Twenty)
            .autocomplete("off"),
        title("taker_title", "signing-delegation-taker-title", "signing-delegation-taker-hint"),
        field(scopes, "scopes", "signing-delegation-scopes").values(&typed.all("scopes")),
        field(Ask::Lines(3), "matter", "signing-delegation-matter")
            .hint(view.t("signing-delegation-matter-hint")),
        field(Ask::Text, "ground", "signing-delegation-ground")
            .hint(view.t("signing-delegation-ground-hint"))
            .autocomplete("off"),
        day("from", "signing-delegation-from"),
        day("to", "signing-delegation-until").hint(view.t("signing-delegation-until-hint")),
    ]
}

#[derive(Template)]
#[template(path = "delegation_confirm.html")]
struct ConfirmTemplate<'a> {
    view: &'a View,
    errors: Markup,
    facts: Summary,
    lines: Vec<String>,
    name: String,
    hidden: Vec<(String, String)>,
    code: Field,
}

/// What would be given and printed, and the second factor of whoever gives it.
pub(super) fn confirm_page(
    view: &View,
    (planned, under, unit): (&Delegation, Option<&Delegation>, &str),
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let kept = typed.pairs().filter(|(name, _)| !["code", CHECKED, EDIT].contains(name));
    let template = ConfirmTemplate {
        view,
        errors: errors.summary(&view.speech),
        facts: Summary::new(view, facts(view, planned, unit)),
        lines: planned.lines("", under),
        name: planned.taker_name.clone(),
        hidden: kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        code: code_field(view, errors),
    };
    let page = Page::new(view, view.t("signing-delegation-check"), &template)?.back(HERE);
    Ok(if errors.is_empty() { page } else { page.error() })
}
