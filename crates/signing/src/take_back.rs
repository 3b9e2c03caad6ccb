//! A file that went out and came back signed: whether it is what was sent with one signature more,
//! and nothing else. Pure: two files and a verdict go in.
//!
//! Nothing that the person's software says counts here. What was sent must stand unchanged at the
//! beginning (a PDF is signed by appending), behind it exactly one new signature over all of it,
//! and beside that only what proves it for later. Whose it is, the register says.
//!
//! Law: Luật 20/2023/QH15 art. 22
//! Law: NĐ 30/2020/NĐ-CP art. 32

use jiff::Timestamp;
use platform::words::{Speech, Word};
use trust::Certificate;
use trust::verdict::{Finding, Reason, Report};
use wire::pdf::changes::{Change, Level, between};
use wire::pdf::document::Document;
use wire::pdf::{Format, PdfFault, Signature, SignedFile, fields};

use crate::step::{SignatoryKind, Step};

/// Larger files are not taken back; what goes out is far below.
pub(crate) const RETURNED_BYTES_MAX: usize = 60 << 20;
/// How many changes are named to the officer.
const CHANGES_NAMED: usize = 5;
/// A signature is seen where it stands, and does not paint over the text: no seal is larger.
const SHOWN_POINTS_MAX: f64 = 240.0;

/// What is wrong with a file that came back.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ReturnedFault {
    #[error("there is no file")]
    Missing,
    #[error("it is larger than is taken")]
    TooLarge,
    #[error("it is not a PDF")]
    NotPdf,
    #[error("the PDF cannot be read: {0}")]
    Unreadable(PdfFault),
    #[error("it does not begin with the bytes that were sent")]
    OtherFile,
    #[error("it is the file that was sent, without a new signature")]
    NotSigned,
    #[error("{count} signatures were added instead of one")]
    SeveralSignatures { count: usize },
    #[error("a field claims a signature that is none: {field}")]
    BrokenSignature { field: String },
    #[error("the signature is of a format that is too weak")]
    WeakFormat,
    #[error("the signature locks the document against those that must follow")]
    Locked,
    #[error("the signature is shown larger than a seal, or in more places than one")]
    ShownTooLarge,
    #[error("the file was changed beside the signature: {what}")]
    ChangedBeside { what: String },
    #[error("the file was changed after it was signed: {what}")]
    ChangedAfter { what: String },
    #[error("the new signature is not valid: {}", .0.code())]
    NotValid(Reason),
    #[error("a signature that stood on the file does not hold any more: {name}")]
    EarlierBroken { name: String },
    #[error("the register does not know the certificate {fingerprint}")]
    UnknownCertificate { fingerprint: String },
    #[error("the certificate is {holder}'s, not the signatory's")]
    OtherHolder { holder: String },
    #[error("the certificate is not in force")]
    NotInForce,
    #[error("the time stamp does not prove when it was signed")]
    NotStamped,
}

/// The one signature that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    pub field: String,
    /// Where the revision ends that it signed.
    pub end: usize,
}

/// Compares what came back with what was sent.
///
/// # Errors
/// [`ReturnedFault`] says what else than one signature was added.
pub fn added(sent: &[u8], back: &[u8]) -> Result<Added, ReturnedFault> {
    if back.is_empty() {
        return Err(ReturnedFault::Missing);
    }
    if back.len() > RETURNED_BYTES_MAX {
        return Err(ReturnedFault::TooLarge);
    }
    if !back.starts_with(b"%PDF-") {
        return Err(ReturnedFault::NotPdf);
    }
    if !back.starts_with(sent) {
        return Err(ReturnedFault::OtherFile);
    }
    if back.len() == sent.len() {
        return Err(ReturnedFault::NotSigned);
    }
    let file = SignedFile::read(back).map_err(ReturnedFault::Unreadable)?;
    let one = only_new(&file, sent.len())?;
    look_beside(&file, sent)?;
    look_after(one)?;
    look_at(&file, one)?;
    Ok(Added { field: one.field.clone(), end: one.end })
}

