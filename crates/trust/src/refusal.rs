//! Every way this capability says no: what happened, and what to do next.

use axum::http::StatusCode;
use platform::files::FileRefusal;
use platform::store::StoreError;
use platform::web::Problem;
use platform::words::{Speech, Word};
use wire::pki::certificate::CertificateFault;
use wire::pki::crl::CrlFault;
use wire::pki::issue::IssueFault;
use wire::pki::request::RequestFault;

use crate::signer::SigningFault;
use crate::software::KeyFault;

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such thing, or it is not this officer's to know of")]
    Nothing,
    #[error("somebody else changed it meanwhile")]
    ChangedMeanwhile,
    #[error("there is no authority that issues certificates yet")]
    NoAuthority,
    #[error("an authority of this name is there already")]
    AuthorityTaken,
    #[error("the name of the authority cannot be written in an address")]
    NameUnusable,
    #[error("who asked may not approve")]
    OwnRequest,
    #[error("the request has been decided already")]
    AlreadyDecided,
    #[error("a request about this certificate waits already")]
    WaitsAlready,
    #[error("no unit has this code")]
    NoSuchUnit,
    #[error("nobody of this unit signs in with this name")]
    NoSuchOfficer,
    #[error("the name is missing or too long")]
    NameWrong,
    #[error("the name of the server is not one")]
    ServerNameWrong,
    #[error("the profile is not one that is asked for")]
    NoSuchProfile,
    #[error("no carrier was chosen")]
    CarrierMissing,
    #[error("a key on this carrier is made there: its request (PKCS#10) is needed")]
    Pkcs10Missing,
    #[error("the request is refused: {0}")]
    Pkcs10Wrong(RequestFault),
    #[error("the request is signed with a digest that proves nothing any more")]
    Pkcs10Weak,
    #[error("the request names somebody else than the holder")]
    Pkcs10OtherName { named: String, holder: String },
    #[error("the key of the request is of a kind that is not certified")]
    KeyKindWrong,
    #[error("the key has been certified for somebody else")]
    KeyInUse,
    #[error("a lost or compromised key is not certified again")]
    KeyLost,
    #[error("the certificate is not in force, so it is not renewed")]
    NotInForce,
    #[error("the certificate is not suspended")]
    NotSuspended,
    #[error("the certificate is revoked, which is for ever")]
    RevokedAlready,
    #[error("somebody else issued the certificate: its issuer is asked")]
    NotOurs,
    #[error("no reason was chosen")]
    ReasonMissing,
    #[error("the key cannot have been lost in the future")]
    SinceInFuture,
    #[error("the file is not a certificate: {0}")]
    CertificateWrong(#[from] CertificateFault),
    #[error("the certificate is in the register already")]
    RegisteredAlready,
    #[error("the certificate is not one of an authority")]
    NotAuthority,
    #[error("nobody said where it comes from")]
    SourceMissing,
    #[error("nothing was chosen that it is believed for")]
    PurposeMissing,
    #[error("the last day lies before the first")]
    DatesReversed,
    #[error("the object identifier is not one")]
    OidWrong,
    #[error("the address is not one of http or https")]
    AddressWrong,
    #[error("the authority is there already")]
    SourceTaken,
    #[error("it is the first already")]
    FirstAlready,
    #[error("the accuracy is not between a millisecond and a minute")]
    AccuracyWrong,
    #[error("the tolerance is not between a millisecond and a minute")]
    ToleranceWrong,
    #[error("the policy would begin in the past")]
    PolicyPast,
    #[error("the unit asks by a letter that it has signed, and there is none")]
    LetterMissing,
    #[error("the signatures of the letter do not hold")]
    LetterNotValid,
    #[error("who signed or sealed the letter may not decide")]
    OwnLetter,
    #[error("the letter on paper has not been seen, or has no number")]
    PaperMissing,
    #[error("the rule about letters would begin in the past")]
    RulePast,
    #[error("the letter on paper is of a day to come")]
    PaperInFuture,
    #[error("the name of the host is not one")]
    HostWrong,
    #[error("the host is there already")]
    HostTaken,
    #[error(transparent)]
    Key(#[from] KeyFault),
    #[error(transparent)]
    Signing(#[from] SigningFault),
    #[error("the certificate or list cannot be made: {0}")]
    Issue(#[from] IssueFault),
    #[error(transparent)]
    File(#[from] FileRefusal),
    #[error("our own list cannot be read: {0}")]
    Crl(#[from] CrlFault),
    #[error(transparent)]
    Store(#[from] StoreError),
}

const HEADING: &str = "trust-refused";
const PREFIX: &str = "trust-refusal-";

impl Refusal {
    /// The sentence that stands at the field or on the page.
    pub fn sentence(&self, speech: &Speech) -> String {
        speech.with(self.word(), &self.args())
    }

    /// Under which field of a form the sentence belongs; `""` when no field would mend it.
    pub fn field(&self) -> &'static str {
        match self {
            Refusal::NoSuchUnit => "unit",
            Refusal::NoSuchOfficer => "login",
            Refusal::NameWrong | Refusal::NameUnusable | Refusal::AuthorityTaken => "name",
            Refusal::ServerNameWrong => "server",
            Refusal::NoSuchProfile => "profile",
            Refusal::CarrierMissing => "carrier",
            Refusal::Pkcs10Missing
            | Refusal::Pkcs10Wrong(_)
            | Refusal::Pkcs10Weak
            | Refusal::Pkcs10OtherName { .. }
            | Refusal::KeyKindWrong
            | Refusal::KeyInUse
            | Refusal::KeyLost => "pkcs10",
            Refusal::ReasonMissing => "reason",
            Refusal::SinceInFuture => "since",
            Refusal::CertificateWrong(_) | Refusal::RegisteredAlready | Refusal::NotAuthority => {
                "pem"
            }
            Refusal::SourceMissing => "source",
            Refusal::PurposeMissing => "purposes",
            Refusal::DatesReversed => "to",
            Refusal::AddressWrong | Refusal::SourceTaken => "address",
            Refusal::OidWrong => "oid",
            Refusal::HostWrong | Refusal::HostTaken => "host",
            Refusal::AccuracyWrong => "accuracy",
            Refusal::ToleranceWrong => "tolerance",
            Refusal::PolicyPast | Refusal::RulePast => "from",
            Refusal::PaperMissing => "paper_number",
            Refusal::PaperInFuture => "paper_date",
            _ => "",
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Refusal::Nothing => StatusCode::NOT_FOUND,
            Refusal::ChangedMeanwhile
            | Refusal::NoAuthority
            | Refusal::AuthorityTaken
            | Refusal::OwnRequest
            | Refusal::OwnLetter
            | Refusal::LetterMissing
            | Refusal::LetterNotValid
            | Refusal::AlreadyDecided
            | Refusal::WaitsAlready
            | Refusal::KeyInUse
            | Refusal::NotInForce
            | Refusal::NotSuspended
            | Refusal::RevokedAlready
            | Refusal::NotOurs
            | Refusal::SourceTaken
            | Refusal::FirstAlready
            | Refusal::HostTaken
            | Refusal::RegisteredAlready => StatusCode::CONFLICT,
            Refusal::Signing(_) | Refusal::File(_) | Refusal::Store(_) | Refusal::Crl(_) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// The key of its sentence.
    fn word(&self) -> &'static str {
        match self {
            Refusal::Nothing => "trust-refusal-nothing",
            Refusal::ChangedMeanwhile => "trust-refusal-changed-meanwhile",
            Refusal::NoAuthority => "trust-refusal-no-authority",
            Refusal::AuthorityTaken => "trust-refusal-authority-taken",
            Refusal::NameUnusable => "trust-refusal-name-unusable",
            Refusal::OwnRequest => "trust-refusal-own-request",
            Refusal::AlreadyDecided => "trust-refusal-already-decided",
            Refusal::WaitsAlready => "trust-refusal-waits-already",
            Refusal::NoSuchUnit => "trust-refusal-no-such-unit",
            Refusal::NoSuchOfficer => "trust-refusal-no-such-officer",
            Refusal::NameWrong => "trust-refusal-name-wrong",
            Refusal::ServerNameWrong => "trust-refusal-server-name-wrong",
            Refusal::NoSuchProfile => "trust-refusal-no-such-profile",
            Refusal::CarrierMissing => "trust-refusal-carrier-missing",
            Refusal::Pkcs10Missing => "trust-refusal-pkcs10-missing",
            Refusal::Pkcs10Wrong(RequestFault::Algorithm(_)) => "trust-refusal-pkcs10-unsigned",
            Refusal::Pkcs10Wrong(_) => "trust-refusal-pkcs10-unreadable",
            Refusal::Pkcs10Weak => "trust-refusal-pkcs10-weak",
            Refusal::Pkcs10OtherName { .. } => "trust-refusal-pkcs10-other-name",
            Refusal::KeyKindWrong => "trust-refusal-key-kind-wrong",
            Refusal::KeyInUse => "trust-refusal-key-in-use",
            Refusal::KeyLost => "trust-refusal-key-lost",
            Refusal::NotInForce => "trust-refusal-not-in-force",
            Refusal::NotSuspended => "trust-refusal-not-suspended",
            Refusal::RevokedAlready => "trust-refusal-revoked-already",
            Refusal::NotOurs => "trust-refusal-not-ours",
            Refusal::ReasonMissing => "trust-refusal-reason-missing",
            Refusal::SinceInFuture => "trust-refusal-since-in-future",
            Refusal::CertificateWrong(_) => "trust-refusal-certificate-wrong",
            Refusal::RegisteredAlready => "trust-refusal-registered-already",
            Refusal::NotAuthority => "trust-refusal-not-authority",
            Refusal::SourceMissing => "trust-refusal-source-missing",
            Refusal::PurposeMissing => "trust-refusal-purpose-missing",
            Refusal::DatesReversed => "trust-refusal-dates-reversed",
            Refusal::OidWrong => "trust-refusal-oid-wrong",
            Refusal::AddressWrong => "trust-refusal-address-wrong",
            Refusal::SourceTaken => "trust-refusal-source-taken",
            Refusal::FirstAlready => "trust-refusal-first-already",
            Refusal::AccuracyWrong => "trust-refusal-accuracy-wrong",
            Refusal::ToleranceWrong => "trust-refusal-tolerance-wrong",
            Refusal::PolicyPast => "trust-refusal-policy-past",
            Refusal::LetterMissing => "trust-letter-missing",
            Refusal::LetterNotValid => "trust-letter-not-valid",
            Refusal::OwnLetter => "trust-letter-own",
            Refusal::PaperMissing => "trust-letter-paper-missing",
            Refusal::RulePast => "trust-letter-rule-past",
            Refusal::PaperInFuture => "trust-letter-paper-in-future",
            Refusal::HostWrong => "trust-refusal-host-wrong",
            Refusal::HostTaken => "trust-refusal-host-taken",
            Refusal::Key(_) => "trust-refusal-key",
            Refusal::Signing(SigningFault::NoToken) => "trust-refusal-no-token",
            Refusal::Signing(_) => "trust-refusal-signing",
            Refusal::Issue(_) => "trust-refusal-issue",
            Refusal::Crl(_) | Refusal::File(_) | Refusal::Store(_) => "trust-refusal-store",
        }
    }

    fn args(&self) -> Vec<(&'static str, Word)> {
        match self {
            Refusal::Key(fault) => vec![("reason", fault.to_string().into())],
            Refusal::Issue(fault) => vec![("reason", fault.to_string().into())],
            Refusal::Pkcs10OtherName { named, holder } => {
                vec![("named", named.into()), ("holder", holder.into())]
            }
            _ => Vec::new(),
        }
    }
}

/// For pages and programs alike, when no form is at hand in which it could be mended.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::Store(error) => Problem::from(error),
            Refusal::Nothing => Problem::not_found(),
            Refusal::ChangedMeanwhile => Problem::changed_meanwhile(),
            Refusal::Signing(ref fault) => {
                tracing::error!(%fault, "a key of this installation does not sign");
                told(&refusal)
            }
            _ => told(&refusal),
        }
    }
}

fn told(refusal: &Refusal) -> Problem {
    let word = refusal.word();
    let kind = word.strip_prefix(PREFIX).unwrap_or(word);
    Problem::refused(refusal.status(), kind, HEADING, word, &refusal.args())
}
