//! Requests: asked for by whoever administers the holder's unit, decided by a second person.
//!
//! Law: NĐ 68/2024/NĐ-CP

use identity::{Actor, Right};
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::figures;
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;
use wire::pki::request::Request as Pkcs10;

use super::Scribe;
use super::standing::note_state;
use crate::certificate::{Carrier, Certificate, State};
use crate::commands::issuing::Issuer;
use crate::key::{KeyId, KeyKind};
use crate::keyring::{self, NewKey};
use crate::profile::{OFFICER, Profile, SEAL, SERVER};
use crate::refusal::Refusal;
use crate::request::{Decision, Kind, Request};
use crate::revocation;
use crate::store::certificates::Change;
use crate::store::requests::Verdict;
use crate::store::{authorities, certificates, keys, requests};
use crate::subject;

const TEXT_LETTERS_MAX: usize = 200;

/// What a form asks for.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    pub profile: String,
    /// Code of the unit.
    pub unit: String,
    /// User name of the officer.
    pub login: String,
    /// Title of the officer.
    pub title: String,
    /// Name of the server.
    pub server: String,
    pub carrier: Option<Carrier>,
    pub carrier_number: String,
    /// PKCS#10 as text; empty: the key is made here.
    pub pkcs10: String,
    pub note: String,
}

/// What a form asks for about a certificate that is there.
#[derive(Debug, Clone)]
pub struct Again {
    pub kind: Kind,
    pub certificate: Uuid,
    pub keeps_key: bool,
    pub carrier: Option<Carrier>,
    pub carrier_number: String,
    pub pkcs10: String,
    pub note: String,
}

/// Asks for a certificate.
pub async fn ask(ctx: &Ctx, actor: &Actor, wish: Wish) -> Result<Uuid, Refusal> {
    let (scribe, actor, id) = (Scribe::of(ctx, actor), actor.clone(), ctx.ids.next());
    let carrier = wish.carrier.ok_or(Refusal::CarrierMissing)?;
    let today = local(scribe.now).date();
    let profile = Profile::on(&wish.profile, today).filter(|one| one.is_asked_for());
    let profile = profile.ok_or(Refusal::NoSuchProfile)?;
    let pkcs10 = read_pkcs10(&wish.pkcs10)?;
    if pkcs10.is_none() && !is_made_here(ctx, carrier) {
        return Err(Refusal::Pkcs10Missing);
    }
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            let unit = organisations::queries::by_code(tx, &wish.unit)?;
            let unit = unit.ok_or(Refusal::NoSuchUnit)?;
            may_manage(tx, &actor, unit.id)?;
            let (account, holder_name, detail) = holder(tx, &wish, &unit)?;
            let new = Request {
                id,
                kind: Kind::Issue,
                state: Decision::Waiting,
                profile: profile.code.to_owned(),
                unit: unit.id,
                account,
                holder_name,
                detail,
                carrier,
                carrier_number: some(&wish.carrier_number),
                pkcs10: pkcs10.clone(),
                key_kind: pkcs10.is_none().then_some(profile.key_kind),
                keeps_key: false,
                certificate: None,
                note: some(&wish.note),
                ..blank(&scribe)
            };
            file(tx, &scribe, &new)
        })
        .await?;
    Ok(id)
}

/// Asks that a certificate be renewed, or that its holder get a new carrier.
pub async fn ask_again(ctx: &Ctx, actor: &Actor, again: Again) -> Result<Uuid, Refusal> {
    let (scribe, actor, id) = (Scribe::of(ctx, actor), actor.clone(), ctx.ids.next());
    let pkcs10 = read_pkcs10(&again.pkcs10)?;
    let made_here = again.carrier.is_some_and(|carrier| is_made_here(ctx, carrier));
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            let old = certificates::by_id(tx, again.certificate)?.ok_or(Refusal::Nothing)?;
            let unit = old.unit.ok_or(Refusal::Nothing)?;
            may_manage(tx, &actor, unit)?;
            may_be_asked(tx, &old, &again, scribe.now)?;
            let keeps_key = again.kind == Kind::Renew && again.keeps_key;
            let carrier = if keeps_key { Some(old.carrier) } else { again.carrier };
            if !keeps_key && pkcs10.is_none() && again.carrier.is_some() && !made_here {
                return Err(Refusal::Pkcs10Missing);
            }
            let today = local(scribe.now).date();
            let profile = Profile::on(&old.profile, today).ok_or(Refusal::NoSuchProfile)?;
            let is_new = pkcs10.is_none() && !keeps_key;
            let x509 = old.x509()?;
            let new = Request {
                id,
                kind: again.kind,
                profile: old.profile.clone(),
                unit,
                account: old.account,
                holder_name: old.holder_name.clone(),
                detail: subject::detail(&old.profile, &x509),
                carrier: carrier.ok_or(Refusal::CarrierMissing)?,
                carrier_number: some(&again.carrier_number),
                pkcs10: if keeps_key { None } else { pkcs10.clone() },
                key_kind: is_new.then_some(profile.key_kind),
                keeps_key,
                certificate: Some(old.id),
                note: some(&again.note),
                ..blank(&scribe)
            };
            file(tx, &scribe, &new)
        })
        .await?;
    Ok(id)
}

