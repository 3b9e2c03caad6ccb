//! A signed file is put down: the file, the step, what is next and who is told, in one unit of
//! work. Of two who sign the same step at once the first wins, and the other is told.

use identity::{AccountId, Actor};
use jiff::Timestamp;
use platform::Ctx;
use platform::figures;
use platform::files::{self, KeepRules, Media, Received};
use platform::store::Tx;
use serde_json::{Value, json};
use uuid::Uuid;

use super::ending::end;
use super::submissions::go_on_alone;
use super::{Scribe, object};
use crate::engine::{FILE_BYTES_MAX, Product, Task};
use crate::queries;
use crate::refusal::Refusal;
use crate::step::SignatoryKind;
use crate::store::submissions::{self, Done};
use crate::submission::{Ending, State, Submission};

/// By whom and by what right.
#[derive(Debug, Clone)]
pub(crate) struct How {
    /// None: the program, by a rule.
    pub by: Option<Uuid>,
    pub by_name: String,
    pub authorisation: Option<Uuid>,
    pub sitting: Option<Uuid>,
    pub rule: Option<Uuid>,
}

impl How {
    /// By an officer who confirmed it.
    pub fn confirmed(actor: &Actor, authorisation: Uuid) -> How {
        let authorisation = Some(authorisation);
        How { authorisation, ..How::by(Some(actor.account.0), &actor.name) }
    }

    /// By somebody whose token or service asked for a PIN: no other right is written beside it.
    pub fn by(account: Option<Uuid>, name: &str) -> How {
        How {
            by: account,
            by_name: name.to_owned(),
            authorisation: None,
            sitting: None,
            rule: None,
        }
    }
}

/// Keeps the file and signs the step, if all is still as it was when it was signed.
pub(crate) async fn put_down(
    ctx: &Ctx,
    (task, how): (&Task, &How),
    product: Product,
) -> Result<(), Refusal> {
    let received = receive(ctx, task, &product).await?;
    let scribe = Scribe::named(ctx, how.by.map(AccountId), &how.by_name);
    let (task, how) = (task.clone(), how.clone());
    ctx.store.write(move |tx| put(tx, &scribe, (&task, &how), (&product, &received))).await
}

async fn receive(ctx: &Ctx, task: &Task, product: &Product) -> Result<Received, Refusal> {
    let rules = KeepRules {
        name: file_name(&task.submission),
        owner: task.submission.unit.0,
        media: &[Media::Pdf],
        max_bytes: 2 * FILE_BYTES_MAX,
        quota_bytes: u64::MAX,
    };
    Ok(ctx.files.receive_bytes(product.pdf.clone(), &rules).await?)
}

/// What the file is called when somebody saves it.
pub(crate) fn file_name(submission: &Submission) -> String {
    let words = if submission.number.is_empty() { &submission.title } else { &submission.number };
    let plain = platform::fold::fold(words);
    let safe = plain.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    let name: String = safe.take(80).collect();
    format!("{}.pdf", name.trim_matches('-'))
}

fn put(
    tx: &mut Tx,
    scribe: &Scribe,
    (task, how): (&Task, &How),
    (product, received): (&Product, &Received),
) -> Result<(), Refusal> {
    let id = task.submission.id;
    let submission = submissions::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
    if submission.state != State::Waiting {
        return Err(Refusal::Ended(submission.state));
    }
    if submission.version != task.submission.version {
        return Err(Refusal::ChangedMeanwhile);
    }
    still_in_force(tx, product, scribe.now)?;
    let kept = files::record(tx, received)?;
    let done = done(how, product, (kept.id, kept.sha256));
    if !submissions::put_signed(tx, (&submission, &task.step), &done)? {
        return Err(Refusal::ChangedMeanwhile);
    }
    note(tx, scribe, (task, how), (&done, &submission))?;
    let signed = Submission {
        file: done.file,
        sha256: done.sha256.clone(),
        version: submission.version + 1,
        ..submission
    };
    go_on(tx, scribe, &signed)
}

fn done(how: &How, product: &Product, (file, sha256): (Uuid, String)) -> Done {
    Done {
        at: product.at,
        driver: product.driver,
        certificate: product.certificate.clone(),
        by: how.by,
        by_name: how.by_name.clone(),
        authorisation: how.authorisation,
        sitting: how.sitting,
        file,
        sha256,
    }
}

/// A certificate revoked while its key was signing signs nothing any more.
fn still_in_force(tx: &mut Tx, product: &Product, now: Timestamp) -> Result<(), Refusal> {
    let known = trust::queries::by_fingerprint(tx, &product.certificate)?;
    match known.is_some_and(|one| one.is_usable(now)) {
        true => Ok(()),
        false => Err(Refusal::NoCertificate),
    }
}

/// The next step, or the end.
fn go_on(tx: &mut Tx, scribe: &Scribe, submission: &Submission) -> Result<(), Refusal> {
    let steps = submissions::steps(tx, submission.id)?;
    match queries::next_of(&steps) {
        Some(next) => {
            submissions::set_next(tx, submission.id, next.ordinal)?;
            Ok(go_on_alone(tx, scribe, (submission, next))?)
        }
        None => end(tx, scribe, submission, (Ending::Signed, "")),
    }
}

fn note(
    tx: &mut Tx,
    scribe: &Scribe,
    (task, how): (&Task, &How),
    (done, before): (&Done, &Submission),
) -> Result<(), Refusal> {
    let verb = match task.step.kind {
        SignatoryKind::Person => "signing.sign",
        SignatoryKind::Agency => "signing.seal",
    };
    let mut detail = json!({
        "ordinal": task.step.ordinal,
        "driver": done.driver.code(),
        "certificate": done.certificate,
        "sha256_before": before.sha256,
        "sha256_after": done.sha256,
    });
    let rights = [
        ("authorisation", how.authorisation),
        ("sitting", how.sitting),
        ("rule", how.rule),
        ("delegation", task.step.delegation),
    ];
    if let Some(fields) = detail.as_object_mut() {
        let given = rights.into_iter().filter_map(|(name, id)| Some((name, id?)));
        fields.extend(given.map(|(name, id)| (name.to_owned(), Value::from(id.to_string()))));
    }
    scribe.note_over(tx, Some(before.unit), (verb, object(before.id)), detail)?;
    count(tx, scribe.now, (done, before))
}

/// How many, and how long they took from being asked for.
fn count(tx: &mut Tx, now: Timestamp, (done, before): (&Done, &Submission)) -> Result<(), Refusal> {
    let dimensions = [("scope", before.scope.code()), ("driver", done.driver.code())];
    figures::add(tx, "signing.signed", &dimensions, now, 1)?;
    let seconds = now.duration_since(before.asked_at).as_secs().max(0);
    figures::add(tx, "signing.seconds", &dimensions, now, seconds)?;
    Ok(())
}
