//! Requests: asked for by whoever administers the holder's unit; [`super::deciding`] is a second
//! person's.
//!
//! Law: NĐ 68/2024/NĐ-CP

use identity::{Actor, Right};
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::figures;
use platform::fold::fold;
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;
use wire::pki::request::Request as Pkcs10;

use super::Scribe;
use crate::certificate::{Carrier, Certificate, State};
use crate::key::KeyKind;
use crate::profile::{OFFICER, Profile, SEAL, SERVER};
use crate::refusal::Refusal;
use crate::request::{Decision, Kind, Request};
use crate::store::requests::Verdict;
use crate::store::{certificates, requests};
use crate::subject;
use crate::verdict::shown;

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
            let names = [holder_name.as_str(), unit.code.as_str(), &wish.login];
            fits(pkcs10.as_ref(), &names)?;
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
                pkcs10: pkcs10.as_ref().map(|brought| brought.text.clone()),
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
            fits(pkcs10.as_ref(), &[&old.holder_name])?;
            let text = pkcs10.as_ref().map(|brought| brought.text.clone());
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
                pkcs10: text.filter(|_| !keeps_key),
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
    Ok(scribe.note_over(tx, Some(new.unit), ("trust.ask", object(new.id)), detail)?)
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

pub(super) fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.chars().take(TEXT_LETTERS_MAX).collect())
}

/// Keys in software are made here, those of a hardware module when one is connected.
fn is_made_here(ctx: &Ctx, carrier: Carrier) -> bool {
    carrier == Carrier::Software || (carrier == Carrier::Hsm && ctx.settings.token.is_some())
}

/// A request that came from a token.
struct Brought {
    text: Vec<u8>,
    request: Pkcs10,
}

/// Reads it and checks that whoever made it holds the key, in a way that still proves something.
fn read_pkcs10(text: &str) -> Result<Option<Brought>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let request = Pkcs10::read(text.as_bytes()).map_err(Refusal::Pkcs10Wrong)?;
    KeyKind::of(&request.key).ok_or(Refusal::KeyKindWrong)?;
    if !request.signature_algorithm.is_strong() {
        return Err(Refusal::Pkcs10Weak);
    }
    Ok(Some(Brought { text: text.as_bytes().to_vec(), request }))
}

/// The certificate names its holder as we know him, so the request need not. But one that names
/// somebody else is another's file: his key would sign in this name. Tokens are often set up by
/// people who type without marks, or the code of the unit.
fn fits(brought: Option<&Brought>, names: &[&str]) -> Result<(), Refusal> {
    let Some(named) = brought.and_then(|brought| brought.request.subject.common_name()) else {
        return Ok(());
    };
    let folded = fold(named.trim());
    if names.iter().any(|name| !name.is_empty() && fold(name) == folded) {
        return Ok(());
    }
    let holder = names.first().copied().unwrap_or_default().to_owned();
    Err(Refusal::Pkcs10OtherName { named: shown(named), holder })
}

/// What one may not manage is not there.
pub(crate) fn may_manage(tx: &mut Tx, actor: &Actor, unit: UnitId) -> Result<(), Refusal> {
    let authority = actor.authority(tx, Right::ManageCertificates, unit)?;
    authority.map(drop).ok_or(Refusal::Nothing)
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

pub(super) fn verdict(scribe: &Scribe, state: Decision, reason: Option<String>) -> Verdict {
    Verdict {
        state,
        by: scribe.actor.unwrap_or_default(),
        name: scribe.name.clone(),
        at: scribe.now,
        reason,
        issued: None,
    }
}

pub(super) fn close(
    tx: &mut Tx,
    scribe: &Scribe,
    (one, verdict): (&Request, &Verdict),
    verb: &'static str,
) -> Result<(), Refusal> {
    decide(tx, scribe, (one, verdict))?;
    let detail = json!({ "reason": verdict.reason });
    Ok(scribe.note_over(tx, Some(one.unit), (verb, object(one.id)), detail)?)
}

pub(super) fn decide(
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

pub(crate) fn object(id: Uuid) -> String {
    format!("request:{id}")
}
