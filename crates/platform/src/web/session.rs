//! Who is signed in, in which browser, until when.
//!
//! The browser holds 256 random bits; the store holds their SHA-256, so that who reads the store
//! cannot take over a session. A session ends after some idle minutes, and in any case after some
//! hours. Its secret is renewed whenever what it may do changes: at sign-in and at re-proof.
//!
//! A capability signs a person in inside its own unit of work:
//! ```ignore
//! let fresh = Fresh::new(&ctx, &view, Holder { subject, kind, label });
//! let begun = fresh.clone();
//! ctx.store.write(move |tx| { session::begin(tx, &begun)?; audit::record(tx, &act) }).await?;
//! view.keep_session(&fresh);
//! ```

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::View;
use super::secret::sha256;
use crate::Ctx;
use crate::hex::to_hex;
use crate::jobs::{Every, JobError, JobKind, Schedule};
use crate::store::{StoreError, Tx};

/// What sort of holder: decides which doors open at all ([`super::Who`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SessionKind {
    Citizen,
    Enterprise,
    Officer,
}

impl SessionKind {
    pub fn as_str(self) -> &'static str {
        match self {
            SessionKind::Citizen => "citizen",
            SessionKind::Enterprise => "enterprise",
            SessionKind::Officer => "officer",
        }
    }

    fn parse(text: &str) -> Option<SessionKind> {
        match text {
            "citizen" => Some(SessionKind::Citizen),
            "enterprise" => Some(SessionKind::Enterprise),
            "officer" => Some(SessionKind::Officer),
            _ => None,
        }
    }
}

/// The session of one request; nobody's, when no one is signed in.
#[derive(Clone, Debug, Default)]
pub struct Session(Option<Arc<Open>>);

#[derive(Debug)]
struct Open {
    secret_hash: [u8; 32],
    id: Uuid,
    holder: Holder,
    begun_at: Timestamp,
    proved_at: Timestamp,
    ends_at: Timestamp,
    on_behalf: Option<String>,
}

/// To whom a session belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    pub subject: Uuid,
    pub kind: SessionKind,
    /// The name shown in the band.
    pub label: String,
}

impl Session {
    pub fn nobody() -> Session {
        Session(None)
    }

    pub fn is_open(&self) -> bool {
        self.0.is_some()
    }

    /// The account that is signed in.
    pub fn subject(&self) -> Option<Uuid> {
        self.0.as_ref().map(|open| open.holder.subject)
    }

    /// The session's own id: names it in lists; opens nothing.
    pub fn id(&self) -> Option<Uuid> {
        self.0.as_ref().map(|open| open.id)
    }

    pub fn kind(&self) -> Option<SessionKind> {
        self.0.as_ref().map(|open| open.holder.kind)
    }

    /// The name to show, empty for nobody.
    pub fn label(&self) -> &str {
        self.0.as_ref().map_or("", |open| &open.holder.label)
    }

    /// The name of whom the holder acts for at this moment; `None`: for themselves.
    pub fn on_behalf(&self) -> Option<&str> {
        self.0.as_ref()?.on_behalf.as_deref()
    }

    pub fn begun_at(&self) -> Option<Timestamp> {
        self.0.as_ref().map(|open| open.begun_at)
    }

    /// Whether the person showed a password or factor within the last `minutes`.
    pub fn proved_within(&self, now: Timestamp, minutes: i64) -> bool {
        let limit = SignedDuration::from_mins(minutes);
        self.0.as_ref().is_some_and(|open| now.duration_since(open.proved_at) <= limit)
    }

    /// When it ends if nothing more is asked.
    pub fn ends_at(&self) -> Option<Timestamp> {
        self.0.as_ref().map(|open| open.ends_at)
    }

    pub(crate) fn secret_hash(&self) -> Option<[u8; 32]> {
        self.0.as_ref().map(|open| open.secret_hash)
    }
}

/// How long sessions last.
#[derive(Clone, Copy, Debug)]
pub struct Lifetimes {
    pub idle_minutes: u16,
    pub absolute_hours: u16,
}

