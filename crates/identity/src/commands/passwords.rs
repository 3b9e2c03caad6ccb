//! Changing a password, and getting in again after it was forgotten.

use jiff::{SignedDuration, Timestamp};
use platform::Ctx;
use platform::store::{StoreError, Tx};
use platform::web::View;
use platform::web::session::{self, Fresh};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::attempts::{address_key, key};
use super::{Scribe, object, sessions, sign_in};
use crate::account::{Account, AccountId, AccountKind, Contact, Status};
use crate::actor::Actor;
use crate::hashing::Hashing;
use crate::message_code::{self, Purpose};
use crate::password::{Password, Strictness};
use crate::refusal::Refusal;
use crate::secret_code::token_hash;
use crate::store::accounts;
use crate::store::passages::{self, NewPassage};
use crate::store::throttles::{self, Counter};
use crate::throttle::{ADDRESS, KNOWN_BROWSER};

const FORGOTTEN: &str = "forgotten-password";
const PASSAGE_MINUTES: i64 = 20;

/// How long after showing the password a factor may be changed.
pub(crate) const PROVED_MINUTES: i64 = 15;

pub(crate) fn store(
    tx: &mut Tx,
    id: AccountId,
    hash: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    accounts::set_password(tx, id, hash, now)
}

/// Shows the password once more, before something of weight. The session gets a new secret.
pub(crate) async fn prove_again(
    ctx: &Ctx,
    hashing: &Hashing,
    view: &View,
    (actor, password): (&Actor, Password),
) -> Result<(), Refusal> {
    check_own(ctx, hashing, actor, password).await?;
    let fresh = Fresh::reproved(ctx, view).ok_or(Refusal::PassageOver)?;
    let (begun, id, old) = (fresh.clone(), actor.account, actor.session);
    let scribe = Scribe::of(ctx, actor);
    ctx.store.write(move |tx| sessions::renew(tx, id, old, &begun, &scribe)).await?;
    view.keep_session(&fresh);
    Ok(())
}

/// The present password, guessed at no faster than at the door.
async fn check_own(
    ctx: &Ctx,
    hashing: &Hashing,
    actor: &Actor,
    password: Password,
) -> Result<(), Refusal> {
    let (id, now) = (actor.account, ctx.clock.now());
    let counter = Counter { key: key("prove-again", id.0.as_bytes()), rule: KNOWN_BROWSER };
    let counted = counter.clone();
    let stored = ctx
        .store
        .write(move |tx| {
            if let Some(until) = throttles::reserve(tx, std::slice::from_ref(&counted), now)? {
                return Err(Refusal::Waiting { until });
            }
            let credentials = accounts::credentials(tx, id)?;
            Ok(credentials.and_then(|credentials| credentials.password_hash))
        })
        .await?;
    let verdict = hashing.verify(password, stored, actor.kind.strictness()).await?;
    let scribe = Scribe::of(ctx, actor);
    ctx.store
        .write(move |tx| {
            if verdict.right {
                throttles::forget(tx, &counter.key)
            } else {
                let detail = json!({ "step": "prove-again" });
                scribe.note(tx, "identity.sign-in-refused", object(id), detail)
            }
        })
        .await?;
    if verdict.right { Ok(()) } else { Err(Refusal::PasswordWrong) }
}

/// From the account page: the present one and the new one. Ends all other sessions.
pub(crate) async fn change(
    ctx: &Ctx,
    hashing: &Hashing,
    view: &View,
    (actor, present, new): (&Actor, Password, Password),
) -> Result<(), Refusal> {
    check_own(ctx, hashing, actor, present).await?;
    let hash = hashing.hash(new, actor.kind.strictness(), ctx.ids.secret()).await?;
    let fresh = Fresh::reproved(ctx, view).ok_or(Refusal::PassageOver)?;
    let (begun, id, old) = (fresh.clone(), actor.account, actor.session);
    let scribe = Scribe::of(ctx, actor);
    ctx.store
        .write(move |tx| {
            store(tx, id, &hash, scribe.now)?;
            sessions::renew(tx, id, old, &begun, &scribe)?;
            session::end_all_but(tx, id.0, begun.id())?;
            accounts::forget_browsers(tx, id)?;
            passages::close_of(tx, id)?;
            scribe.note(tx, "identity.change-password", object(id), json!({}))?;
            scribe.tell(tx, id, "password-changed")
        })
        .await?;
    view.keep_session(&fresh);
    Ok(())
}

