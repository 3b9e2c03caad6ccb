//! A delegation: signing in another's place, from one day to another, for named kinds of papers.
//! Pure.
//!
//! | kind | who gives | who takes | above the signature |
//! |---|---|---|---|
//! | KT. | the head | a deputy | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH |
//! | TL. | the head | the head of a part of the agency | TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG |
//! | TUQ. | the head | the head of a part, in writing, for a time | TUQ. CHỦ TỊCH / CHÁNH VĂN PHÒNG |
//!
//! What was delegated is not delegated again, with the one exception of the decree: whoever signs
//! by order (TL.) may let a deputy of theirs sign for them (TL. / KT.).
//!
//! Law: NĐ 30/2020/NĐ-CP art. 13
//! Law: NĐ 30/2020/NĐ-CP app. I

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use uuid::Uuid;

use crate::submission::Scope;

/// A line above a signature is no longer than this.
pub const TITLE_LETTERS_MAX: usize = 100;
/// What the delegation is limited to, and the paper it rests on.
pub const TEXT_LETTERS_MAX: usize = 500;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Ký thay: a deputy for the head.
    Deputy,
    /// Ký thừa lệnh: the head of a part of the agency, by order.
    Order,
    /// Ký thừa ủy quyền: by a written authorisation, for a time and a matter.
    Authorisation,
}

record! {
    #[derive(Debug, Clone)]
    pub struct Delegation {
        pub id: Uuid,
        pub kind: Kind,
        /// Whose papers.
        pub unit: UnitId,
        pub giver: Uuid,
        pub giver_name: String,
        /// "Chủ tịch".
        pub giver_title: String,
        pub taker: Uuid,
        pub taker_name: String,
        /// "Chánh Văn phòng".
        pub taker_title: String,
        /// Which kinds of papers, their codes divided by blanks.
        pub scopes: String,
        /// To what it is limited, in words.
        pub matter: Option<String>,
        /// The paper by which it was given.
        pub ground: String,
        /// The delegation by order that this one hands on to a deputy.
        pub under: Option<Uuid>,
        pub valid_from: Date,
        /// Its last day. None: no end is known.
        pub valid_to: Option<Date>,
        pub made_at: Timestamp,
        /// Ended before its time.
        pub ended_at: Option<Timestamp>,
        pub ended_by: Option<Uuid>,
        pub ended_name: Option<String>,
    }
}

/// How it stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    NotYet,
    InForce,
    Over,
    EndedEarly,
}

/// What a form gives.
#[derive(Debug, Clone)]
pub struct Draft {
    pub kind: Option<Kind>,
    pub unit: UnitId,
    pub giver_title: String,
    /// The name by which whoever takes it signs in.
    pub taker_login: String,
    pub taker_title: String,
    pub scopes: Vec<Scope>,
    pub matter: String,
    pub ground: String,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("nobody said in which way the other signs")]
    KindMissing,
    #[error("a title is missing or too long")]
    GiverTitle,
    #[error("the title of whoever takes it is missing or too long")]
    TakerTitle,
    #[error("no officer of this agency signs in with this name")]
    NoSuchOfficer,
    #[error("nobody delegates to themselves")]
    ToOneself,
    #[error("what was delegated is not delegated again")]
    Further,
    #[error("whoever signs by order lets a deputy sign within the same time and papers")]
    BeyondOrder,
    #[error("no kind of paper was chosen")]
    ScopeMissing,
    #[error("a written authorisation is limited to a matter")]
    MatterMissing,
    #[error("the matter or the ground is too long")]
    TooLong,
    #[error("the paper by which it was given is not named")]
    GroundMissing,
    #[error("a written authorisation has a last day")]
    EndMissing,
    #[error("the last day lies before the first")]
    DatesReversed,
    #[error("a delegation does not begin in the past")]
    InThePast,
    #[error("the same officer signs these papers by another delegation in this time")]
    Overlaps,
    #[error("it is over already")]
    Over,
}

impl Draft {
    /// What can be seen from the form alone.
    pub fn check(&self, today: Date) -> Result<Kind, Fault> {
        let kind = self.kind.ok_or(Fault::KindMissing)?;
        let is_title = |text: &str| {
            let letters = text.trim().chars().count();
            letters > 0 && letters <= TITLE_LETTERS_MAX && !text.contains('\n')
        };
        let too_long = |text: &str| text.chars().count() > TEXT_LETTERS_MAX;
        match () {
            () if !is_title(&self.giver_title) => Err(Fault::GiverTitle),
            () if !is_title(&self.taker_title) => Err(Fault::TakerTitle),
            () if self.scopes.is_empty() => Err(Fault::ScopeMissing),
            () if too_long(&self.matter) || too_long(&self.ground) => Err(Fault::TooLong),
            () if self.ground.trim().is_empty() => Err(Fault::GroundMissing),
            () if self.valid_from < today => Err(Fault::InThePast),
            () if self.valid_to.is_some_and(|last| last < self.valid_from) => {
                Err(Fault::DatesReversed)
            }
            // In writing, limited in time and matter: article 13 section 3.
            () if kind == Kind::Authorisation && self.matter.trim().is_empty() => {
                Err(Fault::MatterMissing)
            }
            () if kind == Kind::Authorisation && self.valid_to.is_none() => Err(Fault::EndMissing),
            () => Ok(kind),
        }
    }
}

impl Delegation {
    pub fn standing(&self, on: Date) -> Standing {
        match () {
            () if self.ended_at.is_some() => Standing::EndedEarly,
            () if on < self.valid_from => Standing::NotYet,
            () if self.valid_to.is_some_and(|last| last < on) => Standing::Over,
            () => Standing::InForce,
        }
    }

