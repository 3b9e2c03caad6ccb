//! /can-bo/van-ban-di: what an officer drafts, is asked about, numbers, and what was issued.

use askama::Template;
use axum::extract::State;
use identity::{Actor, Right};
use jiff::Timestamp;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use platform::web::form::{Field, Kind};
use platform::web::pieces::{Paging, Tag};
use platform::web::{Page, Problem, Tally, View};
use uuid::Uuid;

use super::{state_tag, urgency_tag};
use crate::HERE;
use crate::book::written;
use crate::document::DocumentType;
use crate::hand::Asker;
use crate::outgoing::State as Standing;
use crate::pages::{at_desk, express_tag};
use crate::queries::offices::{Office, offices};
use crate::queries::outgoing as seen;
use crate::store::outgoing_lists::{self as lists, Listed};

const ROWS_A_PAGE: usize = 20;

/// Which list, by its name in the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    Mine,
    Asked,
    Initial,
    Clerk,
    Unit,
    Issued,
    Given,
}

#[derive(Template)]
#[template(path = "outgoing_list.html")]
struct ListTemplate<'a> {
    view: &'a View,
    tabs: Vec<TabLink>,
    name: String,
    search: Option<Field>,
    tab: &'static str,
    rows: Vec<Row>,
    /// What stands in the list when it is empty: what would fill it.
    none: String,
    paging: Option<Paging>,
    may: May,
    live: String,
    here: String,
}

/// What this officer does here.
#[derive(Debug, Clone, Copy, Default)]
struct May {
    draft: bool,
    clerk: bool,
    sign: bool,
}

struct TabLink {
    path: String,
    label: String,
    /// Where something waits for somebody.
    count: Option<String>,
    here: bool,
}

/// What waits: for one's opinion, for one's initials, for the clerk. None is counted further than
/// is shown.
type Waiting = [(Tab, i64); 3];

struct Row {
    id: Uuid,
    subject: String,
    kind: String,
    number: String,
    state: Tag,
    urgency: Option<Tag>,
    express: Option<Tag>,
    author: String,
    when: String,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    actor.require_anywhere(Right::SeeDocuments)?;
    let tab = Tab::parse(&view.query("xem").unwrap_or_default());
    let after = view.query("sau").and_then(|id| Uuid::try_parse(&id).ok());
    let words = view.query("tim").filter(|words| !words.trim().is_empty());
    let (may, waiting, rows) = found(&ctx, &actor, (tab, words.clone()), after).await?;
    let template = template(&view, (tab, words), (may, waiting), rows);
    let page = Page::new(&view, view.t("office-outgoing"), &template)?.wide();
    Ok(at_desk(&view, &actor, page).await)
}

async fn found(
    ctx: &Ctx,
    actor: &Actor,
    (tab, words): (Tab, Option<String>),
    after: Option<Uuid>,
) -> Result<(May, Waiting, Vec<Listed>), StoreError> {
    let (asker, actor) = (Asker::of(ctx, actor), actor.clone());
    ctx.store
        .read(move |tx| {
            let own = offices(tx, &asker)?;
            let may = may(tx, &actor, &own)?;
            let rows = rows(tx, (&actor, &own), (tab, words.as_deref()), after)?;
            Ok((may, waiting(tx, &actor, &own)?, rows))
        })
        .await
}

fn may(tx: &mut Tx, actor: &Actor, own: &[Office]) -> Result<May, StoreError> {
    Ok(May {
        draft: !seen::offices(tx, actor)?.is_empty(),
        clerk: own.iter().any(|one| actor.offices(Right::RegisterDocuments).contains(&one.unit)),
        sign: actor.has(Right::DecideDossiers),
    })
}

fn waiting(tx: &mut Tx, actor: &Actor, own: &[Office]) -> Result<Waiting, StoreError> {
    let (account, limit) = (actor.account.0, Tally::ASKED_MAX);
    let mut clerk = 0;
    for unit in own.iter().map(|one| one.unit) {
        if actor.offices(Right::RegisterDocuments).contains(&unit) {
            clerk += lists::count(tx, (lists::COUNT_CLERK, unit.0), limit)?;
        }
    }
    Ok([
        (Tab::Asked, lists::count(tx, (lists::COUNT_ASKED, account), limit)?),
        (Tab::Initial, lists::count(tx, (lists::COUNT_TO_INITIAL, account), limit)?),
        (Tab::Clerk, clerk),
    ])
}

fn rows(
    tx: &mut Tx,
    (actor, own): (&Actor, &[Office]),
    (tab, words): (Tab, Option<&str>),
    after: Option<Uuid>,
) -> Result<Vec<Listed>, StoreError> {
    let limit = i64::try_from(ROWS_A_PAGE + 1).unwrap_or(i64::MAX);
    let (account, first) = (actor.account.0, after.unwrap_or(Uuid::nil()));
    let last = after.unwrap_or(Uuid::max());
    let right = match tab {
        Tab::Mine => return lists::list(tx, (lists::MINE, account), (first, limit)),
        Tab::Asked => return lists::list(tx, (lists::ASKED, account), (first, limit)),
        Tab::Initial => return lists::list(tx, (lists::TO_INITIAL, account), (first, limit)),
        Tab::Given => return lists::list(tx, (lists::GIVEN, account), (last, limit)),
        Tab::Clerk => Right::RegisterDocuments,
        Tab::Unit | Tab::Issued => Right::SeeDocuments,
    };
    let mut found = Vec::new();
    for office in own {
        let holds = actor.offices(right).contains(&office.unit);
        match tab {
            Tab::Clerk if holds => {
                found.extend(lists::list(tx, (lists::CLERK, office.unit.0), (first, limit))?);
            }
            Tab::Unit if office.all => {
                found.extend(lists::list(tx, (lists::UNIT, office.unit.0), (first, limit))?);
            }
            Tab::Issued if office.all => {
                found.extend(lists::issued(tx, (office.unit, words), (last, limit))?);
            }
            Tab::Issued => {
                let own = lists::list(tx, (lists::ISSUED_MINE, account), (last, limit))?;
                found.extend(own);
            }
            _ => {}
        }
    }
    match tab {
        Tab::Issued => found.sort_by_key(|row| std::cmp::Reverse(row.id)),
        _ => found.sort_by_key(|row| row.id),
    }
    found.dedup_by_key(|row| row.id);
    found.truncate(ROWS_A_PAGE + 1);
    Ok(found)
}

