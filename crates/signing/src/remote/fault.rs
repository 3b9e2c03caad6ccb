//! Every way a remote signing service does not sign. Pure.

use super::messages::Complaint;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemoteFault {
    #[error("the service has no name")]
    NameMissing,
    #[error("nothing was given that the service knows us by")]
    SecretMissing,
    #[error("nobody said under which name the service knows the officer")]
    UserMissing,
    #[error("no service was chosen, or it is not in use any more")]
    ServiceMissing,
    #[error("none of the credentials there has a certificate that the register knows as theirs")]
    NothingToLink,
    #[error("no credential for this signature is linked")]
    NotLinked,
    #[error("the address is not one of https, or of this machine")]
    Address,
    #[error("no answer: {0}")]
    Silent(String),
    #[error("the answer is not one of the specification: {0}")]
    NotUnderstood(String),
    #[error("the service does not know this installation")]
    Unauthorised,
    #[error("the service lacks what is needed: {0}")]
    Lacks(String),
    #[error("the PIN or the one-time code is wrong")]
    WrongCode,
    #[error("the credential is locked")]
    Locked,
    #[error("the authorisation of the service is over")]
    Over,
    #[error("not confirmed in time on the other device")]
    NotConfirmed,
    #[error("the service authorises at most {limit} signatures at once")]
    TooMany { limit: usize },
    #[error("the key is disabled at the service")]
    KeyDisabled,
    #[error("the certificate is expired, revoked or suspended, says the service")]
    CertificateOver,
    #[error("the service asks for the person on a page of its own")]
    OtherMode,
    #[error("the key does not sign with what is needed")]
    Unfitting,
    #[error("the credential has another certificate than was linked")]
    OtherCertificate,
    #[error("the service has no such credential")]
    NoSuchCredential,
    #[error("the signature is not the certificate's over what was sent")]
    WrongSignature,
    #[error("the service refused: {error} {description}")]
    Refused { error: String, description: String },
}

/// What a service complains of, by the tables of errors in the specification. Codes and sentences
/// are both looked at: several cases share `invalid_request`.
pub fn of_complaint(status: u16, complaint: Complaint) -> RemoteFault {
    let said = complaint.error_description.to_lowercase();
    match (status, complaint.error.as_str()) {
        (401, _) | (_, "invalid_token" | "expired_token" | "unauthorized_client") => {
            RemoteFault::Unauthorised
        }
        (_, "invalid_client" | "invalid_grant") => RemoteFault::Unauthorised,
        (_, "invalid_otp" | "invalid_pin" | "invalid_authentication_data") => {
            RemoteFault::WrongCode
        }
        (_, "temporarily_unavailable") | (429 | 500..=599, _) => {
            RemoteFault::Silent(format!("status {status}"))
        }
        _ if said.contains("credential locked") => RemoteFault::Locked,
        _ if said.contains("sad expired") || said.contains("invalid parameter sad") => {
            RemoteFault::Over
        }
        _ if said.contains("is disabled") => RemoteFault::KeyDisabled,
        _ if said.contains("certificate is expired") => RemoteFault::CertificateOver,
        _ if said.contains("invalid parameter credentialid") => RemoteFault::NoSuchCredential,
        _ if said.contains("client_secret") || said.contains("client_id") => {
            RemoteFault::Unauthorised
        }
        _ => RemoteFault::Refused {
            error: shortened(&complaint.error),
            description: shortened(&complaint.error_description),
        },
    }
}

/// Somebody else's words on our page: a line, no more.
fn shortened(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(200).collect()
}

impl RemoteFault {
    /// The key of its sentence.
    pub fn word(&self) -> &'static str {
        match self {
            RemoteFault::NameMissing => "signing-remote-fault-name-missing",
            RemoteFault::SecretMissing => "signing-remote-fault-secret-missing",
            RemoteFault::UserMissing => "signing-remote-fault-user-missing",
            RemoteFault::ServiceMissing => "signing-remote-fault-service-missing",
            RemoteFault::NothingToLink => "signing-remote-fault-nothing-to-link",
            RemoteFault::NotLinked => "signing-remote-fault-not-linked",
            RemoteFault::Address => "signing-remote-fault-address",
            RemoteFault::Silent(_) => "signing-remote-fault-silent",
            RemoteFault::NotUnderstood(_) => "signing-remote-fault-not-understood",
            RemoteFault::Unauthorised => "signing-remote-fault-unauthorised",
            RemoteFault::Lacks(_) => "signing-remote-fault-lacks",
            RemoteFault::WrongCode => "signing-remote-fault-wrong-code",
            RemoteFault::Locked => "signing-remote-fault-locked",
            RemoteFault::Over => "signing-remote-fault-over",
            RemoteFault::NotConfirmed => "signing-remote-fault-not-confirmed",
            RemoteFault::TooMany { .. } => "signing-remote-fault-too-many",
            RemoteFault::KeyDisabled => "signing-remote-fault-key-disabled",
            RemoteFault::CertificateOver => "signing-remote-fault-certificate-over",
            RemoteFault::OtherMode => "signing-remote-fault-other-mode",
            RemoteFault::Unfitting => "signing-remote-fault-unfitting",
            RemoteFault::OtherCertificate => "signing-remote-fault-other-certificate",
            RemoteFault::NoSuchCredential => "signing-remote-fault-no-such-credential",
            RemoteFault::WrongSignature => "signing-remote-fault-wrong-signature",
            RemoteFault::Refused { .. } => "signing-remote-fault-refused",
        }
    }

    /// What the sentence names.
    pub fn detail(&self) -> String {
        match self {
            RemoteFault::Silent(words)
            | RemoteFault::NotUnderstood(words)
            | RemoteFault::Lacks(words) => words.clone(),
            RemoteFault::TooMany { limit } => limit.to_string(),
            RemoteFault::Refused { error, description } if description.is_empty() => error.clone(),
            RemoteFault::Refused { description, .. } => description.clone(),
            _ => String::new(),
        }
    }

    /// Under which field of a form the sentence belongs; `""` when no field would mend it.
    pub fn field(&self) -> &'static str {
        match self {
            RemoteFault::NameMissing => "name",
            RemoteFault::Address | RemoteFault::Lacks(_) => "address",
            RemoteFault::SecretMissing => "secret",
            RemoteFault::UserMissing | RemoteFault::NothingToLink => "user",
            RemoteFault::ServiceMissing => "service",
            // The first thing that is asked for.
            RemoteFault::WrongCode | RemoteFault::Over | RemoteFault::NotConfirmed => "secret-0",
            _ => "",
        }
    }

    /// The same may go well in a while without anybody's doing.
    pub fn is_passing(&self) -> bool {
        matches!(self, RemoteFault::Silent(_))
    }
}
