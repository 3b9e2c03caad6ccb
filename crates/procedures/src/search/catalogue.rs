//! The index in force. Whoever asks looks at the catalogue's generation first, one row; the first
//! who finds a newer one makes the index anew.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use tokio::sync::Mutex;

use super::index::{Index, Source};
use crate::code::Code;
use crate::procedure::VersionId;
use crate::store::{self, ListedRow};

/// Cheap to clone.
#[derive(Clone, Default)]
pub struct Catalogue(Arc<Shelf>);

#[derive(Default)]
struct Shelf {
    index: RwLock<Option<Arc<Index>>>,
    building: Mutex<()>,
}

impl Catalogue {
    /// The index of the catalogue as it is now.
    pub async fn index(&self, ctx: &Ctx) -> Result<Arc<Index>, StoreError> {
        let generation = ctx.store.read(store::generation).await?;
        let now = ctx.clock.now();
        if let Some(index) = self.fresh(generation, now) {
            return Ok(index);
        }
        let _building = self.0.building.lock().await;
        if let Some(index) = self.fresh(generation, now) {
            return Ok(index);
        }
        let index = Arc::new(build(ctx, now).await?);
        *self.0.index.write().unwrap_or_else(PoisonError::into_inner) = Some(index.clone());
        Ok(index)
    }

    fn fresh(&self, generation: i64, now: Timestamp) -> Option<Arc<Index>> {
        let index = self.0.index.read().unwrap_or_else(PoisonError::into_inner).clone()?;
        let in_time = index.good_until.is_none_or(|until| now < until);
        (index.generation >= generation && in_time).then_some(index)
    }
}

async fn build(ctx: &Ctx, now: Timestamp) -> Result<Index, StoreError> {
    let read = move |tx: &mut Tx| -> Result<(i64, Vec<ListedRow>), StoreError> {
        Ok((store::generation(tx)?, tx.all(store::LISTED, &[&now])?))
    };
    let (generation, rows) = ctx.store.read(read).await?;
    let make = move || assemble(generation, rows, now);
    tokio::task::spawn_blocking(make)
        .await
        .unwrap_or_else(|error| Err(StoreError::Other { reason: error.to_string() }))
}

fn assemble(generation: i64, rows: Vec<ListedRow>, now: Timestamp) -> Result<Index, StoreError> {
    let mut sources = Vec::with_capacity(rows.len());
    let mut good_until: Option<Timestamp> = None;
    for row in rows {
        let begins = row.effective_from.filter(|from| *from > now);
        let next = begins.or(row.effective_to);
        good_until = [good_until, next].into_iter().flatten().min();
        if begins.is_some() {
            continue;
        }
        let code = Code::parse(&row.code)
            .map_err(|error| StoreError::Other { reason: error.to_string() })?;
        let listing = store::listing(&row.listing)?;
        sources.push(Source { code, version: VersionId(row.id), listing });
    }
    Ok(Index::build(generation, good_until, sources))
}
