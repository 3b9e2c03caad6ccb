//! What capabilities put into the navigation.

use uuid::Uuid;

use crate::store::{StoreError, Tx};
use crate::words::Speech;

/// One place a capability brings. Officers see it in the left navigation, everybody else in the
/// line under the band.
#[derive(Clone, Copy, Debug)]
pub struct MenuItem {
    pub path: &'static str,
    /// The key of its words.
    pub word: &'static str,
    /// The right an officer needs, `""` when every officer sees it; or [`FOR_ANYONE`],
    /// [`FOR_CITIZENS`] for the public line.
    pub right: &'static str,
    /// How what waits there is counted.
    pub count: Option<Count>,
}

/// How a place of the navigation counts what waits there.
#[derive(Clone, Copy, Debug)]
pub enum Count {
    /// A figure, summed over the offices in which somebody holds the right of the place.
    OfOffices(&'static str),
    /// What waits for one person, by their account: never more than the limit that is handed in,
    /// for it is asked on every page.
    OfPerson(fn(&mut Tx, Uuid, i64) -> Result<i64, StoreError>),
}

/// In [`MenuItem::right`]: everybody sees it, signed in or not.
pub const FOR_ANYONE: &str = "@anyone";
/// In [`MenuItem::right`]: people and enterprises who signed in see it.
pub const FOR_CITIZENS: &str = "@citizens";

/// A line of an officer's navigation, decided for this officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuEntry {
    pub path: String,
    pub label: String,
    pub count: Option<Tally>,
}

/// What a count came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tally {
    Exactly(i64),
    MoreThan(i64),
}

impl Tally {
    const SHOWN_MAX: i64 = 99;
    /// What is asked on every page is counted no further: it costs the same however much that is.
    pub const ASKED_MAX: i64 = Tally::SHOWN_MAX + 1;

    /// Of a count that ended at [`Tally::ASKED_MAX`].
    pub fn bounded(count: i64) -> Tally {
        match count {
            few if few <= Tally::SHOWN_MAX => Tally::Exactly(few),
            _ => Tally::MoreThan(Tally::SHOWN_MAX),
        }
    }

    /// `7`, or `99+`.
    pub fn written(self, speech: &Speech) -> String {
        match self {
            Tally::Exactly(count) => speech.number(count),
            Tally::MoreThan(count) => format!("{}+", speech.number(count)),
        }
    }
}
