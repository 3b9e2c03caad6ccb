//! How often one person may ask, by class of route (GCRA): who is signed in counts for themselves,
//! strangers by their network address, which many may share behind one operator.
//!
//! Each process counts for itself: this keeps a machine alive. Guesses at one account's password
//! are counted in the store, by the capability that knows accounts.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter};
use uuid::Uuid;

use super::limits::{ClassLimits, Limits};
use super::routes::Class;
use super::visit::network;

/// Whose measure a request is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Asker {
    Person(Uuid),
    Network(IpAddr),
}

impl Asker {
    pub fn new(subject: Option<Uuid>, address: IpAddr) -> Asker {
        subject.map_or_else(|| Asker::Network(network(address)), Asker::Person)
    }
}

pub(crate) struct Rates {
    clock: DefaultClock,
    page: DefaultKeyedRateLimiter<Asker>,
    form: DefaultKeyedRateLimiter<Asker>,
    attempt: DefaultKeyedRateLimiter<Asker>,
    upload: DefaultKeyedRateLimiter<Asker>,
    api: DefaultKeyedRateLimiter<Asker>,
    events: DefaultKeyedRateLimiter<Asker>,
    /// Of one network address, whoever is behind it: held before the store is asked anything.
    network: DefaultKeyedRateLimiter<IpAddr>,
}

impl Rates {
    pub fn new(limits: &Limits) -> Rates {
        Rates {
            clock: DefaultClock::default(),
            page: limiter(limits.page),
            form: limiter(limits.form),
            attempt: limiter(limits.attempt),
            upload: limiter(limits.upload),
            api: limiter(limits.api),
            events: limiter(limits.events),
            network: limiter(limits.network),
        }
    }

    /// `Err` says after how many seconds to come again.
    pub fn take(&self, class: Class, asker: Asker) -> Result<(), u32> {
        let Some(limiter) = self.of(class) else { return Ok(()) };
        limiter.check_key(&asker).map_err(|wait| self.seconds(&wait))
    }

    /// What may come from one network at all.
    pub fn take_network(&self, address: IpAddr) -> Result<(), u32> {
        let taken = self.network.check_key(&network(address));
        taken.map_err(|wait| self.seconds(&wait))
    }

    fn seconds(&self, wait: &NotUntil<<DefaultClock as Clock>::Instant>) -> u32 {
        let seconds = wait.wait_time_from(self.clock.now()).as_secs();
        u32::try_from(seconds).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Forgets addresses that have been quiet long enough to start afresh.
    pub fn clean(&self) {
        let all = [&self.page, &self.form, &self.attempt, &self.upload, &self.api, &self.events];
        for limiter in all {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        self.network.retain_recent();
        self.network.shrink_to_fit();
    }

    /// None: counted by the capability that knows them.
    fn of(&self, class: Class) -> Option<&DefaultKeyedRateLimiter<Asker>> {
        Some(match class {
            Class::Page => &self.page,
            Class::Form => &self.form,
            Class::Attempt => &self.attempt,
            Class::Upload => &self.upload,
            Class::Api => &self.api,
            Class::Events => &self.events,
            Class::Machine => return None,
        })
    }
}

fn limiter<K: Clone + Eq + Hash>(limits: ClassLimits) -> DefaultKeyedRateLimiter<K> {
    let at_least_one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::per_minute(at_least_one(limits.per_minute));
    RateLimiter::keyed(quota.allow_burst(at_least_one(limits.burst)))
}
