//! The Merkle tree of RFC 6962 over SHA-256. Pure: hashes in, hashes out.
//!
//! Leaves and nodes are hashed with different first bytes, so that no node can pass for a leaf.
//! The verifying half ([`includes`], [`extends`]) follows RFC 9162, 2.1.3.2 and 2.1.4.2.

use aws_lc_rs::digest::{Context, SHA256, digest};

pub type Hash = [u8; 32];

pub fn leaf_hash(leaf: &[u8]) -> Hash {
    hash_of(&[&[0], leaf])
}

pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    hash_of(&[&[1], left, right])
}

/// The root of a tree without leaves.
pub fn empty_root() -> Hash {
    hash_of(&[])
}

fn hash_of(parts: &[&[u8]]) -> Hash {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

/// Names a key file by its content.
pub fn sha256(bytes: &[u8]) -> Hash {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    hash
}

/// The right edge of a growing tree: the roots of its full subtrees, the largest first. All that
/// is needed to add leaves one after another and to know the root.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edge {
    size: u64,
    peaks: Vec<Hash>,
}

impl Edge {
    pub fn size(&self) -> u64 {
        self.size
    }

    pub fn push(&mut self, leaf_hash: Hash) {
        let mut hash = leaf_hash;
        // Each trailing one in the old size is a full subtree that the new leaf completes a pair
        // of.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev().copied();
        let Some(last) = peaks.next() else { return empty_root() };
        peaks.fold(last, |right, left| node_hash(&left, &right))
    }
}

/// Where stored hashes come from: the root of the full subtree of 2^`height` leaves that begins at
/// leaf `index` · 2^`height`.
pub type Nodes<'a, E> = &'a mut dyn FnMut(u32, u64) -> Result<Hash, E>;

/// The root of the first `size` leaves.
pub fn root<E>(nodes: Nodes<'_, E>, size: u64) -> Result<Hash, E> {
    if size == 0 { Ok(empty_root()) } else { range_root(nodes, 0, size) }
}

/// PATH of RFC 6962, 2.1.1: what leads from leaf `index` to the root of the first `size` leaves.
pub fn path<E>(nodes: Nodes<'_, E>, index: u64, size: u64) -> Result<Vec<Hash>, E> {
    let (mut begin, mut end) = (0, size);
    let mut downwards = Vec::new();
    while end - begin > 1 {
        let middle = begin + split(end - begin);
        if index < middle {
            downwards.push(range_root(nodes, middle, end)?);
            end = middle;
        } else {
            downwards.push(range_root(nodes, begin, middle)?);
            begin = middle;
        }
    }
    downwards.reverse();
    Ok(downwards)
}

/// PROOF of RFC 6962, 2.1.2: that the tree of `new` leaves begins with that of `old`.
pub fn consistency<E>(nodes: Nodes<'_, E>, old: u64, new: u64) -> Result<Vec<Hash>, E> {
    let (mut begin, mut end) = (0, new);
    let mut downwards = Vec::new();
    if old == 0 || old > new {
        return Ok(downwards);
    }
    while end != old {
        let middle = begin + split(end - begin);
        if old <= middle {
            downwards.push(range_root(nodes, middle, end)?);
            end = middle;
        } else {
            downwards.push(range_root(nodes, begin, middle)?);
            begin = middle;
        }
    }
    // A subtree that is the whole old tree is known to whoever asks.
    if begin > 0 {
        downwards.push(range_root(nodes, begin, end)?);
    }
    downwards.reverse();
    Ok(downwards)
}

/// The largest power of two below `count`, for `count` of two and more.
fn split(count: u64) -> u64 {
    1 << (63 - (count - 1).leading_zeros())
}

fn range_root<E>(nodes: Nodes<'_, E>, begin: u64, end: u64) -> Result<Hash, E> {
    let count = end - begin;
    if count.is_power_of_two() {
        return nodes(count.trailing_zeros(), begin / count);
    }
    let middle = begin + split(count);
    let left = range_root(nodes, begin, middle)?;
    let right = range_root(nodes, middle, end)?;
    Ok(node_hash(&left, &right))
}

/// Whether `path` leads from the leaf at `index` to `root`.
pub fn includes(leaf_hash: Hash, index: u64, size: u64, path: &[Hash], root: Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut index, mut last, mut hash) = (index, size - 1, leaf_hash);
    for side in path {
        if last == 0 {
            return false;
        }
        if index & 1 == 1 || index == last {
            hash = node_hash(side, &hash);
            while index & 1 == 0 && index != 0 {
                index >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, side);
        }
        index >>= 1;
        last >>= 1;
    }
    last == 0 && hash == root
}

/// A size and the root of the tree of that size.
pub type Tree = (u64, Hash);

/// Whether `proof` shows that the tree `new` begins with the tree `old`.
pub fn extends(old: Tree, new: Tree, proof: &[Hash]) -> bool {
    let ((old_size, old_root), (new_size, new_root)) = (old, new);
    if old_size == 0 {
        return proof.is_empty() && old_root == empty_root();
    }
    if old_size >= new_size {
        return proof.is_empty() && old == new;
    }
    // An old tree that is one full subtree is its own first step.
    let own = old_size.is_power_of_two().then_some(&old_root);
    let mut steps = own.into_iter().chain(proof);
    let Some(first) = steps.next() else { return false };
    let (mut index, mut last) = (old_size - 1, new_size - 1);
    let full = index.trailing_ones();
    (index, last) = (index >> full, last >> full);
    let (mut from_old, mut from_new) = (*first, *first);
    for side in steps {
        if last == 0 {
            return false;
        }
        if index & 1 == 1 || index == last {
            from_old = node_hash(side, &from_old);
            from_new = node_hash(side, &from_new);
            while index & 1 == 0 && index != 0 {
                index >>= 1;
                last >>= 1;
            }
        } else {
            from_new = node_hash(&from_new, side);
        }
        index >>= 1;
        last >>= 1;
    }
    last == 0 && from_old == old_root && from_new == new_root
}
