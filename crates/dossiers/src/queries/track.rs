//! Following a dossier without an account: its number and the telephone given with it. What is
//! not there and what does not fit are answered in the same words, and guessing is slowed down.

use jiff::{Timestamp, ToSpan};
use platform::Ctx;
use platform::clock::VIETNAM;

use super::Whole;
use crate::code::Known;
use crate::refusal::Refusal;
use crate::store;

/// So many wrong telephones for one number within the time below, and nobody is answered.
const FAILURES_MAX: i64 = 5;
const WINDOW_MINUTES: i64 = 30;

/// The dossier, when number and telephone belong together; none otherwise.
pub async fn track(ctx: &Ctx, known: &Known, phone: &str) -> Result<Option<Whole>, Refusal> {
    let (known, phone, now) = (known.clone(), phone.to_owned(), ctx.clock.now());
    ctx.store
        .write(move |tx| {
            let key = known.as_str();
            let since = ago(now, WINDOW_MINUTES);
            if store::track::failures(tx, key, since)? >= FAILURES_MAX {
                return Err(Refusal::TooManyTries { wait_seconds: 60 * WINDOW_MINUTES as u32 });
            }
            let id = match &known {
                Known::Code(code) => store::dossier::by_code(tx, code.as_str())?,
                Known::Request(number) => store::dossier::by_request_number(tx, number.as_str())?,
            };
            let whole = id.map(|id| Whole::load(tx, id, now)).transpose()?.flatten();
            let fits = |whole: &Whole| {
                let given = whole.dossier.applicant.reached_by_phone();
                !phone.is_empty() && given == phone
            };
            match whole.filter(fits) {
                Some(whole) => {
                    store::track::forgive(tx, key)?;
                    Ok(Some(whole))
                }
                None => {
                    store::track::failed(tx, key, now, since)?;
                    Ok(None)
                }
            }
        })
        .await
}

fn ago(now: Timestamp, minutes: i64) -> Timestamp {
    let earlier = now.to_zoned(VIETNAM).checked_sub(minutes.minutes());
    earlier.map(|at| at.timestamp()).unwrap_or(now)
}
