//! The verdict about a signed file: who signed what, when, whether it still is so, and what to
//! make of it. Pure: bytes, what is believed and a time go in, a [`Report`] comes out.
//!
//! Three rules hold for every format. Nothing that comes with the message is a reason to trust it:
//! its certificates are only tried, its keys not even that. What cannot be decided is
//! *unverifiable* and never valid. And a signature is worth no more than what it covers: what a
//! reader of the file would see beside that is named, and the file is then not valid.
//!
//! Law: Luật 20/2023/QH15 art. 22
//! Law: NĐ 30/2020/NĐ-CP art. 32

mod believed;
mod chain;
mod cms;
mod container;
mod export;
mod jws;
mod names;
mod order;
mod pdf;
mod reason;
mod report;
mod stamps;
mod time;
mod xml;
mod xml_cover;

use std::borrow::Cow;

use jiff::Timestamp;
use wire::asice;
use wire::pki::certificate::Certificate;
use wire::pki::crl::Crl;
use wire::pki::der::Oid;
use wire::pki::ocsp::Response;
use wire::pki::path::Anchor;
use wire::pki::revocation::Freshness;
use wire::pki::{oids, pem};

pub use believed::Believed;
pub(crate) use names::shown;
pub use names::{Party, PartyKind};
pub use order::Order;
pub use reason::{Note, Reason};
pub use report::{
    Change, Finding, Kind, Link, Part, Proof, ProofKind, Report, Revocation, Standing, Time, Wanted,
};

use chain::{Court, Evidence};

/// Who and what is believed. Whoever asks brings it; the file never does.
#[derive(Debug, Clone, Copy)]
pub struct Trust<'a> {
    /// An anchor without purposes is believed for signatures and for time.
    pub anchors: &'a [Anchor],
    /// Certificates at hand that help to find a path; they are not believed for that.
    pub certificates: &'a [Certificate],
    pub crls: &'a [Crl],
    pub ocsp: &'a [Response],
    /// Known, and not believed for that.
    pub own: &'a [Certificate],
}

/// The rules of a verdict.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Larger files are not looked at.
    pub file_bytes_max: usize,
    pub rsa_bits_min: usize,
    /// Only for reading what is very old.
    pub allows_sha1: bool,
    /// A signer's certificate that is limited to purposes must be for one of these.
    pub purposes: Vec<Oid>,
    pub freshness: Freshness,
    /// Without word about revocation there is no "valid".
    pub needs_revocation: bool,
}

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            file_bytes_max: 64 << 20,
            rsa_bits_min: 2048,
            allows_sha1: false,
            purposes: vec![
                oids::DOCUMENT_SIGNING,
                oids::EMAIL_PROTECTION,
                oids::DOCUMENT_SIGNING_MICROSOFT,
                oids::DOCUMENT_SIGNING_ADOBE,
            ],
            freshness: Freshness::default(),
            needs_revocation: true,
        }
    }
}

/// What is asked about a file.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// When everything has to hold, where no time stamp shows an earlier time.
    pub at: Timestamp,
    pub policy: &'a Policy,
    /// What a detached signature is over.
    pub content: Option<&'a [u8]>,
}

/// Judges all signatures of a file.
pub fn judge(file: &[u8], trust: &Trust<'_>, question: &Question<'_>) -> Report {
    let mut report = Report::of(file, question.at);
    let handed = question.content.map_or(0, <[u8]>::len);
    if file.len().max(handed) > question.policy.file_bytes_max {
        report.refuse(Reason::TooLarge { limit_bytes: question.policy.file_bytes_max });
        return report;
    }
    let mut court = Court::new(trust, question);
    report.kind = recognise(file);
    match report.kind {
        Kind::Pdf => pdf::judge(&mut court, file, &mut report),
        Kind::Container | Kind::SimpleContainer => container::judge(&mut court, file, &mut report),
        Kind::Xml => xml::judge(&mut court, file, &mut report),
        Kind::Jws => jws::judge(&mut court, file, &mut report),
        Kind::Cms => cms::judge(&mut court, &unarmoured(file), &mut report),
        Kind::Unknown => report.refuse(Reason::UnknownKind),
    }
    report.wanted = court.into_wanted();
    report.close();
    report
}

/// Whether whoever holds the key of this certificate is somebody to the authorities that are
/// believed: for a signature that the caller has checked over bytes that nobody holds. `came` are
/// the other certificates that came along.
pub fn judge_signer(
    certificate: &Certificate,
    came: &[Vec<u8>],
    trust: &Trust<'_>,
    question: &Question<'_>,
) -> Standing {
    weigh_signer(certificate, came, trust, question).standing
}

/// The same with its reasons. What was signed is not in it.
pub fn weigh_signer(
    certificate: &Certificate,
    came: &[Vec<u8>],
    trust: &Trust<'_>,
    question: &Question<'_>,
) -> Finding {
    let mut court = Court::new(trust, question);
    let mut evidence = Evidence::default();
    evidence.add_certificates(came);
    let mut finding = Finding::new("");
    cms::weigh_key(&court, &mut finding, certificate);
    let moment = court.now();
    cms::conclude(&mut court, &mut finding, certificate, (&[&evidence], moment));
    if !finding.anchored {
        finding.standing = finding.standing.max(Standing::Unverifiable);
    }
    finding
}

/// The kind of a file by what is in it, never by its name.
pub fn recognise(file: &[u8]) -> Kind {
    let text = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file).trim_ascii_start();
    if file.starts_with(b"%PDF-") {
        Kind::Pdf
    } else if file.starts_with(b"PK\x03\x04") && is_container(file) {
        Kind::Container
    } else if text.starts_with(b"<") {
        Kind::Xml
    } else if file.first() == Some(&0x30) || is_armoured(text) {
        Kind::Cms
    } else if looks_like_jws(text) {
        Kind::Jws
    } else {
        Kind::Unknown
    }
}

/// The name of the first entry stands in its local head.
fn is_container(file: &[u8]) -> bool {
    let head = file.get(30..file.len().min(30 + 8 + asice::MEDIA_TYPE.len()));
    head.is_some_and(|head| head.starts_with(b"mimetype"))
}

fn is_armoured(text: &[u8]) -> bool {
    let heads: [&[u8]; 2] = [b"-----BEGIN CMS-----", b"-----BEGIN PKCS7-----"];
    heads.iter().any(|head| text.starts_with(head))
}

/// The DER in a PEM block; anything else as it is.
fn unarmoured(file: &[u8]) -> Cow<'_, [u8]> {
    if file.first() == Some(&0x30) {
        return Cow::Borrowed(file);
    }
    match pem::read_all(file).ok().and_then(|blocks| blocks.into_iter().next()) {
        Some((_, der)) => Cow::Owned(der),
        None => Cow::Borrowed(file),
    }
}

/// Three parts of base64url with full stops, or an object with the names of RFC 7515 §7.2.
fn looks_like_jws(text: &[u8]) -> bool {
    if text.starts_with(b"{") {
        let names: [&[u8]; 2] = [b"\"signatures\"", b"\"protected\""];
        return names.iter().any(|name| memchr::memmem::find(text, name).is_some());
    }
    let text = text.trim_ascii_end();
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    text.starts_with(b"eyJ")
        && text.iter().all(is_letter)
        && text.iter().filter(|byte| **byte == b'.').count() == 2
}
