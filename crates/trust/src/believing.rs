//! What this installation believes when it judges a file: its own authorities with their lists,
//! and the anchors of others for what and as long as they are believed.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use platform::hex::to_hex;
use platform::store::{StoreError, Tx};
use wire::algorithm::Digest;
use wire::pki::certificate::Certificate as X509;
use wire::pki::der::Oid;
use wire::pki::oids;
use wire::pki::path::Anchor;

use crate::commands::anchors::Purpose;
use crate::store::{anchors, authorities, own_keys};
use crate::verdict::{Believed, Policy};

/// Everything that a verdict may rest on, from the register.
pub fn believed(tx: &mut Tx) -> Result<Believed, StoreError> {
    let mut believed = Believed::default();
    for authority in authorities::all(tx)? {
        let Ok(certificate) = authority.certificate() else { continue };
        if authority.is_root() {
            believed.anchors.push(Anchor::new(certificate));
        } else {
            believed.certificates.push(certificate);
        }
        if let Some(list) = authorities::crl(tx, &authority.slug)? {
            // A list that cannot be read says nothing: the verdict will be "unverifiable".
            let _ = believed.add_crl(&list.der);
        }
    }
    for row in anchors::all(tx)? {
        let Ok(certificate) = X509::read(&row.der) else { continue };
        let mut anchor = Anchor::new(certificate);
        anchor.from = anchor.from.max(start_of(row.valid_from));
        if let Some(end) = row.valid_to.and_then(|last| last.tomorrow().ok()) {
            anchor.until = anchor.until.min(start_of(end) - SignedDuration::from_secs(1));
        }
        anchor.purposes =
            row.purposes.split(' ').filter_map(Purpose::parse).flat_map(purposes).collect();
        // Without a purpose it would be believed for all.
        if !anchor.purposes.is_empty() {
            believed.anchors.push(anchor);
        }
    }
    for der in own_keys::all(tx)? {
        believed.own.extend(X509::read(&der));
    }
    Ok(believed)
}

/// A key of this installation has given itself this certificate: files that it signed are known as
/// ours, and no more.
pub fn know_own_key(tx: &mut Tx, der: &[u8], now: Timestamp) -> Result<(), StoreError> {
    own_keys::put(tx, (&to_hex(&Digest::Sha256.of(der)), der), now)
}

fn purposes(one: Purpose) -> Vec<Oid> {
    match one {
        Purpose::Sign => Policy::default().purposes,
        Purpose::Stamp => vec![oids::TIME_STAMPING],
        Purpose::Server => vec![oids::SERVER_AUTH],
    }
}

/// Midnight in Viet Nam.
fn start_of(day: Date) -> Timestamp {
    let zone = TimeZone::fixed(jiff::tz::Offset::constant(7));
    zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX)
}
