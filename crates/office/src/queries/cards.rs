//! A document of either direction, as searches, dossiers, links and exports show it.

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::document::{Direction, DocumentType, IncomingId, OutgoingId, Urgency};
use crate::hand::Asker;
use crate::incoming::Incoming;
use crate::outgoing::Outgoing;
use crate::queries::outgoing::seen_by;
use crate::recipient::RecipientKind;
use crate::refusal::Refusal;
use crate::store::{drafts, incoming, outgoing, recipients, tasks};
use crate::task::Part;

#[derive(Debug, Clone)]
pub(crate) struct Card {
    pub id: Uuid,
    pub direction: Direction,
    pub unit: UnitId,
    /// Số, ký hiệu; empty before it has a number.
    pub code: String,
    /// The day of the document.
    pub dated: Option<Date>,
    pub type_name: String,
    pub subject: String,
    /// Who issued it.
    pub author: String,
    pub recipients: Vec<String>,
    pub signer: String,
    pub urgency: Urgency,
    pub state: &'static str,
    /// The key of the state's name.
    pub state_word: String,
    /// Số đến.
    pub arrival: String,
    pub at: Timestamp,
    pub pages: String,
    pub files: Vec<CardFile>,
    /// What else it says of itself.
    pub more: String,
}

#[derive(Debug, Clone)]
pub(crate) struct CardFile {
    pub file: Uuid,
    pub name: String,
}

impl Card {
    pub fn path(&self) -> String {
        path(self.direction, self.id)
    }

    pub fn object(&self) -> String {
        match self.direction {
            Direction::In => format!("incoming:{}", self.id),
            Direction::Out => crate::outgoing::object(OutgoingId(self.id)),
        }
    }

    /// "Công văn 12/UBND-VP: về việc …".
    pub fn title(&self) -> String {
        let head = [self.type_name.as_str(), self.code.as_str()];
        let head: Vec<&str> = head.into_iter().filter(|part| !part.is_empty()).collect();
        match head.is_empty() {
            true => self.subject.clone(),
            false => format!("{}: {}", head.join(" "), self.subject),
        }
    }

    pub fn day(&self) -> Date {
        local(self.at).date()
    }
}

/// Its page.
pub(crate) fn path(direction: Direction, id: Uuid) -> String {
    match direction {
        Direction::In => format!("/can-bo/van-ban-den/{id}"),
        Direction::Out => format!("/can-bo/van-ban-di/{id}"),
    }
}

/// Whoever asks; the rules of who sees it are not asked here.
pub(crate) fn card(
    tx: &mut Tx,
    direction: Direction,
    id: Uuid,
) -> Result<Option<Card>, StoreError> {
    match direction {
        Direction::In => match incoming::by_id(tx, IncomingId(id))? {
            Some(one) => of_incoming(tx, &one).map(Some),
            None => Ok(None),
        },
        Direction::Out => match outgoing::by_id(tx, OutgoingId(id))? {
            Some(one) => of_outgoing(tx, &one).map(Some),
            None => Ok(None),
        },
    }
}

/// For those who may see it; for others there is nothing.
pub(crate) fn seen(
    tx: &mut Tx,
    asker: &Asker,
    direction: Direction,
    id: Uuid,
) -> Result<Card, Refusal> {
    match direction {
        Direction::In => {
            let one = asker.incoming(tx, IncomingId(id))?;
            Ok(of_incoming(tx, &one)?)
        }
        Direction::Out => {
            let (one, _) = seen_by(tx, &asker.actor, OutgoingId(id))?;
            Ok(of_outgoing(tx, &one)?)
        }
    }
}

/// A document that somebody names by its id, of whichever direction it is.
pub(crate) fn seen_of_any(tx: &mut Tx, asker: &Asker, id: Uuid) -> Result<Card, Refusal> {
    match incoming::by_id(tx, IncomingId(id))? {
        Some(_) => seen(tx, asker, Direction::In, id),
        None => seen(tx, asker, Direction::Out, id),
    }
}

pub(crate) fn of_incoming(tx: &mut Tx, one: &Incoming) -> Result<Card, StoreError> {
    let parts = tasks::of_incoming(tx, one.id)?;
    let recipients = parts.iter().filter(|task| task.role != Part::Information);
    let files = incoming::files(tx, one.id)?.into_iter().filter(|file| file.edition == one.edition);
    let files = files.filter_map(|file| Some(CardFile { file: file.file?, name: file.given_name }));
    let mut more = vec![one.more.content.clone(), one.more.sphere.clone(), one.reply_text.clone()];
    more.extend(one.more.to_places.iter().cloned());
    more.extend(one.more.answers.iter().cloned());
    more.push(one.ended_note.clone());
    Ok(Card {
        id: one.id.0,
        direction: Direction::In,
        unit: one.unit,
        code: one.code(),
        dated: one.issued_on,
        type_name: one.type_name.clone(),
        subject: one.subject.clone(),
        author: one.from_name.clone(),
        recipients: recipients.map(|task| task.name.clone()).collect(),
        signer: one.signer.clone(),
        urgency: one.urgency,
        state: one.state.code(),
        state_word: one.state.word(),
        arrival: one.arrival_number().unwrap_or_default(),
        at: one.arrived_at,
        pages: one.pages.clone(),
        files: files.collect(),
        more: more.join("\n"),
    })
}

pub(crate) fn of_outgoing(tx: &mut Tx, one: &Outgoing) -> Result<Card, StoreError> {
    let named = recipients::of(tx, one.id)?.into_iter().filter(|one| one.removed_at.is_none());
    let named: Vec<String> = named
        .map(|one| match (one.kind, one.code) {
            (RecipientKind::Agency, Some(code)) if one.name.is_empty() => code,
            _ => one.name,
        })
        .collect();
    let mut files = Vec::new();
    if let Some(file) = one.final_file.or(one.signed_file).or(one.file) {
        let name = one.file_name.clone().unwrap_or_default();
        files.push(CardFile { file, name });
    }
    let attached = drafts::attachments(tx, one.id)?.into_iter();
    files.extend(attached.map(|one| CardFile { file: one.file, name: one.name }));
    Ok(Card {
        id: one.id.0,
        direction: Direction::Out,
        unit: one.unit,
        code: one.number().unwrap_or_default(),
        dated: one.dated,
        type_name: one.type_name().to_owned(),
        subject: one.subject.clone(),
        author: organisations::queries::unit_name(tx, one.unit)?,
        recipients: named,
        signer: one.signer_name.clone().unwrap_or_default(),
        urgency: one.urgency,
        state: one.state.code(),
        state_word: one.state.word().to_owned(),
        arrival: String::new(),
        at: one.issued_at.unwrap_or(one.made_at),
        pages: String::new(),
        files,
        more: format!("{}\n{}", one.author_name, one.body),
    })
}

impl Card {
    /// The code of its type, when the decree's list has it.
    pub fn type_code(&self) -> Option<&'static str> {
        DocumentType::of_name(&self.type_name).map(|one| one.code)
    }
}
