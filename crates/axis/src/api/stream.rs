//! The stream: everything that happens to a system's packets, or what it chose of that, while it
//! happens. It hands out no packets: they are fetched, as before. The kit does not know it.

use std::collections::{HashSet, VecDeque};
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{FromRequest, Request};
use axum::response::sse::Event as Sent;
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, stream};
use jiff::{SignedDuration, Timestamp};
use platform::Ctx;
use platform::store::{StoreError, Tx};
use platform::web::Reply;
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::vxp::Proved;

use super::Call;
use super::parameters::text;
use crate::commands::webhooks::count_told;
use crate::news::{ARRIVED, News, Topic, read_topics};
use crate::packet::Kind;
use crate::queries::watching::id_at;
use crate::refusal::Refusal;
use crate::store::feed::{self, ArrivalRow, EventRow};
use crate::system::SystemId;
use crate::system_fault::SystemRefusal;

/// Read at a look.
const ROWS_MAX: i64 = 200;
/// Between two looks.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// Units of work end in another order than they begin: what is told is so old that nothing comes
/// before it any more.
const SETTLED: SignedDuration = SignedDuration::from_secs(2);
/// It goes on where it broke off, but not from longer ago.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A stream ends after so long, and the system asks anew, with proof.
const STREAM_MAX: Duration = Duration::from_secs(15 * 60);

/// Two seconds after it happened. `Last-Event-ID` goes on where a stream broke off; `topics` names
/// what is told, everything without it.
pub(crate) async fn events(
    axum::extract::State(ctx): axum::extract::State<Ctx>,
    request: Request,
) -> Response {
    let last = request.headers().get("last-event-id").and_then(|id| id.to_str().ok());
    let last = last.and_then(|id| Uuid::try_parse(id.trim()).ok());
    let mut call = match Call::from_request(request, &ctx).await {
        Ok(call) => call,
        Err(problem) => return problem.into_response(),
    };
    match asked(&mut call).await {
        Ok((system, topics)) => {
            let feed = Feed::new(ctx, (system, topics), last);
            Reply::events(told(feed)).into_response()
        }
        Err(refusal) => call.tell(Err(refusal)).await.into_response(),
    }
}

async fn asked(call: &mut Call) -> Result<(SystemId, Option<HashSet<Topic>>), Refusal> {
    let known = call.known().await?;
    let topics = topics(&known.said)?;
    Ok((known.system, topics))
}

/// What is to be told; none: nothing was said about it.
pub(super) fn topics(said: &Proved) -> Result<Option<HashSet<Topic>>, Refusal> {
    let unread = || SystemRefusal::Parameter { name: "topics" }.into();
    text(said, "topics").map(|list| read_topics(list).ok_or_else(unread)).transpose()
}

fn told(feed: Feed) -> impl Stream<Item = Result<Sent, Infallible>> + Send {
    let ends_at = Instant::now() + STREAM_MAX;
    stream::unfold(feed, move |mut feed| async move {
        let news = match feed.next(ends_at).await {
            Ok(news) => news?,
            Err(error) => {
                tracing::warn!(%error, "a stream of events ends early");
                return None;
            }
        };
        count_told("stream", std::slice::from_ref(&news));
        let data = serde_json::to_string(&news).unwrap_or_default();
        let sent = Sent::default().id(news.id.to_string()).event(&news.event).data(data);
        Some((Ok(sent), feed))
    })
}

/// One system's view of what happens.
pub(super) struct Feed {
    ctx: Ctx,
    system: SystemId,
    /// None: all.
    topics: Option<HashSet<Topic>>,
    /// Everything up to here was looked at.
    cursor: Uuid,
    waiting: VecDeque<News>,
}

impl Feed {
    pub fn new(
        ctx: Ctx,
        (system, topics): (SystemId, Option<HashSet<Topic>>),
        last: Option<Uuid>,
    ) -> Feed {
        let now = ctx.clock.now();
        let begin = id_at(before(now, SETTLED));
        let least = id_at(before(now, REMEMBERED));
        let cursor = last.map_or(begin, |last| last.clamp(least, begin));
        Feed { ctx, system, topics, cursor, waiting: VecDeque::new() }
    }

