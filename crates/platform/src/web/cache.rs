//! Public pages kept whole, so that a thousand people reading the same page ask the store once.
//!
//! A page says on which topic it depends ([`super::Page::public`]); a command that changes the
//! topic says so in its unit of work ([`changed`]). Every process looks at the numbers of all
//! topics each second, so a page is at most that much behind; who is signed in never gets a kept
//! page and so always reads their own writes.
//!
//! Only the compressed page is kept: nearly every browser takes it as it is, and for the rare
//! caller who does not it is unpacked (some tens of microseconds). The catalogue's 7,000 pages of
//! about 20 kB are some 6 kB each in this form: about 45 MiB. The process therefore holds at most
//! 64 MiB for each language that is read, 128 MiB when both shelves are full.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use arc_swap::ArcSwap;
use bytes::Bytes;
use http::HeaderValue;
use jiff::{SignedDuration, Timestamp};

use super::compress::{Effort, gunzip, gzip};
use super::secret::sha256;
use crate::hex::to_hex;
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
/// For each language; what a page takes beside its bytes is counted in.
const SHELF_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Its tag, its counts, its places in the map and in the line: rather more than less.
const PAGE_OVERHEAD_BYTES: usize = 512;
const ADDRESS_BYTES_MAX: usize = 512;

#[derive(Default)]
pub(crate) struct PageCache {
    vietnamese: RwLock<Shelf>,
    english: RwLock<Shelf>,
    editions: ArcSwap<Editions>,
}

/// Full to the last byte before anything goes: a reader who walks through all pages again and
/// again finds each of them, as long as all fit. When one has to go, the pages stand in a line,
/// and whichever was asked for since it last came to the front goes to the end once more.
#[derive(Default)]
struct Shelf {
    pages: HashMap<Arc<str>, Place>,
    line: VecDeque<Arc<str>>,
    bytes: usize,
}

struct Place {
    kept: Arc<Kept>,
    asked: AtomicBool,
}

impl Shelf {
    fn put(&mut self, address: &str, kept: Arc<Kept>) {
        self.bytes += kept.size_bytes(address);
        if let Some(place) = self.pages.get_mut(address) {
            self.bytes -= place.kept.size_bytes(address);
            place.kept = kept;
        } else {
            let address: Arc<str> = address.into();
            self.line.push_back(address.clone());
            self.pages.insert(address, Place { kept, asked: AtomicBool::new(false) });
        }
        while self.bytes > SHELF_BYTES_MAX && self.let_one_go() {}
    }

    /// False when nothing is left that could go.
    fn let_one_go(&mut self) -> bool {
        let Some(address) = self.line.pop_front() else { return false };
        let asked =
            self.pages.get(&address).is_some_and(|it| it.asked.swap(false, Ordering::Relaxed));
        if asked {
            self.line.push_back(address);
        } else if let Some(place) = self.pages.remove(&address) {
            self.bytes -= place.kept.size_bytes(&address);
        }
        true
    }
}

/// A finished page with everything that can be computed beforehand.
pub(crate) struct Kept {
    pub gzip: Bytes,
    pub etag: HeaderValue,
    topic: &'static str,
    edition: i64,
    made_at: Timestamp,
}

impl Kept {
    pub fn new(html: &[u8], (topic, edition): (&'static str, i64), made_at: Timestamp) -> Kept {
        Kept { gzip: gzip(html, Effort::Once), etag: etag(html), topic, edition, made_at }
    }

    /// For who does not take the compressed form.
    pub fn plain(&self) -> Option<Bytes> {
        gunzip(&self.gzip)
    }

    fn size_bytes(&self, address: &str) -> usize {
        self.gzip.len() + address.len() + PAGE_OVERHEAD_BYTES
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
        let shelf = self.shelf(locale).read().unwrap_or_else(PoisonError::into_inner);
        let place = shelf.pages.get(address)?;
        let kept = &place.kept;
        if self.number(kept.topic) != kept.edition
            || now.duration_since(kept.made_at) > SignedDuration::from_mins(KEPT_MINUTES)
        {
            return None;
        }
        // Written once and not at each reading: readers on other cores share the line of memory.
        if !place.asked.load(Ordering::Relaxed) {
            place.asked.store(true, Ordering::Relaxed);
        }
        Some(kept.clone())
    }

    pub fn keep(&self, locale: Locale, address: &str, kept: Arc<Kept>) {
        if address.len() <= ADDRESS_BYTES_MAX {
            let mut shelf = self.shelf(locale).write().unwrap_or_else(PoisonError::into_inner);
            shelf.put(address, kept);
        }
    }

    pub fn number(&self, topic: &str) -> i64 {
        self.editions.load().get(topic).map_or(0, |edition| edition.number)
    }

    #[cfg(test)]
    pub fn bytes(&self, locale: Locale) -> usize {
        self.shelf(locale).read().unwrap_or_else(PoisonError::into_inner).bytes
    }

    fn shelf(&self, locale: Locale) -> &RwLock<Shelf> {
        match locale {
            Locale::Vi => &self.vietnamese,
            Locale::En => &self.english,
        }
    }
}