/// What is remembered while somebody who forgot the password waits for a message.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Waiting {
    /// None: the name has no account, or none that a code could reach. Nobody can tell.
    code: Option<Uuid>,
    proved: bool,
    /// The code, there or not, is good until then.
    until: Timestamp,
}

/// Says nothing about whether the name has an account: a message is sent or it is not.
pub(crate) async fn forgotten(ctx: &Ctx, view: &View, login: &str) -> Result<(), Refusal> {
    let login = sign_in::canonical_login(login);
    let account = reachable(ctx, view, login).await?;
    let contact = account.as_ref().and_then(contact_of);
    let code = match (&account, contact) {
        (Some(account), Some(contact)) => {
            let purpose = Purpose::ForgottenPassword;
            let sent = message_code::send(ctx, view, &contact, purpose, Some(account.id)).await;
            match sent {
                Ok(code) => Some(code),
                // Too many messages to this contact: to say so would tell that there is one.
                Err(Refusal::Waiting { .. }) => None,
                Err(other) => return Err(other),
            }
        }
        _ => {
            message_code::send_nothing(ctx, view).await?;
            None
        }
    };
    let (token, now) = (ctx.ids.token(), ctx.clock.now());
    let until = now + SignedDuration::from_mins(message_code::MINUTES);
    let new = NewPassage {
        token_hash: token_hash(&token),
        purpose: FORGOTTEN,
        account: account.map(|account| account.id),
        answers: json!(Waiting { code, proved: false, until }),
        now,
        expires_at: now + SignedDuration::from_mins(PASSAGE_MINUTES),
    };
    ctx.store.write(move |tx| passages::open(tx, &new)).await?;
    sessions::keep_passage(view, &token, PASSAGE_MINUTES);
    Ok(())
}

/// Only citizens help themselves; an officer's administrator gives a link.
async fn reachable(ctx: &Ctx, view: &View, login: String) -> Result<Option<Account>, Refusal> {
    let counter = Counter { key: address_key("forgotten", view), rule: ADDRESS };
    let now = ctx.clock.now();
    ctx.store
        .write(move |tx| {
            if let Some(until) = throttles::reserve(tx, std::slice::from_ref(&counter), now)? {
                return Err(Refusal::Waiting { until });
            }
            let Some(id) = accounts::id_by_login(tx, &login)? else { return Ok(None) };
            let account = accounts::by_id(tx, id)?;
            Ok(account.filter(|account| {
                account.kind == AccountKind::Citizen && account.status == Status::Active
            }))
        })
        .await
}

fn contact_of(account: &Account) -> Option<Contact> {
    let phone = account.phone.clone().map(Contact::Phone);
    phone.or_else(|| account.email.clone().map(Contact::Email))
}

pub(crate) async fn prove_forgotten(ctx: &Ctx, view: &View, typed: &str) -> Result<(), Refusal> {
    let (token, waiting, _) = waiting(ctx, view).await?;
    let counted = token.clone();
    let tried =
        ctx.store.write(move |tx| passages::count_try(tx, &counted, message_code::TRIES)).await?;
    if !tried || waiting.until <= ctx.clock.now() {
        return Err(Refusal::CodeSpent);
    }
    // Without an account every code is wrong, as it would be with one.
    let code = waiting.code.ok_or(Refusal::CodeWrong)?;
    message_code::check(ctx, code, typed).await?;
    let proved = json!(Waiting { proved: true, ..waiting });
    Ok(ctx.store.write(move |tx| passages::answer(tx, &token, &proved)).await?)
}

