//! The desk of an agency: its office in this installation, and what its documents say about it.
//! Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 8, art. 15, app. I

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;

use crate::outgoing::is_part;

record! {
    #[derive(Debug, Clone)]
    pub struct Desk {
        pub unit: UnitId,
        /// In the symbol: `UBND`.
        pub abbreviation: String,
        /// In the symbol of a letter, where its author names nothing else: `VP`.
        pub part: String,
        /// In whose name its head signs, above the position: "TM. ỦY BAN NHÂN DÂN"; or empty.
        pub collective: String,
        pub address: String,
        pub email: String,
        pub telephone: String,
        pub opened_at: Timestamp,
        pub opened_name: String,
        pub closed_at: Option<Timestamp>,
    }
}

/// What an administrator typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub abbreviation: String,
    pub part: String,
    pub collective: String,
    pub address: String,
    pub email: String,
    pub telephone: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeskFault {
    #[error("the agency has no abbreviation, or one that cannot stand in a symbol")]
    Abbreviation,
    #[error("the part cannot stand in a symbol")]
    Part,
    #[error("the name of the collective is too long")]
    Collective,
    #[error("the address is too long")]
    Address,
    #[error("the e-mail address is too long")]
    Email,
    #[error("the telephone number is too long")]
    Telephone,
}

impl Facts {
    /// Trimmed, and as packets can carry them.
    ///
    /// # Errors
    /// [`DeskFault`]
    pub fn checked(&self) -> Result<Facts, DeskFault> {
        let trimmed = |text: &str| text.trim().to_owned();
        let facts = Facts {
            abbreviation: self.abbreviation.trim().to_uppercase(),
            part: self.part.trim().to_uppercase(),
            collective: trimmed(&self.collective),
            address: trimmed(&self.address),
            email: trimmed(&self.email),
            telephone: trimmed(&self.telephone),
        };
        let fits = |text: &str, limit: usize| {
            text.chars().count() <= limit && !text.chars().any(char::is_control)
        };
        let says = [
            (
                !facts.abbreviation.is_empty() && is_part(&facts.abbreviation),
                DeskFault::Abbreviation,
            ),
            (is_part(&facts.part), DeskFault::Part),
            (fits(&facts.collective, 100), DeskFault::Collective),
            (fits(&facts.address, 500), DeskFault::Address),
            (fits(&facts.email, 100), DeskFault::Email),
            (fits(&facts.telephone, 20), DeskFault::Telephone),
        ];
        match says.into_iter().find(|(is_right, _)| !is_right) {
            Some((_, fault)) => Err(fault),
            None => Ok(facts),
        }
    }
}

impl Desk {
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    pub fn facts(&self) -> Facts {
        Facts {
            abbreviation: self.abbreviation.clone(),
            part: self.part.clone(),
            collective: self.collective.clone(),
            address: self.address.clone(),
            email: self.email.clone(),
            telephone: self.telephone.clone(),
        }
    }
}

impl DeskFault {
    /// Under which field of the form it stands.
    pub fn field(self) -> &'static str {
        match self {
            DeskFault::Abbreviation => "abbreviation",
            DeskFault::Part => "part",
            DeskFault::Collective => "collective",
            DeskFault::Address => "address",
            DeskFault::Email => "email",
            DeskFault::Telephone => "telephone",
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            DeskFault::Abbreviation => "office-fault-abbreviation",
            DeskFault::Part => "office-fault-part",
            DeskFault::Collective => "office-fault-collective",
            DeskFault::Address => "office-fault-address",
            DeskFault::Email => "office-fault-email",
            DeskFault::Telephone => "office-fault-telephone",
        }
    }
}
