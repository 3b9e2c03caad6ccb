//! The form of a sent request opened again: with the request for a supplement that asks for
//! answers, until its answer is sent or it ends otherwise. The answers before are kept.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 17

use platform::clock::local;
use procedures::eform::{Answers, Flow, Surroundings};
use serde_json::json;

use super::Act;
use super::editing::{attachments, forget_unsent};
use super::reception::frozen_version;
use super::send::{HandingIn, hand_in};
use crate::demand::Demand;
use crate::draft::DraftState;
use crate::refusal::Refusal;
use crate::{form, store};

/// Nothing is opened where only papers are asked for.
pub(super) fn open(act: &mut Act<'_>, demand: &Demand) -> Result<(), Refusal> {
    if !demand.reopens_form() {
        return Ok(());
    }
    let answers = store::edition::typed(&act.dossier.answers)?.ok_or(Refusal::NotOnline)?;
    match store::draft::reopen(act.tx, act.dossier.id, &answers, act.now)? {
        true => Ok(()),
        false => Err(Refusal::NotOnline),
    }
}

/// The new answers take the place of the old ones, if any differ; the whole form is checked again.
pub(super) fn take_over(act: &mut Act<'_>, demand: &Demand) -> Result<bool, Refusal> {
    let draft = store::draft::one(act.tx, act.dossier.id)?;
    let draft = draft.filter(|draft| draft.state == DraftState::Reopened);
    let Some(draft) = draft else { return Ok(false) };
    if !store::draft::close(act.tx, &draft, DraftState::Sent, act.now)? {
        return Err(Refusal::DraftChanged { at: act.now });
    }
    let earlier = store::edition::typed(&act.dossier.answers)?.ok_or(Refusal::NotOnline)?;
    if draft.answers == earlier {
        return Ok(false);
    }
    replace(act, demand, (&earlier, &draft.answers))?;
    Ok(true)
}

fn replace(
    act: &mut Act<'_>,
    demand: &Demand,
    (earlier, new): (&Answers, &Answers),
) -> Result<(), Refusal> {
    let version = frozen_version(act)?;
    let definition = form::definition(&version)?;
    let today = local(act.now).date();
    let places = form::places(act.tx, definition, &[earlier, new], today)?;
    let around = Surroundings { today, places: &places };
    let before = Flow::new(definition, earlier, around);
    let flow = Flow::new(definition, new, around);
    if !flow.is_ready() {
        return Err(Refusal::Incomplete);
    }
    let by = act.by.account;
    store::edition::keep(act.tx, &act.dossier, demand.id, (act.now, by))?;
    act.dossier.answers = json!({ "texts": new, "submission": flow.submission() });
    form::told_anew(&mut act.dossier.applicant, &before, &flow);
    let handing = HandingIn { dossier: act.dossier.id, at: act.now, by, demand: Some(demand.id) };
    hand_in(act.tx, act.ctx, (definition, new), &handing)?;
    Ok(())
}

/// A demand ended and nobody sent what was begun: it is dropped, with files that were not sent.
pub(super) fn drop_unsent(act: &mut Act<'_>) -> Result<(), Refusal> {
    let id = act.dossier.id;
    let Some(answers) = store::draft::shut(act.tx, id, act.now)? else { return Ok(()) };
    forget_unsent(act.tx, id, &attachments(&answers))
}