fn template<'a>(
    view: &'a View,
    (tab, words): (Tab, Option<String>),
    (may, waiting): (May, Waiting),
    mut found: Vec<Listed>,
) -> ListTemplate<'a> {
    let more = found.len() > ROWS_A_PAGE;
    found.truncate(ROWS_A_PAGE);
    let next = found.last().filter(|_| more).map(|row| row.id.to_string());
    let shown = Tab::ALL.into_iter().filter(|one| may.clerk || !one.is_clerks());
    let link = |one: Tab| TabLink {
        path: view.here_with(&[("xem", one.code()), ("sau", ""), ("tim", "")]),
        label: view.t(one.word()),
        count: waiting
            .iter()
            .find(|(tab, _)| *tab == one)
            .map(|(_, count)| Tally::bounded(*count).written(&view.speech)),
        here: one == tab,
    };
    // What is urgent comes first among those that wait; what was issued stays in its order.
    if tab != Tab::Issued && tab != Tab::Given {
        let hour = |row: &Listed| row.express_at.unwrap_or(Timestamp::MAX);
        found.sort_by_key(|row| (std::cmp::Reverse(row.urgency), hour(row)));
    }
    let search = Field::new(&view.speech, Kind::Search, "tim", view.t("office-search-subject"));
    ListTemplate {
        view,
        tabs: shown.map(link).collect(),
        name: view.t(tab.word()),
        none: match &words {
            Some(_) if tab == Tab::Issued => view.t("office-search-none"),
            _ => view.t(tab.none()),
        },
        search: (tab == Tab::Issued).then(|| search.value(words.unwrap_or_default())),
        tab: tab.code(),
        rows: found.iter().map(|one| row(view, one)).collect(),
        paging: Paging::onward(view, next.as_deref()),
        may,
        live: format!("{HERE}/moi"),
        here: view.here(),
    }
}

fn row(view: &View, one: &Listed) -> Row {
    let number = match (one.ordinal, &one.notation) {
        (Some(ordinal), Some(notation)) => {
            format!("{}/{notation}", written(ordinal, one.suffix.as_deref().unwrap_or_default()))
        }
        _ => String::new(),
    };
    let when = match (one.issued_at, one.dated) {
        (Some(_), Some(dated)) => view.speech.date(dated),
        _ => view.speech.date_time(one.changed_at),
    };
    let is_open = !matches!(one.state, Standing::Issued | Standing::Cancelled);
    Row {
        id: one.id.0,
        subject: one.subject.clone(),
        kind: DocumentType::parse(&one.kind).map_or("", |kind| kind.name).to_owned(),
        number,
        state: state_tag(view, one.state),
        urgency: urgency_tag(view, one.urgency),
        express: one.express_at.filter(|_| is_open).map(|at| express_tag(view, at)),
        author: one.author_name.clone(),
        when,
    }
}

impl Tab {
    const ALL: [Tab; 7] =
        [Tab::Mine, Tab::Asked, Tab::Initial, Tab::Clerk, Tab::Unit, Tab::Issued, Tab::Given];

    fn code(self) -> &'static str {
        match self {
            Tab::Mine => "",
            Tab::Asked => "xin-y-kien",
            Tab::Initial => "ky-nhay",
            Tab::Clerk => "van-thu",
            Tab::Unit => "dang-xu-ly",
            Tab::Issued => "da-ban-hanh",
            Tab::Given => "nhan-de-biet",
        }
    }

    fn parse(code: &str) -> Tab {
        Tab::ALL.into_iter().find(|one| one.code() == code).unwrap_or(Tab::Mine)
    }

    fn word(self) -> &'static str {
        match self {
            Tab::Mine => "office-tab-mine",
            Tab::Asked => "office-tab-asked",
            Tab::Initial => "office-tab-initial",
            Tab::Clerk => "office-tab-clerk",
            Tab::Unit => "office-tab-unit",
            Tab::Issued => "office-tab-issued",
            Tab::Given => "office-tab-given",
        }
    }

    /// What is said when nothing is in it.
    fn none(self) -> &'static str {
        match self {
            Tab::Mine => "office-outgoing-none-mine",
            Tab::Asked => "office-outgoing-none-asked",
            Tab::Initial => "office-outgoing-none-initial",
            Tab::Clerk => "office-outgoing-none-clerk",
            Tab::Unit => "office-outgoing-none-unit",
            Tab::Issued => "office-outgoing-none-issued",
            Tab::Given => "office-outgoing-none-given",
        }
    }

    /// Only for who numbers and sends.
    fn is_clerks(self) -> bool {
        self == Tab::Clerk
    }
}
