//! Recomputing everything: rows to leaves, leaves to roots, roots to signed heads.
//!
//! Read in pages, so that a log of any length is checked beside the daily work. The rows decide:
//! what is stored of the tree is only believed where it helps to say which row is wrong.

use std::collections::VecDeque;

use super::fault::Fault;
use super::leaf;
use super::sign::{Head, PublicKey};
use super::tiles::{self, WIDTH};
use super::tree::{Edge, Hash};
use super::{Entry, store};
use crate::store::{Store, StoreError, Tx};

/// Heads and rows read in one unit.
const HEADS_PAGE: i64 = 200;
const ROWS_PAGE: i64 = 4_000;

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub rows: u64,
    pub heads: u64,
    /// Rows that wait for their first seconds to pass.
    pub unsealed: u64,
    pub fault: Option<Fault>,
}

/// Checks the whole log. `keys` are those whose signatures count, from elsewhere than this
/// database; `held` are notes of heads that someone has kept.
pub async fn verify(
    store: &Store,
    keys: &[PublicKey],
    held: &[String],
) -> Result<Verdict, StoreError> {
    let mut check = match Check::new(keys, held) {
        Ok(check) => check,
        Err(fault) => {
            return Ok(Verdict { rows: 0, heads: 0, unsealed: 0, fault: Some(fault) });
        }
    };
    loop {
        let (number, size) = (check.number, check.edge.size() as i64);
        let page = store.read(move |tx| read_page(tx, number, size)).await?;
        let unsealed = page.ending.as_ref().map_or(0, |ending| ending.unsealed as u64);
        let ended = page.ending.is_some();
        let fault = check.page(page).err();
        let fault = match fault {
            None if ended => check.upper_tiles(store).await?,
            fault => fault,
        };
        if fault.is_some() || ended {
            let (rows, heads) = (check.edge.size(), check.number as u64);
            return Ok(Verdict { rows, heads, unsealed, fault });
        }
    }
}

/// Some heads, the rows they cover and the stored hashes of those; or the end of the log.
struct Page {
    heads: Vec<Head>,
    rows: VecDeque<Entry>,
    /// Stored leaf hashes from the tile on in which the page begins.
    leaves: Vec<Hash>,
    ending: Option<Ending>,
}

struct Ending {
    turn: Option<(i64, i64)>,
    beyond: Option<Entry>,
    unsealed: i64,
}

fn read_page(tx: &mut Tx, after: i64, size: i64) -> Result<Page, StoreError> {
    let mut heads: Vec<Head> = tx.all(store::HEADS_AFTER, &[&after, &HEADS_PAGE])?;
    let fitting = heads.iter().take_while(|head| head.size <= size + ROWS_PAGE).count();
    heads.truncate(fitting.max(1));
    let Some(end) = heads.last().map(|head| head.size) else {
        let ending = Some(read_ending(tx, size)?);
        let (rows, leaves) = (VecDeque::new(), Vec::new());
        return Ok(Page { heads, rows, leaves, ending });
    };
    let rows: Vec<Entry> = tx.all(store::ROWS, &[&size, &end])?;
    let first_tile = size / WIDTH as i64;
    let count = end / WIDTH as i64 - first_tile + 1;
    let tiles: Vec<(i64, i64, Vec<u8>)> = tx.all(store::TILES, &[&0, &first_tile, &count])?;
    let leaves = tiles.iter().flat_map(|(_, _, bytes)| tiles::hashes(bytes)).collect();
    Ok(Page { heads, rows: rows.into(), leaves, ending: None })
}

fn read_ending(tx: &mut Tx, size: i64) -> Result<Ending, StoreError> {
    let (unsealed,) = tx.one(store::UNSEALED_COUNT, &[])?;
    Ok(Ending {
        turn: tx.opt(store::TURN, &[])?,
        beyond: tx.opt(store::ROWS_BEYOND, &[&size])?,
        unsealed,
    })
}

struct Check {
    keys: Vec<PublicKey>,
    /// Held heads, the shortest first.
    held: VecDeque<Head>,
    /// Of the last head that was sound.
    number: i64,
    edge: Edge,
    /// The leaves of the tile that is not full yet, and the roots of the full ones.
    tile: Vec<Hash>,
    full: Vec<Hash>,
}

impl Check {
    fn new(keys: &[PublicKey], held: &[String]) -> Result<Check, Fault> {
        let mut heads = Vec::new();
        for note in held {
            match Head::read(note) {
                Some(head) if head.is_signed_by(keys) => heads.push(head),
                head => {
                    let held_size = head.map_or(0, |head| head.size);
                    return Err(Fault::HeldUntrusted { held_size });
                }
            }
        }
        heads.sort_by_key(|head| head.size);
        Ok(Check {
            keys: keys.to_vec(),
            held: heads.into(),
            number: 0,
            edge: Edge::default(),
            tile: Vec::new(),
            full: Vec::new(),
        })
    }

