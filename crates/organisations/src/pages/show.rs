//! The public directory: the tree, a unit, its history.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use jiff::civil::Date;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use platform::web::form::{Field, Kind as Ask};
use platform::web::{Page, Problem, Reply, View};

use super::asked::Asked;
use super::lines::{Line, Listing, crumbs};
use super::{ROWS, today};
use crate::commands::TOPIC;
use crate::kind::Kind;
use crate::queries::{self, Filter, HeirUnit, KnownCode, Meaning, Slice};
use crate::unit::{Standing, Unit};

/// Whose work a unit took over is shown up to so many; the rest is counted.
const PREDECESSORS_SHOWN: i64 = 12;

pub async fn unit(
    view: View,
    State(ctx): State<Ctx>,
    Path(code): Path<String>,
) -> Result<Reply, Problem> {
    let on = today(&view);
    let asked = Asked::of(&view);
    let wanted = code.clone();
    let found = ctx.store.read(move |tx| Found::load(tx, &wanted, &asked, on)).await?;
    match found {
        Found::Unit(whole) => unit_page(&view, &whole, on).map(Reply::from),
        Found::Elsewhere(unit) => Ok(elsewhere(&unit, &code)),
        Found::Perhaps(unit) => unknown_page(&view, &code, Some(&unit)).map(Reply::from),
        Found::Nothing => unknown_page(&view, &code, None).map(Reply::from),
    }
}

/// What stands at an address of a unit.
enum Found {
    Unit(Box<Whole>),
    /// The code is an old one: the unit lives at its present code.
    Elsewhere(Box<Unit>),
    Perhaps(Box<Unit>),
    Nothing,
}

/// All that a unit's page shows.
struct Whole {
    line: Vec<Unit>,
    unit: Unit,
    codes: Vec<KnownCode>,
    former_names: Vec<queries::FormerName>,
    heirs: Vec<HeirUnit>,
    predecessors: (Vec<Unit>, i64),
    children: Slice,
    kinds: Vec<(Kind, i64)>,
    centre: Option<Unit>,
}

impl Found {
    fn load(tx: &mut Tx, code: &str, asked: &Asked, on: Date) -> Result<Found, StoreError> {
        match queries::meaning(tx, code)? {
            Meaning::Current(unit) if unit.code.as_str() == code => {
                Ok(Found::Unit(Box::new(Whole::load(tx, unit, asked, on)?)))
            }
            Meaning::Current(unit) | Meaning::Former(unit) => Ok(Found::Elsewhere(Box::new(unit))),
            Meaning::Perhaps(unit) => Ok(Found::Perhaps(Box::new(unit))),
            Meaning::Unknown => Ok(Found::Nothing),
        }
    }
}

impl Whole {
    fn load(tx: &mut Tx, unit: Unit, asked: &Asked, on: Date) -> Result<Whole, StoreError> {
        let id = unit.id;
        let mut line = queries::path(tx, id)?;
        line.pop();
        // What is below an ended unit ended with it: shown all the same.
        let all = asked.all || !unit.is_in_force(on);
        let filter = Filter {
            within: Some(unit.code.clone()),
            direct: true,
            kind: asked.kind,
            on: (!all).then_some(on),
        };
        let kinds = queries::kinds(tx, &Filter { kind: None, ..filter.clone() })?;
        let after = asked.after.as_ref();
        let centre = queries::one_stop_centre(tx, id, on)?.filter(|centre| centre.id != id);
        Ok(Whole {
            line,
            codes: queries::codes(tx, id)?,
            former_names: queries::former_names(tx, id)?,
            heirs: queries::successors(tx, id, on)?,
            predecessors: queries::predecessors(tx, id, PREDECESSORS_SHOWN)?,
            children: queries::search(tx, &asked.text, &filter, after, (on, ROWS))?,
            kinds,
            centre,
            unit,
        })
    }
}

/// An old code leads on to the present one, and the page says why.
fn elsewhere(unit: &Unit, asked: &str) -> Reply {
    let same = unit.code.as_str().eq_ignore_ascii_case(asked.trim());
    let reply = Reply::see(&format!("/don-vi/{}", unit.code));
    if same { reply } else { reply.notice("organisations-notice-old-code") }
}

