//! What happens by itself: lists and answers signed in time, others' fetched, alerts, the clock
//! compared.

use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::jobs::{self, Every, Job, JobError, JobKind, NewJob, Schedule};
use platform::outside::Message;
use platform::store::{StoreError, Tx};
use platform::words::{Locale, Word};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::certificate::{ALERT_DAYS, Certificate, alert_due};
use crate::commands::Scribe;
use crate::commands::authority::keep_services;
use crate::fetching::FETCH;
use crate::refusal::Refusal;
use crate::store::{certificates, register};
use crate::{clockwork, fetching, responder, revocation};

const LISTS: &str = "trust.sign-lists";
const ANSWERS: &str = "trust.sign-answers";
const ALERTS: &str = "trust.find-ending";
const NOTICE: &str = "trust.ending-notice";
/// Our clock beside those of other authorities.
pub(crate) const COMPARE_CLOCK: &str = "trust.compare-clock";
const EXPECT: &str = "trust.expect-evidence";

pub(crate) fn kinds() -> Vec<JobKind> {
    vec![
        JobKind { kind: LISTS, run: |ctx, job| Box::pin(lists(ctx, job)) },
        JobKind { kind: ANSWERS, run: |ctx, job| Box::pin(answers(ctx, job)) },
        JobKind { kind: ALERTS, run: |ctx, job| Box::pin(alerts(ctx, job)) },
        JobKind { kind: NOTICE, run: run_notice },
        JobKind { kind: COMPARE_CLOCK, run: |ctx, job| Box::pin(clock(ctx, job)) },
        JobKind { kind: FETCH, run: |ctx, job| Box::pin(fetch(ctx, job)) },
        JobKind { kind: EXPECT, run: |ctx, job| Box::pin(expect(ctx, job)) },
    ]
}

pub(crate) fn schedules() -> Vec<Schedule> {
    vec![
        Schedule { kind: LISTS, every: Every::Minutes(30) },
        Schedule { kind: ANSWERS, every: Every::Minutes(15) },
        Schedule { kind: ALERTS, every: Every::DailyAt { hour: 7, minute: 0 } },
        Schedule { kind: COMPARE_CLOCK, every: Every::Minutes(10) },
        Schedule { kind: FETCH, every: Every::Minutes(5) },
        Schedule { kind: EXPECT, every: Every::DailyAt { hour: 5, minute: 0 } },
    ]
}

fn later(refusal: Refusal) -> JobError {
    JobError::Retry(refusal.to_string())
}

async fn lists(ctx: Ctx, _: Job) -> Result<(), JobError> {
    keep_services(&ctx).await.map_err(later)?;
    revocation::rebuild_old(&ctx).await.map_err(later).map(drop)
}

async fn answers(ctx: Ctx, _: Job) -> Result<(), JobError> {
    responder::presign(&ctx).await.map_err(later).map(drop)
}

async fn fetch(ctx: Ctx, _: Job) -> Result<(), JobError> {
    fetching::fetch_due(&ctx).await.map_err(later).map(drop)
}

async fn expect(ctx: Ctx, _: Job) -> Result<(), JobError> {
    fetching::expect(&ctx).await?;
    Ok(())
}

async fn clock(ctx: Ctx, _: Job) -> Result<(), JobError> {
    for (source, found) in clockwork::check_clock(&ctx).await.map_err(later)? {
        match found {
            Ok(0) => {}
            Ok(difference_ms) => {
                tracing::warn!(authority = %source.name, difference_ms, "the clocks differ");
            }
            Err(fault) => tracing::warn!(authority = %source.name, fault, "no time to compare"),
        }
    }
    Ok(())
}

#[derive(Serialize, Deserialize)]
struct NoticePayload {
    certificate: Uuid,
    days: i64,
}

/// Finds what ends soon and was not told at this stage; the notice is a job of its own.
async fn alerts(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let soon = job.at + SignedDuration::from_hours(24 * ALERT_DAYS[0]);
    let now = job.at;
    let ending = ctx.store.read(move |tx| register::ending(tx, (now, soon))).await?;
    let scribe = Scribe::named(&ctx, None, "lienthong");
    for group in ending.chunks(200) {
        let (group, scribe, ids) = (group.to_vec(), scribe.clone(), ctx.ids.clone());
        ctx.store
            .write::<_, StoreError, _>(move |tx| {
                for one in &group {
                    alert(tx, &scribe, (one, now), ids.next())?;
                }
                Ok(())
            })
            .await?;
    }
    Ok(())
}

fn alert(
    tx: &mut Tx,
    scribe: &Scribe,
    (one, now): (&Certificate, Timestamp),
    job: Uuid,
) -> Result<(), StoreError> {
    let Some(days) = alert_due(one.not_after, now) else { return Ok(()) };
    if !register::tell(tx, one.id, days, now)? {
        return Ok(());
    }
    let told = ("trust.alert", format!("certificate:{}", one.id));
    scribe.note_over(tx, one.unit, told, json!({ "serial": one.serial, "days": days }))?;
    let payload = json!(NoticePayload { certificate: one.id, days });
    jobs::enqueue(tx, &NewJob { id: job, kind: NOTICE, payload, run_at: now, key: None })
}

fn run_notice(ctx: Ctx, job: Job) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(notice(ctx, job))
}

/// To the unit's mail address, or to whoever administers it when it has none.
async fn notice(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let payload: NoticePayload = job.read()?;
    let today = local(job.at).date();
    let id = payload.certificate;
    let found = ctx
        .store
        .read::<_, StoreError, _>(move |tx| {
            let Some(one) = certificates::by_id(tx, id)? else { return Ok(None) };
            let Some(unit) = one.unit else { return Ok(None) };
            Ok(Some((one, addresses(tx, unit, today)?)))
        })
        .await?;
    let Some((one, addresses)) = found else { return Ok(()) };
    for (place, (address, locale)) in addresses.into_iter().enumerate() {
        let speech = ctx.words.speak(locale);
        let args = [
            ("holder", Word::from(&one.holder_name)),
            ("serial", Word::from(&one.serial)),
            ("on", Word::from(speech.day(one.not_after))),
            ("days", Word::from(one.days_left(job.at))),
            ("address", Word::from(format!("{}{}/{id}", ctx.settings.public_address, crate::HERE))),
        ];
        let message = Message {
            key: format!("trust:ending:{id}:{}:{place}", payload.days),
            to: address,
            subject: speech.with("trust-mail-ending-subject", &args),
            text: speech.with("trust-mail-ending", &args),
        };
        ctx.outside.mail.send(message).await?;
    }
    Ok(())
}

fn addresses(
    tx: &mut Tx,
    unit: UnitId,
    today: jiff::civil::Date,
) -> Result<Vec<(String, Locale)>, StoreError> {
    let known = organisations::queries::unit(tx, unit)?;
    if let Some(address) = known.and_then(|unit| unit.contact.email) {
        return Ok(vec![(address, Locale::Vi)]);
    }
    let mut found = Vec::new();
    let role = identity::Role::UnitAdministrator;
    for (account, _) in identity::queries::holders(tx, unit, role, today)? {
        let account = identity::queries::account(tx, account)?;
        if let Some(account) = account
            && let Some(email) = account.email
        {
            found.push((email.as_str().to_owned(), account.locale));
        }
    }
    Ok(found)
}
