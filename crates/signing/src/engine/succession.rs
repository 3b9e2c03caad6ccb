//! A paper that persons signed in one submission and that their agency seals in the next, with its
//! number and date filled in between: the seal goes on what they signed and on nothing else.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 18, art. 32

use bytes::Bytes;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use wire::pdf::changes::{Change, between};
use wire::pdf::document::Document;

use super::{FILE_BYTES_MAX, off_thread};
use crate::refusal::Refusal;
use crate::step::Step;
use crate::store::submissions;
use crate::submission::{State, Submission};

/// Refuses a file that is not what was signed before, number and date aside.
pub(crate) async fn check(ctx: &Ctx, submission: &Submission, file: &Bytes) -> Result<(), Refusal> {
    let Some(after) = submission.after else { return Ok(()) };
    let found: Result<Option<Submission>, StoreError> =
        ctx.store.read(move |tx| submissions::by_id(tx, after)).await;
    let former = found?.filter(|former| former.state == State::Signed);
    let former = former.ok_or(Refusal::FormerOpen)?;
    let former = ctx.files.read(former.file, 2 * FILE_BYTES_MAX).await?;
    let file = file.clone();
    off_thread(move || follows(&former, &file)).await
}

/// The bytes of before, and behind them at most number and date.
pub(crate) fn follows(former: &[u8], file: &[u8]) -> Result<(), Refusal> {
    if !file.starts_with(former) {
        return Err(Refusal::FormerChanged);
    }
    if file.len() == former.len() {
        return Ok(());
    }
    let opened = Document::open(former).and_then(|before| {
        let after = Document::open(file)?;
        between(&before, &after)
    });
    let changes = opened.map_err(|_| Refusal::FormerChanged)?;
    let is_completed = |change: &Change| matches!(change, Change::FieldCompleted { .. });
    match changes.permitted && changes.details.iter().all(is_completed) {
        true => Ok(()),
        false => Err(Refusal::FormerChanged),
    }
}

/// All that signed or will sign the file: the steps of before, then those of this submission.
pub(crate) fn steps(tx: &mut Tx, submission: &Submission) -> Result<Vec<Step>, StoreError> {
    let mut all = match submission.after {
        Some(former) => submissions::steps(tx, former)?,
        None => Vec::new(),
    };
    all.extend(submissions::steps(tx, submission.id)?);
    Ok(all)
}
