//! A work dossier with all that lies in it, for those who may see it.

use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::commands::work_dossiers::{may_change, seen};
use crate::hand::Asker;
use crate::queries::cards::{Card, card};
use crate::queries::people::colleagues;
use crate::refusal::Refusal;
use crate::store::work_dossiers as store;
use crate::work_dossier::{Content, Event, WorkDossier, WorkDossierId};

pub(crate) struct Whole {
    pub one: WorkDossier,
    pub contents: Vec<(Content, Option<Card>)>,
    pub story: Vec<Event>,
    pub may_change: bool,
    /// To whom it can be handed.
    pub people: Vec<(Uuid, String)>,
}

pub(crate) fn whole(tx: &mut Tx, asker: &Asker, id: WorkDossierId) -> Result<Whole, Refusal> {
    let one = seen(tx, asker, id)?;
    let may_change = may_change(tx, asker, &one)?;
    let people = if may_change { people(tx, asker, &one)? } else { Vec::new() };
    Ok(Whole { contents: contents(tx, id)?, story: store::story(tx, id)?, may_change, people, one })
}

fn people(
    tx: &mut Tx,
    asker: &Asker,
    one: &WorkDossier,
) -> Result<Vec<(Uuid, String)>, StoreError> {
    let all = colleagues(tx, one.unit, asker.today())?.into_iter();
    let others = all.filter(|colleague| colleague.account != one.holder);
    Ok(others.map(|colleague| (colleague.account, colleague.name)).collect())
}

/// What lies in a dossier is listed for whoever answers for the dossier; the documents themselves
/// open for those who may see them.
fn contents(tx: &mut Tx, id: WorkDossierId) -> Result<Vec<(Content, Option<Card>)>, StoreError> {
    let mut found = Vec::new();
    for content in store::contents(tx, id)? {
        let card = card(tx, content.direction, content.document)?;
        found.push((content, card));
    }
    Ok(found)
}
