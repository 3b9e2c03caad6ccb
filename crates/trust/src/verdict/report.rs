//! What a verdict says.

use bytes::Bytes;
use jiff::Timestamp;
use wire::algorithm::{Digest, SignatureAlgorithm};
use wire::pki::certificate::Certificate;
use wire::pki::crl::Reason as RevokedFor;

use super::names::Party;
use super::order::Order;
use super::reason::{Note, Reason};

/// In ascending gravity, so that the worst of several is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    Valid,
    /// Nothing is signed.
    Absent,
    /// Nobody can say: something is missing, unknown or not believed.
    Unverifiable,
    /// It is wrong, for certain.
    Invalid,
}

impl Standing {
    pub fn code(self) -> &'static str {
        match self {
            Standing::Valid => "valid",
            Standing::Absent => "absent",
            Standing::Unverifiable => "unverifiable",
            Standing::Invalid => "invalid",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Pdf,
    Xml,
    Cms,
    Jws,
    Container,
    /// A container of the simple form, with one file.
    SimpleContainer,
    Unknown,
}

impl Kind {
    pub fn code(self) -> &'static str {
        match self {
            Kind::Pdf => "pdf",
            Kind::Xml => "xml",
            Kind::Cms => "cms",
            Kind::Jws => "jws",
            Kind::Container => "asic-e",
            Kind::SimpleContainer => "asic-s",
            Kind::Unknown => "unknown",
        }
    }
}

/// All that is said about one file.
#[derive(Debug, Clone)]
pub struct Report {
    pub kind: Kind,
    pub size_bytes: usize,
    pub sha256: Vec<u8>,
    /// When it was asked about.
    pub at: Timestamp,
    /// Valid only when there is a signature and all of them are.
    pub standing: Standing,
    /// About the file as a whole.
    pub reasons: Vec<Reason>,
    pub findings: Vec<Finding>,
    /// Time stamps over the whole file, which say when and not who.
    pub stamps: Vec<Result<Proof, Reason>>,
    /// In which order person and organisation signed.
    pub order: Order,
    /// What would have to be asked to know more.
    pub wanted: Vec<Wanted>,
}

/// One signature.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The field, the identifier, or the place in the list.
    pub name: String,
    pub standing: Standing,
    pub reasons: Vec<Reason>,
    pub notes: Vec<Note>,
    pub signer: Option<Party>,
    pub certificate: Option<Certificate>,
    pub algorithm: Option<SignatureAlgorithm>,
    /// From the signer's certificate upwards; the last is the anchor when `anchored`.
    pub path: Vec<Link>,
    pub anchored: bool,
    pub time: Time,
    /// It covers all of the file that is the signer's to cover.
    pub whole: bool,
    /// What was signed. Nothing else of the file may be used as signed.
    pub parts: Vec<Part>,
    /// What happened to the file after it.
    pub change: Change,
    /// The revision of a PDF that was signed, counted from 1, and how many there are.
    pub revision: Option<(usize, usize)>,
    /// It signs another signature and not the document.
    pub is_counter: bool,
}

/// Signed bytes and what they are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    /// **The bytes that were signed.**
    pub bytes: Bytes,
}

/// What happened after a signature.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Change {
    #[default]
    Nothing,
    /// Evidence for the long term.
    Evidence,
    Signatures,
    /// Number and date, in the places that were left open for them.
    Completed,
    /// As the signer allowed beforehand.
    Allowed,
    /// And it was not allowed. What changed, in English, the gravest first.
    Forbidden(Vec<String>),
}

impl Change {
    pub fn code(&self) -> &'static str {
        match self {
            Change::Nothing => "nothing",
            Change::Evidence => "evidence",
            Change::Signatures => "signatures",
            Change::Completed => "completed",
            Change::Allowed => "allowed",
            Change::Forbidden(_) => "forbidden",
        }
    }
}

