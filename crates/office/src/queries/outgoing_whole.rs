//! A document that goes out with all that hangs on it, for its page.

use axis::Delivery;
use identity::Actor;
use jiff::Timestamp;
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use platform::words::{Locale, Speech};
use uuid::Uuid;

use super::codes;
use super::outgoing::{Part, desk, seen_by, signers};
use super::people::{Colleague, colleagues};
use crate::commands::submitting::notation;
use crate::document::OutgoingId;
use crate::outgoing::{Outgoing, State};
use crate::reading::Legible;
use crate::recipient::{Group, Recipient, RecipientKind, Standing};
use crate::refusal::Refusal;
use crate::review::{Initial, Opinion};
use crate::store::drafts::{self, Attachment, Version};
use crate::store::outgoing::{self, Signer};
use crate::store::outgoing_story::{self, Answer, Dispatch, Past};
use crate::store::readings::{self, Opening};
use crate::store::{full_text, incoming, recipients};

pub(crate) struct Whole {
    pub one: Outgoing,
    pub part: Part,
    pub unit: String,
    pub notation: String,
    pub opinions: Vec<Opinion>,
    pub initials: Vec<Initial>,
    pub versions: Vec<Version>,
    pub attachments: Vec<Attachment>,
    /// Put aside for the next update.
    pub annexes: Vec<Attachment>,
    /// How much of each file could be read for the search.
    pub legible: Vec<(Uuid, Legible)>,
    /// Who in the house opened it, and when, of those who receive it.
    pub openings: Vec<Opening>,
    pub receivers: Vec<Receiver>,
    pub answers: Vec<Answer>,
    pub dispatches: Vec<Dispatch>,
    pub history: Vec<Past>,
    /// What it answers: number and subject.
    pub answered: Option<(String, String)>,
    /// What is in its place, and in whose place it is.
    pub replaces: Option<(OutgoingId, String)>,
    pub signer: Option<Signer>,
    /// What stands in the way of signing and sealing here, as keys of words.
    pub missing: Vec<&'static str>,
}

/// A recipient, what its code means today, and how far the document has come with it.
pub(crate) struct Receiver {
    pub recipient: Recipient,
    pub standing: Standing,
    pub delivery: Option<Delivery>,
}

/// For whoever has a part in it; for others there is nothing.
pub(crate) async fn whole(ctx: &Ctx, actor: &Actor, id: OutgoingId) -> Result<Whole, Refusal> {
    let (actor, now, speech) = (actor.clone(), ctx.clock.now(), ctx.words.speak(Locale::Vi));
    let press = ctx.outside.press.is_installed();
    ctx.store
        .read(move |tx| {
            let mut whole = read(tx, &actor, id, (now, &speech))?;
            whole.missing = missing(tx, &whole, (now, press))?;
            Ok(whole)
        })
        .await
}

fn read(
    tx: &mut Tx,
    actor: &Actor,
    id: OutgoingId,
    (now, speech): (Timestamp, &Speech),
) -> Result<Whole, Refusal> {
    let (one, part) = seen_by(tx, actor, id)?;
    let (notation, candidates) = match desk(tx, one.unit) {
        Ok(desk) => (notation(&one, &desk), signers(tx, &desk, (now, speech))?),
        Err(Refusal::NoDesk) => (String::new(), Vec::new()),
        Err(refusal) => return Err(refusal),
    };
    Ok(Whole {
        unit: organisations::queries::unit_name(tx, one.unit)?,
        notation,
        opinions: drafts::opinions(tx, id)?,
        initials: drafts::initials(tx, id)?,
        versions: drafts::versions(tx, id)?,
        attachments: drafts::attachments(tx, id)?,
        annexes: drafts::waiting(tx, id)?,
        legible: full_text::legible(tx, id.0)?,
        openings: readings::openings(tx, id)?,
        receivers: receivers(tx, &one, now)?,
        answers: outgoing_story::answers(tx, id)?,
        dispatches: outgoing_story::dispatches(tx, id)?,
        history: outgoing_story::history(tx, id)?,
        answered: answered(tx, &one)?,
        replaces: replaced(tx, &one)?,
        signer: candidates.into_iter().find(|signer| Some(signer.account) == one.signer),
        missing: Vec::new(),
        one,
        part,
    })
}

fn receivers(tx: &mut Tx, one: &Outgoing, now: Timestamp) -> Result<Vec<Receiver>, Refusal> {
    let unit = organisations::queries::unit(tx, one.unit)?.ok_or(Refusal::Nothing)?;
    let today = local(now).date();
    let mut found = Vec::new();
    for recipient in recipients::of(tx, one.id)? {
        let (mut standing, mut delivery) = (Standing::Fine, None);
        if let Some(code) = &recipient.code {
            standing = codes::named(tx, code, today)?.2;
            if let Some(document) = one.document_id.as_deref().filter(|_| one.packet.is_some()) {
                let about = (unit.code.as_str(), document);
                delivery = axis::queries::standing_of(tx, about, code)?;
            }
        }
        found.push(Receiver { recipient, standing, delivery });
    }
    Ok(found)
}

fn answered(tx: &mut Tx, one: &Outgoing) -> Result<Option<(String, String)>, StoreError> {
    let Some(id) = one.answers else { return Ok(None) };
    let found = incoming::by_id(tx, id)?;
    Ok(found.map(|one| (format!("{}/{}", one.number, one.notation), one.subject)))
}

fn replaced(tx: &mut Tx, one: &Outgoing) -> Result<Option<(OutgoingId, String)>, StoreError> {
    let Some(id) = one.replaces else { return Ok(None) };
    let found = outgoing::by_id(tx, id)?;
    Ok(found.map(|old| (old.id, old.number().unwrap_or(old.subject))))
}

/// Said before anybody waits for it in vain.
fn missing(
    tx: &mut Tx,
    whole: &Whole,
    (now, press): (Timestamp, bool),
) -> Result<Vec<&'static str>, Refusal> {
    let (one, mut words) = (&whole.one, Vec::new());
    if one.state > State::Signed {
        return Ok(words);
    }
    let is_draft = matches!(one.state, State::Draft | State::Initialling);
    if is_draft && one.is_composed() && !press {
        words.push("office-missing-press");
    }
    if let Some(signer) = one.signer.filter(|_| is_draft)
        && !signing::queries::can_sign(tx, signer, now)?
    {
        words.push("office-missing-certificate");
    }
    if !signing::queries::can_seal(tx, one.unit, now)? {
        words.push("office-missing-seal");
    }
    Ok(words)
}

/// Who can be asked for an opinion or an initial, or be given the document.
pub(crate) async fn people(
    ctx: &Ctx,
    actor: &Actor,
    id: OutgoingId,
) -> Result<(Outgoing, Vec<Colleague>), Refusal> {
    let (actor, today) = (actor.clone(), local(ctx.clock.now()).date());
    ctx.store
        .read(move |tx| {
            let (one, _) = seen_by(tx, &actor, id)?;
            let mut all = colleagues(tx, one.unit, today)?;
            all.retain(|colleague| colleague.account != actor.account.0);
            Ok((one, all))
        })
        .await
}

/// The groups of the document's agency.
pub(crate) fn groups(tx: &mut Tx, one: &Outgoing) -> Result<Vec<Group>, StoreError> {
    recipients::groups(tx, one.unit)
}

impl Whole {
    pub fn agencies(&self) -> impl Iterator<Item = &Receiver> {
        self.receivers.iter().filter(|one| one.recipient.kind == RecipientKind::Agency)
    }
}
