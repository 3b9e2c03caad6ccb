//! A round with one link: what it has for us is fetched, what waits for it is handed over. One
//! process at a time holds a link, for as long as it says so.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use platform::Ctx;
use tokio::time::{Instant, interval_at};
use uuid::Uuid;

use super::links::peer_of;
use super::{feeding, fetching};
use crate::link::{CodeMap, Health, Link};
use crate::peer::{Peer, PeerFault};
use crate::refusal::Refusal;
use crate::store::{link_traffic, links as store};
use platform::clock::local;
use platform::store::StoreError;
use wire::vxp::MessageType;

/// Whoever is silent for so long has lost the link to the next.
const HOLD: SignedDuration = SignedDuration::from_secs(12);
const HEARTBEAT: Duration = Duration::from_secs(4);
/// How often the list of agencies is read.
const AGENCIES_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Another process is at it.
    pub is_held: bool,
    pub taken: usize,
    pub refused: usize,
    pub sent: usize,
    pub failed: usize,
}

/// All that a round needs at hand.
pub(crate) struct Visit<'a> {
    pub ctx: &'a Ctx,
    pub link: &'a Link,
    pub peer: Peer,
    pub codes: CodeMap,
}

/// Why a round ended early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stop {
    /// The other axis: everything else waits for the next round.
    #[error(transparent)]
    Peer(#[from] PeerFault),
    #[error(transparent)]
    Here(#[from] Refusal),
    #[error("another process has the link")]
    Lost,
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Stop {
        Stop::Here(Refusal::from(error))
    }
}

/// One round; how the other axis stood is kept.
///
/// # Errors
/// Only what is wrong here: another axis in trouble is its health, not an error.
pub async fn run(ctx: &Ctx, id: Uuid) -> Result<Round, Refusal> {
    let holder = ctx.ids.next();
    let Some(link) = take_hold(ctx, (id, holder)).await? else {
        return Ok(Round { is_held: true, ..Round::default() });
    };
    let mut round = Round::default();
    let ended = tokio::select! {
        ended = visit(ctx, &link, &mut round) => ended,
        stop = hold_on(ctx, (id, holder)) => Err(stop),
    };
    let_go(ctx, (&link, holder), &ended).await?;
    match ended {
        Err(Stop::Here(refusal)) => Err(refusal),
        _ => Ok(round),
    }
}

async fn visit(ctx: &Ctx, link: &Link, round: &mut Round) -> Result<(), Stop> {
    let (id, today) = (link.id, local(ctx.clock.now()).date());
    let pairs = ctx.store.read::<_, StoreError, _>(move |tx| store::codes(tx, id)).await?;
    let codes = CodeMap::on(pairs, today);
    let visit = Visit { ctx, link, peer: peer_of(ctx, link)?, codes };
    // What we owe goes first: a list that does not come must not hold it up.
    let fed = feeding::feed(&visit, round).await;
    if let Err(Stop::Peer(fault)) = &fed
        && fault.is_of_link()
    {
        return fed;
    }
    for kind in [MessageType::Edoc, MessageType::Status] {
        fetching::fetch(&visit, kind, round).await?;
    }
    fed?;
    read_agencies(&visit).await
}

/// For information: nothing is decided by it.
async fn read_agencies(visit: &Visit<'_>) -> Result<(), Stop> {
    let (id, now) = (visit.link.id, visit.ctx.clock.now());
    if visit.link.agencies_at.is_some_and(|at| now < at + AGENCIES_EVERY) {
        return Ok(());
    }
    let agencies = visit.peer.agencies(now).await?;
    let unit =
        move |tx: &mut platform::store::Tx| link_traffic::put_agencies(tx, id, (&agencies, now));
    Ok(visit.ctx.store.write::<_, StoreError, _>(unit).await?)
}

async fn take_hold(ctx: &Ctx, (id, holder): (Uuid, Uuid)) -> Result<Option<Link>, Refusal> {
    let now = ctx.clock.now();
    ctx.store
        .write(move |tx| match store::hold(tx, (id, holder), (now, now + HOLD))? {
            true => Ok(store::one(tx, id)?),
            false => Ok(None),
        })
        .await
}

/// Says that it is still at it, until it may not be any more.
async fn hold_on(ctx: &Ctx, (id, holder): (Uuid, Uuid)) -> Stop {
    let mut heartbeat = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
    loop {
        heartbeat.tick().await;
        let until = ctx.clock.now() + HOLD;
        let kept: Result<bool, StoreError> =
            ctx.store.write(move |tx| store::hold_on(tx, (id, holder), until)).await;
        match kept {
            Ok(true) => {}
            Ok(false) => return Stop::Lost,
            // The hold outlives two missed heartbeats.
            Err(error) => tracing::warn!(link = %id, %error, "no heartbeat"),
        }
    }
}

async fn let_go(
    ctx: &Ctx,
    (link, holder): (&Link, Uuid),
    ended: &Result<(), Stop>,
) -> Result<(), Refusal> {
    let end = round_end(link, ended, ctx.clock.now());
    if let Err(stop) = ended {
        tracing::warn!(link = %link.id, name = link.name, %stop, "a round with a link ended early");
    }
    let (id, before) = (link.id, link.clone());
    let ctx_of = ctx.clone();
    ctx.store
        .write(move |tx| {
            if store::let_go(tx, (id, holder), &end)? {
                feeding::tell_trouble(tx, &ctx_of, (&before, &end))?;
            }
            Ok(())
        })
        .await
}

fn round_end(link: &Link, ended: &Result<(), Stop>, now: Timestamp) -> store::RoundEnd {
    let (health, detail, failures) = match ended {
        Ok(()) => (Health::Well, String::new(), 0),
        Err(Stop::Peer(fault)) => (fault.health(), fault.to_string(), link.failures + 1),
        // Nothing is known about the other axis.
        Err(_) => (link.health, link.health_detail.clone(), link.failures),
    };
    let pause = match ended {
        Err(Stop::Peer(_)) => link.pause_after_failures(failures),
        _ => link.pause(),
    };
    store::RoundEnd { health, detail, at: now, failures, next_at: now + pause }
}
