//! Letters of managing units: what may be asked by one, which are there, whether one is needed.

use identity::{Actor, Right, Role};
use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::certificate::{Carrier, Certificate, State};
use crate::commands::requests::may_manage;
use crate::letter::{About, Letter, LetterRule, Need, Subject};
use crate::profile::Profile;
use crate::refusal::Refusal;
use crate::request::{Decision, Request};
use crate::store::{authorities, certificates, letters, requests};
use crate::subject;

/// What a letter is about, for whoever writes it.
#[derive(Debug, Clone)]
pub struct Matter {
    pub subject: Subject,
    /// Of the holder.
    pub unit: UnitId,
    pub holder_name: String,
    /// Title of an officer, or the name of a server.
    pub detail: Option<String>,
    /// The key of the word for what is certified.
    pub profile: &'static str,
    pub carrier: Carrier,
    pub carrier_number: Option<String>,
    /// Of the certificate that is there.
    pub serial: Option<String>,
    pub note: Option<String>,
    /// What can be asked for.
    pub abouts: Vec<About>,
    /// Whoever issues, to whom it goes.
    pub issuer: String,
    /// Nothing is to be asked any more: the request has been decided.
    pub is_over: bool,
}

/// For those who may ask; for others there is nothing.
pub fn matter(tx: &mut Tx, actor: &Actor, subject: Subject) -> Result<Matter, Refusal> {
    match subject {
        Subject::Request(id) => {
            let one = requests::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            may_manage(tx, actor, one.unit)?;
            of_request(tx, one)
        }
        Subject::Certificate(id) => {
            let one = certificates::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            let unit = one.unit.ok_or(Refusal::Nothing)?;
            may_manage(tx, actor, unit)?;
            of_certificate(tx, unit, one)
        }
    }
}

fn of_request(tx: &mut Tx, one: Request) -> Result<Matter, Refusal> {
    let old = one.certificate.map(|old| certificates::by_id(tx, old)).transpose()?.flatten();
    let issuer = authorities::issuing(tx)?.map(|authority| authority.name);
    Ok(Matter {
        subject: Subject::Request(one.id),
        unit: one.unit,
        holder_name: one.holder_name,
        detail: one.detail,
        profile: Profile::word(&one.profile),
        carrier: one.carrier,
        carrier_number: one.carrier_number,
        serial: old.map(|old| old.serial),
        note: one.note,
        abouts: vec![About::from(one.kind)],
        issuer: issuer.unwrap_or_default(),
        is_over: one.state != Decision::Waiting,
    })
}

fn of_certificate(tx: &mut Tx, unit: UnitId, one: Certificate) -> Result<Matter, Refusal> {
    let ours = one.authority.map(|id| authorities::by_id(tx, id)).transpose()?.flatten();
    let x509 = one.x509()?;
    let issuer = match &ours {
        Some(authority) => authority.name.clone(),
        None => x509.issuer.common_name().unwrap_or_default().to_owned(),
    };
    Ok(Matter {
        subject: Subject::Certificate(one.id),
        unit,
        detail: subject::detail(&one.profile, &x509),
        profile: Profile::word(&one.profile),
        carrier: one.carrier,
        carrier_number: one.carrier_number.clone(),
        serial: Some(one.serial.clone()),
        note: None,
        abouts: abouts(&one, ours.is_some()),
        issuer,
        is_over: false,
        holder_name: one.holder_name,
    })
}

/// Of ours, what is renewed or recovered is a request of its own; of others', all is asked of
/// whoever issued it.
fn abouts(one: &Certificate, is_ours: bool) -> Vec<About> {
    match (one.state, is_ours) {
        (State::Revoked, _) => vec![About::Revoke],
        (_, true) => vec![About::Suspend, About::Revoke],
        (_, false) => {
            vec![About::Renew, About::Change, About::Recover, About::Suspend, About::Revoke]
        }
    }
}

/// The newest first.
pub fn attached(tx: &mut Tx, subject: Subject) -> Result<Vec<Letter>, StoreError> {
    letters::of(tx, subject)
}

/// Those who decide for a unit, and so sign what it asks: by account and name.
pub fn competent(tx: &mut Tx, unit: UnitId, on: Date) -> Result<Vec<(Uuid, String)>, StoreError> {
    let mut found: Vec<(Uuid, String)> = Vec::new();
    for role in Role::ALL.into_iter().filter(|role| role.allows(Right::DecideDossiers)) {
        for (account, name) in identity::queries::holders(tx, unit, role, on)? {
            if found.iter().all(|(known, _)| *known != account.0) {
                found.push((account.0, name));
            }
        }
    }
    Ok(found)
}

/// What approving a request still needs.
pub(crate) fn need(
    tx: &mut Tx,
    (one, attached): (&Request, &[Letter]),
    now: Timestamp,
) -> Result<Need, StoreError> {
    let rule = is_ruled(tx, local(one.asked_at).date())?;
    let has_letter = attached.iter().any(Letter::is_signed);
    Ok(Need::of(rule, has_letter, can_sign(tx, one.unit, now)?))
}

/// Whether what was asked on this day needs a letter at all.
pub(crate) fn is_ruled(tx: &mut Tx, asked_on: Date) -> Result<bool, StoreError> {
    let sandbox = authorities::issuing(tx)?.is_some_and(|authority| authority.sandbox);
    letters::is_needed(tx, sandbox, asked_on)
}

/// A unit signs letters when one who decides for it has a certificate and it has a seal.
fn can_sign(tx: &mut Tx, unit: UnitId, now: Timestamp) -> Result<bool, StoreError> {
    if super::seals_of(tx, unit, now)?.is_empty() {
        return Ok(false);
    }
    for (account, _) in competent(tx, unit, local(now).date())? {
        if !super::signatures_of(tx, account, now)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Letters as an officer sees them beside a request or a certificate.
pub(crate) struct Beside {
    pub letters: Vec<Letter>,
    pub need: Need,
    /// One of them is this officer's own: somebody else decides.
    pub is_own: bool,
}

pub(crate) async fn beside(ctx: &Ctx, actor: &Actor, one: &Request) -> Result<Beside, Refusal> {
    let (one, account, now) = (one.clone(), actor.account.0, ctx.clock.now());
    ctx.store
        .read::<_, Refusal, _>(move |tx| {
            let letters = letters::of(tx, Subject::Request(one.id))?;
            let is_own = letters.iter().any(|letter| letter.is_by(account));
            let waits = one.state == Decision::Waiting;
            let need = if waits { need(tx, (&one, &letters), now)? } else { Need::Nothing };
            Ok(Beside { letters, need, is_own })
        })
        .await
}

pub(crate) async fn of(ctx: &Ctx, subject: Subject) -> Result<Vec<Letter>, Refusal> {
    ctx.store.read::<_, Refusal, _>(move |tx| Ok(letters::of(tx, subject)?)).await
}

pub(crate) async fn letter(ctx: &Ctx, id: Uuid) -> Result<Letter, Refusal> {
    let found = ctx.store.read::<_, Refusal, _>(move |tx| Ok(letters::by_id(tx, id)?)).await?;
    found.ok_or(Refusal::Nothing)
}

pub(crate) async fn rules(ctx: &Ctx) -> Result<Vec<LetterRule>, Refusal> {
    ctx.store.read::<_, Refusal, _>(|tx| Ok(letters::rules(tx)?)).await
}
