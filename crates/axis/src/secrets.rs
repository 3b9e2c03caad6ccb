//! Who proves what: the secrets of systems, opened for a moment, and the pace of wrong proofs.
//!
//! A secret is opened from the vault once and kept in memory while its row stays what it was. That
//! is asked again after a second, and at once when this process changed a system. An unknown
//! system costs a caller what a wrong secret does: one look into the store, two keyed hashes.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use platform::Ctx;
use platform::store::StoreError;
use wire::vxp::{ProofFault, Proved, Request};
use zeroize::Zeroizing;

use crate::commands::systems::Drawer;
use crate::commands::{Handover, Reception};
use crate::doorman::Doorman;
use crate::refusal::Refusal;
use crate::setting::Settings;
use crate::store::{settings, systems};
use crate::system::SystemId;
use crate::system_fault::SystemRefusal;

/// So long what is remembered is believed without a look.
const BELIEVED: SignedDuration = SignedDuration::from_secs(1);
/// When a system was last seen is written down once in so long.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Rises with every change of a system in this process.
static CHANGES: AtomicU64 = AtomicU64::new(0);

/// What this process remembers is not believed any more.
pub(crate) fn changed() {
    CHANGES.fetch_add(1, Ordering::SeqCst);
}

/// One for all doors of the axis. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Door(Arc<Inside>);

#[derive(Default)]
struct Inside {
    doorman: Doorman,
    reception: Reception,
    handover: Handover,
    opened: Mutex<HashMap<SystemId, Arc<Opened>>>,
    settings: Mutex<Option<(Timestamp, u64, Settings)>>,
    seen: Mutex<HashMap<SystemId, Timestamp>>,
}

/// The secrets of one system, as its row was at `read_at`.
struct Opened {
    secret: Zeroizing<Vec<u8>>,
    former: Option<(Zeroizing<Vec<u8>>, Timestamp)>,
    is_suspended: bool,
    version: i64,
    read_at: Timestamp,
    changes: u64,
}

/// A system that has proved itself, and what it has said for certain.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub system: SystemId,
    pub said: Proved,
}

impl Door {
    /// Where what comes through it is accepted.
    pub fn reception(&self) -> &Reception {
        &self.0.reception
    }

    /// Where what goes out through it is handed over.
    pub fn handover(&self) -> &Handover {
        &self.0.handover
    }

    /// Who asks, if the request proves it and is of now.
    pub async fn prove(
        &self,
        ctx: &Ctx,
        request: &Request,
        address: IpAddr,
    ) -> Result<Known, Refusal> {
        let now = ctx.clock.now();
        let said = request.system_id().map_err(Refusal::from)?;
        // What no system can be called is counted as one, however many names it has.
        let id = SystemId::parse(said).ok();
        let said = id.as_ref().map_or("", SystemId::as_str);
        if let Some(seconds) = self.0.doorman.wait_seconds(address, said, now) {
            return Err(SystemRefusal::ProofTooOften { seconds }.into());
        }
        let proved = self.believed(ctx, request, id.clone(), now).await;
        let (system, opened, proved) = match proved {
            Ok(proved) => proved,
            Err(refusal) => {
                if matches!(refusal, Refusal::System(SystemRefusal::Proof(ProofFault::Wrong))) {
                    self.0.doorman.failed(address, said, now);
                }
                return Err(refusal);
            }
        };
        self.0.doorman.passed(address, said);
        let hours = self.settings(ctx, now).await?.replay_hours;
        proved.timely(now, SignedDuration::from_hours(hours)).map_err(Refusal::from)?;
        if opened.is_suspended {
            return Err(SystemRefusal::Suspended.into());
        }
        self.note_seen(ctx, &system, now).await;
        Ok(Known { system, said: proved })
    }

    /// First by what is remembered, then by what stands in the store now.
    async fn believed(
        &self,
        ctx: &Ctx,
        request: &Request,
        id: Option<SystemId>,
        now: Timestamp,
    ) -> Result<(SystemId, Arc<Opened>, Proved), Refusal> {
        if let Some(id) = &id
            && let Some(opened) = self.remembered(id, now)
            && let Ok(proved) = opened.prove(request, now)
        {
            return Ok((id.clone(), opened, proved));
        }
        let fresh = self.fresh(ctx, id.clone(), now).await?;
        let proved = match &fresh {
            Some(opened) => opened.prove(request, now),
            None => Opened::decoy(now).prove(request, now).and(Err(ProofFault::Wrong)),
        };
        let proved = proved.map_err(Refusal::from)?;
        id.zip(fresh).map(|(id, opened)| (id, opened, proved)).ok_or(Refusal::Nothing)
    }

