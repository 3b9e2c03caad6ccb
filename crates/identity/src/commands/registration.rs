//! A citizen opens an account: number, name and day of birth, a contact that answers a code, a
//! password, a last look. What has been answered waits in the store under the browser's token.
//!
//! Whether a number has an account already is said to nobody here. The last page and the message to
//! the contact that answered are the same in both cases; only the contact of old, if there is one,
//! is told that somebody tried.
//!
//! Law: NĐ 69/2024/NĐ-CP art. 10
//! Law: Luật 91/2025/QH15 art. 9

use jiff::SignedDuration;
use jiff::civil::Date;
use platform::Ctx;
use platform::store::Tx;
use platform::web::View;
use platform::words::Locale;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{Scribe, object, passwords, sessions};
use crate::account::{AccountId, AccountKind, Assurance, Contact};
use crate::hashing::Hashing;
use crate::jobs;
use crate::message_code::{self, Purpose};
use crate::password::{Password, Strictness};
use crate::person_name::PersonName;
use crate::personal_number::PersonalNumber;
use crate::refusal::Refusal;
use crate::secret_code::token_hash;
use crate::store::accounts::{self, NewAccount};
use crate::store::passages::{self, NewPassage};

const PURPOSE: &str = "registration";
/// Long enough to look for the card and wait for a message; short enough not to hoard.
const PASSAGE_MINUTES: i64 = 60;
/// Younger people have their parents act for them.
pub const LEAST_AGE_YEARS: i8 = 14;

/// What has been answered so far.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Draft {
    pub number: Option<String>,
    pub name: Option<String>,
    pub birth_date: Option<Date>,
    pub channel: Option<String>,
    pub contact: Option<String>,
    pub code: Option<Uuid>,
    pub proved: bool,
    pub password_hash: Option<String>,
}

/// The pages in their order; each asks one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Number,
    Name,
    Contact,
    Code,
    Password,
    Check,
}

impl Step {
    pub fn path(self) -> &'static str {
        match self {
            Step::Number => "/dang-ky/so-dinh-danh",
            Step::Name => "/dang-ky/ho-ten",
            Step::Contact => "/dang-ky/lien-he",
            Step::Code => "/dang-ky/ma",
            Step::Password => "/dang-ky/mat-khau",
            Step::Check => "/dang-ky/kiem-tra",
        }
    }
}

impl Draft {
    /// The first page that has no answer yet.
    pub fn next(&self) -> Step {
        if self.number.is_none() {
            Step::Number
        } else if self.name.is_none() || self.birth_date.is_none() {
            Step::Name
        } else if self.contact().is_none() {
            Step::Contact
        } else if !self.proved {
            Step::Code
        } else if self.password_hash.is_none() {
            Step::Password
        } else {
            Step::Check
        }
    }

    pub fn number(&self) -> Option<PersonalNumber> {
        PersonalNumber::parse(self.number.as_deref()?).ok()
    }

    pub fn contact(&self) -> Option<Contact> {
        Contact::stored(self.channel.as_deref()?, self.contact.as_deref()?)
    }

    /// What strangers can know of this person, and so no part of a password.
    pub fn own_data(&self) -> Vec<String> {
        let texts = [&self.number, &self.name, &self.contact];
        texts.into_iter().flatten().cloned().collect()
    }
}

/// Too young for an account of one's own on this day?
pub(crate) fn is_too_young(birth_date: Date, today: Date) -> bool {
    birth_date.saturating_add(jiff::Span::new().years(LEAST_AGE_YEARS)) > today
}

pub(crate) async fn begin(ctx: &Ctx, view: &View) -> Result<(), Refusal> {
    let (token, now) = (ctx.ids.token(), ctx.clock.now());
    let new = NewPassage {
        token_hash: token_hash(&token),
        purpose: PURPOSE,
        account: None,
        answers: json!(Draft::default()),
        now,
        expires_at: now + SignedDuration::from_mins(PASSAGE_MINUTES),
    };
    ctx.store.write(move |tx| passages::open(tx, &new)).await?;
    sessions::keep_passage(view, &token, PASSAGE_MINUTES);
    Ok(())
}

pub(crate) async fn draft(ctx: &Ctx, view: &View) -> Result<Draft, Refusal> {
    let token = sessions::passage_hash(view).ok_or(Refusal::PassageOver)?;
    let now = ctx.clock.now();
    ctx.store.read(move |tx| find(tx, &token, now)).await
}

fn find(tx: &mut Tx, token: &[u8], now: jiff::Timestamp) -> Result<Draft, Refusal> {
    let passage = passages::find(tx, token, PURPOSE, now)?.ok_or(Refusal::PassageOver)?;
    serde_json::from_value(passage.answers).map_err(|_| Refusal::PassageOver)
}

/// Keeps one more answer.
pub(crate) async fn answer(
    ctx: &Ctx,
    view: &View,
    change: impl Fn(&mut Draft) + Send + 'static,
) -> Result<Draft, Refusal> {
    let token = sessions::passage_hash(view).ok_or(Refusal::PassageOver)?;
    let now = ctx.clock.now();
    ctx.store
        .write(move |tx| {
            let mut draft = find(tx, &token, now)?;
            change(&mut draft);
            passages::answer(tx, &token, &json!(draft))?;
            Ok(draft)
        })
        .await
}

