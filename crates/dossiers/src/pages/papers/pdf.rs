//! A paper as PDF: made when it is first asked for, the same bytes ever after.

use platform::Ctx;
use platform::files::{self, Received};
use platform::store::Tx;
use platform::web::{Problem, Reply, Shown, View};
use serde_json::Value;
use uuid::Uuid;

use crate::commands::signatures::receive;
use crate::papers::{ControlSlip, Form, RESULT_FILE, file_name};
use crate::queries::Whole;
use crate::refusal::{Refusal, press_problem};
use crate::signature::Signing;
use crate::store;
use crate::store::slip::Slip;

pub(super) async fn of_slip(
    view: &View,
    ctx: &Ctx,
    whole: &Whole,
    slip: &Slip,
) -> Result<Reply, Problem> {
    if let Some(file) = slip.file {
        return super::stream(ctx, file, Shown::Inline).await;
    }
    let facts: Value = store::read(&slip.facts)?;
    let bytes = print(view, ctx, &slip.form, &facts).await?;
    let name = file_name(whole.dossier.known_as(), &slip.form, slip.number);
    if slip.signing == Signing::Asked {
        // It is about to be printed for those who sign it; the bytes that count are those.
        return Ok(Reply::file(&name, "application/pdf", Shown::Inline, bytes));
    }
    let received = receive(ctx, whole.dossier.id, name, bytes).await?;
    let slip = slip.id;
    let file = keep(ctx, received, move |tx, file, sha256| {
        if store::slip::keep_file(tx, slip, file, sha256)? {
            return Ok(None);
        }
        Ok(store::slip::one(tx, slip)?.and_then(|slip| slip.file))
    });
    super::stream(ctx, file.await?, Shown::Inline).await
}

pub(super) async fn of_result(view: &View, ctx: &Ctx, whole: &Whole) -> Result<Reply, Problem> {
    let result = whole.issued_result().ok_or_else(Problem::not_found)?;
    if let Some(file) = result.file {
        return super::stream(ctx, file, Shown::Inline).await;
    }
    let facts: Value = store::read(&result.facts)?;
    let bytes = print(view, ctx, Form::Result.template(), &facts).await?;
    let id = whole.dossier.id;
    let received =
        receive(ctx, id, file_name(whole.dossier.known_as(), RESULT_FILE, 1), bytes).await?;
    let file = keep(ctx, received, move |tx, file, sha256| {
        if store::result::keep_file(tx, id, file, sha256)? {
            return Ok(None);
        }
        Ok(store::result::of(tx, id)?.and_then(|result| result.file))
    });
    super::stream(ctx, file.await?, Shown::Inline).await
}

/// The control slip changes with every hand-over: printed as it stands, and not kept.
pub(super) async fn of_control(
    view: &View,
    ctx: &Ctx,
    whole: &Whole,
    slip: &ControlSlip,
) -> Result<Reply, Problem> {
    let facts = serde_json::to_value(slip).map_err(|error| Problem::broken(&error.to_string()))?;
    let bytes = print(view, ctx, Form::Control.template(), &facts).await?;
    let name = file_name(whole.dossier.known_as(), Form::Control.template(), 1);
    Ok(Reply::file(&name, "application/pdf", Shown::Inline, bytes))
}

pub(crate) async fn print(
    view: &View,
    ctx: &Ctx,
    template: &str,
    facts: &Value,
) -> Result<Vec<u8>, Problem> {
    ctx.outside.press.print(template, facts).await.map_err(|error| {
        let page = view.path.trim_end_matches("/pdf").to_owned();
        press_problem(&error).next(page, "dossiers-paper-page")
    })
}

/// Records the file and ties it to its paper. `tie` names the file of whoever was faster: then
/// ours is let go.
async fn keep<F>(ctx: &Ctx, received: Received, tie: F) -> Result<Uuid, Problem>
where
    F: Fn(&mut Tx, Uuid, &str) -> Result<Option<Uuid>, Refusal> + Send + 'static,
{
    let kept: Result<Uuid, Refusal> = ctx
        .store
        .write(move |tx| {
            let kept = files::record(tx, &received)?;
            match tie(tx, kept.id, &kept.sha256)? {
                None => Ok(kept.id),
                Some(faster) => {
                    files::forget(tx, kept.id)?;
                    Ok(faster)
                }
            }
        })
        .await;
    Ok(kept?)
}
