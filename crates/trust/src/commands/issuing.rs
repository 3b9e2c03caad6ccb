//! Making one certificate: what the profile says, signed by the authority.
//!
//! Law: NĐ 23/2025/NĐ-CP art. 5

use jiff::{SignedDuration, Timestamp};
use platform::ids::Ids;
use wire::algorithm::PublicKey;
use wire::pki::certificate::{Certificate as X509, Serial};
use wire::pki::extension::{
    DistributionPoint, Extension, ExtensionBuilder, KeyUsage, PointName, Policy,
};
use wire::pki::general_name::GeneralName;
use wire::pki::issue::{CertificateProfile, prepare};
use wire::pki::name::Name;

use crate::authority::{Addresses, Authority};
use crate::certificate::{Carrier, Certificate, State};
use crate::keyring;
use crate::profile::Profile;
use crate::refusal::Refusal;
use crate::signer::Signer;
use platform::hex::to_hex;

/// Under which rules certificates are issued here (a UUID as an object identifier, ITU-T X.667).
const POLICY: &str = "2.25.4863095605019916444741836685303659846";

/// An authority at work: its certificate and whoever signs for it.
pub struct Issuer {
    pub authority: Authority,
    pub certificate: X509,
    pub signer: Signer,
}

/// For whom, over which key, from when to when.
pub struct Wanted<'a> {
    pub subject: Name,
    pub names: Vec<GeneralName>,
    pub key: &'a PublicKey,
    pub not_before: Timestamp,
    pub not_after: Timestamp,
}

impl Issuer {
    pub async fn open(ctx: &platform::Ctx, authority: Authority) -> Result<Issuer, Refusal> {
        let certificate = authority.certificate()?;
        let signer = keyring::signer(ctx, authority.key).await?;
        Ok(Issuer { authority, certificate, signer })
    }

    pub fn key_id(&self) -> Vec<u8> {
        self.certificate.extensions.subject_key_id.clone().unwrap_or_default()
    }

    /// A certificate for whoever is no authority.
    pub async fn certify(
        &self,
        (ids, public_address): (&Ids, &str),
        profile: &Profile,
        wanted: &Wanted<'_>,
    ) -> Result<X509, Refusal> {
        let addresses = self.authority.addresses(public_address);
        let extensions = self.extensions(profile, wanted, &addresses)?;
        self.sign(ids, wanted, &extensions).await
    }

    /// A certificate for an authority below, which has none below itself.
    pub async fn certify_authority(
        &self,
        (ids, public_address): (&Ids, &str),
        wanted: &Wanted<'_>,
    ) -> Result<X509, Refusal> {
        let addresses = self.authority.addresses(public_address);
        let extensions = ExtensionBuilder::new()
            .authority(Some(0))
            .key_usage(KeyUsage::CERTIFICATE_SIGN.and(KeyUsage::CRL_SIGN))
            .subject_key_id(wanted.key)
            .authority_key_id(&self.key_id())
            .policies(&policies()?)
            .crl_points(&[point(&addresses)])
            .authority_access(&[&addresses.ocsp], &[&addresses.certificate])
            .finish();
        self.sign(ids, wanted, &extensions).await
    }

    async fn sign(
        &self,
        ids: &Ids,
        wanted: &Wanted<'_>,
        extensions: &[Extension],
    ) -> Result<X509, Refusal> {
        let certified = CertificateProfile {
            serial: &fresh_serial(ids)?,
            issuer: &self.certificate.subject,
            subject: &wanted.subject,
            not_before: wanted.not_before,
            // Nobody's certificate outlives its issuer's.
            not_after: wanted.not_after.min(self.certificate.not_after),
            key: wanted.key,
            extensions,
        };
        let prepared = prepare(&certified, self.signer.usual_algorithm())?;
        Ok(X509::read(&self.signer.complete(&prepared).await?)?)
    }

