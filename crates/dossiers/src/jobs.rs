//! What happens after the commit: telling the applicant, papers to be signed and signed ones, and
//! nightly tidying.

use jiff::{Timestamp, ToSpan};
use platform::clock::VIETNAM;
use platform::jobs::{Every, Job, JobError, JobKind, Schedule};
use platform::outside::{Message, PressError};
use platform::words::{Speech, Word};
use platform::{Ctx, figures};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

use crate::commands::{draft, signatures, unit_code};
use crate::dossier::{Dossier, DossierId};
use crate::draft::KEPT_DAYS;
use crate::event::{Event, EventKind};
use crate::refusal::Refusal;
use crate::store;

pub const NOTICE: &str = "dossiers.notice";
pub const PRINT_SLIP: &str = "dossiers.print-slip";
pub const PRINT_RESULT: &str = "dossiers.print-result";
/// How the signing of a slip, and of a result, ended.
pub const SLIP_SIGNED: &str = "dossiers.slip-signed";
pub const RESULT_SIGNED: &str = "dossiers.result-signed";
pub const TIDY: &str = "dossiers.tidy";

/// A guess at a dossier is forgotten after so long.
const TRIES_KEPT_HOURS: i64 = 24;

pub const KINDS: [JobKind; 6] = [
    JobKind { kind: NOTICE, run: |ctx, job| Box::pin(notice(ctx, job)) },
    JobKind { kind: PRINT_SLIP, run: |ctx, job| Box::pin(print_slip(ctx, job)) },
    JobKind { kind: PRINT_RESULT, run: |ctx, job| Box::pin(print_result(ctx, job)) },
    JobKind { kind: SLIP_SIGNED, run: |ctx, job| Box::pin(slip_signed(ctx, job)) },
    JobKind { kind: RESULT_SIGNED, run: |ctx, job| Box::pin(result_signed(ctx, job)) },
    JobKind { kind: TIDY, run: |ctx, job| Box::pin(tidy(ctx, job)) },
];

pub const SCHEDULES: [Schedule; 1] =
    [Schedule { kind: TIDY, every: Every::DailyAt { hour: 2, minute: 10 } }];

#[derive(Deserialize)]
struct About {
    dossier: Uuid,
    event: Uuid,
}

/// Writes to the applicant in their language, by mail and by short message, as far as they gave
/// an address. Each message has a key of its own: repeated, it is not sent twice.
async fn notice(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let about: About = job.read()?;
    let Some((dossier, event)) = find(&ctx, &about).await? else {
        return Err(JobError::Dead("the dossier or the event is not there".to_owned()));
    };
    let speech = ctx.words.speak(dossier.language);
    let notice = Notice { speech: &speech, dossier: &dossier, event: &event, ctx: &ctx };
    let key = format!("{}:{}", dossier.id.object(), event.id);
    let email = dossier.applicant.email.as_str();
    if !email.is_empty() {
        ctx.outside.mail.send(notice.mail(format!("{key}:mail"), email)).await?;
    }
    let phone = dossier.applicant.reached_by_phone();
    if !phone.is_empty() {
        ctx.outside.sms.send(notice.short(format!("{key}:sms"), phone)).await?;
    }
    Ok(())
}

async fn find(ctx: &Ctx, about: &About) -> Result<Option<(Dossier, Event)>, Refusal> {
    let (id, event) = (DossierId(about.dossier), about.event);
    ctx.store
        .read(move |tx| {
            let Some(dossier) = store::dossier::one(tx, id)? else { return Ok(None) };
            let events = store::story::events(tx, id)?;
            let event = events.into_iter().find(|known| known.id == event);
            Ok(event.map(|event| (dossier, event)))
        })
        .await
}

struct Notice<'a> {
    speech: &'a Speech,
    dossier: &'a Dossier,
    event: &'a Event,
    ctx: &'a Ctx,
}