    fn remembered(&self, id: &SystemId, now: Timestamp) -> Option<Arc<Opened>> {
        let opened = lock(&self.0.opened).get(id).cloned()?;
        let age = now.duration_since(opened.read_at).abs();
        let is_fresh = age < BELIEVED && opened.changes == CHANGES.load(Ordering::SeqCst);
        is_fresh.then_some(opened)
    }

    /// As its row is now; the vault is asked only when the row is another than was known.
    async fn fresh(
        &self,
        ctx: &Ctx,
        id: Option<SystemId>,
        now: Timestamp,
    ) -> Result<Option<Arc<Opened>>, Refusal> {
        let changes = CHANGES.load(Ordering::SeqCst);
        // A name that nobody could have is looked for like any other.
        let asked = id.clone().or_else(|| SystemId::parse("-").ok()).ok_or(Refusal::Nothing)?;
        let sought = asked.clone();
        let row =
            ctx.store.read::<_, StoreError, _>(move |tx| systems::sealed(tx, &sought)).await?;
        let Some((row, id)) = row.zip(id) else {
            lock(&self.0.opened).remove(&asked);
            return Ok(None);
        };
        let known = lock(&self.0.opened).get(&id).cloned();
        let same = known.filter(|known| known.version == row.version);
        let (secret, former) = match same {
            Some(known) => (known.secret.clone(), known.former.clone()),
            None => open(ctx, &id, &row)?,
        };
        let (is_suspended, version) = (row.suspended_at.is_some(), row.version);
        let opened = Opened { secret, former, is_suspended, version, read_at: now, changes };
        let opened = Arc::new(opened);
        lock(&self.0.opened).insert(id, opened.clone());
        Ok(Some(opened))
    }

    /// The dated configuration as it is today.
    pub async fn settings(&self, ctx: &Ctx, now: Timestamp) -> Result<Settings, Refusal> {
        let changes = CHANGES.load(Ordering::SeqCst);
        if let Some((at, seen, known)) = &*lock(&self.0.settings)
            && now.duration_since(*at).abs() < BELIEVED
            && *seen == changes
        {
            return Ok(known.clone());
        }
        let read = ctx.store.read::<_, StoreError, _>(move |tx| settings::in_force(tx, now));
        let fresh = read.await?;
        *lock(&self.0.settings) = Some((now, changes, fresh.clone()));
        Ok(fresh)
    }

    /// For people who wonder whether a system still comes; that it is not written stops nobody.
    async fn note_seen(&self, ctx: &Ctx, system: &SystemId, now: Timestamp) {
        {
            let mut seen = lock(&self.0.seen);
            let last = seen.get(system);
            if last.is_some_and(|last| now.duration_since(*last).abs() < SEEN_EVERY) {
                return;
            }
            seen.insert(system.clone(), now);
        }
        let id = system.clone();
        let noted = ctx.store.write::<_, StoreError, _>(move |tx| systems::seen(tx, &id, now));
        if let Err(error) = noted.await {
            tracing::warn!(%error, "when a system was last seen is not written down");
        }
    }
}

type Secrets = (Zeroizing<Vec<u8>>, Option<(Zeroizing<Vec<u8>>, Timestamp)>);

fn open(ctx: &Ctx, id: &SystemId, row: &systems::Sealed) -> Result<Secrets, Refusal> {
    let open = |drawer: Drawer, sealed: &[u8]| ctx.vault.open(drawer.place(id), sealed);
    let secret = Zeroizing::new(open(Drawer::Present, &row.secret)?);
    let former = match (&row.former_secret, row.former_until) {
        (Some(sealed), Some(until)) => Some((Zeroizing::new(open(Drawer::Former, sealed)?), until)),
        _ => None,
    };
    Ok((secret, former))
}

impl Opened {
    /// Stands in for a system that nobody entered.
    fn decoy(now: Timestamp) -> Opened {
        let secret = Zeroizing::new(vec![0; 64]);
        Opened { secret, former: None, is_suspended: true, version: 0, read_at: now, changes: 0 }
    }

    /// By the present secret, else by the former one; where there is none, by the present again,
    /// so that the answer takes as long.
    fn prove(&self, request: &Request, now: Timestamp) -> Result<Proved, ProofFault> {
        let former = self.former.as_ref().filter(|(_, until)| *until > now);
        let second = former.map_or(&self.secret, |(secret, _)| secret);
        match request.prove(&self.secret) {
            Err(ProofFault::Wrong) => request.prove(second),
            proved => proved,
        }
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
