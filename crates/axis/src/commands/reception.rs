//! Where packets wait to be accepted: those that come at about the same time share a unit of work.

use platform::Ctx;
use platform::store::Tx;
use wire::edxml::{BusinessKind, Packet, StatusCode};

use super::accepting::{Accepted, accept_into};
use super::batch::Batch;
use super::company::{Company, Order};
use super::sender::Sender;
use crate::refusal::Refusal;
use crate::shelf::{Body, Shelved};

/// One for all doors of an axis. Cheap to clone.
#[derive(Clone, Default)]
pub struct Reception(Company<Handed>);

impl Reception {
    /// Answers when the packet is on the disk. Safe to repeat: the same from the same sender is the
    /// same packet. It is accepted even if nobody waits for the answer any more.
    pub async fn receive(
        &self,
        ctx: &Ctx,
        sender: &Sender,
        shelved: &Shelved,
        to: Option<&[String]>,
    ) -> Result<Accepted, Refusal> {
        let (sender, shelved) = (sender.clone(), shelved.clone());
        self.0.join(ctx, Handed { sender, shelved, to: to.map(<[String]>::to_vec) }).await
    }
}

#[derive(Clone)]
struct Handed {
    sender: Sender,
    shelved: Shelved,
    to: Option<Vec<String>>,
}

impl Order for Handed {
    type Outcome = Accepted;

    fn carry_out(&self, tx: &mut Tx, ctx: &Ctx, batch: &mut Batch) -> Result<Accepted, Refusal> {
        accept_into(tx, ctx, batch, (&self.sender, &self.shelved, self.to.as_deref()))
    }

    /// What calls back or changes what was sent before is not so.
    fn is_plain(&self) -> bool {
        match &self.shelved.summary.packet {
            Packet::Document(document) => document.business_kind() == BusinessKind::New,
            Packet::Status(status) => !matches!(
                status.status_code,
                StatusCode::RecallAsked | StatusCode::ChangeAgreed | StatusCode::ChangeRefused
            ),
        }
    }

    /// Who sends half a gigabyte five times does not fill the disk with it. Where it is not certain
    /// that it is not wanted, the daily sweep looks.
    async fn tidy_up(&self, ctx: &Ctx, outcome: &Result<Accepted, Refusal>) {
        let unwanted = match outcome {
            Ok(accepted) => accepted.repeated,
            Err(refusal) => !refusal.is_passing(),
        };
        if let (true, Body::File(received)) = (unwanted, &self.shelved.body)
            && let Err(error) = ctx.files.discard(received).await
        {
            tracing::warn!(%error, "a packet that nobody wants stays until the next sweep");
        }
    }
}
