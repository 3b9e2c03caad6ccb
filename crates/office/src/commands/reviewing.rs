//! What others do with a draft: give an opinion, put their initials to it, send it back.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 10, art. 11, art. 12

use std::collections::HashSet;

use identity::{Actor, Scribe};
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;

use super::drafting::own_draft;
use super::noting::{self, told};
use crate::document::OutgoingId;
use crate::errands::{About, tell};
use crate::outgoing::{NOTE_LETTERS_MAX, Outgoing, State};
use crate::queries::outgoing as seen;
use crate::queries::people::colleagues;
use crate::refusal::Refusal;
use crate::review::{ASKED_MAX, Initial, InitialState, Opinion, View};
use crate::store::{drafts, outgoing};

/// What colleagues are asked.
#[derive(Debug, Clone)]
pub struct Question {
    pub accounts: Vec<Uuid>,
    pub text: String,
    pub due_on: Option<Date>,
}

/// Sends the draft for opinions. It stays the author's; the answers bind nobody.
pub async fn ask(
    ctx: &Ctx,
    actor: &Actor,
    (id, question): (OutgoingId, Question),
) -> Result<(), Refusal> {
    let (scribe, actor, house) = (Scribe::of(ctx, actor), actor.clone(), ctx.clone());
    ctx.store
        .write(move |tx| {
            let one = own_draft(tx, &actor, id)?;
            let asked = named(tx, &scribe, &one, &question.accounts)?;
            let limit = NOTE_LETTERS_MAX;
            if question.text.chars().count() > limit {
                return Err(Refusal::TooLong { field: "question", limit });
            }
            let count = asked.len();
            for (account, name) in asked {
                let opinion = Opinion {
                    id: scribe.ids.next(),
                    outgoing: id,
                    account,
                    name,
                    question: question.text.trim().to_owned(),
                    due_on: question.due_on,
                    asked_at: scribe.now,
                    asked_name: scribe.name.clone(),
                    view: None,
                    text: None,
                    given_at: None,
                    edition: None,
                };
                // Who was asked before and has not answered is not told twice.
                if drafts::ask(tx, &opinion)? {
                    let about = About { due_on: opinion.due_on, ..About::outgoing(&one) };
                    tell(tx, &house, (account, "opinion-asked"), about)?;
                }
            }
            told(tx, &scribe, &one, ("office.ask", ""), json!({ "asked": count }))
        })
        .await
}

pub async fn give(
    ctx: &Ctx,
    actor: &Actor,
    (id, view): (OutgoingId, Option<View>),
    text: &str,
) -> Result<(), Refusal> {
    let (scribe, actor, text) = (Scribe::of(ctx, actor), actor.clone(), text.trim().to_owned());
    let house = ctx.clone();
    ctx.store
        .write(move |tx| {
            let (one, part) = seen::seen_by(tx, &actor, id)?;
            if !part.asked {
                return Err(Refusal::NotNow(one.state));
            }
            let view = view.ok_or(Refusal::NothingChosen { field: "view" })?;
            // Whoever does not simply agree says what is to be changed.
            if view != View::Agrees && text.is_empty() {
                return Err(Refusal::ReasonMissing);
            }
            let limit = 4 * NOTE_LETTERS_MAX;
            if text.chars().count() > limit {
                return Err(Refusal::TooLong { field: "reason", limit });
            }
            if !drafts::give(tx, (&one, actor.account.0), (view, &text), scribe.now)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            tell(tx, &house, (one.author, "opinion-given"), About::outgoing(&one))?;
            told(tx, &scribe, &one, ("office.give-opinion", ""), json!({ "view": view.code() }))
        })
        .await
}

/// Puts the draft before those who initial it, one after the other, in this order.
pub async fn ask_initials(
    ctx: &Ctx,
    actor: &Actor,
    (id, accounts): (OutgoingId, Vec<Uuid>),
) -> Result<(), Refusal> {
    let (scribe, actor, house) = (Scribe::of(ctx, actor), actor.clone(), ctx.clone());
    ctx.store
        .write(move |tx| {
            let one = own_draft(tx, &actor, id)?;
            let asked = named(tx, &scribe, &one, &accounts)?;
            drafts::initials_off(tx, id)?;
            let count = asked.len();
            if let Some((first, _)) = asked.first() {
                tell(tx, &house, (*first, "initial-asked"), About::outgoing(&one))?;
            }
            for (place, (account, name)) in (1_i64..).zip(asked) {
                let initial = Initial {
                    id: scribe.ids.next(),
                    outgoing: id,
                    edition: one.edition,
                    place,
                    account,
                    name,
                    state: InitialState::Waiting,
                    at: None,
                };
                drafts::insert_initial(tx, &initial)?;
            }
            moved(tx, &scribe, &one, State::Initialling)?;
            told(tx, &scribe, &one, ("office.ask-initials", ""), json!({ "asked": count }))
        })
        .await
}

