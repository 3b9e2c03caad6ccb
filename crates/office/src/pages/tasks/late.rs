//! /can-bo/viec/qua-han: what is overdue in an office, or in all that lie below, and how much
//! everybody has.

use askama::Template;
use axum::extract::State as Given;
use identity::{Actor, Right};
use platform::Ctx;
use platform::clock::local;
use platform::web::{Page, Problem, Reply, Shown, View};

use super::list::{Row, row};
use crate::TASKS;
use crate::pages::incoming::wanted;
use crate::pages::{at_desk, file_name};
use crate::queries::work::{self, Late, LateTask, Load, Which};
use crate::sheet;

const HERE: &str = "/can-bo/viec/qua-han";

#[derive(Template)]
#[template(path = "late.html")]
struct LateTemplate<'a> {
    view: &'a View,
    office: String,
    offices: Vec<(String, String, bool)>,
    /// Of several offices.
    is_wide: bool,
    heading: String,
    rows: Vec<LateRow>,
    loads: Vec<LoadRow>,
    csv: String,
}

struct LateRow {
    row: Row,
    office: String,
    opens: bool,
}

struct LoadRow {
    name: String,
    path: Option<String>,
    open: String,
    late: String,
}

pub(crate) async fn show(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let late = found(&view, (&ctx, &actor)).await?;
    let template = template(&view, &late);
    let page = Page::new(&view, view.t("office-late"), &template)?.back(TASKS).wide();
    Ok(at_desk(&view, &actor, page).await)
}

/// The list as a sheet.
pub(crate) async fn export(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    let late = found(&view, (&ctx, &actor)).await?;
    let head = ["office-unit", "office-handler", "office-task", "office-part", "office-due"];
    let head: Vec<String> = head.iter().map(|word| view.t(word)).collect();
    let line = |one: &LateTask| {
        let due = one.task.due_on.map(|due| view.speech.date(due)).unwrap_or_default();
        let (name, title) = (one.task.name.clone(), one.task.title.clone());
        vec![one.office.clone(), name, title, view.t(&one.task.role.word()), due]
    };
    let rows: Vec<Vec<String>> = late.tasks.iter().map(line).collect();
    let bytes = sheet::csv(&head, &rows).map_err(|error| Problem::broken(&error.to_string()))?;
    let name = file_name(&view, "qua-han", "csv");
    Ok(Reply::file(&name, "text/csv; charset=utf-8", Shown::Saved, bytes))
}

async fn found(view: &View, (ctx, actor): (&Ctx, &Actor)) -> Result<Late, Problem> {
    if !actor.has(Right::SeeDocuments) && !actor.has(Right::SeeFigures) {
        return Err(Problem::not_found());
    }
    let which = match view.query("xem").as_deref() {
        Some("ben-duoi") => Which::All,
        _ => Which::One(wanted(ctx, view).await?),
    };
    Ok(work::late(ctx, actor, which).await?)
}

fn template<'a>(view: &'a View, late: &Late) -> LateTemplate<'a> {
    let today = local(view.now).date();
    let chosen = late.office.as_ref().map(|office| office.unit);
    let own = late.offices.iter().map(|one| {
        (format!("{HERE}?don-vi={}", one.unit), one.name.clone(), Some(one.unit) == chosen)
    });
    let mut offices: Vec<(String, String, bool)> = own.collect();
    if late.oversees {
        let all = view.t("office-late-below");
        offices.push((format!("{HERE}?xem=ben-duoi"), all, chosen.is_none()));
    }
    let late_row = |one: &LateTask| LateRow {
        row: row(view, &one.task, today),
        office: one.office.clone(),
        opens: one.opens,
    };
    LateTemplate {
        office: match &late.office {
            Some(office) => office.name.clone(),
            None => view.t("office-late-below"),
        },
        offices,
        is_wide: late.office.is_none(),
        heading: match late.office {
            Some(_) => view.t("office-loads"),
            None => view.t("office-loads-of-offices"),
        },
        rows: late.tasks.iter().map(late_row).collect(),
        loads: late.loads.iter().map(|load| load_row(view, load)).collect(),
        csv: view.here().replacen(HERE, &format!("{HERE}/xuat"), 1),
        view,
    }
}

fn load_row(view: &View, load: &Load) -> LoadRow {
    LoadRow {
        name: load.name.clone(),
        path: load.unit.map(|unit| format!("{HERE}?don-vi={unit}")),
        open: view.speech.number(load.open),
        late: view.speech.number(load.late),
    }
}
