//! Signing one file or several with a key at a remote service: all is prepared, the service asks
//! its own proof over all hashes at once, and each file is then completed by itself.
//!
//! Law: Luật 20/2023/QH15 art. 22
//! Law: NĐ 30/2020/NĐ-CP art. 13, art. 32

use identity::Actor;
use platform::Ctx;
use platform::store::StoreError;
use serde_json::json;
use tokio::time::timeout;
use wire::algorithm::SignatureAlgorithm;

use super::by_hand::turn;
use super::putting::{How, put_down};
use super::remote::{Linked, client_of, credential_at};
use super::signing::{Named, Outcome, check_count};
use super::{Scribe, object};
use crate::engine::{self, Prepared, Task};
use crate::refusal::Refusal;
use crate::remote::client::{Batch, PATIENCE, Typed};
use crate::remote::messages::Credential;
use crate::remote::{RemoteFault, checked, named};
use crate::step::DriverKind;
use crate::take_back::belongs;

/// The most that the specification lets a description be.
const DESCRIPTION_LETTERS_MAX: usize = 500;

/// A file that lacks nothing but the service's signature.
struct Ready {
    task: Task,
    prepared: Prepared,
}

/// Signs what was named. What cannot be signed is told of each; the service is asked for nothing
/// when nothing can.
pub(crate) async fn sign(
    ctx: &Ctx,
    actor: &Actor,
    (linked, all): (Linked, Vec<Named>),
    typed: impl FnOnce(&Credential) -> Typed,
) -> Result<Vec<Outcome>, Refusal> {
    check_count(&all)?;
    let (ready, mut outcomes) = ready(ctx, actor, (&linked, all)).await?;
    if ready.is_empty() {
        return Ok(outcomes);
    }
    let asking = signatures(ctx, (&linked, &ready), typed);
    let late = |_| RemoteFault::Silent("it took too long".to_owned());
    let signatures = timeout(PATIENCE, asking).await.map_err(late)??;
    note(ctx, actor, (&linked, &ready)).await?;
    let (ctx, how) = (ctx.clone(), How::by(Some(actor.account.0), &actor.name));
    // The signatures are there: whoever asked may go, the files are completed.
    let completing = tokio::spawn(async move { complete(&ctx, &how, (ready, signatures)).await });
    let done = completing.await;
    outcomes.extend(done.map_err(|error| StoreError::Other { reason: error.to_string() })?);
    Ok(outcomes)
}

async fn ready(
    ctx: &Ctx,
    actor: &Actor,
    (linked, all): (&Linked, Vec<Named>),
) -> Result<(Vec<Ready>, Vec<Outcome>), Refusal> {
    let (mut ready, mut outcomes) = (Vec::new(), Vec::new());
    for one in all {
        let id = one.id;
        match prepare(ctx, actor, (linked, one)).await {
            Ok(one) => ready.push(one),
            Err(refusal) => outcomes.push(Outcome::refused(ctx, id, refusal).await?),
        }
    }
    Ok((ready, outcomes))
}

async fn prepare(
    ctx: &Ctx,
    actor: &Actor,
    (linked, one): (&Linked, Named),
) -> Result<Ready, Refusal> {
    let (submission, step) = turn(ctx, actor, one).await?;
    let certificate = linked.certificate.clone();
    belongs(Some(&certificate), (&step, &certificate.fingerprint), ctx.clock.now())?;
    let task = Task { submission, step, certificate };
    let prepared = engine::prepare(ctx, &task).await?;
    Ok(Ready { task, prepared })
}

/// One authorisation over all; each signature checked against the certificate.
async fn signatures(
    ctx: &Ctx,
    (linked, ready): (&Linked, &[Ready]),
    typed: impl FnOnce(&Credential) -> Typed,
) -> Result<Vec<Vec<u8>>, Refusal> {
    let client = client_of(ctx, &linked.service)?;
    let entered = client.enter().await?;
    let credential = credential_at(&entered, linked, "vi").await?;
    let algorithm = ready.first().map(|one| one.prepared.draft.algorithm());
    let algorithm = algorithm.ok_or(Refusal::NothingChosen)?;
    let named = named(algorithm, &credential.key.algo).ok_or(RemoteFault::Unfitting)?;
    let digest = algorithm.digest().ok_or(RemoteFault::Unfitting)?;
    let hashes: Vec<Vec<u8>> =
        ready.iter().map(|one| digest.of(one.prepared.draft.to_be_signed())).collect();
    let typed = typed(&credential);
    let batch = Batch {
        credential_id: &linked.link.credential,
        credential: &credential,
        named: &named,
        hashes: &hashes,
        typed: &typed,
        description: &description(ready),
    };
    let signatures = entered.sign(&batch).await?;
    verified((linked, algorithm), ready, signatures)
}

fn verified(
    (linked, algorithm): (&Linked, SignatureAlgorithm),
    ready: &[Ready],
    signatures: Vec<Vec<u8>>,
) -> Result<Vec<Vec<u8>>, Refusal> {
    let certificate = engine::read(&linked.certificate)?;
    let key = certificate.key.as_ref().map_err(|_| RemoteFault::Unfitting)?;
    let each = ready.iter().zip(signatures);
    let checked: Result<Vec<Vec<u8>>, RemoteFault> = each
        .map(|(one, signature)| {
            checked(key, algorithm, one.prepared.draft.to_be_signed(), signature)
        })
        .collect();
    Ok(checked?)
}

/// What the service may show beside its question: which papers, by their SHA-256.
fn description(ready: &[Ready]) -> String {
    let told = ready.iter().map(|one| {
        let submission = &one.task.submission;
        format!("{} {} (SHA-256 {})", submission.number, submission.title, submission.sha256)
    });
    let all: Vec<String> = told.collect();
    all.join("; ").trim().chars().take(DESCRIPTION_LETTERS_MAX).collect()
}

/// Writes down what the service's question was answered for.
async fn note(
    ctx: &Ctx,
    actor: &Actor,
    (linked, ready): (&Linked, &[Ready]),
) -> Result<(), Refusal> {
    let scribe = Scribe::of(ctx, actor);
    let (service, certificate) = (linked.service.id, linked.link.fingerprint.clone());
    let papers: Vec<_> =
        ready.iter().map(|one| (one.task.submission.clone(), one.task.step.ordinal)).collect();
    ctx.store
        .write(move |tx| {
            for (submission, ordinal) in &papers {
                let detail = json!({
                    "service": service,
                    "certificate": certificate,
                    "ordinal": ordinal,
                    "sha256": submission.sha256,
                });
                let told = ("signing.authorise-remotely", object(submission.id));
                scribe.note_over(tx, Some(submission.unit), told, detail)?;
            }
            Ok::<(), Refusal>(())
        })
        .await
}

async fn complete(
    ctx: &Ctx,
    how: &How,
    (ready, signatures): (Vec<Ready>, Vec<Vec<u8>>),
) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (one, signature) in ready.into_iter().zip(signatures) {
        let (id, title) = (one.task.submission.id, one.task.submission.title.clone());
        let refusal = complete_one(ctx, (one, how), &signature).await.err();
        outcomes.push(Outcome { id, title, refusal });
    }
    outcomes
}

async fn complete_one(
    ctx: &Ctx,
    (one, how): (Ready, &How),
    signature: &[u8],
) -> Result<(), Refusal> {
    let Ready { task, prepared } = one;
    let product = engine::complete(ctx, prepared, signature, DriverKind::Remote).await?;
    put_down(ctx, (&task, how), product).await
}
