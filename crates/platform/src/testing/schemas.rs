//! Schemas of PostgreSQL that go from one test to the next of the same process, emptied in between.
//!
//! A process cannot tidy up when it ends, so the next one does: a schema is named after the process
//! that made it, and a process shows that it lives by a connection of that name.

use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use postgres::{Client, Config, NoTls};

use crate::store::{Address, Options, Schema, Store, StoreError, Tables};

/// What the tables held before the first test, kept beside them under names of its own.
const KEEP_FIRST_ROWS: &str = "DO $$
DECLARE name TEXT; filled BOOLEAN;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO filled;
    IF filled THEN
      EXECUTE format('CREATE TABLE %I AS SELECT * FROM %I', 'first_' || name, name);
    END IF;
  END LOOP;
END $$";

/// Rows are deleted: cutting tables short makes new files for each of them and its indexes. Whoever
/// may not put the foreign keys aside has to. A table that still holds what it held first is left
/// as it is: to look is far less work than to write a whole catalogue again.
const EMPTY: &str = "DO $$
DECLARE name TEXT; filled BOOLEAN; same BOOLEAN; untouched TEXT[] := '{}'; free BOOLEAN := TRUE;
BEGIN
  BEGIN
    SET LOCAL session_replication_role = replica;
  EXCEPTION WHEN insufficient_privilege THEN free := FALSE;
  END;
  FOR name IN SELECT tablename FROM pg_tables
      WHERE schemaname = current_schema() AND tablename NOT LIKE 'first\\_%' LOOP
    IF free AND to_regclass(quote_ident('first_' || name)) IS NOT NULL THEN
      EXECUTE format('SELECT (SELECT count(*) FROM %1$I) = (SELECT count(*) FROM %2$I)
          AND NOT EXISTS (TABLE %2$I EXCEPT ALL TABLE %1$I)', name, 'first_' || name) INTO same;
      IF same THEN
        untouched := untouched || name;
        CONTINUE;
      END IF;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO filled;
    IF filled AND free THEN
      EXECUTE format('DELETE FROM %I', name);
    ELSIF filled THEN
      EXECUTE format('TRUNCATE %I CASCADE', name);
    END IF;
  END LOOP;
  FOR name IN SELECT substr(tablename, 7) FROM pg_tables
      WHERE schemaname = current_schema() AND tablename LIKE 'first\\_%' LOOP
    CONTINUE WHEN name = ANY (untouched);
    EXECUTE format('INSERT INTO %I SELECT * FROM %I', name, 'first_' || name);
  END LOOP;
END $$";

const LEFT_BEHIND: &str = "SELECT nspname FROM pg_namespace
    WHERE nspname ~ '^test_[0-9]+_[0-9]+$' AND NOT EXISTS (
        SELECT 1 FROM pg_stat_activity
        WHERE application_name = 'test_' || split_part(nspname, '_', 2))";

/// Those that no test has at the moment, by what they begin with.
static IDLE: Mutex<Vec<(String, Arc<Schema>)>> = Mutex::new(Vec::new());

/// Goes back when the lanes of its store have ended.
struct Lent {
    key: String,
    schema: Arc<Schema>,
}

impl Drop for Lent {
    fn drop(&mut self) {
        let one = (std::mem::take(&mut self.key), Arc::clone(&self.schema));
        IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(one);
    }
}

/// A new schema that nobody else has.
pub(super) fn make(url: &str) -> Result<Schema, StoreError> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    show_life(url)?;
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    Schema::make(url, &format!("test_{}_{number}", std::process::id()))
}

/// A store whose tables hold what they hold when they are made, and what `begin` writes: no more.
pub(super) async fn lend(
    url: &str,
    (key, tables): (&str, &[Tables]),
    begin: impl AsyncFnOnce(Store) -> Result<(), StoreError>,
    options: Options,
) -> Result<Store, StoreError> {
    if let Some(schema) = idle(key) {
        schema.run(EMPTY)?;
        return open(Lent { key: key.to_owned(), schema }, options).await;
    }
    let schema = Arc::new(make(url)?);
    let lent = Lent { key: key.to_owned(), schema: Arc::clone(&schema) };
    let store = open(lent, options).await?;
    store.migrate(tables).await?;
    begin(store.clone()).await?;
    schema.run(KEEP_FIRST_ROWS)?;
    Ok(store)
}

async fn open(lent: Lent, options: Options) -> Result<Store, StoreError> {
    let address = Address::Postgres(lent.schema.url.clone());
    Ok(Store::open_with(&address, options).await?.keeping(lent))
}

fn idle(key: &str) -> Option<Arc<Schema>> {
    let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
    let place = idle.iter().position(|(known, _)| known == key)?;
    Some(idle.swap_remove(place).1)
}

/// Takes away what processes left that have ended, and stays connected for as long as this one
/// lives.
fn show_life(url: &str) -> Result<(), StoreError> {
    static LIFE: Mutex<Option<Client>> = Mutex::new(None);
    let url = url.to_owned();
    // On a thread of its own: the client may not be used where a runtime runs.
    let shown = std::thread::spawn(move || -> Result<(), postgres::Error> {
        let mut life = LIFE.lock().unwrap_or_else(PoisonError::into_inner);
        if life.is_some() {
            return Ok(());
        }
        let mut config = Config::from_str(&url)?;
        config.application_name(&format!("test_{}", std::process::id()));
        let mut client = config.connect(NoTls)?;
        for row in client.query(LEFT_BEHIND, &[])? {
            let name: String = row.get(0);
            client.batch_execute(&format!("DROP SCHEMA IF EXISTS {name} CASCADE"))?;
        }
        *life = Some(client);
        Ok(())
    });
    match shown.join() {
        Ok(shown) => shown.map_err(|error| StoreError::Other { reason: error.to_string() }),
        Err(_) => Err(StoreError::Panicked),
    }
}
