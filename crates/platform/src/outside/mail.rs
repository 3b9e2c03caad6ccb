//! Letters by mail (SMTP), or into the outbox.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_lc_rs::digest::{SHA256, digest};
use lettre::address::AddressError;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message as Letter, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::outbox::{Channel, Outbox};
use super::{Message, OutsideError};
use crate::clock::Clock;
use crate::hex::to_hex;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// From the first byte, usually port 465.
    Tls,
    /// After a greeting, usually port 587. A server that cannot is not used.
    StartTls,
    /// None at all: only for a relay on the same machine.
    Plain,
}

/// The relay that letters are handed to.
#[derive(Clone)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    pub user: Option<(String, String)>,
    /// `Một cửa phường X <mot-cua@example.vn>`
    pub from: String,
    pub timeout: Duration,
}

/// Cheap to clone.
#[derive(Clone)]
pub enum Mail {
    Recorded(Outbox),
    Smtp(Arc<Smtp>),
}

pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    clock: Clock,
    timeout: Duration,
}

impl Mail {
    pub fn smtp(server: &MailServer, clock: Clock) -> Result<Mail, OutsideError> {
        let from: Mailbox = server
            .from
            .parse()
            .map_err(|error| OutsideError::Never(format!("the sender's address: {error}")))?;
        let parameters = || {
            TlsParameters::new(server.host.clone())
                .map_err(|error| OutsideError::Never(format!("TLS to the relay: {error}")))
        };
        let tls = match server.encryption {
            Encryption::Tls => Tls::Wrapper(parameters()?),
            Encryption::StartTls => Tls::Required(parameters()?),
            Encryption::Plain => Tls::None,
        };
        let mut transport =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.clone())
                .port(server.port)
                .tls(tls)
                .timeout(Some(server.timeout));
        if let Some((user, password)) = server.user.clone() {
            transport = transport.credentials(Credentials::new(user, password));
        }
        let (transport, timeout) = (transport.build(), server.timeout);
        Ok(Mail::Smtp(Arc::new(Smtp { transport, from, clock, timeout })))
    }

    pub async fn send(&self, message: Message) -> Result<(), OutsideError> {
        match self {
            Mail::Recorded(outbox) => outbox.keep(Channel::Mail, &message).await,
            Mail::Smtp(smtp) => smtp.send(&message).await,
        }
    }
}

impl Smtp {
    async fn send(&self, message: &Message) -> Result<(), OutsideError> {
        let letter = self.letter(message)?;
        // The relay's own timeouts are per step; a slow one could stretch them without end.
        let sending = tokio::time::timeout(self.timeout * 4, self.transport.send(letter));
        match sending.await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if error.is_permanent() => {
                Err(OutsideError::Never(format!("the relay refused the letter: {}", code(&error))))
            }
            Ok(Err(error)) => Err(OutsideError::NotNow(format!("the relay: {}", code(&error)))),
            Err(_) => Err(OutsideError::NotNow("the relay took too long".to_owned())),
        }
    }

    fn letter(&self, message: &Message) -> Result<Letter, OutsideError> {
        let to: Mailbox = message.to.parse().map_err(|_: AddressError| {
            OutsideError::Never("the recipient's address is not one".to_owned())
        })?;
        let subject: String =
            message.subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        Letter::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .date(SystemTime::from(self.clock.now()))
            .message_id(Some(self.message_id(&message.key)))
            .header(AutoSubmitted)
            .singlepart(SinglePart::plain(message.text.clone()))
            .map_err(|error| OutsideError::Never(format!("the letter: {error}")))
    }

    /// The same for the same key, so that a relay or a mailbox can see that it has the letter.
    fn message_id(&self, key: &str) -> String {
        let hash = digest(&SHA256, key.as_bytes());
        let name = to_hex(&hash.as_ref()[..16]);
        format!("<{name}@{}>", self.from.email.domain())
    }
}

/// The relay's code, or the kind of failure. Its whole sentence often repeats the address, and
/// this goes into logs.
fn code(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => code.to_string(),
        None if error.is_timeout() => "timeout".to_owned(),
        None if error.is_tls() => "TLS".to_owned(),
        None => "no connection".to_owned(),
    }
}

/// RFC 3834: nobody's out-of-office answer comes back.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
