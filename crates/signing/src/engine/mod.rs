//! Makes one signature: the file as it stands, a certificate and a driver go in; the file with the
//! signature, a time stamp and the evidence of revocation comes out, judged like a stranger would.
//!
//! Nothing here changes the store. What comes back counts only when the unit of work that puts it
//! down finds everything as it was.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 32, app. I

pub(crate) mod judgement;
pub(crate) mod returned;
pub(crate) mod succession;

use std::sync::OnceLock;

use bytes::Bytes;
use jiff::Timestamp;
use platform::Ctx;
use platform::store::StoreError;
use trust::clockwork::{Asker, Stamped};
use trust::signing::{self, Draft, Format, Order, Signed};
use trust::{Certificate, Signer, Stamper};
use wire::algorithm::{Digest, SignatureAlgorithm};
use wire::pki::certificate::Certificate as X509;
use wire::pki::time_stamp::Imprint;

use crate::appearance::{self, OwnedShown, Place};
use crate::refusal::Refusal;
use crate::step::{DriverKind, Step};
use crate::submission::Submission;
use judgement::Expected;

/// Larger files are not signed here.
pub(crate) const FILE_BYTES_MAX: u64 = 50 << 20;
const MEDIA: &str = "application/pdf";

/// Where the key is and how it is reached, for drivers that answer at once.
pub(crate) enum Driver {
    Here(Signer),
}

/// Everything that one signature is made from.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub submission: Submission,
    pub step: Step,
    /// With which it is signed.
    pub certificate: Certificate,
}

/// A signed file that was judged.
#[derive(Debug, Clone)]
pub(crate) struct Product {
    pub pdf: Bytes,
    /// Fingerprint of the certificate.
    pub certificate: String,
    /// By the time stamp.
    pub at: Timestamp,
    pub driver: DriverKind,
}

impl Driver {
    /// The driver of a certificate whose key is kept by this installation.
    pub async fn here(ctx: &Ctx, certificate: &Certificate) -> Result<Driver, Refusal> {
        let key = certificate.key.ok_or(Refusal::KeyElsewhere)?;
        Ok(Driver::Here(trust::signer_of(ctx, key).await?))
    }

    pub fn kind(&self) -> DriverKind {
        match self {
            Driver::Here(_) => DriverKind::Here,
        }
    }

    async fn sign(&self, with: SignatureAlgorithm, message: &[u8]) -> Result<Vec<u8>, Refusal> {
        match self {
            Driver::Here(signer) => {
                let signed = signer.sign(with, message).await;
                signed.map_err(|fault| Refusal::Trust(fault.into()))
            }
        }
    }
}

/// Signs with a driver that answers at once.
pub(crate) async fn sign(ctx: &Ctx, task: &Task, driver: &Driver) -> Result<Product, Refusal> {
    let prepared = prepare(ctx, task).await?;
    let (with, message) = (prepared.draft.algorithm(), prepared.draft.to_be_signed());
    let signature = driver.sign(with, message).await?;
    complete(ctx, prepared, &signature, driver.kind()).await
}

/// Lacks nothing but the signature.
pub(crate) struct Prepared {
    pub draft: Draft,
    paper: Paper,
    /// Of the certificate.
    fingerprint: String,
    signatures_before: usize,
}

/// Everything before the signature; several may be prepared for one authorisation elsewhere.
pub(crate) async fn prepare(ctx: &Ctx, task: &Task) -> Result<Prepared, Refusal> {
    let pdf = ctx.files.read(task.submission.file, FILE_BYTES_MAX).await?;
    succession::check(ctx, &task.submission, &pdf).await?;
    let steps = steps(ctx, task).await?;
    // Those who signed before have to stand on the file.
    let before: Vec<&str> = steps.iter().filter_map(|step| step.certificate.as_deref()).collect();
    let signatures_before = judgement::standing(ctx, &pdf, &before).await?;
    let certificate = read(&task.certificate)?;
    let chain = chain(ctx, &task.certificate).await?;
    let at = ctx.clock.now();
    let place = Place {
        submission: &task.submission,
        step: &task.step,
        steps: &steps,
        certificate: &certificate,
        pdf: &pdf,
        at,
    };
    let shown = appearance::for_step(ctx, &place).await?;
    let paper = Paper { pdf, certificate, chain, at, field: task.step.field(), shown };
    let (draft, paper) = off_thread(move || Ok((paper.draft()?, paper))).await?;
    let fingerprint = task.certificate.fingerprint.clone();
    Ok(Prepared { draft, paper, fingerprint, signatures_before })
}

