//! A link: another axis that this installation polls and feeds, and what is decided about it by
//! rule: which codes go there, what they are called there, when it is asked again. Pure.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6, art. 12

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use organisations::Code;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use platform::vault::Place;
use uuid::Uuid;

/// Tries of one packet before a person looks at it.
pub const TRIES_MAX: i64 = 5;
const PAUSE_FIRST: SignedDuration = SignedDuration::from_secs(30);
/// An axis that does not answer is asked at least this often.
const SILENCE_MAX: SignedDuration = SignedDuration::from_mins(15);
pub const NAME_LETTERS_MAX: usize = 200;

/// How the other axis stood when it was last asked. A wrong secret and a silence are mended by
/// different people, and neither is "nothing has come in".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Health {
    Untried,
    Well,
    Unreachable,
    WrongSecret,
    /// It answered, and not what an axis answers.
    Nonsense,
    /// It answered that it will not, or cannot now.
    Refusing,
}

record! {
    #[derive(Debug, Clone)]
    pub struct Link {
        pub id: Uuid,
        pub name: String,
        pub address: String,
        pub system_id: String,
        /// Sealed by the vault.
        pub secret: Vec<u8>,
        pub every_seconds: i64,
        pub made_by: Option<Uuid>,
        pub made_name: String,
        pub made_at: Timestamp,
        pub ended_at: Option<Timestamp>,
        pub health: Health,
        pub health_since: Timestamp,
        pub health_detail: String,
        pub failures: i64,
        pub asked_at: Option<Timestamp>,
        pub next_at: Timestamp,
        pub agencies_at: Option<Timestamp>,
    }
}

record! {
    /// One agency's two names.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct CodePair {
        pub id: Uuid,
        pub link: Uuid,
        pub ours: String,
        pub theirs: String,
        pub valid_from: Date,
        /// Its last day. None: no end is known.
        pub valid_to: Option<Date>,
    }
}

record! {
    /// Codes that go to a link.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Cover {
        /// Empty: everything that goes nowhere else.
        pub prefix: String,
        pub link: Uuid,
        pub valid_from: Date,
        /// Its last day. None: no end is known.
        pub valid_to: Option<Date>,
    }
}

/// The names of one link on one day.
#[derive(Debug, Clone, Default)]
pub struct CodeMap(Vec<CodePair>);

/// Where the secret of a link opens, and nowhere else.
pub fn sealed_at(link: &Uuid) -> Place<'_> {
    Place { table: "axis_link", column: "secret", row: link.as_bytes() }
}

/// The link that an agency goes to on a day, by any of its codes: the narrowest that covers one of
/// them, else the one for everything else.
pub fn covering(covers: &[Cover], codes: &[&str], on: Date) -> Option<Uuid> {
    let is_covered = |prefix: &str| codes.iter().any(|code| is_below(code, prefix));
    let in_force = || covers.iter().filter(|cover| cover.is_in_force(on));
    let narrowest = in_force()
        .filter(|cover| !cover.prefix.is_empty() && is_covered(&cover.prefix))
        .max_by_key(|cover| cover.prefix.len());
    let rest = || in_force().find(|cover| cover.prefix.is_empty());
    narrowest.or_else(rest).map(|cover| cover.link)
}

/// Is a code this one or below it? Of an old code only level 1 is certain.
fn is_below(code: &str, prefix: &str) -> bool {
    let (Ok(code), Ok(prefix)) = (Code::receive(code), Code::receive(prefix)) else { return false };
    let is_root = prefix.depth() == Some(1);
    code.is_within(&prefix) || (is_root && code.level_one() == prefix.level_one())
}

/// Until a packet is tried again after this many tries; None: it is for a person now.
pub fn pause_after(tries: i64) -> Option<SignedDuration> {
    let doublings = u32::try_from(tries.checked_sub(1)?).ok()?;
    (tries < TRIES_MAX).then(|| PAUSE_FIRST * 2_i32.pow(doublings))
}

