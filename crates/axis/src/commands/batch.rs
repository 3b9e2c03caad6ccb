//! What orders that are carried out in one unit of work have in common: each thing is looked up
//! once for all of them, and their rows are written together at its end.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use platform::audit::{self, Act};
use platform::clock::local;
use platform::store::{StoreError, Tx};
use platform::{Ctx, figures, files};
use uuid::Uuid;

use super::routing::{self, Way};
use super::sender::{self, Sender};
use super::webhooks;
use crate::packet::{Packet, PacketId};
use crate::party::{self, Party};
use crate::receipt::{self, Claim, Pen};
use crate::refusal::Refusal;
use crate::shelf::{Body, Shelved};
use crate::store::bodies::{self, Place};
use crate::store::deliveries::{self, New};
use crate::store::{events, leaving, packets};
use crate::system::SystemId;
use crate::trace::Event;

/// Lives as long as the unit of work: what it remembers was read there.
#[derive(Default)]
pub(crate) struct Batch {
    parties: HashMap<String, Party>,
    /// By the key of the party, the day, and the link that it is not to go back by.
    ways: HashMap<(String, Date, Option<Uuid>), Way>,
    spoken_for: HashMap<(SystemId, String), bool>,
    pen: Option<Pen>,
    /// Somewhere packets still leave a way that has ended.
    leaving: Option<bool>,
    pub packets: Vec<(Packet, String)>,
    pub bodies: Vec<(PacketId, Place)>,
    pub deliveries: Vec<New>,
    pub events: Vec<Event>,
    pub acts: Vec<Act>,
    /// Packets that webhooks are to tell of.
    pub heard: Vec<PacketId>,
    figures: BTreeMap<Figure, (Timestamp, i64)>,
}

/// Its name, its dimensions, and the day that it is counted for.
type Figure = (&'static str, Vec<(&'static str, String)>, Date);

impl Batch {
    /// For a single one, written at once.
    pub fn around<T, E: From<StoreError>>(
        tx: &mut Tx,
        order: impl FnOnce(&mut Tx, &mut Batch) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut batch = Batch::default();
        let outcome = order(tx, &mut batch)?;
        batch.write(tx)?;
        Ok(outcome)
    }

    pub fn party(&mut self, tx: &mut Tx, code: &str) -> Result<Party, StoreError> {
        if let Some(known) = self.parties.get(code) {
            return Ok(known.clone());
        }
        let found = party::of(tx, code)?;
        self.parties.insert(code.to_owned(), found.clone());
        Ok(found)
    }

    pub fn way_to(
        &mut self,
        tx: &mut Tx,
        (party, on): (&Party, Date),
        came_by: Option<Uuid>,
    ) -> Result<Way, StoreError> {
        let asked = (party.key.clone(), on, came_by);
        if let Some(known) = self.ways.get(&asked) {
            return Ok(known.clone());
        }
        let found = routing::way_to(tx, (party, on), came_by)?;
        self.ways.insert(asked, found.clone());
        Ok(found)
    }

    pub fn is_leaving(&mut self, tx: &mut Tx) -> Result<bool, StoreError> {
        let known = match self.leaving {
            Some(known) => known,
            None => leaving::is_any(tx)?,
        };
        self.leaving = Some(known);
        Ok(known)
    }

    /// Nobody speaks for others: see [`sender::may_speak`].
    pub fn authorise(&mut self, tx: &mut Tx, sender: &Sender, from: &Party) -> Result<(), Refusal> {
        let Sender::System(system) = sender else {
            return sender::authorise(sender, from, sender::may_speak(tx, sender, from)?);
        };
        let asked = (system.clone(), from.key.clone());
        let may = match self.spoken_for.get(&asked) {
            Some(known) => *known,
            None => sender::may_speak(tx, sender, from)?,
        };
        self.spoken_for.insert(asked, may);
        sender::authorise(sender, from, may)
    }

    pub fn receipt(&mut self, tx: &mut Tx, ctx: &Ctx, claim: &Claim) -> Result<String, Refusal> {
        let pen = match self.pen.take() {
            Some(pen) => pen,
            None => receipt::pen(tx, ctx)?,
        };
        self.pen.insert(pen).issue(claim)
    }

    pub fn keep(&mut self, tx: &mut Tx, shelved: &Shelved) -> Result<(), Refusal> {
        let place = match &shelved.body {
            Body::Held(sealed) => Place::Row(Arc::clone(sealed)),
            Body::File(received) => Place::File(files::record(tx, received)?.id),
        };
        self.bodies.push((shelved.id, place));
        Ok(())
    }

    pub fn add(
        &mut self,
        name: &'static str,
        dimensions: &[(&'static str, &str)],
        at: Timestamp,
        amount: i64,
    ) {
        let dimensions = dimensions.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let figure = (name, dimensions.collect(), local(at).date());
        self.figures.entry(figure).or_insert((at, 0)).1 += amount;
    }

    /// Writes all rows. Nothing of accepted packets is in the store before.
    pub fn write(self, tx: &mut Tx) -> Result<(), StoreError> {
        packets::insert(tx, &self.packets)?;
        bodies::insert(tx, &self.bodies)?;
        deliveries::insert(tx, &self.deliveries)?;
        events::put(tx, &self.events)?;
        self.heard.iter().try_for_each(|packet| webhooks::queue(tx, *packet))?;
        audit::record_all(tx, &self.acts)?;
        self.figures.iter().try_for_each(|((name, dimensions, _), (at, amount))| {
            let dimensions: Vec<_> =
                dimensions.iter().map(|(name, value)| (*name, value.as_str())).collect();
            figures::add(tx, name, &dimensions, *at, *amount)
        })
    }
}
