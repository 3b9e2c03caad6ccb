//! Signing with the agent on the officer's machine: two tickets are handed out, with which it
//! fetches the file and brings it back. Each opens once, for ten minutes, one step of one file as
//! it was shown.

use bytes::Bytes;
use identity::{AccountId, Actor, Right, queries as people};
use jiff::SignedDuration;
use platform::Ctx;
use platform::clock::local;
use platform::store::Tx;
use serde_json::json;

use super::by_hand::{take_back, turn};
use super::putting::How;
use super::signing::{Named, check_delegation};
use super::{Scribe, object};
use crate::queries::next_of;
use crate::refusal::Refusal;
use crate::step::{DriverKind, SignatoryKind, Step};
use crate::store::{submissions, tickets};
use crate::submission::{State, Submission};
use crate::workstation::{Errand, Message, TICKET_LIVES, Ticket, hash_of, message};

/// How long used and ended tickets are kept, so that a fault can be told from a stranger.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// The message that holds the tickets, and what it is about.
pub(crate) type HandedOut = (Message, Submission, Step);

/// Hands out a pair of tickets.
pub(crate) async fn hand_out(ctx: &Ctx, actor: &Actor, named: Named) -> Result<HandedOut, Refusal> {
    let (submission, step) = turn(ctx, actor, named).await?;
    let (fetch, bring) = (ctx.ids.token(), ctx.ids.token());
    let scribe = Scribe::of(ctx, actor);
    let ticket = |token: &str, errand| Ticket {
        hash: hash_of(token),
        errand,
        submission: submission.id,
        ordinal: step.ordinal,
        account: actor.account.0,
        account_name: actor.name.clone(),
        sha256: submission.sha256.clone(),
        made_at: scribe.now,
        ends_at: scribe.now + TICKET_LIVES,
    };
    let pair = [ticket(&fetch, Errand::Fetch), ticket(&bring, Errand::Bring)];
    let (id, unit, sha256) = (submission.id, submission.unit, submission.sha256.clone());
    ctx.store
        .write(move |tx| {
            tickets::forget(tx, scribe.now - KEPT)?;
            for one in &pair {
                tickets::insert(tx, one)?;
            }
            let detail = json!({ "sha256": sha256, "ordinal": pair[0].ordinal });
            scribe.note_over(tx, Some(unit), ("signing.hand-out", object(id)), detail)?;
            Ok::<(), Refusal>(())
        })
        .await?;
    Ok((message(&ctx.settings.public_address, &fetch, &bring), submission, step))
}

/// The file for the agent. The ticket is used up.
pub(crate) async fn fetch(ctx: &Ctx, token: &str) -> Result<Submission, Refusal> {
    use_up(ctx, (token, Errand::Fetch), "signing.fetch").await.map(|(submission, _, _)| submission)
}

/// The way in for a file that the agent brings: nothing is read before it is open. The ticket is
/// used up, whatever becomes of the file.
pub(crate) async fn open(ctx: &Ctx, token: &str) -> Result<(Submission, Step, Ticket), Refusal> {
    use_up(ctx, (token, Errand::Bring), "signing.bring").await
}

pub(crate) async fn deliver(
    ctx: &Ctx,
    (submission, step, ticket): (Submission, Step, Ticket),
    file: Bytes,
) -> Result<(), Refusal> {
    let how = How::by(Some(ticket.account), &ticket.account_name);
    take_back(ctx, (submission, step), (how, file, DriverKind::Workstation)).await
}

async fn use_up(
    ctx: &Ctx,
    (token, errand): (&str, Errand),
    verb: &'static str,
) -> Result<(Submission, Step, Ticket), Refusal> {
    let (hash, now) = (hash_of(token), ctx.clock.now());
    let ctx_ids = ctx.clone();
    let used = ctx
        .store
        .write(move |tx| {
            let Some(ticket) = tickets::take(tx, &hash, errand, now)? else {
                return Err(Refusal::TicketOver);
            };
            let scribe =
                Scribe::named(&ctx_ids, Some(AccountId(ticket.account)), &ticket.account_name);
            let submission = submissions::by_id(tx, ticket.submission)?.ok_or(Refusal::Nothing)?;
            let detail = json!({ "sha256": ticket.sha256, "ordinal": ticket.ordinal });
            let told = (verb, object(submission.id));
            scribe.note_over(tx, Some(submission.unit), told, detail)?;
            Ok((submission, ticket))
        })
        .await?;
    let ((submission, ticket), now) = (used.clone(), ctx.clock.now());
    let step = ctx.store.read(move |tx| still_stands(tx, (&used.0, &used.1), now)).await?;
    Ok((submission, step, ticket))
}

/// Whether what the ticket was made for is still to be done, and by the same officer.
fn still_stands(
    tx: &mut Tx,
    (submission, ticket): (&Submission, &Ticket),
    now: jiff::Timestamp,
) -> Result<Step, Refusal> {
    if submission.state != State::Waiting {
        return Err(Refusal::Ended(submission.state));
    }
    if submission.sha256 != ticket.sha256 {
        return Err(Refusal::FileChanged);
    }
    let steps = submissions::steps(tx, submission.id)?;
    let next = next_of(&steps).filter(|step| step.ordinal == ticket.ordinal);
    let step = next.ok_or(Refusal::NotYourTurn)?;
    check_delegation(tx, (submission, step), now)?;
    match may_still(tx, (step, ticket), now)? {
        true => Ok(step.clone()),
        false => Err(Refusal::NotYourTurn),
    }
}

fn may_still(
    tx: &mut Tx,
    (step, ticket): (&Step, &Ticket),
    now: jiff::Timestamp,
) -> Result<bool, Refusal> {
    let account = AccountId(ticket.account);
    match (step.kind, step.unit) {
        (SignatoryKind::Person, _) => {
            Ok(step.account == Some(ticket.account) && people::is_active(tx, account)?)
        }
        (SignatoryKind::Agency, Some(unit)) => {
            let today = local(now).date();
            Ok(people::may(tx, account, (Right::SealDocuments, unit), today)?)
        }
        (SignatoryKind::Agency, None) => Ok(false),
    }
}
