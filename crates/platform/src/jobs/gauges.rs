//! The queue's depth and age among the process's metrics, for alarms.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::{Depth, queue};
use crate::Ctx;
use crate::store::StoreError;

/// Every process tells the same of one queue: take the largest, not the sum.
#[derive(Default)]
pub(super) struct Gauges {
    told_at: Option<Timestamp>,
    /// Kinds and states told before: what has gone must be told as nothing.
    seen: HashSet<(String, String)>,
}

const PAUSE: SignedDuration = SignedDuration::from_secs(15);

impl Gauges {
    pub(super) async fn tell(&mut self, ctx: &Ctx) -> Result<(), StoreError> {
        let now = ctx.clock.now();
        if self.told_at.is_some_and(|told_at| now.duration_since(told_at) < PAUSE) {
            return Ok(());
        }
        self.told_at = Some(now);
        let depths: Vec<Depth> = ctx.store.read(queue::depths).await?;
        let mut gone = std::mem::take(&mut self.seen);
        for depth in depths {
            gone.remove(&(depth.kind.clone(), depth.state.clone()));
            self.seen.insert((depth.kind.clone(), depth.state.clone()));
            // A running job's time is the end of its lease: its age says nothing.
            let waiting = depth.state == "waiting";
            let late = if waiting { now.duration_since(depth.oldest).as_secs().max(0) } else { 0 };
            set(depth.kind, depth.state, depth.count, late);
        }
        gone.into_iter().for_each(|(kind, state)| set(kind, state, 0, 0));
        Ok(())
    }
}

fn set(kind: String, state: String, count: i64, late_seconds: i64) {
    metrics::gauge!("jobs_depth", "kind" => kind.clone(), "state" => state.clone())
        .set(count as f64);
    if state == "waiting" {
        metrics::gauge!("jobs_late_seconds", "kind" => kind).set(late_seconds as f64);
    }
}
