//! Signing, by the person whose signature it is or by whoever keeps the seal: what is named is
//! looked at before the code is asked, the code is used up over exactly that, and each file is then
//! signed by itself.
//!
//! Law: Luật 20/2023/QH15 art. 22
//! Law: NĐ 30/2020/NĐ-CP art. 13, art. 32

use identity::{Actor, Confirmed, confirm_again};
use jiff::Timestamp;
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use serde_json::json;
use trust::Certificate;
use uuid::Uuid;

use super::putting::{How, put_down};
use super::{Scribe, object};
use crate::engine::{self, Driver, Task};
use crate::queries;
use crate::refusal::Refusal;
use crate::step::{SignatoryKind, Step};
use crate::store::authorisations::{self, NewAuthorisation};
use crate::submission::{Submission, SubmissionId};

/// One code signs no more at once: a person has to have looked at each.
pub const TOGETHER_MAX: usize = 50;

/// A file as its signer saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: SubmissionId,
    /// SHA-256 of the bytes, in hexadecimal digits.
    pub sha256: String,
}

/// What became of one of several.
#[derive(Debug)]
pub struct Outcome {
    pub id: SubmissionId,
    pub title: String,
    pub refusal: Option<Refusal>,
}

impl Outcome {
    /// Of what is not signed, and why. What is not there for this officer has no title either.
    pub(crate) async fn refused(
        ctx: &Ctx,
        id: SubmissionId,
        refusal: Refusal,
    ) -> Result<Outcome, StoreError> {
        if matches!(refusal, Refusal::Nothing) {
            return Ok(Outcome { id, title: id.to_string(), refusal: Some(refusal) });
        }
        let found = ctx.store.read(move |tx| queries::submission(tx, id)).await?;
        let title = found.map_or_else(|| id.to_string(), |found| found.title);
        Ok(Outcome { id, title, refusal: Some(refusal) })
    }
}

/// Signs one file.
pub async fn sign(ctx: &Ctx, actor: &Actor, named: Named, code: &str) -> Result<(), Refusal> {
    let task = look(ctx, actor, named).await?;
    let confirmed = confirm_again(ctx, actor, code).await.map_err(Refusal::Confirm)?;
    let authorisation = authorise(ctx, confirmed, vec![task.clone()]).await?;
    sign_task(ctx, (&task, &How::confirmed(actor, authorisation))).await
}

/// Signs several with one code. What cannot be signed is told of each; a code is asked of nobody
/// when nothing can.
pub async fn sign_all(
    ctx: &Ctx,
    actor: &Actor,
    (named, code): (Vec<Named>, &str),
) -> Result<Vec<Outcome>, Refusal> {
    let (tasks, mut outcomes) = look_all(ctx, actor, named).await?;
    if tasks.is_empty() {
        return Ok(outcomes);
    }
    let confirmed = confirm_again(ctx, actor, code).await.map_err(Refusal::Confirm)?;
    let authorisation = authorise(ctx, confirmed, tasks.clone()).await?;
    let how = How::confirmed(actor, authorisation);
    for task in &tasks {
        let refusal = sign_task(ctx, (task, &how)).await.err();
        let Submission { id, title, .. } = &task.submission;
        outcomes.push(Outcome { id: *id, title: title.clone(), refusal });
    }
    Ok(outcomes)
}

/// Each of the named as a task, or why it is none.
pub(crate) async fn look_all(
    ctx: &Ctx,
    actor: &Actor,
    named: Vec<Named>,
) -> Result<(Vec<Task>, Vec<Outcome>), Refusal> {
    check_count(&named)?;
    let (mut tasks, mut outcomes) = (Vec::new(), Vec::new());
    for one in named {
        let id = one.id;
        match look(ctx, actor, one).await {
            Ok(task) => tasks.push(task),
            Err(refusal) => outcomes.push(Outcome::refused(ctx, id, refusal).await?),
        }
    }
    Ok((tasks, outcomes))
}

/// Refuses nothing at all, and more than a person looks at.
pub(crate) fn check_count(named: &[Named]) -> Result<(), Refusal> {
    match named.len() {
        0 => Err(Refusal::NothingChosen),
        many if many > TOGETHER_MAX => Err(Refusal::TooMany { limit: TOGETHER_MAX }),
        _ => Ok(()),
    }
}

