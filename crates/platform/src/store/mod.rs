//! Where everything is kept: SQLite by default, PostgreSQL by address, one SQL text for both.
//!
//! ```ignore
//! const NEXT: &str = "INSERT INTO letters_counter (office, n) VALUES ($1, 1)
//!     ON CONFLICT (office) DO UPDATE SET n = letters_counter.n + 1 RETURNING n";
//!
//! let n = ctx.store.write(move |tx| tx.one::<(i64,)>(NEXT, &[&office])).await?;
//! ```
//!
//! **A unit of work** is a synchronous closure over [`Tx`]. It is sent to a lane, a thread that
//! owns a connection, and answered after the commit is on the disk. It may run again (a deadlock,
//! a lost connection, a group that failed), so it changes nothing but the store, and it cannot
//! await: what leaves the building is a job. `Err`, a panic or a failed statement undoes the whole
//! unit and nobody else's; a failed statement may be survived inside [`Tx::nested`] only.
//!
//! **On SQLite** one thread writes. What waits shares one commit, each unit in a savepoint of its
//! own. **On PostgreSQL** of this host writes take turns by an advisory lock, in groups as well; on
//! one far away every unit is a transaction of its own, side by side at READ COMMITTED. A rule that
//! rests on rows it read must therefore touch them (`UPDATE … WHERE version = $n` and look at the
//! count, a unique constraint, a counter row), or it holds on SQLite only.
//!
//! **The portable text**: `$1 …`, `ON CONFLICT`, `RETURNING`, `WITH`, window functions, `CAST`.
//! An optional filter is `(CAST($1 AS TEXT) IS NULL OR office = $1)`, with the type of the column:
//! `TEXT`, `UUID` for ids, `BIGINT`, `BOOLEAN`. Order of NULLs: say `NULLS FIRST` or `NULLS LAST`.
//! Text is ordered by code point and `LIKE` minds case, on both. Not portable, and refused by the
//! tidy test: `::`, `ILIKE`, `NOW()`, arrays, `FOR UPDATE`, `SERIAL`, `AUTOINCREMENT`.
//!
//! **Tables** are written with `@id @bytes @bool @time @money @int @real` and `TEXT`, and end in
//! `) @strict;`. Lines that begin with `--sqlite:` or `--postgres:` are for that engine alone; what
//! they hold must follow from the other tables (an index, a trigger), since a backup from one
//! engine to the other carries rows only. See [`Tables`].
//!
//! Nothing outside this folder names a database driver.

mod arg;
mod backup;
mod dialect;
mod error;
mod gauges;
mod lane;
mod lite;
mod open;
mod pg;
mod queue;
mod row;
mod tables;
#[cfg(test)]
mod tests;
mod tx;
mod unit;
pub mod yardstick;

use std::any::Any;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::futures::Notified;
use tokio::sync::{Notify, oneshot};

use queue::Queue;
use unit::Unit;

pub(crate) use pg::Schema;

pub use crate::record;
pub use arg::{Arg, Args, ToArg, row};
pub use dialect::Engine;
pub use error::StoreError;
pub use row::{Cell, FromCell, FromRow, Row};
pub use tables::Tables;
pub use tx::Tx;

/// Where the data lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A file; made when it is not there.
    Sqlite(PathBuf),
    /// `postgres://user:password@host:port/database`
    Postgres(String),
}

impl Address {
    pub fn engine(&self) -> Engine {
        match self {
            Address::Sqlite(_) => Engine::Sqlite,
            Address::Postgres(_) => Engine::Postgres,
        }
    }
}

/// How the store behaves; the defaults fit a machine of any size.
#[derive(Debug, Clone)]
pub struct Options {
    /// A statement of a unit that runs longer than this is stopped and the unit refused.
    pub write_deadline: Duration,
    pub read_deadline: Duration,
    /// How long to wait for another process that holds the SQLite file.
    pub busy_wait: Duration,
    /// Units that may wait; the next one is `Overloaded`.
    pub queue_max: usize,
    /// Threads, each with a connection. `None`: four to read; to write one on SQLite, four on a
    /// PostgreSQL of this host, sixteen on one far away.
    pub read_lanes: Option<usize>,
    pub write_lanes: Option<usize>,
    /// PostgreSQL: one group of writes at a time (`true`, for a server on this host), or every
    /// unit its own transaction side by side (`false`, where round trips are long).
    pub write_in_turn: Option<bool>,
    /// Units in one commit, and how long a commit goes on gathering them.
    pub group_max: usize,
    pub group_time: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            write_deadline: Duration::from_secs(10),
            read_deadline: Duration::from_secs(5),
            busy_wait: Duration::from_secs(5),
            queue_max: 4096,
            read_lanes: None,
            write_lanes: None,
            write_in_turn: None,
            group_max: 256,
            group_time: Duration::from_millis(5),
        }
    }
}

