//! A lane: a thread that owns a connection and runs units, many writes to one commit.
//!
//! The same loop serves both engines. A group is what waits, without a timer: while one commit
//! goes to the disk, the next group gathers. Nobody is answered before the commit that holds
//! their unit, nor are refusals, which may rest on what a neighbour of the group had written.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::error::Failure;
use super::queue::Queue;
use super::tx::Uncommitted;
use super::unit::{Said, Work};
use super::{StoreError, Tx, gauges};

pub(super) struct Lane {
    pub(super) tx: Tx,
    pub(super) queue: Arc<Queue>,
    pub(super) plan: Plan,
    /// Told of each commit; readers have nothing to tell.
    pub(super) written: Option<Arc<Notify>>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    /// Units in one commit.
    pub(super) group_max: usize,
    /// After this time a group takes no further unit, so that nobody waits for a slow neighbour.
    pub(super) group_time: Duration,
    /// How often a unit runs at most when others get in its way.
    pub(super) attempts: u32,
}

type Waiting = VecDeque<Box<dyn Work>>;
/// Units of the running transaction, with the error each is owed after the commit.
type Group = Vec<(Box<dyn Work>, Option<StoreError>)>;

enum Verdict {
    Kept,
    /// Undone, alone; with the error to answer instead of what the unit said.
    Undone(Option<StoreError>),
    Gone(Failure),
}

impl Lane {
    /// Until the queue is closed and empty.
    pub(super) fn run(mut self) {
        let mut waiting = Waiting::new();
        while self.queue.wait(&mut waiting, self.plan.group_max) {
            while let Some(first) = next_live(&mut waiting) {
                // The closures are guarded where they run; this guards the lane against what
                // else comes from outside, the making of their errors, say. Whoever is dropped
                // unanswered here learns that the outcome is unknown.
                let group = AssertUnwindSafe(|| self.group(first, &mut waiting));
                if catch_unwind(group).is_err() {
                    tracing::error!("a lane of the store panicked and goes on");
                    self.tx.rollback();
                }
            }
        }
        self.tx.farewell();
    }

    fn group(&mut self, first: Box<dyn Work>, waiting: &mut Waiting) {
        if first.patient() || self.written.is_none() {
            return self.alone(first);
        }
        if let Err(error) = self.tx.begin(false) {
            // Those behind have waited as well: each for itself would wait once more.
            let group = std::iter::once(first).chain(waiting.drain(..)).map(|work| (work, None));
            return answer_all(group.collect(), &error);
        }
        let begun = Instant::now();
        let mut group = Group::new();
        let mut next = Some(first);
        while let Some(mut work) = next.take() {
            match self.attempt(work.as_mut(), !group.is_empty()) {
                Verdict::Kept => group.push((work, None)),
                Verdict::Undone(error) if group.is_empty() => {
                    // The first has no savepoint: undoing it is undoing the transaction.
                    self.tx.rollback();
                    return work.finish(error.map_or(Ok(()), Err));
                }
                Verdict::Undone(error) => group.push((work, error)),
                Verdict::Gone(failure) => {
                    self.tx.rollback();
                    return self.without(work, &failure, group);
                }
            }
            if group.len() < self.plan.group_max && begun.elapsed() < self.plan.group_time {
                next = self.next(waiting, self.plan.group_max - group.len());
            }
        }
        self.commit(group);
    }

    /// The next unit that may join the group; a patient one waits for a transaction of its own.
    fn next(&self, waiting: &mut Waiting, room: usize) -> Option<Box<dyn Work>> {
        if waiting.is_empty() {
            self.queue.take(waiting, room);
        }
        let next = next_live(waiting)?;
        if next.patient() {
            waiting.push_front(next);
            return None;
        }
        Some(next)
    }

    /// Runs one unit, in a savepoint when it has neighbours.
    fn attempt(&mut self, work: &mut dyn Work, neighbours: bool) -> Verdict {
        if neighbours && let Err(error) = self.tx.begin_unit() {
            return Verdict::Gone(self.tx.take_failure().unwrap_or(Failure::Lost(error)));
        }
        let said = work.run(&mut self.tx);
        let verdict = match (self.tx.take_failure(), said) {
            (Some(failure @ (Failure::Again(_) | Failure::Lost(_) | Failure::Spent(_))), _) => {
                return Verdict::Gone(failure);
            }
            (_, Said::Panicked) => Verdict::Undone(Some(StoreError::Panicked)),
            (Some(_), Said::Yes) => Verdict::Undone(Some(StoreError::Swallowed)),
            (_, Said::No) => Verdict::Undone(None),
            (None, Said::Yes) => Verdict::Kept,
        };
        if neighbours {
            let closed = match verdict {
                Verdict::Kept => self.tx.keep_unit(),
                _ => self.tx.undo_unit(),
            };
            if let Err(error) = closed {
                return Verdict::Gone(self.tx.take_failure().unwrap_or(Failure::Lost(error)));
            }
        }
        verdict
    }

