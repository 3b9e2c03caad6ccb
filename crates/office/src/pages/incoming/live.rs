//! /can-bo/van-ban-den/moi: says that something happened; the page then asks what.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State as Given;
use axum::response::sse::Event;
use futures_util::stream::{self, Stream};
use identity::{Actor, Right};
use platform::Ctx;
use platform::web::{Problem, Reply};

use crate::queries::work;

/// A clerk sees within this time what arrived.
const LOOK_EVERY: Duration = Duration::from_secs(3);

pub(crate) async fn events(Given(ctx): Given<Ctx>, actor: Actor) -> Result<Reply, Problem> {
    actor.require_anywhere(Right::SeeDocuments)?;
    let seen = work::latest(&ctx, &actor).await?;
    Ok(Reply::events(changes(ctx, actor, seen)))
}

type Seen = Vec<Option<uuid::Uuid>>;

fn changes(
    ctx: Ctx,
    actor: Actor,
    seen: Seen,
) -> impl Stream<Item = Result<Event, Infallible>> + Send + 'static {
    stream::unfold((ctx, actor, seen), |(ctx, actor, mut seen)| async move {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            // What cannot be read now is read in a moment.
            let Ok(latest) = work::latest(&ctx, &actor).await else { continue };
            if latest != seen {
                seen = latest;
                return Some((Ok(Event::default().data("1")), (ctx, actor, seen)));
            }
        }
    })
}
