//! /can-bo/ky-so: what waits for an officer's signature or seal.

use askama::Template;
use axum::extract::State;
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Choice, Field, Kind};
use platform::web::pieces::Paging;
use platform::web::{Page, Problem, View};
use uuid::Uuid;

use super::at_desk;
use super::several::{CHOSEN, Chosen, value};
use super::sitting::open_until;
use crate::board::{Board, Tab, Wish, board};
use crate::queries::{Due, Lately};
use crate::submission::Scope;

#[derive(Template)]
#[template(path = "queue.html")]
struct QueueTemplate<'a> {
    view: &'a View,
    tabs: Vec<TabLink>,
    tab: Tab,
    scope: Field,
    rows: Vec<Row>,
    /// Where the boxes stand.
    place: Vec<(&'static str, String)>,
    every: Option<Every>,
    lately: Vec<Past>,
    paging: Option<Paging>,
    sitting: Option<String>,
    remote: bool,
}

struct TabLink {
    path: String,
    label: String,
    here: bool,
}

/// The way to have every box on the page ticked, or none: an address, so that it takes no script.
struct Every {
    ticked: bool,
    path: String,
    label: String,
}

struct Row {
    id: Uuid,
    value: String,
    ticked: bool,
    title: String,
    number: String,
    scope: String,
    asked: String,
}

struct Past {
    id: Uuid,
    title: String,
    number: String,
    scope: String,
    signed: String,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    let wish = wish(&view);
    let board = board(&ctx, &actor, wish).await?;
    let template = template(&view, wish, &board);
    let page = Page::new(&view, view.t("signing-queue"), &template)?.wide();
    Ok(at_desk(&view, &actor, page).await)
}

fn wish(view: &View) -> Wish {
    let asked = |name: &str| view.query(name).unwrap_or_default();
    Wish {
        tab: Tab::parse(&asked("xem")),
        scope: Scope::parse(&asked("loai")),
        after: Uuid::try_parse(&asked("sau")).unwrap_or_default(),
    }
}

fn template<'a>(view: &'a View, wish: Wish, board: &Board) -> QueueTemplate<'a> {
    let tabs = Tab::ALL.into_iter().filter(|tab| *tab != Tab::ToSeal || board.seals);
    let link = |tab: Tab| TabLink {
        path: view.here_with(&[
            ("xem", tab.code()),
            ("sau", ""),
            ("loai", ""),
            ("chon", ""),
            (CHOSEN, ""),
        ]),
        label: view.t(tab.word()),
        here: tab == wish.tab,
    };
    let first = std::iter::once(Choice::new("", view.t("signing-scope-every")));
    let scopes = first.chain(Scope::ALL.map(|one| Choice::new(one.code(), view.t(one.word()))));
    let scope =
        Field::new(&view.speech, Kind::Select(scopes.collect()), "loai", view.t("signing-scope"));
    QueueTemplate {
        view,
        tabs: tabs.map(link).collect(),
        tab: wish.tab,
        scope: scope.value(wish.scope.map_or("", Scope::code)),
        rows: board.due.iter().map(|due| row(view, due)).collect(),
        place: Chosen::asked(view).place(),
        every: every(view, &board.due),
        lately: board.lately.iter().map(|one| past(view, one)).collect(),
        paging: Paging::onward(view, board.next.map(|id| id.to_string()).as_deref()),
        remote: board.remote,
        sitting: board.sitting.as_ref().map(|sitting| open_until(view, sitting)),
    }
}

/// Up to the last that is shown now: one that comes meanwhile was not meant, and a single one has
/// its box.
fn every(view: &View, due: &[Due]) -> Option<Every> {
    let last = due.last().filter(|_| due.len() > 1)?;
    let ticked = due.iter().all(|due| is_ticked(view, due));
    let (chosen, label) = match ticked {
        true => (String::new(), view.t("signing-choose-none")),
        false => {
            let count = [("count", due.len().into())];
            (last.id.to_string(), view.with("signing-choose-every", &count))
        }
    };
    Some(Every { ticked, path: view.here_with(&[("chon", &chosen), (CHOSEN, "")]), label })
}

/// Those that the address names, as they are now; or the oldest, up to one.
fn is_ticked(view: &View, due: &Due) -> bool {
    let last = view.query("chon").and_then(|id| Uuid::try_parse(&id).ok());
    let is_up_to = last.is_some_and(|last| due.id.0 <= last);
    is_up_to || view.queries(CHOSEN).contains(&value(due.id, &due.sha256))
}

fn row(view: &View, due: &Due) -> Row {
    Row {
        id: due.id.0,
        value: value(due.id, &due.sha256),
        ticked: is_ticked(view, due),
        title: due.title.clone(),
        number: due.number.clone(),
        scope: view.t(due.scope.word()),
        asked: format!("{}, {}", due.asked_name, view.speech.date_time(due.asked_at)),
    }
}

fn past(view: &View, one: &Lately) -> Past {
    Past {
        id: one.id.0,
        title: one.title.clone(),
        number: one.number.clone(),
        scope: view.t(one.scope.word()),
        signed: view.speech.date_time(one.signed_at),
    }
}
