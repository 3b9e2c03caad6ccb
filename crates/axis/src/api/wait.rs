//! Push for whoever asks: a question that is answered when there is something, and a stream of
//! everything that happens to a system's packets.
//!
//! Both prove themselves as the other operations do. Neither hands out packets: they are fetched,
//! as before. The kit does not know them.

use std::collections::{HashMap, HashSet, VecDeque};
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::FromRequest;
use axum::extract::Request;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::response::sse::Event as Sent;
use futures_util::{Stream, stream};
use jiff::{SignedDuration, Timestamp};
use platform::Ctx;
use platform::store::{StoreError, Tx};
use platform::web::Reply;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout_at};
use uuid::Uuid;
use wire::vxp::answer::ReceivedRow;
use wire::vxp::{Answer, MessageType, Proved, SERVICE_TYPE};

use super::Call;
use super::parameters::{text, written};
use crate::packet::Kind;
use crate::queries::watching::id_at;
use crate::refusal::Refusal;
use crate::secrets::Known;
use crate::store::feed::{self, ArrivalRow, EventRow, WaitingRow};
use crate::system::SystemId;
use crate::system_fault::SystemRefusal;

/// How long a question may wait for its answer, in seconds.
const WAIT_USUAL: u64 = 30;
const WAIT_MAX: u64 = 60;
const ROWS_MAX: i64 = 200;
/// Between two looks, however much is written; and the longest without one, for what other
/// processes write.
const BREATH: Duration = Duration::from_millis(200);
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// Units of work end in another order than they begin: what is told is so old that nothing comes
/// before it any more.
const SETTLED: SignedDuration = SignedDuration::from_secs(2);
/// A stream goes on where it broke off, but not from longer ago.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A stream ends after so long, and the system asks anew, with proof.
const STREAM_MAX: Duration = Duration::from_secs(15 * 60);

/// What waits, at once when something does, else when something comes or the time is over.
pub(crate) async fn wait(mut call: Call) -> Reply {
    let rows = waited(&mut call).await;
    call.tell(rows).await
}

async fn waited(call: &mut Call) -> Result<Answer, Refusal> {
    let Known { system, said } = call.known().await?;
    call.small_body().await?;
    let asked = Asked::of(&said)?;
    let end = Instant::now() + asked.patience;
    loop {
        let written = call.ctx.store.written();
        tokio::pin!(written);
        written.as_mut().enable();
        let rows = look(&call.ctx, &system, &asked).await?;
        if !rows.is_empty() || Instant::now() >= end {
            return Ok(Answer::list(&rows));
        }
        sleep(BREATH).await;
        // Woken or not, it is looked again; the end of the time is looked at there.
        let _ = timeout_at(end.min(Instant::now() + LOOK_AGAIN), written).await;
    }
}

/// What a waiting question says.
struct Asked {
    patience: Duration,
    /// The last docId that it has seen.
    after: Uuid,
    kind: Option<Kind>,
}

impl Asked {
    fn of(said: &Proved) -> Result<Asked, Refusal> {
        let unread = |name| SystemRefusal::Parameter { name };
        let seconds = match text(said, "timeout") {
            None => WAIT_USUAL,
            Some(text) => text.parse().map_err(|_| unread("timeout"))?,
        };
        let after = match text(said, "after") {
            None => Uuid::nil(),
            Some(id) => Uuid::try_parse(id).map_err(|_| unread("after"))?,
        };
        let kind = text(said, "messagetype");
        let kind = kind.map(|code| MessageType::read(code).ok_or(unread("messagetype")));
        let kind = kind.transpose()?;
        let patience = Duration::from_secs(seconds.min(WAIT_MAX));
        Ok(Asked { patience, after, kind: kind.map(Kind::from) })
    }
}

async fn look(ctx: &Ctx, system: &SystemId, asked: &Asked) -> Result<Vec<ReceivedRow>, StoreError> {
    let (system, after, kind) = (system.as_str().to_owned(), asked.after, asked.kind);
    let read = move |tx: &mut Tx| feed::waiting(tx, &system, (after, kind), ROWS_MAX);
    let rows = ctx.store.read::<_, StoreError, _>(read).await?;
    Ok(rows.into_iter().map(received_row).collect())
}

