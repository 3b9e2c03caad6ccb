//! What is express at a set time does not wait to be looked at: whoever has it in hand is told an
//! hour before, and when the hour is over.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 17, art. 23 (what is urgent goes at once)

use jiff::Timestamp;
use platform::Ctx;
use platform::jobs::{self, Job, JobError, JobKind, NewJob};
use platform::store::{StoreError, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::document::{Direction, IncomingId, OutgoingId};
use crate::errands::{About, clerks, tell};
use crate::express::NEAR;
use crate::incoming::{self, Incoming};
use crate::outgoing::{self, Outgoing};
use crate::store;
use crate::task::{Part, Task};

const EXPRESS: &str = "office.express";

/// An hour of a document that comes near, or is over.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Hour {
    direction: Direction,
    document: Uuid,
    at: Timestamp,
    is_over: bool,
}

pub(crate) fn kind() -> JobKind {
    JobKind { kind: EXPRESS, run: |ctx, job| Box::pin(run(ctx, job)) }
}

pub(crate) fn watch_incoming(tx: &mut Tx, ctx: &Ctx, one: &Incoming) -> Result<(), StoreError> {
    watch(tx, ctx, (Direction::In, one.id.0), one.express_at)
}

pub(crate) fn watch_outgoing(tx: &mut Tx, ctx: &Ctx, one: &Outgoing) -> Result<(), StoreError> {
    watch(tx, ctx, (Direction::Out, one.id.0), one.express_at)
}

fn watch(
    tx: &mut Tx,
    ctx: &Ctx,
    (direction, document): (Direction, Uuid),
    at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let (Some(at), now) = (at, ctx.clock.now()) else { return Ok(()) };
    for (is_over, run_at) in [(false, at - NEAR), (true, at)] {
        // What comes when its hour is over is only late.
        if !is_over && at <= now {
            continue;
        }
        let payload = json!(Hour { direction, document, at, is_over });
        let (id, run_at) = (ctx.ids.next(), run_at.max(now));
        jobs::enqueue(tx, &NewJob { id, kind: EXPRESS, payload, run_at, key: None })?;
    }
    Ok(())
}

async fn run(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let hour: Hour = job.read()?;
    let house = ctx.clone();
    Ok(ctx.store.write(move |tx| told(tx, &house, hour)).await?)
}

/// Those who have it in hand now, if it is not done with and the hour is still the same.
fn told(tx: &mut Tx, ctx: &Ctx, hour: Hour) -> Result<(), StoreError> {
    let found = match hour.direction {
        Direction::In => match store::incoming::by_id(tx, IncomingId(hour.document))? {
            Some(one) if one.express_at == Some(hour.at) => {
                Some((About::incoming(&one), who_has_incoming(tx, ctx, &one)?))
            }
            _ => None,
        },
        Direction::Out => match store::outgoing::by_id(tx, OutgoingId(hour.document))? {
            Some(one) if one.express_at == Some(hour.at) => {
                Some((About::outgoing(&one), who_has_outgoing(tx, ctx, &one)?))
            }
            _ => None,
        },
    };
    let Some((about, mut people)) = found else { return Ok(()) };
    let what = if hour.is_over { "express-over" } else { "express-near" };
    people.sort_unstable();
    people.dedup();
    for account in people {
        let about = About { at: Some(hour.at), ..about.clone() };
        tell(tx, ctx, (account, what), about)?;
    }
    Ok(())
}

fn who_has_incoming(tx: &mut Tx, ctx: &Ctx, one: &Incoming) -> Result<Vec<Uuid>, StoreError> {
    use incoming::State;
    match (one.state, one.leader) {
        (State::Done | State::Refused | State::Withdrawn, _) => Ok(Vec::new()),
        (State::Assigned | State::Handling, leader) => {
            let open = store::tasks::of_incoming(tx, one.id)?.into_iter().filter(Task::is_open);
            let works = open.filter(|task| task.role != Part::Information);
            Ok(works.map(|task| task.account).chain(leader).collect())
        }
        (State::Submitted, Some(leader)) => Ok(vec![leader]),
        _ => clerks(tx, ctx, one.unit),
    }
}

fn who_has_outgoing(tx: &mut Tx, ctx: &Ctx, one: &Outgoing) -> Result<Vec<Uuid>, StoreError> {
    use outgoing::State;
    let mut people = match one.state {
        State::Issued | State::Cancelled => return Ok(Vec::new()),
        State::Draft | State::Initialling => Vec::new(),
        State::Signing => one.signer.into_iter().collect(),
        State::Signed | State::Numbered | State::Sealing => clerks(tx, ctx, one.unit)?,
    };
    people.push(one.author);
    Ok(people)
}
