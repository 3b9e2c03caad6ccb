//! Ten thousand files that are nearly a signed one: none passes for more than was signed.

use std::panic::catch_unwind;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::files::{both, updated};
use super::tools::request;
use crate::pdf::changes::Level;
use crate::pdf::sign::{Request, prepare};
use crate::pdf::store::{Store, add};
use crate::pdf::{SignatureFault, SignedFile};

/// One edit, or a few, of the kinds that attackers and broken disks make.
#[derive(Debug, Clone)]
enum Edit {
    Flip { at: usize, bit: u8 },
    Digit { at: usize, digit: u8 },
    Insert { at: usize, bytes: Vec<u8> },
    Remove { at: usize, length: usize },
    Copy { from: usize, length: usize, to: usize },
    Append { object: u32, body: usize },
}

const BODIES: [&str; 5] = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Length 3>>\nstream\nq Q\nendstream",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    "null",
    "[7 0 R 8 0 R]",
];

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<usize>();
    prop_oneof![
        4 => (at, 0u8..8).prop_map(|(at, bit)| Edit::Flip { at, bit }),
        4 => (at, b'0'..=b'9').prop_map(|(at, digit)| Edit::Digit { at, digit }),
        2 => (at, proptest::collection::vec(any::<u8>(), 1..20))
            .prop_map(|(at, bytes)| Edit::Insert { at, bytes }),
        2 => (at, 1usize..40).prop_map(|(at, length)| Edit::Remove { at, length }),
        2 => (at, 1usize..200, any::<usize>())
            .prop_map(|(from, length, to)| Edit::Copy { from, length, to }),
        2 => (1u32..12, 0usize..5).prop_map(|(object, body)| Edit::Append { object, body }),
    ]
}

fn apply(file: &mut Vec<u8>, edit: &Edit) {
    let size = file.len();
    match edit {
        Edit::Flip { at, bit } => file[at % size] ^= 1 << bit,
        Edit::Digit { at, digit } => {
            let digits: Vec<usize> = (0..size).filter(|at| file[*at].is_ascii_digit()).collect();
            file[digits[at % digits.len()]] = *digit;
        }
        Edit::Insert { at, bytes } => {
            file.splice(at % size..at % size, bytes.iter().copied());
        }
        Edit::Remove { at, length } => {
            let at = at % (size - length);
            file.drain(at..at + length);
        }
        Edit::Copy { from, length, to } => {
            let from = from % (size - length);
            let piece = file[from..from + length].to_vec();
            file.splice(to % size..to % size, piece);
        }
        // Only on a file whose end can still be read.
        Edit::Append { object, body } => {
            let readable = catch_unwind(|| super::files::start(file)).is_ok();
            if readable {
                *file = updated(file, &[(*object, BODIES[*body])], "");
            }
        }
    }
}

/// A file with one signature more, and what that one signed.
fn signed(key: &Ed25519KeyPair, file: &[u8], who: &str) -> (Vec<u8>, Vec<u8>) {
    let request = Request { reserved_bytes: 512, ..request(who, None) };
    let prepared = prepare(file, &request).unwrap();
    let message = prepared.to_be_signed();
    let mut value = vec![0x30, 66, 0x04, 64];
    value.extend_from_slice(key.sign(&message).as_ref());
    (prepared.finish(&value).unwrap(), message)
}

#[test]
fn no_mutant_verifies_with_other_bytes() {
    std::panic::set_hook(Box::new(|_| {}));
    let key = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    let public = UnparsedPublicKey::new(&aws_lc_rs::signature::ED25519, key.public_key().as_ref());
    let originals: Vec<(Vec<u8>, Vec<Vec<u8>>)> = both()
        .into_iter()
        .flat_map(|(_, file)| {
            let (one, first) = signed(&key, &file, "person");
            let kept = add(&one, &Store { crls: vec![vec![9; 40]], ..Store::default() }).unwrap();
            let (two, second) = signed(&key, &kept, "organisation");
            [(one, vec![first.clone()]), (two, vec![first, second])]
        })
        .collect();
    let counted = std::cell::RefCell::new([0usize; 3]);
    let mut runner =
        TestRunner::new(Config { cases: 10_000, failure_persistence: None, ..Config::default() });
    let edits = (0usize..4, proptest::collection::vec(edit(), 1..3));
    let done = runner.run(&edits, |(which, edits)| {
        let (original, messages) = &originals[which];
        let mut file = original.clone();
        edits.iter().for_each(|edit| apply(&mut file, edit));
        let Ok(read) = SignedFile::read(&file) else {
            counted.borrow_mut()[0] += 1;
            return Ok(());
        };
        for signature in &read.signatures {
            let covered = signature.message();
            let value = signature.contents.get(4..).unwrap_or_default();
            if public.verify(&covered, value).is_err() {
                counted.borrow_mut()[1] += 1;
                continue;
            }
            counted.borrow_mut()[2] += 1;
            prop_assert!(messages.contains(&covered));
            prop_assert_eq!(&file[..signature.covered[0].len()], signature.covered[0]);
            prop_assert!(signature.end == original.len() || signature.end < file.len());
            prop_assert_eq!(signature.covers_all, signature.end == file.len());
            let rest = file[signature.end..].iter().all(u8::is_ascii_whitespace);
            prop_assert_eq!(rest, signature.changes.level == Level::Nothing);
        }
        let named = read.refused.iter().all(|one| one.fault != SignatureFault::TooMany);
        prop_assert!(named);
        Ok(())
    });
    let _ = std::panic::take_hook();
    done.unwrap();
    let [refused, invalid, same] = counted.into_inner();
    println!("refused {refused}, invalid {invalid}, the same bytes {same}");
    assert!(refused > 0 && invalid > 0 && same > 0);
}

proptest! {
    #![proptest_config(Config { cases: 2_000, ..Config::default() })]

    #[test]
    fn any_bytes_end_in_an_answer(
        body in proptest::collection::vec(any::<u8>(), 0..400),
        at in 0usize..500,
    ) {
        let mut file = b"%PDF-1.7\n".to_vec();
        file.extend(&body);
        file.extend_from_slice(format!("\nstartxref\n{at}\n%%EOF").as_bytes());
        let _ = SignedFile::read(&file);
    }

    #[test]
    fn any_words_of_the_language_end_in_an_answer(
        words in proptest::collection::vec(
            prop::sample::select(vec![
                "<<", ">>", "[", "]", "/Type", "/XRef", "/Prev", "0", "1", "9", "R", "obj",
                "endobj", "stream\n", "endstream", "xref\n", "trailer", "(", ")", "<00>", "/W",
                "0 1\n0000000009 00000 n \n", "/Root 1 0 R", "/Size 5", "/ObjStm", "-1", "1.5",
            ]),
            0..60,
        ),
    ) {
        let mut file = b"%PDF-1.7\n".to_vec();
        file.extend_from_slice(words.join(" ").as_bytes());
        file.extend_from_slice(b"\nstartxref\n9\n%%EOF");
        let _ = SignedFile::read(&file);
    }
}
