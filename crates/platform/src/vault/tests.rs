use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{MasterKey, Opener, Place, Sealer, Vault, VaultFault, is_begun};
use crate::clock::Clock;
use crate::ids::Ids;
use crate::store::Tables;
use crate::testing::fresh_store;

const SECRET: &[u8] = b"the key of an app";

fn vault(byte: u8) -> Vault {
    Vault::new(&MasterKey::new([byte; 32])).unwrap()
}

fn place<'a>(table: &'static str, column: &'static str, row: &'a [u8]) -> Place<'a> {
    Place { table, column, row }
}

#[test]
fn what_is_sealed_opens_where_it_was_sealed() {
    let here = place("account", "secret", b"1");
    let sealed = vault(1).seal(here, SECRET).unwrap();
    assert_eq!(vault(1).open(here, &sealed).unwrap(), SECRET);
    assert!(!sealed.windows(SECRET.len()).any(|part| part == SECRET));
    // A byte of format, four of key id, twelve of nonce, sixteen of tag.
    assert_eq!(sealed.len(), 1 + 4 + 12 + SECRET.len() + 16);
}

#[test]
fn the_same_text_is_sealed_differently_each_time() {
    let here = place("account", "secret", b"1");
    assert_ne!(vault(1).seal(here, SECRET).unwrap(), vault(1).seal(here, SECRET).unwrap());
}

#[test]
fn it_opens_in_no_other_row_column_or_table() {
    let sealed = vault(1).seal(place("account", "secret", b"1"), SECRET).unwrap();
    for elsewhere in [
        place("account", "secret", b"2"),
        place("account", "other", b"1"),
        place("passage", "secret", b"1"),
        // The same letters, parted otherwise.
        place("account", "secret1", b""),
    ] {
        let opened = vault(1).open(elsewhere, &sealed);
        assert_eq!(opened, Err(VaultFault::Broken), "{elsewhere:?}");
    }
}

#[test]
fn no_changed_byte_goes_unnoticed() {
    let here = place("account", "secret", b"1");
    let sealed = vault(1).seal(here, SECRET).unwrap();
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        let expected = if (1..5).contains(&at) { VaultFault::OtherKey } else { VaultFault::Broken };
        assert_eq!(vault(1).open(here, &changed), Err(expected), "byte {at}");
    }
    for length in 0..sealed.len() {
        assert!(vault(1).open(here, &sealed[..length]).is_err(), "{length} bytes");
    }
}

#[test]
fn another_master_key_is_told_from_damage() {
    let here = place("account", "secret", b"1");
    let sealed = vault(1).seal(here, SECRET).unwrap();
    assert_eq!(vault(2).open(here, &sealed), Err(VaultFault::OtherKey));
}

#[test]
fn a_key_is_read_from_hexadecimal_digits_and_from_base64() {
    let key = |text: &str| MasterKey::parse(text).map(|key| key.0);
    assert_eq!(key(&"0a".repeat(32)), Some([10; 32]));
    assert_eq!(key(&format!("  {}\n", "0A".repeat(32))), Some([10; 32]));
    assert_eq!(key("CgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgo=\n"), Some([10; 32]));
    for bad in ["", "0a0a", &"0g".repeat(32), &"0a".repeat(33), "CgoKCg=="] {
        assert_eq!(key(bad), None, "{bad}");
    }
}

#[test]
fn a_new_key_is_for_its_owner_alone_and_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let (file, ids) = (folder.path().join("master.key"), Ids::system(Clock::System));
    MasterKey::make(&file, &ids).unwrap();
    let first = MasterKey::read(&file).unwrap().0;
    MasterKey::make(&file, &ids).unwrap();
    assert_eq!(MasterKey::read(&file).unwrap().0, first);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left behind");
    fs::write(&file, "no key").unwrap();
    assert!(MasterKey::read(&file).is_err());
}

