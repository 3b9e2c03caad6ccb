//! What is done later with what came in: signatures judged, people told, deadlines kept in mind.

use axis::Arrived;
use identity::AccountId;
use jiff::{SignedDuration, Timestamp};
use organisations::UnitId;
use platform::clock::local;
use platform::jobs::{self, Every, Job, JobError, JobKind, NewJob, Schedule};
use platform::outside::Message;
use platform::store::{StoreError, Tx};
use platform::words::Word;
use platform::{Ctx, figures};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::absence::Absence;
use crate::alarms;
use crate::change::Change;
use crate::commands::incoming::{arriving, judging};
use crate::document::IncomingId;
use crate::incoming::{Incoming, State};
use crate::outgoing::Outgoing;
use crate::refusal::Refusal;
use crate::store::{incoming, tasks};
use crate::task::Task;
use crate::work_dossier::WorkDossier;

/// By which the axis tells a desk.
pub(crate) const ARRIVED: &str = "office.arrived";
const JUDGE: &str = "office.judge";
const NOTICE: &str = "office.notice";
const REMIND: &str = "office.remind";
/// The gauge of documents that wait to be taken in, by unit.
pub(crate) const WAITING: &str = "office.waiting";
const LATE: &str = "office.late-tasks";

pub(crate) fn kinds() -> Vec<JobKind> {
    vec![
        JobKind { kind: ARRIVED, run: |ctx, job| Box::pin(arrived(ctx, job)) },
        JobKind { kind: JUDGE, run: |ctx, job| Box::pin(judge_now(ctx, job)) },
        JobKind { kind: NOTICE, run: |ctx, job| Box::pin(notice(ctx, job)) },
        JobKind { kind: REMIND, run: |ctx, job| Box::pin(remind(ctx, job)) },
    ]
}

pub(crate) fn schedules() -> Vec<Schedule> {
    vec![Schedule { kind: REMIND, every: Every::DailyAt { hour: 7, minute: 30 } }]
}

/// What a notice is about: told by its subject and where it is found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct About {
    pub title: String,
    pub path: String,
    pub due_on: Option<jiff::civil::Date>,
    /// Express at a set time: by when.
    #[serde(default)]
    pub at: Option<Timestamp>,
}

impl About {
    pub fn incoming(one: &Incoming) -> About {
        let path = format!("{}/{}", crate::INCOMING, one.id);
        About { title: one.subject.clone(), path, due_on: one.due_on, at: one.express_at }
    }

    pub fn outgoing(one: &Outgoing) -> About {
        let path = format!("{}/{}", crate::HERE, one.id);
        About { title: one.subject.clone(), path, due_on: one.due_on, at: one.express_at }
    }

    pub fn task(task: &Task) -> About {
        let path = format!("{}/{}", crate::TASKS, task.id);
        About { title: task.title.clone(), path, due_on: task.due_on, at: None }
    }

    pub fn absence(absence: &Absence) -> About {
        let path = format!("{}/vang-mat", crate::TASKS);
        About { title: absence.name.clone(), path, due_on: Some(absence.last_day), at: None }
    }

    pub fn work_dossier(one: &WorkDossier) -> About {
        let path = format!("/can-bo/ho-so-cong-viec/{}", one.id.0);
        About { title: one.title.clone(), path, due_on: one.archive_due_on, at: None }
    }

    pub fn tasks(_: UnitId) -> About {
        About { title: String::new(), path: crate::TASKS.to_owned(), due_on: None, at: None }
    }
}

#[derive(Serialize, Deserialize)]
struct Notice {
    account: Uuid,
    what: String,
    about: About,
}