/// The signature that was not there before. Document time stamps beside it are welcome.
fn only_new<'f, 'a>(
    file: &'f SignedFile<'a>,
    sent_bytes: usize,
) -> Result<&'f Signature<'a>, ReturnedFault> {
    if let Some(refused) = file.refused.first() {
        return Err(ReturnedFault::BrokenSignature { field: refused.field.clone() });
    }
    let is_new = |one: &&Signature<'_>| one.end > sent_bytes && one.format != Format::TimeStamp;
    let new: Vec<&Signature<'a>> = file.signatures.iter().filter(is_new).collect();
    match new.as_slice() {
        [] => Err(ReturnedFault::NotSigned),
        [one] if one.format.is_weak() => Err(ReturnedFault::WeakFormat),
        // Whoever signs next, and the time stamps of the archive, must still be able to.
        [one] if one.certification.is_some() => Err(ReturnedFault::Locked),
        [one] => Ok(one),
        more => Err(ReturnedFault::SeveralSignatures { count: more.len() }),
    }
}

/// Between what was sent and what came back lie a signature, its time and its evidence; no note, no
/// filled field, no empty field for somebody else, no other page.
fn look_beside(file: &SignedFile<'_>, sent: &[u8]) -> Result<(), ReturnedFault> {
    let before = Document::open(sent).map_err(ReturnedFault::Unreadable)?;
    let changes = between(&before, &file.document).map_err(ReturnedFault::Unreadable)?;
    let foreign = |change: &&Change| {
        // A time stamp that is seen would only be there to cover something.
        let is_signature = match change {
            Change::SignatureAdded { shown, time_stamp, .. } => !(*shown && *time_stamp),
            _ => false,
        };
        change.level() > Level::LongTerm && !is_signature
    };
    let named: Vec<String> =
        changes.details.iter().filter(foreign).take(CHANGES_NAMED).map(told).collect();
    match named.is_empty() && changes.level <= Level::Signatures {
        true => Ok(()),
        false => Err(ReturnedFault::ChangedBeside { what: named.join("; ") }),
    }
}

fn look_after(one: &Signature<'_>) -> Result<(), ReturnedFault> {
    if one.changes.level <= Level::LongTerm {
        return Ok(());
    }
    let late = one.changes.details.iter().filter(|change| change.level() > Level::LongTerm);
    let named: Vec<String> = late.take(CHANGES_NAMED).map(told).collect();
    Err(ReturnedFault::ChangedAfter { what: named.join("; ") })
}

/// What a signature shows is the signer's own; so it has its place and its size.
fn look_at(file: &SignedFile<'_>, one: &Signature<'_>) -> Result<(), ReturnedFault> {
    let all = fields(&file.document).map_err(ReturnedFault::Unreadable)?;
    let own = all.iter().filter(|field| field.name == one.field);
    let places: usize = own.map(|field| field.widgets.len()).sum();
    let is_large = one.seen.is_some_and(|seen| {
        let [left, bottom, right, top] = seen.sides;
        right - left > SHOWN_POINTS_MAX || top - bottom > SHOWN_POINTS_MAX
    });
    match places > 1 || is_large {
        true => Err(ReturnedFault::ShownTooLarge),
        false => Ok(()),
    }
}

/// For whoever wrote the software; English.
fn told(change: &Change) -> String {
    format!("{change:?}")
}

/// What the verdict says about it.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Of the signer's certificate, hexadecimal.
    pub fingerprint: String,
    /// Somebody else than the signer says when it was.
    pub is_stamped: bool,
}

/// Reads the verdict about what came back: every signature must hold, the new one first of all.
///
/// # Errors
/// [`ReturnedFault`] with the reason of the verdict.
pub fn standing(report: &Report, added: &Added) -> Result<Standing, ReturnedFault> {
    let is_new = |one: &&Finding| one.name == added.field;
    let finding = report.findings.iter().rfind(is_new).ok_or(ReturnedFault::NotSigned)?;
    if !finding.is_valid() {
        let reason = finding.reasons.first().cloned().unwrap_or(Reason::NoCertificate);
        return Err(ReturnedFault::NotValid(reason));
    }
    if let Some(earlier) = report.findings.iter().find(|one| !one.is_valid()) {
        return Err(ReturnedFault::EarlierBroken { name: shown_name(earlier) });
    }
    if let Some(reason) = report.reasons.first() {
        return Err(ReturnedFault::NotValid(reason.clone()));
    }
    let certificate = finding.certificate.as_ref();
    let certificate = certificate.ok_or(ReturnedFault::NotValid(Reason::NoCertificate))?;
    Ok(Standing {
        fingerprint: platform::hex::to_hex(&certificate.fingerprint()),
        is_stamped: finding.time.proved.is_some(),
    })
}

fn shown_name(finding: &Finding) -> String {
    let signer = finding.signer.as_ref().map(|party| party.name.clone());
    signer.unwrap_or_else(|| finding.name.clone())
}

