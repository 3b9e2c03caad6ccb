//! Noting who opened a document or a file of it: once a day each, in the document's own list and in
//! the log.
//!
//! Law: NĐ 30/2020/NĐ-CP app. VI (the system keeps who had access to a document)

use identity::{Actor, Scribe};
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::store::StoreError;
use serde_json::json;
use uuid::Uuid;

use crate::document::{Direction, OutgoingId};
use crate::store::readings::{self, Reading};

/// `what` is the name of a file, or empty for the document itself.
pub(crate) async fn note(
    ctx: &Ctx,
    actor: &Actor,
    (direction, document, unit): (Direction, Uuid, UnitId),
    what: &str,
) -> Result<(), StoreError> {
    let scribe = Scribe::of(ctx, actor);
    let object = match direction {
        Direction::In => format!("incoming:{document}"),
        Direction::Out => crate::outgoing::object(OutgoingId(document)),
    };
    let reading = Reading {
        document,
        account: actor.account.0,
        day: local(scribe.now).date(),
        name: actor.name.clone(),
        at: scribe.now,
        what: what.to_owned(),
    };
    let asked = reading.clone();
    let is_noted = ctx.store.read(move |tx| {
        readings::is_noted(tx, (asked.document, asked.account), asked.day, &asked.what)
    });
    if is_noted.await? {
        return Ok(());
    }
    ctx.store
        .write(move |tx| {
            if !readings::insert(tx, &reading)? {
                return Ok(());
            }
            let detail = json!({ "what": reading.what });
            scribe.note_over(tx, Some(unit), ("office.read", object.clone()), detail)
        })
        .await
}
