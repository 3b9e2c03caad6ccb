//! What the operator decides, from one day to another.

/// In force at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// A request of the kit counts for so long after and before its time stamp: its clients stamp
    /// once when they start.
    pub replay_hours: i64,
    pub packet_bytes_max: u64,
}

/// The names in the table, and between which values each may lie.
pub const NAMES: [(&str, i64, i64); 2] =
    [("replay-hours", 1, 24 * 30), ("packet-bytes-max", 1 << 20, 4 << 30)];

impl Default for Settings {
    fn default() -> Settings {
        Settings { replay_hours: 24, packet_bytes_max: 1 << 30 }
    }
}

impl Settings {
    /// Unknown names and values out of bounds change nothing.
    pub fn with(mut self, name: &str, value: i64) -> Settings {
        let known = NAMES.iter().find(|(known, ..)| *known == name);
        let Some((name, ..)) = known.filter(|(_, least, most)| (*least..=*most).contains(&value))
        else {
            return self;
        };
        match *name {
            "replay-hours" => self.replay_hours = value,
            _ => self.packet_bytes_max = value.unsigned_abs(),
        }
        self
    }
}
