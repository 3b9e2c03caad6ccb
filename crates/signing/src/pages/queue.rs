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
use super::several::value;
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

struct Row {
    id: Uuid,
    value: String,
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
        path: view.here_with(&[("xem", tab.code()), ("sau", ""), ("loai", "")]),
        label: view.t(tab.word()),
        here: tab == wish.tab,
    };
    let every = std::iter::once(Choice::new("", view.t("signing-scope-every")));
    let scopes = every.chain(Scope::ALL.map(|one| Choice::new(one.code(), view.t(one.word()))));
    let scope =
        Field::new(&view.speech, Kind::Select(scopes.collect()), "loai", view.t("signing-scope"));
    QueueTemplate {
        view,
        tabs: tabs.map(link).collect(),
        tab: wish.tab,
        scope: scope.value(wish.scope.map_or("", Scope::code)),
        rows: board.due.iter().map(|due| row(view, due)).collect(),
        lately: board.lately.iter().map(|one| past(view, one)).collect(),
        paging: Paging::onward(view, board.next.map(|id| id.to_string()).as_deref()),
        remote: board.remote,
        sitting: board.sitting.as_ref().map(|sitting| open_until(view, sitting)),
    }
}

fn row(view: &View, due: &Due) -> Row {
    Row {
        id: due.id.0,
        value: value(due.id, &due.sha256),
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
