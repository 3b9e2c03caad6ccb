//! Deciding what was asked for: no with a reason, or yes and the certificate is made.
//!
//! Law: NĐ 68/2024/NĐ-CP

use identity::{Actor, Right};
use platform::Ctx;
use platform::clock::local;
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;
use wire::algorithm::PublicKey;
use wire::pki::crl::Reason;
use wire::pki::request::Request as Pkcs10;

use super::Scribe;
use super::issuing::{self, Issuer, Wanted, dates};
use super::letters;
use super::requests::{close, decide, some, verdict};
use super::standing::note_state;
use crate::authority::AuthorityId;
use crate::certificate::{Carrier, Certificate, State};
use crate::key::{Keeper, KeyId};
use crate::keyring::{self, NewKey};
use crate::letter::{Paper, Subject};
use crate::profile::Profile;
use crate::queries::letters::attached;
use crate::refusal::Refusal;
use crate::request::{Decision, Kind, Request};
use crate::revocation;
use crate::store::certificates::Change;
use crate::store::{authorities, certificates, keys, requests};
use crate::subject;

fn may_approve(tx: &mut Tx, actor: &Actor, one: &Request) -> Result<(), Refusal> {
    let authority = actor.authority(tx, Right::ApproveCertificates, one.unit)?;
    authority.ok_or(Refusal::Nothing)?;
    if one.state != Decision::Waiting {
        return Err(Refusal::AlreadyDecided);
    }
    if one.asked_by == actor.account.0 {
        return Err(Refusal::OwnRequest);
    }
    let attached = attached(tx, Subject::Request(one.id))?;
    let is_own = attached.iter().any(|letter| letter.is_by(actor.account.0));
    if is_own { Err(Refusal::OwnLetter) } else { Ok(()) }
}

/// Says no, with a reason.
pub async fn refuse(ctx: &Ctx, actor: &Actor, (id, reason): (Uuid, String)) -> Result<(), Refusal> {
    let reason = some(&reason).ok_or(Refusal::ReasonMissing)?;
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            let one = requests::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            may_approve(tx, &actor, &one)?;
            let verdict = verdict(&scribe, Decision::Refused, Some(reason.clone()));
            close(tx, &scribe, (&one, &verdict), "trust.refuse")
        })
        .await
}

/// Says yes: the certificate is made, the old one of a lost carrier revoked. Answers with the new
/// certificate's id.
pub async fn approve(
    ctx: &Ctx,
    actor: &Actor,
    (id, paper): (Uuid, Option<Paper>),
) -> Result<Uuid, Refusal> {
    let (scribe, who) = (Scribe::of(ctx, actor), actor.clone());
    let (one, old, authority, unit) = ctx
        .store
        .read::<_, Refusal, _>(move |tx| {
            let one = requests::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            may_approve(tx, &who, &one)?;
            let authority = authorities::issuing(tx)?.ok_or(Refusal::NoAuthority)?;
            let old = one.certificate.map(|old| certificates::by_id(tx, old)).transpose()?;
            let unit = organisations::queries::unit(tx, one.unit)?.ok_or(Refusal::NoSuchUnit)?;
            Ok((one, old.flatten(), authority, unit))
        })
        .await?;
    letters::still_holds(ctx, &one).await?;
    let issuer = Issuer::open(ctx, authority).await?;
    let (key, mut row) = issue(ctx, &issuer, (&one, old.as_ref()), &unit).await?;
    row.replaces = old.as_ref().map(|old| old.id);
    let (issued, actor) = (row.id, actor.clone());
    let revokes = ctx
        .store
        .write::<_, Refusal, _>(move |tx| {
            // What was read may have changed: whether one may, and what was asked.
            let present = requests::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            may_approve(tx, &actor, &present)?;
            letters::settle(tx, &scribe, &present, paper.as_ref())?;
            if let Some(key) = &key {
                keys::insert(tx, key)?;
            }
            certificates::insert(tx, &row, &certificates::hay(&row, unit.name.as_str()))?;
            let mut verdict = verdict(&scribe, Decision::Approved, None);
            verdict.issued = Some(issued);
            decide(tx, &scribe, (&present, &verdict))?;
            let detail = json!({ "serial": row.serial, "request": one.id });
            let told = ("trust.issue", format!("certificate:{issued}"));
            scribe.note_over(tx, Some(one.unit), told, detail)?;
            take_old_back(tx, &scribe, &one)
        })
        .await?;
    if let Some(authority) = revokes {
        revocation::rebuild(ctx, authority).await?;
    }
    Ok(issued)
}

