//! What happens later: six digits to a phone, a notice to an account's owner, sweeping.

use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use platform::Ctx;
use platform::jobs::{self, Every, Job, JobError, JobKind, NewJob, Schedule};
use platform::outside::Message;
use platform::store::{StoreError, Tx};
use platform::words::{Locale, Speech, Word};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::account::{Account, AccountId, Contact};
use crate::message_code;
use crate::store::{accounts, delegations, passages, throttles};

pub(crate) const CODE: &str = "identity.send-code";
pub(crate) const NOTICE: &str = "identity.notice";
const CONTACT_NOTICE: &str = "identity.contact-notice";
const SWEEP: &str = "identity.sweep";

pub(crate) fn kinds() -> Vec<JobKind> {
    vec![
        JobKind { kind: CODE, run: run_code },
        JobKind { kind: NOTICE, run: run_notice },
        JobKind { kind: CONTACT_NOTICE, run: run_contact_notice },
        JobKind { kind: SWEEP, run: run_sweep },
    ]
}

pub(crate) fn schedules() -> Vec<Schedule> {
    vec![Schedule { kind: SWEEP, every: Every::DailyAt { hour: 3, minute: 20 } }]
}

#[derive(Deserialize)]
struct CodePayload {
    code: Uuid,
    purpose: String,
}

#[derive(Serialize, Deserialize)]
struct NoticePayload {
    account: Uuid,
    what: String,
    at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct ContactPayload {
    channel: String,
    contact: String,
    locale: String,
    what: String,
    at: Timestamp,
}

/// A notice to a contact that is (or was a moment ago) no account's.
pub(crate) fn tell_contact(
    tx: &mut Tx,
    ctx: &Ctx,
    contact: &Contact,
    locale: Locale,
    what: &'static str,
) -> Result<(), StoreError> {
    let now = ctx.clock.now();
    let payload = json!(ContactPayload {
        channel: contact.channel().to_owned(),
        contact: contact.as_str().to_owned(),
        locale: locale.tag().to_owned(),
        what: what.to_owned(),
        at: now,
    });
    let id = ctx.ids.next();
    jobs::enqueue(tx, &NewJob { id, kind: CONTACT_NOTICE, payload, run_at: now, key: None })
}

fn run_code(ctx: Ctx, job: Job) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(send_code(ctx, job))
}

fn run_notice(ctx: Ctx, job: Job) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(notice(ctx, job))
}

fn run_contact_notice(ctx: Ctx, job: Job) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(contact_notice(ctx, job))
}

fn run_sweep(ctx: Ctx, job: Job) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(sweep(ctx, job))
}

/// A code that is too old, or whose digits have left already, is not sent any more.
async fn send_code(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let payload: CodePayload = job.read()?;
    let id = payload.code;
    let code = ctx.store.read(move |tx| passages::code(tx, id)).await?;
    let Some(code) = code.filter(|code| code.expires_at > job.at) else { return Ok(()) };
    let Some(digits) = code.digits else { return Ok(()) };
    let contact = Contact::stored(&code.channel, &code.contact)
        .ok_or_else(|| JobError::Dead("the contact of a code cannot be read".to_owned()))?;
    let speech = ctx.words.speak(Locale::parse(&code.locale).unwrap_or_default());
    let text = speech.with(
        &format!("identity-message-code-{}", payload.purpose),
        &[("code", Word::from(&digits)), ("minutes", Word::from(message_code::MINUTES))],
    );
    let subject = speech.t("identity-message-code-subject");
    send(&ctx, &contact, (format!("identity:code:{id}"), subject, text)).await?;
    Ok(ctx.store.write(move |tx| passages::code_sent(tx, id)).await?)
}

async fn notice(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let payload: NoticePayload = job.read()?;
    let id = AccountId(payload.account);
    let account = ctx.store.read(move |tx| accounts::by_id(tx, id)).await?;
    // Someone who has no proved contact sees what happened in the list of events.
    let Some((account, contact)) = account.and_then(reach) else { return Ok(()) };
    let speech = ctx.words.speak(account.locale);
    let (subject, text) = told(&ctx, &speech, &payload.what, payload.at);
    send(&ctx, &contact, (format!("identity:notice:{}", job.id), subject, text)).await
}

async fn contact_notice(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let payload: ContactPayload = job.read()?;
    let contact = Contact::stored(&payload.channel, &payload.contact)
        .ok_or_else(|| JobError::Dead("the contact of a notice cannot be read".to_owned()))?;
    let speech = ctx.words.speak(Locale::parse(&payload.locale).unwrap_or_default());
    let (subject, text) = told(&ctx, &speech, &payload.what, payload.at);
    send(&ctx, &contact, (format!("identity:notice:{}", job.id), subject, text)).await
}

fn reach(account: Account) -> Option<(Account, Contact)> {
    let phone = account.phone.clone().map(Contact::Phone);
    let contact = phone.or_else(|| account.email.clone().map(Contact::Email))?;
    Some((account, contact))
}

/// Subject and text of one kind of notice.
fn told(ctx: &Ctx, speech: &Speech, what: &str, at: Timestamp) -> (String, String) {
    let args = [
        ("at", Word::from(speech.date_time(at))),
        ("address", Word::from(&ctx.settings.public_address)),
    ];
    let subject = speech.t("identity-message-subject");
    (subject, speech.with(&format!("identity-message-{what}"), &args))
}

async fn send(
    ctx: &Ctx,
    contact: &Contact,
    (key, subject, text): (String, String, String),
) -> Result<(), JobError> {
    let sent = match contact {
        Contact::Phone(phone) => {
            let to = phone.international();
            ctx.outside.sms.send(Message { key, to, subject, text }).await
        }
        Contact::Email(email) => {
            let to = email.as_str().to_owned();
            ctx.outside.mail.send(Message { key, to, subject, text }).await
        }
    };
    Ok(sent?)
}

async fn sweep(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let now = job.at;
    let day_ago = now - SignedDuration::from_hours(24);
    let sessions_end = now - SignedDuration::from_hours(48);
    ctx.store
        .write(move |tx| {
            passages::sweep(tx, now)?;
            throttles::sweep(tx, day_ago)?;
            accounts::sweep_browsers(tx, now - SignedDuration::from_hours(365 * 24))?;
            // A session lives some hours; what it acted for is of no use after it.
            delegations::sweep(tx, sessions_end)
        })
        .await?;
    Ok(())
}
