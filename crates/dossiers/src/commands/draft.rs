//! Filling in: begun once, saved after every step, gone on with anywhere.

use identity::Person;
use jiff::Timestamp;
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::files::{self, Received};
use platform::store::Tx;
use platform::web::form as web;
use procedures::Code;
use procedures::eform::{Answers, Attachment, Flow, Step};
use uuid::Uuid;

use super::editing::{attachments, change, forget_unsent, own, prefill, wallet};
use crate::dossier::{DossierId, Procedure};
use crate::draft::{Draft, DraftState};
use crate::refusal::Refusal;
use crate::reopening::Reopening;
use crate::{form, places, store};

/// A new request.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// Of the rendering of the start page: pressed twice, it is one draft.
    pub id: DossierId,
    pub procedure: Code,
    pub deciding: UnitId,
}

pub async fn begin(ctx: &Ctx, person: &Person, new: Beginning) -> Result<DossierId, Refusal> {
    let (person, now) = (person.clone(), ctx.clock.now());
    ctx.store
        .write(move |tx| {
            if !person.may_act() {
                return Err(Refusal::NotFound);
            }
            let entry = procedures::queries::current(tx, &new.procedure, now)?
                .ok_or(Refusal::ProcedureClosed)?;
            if !entry.takes_online_dossiers(now) {
                return Err(Refusal::NotOnline);
            }
            let today = local(now).date();
            let places = places::online(tx, new.deciding, today)?;
            let definition = form::definition(&entry.version)?;
            let mut answers = Answers::default();
            prefill(tx, definition, &mut answers, (&person, now))?;
            let draft = Draft {
                id: new.id,
                owner: person.subject.id,
                made_by: person.actor,
                state: DraftState::Open,
                procedure: Procedure {
                    code: entry.version.code.to_string(),
                    name: entry.version.name.clone(),
                    version: entry.id,
                    form_hash: Some(definition.hash().to_owned()),
                },
                places,
                answers,
                created_at: now,
                saved_at: now,
                version: 1,
            };
            store::draft::insert(tx, &draft)?;
            Ok(draft.id)
        })
        .await
}

/// Where a posted page leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub saved_at: Timestamp,
    pub onward: Onward,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Onward {
    /// Something on this page has to be mended first.
    Here,
    /// The address of the next step.
    Step(String),
    /// Every question that was open again is answered: the supplement can be sent.
    Supplement,
}

/// What was posted for one step.
#[derive(Debug, Clone)]
pub struct Posted {
    pub step: String,
    pub fields: web::Answers,
    /// Changed from the check of all answers: back there, past nothing that is newly asked.
    pub from_check: bool,
}

/// Every answer is kept, right or wrong.
pub async fn answer(
    ctx: &Ctx,
    person: &Person,
    id: DossierId,
    posted: Posted,
) -> Result<Answered, Refusal> {
    change(ctx, person, id, move |tx, editing| {
        let definition = form::definition(&editing.version)?;
        let step = Step::find(definition, &posted.step).ok_or(Refusal::NotFound)?;
        editing.need_open(tx, step)?;
        editing.take(tx, step, &posted.fields)?;
        let reopening = editing.reopening.as_ref();
        let onward =
            editing.with_flow(tx, |flow| onward(flow, reopening, (step, posted.from_check)))?;
        Ok(Answered { saved_at: editing.now, onward })
    })
    .await
}

fn onward(
    flow: &Flow<'_>,
    reopening: Option<&Reopening>,
    (step, from_check): (Step, bool),
) -> Onward {
    if !flow.faults_on(step).is_empty() {
        return Onward::Here;
    }
    let next = match reopening {
        Some(reopening) => reopening.after(flow, step),
        None if from_check => Some(flow.after_change(step)),
        None => Some(flow.next(step)),
    };
    next.map_or(Onward::Supplement, |next| Onward::Step(next.address(flow.definition)))
}