/// Answers for the version that is shown. After the last it is the author's again, to be put
/// before its signer.
pub async fn initial(
    ctx: &Ctx,
    actor: &Actor,
    (id, shown): (OutgoingId, i64),
) -> Result<(), Refusal> {
    let (scribe, actor, house) = (Scribe::of(ctx, actor), actor.clone(), ctx.clone());
    ctx.store
        .write(move |tx| {
            let (one, part) = seen::seen_by(tx, &actor, id)?;
            if !part.initials {
                return Err(Refusal::NotNow(one.state));
            }
            let all = drafts::initials(tx, id)?;
            let next = seen::turn(&one, &all).ok_or(Refusal::NotNow(one.state))?;
            // Nobody answers for what they have not seen.
            if next.edition != shown || one.edition != shown {
                return Err(Refusal::ChangedMeanwhile);
            }
            if !drafts::set_initial(tx, next, InitialState::Done, scribe.now)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            let mut waiting = all.iter().filter(|one| one.state == InitialState::Waiting).skip(1);
            let (state, told_to) = match waiting.next() {
                Some(then) => (State::Initialling, (then.account, "initial-asked")),
                None => (State::Draft, (one.author, "initialled")),
            };
            moved(tx, &scribe, &one, state)?;
            tell(tx, &house, told_to, About::outgoing(&one))?;
            told(tx, &scribe, &one, ("office.initial", ""), json!({ "edition": shown }))
        })
        .await
}

/// Sends it back to its author with a reason: whoever is to initial it, or the clerk who finds
/// that its form is wrong after it was signed.
pub async fn send_back(
    ctx: &Ctx,
    actor: &Actor,
    id: OutgoingId,
    reason: &str,
) -> Result<(), Refusal> {
    let reason = noting::reason(reason, NOTE_LETTERS_MAX)?;
    let (scribe, actor, house) = (Scribe::of(ctx, actor), actor.clone(), ctx.clone());
    ctx.store
        .write(move |tx| {
            let (one, part) = seen::seen_by(tx, &actor, id)?;
            let may = match one.state {
                State::Initialling => part.initials,
                State::Signed => part.clerk,
                _ => false,
            };
            if !may {
                return Err(Refusal::NotNow(one.state));
            }
            tell(tx, &house, (one.author, "sent-back"), About::outgoing(&one))?;
            returned(tx, &scribe, &one, ("office.send-back", &reason))
        })
        .await
}

/// The author takes it back before anybody signed it.
pub async fn take_back(ctx: &Ctx, actor: &Actor, id: OutgoingId) -> Result<(), Refusal> {
    let (store, scribe) = (ctx.store.clone(), Scribe::of(ctx, actor));
    let (ctx, actor) = (ctx.clone(), actor.clone());
    store
        .write(move |tx| {
            let (one, part) = seen::seen_by(tx, &actor, id)?;
            if !part.author {
                return Err(Refusal::Nothing);
            }
            match (one.state, one.submission) {
                (State::Initialling, _) => {}
                (State::Signing, Some(submission)) => {
                    let by = (Some(actor.account.0), actor.name.as_str());
                    let id = signing::SubmissionId(submission);
                    if !signing::commands::withdraw(tx, &ctx, id, by)? {
                        return Err(Refusal::ChangedMeanwhile);
                    }
                }
                (state, _) => return Err(Refusal::NotNow(state)),
            }
            returned(tx, &scribe, &one, ("office.take-back", ""))
        })
        .await
}

/// A draft again.
pub(crate) fn returned(
    tx: &mut Tx,
    scribe: &Scribe,
    one: &Outgoing,
    (verb, reason): (&'static str, &str),
) -> Result<(), Refusal> {
    drafts::initials_off(tx, one.id)?;
    if !outgoing::give_back(tx, one, (reason, &scribe.name), scribe.now)? {
        return Err(Refusal::ChangedMeanwhile);
    }
    told(tx, scribe, one, (verb, reason), json!({ "from": one.state.code() }))
}

fn moved(tx: &mut Tx, scribe: &Scribe, one: &Outgoing, state: State) -> Result<(), Refusal> {
    match outgoing::move_to(tx, one, state, scribe.now)? {
        true => Ok(()),
        false => Err(Refusal::ChangedMeanwhile),
    }
}

/// Colleagues by their accounts, each once, in the order given; nobody asks themselves.
fn named(
    tx: &mut Tx,
    scribe: &Scribe,
    one: &Outgoing,
    accounts: &[Uuid],
) -> Result<Vec<(Uuid, String)>, Refusal> {
    let here = colleagues(tx, one.unit, local(scribe.now).date())?;
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    for account in accounts.iter().filter(|account| seen.insert(**account)) {
        let colleague = here.iter().find(|one| one.account == *account);
        let colleague = colleague.filter(|_| scribe.actor != Some(*account));
        let colleague = colleague.ok_or(Refusal::NotHere { field: "people" })?;
        found.push((*account, colleague.name.clone()));
    }
    match found.len() {
        0 => Err(Refusal::NothingChosen { field: "people" }),
        count if count > ASKED_MAX => Err(Refusal::TooMany { field: "people", limit: ASKED_MAX }),
        _ => Ok(found),
    }
}
