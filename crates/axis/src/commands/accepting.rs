//! A packet is accepted: may → rules → rows → receipt → audit → jobs.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6, art. 9

use platform::Ctx;
use platform::store::Tx;
use wire::edxml::Packet;

use super::batch::Batch;
use super::sender::Sender;
use super::{documents, statuses};
use crate::delivery::DeliveryId;
use crate::packet::PacketId;
use crate::refusal::Refusal;
use crate::shelf::Shelved;

/// What whoever handed it in is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    pub packet: PacketId,
    /// A compact JWS.
    pub receipt: String,
    /// It had come before: nothing was done twice, and this is the packet of then.
    pub repeated: bool,
    pub deliveries: Vec<DeliveryId>,
    /// Recipients that nobody delivers to yet: somebody will look.
    pub stranded: Vec<String>,
}

/// Accepts inside a unit of work of the caller, which a refusal has to end. `to` takes the place of
/// the recipients that a document names.
pub fn accept(
    tx: &mut Tx,
    ctx: &Ctx,
    sender: &Sender,
    shelved: &Shelved,
    to: Option<&[String]>,
) -> Result<Accepted, Refusal> {
    Batch::around(tx, |tx, batch| accept_into(tx, ctx, batch, (sender, shelved, to)))
}

/// The same, its rows written with those of others.
pub(super) fn accept_into(
    tx: &mut Tx,
    ctx: &Ctx,
    batch: &mut Batch,
    (sender, shelved, to): (&Sender, &Shelved, Option<&[String]>),
) -> Result<Accepted, Refusal> {
    let handed = (sender, shelved);
    match &shelved.summary.packet {
        Packet::Document(document) => documents::accept(tx, ctx, batch, handed, (document, to)),
        Packet::Status(status) => statuses::accept(tx, ctx, batch, handed, status),
    }
}
