//! Where systems wait that fetch packets, or say how far they have them: those that come at about
//! the same time share a unit of work.

use platform::Ctx;
use platform::store::Tx;
use uuid::Uuid;

use super::batch::Batch;
use super::company::{Company, Order};
use super::transport::{self, Word};
use crate::delivery::DeliveryId;
use crate::packet::PacketId;
use crate::queries;
use crate::refusal::Refusal;
use crate::store::{deliveries, lists};
use crate::system::SystemId;

/// One for all doors of an axis. Cheap to clone.
#[derive(Clone, Default)]
pub struct Handover(Company<Step>);

/// A packet that is handed over, and for which of its deliveries: none when a sender looks at what
/// it sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    pub packet: PacketId,
    pub deliveries: Vec<DeliveryId>,
}

impl Handover {
    /// Before the first byte leaves. [`Refusal::Recalled`] when its sender was faster.
    pub async fn begin(
        &self,
        ctx: &Ctx,
        system: &SystemId,
        doc_id: Uuid,
    ) -> Result<Outgoing, Refusal> {
        self.0.join(ctx, Step::Begin { system: system.clone(), doc_id }).await
    }

    /// After the last byte: the receipts say so.
    pub async fn end(
        &self,
        ctx: &Ctx,
        system: &SystemId,
        outgoing: Outgoing,
    ) -> Result<(), Refusal> {
        self.0.join(ctx, Step::End { system: system.clone(), outgoing }).await.map(drop)
    }

    /// What a system says of what came to its mailboxes under this name.
    pub async fn take_word(
        &self,
        ctx: &Ctx,
        (system, doc_id): (&SystemId, Uuid),
        word: Word,
    ) -> Result<(), Refusal> {
        self.0.join(ctx, Step::Word { system: system.clone(), doc_id, word }).await.map(drop)
    }
}

#[derive(Clone)]
enum Step {
    Begin { system: SystemId, doc_id: Uuid },
    End { system: SystemId, outgoing: Outgoing },
    Word { system: SystemId, doc_id: Uuid, word: Word },
}

impl Order for Step {
    type Outcome = Outgoing;

    fn carry_out(&self, tx: &mut Tx, ctx: &Ctx, batch: &mut Batch) -> Result<Outgoing, Refusal> {
        match self {
            Step::Begin { system, doc_id } => begin(tx, ctx, (system, *doc_id)),
            Step::End { system, outgoing } => end(tx, ctx, batch, (system, outgoing)),
            Step::Word { system, doc_id, word } => {
                let own = lists::own(tx, (system, *doc_id))?;
                let packet = own.first().ok_or(Refusal::Nothing)?.packet;
                transport::take_word(tx, ctx, batch, (&own, word))?;
                Ok(Outgoing { packet, deliveries: own.iter().map(|one| one.id).collect() })
            }
        }
    }

    fn is_plain(&self) -> bool {
        true
    }
}

/// Called back for one of its agencies, it may still be another's.
fn begin(tx: &mut Tx, ctx: &Ctx, (system, doc_id): (&SystemId, Uuid)) -> Result<Outgoing, Refusal> {
    let (packet, own) = queries::for_system(tx, system, doc_id)?.ok_or(Refusal::Nothing)?;
    let open: Vec<_> = own.iter().filter(|one| one.recalled_at.is_none()).collect();
    if open.is_empty() && !own.is_empty() {
        return Err(Refusal::Recalled);
    }
    open.iter().try_for_each(|one| transport::handing_over(tx, ctx, one))?;
    Ok(Outgoing { packet, deliveries: open.into_iter().map(|one| one.id).collect() })
}

/// What was called back meanwhile, with its recipient's leave, gets no receipt.
fn end(
    tx: &mut Tx,
    ctx: &Ctx,
    batch: &mut Batch,
    (system, outgoing): (&SystemId, &Outgoing),
) -> Result<Outgoing, Refusal> {
    let mut noted = Vec::with_capacity(outgoing.deliveries.len());
    for id in &outgoing.deliveries {
        let one = deliveries::by_id(tx, *id)?.ok_or(Refusal::Nothing)?;
        if one.recalled_at.is_none() {
            transport::fetched(tx, ctx, batch, (&one, system.as_str()))?;
            noted.push(one.id);
        }
    }
    if noted.is_empty() && !outgoing.deliveries.is_empty() {
        return Err(Refusal::Recalled);
    }
    Ok(Outgoing { packet: outgoing.packet, deliveries: noted })
}
