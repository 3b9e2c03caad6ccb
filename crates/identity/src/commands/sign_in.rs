//! Signing in: a password, then for officers and for whoever wants it a second factor.
//!
//! An unknown name and a wrong password take the same time and get the same words. Attempts are
//! counted before they are looked at, by account and by network address; a browser that has signed
//! in before is counted by itself, so that strangers cannot keep its owner out.

use jiff::SignedDuration;
use platform::Ctx;
use platform::store::Tx;
use platform::vault::Vault;
use platform::web::View;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::attempts::{Counters, counters};
use super::sessions::{self, Admission};
use super::{Scribe, object};
use crate::account::{Account, AccountId, AccountKind, Status};
use crate::hashing::Hashing;
use crate::password::{Password, Strictness};
use crate::personal_number::PersonalNumber;
use crate::refusal::Refusal;
use crate::sealed;
use crate::secret_code::{self, token_hash};
use crate::store::accounts::{self, Credentials};
use crate::store::passages::{self, NewPassage};
use crate::store::throttles;
use crate::totp::TotpSecret;

pub(crate) const SECOND: &str = "second-factor";
pub(crate) const ENROL: &str = "enrol";
/// Minutes from the password to the second factor.
const PASSAGE_MINUTES: i64 = 15;
/// Tries of one passage; after them the password is asked for again.
const TRIES: i64 = 5;

/// What was typed into the one form.
pub(crate) struct Typed {
    pub login: String,
    pub password: Password,
    /// Where the person wanted to go.
    pub back: String,
}

/// How it goes on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Inside {
        back: String,
    },
    SecondFactor,
    /// An officer without an authenticator app: nothing else before there is one.
    Enrol,
}

/// What is remembered between the password and the second factor.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Half {
    pub login: String,
    pub back: String,
    /// The key of a new authenticator app that has not answered yet, sealed.
    pub secret: Option<Vec<u8>>,
}

struct Found {
    account: Account,
    credentials: Credentials,
}

pub(crate) async fn enter(
    ctx: &Ctx,
    hashing: &Hashing,
    view: &View,
    typed: Typed,
) -> Result<Next, Refusal> {
    let login = canonical_login(&typed.login);
    let counters = counters(view, &login);
    let found = reserve(ctx, &login, &counters).await?;
    let stored = found.as_ref().and_then(|found| found.credentials.password_hash.clone());
    let strictness = strictness_of(&login);
    let verdict = hashing.verify(typed.password.clone(), stored.clone(), strictness).await?;
    let Some(found) = found.filter(|_| verdict.right) else {
        note_refused(ctx, &login).await?;
        return Err(Refusal::NotRecognised);
    };
    if found.account.status != Status::Active {
        return Err(Refusal::Disabled);
    }
    if let (true, Some(old)) = (verdict.stale, stored) {
        let new = hashing.hash(typed.password, strictness, ctx.ids.secret()).await?;
        let id = found.account.id;
        ctx.store.write(move |tx| accounts::rehash(tx, id, &new, &old)).await?;
    }
    let half = Half { login, back: typed.back, secret: None };
    match (found.account.has_totp, found.account.kind) {
        (true, _) => half_way(ctx, view, &found.account, half, SECOND).await,
        (false, AccountKind::Officer) => half_way(ctx, view, &found.account, half, ENROL).await,
        (false, _) => {
            let back = half.back.clone();
            let admission = Admission::new(ctx, view, &found.account, counters);
            let admitted = admission.clone();
            ctx.store.write(move |tx| sessions::admit(tx, &admitted)).await?;
            admission.keep(view);
            Ok(Next::Inside { back })
        }
    }
}

/// Counts the attempt and looks up whom it is about, before any guess is judged.
async fn reserve(ctx: &Ctx, login: &str, counters: &Counters) -> Result<Option<Found>, Refusal> {
    let (login, counters, now) = (login.to_owned(), counters.clone(), ctx.clock.now());
    ctx.store
        .write(move |tx| {
            let id = accounts::id_by_login(tx, &login)?;
            let counted = counters.list(tx, id)?;
            if let Some(until) = throttles::reserve(tx, &counted, now)? {
                return Err(Refusal::Waiting { until });
            }
            let Some(id) = id else { return Ok(None) };
            let account = accounts::by_id(tx, id)?;
            let credentials = accounts::credentials(tx, id)?;
            Ok(account
                .zip(credentials)
                .map(|(account, credentials)| Found { account, credentials }))
        })
        .await
}