/// The handle everyone holds. Cloning it is cheap; the last one dropped ends the lanes.
#[derive(Clone)]
pub struct Store(Arc<House>);

struct House {
    address: Address,
    writes: Arc<Queue>,
    reads: Arc<Queue>,
    lanes: Mutex<Lanes>,
    written: Arc<Notify>,
    /// What must outlive the lanes: the folder of a test.
    kept: Mutex<Vec<Box<dyn Any + Send>>>,
}

#[derive(Default)]
struct Lanes {
    writers: Vec<JoinHandle<()>>,
    readers: Vec<JoinHandle<()>>,
}

impl Store {
    pub async fn open(address: &Address) -> Result<Store, StoreError> {
        Store::open_with(address, Options::default()).await
    }

    pub async fn open_with(address: &Address, options: Options) -> Result<Store, StoreError> {
        let address = address.clone();
        let house = blocking(move || open::house(&address, &options)).await?;
        let store = Store(Arc::new(house));
        // The first connection is made here, so that a wrong address is known at once.
        store.read(|tx| tx.one::<(i64,)>("SELECT 1", &[])).await?;
        Ok(store)
    }

    /// Runs a unit of work and answers once it is on the disk.
    ///
    /// The unit may run more than once (two units in each other's way, a lost connection), so it
    /// changes nothing but the store: what leaves the building is a job. When it says `Err`, or a
    /// statement failed, or it panicked, nothing of it is kept.
    pub async fn write<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        submit(&self.0.writes, unit, false).await
    }

    /// Runs a unit on a lane that cannot write. All its statements see the same moment, and
    /// everything that was answered before it began.
    pub async fn read<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        submit(&self.0.reads, unit, false).await
    }

    /// Brings the tables up to date, all or nothing. Safe when several processes start at once.
    pub async fn migrate(&self, tables: &[Tables]) -> Result<(), StoreError> {
        let tables = tables.to_vec();
        submit(&self.0.writes, move |tx: &mut Tx| tables::bring_up(tx, &tables), true).await
    }

    /// Whether the engine understands a statement; nothing runs. For the test that checks every
    /// SQL constant on both engines.
    pub async fn prepare_check(&self, sql: String) -> Result<(), StoreError> {
        self.write(move |tx| tx.prepare(&sql)).await
    }

    /// Ends when this process next commits something: whoever looks for work in a table need not
    /// look all the time.
    pub fn written(&self) -> Notified<'_> {
        self.0.written.notified()
    }

    /// Keeps something until the lanes have ended.
    pub(crate) fn keeping(self, thing: impl Any + Send) -> Store {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(thing));
        self
    }

    pub fn engine(&self) -> Engine {
        self.0.address.engine()
    }

    /// How many units wait for a lane, to write and to read.
    pub fn waiting(&self) -> (usize, usize) {
        (self.0.writes.len(), self.0.reads.len())
    }

    /// Serves what waits, empties the log into the file, ends the lanes.
    pub async fn close(&self) {
        let house = Arc::clone(&self.0);
        let _ = blocking(move || {
            house.close();
            Ok(())
        })
        .await;
    }
}

impl House {
    /// Readers end first: the log can only be emptied when nobody reads from it.
    fn close(&self) {
        let lanes = std::mem::take(&mut *self.lanes());
        self.reads.close();
        join(lanes.readers);
        self.writes.close();
        join(lanes.writers);
    }
}

impl House {
    fn lanes(&self) -> MutexGuard<'_, Lanes> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.close();
    }
}

/// Waits for the lanes to end, but not for the one that runs this: a unit may hold the last handle.
fn join(lanes: Vec<JoinHandle<()>>) {
    for lane in lanes {
        if lane.thread().id() != std::thread::current().id() && lane.join().is_err() {
            tracing::error!("a lane of the store ended in a panic");
        }
    }
}

async fn submit<T, E, F>(queue: &Queue, closure: F, patient: bool) -> Result<T, E>
where
    F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (answer, answered) = oneshot::channel();
    queue.push(Box::new(Unit { closure, patient, outcome: None, answer }))?;
    // A lane that ends without an answer died in the middle.
    answered.await.unwrap_or_else(|_| Err(E::from(StoreError::Unknown)))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(StoreError::other(error.to_string())))
}