fn received_row(row: WaitingRow) -> ReceivedRow {
    ReceivedRow {
        doc_id: row.id.to_string(),
        service_type: SERVICE_TYPE.to_owned(),
        message_type: row.kind.code().to_owned(),
        created_time: written(row.accepted_at),
        updated_time: written(row.transport_at),
        from: row.from_code,
        to: row.to_code,
        status: row.transport,
        status_desc: row.description,
    }
}

/// Everything that happens to the packets of a system, two seconds after it happened.
/// `Last-Event-ID` goes on where a stream broke off.
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
    match call.known().await {
        Ok(Known { system, .. }) => {
            Reply::events(told(Feed::new(ctx, system, last))).into_response()
        }
        Err(refusal) => call.tell(Err(refusal)).await.into_response(),
    }
}

fn told(feed: Feed) -> impl Stream<Item = Result<Sent, Infallible>> + Send {
    stream::unfold(feed, |mut feed| async move {
        let event = feed.next().await?;
        Some((Ok(event), feed))
    })
}

/// One system's view of what happens.
struct Feed {
    ctx: Ctx,
    system: SystemId,
    /// Everything up to here was looked at.
    cursor: Uuid,
    waiting: VecDeque<Told>,
    ends_at: Instant,
}

/// One thing to tell, under the id by which a stream goes on.
struct Told {
    id: Uuid,
    kind: &'static str,
    data: Value,
}

impl Feed {
    fn new(ctx: Ctx, system: SystemId, last: Option<Uuid>) -> Feed {
        let now = ctx.clock.now();
        let begin = id_at(before(now, SETTLED));
        let least = id_at(before(now, REMEMBERED));
        Feed {
            cursor: last.map_or(begin, |last| last.clamp(least, begin)),
            ctx,
            system,
            waiting: VecDeque::new(),
            ends_at: Instant::now() + STREAM_MAX,
        }
    }

    async fn next(&mut self) -> Option<Sent> {
        while self.waiting.is_empty() {
            if Instant::now() >= self.ends_at {
                return None;
            }
            match self.look().await {
                Ok(true) => {}
                Ok(false) if self.waiting.is_empty() => sleep(LOOK_AGAIN).await,
                Ok(false) => {}
                Err(error) => {
                    tracing::warn!(%error, "a stream of events ends early");
                    return None;
                }
            }
        }
        let told = self.waiting.pop_front()?;
        let data = told.data.to_string();
        Some(Sent::default().id(told.id.to_string()).event(told.kind).data(data))
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
        let told = arrivals.into_iter().filter_map(|row| arrival(&own, row));
        let mut told: Vec<Told> =
            told.chain(events.into_iter().filter_map(|row| event(&own, row))).collect();
        told.retain(|one| end.is_none_or(|end| one.id <= end));
        told.sort_by_key(|one| one.id);
        self.waiting = told.into();
        self.cursor = end.unwrap_or(until).max(self.cursor);
        Ok(end.is_some())
    }
}

fn before(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn arrival(own: &HashSet<String>, row: ArrivalRow) -> Option<Told> {
    own.contains(&row.to_key).then(|| Told {
        id: row.id,
        kind: "arrived",
        data: json!({
            "docId": row.id,
            "messageType": row.kind.code(),
            "from": row.from_code,
            "to": row.to_code,
            "documentId": row.document_id,
            "sha256": row.sha256,
            "at": row.at,
        }),
    })
}

/// A sender hears of all its packets; a recipient of its own deliveries.
fn event(own: &HashSet<String>, row: EventRow) -> Option<Told> {
    let is_sent = own.contains(&row.from_key);
    let is_received = row.to_key.as_ref().is_some_and(|key| own.contains(key));
    if !is_sent && !is_received {
        return None;
    }
    let mut data = HashMap::from([
        ("docId", json!(if is_sent { Some(row.packet) } else { row.delivery })),
        ("messageType", json!(row.kind.code())),
        ("from", json!(row.from_code)),
        ("documentId", json!(row.document_id)),
        ("sha256", json!(row.sha256)),
        ("detail", json!(row.detail)),
        ("at", json!(row.at)),
    ]);
    if let Some(to) = row.to_code {
        data.insert("to", json!(to));
    }
    Some(Told { id: row.id, kind: row.what.code(), data: json!(data) })
}
