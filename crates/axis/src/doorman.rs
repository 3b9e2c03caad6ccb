//! How long to wait after proofs that were wrong. Counted for one system at one network address,
//! so that nobody shuts out a system from elsewhere, and for all that an address tries.
//!
//! Each process counts for itself, in memory: a guess costs the store nothing.
//!
//! Law: TT 12/2022/TT-BTTTT art. 9

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// More than any honest installation sees; at that many the quietest are forgotten.
const REMEMBERED_MAX: usize = 20_000;

#[derive(Debug, Clone, Copy)]
struct Rule {
    /// So many failures cost nothing.
    free: u32,
    longest: SignedDuration,
    /// Quiet for so long, and all is forgotten.
    memory: SignedDuration,
}

const PAIR: Rule =
    Rule { free: 9, longest: SignedDuration::from_mins(5), memory: SignedDuration::from_hours(1) };
const ADDRESS: Rule =
    Rule { free: 99, longest: SignedDuration::from_mins(1), memory: SignedDuration::from_hours(1) };

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Pair(IpAddr, String),
    Address(IpAddr),
}

#[derive(Debug, Clone, Copy)]
struct Memory {
    failures: u32,
    last_at: Timestamp,
}

/// Who failed, and how often.
#[derive(Debug, Default)]
pub(crate) struct Doorman(Mutex<HashMap<Key, Memory>>);

impl Doorman {
    /// How many seconds this caller has to wait; none when it may try now.
    pub fn wait_seconds(&self, address: IpAddr, system: &str, now: Timestamp) -> Option<i64> {
        let known = self.known();
        let left = keys(address, system).into_iter().filter_map(|(key, rule)| {
            let memory = known.get(&key)?;
            let until = memory.last_at.checked_add(rule.wait(memory.failures)).ok()?;
            Some(until.duration_since(now).as_millis()).filter(|left| *left > 0)
        });
        let longest = left.max()?;
        i64::try_from(longest).ok().map(|left| (left + 999) / 1000)
    }

    /// One more wrong proof.
    pub fn failed(&self, address: IpAddr, system: &str, now: Timestamp) {
        let mut known = self.known();
        for (key, rule) in keys(address, system) {
            let before = known.get(&key).filter(|one| !rule.is_forgotten(one, now));
            let failures = before.map_or(0, |one| one.failures).saturating_add(1);
            if known.len() >= REMEMBERED_MAX {
                forget_the_quietest(&mut known);
            }
            known.insert(key, Memory { failures, last_at: now });
        }
    }

    /// A right proof: the slips of this system at this address are forgotten, the address's others
    /// are not.
    pub fn passed(&self, address: IpAddr, system: &str) {
        let mut known = self.known();
        if !known.is_empty() {
            known.remove(&Key::Pair(network(address), system.to_owned()));
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Key, Memory>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rule {
    /// Nothing for the free ones, then 1 s, 2 s, 4 s … up to the longest.
    fn wait(self, failures: u32) -> SignedDuration {
        let over = failures.saturating_sub(self.free);
        match over {
            0 => SignedDuration::ZERO,
            over => SignedDuration::from_secs(1 << (over - 1).min(20)).min(self.longest),
        }
    }

    fn is_forgotten(self, memory: &Memory, now: Timestamp) -> bool {
        now.duration_since(memory.last_at) >= self.memory
    }
}

fn keys(address: IpAddr, system: &str) -> [(Key, Rule); 2] {
    let network = network(address);
    [(Key::Pair(network, system.to_owned()), PAIR), (Key::Address(network), ADDRESS)]
}

/// Of IPv6 only the network counts: a caller has all the rest to itself.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from(u128::from(six) & (u128::MAX << 64))),
        four => four,
    }
}

/// Makes room for a tenth.
fn forget_the_quietest(known: &mut HashMap<Key, Memory>) {
    let mut times: Vec<Timestamp> = known.values().map(|memory| memory.last_at).collect();
    let (_, limit, _) = times.select_nth_unstable(REMEMBERED_MAX / 10);
    let limit = *limit;
    known.retain(|_, memory| memory.last_at > limit);
}
