//! What becomes of a question about a certificate's status (OCSP).
//!
//! An answer without a nonce is signed once and kept with the version of the certificate it was
//! made from: as soon as the state changes, no kept answer fits any more, in every process at once.
//! A nonce is answered freshly. Who signs is a certificate that the authority appointed for it.

use jiff::{SignedDuration, Timestamp};
use platform::Ctx;
use wire::algorithm::Digest;
use wire::pki::certificate::{Certificate as X509, Serial};
use wire::pki::crl::Reason;
use wire::pki::ocsp::{
    self, CertId, Refusal as Declined, Request, ResponderId, ResponseProfile, SingleResponse,
    Status, error_response,
};

use crate::authority::{Authority, Slug};
use crate::certificate::State;
use crate::keyring;
use crate::profile::RESPONDER;
use crate::refusal::Refusal;
use crate::revocation::{read_serial, whole_second};
use crate::signer::Signer;
use crate::store::authorities;
use crate::store::certificates::{self, Asked, NewAnswer, Unanswered};

/// How long an answer is good; after half of that it is signed anew.
pub const ANSWER_HOURS: i64 = 8;
/// How long a caller may keep one without asking again (RFC 5019 §6).
const KEEP_SECONDS: i64 = 60 * 60;
const SIGNED_TOGETHER: i64 = 200;

/// Bytes for the caller, and how long they hold. None: to be kept by nobody.
#[derive(Debug, Clone)]
pub struct Answer {
    pub der: Vec<u8>,
    pub lives: Option<Lives>,
}

#[derive(Debug, Clone, Copy)]
pub struct Lives {
    pub this_update: Timestamp,
    pub next_update: Timestamp,
    pub max_age_seconds: i64,
}

/// Who answers for an authority.
struct Desk {
    authority: Authority,
    issuer: X509,
    certificate: X509,
    signer: Signer,
}

/// `None`: no authority has this name.
pub async fn answer(ctx: &Ctx, slug: Slug, der: &[u8]) -> Result<Option<Answer>, Refusal> {
    let now = ctx.clock.now();
    let Some(authority) = ctx.store.read(move |tx| authorities::by_slug(tx, &slug)).await? else {
        return Ok(None);
    };
    let Ok(request) = Request::read(der) else {
        return Ok(Some(declined(Declined::MalformedRequest)));
    };
    let issuer = authority.certificate()?;
    // Somebody else's certificates are somebody else's to tell about (RFC 5019 §2.2.3).
    if request.items.iter().any(|item| !item.is_of(&issuer)) {
        return Ok(Some(declined(Declined::Unauthorized)));
    }
    match (request.items.as_slice(), &request.nonce) {
        ([one], None) => kept(ctx, (authority, issuer), one, now).await.map(Some),
        _ => fresh(ctx, (authority, issuer), &request, now).await.map(Some),
    }
}

fn declined(refusal: Declined) -> Answer {
    Answer { der: error_response(refusal), lives: None }
}

async fn ask(ctx: &Ctx, authority: &Authority, item: &CertId) -> Result<Option<Asked>, Refusal> {
    let (id, serial, digest) = (authority.id, item.serial.to_string(), item.digest.name());
    Ok(ctx.store.read(move |tx| certificates::asked(tx, id, (&serial, digest))).await?)
}

async fn kept(
    ctx: &Ctx,
    (authority, issuer): (Authority, X509),
    item: &CertId,
    now: Timestamp,
) -> Result<Answer, Refusal> {
    let asked = ask(ctx, &authority, item).await?;
    let half = SignedDuration::from_hours(ANSWER_HOURS / 2);
    if let Some(Asked { answer: Some(der), this_update: Some(from), next_update: Some(to), .. }) =
        &asked
        && *from + half > now
    {
        return Ok(Answer { der: der.clone(), lives: Some(lives(*from, *to, now)) });
    }
    let desk = Desk::open(ctx, (authority, issuer), now).await?;
    let at = whole_second(now);
    let status = status(asked.as_ref().map(|one| (one.state, one.state_since, one.reason)));
    let der = desk.sign(&[single(&desk.issuer, item.clone(), status, at)], None, at).await?;
    let next = at + SignedDuration::from_hours(ANSWER_HOURS);
    let Some(asked) = asked else {
        // A serial that nobody was given: not kept, or strangers would fill the store.
        return Ok(Answer { der, lives: None });
    };
    let new = NewAnswer {
        certificate: asked.id,
        version: asked.version,
        der: der.clone(),
        this_update: at,
        next_update: next,
    };
    let digest = item.digest.name();
    let stored = ctx.store.write(move |tx| certificates::put_answer(tx, digest, &new)).await;
    if let Err(error) = stored {
        tracing::warn!(%error, "an OCSP answer could not be kept");
    }
    Ok(Answer { der, lives: Some(lives(at, next, now)) })
}

fn lives(from: Timestamp, to: Timestamp, now: Timestamp) -> Lives {
    let left = to.duration_since(now).as_secs();
    Lives { this_update: from, next_update: to, max_age_seconds: left.clamp(0, KEEP_SECONDS) }
}