fn may_be_asked(
    tx: &mut Tx,
    old: &Certificate,
    again: &Again,
    now: jiff::Timestamp,
) -> Result<(), Refusal> {
    if old.authority.is_none() {
        return Err(Refusal::NotOurs);
    }
    // A renewal continues what is in force; a new carrier is given to whoever lost the old one,
    // also when it was suspended at once.
    let fits = match again.kind {
        Kind::Renew => old.is_usable(now),
        _ => old.state != State::Revoked && now <= old.not_after,
    };
    if !fits {
        return Err(Refusal::NotInForce);
    }
    if requests::is_waiting_for(tx, old.id)? { Err(Refusal::WaitsAlready) } else { Ok(()) }
}

/// A request of whoever writes, with nothing in it yet.
fn blank(scribe: &Scribe) -> Request {
    Request {
        id: Uuid::nil(),
        kind: Kind::Issue,
        state: Decision::Waiting,
        profile: String::new(),
        unit: UnitId(Uuid::nil()),
        account: None,
        holder_name: String::new(),
        detail: None,
        carrier: Carrier::Software,
        carrier_number: None,
        pkcs10: None,
        key_kind: None,
        keeps_key: false,
        certificate: None,
        note: None,
        asked_by: scribe.actor.unwrap_or_default(),
        asked_name: scribe.name.clone(),
        asked_at: scribe.now,
        decided_by: None,
        decided_name: None,
        decided_at: None,
        reason: None,
        issued: None,
        version: 1,
    }
}

fn file(tx: &mut Tx, scribe: &Scribe, new: &Request) -> Result<(), Refusal> {
    requests::insert(tx, new)?;
    count(tx, scribe)?;
    let detail = json!({
        "kind": new.kind.code(), "profile": new.profile, "carrier": new.carrier.code(),
    });
    Ok(scribe.note(tx, Some(new.unit), ("trust.ask", object(new.id)), detail)?)
}

fn holder(
    tx: &mut Tx,
    wish: &Wish,
    unit: &organisations::Unit,
) -> Result<(Option<Uuid>, String, Option<String>), Refusal> {
    match wish.profile.as_str() {
        SEAL => Ok((None, unit.name.as_str().to_owned(), None)),
        OFFICER => {
            let account = identity::queries::by_login(tx, &wish.login)?;
            let account = account.ok_or(Refusal::NoSuchOfficer)?;
            let account = identity::queries::account(tx, account)?.ok_or(Refusal::NoSuchOfficer)?;
            // Only one's own people: whoever belongs to another unit is asked for there.
            let is_theirs = account.unit.is_some_and(|home| home == unit.id.0);
            if !is_theirs {
                return Err(Refusal::NoSuchOfficer);
            }
            Ok((Some(account.id.0), account.name, some(&wish.title)))
        }
        SERVER if subject::is_server_name(&wish.server) => {
            Ok((None, wish.server.clone(), Some(wish.server.clone())))
        }
        SERVER => Err(Refusal::ServerNameWrong),
        _ => Err(Refusal::NoSuchProfile),
    }
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.chars().take(TEXT_LETTERS_MAX).collect())
}

/// Keys in software are made here, those of a hardware module when one is connected.
fn is_made_here(ctx: &Ctx, carrier: Carrier) -> bool {
    carrier == Carrier::Software || (carrier == Carrier::Hsm && ctx.settings.token.is_some())
}

/// Reads it and checks that whoever made it holds the key.
fn read_pkcs10(text: &str) -> Result<Option<Vec<u8>>, Refusal> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let request = Pkcs10::read(text.trim().as_bytes()).map_err(Refusal::Pkcs10Wrong)?;
    KeyKind::of(&request.key).ok_or(Refusal::KeyKindWrong)?;
    Ok(Some(text.trim().as_bytes().to_vec()))
}

/// What one may not manage is not there.
pub(crate) fn may_manage(tx: &mut Tx, actor: &Actor, unit: UnitId) -> Result<(), Refusal> {
    let authority = actor.authority(tx, Right::ManageCertificates, unit)?;
    authority.map(drop).ok_or(Refusal::Nothing)
}

fn may_approve(tx: &mut Tx, actor: &Actor, one: &Request) -> Result<(), Refusal> {
    let authority = actor.authority(tx, Right::ApproveCertificates, one.unit)?;
    authority.ok_or(Refusal::Nothing)?;
    if one.state != Decision::Waiting {
        return Err(Refusal::AlreadyDecided);
    }
    if one.asked_by == actor.account.0 { Err(Refusal::OwnRequest) } else { Ok(()) }
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

/// Takes a request back, as whoever may ask for it.
pub async fn withdraw(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            let one = requests::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            may_manage(tx, &actor, one.unit)?;
            if one.state != Decision::Waiting {
                return Err(Refusal::AlreadyDecided);
            }
            let verdict = verdict(&scribe, Decision::Withdrawn, None);
            close(tx, &scribe, (&one, &verdict), "trust.withdraw")
        })
        .await
}

