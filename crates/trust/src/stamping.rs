//! Our own authority for time (RFC 3161): stamps digests with a key that does nothing else.
//!
//! The serial of a token is a UUIDv7: time, a counter and 62 random bits, so it is given once, by
//! whichever process and after whichever restart. Weak digests are refused, and so is everything
//! while the clock is known to be wrong.
//!
//! Law: NĐ 23/2025/NĐ-CP

use std::sync::{Arc, PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};
use platform::Ctx;
use platform::clock::local;
use wire::algorithm::Digest;
use wire::pki::certificate::{Certificate as X509, Serial};
use wire::pki::der::Oid;
use wire::pki::time_stamp::{
    Accuracy, Failure, Request, StampFault, StampProfile, prepare, rejection,
};

use crate::keyring;
use crate::profile::STAMP;
use crate::refusal::Refusal;
use crate::signer::Signer;
use crate::store::stamps::{self, Check};
use crate::store::{authorities, certificates};

/// How long what was read from the database is used again.
const DESK_LIVES: SignedDuration = SignedDuration::from_secs(1);
/// An older comparison says nothing about the clock of today.
const CHECK_LIVES: SignedDuration = SignedDuration::from_hours(2);

/// Whoever stamps. Clones share what they read.
#[derive(Clone, Default)]
pub struct Stamper {
    desk: Arc<RwLock<Option<Opened>>>,
}

/// When it was read, and what.
type Opened = (Timestamp, Arc<Desk>);

/// All that does not change from one question to the next.
struct Desk {
    policy: Oid,
    accuracy: Accuracy,
    certificate: X509,
    /// The issuing authority's certificate, and its root's.
    chain: Vec<X509>,
    signer: Signer,
    /// The clock is off, by so many milliseconds.
    wrong_by_ms: Option<i64>,
}

impl Stamper {
    /// The answer to a question: granted, or a refusal with its reason. Both are DER for the asker.
    pub async fn answer(&self, ctx: &Ctx, question: &[u8]) -> Result<Vec<u8>, Refusal> {
        let request = match Request::read(question) {
            Ok(request) => request,
            Err(fault) => return Ok(refused(fault)),
        };
        if !request.imprint.digest.is_strong() {
            return Ok(rejection(Failure::BadAlgorithm, "SHA-1 is too weak to be stamped"));
        }
        let desk = match self.desk(ctx).await {
            Ok(desk) => desk,
            Err(Refusal::NoAuthority) => {
                return Ok(rejection(Failure::SystemFailure, "there is no authority here"));
            }
            Err(other) => return Err(other),
        };
        if request.policy.is_some_and(|policy| policy != desk.policy) {
            let words = format!("the policy here is {}", desk.policy);
            return Ok(rejection(Failure::UnacceptedPolicy, &words));
        }
        if let Some(wrong_by_ms) = desk.wrong_by_ms {
            let words = format!("the clock here is off by {wrong_by_ms} ms: nothing is stamped");
            return Ok(rejection(Failure::TimeNotAvailable, &words));
        }
        desk.stamp(ctx, &request).await
    }

    async fn desk(&self, ctx: &Ctx) -> Result<Arc<Desk>, Refusal> {
        let now = ctx.clock.now();
        let known = self.desk.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((read_at, desk)) = known
            && now.duration_since(read_at).abs() < DESK_LIVES
        {
            return Ok(desk);
        }
        let desk = Arc::new(Desk::open(ctx, now).await?);
        let mut place = self.desk.write().unwrap_or_else(PoisonError::into_inner);
        *place = Some((now, Arc::clone(&desk)));
        Ok(desk)
    }
}

impl Desk {
    async fn open(ctx: &Ctx, now: Timestamp) -> Result<Desk, Refusal> {
        let (policy, checks, row, chain) = ctx
            .store
            .read::<_, Refusal, _>(move |tx| {
                let policy = stamps::policy(tx, local(now).date())?.ok_or(Refusal::NoAuthority)?;
                let issuing = authorities::issuing(tx)?.ok_or(Refusal::NoAuthority)?;
                let row = certificates::of_service(tx, (issuing.id, STAMP), now)?;
                let above = issuing.parent.map(|root| authorities::by_id(tx, root)).transpose()?;
                let chain = vec![Some(issuing), above.flatten()];
                Ok((policy, stamps::checks(tx)?, row.ok_or(Refusal::NoAuthority)?, chain))
            })
            .await?;
        let chain: Result<Vec<X509>, _> =
            chain.into_iter().flatten().map(|one| one.certificate()).collect();
        let ms = u32::try_from(policy.accuracy_ms).unwrap_or_default();
        let milliseconds = u16::try_from(ms % 1000).unwrap_or_default();
        Ok(Desk {
            policy: policy.oid.parse().map_err(|_| Refusal::OidWrong)?,
            accuracy: Accuracy { seconds: ms / 1000, milliseconds, microseconds: 0 },
            certificate: row.x509()?,
            chain: chain?,
            signer: keyring::signer(ctx, row.key.ok_or(Refusal::NoAuthority)?).await?,
            wrong_by_ms: wrong_by(&checks, policy.tolerance_ms, now),
        })
    }

    async fn stamp(&self, ctx: &Ctx, request: &Request) -> Result<Vec<u8>, Refusal> {
        let serial = Serial::new(ctx.ids.next().as_bytes()).map_err(|_| Refusal::Nothing)?;
        let profile = StampProfile {
            policy: self.policy,
            serial: &serial,
            at: ctx.clock.now(),
            accuracy: Some(self.accuracy),
            is_ordered: false,
            certificate: &self.certificate,
            chain: &self.chain,
            digest: self.signer.usual_algorithm().digest().unwrap_or(Digest::Sha256),
        };
        match prepare(request, &profile, self.signer.usual_algorithm()) {
            Ok(prepared) => Ok(self.signer.complete(&prepared).await?),
            Err(fault) => {
                tracing::error!(%fault, "a time stamp could not be prepared");
                Ok(rejection(Failure::SystemFailure, "the stamp could not be made"))
            }
        }
    }
}

fn refused(fault: StampFault) -> Vec<u8> {
    let failure = match fault {
        StampFault::Digest => Failure::BadAlgorithm,
        StampFault::UnknownCritical => Failure::UnacceptedExtension,
        StampFault::Der(_) | StampFault::TooLarge => Failure::BadDataFormat,
        _ => Failure::BadRequest,
    };
    rejection(failure, &fault.to_string())
}

/// By how much our clock is off, when most of the others who answered lately say that it is off by
/// more than is tolerated. One liar among three does not stop us, and silence proves nothing.
pub fn wrong_by(checks: &[Check], tolerance_ms: i64, now: Timestamp) -> Option<i64> {
    let lately =
        |check: &&Check| check.at.is_some_and(|at| now.duration_since(at).abs() <= CHECK_LIVES);
    let mut told: Vec<i64> =
        checks.iter().filter(lately).filter_map(|check| check.difference_ms).collect();
    told.sort_by_key(|difference| difference.abs());
    let middle = *told.get(told.len() / 2)?;
    let beyond = told.iter().filter(|difference| difference.abs() > tolerance_ms).count();
    (2 * beyond > told.len()).then_some(middle)
}
