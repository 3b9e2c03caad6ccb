//! How a paper of the office stands with its digital signatures: that of the officer who answers
//! for it, and the seal of the agency. Pure.
//!
//! Law: Luật 20/2023/QH15 art. 22
//! Law: NĐ 30/2020/NĐ-CP art. 5

use platform::store::{Arg, Cell, FromCell, ToArg};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Signing {
    /// Nobody means to sign it: a confirmation of what somebody else sent, a draft.
    Unasked,
    /// It is given out without signatures, because no PDF can be made here,
    NoPress,
    /// because the officer has no certificate to sign with,
    NoCertificate,
    /// or because the agency has no seal.
    NoSeal,
    /// To be printed and put before its signatories.
    Asked,
    /// Before its signatories.
    Waiting,
    Signed,
    /// Sent back by one of them.
    Declined,
    /// Taken back before it was signed.
    Withdrawn,
}

impl Signing {
    pub const ALL: [Signing; 9] = [
        Signing::Unasked,
        Signing::NoPress,
        Signing::NoCertificate,
        Signing::NoSeal,
        Signing::Asked,
        Signing::Waiting,
        Signing::Signed,
        Signing::Declined,
        Signing::Withdrawn,
    ];

    /// As stored, and after `dossiers-signing-` in words.
    pub fn code(self) -> &'static str {
        match self {
            Signing::Unasked => "unasked",
            Signing::NoPress => "no-press",
            Signing::NoCertificate => "no-certificate",
            Signing::NoSeal => "no-seal",
            Signing::Asked => "asked",
            Signing::Waiting => "waiting",
            Signing::Signed => "signed",
            Signing::Declined => "declined",
            Signing::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(code: &str) -> Option<Signing> {
        Signing::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Signatures are still to come.
    pub fn is_awaited(self) -> bool {
        matches!(self, Signing::Asked | Signing::Waiting)
    }
}

impl ToArg for Signing {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for Signing {
    const EXPECTED: &'static str = "how a paper stands with its signatures";

    fn from_cell(cell: Cell<'_>) -> Option<Signing> {
        match cell {
            Cell::Text(code) => Signing::parse(code),
            _ => None,
        }
    }
}
