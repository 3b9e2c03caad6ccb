//! The files of a document as they came, and a copy of its first page with the stamp on it.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 22, app. IV

use axum::body::Body;
use axum::extract::{Path, State as Given};
use identity::Actor;
use platform::Ctx;
use platform::web::{Problem, Reply, Shown, View};
use uuid::Uuid;

use super::show::is_pdf;
use crate::commands::reading;
use crate::document::{Direction, IncomingId};
use crate::incoming::{Incoming, IncomingFile};
use crate::queries::received;
use crate::refusal::Refusal;
use crate::stamping::{self, Lines};

/// A larger file is not drawn on.
const COPY_BYTES_MAX: u64 = 64 << 20;

/// Never shown in our own name: it is what somebody else sent.
pub(crate) async fn file(
    Given(ctx): Given<Ctx>,
    actor: Actor,
    Path((id, file)): Path<(Uuid, Uuid)>,
) -> Result<Reply, Problem> {
    let whole = received::whole(&ctx, &actor, IncomingId(id)).await?;
    let found = whole.files.iter().find(|one| one.id == file);
    let (one, kept) =
        found.and_then(|one| Some((one, one.file?))).ok_or_else(Problem::not_found)?;
    reading::note(&ctx, &actor, (Direction::In, id, whole.one.unit), &one.name).await?;
    let opened = ctx.files.open(kept).await.map_err(Refusal::from)?;
    let size_bytes = opened.range.end - opened.range.start;
    let body = (Body::from_stream(opened.body), size_bytes);
    Ok(Reply::stream(&one.name, &one.media, Shown::Saved, body))
}

/// A copy to be looked at and printed; what was received stays what it is.
pub(crate) async fn copy(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Reply, Problem> {
    let whole = received::whole(&ctx, &actor, IncomingId(id)).await?;
    let first = whole.files.iter().find(|one| one.edition == whole.one.edition && is_pdf(one));
    let (file, lines) =
        first.zip(lines(&view, &whole.one, &whole.unit)).ok_or_else(Problem::not_found)?;
    let stamped = stamped(&ctx, file, lines).await?;
    Ok(Reply::file(&file.name, "application/pdf", Shown::Saved, stamped))
}

fn lines(view: &View, one: &Incoming, unit: &str) -> Option<Lines> {
    let (number, day) = one.arrival_number().zip(one.registered_on)?;
    let to = one.leader_name.clone().unwrap_or_default();
    Some(Lines { unit: unit.to_owned(), number, day: view.speech.date(day), to })
}

/// The file itself where nothing can be drawn on it: a stamp never stands in the way of reading.
async fn stamped(ctx: &Ctx, file: &IncomingFile, lines: Lines) -> Result<Vec<u8>, Problem> {
    let kept = file.file.ok_or_else(Problem::not_found)?;
    let bytes = ctx.files.read(kept, COPY_BYTES_MAX).await.map_err(Refusal::from)?;
    let original = bytes.clone();
    let drawing = tokio::task::spawn_blocking(move || stamping::stamped(&bytes, &lines)).await;
    Ok(drawing.ok().flatten().unwrap_or_else(|| original.to_vec()))
}
