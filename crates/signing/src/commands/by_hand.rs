//! Signing with whatever software there is: the file goes out, is signed somewhere, and comes back.
//! Nobody asks for a second factor here: the PIN of the token stands for it, and what comes back
//! proves that it was given.
//!
//! Law: Luật 20/2023/QH15 art. 22

use bytes::Bytes;
use identity::Actor;
use platform::Ctx;
use platform::figures;
use platform::store::StoreError;

use super::putting::{How, put_down};
use super::signing::{Named, turn_as_shown};
use crate::engine::{Task, returned};
use crate::refusal::Refusal;
use crate::step::{DriverKind, Step};
use crate::submission::Submission;

/// Takes back a file that the officer signed elsewhere.
pub(crate) async fn bring(
    ctx: &Ctx,
    actor: &Actor,
    (named, file): (Named, Bytes),
) -> Result<(), Refusal> {
    let (submission, step) = turn(ctx, actor, named).await?;
    let how = How::by(Some(actor.account.0), &actor.name);
    take_back(ctx, (submission, step), (how, file, DriverKind::ByHand)).await
}

/// What is to be signed, if it is as it was shown and this officer's turn, wherever the key is.
pub(crate) async fn turn(
    ctx: &Ctx,
    actor: &Actor,
    named: Named,
) -> Result<(Submission, Step), Refusal> {
    let (actor, now) = (actor.clone(), ctx.clock.now());
    ctx.store.read(move |tx| turn_as_shown(tx, &actor, &named, now)).await
}

/// Judges what came back and puts it down; a refused file leaves nothing but a count.
pub(crate) async fn take_back(
    ctx: &Ctx,
    (submission, step): (Submission, Step),
    (how, file, driver): (How, Bytes, DriverKind),
) -> Result<(), Refusal> {
    let judged = returned::product(ctx, (&submission, &step), (file, driver)).await;
    if let Err(Refusal::Returned(fault)) = &judged {
        tracing::info!(submission = %submission.id, %fault, "a signed file is not taken back");
        count_refused(ctx, (driver, fault.word())).await?;
    }
    let (certificate, product) = judged?;
    let task = Task { submission, step, certificate };
    put_down(ctx, (&task, &how), product).await
}

/// Software that spoils files is seen in the figures before anybody complains.
async fn count_refused(
    ctx: &Ctx,
    (driver, fault): (DriverKind, &'static str),
) -> Result<(), StoreError> {
    let now = ctx.clock.now();
    ctx.store
        .write(move |tx| {
            let dimensions = [("driver", driver.code()), ("fault", fault)];
            figures::add(tx, "signing.returned-refused", &dimensions, now, 1)
        })
        .await
}
