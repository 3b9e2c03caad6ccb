//! Orders that come at about the same time share a unit of work.
//!
//! Nobody waits for company: the first order goes at once, and what comes while it is written goes
//! together with the next. A refusal touches nobody else. Where a unit fails for any other reason,
//! its orders are carried out one by one.

use std::collections::VecDeque;
use std::future::{Future, ready};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use platform::Ctx;
use platform::store::{StoreError, Tx};
use tokio::sync::oneshot;

use super::batch::Batch;
use crate::refusal::Refusal;

/// Orders of one unit of work.
const BATCH_MAX: usize = 32;
/// Units at a time: one is written while another waits for the disk.
const BATCHES_AT_ONCE: usize = 3;
/// Two who do the same at the same moment: one of them is asked again.
const TRIES: usize = 5;

/// What somebody waits for.
pub(super) trait Order: Clone + Send + Sync + 'static {
    type Outcome: Send + Sync + 'static;

    /// Inside a unit of work; what it leaves in the batch is written at the end of that unit.
    fn carry_out(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        batch: &mut Batch,
    ) -> Result<Self::Outcome, Refusal>;

    /// Whatever is to be refused is refused before anything is written for it: so others may be in
    /// the same unit of work.
    fn is_plain(&self) -> bool;

    /// After the unit of work, however it ended.
    fn tidy_up(
        &self,
        _ctx: &Ctx,
        _outcome: &Result<Self::Outcome, Refusal>,
    ) -> impl Future<Output = ()> + Send {
        ready(())
    }
}

/// Where orders of one kind wait. Cheap to clone.
pub(super) struct Company<O: Order>(Arc<Mutex<Waiting<O>>>);

struct Waiting<O: Order> {
    orders: VecDeque<(O, Told<O>)>,
    /// Tasks that take orders off the queue.
    hands: usize,
}

/// Whom to tell what became of an order.
type Told<O> = oneshot::Sender<Result<<O as Order>::Outcome, Refusal>>;

impl<O: Order> Clone for Company<O> {
    fn clone(&self) -> Company<O> {
        Company(Arc::clone(&self.0))
    }
}

impl<O: Order> Default for Company<O> {
    fn default() -> Company<O> {
        Company(Arc::new(Mutex::new(Waiting { orders: VecDeque::new(), hands: 0 })))
    }
}

impl<O: Order> Company<O> {
    /// Answers when it is on the disk. It is carried out even if nobody waits for the answer any
    /// more.
    pub async fn join(&self, ctx: &Ctx, order: O) -> Result<O::Outcome, Refusal> {
        if !order.is_plain() {
            return alone(ctx, &order).await;
        }
        let (told, answer) = oneshot::channel();
        self.push(ctx, (order, told));
        // Whoever had it in hand is gone: what became of it is not known.
        answer.await.unwrap_or(Err(Refusal::Store(StoreError::Unknown)))
    }

    fn push(&self, ctx: &Ctx, order: (O, Told<O>)) {
        let mut waiting = self.lock();
        waiting.orders.push_back(order);
        if waiting.hands < BATCHES_AT_ONCE {
            waiting.hands += 1;
            let (hand, ctx) = (Hand { company: self.clone(), is_counted: true }, ctx.clone());
            tokio::spawn(async move { hand.work(&ctx).await });
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<O>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes orders off the queue until there are none.
struct Hand<O: Order> {
    company: Company<O>,
    is_counted: bool,
}

impl<O: Order> Hand<O> {
    async fn work(mut self, ctx: &Ctx) {
        while let Some(waiting) = self.take() {
            let (orders, told): (Vec<O>, Vec<Told<O>>) = waiting.into_iter().unzip();
            let outcomes = together(ctx, orders).await;
            for (told, outcome) in told.into_iter().zip(outcomes) {
                // Who does not listen any more has gone.
                let _ = told.send(outcome);
            }
        }
    }

    /// None: nothing waits. Who comes from that moment on finds this hand not counted any more.
    fn take(&mut self) -> Option<Vec<(O, Told<O>)>> {
        let mut waiting = self.company.lock();
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
impl<O: Order> Drop for Hand<O> {
    fn drop(&mut self) {
        if self.is_counted {
            self.company.lock().hands -= 1;
        }
    }
}

/// What became of each.
async fn together<O: Order>(ctx: &Ctx, orders: Vec<O>) -> Vec<Result<O::Outcome, Refusal>> {
    let orders = Arc::new(orders);
    if let [one] = orders.as_slice() {
        return vec![alone(ctx, one).await];
    }
    let (own, all) = (ctx.clone(), Arc::clone(&orders));
    let unit = move |tx: &mut Tx| -> Result<_, StoreError> {
        let mut batch = Batch::default();
        let mut outcomes = Vec::with_capacity(all.len());
        for order in all.iter() {
            outcomes.push(match order.carry_out(tx, &own, &mut batch) {
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
        ) => return orders.iter().map(|_| Err(error.clone().into())).collect(),
        Err(_) => return one_by_one(ctx, &orders).await,
    };
    for (order, outcome) in orders.iter().zip(&outcomes) {
        order.tidy_up(ctx, outcome).await;
    }
    outcomes
}

async fn one_by_one<O: Order>(ctx: &Ctx, orders: &[O]) -> Vec<Result<O::Outcome, Refusal>> {
    let mut outcomes = Vec::with_capacity(orders.len());
    for order in orders {
        outcomes.push(alone(ctx, order).await);
    }
    outcomes
}

/// In a unit of work of its own.
async fn alone<O: Order>(ctx: &Ctx, order: &O) -> Result<O::Outcome, Refusal> {
    let mut tries = TRIES;
    loop {
        let (own, order_again) = (ctx.clone(), order.clone());
        let unit = move |tx: &mut Tx| {
            Batch::around(tx, |tx, batch| order_again.carry_out(tx, &own, batch))
        };
        tries -= 1;
        match ctx.store.write(unit).await {
            // Done by another, or by this one without anybody saying so.
            Err(Refusal::Store(StoreError::Conflict { .. } | StoreError::Unknown)) if tries > 0 => {
            }
            outcome => {
                order.tidy_up(ctx, &outcome).await;
                return outcome;
            }
        }
    }
}
