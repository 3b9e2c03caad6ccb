//! The citizen takes the request back.

use identity::Person;
use platform::Ctx;
use serde_json::json;

use super::demand::drop_open;
use super::{Target, Telling, citizen_act};
use crate::dossier::Dossier;
use crate::event::EventKind;
use crate::refusal::Refusal;
use crate::status::Status;

/// 1, 2, 4 or 5 → 7.
pub async fn withdraw(
    ctx: &Ctx,
    person: &Person,
    target: Target,
    reason: String,
) -> Result<Dossier, Refusal> {
    citizen_act(ctx, person, target, move |mut act, _| {
        drop_open(&mut act)?;
        act.dossier.end(Status::Withdrawn, act.now)?;
        act.end(Telling { kind: EventKind::Withdrawn, told: &reason, note: "", detail: json!({}) })
    })
    .await
}
