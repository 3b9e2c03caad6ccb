//! A draft with its form, for the pages that fill it in.

use std::sync::Arc;

use identity::Person;
use platform::Ctx;
use platform::clock::local;
use procedures::Version;
use procedures::eform::{Definition, Flow, Places, Step, Surroundings};

use super::UnitCard;
use crate::commands::editing::{own, reopening, wallet};
use crate::dossier::DossierId;
use crate::draft::Draft;
use crate::form;
use crate::refusal::Refusal;
use crate::reopening::Reopening;
use crate::store::result::StoredResult;

pub struct Filling {
    pub draft: Draft,
    pub version: Arc<Version>,
    /// Where it will be received, and who will decide.
    pub receiving: UnitCard,
    pub deciding: UnitCard,
    /// Results that may be given instead of a file.
    pub wallet: Vec<StoredResult>,
    /// While a supplement is awaited: what may be answered again.
    pub reopening: Option<Reopening>,
    places: Places,
    today: jiff::civil::Date,
}

/// A draft of this person, open or sent; none when it is another's or thrown away.
pub async fn one(ctx: &Ctx, person: &Person, id: DossierId) -> Result<Option<Filling>, Refusal> {
    let (person, now) = (person.clone(), ctx.clock.now());
    ctx.store
        .read(move |tx| {
            let draft = match own(tx, &person, id) {
                Ok(draft) => draft,
                Err(Refusal::NotFound) => return Ok(None),
                Err(other) => return Err(other),
            };
            let entry = procedures::queries::version(tx, draft.procedure.version)?;
            let version = entry.ok_or(Refusal::ProcedureClosed)?.version;
            let today = local(now).date();
            let reopening = reopening(tx, &draft)?;
            let mut editions = vec![&draft.answers];
            editions.extend(reopening.iter().map(Reopening::earlier));
            let places = form::places(tx, form::definition(&version)?, &editions, today)?;
            let card = |unit: Option<organisations::Unit>| {
                unit.map(|unit| UnitCard::of(&unit)).unwrap_or_default()
            };
            let receiving = organisations::queries::unit(tx, draft.places.receiving)?;
            let deciding = organisations::queries::unit(tx, draft.places.deciding)?;
            let wallet = wallet(tx, &person, &draft)?;
            Ok(Some(Filling {
                receiving: card(receiving),
                deciding: card(deciding),
                draft,
                version,
                wallet,
                reopening,
                places,
                today,
            }))
        })
        .await
}

impl Filling {
    pub fn definition(&self) -> Result<&Definition, Refusal> {
        form::definition(&self.version)
    }

    pub fn flow(&self) -> Result<Flow<'_>, Refusal> {
        let around = Surroundings { today: self.today, places: &self.places };
        Ok(Flow::new(self.definition()?, &self.draft.answers, around))
    }

    /// Whether this step is asked, now or again.
    pub fn asks(&self, flow: &Flow<'_>, step: Step) -> bool {
        let open = |reopening: &Reopening| reopening.is_open(flow, step);
        flow.has(step) && self.reopening.as_ref().is_none_or(open)
    }
}