impl Lifetimes {
    fn idle(self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.idle_minutes))
    }

    fn absolute(self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.absolute_hours))
    }
}

/// A session about to begin. Holds the secret: it goes to the browser and nowhere else.
#[derive(Clone)]
pub struct Fresh {
    secret: String,
    secret_hash: [u8; 32],
    id: Uuid,
    holder: Holder,
    browser: String,
    now: Timestamp,
    ends_at: Timestamp,
    replaces: Option<Uuid>,
}

impl Fresh {
    /// For a person who just proved who they are. It takes the place of this browser's session.
    pub fn new(ctx: &Ctx, view: &View, holder: Holder) -> Fresh {
        let secret: [u8; 32] = ctx.ids.secret();
        let now = ctx.clock.now();
        Fresh {
            secret: to_hex(&secret),
            secret_hash: sha256(&secret),
            id: ctx.ids.next(),
            holder,
            browser: view.browser(),
            now,
            ends_at: now + view.lifetimes().absolute(),
            replaces: view.session.id(),
        }
    }

    /// For the same person after proving it once more: a new secret, proved now.
    pub fn reproved(ctx: &Ctx, view: &View) -> Option<Fresh> {
        let open = view.session.0.as_ref()?;
        Some(Fresh::new(ctx, view, open.holder.clone()))
    }

    pub fn id(&self) -> Uuid {
        self.id
    }

    pub(crate) fn secret(&self) -> &str {
        &self.secret
    }
}

const INSERT: &str = "INSERT INTO platform_session
    (secret_hash, id, subject, kind, label, browser, begun_at, touched_at, proved_at, ends_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7, $8)";
const END: &str = "DELETE FROM platform_session WHERE id = $1 AND subject = $2";
const END_ANY: &str = "DELETE FROM platform_session WHERE id = $1";
const END_ALL: &str = "DELETE FROM platform_session WHERE subject = $1";
const END_ALL_BUT: &str = "DELETE FROM platform_session WHERE subject = $1 AND id <> $2";
const LIST: &str = "SELECT id, browser, begun_at, touched_at FROM platform_session
    WHERE subject = $1 AND ends_at > $2 AND touched_at > $3 ORDER BY touched_at DESC, id";
const FIND: &str = "SELECT id, subject, kind, label, begun_at, touched_at, proved_at, ends_at,
        on_behalf
    FROM platform_session WHERE secret_hash = $1 AND ends_at > $2 AND touched_at > $3";
const TOUCH: &str = "UPDATE platform_session SET touched_at = $2 WHERE id = $1 AND touched_at < $2";
const RELABEL: &str = "UPDATE platform_session SET label = $2 WHERE subject = $1";
const ON_BEHALF: &str = "UPDATE platform_session SET on_behalf = $3 WHERE id = $1 AND subject = $2";
const SWEEP: &str = "DELETE FROM platform_session WHERE ends_at <= $1";

/// Begins `fresh` and ends the session it replaces.
pub fn begin(tx: &mut Tx, fresh: &Fresh) -> Result<(), StoreError> {
    if let Some(old) = fresh.replaces {
        tx.execute(END_ANY, &[&old])?;
    }
    let holder = &fresh.holder;
    tx.execute(
        INSERT,
        &[
            &&fresh.secret_hash[..],
            &fresh.id,
            &holder.subject,
            &holder.kind.as_str(),
            &holder.label,
            &fresh.browser,
            &fresh.now,
            &fresh.ends_at,
        ],
    )?;
    Ok(())
}

/// Ends one session of `subject`; `false` when there was none of theirs with this id.
pub fn end(tx: &mut Tx, subject: Uuid, id: Uuid) -> Result<bool, StoreError> {
    Ok(tx.execute(END, &[&id, &subject])? > 0)
}

/// Ends them all: a lost factor, an account that was closed.
pub fn end_all(tx: &mut Tx, subject: Uuid) -> Result<u64, StoreError> {
    tx.execute(END_ALL, &[&subject])
}

