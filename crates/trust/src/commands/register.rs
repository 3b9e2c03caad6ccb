//! Certificates that others issued: only registered, so that their end is seen coming.

use identity::Actor;
use platform::Ctx;
use serde_json::json;
use uuid::Uuid;
use wire::pki::certificate::Certificate as X509;

use super::Scribe;
use super::issuing::row;
use super::requests::may_manage;
use crate::certificate::Carrier;
use crate::profile::FOREIGN;
use crate::refusal::Refusal;
use crate::store::certificates;

/// What a form says about it.
#[derive(Debug, Clone, Default)]
pub struct Registration {
    pub pem: String,
    /// Code of the unit that holds it, or whose officer does.
    pub unit: String,
    /// User name of the officer; empty for the agency's own.
    pub login: String,
    pub carrier: Option<Carrier>,
    pub carrier_number: String,
    pub note: String,
}

pub async fn register(ctx: &Ctx, actor: &Actor, asked: Registration) -> Result<Uuid, Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    let carrier = asked.carrier.ok_or(Refusal::CarrierMissing)?;
    let mut bundle = X509::read_bundle(asked.pem.trim().as_bytes())?;
    let certificate = match (bundle.pop(), bundle.is_empty()) {
        (Some(one), true) => one,
        _ => return Err(wire::pki::certificate::CertificateFault::NotCertificate.into()),
    };
    let mut new = row(&ctx.ids, None, (&certificate, FOREIGN), scribe.now);
    new.carrier = carrier;
    new.carrier_number = some(&asked.carrier_number);
    new.note = some(&asked.note);
    let id = new.id;
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            let unit = organisations::queries::by_code(tx, &asked.unit)?;
            let unit = unit.ok_or(Refusal::NoSuchUnit)?;
            may_manage(tx, &actor, unit.id)?;
            let mut new = new.clone();
            new.unit = Some(unit.id);
            if !asked.login.is_empty() {
                let account = identity::queries::by_login(tx, &asked.login)?;
                new.account = Some(account.ok_or(Refusal::NoSuchOfficer)?.0);
            }
            if certificates::by_fingerprint(tx, &new.fingerprint)?.is_some() {
                return Err(Refusal::RegisteredAlready);
            }
            certificates::insert(tx, &new, &certificates::hay(&new, unit.name.as_str()))?;
            let detail = json!({ "serial": new.serial, "issuer": new.issuer });
            let told = ("trust.register", format!("certificate:{id}"));
            Ok(scribe.note_over(tx, Some(unit.id), told, detail)?)
        })
        .await?;
    Ok(id)
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.chars().take(200).collect())
}