/// Whether it is as it was shown, this officer's turn, and there is a key for it.
pub(crate) async fn look(ctx: &Ctx, actor: &Actor, named: Named) -> Result<Task, Refusal> {
    let (actor, now) = (actor.clone(), ctx.clock.now());
    ctx.store
        .read(move |tx| {
            let (submission, step) = turn_as_shown(tx, &actor, &named, now)?;
            let certificate = certificate_of(tx, &step, now)?;
            Ok(Task { submission, step, certificate })
        })
        .await
}

/// What is named, if it is as it was shown and this officer's turn, wherever the key is.
pub(crate) fn turn_as_shown(
    tx: &mut Tx,
    actor: &Actor,
    named: &Named,
    at: Timestamp,
) -> Result<(Submission, Step), Refusal> {
    let (submission, step) = queries::turn_of(tx, actor, named.id)?;
    if submission.sha256 != named.sha256 {
        return Err(Refusal::FileChanged);
    }
    check_delegation(tx, (&submission, &step), at)?;
    Ok((submission, step))
}

/// The certificate that signs a step here: the one whose key is here, of several the youngest.
pub(crate) fn certificate_of(
    tx: &mut Tx,
    step: &Step,
    at: Timestamp,
) -> Result<Certificate, Refusal> {
    let (all, missing) = match (step.kind, step.account, step.unit) {
        (SignatoryKind::Person, Some(account), _) => {
            (trust::queries::signatures_of(tx, account, at)?, Refusal::NoCertificate)
        }
        (SignatoryKind::Agency, _, Some(unit)) => {
            (trust::queries::seals_of(tx, unit, at)?, Refusal::NoSeal)
        }
        _ => return Err(Refusal::Nothing),
    };
    let first = all.into_iter().next().ok_or(missing)?;
    if first.key.is_some() { Ok(first) } else { Err(Refusal::KeyElsewhere) }
}

/// Whoever signs in another's place does so by a delegation in force on that day.
pub(crate) fn check_delegation(
    tx: &mut Tx,
    (submission, step): (&Submission, &Step),
    at: Timestamp,
) -> Result<(), Refusal> {
    let (Some(delegation), Some(account)) = (step.delegation, step.account) else { return Ok(()) };
    let over = (submission.unit, submission.scope);
    let today = local(at).date();
    match queries::delegation_holds(tx, delegation, account, over, today)? {
        true => Ok(()),
        false => Err(Refusal::DelegationOver),
    }
}

/// Writes down what the code was given for: these bytes and no others.
pub(crate) async fn authorise(
    ctx: &Ctx,
    confirmed: Confirmed,
    tasks: Vec<Task>,
) -> Result<Uuid, Refusal> {
    let scribe = Scribe::named(ctx, Some(confirmed.account()), confirmed.name());
    let new = new_authorisation(ctx, &confirmed);
    let id = new.id;
    ctx.store
        .write(move |tx| {
            authorisations::insert(tx, &new)?;
            for task in &tasks {
                let Submission { id: submission, sha256, unit, .. } = &task.submission;
                authorisations::name(tx, id, (*submission, task.step.ordinal), sha256)?;
                let detail = json!({ "authorisation": id, "factor": new.factor, "sha256": sha256 });
                let done = ("signing.authorise", object(*submission));
                scribe.note_over(tx, Some(*unit), done, detail)?;
            }
            Ok::<(), Refusal>(())
        })
        .await?;
    Ok(id)
}

pub(crate) fn new_authorisation(ctx: &Ctx, confirmed: &Confirmed) -> NewAuthorisation {
    NewAuthorisation {
        id: ctx.ids.next(),
        account: confirmed.account().0,
        name: confirmed.name().to_owned(),
        at: confirmed.at(),
        factor: confirmed.factor().code(),
    }
}

/// Signs with the key here and puts it down.
pub(crate) async fn sign_task(ctx: &Ctx, (task, how): (&Task, &How)) -> Result<(), Refusal> {
    let driver = Driver::here(ctx, &task.certificate).await?;
    let product = engine::sign(ctx, task, &driver).await?;
    put_down(ctx, (task, how), product).await
}
