//! Work that comes back: every so many seconds or minutes, or at an hour on Vietnam's clocks.
//!
//! A turn is one job put into the queue. Its row in `platform_schedule` has one winner a turn, and
//! a turn whose forerunner still runs is dropped, so the work of a schedule never runs twice at a
//! time, however many processes there are. Turns missed while nothing ran are not made up for:
//! one comes at once, then the rhythm goes on.

use std::collections::HashMap;

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::Value;

use super::{NewJob, enqueue, store};
use crate::Ctx;
use crate::clock::{instant, local};
use crate::store::{StoreError, Tx};

#[derive(Debug, Clone, Copy)]
pub struct Schedule {
    /// The kind of job that is put in, with an empty payload.
    pub kind: &'static str,
    pub every: Every,
}

#[derive(Debug, Clone, Copy)]
pub enum Every {
    Seconds(u32),
    Minutes(u32),
    /// On the wall in Vietnam.
    DailyAt {
        hour: i8,
        minute: i8,
    },
    /// At every look at the queue a question is asked about the present, and a yes is a turn, one
    /// in so many seconds at most: an idle house writes nothing, a busy one not too often.
    Look {
        seconds: u32,
        when: fn(&mut Tx, Timestamp) -> Result<bool, StoreError>,
    },
}

impl Every {
    /// The first turn after `after`. Seconds and minutes count from midnight in Vietnam as far as
    /// they divide the day, so that all machines mean the same instants.
    pub fn next(&self, after: Timestamp) -> Timestamp {
        match *self {
            Every::Seconds(seconds) | Every::Look { seconds, .. } => next_step(after, seconds),
            Every::Minutes(minutes) => next_step(after, minutes.saturating_mul(60)),
            Every::DailyAt { hour, minute } => next_at(after, hour, minute),
        }
    }
}

fn next_step(after: Timestamp, seconds: u32) -> Timestamp {
    let step = i64::from(seconds.max(1));
    let shift = 7 * 60 * 60; // Vietnam's midnight is 17:00 UTC.
    let next = ((after.as_second() + shift).div_euclid(step) + 1) * step - shift;
    Timestamp::from_second(next).unwrap_or(Timestamp::MAX)
}

fn next_at(after: Timestamp, hour: i8, minute: i8) -> Timestamp {
    let time = Time::new(hour, minute, 0, 0).unwrap_or(Time::midnight());
    let today = local(after).date();
    let at = instant(today.to_datetime(time));
    if at > after {
        return at;
    }
    instant(today.saturating_add(1.day()).to_datetime(time))
}

/// Puts the turns that are due into the queue; answers how many.
pub(super) async fn tick(ctx: &Ctx, schedules: &[Schedule]) -> Result<usize, StoreError> {
    let now = ctx.clock.now();
    let due = due(ctx, schedules.to_vec(), now).await?;
    let mut turns = 0;
    for (schedule, planned) in due {
        let id = ctx.ids.next();
        let won = ctx
            .store
            .write(move |tx| match planned {
                Some(planned) => take_turn(tx, &schedule, planned, now, id),
                None => plan(tx, &schedule, now),
            })
            .await?;
        turns += usize::from(won);
    }
    Ok(turns)
}

/// Schedules whose turn has come, and those that have no row yet.
async fn due(
    ctx: &Ctx,
    schedules: Vec<Schedule>,
    now: Timestamp,
) -> Result<Vec<(Schedule, Option<Timestamp>)>, StoreError> {
    ctx.store
        .read(move |tx| {
            let rows: Vec<(String, Timestamp)> = tx.all(store::SCHEDULES, &[])?;
            let planned: HashMap<String, Timestamp> = rows.into_iter().collect();
            let mut due = Vec::new();
            for schedule in &schedules {
                let next_at = planned.get(schedule.kind).copied();
                if next_at.is_none_or(|at| at <= now) && wanted(tx, schedule, now)? {
                    due.push((*schedule, next_at));
                }
            }
            Ok(due)
        })
        .await
}

fn wanted(tx: &mut Tx, schedule: &Schedule, now: Timestamp) -> Result<bool, StoreError> {
    match schedule.every {
        Every::Look { when, .. } => when(tx, now),
        Every::Seconds(_) | Every::Minutes(_) | Every::DailyAt { .. } => Ok(true),
    }
}

fn plan(tx: &mut Tx, schedule: &Schedule, now: Timestamp) -> Result<bool, StoreError> {
    let first = match schedule.every {
        Every::Look { .. } => now,
        _ => schedule.every.next(now),
    };
    tx.execute(store::PLAN, &[&schedule.kind, &first])?;
    Ok(false)
}

fn take_turn(
    tx: &mut Tx,
    schedule: &Schedule,
    planned: Timestamp,
    now: Timestamp,
    id: uuid::Uuid,
) -> Result<bool, StoreError> {
    // Never less than a second ahead: two machines whose clocks differ a little see one turn.
    let next = schedule.every.next(now + SignedDuration::from_millis(500));
    let won = tx.execute(store::TAKE_TURN, &[&schedule.kind, &planned, &next, &now])? == 1;
    if won {
        let key = Some("schedule".to_owned());
        let payload = Value::Null;
        enqueue(tx, &NewJob { id, kind: schedule.kind, payload, run_at: now, key })?;
    }
    Ok(won)
}