fn verdict(scribe: &Scribe, state: Decision, reason: Option<String>) -> Verdict {
    Verdict {
        state,
        by: scribe.actor.unwrap_or_default(),
        name: scribe.name.clone(),
        at: scribe.now,
        reason,
        issued: None,
    }
}

fn close(
    tx: &mut Tx,
    scribe: &Scribe,
    (one, verdict): (&Request, &Verdict),
    verb: &'static str,
) -> Result<(), Refusal> {
    decide(tx, scribe, (one, verdict))?;
    let detail = json!({ "reason": verdict.reason });
    Ok(scribe.note(tx, Some(one.unit), (verb, object(one.id)), detail)?)
}

fn decide(
    tx: &mut Tx,
    scribe: &Scribe,
    (one, verdict): (&Request, &Verdict),
) -> Result<(), Refusal> {
    if !requests::decide(tx, one, verdict)? {
        return Err(Refusal::AlreadyDecided);
    }
    count(tx, scribe)
}

/// For the menu of whoever decides.
fn count(tx: &mut Tx, scribe: &Scribe) -> Result<(), Refusal> {
    let waiting = requests::waiting(tx)?;
    Ok(figures::set(tx, crate::WAITING, &[], scribe.now, waiting)?)
}

/// Says yes: the certificate is made, the old one of a lost carrier revoked. Answers with the new
/// certificate's id.
pub async fn approve(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<Uuid, Refusal> {
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
            if let Some(key) = &key {
                keys::insert(tx, &key.0)?;
            }
            certificates::insert(tx, &row, &certificates::hay(&row, unit.name.as_str()))?;
            let mut verdict = verdict(&scribe, Decision::Approved, None);
            verdict.issued = Some(issued);
            decide(tx, &scribe, (&one, &verdict))?;
            let detail = json!({ "serial": row.serial, "request": one.id });
            let told = ("trust.issue", format!("certificate:{issued}"));
            scribe.note(tx, Some(one.unit), told, detail)?;
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
) -> Result<Option<crate::authority::AuthorityId>, Refusal> {
    let (Kind::Recover, Some(id)) = (one.kind, one.certificate) else { return Ok(None) };
    let old = certificates::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
    if old.state == State::Revoked {
        return Ok(None);
    }
    let reason = wire::pki::crl::Reason::Superseded;
    let change = Change {
        state: State::Revoked,
        since: scribe.now,
        reason: Some(i64::from(reason.code())),
        invalid_since: None,
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
) -> Result<(Option<(keys::KeyRow,)>, Certificate), Refusal> {
    let now = ctx.clock.now();
    let profile = Profile::on(&one.profile, local(now).date()).ok_or(Refusal::NoSuchProfile)?;
    let (public, made, key) = key_for(ctx, one, old).await?;
    if !one.keeps_key && is_known(ctx, &public).await? {
        return Err(Refusal::KeyInUse);
    }
    let (not_before, not_after) = super::issuing::dates(now, profile.days);
    let wanted = super::issuing::Wanted {
        subject: subject::name(one, unit)?,
        names: subject::other_names(one),
        key: &public,
        not_before,
        not_after,
    };
    let door = (&ctx.ids, ctx.settings.public_address.as_str());
    let certificate = issuer.certify(door, profile, &wanted).await?;
    let authority = Some(&issuer.authority);
    let mut row = super::issuing::row(&ctx.ids, authority, (&certificate, profile.code), now);
    row.carrier = one.carrier;
    row.carrier_number = one.carrier_number.clone();
    row.holder_name = one.holder_name.clone();
    row.unit = Some(one.unit);
    row.account = one.account;
    row.key = key;
    row.note = one.note.clone();
    Ok((made.map(|new| (new.row,)), row))
}

/// The public key to certify; the private one when it is made now; its id when it is kept here.
async fn key_for(
    ctx: &Ctx,
    one: &Request,
    old: Option<&Certificate>,
) -> Result<(wire::algorithm::PublicKey, Option<NewKey>, Option<KeyId>), Refusal> {
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
        Carrier::Hsm => crate::key::Keeper::Token,
        _ => crate::key::Keeper::Software,
    };
    let made = keyring::make(ctx, kind, keeper).await?;
    let (public, id) = (made.signer.public_key().clone(), made.row.id);
    Ok((public, Some(made), Some(id)))
}

/// Whether this key has been certified before: a revoked key must not come back under a new
/// serial, and one key is not two holders'.
async fn is_known(ctx: &Ctx, public: &wire::algorithm::PublicKey) -> Result<bool, Refusal> {
    let hash = subject::key_hash(public);
    Ok(ctx.store.read(move |tx| certificates::is_certified(tx, &hash)).await?)
}

pub(crate) fn object(id: Uuid) -> String {
    format!("request:{id}")
}
