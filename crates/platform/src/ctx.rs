//! What a request, a job or a test is handed: everything that is not an argument.
//! It may not grow without a page under `docs/decisions`.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::clock::Clock;
use crate::files::Files;
use crate::ids::Ids;
use crate::outside::Outside;
use crate::store::Store;
use crate::vault::Vault;
use crate::words::Words;

#[derive(Clone)]
pub struct Ctx {
    pub store: Store,
    pub clock: Clock,
    pub ids: Ids,
    pub files: Files,
    pub words: Words,
    /// All that leaves the building: the press, mail, short messages.
    pub outside: Outside,
    /// What the database keeps and nobody may read in it.
    pub vault: Vault,
    pub settings: Arc<Settings>,
}

/// What the operator chose, read once at the start.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Scheme and host people reach this installation by, without a trailing slash:
    /// `https://dichvucong.example.vn`. Printed in QR codes and notices.
    pub public_address: String,
    /// The same of the listener that shows machines their part of the site at its root; none, where
    /// there is no such listener.
    pub machine_address: Option<String>,
    /// A demonstration: pages say so, demo accounts and the outbox are shown.
    pub demo: bool,
    /// How many proxies in front of us may be believed about the caller's address.
    pub trusted_proxies: u8,
    /// Where keys are kept that never leave their hardware; none: only keys in software.
    pub token: Option<HardwareToken>,
}

/// A token or hardware module behind PKCS#11.
#[derive(Clone)]
pub struct HardwareToken {
    /// The maker's library.
    pub module: PathBuf,
    /// Which of the module's tokens.
    pub label: String,
    /// What opens it. Given to the token, written nowhere.
    pub pin: String,
}

impl fmt::Debug for HardwareToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HardwareToken({}, {})", self.module.display(), self.label)
    }
}