/// The lost carrier's certificate is revoked in the same unit of work. Answers with whose list
/// has to be made anew.
fn take_old_back(
    tx: &mut Tx,
    scribe: &Scribe,
    one: &Request,
) -> Result<Option<AuthorityId>, Refusal> {
    let (Kind::Recover, Some(id)) = (one.kind, one.certificate) else { return Ok(None) };
    let old = certificates::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
    if old.state == State::Revoked {
        return Ok(None);
    }
    // What was put on hold until now was reported lost: the key may be in other hands since then.
    let (reason, invalid_since) = match old.state {
        State::Suspended => (Reason::KeyCompromise, old.state_since),
        _ => (Reason::Superseded, None),
    };
    let change = Change {
        state: State::Revoked,
        since: scribe.now,
        reason: Some(i64::from(reason.code())),
        invalid_since,
    };
    note_state(tx, scribe, (&old, &change), "trust.revoke")?;
    Ok(old.authority)
}

/// The certificate of a request, and its key when it was made for it.
async fn issue(
    ctx: &Ctx,
    issuer: &Issuer,
    (one, old): (&Request, Option<&Certificate>),
    unit: &organisations::Unit,
) -> Result<(Option<keys::KeyRow>, Certificate), Refusal> {
    let now = ctx.clock.now();
    let profile = Profile::on(&one.profile, local(now).date()).ok_or(Refusal::NoSuchProfile)?;
    let (public, made, key) = key_for(ctx, one, old).await?;
    if !one.keeps_key && is_known(ctx, &public).await? {
        return Err(Refusal::KeyInUse);
    }
    let (not_before, not_after) = dates(now, profile.days);
    let wanted = Wanted {
        subject: subject::name(one, unit)?,
        names: subject::other_names(one),
        key: &public,
        not_before,
        not_after,
    };
    let door = (&ctx.ids, ctx.settings.public_address.as_str());
    let certificate = issuer.certify(door, profile, &wanted).await?;
    let authority = Some(&issuer.authority);
    let mut row = issuing::row(&ctx.ids, authority, (&certificate, profile.code), now);
    row.carrier = one.carrier;
    row.carrier_number = one.carrier_number.clone();
    row.holder_name = one.holder_name.clone();
    row.unit = Some(one.unit);
    row.account = one.account;
    row.key = key;
    row.note = one.note.clone();
    Ok((made.map(|new| new.row), row))
}

/// The public key to certify; the private one when it is made now; its id when it is kept here.
async fn key_for(
    ctx: &Ctx,
    one: &Request,
    old: Option<&Certificate>,
) -> Result<(PublicKey, Option<NewKey>, Option<KeyId>), Refusal> {
    if one.keeps_key {
        let old = old.ok_or(Refusal::Nothing)?;
        // Between asking and deciding the key may have been reported lost.
        if old.state != State::Good {
            return Err(Refusal::KeyLost);
        }
        let public = old.x509()?.key.clone().map_err(|_| Refusal::KeyKindWrong)?;
        return Ok((public, None, old.key));
    }
    if let Some(pkcs10) = &one.pkcs10 {
        let request = Pkcs10::read(pkcs10).map_err(Refusal::Pkcs10Wrong)?;
        return Ok((request.key, None, None));
    }
    let kind = one.key_kind.ok_or(Refusal::Pkcs10Missing)?;
    let keeper = match one.carrier {
        Carrier::Hsm => Keeper::Token,
        _ => Keeper::Software,
    };
    let made = keyring::make(ctx, kind, keeper).await?;
    let (public, id) = (made.signer.public_key().clone(), made.row.id);
    Ok((public, Some(made), Some(id)))
}

/// Whether this key has been certified before: a revoked key must not come back under a new
/// serial, and one key is not two holders'.
async fn is_known(ctx: &Ctx, public: &PublicKey) -> Result<bool, Refusal> {
    let hash = subject::key_hash(public);
    Ok(ctx.store.read(move |tx| certificates::is_certified(tx, &hash)).await?)
}