async fn waiting(ctx: &Ctx, view: &View) -> Result<(Vec<u8>, Waiting, Option<AccountId>), Refusal> {
    let token = sessions::passage_hash(view).ok_or(Refusal::PassageOver)?;
    let now = ctx.clock.now();
    ctx.store
        .read(move |tx| {
            let passage = passages::find(tx, &token, FORGOTTEN, now)?;
            let passage = passage.ok_or(Refusal::PassageOver)?;
            let waiting =
                serde_json::from_value(passage.answers).map_err(|_| Refusal::PassageOver)?;
            Ok((token.clone(), waiting, passage.account.map(AccountId)))
        })
        .await
}

/// Whose password will be set, once the code was right.
pub(crate) async fn whose(ctx: &Ctx, view: &View) -> Result<Account, Refusal> {
    let (_, waiting, account) = waiting(ctx, view).await?;
    let id = account.filter(|_| waiting.proved).ok_or(Refusal::PassageOver)?;
    let account = ctx.store.read(move |tx| accounts::by_id(tx, id)).await?;
    account.ok_or(Refusal::PassageOver)
}

/// The new password after a proved code. Every session and every known browser is forgotten; the
/// second factor, where there is one, is asked for as ever.
pub(crate) async fn reset(
    ctx: &Ctx,
    hashing: &Hashing,
    view: &View,
    password: Password,
) -> Result<(), Refusal> {
    let account = whose(ctx, view).await?;
    let token = sessions::passage_hash(view).ok_or(Refusal::PassageOver)?;
    let hash = hashing.hash(password, Strictness::Citizen, ctx.ids.secret()).await?;
    let (id, scribe) = (account.id, Scribe::owner(ctx, &account));
    ctx.store
        .write(move |tx| {
            if !passages::close(tx, &token)? {
                return Err(Refusal::PassageOver);
            }
            replace(tx, id, &hash, &scribe)?;
            Ok(scribe.note(tx, "identity.reset-password", object(id), json!({ "by": "code" }))?)
        })
        .await?;
    sessions::forget_passage(view);
    Ok(())
}

fn replace(tx: &mut Tx, id: AccountId, hash: &str, scribe: &Scribe) -> Result<(), StoreError> {
    store(tx, id, hash, scribe.now)?;
    session::end_all(tx, id.0)?;
    accounts::forget_browsers(tx, id)?;
    scribe.tell(tx, id, "password-changed")
}

/// Whose link this is, as long as it is good.
pub(crate) async fn whose_link(ctx: &Ctx, token: &str) -> Result<Account, Refusal> {
    let (hash, now) = (token_hash(token), ctx.clock.now());
    ctx.store
        .read(move |tx| {
            let id = passages::link(tx, &hash, now)?.ok_or(Refusal::LinkOver)?;
            let account = accounts::by_id(tx, id)?.ok_or(Refusal::LinkOver)?;
            if account.status == Status::Active { Ok(account) } else { Err(Refusal::LinkOver) }
        })
        .await
}

/// An officer chooses a password with the link the administrator handed over.
pub(crate) async fn set_by_link(
    ctx: &Ctx,
    hashing: &Hashing,
    token: &str,
    (account, password): (&Account, Password),
) -> Result<(), Refusal> {
    let hash = hashing.hash(password, account.kind.strictness(), ctx.ids.secret()).await?;
    let (link, id) = (token_hash(token), account.id);
    let scribe = Scribe::owner(ctx, account);
    ctx.store
        .write(move |tx| {
            if !passages::use_link(tx, &link, scribe.now)? {
                return Err(Refusal::LinkOver);
            }
            replace(tx, id, &hash, &scribe)?;
            Ok(scribe.note(tx, "identity.reset-password", object(id), json!({ "by": "link" }))?)
        })
        .await
}
