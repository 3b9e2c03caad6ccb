//! /can-bo/van-ban-den: piles with counts, twenty lines a page, what is chosen handed out at once.

use askama::Template;
use axum::extract::State as Given;
use identity::{Actor, Right};
use platform::Ctx;
use platform::clock::local;
use platform::web::pieces::{Paging, Tag};
use platform::web::{Page, Problem, View};
use uuid::Uuid;

use super::{light_tag, state_tag, urgency_tag, wanted};
use crate::INCOMING;
use crate::book::written;
use crate::change::Change;
use crate::incoming::{Pile, Source, State};
use crate::pages::{at_desk, express_tag};
use crate::queries::received::{self, Asked, Listing, May};
use crate::store::incoming::Line;
use crate::task::Light;

#[derive(Template)]
#[template(path = "incoming_list.html")]
struct ListTemplate<'a> {
    view: &'a View,
    office: String,
    offices: Vec<(String, String, bool)>,
    tabs: Vec<TabLink>,
    pile: String,
    /// What stands in it when it is empty: what would fill it.
    none: String,
    may: May,
    /// Lines can be chosen and handed out together.
    chooses: bool,
    /// Express at a set time, the next hour first.
    express: Vec<Row>,
    rows: Vec<Row>,
    wishes: Vec<Wish>,
    shows_wishes: bool,
    paging: Option<Paging>,
    live: String,
    here: String,
}

struct TabLink {
    path: String,
    label: String,
    count: Option<String>,
    here: bool,
    key: usize,
}

struct Row {
    id: String,
    value: String,
    subject: String,
    from: String,
    code: String,
    number: String,
    state: Tag,
    urgency: Option<Tag>,
    hour: Option<Tag>,
    frozen: bool,
    paper: bool,
    due: String,
    light: Option<Tag>,
}

struct Wish {
    path: String,
    from: String,
    kind: String,
    state: String,
    reason: String,
    at: String,
}

pub(crate) async fn list(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    actor.require_anywhere(Right::SeeDocuments)?;
    let asked = Asked {
        office: wanted(&ctx, &view).await?,
        pile: view.query("muc").and_then(|code| Pile::parse(&code)),
        before: view.query("sau").and_then(|key| Uuid::try_parse(&key).ok()),
    };
    let listing = received::list(&ctx, &actor, asked).await?;
    let template = template(&view, &listing);
    let page = Page::new(&view, view.t("office-incoming"), &template)?.wide();
    Ok(at_desk(&view, &actor, page).await)
}

fn template<'a>(view: &'a View, listing: &Listing) -> ListTemplate<'a> {
    let offices = listing.offices.iter().map(|one| {
        let path = format!("{INCOMING}?don-vi={}", one.unit);
        (path, one.name.clone(), one.unit == listing.office.unit)
    });
    let next = listing.next.map(|id| id.to_string());
    let is_open = matches!(listing.pile, Pile::Open | Pile::Soon | Pile::Overdue);
    ListTemplate {
        office: listing.office.name.clone(),
        offices: offices.collect(),
        tabs: tabs(view, listing),
        pile: view.t(&listing.pile.word()),
        none: match listing.pile {
            Pile::Changes => view.t("office-wishes-none"),
            pile => view.t(&format!("office-incoming-none-{}", pile.code())),
        },
        may: listing.may,
        chooses: listing.may.assign && is_open && !listing.lines.is_empty(),
        express: listing.express.iter().map(|line| row(view, line)).collect(),
        rows: listing.lines.iter().map(|line| row(view, line)).collect(),
        wishes: listing.changes.iter().map(|change| wish(view, change)).collect(),
        shows_wishes: listing.pile == Pile::Changes,
        paging: Paging::onward(view, next.as_deref()),
        live: format!("{INCOMING}/moi"),
        here: view.here(),
        view,
    }
}

fn tabs(view: &View, listing: &Listing) -> Vec<TabLink> {
    let [arrived, open, soon, late, wishes] = listing.counts;
    let count = |pile: Pile| match pile {
        Pile::Arrived => Some(arrived),
        Pile::Open => Some(open),
        Pile::Soon => Some(soon),
        Pile::Overdue => Some(late),
        Pile::Changes => Some(wishes),
        _ => None,
    };
    let shown = |pile: &Pile| match pile {
        Pile::Changes => listing.may.register,
        Pile::Arrived | Pile::Refused => listing.office.all,
        _ => true,
    };
    let tab = |(place, pile): (usize, Pile)| TabLink {
        path: view.here_with(&[("muc", pile.code()), ("sau", "")]),
        label: view.t(&pile.word()),
        count: count(pile).map(|count| view.speech.number(count)),
        here: pile == listing.pile,
        key: place + 1,
    };
    Pile::ALL.iter().copied().filter(shown).enumerate().map(tab).collect()
}

fn row(view: &View, line: &Line) -> Row {
    let today = local(view.now).date();
    let light = line.due_on.filter(|_| line.state.is_open()).map(|due| Light::of(due, today));
    let is_open = line.state.is_open() || line.state == State::Arrived;
    let suffix = line.suffix.as_deref().unwrap_or_default();
    let code = match (line.number.is_empty(), line.notation.is_empty()) {
        (false, false) => format!("{}/{}", line.number, line.notation),
        _ => format!("{}{}", line.number, line.notation),
    };
    Row {
        id: line.id.to_string(),
        value: format!("{}~{}", line.id, line.version),
        subject: match line.subject.is_empty() {
            true => view.t("office-incoming-no-subject"),
            false => line.subject.clone(),
        },
        from: line.from_name.clone(),
        code: [line.type_name.as_str(), code.as_str()].join(" ").trim().to_owned(),
        number: line.ordinal.map(|ordinal| written(ordinal, suffix)).unwrap_or_default(),
        state: state_tag(view, line.state),
        urgency: urgency_tag(view, line.urgency),
        hour: line.express_at.filter(|_| is_open).map(|at| express_tag(view, at)),
        frozen: line.is_frozen,
        paper: line.source == Source::Paper,
        due: line.due_on.map(|due| view.speech.date(due)).unwrap_or_default(),
        light: light.map(|light| light_tag(view, light)),
    }
}

fn wish(view: &View, change: &Change) -> Wish {
    Wish {
        path: format!("{INCOMING}/yeu-cau/{}", change.id),
        from: change.from_name.clone(),
        kind: view.t(&change.kind.word()),
        state: view.t(&change.state.word()),
        reason: change.reason.clone(),
        at: view.speech.date_time(change.asked_at),
    }
}
