//! Every way the other axis does not do what it was asked, told apart by who could mend it.

use reqwest::StatusCode;
use wire::vxp::AnswerFault;

use crate::link::Health;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeerFault {
    #[error("it cannot be reached: {0}")]
    Unreachable(String),
    /// It may have done what it was asked.
    #[error("the connection broke off: {0}")]
    BrokenOff(String),
    #[error("it does not know this system or its secret: {0}")]
    WrongSecret(String),
    #[error("its answer is not one of an axis: {0}")]
    Nonsense(String),
    #[error("it knows no such operation")]
    NoSuchOperation,
    /// The code is the other axis' own.
    #[error("it refuses: {code} {reason}")]
    Refused { code: String, reason: String },
}

impl PeerFault {
    /// Without the address, which stands beside it anyway.
    pub fn of(error: &reqwest::Error) -> PeerFault {
        if error.is_builder() {
            // A code with letters that no header may hold.
            return PeerFault::refused("10", "the request cannot be written");
        }
        if error.is_connect() {
            return PeerFault::Unreachable("no connection".to_owned());
        }
        let kind = if error.is_timeout() { "it took too long" } else { "broken off" };
        PeerFault::BrokenOff(kind.to_owned())
    }

    pub fn of_status(status: StatusCode) -> Option<PeerFault> {
        let told = format!("HTTP {}", status.as_u16());
        match status {
            status if status.is_success() => None,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Some(PeerFault::WrongSecret(told)),
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
                Some(PeerFault::NoSuchOperation)
            }
            StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT => Some(PeerFault::Unreachable(told)),
            _ => Some(PeerFault::Nonsense(told)),
        }
    }

    pub fn nonsense(fault: AnswerFault) -> PeerFault {
        PeerFault::Nonsense(fault.to_string())
    }

    pub fn refused(code: &str, reason: &str) -> PeerFault {
        if code == "15" {
            return PeerFault::WrongSecret(reason.to_owned());
        }
        PeerFault::Refused { code: code.to_owned(), reason: reason.to_owned() }
    }

    /// Whether it says something about the link, so that nothing else need be tried now.
    pub fn is_of_link(&self) -> bool {
        matches!(
            self,
            PeerFault::Unreachable(_) | PeerFault::WrongSecret(_) | PeerFault::NoSuchOperation
        )
    }

    /// Whether the same packet may go better later. What the other axis calls wrong will not, but
    /// a fault of its own, and a code nobody told us, may.
    pub fn may_go_later(&self) -> bool {
        match self {
            PeerFault::Refused { code, .. } => {
                !matches!(code.as_str(), "10" | "18" | "19" | "22" | "23")
            }
            _ => true,
        }
    }

    pub fn health(&self) -> Health {
        match self {
            PeerFault::Unreachable(_) | PeerFault::BrokenOff(_) => Health::Unreachable,
            PeerFault::WrongSecret(_) => Health::WrongSecret,
            PeerFault::Nonsense(_) | PeerFault::NoSuchOperation => Health::Nonsense,
            PeerFault::Refused { .. } => Health::Refusing,
        }
    }
}