    fn extensions(
        &self,
        profile: &Profile,
        wanted: &Wanted<'_>,
        addresses: &Addresses,
    ) -> Result<Vec<Extension>, Refusal> {
        let mut builder = ExtensionBuilder::new()
            .end_entity()
            .key_usage(profile.usage)
            .extended_key_usage(profile.purposes)
            .subject_key_id(wanted.key)
            .authority_key_id(&self.key_id())
            .policies(&policies()?);
        if !wanted.names.is_empty() {
            builder = builder.subject_names(&wanted.names);
        }
        // Nobody asks about a responder whose certificate says not to.
        builder = if profile.is_no_check {
            builder.ocsp_no_check().authority_access(&[], &[&addresses.certificate])
        } else {
            builder
                .crl_points(&[point(addresses)])
                .authority_access(&[&addresses.ocsp], &[&addresses.certificate])
        };
        Ok(builder.finish())
    }
}

/// A certificate that an authority gives itself.
pub async fn certify_root(
    ids: &Ids,
    signer: &Signer,
    wanted: &Wanted<'_>,
) -> Result<X509, Refusal> {
    let extensions = ExtensionBuilder::new()
        .authority(None)
        .key_usage(KeyUsage::CERTIFICATE_SIGN.and(KeyUsage::CRL_SIGN))
        .subject_key_id(wanted.key)
        .finish();
    let certified = CertificateProfile {
        serial: &fresh_serial(ids)?,
        issuer: &wanted.subject,
        subject: &wanted.subject,
        not_before: wanted.not_before,
        not_after: wanted.not_after,
        key: wanted.key,
        extensions: &extensions,
    };
    let prepared = prepare(&certified, signer.usual_algorithm())?;
    Ok(X509::read(&signer.complete(&prepared).await?)?)
}

/// 127 bits nobody can foresee (RFC 5280 §4.1.2.2; the first bit is the sign).
fn fresh_serial(ids: &Ids) -> Result<Serial, Refusal> {
    let mut bytes: [u8; 16] = ids.secret();
    bytes[0] = bytes[0] & 0x7f | 0x40;
    Serial::new(&bytes).map_err(|fault| Refusal::CertificateWrong(fault.into()))
}

fn policies() -> Result<Vec<Policy>, Refusal> {
    let policy = POLICY.parse().map_err(|_| Refusal::OidWrong)?;
    Ok(vec![Policy { policy, qualifiers: Vec::new() }])
}

fn point(addresses: &Addresses) -> DistributionPoint {
    let name = PointName::Full(vec![GeneralName::Uri(addresses.crl.clone())]);
    DistributionPoint { name: Some(name), ..DistributionPoint::default() }
}

/// From a second on that has begun, for so many days.
pub fn dates(now: Timestamp, days: i32) -> (Timestamp, Timestamp) {
    let not_before = Timestamp::from_second(now.as_second()).unwrap_or(now);
    (not_before, not_before + SignedDuration::from_hours(24 * i64::from(days)))
}

/// The row of a certificate; whose it is, its carrier and its key are added by the caller.
pub fn row(
    ids: &Ids,
    authority: Option<&Authority>,
    (certificate, profile): (&X509, &str),
    now: Timestamp,
) -> Certificate {
    Certificate {
        id: ids.next(),
        authority: authority.map(|authority| authority.id),
        serial: certificate.serial.to_string(),
        issuer: certificate.issuer.to_string(),
        subject: certificate.subject.to_string(),
        fingerprint: to_hex(&certificate.fingerprint()),
        der: certificate.der().to_vec(),
        profile: profile.to_owned(),
        carrier: Carrier::Software,
        carrier_number: None,
        holder_name: certificate.subject.common_name().unwrap_or_default().to_owned(),
        unit: None,
        account: None,
        key: None,
        not_before: certificate.not_before,
        not_after: certificate.not_after,
        state: State::Good,
        state_since: None,
        reason: None,
        invalid_since: None,
        replaces: None,
        note: None,
        made_at: now,
        version: 1,
    }
}
