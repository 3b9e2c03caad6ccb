//! How many lines may be open, in all and to one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use metrics::{Counter, Gauge};

use super::limits::Limits;
use super::metrics::Counters;
use super::visit::network;

pub(crate) struct Connections {
    all_max: usize,
    per_address_max: usize,
    /// Behind a proxy all callers have its address: then only the whole counts.
    by_address: bool,
    open: Arc<Mutex<Open>>,
    gauge: Gauge,
    refused: Counter,
}

#[derive(Default)]
struct Open {
    all: usize,
    at: HashMap<IpAddr, usize>,
}

/// A line that is open; dropped, it is free again.
pub(crate) struct Place {
    open: Arc<Mutex<Open>>,
    address: IpAddr,
    gauge: Gauge,
}

impl Connections {
    pub fn new(limits: &Limits, trusts_proxy: bool, counters: &Counters) -> Connections {
        Connections {
            all_max: limits.connections,
            per_address_max: limits.connections_per_address,
            by_address: !trusts_proxy,
            open: Arc::default(),
            gauge: counters.connections.clone(),
            refused: counters.refused_connections.clone(),
        }
    }

    /// `None` when there are too many already.
    pub fn take(&self, peer: IpAddr) -> Option<Place> {
        let address = network(peer);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let here = open.at.get(&address).copied().unwrap_or_default();
        if open.all >= self.all_max || (self.by_address && here >= self.per_address_max) {
            self.refused.increment(1);
            return None;
        }
        open.all += 1;
        open.at.insert(address, here + 1);
        self.gauge.increment(1.0);
        Some(Place { open: self.open.clone(), address, gauge: self.gauge.clone() })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.all = open.all.saturating_sub(1);
        let left = open.at.get(&self.address).copied().unwrap_or_default().saturating_sub(1);
        match left {
            0 => open.at.remove(&self.address),
            left => open.at.insert(self.address, left),
        };
        self.gauge.decrement(1.0);
    }
}
