use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{MasterKey, Place, Vault, VaultFault, is_begun};
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
