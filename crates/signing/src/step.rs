//! One signature of a submission, from waiting to done. Pure.

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use uuid::Uuid;

use crate::submission::SubmissionId;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignatoryKind {
    Person,
    Agency,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepState {
    Waiting,
    Signed,
    Declined,
}

/// Where the key was that signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DriverKind {
    /// Kept by this installation, in software or behind PKCS#11.
    Here,
    /// With the agent on the officer's own machine.
    Workstation,
    /// With a remote signing service.
    Remote,
    /// In whatever program the officer took the file to.
    ByHand,
}

record! {
    #[derive(Debug, Clone)]
    pub struct Step {
        pub submission: SubmissionId,
        /// From 1, in the order of signing.
        pub ordinal: i64,
        pub kind: SignatoryKind,
        pub account: Option<Uuid>,
        pub unit: Option<UnitId>,
        pub name: String,
        pub capacity: String,
        pub delegation: Option<Uuid>,
        pub state: StepState,
        pub signed_at: Option<Timestamp>,
        pub driver: Option<DriverKind>,
        /// Fingerprint (SHA-256) of the certificate.
        pub certificate: Option<String>,
        /// Who did it: of a seal, whoever sealed; none where a sealing rule did.
        pub signed_by: Option<Uuid>,
        pub signed_by_name: Option<String>,
        pub authorisation: Option<Uuid>,
        pub sitting: Option<Uuid>,
        pub sha256_before: Option<String>,
        pub sha256_after: Option<String>,
        pub file_after: Option<Uuid>,
    }
}

impl Step {
    pub fn is_waiting(&self) -> bool {
        self.state == StepState::Waiting
    }

    /// The name of its field in the PDF: persons and the agency have fields of their own.
    pub fn field(&self) -> String {
        match self.kind {
            SignatoryKind::Person => format!("nguoi-ky-{}", self.ordinal),
            SignatoryKind::Agency => format!("co-quan-ky-{}", self.ordinal),
        }
    }
}

impl SignatoryKind {
    pub fn code(self) -> &'static str {
        match self {
            SignatoryKind::Person => "person",
            SignatoryKind::Agency => "agency",
        }
    }

    fn parse(code: &str) -> Option<SignatoryKind> {
        [SignatoryKind::Person, SignatoryKind::Agency].into_iter().find(|one| one.code() == code)
    }
}

impl StepState {
    pub fn code(self) -> &'static str {
        match self {
            StepState::Waiting => "waiting",
            StepState::Signed => "signed",
            StepState::Declined => "declined",
        }
    }

    fn parse(code: &str) -> Option<StepState> {
        [StepState::Waiting, StepState::Signed, StepState::Declined]
            .into_iter()
            .find(|one| one.code() == code)
    }
}

impl DriverKind {
    pub const ALL: [DriverKind; 4] =
        [DriverKind::Here, DriverKind::Workstation, DriverKind::Remote, DriverKind::ByHand];

    pub fn code(self) -> &'static str {
        match self {
            DriverKind::Here => "here",
            DriverKind::Workstation => "workstation",
            DriverKind::Remote => "remote",
            DriverKind::ByHand => "by-hand",
        }
    }

    pub fn parse(code: &str) -> Option<DriverKind> {
        DriverKind::ALL.into_iter().find(|one| one.code() == code)
    }

    pub fn word(self) -> &'static str {
        match self {
            DriverKind::Here => "signing-driver-here",
            DriverKind::Workstation => "signing-driver-workstation",
            DriverKind::Remote => "signing-driver-remote",
            DriverKind::ByHand => "signing-driver-by-hand",
        }
    }
}

impl ToArg for SignatoryKind {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for SignatoryKind {
    const EXPECTED: &'static str = "a kind of signatory";

    fn from_cell(cell: Cell<'_>) -> Option<SignatoryKind> {
        match cell {
            Cell::Text(code) => SignatoryKind::parse(code),
            _ => None,
        }
    }
}

impl ToArg for StepState {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for StepState {
    const EXPECTED: &'static str = "a state of a step";

    fn from_cell(cell: Cell<'_>) -> Option<StepState> {
        match cell {
            Cell::Text(code) => StepState::parse(code),
            _ => None,
        }
    }
}

impl ToArg for DriverKind {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for DriverKind {
    const EXPECTED: &'static str = "a driver";

    fn from_cell(cell: Cell<'_>) -> Option<DriverKind> {
        match cell {
            Cell::Text(code) => DriverKind::parse(code),
            _ => None,
        }
    }
}