async fn fresh(
    ctx: &Ctx,
    (authority, issuer): (Authority, X509),
    request: &Request,
    now: Timestamp,
) -> Result<Answer, Refusal> {
    let at = whole_second(now);
    let mut singles = Vec::with_capacity(request.items.len());
    for item in &request.items {
        let asked = ask(ctx, &authority, item).await?;
        let status = status(asked.map(|one| (one.state, one.state_since, one.reason)));
        singles.push(single(&issuer, item.clone(), status, at));
    }
    let desk = Desk::open(ctx, (authority, issuer), now).await?;
    let der = desk.sign(&singles, request.nonce.as_deref(), at).await?;
    Ok(Answer { der, lives: None })
}

/// Nothing is ever forgotten: a certificate that ended long ago is told about, too, which is what
/// the cutoff says (RFC 6960 §4.4.4).
fn single(issuer: &X509, id: CertId, status: Status, at: Timestamp) -> SingleResponse {
    SingleResponse {
        id,
        status,
        this_update: at,
        next_update: Some(at + SignedDuration::from_hours(ANSWER_HOURS)),
        archive_cutoff: Some(issuer.not_before),
    }
}

/// What the register says, as OCSP says it.
fn status(row: Option<(State, Option<Timestamp>, Option<i64>)>) -> Status {
    match row {
        None => Status::Unknown,
        Some((State::Good, ..)) => Status::Good,
        Some((state, since, reason)) => {
            let code = reason.and_then(|code| u64::try_from(code).ok());
            let reason = code.and_then(Reason::of_code).unwrap_or(Reason::Unspecified);
            let reason = if state == State::Suspended { Reason::Hold } else { reason };
            let at = whole_second(since.unwrap_or(Timestamp::UNIX_EPOCH));
            Status::Revoked { at, reason }
        }
    }
}

impl Desk {
    async fn open(
        ctx: &Ctx,
        (authority, issuer): (Authority, X509),
        now: Timestamp,
    ) -> Result<Desk, Refusal> {
        let id = authority.id;
        let found = ctx
            .store
            .read(move |tx| certificates::of_service(tx, (id, RESPONDER), now))
            .await?
            .ok_or(Refusal::NoAuthority)?;
        let certificate = found.x509()?;
        let signer = keyring::signer(ctx, found.key.ok_or(Refusal::NoAuthority)?).await?;
        Ok(Desk { authority, issuer, certificate, signer })
    }

    async fn sign(
        &self,
        answers: &[SingleResponse],
        nonce: Option<&[u8]>,
        at: Timestamp,
    ) -> Result<Vec<u8>, Refusal> {
        let responder = ResponderId::by_key(&self.certificate);
        let profile = ResponseProfile {
            responder: &responder,
            produced_at: at,
            answers,
            nonce,
            certificates: std::slice::from_ref(&self.certificate),
        };
        let prepared = ocsp::prepare(&profile, self.signer.usual_algorithm())
            .map_err(|fault| Refusal::Issue(fault.into()))?;
        Ok(self.signer.complete(&prepared).await?)
    }

    async fn presign(&self, rows: &[Unanswered], at: Timestamp) -> Result<Vec<NewAnswer>, Refusal> {
        let next_update = at + SignedDuration::from_hours(ANSWER_HOURS);
        let mut answers = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(serial) = read_serial(&row.serial) else { continue };
            let id = self.id_of(&serial);
            let status = status(Some((row.state, row.state_since, row.reason)));
            let single = single(&self.issuer, id, status, at);
            let der = self.sign(&[single], None, at).await?;
            let (certificate, version) = (row.id, row.version);
            answers.push(NewAnswer { certificate, version, der, this_update: at, next_update });
        }
        Ok(answers)
    }

    /// With SHA-1 of name and key, which is what everybody asks with and protects nothing here.
    fn id_of(&self, serial: &Serial) -> CertId {
        CertId::new(Digest::Sha1, &self.issuer, serial)
    }
}

/// Signs the answers that will be asked for, before they are. Returns how many.
pub async fn presign(ctx: &Ctx) -> Result<usize, Refusal> {
    let now = ctx.clock.now();
    let at = whole_second(now);
    let old = now - SignedDuration::from_hours(ANSWER_HOURS / 2);
    let digest = Digest::Sha1.name();
    let mut signed = 0;
    loop {
        let rows = ctx
            .store
            .read(move |tx| certificates::unanswered(tx, digest, (now, old), SIGNED_TOGETHER))
            .await?;
        let begun = signed;
        for authority in ctx.store.read(authorities::all).await? {
            let own = rows.iter().filter(|row| row.authority == authority.id);
            let own: Vec<Unanswered> = own.cloned().collect();
            if own.is_empty() {
                continue;
            }
            let issuer = authority.certificate()?;
            let desk = Desk::open(ctx, (authority, issuer), now).await?;
            let answers = desk.presign(&own, at).await?;
            signed += answers.len();
            tracing::debug!(count = answers.len(), authority = %desk.authority.slug, "answers");
            put(ctx, digest, answers).await?;
        }
        if signed == begun {
            break;
        }
    }
    ctx.store.write(move |tx| certificates::forget_answers(tx, now)).await?;
    Ok(signed)
}

async fn put(ctx: &Ctx, digest: &'static str, answers: Vec<NewAnswer>) -> Result<(), Refusal> {
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            for answer in &answers {
                certificates::put_answer(tx, digest, answer)?;
            }
            Ok(())
        })
        .await
}
