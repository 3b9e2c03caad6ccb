//! /quan-tri/truc/luu-giu: how long bytes are kept, how long packets may wait, what is held.

use askama::Template;
use axum::extract::State;
use identity::{Actor, Scribe};
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Answers, Choice, DateFault, Errors, Field, Kind};
use platform::web::{Form, Page, Problem, Reply, View};
use uuid::Uuid;

use super::link_forms::{Frame, form_page};
use super::links::{at_desk, may_manage};
use super::overview::minutes;
use super::watch_form::{at_field, field, from_day, number};
use crate::HERE;
use crate::commands::keeping as commands;
use crate::keeping::{
    Proposal, URGENCIES, patience, proposals, proposed_from, retention_on, urgency_word,
};
use crate::queries::watching::{self, Keeping};
use crate::watch_fault::WatchFault;

#[derive(Template)]
#[template(path = "keeping.html")]
struct KeepingTemplate<'a> {
    view: &'a View,
    now: Vec<(String, String)>,
    removed: String,
    retention: Vec<RuleRow>,
    waiting: Vec<(String, String)>,
    alarms: Vec<RuleRow>,
    holds: Vec<HoldRow>,
    /// Not in force: of kinds for which nobody has set a rule.
    proposals: Vec<ProposalRow>,
}

struct ProposalRow {
    kind: &'static str,
    what: String,
    how_long: String,
    why: String,
    from: String,
    /// As the form sends it.
    day: String,
    /// To be changed before it is set.
    href: String,
}

struct RuleRow {
    what: String,
    how_long: String,
    from: String,
    set: String,
}

struct HoldRow {
    packet: Uuid,
    reason: String,
    set: String,
}

pub(super) const KINDS: [(&str, &str); 2] =
    [("edoc", "axis-kind-edoc"), ("status", "axis-kind-status")];

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let found = watching::keeping(&ctx).await?;
    let page = Page::new(&view, view.t("axis-keeping"), &template(&view, &found))?.back(HERE);
    Ok(at_desk(&view, &actor, page).await)
}

fn template<'a>(view: &'a View, found: &Keeping) -> KeepingTemplate<'a> {
    let set = |name: &str, at| format!("{name}, {}", view.speech.date_time(at));
    let now = KINDS.map(|(kind, word)| {
        let rule = retention_on(&found.retention, kind, found.today);
        (view.t(word), kept(view, rule.and_then(|rule| rule.days)))
    });
    let kind = |code: &str| KINDS.iter().find(|(known, _)| *known == code).map_or("", |one| one.1);
    let waiting = URGENCIES.map(|urgency| {
        let patience = patience(&found.alarms, urgency, found.today);
        (view.t(urgency_word(urgency)), minutes(view, patience.as_mins()))
    });
    let retention = found.retention.iter().map(|rule| RuleRow {
        what: view.t(kind(&rule.kind)),
        how_long: kept(view, rule.days),
        from: view.speech.date(rule.valid_from),
        set: set(&rule.set_name, rule.set_at),
    });
    let alarms = found.alarms.iter().map(|rule| RuleRow {
        what: view.t(urgency_word(rule.urgency)),
        how_long: minutes(view, rule.minutes),
        from: view.speech.date(rule.valid_from),
        set: set(&rule.set_name, rule.set_at),
    });
    let holds = found.holds.iter().map(|hold| HoldRow {
        packet: hold.packet,
        reason: hold.reason.clone(),
        set: set(&hold.set_name, hold.set_at),
    });
    KeepingTemplate {
        view,
        now: now.into(),
        removed: view.speech.number(found.removed),
        retention: retention.collect(),
        waiting: waiting.into(),
        alarms: alarms.collect(),
        holds: holds.collect(),
        proposals: proposals(&found.retention)
            .map(|one| proposal(view, one, found.today))
            .collect(),
    }
}

fn proposal(view: &View, one: Proposal, today: Date) -> ProposalRow {
    let from = proposed_from(today);
    let word = KINDS.iter().find(|(kind, _)| *kind == one.kind).map_or("", |(_, word)| word);
    ProposalRow {
        kind: one.kind,
        what: view.t(word),
        how_long: kept(view, Some(one.days)),
        why: view.t(one.why),
        from: view.speech.date(from),
        day: from.to_string(),
        href: format!("{HERE}/luu-giu/quy-tac?loai={}&so-ngay={}", one.kind, one.days),
    }
}

/// One button: as it was shown, from the day that was shown.
pub(crate) async fn post_adopt(
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let from: Date = typed.get("from").parse().map_err(|_| Problem::not_found())?;
    commands::adopt(&ctx, &Scribe::of(&ctx, &actor), (typed.get("kind"), from)).await?;
    Ok(Reply::see(&format!("{HERE}/luu-giu")).notice("axis-notice-rule-set"))
}