impl Link {
    /// When the next round begins after one that ended well.
    pub fn pause(&self) -> SignedDuration {
        SignedDuration::from_secs(self.every_seconds)
    }

    /// When it is asked again after so many failures in a row.
    pub fn pause_after_failures(&self, failures: i64) -> SignedDuration {
        let doublings = u32::try_from(failures.clamp(0, 16)).unwrap_or(0);
        let seconds = self.every_seconds.saturating_mul(1 << doublings);
        SignedDuration::from_secs(seconds).min(SILENCE_MAX.max(self.pause()))
    }

    pub fn is_in_use(&self) -> bool {
        self.ended_at.is_none()
    }

    /// The key of how it stands in the words.
    pub fn state_word(&self) -> &'static str {
        if self.is_in_use() { self.health.word() } else { "axis-link-ended" }
    }

    /// Long enough in trouble that somebody should look.
    pub fn needs_a_person(&self) -> bool {
        self.health == Health::WrongSecret || self.failures >= TRIES_MAX
    }
}

/// The first day, and the last where one is known.
pub type Days = (Date, Option<Date>);

fn is_among(on: Date, (first, last): Days) -> bool {
    first <= on && last.is_none_or(|last| on <= last)
}

/// Have two spans a day in common?
pub fn meet(one: Days, other: Days) -> bool {
    one.1.is_none_or(|last| other.0 <= last) && other.1.is_none_or(|last| one.0 <= last)
}

impl CodePair {
    pub fn days(&self) -> Days {
        (self.valid_from, self.valid_to)
    }

    pub fn is_in_force(&self, on: Date) -> bool {
        is_among(on, self.days())
    }
}

impl Cover {
    pub fn days(&self) -> Days {
        (self.valid_from, self.valid_to)
    }

    pub fn is_in_force(&self, on: Date) -> bool {
        is_among(on, self.days())
    }
}

impl CodeMap {
    pub fn on(pairs: Vec<CodePair>, day: Date) -> CodeMap {
        CodeMap(pairs.into_iter().filter(|pair| pair.is_in_force(day)).collect())
    }

    /// What the other axis calls an agency of ours: the same where nothing else was agreed.
    pub fn theirs<'a>(&'a self, ours: &'a str) -> &'a str {
        let found = self.0.iter().find(|pair| same(&pair.ours, ours));
        found.map_or(ours, |pair| &pair.theirs)
    }

    pub fn ours<'a>(&'a self, theirs: &'a str) -> &'a str {
        let found = self.0.iter().find(|pair| same(&pair.theirs, theirs));
        found.map_or(theirs, |pair| &pair.ours)
    }
}

fn same(one: &str, other: &str) -> bool {
    let key = |text: &str| Code::receive(text).map(|code| code.key());
    matches!((key(one), key(other)), (Ok(one), Ok(other)) if one == other)
}

impl Health {
    pub const ALL: [Health; 6] = [
        Health::Untried,
        Health::Well,
        Health::Unreachable,
        Health::WrongSecret,
        Health::Nonsense,
        Health::Refusing,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Health::Untried => "untried",
            Health::Well => "well",
            Health::Unreachable => "unreachable",
            Health::WrongSecret => "wrong-secret",
            Health::Nonsense => "nonsense",
            Health::Refusing => "refusing",
        }
    }

    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            Health::Untried => "axis-link-health-untried",
            Health::Well => "axis-link-health-well",
            Health::Unreachable => "axis-link-health-unreachable",
            Health::WrongSecret => "axis-link-health-wrong-secret",
            Health::Nonsense => "axis-link-health-nonsense",
            Health::Refusing => "axis-link-health-refusing",
        }
    }
}

impl ToArg for Health {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for Health {
    const EXPECTED: &'static str = "a health of a link";

    fn from_cell(cell: Cell<'_>) -> Option<Health> {
        let Cell::Text(code) = cell else { return None };
        Health::ALL.into_iter().find(|one| one.code() == code)
    }
}
