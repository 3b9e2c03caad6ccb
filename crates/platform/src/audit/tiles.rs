//! The tree's hashes as they are stored: 256 to a tile.
//!
//! A leaf costs 32 bytes here, and a batch of leaves touches a few tiles; inner nodes are hashed
//! again from a tile when a proof needs them.

use std::collections::HashMap;

use super::store;
use super::tree::{Edge, Hash};
use crate::store::{StoreError, Tx};

/// Leaves of a tile; a tile's root is one hash of the tile above.
pub const WIDTH: u64 = 256;
const HEIGHT: u32 = 8;

/// Adds leaves behind the first `size`, tile by tile, and upwards as tiles become full.
pub fn append(tx: &mut Tx, size: u64, leaves: Vec<Hash>) -> Result<(), StoreError> {
    let (mut level, mut begin, mut hashes) = (0, size, leaves);
    while !hashes.is_empty() {
        let mut place = begin / WIDTH;
        let mut tile = if begin.is_multiple_of(WIDTH) {
            Vec::new()
        } else {
            stored(tx, level, place)?.into_iter().take((begin % WIDTH) as usize).collect()
        };
        let mut full = Vec::new();
        for hash in hashes {
            tile.push(hash);
            if tile.len() as u64 == WIDTH {
                put(tx, level, place, &tile)?;
                full.push(root_of(&tile));
                place += 1;
                tile.clear();
            }
        }
        if !tile.is_empty() {
            put(tx, level, place, &tile)?;
        }
        (level, begin, hashes) = (level + 1, begin / WIDTH, full);
    }
    Ok(())
}

fn put(tx: &mut Tx, level: u32, place: u64, tile: &[Hash]) -> Result<(), StoreError> {
    let hashes = tile.concat();
    tx.execute(store::PUT_TILE, &[&i64::from(level), &(place as i64), &hashes])?;
    Ok(())
}

/// The hashes of a tile; none where there is none.
pub fn stored(tx: &mut Tx, level: u32, place: u64) -> Result<Vec<Hash>, StoreError> {
    let tile: Option<(Vec<u8>,)> = tx.opt(store::TILE, &[&i64::from(level), &(place as i64)])?;
    Ok(tile.map(|(bytes,)| hashes(&bytes)).unwrap_or_default())
}

pub fn hashes(bytes: &[u8]) -> Vec<Hash> {
    bytes.as_chunks::<32>().0.to_vec()
}

/// The root of the full subtree over these hashes.
pub fn root_of(hashes: &[Hash]) -> Hash {
    let mut edge = Edge::default();
    hashes.iter().for_each(|hash| edge.push(*hash));
    edge.root()
}

/// Reads nodes of the tree out of its tiles, each tile once.
#[derive(Default)]
pub struct Reader {
    tiles: HashMap<(u32, u64), Vec<Hash>>,
}

impl Reader {
    /// The root of the full subtree of 2^`height` leaves number `index`.
    pub fn node(&mut self, tx: &mut Tx, height: u32, index: u64) -> Result<Hash, StoreError> {
        let level = height / HEIGHT;
        let count = 1 << (height % HEIGHT);
        let first = index * count;
        let (place, offset) = (first / WIDTH, (first % WIDTH) as usize);
        let tile = match self.tiles.get(&(level, place)) {
            Some(tile) => tile,
            None => {
                let tile = stored(tx, level, place)?;
                self.tiles.entry((level, place)).or_insert(tile)
            }
        };
        let part = tile.get(offset..offset + count as usize);
        part.map(root_of).ok_or_else(|| StoreError::Other {
            reason: format!("the audit's tile {level}/{place} is damaged: run the audit's check"),
        })
    }
}
