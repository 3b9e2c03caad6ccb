//! An agency whose packets are signed by our profile, and the authority that stands behind it.

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use identity::Scribe;
use platform::Ctx;
use platform::clock::local;
use serde::{Deserialize, Serialize};
use trust::commands::anchors::{self, NewAnchors, Purpose};
use trust::{KeyKind, SoftwareKey};
use wire::algorithm::{Digest, SignatureAlgorithm};
use wire::edxml::signature::prepare;
use wire::pki::oids;

use crate::bench::trust::stage::{Holder, certify};

const ECDSA: SignatureAlgorithm = SignatureAlgorithm::Ecdsa(Digest::Sha256);

/// A key and its certificate as they are handed to the process that sends; both in base64.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Seal {
    pkcs8: String,
    certificate: String,
}

/// The same, ready to sign.
pub struct Pen {
    key: SoftwareKey,
    certificates: Vec<Vec<u8>>,
}

impl Seal {
    /// Given by an authority that this axis believes from now on.
    pub async fn cut(ctx: &Ctx) -> Result<Seal> {
        let now = ctx.clock.now();
        let root = SoftwareKey::open(&trust::generate_key(KeyKind::P256)?)?;
        let root: Holder = certify(None, root, ("Gốc đo", &[], now))?;
        let pkcs8 = trust::generate_key(KeyKind::P256)?;
        let about = ("Cơ quan đo", &[oids::DOCUMENT_SIGNING][..], now);
        let holder = certify(Some(&root), SoftwareKey::open(&pkcs8)?, about)?;
        let new = NewAnchors {
            bundle: root.certificate.der().to_vec(),
            name: String::new(),
            purposes: vec![Purpose::Sign],
            valid_from: Some(local(now).date()),
            valid_to: None,
            source: "bench".to_owned(),
            note: String::new(),
        };
        anchors::import(ctx, &Scribe::named(ctx, None, "bench"), new).await?;
        Ok(Seal {
            pkcs8: STANDARD.encode(&*pkcs8),
            certificate: STANDARD.encode(holder.certificate.der()),
        })
    }

    pub fn open(&self) -> Result<Pen> {
        let key = SoftwareKey::open(&STANDARD.decode(&self.pkcs8)?)?;
        Ok(Pen { key, certificates: vec![STANDARD.decode(&self.certificate)?] })
    }
}

impl Pen {
    /// The packet with its signature, and the SHA-256 of both.
    pub fn sign(&self, packet: &[u8]) -> Result<(Vec<u8>, Vec<u8>)> {
        let prepared = prepare(packet, self.key.public_key(), &self.certificates)?;
        let signature = self.key.sign(ECDSA, prepared.to_be_signed())?;
        let signed = prepared.finish(&signature)?;
        let sha256 = Digest::Sha256.of(&signed);
        Ok((signed, sha256))
    }
}
