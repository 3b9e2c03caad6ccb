//! Identifiers and secrets are handed in: seeded ones make a test's snapshots stable.

use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand;
use uuid::Uuid;

use crate::clock::Clock;
use crate::hex::to_hex;

#[derive(Clone)]
pub struct Ids {
    clock: Clock,
    chance: Chance,
    last: Arc<Mutex<(u64, u16)>>,
}

#[derive(Clone)]
enum Chance {
    System,
    /// SHA-256 of seed and counter: for tests only, and stable on every machine.
    Seeded(u64, Arc<Mutex<u64>>),
}

impl Ids {
    pub fn system(clock: Clock) -> Ids {
        Ids { clock, chance: Chance::System, last: Arc::default() }
    }

    pub fn seeded(seed: u64, clock: Clock) -> Ids {
        Ids { clock, chance: Chance::Seeded(seed, Arc::default()), last: Arc::default() }
    }

    /// A UUIDv7. Those of one process rise: within a millisecond a 12-bit counter does it.
    pub fn next(&self) -> Uuid {
        let now_ms = self.clock.now().as_millisecond().max(0) as u64;
        let (ms, count) = self.rise(now_ms);
        let random: [u8; 8] = self.secret();
        let mut bytes = [0u8; 16];
        bytes[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
        bytes[6..8].copy_from_slice(&(0x7000 | count).to_be_bytes());
        bytes[8..].copy_from_slice(&random);
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        Uuid::from_bytes(bytes)
    }

    fn rise(&self, now_ms: u64) -> (u64, u16) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = match *last {
            (ms, _) if now_ms > ms => (now_ms, 0),
            (ms, count) if count < 0x0fff => (ms, count + 1),
            (ms, _) => (ms + 1, 0),
        };
        *last
    }

    /// Bytes nobody can guess (in a test: that nobody needs to).
    pub fn secret<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0u8; N];
        match &self.chance {
            Chance::System => {
                if rand::fill(&mut bytes).is_err() {
                    // Without chance nothing here is safe: better to end than to go on.
                    std::process::abort();
                }
            }
            Chance::Seeded(seed, counter) => {
                for piece in bytes.chunks_mut(32) {
                    let mut counter = counter.lock().unwrap_or_else(PoisonError::into_inner);
                    *counter += 1;
                    let input = [seed.to_be_bytes(), counter.to_be_bytes()].concat();
                    piece.copy_from_slice(&digest(&SHA256, &input).as_ref()[..piece.len()]);
                }
            }
        }
        bytes
    }

    /// 256 bits in 64 hexadecimal digits, for links and cookies.
    pub fn token(&self) -> String {
        let bytes: [u8; 32] = self.secret();
        to_hex(&bytes)
    }
}
