//! Filling in: begun once, saved after every step, gone on with anywhere.

use identity::Person;
use jiff::Timestamp;
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::files::{self, Received};
use platform::store::Tx;
use platform::web::form as web;
use procedures::eform::{Answers, Attachment, Definition, Flow, Step, Surroundings};
use procedures::{Code, Version};
use uuid::Uuid;

use crate::dossier::{DossierId, Procedure};
use crate::draft::{Draft, DraftState};
use crate::refusal::Refusal;
use crate::{access, form, places, store};

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
    /// The address of the next step; none when something on this page has to be mended first.
    pub next: Option<String>,
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
        editing.draft.answers.take(definition, step, &posted.fields);
        prefill(tx, definition, &mut editing.draft.answers, (&editing.person, editing.now))?;
        let today = local(editing.now).date();
        let places = form::places(tx, definition, &editing.draft.answers, today)?;
        let around = Surroundings { today, places: &places };
        let flow = Flow::new(definition, &editing.draft.answers, around);
        let next = match flow.faults_on(step).is_empty() {
            false => None,
            true if posted.from_check => Some(flow.after_change(step)),
            true => Some(flow.next(step)),
        };
        let next = next.map(|next| next.address(definition));
        Ok(Answered { saved_at: editing.now, next })
    })
    .await
}

/// Takes an item out of a repeated group.
pub async fn remove_item(
    ctx: &Ctx,
    person: &Person,
    id: DossierId,
    step: String,
) -> Result<(), Refusal> {
    change(ctx, person, id, move |_, editing| {
        let definition = form::definition(&editing.version)?;
        let found = Step::find(definition, &step).ok_or(Refusal::NotFound)?;
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
        let rule = form::file_rule(form::definition(&editing.version)?, &slot.path);
        rule.ok_or(Refusal::NotFound)?;
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
            drop_file(tx, &mut editing.draft.answers, &slot.path, old)?;
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
        drop_file(tx, &mut editing.draft.answers, &path, file)
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
        let rule = form::file_rule(form::definition(&editing.version)?, &path);
        rule.filter(|rule| rule.reuse).ok_or(Refusal::NotFound)?;
        let found = store::result::of(tx, result)?.ok_or(Refusal::NotFound)?;
        let own = found.owner == Some(editing.draft.owner.0) && found.issued_at.is_some();
        let (Some(file), true) = (found.file, own) else { return Err(Refusal::NotFound) };
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
            throw_away(tx, &draft, now)
        })
        .await
}

pub(crate) fn throw_away(tx: &mut Tx, draft: &Draft, now: Timestamp) -> Result<(), Refusal> {
    if store::draft::close(tx, draft.id, DraftState::Discarded, now)? {
        for attachment in attachments(&draft.answers) {
            if !attachment.reused {
                files::forget(tx, attachment.id)?;
            }
        }
    }
    Ok(())
}

/// A draft being changed, in the unit of work that changes it.
struct Editing {
    draft: Draft,
    version: Version,
    person: Person,
    now: Timestamp,
}

async fn change<T, F>(ctx: &Ctx, person: &Person, id: DossierId, edit: F) -> Result<T, Refusal>
where
    T: Send + 'static,
    F: Fn(&mut Tx, &mut Editing) -> Result<T, Refusal> + Send + 'static,
{
    let (person, now) = (person.clone(), ctx.clock.now());
    ctx.store
        .write(move |tx| {
            let draft = own(tx, &person, id)?;
            if draft.state == DraftState::Sent {
                return Err(Refusal::SentAlready);
            }
            let entry = procedures::queries::version(tx, draft.procedure.version)?;
            let version = entry.ok_or(Refusal::ProcedureClosed)?.version;
            let mut editing = Editing { draft, version, person: person.clone(), now };
            let outcome = edit(tx, &mut editing)?;
            editing.draft.saved_at = now;
            if !store::draft::save(tx, &editing.draft)? {
                return Err(Refusal::DraftChanged { at: now });
            }
            Ok(outcome)
        })
        .await
}

/// The draft, if it is this person's and not thrown away.
pub(crate) fn own(tx: &mut Tx, person: &Person, id: DossierId) -> Result<Draft, Refusal> {
    let draft = store::draft::one(tx, id)?.ok_or(Refusal::NotFound)?;
    let kept = draft.state != DraftState::Discarded;
    if kept && access::is_own(person, &draft) { Ok(draft) } else { Err(Refusal::NotFound) }
}

fn prefill(
    tx: &mut Tx,
    definition: &Definition,
    answers: &mut Answers,
    (person, now): (&Person, Timestamp),
) -> Result<(), Refusal> {
    let today = local(now).date();
    let places = form::places(tx, definition, answers, today)?;
    let around = Surroundings { today, places: &places };
    answers.prefill(definition, &form::known(&person.subject), around);
    Ok(())
}

fn drop_file(tx: &mut Tx, answers: &mut Answers, path: &str, file: Uuid) -> Result<(), Refusal> {
    let known = answers.attachments(path).into_iter().find(|known| known.id == file);
    let known = known.ok_or(Refusal::NotFound)?;
    answers.detach(path, file);
    if !known.reused {
        files::forget(tx, file)?;
    }
    Ok(())
}

/// Every file of the answers, wherever it stands.
pub(crate) fn attachments(answers: &Answers) -> Vec<Attachment> {
    let paths: Vec<&str> = answers.texts().map(|(path, _)| path).collect();
    paths.into_iter().flat_map(|path| answers.attachments(path)).collect()
}
