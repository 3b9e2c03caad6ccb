//! Letters by which the managing unit asks: those it signed, and paper that was seen. And when a
//! request is decided on such a letter only. Pure.
//!
//! Law: NĐ 68/2024/NĐ-CP

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use uuid::Uuid;

use crate::request::Kind;

/// A number and symbol is no longer: "123/UBND-VP".
pub const NUMBER_LETTERS_MAX: usize = 60;

/// What a letter asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum About {
    Issue,
    Renew,
    /// What the certificate says of its holder.
    Change,
    Recover,
    Suspend,
    Revoke,
}

/// What a letter belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    Request(Uuid),
    Certificate(Uuid),
}

record! {
    /// A letter that is there.
    #[derive(Debug, Clone)]
    pub struct Letter {
        pub id: Uuid,
        pub request: Option<Uuid>,
        pub certificate: Option<Uuid>,
        pub about: About,
        /// The unit that asks.
        pub unit: UnitId,
        pub unit_name: String,
        pub number: String,
        pub dated: Date,
        /// The signed PDF; none: paper, seen by whoever kept this.
        pub file: Option<Uuid>,
        pub sha256: Option<String>,
        pub signed_at: Option<Timestamp>,
        pub signer: Option<Uuid>,
        pub signer_name: Option<String>,
        /// Whoever sealed it; none: nobody did by hand.
        pub sealer: Option<Uuid>,
        pub kept_by: Option<Uuid>,
        pub kept_name: String,
        pub kept_at: Timestamp,
    }
}

record! {
    /// From a day on, whether requests to an authority need a letter.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct LetterRule {
        pub valid_from: Date,
        /// Of an authority for trying out.
        pub sandbox: bool,
        pub needed: bool,
    }
}

/// A letter on paper that whoever approves has in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub number: String,
    pub dated: Date,
}

/// What an approval still needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    Nothing,
    /// A letter with digital signatures.
    Letter,
    /// Paper: the unit has nothing to sign with yet.
    Paper,
}

impl Need {
    pub fn of(rule: bool, has_letter: bool, can_sign: bool) -> Need {
        match (rule && !has_letter, can_sign) {
            (false, _) => Need::Nothing,
            (true, true) => Need::Letter,
            (true, false) => Need::Paper,
        }
    }
}

impl Letter {
    pub fn is_signed(&self) -> bool {
        self.file.is_some()
    }

    /// Whoever put a hand to it does not decide upon it.
    pub fn is_by(&self, account: Uuid) -> bool {
        [self.signer, self.sealer].contains(&Some(account))
    }
}

impl Paper {
    /// None: it has no number, or one that is none.
    pub fn new(number: &str, dated: Date) -> Option<Paper> {
        is_number(number).then(|| Paper { number: number.trim().to_owned(), dated })
    }
}

/// Whether it can be a number and symbol.
pub fn is_number(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().count() <= NUMBER_LETTERS_MAX
}

impl Subject {
    /// The request and the certificate, as they are kept: one of them.
    pub(crate) fn columns(self) -> (Option<Uuid>, Option<Uuid>) {
        match self {
            Subject::Request(id) => (Some(id), None),
            Subject::Certificate(id) => (None, Some(id)),
        }
    }

    /// As the audit names it.
    pub fn object(self) -> String {
        match self {
            Subject::Request(id) => format!("request:{id}"),
            Subject::Certificate(id) => format!("certificate:{id}"),
        }
    }
}

impl About {
    pub const ALL: [About; 6] =
        [About::Issue, About::Renew, About::Change, About::Recover, About::Suspend, About::Revoke];

    pub fn code(self) -> &'static str {
        match self {
            About::Issue => "issue",
            About::Renew => "renew",
            About::Change => "change",
            About::Recover => "recover",
            About::Suspend => "suspend",
            About::Revoke => "revoke",
        }
    }

    pub fn parse(code: &str) -> Option<About> {
        About::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            About::Issue => "trust-letter-about-issue",
            About::Renew => "trust-letter-about-renew",
            About::Change => "trust-letter-about-change",
            About::Recover => "trust-letter-about-recover",
            About::Suspend => "trust-letter-about-suspend",
            About::Revoke => "trust-letter-about-revoke",
        }
    }
}

impl From<Kind> for About {
    fn from(kind: Kind) -> About {
        match kind {
            Kind::Issue => About::Issue,
            Kind::Renew => About::Renew,
            Kind::Recover => About::Recover,
        }
    }
}

impl ToArg for About {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for About {
    const EXPECTED: &'static str = "what a letter asks for";

    fn from_cell(cell: Cell<'_>) -> Option<About> {
        match cell {
            Cell::Text(code) => About::parse(code),
            _ => None,
        }
    }
}
