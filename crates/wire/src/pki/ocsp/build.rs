//! Making answers.

use jiff::Timestamp;

use super::{Refusal, ResponderId, SingleResponse, Status, write_nonce};
use crate::algorithm::{AlgorithmFault, SignatureAlgorithm};
use crate::pki::certificate::Certificate;
use crate::pki::crl::Reason;
use crate::pki::der::{tag, write};
use crate::pki::extension::Extension;
use crate::pki::identifier;
use crate::pki::oids;
use crate::pki::prepared::{Layer, Prepared};

/// All that an answer will say.
#[derive(Debug, Clone, Copy)]
pub struct ResponseProfile<'a> {
    pub responder: &'a ResponderId,
    pub produced_at: Timestamp,
    pub answers: &'a [SingleResponse],
    /// Of the question. An answer without it can be prepared before anybody asks.
    pub nonce: Option<&'a [u8]>,
    /// The responder's own, when it is not the issuer.
    pub certificates: &'a [Certificate],
}

/// An answer, to be signed by the responder's key with `algorithm`.
pub fn prepare(
    profile: &ResponseProfile<'_>,
    algorithm: SignatureAlgorithm,
) -> Result<Prepared, AlgorithmFault> {
    let algorithm_der = identifier::write_signature(algorithm)?;
    let responder = match profile.responder {
        ResponderId::Name(name) => write::explicit(1, &[name.der()]),
        ResponderId::Key(hash) => write::explicit(2, &[&write::octets(hash)]),
    };
    let answers: Vec<Vec<u8>> = profile.answers.iter().map(write_answer).collect();
    let message = write::sequence(&[
        &responder,
        &write::generalized_time(profile.produced_at),
        &write::sequence_of(&answers),
        &write_nonce(1, profile.nonce),
    ]);
    let certificates: Vec<u8> =
        profile.certificates.iter().flat_map(|certificate| certificate.der().to_vec()).collect();
    let certificates = if certificates.is_empty() {
        Vec::new()
    } else {
        write::explicit(0, &[&write::sequence(&[&certificates])])
    };
    let kind =
        Layer { tag: tag::SEQUENCE, before: write::oid(&oids::OCSP_BASIC), after: Vec::new() };
    let outer = Layer { tag: tag::SEQUENCE, before: write::enumerated(0), after: Vec::new() };
    let layers =
        [Layer::around(tag::OCTET_STRING), kind, Layer::around(tag::constructed(0)), outer];
    let prepared = Prepared::signed(message, algorithm, &algorithm_der);
    Ok(prepared.followed_by(&certificates).wrap(layers))
}

fn write_answer(answer: &SingleResponse) -> Vec<u8> {
    let status = match answer.status {
        Status::Good => write::tlv(tag::primitive(0), &[]),
        Status::Unknown => write::tlv(tag::primitive(2), &[]),
        Status::Revoked { at, reason } => {
            let reason = match reason {
                Reason::Unspecified => Vec::new(),
                other => write::explicit(0, &[&write::enumerated(other.code())]),
            };
            write::explicit(1, &[&write::generalized_time(at), &reason])
        }
    };
    let next = answer
        .next_update
        .map_or(Vec::new(), |at| write::explicit(0, &[&write::generalized_time(at)]));
    let cutoff = answer.archive_cutoff.map_or(Vec::new(), |at| {
        let value = write::generalized_time(at);
        let kind = oids::OCSP_ARCHIVE_CUTOFF;
        let extension = Extension { kind, is_critical: false, value };
        write::explicit(1, &[&Extension::write_all(&[extension])])
    });
    write::sequence(&[
        answer.id.der(),
        &status,
        &write::generalized_time(answer.this_update),
        &next,
        &cutoff,
    ])
}

/// An answer that says why there is none. It is not signed.
pub fn error_response(refusal: Refusal) -> Vec<u8> {
    write::sequence(&[&write::enumerated(refusal as u8)])
}
