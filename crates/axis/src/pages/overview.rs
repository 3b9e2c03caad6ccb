//! /quan-tri/truc: how the axis does on a day, and what waits now.

use askama::Template;
use axum::extract::State;
use identity::Actor;
use jiff::Timestamp;
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::web::pieces::{Bar, Bars, Stat, Tag, Tone};
use platform::web::{Page, Problem, View};

use super::links::{at_desk, may_manage};
use crate::HERE;
use crate::keeping::{AlarmRule, URGENCIES, patience, urgency_word};
use crate::queries::watching::{self, Overview};

/// Senders in the picture.
const SENDERS_SHOWN: usize = 10;
/// As they are counted, the quickest first.
const DELAYS: [&str; 5] = ["1-minute", "5-minutes", "1-hour", "1-day", "longer"];

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewTemplate<'a> {
    view: &'a View,
    day: String,
    before: String,
    after: Option<String>,
    stats: Vec<Stat>,
    waiting: Vec<WaitingRow>,
    receivers: Vec<ReceiverRow>,
    pictures: Vec<Bars>,
}

struct WaitingRow {
    urgency: String,
    count: String,
    oldest: String,
    patience: String,
    state: Tag,
}

struct ReceiverRow {
    path: String,
    code: String,
    name: String,
    route: String,
    count: String,
    oldest: String,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let today = local(view.now).date();
    let asked = view.query("ngay").and_then(|text| text.parse::<Date>().ok());
    let day = asked.filter(|day| *day <= today).unwrap_or(today);
    let found = watching::overview(&ctx, day).await?;
    let rules = watching::keeping(&ctx).await?.alarms;
    let template = template(&view, (day, today), (&found, &rules));
    let page = Page::new(&view, view.t("axis-overview"), &template)?.wide();
    Ok(at_desk(&view, &actor, page).await)
}

fn template<'a>(
    view: &'a View,
    (day, today): (Date, Date),
    (found, rules): (&Overview, &[AlarmRule]),
) -> OverviewTemplate<'a> {
    let to = |day: Date| view.here_with(&[("ngay", &day.to_string())]);
    let stat = |tone, word: &str, count| Stat {
        tone,
        label: view.t(word),
        figure: view.speech.number(count),
    };
    let waiting: i64 = found.waiting.iter().map(|one| one.count).sum();
    let work = if found.tasks > 0 { Tone::Warn } else { Tone::Good };
    OverviewTemplate {
        view,
        day: view.speech.date(day),
        before: to(day.yesterday().unwrap_or(day)),
        after: day.tomorrow().ok().filter(|next| *next <= today).map(to),
        stats: vec![
            stat(Tone::Plain, "axis-overview-documents", found.documents),
            stat(Tone::Plain, "axis-overview-statuses", found.statuses),
            stat(Tone::Plain, "axis-overview-delivered", found.delivered),
            stat(Tone::Info, "axis-overview-waiting", waiting),
            stat(work, "axis-overview-work", found.tasks),
        ],
        waiting: waiting_rows(view, found, (rules, today)),
        receivers: found.receivers.iter().map(|one| receiver_row(view, one)).collect(),
        pictures: pictures(view, found),
    }
}

fn waiting_rows(
    view: &View,
    found: &Overview,
    (rules, today): (&[AlarmRule], Date),
) -> Vec<WaitingRow> {
    let rows = URGENCIES.iter().map(|urgency| {
        let of = found.waiting.iter().filter(|one| one.urgency.parse().unwrap_or(0) == *urgency);
        let (count, oldest) =
            of.fold((0, None), |(count, oldest): (i64, Option<Timestamp>), one| {
                (count + one.count, Some(oldest.map_or(one.oldest, |at| at.min(one.oldest))))
            });
        let patience = patience(rules, *urgency, today);
        let is_late = oldest.is_some_and(|at| view.now.duration_since(at) > patience);
        let state = match (oldest, is_late) {
            (None, _) => Tag::new(Tone::Plain, view.t("axis-waiting-none")),
            (Some(_), false) => Tag::new(Tone::Good, view.t("axis-waiting-in-time")),
            (Some(_), true) => Tag::new(Tone::Bad, view.t("axis-waiting-late")),
        };
        WaitingRow {
            urgency: view.t(urgency_word(*urgency)),
            count: view.speech.number(count),
            oldest: oldest.map_or_else(|| "–".to_owned(), |at| age(view, at)),
            patience: minutes(view, patience.as_mins()),
            state,
        }
    });
    rows.collect()
}

fn receiver_row(view: &View, one: &crate::store::watching::Receiver) -> ReceiverRow {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("den", &one.to_code).append_pair("trang-thai", "initial");
    ReceiverRow {
        path: format!("{HERE}/goi-tin?{}", query.finish()),
        code: one.to_code.clone(),
        name: one.to_name.clone(),
        route: view.t(route_word(one.route)),
        count: view.speech.number(one.count),
        oldest: age(view, one.oldest),
    }
}

fn pictures(view: &View, found: &Overview) -> Vec<Bars> {
    let bar = |label: String, amount: i64| Bar { label, amount, shown: view.speech.number(amount) };
    let hour = |(hour, amount): (&String, &i64)| bar(format!("{hour}:00"), *amount);
    let hours: Vec<Bar> = found.by_hour.iter().map(hour).collect();
    let mut senders: Vec<(&String, &i64)> = found.by_sender.iter().collect();
    senders.sort_by_key(|(code, amount)| (-**amount, (*code).clone()));
    let senders = senders.into_iter().take(SENDERS_SHOWN);
    let senders: Vec<Bar> = senders.map(|(code, amount)| bar(code.clone(), *amount)).collect();
    let delays: Vec<Bar> = DELAYS
        .iter()
        .filter_map(|delay| {
            let amount = found.by_delay.get(*delay)?;
            Some(bar(view.t(&format!("axis-delay-{delay}")), *amount))
        })
        .collect();
    [("hours", hours), ("senders", senders), ("delays", delays)]
        .into_iter()
        .filter(|(_, bars)| !bars.is_empty())
        .map(|(id, bars)| {
            let title = view.t(&format!("axis-overview-{id}"));
            let description = view.t(&format!("axis-overview-{id}-description"));
            Bars::new(view, id, (title, description), bars)
        })
        .collect()
}

/// How long ago, as somebody says it.
pub(super) fn age(view: &View, since: Timestamp) -> String {
    minutes(view, view.now.duration_since(since).as_mins().max(0))
}

pub(super) fn minutes(view: &View, minutes: i64) -> String {
    let (word, count) = match minutes {
        ..120 => ("axis-age-minutes", minutes),
        120..2_880 => ("axis-age-hours", minutes / 60),
        _ => ("axis-age-days", minutes / 1_440),
    };
    view.with(word, &[("count", count.into())])
}

pub(super) fn route_word(route: crate::Route) -> &'static str {
    match route {
        crate::Route::Mailbox => "axis-route-mailbox",
        crate::Route::Desk => "axis-route-desk",
        crate::Route::Link => "axis-route-link",
        crate::Route::Nowhere => "axis-route-nowhere",
    }
}
