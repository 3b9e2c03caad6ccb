//! The outbox: messages kept where people can look at them instead of being sent. For the
//! demonstration, and for an office that has no gateway yet.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{Message, OutsideError};
use crate::Ctx;
use crate::clock::Clock;
use crate::ids::Ids;
use crate::jobs::{Every, JobError, JobKind, Schedule};
use crate::store::{Store, StoreError, Tx};

const INSERT: &str = "
    INSERT INTO platform_outbox (id, channel, key, recipient, subject, text, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (channel, key) DO NOTHING";

const SENT: &str = "
    SELECT id, channel, recipient, subject, text, at FROM platform_outbox
    WHERE (CAST($1 AS TEXT) IS NULL OR recipient = $1)
      AND (at < $2 OR (at = $2 AND id < $3))
    ORDER BY at DESC, id DESC LIMIT $4";

const COUNT: &str = "
    SELECT COUNT(*) FROM platform_outbox WHERE CAST($1 AS TEXT) IS NULL OR recipient = $1";

const FORGET: &str = "DELETE FROM platform_outbox WHERE at < $1";

/// Messages are about persons: they are not kept longer than anyone asks about them.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

pub const JOB: JobKind = JobKind { kind: "platform.outbox", run: |ctx, _| Box::pin(forget(ctx)) };

pub const SCHEDULE: Schedule =
    Schedule { kind: JOB.kind, every: Every::DailyAt { hour: 3, minute: 10 } };

async fn forget(ctx: Ctx) -> Result<(), JobError> {
    let oldest = ctx.clock.now() - KEPT;
    ctx.store.write::<u64, StoreError, _>(move |tx| tx.execute(FORGET, &[&oldest])).await?;
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    Mail,
    Sms,
}

impl Channel {
    pub fn name(self) -> &'static str {
        match self {
            Channel::Mail => "mail",
            Channel::Sms => "sms",
        }
    }
}

/// Where recorded messages go. Cheap to clone.
#[derive(Clone)]
pub struct Outbox {
    store: Store,
    clock: Clock,
    ids: Ids,
}

crate::record! {
    /// A message as it would have left.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Sent {
        pub id: Uuid,
        /// `mail` or `sms`.
        pub channel: String,
        pub recipient: String,
        pub subject: String,
        pub text: String,
        pub at: Timestamp,
    }
}

impl Outbox {
    pub fn new(store: Store, clock: Clock, ids: Ids) -> Outbox {
        Outbox { store, clock, ids }
    }

    /// Keeps the message; one with the same key is there already, and stays as it is.
    pub(super) async fn keep(
        &self,
        channel: Channel,
        message: &Message,
    ) -> Result<(), OutsideError> {
        let (id, at, message) = (self.ids.next(), self.clock.now(), message.clone());
        let kept: Result<u64, StoreError> = self
            .store
            .write(move |tx| {
                let Message { key, to, subject, text } = &message;
                tx.execute(INSERT, &[&id, &channel.name(), key, to, subject, text, &at])
            })
            .await;
        kept.map(|_| ()).map_err(|error| OutsideError::NotNow(error.to_string()))
    }
}

/// The newest first; `before` is the last one of the page before.
pub fn sent(
    tx: &mut Tx,
    recipient: Option<&str>,
    before: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> Result<Vec<Sent>, StoreError> {
    let (at, id) = before.unwrap_or((Timestamp::MAX, Uuid::max()));
    tx.all(SENT, &[&recipient, &at, &id, &limit])
}

pub fn sent_count(tx: &mut Tx, recipient: Option<&str>) -> Result<i64, StoreError> {
    let (count,) = tx.one(COUNT, &[&recipient])?;
    Ok(count)
}