#[derive(Template)]
#[template(path = "unit.html")]
struct UnitPage<'a> {
    view: &'a View,
    whole: &'a Whole,
    standing: Standing,
    heirs: Vec<Line>,
    predecessors: Vec<Line>,
    predecessors_more: Option<String>,
    children: Listing,
    kinds: Vec<KindLink>,
    /// Only where a list is too long to be looked through.
    question: Option<Field>,
    other_codes: Vec<String>,
}

/// A way to narrow the list of what is below.
struct KindLink {
    path: String,
    label: String,
    count: String,
    here: bool,
}

impl UnitPage<'_> {
    fn day(&self, date: &Date) -> String {
        self.view.speech.date(*date)
    }

    fn on_day(&self, key: &str, date: &Date) -> String {
        self.view.with(key, &[("day", self.day(date).into())])
    }

    fn kind(&self) -> String {
        self.view.t(&self.whole.unit.kind.word())
    }

    fn level(&self) -> String {
        self.view.t(&self.whole.unit.level.word())
    }
}

fn unit_page(view: &View, whole: &Whole, on: Date) -> Result<Page, Problem> {
    let none = HashMap::new();
    let unit = &whole.unit;
    let (earlier, count) = &whole.predecessors;
    let more = count - earlier.len() as i64;
    let former = whole.codes.iter().filter(|known| known.standing != "current");
    let page = UnitPage {
        view,
        whole,
        standing: unit.standing(on),
        heirs: whole.heirs.iter().map(|heir| Line::of_heir(view, heir, on)).collect(),
        predecessors: earlier.iter().map(|unit| Line::of(view, unit, &none, on)).collect(),
        predecessors_more: (more > 0)
            .then(|| view.with("organisations-predecessors-more", &[("count", more.into())])),
        children: Listing::of(view, &whole.children, &none, on),
        kinds: kind_links(view, &whole.kinds),
        question: question_below(view, &whole.kinds),
        other_codes: former.map(|known| known.code.to_string()).collect(),
    };
    let title = unit.name.to_string();
    Ok(Page::new(view, title, &page)?.crumbs(crumbs(view, &whole.line)).public(TOPIC))
}

fn question_below(view: &View, kinds: &[(Kind, i64)]) -> Option<Field> {
    let count: i64 = kinds.iter().map(|(_, count)| count).sum();
    let asked = view.query("q").unwrap_or_default();
    let label = view.t("organisations-below-search");
    let field = Field::new(&view.speech, Ask::Search, "q", label).value(asked.clone());
    (count > ROWS || !asked.is_empty()).then_some(field)
}

fn kind_links(view: &View, kinds: &[(Kind, i64)]) -> Vec<KindLink> {
    if kinds.len() < 2 {
        return Vec::new();
    }
    let here = view.query("loai").unwrap_or_default();
    let link = |value: &str, label: String, count: i64| KindLink {
        path: view.here_with(&[("loai", value), ("sau", ""), ("q", "")]),
        label,
        count: view.speech.number(count),
        here: here == value,
    };
    let total = kinds.iter().map(|(_, count)| count).sum();
    let every = link("", view.t("organisations-kind-any"), total);
    let each = kinds.iter().map(|(kind, count)| link(kind.as_str(), view.t(&kind.word()), *count));
    [every].into_iter().chain(each).collect()
}

#[derive(Template)]
#[template(path = "unknown.html")]
struct UnknownPage<'a> {
    view: &'a View,
    text: String,
    perhaps: Option<&'a Unit>,
}

fn unknown_page(view: &View, code: &str, perhaps: Option<&Unit>) -> Result<Page, Problem> {
    let code: String = code.chars().take(crate::code::LENGTH_MAX).collect();
    let text = view.with("organisations-unknown-text", &[("code", code.into())]);
    let page = UnknownPage { view, text, perhaps };
    let page = Page::new(view, view.t("organisations-unknown"), &page)?;
    Ok(page.status(StatusCode::NOT_FOUND).crumbs(crumbs(view, &[])))
}