/// Whether the register says that this certificate is the signatory's: an officer's own, or the
/// agency's seal.
///
/// # Errors
/// [`ReturnedFault`]: it is unknown, somebody else's, or not in force.
pub fn belongs(
    certificate: Option<&Certificate>,
    (step, fingerprint): (&Step, &str),
    now: Timestamp,
) -> Result<(), ReturnedFault> {
    let unknown = || ReturnedFault::UnknownCertificate { fingerprint: fingerprint.to_owned() };
    let certificate = certificate.ok_or_else(unknown)?;
    let is_theirs = match step.kind {
        SignatoryKind::Person => {
            certificate.account.is_some()
                && certificate.account == step.account
                && matches!(certificate.profile.as_str(), "officer" | "foreign")
        }
        SignatoryKind::Agency => {
            certificate.account.is_none()
                && certificate.unit.is_some()
                && certificate.unit == step.unit
                && matches!(certificate.profile.as_str(), "seal" | "foreign")
        }
    };
    if !is_theirs {
        return Err(ReturnedFault::OtherHolder { holder: certificate.holder_name.clone() });
    }
    if !certificate.is_usable(now) {
        return Err(ReturnedFault::NotInForce);
    }
    Ok(())
}

impl ReturnedFault {
    /// The key of its sentence.
    pub fn word(&self) -> &'static str {
        match self {
            ReturnedFault::Missing => "signing-hand-fault-missing",
            ReturnedFault::TooLarge => "signing-hand-fault-too-large",
            ReturnedFault::NotPdf => "signing-hand-fault-not-pdf",
            ReturnedFault::Unreadable(_) => "signing-hand-fault-unreadable",
            ReturnedFault::OtherFile => "signing-hand-fault-other-file",
            ReturnedFault::NotSigned => "signing-hand-fault-not-signed",
            ReturnedFault::SeveralSignatures { .. } => "signing-hand-fault-several",
            ReturnedFault::BrokenSignature { .. } => "signing-hand-fault-broken",
            ReturnedFault::WeakFormat => "signing-hand-fault-weak",
            ReturnedFault::Locked => "signing-hand-fault-locked",
            ReturnedFault::ShownTooLarge => "signing-hand-fault-shown-too-large",
            ReturnedFault::ChangedBeside { .. } => "signing-hand-fault-changed-beside",
            ReturnedFault::ChangedAfter { .. } => "signing-hand-fault-changed-after",
            ReturnedFault::NotValid(Reason::RevocationUnknown { .. }) => {
                "signing-hand-fault-revocation-unknown"
            }
            ReturnedFault::NotValid(Reason::NoAnchor { .. } | Reason::IssuerMissing { .. }) => {
                "signing-hand-fault-not-believed"
            }
            ReturnedFault::NotValid(_) => "signing-hand-fault-not-valid",
            ReturnedFault::EarlierBroken { .. } => "signing-hand-fault-earlier-broken",
            ReturnedFault::UnknownCertificate { .. } => "signing-hand-fault-unknown-certificate",
            ReturnedFault::OtherHolder { .. } => "signing-hand-fault-other-holder",
            ReturnedFault::NotInForce => "signing-hand-fault-not-in-force",
            ReturnedFault::NotStamped => "signing-hand-fault-not-stamped",
        }
    }

    /// What happened and what to do next.
    pub fn sentence(&self, speech: &Speech) -> String {
        let detail = match self {
            ReturnedFault::NotValid(reason) => trust::sentence::of_reason(reason, speech),
            _ => self.detail(),
        };
        speech.with(self.word(), &[("detail", Word::from(detail))])
    }

    /// What it is about; a reason of the verdict by its code.
    pub fn detail(&self) -> String {
        match self {
            ReturnedFault::Unreadable(fault) => fault.to_string(),
            ReturnedFault::SeveralSignatures { count } => count.to_string(),
            ReturnedFault::BrokenSignature { field } => field.clone(),
            ReturnedFault::ChangedBeside { what } | ReturnedFault::ChangedAfter { what } => {
                what.clone()
            }
            ReturnedFault::NotValid(reason) => reason.code().to_owned(),
            ReturnedFault::EarlierBroken { name } => name.clone(),
            ReturnedFault::UnknownCertificate { fingerprint } => fingerprint.clone(),
            ReturnedFault::OtherHolder { holder } => holder.clone(),
            ReturnedFault::TooLarge => (RETURNED_BYTES_MAX >> 20).to_string(),
            _ => String::new(),
        }
    }
}
