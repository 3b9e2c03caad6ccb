//! /quan-tri/truc/cau-hinh: what is decided about the axis, what holds now, what will, and who said
//! so. How long bytes are kept and when somebody is warned have forms of their own.

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Scribe};
use platform::Ctx;
use platform::clock::local;
use platform::store::StoreError;
use platform::web::form::{Answers, DateFault, Errors, Field, Kind};
use platform::web::{Form, Page, Problem, Reply, View};

use super::keeping::{KINDS, kept};
use super::link_forms::{Framed, framed_page};
use super::links::{at_desk, may_manage};
use super::overview::minutes;
use super::watch_form::{at_field, field, from_day, number};
use crate::HERE;
use crate::commands::settings as commands;
use crate::keeping::{URGENCIES, alarms_coming, patience, retention_coming, retention_on};
use crate::keeping::{alarm_on, urgency_word};
use crate::queries;
use crate::queries::watching::{self, Keeping};
use crate::refusal::Refusal;
use crate::setting::{ALL, Decision, Setting};
use crate::watch_fault::WatchFault;

const PLACE: &str = "/quan-tri/truc/cau-hinh";

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsTemplate<'a> {
    view: &'a View,
    rows: Vec<Row>,
    history: Vec<Said>,
}

struct Row {
    what: String,
    now: String,
    coming: Vec<String>,
    change: String,
}

struct Said {
    what: String,
    value: String,
    from: String,
    set: String,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let decisions = ctx.store.read::<_, StoreError, _>(queries::decisions).await?;
    let rules = watching::keeping(&ctx).await?;
    let template = template(&view, &decisions, &rules);
    let page = Page::new(&view, view.t("axis-settings"), &template)?.wide().back(HERE);
    Ok(at_desk(&view, &actor, page).await)
}

fn template<'a>(view: &'a View, decisions: &[Decision], rules: &Keeping) -> SettingsTemplate<'a> {
    let of_axis = ALL.iter().map(|one| setting_row(view, one, decisions));
    let retention = KINDS.iter().map(|kind| retention_row(view, *kind, rules));
    let alarms = URGENCIES.iter().map(|urgency| alarm_row(view, *urgency, rules));
    let history = decisions.iter().filter_map(|one| {
        let setting = Setting::named(&one.name)?;
        Some(Said {
            what: view.t(&word(&setting)),
            value: shown(view, &setting, one.value),
            from: view.speech.date_time(one.valid_from),
            set: format!("{}, {}", one.set_by, view.speech.date_time(one.set_at)),
        })
    });
    SettingsTemplate {
        view,
        rows: of_axis.chain(retention).chain(alarms).collect(),
        history: history.collect(),
    }
}

fn setting_row(view: &View, setting: &Setting, decisions: &[Decision]) -> Row {
    let said = |one: &Decision| {
        let from = view.speech.date_time(one.valid_from);
        since(view, shown(view, setting, one.value), (from, &one.set_by))
    };
    let now = setting.in_force(decisions, view.now).map(said);
    Row {
        what: view.t(&word(setting)),
        now: now.unwrap_or_else(|| usual(view, shown(view, setting, setting.usual))),
        coming: setting.coming(decisions, view.now).into_iter().map(said).collect(),
        change: format!("{PLACE}/{}", setting.name),
    }
}

fn retention_row(view: &View, (kind, word): (&str, &str), rules: &Keeping) -> Row {
    let said = |rule: &crate::keeping::RetentionRule| {
        let from = view.speech.date(rule.valid_from);
        since(view, kept(view, rule.days), (from, &rule.set_name))
    };
    let now = retention_on(&rules.retention, kind, rules.today).map(said);
    let coming = retention_coming(&rules.retention, kind, rules.today);
    Row {
        what: view.with("axis-setting-retention", &[("kind", view.t(word).into())]),
        now: now.unwrap_or_else(|| usual(view, kept(view, None))),
        coming: coming.into_iter().map(said).collect(),
        change: format!("{HERE}/luu-giu/quy-tac"),
    }
}

