//! Documents that go out, as those see them who have a part in them.

use identity::{Actor, Right, Role};
use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use platform::words::Speech;
use signing::Scope;
use uuid::Uuid;

use crate::desk::Desk;
use crate::document::{IncomingId, OutgoingId};
use crate::outgoing::{Outgoing, State};
use crate::queries::offices::agency_of;
use crate::refusal::Refusal;
use crate::review::{Initial, InitialState, Opinion};
use crate::store::outgoing::Signer;
use crate::store::{desks, drafts, outgoing, recipients};

/// Which part an officer has in a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Part {
    pub author: bool,
    pub signer: bool,
    /// Of the unit: checks the form, numbers, sends.
    pub clerk: bool,
    /// Of the unit: assigns its work.
    pub leader: bool,
    /// Asked for an opinion that has not been given.
    pub asked: bool,
    /// It is this officer's turn to initial.
    pub initials: bool,
    /// Somebody who was asked once, initialled, or receives it.
    pub other: bool,
    /// Looks after the unit's work, at what was issued.
    pub auditor: bool,
}

impl Part {
    fn is_any(&self) -> bool {
        let own = [self.author, self.signer, self.clerk, self.leader];
        let asked = [self.asked, self.initials, self.other, self.auditor];
        own.into_iter().chain(asked).any(|one| one)
    }
}

/// Drafts and documents that answer an incoming one.
pub(crate) fn answering(tx: &mut Tx, id: IncomingId) -> Result<Vec<Outgoing>, StoreError> {
    let mut found = Vec::new();
    for id in outgoing::answering(tx, id)? {
        found.extend(outgoing::by_id(tx, id)?);
    }
    Ok(found)
}

/// A document and the part in it; for whoever has none there is nothing.
pub(crate) fn seen_by(
    tx: &mut Tx,
    actor: &Actor,
    id: OutgoingId,
) -> Result<(Outgoing, Part), Refusal> {
    let one = outgoing::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
    let account = actor.account.0;
    let (opinions, initials) = (drafts::opinions(tx, id)?, drafts::initials(tx, id)?);
    let mut part = Part {
        author: one.author == account,
        signer: one.signer == Some(account) && one.state != State::Draft,
        clerk: actor.authority(tx, Right::RegisterDocuments, one.unit)?.is_some(),
        leader: actor.authority(tx, Right::AssignDocuments, one.unit)?.is_some(),
        asked: is_asked(&one, &opinions, account),
        initials: turn(&one, &initials).is_some_and(|next| next.account == account),
        ..Part::default()
    };
    let was_asked = opinions.iter().any(|opinion| opinion.account == account);
    let initialled = initials.iter().any(|initial| initial.account == account);
    part.other = was_asked || initialled;
    if one.state == State::Issued {
        let given = recipients::of(tx, id)?;
        part.other |= given.iter().any(|one| one.account == Some(account));
        part.auditor = actor.roles(one.unit).contains(&Role::Auditor);
    }
    match part.is_any() {
        true => Ok((one, part)),
        false => Err(Refusal::Nothing),
    }
}

fn is_asked(one: &Outgoing, opinions: &[Opinion], account: Uuid) -> bool {
    let is_open = matches!(one.state, State::Draft | State::Initialling);
    let waits = |opinion: &&Opinion| opinion.account == account && opinion.given_at.is_none();
    is_open && opinions.iter().any(|opinion| waits(&opinion))
}

/// Whose turn it is to initial.
pub(crate) fn turn<'a>(one: &Outgoing, initials: &'a [Initial]) -> Option<&'a Initial> {
    let mut waiting = initials.iter().filter(|initial| initial.state == InitialState::Waiting);
    waiting.next().filter(|_| one.state == State::Initialling)
}

/// The open desk of a unit.
pub(crate) fn desk(tx: &mut Tx, unit: UnitId) -> Result<Desk, Refusal> {
    desks::of(tx, unit)?.filter(Desk::is_open).ok_or(Refusal::NoDesk)
}

/// The agencies for which an officer may draft: those of their bonds, where there is a desk.
/// Whoever works in a part of an agency drafts for the agency.
pub(crate) fn offices(tx: &mut Tx, actor: &Actor) -> Result<Vec<UnitId>, StoreError> {
    let mut found = Vec::new();
    for unit in actor.offices(Right::DraftDocuments) {
        let Some((agency, _)) = agency_of(tx, unit)? else { continue };
        let is_open = desks::of(tx, agency)?.is_some_and(|desk| desk.is_open());
        if is_open && !found.contains(&agency) {
            found.push(agency);
        }
    }
    Ok(found)
}

/// Who can be named to sign for a unit, and how it stands above their signature.
pub(crate) fn signers(
    tx: &mut Tx,
    desk: &Desk,
    (now, speech): (Timestamp, &Speech),
) -> Result<Vec<Signer>, StoreError> {
    let today = local(now).date();
    let mut found = Vec::new();
    for (account, name) in signing::queries::signers(tx, desk.unit, Scope::Document, today)? {
        found.push(signer(tx, (desk, account, name), (now, today), speech)?);
    }
    Ok(found)
}

fn signer(
    tx: &mut Tx,
    (desk, account, name): (&Desk, Uuid, String),
    (now, today): (Timestamp, Date),
    speech: &Speech,
) -> Result<Signer, StoreError> {
    let named = trust::queries::title_of(tx, account, now)?;
    let own = named.unwrap_or_else(|| speech.t(Role::Leader.word()));
    let scope = (Scope::Document, own.as_str());
    let capacity = signing::queries::capacity(tx, account, desk.unit, scope, today)?;
    // In the name of the collective signs its head, or a deputy in the head's place.
    let is_own = capacity.delegation.is_none();
    let in_its_name = is_own || capacity.lines.first().is_some_and(|line| line.starts_with("KT."));
    let first = Some(desk.collective.clone()).filter(|name| in_its_name && !name.is_empty());
    let lines: Vec<String> = first.into_iter().chain(capacity.lines).collect();
    Ok(Signer { account, name, capacity: lines.join("\n"), delegation: capacity.delegation })
}
