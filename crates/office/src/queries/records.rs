//! All that is kept about a document besides itself: links, dossiers, who read it, what of its
//! files can be searched; and its metadata.

use organisations::UnitId;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::document::{Direction, IncomingId, OutgoingId};
use crate::hand::Asker;
use crate::link::Link;
use crate::metadata::{Around, Metadata, of_incoming, of_outgoing};
use crate::queries::cards::{Card, card, seen};
use crate::queries::offices::Office;
use crate::queries::search::search;
use crate::recipient::RecipientKind;
use crate::refusal::Refusal;
use crate::search::Wish;
use crate::store::full_text::{self, KeptText};
use crate::store::readings::{self, Reading};
use crate::store::work_dossiers::{self, Among};
use crate::store::{incoming, links, outgoing, recipients};
use crate::work_dossier::WorkDossierId;

const READINGS_MAX: i64 = 500;

pub(crate) struct Records {
    pub card: Card,
    /// Each with the document at its other end, when the officer may see that.
    pub links: Vec<(Link, Option<Card>)>,
    /// Id, code and title.
    pub dossiers: Vec<(Uuid, String, String)>,
    /// Into which it could be put.
    pub open: Vec<(Uuid, String, String)>,
    /// For those who see all documents of the unit.
    pub readings: Option<Vec<Reading>>,
    pub texts: Vec<KeptText>,
}

pub(crate) fn records(
    tx: &mut Tx,
    asker: &Asker,
    direction: Direction,
    id: Uuid,
) -> Result<Records, Refusal> {
    let card = seen(tx, asker, direction, id)?;
    let all = asker.sees_all(tx, card.unit)?;
    let mut linked = Vec::new();
    for link in links::of(tx, id)? {
        let is_first = link.document == id;
        let (way, other) = match is_first {
            true => (link.other_direction, link.other),
            false => (link.direction, link.document),
        };
        let other = match seen(tx, asker, way, other) {
            Ok(card) => Some(card),
            Err(Refusal::Nothing) => None,
            Err(refusal) => return Err(refusal),
        };
        linked.push((link, other));
    }
    let among = Among { unit: card.unit, all: false, account: asker.actor.account.0 };
    let dossiers = work_dossiers::of_document(tx, id, card.unit)?;
    let mut open = work_dossiers::open_of(tx, &among)?;
    open.retain(|(open, _, _)| !dossiers.iter().any(|(known, _, _)| known == open));
    let readings = if all { Some(readings::of(tx, id, READINGS_MAX)?) } else { None };
    let texts = full_text::texts(tx, id)?.into_iter().filter(|text| text.source != id).collect();
    Ok(Records { card, links: linked, dossiers, open, readings, texts })
}

/// As the decree lists them, for whoever may see the document.
pub(crate) fn metadata(
    tx: &mut Tx,
    asker: &Asker,
    direction: Direction,
    id: Uuid,
) -> Result<(Card, Metadata), Refusal> {
    let card = seen(tx, asker, direction, id)?;
    let mut around = around(tx, &card)?;
    let found = match direction {
        Direction::In => {
            let one = incoming::by_id(tx, IncomingId(id))?.ok_or(Refusal::Nothing)?;
            around.to = vec![(around.organ_id.clone(), around.organ_name.clone())];
            of_incoming(&one, &card, &around)
        }
        Direction::Out => {
            let one = outgoing::by_id(tx, OutgoingId(id))?.ok_or(Refusal::Nothing)?;
            for recipient in recipients::of(tx, one.id)? {
                if recipient.kind == RecipientKind::Agency && recipient.removed_at.is_none() {
                    around.to.push((recipient.code.unwrap_or_default(), recipient.name));
                }
            }
            of_outgoing(&one, &card, &around)
        }
    };
    Ok((card, found))
}

fn around(tx: &mut Tx, card: &Card) -> Result<Around, StoreError> {
    let unit = organisations::queries::unit(tx, card.unit)?;
    let dossier = work_dossiers::of_document(tx, card.id, card.unit)?.into_iter().next();
    let dossier = match dossier {
        Some((id, _, _)) => work_dossiers::by_id(tx, WorkDossierId(id))?,
        None => None,
    };
    Ok(Around {
        organ_id: unit.as_ref().map(|unit| unit.code.as_str().to_owned()).unwrap_or_default(),
        organ_name: unit.map(|unit| unit.name.as_str().to_owned()).unwrap_or_default(),
        dossier: dossier.map(|one| (one.year, one.code)),
        to: Vec::new(),
    })
}

/// A document that somebody names as they know it: by its number, its arrival number or its id.
pub(crate) fn named(
    tx: &mut Tx,
    (asker, unit): (&Asker, UnitId),
    text: &str,
) -> Result<Option<(Direction, Uuid)>, Refusal> {
    let text = text.trim();
    // An address of ours, or the id alone.
    let id = text.rsplit('/').next().and_then(|last| Uuid::try_parse(last).ok());
    if let Some(id) = id {
        for direction in Direction::ALL {
            if card(tx, direction, id)?.is_some_and(|card| card.unit == unit) {
                return Ok(Some((direction, id)));
            }
        }
        return Ok(None);
    }
    let all = asker.sees_all(tx, unit)?;
    let office = Office { unit, name: String::new(), all };
    let wish = Wish { number: text.to_owned(), ..Default::default() };
    if wish.question().words.is_empty() {
        return Ok(None);
    }
    let found = search(tx, (asker, &office), &wish, (None, 5))?;
    let mut fitting = found.hits.into_iter().filter(|hit| hit.card.code.eq_ignore_ascii_case(text));
    let first = fitting.next().filter(|_| fitting.next().is_none());
    Ok(first.map(|hit| (hit.card.direction, hit.card.id)))
}
