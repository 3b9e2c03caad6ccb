//! What other authorities say about their certificates: wanted when a verdict lacks it, fetched by
//! a job, kept as long as somebody wants it.
//!
//! A stranger's file never makes the site ask anybody at once, and never an address of his choice:
//! wanted is only what a path to a believed anchor vouches for. Lists are preferred, because one
//! tells about all certificates of its issuer; a responder is asked where no list is to be had.
//! All of it is bounded: how many are wanted, how much is kept, how long, how often one is asked,
//! and which hosts ([`platform::outside::reach`]). Nothing of it is a decision, so it has no audit
//! rows; whom the installation believes has.

use futures_util::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use platform::Ctx;
use platform::hex::to_hex;
use platform::jobs::{self, NewJob};
use platform::store::{StoreError, Tx};
use wire::algorithm::Digest;
use wire::pki::certificate::Certificate as X509;
use wire::pki::path::{self, Demand};

use crate::believing::believed;
use crate::clockwork::{no_client, read_address};
use crate::evidence::{Gathered, Gatherer, Silence, Told};
use crate::refusal::Refusal;
use crate::store::evidence::{self as store, Got, Kept};
use crate::store::register;
use crate::verdict::{Policy, Wanted};
use platform::outside::reach::Reach;

/// The job that asks.
pub(crate) const FETCH: &str = "trust.fetch-evidence";

/// Wanted at once; beyond that, what nobody wanted for longest is forgotten.
const ROWS_MAX: i64 = 2_000;
const KEPT_BYTES_MAX: i64 = 256 << 20;
/// Handed to one verdict.
const HELD_BYTES_MAX: i64 = 32 << 20;
const CERTIFICATE_BYTES_MAX: usize = 16 << 10;
/// Asked again by itself only so long after somebody wanted it.
const WANTED_DAYS: i64 = 7;
const KEPT_DAYS: i64 = 30;
/// Of one run of the job, and how many of them side by side.
const ASKED_A_ROUND: i64 = 16;
const ROUNDS_MAX: usize = 8;
const ASKED_AT_ONCE: usize = 4;
/// One process has so long before another may ask the same.
const TURN: SignedDuration = SignedDuration::from_mins(10);
/// Never more often than this, and at least this often.
const PAUSE_MIN: SignedDuration = SignedDuration::from_mins(30);
const PAUSE_MAX: SignedDuration = SignedDuration::from_hours(24);
const PAUSE_AFTER_SILENCE: SignedDuration = SignedDuration::from_mins(5);
const PAUSE_AFTER_SILENCE_MAX: SignedDuration = SignedDuration::from_hours(12);
/// How far clocks may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(5);
/// Certificates of the register whose issuers' lists are kept at hand.
const EXPECTED_MAX: i64 = 5_000;

pub(crate) const LIST: &str = "list";
const ANSWER: &str = "answer";

/// Whether a verdict may know more in a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outlook {
    /// Nothing is missing, or nobody could be asked.
    Nothing,
    /// It is asked within minutes.
    Soon,
    /// It was asked, and whoever should know does not answer.
    Silent,
}

impl Outlook {
    pub fn code(self) -> &'static str {
        match self {
            Outlook::Nothing => "nothing",
            Outlook::Soon => "soon",
            Outlook::Silent => "silent",
        }
    }
}

/// What is kept about these.
pub(crate) fn held(tx: &mut Tx, wanted: &[Wanted]) -> Result<Gathered, StoreError> {
    let mut held = Gathered::default();
    let (mut left, mut seen) = (HELD_BYTES_MAX, Vec::new());
    for subject in wanted.iter().flat_map(subjects) {
        if seen.contains(&subject.id) {
            continue;
        }
        if let Some(der) = store::der(tx, &subject.id, left)? {
            left -= i64::try_from(der.len()).unwrap_or(left);
            if subject.kind == LIST { held.crls.push(der) } else { held.ocsp.push(der) }
        }
        seen.push(subject.id);
    }
    Ok(held)
}

/// Remembers what a verdict lacks, and has it asked for by a job.
pub(crate) async fn want(ctx: &Ctx, wanted: &[Wanted]) -> Result<Outlook, StoreError> {
    if wanted.is_empty() {
        return Ok(Outlook::Nothing);
    }
    let (wanted, now, ids) = (wanted.to_vec(), ctx.clock.now(), ctx.ids.clone());
    ctx.store
        .write::<_, StoreError, _>(move |tx| {
            let reach = reach(tx)?;
            let mut outlook = Outlook::Nothing;
            for one in &wanted {
                outlook = outlook.max(want_one(tx, one, (&reach, now))?);
            }
            if outlook != Outlook::Nothing {
                jobs::enqueue(tx, &run(ids.next(), now))?;
            }
            Ok(outlook)
        })
        .await
}

fn run(id: uuid::Uuid, run_at: Timestamp) -> NewJob {
    let payload = serde_json::json!({});
    NewJob { id, kind: FETCH, payload, run_at, key: Some("due".to_owned()) }
}

