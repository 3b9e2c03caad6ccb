//! What stands on a file before it is signed, and what came out: both are judged as a stranger's
//! file would be, and only what is valid goes on.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 32

use bytes::Bytes;
use jiff::Timestamp;
use platform::Ctx;
use platform::hex::to_hex;
use trust::verdict::{Change, Finding, Kind, Policy, Reason, Report, Standing};
use trust::{Asked, judged};

use crate::refusal::Refusal;

/// What has to come out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected<'a> {
    /// SHA-256 of the certificate, in hexadecimal digits.
    pub fingerprint: &'a str,
    /// How many signatures stood on the file before.
    pub signatures_before: usize,
    /// The field that was signed, when it was chosen here.
    pub field: Option<&'a str>,
}

/// What came out.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub fingerprint: String,
    /// By the time stamp.
    pub at: Timestamp,
}

/// How many signatures stand on a file: all of them valid, among them those of these certificates.
pub(crate) async fn standing(
    ctx: &Ctx,
    pdf: &Bytes,
    certificates: &[&str],
) -> Result<usize, Refusal> {
    let report = report(ctx, pdf).await?;
    let stands = |one: &&str| {
        report.findings.iter().any(|finding| fingerprint(finding).as_deref() == Some(*one))
    };
    match report.standing {
        Standing::Valid | Standing::Absent
            if report.kind == Kind::Pdf && certificates.iter().all(stands) =>
        {
            Ok(report.findings.len())
        }
        _ => Err(Refusal::StandingSignature(reasons(&report))),
    }
}

/// Exactly one new signature, by whom it should be, over the whole file, with a time that others
/// vouch for; and what stood before still holds.
pub(crate) async fn product(
    ctx: &Ctx,
    pdf: &Bytes,
    expected: &Expected<'_>,
) -> Result<Judged, Refusal> {
    let report = report(ctx, pdf).await?;
    if report.kind != Kind::Pdf || report.standing != Standing::Valid {
        return Err(Refusal::NotValid(reasons(&report)));
    }
    let wrong = || Refusal::NotValid(Vec::new());
    if report.findings.len() != expected.signatures_before + 1 {
        return Err(wrong());
    }
    let newest = report.findings.iter().max_by_key(|one| one.revision.map(|(own, _)| own));
    let newest = newest.filter(|one| fits(one, expected)).ok_or_else(wrong)?;
    let at = newest.time.proved.as_ref().map(|proof| proof.at).ok_or_else(wrong)?;
    Ok(Judged { fingerprint: expected.fingerprint.to_owned(), at })
}

fn fits(newest: &Finding, expected: &Expected<'_>) -> bool {
    // Behind it nothing but evidence of its own.
    matches!(newest.change, Change::Nothing | Change::Evidence)
        && fingerprint(newest).as_deref() == Some(expected.fingerprint)
        && expected.field.is_none_or(|field| newest.name == field)
}

fn fingerprint(finding: &Finding) -> Option<String> {
    finding.certificate.as_ref().map(|one| to_hex(&one.fingerprint()))
}

/// The verdict of this installation about a file, now.
pub(crate) async fn report(ctx: &Ctx, pdf: &Bytes) -> Result<Report, Refusal> {
    let policy = Policy::default();
    let asked = Asked { file: pdf.clone(), content: None, at: ctx.clock.now(), policy };
    Ok(judged(ctx, asked).await?.report)
}

fn reasons(report: &Report) -> Vec<Reason> {
    let of_findings = report.findings.iter().flat_map(|one| &one.reasons);
    report.reasons.iter().chain(of_findings).cloned().collect()
}