async fn note_refused(ctx: &Ctx, login: &str) -> Result<(), Refusal> {
    let (login, scribe) = (login.to_owned(), Scribe::stranger(ctx));
    ctx.store
        .write(move |tx| {
            let id = accounts::id_by_login(tx, &login)?;
            let about = id.map_or_else(|| "account:unknown".to_owned(), object);
            let account = id.map(|id| accounts::by_id(tx, id)).transpose()?.flatten();
            let scribe = scribe.over(account.and_then(|account| account.unit));
            scribe.note(tx, "identity.sign-in-refused", about, json!({ "step": "password" }))
        })
        .await?;
    Ok(())
}

/// The password was right: the second page is open for a quarter of an hour, in this browser.
async fn half_way(
    ctx: &Ctx,
    view: &View,
    account: &Account,
    half: Half,
    purpose: &'static str,
) -> Result<Next, Refusal> {
    let token = ctx.ids.token();
    let now = ctx.clock.now();
    let counters = counters(view, &half.login);
    let half = if purpose == ENROL { with_new_app(ctx, &token, half)? } else { half };
    let new = NewPassage {
        token_hash: token_hash(&token),
        purpose,
        account: Some(account.id),
        answers: json!(half),
        now,
        expires_at: now + SignedDuration::from_mins(PASSAGE_MINUTES),
    };
    let id = account.id;
    ctx.store
        .write(move |tx| {
            // The guess was right: it is not to count against the next.
            for counter in counters.list(tx, Some(id))? {
                throttles::take_back(tx, &counter.key)?;
            }
            passages::open(tx, &new)
        })
        .await?;
    sessions::keep_passage(view, &token, PASSAGE_MINUTES);
    Ok(if purpose == ENROL { Next::Enrol } else { Next::SecondFactor })
}

/// An officer without an app gets the key of one.
fn with_new_app(ctx: &Ctx, token: &str, half: Half) -> Result<Half, Refusal> {
    let (hash, secret) = (token_hash(token), TotpSecret::new(ctx.ids.secret()));
    let secret = sealed::seal(&ctx.vault, sealed::in_passage(&hash), &secret)?;
    Ok(Half { secret: Some(secret), ..half })
}

/// The key that waits for its first answer, in the passage of this token.
pub(crate) fn new_app(ctx: &Ctx, token: &[u8], half: &Half) -> Result<TotpSecret, Refusal> {
    let kept = half.secret.as_deref().ok_or(Refusal::PassageOver)?;
    Ok(sealed::open(&ctx.vault, sealed::in_passage(token), kept)?)
}