impl Notice<'_> {
    fn mail(&self, key: String, to: &str) -> Message {
        let text = self.say("mail");
        let signed = self.speech.with("dossiers-mail-frame", &self.values(&text));
        Message { key, to: to.to_owned(), subject: self.say("subject"), text: signed }
    }

    /// Short messages carry no diacritics: some telephones and gateways lose them.
    fn short(&self, key: String, to: &str) -> Message {
        let text = plain_letters(&self.say("sms"));
        Message { key, to: to.to_owned(), subject: self.say("subject"), text }
    }

    fn say(&self, part: &str) -> String {
        let key = format!("dossiers-tell-{}-{part}", self.event.kind.word());
        self.speech.with(&key, &self.values(""))
    }

    fn values(&self, text: &str) -> Vec<(&'static str, Word)> {
        let dossier = self.dossier;
        let due = dossier.due.as_ref().map(|due| self.speech.weekday_date_time(due.at));
        let answer = match self.event.kind {
            EventKind::Sent => dossier.answer_due_at,
            _ => Some(dossier.next_at),
        };
        let answer = answer.map(|at| self.speech.weekday_date_time(at));
        let address = format!("{}/ho-so/{}", self.ctx.settings.public_address, dossier.id);
        let track = format!("{}/tra-cuu", self.ctx.settings.public_address);
        vec![
            ("name", Word::from(&dossier.applicant.name)),
            ("number", Word::from(dossier.known_as())),
            ("procedure", Word::from(&dossier.procedure.name)),
            ("due", Word::from(due.unwrap_or_default())),
            ("until", Word::from(answer.unwrap_or_default())),
            ("reason", Word::from(&self.event.told)),
            ("address", Word::from(address)),
            ("track", Word::from(track)),
            ("text", Word::from(text)),
        ]
    }
}

/// "Hồ sơ đã được tiếp nhận" → "Ho so da duoc tiep nhan".
fn plain_letters(text: &str) -> String {
    let bare = text.nfd().filter(|letter| !is_combining_mark(*letter));
    bare.map(|letter| match letter {
        'đ' => 'd',
        'Đ' => 'D',
        other => other,
    })
    .collect()
}

#[derive(Deserialize)]
struct SlipToPrint {
    slip: Uuid,
}

async fn print_slip(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let SlipToPrint { slip } = job.read()?;
    Ok(signatures::submit_slip(&ctx, slip).await?)
}

#[derive(Deserialize)]
struct ResultToPrint {
    dossier: Uuid,
}

async fn print_result(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let ResultToPrint { dossier } = job.read()?;
    signatures::submit_result(&ctx, DossierId(dossier)).await?;
    Ok(())
}

async fn slip_signed(ctx: Ctx, job: Job) -> Result<(), JobError> {
    Ok(signatures::slip_ended(&ctx, job.read()?).await?)
}

async fn result_signed(ctx: Ctx, job: Job) -> Result<(), JobError> {
    Ok(signatures::result_ended(&ctx, job.read()?).await?)
}

/// Forgotten drafts and their files, old guesses; and how much is overdue in each unit.
async fn tidy(ctx: Ctx, _job: Job) -> Result<(), JobError> {
    let now = ctx.clock.now();
    let long_ago = before(now, KEPT_DAYS * 24);
    loop {
        let done: Result<usize, Refusal> = ctx
            .store
            .write(move |tx| {
                let forgotten = store::draft::forgotten(tx, long_ago)?;
                for id in &forgotten {
                    if let Some(draft) = store::draft::one(tx, *id)? {
                        draft::throw_away(tx, &draft, now)?;
                    }
                }
                Ok(forgotten.len())
            })
            .await;
        if done? == 0 {
            break;
        }
    }
    let counted: Result<(), Refusal> = ctx
        .store
        .write(move |tx| {
            store::track::sweep(tx, before(now, TRIES_KEPT_HOURS))?;
            for (unit, overdue) in store::queue::overdue_by_unit(tx, now)? {
                let code = unit_code(tx, organisations::UnitId(unit))?;
                figures::set(tx, "dossiers.overdue", &[("unit", &code)], now, overdue)?;
            }
            Ok(())
        })
        .await;
    Ok(counted?)
}

fn before(now: Timestamp, hours: i64) -> Timestamp {
    let earlier = now.to_zoned(VIETNAM).checked_sub(hours.hours());
    earlier.map(|at| at.timestamp()).unwrap_or(now)
}

/// What cannot be read now may be read later; what the press refuses it refuses again.
impl From<Refusal> for JobError {
    fn from(refusal: Refusal) -> JobError {
        match refusal {
            Refusal::Press(PressError::Refused(why)) => JobError::Dead(why),
            refusal => JobError::Retry(refusal.to_string()),
        }
    }
}
