//! Whoever an act can be about: a citizen, an enterprise, an officer, a person in someone's care.
//!
//! Law: Luật Căn cước 26/2023/QH15 art. 31
//! Law: NĐ 69/2024/NĐ-CP art. 7

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use platform::words::Locale;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::email::Email;
use crate::password::Strictness;
use crate::personal_number::PersonalNumber;
use crate::phone_number::PhoneNumber;
use crate::tax_code::TaxCode;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub Uuid);

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountKind {
    Citizen,
    /// Never signs in: its representative does, and acts for it.
    Enterprise,
    Officer,
    /// A child or another person in care (người được giám hộ), without a sign-in of its own.
    Ward,
}

impl AccountKind {
    pub const ALL: [AccountKind; 4] =
        [AccountKind::Citizen, AccountKind::Enterprise, AccountKind::Officer, AccountKind::Ward];

    pub fn code(self) -> &'static str {
        match self {
            AccountKind::Citizen => "citizen",
            AccountKind::Enterprise => "enterprise",
            AccountKind::Officer => "officer",
            AccountKind::Ward => "ward",
        }
    }

    pub fn parse(code: &str) -> Option<AccountKind> {
        AccountKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn strictness(self) -> Strictness {
        match self {
            AccountKind::Officer => Strictness::Officer,
            _ => Strictness::Citizen,
        }
    }
}

/// How sure we are that someone is who they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Assurance {
    /// As the person declared; the contact answered a code.
    Declared,
    /// An officer compared it with the papers, at the counter.
    Checked,
}

impl Assurance {
    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            Assurance::Declared => "identity-assurance-declared",
            Assurance::Checked => "identity-assurance-checked",
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Assurance::Declared => "declared",
            Assurance::Checked => "checked",
        }
    }

    pub fn parse(code: &str) -> Option<Assurance> {
        [Assurance::Declared, Assurance::Checked].into_iter().find(|one| one.code() == code)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    Active,
    /// Switched off by an administrator; can be switched on again.
    Disabled,
    /// Ended for good; the number is free for its owner.
    Closed,
}

impl Status {
    pub fn code(self) -> &'static str {
        match self {
            Status::Active => "active",
            Status::Disabled => "disabled",
            Status::Closed => "closed",
        }
    }

    pub fn parse(code: &str) -> Option<Status> {
        [Status::Active, Status::Disabled, Status::Closed].into_iter().find(|s| s.code() == code)
    }
}

/// An account as other capabilities see it: no secret is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    pub id: AccountId,
    pub kind: AccountKind,
    pub name: String,
    pub personal_number: Option<PersonalNumber>,
    pub tax_code: Option<TaxCode>,
    pub birth_date: Option<Date>,
    /// Only contacts that answered a code.
    pub phone: Option<PhoneNumber>,
    pub email: Option<Email>,
    pub locale: Locale,
    pub assurance: Assurance,
    pub status: Status,
    /// Of an officer: the unit whose administrators look after this account.
    pub unit: Option<Uuid>,
    pub has_totp: bool,
    pub created_at: Timestamp,
}

impl Account {
    /// What a stranger can know of this person, and so no part of a password.
    pub fn own_data(&self) -> Vec<String> {
        let number = self.personal_number.as_ref().map(|n| n.as_str().to_owned());
        let phone = self.phone.as_ref().map(|phone| phone.as_str().to_owned());
        let email = self.email.as_ref().map(|email| email.as_str().to_owned());
        let mailbox = email.as_deref().and_then(|email| email.split_once('@'));
        let local = mailbox.map(|(local, _)| local.to_owned());
        [number, phone, email, local, Some(self.name.clone())].into_iter().flatten().collect()
    }
}

/// Where a code or a notice goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    Phone(PhoneNumber),
    Email(Email),
}

impl Contact {
    pub fn channel(&self) -> &'static str {
        match self {
            Contact::Phone(_) => "phone",
            Contact::Email(_) => "email",
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Contact::Phone(phone) => phone.as_str(),
            Contact::Email(email) => email.as_str(),
        }
    }

    pub fn masked(&self) -> String {
        match self {
            Contact::Phone(phone) => phone.masked(),
            Contact::Email(email) => email.masked(),
        }
    }

    /// What the store kept; it was parsed when it came in.
    pub fn stored(channel: &str, text: &str) -> Option<Contact> {
        match channel {
            "phone" => PhoneNumber::parse(text).ok().map(Contact::Phone),
            "email" => Email::parse(text).ok().map(Contact::Email),
            _ => None,
        }
    }
}
