//! How much, how long, how often: every limit of the site in one place.

use std::time::Duration;

use super::routes::Class;
use super::secret::BearerToken;
use super::session::Lifetimes;

/// What the operator may choose. The defaults suit a commune and a country alike.
#[derive(Clone, Debug)]
pub struct Options {
    pub lifetimes: Lifetimes,
    pub limits: Limits,
    /// Opens `/metrics` to who does not ask from this machine.
    pub metrics_token: Option<BearerToken>,
}

impl Default for Options {
    fn default() -> Options {
        let lifetimes = Lifetimes { idle_minutes: 30, absolute_hours: 12 };
        Options { lifetimes, limits: Limits::default(), metrics_token: None }
    }
}

#[derive(Clone, Debug)]
pub struct Limits {
    /// All headers of a request together, with its address.
    pub header_bytes: usize,
    /// The same at the doors of machines, whose protocol writes thousands of recipients into one.
    pub machine_header_bytes: usize,
    /// From the first byte of a request, or from the opening of a connection, to the last header.
    pub header_seconds: u64,
    /// The longest pause inside a body.
    pub body_pause_seconds: u64,
    /// The longest time a caller may leave our answer unread.
    pub write_pause_seconds: u64,
    /// A connection on which nothing was asked is closed.
    pub idle_seconds: u64,
    pub connections: usize,
    /// From one network address; not held when a proxy is trusted, whose address all share.
    pub connections_per_address: usize,
    pub streams_per_connection: u32,
    /// How long running requests may last once the server was told to end.
    pub drain_seconds: u64,
    /// All requests from one network address that are not answered from kept pages.
    pub network: ClassLimits,
    pub page: ClassLimits,
    pub form: ClassLimits,
    pub attempt: ClassLimits,
    pub upload: ClassLimits,
    pub api: ClassLimits,
    pub events: ClassLimits,
    /// What a single packet may weigh is the capability's own question, and its sentence.
    pub machine: ClassLimits,
}

/// The limits of one class of routes.
#[derive(Clone, Copy, Debug)]
pub struct ClassLimits {
    pub body_bytes: u64,
    /// From the headers to the answer; `None`: as long as it lasts.
    pub handler_seconds: Option<u64>,
    /// For one person, or for one network address of strangers.
    pub per_minute: u32,
    /// So many at once before the pace counts.
    pub burst: u32,
}

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
const GIB: u64 = 1024 * MIB;

impl Default for Limits {
    fn default() -> Limits {
        let class = |body_bytes, handler_seconds, per_minute, burst| ClassLimits {
            body_bytes,
            handler_seconds,
            per_minute,
            burst,
        };
        Limits {
            header_bytes: 16 * 1024,
            machine_header_bytes: 256 * 1024,
            header_seconds: 10,
            body_pause_seconds: 20,
            write_pause_seconds: 60,
            idle_seconds: 75,
            connections: 10_000,
            // Operators of mobile networks put thousands of people behind one address.
            connections_per_address: 500,
            streams_per_connection: 100,
            drain_seconds: 25,
            network: class(0, None, 30_000, 3_000),
            page: class(4 * KIB, Some(15), 6_000, 600),
            form: class(MIB, Some(30), 600, 120),
            attempt: class(64 * KIB, Some(30), 60, 30),
            upload: class(128 * MIB, Some(30 * 60), 120, 30),
            api: class(4 * MIB, Some(30), 6_000, 600),
            events: class(4 * KIB, None, 60, 30),
            machine: class(8 * GIB, Some(2 * 60 * 60), u32::MAX, u32::MAX),
        }
    }
}

impl Limits {
    /// On a listener for machines alone. They name whom they write to in headers, and may name
    /// every commune of the country.
    pub(crate) fn for_machines(&self) -> Limits {
        Limits { connections: self.connections.min(2_000), ..self.clone() }
    }

    /// How long a head may be, at the door of a machine or elsewhere.
    pub(crate) fn head_bytes(&self, is_machine: bool) -> usize {
        match is_machine {
            true => self.machine_header_bytes.max(self.header_bytes),
            false => self.header_bytes,
        }
    }

    pub fn of(&self, class: Class) -> ClassLimits {
        match class {
            Class::Page => self.page,
            Class::Form => self.form,
            Class::Attempt => self.attempt,
            Class::Upload => self.upload,
            Class::Api => self.api,
            Class::Events => self.events,
            Class::Machine => self.machine,
        }
    }
}

impl ClassLimits {
    pub fn handler_time(&self) -> Option<Duration> {
        self.handler_seconds.map(Duration::from_secs)
    }
}
