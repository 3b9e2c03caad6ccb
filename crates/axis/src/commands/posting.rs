//! What offices in this installation send, inside their own units of work.

use identity::Scribe;
use organisations::UnitId;
use organisations::queries as catalogue;
use platform::Ctx;
use platform::store::Tx;
use wire::edxml::packet::Staff;
use wire::edxml::write::write;
use wire::edxml::{Organisation, Packet, PacketTime, ResponseFor, Status, StatusCode};

use super::accepting::{Accepted, accept};
use super::sender::Sender;
use crate::refusal::Refusal;
use crate::shelf::{self, Shelved};
use crate::store::desks;

/// A word about a document that came to an office here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStatus {
    /// As the document's own packet names it.
    pub about: ResponseFor,
    pub code: StatusCode,
    /// Why; people read it.
    pub description: String,
    pub staff: Staff,
}

/// Sends a document that the office has put on the shelf. Who may send it is the office's to ask.
pub fn post(
    tx: &mut Tx,
    ctx: &Ctx,
    (from, by): (UnitId, &Scribe),
    shelved: &Shelved,
) -> Result<Accepted, Refusal> {
    if desks::told(tx, from.0)?.is_none() {
        return Err(Refusal::NoDesk);
    }
    accept(tx, ctx, &Sender::Office { unit: from, by: by.clone() }, shelved, None)
}

/// Writes a status packet and sends it.
pub fn post_status(
    tx: &mut Tx,
    ctx: &Ctx,
    (from, by): (UnitId, &Scribe),
    new: &NewStatus,
) -> Result<Accepted, Refusal> {
    let unit = catalogue::unit(tx, from)?.ok_or(Refusal::NoDesk)?;
    let status = Status {
        from: Organisation {
            organ_id: unit.code.to_string(),
            organ_name: unit.name.as_str().to_owned(),
            ..Organisation::default()
        },
        response_for: new.about.clone(),
        staff: new.staff.clone(),
        status_code: new.code.clone(),
        description: new.description.clone(),
        timestamp: PacketTime::of(ctx.clock.now()),
    };
    let bytes = write(&Packet::Status(Box::new(status)), &[]).map_err(Refusal::NotWritten)?;
    let shelved = shelf::hold(ctx, &bytes)?;
    post(tx, ctx, (from, by), &shelved)
}
