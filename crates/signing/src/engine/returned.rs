//! A signed file that came back: compared with what was sent, judged as a stranger's would be, and
//! given signed time where its software gave none.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 32

use bytes::Bytes;
use jiff::Timestamp;
use platform::Ctx;
use trust::signing::{add_values, archive};
use trust::verdict::Report;
use trust::{Certificate, Stamper};
use wire::algorithm::Digest;
use wire::pki::time_stamp::Imprint;

use super::judgement::report;
use super::{FILE_BYTES_MAX, Product, off_thread, read, succession};
use crate::refusal::Refusal;
use crate::step::{DriverKind, Step};
use crate::submission::Submission;
use crate::take_back::{Added, ReturnedFault, Standing, added, belongs, standing};

/// The certificate of the register that signed it, and the file as it is to be kept.
pub(crate) async fn product(
    ctx: &Ctx,
    (submission, step): (&Submission, &Step),
    (back, driver): (Bytes, DriverKind),
) -> Result<(Certificate, Product), Refusal> {
    let sent = ctx.files.read(submission.file, FILE_BYTES_MAX).await?;
    succession::check(ctx, submission, &sent).await?;
    let (back, added) = compared(sent, back).await?;
    let report = report(ctx, &back).await?;
    let standing = standing(&report, &added)?;
    let certificate = owner(ctx, (step, &standing)).await?;
    let (pdf, at) = match proved_at(&report, &added).filter(|_| standing.is_stamped) {
        Some(at) => (back, at),
        None => stamped(ctx, (&back, &added), (step, &certificate)).await?,
    };
    Ok((certificate, Product { pdf, certificate: standing.fingerprint, at, driver }))
}

/// Reading a file that somebody brought takes its time: not on a thread that serves.
async fn compared(sent: Bytes, back: Bytes) -> Result<(Bytes, Added), Refusal> {
    off_thread(move || {
        let added = added(&sent, &back)?;
        Ok((back, added))
    })
    .await
}

async fn owner(ctx: &Ctx, (step, standing): (&Step, &Standing)) -> Result<Certificate, Refusal> {
    let (step, fingerprint, now) = (step.clone(), standing.fingerprint.clone(), ctx.clock.now());
    ctx.store
        .read(move |tx| {
            let known = trust::queries::by_fingerprint(tx, &fingerprint)?;
            belongs(known.as_ref(), (&step, &fingerprint), now)?;
            known.ok_or(Refusal::Nothing)
        })
        .await
}

fn proved_at(report: &Report, added: &Added) -> Option<Timestamp> {
    let finding = report.findings.iter().rfind(|one| one.name == added.field)?;
    finding.time.proved.as_ref().map(|proof| proof.at)
}

/// With a time stamp over the whole file in a revision of its own, evidence where it is at hand,
/// and judged again.
async fn stamped(
    ctx: &Ctx,
    (back, added): (&Bytes, &Added),
    (step, certificate): (&Step, &Certificate),
) -> Result<(Bytes, Timestamp), Refusal> {
    let field = format!("dau-thoi-gian-{}", step.ordinal);
    let prepared = archive::prepare_in(back, &field)?;
    let imprint = Imprint::of(Digest::Sha256, &prepared.to_be_stamped());
    let token = super::asker()?.stamp(ctx, &Stamper::default(), imprint).await?.token;
    let pdf = prepared.stamp(&token)?;
    let pdf = match trust::vouched(ctx, &read(certificate)?, &token).await? {
        Some(values) => add_values(&pdf, values)?,
        None => pdf,
    };
    let pdf = Bytes::from(pdf);
    let report = report(ctx, &pdf).await?;
    standing(&report, added)?;
    let at = proved_at(&report, added);
    Ok((pdf, at.ok_or(ReturnedFault::NotStamped)?))
}
