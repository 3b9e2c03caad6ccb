//! How long signing and reading take: said (believe it from a release build), and not absurd.

use std::hint::black_box;
use std::time::Instant;

use super::files::{objects, stream, with_streams, with_table};
use super::others::RESULT;
use super::tools::{dummy, request};
use crate::algorithm::Digest;
use crate::pdf::SignedFile;
use crate::pdf::sign::prepare;

fn microseconds(times: u32, mut act: impl FnMut()) -> f64 {
    let start = Instant::now();
    (0..times).for_each(|_| act());
    start.elapsed().as_secs_f64() * 1e6 / f64::from(times)
}

#[test]
fn signing_and_reading_are_quick() {
    let mut parts = objects();
    parts[3] = stream(&"BT (Quyet dinh) Tj ET\n".repeat(27 * 1_024 / 22));
    let files = [
        ("28 KB, table", with_table(&parts)),
        ("28 KB, streams", with_streams(&parts)),
        ("51 KB of the press", RESULT.to_vec()),
    ];
    let times = if cfg!(debug_assertions) { 20 } else { 2_000 };
    for (name, file) in files {
        let value = [0x30, 0x01, 0x00];
        let sign = microseconds(times, || {
            let prepared = prepare(&file, &request("person", None)).unwrap();
            black_box(prepared.digest(Digest::Sha256));
            black_box(prepared.finish(&value).unwrap());
        });
        let one = dummy(&file, "person");
        let two = dummy(&one, "organisation");
        let read = |file: &[u8]| {
            let read = SignedFile::read(file).unwrap();
            for signature in &read.signatures {
                black_box(signature.digest(Digest::Sha256));
            }
        };
        let single = microseconds(times, || read(&one));
        let double = microseconds(times, || read(&two));
        println!(
            "{name}: prepare, digest and finish {sign:.0} µs; read, changes and digest \
             {single:.0} µs, with two signatures {double:.0} µs"
        );
        assert!(sign < 1e6 && single < 1e6 && double < 1e6, "{name}: a second and more");
    }
}