pub(crate) async fn name(
    ctx: &Ctx,
    view: &View,
    (name, birth_date): (PersonName, Date),
) -> Result<Draft, Refusal> {
    answer(ctx, view, move |draft| {
        draft.name = Some(name.as_str().to_owned());
        draft.birth_date = Some(birth_date);
    })
    .await
}

/// Sends six digits to the contact. Another contact needs another proof.
pub(crate) async fn send_code(ctx: &Ctx, view: &View, contact: Contact) -> Result<Draft, Refusal> {
    let code = message_code::send(ctx, view, &contact, Purpose::Registration, None).await?;
    answer(ctx, view, move |draft| {
        draft.channel = Some(contact.channel().to_owned());
        draft.contact = Some(contact.as_str().to_owned());
        draft.code = Some(code);
        draft.proved = false;
    })
    .await
}

pub(crate) async fn prove_contact(ctx: &Ctx, view: &View, typed: &str) -> Result<Draft, Refusal> {
    let draft = draft(ctx, view).await?;
    let code = draft.code.ok_or(Refusal::PassageOver)?;
    message_code::check(ctx, code, typed).await?;
    answer(ctx, view, |draft| draft.proved = true).await
}

pub(crate) async fn choose_password(
    ctx: &Ctx,
    hashing: &Hashing,
    view: &View,
    password: Password,
) -> Result<Draft, Refusal> {
    let hash = hashing.hash(password, Strictness::Citizen, ctx.ids.secret()).await?;
    answer(ctx, view, move |draft| draft.password_hash = Some(hash.clone())).await
}

/// The last button. It says the same whether the account was opened or there was one.
pub(crate) async fn finish(ctx: &Ctx, view: &View) -> Result<Contact, Refusal> {
    let token = sessions::passage_hash(view).ok_or(Refusal::PassageOver)?;
    let draft = draft(ctx, view).await?;
    let citizen = Citizen::complete(ctx, view, &draft).ok_or(Refusal::PassageOver)?;
    let contact = citizen.contact.clone();
    let ctx_in_unit = ctx.clone();
    ctx.store
        .write(move |tx| {
            if !passages::close(tx, &token)? {
                return Err(Refusal::PassageOver);
            }
            if open(tx, &ctx_in_unit, &citizen)? {
                Ok(())
            } else {
                refuse(tx, &ctx_in_unit, &citizen)
            }
        })
        .await?;
    sessions::forget_passage(view);
    Ok(contact)
}

/// Everything an account of a citizen begins with.
#[derive(Clone)]
pub(crate) struct Citizen {
    pub id: AccountId,
    pub number: PersonalNumber,
    pub name: PersonName,
    pub birth_date: Date,
    pub contact: Contact,
    pub password_hash: String,
    pub locale: Locale,
    pub assurance: Assurance,
}

impl Citizen {
    fn complete(ctx: &Ctx, view: &View, draft: &Draft) -> Option<Citizen> {
        if draft.next() != Step::Check {
            return None;
        }
        Some(Citizen {
            id: AccountId(ctx.ids.next()),
            number: draft.number()?,
            name: PersonName::parse(draft.name.as_deref()?).ok()?,
            birth_date: draft.birth_date?,
            contact: draft.contact()?,
            password_hash: draft.password_hash.clone()?,
            locale: view.locale,
            assurance: Assurance::Declared,
        })
    }
}

/// `false` when the number has an account: nothing is changed then.
pub(crate) fn open(tx: &mut Tx, ctx: &Ctx, citizen: &Citizen) -> Result<bool, Refusal> {
    let scribe = Scribe::named(ctx, Some(citizen.id), citizen.name.as_str());
    let opened = accounts::insert(
        tx,
        &NewAccount {
            id: citizen.id,
            kind: AccountKind::Citizen,
            name: citizen.name.as_str(),
            login: Some(citizen.number.as_str()),
            personal_number: Some(&citizen.number),
            tax_code: None,
            birth_date: Some(citizen.birth_date),
            locale: citizen.locale,
            assurance: citizen.assurance,
            unit: None,
            now: scribe.now,
        },
    )?;
    if !opened {
        return Ok(false);
    }
    passwords::store(tx, citizen.id, &citizen.password_hash, scribe.now)?;
    accounts::set_contact(tx, citizen.id, &citizen.contact, scribe.now)?;
    let detail = json!({ "channel": citizen.contact.channel() });
    scribe.note(tx, "identity.register", object(citizen.id), detail)?;
    reply(tx, ctx, citizen)?;
    Ok(true)
}

/// The same words whether an account was opened or there was one: what to do in both cases.
fn reply(tx: &mut Tx, ctx: &Ctx, citizen: &Citizen) -> Result<(), Refusal> {
    Ok(jobs::tell_contact(tx, ctx, &citizen.contact, citizen.locale, "registration")?)
}

/// Tells the owner of the number, where they are known, that somebody tried.
fn refuse(tx: &mut Tx, ctx: &Ctx, citizen: &Citizen) -> Result<(), Refusal> {
    let scribe = Scribe::stranger(ctx);
    let owner = accounts::id_by_login(tx, citizen.number.as_str())?;
    let about = owner.map_or_else(|| "account:unknown".to_owned(), object);
    scribe.note(tx, "identity.register-refused", about, json!({ "reason": "number in use" }))?;
    if let Some(owner) = owner {
        scribe.tell(tx, owner, "register-tried")?;
    }
    reply(tx, ctx, citizen)
}
