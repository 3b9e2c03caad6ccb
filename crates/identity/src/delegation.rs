//! Acting for someone else: for a child or a person in one's care, for an enterprise, for whoever
//! gave a mandate. Each with a ground, a scope, dates, and how it was proved.
//!
//! Law: Bộ luật Dân sự 91/2015/QH13 art. 134, art. 135, art. 136, art. 137, art. 138, art. 140
//! Law: NĐ 69/2024/NĐ-CP art. 7

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::AccountId;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DelegationId(pub Uuid);

/// Why someone may act for another (căn cứ đại diện).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ground {
    /// Father or mother of a child under eighteen.
    Parent,
    /// Guardian of a person in care.
    Guardian,
    /// Representative of an enterprise by law.
    Representative,
    /// Given a mandate by the person, or by the representative of the enterprise.
    Authorised,
}

/// How far it goes (phạm vi).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Submit, supplement, withdraw, pay, receive results.
    Act,
    /// Only see where things stand.
    Follow,
}

/// How it was proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Proof {
    /// As the holder said: enough to prepare and submit, where an officer will look at the papers;
    /// never enough to see what others did for the same person.
    Declared,
    /// An officer saw the papers.
    Checked,
    /// The principal gave it in person, signed in.
    Granted,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Delegation {
    pub id: DelegationId,
    pub principal: AccountId,
    pub principal_name: String,
    pub holder: Option<AccountId>,
    pub ground: Ground,
    pub scope: Scope,
    pub proof: Proof,
    pub valid_from: Date,
    /// The last day; none while no end is known.
    pub valid_to: Option<Date>,
    pub ended: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    NotYet,
    Now,
    Over,
    /// Waits for the other person to take it up.
    Offered,
}

impl Delegation {
    pub fn standing(&self, today: Date) -> Standing {
        if self.ended || self.valid_to.is_some_and(|last| last < today) {
            Standing::Over
        } else if self.holder.is_none() {
            Standing::Offered
        } else if today < self.valid_from {
            Standing::NotYet
        } else {
            Standing::Now
        }
    }

    /// The representative of an enterprise whom an officer has checked may give mandates for it.
    pub fn may_grant(&self) -> bool {
        self.ground == Ground::Representative && self.proof == Proof::Checked
    }
}

/// The day a child comes of age: from then on the parents act for it no more.
pub fn of_age(birth_date: Date) -> Date {
    birth_date.saturating_add(jiff::Span::new().years(18))
}

impl Ground {
    pub const ALL: [Ground; 4] =
        [Ground::Parent, Ground::Guardian, Ground::Representative, Ground::Authorised];

    pub fn code(self) -> &'static str {
        match self {
            Ground::Parent => "parent",
            Ground::Guardian => "guardian",
            Ground::Representative => "representative",
            Ground::Authorised => "authorised",
        }
    }

    pub fn parse(code: &str) -> Option<Ground> {
        Ground::ALL.into_iter().find(|ground| ground.code() == code)
    }

    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            Ground::Parent => "identity-ground-parent",
            Ground::Guardian => "identity-ground-guardian",
            Ground::Representative => "identity-ground-representative",
            Ground::Authorised => "identity-ground-authorised",
        }
    }
}

impl Scope {
    pub fn code(self) -> &'static str {
        match self {
            Scope::Act => "act",
            Scope::Follow => "follow",
        }
    }

    pub fn parse(code: &str) -> Option<Scope> {
        [Scope::Act, Scope::Follow].into_iter().find(|scope| scope.code() == code)
    }

    pub fn word(self) -> &'static str {
        match self {
            Scope::Act => "identity-scope-act",
            Scope::Follow => "identity-scope-follow",
        }
    }
}

impl Proof {
    pub fn code(self) -> &'static str {
        match self {
            Proof::Declared => "declared",
            Proof::Checked => "checked",
            Proof::Granted => "granted",
        }
    }

    pub fn parse(code: &str) -> Option<Proof> {
        [Proof::Declared, Proof::Checked, Proof::Granted].into_iter().find(|p| p.code() == code)
    }

    pub fn word(self) -> &'static str {
        match self {
            Proof::Declared => "identity-proof-declared",
            Proof::Checked => "identity-proof-checked",
            Proof::Granted => "identity-proof-granted",
        }
    }
}