/// Ends all others: after a password was changed here.
pub fn end_all_but(tx: &mut Tx, subject: Uuid, keep: Uuid) -> Result<u64, StoreError> {
    tx.execute(END_ALL_BUT, &[&subject, &keep])
}

/// A changed name shows at once, in every browser.
pub fn relabel(tx: &mut Tx, subject: Uuid, label: &str) -> Result<(), StoreError> {
    tx.execute(RELABEL, &[&subject, &label]).map(drop)
}

/// In this session alone the holder acts for somebody else, whose name every page shows; `None`:
/// for themselves again.
pub fn act_on_behalf(
    tx: &mut Tx,
    subject: Uuid,
    id: Uuid,
    whom: Option<&str>,
) -> Result<(), StoreError> {
    tx.execute(ON_BEHALF, &[&id, &subject, &whom]).map(drop)
}

crate::record! {
    /// One of a person's sessions, to recognise and to end.
    #[derive(Clone, Debug)]
    pub struct Listed {
        pub id: Uuid,
        /// "Firefox, Windows": enough to tell one's own devices apart.
        pub browser: String,
        pub begun_at: Timestamp,
        pub touched_at: Timestamp,
    }
}

pub fn list(tx: &mut Tx, view: &View, subject: Uuid) -> Result<Vec<Listed>, StoreError> {
    tx.all(LIST, &[&subject, &view.now, &(view.now - view.lifetimes().idle())])
}

/// Throws away each night what ended by itself.
pub(crate) const SWEEP_JOB: JobKind =
    JobKind { kind: "web.sweep", run: |ctx, _| Box::pin(sweep(ctx)) };

pub(crate) const SWEEP_SCHEDULE: Schedule =
    Schedule { kind: SWEEP_JOB.kind, every: Every::DailyAt { hour: 3, minute: 10 } };

async fn sweep(ctx: Ctx) -> Result<(), JobError> {
    let now = ctx.clock.now();
    let ended: u64 = ctx.store.write(move |tx| tx.execute(SWEEP, &[&now])).await?;
    tracing::info!(ended, "ended sessions thrown away");
    Ok(())
}

crate::record! {
    struct SessionRow {
        id: Uuid,
        subject: Uuid,
        kind: String,
        label: String,
        begun_at: Timestamp,
        touched_at: Timestamp,
        proved_at: Timestamp,
        ends_at: Timestamp,
        on_behalf: Option<String>,
    }
}

/// Reading does not write: the last visit is noted at most once a minute, and a page that merely
/// listens for news (`passive`) does not keep a session alive.
pub(crate) async fn find(
    ctx: &Ctx,
    secret: [u8; 32],
    lives: Lifetimes,
    passive: bool,
) -> Result<Session, StoreError> {
    let secret_hash = sha256(&secret);
    let now = ctx.clock.now();
    let idle_since = now - lives.idle();
    let row: Option<SessionRow> =
        ctx.store.read(move |tx| tx.opt(FIND, &[&&secret_hash[..], &now, &idle_since])).await?;
    let Some(row) = row else { return Ok(Session::nobody()) };
    let Some(kind) = SessionKind::parse(&row.kind) else { return Ok(Session::nobody()) };
    let mut touched_at = row.touched_at;
    if !passive && now.duration_since(touched_at) >= SignedDuration::from_mins(1) {
        touch(ctx, row.id, now).await;
        touched_at = now;
    }
    let open = Open {
        secret_hash,
        id: row.id,
        holder: Holder { subject: row.subject, kind, label: row.label },
        begun_at: row.begun_at,
        proved_at: row.proved_at,
        on_behalf: row.on_behalf,
        ends_at: row.ends_at.min(touched_at + lives.idle()),
    };
    Ok(Session(Some(Arc::new(open))))
}

/// A store that cannot write now still lets people read.
async fn touch(ctx: &Ctx, id: Uuid, now: Timestamp) {
    let touched: Result<u64, StoreError> =
        ctx.store.write(move |tx| tx.execute(TOUCH, &[&id, &now])).await;
    if let Err(error) = touched {
        tracing::warn!(%error, "the last visit of a session could not be noted");
    }
}