#[tokio::test]
async fn a_database_knows_the_key_it_was_begun_with() {
    let tables: Vec<Tables> = crate::parts().iter().map(|part| part.tables).collect();
    let store = fresh_store(&tables).await.unwrap();
    assert!(!is_begun(&store).await.unwrap());
    assert!(vault(1).fits(&store).await.unwrap());
    assert!(is_begun(&store).await.unwrap());
    assert!(vault(1).fits(&store).await.unwrap());
    assert!(!vault(2).fits(&store).await.unwrap());
    assert!(vault(1).fits(&store).await.unwrap(), "a wrong key changed nothing");
}

const FILE: Place<'_> = Place { table: "house_paper", column: "file", row: b"7" };

/// Pieces of this many bytes go in.
fn sealed_in_pieces(plain: &[u8], bytes: usize) -> Vec<u8> {
    let mut sealer = Sealer::new(&vault(1), FILE, [3; 32]).unwrap();
    let mut out = Vec::new();
    for piece in plain.chunks(bytes) {
        sealer.push(piece, &mut out).unwrap();
    }
    sealer.finish(&mut out).unwrap();
    out
}

fn opened_in_pieces(place: Place<'_>, sealed: &[u8], bytes: usize) -> Result<Vec<u8>, VaultFault> {
    let mut opener = Opener::new(&vault(1), place);
    let mut out = Vec::new();
    for piece in sealed.chunks(bytes) {
        opener.push(piece, &mut out)?;
    }
    opener.finish(&mut out)?;
    Ok(out)
}

#[test]
fn a_file_comes_back_whatever_its_size_and_however_it_is_cut() {
    let plain: Vec<u8> = (0..200_000_u32).map(|at| (at % 251) as u8).collect();
    for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000] {
        let plain = &plain[..length];
        let sealed = sealed_in_pieces(plain, 10_000);
        assert_eq!(sealed, sealed_in_pieces(plain, 70_001), "the cuts leave no trace");
        assert_eq!(opened_in_pieces(FILE, &sealed, 9_999).unwrap(), plain);
        assert_eq!(opened_in_pieces(FILE, &sealed, usize::MAX).unwrap(), plain);
        if length > 32 {
            assert!(!sealed.windows(32).any(|window| window == &plain[..32]));
        }
    }
}

#[test]
fn a_file_that_was_cut_off_turned_round_or_changed_does_not_open() {
    let plain = vec![5; 3 * 65_536];
    let sealed = sealed_in_pieces(&plain, 65_536);
    let (head, piece) = (37, 65_536 + 16);
    let broken = |bytes: &[u8]| {
        assert_eq!(opened_in_pieces(FILE, bytes, 50_000), Err(VaultFault::Broken));
    };
    for end in [0, 1, head, head + 1, head + piece, head + 2 * piece, sealed.len() - 1] {
        broken(&sealed[..end]);
    }
    let mut turned = sealed[..head].to_vec();
    turned.extend_from_slice(&sealed[head + piece..head + 2 * piece]);
    turned.extend_from_slice(&sealed[head..head + piece]);
    turned.extend_from_slice(&sealed[head + 2 * piece..]);
    broken(&turned);
    for at in [0, head, head + 70_000, sealed.len() - 1] {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        broken(&changed);
    }
    let more = [sealed.as_slice(), b"x"].concat();
    broken(&more);
}

#[test]
fn a_file_opens_at_its_own_place_and_under_its_own_key_only() {
    let sealed = sealed_in_pieces(b"text", 4);
    for place in [
        Place { row: b"8", ..FILE },
        Place { column: "other", ..FILE },
        Place { table: "house_other", ..FILE },
    ] {
        assert_eq!(opened_in_pieces(place, &sealed, 10), Err(VaultFault::Broken));
    }
    let mut opener = Opener::new(&vault(2), FILE);
    assert_eq!(opener.push(&sealed, &mut Vec::new()), Err(VaultFault::OtherKey));
    // Another file, another key: the same text looks otherwise.
    let mut again = Sealer::new(&vault(1), FILE, [4; 32]).unwrap();
    let mut out = Vec::new();
    again.push(b"text", &mut out).unwrap();
    again.finish(&mut out).unwrap();
    assert_ne!(out[37..], sealed[37..]);
}