/// Tells somebody at their proved address, later; their page of tasks shows it at once.
pub(crate) fn tell(
    tx: &mut Tx,
    ctx: &Ctx,
    (account, what): (Uuid, &'static str),
    about: About,
) -> Result<(), StoreError> {
    let payload = json!(Notice { account, what: what.to_owned(), about });
    let (id, run_at) = (ctx.ids.next(), ctx.clock.now());
    jobs::enqueue(tx, &NewJob { id, kind: NOTICE, payload, run_at, key: None })
}

/// Urgent documents do not wait until a clerk looks.
pub(crate) fn tell_clerks(tx: &mut Tx, ctx: &Ctx, one: &Incoming) -> Result<(), StoreError> {
    count(tx, one.unit, ctx.clock.now())?;
    alarms::watch_incoming(tx, ctx, one)?;
    if !one.urgency.is_urgent() {
        return Ok(());
    }
    for account in clerks(tx, ctx, one.unit)? {
        tell(tx, ctx, (account, "urgent"), About::incoming(one))?;
    }
    Ok(())
}

pub(crate) fn tell_clerks_of_change(
    tx: &mut Tx,
    ctx: &Ctx,
    change: &Change,
) -> Result<(), StoreError> {
    for account in clerks(tx, ctx, change.unit)? {
        let path = format!("{}/yeu-cau/{}", crate::INCOMING, change.id);
        let about = About { title: change.from_name.clone(), path, due_on: None, at: None };
        tell(tx, ctx, (account, "change"), about)?;
    }
    Ok(())
}

pub(crate) fn clerks(tx: &mut Tx, ctx: &Ctx, unit: UnitId) -> Result<Vec<Uuid>, StoreError> {
    let today = local(ctx.clock.now()).date();
    let found = identity::queries::holders(tx, unit, identity::Role::DocumentClerk, today)?;
    Ok(found.into_iter().map(|(account, _)| account.0).collect())
}

/// How much waits to be taken in, for the menu.
pub(crate) fn count(tx: &mut Tx, unit: UnitId, now: Timestamp) -> Result<(), StoreError> {
    let waiting = incoming::count_in_state(tx, unit, State::Arrived)?;
    let Some(known) = organisations::queries::unit(tx, unit)? else { return Ok(()) };
    figures::set(tx, WAITING, &[("unit", known.code.as_str())], now, waiting)
}

#[derive(Serialize, Deserialize)]
struct ToJudge {
    incoming: Uuid,
    #[serde(default)]
    round: u32,
}

/// Looks at the signatures of what is kept, once it is kept.
pub(crate) fn judge(tx: &mut Tx, ctx: &Ctx, id: IncomingId) -> Result<(), StoreError> {
    judge_in(tx, ctx, ToJudge { incoming: id.0, round: 0 }, SignedDuration::ZERO)
}

fn judge_in(
    tx: &mut Tx,
    ctx: &Ctx,
    what: ToJudge,
    pause: SignedDuration,
) -> Result<(), StoreError> {
    let run_at = ctx.clock.now() + pause;
    let job = NewJob { id: ctx.ids.next(), kind: JUDGE, payload: json!(what), run_at, key: None };
    jobs::enqueue(tx, &job)
}

async fn arrived(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let told: Arrived = job.read()?;
    match arriving::arrived(&ctx, told).await {
        Err(Refusal::Work(fault)) => {
            arriving::failed(&ctx, told, &fault.to_string()).await?;
            Err(JobError::Dead(fault.to_string()))
        }
        done => Ok(done?),
    }
}

/// Others' word about revocation may come later: then it is looked at again, some times.
async fn judge_now(ctx: Ctx, job: Job) -> Result<(), JobError> {
    const ROUNDS_MAX: u32 = 5;
    let ToJudge { incoming, round } = job.read()?;
    let more = judging::judge(&ctx, IncomingId(incoming)).await?;
    if !more || round >= ROUNDS_MAX {
        return Ok(());
    }
    let house = ctx.clone();
    let again = move |tx: &mut Tx| {
        let next = ToJudge { incoming, round: round + 1 };
        judge_in(tx, &house, next, SignedDuration::from_mins(10))
    };
    Ok(ctx.store.write(again).await?)
}

async fn notice(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let Notice { account, what, about } = job.read()?;
    let id = AccountId(account);
    let found = ctx.store.read(move |tx| identity::queries::account(tx, id)).await?;
    let Some(account) = found else { return Ok(()) };
    let speech = ctx.words.speak(account.locale);
    let due = about.due_on.map(|due| speech.date(due)).unwrap_or_default();
    let at = about.at.map(|at| speech.date_time(at)).unwrap_or_default();
    let words = [
        ("title", Word::from(about.title)),
        ("address", Word::from(format!("{}{}", ctx.settings.public_address, about.path))),
        ("due", Word::from(due)),
        ("at", Word::from(at)),
    ];
    let text = speech.with(&format!("office-tell-{what}"), &words);
    let (key, subject) = (format!("office:notice:{}", job.id), speech.t("office-tell-subject"));
    if let Some(email) = &account.email {
        let to = email.as_str().to_owned();
        ctx.outside.mail.send(Message { key, to, subject, text }).await?;
    } else if let Some(phone) = &account.phone {
        let to = phone.international();
        ctx.outside.sms.send(Message { key, to, subject, text }).await?;
    }
    // Who has neither sees it on the page of tasks.
    Ok(())
}

/// Every morning: what is due on the next working day, and what is overdue since yesterday.
async fn remind(ctx: Ctx, _: Job) -> Result<(), JobError> {
    let mut after = Uuid::nil();
    loop {
        let house = ctx.clone();
        let last = ctx.store.write(move |tx| remind_some(tx, &house, after)).await?;
        match last {
            Some(last) => after = last,
            None => break,
        }
    }
    let house = ctx.clone();
    let counted = ctx.store.write(move |tx| {
        let now = house.clock.now();
        for (unit, late) in tasks::late_by_unit(tx, local(now).date())? {
            if let Some(unit) = organisations::queries::unit(tx, unit)? {
                figures::set(tx, LATE, &[("unit", unit.code.as_str())], now, late)?;
            }
        }
        Ok::<_, StoreError>(())
    });
    Ok(counted.await?)
}

/// A round of them; the last that was looked at, none when there was none.
fn remind_some(tx: &mut Tx, ctx: &Ctx, after: Uuid) -> Result<Option<Uuid>, StoreError> {
    let today = local(ctx.clock.now()).date();
    let soon = tasks::to_remind(tx, today, after)?;
    let late = tasks::to_tell_late(tx, today, after)?;
    let mut all = soon.clone();
    all.extend(late.iter().filter(|id| !soon.contains(id)));
    all.sort_unstable();
    for id in &all {
        let Some(mut task) = tasks::by_id(tx, *id)? else { continue };
        let is_late = task.due_on.is_some_and(|due| due < today);
        let what = if is_late { "late" } else { "soon" };
        tell(tx, ctx, (task.account, what), About::task(&task))?;
        if let Some(giver) = task.given_by.filter(|_| is_late) {
            tell(tx, ctx, (giver, "late-of-others"), About::task(&task))?;
        }
        task.remind_on = None;
        task.is_late_told |= is_late;
        tasks::save(tx, &mut task)?;
    }
    Ok(all.last().map(|id| id.0))
}

/// What can be mended by waiting is tried again; the rest is for a person to look at.
impl From<Refusal> for JobError {
    fn from(refusal: Refusal) -> JobError {
        match refusal {
            Refusal::Nothing | Refusal::Work(_) => JobError::Dead(refusal.to_string()),
            refusal => JobError::Retry(refusal.to_string()),
        }
    }
}
