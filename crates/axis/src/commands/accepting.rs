//! A packet is accepted: may → rules → rows → receipt → audit → jobs.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6, art. 9

use platform::Ctx;
use platform::store::{StoreError, Tx};
use wire::edxml::Packet;

use super::sender::Sender;
use super::{documents, statuses};
use crate::delivery::DeliveryId;
use crate::packet::PacketId;
use crate::refusal::Refusal;
use crate::shelf::{Body, Shelved};

/// Two who send the same at the same moment: one of them is asked again.
const TRIES: usize = 5;

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

/// Accepts in a unit of work of its own, and answers when it is on the disk. Safe to repeat: the
/// same from the same sender is the same packet.
pub async fn receive(
    ctx: &Ctx,
    sender: &Sender,
    shelved: &Shelved,
    to: Option<&[String]>,
) -> Result<Accepted, Refusal> {
    let mut tries = TRIES;
    loop {
        let (own, hand, packet) = (ctx.clone(), sender.clone(), shelved.clone());
        let to = to.map(<[String]>::to_vec);
        let unit = move |tx: &mut Tx| accept(tx, &own, &hand, &packet, to.as_deref());
        tries -= 1;
        match ctx.store.write(unit).await {
            // Stored by another, or by this one without anybody saying so.
            Err(Refusal::Store(StoreError::Conflict { .. } | StoreError::Unknown)) if tries > 0 => {
            }
            outcome => {
                tidy_up(ctx, shelved, &outcome).await;
                return outcome;
            }
        }
    }
}

/// Who sends half a gigabyte five times does not fill the disk with it. Where it is not certain
/// that it is not wanted, the daily sweep looks.
async fn tidy_up(ctx: &Ctx, shelved: &Shelved, outcome: &Result<Accepted, Refusal>) {
    let unwanted = match outcome {
        Ok(accepted) => accepted.repeated,
        Err(refusal) => !refusal.is_passing(),
    };
    if let (true, Body::File(received)) = (unwanted, &shelved.body)
        && let Err(error) = ctx.files.discard(received).await
    {
        tracing::warn!(%error, "a packet that nobody wants stays until the next sweep");
    }
}

/// The same inside a unit of work of the caller, which a refusal has to end. `to` takes the place
/// of the recipients that a document names.
pub fn accept(
    tx: &mut Tx,
    ctx: &Ctx,
    sender: &Sender,
    shelved: &Shelved,
    to: Option<&[String]>,
) -> Result<Accepted, Refusal> {
    match &shelved.summary.packet {
        Packet::Document(document) => documents::accept(tx, ctx, (sender, shelved), (document, to)),
        Packet::Status(status) => statuses::accept(tx, ctx, (sender, shelved), status),
    }
}
