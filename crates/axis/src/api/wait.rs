//! A question that is answered when there is something to say. Without topics it asks for the
//! mailboxes: what waits, at once when something does. With topics it is the stream in single
//! answers. It hands out no packets: they are fetched, as before. The kit does not know it.

use std::time::Duration;

use platform::Ctx;
use platform::store::{StoreError, Tx};
use platform::web::Reply;
use serde_json::Value;
use tokio::time::{Instant, sleep, timeout_at};
use uuid::Uuid;
use wire::vxp::{Answer, MessageType, Proved};

use super::Call;
use super::parameters::text;
use super::stream::{Feed, topics};
use crate::commands::webhooks::count_told;
use crate::news::News;
use crate::packet::Kind;
use crate::refusal::Refusal;
use crate::secrets::Known;
use crate::store::feed;
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

pub(crate) async fn wait(mut call: Call) -> Reply {
    let rows = waited(&mut call).await;
    call.tell(rows).await
}

async fn waited(call: &mut Call) -> Result<Answer, Refusal> {
    let Known { system, said } = call.known().await?;
    call.small_body().await?;
    let asked = Asked::of(&said)?;
    let ends_at = Instant::now() + asked.patience;
    let (news, next) = match topics(&said)? {
        Some(topics) => {
            let mut feed = Feed::new(call.ctx.clone(), (system, Some(topics)), asked.after);
            feed.some(ends_at).await?
        }
        None => mailbox(&call.ctx, &system, (&asked, ends_at)).await?,
    };
    count_told("wait", &news);
    Ok(with_next(&news, next))
}

/// What waits, and the last of it.
async fn mailbox(
    ctx: &Ctx,
    system: &SystemId,
    (asked, ends_at): (&Asked, Instant),
) -> Result<(Vec<News>, Uuid), Refusal> {
    loop {
        let written = ctx.store.written();
        tokio::pin!(written);
        written.as_mut().enable();
        let news = look(ctx, system, asked).await?;
        if !news.is_empty() || Instant::now() >= ends_at {
            let last = news.last().map(|one| one.id).or(asked.after);
            return Ok((news, last.unwrap_or_default()));
        }
        sleep(BREATH).await;
        // Woken or not, it is looked again; the end of the time is looked at there.
        let _ = timeout_at(ends_at.min(Instant::now() + LOOK_AGAIN), written).await;
    }
}

/// Where the next question goes on stands beside the news.
fn with_next(news: &[News], next: Uuid) -> Answer {
    let answer = Answer::list(news);
    let Answer::Done { data, mut beside } = answer else { return answer };
    beside.insert("next".to_owned(), Value::from(next.to_string()));
    Answer::Done { data, beside }
}

/// What a waiting question says.
struct Asked {
    patience: Duration,
    /// Where the answer before ended.
    after: Option<Uuid>,
    kind: Option<Kind>,
}

impl Asked {
    fn of(said: &Proved) -> Result<Asked, Refusal> {
        let unread = |name| SystemRefusal::Parameter { name };
        let seconds = match text(said, "timeout") {
            None => WAIT_USUAL,
            Some(text) => text.parse().map_err(|_| unread("timeout"))?,
        };
        let after = text(said, "after");
        let after = after.map(|id| Uuid::try_parse(id).map_err(|_| unread("after")));
        let kind = text(said, "messagetype");
        let kind = kind.map(|code| MessageType::read(code).ok_or(unread("messagetype")));
        let (after, kind) = (after.transpose()?, kind.transpose()?);
        let patience = Duration::from_secs(seconds.min(WAIT_MAX));
        Ok(Asked { patience, after, kind: kind.map(Kind::from) })
    }
}

async fn look(ctx: &Ctx, system: &SystemId, asked: &Asked) -> Result<Vec<News>, StoreError> {
    let system = system.as_str().to_owned();
    let (after, kind) = (asked.after.unwrap_or_default(), asked.kind);
    let read = move |tx: &mut Tx| feed::waiting(tx, &system, (after, kind), ROWS_MAX);
    ctx.store.read::<_, StoreError, _>(read).await
}