fn reach(tx: &mut Tx) -> Result<Reach, StoreError> {
    let hosts = store::hosts(tx)?.into_iter().map(|one| one.host);
    Ok(Reach::PublicAnd(hosts.collect()))
}

fn want_one(
    tx: &mut Tx,
    wanted: &Wanted,
    (reach, now): (&Reach, Timestamp),
) -> Result<Outlook, StoreError> {
    let mut outlook = Outlook::Nothing;
    for subject in subjects(wanted).into_iter().filter(|one| one.is_within(reach)) {
        let Some(kept) = store::known(tx, &subject.id)? else {
            remember(tx, &subject, now)?;
            return Ok(Outlook::Soon);
        };
        store::want(tx, &subject.id, now)?;
        if kept.fault.is_some() {
            outlook = Outlook::Silent;
        } else if !kept.is_fresh(now) {
            store::hurry(tx, &subject.id, now)?;
            return Ok(Outlook::Soon);
        }
        // It failed, or it is there and does not decide: what else could be asked?
    }
    Ok(outlook)
}

fn remember(tx: &mut Tx, subject: &Subject<'_>, now: Timestamp) -> Result<(), StoreError> {
    while store::count(tx)? >= ROWS_MAX && store::let_go(tx, "")?.is_some() {}
    let Wanted { certificate, issuer } = subject.wanted;
    let ders = (certificate.der(), issuer.der());
    store::remember(tx, (&subject.id, subject.kind), ders, now)
}

/// One thing to ask for.
struct Subject<'w> {
    id: String,
    kind: &'static str,
    wanted: &'w Wanted,
    addresses: Vec<String>,
}

impl Subject<'_> {
    fn is_within(&self, reach: &Reach) -> bool {
        self.addresses.iter().any(|address| reach.allows(address))
    }
}

/// The list that would tell, then the answer. None for a certificate longer than any real one.
fn subjects(wanted: &Wanted) -> Vec<Subject<'_>> {
    let (certificate, issuer) = (&wanted.certificate, &wanted.issuer);
    if certificate.der().len().max(issuer.der().len()) > CERTIFICATE_BYTES_MAX {
        return Vec::new();
    }
    let lists: Vec<String> =
        certificate.extensions.crl_addresses().filter_map(read_address).collect();
    let responders: Vec<String> =
        certificate.extensions.ocsp_addresses().filter_map(read_address).collect();
    let above = issuer.fingerprint();
    let list = [to_hex(&above), lists.join("\n")].join("\n");
    let answer = [ANSWER.as_bytes(), &above, &certificate.fingerprint()].concat();
    let subject = |kind, about: &[u8], addresses| Subject {
        id: to_hex(&Digest::Sha256.of(about)),
        kind,
        wanted,
        addresses,
    };
    let all = [subject(LIST, list.as_bytes(), lists), subject(ANSWER, &answer, responders)];
    all.into_iter().filter(|one| !one.addresses.is_empty()).collect()
}

impl Kept {
    /// Whether it speaks about the present.
    pub(crate) fn is_fresh(&self, now: Timestamp) -> bool {
        self.this_update.is_some_and(|made| now < end_of(made, self.next_update))
    }

    pub(crate) fn wanted(&self) -> Option<Wanted> {
        let certificate = X509::read(&self.certificate).ok()?;
        Some(Wanted { certificate, issuer: X509::read(&self.issuer).ok()? })
    }
}

/// Where it is asked for first.
pub(crate) fn address_of(kept: &Kept, wanted: &Wanted) -> String {
    let subjects = subjects(wanted);
    let own = subjects.into_iter().find(|one| one.kind == kept.kind);
    own.and_then(|one| one.addresses.into_iter().next()).unwrap_or_default()
}

/// Asks for all that is due, a bounded part of it at a time; answers with how much was got.
pub(crate) async fn fetch_due(ctx: &Ctx) -> Result<usize, Refusal> {
    let old = ctx.clock.now() - SignedDuration::from_hours(24 * KEPT_DAYS);
    let reach = ctx
        .store
        .write::<_, StoreError, _>(move |tx| {
            store::forget_old(tx, old)?;
            reach(tx)
        })
        .await?;
    let gatherer = Gatherer::within(reach).map_err(no_client)?;
    let mut got = 0;
    for _ in 0..ROUNDS_MAX {
        let due = claim(ctx).await?;
        if due.is_empty() {
            break;
        }
        let now = ctx.clock.now();
        let mut asked =
            stream::iter(due).map(|one| ask(&gatherer, one, now)).buffer_unordered(ASKED_AT_ONCE);
        while let Some((one, answer)) = asked.next().await {
            got += usize::from(answer.is_ok());
            keep(ctx, one, answer).await?;
        }
    }
    Ok(got)
}

