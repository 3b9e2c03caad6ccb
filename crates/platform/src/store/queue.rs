//! Where units wait for a lane. Bounded: who comes when it is full is told so at once.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::StoreError;
use super::unit::Work;

pub(super) struct Queue {
    state: Mutex<State>,
    arrival: Condvar,
    max: usize,
}

struct State {
    waiting: VecDeque<Box<dyn Work>>,
    idle_lanes: usize,
    closed: bool,
}

impl Queue {
    pub(super) fn new(max: usize) -> Queue {
        let state = State { waiting: VecDeque::new(), idle_lanes: 0, closed: false };
        Queue { state: Mutex::new(state), arrival: Condvar::new(), max }
    }

    pub(super) fn push(&self, work: Box<dyn Work>) -> Result<(), StoreError> {
        let mut state = self.lock();
        if state.closed {
            return Err(StoreError::unavailable("the store is closed"));
        }
        if state.waiting.len() >= self.max {
            return Err(StoreError::Overloaded);
        }
        state.waiting.push_back(work);
        let wake = state.idle_lanes > 0;
        drop(state);
        if wake {
            self.arrival.notify_one();
        }
        Ok(())
    }

    /// Waits until there is work and moves up to `max` of it; false once closed and empty.
    pub(super) fn wait(&self, into: &mut VecDeque<Box<dyn Work>>, max: usize) -> bool {
        let mut state = self.lock();
        while state.waiting.is_empty() {
            if state.closed {
                return false;
            }
            state.idle_lanes += 1;
            state = self.arrival.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.idle_lanes -= 1;
        }
        state.give(into, max);
        true
    }

    /// Moves up to `max` units that already wait.
    pub(super) fn take(&self, into: &mut VecDeque<Box<dyn Work>>, max: usize) {
        self.lock().give(into, max);
    }

    /// Nobody may come any more; what waits is still served.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.arrival.notify_all();
    }

    pub(super) fn len(&self) -> usize {
        self.lock().waiting.len()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn give(&mut self, into: &mut VecDeque<Box<dyn Work>>, max: usize) {
        let count = self.waiting.len().min(max);
        into.extend(self.waiting.drain(..count));
    }
}
