//! Where packets wait to be accepted: those that come at about the same time share a unit of work.
//!
//! Nobody waits for company: the first packet goes at once, and what comes while it is written goes
//! together with the next. A refusal touches nobody else. Where a unit fails for any other reason,
//! its packets are accepted one by one.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use platform::Ctx;
use platform::store::{StoreError, Tx};
use tokio::sync::oneshot;
use wire::edxml::{BusinessKind, Packet, StatusCode};

use super::accepting::{Accepted, accept, accept_into};
use super::batch::Batch;
use super::sender::Sender;
use crate::refusal::Refusal;
use crate::shelf::{Body, Shelved};

/// Packets of one unit of work.
const BATCH_MAX: usize = 32;
/// Units at a time: one is written while another waits for the disk.
const BATCHES_AT_ONCE: usize = 3;
/// Two who send the same at the same moment: one of them is asked again.
const TRIES: usize = 5;

/// One for all doors of an axis. Cheap to clone.
#[derive(Clone, Default)]
pub struct Reception(Arc<Mutex<Waiting>>);

#[derive(Default)]
struct Waiting {
    orders: VecDeque<Order>,
    /// Tasks that take orders off the queue.
    hands: usize,
}

/// A packet, and whom to tell what became of it.
struct Order {
    handed: Handed,
    told: oneshot::Sender<Result<Accepted, Refusal>>,
}

#[derive(Clone)]
struct Handed {
    sender: Sender,
    shelved: Shelved,
    to: Option<Vec<String>>,
}

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
        let handed = Handed { sender, shelved, to: to.map(<[String]>::to_vec) };
        if !handed.is_plain() {
            return handed.alone(ctx).await;
        }
        let (told, answer) = oneshot::channel();
        self.push(ctx, Order { handed, told });
        // Whoever had it in hand is gone: what became of it is not known.
        answer.await.unwrap_or(Err(Refusal::Store(StoreError::Unknown)))
    }

    fn push(&self, ctx: &Ctx, order: Order) {
        let mut waiting = self.lock();
        waiting.orders.push_back(order);
        if waiting.hands < BATCHES_AT_ONCE {
            waiting.hands += 1;
            let (hand, ctx) = (Hand { reception: self.clone(), is_counted: true }, ctx.clone());
            tokio::spawn(async move { hand.work(&ctx).await });
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes orders off the queue until there are none.
struct Hand {
    reception: Reception,
    is_counted: bool,
}

impl Hand {
    async fn work(mut self, ctx: &Ctx) {
        while let Some(orders) = self.take() {
            let orders = orders.into_iter().map(|order| (order.handed, order.told));
            let (handed, told): (Vec<_>, Vec<_>) = orders.unzip();
            let outcomes = together(ctx, handed).await;
            for (told, outcome) in told.into_iter().zip(outcomes) {
                // Who does not listen any more has gone.
                let _ = told.send(outcome);
            }
        }
    }

    /// None: nothing waits. Who comes from that moment on finds this hand not counted any more.
    fn take(&mut self) -> Option<Vec<Order>> {
        let mut waiting = self.reception.lock();
        let count = waiting.orders.len().min(BATCH_MAX);
        if count == 0 {
            waiting.hands -= 1;
            self.is_counted = false;
            return None;
        }
        Some(waiting.orders.drain(..count).collect())
    }
}

/// One that was broken off is not counted either.
impl Drop for Hand {
    fn drop(&mut self) {
        if self.is_counted {
            self.reception.lock().hands -= 1;
        }
    }
}

/// What became of each.
async fn together(ctx: &Ctx, handed: Vec<Handed>) -> Vec<Result<Accepted, Refusal>> {
    let handed = Arc::new(handed);
    if let [one] = handed.as_slice() {
        return vec![one.alone(ctx).await];
    }
    let (own, all) = (ctx.clone(), Arc::clone(&handed));
    let unit = move |tx: &mut Tx| -> Result<_, StoreError> {
        let mut batch = Batch::default();
        let mut outcomes = Vec::with_capacity(all.len());
        for one in all.iter() {
            outcomes.push(match accept_into(tx, &own, &mut batch, one.parts()) {
                Err(Refusal::Store(error)) => return Err(error),
                outcome => outcome,
            });
        }
        batch.write(tx)?;
        Ok(outcomes)
    };
    let outcomes = match ctx.store.write(unit).await {
        Ok(outcomes) => outcomes,
        // It would be the same for each.
        Err(
            error @ (StoreError::Unavailable { .. } | StoreError::Overloaded | StoreError::Full),
        ) => return handed.iter().map(|_| Err(error.clone().into())).collect(),
        Err(_) => return one_by_one(ctx, &handed).await,
    };
    for (one, outcome) in handed.iter().zip(&outcomes) {
        one.tidy_up(ctx, outcome).await;
    }
    outcomes
}

async fn one_by_one(ctx: &Ctx, handed: &[Handed]) -> Vec<Result<Accepted, Refusal>> {
    let mut outcomes = Vec::with_capacity(handed.len());
    for one in handed {
        outcomes.push(one.alone(ctx).await);
    }
    outcomes
}

impl Handed {
    fn parts(&self) -> (&Sender, &Shelved, Option<&[String]>) {
        (&self.sender, &self.shelved, self.to.as_deref())
    }

    /// Whatever is to be refused is refused before anything is written for it: so others may be in
    /// the same unit of work. What calls back or changes what was sent before is not so.
    fn is_plain(&self) -> bool {
        match &self.shelved.summary.packet {
            Packet::Document(document) => document.business_kind() == BusinessKind::New,
            Packet::Status(status) => !matches!(
                status.status_code,
                StatusCode::RecallAsked | StatusCode::ChangeAgreed | StatusCode::ChangeRefused
            ),
        }
    }

    /// In a unit of work of its own.
    async fn alone(&self, ctx: &Ctx) -> Result<Accepted, Refusal> {
        let mut tries = TRIES;
        loop {
            let (own, one) = (ctx.clone(), self.clone());
            let unit = move |tx: &mut Tx| {
                let (sender, shelved, to) = one.parts();
                accept(tx, &own, sender, shelved, to)
            };
            tries -= 1;
            match ctx.store.write(unit).await {
                // Stored by another, or by this one without anybody saying so.
                Err(Refusal::Store(StoreError::Conflict { .. } | StoreError::Unknown))
                    if tries > 0 => {}
                outcome => {
                    self.tidy_up(ctx, &outcome).await;
                    return outcome;
                }
            }
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