    fn page(&mut self, page: Page) -> Result<(), Fault> {
        let Page { heads, mut rows, leaves, ending } = page;
        let leaves_begin = self.edge.size() / WIDTH * WIDTH;
        for head in &heads {
            self.head(head)?;
            self.rows(head, &mut rows, |place| {
                leaves.get((place - leaves_begin) as usize).copied()
            })?;
            self.number = head.number;
        }
        if let Some(extra) = rows.pop_front() {
            return Err(Fault::RowInserted { seq: extra.seq.unwrap_or(-1), id: extra.id });
        }
        ending.map_or(Ok(()), |ending| self.ending(&ending))
    }

    fn head(&self, head: &Head) -> Result<(), Fault> {
        if head.number != self.number + 1 {
            return Err(Fault::HeadMissing { number: self.number + 1 });
        }
        let grows = head.size > self.edge.size() as i64;
        if !grows || !head.is_signed_by(&self.keys) {
            return Err(Fault::HeadChanged { number: head.number });
        }
        Ok(())
    }

    /// The rows that a sound head covers beyond the one before.
    fn rows(
        &mut self,
        head: &Head,
        rows: &mut VecDeque<Entry>,
        stored: impl Fn(u64) -> Option<Hash>,
    ) -> Result<(), Fault> {
        let first = self.edge.size();
        let mut unlike: Option<(u64, uuid::Uuid)> = None;
        for place in first..head.size as u64 {
            let row = take(rows, place)?;
            if row.head != Some(head.number) {
                return Err(Fault::RowChanged { seq: place as i64, id: row.id });
            }
            let hash = leaf::hash(&row, place);
            if stored(place) != Some(hash) {
                unlike.get_or_insert((place, row.id));
            }
            self.push(hash)?;
        }
        match unlike {
            None if self.edge.root() == head.root => Ok(()),
            None => Err(Fault::RowsChanged { first: first as i64, last: head.size - 1 }),
            // The signature stands for the rows: only what is stored of the tree is wrong.
            Some((place, _)) if self.edge.root() == head.root => {
                Err(Fault::TileDamaged { level: 0, place: place / WIDTH })
            }
            Some((place, id)) => Err(Fault::RowChanged { seq: place as i64, id }),
        }
    }

    fn push(&mut self, hash: Hash) -> Result<(), Fault> {
        self.edge.push(hash);
        self.tile.push(hash);
        if self.tile.len() as u64 == WIDTH {
            self.full.push(tiles::root_of(&self.tile));
            self.tile.clear();
        }
        let size = self.edge.size() as i64;
        while let Some(held) = self.held.pop_front_if(|held| held.size <= size) {
            if held.root != self.edge.root() {
                return Err(Fault::UnlikeHeld { held_size: held.size });
            }
        }
        Ok(())
    }

    fn ending(&self, ending: &Ending) -> Result<(), Fault> {
        let size = self.edge.size() as i64;
        let (turn_size, turn_head) = ending.turn.unwrap_or((0, 0));
        if (turn_size, turn_head) != (size, self.number) {
            return Err(Fault::EndCut { number: turn_head, size: turn_size });
        }
        if let Some(row) = &ending.beyond {
            return Err(Fault::RowInserted { seq: row.seq.unwrap_or(-1), id: row.id });
        }
        match self.held.front() {
            Some(held) => Err(Fault::ShorterThanHeld { held_size: held.size, size }),
            None => Ok(()),
        }
    }
}

fn take(rows: &mut VecDeque<Entry>, place: u64) -> Result<Entry, Fault> {
    let seq = place as i64;
    match rows.pop_front() {
        Some(row) if row.seq == Some(seq) => Ok(row),
        // The same place twice: the pages are ordered by place.
        Some(row) if row.seq < Some(seq) => {
            Err(Fault::RowInserted { seq: row.seq.unwrap_or(-1), id: row.id })
        }
        _ => Err(Fault::RowMissing { seq }),
    }
}

impl Check {
    /// The tiles above the leaves, against what the rows give.
    async fn upper_tiles(&self, store: &Store) -> Result<Option<Fault>, StoreError> {
        let (mut level, mut hashes) = (1, self.full.clone());
        while !hashes.is_empty() {
            for (place, expected) in hashes.chunks(WIDTH as usize).enumerate() {
                let place = place as u64;
                let found = store.read(move |tx| tiles::stored(tx, level, place)).await?;
                if found != expected {
                    return Ok(Some(Fault::TileDamaged { level, place }));
                }
            }
            let full = hashes.chunks_exact(WIDTH as usize);
            (level, hashes) = (level + 1, full.map(tiles::root_of).collect());
        }
        Ok(None)
    }
}