/// A certificate of a path.
#[derive(Debug, Clone)]
pub struct Link {
    pub certificate: Certificate,
    pub revocation: Revocation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revocation {
    /// An anchor, or no path holds.
    NotAsked,
    Good {
        as_of: Timestamp,
    },
    Revoked {
        since: Timestamp,
        reason: RevokedFor,
    },
    Unknown,
}

/// When, by whose word.
#[derive(Debug, Clone, Default)]
pub struct Time {
    /// What the signer says.
    pub claimed: Option<Timestamp>,
    /// What others vouch for, the earliest.
    pub proved: Option<Proof>,
}

/// A time stamp that holds.
#[derive(Debug, Clone)]
pub struct Proof {
    pub at: Timestamp,
    pub kind: ProofKind,
    pub authority: Party,
    pub path: Vec<Link>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofKind {
    /// Over the signature.
    Signature,
    /// Over the whole document.
    Document,
    /// Over the signature and all that came along with it.
    Archive,
}

/// A certificate on a path that holds, whose revocation is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub certificate: Certificate,
    pub issuer: Certificate,
}

impl Report {
    /// All that keeps it from being valid is that nobody vouches for the key of this house.
    pub fn is_by_own_key(&self) -> bool {
        let mut reasons = self.findings.iter().flat_map(|one| &one.reasons).chain(&self.reasons);
        self.standing == Standing::Unverifiable
            && reasons.all(|reason| matches!(reason, Reason::OwnKey { .. }))
    }

    pub(super) fn of(file: &[u8], at: Timestamp) -> Report {
        Report {
            kind: Kind::Unknown,
            size_bytes: file.len(),
            sha256: Digest::Sha256.of(file),
            at,
            standing: Standing::Absent,
            reasons: Vec::new(),
            findings: Vec::new(),
            stamps: Vec::new(),
            order: Order::Unknown,
            wanted: Vec::new(),
        }
    }

    /// Something about the whole file.
    pub(super) fn refuse(&mut self, reason: Reason) {
        self.standing = self.standing.max(reason.standing());
        self.reasons.push(reason);
    }

    /// The whole is as good as the worst of it.
    pub(super) fn close(&mut self) {
        if self.findings.is_empty() && self.reasons.is_empty() {
            self.reasons.push(Reason::NoSignature);
        }
        for finding in &mut self.findings {
            finding.close();
        }
        let findings = self.findings.iter().map(|finding| finding.standing);
        let reasons = self.reasons.iter().map(Reason::standing);
        self.standing = findings.chain(reasons).max().unwrap_or(Standing::Absent);
        // Only revisions of a file follow each other for certain.
        if self.kind == Kind::Pdf {
            self.order = Order::of(&self.findings);
        }
    }
}

impl Finding {
    pub(super) fn new(name: impl Into<String>) -> Finding {
        Finding {
            name: name.into(),
            standing: Standing::Valid,
            reasons: Vec::new(),
            notes: Vec::new(),
            signer: None,
            certificate: None,
            algorithm: None,
            path: Vec::new(),
            anchored: false,
            time: Time::default(),
            whole: false,
            parts: Vec::new(),
            change: Change::Nothing,
            revision: None,
            is_counter: false,
        }
    }

    pub(super) fn refused(name: impl Into<String>, reason: Reason) -> Finding {
        let mut finding = Finding::new(name);
        finding.refuse(reason);
        finding
    }

    pub(super) fn refuse(&mut self, reason: Reason) {
        self.standing = self.standing.max(reason.standing());
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }

    pub(super) fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Valid needs more than the absence of reasons: a signer, a path, something signed.
    fn close(&mut self) {
        let complete = self.signer.is_some() && self.anchored && !self.parts.is_empty();
        if self.reasons.is_empty() && !complete {
            self.refuse(Reason::NoCertificate);
        }
        let worst = self.reasons.iter().map(Reason::standing).max();
        self.standing = worst.unwrap_or(Standing::Valid);
        self.reasons.sort_by_key(|reason| std::cmp::Reverse(reason.standing()));
    }

    pub fn is_valid(&self) -> bool {
        self.standing == Standing::Valid
    }
}
