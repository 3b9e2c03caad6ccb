//! What lies on the desk: tabs with counts, filters in the address, twenty lines a page.

use askama::Template;
use axum::extract::State;
use identity::{Actor, Right};
use jiff::Timestamp;
use organisations::UnitId;
use platform::Ctx;
use platform::fold::fold;
use platform::web::form::{Choice, Field, Kind, Width};
use platform::web::pieces::{Paging, Tag};
use platform::web::{Page, Problem, View};
use procedures::ChannelKind;
use uuid::Uuid;

use super::act::Act;
use super::{chosen_unit, offices};
use crate::pages::pieces::{light_tag, role_word, status_tag};
use crate::pile::Pile;
use crate::queries::desk::{self, Asked, Queue};
use crate::status::Status;
use crate::store::queue::{After, Line};

#[derive(Template)]
#[template(path = "queue.html")]
struct QueuePage<'a> {
    view: &'a View,
    unit: String,
    offices: Vec<(String, String, bool)>,
    tabs: Vec<TabLink>,
    tab: Pile,
    words: Field,
    channel: Field,
    overdue: Field,
    filtered: bool,
    lines: Vec<Row>,
    paging: Paging,
    can_receive: bool,
    here: Vec<(String, String)>,
}

struct TabLink {
    path: String,
    label: String,
    count: Option<String>,
    here: bool,
    key: usize,
}

struct Row {
    path: String,
    number: String,
    applicant: String,
    procedure: String,
    channel: String,
    state: Tag,
    holder: String,
    deadline: String,
    light: Option<Tag>,
    moved: bool,
    /// What is usually done next, straight from the list.
    quick: Option<(String, String)>,
}

pub async fn queue(view: View, actor: Actor, State(ctx): State<Ctx>) -> Result<Page, Problem> {
    actor.require_anywhere(Right::SeeDossiers)?;
    let unit = chosen_unit(&ctx, &view, &actor, Right::SeeDossiers).await?;
    let asked = asked(&view, &actor, unit);
    let tab = asked.pile;
    let queue = desk::queue(&ctx, &actor, asked).await?.ok_or_else(Problem::not_found)?;
    let offices = offices(&ctx, &actor, Right::SeeDossiers).await?;
    let page = page(&view, &actor, (&queue, tab), &offices);
    let title = view.with("dossiers-queue-title", &[("unit", queue.unit.label().into())]);
    let menu = identity::desk(&view, &actor).await;
    Ok(Page::new(&view, title, &page)?.menu(menu).wide())
}

fn asked(view: &View, actor: &Actor, unit: UnitId) -> Asked {
    let tab = view.query("muc").and_then(|slug| Pile::parse(&slug));
    let receives = actor.offices(Right::ReceiveDossiers).contains(&unit);
    let hands_over = actor.offices(Right::HandOverResults).contains(&unit);
    // Everyone's own pile first.
    let own = match (receives, hands_over) {
        (true, _) => Pile::New,
        (false, true) => Pile::Ready,
        (false, false) => Pile::Work,
    };
    Asked {
        unit,
        pile: tab.unwrap_or(own),
        words: fold(&view.query("q").unwrap_or_default()),
        channel: view.query("kenh").filter(|kind| !kind.is_empty()),
        procedure: view.query("thu-tuc").filter(|code| !code.is_empty()),
        overdue_only: view.query("qua-han").is_some_and(|value| !value.is_empty()),
        after: view.query("sau").and_then(|key| after(&key)),
    }
}

/// `microseconds~id` of the last line already shown.
pub(crate) fn after(key: &str) -> Option<After> {
    let (at, id) = key.split_once('~')?;
    let next_at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
    Some(After { next_at, id: Uuid::try_parse(id).ok()? })
}

