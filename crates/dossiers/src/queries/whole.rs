//! One dossier with everything that belongs to it, read in one unit of work.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use organisations::UnitId;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use platform::words::Speech;
use procedures::Version;
use procedures::eform::{Answers, Definition, Flow, Places, Surroundings};
use uuid::Uuid;

use crate::demand::Demand;
use crate::dossier::{Dossier, DossierId};
use crate::event::Event;
use crate::refusal::Refusal;
use crate::reopening::{self, Change};
use crate::route::Route;
use crate::store::edition::Edition;
use crate::store::file::DossierFile;
use crate::store::result::{Rating, StoredResult};
use crate::store::slip::Slip;
use crate::store::story::HandoverLine;
use crate::{form, store};

pub struct Whole {
    pub dossier: Dossier,
    /// Frozen with the dossier.
    pub version: Arc<Version>,
    pub route: Route,
    pub events: Vec<Event>,
    pub demands: Vec<Demand>,
    pub files: Vec<DossierFile>,
    pub slips: Vec<Slip>,
    pub handovers: Vec<HandoverLine>,
    pub result: Option<StoredResult>,
    pub rating: Option<Rating>,
    pub units: HashMap<Uuid, UnitCard>,
    /// As typed, for a dossier that was filled in online.
    answers: Option<Answers>,
    /// The answers before each supplement that changed them.
    editions: Vec<Edition>,
    places: Places,
    now: Timestamp,
}

/// What people need to know of a unit.
#[derive(Debug, Clone, Default)]
pub struct UnitCard {
    pub code: String,
    pub name: String,
    pub phone: String,
    pub address: String,
    pub hours: String,
}

impl Whole {
    pub fn load(tx: &mut Tx, id: DossierId, now: Timestamp) -> Result<Option<Whole>, Refusal> {
        let Some(dossier) = store::dossier::one(tx, id)? else { return Ok(None) };
        let entry = procedures::queries::version(tx, dossier.procedure.version)?;
        let version = entry.ok_or(Refusal::ProcedureClosed)?.version;
        let answers = store::edition::typed(&dossier.answers)?;
        let editions = store::edition::of(tx, id)?;
        let all: Vec<&Answers> =
            editions.iter().map(|edition| &edition.answers).chain(&answers).collect();
        let places = match &version.form {
            Some(definition) => form::places(tx, definition, &all, local(now).date())?,
            None => Places::default(),
        };
        let handovers = store::story::handovers(tx, id)?;
        let units = units(tx, &dossier, &handovers)?;
        Ok(Some(Whole {
            route: Route::of(&version),
            events: store::story::events(tx, id)?,
            demands: store::demand::all(tx, id)?,
            files: store::file::of(tx, id)?,
            slips: store::slip::of(tx, id)?,
            result: store::result::of(tx, id)?,
            rating: store::result::rating(tx, id)?,
            handovers,
            units,
            answers,
            editions,
            places,
            now,
            version,
            dossier,
        }))
    }

    pub fn unit(&self, id: UnitId) -> UnitCard {
        self.units.get(&id.0).cloned().unwrap_or_default()
    }

    pub fn open_demand(&self) -> Option<&Demand> {
        self.demands.iter().find(|demand| demand.is_open())
    }

    pub fn definition(&self) -> Option<&Definition> {
        self.version.form.as_ref()
    }

    /// The answers with the form that asked for them.
    pub fn flow(&self) -> Option<Flow<'_>> {
        self.flow_of(self.answers.as_ref()?)
    }

    fn flow_of<'a>(&'a self, answers: &'a Answers) -> Option<Flow<'a>> {
        let around = Surroundings { today: local(self.now).date(), places: &self.places };
        Some(Flow::new(self.definition()?, answers, around))
    }

    /// What the answer to a demand changed in the form: old and new.
    pub fn changes(&self, demand: &Demand, speech: &Speech) -> Vec<Change> {
        let place = self.editions.iter().position(|edition| edition.demand == demand.id);
        let Some(place) = place else { return Vec::new() };
        let after = self.editions.get(place + 1).map(|edition| &edition.answers);
        let before = self.flow_of(&self.editions[place].answers);
        let after = after.or(self.answers.as_ref()).and_then(|answers| self.flow_of(answers));
        match (before, after) {
            (Some(before), Some(after)) => reopening::changes(&before, &after, speech),
            _ => Vec::new(),
        }
    }

    /// Files that answer no open demand: those wait until the answer is sent.
    pub fn files_sent(&self) -> impl Iterator<Item = &DossierFile> {
        let open = self.open_demand().map(|demand| demand.id);
        self.files.iter().filter(move |file| file.demand.is_none() || file.demand != open)
    }

    pub fn files_of_demand(&self, demand: &Demand) -> Vec<&DossierFile> {
        self.files.iter().filter(|file| file.demand == Some(demand.id)).collect()
    }

    /// Approved, and not signed by everyone yet.
    pub fn awaits_signature(&self) -> bool {
        self.result.as_ref().is_some_and(|result| result.signing.is_awaited())
    }

    pub fn issued_result(&self) -> Option<&StoredResult> {
        self.result.as_ref().filter(|result| result.issued_at.is_some())
    }
}

fn units(
    tx: &mut Tx,
    dossier: &Dossier,
    handovers: &[HandoverLine],
) -> Result<HashMap<Uuid, UnitCard>, StoreError> {
    let mut ids = vec![dossier.places.receiving.0, dossier.places.deciding.0];
    ids.push(dossier.holder.unit.0);
    ids.extend(handovers.iter().flat_map(|line| [line.from_unit, line.to_unit]));
    ids.sort_unstable();
    ids.dedup();
    let mut cards = HashMap::new();
    for id in ids {
        if let Some(unit) = organisations::queries::unit(tx, UnitId(id))? {
            cards.insert(id, UnitCard::of(&unit));
        }
    }
    Ok(cards)
}

impl UnitCard {
    pub fn of(unit: &organisations::Unit) -> UnitCard {
        let contact = &unit.contact;
        UnitCard {
            code: unit.code.to_string(),
            name: unit.name.to_string(),
            phone: contact.phone.clone().unwrap_or_default(),
            address: contact.address.clone().unwrap_or_default(),
            hours: contact.working_hours.clone().unwrap_or_default(),
        }
    }
}
