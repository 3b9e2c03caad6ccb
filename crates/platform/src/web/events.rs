//! Streams of events end where they must: with the server, with the session, and in any case after
//! some minutes. The browser then asks again, and is let in or not.

use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use futures_util::StreamExt;

use super::View;

const LONGEST: Duration = Duration::from_secs(15 * 60);

pub(crate) fn bounded(view: &View, response: Response) -> Response {
    let left = view.session.ends_at().map(|ends_at| ends_at.duration_since(view.now));
    let left = left.map_or(LONGEST, |left| Duration::from_secs(left.as_secs().max(0) as u64));
    let mut draining = view.fittings().draining.subscribe();
    let over = async move {
        let ended = draining.wait_for(|draining| *draining);
        // Out of time, told to end, or the site is gone: the stream ends all the same.
        drop(tokio::time::timeout(left.min(LONGEST), ended).await);
    };
    response.map(|body| Body::from_stream(body.into_data_stream().take_until(Box::pin(over))))
}