    /// The next thing; none when the time is over before there is one.
    pub async fn next(&mut self, ends_at: Instant) -> Result<Option<News>, StoreError> {
        while self.waiting.is_empty() {
            let is_more = self.look().await?;
            if !self.waiting.is_empty() || is_more {
                continue;
            }
            if Instant::now() >= ends_at {
                return Ok(None);
            }
            sleep(LOOK_AGAIN).await;
        }
        Ok(self.waiting.pop_front())
    }

    /// All that there is, as soon as there is something, and where it goes on.
    pub async fn some(&mut self, ends_at: Instant) -> Result<(Vec<News>, Uuid), StoreError> {
        let first = self.next(ends_at).await?;
        let news = first.into_iter().chain(self.waiting.drain(..)).collect();
        Ok((news, self.cursor))
    }

    /// True when there is more at once.
    async fn look(&mut self) -> Result<bool, StoreError> {
        let until = id_at(before(self.ctx.clock.now(), SETTLED));
        let (span, system) = ((self.cursor, until), self.system.clone());
        let read = move |tx: &mut Tx| {
            let own = feed::agencies(tx, system.as_str())?;
            let events = feed::events(tx, span, ROWS_MAX)?;
            let arrivals = feed::arrivals(tx, span, ROWS_MAX)?;
            Ok::<_, StoreError>((HashSet::from_iter(own), events, arrivals))
        };
        let (own, events, arrivals): (HashSet<String>, _, _) = self.ctx.store.read(read).await?;
        // Up to where both lists are whole.
        let is_full = |count: usize| count as i64 >= ROWS_MAX;
        let ends = [
            events.last().filter(|_| is_full(events.len())).map(|row| row.id),
            arrivals.last().filter(|_| is_full(arrivals.len())).map(|row| row.id),
        ];
        let end = ends.into_iter().flatten().min();
        let told = arrivals.into_iter().filter_map(|row| self.arrival(&own, row));
        let mut told: Vec<News> =
            told.chain(events.into_iter().filter_map(|row| self.station(&own, row))).collect();
        told.retain(|one| end.is_none_or(|end| one.id <= end));
        told.sort_by_key(|one| one.id);
        self.waiting = told.into();
        self.cursor = end.unwrap_or(until).max(self.cursor);
        Ok(end.is_some())
    }

    fn wants(&self, topic: Option<Topic>) -> bool {
        let Some(chosen) = &self.topics else { return true };
        topic.is_some_and(|topic| chosen.contains(&topic))
    }

    fn arrival(&self, own: &HashSet<String>, row: ArrivalRow) -> Option<News> {
        let topic = Topic::of_arrival(row.kind == Kind::Status);
        (own.contains(&row.to_key) && self.wants(Some(topic))).then(|| News {
            id: row.id,
            event: ARRIVED.to_owned(),
            doc_id: row.id,
            message_type: row.kind.code().to_owned(),
            status_code: row.status_code,
            from: row.from_code,
            to: Some(row.to_code),
            document_id: row.document_id,
            urgency: row.urgency,
            sha256: row.sha256,
            size_bytes: row.size_bytes,
            detail: String::new(),
            at: row.at,
        })
    }

    /// A sender hears of all its packets; a recipient of its own deliveries, which is on no topic.
    fn station(&self, own: &HashSet<String>, row: EventRow) -> Option<News> {
        let is_sent = own.contains(&row.from_key);
        let is_received = row.to_key.as_ref().is_some_and(|key| own.contains(key));
        let topic = Topic::of_station(row.what).filter(|_| is_sent);
        if !(is_sent || is_received) || !self.wants(topic) {
            return None;
        }
        let doc_id = if is_sent { row.packet } else { row.delivery.unwrap_or(row.packet) };
        Some(News {
            id: row.id,
            event: row.what.code().to_owned(),
            doc_id,
            message_type: row.kind.code().to_owned(),
            status_code: row.status_code,
            from: row.from_code,
            to: row.to_code,
            document_id: row.document_id,
            urgency: row.urgency,
            sha256: row.sha256,
            size_bytes: row.size_bytes,
            detail: row.detail,
            at: row.at,
        })
    }
}

fn before(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::UNIX_EPOCH)
}
