//! What becomes of a certificate: suspended, put in force again, revoked.
//!
//! Whoever administers the holder's unit suspends and revokes alone, because that cannot wait; to
//! put in force again takes whoever approves.
//!
//! Law: NĐ 68/2024/NĐ-CP

use identity::{Actor, Right};
use jiff::Timestamp;
use platform::Ctx;
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;
use wire::pki::crl::Reason;

use super::Scribe;
use crate::certificate::{Certificate, State, reason_code};
use crate::refusal::Refusal;
use crate::revocation;
use crate::store::certificates::{self, Change};

/// What is done to a certificate.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    Suspend,
    Resume,
    Revoke {
        reason: Reason,
        /// Since when the key may be in other hands.
        invalid_since: Option<Timestamp>,
    },
}

impl Turn {
    fn verb(&self) -> &'static str {
        match self {
            Turn::Suspend => "trust.suspend",
            Turn::Resume => "trust.resume",
            Turn::Revoke { .. } => "trust.revoke",
        }
    }
}

/// Does it, and signs the list of revoked certificates anew before it answers.
pub async fn turn(ctx: &Ctx, actor: &Actor, (id, to): (Uuid, Turn)) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    let authority = ctx
        .store
        .write::<_, Refusal, _>(move |tx| {
            let one = certificates::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            may(tx, &actor, &one, &to)?;
            let authority = one.authority.ok_or(Refusal::NotOurs)?;
            let change = change(&one, &to, scribe.now)?;
            note_state(tx, &scribe, (&one, &change), to.verb())?;
            Ok(authority)
        })
        .await?;
    revocation::rebuild(ctx, authority).await
}

fn may(tx: &mut Tx, actor: &Actor, one: &Certificate, to: &Turn) -> Result<(), Refusal> {
    let Some(unit) = one.unit else {
        // An authority's own: whoever decides for the whole installation.
        let everywhere = actor.has_everywhere(Right::ApproveCertificates);
        return if everywhere { Ok(()) } else { Err(Refusal::Nothing) };
    };
    let manages = actor.authority(tx, Right::ManageCertificates, unit)?.is_some();
    let approves = actor.authority(tx, Right::ApproveCertificates, unit)?.is_some();
    let may = if *to == Turn::Resume { approves } else { manages || approves };
    if may { Ok(()) } else { Err(Refusal::Nothing) }
}

fn change(one: &Certificate, to: &Turn, now: Timestamp) -> Result<Change, Refusal> {
    if one.state == State::Revoked {
        return Err(Refusal::RevokedAlready);
    }
    let hold = Some(i64::from(Reason::Hold.code()));
    match to {
        Turn::Suspend if one.is_usable(now) => {
            Ok(Change { state: State::Suspended, since: now, reason: hold, invalid_since: None })
        }
        Turn::Suspend => Err(Refusal::NotInForce),
        Turn::Resume if one.state == State::Suspended => {
            Ok(Change { state: State::Good, since: now, reason: None, invalid_since: None })
        }
        Turn::Resume => Err(Refusal::NotSuspended),
        Turn::Revoke { invalid_since: Some(since), .. } if *since > now => {
            Err(Refusal::SinceInFuture)
        }
        Turn::Revoke { reason, invalid_since } => Ok(Change {
            state: State::Revoked,
            since: now,
            reason: Some(i64::from(reason.code())),
            invalid_since: *invalid_since,
        }),
    }
}

/// Writes the change and its audit row.
pub(crate) fn note_state(
    tx: &mut Tx,
    scribe: &Scribe,
    (one, change): (&Certificate, &Change),
    verb: &'static str,
) -> Result<(), Refusal> {
    if !certificates::set_state(tx, one, change)? {
        return Err(Refusal::ChangedMeanwhile);
    }
    let reason = change.reason.and_then(|code| u64::try_from(code).ok());
    let reason = reason.and_then(Reason::of_code).map(reason_code);
    let detail = json!({ "serial": one.serial, "reason": reason });
    Ok(scribe.note_over(tx, one.unit, (verb, format!("certificate:{}", one.id)), detail)?)
}
