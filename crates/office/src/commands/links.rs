//! Links between documents that an officer may see both of.

use identity::Actor;
use platform::Ctx;
use serde_json::json;
use uuid::Uuid;

use crate::document::Direction;
use crate::hand::Asker;
use crate::link::{Link, LinkKind};
use crate::queries::cards::seen;
use crate::record_fault::RecordFault;
use crate::refusal::Refusal;
use crate::store::links;

pub(crate) type End = (Direction, Uuid);

pub(crate) async fn make(
    ctx: &Ctx,
    actor: &Actor,
    kind: LinkKind,
    (from, to): (End, End),
) -> Result<(), Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .write(move |tx| {
            let one = seen(tx, &asker, from.0, from.1)?;
            let other = match seen(tx, &asker, to.0, to.1) {
                Err(Refusal::Nothing) => return Err(RecordFault::Document.into()),
                other => other?,
            };
            if one.id == other.id || one.unit != other.unit {
                return Err(RecordFault::Link.into());
            }
            let link = Link {
                document: one.id,
                direction: from.0,
                kind,
                other: other.id,
                other_direction: to.0,
                unit: one.unit,
                made_name: asker.scribe.name.clone(),
                made_at: asker.scribe.now,
            };
            if !links::insert(tx, &link)? {
                return Err(RecordFault::Link.into());
            }
            let detail = json!({ "kind": kind.code(), "other": other.object() });
            let done = ("office.link", one.object());
            Ok(asker.scribe.note_over(tx, Some(one.unit), done, detail)?)
        })
        .await
}

pub(crate) async fn remove(
    ctx: &Ctx,
    actor: &Actor,
    kind: LinkKind,
    (from, other): (End, Uuid),
) -> Result<(), Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .write(move |tx| {
            let one = seen(tx, &asker, from.0, from.1)?;
            let is_gone =
                links::remove(tx, one.id, kind, other)? || links::remove(tx, other, kind, one.id)?;
            if !is_gone {
                return Err(Refusal::Nothing);
            }
            let detail = json!({ "kind": kind.code(), "other": other });
            let done = ("office.unlink", one.object());
            Ok(asker.scribe.note_over(tx, Some(one.unit), done, detail)?)
        })
        .await
}