/// For how many days; none: for ever.
pub(super) fn kept(view: &View, days: Option<i64>) -> String {
    match days {
        None => view.t("axis-keeping-for-ever"),
        Some(days) => view.with("axis-age-days", &[("count", days.into())]),
    }
}

pub(crate) async fn new_rule(view: View, actor: Actor) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let typed = exemplary(&view);
    rule_page((&view, &actor), (&typed, &Errors::new())).await
}

/// As an example says it, where one was chosen.
fn exemplary(view: &View) -> Answers {
    let mut pairs = from_day("from", local(view.now).date());
    for (asked, name) in [("loai", "kind"), ("so-ngay", "days")] {
        pairs.extend(view.query(asked).map(|value| (name.to_owned(), value.to_string())));
    }
    Answers::from_pairs(pairs)
}

async fn rule_page(
    (view, actor): (&View, &Actor),
    said: (&Answers, &Errors),
) -> Result<Page, Problem> {
    let kinds = KINDS.map(|(code, word)| Choice::new(code, view.t(word)));
    let frame = Frame {
        heading: "axis-keeping-new",
        lead: "axis-keeping-new-lead",
        button: "axis-keeping-new-button",
        action: format!("{HERE}/luu-giu/quy-tac"),
        back: format!("{HERE}/luu-giu"),
    };
    let fields = vec![
        field(view, (Kind::Radios(kinds.into()), "kind", "axis-keeping-kind"), said),
        field(view, (Kind::Number, "days", "axis-keeping-days"), said)
            .hint(view.t("axis-keeping-days-hint")),
        from_field(view, said),
    ];
    form_page((view, actor), frame, (fields, said.1)).await
}

pub(crate) async fn post_rule(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    match set_rule(&ctx, &Scribe::of(&ctx, &actor), &typed).await {
        Ok(()) => Ok(Reply::see(&format!("{HERE}/luu-giu")).notice("axis-notice-rule-set")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(rule_page((&view, &actor), (&typed, &errors)).await?.into())
        }
    }
}

async fn set_rule(ctx: &Ctx, scribe: &Scribe, typed: &Answers) -> Result<(), crate::Refusal> {
    let days = match typed.get("days") {
        "" => None,
        text => Some(number(text).ok_or(WatchFault::Days)?),
    };
    commands::set_retention(ctx, scribe, (typed.get("kind"), days), from(typed)?).await
}

/// Both kinds of rules begin on a day; today, unless somebody says otherwise.
fn from_today(view: &View) -> Answers {
    Answers::from_pairs(from_day("from", local(view.now).date()))
}

fn from_field(view: &View, said: (&Answers, &Errors)) -> Field {
    field(view, (Kind::Date, "from", "axis-keeping-from"), said)
        .hint(view.t("axis-keeping-from-hint"))
}

fn from(typed: &Answers) -> Result<Date, WatchFault> {
    typed.date("from").parse().map_err(|_: DateFault| WatchFault::From)
}

pub(crate) async fn new_alarm(view: View, actor: Actor) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let typed = from_today(&view);
    alarm_page((&view, &actor), (&typed, &Errors::new())).await
}

async fn alarm_page(
    (view, actor): (&View, &Actor),
    said: (&Answers, &Errors),
) -> Result<Page, Problem> {
    let urgencies = URGENCIES.map(|one| Choice::new(one.to_string(), view.t(urgency_word(one))));
    let frame = Frame {
        heading: "axis-alarm-new",
        lead: "axis-alarm-new-lead",
        button: "axis-alarm-new-button",
        action: format!("{HERE}/luu-giu/canh-bao"),
        back: format!("{HERE}/luu-giu"),
    };
    let fields = vec![
        field(view, (Kind::Radios(urgencies.into()), "urgency", "axis-urgency"), said),
        field(view, (Kind::Number, "minutes", "axis-alarm-minutes"), said)
            .hint(view.t("axis-alarm-minutes-hint")),
        from_field(view, said),
    ];
    form_page((view, actor), frame, (fields, said.1)).await
}

pub(crate) async fn post_alarm(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    match set_alarm(&ctx, &Scribe::of(&ctx, &actor), &typed).await {
        Ok(()) => Ok(Reply::see(&format!("{HERE}/luu-giu")).notice("axis-notice-rule-set")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(alarm_page((&view, &actor), (&typed, &errors)).await?.into())
        }
    }
}

async fn set_alarm(ctx: &Ctx, scribe: &Scribe, typed: &Answers) -> Result<(), crate::Refusal> {
    let urgency = number(typed.get("urgency")).ok_or(WatchFault::Urgency)?;
    let minutes = number(typed.get("minutes")).ok_or(WatchFault::Minutes)?;
    commands::set_alarm(ctx, scribe, (urgency, minutes), from(typed)?).await
}
