//! Letting in and out: the session begins in the same unit as what led to it.

use platform::Ctx;
use platform::ids::Ids;
use platform::store::{StoreError, Tx};
use platform::web::View;
use platform::web::session::{self, Fresh, Holder, SessionKind};
use serde_json::json;
use uuid::Uuid;

use super::attempts::Counters;
use super::{Scribe, object};
use crate::account::{Account, AccountId, AccountKind};
use crate::actor::Actor;
use crate::refusal::Refusal;
use crate::secret_code::{self, RECOVERY_CODES, token_hash};
use crate::store::{accounts, delegations};

/// The cookie of a conversation before the sign-in.
const PASSAGE: &str = "passage";
/// The cookie by which an account knows a browser again.
const BROWSER: &str = "browser";
const BROWSER_SECONDS: u32 = 365 * 24 * 60 * 60;

/// A person about to be let in.
#[derive(Clone)]
pub(crate) struct Admission {
    account: AccountId,
    fresh: Fresh,
    browser: String,
    counters: Counters,
    scribe: Scribe,
}

impl Admission {
    pub fn new(ctx: &Ctx, view: &View, account: &Account, counters: Counters) -> Admission {
        let kind = match account.kind {
            AccountKind::Officer => SessionKind::Officer,
            _ => SessionKind::Citizen,
        };
        let holder = Holder { subject: account.id.0, kind, label: account.name.clone() };
        Admission {
            account: account.id,
            fresh: Fresh::new(ctx, view, holder),
            browser: view.kept(BROWSER).unwrap_or_else(|| ctx.ids.token()),
            counters,
            scribe: Scribe::owner(ctx, account),
        }
    }

    /// After the commit: the browser gets its secrets.
    pub fn keep(&self, view: &View) {
        view.keep_session(&self.fresh);
        view.keep(BROWSER, &self.browser, BROWSER_SECONDS);
        view.forget(PASSAGE);
    }
}

pub(crate) fn admit(tx: &mut Tx, admission: &Admission) -> Result<(), Refusal> {
    let id = admission.account;
    admission.counters.settle(tx, id)?;
    accounts::know_browser(tx, &token_hash(&admission.browser), id, admission.scribe.now)?;
    session::begin(tx, &admission.fresh)?;
    let detail = json!({ "session": admission.fresh.id() });
    Ok(admission.scribe.note(tx, "identity.sign-in", object(id), detail)?)
}

pub(crate) async fn sign_out(ctx: &Ctx, view: &View, actor: &Actor) -> Result<(), Refusal> {
    let (scribe, id, session) = (Scribe::of(ctx, actor), actor.account, actor.session);
    ctx.store
        .write(move |tx| {
            session::end(tx, id.0, session)?;
            delegations::for_oneself(tx, session)?;
            scribe.note(tx, "identity.sign-out", object(id), json!({ "session": session }))
        })
        .await?;
    view.forget_session();
    Ok(())
}

/// Ends one of one's own sessions in another browser.
pub(crate) async fn end(ctx: &Ctx, actor: &Actor, session: Uuid) -> Result<(), Refusal> {
    let (scribe, id) = (Scribe::of(ctx, actor), actor.account);
    ctx.store
        .write(move |tx| {
            if !session::end(tx, id.0, session)? {
                return Err(Refusal::NotThere);
            }
            delegations::for_oneself(tx, session)?;
            let detail = json!({ "session": session });
            Ok(scribe.note(tx, "identity.end-session", object(id), detail)?)
        })
        .await
}

pub(crate) async fn end_others(ctx: &Ctx, actor: &Actor) -> Result<(), Refusal> {
    let (scribe, id, keep) = (Scribe::of(ctx, actor), actor.account, actor.session);
    ctx.store
        .write(move |tx| {
            let ended = session::end_all_but(tx, id.0, keep)?;
            let detail = json!({ "ended": ended });
            scribe.note(tx, "identity.end-other-sessions", object(id), detail)
        })
        .await?;
    Ok(())
}

/// The same person showed the password again: a new secret, and it goes on acting for whom it did.
pub(crate) fn renew(
    tx: &mut Tx,
    actor: AccountId,
    old: Uuid,
    fresh: &Fresh,
    scribe: &Scribe,
) -> Result<(), StoreError> {
    session::begin(tx, fresh)?;
    delegations::carry_over(tx, old, fresh.id())?;
    if let Some(acting) = delegations::acting(tx, fresh.id())? {
        session::act_on_behalf(tx, actor.0, fresh.id(), Some(&acting.principal_name))?;
    }
    scribe.note(tx, "identity.prove-again", object(actor), json!({}))
}

pub(crate) fn keep_passage(view: &View, token: &str, minutes: i64) {
    view.keep(PASSAGE, token, u32::try_from(minutes * 60).unwrap_or(900));
}

pub(crate) fn forget_passage(view: &View) {
    view.forget(PASSAGE);
}

pub(crate) fn passage_hash(view: &View) -> Option<Vec<u8>> {
    view.kept(PASSAGE).map(|token| token_hash(&token))
}

pub(crate) fn browser_hash(view: &View) -> Option<Vec<u8>> {
    view.kept(BROWSER).map(|token| token_hash(&token))
}

/// Ten codes on a sheet of paper. Their texts are shown once.
#[derive(Clone)]
pub(crate) struct RecoveryCodes(Vec<(Uuid, String)>);

impl RecoveryCodes {
    pub fn new(ids: &Ids) -> RecoveryCodes {
        let code = |_| (ids.next(), secret_code::paper_code(ids));
        RecoveryCodes((0..RECOVERY_CODES).map(code).collect())
    }

    pub fn texts(&self) -> Vec<String> {
        self.0.iter().map(|(_, text)| text.clone()).collect()
    }

    pub fn hashes(&self) -> Vec<(Uuid, Vec<u8>)> {
        self.0.iter().map(|(id, text)| (*id, secret_code::hash(*id, text))).collect()
    }
}