fn alarm_row(view: &View, urgency: i64, rules: &Keeping) -> Row {
    let said = |rule: &crate::keeping::AlarmRule| {
        let from = view.speech.date(rule.valid_from);
        since(view, minutes(view, rule.minutes), (from, &rule.set_name))
    };
    let now = alarm_on(&rules.alarms, urgency, rules.today).map(said);
    let patience = patience(&rules.alarms, urgency, rules.today).as_mins();
    let coming = alarms_coming(&rules.alarms, urgency, rules.today);
    let name = view.t(urgency_word(urgency));
    Row {
        what: view.with("axis-setting-alarm", &[("urgency", name.into())]),
        now: now.unwrap_or_else(|| usual(view, minutes(view, patience))),
        coming: coming.into_iter().map(said).collect(),
        change: format!("{HERE}/luu-giu/canh-bao"),
    }
}

fn since(view: &View, value: String, (from, by): (String, &str)) -> String {
    let args = [("value", value.into()), ("from", from.into()), ("name", by.into())];
    view.with("axis-setting-since", &args)
}

fn usual(view: &View, value: String) -> String {
    view.with("axis-setting-usual", &[("value", value.into())])
}

/// The key of its name in the words.
fn word(setting: &Setting) -> String {
    format!("axis-setting-{}", setting.name)
}

/// As people count it; what does not fit into their unit, in the unit in which it is kept.
fn shown(view: &View, setting: &Setting, value: i64) -> String {
    let (count, word) = match (setting.counted_in, value % setting.counted_in) {
        (1, _) => (value, "axis-setting-hours"),
        (counted_in, 0) => (value / counted_in, "axis-setting-megabytes"),
        _ => (value, "axis-setting-bytes"),
    };
    view.with(word, &[("count", view.speech.number(count).into())])
}

pub(crate) async fn edit(
    view: View,
    actor: Actor,
    Path(name): Path<String>,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let setting = Setting::named(&name).ok_or_else(Problem::not_found)?;
    let typed = Answers::from_pairs(from_day("from", local(view.now).date()));
    edit_page((&view, &actor), &setting, (&typed, &Errors::new())).await
}

async fn edit_page(
    (view, actor): (&View, &Actor),
    setting: &Setting,
    said: (&Answers, &Errors),
) -> Result<Page, Problem> {
    let framed = Framed {
        heading: view.t(&word(setting)),
        lead: view.t(&format!("{}-lead", word(setting))),
        button: view.t("axis-setting-button"),
        action: format!("{PLACE}/{}", setting.name),
        back: PLACE.to_owned(),
    };
    let value: Field = field(view, (Kind::Number, "value", "axis-setting-value"), said);
    let fields = vec![
        value.suffix(view.t(if setting.counted_in == 1 {
            "axis-setting-unit-hours"
        } else {
            "axis-setting-unit-megabytes"
        })),
        field(view, (Kind::Date, "from", "axis-keeping-from"), said)
            .hint(view.t("axis-setting-from-hint")),
    ];
    framed_page((view, actor), framed, (fields, said.1)).await
}

pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(name): Path<String>,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let setting = Setting::named(&name).ok_or_else(Problem::not_found)?;
    let Err(refusal) = put(&ctx, &Scribe::of(&ctx, &actor), (&setting, &typed)).await else {
        return Ok(Reply::see(PLACE).notice("axis-notice-setting-set"));
    };
    let errors = errors(&view, &setting, refusal)?;
    Ok(edit_page((&view, &actor), &setting, (&typed, &errors)).await?.into())
}

async fn put(
    ctx: &Ctx,
    scribe: &Scribe,
    (setting, typed): (&Setting, &Answers),
) -> Result<(), Refusal> {
    let wrong = Refusal::SettingWrong { least: setting.least, most: setting.most };
    let value = number(typed.get("value")).and_then(|count| count.checked_mul(setting.counted_in));
    let value = value.ok_or(wrong)?;
    let from = typed.date("from").parse().map_err(|_: DateFault| WatchFault::From)?;
    commands::put(ctx, scribe, (setting.name, value), Some(from)).await
}

/// The bounds in the unit in which they were asked.
fn errors(view: &View, setting: &Setting, refusal: Refusal) -> Result<Errors, Problem> {
    let Refusal::SettingWrong { least, most } = refusal else { return at_field(view, refusal) };
    let counted = |value: i64| view.speech.number(value / setting.counted_in).into();
    let mut errors = Errors::new();
    let args = [("least", counted(least)), ("most", counted(most))];
    errors.add("value", view.with("axis-setting-wrong", &args));
    Ok(errors)
}
