//! Time is handed in, so that a test can live on any day it needs.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Vietnam keeps UTC+7 the whole year, since 1975.
pub const VIETNAM: TimeZone = TimeZone::fixed(jiff::tz::offset(7));

#[derive(Clone, Debug)]
pub enum Clock {
    System,
    /// Stands still until it is moved. Shared by all its clones.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    pub fn fixed(at: Timestamp) -> Clock {
        Clock::Fixed(Arc::new(AtomicI64::new(at.as_microsecond())))
    }

    /// The present, cut to whole microseconds: what the store keeps is what was read.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the time")]
    pub fn now(&self) -> Timestamp {
        let micros = match self {
            Clock::System => Timestamp::now().as_microsecond(),
            Clock::Fixed(at) => at.load(Ordering::SeqCst),
        };
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Moves a fixed clock; the system's clock cannot be moved and stays.
    pub fn advance(&self, by: SignedDuration) {
        if let Clock::Fixed(at) = self {
            at.fetch_add(by.as_micros() as i64, Ordering::SeqCst);
        }
    }

    pub fn set(&self, to: Timestamp) {
        if let Clock::Fixed(at) = self {
            at.store(to.as_microsecond(), Ordering::SeqCst);
        }
    }
}

/// Date and time on the wall in Vietnam.
pub fn local(at: Timestamp) -> DateTime {
    VIETNAM.to_datetime(at)
}

/// The instant at which a wall in Vietnam shows `at`.
pub fn instant(at: DateTime) -> Timestamp {
    VIETNAM.to_timestamp(at).unwrap_or(Timestamp::UNIX_EPOCH)
}
