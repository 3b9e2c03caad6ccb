//! Anchors of others: whom we believe, for what, and from when to when.
//!
//! Nothing is deleted: what was believed on a day must be known years later.
//!
//! Law: Luật 20/2023/QH15 art. 26

use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use serde_json::json;
use uuid::Uuid;
use wire::pki::certificate::Certificate as X509;

use super::Scribe;
use crate::refusal::Refusal;
use crate::store::anchors::{self, Anchor};
use crate::store::evidence;
use platform::hex::to_hex;

/// For what an anchor is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    Sign,
    Stamp,
    Server,
}

impl Purpose {
    pub const ALL: [Purpose; 3] = [Purpose::Sign, Purpose::Stamp, Purpose::Server];

    pub fn code(self) -> &'static str {
        match self {
            Purpose::Sign => "sign",
            Purpose::Stamp => "stamp",
            Purpose::Server => "server",
        }
    }

    pub fn parse(code: &str) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|one| one.code() == code)
    }

    pub fn word(self) -> &'static str {
        match self {
            Purpose::Sign => "trust-purpose-sign",
            Purpose::Stamp => "trust-purpose-stamp",
            Purpose::Server => "trust-purpose-server",
        }
    }
}

#[derive(Debug, Clone)]
pub struct NewAnchors {
    /// One or more certificates of authorities, PEM or DER.
    pub bundle: Vec<u8>,
    /// What people call them; empty: as the certificate does.
    pub name: String,
    pub purposes: Vec<Purpose>,
    pub valid_from: Option<Date>,
    /// The last day.
    pub valid_to: Option<Date>,
    /// Where it was taken from: an address, a decree, a letter.
    pub source: String,
    pub note: String,
}

/// Takes anchors in; those that are known already are left as they are. Answers with how many
/// were new. Who may do it is asked before.
pub async fn import(ctx: &Ctx, scribe: &Scribe, new: NewAnchors) -> Result<usize, Refusal> {
    if new.source.trim().is_empty() {
        return Err(Refusal::SourceMissing);
    }
    if new.purposes.is_empty() {
        return Err(Refusal::PurposeMissing);
    }
    let valid_from = new.valid_from.unwrap_or_else(|| local(scribe.now).date());
    if new.valid_to.is_some_and(|end| end < valid_from) {
        return Err(Refusal::DatesReversed);
    }
    let mut rows = Vec::new();
    for certificate in X509::read_bundle(&new.bundle)? {
        // A first-version root says nothing about itself; any other must be an authority's.
        if certificate.version == 3 && !certificate.is_authority() {
            return Err(Refusal::NotAuthority);
        }
        rows.push(anchor(ctx, scribe, (&new, valid_from), &certificate));
    }
    rows.sort_by(|one, other| one.fingerprint.cmp(&other.fingerprint));
    rows.dedup_by(|one, other| one.fingerprint == other.fingerprint);
    let scribe = scribe.clone();
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            let known = anchors::all(tx)?;
            let is_new = |row: &&Anchor| known.iter().all(|one| one.fingerprint != row.fingerprint);
            let fresh: Vec<&Anchor> = rows.iter().filter(is_new).collect();
            for row in &fresh {
                anchors::insert(tx, row)?;
                let told = ("trust.add-anchor", format!("anchor:{}", row.id));
                let detail = json!({ "name": row.name, "fingerprint": row.fingerprint,
                    "purposes": row.purposes, "source": row.source });
                scribe.note_over(tx, None, told, detail)?;
            }
            Ok(fresh.len())
        })
        .await
}

fn anchor(
    ctx: &Ctx,
    scribe: &Scribe,
    (new, valid_from): (&NewAnchors, Date),
    certificate: &X509,
) -> Anchor {
    let codes: Vec<&str> = new.purposes.iter().map(|purpose| purpose.code()).collect();
    let typed = new.name.trim();
    let own = certificate.subject.common_name().map(str::to_owned);
    let own = own.unwrap_or_else(|| certificate.subject.to_string());
    let note = new.note.trim();
    Anchor {
        id: ctx.ids.next(),
        fingerprint: to_hex(&certificate.fingerprint()),
        der: certificate.der().to_vec(),
        name: if typed.is_empty() { own } else { typed.to_owned() },
        purposes: codes.join(" "),
        valid_from,
        valid_to: new.valid_to,
        source: new.source.trim().to_owned(),
        note: (!note.is_empty()).then(|| note.to_owned()),
        made_by: scribe.actor,
        made_name: scribe.name.clone(),
        made_at: scribe.now,
    }
}

/// Believed no longer than until yesterday.
pub async fn end(ctx: &Ctx, scribe: &Scribe, id: Uuid) -> Result<(), Refusal> {
    let scribe = scribe.clone();
    let today = local(scribe.now).date();
    let last = today.yesterday().unwrap_or(today);
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            if !anchors::end(tx, id, last)? {
                return Err(Refusal::Nothing);
            }
            // What this anchor vouched for is asked no more; what others vouch for is wanted again.
            evidence::forget_all(tx)?;
            let told = ("trust.end-anchor", format!("anchor:{id}"));
            Ok(scribe.note_over(tx, None, told, json!({ "last_day": last.to_string() }))?)
        })
        .await
}