    fn commit(&mut self, group: Group) {
        match self.put(group.len()) {
            Ok(()) => {
                for (work, error) in group {
                    work.finish(error.map_or(Ok(()), Err));
                }
            }
            Err(Uncommitted::Surely(failure)) => {
                if group.len() == 1 && !matches!(failure, Failure::Again(_)) {
                    return answer_all(group, failure.error());
                }
                for (work, _) in group {
                    self.alone(work);
                }
            }
            Err(Uncommitted::Perhaps) => answer_all(group, &StoreError::Unknown),
        }
    }

    /// The transaction went down while `work` ran: its neighbours run again, each alone, and so
    /// does `work` itself unless that cannot help.
    fn without(&mut self, work: Box<dyn Work>, failure: &Failure, neighbours: Group) {
        let hopeless = match failure {
            Failure::Spent(_) => true,
            Failure::Lost(_) => neighbours.is_empty(),
            Failure::Statement(_) | Failure::Again(_) => false,
        };
        for (neighbour, _) in neighbours {
            self.alone(neighbour);
        }
        if hopeless {
            return work.finish(Err(failure.error().clone()));
        }
        self.alone(work);
    }

    /// One unit in a transaction of its own, again and again when others get in its way.
    fn alone(&mut self, mut work: Box<dyn Work>) {
        let mut last = StoreError::Overloaded;
        for attempt in 0..self.plan.attempts {
            pause(attempt);
            if let Err(error) = self.tx.begin(work.patient()) {
                return work.finish(Err(error));
            }
            let failure = match self.attempt(work.as_mut(), false) {
                Verdict::Kept if self.written.is_none() => {
                    // What was read needs no commit; the caller need not wait for the end of it.
                    work.finish(Ok(()));
                    gauges::read();
                    return self.tx.rollback();
                }
                Verdict::Kept => match self.put(1) {
                    Ok(()) => return work.finish(Ok(())),
                    Err(Uncommitted::Perhaps) => return work.finish(Err(StoreError::Unknown)),
                    Err(Uncommitted::Surely(failure)) => failure,
                },
                Verdict::Undone(error) => {
                    self.tx.rollback();
                    return work.finish(error.map_or(Ok(()), Err));
                }
                Verdict::Gone(failure) => {
                    self.tx.rollback();
                    failure
                }
            };
            match failure {
                Failure::Again(error) => last = error,
                failure => return work.finish(Err(failure.error().clone())),
            }
        }
        let tries = self.plan.attempts;
        work.finish(Err(StoreError::unavailable(format!("given up after {tries} tries: {last}"))));
    }

    /// The commit itself, counted, and told to whoever waits for one.
    fn put(&mut self, units: usize) -> Result<(), Uncommitted> {
        let begun = Instant::now();
        let done = self.tx.commit();
        match &done {
            Ok(()) => gauges::commit(units, begun.elapsed()),
            Err(_) => gauges::failure(),
        }
        if let (Ok(()), Some(written)) = (&done, &self.written) {
            written.notify_waiters();
            gauges::waiting("write", self.queue.len());
        }
        done
    }
}

fn next_live(waiting: &mut Waiting) -> Option<Box<dyn Work>> {
    std::iter::from_fn(|| waiting.pop_front()).find(|work| !work.given_up())
}

fn answer_all(group: Group, error: &StoreError) {
    for (work, _) in group {
        work.finish(Err(error.clone()));
    }
}

/// Longer each time, so that two units that collide do not collide for ever.
fn pause(attempt: u32) {
    if attempt > 0 {
        let longest_us = 500_u64 << attempt.min(7);
        let spread = RandomState::new().hash_one(attempt) % longest_us;
        std::thread::sleep(Duration::from_micros(longest_us / 2 + spread / 2));
    }
}
