//! The directory's first page: level 1 by branches, or what was searched for.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use platform::web::form::{Choice, Field, Kind as Ask};
use platform::web::{Page, Problem, View};

use super::asked::Asked;
use super::lines::{Line, Listing, places};
use super::{ROWS, today};
use crate::branch::Branch;
use crate::commands::TOPIC;
use crate::kind::Kind;
use crate::queries::{self, Filter, Slice};
use crate::unit::{Unit, UnitId};

/// More units of level 1 than three letters can number in the branches we have.
const LEVEL_ONE_MAX: i64 = 1_000;

pub async fn tree(view: View, State(ctx): State<Ctx>) -> Result<Page, Problem> {
    let on = today(&view);
    let asked = Asked::of(&view);
    if asked.is_search() {
        let (slice, above) = ctx.store.read(move |tx| found(tx, &asked, on)).await?;
        let found = Listing::of(&view, &slice, &above, on);
        return directory_page(&view, Some(found), Vec::new());
    }
    let level_one = ctx.store.read(move |tx| level_one(tx, &asked, on)).await?;
    tree_page(&view, &level_one, on)
}

/// What was searched for, and the names above each unit found.
fn found(
    tx: &mut Tx,
    asked: &Asked,
    on: Date,
) -> Result<(Slice, HashMap<UnitId, String>), StoreError> {
    // A person who looks for a name wants it also when the unit has ended; the list says so.
    let only_in_force = asked.text.is_empty() && !asked.all;
    let filter = Filter { kind: asked.kind, on: only_in_force.then_some(on), ..Filter::default() };
    let slice = queries::search(tx, &asked.text, &filter, asked.after.as_ref(), (on, ROWS))?;
    let above = places(tx, &slice.units)?;
    Ok((slice, above))
}

fn level_one(tx: &mut Tx, asked: &Asked, on: Date) -> Result<Vec<Unit>, StoreError> {
    let on_day = (!asked.all).then_some(on);
    let filter = Filter { direct: true, on: on_day, ..Filter::default() };
    Ok(queries::search(tx, "", &filter, None, (on, LEVEL_ONE_MAX))?.units)
}

#[derive(Template)]
#[template(path = "tree.html")]
struct TreePage<'a> {
    view: &'a View,
    question: Field,
    kind: Field,
    found: Option<Listing>,
    branches: Vec<BranchGroup>,
    all: bool,
}

struct BranchGroup {
    title: String,
    letter: char,
    /// Long, and asked for by few.
    folded: bool,
    lines: Vec<Line>,
}

fn tree_page(view: &View, units: &[Unit], on: Date) -> Result<Page, Problem> {
    let none = HashMap::new();
    let branches = GROUPS
        .into_iter()
        .map(|(word, branches)| BranchGroup {
            title: view.t(word),
            letter: branches[0].letter(),
            folded: branches == [Branch::ProvinceCouncils],
            lines: units
                .iter()
                .filter(|unit| unit.code.branch().is_some_and(|found| branches.contains(&found)))
                .map(|unit| Line::of(view, unit, &none, on))
                .collect(),
        })
        .filter(|group| !group.lines.is_empty())
        .collect();
    directory_page(view, None, branches)
}

/// What most people look for comes first; the small branches of the centre stand together.
const GROUPS: [(&str, &[Branch]); 6] = [
    ("organisations-branch-province-committees", &[Branch::ProvinceCommittees]),
    ("organisations-branch-government", &[Branch::Government]),
    (
        "organisations-group-centre",
        &[
            Branch::President,
            Branch::Assembly,
            Branch::Courts,
            Branch::Procuracies,
            Branch::Audit,
            Branch::Party,
        ],
    ),
    ("organisations-branch-political-organisations", &[Branch::PoliticalOrganisations]),
    ("organisations-branch-associations", &[Branch::Associations]),
    ("organisations-branch-province-councils", &[Branch::ProvinceCouncils]),
];

fn directory_page(
    view: &View,
    found: Option<Listing>,
    branches: Vec<BranchGroup>,
) -> Result<Page, Problem> {
    let question = Field::new(&view.speech, Ask::Search, "q", view.t("organisations-search"))
        .hint(view.t("organisations-search-hint"))
        .value(view.query("q").unwrap_or_default());
    let kind = Field::new(
        &view.speech,
        Ask::Select(kind_choices(view)),
        "loai",
        view.t("organisations-field-kind"),
    )
    .value(view.query("loai").unwrap_or_default());
    let all = view.query("dong").is_some();
    let content = TreePage { view, question, kind, found, branches, all };
    Ok(Page::new(view, view.t("organisations-title"), &content)?.public(TOPIC))
}

/// "Every kind" first.
pub fn kind_choices(view: &View) -> Vec<Choice> {
    let every = Choice::new("", view.t("organisations-kind-any"));
    let each = Kind::ALL.into_iter().map(|kind| Choice::new(kind.as_str(), view.t(&kind.word())));
    [every].into_iter().chain(each).collect()
}
