//! Who hands a packet in, and for whom they may speak.

use identity::Scribe;
use organisations::UnitId;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::packet::Origin;
use crate::party::Party;
use crate::refusal::Refusal;
use crate::store::desks;
use crate::system::SystemId;

#[derive(Clone)]
pub enum Sender {
    /// A program that has proved who it is.
    System(SystemId),
    /// An office in this installation, and the officer at work.
    Office { unit: UnitId, by: Scribe },
    /// Another axis.
    Link { id: Uuid, name: String },
}

impl Sender {
    pub fn origin(&self) -> Origin {
        match self {
            Sender::System(id) => Origin::System(id.as_str().to_owned()),
            Sender::Office { unit, .. } => Origin::Office(*unit),
            Sender::Link { id, .. } => Origin::Link(*id),
        }
    }

    pub fn name(&self) -> &str {
        match self {
            Sender::System(id) => id.as_str(),
            Sender::Office { by, .. } => &by.name,
            Sender::Link { name, .. } => name,
        }
    }

    pub(crate) fn link(&self) -> Option<Uuid> {
        match self {
            Sender::Link { id, .. } => Some(*id),
            _ => None,
        }
    }

    /// Whose hand writes the audit row.
    pub(crate) fn scribe(&self, ctx: &Ctx) -> Scribe {
        match self {
            Sender::Office { by, .. } => by.clone(),
            _ => Scribe::named(ctx, None, self.name()),
        }
    }
}

/// Nobody speaks for others: a system for the agencies mapped to it, an office for its unit, and
/// another axis for nobody who is here.
pub(crate) fn may_speak(tx: &mut Tx, sender: &Sender, from: &Party) -> Result<bool, StoreError> {
    Ok(match sender {
        Sender::System(id) => desks::speaks_for(tx, id, from)?,
        Sender::Office { unit: own, .. } => from.id() == Some(own.0),
        Sender::Link { .. } => desks::way(tx, from)?.is_none(),
    })
}

pub(crate) fn authorise(sender: &Sender, from: &Party, may_speak: bool) -> Result<(), Refusal> {
    let code = from.code.clone();
    match (may_speak, sender) {
        (true, _) => Ok(()),
        (false, Sender::System(_)) if from.id().is_none() => Err(Refusal::SenderUnknown { code }),
        (false, _) => Err(Refusal::SenderNotYours { code }),
    }
}