fn page<'a>(
    view: &'a View,
    actor: &Actor,
    (queue, tab): (&Queue, Pile),
    offices: &[organisations::Unit],
) -> QueuePage<'a> {
    let key = queue.lines.last().filter(|_| queue.more).map(Line::key);
    let quick = quick_act(actor, queue.unit.id, tab);
    let filters = ["q", "kenh", "qua-han", "thu-tuc"];
    let offices = offices.iter().map(|unit| {
        let path = format!("/can-bo/ho-so?don-vi={}", unit.code);
        (path, unit.label().to_owned(), unit.id == queue.unit.id)
    });
    QueuePage {
        unit: queue.unit.name.to_string(),
        offices: offices.collect(),
        tabs: tabs(view, queue, tab),
        words: Field::new(&view.speech, Kind::Search, "q", view.t("dossiers-queue-search"))
            .width(Width::Twenty)
            .value(view.query("q").unwrap_or_default()),
        channel: channel_field(view),
        overdue: overdue_field(view),
        filtered: filters.iter().any(|name| view.query(name).is_some_and(|v| !v.is_empty())),
        lines: queue.lines.iter().map(|line| row(view, line, quick)).collect(),
        paging: Paging::new(view, queue.total, key.as_deref()),
        can_receive: actor.has(Right::ReceiveDossiers),
        here: ["don-vi", "muc"]
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), view.query(name)?)))
            .collect(),
        tab,
        view,
    }
}

fn tabs(view: &View, queue: &Queue, here: Pile) -> Vec<TabLink> {
    let count =
        |tab: Pile| queue.counts.iter().find(|(one, _)| *one == tab).map(|(_, count)| *count);
    Pile::ALL
        .into_iter()
        .enumerate()
        .map(|(place, tab)| TabLink {
            path: view.here_with(&[("muc", tab.slug()), ("sau", "")]),
            label: view.t(&tab.word()),
            count: count(tab).map(|count| view.speech.number(count)),
            here: tab == here,
            key: place + 1,
        })
        .collect()
}

fn channel_field(view: &View) -> Field {
    let any = Choice::new("", view.t("dossiers-queue-any"));
    let kinds = ChannelKind::ALL.into_iter().map(|kind| {
        Choice::new(kind.as_str(), view.t(&format!("dossiers-channel-{}", kind.as_str())))
    });
    let kind = Kind::Select(std::iter::once(any).chain(kinds).collect());
    Field::new(&view.speech, kind, "kenh", view.t("dossiers-queue-channel"))
        .value(view.query("kenh").unwrap_or_default())
}

fn overdue_field(view: &View) -> Field {
    let choices = vec![
        Choice::new("", view.t("dossiers-queue-any")),
        Choice::new("1", view.t("dossiers-light-overdue")),
    ];
    Field::new(&view.speech, Kind::Select(choices), "qua-han", view.t("dossiers-queue-deadline"))
        .value(view.query("qua-han").unwrap_or_default())
}

/// Accepting and handing over are done forty times a day.
fn quick_act(actor: &Actor, unit: UnitId, pile: Pile) -> Option<Act> {
    let (act, right) = match pile {
        Pile::New => (Act::Accept, Right::ReceiveDossiers),
        Pile::Ready => (Act::Deliver, Right::HandOverResults),
        _ => return None,
    };
    actor.offices(right).contains(&unit).then_some(act)
}

fn row(view: &View, line: &Line, quick: Option<Act>) -> Row {
    let status = line.status();
    let deadline = match status {
        Status::Registered => Some(line.next_at),
        Status::Accepted | Status::Handling => line.due_at,
        _ => None,
    };
    let when = match status {
        Status::Refused | Status::Withdrawn | Status::Stopped | Status::HandedOver => line.next_at,
        _ => deadline.unwrap_or(line.next_at),
    };
    Row {
        path: format!("/can-bo/ho-so/{}", line.id),
        number: line.known_as().to_owned(),
        applicant: line.applicant().name,
        procedure: line.procedure_name.clone(),
        channel: view.t(&format!("dossiers-channel-{}", line.channel)),
        state: status_tag(view, status),
        holder: role_word(view, &line.holder_role),
        deadline: view.speech.date_time(when),
        light: light_tag(view, deadline),
        moved: line.reappointments > 0,
        quick: quick.map(|act| {
            let path = format!("/can-bo/ho-so/{}/viec/{}", line.id, act.slug());
            (path, view.t(&act.word("")))
        }),
    }
}
