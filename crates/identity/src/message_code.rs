//! Six digits sent to a phone or a mailbox, to show that it is read by the person who named it.
//! Ten minutes, five tries, once. How many are sent is limited by contact and by network address.

use jiff::SignedDuration;
use platform::Ctx;
use platform::jobs::{self, NewJob};
use platform::web::View;
use serde_json::json;
use uuid::Uuid;

use crate::account::{AccountId, Contact};
use crate::commands::attempts::{address_key, key};
use crate::refusal::Refusal;
use crate::secret_code;
use crate::store::passages::{self, NewCode};
use crate::store::throttles::{self, Counter};
use crate::throttle::{MESSAGES_FROM_ADDRESS, MESSAGES_TO_CONTACT};

pub(crate) const MINUTES: i64 = 10;
pub(crate) const TRIES: i64 = 5;

/// What the digits are for; the message says it, so that nobody reads them out for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Registration,
    ForgottenPassword,
    NewContact,
}

impl Purpose {
    pub fn code(self) -> &'static str {
        match self {
            Purpose::Registration => "registration",
            Purpose::ForgottenPassword => "forgotten-password",
            Purpose::NewContact => "new-contact",
        }
    }
}

/// Makes a code and leaves it to a job to send it. The digits wait beside their hash until then,
/// and in no payload that an administrator could read.
pub(crate) async fn send(
    ctx: &Ctx,
    view: &View,
    contact: &Contact,
    purpose: Purpose,
    account: Option<AccountId>,
) -> Result<Uuid, Refusal> {
    let id = ctx.ids.next();
    let digits = secret_code::message_code(&ctx.ids);
    let counters = [
        Counter { key: key("messages", contact.as_str().as_bytes()), rule: MESSAGES_TO_CONTACT },
        Counter { key: address_key("messages-from", view), rule: MESSAGES_FROM_ADDRESS },
    ];
    let (now, locale, job) = (ctx.clock.now(), view.locale.tag(), ctx.ids.next());
    let contact = contact.clone();
    ctx.store
        .write(move |tx| {
            if let Some(until) = throttles::reserve(tx, &counters, now)? {
                return Err(Refusal::Waiting { until });
            }
            passages::keep_code(
                tx,
                &NewCode {
                    id,
                    purpose: purpose.code(),
                    account,
                    contact: &contact,
                    locale,
                    digits: &digits,
                    hash: secret_code::hash(id, &digits),
                    now,
                    expires_at: now + SignedDuration::from_mins(MINUTES),
                },
            )?;
            let payload = json!({ "code": id, "purpose": purpose.code() });
            let kind = crate::jobs::CODE;
            jobs::enqueue(tx, &NewJob { id: job, kind, payload, run_at: now, key: None })?;
            Ok(id)
        })
        .await
}

/// As much work as [`send`] where there is nobody to send to, so that the time tells nothing.
pub(crate) async fn send_nothing(ctx: &Ctx, view: &View) -> Result<(), Refusal> {
    let rule = MESSAGES_FROM_ADDRESS;
    let counters = [
        Counter { key: address_key("messages-to-nobody", view), rule },
        Counter { key: address_key("messages-from", view), rule },
    ];
    let now = ctx.clock.now();
    ctx.store
        .write(move |tx| {
            // Whether it is too many makes no difference to the page either way.
            throttles::reserve(tx, &counters, now).map(drop).map_err(Refusal::from)
        })
        .await
}

/// Uses the code up, or says what is wrong. Each look is a try.
pub(crate) async fn check(ctx: &Ctx, id: Uuid, typed: &str) -> Result<(), Refusal> {
    let (typed, now) = (typed.to_owned(), ctx.clock.now());
    let right = ctx
        .store
        .write(move |tx| {
            let code = passages::code(tx, id)?.filter(|code| code.expires_at > now);
            let Some(code) = code else { return Err(Refusal::CodeSpent) };
            if !passages::try_code(tx, id, TRIES)? {
                return Err(Refusal::CodeSpent);
            }
            // A wrong digit must not roll back the try that was just counted.
            Ok(secret_code::is(id, &typed, &code.hash) && passages::use_code(tx, id, now)?)
        })
        .await?;
    if right { Ok(()) } else { Err(Refusal::CodeWrong) }
}
