//! /can-bo/van-ban-den/moi and /can-bo/van-ban-di/moi: say that something happened; the page then
//! asks what.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State as Given;
use axum::response::sse::Event;
use futures_util::stream::{self, Stream};
use identity::{Actor, Right};
use platform::Ctx;
use platform::web::{Problem, Reply};
use uuid::Uuid;

use crate::document::Direction;
use crate::queries::work;

/// A clerk sees within this time what arrived.
const LOOK_EVERY: Duration = Duration::from_secs(3);

pub(crate) async fn incoming(Given(ctx): Given<Ctx>, actor: Actor) -> Result<Reply, Problem> {
    events(ctx, actor, Direction::In).await
}

pub(crate) async fn outgoing(Given(ctx): Given<Ctx>, actor: Actor) -> Result<Reply, Problem> {
    events(ctx, actor, Direction::Out).await
}

async fn events(ctx: Ctx, actor: Actor, direction: Direction) -> Result<Reply, Problem> {
    actor.require_anywhere(Right::SeeDocuments)?;
    let seen = work::latest(&ctx, &actor, direction).await?;
    Ok(Reply::events(changes(Watch { ctx, actor, direction, seen })))
}

/// Who looks at what, and the last that they were told of in each of their offices.
struct Watch {
    ctx: Ctx,
    actor: Actor,
    direction: Direction,
    seen: Vec<Option<Uuid>>,
}

fn changes(watch: Watch) -> impl Stream<Item = Result<Event, Infallible>> + Send + 'static {
    stream::unfold(watch, |mut watch| async move {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            // What cannot be read now is read in a moment.
            let latest = work::latest(&watch.ctx, &watch.actor, watch.direction).await;
            let Ok(latest) = latest else { continue };
            if latest != watch.seen {
                watch.seen = latest;
                return Some((Ok(Event::default().data("1")), watch));
            }
        }
    })
}
