//! Keys and signed heads.

use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::audit::{PublicKey, SigningKey};
use crate::clock::Clock;
use crate::ids::Ids;
use crate::testing::MONDAY_MORNING;

fn ids(seed: u64) -> Ids {
    Ids::seeded(seed, Clock::fixed(MONDAY_MORNING))
}

fn key(seed: u64) -> SigningKey {
    let folder = tempfile::tempdir().unwrap();
    SigningKey::open(folder.path(), "example.vn", &ids(seed)).unwrap()
}

#[test]
fn a_key_is_made_once_and_is_its_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let first = SigningKey::open(folder.path(), "example.vn", &ids(1)).unwrap();
    let again = SigningKey::open(folder.path(), "other.vn", &ids(2)).unwrap();
    assert_eq!(first.public(), again.public());
    let mode = |name| folder.path().join(name).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("audit.key"), 0o600);
    let published = std::fs::read_to_string(folder.path().join("audit.vkey")).unwrap();
    assert_eq!(PublicKey::parse(&published).as_ref(), Some(first.public()));
    assert_eq!(folder.path().read_dir().unwrap().count(), 2, "no draft is left");
}

#[test]
fn processes_that_start_together_use_one_key() {
    let folder = tempfile::tempdir().unwrap();
    let keys: Vec<PublicKey> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..8)
            .map(|seed| {
                let folder = folder.path();
                scope.spawn(move || SigningKey::open(folder, "example.vn", &ids(seed)).unwrap())
            })
            .collect();
        starts.into_iter().map(|start| start.join().unwrap().public().clone()).collect()
    });
    assert!(keys.iter().all(|key| *key == keys[0]));
}

#[test]
fn a_damaged_key_is_told_and_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    SigningKey::open(folder.path(), "example.vn", &ids(1)).unwrap();
    let place = folder.path().join("audit.key");
    let text = std::fs::read_to_string(&place).unwrap();
    std::fs::write(&place, text.replacen("example", "exampel", 1)).unwrap();
    assert!(SigningKey::open(folder.path(), "example.vn", &ids(1)).is_err());
}

#[test]
fn a_head_is_a_signed_note_that_says_what_its_columns_say() {
    let key = key(3);
    let head = key.sign(12, 345, MONDAY_MORNING, [7; 32]);
    insta::assert_snapshot!(head.note, @"
    example.vn/audit
    345
    BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=
    head 12
    time 2026-11-23T02:00:00Z

    — example.vn/audit 07OVED7D6ZWHUBRNFL1rE3q90dBiWxFrcCgtruNCEFpJCyr50CPCogsFhOeqYUTXe8NYYqIV01j/IqtsDnUMTutz0A8=
    ");
    assert_eq!(Head::read(&head.note).as_ref(), Some(&head));
    assert!(head.is_signed_by(&[key.public().clone()]));
    assert!(!head.is_signed_by(&[]));
}

#[test]
fn a_key_of_the_same_name_is_still_another_key() {
    let head = key(3).sign(1, 1, MONDAY_MORNING, [7; 32]);
    assert!(!head.is_signed_by(&[key(4).public().clone()]));
    assert!(head.is_signed_by(&[key(4).public().clone(), key(3).public().clone()]));
}

#[test]
fn nothing_of_a_head_can_be_changed() {
    let key = key(3);
    let keys = [key.public().clone()];
    let head = key.sign(12, 345, MONDAY_MORNING, [7; 32]);
    let changed = [
        Head { number: 13, ..head.clone() },
        Head { size: 346, ..head.clone() },
        Head { at: later(MONDAY_MORNING, 1), ..head.clone() },
        Head { root: [8; 32], ..head.clone() },
        Head { note: head.note.replace("head 12", "head 13"), ..head.clone() },
        Head { note: head.note.replace("345", "346"), ..head.clone() },
        Head { note: String::new(), ..head.clone() },
        Head { note: "\u{2014} \n\n\u{2014} x y".to_owned(), ..head.clone() },
    ];
    for changed in changed {
        assert!(!changed.is_signed_by(&keys), "{changed:?}");
    }
    let note = head.note.replace("345", "346");
    assert!(!Head::read(&note).unwrap().is_signed_by(&keys));
}

#[test]
fn a_name_that_a_note_may_not_hold_is_made_fit() {
    let folder = tempfile::tempdir().unwrap();
    let key = SigningKey::open(folder.path(), "dịch vụ+công.vn:8080", &ids(1)).unwrap();
    assert_eq!(key.public().name(), "dchvcng.vn:8080/audit");
}
