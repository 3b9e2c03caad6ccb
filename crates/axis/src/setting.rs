//! What the operator decides, from one day to another. Pure.

use jiff::Timestamp;
use platform::record;

/// In force at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// A request of the kit counts for so long after and before its time stamp: its clients stamp
    /// once when they start.
    pub replay_hours: i64,
    pub packet_bytes_max: u64,
}

/// One thing that is decided, in the unit in which it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// In the table and on the command line.
    pub name: &'static str,
    pub least: i64,
    pub most: i64,
    /// Where nobody has decided anything.
    pub usual: i64,
    /// On pages it is counted in this many of the units in which it is kept.
    pub counted_in: i64,
}

pub const ALL: [Setting; 2] = [
    // The services of agencies run for weeks with the stamp of their start. What is sent twice is
    // one packet all the same.
    Setting { name: "replay-hours", least: 1, most: 24 * 366, usual: 24 * 30, counted_in: 1 },
    Setting {
        name: "packet-bytes-max",
        least: 1 << 20,
        most: 4 << 30,
        usual: 1 << 30,
        counted_in: 1 << 20,
    },
];

record! {
    /// What somebody decided, and from when on it holds.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Decision {
        pub name: String,
        pub valid_from: Timestamp,
        pub value: i64,
        pub set_by: String,
        pub set_at: Timestamp,
    }
}

impl Default for Settings {
    fn default() -> Settings {
        let [replay, packet] = ALL.map(|one| one.usual);
        Settings { replay_hours: replay, packet_bytes_max: packet.unsigned_abs() }
    }
}

impl Settings {
    pub fn at(decisions: &[Decision], at: Timestamp) -> Settings {
        let [replay, packet] = ALL.map(|one| one.value(decisions, at));
        Settings { replay_hours: replay, packet_bytes_max: packet.unsigned_abs() }
    }
}

impl Setting {
    pub fn named(name: &str) -> Option<Setting> {
        ALL.into_iter().find(|one| one.name == name)
    }

    pub fn allows(&self, value: i64) -> bool {
        (self.least..=self.most).contains(&value)
    }

    /// What holds at a moment. Values that are out of bounds by now count for nothing.
    pub fn value(&self, decisions: &[Decision], at: Timestamp) -> i64 {
        self.in_force(decisions, at).map_or(self.usual, |one| one.value)
    }

    /// The youngest that has begun, and of two that begin together the one that was set last.
    pub fn in_force<'d>(&self, decisions: &'d [Decision], at: Timestamp) -> Option<&'d Decision> {
        let begun = self.decided(decisions).filter(|one| one.valid_from <= at);
        begun.max_by_key(|one| (one.valid_from, one.set_at))
    }

    /// What will hold, the next first. Who decides anew for the same moment takes the former back.
    pub fn coming<'d>(&self, decisions: &'d [Decision], at: Timestamp) -> Vec<&'d Decision> {
        let mut coming: Vec<_> =
            self.decided(decisions).filter(|one| one.valid_from > at).collect();
        coming.sort_by_key(|one| (one.valid_from, std::cmp::Reverse(one.set_at)));
        coming.dedup_by_key(|one| one.valid_from);
        coming
    }

    fn decided<'d>(&self, decisions: &'d [Decision]) -> impl Iterator<Item = &'d Decision> {
        let Setting { name, .. } = *self;
        let bounds = *self;
        decisions.iter().filter(move |one| one.name == name && bounds.allows(one.value))
    }
}
