//! What recipients say about a document of ours, by status packets.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 5, art. 6, art. 9

use identity::Scribe;
use organisations::UnitId;
use platform::Ctx;
use platform::store::Tx;
use serde_json::json;
use wire::edxml::Status;

use super::noting::told;
use crate::refusal::Refusal;
use crate::store::outgoing;
use crate::store::outgoing_story::{self, Answer};

/// Written down beside the document, in its recipient's own words. What is about none of ours is
/// left where it is: the axis has it. Safe to repeat.
pub(crate) fn status_arrived(
    tx: &mut Tx,
    ctx: &Ctx,
    (unit, packet): (UnitId, &axis::Packet),
    status: &Status,
) -> Result<(), Refusal> {
    let about = status.response_for.document_id.as_str();
    let Some(id) = outgoing::by_document(tx, unit, about)? else { return Ok(()) };
    let Some(one) = outgoing::by_id(tx, id)? else { return Ok(()) };
    let name = match packet.from_name.is_empty() {
        true => packet.from_code.clone(),
        false => packet.from_name.clone(),
    };
    let scribe = Scribe::named(ctx, None, &name);
    let answer = Answer {
        code: packet.from_code.clone(),
        name,
        status: status.status_code.code().to_owned(),
        description: status.description.clone(),
        at: scribe.now,
    };
    if outgoing_story::put_answer(tx, (packet.id.0, id), &answer)? {
        let detail = json!({ "status": answer.status, "from": answer.code });
        told(tx, &scribe, &one, ("office.hear", &answer.description), detail)?;
    }
    Ok(())
}
