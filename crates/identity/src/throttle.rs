//! How long to wait after wrong attempts. The wait grows and is forgotten; it never becomes a lock
//! that a stranger could keep shut: a browser that has signed in before is counted by itself.
//!
//! Law: TT 12/2022/TT-BTTTT art. 9

use jiff::{SignedDuration, Timestamp};

/// One rule of growth.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// So many failures cost nothing.
    pub free: i64,
    pub first: SignedDuration,
    pub longest: SignedDuration,
    /// Quiet for so long, and all is forgotten.
    pub memory: SignedDuration,
}

/// Attempts on one account from browsers it does not know, and on names nobody has.
pub const ACCOUNT: Rule = Rule {
    free: 4,
    first: SignedDuration::from_secs(30),
    longest: SignedDuration::from_mins(15),
    memory: SignedDuration::from_hours(24),
};

/// A browser that has signed in to this account before.
pub const KNOWN_BROWSER: Rule = Rule { free: 9, ..ACCOUNT };

/// All attempts from one network address; a whole office or a mobile network may share one.
pub const ADDRESS: Rule = Rule {
    free: 29,
    first: SignedDuration::from_secs(15),
    longest: SignedDuration::from_mins(10),
    memory: SignedDuration::from_hours(1),
};

/// Messages to one phone or mailbox: each costs money and peace.
pub const MESSAGES_TO_CONTACT: Rule = Rule {
    free: 3,
    first: SignedDuration::from_mins(10),
    longest: SignedDuration::from_hours(6),
    memory: SignedDuration::from_hours(24),
};

/// Messages caused by one network address.
pub const MESSAGES_FROM_ADDRESS: Rule = Rule {
    free: 20,
    first: SignedDuration::from_mins(1),
    longest: SignedDuration::from_hours(1),
    memory: SignedDuration::from_hours(6),
};

/// What is remembered under one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    pub failures: i64,
    pub last_at: Timestamp,
}

impl Rule {
    /// Until when the next attempt has to wait; `None` when it may come now.
    pub fn closed_until(&self, memory: Option<Memory>, now: Timestamp) -> Option<Timestamp> {
        let memory = memory.filter(|memory| !self.is_forgotten(*memory, now))?;
        let wait = self.wait(memory.failures);
        let until = memory.last_at.checked_add(wait).ok()?;
        (wait > SignedDuration::ZERO && until > now).then_some(until)
    }

    /// The count after one more failure.
    pub fn after_failure(&self, memory: Option<Memory>, now: Timestamp) -> Memory {
        let before = memory.filter(|memory| !self.is_forgotten(*memory, now));
        Memory { failures: before.map_or(0, |memory| memory.failures) + 1, last_at: now }
    }

    /// Nothing for the free ones, then doubling: 30 s, 1 min, 2 min … up to the longest.
    pub fn wait(&self, failures: i64) -> SignedDuration {
        let over = failures - self.free;
        if over <= 0 {
            return SignedDuration::ZERO;
        }
        let doubled = self.first.as_secs().saturating_mul(1 << (over - 1).min(20));
        SignedDuration::from_secs(doubled).min(self.longest)
    }

    fn is_forgotten(&self, memory: Memory, now: Timestamp) -> bool {
        now.duration_since(memory.last_at) >= self.memory
    }
}
