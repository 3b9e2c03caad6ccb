//! The time stamps of one signature, in the order in which they hold each other up: the archive
//! stamps from the last to the first, then those over the signature alone.
//!
//! An archive stamp is over the signature and all that came along until then. One that is not
//! computed here, or not as it should be, proves nothing; since what it is over may have been
//! touched only by those who keep the file, that alone does not make the signature wrong.
//!
//! Specification: ETSI EN 319 122-1 §5.5, EN 319 132-1 §5.5.2

use wire::algorithm::Digest;
use wire::pki::cms::{ArchiveStamp, Original, SignedData, Signer};
use wire::pki::oids;
use wire::pki::time_stamp::Token;
use wire::xml::document::Document;
use wire::xml::signature::{Checked, Signature};
use wire::xml::xades::Xades;

use super::chain::Court;
use super::reason::{Note, Reason};
use super::report::{Finding, ProofKind};
use super::time::Stamp;

/// More archive stamps over one signature are not looked at.
const ARCHIVES_MAX: usize = 8;

/// Those of a signer of a message.
pub(super) fn of_message<'s>(
    court: &mut Court<'_>,
    (signed, signer): (&SignedData, &'s Signer),
    original: Original<'_>,
    finding: &mut Finding,
) -> Vec<Stamp<'s>> {
    for kind in [oids::ARCHIVE_TIME_STAMP, oids::ARCHIVE_TIME_STAMP_V2] {
        signer.unsigned_values(kind).take(1).for_each(|_| {
            unread(finding, "an archive time stamp of an older version".to_owned());
        });
    }
    let mut archives = Vec::new();
    let content = match original {
        Original::Bytes(content) => content.len(),
        Original::Inside | Original::Digest(_) => 0,
    };
    for token in signer.archive_time_stamps().take(ARCHIVES_MAX) {
        if !court.may_hash(signed.der().len().saturating_add(content)) {
            finding.note(Note::StampUnproved(Box::new(Reason::TooMuch)));
            break;
        }
        match signed.archive_stamp(signer, token) {
            Ok(archive) if is_too_weak(court, archive.index_digest) => {
                finding.note(Note::StampUnproved(Box::new(Reason::WeakAlgorithm)));
            }
            Ok(archive) => archives.push(archive),
            Err(fault) => unread(finding, fault.to_string()),
        }
    }
    archives.sort_by_key(|archive| std::cmp::Reverse(archive.at));
    let holders = |kind, token: &[u8], first: &[ArchiveStamp<'_>]| -> Vec<usize> {
        let places = first.iter().enumerate().filter(|(_, archive)| archive.covers(kind, token));
        places.map(|(place, _)| place).collect()
    };
    let mut stamps = Vec::new();
    for (place, archive) in archives.iter().enumerate() {
        let first = archives.get(..place).unwrap_or_default();
        let imprint = content_hash((signed, signer), original, archive.digest)
            .map_or_else(Vec::new, |hash| archive.digest.of(&archive.stamped(&hash)));
        stamps.push(Stamp {
            token: archive.token,
            kind: ProofKind::Archive,
            digest_of: Box::new(move |_| imprint.clone()),
            held_by: holders(oids::ARCHIVE_TIME_STAMP_V3, archive.token, first),
        });
    }
    let message = &signer.signature;
    stamps.extend(signer.time_stamps().map(|token| Stamp {
        token,
        kind: ProofKind::Signature,
        digest_of: Box::new(|digest| digest.of(message)),
        held_by: holders(oids::SIGNATURE_TIME_STAMP, token, &archives),
    }));
    stamps
}

/// Those of a signature in XML.
pub(super) fn of_document<'s>(
    court: &mut Court<'_>,
    (document, signature): (&Document<'_>, &Signature),
    properties: &'s Xades,
    checked: &Checked<'_>,
    finding: &mut Finding,
) -> Vec<Stamp<'s>> {
    for name in properties.unread_stamps.iter().take(ARCHIVES_MAX) {
        unread(finding, super::names::shown(name));
    }
    let signed: usize = checked.references.iter().map(|one| one.bytes.len()).sum();
    let mut stamps: Vec<Stamp<'s>> = Vec::new();
    let mut places = Vec::new();
    let archives = properties.archive_stamps.iter().rev();
    let tokens = archives.flat_map(|archive| archive.tokens.iter().map(move |one| (archive, one)));
    for (archive, token) in tokens.take(ARCHIVES_MAX) {
        if !court.may_hash(document.text().len().saturating_add(signed)) {
            finding.note(Note::StampUnproved(Box::new(Reason::TooMuch)));
            break;
        }
        let imprint = Token::read(token).map_err(|fault| fault.to_string()).and_then(|read| {
            let digest = archive.digest((document, signature), checked, read.imprint.digest);
            digest.map_err(|fault| fault.to_string())
        });
        match imprint {
            Ok(imprint) => {
                stamps.push(Stamp {
                    token,
                    kind: ProofKind::Archive,
                    digest_of: Box::new(move |_| imprint.clone()),
                    held_by: after(&places, archive.place),
                });
                places.push(archive.place);
            }
            Err(detail) => unread(finding, detail),
        }
    }
    stamps.extend(properties.time_stamps.iter().map(|one| Stamp {
        token: &one.token,
        kind: ProofKind::Signature,
        digest_of: Box::new(|digest| digest.of(&one.stamped)),
        held_by: after(&places, one.place),
    }));
    stamps
}

/// Which archive stamps stand behind a place, and so are over it.
fn after(places: &[usize], place: usize) -> Vec<usize> {
    let all = places.iter().enumerate().filter(|(_, other)| **other > place);
    all.map(|(index, _)| index).collect()
}

fn unread(finding: &mut Finding, detail: String) {
    finding.note(Note::StampUnproved(Box::new(Reason::NotUnderstood { detail })));
}

fn is_too_weak(court: &Court<'_>, digest: Digest) -> bool {
    !digest.is_strong() && !court.question.policy.allows_sha1
}

fn content_hash(
    (signed, signer): (&SignedData, &Signer),
    original: Original<'_>,
    digest: Digest,
) -> Option<Vec<u8>> {
    match original {
        Original::Inside => signed.content().map(|content| digest.of(content)),
        Original::Bytes(content) => Some(digest.of(content)),
        Original::Digest(hash) => (signer.digest == Some(digest)).then(|| hash.to_vec()),
    }
}
