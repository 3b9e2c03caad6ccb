//! The tree, by the vectors of Certificate Transparency's own tests and by its definition.

use std::convert::Infallible;

use proptest::prelude::*;

use super::super::tree::{
    Edge, Hash, consistency, empty_root, extends, includes, leaf_hash, node_hash, path, root,
};
use crate::hex::to_hex;

const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];

const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn hashes(count: usize) -> Vec<Hash> {
    (0..count).map(|number| leaf_hash(&number.to_be_bytes())).collect()
}

/// MTH of RFC 6962, 2.1, as it is written there.
fn defined_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        leaves => {
            let k = leaves.len().next_power_of_two() / 2;
            node_hash(&defined_root(&leaves[..k]), &defined_root(&leaves[k..]))
        }
    }
}

/// Nodes computed from all leaves.
fn nodes(leaves: &[Hash]) -> impl FnMut(u32, u64) -> Result<Hash, Infallible> {
    |height, index| {
        let count = 1_usize << height;
        let first = index as usize * count;
        Ok(defined_root(&leaves[first..first + count]))
    }
}

fn path_of(leaves: &[Hash], index: u64) -> Vec<Hash> {
    let Ok(path) = path(&mut nodes(leaves), index, leaves.len() as u64);
    path
}

fn consistency_of(leaves: &[Hash], old: u64) -> Vec<Hash> {
    let Ok(proof) = consistency(&mut nodes(leaves), old, leaves.len() as u64);
    proof
}

#[test]
fn roots_are_those_of_certificate_transparency() {
    let mut edge = Edge::default();
    assert_eq!(to_hex(&edge.root()), ROOTS[0]);
    for (leaf, expected) in LEAVES.iter().zip(&ROOTS[1..]) {
        edge.push(leaf_hash(leaf));
        assert_eq!(to_hex(&edge.root()), *expected);
    }
    assert_eq!(edge.size(), 8);
}

#[test]
fn paths_are_those_of_certificate_transparency() {
    let leaves = LEAVES.map(leaf_hash);
    let digits = |hashes: Vec<Hash>| hashes.iter().map(|hash| to_hex(hash)).collect::<Vec<_>>();
    assert_eq!(
        digits(path_of(&leaves, 5)),
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
    );
    assert_eq!(
        digits(consistency_of(&leaves, 6)),
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
    );
}

#[test]
fn every_leaf_of_every_small_tree_has_its_proof_and_no_other() {
    for size in 1..=40_u64 {
        let leaves = hashes(size as usize);
        let root = defined_root(&leaves);
        for index in 0..size {
            let path = path_of(&leaves, index);
            let leaf = leaves[index as usize];
            assert!(includes(leaf, index, size, &path, root), "{index} of {size}");
            for other in (0..size + 2).filter(|other| *other != index) {
                assert!(!includes(leaf, other, size, &path, root), "{index} as {other} of {size}");
            }
            assert!(!includes(leaf_hash(b"other"), index, size, &path, root));
            let longer = [path.clone(), vec![root]].concat();
            assert!(!includes(leaf, index, size, &longer, root));
            if let Some((_, shorter)) = path.split_last() {
                assert!(!includes(leaf, index, size, shorter, root));
            }
        }
    }
}

#[test]
fn every_small_tree_extends_all_before_it_and_nothing_else() {
    for new in 0..=40_u64 {
        let leaves = hashes(new as usize);
        let new_root = defined_root(&leaves);
        for old in 0..=new {
            let old_root = defined_root(&leaves[..old as usize]);
            let proof = consistency_of(&leaves, old);
            assert!(extends((old, old_root), (new, new_root), &proof), "{old} to {new}");
            if old == 0 || old == new {
                continue;
            }
            let wrong = leaf_hash(b"wrong");
            assert!(!extends((old, wrong), (new, new_root), &proof), "{old} to {new}");
            assert!(!extends((old, old_root), (new, wrong), &proof), "{old} to {new}");
            let longer = [proof.clone(), vec![wrong]].concat();
            assert!(!extends((old, old_root), (new, new_root), &longer));
            for changed in 0..proof.len() {
                let mut proof = proof.clone();
                proof[changed] = wrong;
                assert!(!extends((old, old_root), (new, new_root), &proof));
            }
        }
    }
}

proptest! {
    #[test]
    fn the_growing_edge_the_stored_nodes_and_the_definition_agree(size in 0_usize..700) {
        let leaves = hashes(size);
        let mut edge = Edge::default();
        leaves.iter().for_each(|leaf| edge.push(*leaf));
        let Ok(stored) = root(&mut nodes(&leaves), size as u64);
        prop_assert_eq!(edge.root(), defined_root(&leaves));
        prop_assert_eq!(stored, defined_root(&leaves));
    }

    #[test]
    fn proofs_of_larger_trees_hold(size in 1_u64..3_000, chance in any::<u64>()) {
        let leaves = hashes(size as usize);
        let whole = defined_root(&leaves);
        let index = chance % size;
        let path = path_of(&leaves, index);
        prop_assert!(path.len() <= 12);
        prop_assert!(includes(leaves[index as usize], index, size, &path, whole));
        let old = (index + 1, defined_root(&leaves[..=index as usize]));
        prop_assert!(extends(old, (size, whole), &consistency_of(&leaves, index + 1)));
    }
}
