//! Stamping.

use jiff::Timestamp;

use super::{Accuracy, Failure, Request};
use crate::algorithm::{Digest, SignatureAlgorithm};
use crate::pki::certificate::{Certificate, Serial};
use crate::pki::cms::{self, CmsFault, Content, SignatureProfile};
use crate::pki::der::{Oid, tag, write};
use crate::pki::oids;
use crate::pki::prepared::{Layer, Prepared};

/// All that the authority adds to the question.
#[derive(Debug, Clone, Copy)]
pub struct StampProfile<'a> {
    pub policy: Oid,
    /// Never given twice.
    pub serial: &'a Serial,
    pub at: Timestamp,
    pub accuracy: Option<Accuracy>,
    pub is_ordered: bool,
    /// The authority's, for time stamps and nothing else.
    pub certificate: &'a Certificate,
    /// Sent along when the asker wants certificates.
    pub chain: &'a [Certificate],
    pub digest: Digest,
}

/// A granted answer (TimeStampResp) to `request`, to be signed with `algorithm`.
pub fn prepare(
    request: &Request,
    profile: &StampProfile<'_>,
    algorithm: SignatureAlgorithm,
) -> Result<Prepared, CmsFault> {
    let accuracy = profile.accuracy.map_or(Vec::new(), |accuracy| accuracy.write());
    let ordering = if profile.is_ordered { write::boolean(true) } else { Vec::new() };
    let nonce =
        request.nonce.as_ref().map_or(Vec::new(), |nonce| write::tlv(tag::INTEGER, &[nonce]));
    let info = write::sequence(&[
        &write::small(1),
        &write::oid(&profile.policy),
        &request.imprint.write(),
        &profile.serial.write(),
        &write::exact_time(profile.at),
        &accuracy,
        &ordering,
        &nonce,
    ]);
    let signature = SignatureProfile {
        content: Content::Attached(&info),
        digest: profile.digest,
        certificate: profile.certificate,
        chain: profile.chain,
        signing_time: None,
    };
    let form = cms::Form {
        content_type: oids::TST_INFO,
        is_protected: false,
        with_certificates: request.wants_certificate,
    };
    let prepared = cms::prepare_form(&signature, &form, algorithm)?;
    let status = write::sequence(&[&write::small(0)]);
    Ok(prepared.wrap([Layer { tag: tag::SEQUENCE, before: status, after: Vec::new() }]))
}

/// An answer that says why there is no stamp. It is not signed.
pub fn rejection(failure: Failure, words: &str) -> Vec<u8> {
    let words = if words.is_empty() { Vec::new() } else { write::sequence(&[&write::utf8(words)]) };
    let failure = write::named_bits(tag::BIT_STRING, 1 << failure as u32);
    write::sequence(&[&write::sequence(&[&write::small(2), &words, &failure])])
}
