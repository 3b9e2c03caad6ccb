//! A planned line, carried out by the rules of the single commands.

use platform::store::{StoreError, Tx};
use serde_json::json;

use super::plan::{Extra, Step};
use crate::code::Code;
use crate::commands::close::{close_in, name_heirs};
use crate::commands::codes::recode_in;
use crate::commands::create::{create_in, is_free};
use crate::commands::{Pen, Reach, Story, Target, refresh_words, target, tell};
use crate::mandate::Mandate;
use crate::refusal::Refusal;
use crate::store;
use crate::unit::Unit;

pub(super) enum Applied {
    New,
    Changed,
    Refused(Refusal),
}

/// What a preview expects of a step.
pub(super) fn expected(step: &Step) -> Applied {
    match step {
        Step::Create { .. } => Applied::New,
        Step::Change { .. } | Step::Nothing => Applied::Changed,
    }
}

/// Carries out a step. A refusal undoes this step alone; when the store itself fails, all of it.
pub(super) fn apply(
    tx: &mut Tx,
    pen: &Pen,
    mandate: &Mandate,
    step: &Step,
) -> Result<Applied, Refusal> {
    match tx.nested(|tx| carry_out(tx, pen, mandate, step)) {
        Ok(()) => Ok(expected(step)),
        Err(Refusal::Store(StoreError::Conflict { .. })) => {
            Ok(Applied::Refused(Refusal::ChangedMeanwhile))
        }
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(why) => Ok(Applied::Refused(why)),
    }
}

fn carry_out(tx: &mut Tx, pen: &Pen, mandate: &Mandate, step: &Step) -> Result<(), Refusal> {
    match step {
        Step::Nothing => Ok(()),
        Step::Create { unit, draft, aliases, successors } => {
            let unit = create_in(tx, pen, mandate, (unit.id, draft))?;
            add_aliases(tx, pen, mandate, (&unit, aliases))?;
            name_heirs(tx, &unit, successors)
        }
        Step::Change { before, after, aliases, extra } => {
            change(tx, pen, mandate, (before, after, extra))?;
            add_aliases(tx, pen, mandate, (after, aliases))
        }
    }
}

fn change(
    tx: &mut Tx,
    pen: &Pen,
    mandate: &Mandate,
    (before, after, extra): (&Unit, &Unit, &Extra),
) -> Result<(), Refusal> {
    // The plan has judged what of one's own unit may change.
    let at = Target { unit: before.id, version: before.version };
    target(tx, mandate, at, Reach::Own)?;
    let mut current = match &extra.recoding {
        Some(recoding) => recode_in(tx, pen, mandate, (before, recoding))?,
        None => before.clone(),
    };
    let after = Unit { version: current.version, ..after.clone() };
    if current != after {
        if !store::update_unit(tx, &after)? {
            return Err(Refusal::ChangedMeanwhile);
        }
        current = Unit { version: after.version + 1, ..after };
        let mut story = Story::new("organisations.import", before, &current);
        if let Some(last_day) = extra.renamed_on.and_then(|day| day.yesterday().ok()) {
            store::insert_former_names(tx, &[(before.id, &before.name, last_day)])?;
            story = story.with("renamed_on", json!(extra.renamed_on));
        }
        tell(tx, pen, mandate, story)?;
        refresh_words(tx, &current)?;
    }
    if let Some(closing) = &extra.closing {
        close_in(tx, pen, mandate, (&current, closing))?;
    }
    Ok(())
}

fn add_aliases(
    tx: &mut Tx,
    pen: &Pen,
    mandate: &Mandate,
    (unit, aliases): (&Unit, &[Code]),
) -> Result<(), Refusal> {
    for alias in aliases {
        is_free(tx, alias)?;
        store::insert_codes(tx, &[(unit.id, alias, "alias")], pen.at)?;
        let story = Story::new("organisations.add-alias", unit, unit);
        tell(tx, pen, mandate, story.with("alias", json!(alias)))?;
    }
    if !aliases.is_empty() {
        refresh_words(tx, unit)?;
    }
    Ok(())
}
