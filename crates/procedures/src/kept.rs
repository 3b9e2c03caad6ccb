//! Versions that were read before, ready for use. To read one takes a millisecond and more where
//! it has a form, and the same few are wanted at every click.
//!
//! A version is found by its id and taken only where its text is, letter by letter, the one that
//! the store has just answered. So nothing has to be told when a draft is written anew, a unit of
//! work is undone, or two stores of one process use the same ids: another text is read anew.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use uuid::Uuid;

use crate::version::Version;

/// Of text. What is made of it takes a few times as much; the texts of a busy site are some
/// hundred kilobytes.
const BYTES_MAX: usize = 16 * 1024 * 1024;

static SHELF: LazyLock<Mutex<Shelf>> = LazyLock::new(|| Mutex::new(Shelf::of(BYTES_MAX)));

/// The version that a text says.
pub fn version(id: Uuid, body: String) -> serde_json::Result<Arc<Version>> {
    let shelf = || SHELF.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(version) = shelf().find(id, &body) {
        return Ok(version);
    }
    let version: Arc<Version> = Arc::new(serde_json::from_str(&body)?);
    shelf().keep(id, body, Arc::clone(&version));
    Ok(version)
}

pub(crate) struct Shelf {
    bytes_max: usize,
    bytes: usize,
    /// Counts every use: whoever has the smallest number was not wanted for longest.
    uses: u64,
    books: HashMap<Uuid, Book>,
}

struct Book {
    body: String,
    version: Arc<Version>,
    last_use: u64,
}

impl Shelf {
    pub(crate) fn of(bytes_max: usize) -> Shelf {
        Shelf { bytes_max, bytes: 0, uses: 0, books: HashMap::new() }
    }

    pub(crate) fn find(&mut self, id: Uuid, body: &str) -> Option<Arc<Version>> {
        let book = self.books.get_mut(&id).filter(|book| book.body == body)?;
        self.uses += 1;
        book.last_use = self.uses;
        Some(Arc::clone(&book.version))
    }

    pub(crate) fn keep(&mut self, id: Uuid, body: String, version: Arc<Version>) {
        if body.len() > self.bytes_max {
            return;
        }
        self.uses += 1;
        self.bytes += body.len();
        let book = Book { body, version, last_use: self.uses };
        if let Some(before) = self.books.insert(id, book) {
            self.bytes -= before.body.len();
        }
        if self.bytes > self.bytes_max {
            self.make_room();
        }
    }

    /// Takes a quarter away at once, so that it is not sorted for each that comes.
    fn make_room(&mut self) {
        let mut oldest: Vec<(u64, Uuid)> =
            self.books.iter().map(|(id, book)| (book.last_use, *id)).collect();
        oldest.sort_unstable();
        for (_, id) in oldest {
            if self.bytes <= self.bytes_max / 4 * 3 {
                break;
            }
            if let Some(gone) = self.books.remove(&id) {
                self.bytes -= gone.body.len();
            }
        }
    }
}