/// Takes an item out of a repeated group.
pub async fn remove_item(
    ctx: &Ctx,
    person: &Person,
    id: DossierId,
    step: String,
) -> Result<(), Refusal> {
    change(ctx, person, id, move |tx, editing| {
        let definition = form::definition(&editing.version)?;
        let found = Step::find(definition, &step).ok_or(Refusal::NotFound)?;
        editing.need_open(tx, found)?;
        let (Some(page), Some(item)) = (found.page(), found.item()) else {
            return Err(Refusal::NotFound);
        };
        let group = definition.pages().get(page).and_then(|page| page.group);
        let group = group.and_then(|group| definition.groups().get(group));
        editing.draft.answers.remove_item(group.ok_or(Refusal::NotFound)?, item);
        Ok(())
    })
    .await
}

/// Where a file goes: a file field of the form.
#[derive(Debug, Clone)]
pub struct Slot {
    pub path: String,
    /// Put in place of this one.
    pub instead_of: Option<Uuid>,
}

/// Keeps a file that has been received. One too many, or of a kind the field does not take, is
/// told at the field and can be removed there.
pub async fn attach(
    ctx: &Ctx,
    person: &Person,
    id: DossierId,
    (slot, received): (Slot, Received),
) -> Result<Attachment, Refusal> {
    change(ctx, person, id, move |tx, editing| {
        editing.need_file_field(tx, &slot.path)?;
        let kept = files::record(tx, &received)?;
        let attachment = Attachment {
            id: kept.id,
            name: kept.name,
            media: kept.media,
            size_bytes: u64::try_from(kept.size_bytes).unwrap_or_default(),
            sha256: kept.sha256,
            reused: false,
        };
        if let Some(old) = slot.instead_of {
            editing.drop_file(tx, &slot.path, old)?;
        }
        editing.draft.answers.attach(&slot.path, attachment.clone());
        Ok(attachment)
    })
    .await
}

pub async fn detach(
    ctx: &Ctx,
    person: &Person,
    id: DossierId,
    (path, file): (String, Uuid),
) -> Result<(), Refusal> {
    change(ctx, person, id, move |tx, editing| {
        editing.need_file_field(tx, &path)?;
        editing.drop_file(tx, &path, file)
    })
    .await
}

/// A result from one's own wallet in place of an upload.
pub async fn reuse(
    ctx: &Ctx,
    person: &Person,
    id: DossierId,
    (path, result): (String, DossierId),
) -> Result<(), Refusal> {
    change(ctx, person, id, move |tx, editing| {
        if !editing.need_file_field(tx, &path)?.reuse {
            return Err(Refusal::NotFound);
        }
        let wallet = wallet(tx, &editing.person, &editing.draft)?;
        let found = wallet.into_iter().find(|known| known.dossier == result.0);
        let file = found.and_then(|found| found.file).ok_or(Refusal::NotFound)?;
        let kept = files::kept(tx, file)?.ok_or(Refusal::NotFound)?;
        editing.draft.answers.attach(
            &path,
            Attachment {
                id: kept.id,
                name: kept.name,
                media: kept.media,
                size_bytes: u64::try_from(kept.size_bytes).unwrap_or_default(),
                sha256: kept.sha256,
                reused: true,
            },
        );
        Ok(())
    })
    .await
}

/// To another agency: what was answered stays.
pub async fn move_to(
    ctx: &Ctx,
    person: &Person,
    id: DossierId,
    deciding: UnitId,
) -> Result<(), Refusal> {
    let (person, now) = (person.clone(), ctx.clock.now());
    ctx.store
        .write(move |tx| {
            let draft = own(tx, &person, id)?;
            let places = places::online(tx, deciding, local(now).date())?;
            match store::draft::move_to(tx, draft.id, places, now)? {
                true => Ok(()),
                false => Err(Refusal::SentAlready),
            }
        })
        .await
}

/// Thrown away, with its files.
pub async fn discard(ctx: &Ctx, person: &Person, id: DossierId) -> Result<(), Refusal> {
    let (person, now) = (person.clone(), ctx.clock.now());
    ctx.store
        .write(move |tx| {
            let draft = own(tx, &person, id)?;
            match draft.state {
                DraftState::Open => throw_away(tx, &draft, now),
                _ => Err(Refusal::SentAlready),
            }
        })
        .await
}

pub(crate) fn throw_away(tx: &mut Tx, draft: &Draft, now: Timestamp) -> Result<(), Refusal> {
    if store::draft::close(tx, draft, DraftState::Discarded, now)? {
        forget_unsent(tx, draft.id, &attachments(&draft.answers))?;
    }
    Ok(())
}
