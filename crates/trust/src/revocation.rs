//! Lists of revoked certificates: signed anew at each revocation and before the one in force ends.
//!
//! Two processes may build at once. The number is taken in a unit of work of its own, with the
//! state of that instant; only the list with the highest number is kept, so a later state is never
//! covered by an earlier list.

use jiff::{SignedDuration, Timestamp};
use platform::Ctx;
use wire::pki::certificate::Serial;
use wire::pki::crl::{CrlProfile, Entry, Reason, prepare};

use crate::authority::AuthorityId;
use crate::commands::issuing::Issuer;
use crate::refusal::Refusal;
use crate::store::authorities::{self, CrlRow, RevokedRow};

/// How long a list is good; it is signed anew after half of that.
pub const CRL_HOURS: i64 = 24;

/// Signs the list of one authority as it is now.
pub async fn rebuild(ctx: &Ctx, id: AuthorityId) -> Result<(), Refusal> {
    let authority = ctx.store.read(move |tx| authorities::by_id(tx, id)).await?;
    let issuer = Issuer::open(ctx, authority.ok_or(Refusal::Nothing)?).await?;
    let now = whole_second(ctx.clock.now());
    let (number, revoked) = ctx
        .store
        .write::<_, Refusal, _>(move |tx| Ok(authorities::begin_crl(tx, id, now)?))
        .await?;
    let entries: Vec<Entry> = revoked.iter().filter_map(entry).collect();
    let next_update = now + SignedDuration::from_hours(CRL_HOURS);
    let profile = CrlProfile {
        issuer: &issuer.certificate.subject,
        issuer_key_id: &issuer.key_id(),
        this_update: now,
        next_update,
        number: u64::try_from(number).unwrap_or_default(),
    };
    let prepared = prepare(&profile, &entries, issuer.signer.usual_algorithm())?;
    let der = issuer.signer.complete(&prepared).await?;
    let row = CrlRow { number, der, this_update: now, next_update };
    ctx.store.write(move |tx| authorities::put_crl(tx, id, &row)).await?;
    Ok(())
}

fn entry(row: &RevokedRow) -> Option<Entry> {
    let suspended = row.state == "suspended";
    let code = row.reason.and_then(|code| u64::try_from(code).ok());
    let reason = code.and_then(Reason::of_code).unwrap_or(Reason::Unspecified);
    Some(Entry {
        serial: read_serial(&row.serial)?,
        revoked_at: whole_second(row.state_since?),
        reason: if suspended { Reason::Hold } else { reason },
        invalid_since: row.invalid_since.map(whole_second),
    })
}

/// A serial as the register writes it.
pub fn read_serial(hexadecimal: &str) -> Option<Serial> {
    if !hexadecimal.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let (pairs, rest) = hexadecimal.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
    rest.is_empty().then(|| Serial::new(&bytes?).ok())?
}

pub fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// All lists that have lived half of their time, and those that a change has not reached.
pub async fn rebuild_old(ctx: &Ctx) -> Result<usize, Refusal> {
    let now = ctx.clock.now();
    let mut built = 0;
    for authority in ctx.store.read(authorities::all).await? {
        let (id, slug) = (authority.id, authority.slug.clone());
        let is_old = ctx
            .store
            .read::<_, Refusal, _>(move |tx| {
                let Some(crl) = authorities::crl(tx, &slug)? else { return Ok(true) };
                let half = crl.this_update + SignedDuration::from_hours(CRL_HOURS / 2);
                Ok(half <= now || authorities::has_changed(tx, id, crl.this_update)?)
            })
            .await?;
        if is_old {
            rebuild(ctx, id).await?;
            built += 1;
        }
    }
    Ok(built)
}
