//! What people change about their own account: contacts, language, authenticator app, recovery
//! codes. Factors only shortly after showing the password.

use jiff::SignedDuration;
use platform::Ctx;
use platform::web::View;
use platform::words::Locale;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::sessions::{self, RecoveryCodes};
use super::{Scribe, object, passwords};
use crate::account::{AccountId, AccountKind, Contact};
use crate::actor::Actor;
use crate::message_code::{self, Purpose};
use crate::refusal::Refusal;
use crate::sealed;
use crate::secret_code::token_hash;
use crate::store::accounts;
use crate::store::passages::{self, NewPassage};
use crate::totp::TotpSecret;

const CONTACT: &str = "new-contact";
const APP: &str = "new-app";
const PASSAGE_MINUTES: i64 = 20;

pub async fn set_locale(ctx: &Ctx, actor: &Actor, locale: Locale) -> Result<(), Refusal> {
    let (id, scribe) = (actor.account, Scribe::of(ctx, actor));
    ctx.store
        .write(move |tx| {
            accounts::set_locale(tx, id, locale)?;
            let detail = json!({ "locale": locale.tag() });
            scribe.note(tx, "identity.set-locale", object(id), detail)
        })
        .await?;
    Ok(())
}

/// Something of weight: only for whoever showed the password a moment ago.
pub(crate) fn proved(view: &View) -> Result<(), Refusal> {
    let lately = view.session.proved_within(view.now, passwords::PROVED_MINUTES);
    if lately { Ok(()) } else { Err(Refusal::ProveAgain) }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct NewContact {
    channel: String,
    contact: String,
    code: Uuid,
}

pub(crate) async fn begin_contact(
    ctx: &Ctx,
    view: &View,
    actor: &Actor,
    contact: Contact,
) -> Result<(), Refusal> {
    proved(view)?;
    let purpose = Purpose::NewContact;
    let code = message_code::send(ctx, view, &contact, purpose, Some(actor.account)).await?;
    let answers = json!(NewContact {
        channel: contact.channel().to_owned(),
        contact: contact.as_str().to_owned(),
        code,
    });
    open_passage(ctx, view, (CONTACT, actor.account), (ctx.ids.token(), answers)).await
}

/// Where the code went, for the page that asks for it.
pub(crate) async fn awaited_contact(
    ctx: &Ctx,
    view: &View,
    actor: &Actor,
) -> Result<Contact, Refusal> {
    let (_, new): (_, NewContact) = passage(ctx, view, (CONTACT, actor.account)).await?;
    Contact::stored(&new.channel, &new.contact).ok_or(Refusal::PassageOver)
}

/// The code was right: the contact is the account's. The one before it is told.
pub(crate) async fn prove_contact(
    ctx: &Ctx,
    view: &View,
    actor: &Actor,
    typed: &str,
) -> Result<(), Refusal> {
    proved(view)?;
    let (token, new): (_, NewContact) = passage(ctx, view, (CONTACT, actor.account)).await?;
    let contact = Contact::stored(&new.channel, &new.contact).ok_or(Refusal::PassageOver)?;
    message_code::check(ctx, new.code, typed).await?;
    let (id, scribe) = (actor.account, Scribe::of(ctx, actor));
    let (ctx_in_unit, own) = (ctx.clone(), actor.own().clone());
    ctx.store
        .write(move |tx| {
            if !passages::close(tx, &token)? {
                return Err(Refusal::PassageOver);
            }
            let before = match &contact {
                Contact::Phone(_) => own.phone.clone().map(Contact::Phone),
                Contact::Email(_) => own.email.clone().map(Contact::Email),
            };
            accounts::set_contact(tx, id, &contact, scribe.now)?;
            let detail = json!({ "channel": contact.channel() });
            scribe.note(tx, "identity.change-contact", object(id), detail)?;
            if let Some(before) = before {
                crate::jobs::tell_contact(
                    tx,
                    &ctx_in_unit,
                    &before,
                    own.locale,
                    "contact-changed",
                )?;
            }
            Ok(())
        })
        .await?;
    sessions::forget_passage(view);
    Ok(())
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct NewApp {
    /// Sealed.
    secret: Vec<u8>,
}

/// A new key, shown until it answers. The old app, if any, counts until then.
pub(crate) async fn begin_app(ctx: &Ctx, view: &View, actor: &Actor) -> Result<(), Refusal> {
    proved(view)?;
    let (token, secret) = (ctx.ids.token(), TotpSecret::new(ctx.ids.secret()));
    let hash = token_hash(&token);
    let secret = sealed::seal(&ctx.vault, sealed::in_passage(&hash), &secret)?;
    open_passage(ctx, view, (APP, actor.account), (token, json!(NewApp { secret }))).await
}

pub(crate) async fn awaited_app(
    ctx: &Ctx,
    view: &View,
    actor: &Actor,
) -> Result<TotpSecret, Refusal> {
    let (token, new): (_, NewApp) = passage(ctx, view, (APP, actor.account)).await?;
    Ok(sealed::open(&ctx.vault, sealed::in_passage(&token), &new.secret)?)
}

/// The app answered with the right digits: its key is kept, and ten new recovery codes are made.
pub(crate) async fn prove_app(
    ctx: &Ctx,
    view: &View,
    actor: &Actor,
    typed: &str,
) -> Result<Vec<String>, Refusal> {
    proved(view)?;
    let secret = awaited_app(ctx, view, actor).await?;
    let token = sessions::passage_hash(view).ok_or(Refusal::PassageOver)?;
    let step = secret.accept(typed, view.now, None).ok_or(Refusal::CodeWrong)?;
    let recovery = RecoveryCodes::new(&ctx.ids);
    let (codes, id, scribe) = (recovery.clone(), actor.account, Scribe::of(ctx, actor));
    let vault = ctx.vault.clone();
    ctx.store
        .write(move |tx| {
            if !passages::close(tx, &token)? {
                return Err(Refusal::PassageOver);
            }
            accounts::set_totp(tx, &vault, (id, &secret), Some(step), scribe.now)?;
            accounts::replace_recovery_codes(tx, id, &codes.hashes())?;
            scribe.note(tx, "identity.add-app", object(id), json!({}))?;
            Ok(scribe.tell(tx, id, "app-added")?)
        })
        .await?;
    sessions::forget_passage(view);
    Ok(recovery.texts())
}

/// Citizens may go without; officers may not.
pub(crate) async fn remove_app(ctx: &Ctx, view: &View, actor: &Actor) -> Result<(), Refusal> {
    proved(view)?;
    if actor.kind == AccountKind::Officer {
        return Err(Refusal::NotThere);
    }
    let (id, scribe) = (actor.account, Scribe::of(ctx, actor));
    ctx.store
        .write(move |tx| {
            accounts::clear_totp(tx, id)?;
            scribe.note(tx, "identity.remove-app", object(id), json!({}))?;
            scribe.tell(tx, id, "app-removed")
        })
        .await?;
    Ok(())
}

/// Ten new ones; those on the old sheet open nothing any more.
pub(crate) async fn renew_recovery_codes(
    ctx: &Ctx,
    view: &View,
    actor: &Actor,
) -> Result<Vec<String>, Refusal> {
    proved(view)?;
    if !actor.own().has_totp {
        return Err(Refusal::NotThere);
    }
    let recovery = RecoveryCodes::new(&ctx.ids);
    let (codes, id, scribe) = (recovery.clone(), actor.account, Scribe::of(ctx, actor));
    ctx.store
        .write(move |tx| {
            accounts::replace_recovery_codes(tx, id, &codes.hashes())?;
            scribe.note(tx, "identity.renew-recovery-codes", object(id), json!({}))?;
            scribe.tell(tx, id, "recovery-renewed")
        })
        .await?;
    Ok(recovery.texts())
}

async fn open_passage(
    ctx: &Ctx,
    view: &View,
    (purpose, account): (&'static str, AccountId),
    (token, answers): (String, serde_json::Value),
) -> Result<(), Refusal> {
    let now = ctx.clock.now();
    let new = NewPassage {
        token_hash: token_hash(&token),
        purpose,
        account: Some(account),
        answers,
        now,
        expires_at: now + SignedDuration::from_mins(PASSAGE_MINUTES),
    };
    ctx.store.write(move |tx| passages::open(tx, &new)).await?;
    sessions::keep_passage(view, &token, PASSAGE_MINUTES);
    Ok(())
}

/// This browser's passage, if it is this account's.
async fn passage<T: serde::de::DeserializeOwned + Send + 'static>(
    ctx: &Ctx,
    view: &View,
    (purpose, account): (&'static str, AccountId),
) -> Result<(Vec<u8>, T), Refusal> {
    let token = sessions::passage_hash(view).ok_or(Refusal::PassageOver)?;
    let now = ctx.clock.now();
    ctx.store
        .read(move |tx| {
            let passage = passages::find(tx, &token, purpose, now)?;
            let passage = passage.filter(|passage| passage.account == Some(account.0));
            let passage = passage.ok_or(Refusal::PassageOver)?;
            let answers =
                serde_json::from_value(passage.answers).map_err(|_| Refusal::PassageOver)?;
            Ok((token.clone(), answers))
        })
        .await
}
