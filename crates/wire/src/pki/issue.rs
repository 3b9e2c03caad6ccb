//! Making certificates (RFC 5280 §4). What is in them is the caller's profile; here is the form.

use jiff::Timestamp;

use crate::algorithm::{AlgorithmFault, PublicKey, SignatureAlgorithm};

use super::certificate::Serial;
use super::der::write;
use super::extension::Extension;
use super::identifier;
use super::name::Name;
use super::oids;
use super::prepared::Prepared;

/// Why a certificate, a request or a list cannot be made as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IssueFault {
    #[error("nothing is signed with this algorithm: {0}")]
    Algorithm(#[from] AlgorithmFault),
    #[error("the issuer has no name")]
    IssuerUnnamed,
    #[error("neither the subject nor a critical alternative name says whose certificate it is")]
    SubjectUnnamed,
    #[error("the end lies before the beginning")]
    Dates,
    #[error("the same extension is asked for twice")]
    ExtensionTwice,
}

/// All that a certificate will say.
#[derive(Debug, Clone, Copy)]
pub struct CertificateProfile<'a> {
    pub serial: &'a Serial,
    pub issuer: &'a Name,
    pub subject: &'a Name,
    pub not_before: Timestamp,
    /// [`Timestamp::MAX`] for "no end that is known".
    pub not_after: Timestamp,
    pub key: &'a PublicKey,
    /// See [`super::extension::ExtensionBuilder`].
    pub extensions: &'a [Extension],
}

/// A version 3 certificate, to be signed by the issuer's key with `algorithm`.
pub fn prepare(
    profile: &CertificateProfile<'_>,
    algorithm: SignatureAlgorithm,
) -> Result<Prepared, IssueFault> {
    check(profile)?;
    let algorithm_der = identifier::write_signature(algorithm)?;
    let validity =
        write::sequence(&[&write::time(profile.not_before), &write::time(profile.not_after)]);
    let message = write::sequence(&[
        &write::explicit(0, &[&write::small(2)]),
        &profile.serial.write(),
        &algorithm_der,
        profile.issuer.der(),
        &validity,
        profile.subject.der(),
        &identifier::write_key(profile.key),
        &write_extensions(3, profile.extensions),
    ]);
    Ok(Prepared::signed(message, algorithm, &algorithm_der))
}

fn check(profile: &CertificateProfile<'_>) -> Result<(), IssueFault> {
    if profile.issuer.is_empty() {
        return Err(IssueFault::IssuerUnnamed);
    }
    let is_alternative =
        |extension: &Extension| extension.kind == oids::SUBJECT_ALT_NAME && extension.is_critical;
    if profile.subject.is_empty() && !profile.extensions.iter().any(is_alternative) {
        return Err(IssueFault::SubjectUnnamed);
    }
    if profile.not_after < profile.not_before {
        return Err(IssueFault::Dates);
    }
    check_extensions(profile.extensions)
}

pub(super) fn check_extensions(extensions: &[Extension]) -> Result<(), IssueFault> {
    let kinds: Vec<_> = extensions.iter().map(|extension| extension.kind).collect();
    let is_twice = (1..kinds.len()).any(|at| {
        let (earlier, rest) = kinds.split_at(at);
        rest.first().is_some_and(|kind| earlier.contains(kind))
    });
    if is_twice { Err(IssueFault::ExtensionTwice) } else { Ok(()) }
}

/// `[number] Extensions`, or nothing when there are none.
pub(super) fn write_extensions(number: u8, extensions: &[Extension]) -> Vec<u8> {
    if extensions.is_empty() {
        return Vec::new();
    }
    write::explicit(number, &[&Extension::write_all(extensions)])
}
