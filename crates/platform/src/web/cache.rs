//! Public pages kept whole, so that a thousand people reading the same page ask the store once.
//!
//! A page says on which topic it depends ([`super::Page::public`]); a command that changes the
//! topic says so in its unit of work ([`changed`]). Every process looks at the numbers of all
//! topics each second, so a page is at most that much behind; who is signed in never gets a kept
//! page and so always reads their own writes.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use arc_swap::ArcSwap;
use bytes::Bytes;
use http::HeaderValue;
use jiff::{SignedDuration, Timestamp};

use super::compress::{Effort, gzip};
use super::secret::{sha256, to_hex};
use crate::store::{Store, StoreError, Tx};
use crate::words::Locale;

const CHANGED: &str = "INSERT INTO platform_edition (topic, number, changed_at) VALUES ($1, 1, $2)
    ON CONFLICT (topic) DO UPDATE
    SET number = platform_edition.number + 1, changed_at = excluded.changed_at";
const READ: &str = "SELECT topic, number, changed_at FROM platform_edition";

/// Pages of `topic` that were rendered before this unit are shown no more.
pub fn changed(tx: &mut Tx, topic: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(CHANGED, &[&topic, &now]).map(drop)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edition {
    pub number: i64,
    pub changed_at: Timestamp,
}

pub(crate) type Editions = HashMap<String, Edition>;

/// Even a topic that nobody changes has pages that depend on the day.
const KEPT_MINUTES: i64 = 5;
/// For each language.
const SHELF_BYTES_MAX: usize = 48 * 1024 * 1024;
const ADDRESS_BYTES_MAX: usize = 512;

#[derive(Default)]
pub(crate) struct PageCache {
    vietnamese: RwLock<Shelf>,
    english: RwLock<Shelf>,
    editions: ArcSwap<Editions>,
}

/// What was asked for lately, and what was asked for before that: when the young half is full it
/// becomes the old one, and the old one is dropped.
#[derive(Default)]
struct Shelf {
    young: HashMap<Box<str>, Arc<Kept>>,
    old: HashMap<Box<str>, Arc<Kept>>,
    young_bytes: usize,
}

/// A finished page with everything that can be computed beforehand.
pub(crate) struct Kept {
    pub plain: Bytes,
    pub gzip: Bytes,
    pub etag: HeaderValue,
    topic: &'static str,
    edition: i64,
    made_at: Timestamp,
}

impl Kept {
    pub fn new(html: Bytes, (topic, edition): (&'static str, i64), made_at: Timestamp) -> Kept {
        Kept {
            gzip: gzip(&html, Effort::Once),
            etag: etag(&html),
            plain: html,
            topic,
            edition,
            made_at,
        }
    }
}

/// Weak, for it names the page and not its coding.
pub(crate) fn etag(bytes: &[u8]) -> HeaderValue {
    let text = format!("W/\"{}\"", to_hex(&sha256(bytes)[..12]));
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("W/\"-\""))
}

impl PageCache {
    pub fn editions(&self) -> Arc<Editions> {
        self.editions.load_full()
    }

    /// Looks whether a topic changed, here or in another process.
    pub async fn refresh(&self, store: &Store) -> Result<(), StoreError> {
        let rows: Vec<(String, i64, Timestamp)> = store.read(|tx| tx.all(READ, &[])).await?;
        let editions = rows
            .into_iter()
            .map(|(topic, number, changed_at)| (topic, Edition { number, changed_at }));
        self.editions.store(Arc::new(editions.collect()));
        Ok(())
    }

    pub fn find(&self, locale: Locale, address: &str, now: Timestamp) -> Option<Arc<Kept>> {
        let shelf = self.shelf(locale);
        let found = {
            let shelf = shelf.read().unwrap_or_else(PoisonError::into_inner);
            match shelf.young.get(address) {
                Some(kept) => Some((kept.clone(), false)),
                None => shelf.old.get(address).map(|kept| (kept.clone(), true)),
            }
        };
        let (kept, aged) = found?;
        if self.number(kept.topic) != kept.edition
            || now.duration_since(kept.made_at) > SignedDuration::from_mins(KEPT_MINUTES)
        {
            return None;
        }
        if aged {
            self.keep(locale, address, kept.clone());
        }
        Some(kept)
    }

    pub fn keep(&self, locale: Locale, address: &str, kept: Arc<Kept>) {
        if address.len() > ADDRESS_BYTES_MAX {
            return;
        }
        let size_bytes = kept.plain.len() + kept.gzip.len() + address.len() + 256;
        let mut shelf = self.shelf(locale).write().unwrap_or_else(PoisonError::into_inner);
        if shelf.young_bytes + size_bytes > SHELF_BYTES_MAX / 2 {
            shelf.old = std::mem::take(&mut shelf.young);
            shelf.young_bytes = 0;
        }
        shelf.old.remove(address);
        if shelf.young.insert(address.into(), kept).is_none() {
            shelf.young_bytes += size_bytes;
        }
    }

    pub fn number(&self, topic: &str) -> i64 {
        self.editions.load().get(topic).map_or(0, |edition| edition.number)
    }

    fn shelf(&self, locale: Locale) -> &RwLock<Shelf> {
        match locale {
            Locale::Vi => &self.vietnamese,
            Locale::En => &self.english,
        }
    }
}
