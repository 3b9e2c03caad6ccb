//! Files for a document that goes out: what may be brought, and where it is put.

use identity::Actor;
use platform::Ctx;
use platform::files::{Media, Received};
use platform::web::form::{Answers, Field};
use platform::web::{Problem, Upload, View};

use crate::commands::annexing;
use crate::commands::drafting::{self, ATTACHMENTS_MAX};
use crate::document::OutgoingId;
use crate::pages::brought::{self, FileField, Refused};
use crate::refusal::Refusal;

/// The PDF that is signed.
pub(super) const MAIN: FileField =
    FileField { name: "main", media: &[Media::Pdf], bytes_max: 40 << 20, count_max: 1 };
/// What goes with it.
pub(super) const ATTACHED: FileField = FileField {
    name: "file",
    media: &[
        Media::Pdf,
        Media::Docx,
        Media::Xlsx,
        Media::Odt,
        Media::Jpeg,
        Media::Png,
        Media::Text,
        Media::Zip,
    ],
    bytes_max: 500 << 20,
    count_max: ATTACHMENTS_MAX,
};
/// Of one document.
const QUOTA_BYTES: u64 = 2 << 30;

/// What files are brought for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    Draft,
    /// An update of what was issued, with which they go along.
    Update,
}

/// What came of a form: its texts, how many files it had, and the first that was refused.
pub(super) struct Put {
    pub answers: Answers,
    pub count: usize,
    pub refused: Option<Refused>,
}

/// Takes in what was brought, at once: nothing has to be chosen again when something else on the
/// page is wrong. Nothing is taken in for whoever may not bring it.
pub(super) async fn put(
    ctx: &Ctx,
    actor: &Actor,
    (id, cause): (OutgoingId, Cause),
    upload: Upload,
) -> Result<Put, Problem> {
    may(ctx, actor, (id, cause)).await?;
    let fields: &[&FileField] = match cause {
        Cause::Draft => &[&MAIN, &ATTACHED],
        Cause::Update => &[&ATTACHED],
    };
    let came = brought::taken(ctx, (id.0, QUOTA_BYTES), fields, upload).await?;
    let count = came.files.len() + usize::from(came.refused.is_some());
    let mut refused = came.refused;
    for (field, received) in came.files {
        if let Err(refusal) = put_one(ctx, actor, (id, cause), (field, received)).await {
            refused = Some((field, refusal));
            break;
        }
    }
    Ok(Put { answers: came.answers, count, refused })
}

async fn may(ctx: &Ctx, actor: &Actor, (id, cause): (OutgoingId, Cause)) -> Result<(), Refusal> {
    match cause {
        Cause::Draft => {
            let actor = actor.clone();
            ctx.store.read(move |tx| drafting::own_draft(tx, &actor, id).map(drop)).await
        }
        Cause::Update => annexing::may(ctx, actor, id).await,
    }
}

async fn put_one(
    ctx: &Ctx,
    actor: &Actor,
    (id, cause): (OutgoingId, Cause),
    (field, received): (&str, Received),
) -> Result<(), Refusal> {
    match cause {
        Cause::Draft if field == MAIN.name => drafting::bring(ctx, actor, id, received).await,
        Cause::Draft => drafting::attach(ctx, actor, id, received).await,
        Cause::Update => annexing::put_aside(ctx, actor, (id, received)).await,
    }
}

/// The field for what goes with a document, with the kinds of files that it takes.
pub(super) fn attached(view: &View, word: &str) -> Field {
    let kinds = [("kinds", Media::list(ATTACHED.media).into())];
    ATTACHED.field(view, word).hint(view.with("office-file-attached-hint", &kinds))
}