async fn claim(ctx: &Ctx) -> Result<Vec<Kept>, StoreError> {
    let now = ctx.clock.now();
    let since = now - SignedDuration::from_hours(24 * WANTED_DAYS);
    ctx.store
        .write::<_, StoreError, _>(move |tx| {
            let mut mine = Vec::new();
            for one in store::due(tx, (now, since), ASKED_A_ROUND)? {
                if store::claim(tx, &one, now + TURN)? {
                    mine.push(one);
                }
            }
            Ok(mine)
        })
        .await
}

async fn ask(gatherer: &Gatherer, one: Kept, now: Timestamp) -> (Kept, Result<Got, Silence>) {
    let Some(wanted) = one.wanted() else { return (one, Err(Silence::NoAddress)) };
    let told = match one.kind == LIST {
        true => gatherer.list(&wanted).await,
        false => gatherer.status(&wanted).await,
    };
    (one, told.and_then(|told| of_today(told, now)))
}

fn of_today(told: Told, now: Timestamp) -> Result<Got, Silence> {
    let Told { der, this_update, next_update } = told;
    let end = end_of(this_update, next_update);
    if end + SKEW < now || this_update > now + SKEW {
        return Err(Silence::Stale);
    }
    let ask_at = next_turn(now, (this_update, end));
    Ok(Got { der, this_update, next_update, ask_at })
}

/// Until when it speaks about the present: a day, where it does not say.
fn end_of(made: Timestamp, next_update: Option<Timestamp>) -> Timestamp {
    next_update.unwrap_or(made + SignedDuration::from_hours(24))
}

/// Somewhat before its end, within reason.
fn next_turn(now: Timestamp, (made, end): (Timestamp, Timestamp)) -> Timestamp {
    let margin = (end.duration_since(made) / 10).min(SignedDuration::from_hours(1));
    (end - margin).clamp(now + PAUSE_MIN, now + PAUSE_MAX)
}

async fn keep(ctx: &Ctx, one: Kept, answer: Result<Got, Silence>) -> Result<(), StoreError> {
    let now = ctx.clock.now();
    ctx.store
        .write::<_, StoreError, _>(move |tx| match &answer {
            Ok(got) => {
                make_room(tx, &one.id, got.der.len())?;
                if store::take(tx, &one.id, got)? {
                    return Ok(());
                }
                fail(tx, (&one, Silence::Stale), now)
            }
            Err(silence) => {
                fail(tx, (&one, *silence), now)?;
                // No list is to be had: the responder may tell about this one certificate.
                let wanted = one.wanted().filter(|_| one.kind == LIST);
                let subjects = wanted.as_ref().map(subjects).unwrap_or_default();
                for subject in subjects.iter().filter(|other| other.kind == ANSWER) {
                    remember(tx, subject, one.wanted_at)?;
                }
                Ok(())
            }
        })
        .await
}

fn fail(tx: &mut Tx, (one, silence): (&Kept, Silence), now: Timestamp) -> Result<(), StoreError> {
    let doubled = 1_i32 << one.tries.clamp(0, 10);
    let pause = (PAUSE_AFTER_SILENCE * doubled).min(PAUSE_AFTER_SILENCE_MAX);
    store::fail(tx, &one.id, (now + pause, silence.code()))
}

fn make_room(tx: &mut Tx, id: &str, bytes: usize) -> Result<(), StoreError> {
    let mut sum = store::bytes_beside(tx, id)? + i64::try_from(bytes).unwrap_or(KEPT_BYTES_MAX);
    while sum > KEPT_BYTES_MAX {
        let Some(freed) = store::let_go(tx, id)? else { break };
        sum -= freed;
    }
    Ok(())
}

/// The lists of whoever issued the certificates of our own people elsewhere are kept at hand before
/// anybody asks.
pub(crate) async fn expect(ctx: &Ctx) -> Result<Outlook, StoreError> {
    let now = ctx.clock.now();
    let (believed, ders) = ctx
        .store
        .read::<_, StoreError, _>(move |tx| {
            Ok((believed(tx)?, register::foreign(tx, now, EXPECTED_MAX)?))
        })
        .await?;
    let finding = tokio::task::spawn_blocking(move || {
        let demand = Demand { purposes: Policy::default().purposes, ..Demand::default() };
        let mut seen = Vec::new();
        let mut wanted: Vec<Wanted> = Vec::new();
        for one in ders.iter().filter_map(|der| X509::read(der).ok()) {
            let told_by = (one.issuer.clone(), one.extensions.crl_points.clone());
            if seen.contains(&told_by) {
                continue;
            }
            seen.push(told_by);
            let question = path::Question {
                target: &one,
                pool: &believed.certificates,
                anchors: &believed.anchors,
                at: now,
                demand: &demand,
            };
            let Ok(path) = path::find(&question) else { continue };
            let below = path.certificates.iter().enumerate();
            let below = below.filter(|(_, one)| **one != path.anchor.certificate);
            wanted.extend(below.map(|(place, one)| Wanted {
                certificate: one.clone(),
                issuer: path.issuer(place).clone(),
            }));
        }
        wanted
    });
    let wanted = finding.await.unwrap_or_default();
    want(ctx, &wanted).await
}
