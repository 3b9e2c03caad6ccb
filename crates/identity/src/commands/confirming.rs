//! The second factor once more, by somebody who is signed in, over one act of weight: a signature,
//! a seal. A code that was used up at the door does not count here, nor one a second time.
//!
//! Law: Luật 20/2023/QH15 art. 22

use jiff::Timestamp;
use platform::Ctx;
use serde_json::json;

use super::attempts::key;
use super::sign_in::{Proved, prove};
use super::{Scribe, object};
use crate::account::AccountId;
use crate::actor::Actor;
use crate::refusal::Refusal;
use crate::store::accounts;
use crate::store::throttles::{self, Counter};
use crate::throttle::KNOWN_BROWSER;

/// The proof that the owner of an account confirmed one act a moment ago. Only [`confirm_again`]
/// makes it; it is handed on once and cannot be copied.
#[derive(Debug)]
pub struct Confirmed {
    account: AccountId,
    name: String,
    at: Timestamp,
    factor: Factor,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    /// Six digits of the authenticator app.
    App,
    RecoveryCode,
}

/// Takes what was typed as the second factor and uses it up. Attempts are counted before they are
/// looked at, under the account alone: only who is signed in to it can try here.
///
/// # Errors
/// [`Refusal::CodeWrong`], [`Refusal::Waiting`] after many wrong ones, [`Refusal::NoApp`].
pub async fn confirm_again(ctx: &Ctx, actor: &Actor, typed: &str) -> Result<Confirmed, Refusal> {
    let (id, typed, now) = (actor.account, typed.trim().to_owned(), ctx.clock.now());
    let (scribe, vault) = (Scribe::of(ctx, actor), ctx.vault.clone());
    let counter = Counter { key: key("confirm", id.0.as_bytes()), rule: KNOWN_BROWSER };
    let waiting = counter.clone();
    ctx.store
        .write(move |tx| match throttles::reserve(tx, std::slice::from_ref(&waiting), now)? {
            Some(until) => Err(Refusal::Waiting { until }),
            None => Ok(()),
        })
        .await?;
    let proved = ctx
        .store
        .write::<_, Refusal, _>(move |tx| {
            let has_app = accounts::by_id(tx, id)?.is_some_and(|account| account.has_totp);
            if !has_app {
                return Err(Refusal::NoApp);
            }
            let Some(how) = prove(tx, &vault, (id, &typed), now)? else {
                let detail = json!({ "step": "confirm" });
                scribe.note(tx, "identity.confirm-refused", object(id), detail)?;
                return Ok(None);
            };
            throttles::forget(tx, &counter.key)?;
            if how == Proved::RecoveryCode {
                scribe.note(tx, "identity.use-recovery-code", object(id), json!({}))?;
                scribe.tell(tx, id, "recovery-used")?;
            }
            Ok(Some(how))
        })
        .await?;
    let factor = match proved.ok_or(Refusal::CodeWrong)? {
        Proved::App => Factor::App,
        Proved::RecoveryCode => Factor::RecoveryCode,
    };
    Ok(Confirmed { account: id, name: actor.name.clone(), at: now, factor })
}

impl Confirmed {
    pub fn account(&self) -> AccountId {
        self.account
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn at(&self) -> Timestamp {
        self.at
    }

    pub fn factor(&self) -> Factor {
        self.factor
    }
}

impl Factor {
    pub fn code(self) -> &'static str {
        match self {
            Factor::App => "app",
            Factor::RecoveryCode => "recovery-code",
        }
    }
}
