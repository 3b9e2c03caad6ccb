//! An authority, people and documents to measure with.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use platform::clock::Clock;
use trust::{KeyKind, SoftwareKey};
use wire::pki::certificate::{Certificate, Serial};
use wire::pki::crl::{self, Crl, CrlProfile};
use wire::pki::der::Oid;
use wire::pki::extension::{ExtensionBuilder, KeyUsage, key_id};
use wire::pki::issue::{self, CertificateProfile};
use wire::pki::name::Name;
use wire::pki::oids;

use crate::demo::paper;

pub struct Holder {
    pub key: SoftwareKey,
    pub certificate: Certificate,
}

pub struct Stage {
    pub now: Timestamp,
    pub root: Holder,
    pub person: Holder,
    pub clock: Holder,
    pub crl: Crl,
}

impl Stage {
    /// With keys of one kind everywhere.
    pub fn set(kind: KeyKind) -> Result<Stage> {
        let now = Timestamp::from_second(Clock::System.now().as_second())?;
        let key = fresh(kind)?;
        let root = certify(None, key, ("Gốc đo", &[], now))?;
        let person = certify(Some(&root), fresh(kind)?, ("Người đo", PERSON, now))?;
        let clock = certify(Some(&root), fresh(kind)?, ("Giờ đo", &[oids::TIME_STAMPING], now))?;
        let profile = CrlProfile {
            issuer: &root.certificate.subject,
            issuer_key_id: &key_id(root.key.public_key()),
            this_update: now,
            next_update: now + SignedDuration::from_hours(24),
            number: 1,
        };
        let prepared = crl::prepare(&profile, &[], kind.usual_algorithm())?;
        let value = root.key.sign(prepared.algorithm(), prepared.to_be_signed())?;
        let crl = Crl::read_der(prepared.finish(&value))?;
        Ok(Stage { now, root, person, clock, crl })
    }
}

const PERSON: &[Oid] = &[oids::DOCUMENT_SIGNING];

fn fresh(kind: KeyKind) -> Result<SoftwareKey> {
    Ok(SoftwareKey::open(&trust::generate_key(kind)?)?)
}

/// The message of a certificate for `key`, as an authority makes it.
pub fn prepared(
    issuer: Option<&Holder>,
    key: &SoftwareKey,
    (name, purposes, now): (&str, &[Oid], Timestamp),
) -> Result<wire::pki::Prepared> {
    let public = key.public_key();
    let signer = issuer.map_or(key, |issuer| &issuer.key);
    let extensions = ExtensionBuilder::new()
        .subject_key_id(public)
        .authority_key_id(&key_id(signer.public_key()));
    let extensions = match issuer {
        None => {
            extensions.authority(None).key_usage(KeyUsage::CERTIFICATE_SIGN.and(KeyUsage::CRL_SIGN))
        }
        Some(_) => extensions
            .end_entity()
            .key_usage(KeyUsage::DIGITAL_SIGNATURE)
            .extended_key_usage(purposes),
    };
    let subject = Name::build(&[(oids::COUNTRY, "VN"), (oids::COMMON_NAME, name)])?;
    let profile = CertificateProfile {
        serial: &Serial::new(key_id(public).get(..8).unwrap_or_default())?,
        issuer: issuer.map_or(&subject, |issuer| &issuer.certificate.subject),
        subject: &subject,
        not_before: now - SignedDuration::from_hours(24),
        not_after: now + SignedDuration::from_hours(24 * 365),
        key: public,
        extensions: &extensions.finish(),
    };
    Ok(issue::prepare(&profile, signer.kind().usual_algorithm())?)
}

pub fn certify(
    issuer: Option<&Holder>,
    key: SoftwareKey,
    about: (&str, &[Oid], Timestamp),
) -> Result<Holder> {
    let prepared = prepared(issuer, &key, about)?;
    let signer = issuer.map_or(&key, |issuer| &issuer.key);
    let value = signer.sign(prepared.algorithm(), prepared.to_be_signed())?;
    let certificate = Certificate::read(&prepared.finish(&value))?;
    Ok(Holder { key, certificate })
}

/// About 8 KB with Vietnamese text.
pub fn xml() -> Vec<u8> {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<VanBan>");
    for number in 0.. {
        if text.len() > 8_000 {
            break;
        }
        text.push_str(&format!("<Muc so=\"{number}\">Về việc cấp giấy phép xây dựng nhà ở</Muc>"));
    }
    text.push_str("</VanBan>");
    text.into_bytes()
}

/// About 28 KB, one page.
pub fn pdf() -> Vec<u8> {
    let mut text = String::from("BT /F1 12 Tf 14 TL 72 780 Td");
    while text.len() < 26_500 {
        text.push_str(" (Quyet dinh ve viec cap giay phep xay dung nha o rieng le) Tj T*");
    }
    text.push_str(" ET");
    paper::page(&text)
}
