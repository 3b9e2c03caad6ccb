//! Somebody leaves: all that is open with them goes to a colleague, in one unit of work.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 24

use organisations::UnitId;
use platform::Ctx;
use serde_json::json;
use uuid::Uuid;

use super::assigning::named;
use super::registering::text;
use super::{absences, save_task};
use crate::errands;
use crate::fault::Fault;
use crate::hand::Asker;
use crate::incoming::REASON_LETTERS_MAX;
use crate::refusal::Refusal;
use crate::store::tasks;
use crate::task::{Task, TaskId, TaskState};

/// How many tasks went over.
pub(crate) async fn hand_over(
    ctx: &Ctx,
    asker: Asker,
    unit: UnitId,
    (from, to): (Uuid, Uuid),
    reason: String,
) -> Result<usize, Refusal> {
    let reason = text("reason", &reason, REASON_LETTERS_MAX)?;
    if from == to {
        return Err(Fault::SamePerson.into());
    }
    let house = ctx.clone();
    ctx.store
        .write(move |tx| {
            let hand = absences::may(tx, &asker, (unit, from))?;
            let name = named(tx, (unit, hand.today()), (to, "person"))?;
            let open = tasks::open_of(tx, unit, from)?;
            for id in &open {
                let Some(mut old) = tasks::by_id(tx, *id)? else { continue };
                let new = Task {
                    id: TaskId(house.ids.next()),
                    account: to,
                    name: name.clone(),
                    came_from: Some(old.id),
                    version: 1,
                    ..old.clone()
                };
                tasks::insert(tx, &new)?;
                old.state = TaskState::Passed;
                old.ended_at = Some(hand.scribe.now);
                old.note = reason.clone();
                save_task(tx, &mut old)?;
                let told = format!("{} → {name}. {reason}", old.name);
                let detail = json!({ "from": from, "to": to });
                let subject = (unit, new.subject(), new.object());
                hand.record(tx, subject, ("handed-over", "office.hand-over"), (&told, detail))?;
            }
            if !open.is_empty() {
                errands::tell(tx, &house, (to, "handed-over"), errands::About::tasks(unit))?;
            }
            Ok(open.len())
        })
        .await
}