/// Everything after it: time, evidence, and the verdict.
pub(crate) async fn complete(
    ctx: &Ctx,
    prepared: Prepared,
    signature: &[u8],
    driver: DriverKind,
) -> Result<Product, Refusal> {
    let Prepared { draft, paper, fingerprint, signatures_before } = prepared;
    let stamped = stamp(ctx, draft.sign(signature)?).await?;
    let pdf = finish(ctx, &paper, stamped).await?;
    let expected =
        Expected { fingerprint: &fingerprint, signatures_before, field: Some(&paper.field) };
    let judged = judgement::product(ctx, &pdf, &expected).await?;
    Ok(Product { pdf, certificate: judged.fingerprint, at: judged.at, driver })
}

/// What is signed, owned, so that it can go to another thread.
struct Paper {
    pdf: Bytes,
    certificate: X509,
    /// The authorities above, without the anchor.
    chain: Vec<X509>,
    at: Timestamp,
    field: String,
    shown: Option<OwnedShown>,
}

impl Paper {
    fn draft(&self) -> Result<Draft, Refusal> {
        let order = Order {
            format: Format::Pades,
            file: &self.pdf,
            name: "van-ban.pdf",
            media_type: MEDIA,
            certificate: &self.certificate,
            chain: &self.chain,
            at: self.at,
            field: &self.field,
            reason: None,
            shown: self.shown.as_ref().map(OwnedShown::as_shown),
            id: &self.field,
        };
        Ok(signing::prepare(&order)?)
    }
}

/// Signed time over the signature (B-T), from whoever the operator asks first.
async fn stamp(ctx: &Ctx, signed: Signed) -> Result<(Signed, Stamped), Refusal> {
    let over = signed.to_be_stamped()?.unwrap_or_default();
    let imprint = Imprint::of(Digest::Sha256, &over);
    let stamped = asker()?.stamp(ctx, &Stamper::default(), imprint).await?;
    Ok((signed.stamp(&stamped.token)?, stamped))
}

/// With evidence when all of it is at hand (B-LT), else without.
async fn finish(
    ctx: &Ctx,
    paper: &Paper,
    (signed, stamped): (Signed, Stamped),
) -> Result<Bytes, Refusal> {
    let values = trust::vouched(ctx, &paper.certificate, &stamped.token).await?;
    off_thread(move || {
        let signed = match values {
            Some(values) => signed.with_values(&values)?,
            None => signed,
        };
        Ok(signed.finish()?.into())
    })
    .await
}

/// All of the submission, and of the one before it.
async fn steps(ctx: &Ctx, task: &Task) -> Result<Vec<Step>, StoreError> {
    let submission = task.submission.clone();
    ctx.store.read(move |tx| succession::steps(tx, &submission)).await
}

/// Holds the machine's anchors and its connections: made once.
pub(crate) fn asker() -> Result<Asker, Refusal> {
    static ASKER: OnceLock<Asker> = OnceLock::new();
    match ASKER.get() {
        Some(asker) => Ok(asker.clone()),
        None => {
            let new = Asker::new()?;
            Ok(ASKER.get_or_init(|| new).clone())
        }
    }
}

/// Large files take their time: not on a thread that serves.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let ended = |error: tokio::task::JoinError| StoreError::Other { reason: error.to_string() };
    tokio::task::spawn_blocking(work).await.map_err(ended)?
}

/// A certificate of the register as what it is.
pub(crate) fn read(certificate: &Certificate) -> Result<X509, Refusal> {
    certificate.x509().map_err(|fault| Refusal::Trust(fault.into()))
}

async fn chain(ctx: &Ctx, certificate: &Certificate) -> Result<Vec<X509>, StoreError> {
    let certificate = certificate.clone();
    let above = ctx.store.read(move |tx| trust::queries::chain(tx, &certificate)).await?;
    Ok(above.into_iter().filter(|one: &X509| one.subject != one.issuer).collect())
}