    pub fn covers(&self, scope: Scope) -> bool {
        self.scopes.split(' ').any(|code| code == scope.code())
    }

    pub fn scopes(&self) -> impl Iterator<Item = Scope> {
        self.scopes.split(' ').filter_map(Scope::parse)
    }

    /// Whether any day and any kind of paper is in both.
    pub fn overlaps(&self, other: &Delegation) -> bool {
        let begins_after = |one: &Delegation, two: &Delegation| {
            two.valid_to.is_some_and(|last| last < one.valid_from)
        };
        let apart = begins_after(self, other) || begins_after(other, self);
        !apart && self.scopes().any(|scope| other.covers(scope))
    }

    /// Whether every day and every kind of paper of this one is in the other too.
    pub fn is_inside(&self, other: &Delegation) -> bool {
        let ends_inside = match (self.valid_to, other.valid_to) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(own), Some(others)) => own <= others,
        };
        other.valid_from <= self.valid_from
            && ends_inside
            && self.scopes().all(|scope| other.covers(scope))
    }

    /// What is printed above the signature. `under` is the delegation by order that it hands on;
    /// `own` is how the head signs, whose "TM. ỦY BAN NHÂN DÂN" a deputy keeps: both sign for the
    /// collective.
    pub fn lines(&self, own: &str, under: Option<&Delegation>) -> Vec<String> {
        let said = |kind: Kind, title: &str| format!("{} {}", kind.mark(), title.to_uppercase());
        let first = own.lines().next().unwrap_or_default();
        let for_all = (self.kind == Kind::Deputy && under.is_none() && first.starts_with("TM."))
            .then(|| first.to_uppercase());
        let above = under.map(|order| said(order.kind, &order.giver_title));
        let own = [said(self.kind, &self.giver_title), self.taker_title.to_uppercase()];
        for_all.into_iter().chain(above).chain(own).collect()
    }
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Deputy, Kind::Order, Kind::Authorisation];

    pub fn code(self) -> &'static str {
        match self {
            Kind::Deputy => "deputy",
            Kind::Order => "order",
            Kind::Authorisation => "authorisation",
        }
    }

    pub fn parse(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As the decree has it written before the title.
    pub fn mark(self) -> &'static str {
        match self {
            Kind::Deputy => "KT.",
            Kind::Order => "TL.",
            Kind::Authorisation => "TUQ.",
        }
    }

    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Deputy => "signing-delegation-kind-deputy",
            Kind::Order => "signing-delegation-kind-order",
            Kind::Authorisation => "signing-delegation-kind-authorisation",
        }
    }

    /// The key of the sentence that says when it is used.
    pub fn hint(self) -> &'static str {
        match self {
            Kind::Deputy => "signing-delegation-hint-deputy",
            Kind::Order => "signing-delegation-hint-order",
            Kind::Authorisation => "signing-delegation-hint-authorisation",
        }
    }
}

impl Standing {
    pub fn word(self) -> &'static str {
        match self {
            Standing::NotYet => "signing-delegation-not-yet",
            Standing::InForce => "signing-delegation-in-force",
            Standing::Over => "signing-delegation-over",
            Standing::EndedEarly => "signing-delegation-ended",
        }
    }
}

impl Fault {
    /// The key of its sentence.
    pub fn word(self) -> &'static str {
        match self {
            Fault::KindMissing => "signing-delegation-refusal-kind-missing",
            Fault::GiverTitle | Fault::TakerTitle => "signing-delegation-refusal-title",
            Fault::NoSuchOfficer => "signing-delegation-refusal-no-such-officer",
            Fault::ToOneself => "signing-delegation-refusal-to-oneself",
            Fault::Further => "signing-delegation-refusal-further",
            Fault::BeyondOrder => "signing-delegation-refusal-beyond-order",
            Fault::ScopeMissing => "signing-delegation-refusal-scope-missing",
            Fault::MatterMissing => "signing-delegation-refusal-matter-missing",
            Fault::TooLong => "signing-delegation-refusal-too-long",
            Fault::GroundMissing => "signing-delegation-refusal-ground-missing",
            Fault::EndMissing => "signing-delegation-refusal-end-missing",
            Fault::DatesReversed => "signing-delegation-refusal-dates-reversed",
            Fault::InThePast => "signing-delegation-refusal-in-the-past",
            Fault::Overlaps => "signing-delegation-refusal-overlaps",
            Fault::Over => "signing-delegation-refusal-over",
        }
    }

    /// Under which field of the form it stands.
    pub fn field(self) -> &'static str {
        match self {
            Fault::KindMissing | Fault::Further => "kind",
            Fault::GiverTitle => "giver_title",
            Fault::TakerTitle => "taker_title",
            Fault::NoSuchOfficer | Fault::ToOneself | Fault::Overlaps => "login",
            Fault::ScopeMissing => "scopes",
            Fault::MatterMissing | Fault::TooLong => "matter",
            Fault::GroundMissing => "ground",
            Fault::EndMissing | Fault::DatesReversed | Fault::BeyondOrder => "to",
            Fault::InThePast => "from",
            Fault::Over => "",
        }
    }
}

impl ToArg for Kind {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for Kind {
    const EXPECTED: &'static str = "a kind of delegation";

    fn from_cell(cell: Cell<'_>) -> Option<Kind> {
        match cell {
            Cell::Text(code) => Kind::parse(code),
            _ => None,
        }
    }
}
