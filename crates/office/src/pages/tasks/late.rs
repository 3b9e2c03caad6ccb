//! /can-bo/viec/qua-han: what is overdue, and how much everybody has.

use askama::Template;
use axum::extract::State as Given;
use identity::{Actor, Right};
use platform::Ctx;
use platform::clock::local;
use platform::web::{Page, Problem, View};

use super::list::{Row, row};
use crate::TASKS;
use crate::pages::at_desk;
use crate::pages::incoming::wanted;
use crate::queries::work::{self, Late};

const HERE: &str = "/can-bo/viec/qua-han";

#[derive(Template)]
#[template(path = "late.html")]
struct LateTemplate<'a> {
    view: &'a View,
    office: String,
    offices: Vec<(String, String, bool)>,
    rows: Vec<Row>,
    loads: Vec<(String, String, String)>,
}

pub(crate) async fn show(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    actor.require_anywhere(Right::SeeDocuments)?;
    let wanted = wanted(&ctx, &view).await?;
    let late = work::late(&ctx, &actor, wanted).await?;
    let template = template(&view, &late);
    let page = Page::new(&view, view.t("office-late"), &template)?.back(TASKS).wide();
    Ok(at_desk(&view, &actor, page).await)
}

fn template<'a>(view: &'a View, late: &Late) -> LateTemplate<'a> {
    let today = local(view.now).date();
    let offices = late.offices.iter().filter(|one| one.all).map(|one| {
        (format!("{HERE}?don-vi={}", one.unit), one.name.clone(), one.unit == late.office.unit)
    });
    let number = |count: i64| view.speech.number(count);
    let loads = late.loads.iter();
    LateTemplate {
        office: late.office.name.clone(),
        offices: offices.collect(),
        rows: late.tasks.iter().map(|task| row(view, task, today)).collect(),
        loads: loads
            .map(|(_, name, open, late)| (name.clone(), number(*open), number(*late)))
            .collect(),
        view,
    }
}
