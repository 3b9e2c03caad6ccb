//! A webhook: the address at which a system is told its news, see [`crate::news`]. What a call
//! says, how it is signed, when it is made again. Pure.

use aws_lc_rs::hmac;
use jiff::{SignedDuration, Timestamp};
use platform::outside::reach::{Reach, host_of};
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use platform::vault::Place;
use serde::Serialize;

use crate::news::News;

/// Calls in vain before a person looks at it.
pub const TRIES_MAX: i64 = 5;
const PAUSE_FIRST: SignedDuration = SignedDuration::from_secs(30);
/// Told in one call.
pub const TOLD_AT_ONCE: i64 = 100;
pub const ADDRESS_LETTERS_MAX: usize = 500;

/// Seconds since 1970; the signature is over it, a full stop and the body.
pub const TIMESTAMP: &str = "x-lienthong-timestamp";
/// `v1=` and the keyed hash (HMAC-SHA256) in hexadecimal digits.
pub const SIGNATURE: &str = "x-lienthong-signature";
/// The same call, signed with the key of the axis' receipts.
pub const RECEIPT: &str = "x-lienthong-receipt";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WebhookState {
    Active,
    /// By a person.
    Stopped,
    /// Nobody heard it, so many times.
    Dead,
}

record! {
    #[derive(Debug, Clone)]
    pub struct Webhook {
        pub system_id: String,
        pub address: String,
        pub inside: bool,
        /// Sealed by the vault.
        pub secret: Vec<u8>,
        pub state: WebhookState,
        pub attempts: i64,
        pub next_at: Timestamp,
        pub heard_at: Option<Timestamp>,
        pub last_error: String,
        pub made_name: String,
        pub made_at: Timestamp,
    }
}

/// What a call says.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Call {
    pub system: String,
    pub sent_at: Timestamp,
    pub events: Vec<News>,
    /// Others wait behind these.
    pub more: bool,
}

/// Why an address is none to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressFault {
    /// No address of the web, or one with a name and password in it.
    Malformed,
    /// Without encryption to somebody outside.
    Unencrypted,
    /// It leads to a machine that only we reach.
    Inside,
}

/// Where the secret of a webhook opens, and nowhere else.
pub fn sealed_at(system_id: &str) -> Place<'_> {
    Place { table: "axis_webhook", column: "secret", row: system_id.as_bytes() }
}

/// An address as an administrator types it. Inside our own networks only when it is said so, and
/// only there without encryption.
pub fn read_address(typed: &str, inside: bool) -> Result<String, AddressFault> {
    let typed = typed.trim();
    let scheme = typed.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    let authority =
        typed.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    let bare = authority.is_some_and(|host| !host.contains('@')) && !typed.contains([' ', '\n']);
    let short = typed.len() <= ADDRESS_LETTERS_MAX;
    let known = matches!(scheme.as_deref(), Some("http" | "https"));
    if !(bare && short && known) || host_of(typed).is_none() {
        return Err(AddressFault::Malformed);
    }
    if inside {
        return Ok(typed.to_owned());
    }
    if scheme.as_deref() != Some("https") {
        return Err(AddressFault::Unencrypted);
    }
    match Reach::PublicAnd([].into()).allows(typed) && !is_our_own(typed) {
        true => Ok(typed.to_owned()),
        false => Err(AddressFault::Inside),
    }
}

/// Names that mean this machine everywhere.
fn is_our_own(address: &str) -> bool {
    host_of(address).is_none_or(|host| host == "localhost" || host.ends_with(".localhost"))
}

/// The keyed hash over time and body, as it stands in the header.
pub fn signature(secret: &[u8], at: Timestamp, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let mut context = hmac::Context::with_key(&key);
    context.update(at.as_second().to_string().as_bytes());
    context.update(b".");
    context.update(body);
    format!("v1={}", wire::vxp::file::padded(context.sign().as_ref()))
}

/// Until it is called again after so many calls in vain; none: it is for a person now.
pub fn pause_after(attempts: i64) -> Option<SignedDuration> {
    let doublings = u32::try_from(attempts.checked_sub(1)?).ok()?;
    (attempts < TRIES_MAX).then(|| PAUSE_FIRST * 2_i32.pow(doublings))
}

impl Webhook {
    /// The same host hears what it heard, so its secret may stay.
    pub fn goes_on_as(&self, new: &Webhook) -> bool {
        self.state != WebhookState::Stopped
            && (&self.address, self.inside) == (&new.address, new.inside)
    }

    /// What it may reach: the public, and this one host where somebody said so.
    pub fn reach(&self) -> Reach {
        let host = host_of(&self.address).filter(|_| self.inside);
        Reach::PublicAnd(host.into_iter().collect())
    }
}

impl AddressFault {
    pub const ALL: [AddressFault; 3] =
        [AddressFault::Malformed, AddressFault::Unencrypted, AddressFault::Inside];

    /// The key of the sentence that says how to mend it.
    pub fn word(self) -> &'static str {
        match self {
            AddressFault::Malformed => "axis-webhook-address-malformed",
            AddressFault::Unencrypted => "axis-webhook-address-unencrypted",
            AddressFault::Inside => "axis-webhook-address-inside",
        }
    }
}

impl WebhookState {
    pub const ALL: [WebhookState; 3] =
        [WebhookState::Active, WebhookState::Stopped, WebhookState::Dead];

    pub fn code(self) -> &'static str {
        match self {
            WebhookState::Active => "active",
            WebhookState::Stopped => "stopped",
            WebhookState::Dead => "dead",
        }
    }

    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            WebhookState::Active => "axis-webhook-active",
            WebhookState::Stopped => "axis-webhook-stopped",
            WebhookState::Dead => "axis-webhook-dead",
        }
    }
}

impl ToArg for WebhookState {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for WebhookState {
    const EXPECTED: &'static str = "a state of a webhook";

    fn from_cell(cell: Cell<'_>) -> Option<WebhookState> {
        let Cell::Text(code) = cell else { return None };
        WebhookState::ALL.into_iter().find(|one| one.code() == code)
    }
}