/// Six digits of the app, or one of the ten recovery codes.
pub(crate) async fn second_factor(ctx: &Ctx, view: &View, typed: String) -> Result<Next, Refusal> {
    let (token, half, account) = open_half(ctx, view, SECOND).await?;
    let counters = counters(view, &half.login);
    count_try(ctx, &token, account.id, &counters).await?;
    let admission = Admission::new(ctx, view, &account, counters);
    let (admitted, id, now) = (admission.clone(), account.id, ctx.clock.now());
    let (refused, vault) = (Scribe::owner(ctx, &account), ctx.vault.clone());
    let right = ctx
        .store
        .write(move |tx| {
            let Some(how) = prove(tx, &vault, (id, &typed), now)? else {
                let detail = json!({ "step": "second-factor" });
                refused.note(tx, "identity.sign-in-refused", object(id), detail)?;
                return Ok::<bool, Refusal>(false);
            };
            // Whoever closes the passage goes in; a second click finds it closed.
            if !passages::close(tx, &token)? {
                return Err(Refusal::PassageOver);
            }
            if how == Proved::RecoveryCode {
                refused.note(tx, "identity.use-recovery-code", object(id), json!({}))?;
                refused.tell(tx, id, "recovery-used")?;
            }
            sessions::admit(tx, &admitted)?;
            Ok(true)
        })
        .await?;
    if !right {
        return Err(Refusal::CodeWrong);
    }
    admission.keep(view);
    Ok(Next::Inside { back: half.back })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proved {
    App,
    RecoveryCode,
}

/// Which factor the text is, used up at once.
pub(crate) fn prove(
    tx: &mut Tx,
    vault: &Vault,
    (id, typed): (AccountId, &str),
    now: jiff::Timestamp,
) -> Result<Option<Proved>, Refusal> {
    let Some(credentials) = accounts::credentials(tx, id)? else { return Ok(None) };
    let Some(totp) = credentials.totp(vault)? else { return Ok(None) };
    if let Some(step) = totp.accept(typed, now, credentials.totp_step) {
        return Ok(accounts::use_totp_step(tx, id, step)?.then_some(Proved::App));
    }
    for (code, hash) in accounts::unused_recovery_codes(tx, id)? {
        if secret_code::is(code, typed, &hash) {
            let used = accounts::use_recovery_code(tx, code, now)?;
            return Ok(used.then_some(Proved::RecoveryCode));
        }
    }
    Ok(None)
}

/// The passage of this browser, with what it remembers and whom it is about.
pub(crate) async fn open_half(
    ctx: &Ctx,
    view: &View,
    purpose: &'static str,
) -> Result<(Vec<u8>, Half, Account), Refusal> {
    let token = sessions::passage_hash(view).ok_or(Refusal::PassageOver)?;
    let now = ctx.clock.now();
    ctx.store
        .read(move |tx| {
            let passage = passages::find(tx, &token, purpose, now)?.ok_or(Refusal::PassageOver)?;
            let half = serde_json::from_value(passage.answers).map_err(|_| Refusal::PassageOver)?;
            let id = passage.account.map(AccountId).ok_or(Refusal::PassageOver)?;
            let account = accounts::by_id(tx, id)?.ok_or(Refusal::PassageOver)?;
            if account.status != Status::Active {
                return Err(Refusal::Disabled);
            }
            Ok((token.clone(), half, account))
        })
        .await
}

async fn count_try(
    ctx: &Ctx,
    token: &[u8],
    id: AccountId,
    counters: &Counters,
) -> Result<(), Refusal> {
    let (token, counters, now) = (token.to_vec(), counters.clone(), ctx.clock.now());
    ctx.store
        .write(move |tx| {
            let counted = counters.list(tx, Some(id))?;
            if let Some(until) = throttles::reserve(tx, &counted, now)? {
                return Err(Refusal::Waiting { until });
            }
            if passages::count_try(tx, &token, TRIES)? { Ok(()) } else { Err(Refusal::PassageOver) }
        })
        .await
}

/// The new app of an officer answered: keep its key, hand out recovery codes, let the person in.
pub(crate) async fn enrol(
    ctx: &Ctx,
    view: &View,
    typed: &str,
) -> Result<(Vec<String>, String), Refusal> {
    let (token, half, account) = open_half(ctx, view, ENROL).await?;
    let counters = counters(view, &half.login);
    count_try(ctx, &token, account.id, &counters).await?;
    let secret = new_app(ctx, &token, &half)?;
    let now = ctx.clock.now();
    let step = secret.accept(typed, now, None).ok_or(Refusal::CodeWrong)?;
    let admission = Admission::new(ctx, view, &account, counters);
    let recovery = sessions::RecoveryCodes::new(&ctx.ids);
    let (admitted, codes, id) = (admission.clone(), recovery.clone(), account.id);
    let (scribe, vault) = (Scribe::owner(ctx, &account), ctx.vault.clone());
    ctx.store
        .write(move |tx| {
            if !passages::close(tx, &token)? {
                return Err(Refusal::PassageOver);
            }
            accounts::set_totp(tx, &vault, (id, &secret), Some(step), now)?;
            accounts::replace_recovery_codes(tx, id, &codes.hashes())?;
            scribe.note(tx, "identity.add-app", object(id), json!({}))?;
            scribe.tell(tx, id, "app-added")?;
            sessions::admit(tx, &admitted)
        })
        .await?;
    admission.keep(view);
    Ok((recovery.texts(), half.back))
}

/// A personal number in whatever grouping, or a user name in small letters.
pub(crate) fn canonical_login(typed: &str) -> String {
    match PersonalNumber::parse(typed) {
        Ok(number) => number.as_str().to_owned(),
        Err(_) => typed.trim().to_lowercase(),
    }
}

/// A name nobody has costs what it would cost if somebody had it.
fn strictness_of(login: &str) -> Strictness {
    let is_number = login.chars().all(|c| !c.is_alphabetic());
    if is_number { Strictness::Citizen } else { Strictness::Officer }
}
