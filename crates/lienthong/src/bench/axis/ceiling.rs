//! The ceiling: what the machine can do at all. The same requests are proved, hashed, read and
//! checked by the same code, and the same bytes are appended to a file; all that waits shares one
//! fsync. No HTTP, no rows, no audit, and no client beside it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Instant;

use anyhow::{Result, anyhow, ensure};
use platform::clock::Clock;
use wire::algorithm::PublicKey;
use wire::edxml::signature::{Verdict, judge};
use wire::edxml::{Limits, Reader};
use wire::pki::certificate::Certificate;
use wire::vxp::{Call, FileHash, MessageType, Request};
use wire::xml::signature::Signature;

use super::load::{Report, Sending, Waits};
use super::packets::{self, Mould};
use super::signer::Pen;
use crate::bench::process;

/// More than any disk takes at once.
const PIECE_BYTES: usize = 64 << 10;
/// What is made ready before: in this measurement nobody has to make packets.
const READY_BYTES_MAX: u64 = 1 << 30;

pub struct Ceiling;

/// Bytes to append, and whom to tell when they are on the disk.
struct Load {
    request: usize,
    done: SyncSender<()>,
}

impl Ceiling {
    /// Measures the packets of a sending with so many callers at a time.
    pub fn measure(file: &Path, sending: &Sending, callers: usize) -> Result<Report> {
        let mould = Mould::document(&sending.from, &sending.to, sending.size_bytes)?;
        let ready = (READY_BYTES_MAX / mould.size_bytes() as u64).clamp(1, sending.count);
        let pen = sending.pen()?;
        let make = |number| Asked::make(&mould, (sending, pen.as_ref()), number);
        let requests = (0..ready).map(make).collect::<Result<Vec<Asked>>>()?;
        let requests = requests.as_slice();
        let (loads, waiting) = sync_channel::<Load>(callers);
        let next = &AtomicU64::new(0);
        let (cpu_before_us, begun) = (process::cpu_us()?, Instant::now());
        let outcome: Result<()> = std::thread::scope(|scope| {
            let writer = scope.spawn(move || append(file, requests, &waiting));
            let callers: Vec<_> = (0..callers)
                .map(|_| {
                    let loads = loads.clone();
                    let secret = sending.by.secret.as_bytes();
                    scope.spawn(move || call((requests, secret), (next, sending.count), &loads))
                })
                .collect();
            drop(loads);
            for caller in callers {
                caller.join().map_err(|_| anyhow!("a caller panicked"))??;
            }
            writer.join().map_err(|_| anyhow!("the writer panicked"))?
        });
        outcome?;
        let seconds = begun.elapsed().as_secs_f64();
        let cpu_us = process::cpu_us()? - cpu_before_us;
        std::fs::remove_file(file)?;
        let done = Waits { n: sending.count, ..Waits::default() };
        let done = BTreeMap::from([("send".to_owned(), done)]);
        Ok(Report { seconds, cpu_us, done, ..Report::default() })
    }
}

/// A request as it would come in.
struct Asked {
    packet: Vec<u8>,
    headers: Vec<(String, String)>,
}

impl Asked {
    fn make(mould: &Mould, (sending, pen): (&Sending, Option<&Pen>), number: u64) -> Result<Asked> {
        let (packet, sha256) = packets::cast(mould, pen, number)?;
        let call = Call::send(MessageType::Edoc, &sending.from, &[], &sha256);
        let secret = sending.by.secret.as_bytes();
        let headers = call.headers(&sending.by.system, secret, Clock::System.now());
        Ok(Asked { packet, headers })
    }
}

fn call(
    (requests, secret): (&[Asked], &[u8]),
    (next, n): (&AtomicU64, u64),
    loads: &SyncSender<Load>,
) -> Result<()> {
    let (done, told) = sync_channel(1);
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= n {
            return Ok(());
        }
        let request = number as usize % requests.len();
        verify(&requests[request], secret)?;
        loads.send(Load { request, done: done.clone() })?;
        told.recv()?;
    }
}

/// As the axis does: the keyed hash over the headers, the hash of the file, every rule of reading,
/// the signature where there is one.
fn verify(asked: &Asked, secret: &[u8]) -> Result<()> {
    let named = asked.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let proved = Request::collect(named)?.prove(secret)?;
    let (mut hash, mut reader) = (FileHash::default(), Reader::new(Limits::default()));
    for piece in asked.packet.chunks(PIECE_BYTES) {
        hash.push(piece);
        let mut left = piece;
        while reader.next(&mut left)?.is_some() {}
    }
    let said = proved.get("hash-file").unwrap_or_default();
    ensure!(hash.matches(said).is_some(), "the hash of the file is wrong");
    let verdict = judge(&reader.finish()?, &key_of);
    ensure!(matches!(verdict, Verdict::Absent | Verdict::Valid(_)), "the signature is wrong");
    Ok(())
}

fn key_of(signature: &Signature) -> Option<PublicKey> {
    let certificate = Certificate::read(signature.key_info.certificates.first()?).ok()?;
    certificate.key.clone().ok()
}

/// Appends what waits, syncs once for all of it, tells everybody.
fn append(file: &Path, requests: &[Asked], waiting: &Receiver<Load>) -> Result<()> {
    let mut file = File::create(file)?;
    while let Ok(first) = waiting.recv() {
        let mut group = vec![first];
        group.extend(waiting.try_iter());
        for load in &group {
            file.write_all(&requests[load.request].packet)?;
        }
        file.sync_data()?;
        for load in group {
            load.done.send(())?;
        }
    }
    Ok(())
}
