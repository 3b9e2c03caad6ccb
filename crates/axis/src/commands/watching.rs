//! A look at everything that waits: what waits too long is put on the work list, those who look
//! after the axis are told, and the figures for boards and alarms follow.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6 (urgent documents are sent at once)

use std::collections::BTreeMap;

use identity::Scribe;
use jiff::Timestamp;
use platform::Ctx;
use platform::clock::local;
use platform::figures;
use platform::jobs::{self, NewJob};
use platform::outside::Message;
use platform::store::{StoreError, Tx};
use platform::words::{Locale, Word};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::settling::{PROGRAM, count_again};
use crate::HERE;
use crate::keeping::{URGENCIES, patience};
use crate::refusal::Refusal;
use crate::store::settling::{self, Settled};
use crate::store::watching::{self as store, LateRow};
use crate::store::{keeping, tasks};
use crate::work::{Task, TaskKind};

/// The job that writes to those who look after the axis.
pub(crate) const NOTICE: &str = "axis.late-notice";
/// Gauges, by urgency.
pub const WAITING: &str = "axis.waiting";
pub const WAITING_AGE: &str = "axis.waiting-age";
const PAGE: i64 = 200;

/// What a notice tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Late {
    pub count: i64,
    pub oldest: Timestamp,
}

/// One look.
pub(crate) async fn look(ctx: &Ctx) -> Result<(), Refusal> {
    let scribe = Scribe::named(ctx, None, PROGRAM);
    let (gauges, tasks) = ctx.store.write(move |tx| watch(tx, &scribe)).await?;
    metrics::gauge!("axis_tasks").set(tasks as f64);
    for (urgency, (count, age_seconds)) in gauges {
        metrics::gauge!("axis_waiting", "urgency" => urgency.clone()).set(count as f64);
        metrics::gauge!("axis_waiting_age_seconds", "urgency" => urgency).set(age_seconds as f64);
    }
    Ok(())
}

/// By urgency: how many wait, and for how many seconds the oldest.
type Gauges = BTreeMap<String, (i64, i64)>;

fn watch(tx: &mut Tx, scribe: &Scribe) -> Result<(Gauges, i64), Refusal> {
    settle_the_past(tx, scribe)?;
    tell_of_the_late(tx, scribe)?;
    let tasks = count_again(tx, scribe)?;
    let mut gauges: Gauges = URGENCIES.iter().map(|one| (one.to_string(), (0, 0))).collect();
    for row in store::waiting_by_urgency(tx)? {
        let urgency = if row.urgency.is_empty() { "0".to_owned() } else { row.urgency };
        let age = scribe.now.duration_since(row.oldest).as_secs().max(0);
        let entry = gauges.entry(urgency).or_default();
        *entry = (entry.0 + row.count, entry.1.max(age));
    }
    for (urgency, (count, age)) in &gauges {
        let of = [("urgency", urgency.as_str())];
        figures::set(tx, WAITING, &of, scribe.now, *count)?;
        figures::set(tx, WAITING_AGE, &of, scribe.now, *age)?;
    }
    Ok((gauges, tasks))
}

/// What has arrived meanwhile is nobody's work any more.
fn settle_the_past(tx: &mut Tx, scribe: &Scribe) -> Result<(), Refusal> {
    for id in store::late_no_more(tx, TaskKind::Old.code(), PAGE)? {
        let done = Settled { at: scribe.now, by: &scribe.name, how: "passed", note: "" };
        if settling::settle(tx, id, done)? {
            let told = ("axis.settle", format!("task:{id}"));
            scribe.note_over(tx, None, told, json!({ "kind": "old", "how": "passed" }))?;
        }
    }
    Ok(())
}

fn tell_of_the_late(tx: &mut Tx, scribe: &Scribe) -> Result<(), Refusal> {
    let rules = keeping::alarms(tx)?;
    let today = local(scribe.now).date();
    let mut late = Vec::new();
    for urgency in URGENCIES {
        let before = scribe.now.checked_sub(patience(&rules, urgency, today));
        let before = before.unwrap_or(Timestamp::UNIX_EPOCH);
        late.extend(store::late(tx, (urgency, before), (TaskKind::Old.code(), PAGE))?);
    }
    for row in &late {
        put(tx, scribe, row)?;
    }
    let Some(oldest) = late.iter().map(|row| row.accepted_at).min() else { return Ok(()) };
    let payload = json!(Late { count: late.len() as i64, oldest });
    let (id, run_at) = (scribe.ids.next(), scribe.now);
    Ok(jobs::enqueue(tx, &NewJob { id, kind: NOTICE, payload, run_at, key: None })?)
}

fn put(tx: &mut Tx, scribe: &Scribe, row: &LateRow) -> Result<(), Refusal> {
    let task = Task {
        id: scribe.ids.next(),
        kind: TaskKind::Old,
        packet: Some(crate::PacketId(row.packet)),
        delivery: Some(crate::DeliveryId(row.id)),
        at: scribe.now,
        detail: row.urgency.clone(),
        settled_at: None,
        settled_by: None,
    };
    tasks::insert(tx, &task)?;
    let told = ("axis.late", format!("axis-delivery:{}", row.id));
    let detail = json!({ "from": row.from_code, "to": row.to_code, "urgency": row.urgency });
    Ok(scribe.note_over(tx, None, told, detail)?)
}

/// Writes to everybody who looks after the whole installation.
pub(crate) async fn notice(ctx: &Ctx, job: uuid::Uuid, late: Late) -> Result<(), Notice> {
    let today = local(ctx.clock.now()).date();
    let read = move |tx: &mut Tx| addresses(tx, today);
    for (place, (address, locale)) in ctx.store.read(read).await?.into_iter().enumerate() {
        let speech = ctx.words.speak(locale);
        let args = [
            ("count", Word::from(late.count)),
            ("since", Word::from(speech.date_time(late.oldest))),
            ("address", Word::from(format!("{}{HERE}/viec", ctx.settings.public_address))),
        ];
        let message = Message {
            key: format!("axis:late:{job}:{place}"),
            to: address,
            subject: speech.with("axis-mail-late-subject", &args),
            text: speech.with("axis-mail-late", &args),
        };
        ctx.outside.mail.send(message).await?;
    }
    Ok(())
}

/// Why a notice did not go.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Notice {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Outside(#[from] platform::outside::OutsideError),
}

fn addresses(tx: &mut Tx, today: jiff::civil::Date) -> Result<Vec<(String, Locale)>, StoreError> {
    let mut found = Vec::new();
    for account in identity::queries::system_administrators(tx, today)? {
        if let Some(account) = identity::queries::account(tx, account)?
            && let Some(email) = account.email
        {
            found.push((email.as_str().to_owned(), account.locale));
        }
    }
    Ok(found)
}
