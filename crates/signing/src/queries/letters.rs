//! What the page of a letter of request shows, and who can sign one.

use identity::{Actor, Right, Role};
use jiff::Timestamp;
use organisations::{Unit, UnitId};
use platform::Ctx;
use platform::clock::local;
use platform::store::Tx;
use platform::words::{Locale, Speech};
use trust::Subject;
use trust::queries::letters::{Matter, matter};
use uuid::Uuid;

use super::{can_seal, can_sign, capacity, signers};
use crate::letter::{Candidate, RequestLetter};
use crate::refusal::Refusal;
use crate::store::{letters, submissions};
use crate::submission::{Scope, Submission};

pub(crate) struct Seen {
    pub matter: Matter,
    /// Of the holder.
    pub unit: String,
    pub candidates: Vec<Candidate>,
    pub letters: Vec<(RequestLetter, Submission)>,
}

/// For whoever may ask; for others there is nothing.
pub(crate) async fn seen(ctx: &Ctx, actor: &Actor, subject: Subject) -> Result<Seen, Refusal> {
    let (actor, now, speech) = (actor.clone(), ctx.clock.now(), ctx.words.speak(Locale::Vi));
    ctx.store
        .read(move |tx| {
            let matter = matter(tx, &actor, subject)?;
            let mut found = Vec::new();
            for letter in letters::of(tx, subject)? {
                if let Some(submission) = submissions::by_id(tx, letter.submission)? {
                    found.push((letter, submission));
                }
            }
            Ok(Seen {
                unit: organisations::queries::unit_name(tx, matter.unit)?,
                candidates: candidates(tx, &actor, matter.unit, (now, &speech))?,
                letters: found,
                matter,
            })
        })
        .await
}

/// Those who sign a letter for the holder's unit, or for one above it whose certificates this
/// officer looks after too. The holder's own first.
pub(crate) fn candidates(
    tx: &mut Tx,
    actor: &Actor,
    unit: UnitId,
    (now, speech): (Timestamp, &Speech),
) -> Result<Vec<Candidate>, Refusal> {
    let mut found = Vec::new();
    for above in organisations::queries::path(tx, unit)?.iter().rev() {
        let asks = actor.authority(tx, Right::ManageCertificates, above.id)?.is_some();
        if asks && can_seal(tx, above.id, now)? {
            found.extend(of_unit(tx, above, (now, speech))?);
        }
    }
    Ok(found)
}

/// The competent persons of a unit with a certificate to sign with: those who decide for it, and
/// those who sign in their place.
fn of_unit(
    tx: &mut Tx,
    unit: &Unit,
    (now, speech): (Timestamp, &Speech),
) -> Result<Vec<Candidate>, Refusal> {
    let today = local(now).date();
    let mut found = Vec::new();
    for (account, name) in signers(tx, unit.id, Scope::Document, today)? {
        let Some(own) = title(tx, account, (now, speech))? else { continue };
        let capacity = capacity(tx, account, unit.id, (Scope::Document, &own), today)?;
        found.push(Candidate {
            unit: unit.id,
            unit_name: unit.name.as_str().to_owned(),
            account,
            name,
            capacity: capacity.lines.join("\n"),
            delegation: capacity.delegation,
        });
    }
    Ok(found)
}

/// As the certificate names the holder's position; none: there is no certificate to sign with.
fn title(
    tx: &mut Tx,
    account: Uuid,
    (now, speech): (Timestamp, &Speech),
) -> Result<Option<String>, Refusal> {
    if !can_sign(tx, account, now)? {
        return Ok(None);
    }
    let named = trust::queries::title_of(tx, account, now)?;
    Ok(Some(named.unwrap_or_else(|| speech.t(Role::Leader.word()))))
}
