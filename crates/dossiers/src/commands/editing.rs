//! A draft being changed: whose it is, what of it may be changed now, and the unit of work that
//! changes it.

use std::sync::Arc;

use identity::Person;
use jiff::Timestamp;
use platform::Ctx;
use platform::clock::local;
use platform::files;
use platform::store::{StoreError, Tx};
use platform::web::form as web;
use procedures::Version;
use procedures::eform::{Answers, Attachment, Definition, FileRule, Flow, Step, Surroundings};
use uuid::Uuid;

use crate::dossier::DossierId;
use crate::draft::{Draft, DraftState};
use crate::refusal::Refusal;
use crate::reopening::{Reopening, locked_inputs};
use crate::store::result::StoredResult;
use crate::{access, form, store};

pub(super) struct Editing {
    pub draft: Draft,
    pub version: Arc<Version>,
    pub person: Person,
    pub now: Timestamp,
    /// While a supplement is awaited: what may be answered again.
    pub reopening: Option<Reopening>,
}

/// Reads the draft, lets `edit` change it, and stores it over the version that was read.
pub(super) async fn change<T, F>(
    ctx: &Ctx,
    person: &Person,
    id: DossierId,
    edit: F,
) -> Result<T, Refusal>
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
            let reopening = reopening(tx, &draft)?;
            let mut editing = Editing { draft, version, person: person.clone(), now, reopening };
            let outcome = edit(tx, &mut editing)?;
            editing.draft.saved_at = now;
            if !store::draft::save(tx, &editing.draft)? {
                return Err(Refusal::DraftChanged { at: now });
            }
            Ok(outcome)
        })
        .await
}

impl Editing {
    pub fn with_flow<T>(
        &self,
        tx: &mut Tx,
        look: impl FnOnce(&Flow<'_>) -> T,
    ) -> Result<T, Refusal> {
        let definition = form::definition(&self.version)?;
        let today = local(self.now).date();
        let places = form::places(tx, definition, &[&self.draft.answers], today)?;
        let around = Surroundings { today, places: &places };
        Ok(look(&Flow::new(definition, &self.draft.answers, around)))
    }

    /// Before sending every question is open; afterwards those that the office asks again.
    pub fn need_open(&self, tx: &mut Tx, step: Step) -> Result<(), Refusal> {
        let Some(reopening) = &self.reopening else { return Ok(()) };
        match self.with_flow(tx, |flow| reopening.is_open(flow, step))? {
            true => Ok(()),
            false => Err(Refusal::NotFound),
        }
    }

    /// The rule of the file field at a path that may be changed now.
    pub fn need_file_field(&self, tx: &mut Tx, path: &str) -> Result<FileRule, Refusal> {
        let definition = form::definition(&self.version)?;
        let rule = form::file_rule(definition, path).ok_or(Refusal::NotFound)?;
        let step = form::step_of(definition, path).ok_or(Refusal::NotFound)?;
        self.need_open(tx, step)?;
        Ok(rule.clone())
    }

    /// Takes what was posted for a step. After sending the account is not asked again: what it had
    /// verified stays as it was, whatever is posted.
    pub fn take(&mut self, tx: &mut Tx, step: Step, posted: &web::Answers) -> Result<(), Refusal> {
        if self.reopening.is_some() {
            let locked = self.with_flow(tx, locked_inputs)?;
            let kept = posted.pairs().filter(|(name, _)| !locked.contains(*name));
            let kept = kept.map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
            let definition = form::definition(&self.version)?;
            self.draft.answers.take(definition, step, &web::Answers::from_pairs(kept));
            return Ok(());
        }
        let definition = form::definition(&self.version)?;
        self.draft.answers.take(definition, step, posted);
        prefill(tx, definition, &mut self.draft.answers, (&self.person, self.now))
    }

    /// Takes a file out of a field.
    pub fn drop_file(&mut self, tx: &mut Tx, path: &str, file: Uuid) -> Result<(), Refusal> {
        let known = self.draft.answers.attachments(path).into_iter().find(|it| it.id == file);
        let known = known.ok_or(Refusal::NotFound)?;
        self.draft.answers.detach(path, file);
        forget_unsent(tx, self.draft.id, &[known])
    }
}

/// The draft, if it is this person's and not thrown away. Open again, it belongs to whoever may
/// act on the dossier.
pub(crate) fn own(tx: &mut Tx, person: &Person, id: DossierId) -> Result<Draft, Refusal> {
    let draft = store::draft::one(tx, id)?.ok_or(Refusal::NotFound)?;
    let own = match draft.state {
        DraftState::Open | DraftState::Sent => access::is_own(person, &draft),
        DraftState::Reopened => {
            store::dossier::one(tx, id)?.is_some_and(|dossier| access::may_act(person, &dossier))
        }
        DraftState::Discarded => false,
    };
    if own { Ok(draft) } else { Err(Refusal::NotFound) }
}

/// What may be answered again in a draft; none unless a supplement asks for it.
pub(crate) fn reopening(tx: &mut Tx, draft: &Draft) -> Result<Option<Reopening>, Refusal> {
    if draft.state != DraftState::Reopened {
        return Ok(None);
    }
    let dossier = store::dossier::one(tx, draft.id)?.ok_or(Refusal::NotFound)?;
    let demands = store::demand::all(tx, draft.id)?;
    let open = demands.iter().find(|demand| demand.is_open());
    let earlier = store::edition::typed(&dossier.answers)?;
    let (Some(open), Some(earlier)) = (open, earlier) else { return Err(Refusal::SentAlready) };
    Reopening::of(open, earlier).ok_or(Refusal::SentAlready).map(Some)
}

/// The results that may be given instead of a file: of whom the draft is about.
pub(crate) fn wallet(
    tx: &mut Tx,
    person: &Person,
    draft: &Draft,
) -> Result<Vec<StoredResult>, StoreError> {
    let about = (person.subject.id == draft.owner).then_some(&person.subject);
    let key = about.and_then(access::proven_key);
    let mut wallet = store::result::of_owner(tx, draft.owner.0, key.as_deref())?;
    wallet.retain(|result| result.file.is_some());
    Ok(wallet)
}

pub(super) fn prefill(
    tx: &mut Tx,
    definition: &Definition,
    answers: &mut Answers,
    (person, now): (&Person, Timestamp),
) -> Result<(), Refusal> {
    let today = local(now).date();
    let places = form::places(tx, definition, &[&*answers], today)?;
    let around = Surroundings { today, places: &places };
    answers.prefill(definition, &form::known(&person.subject), around);
    Ok(())
}

/// Every file of the answers, wherever it stands.
pub(crate) fn attachments(answers: &Answers) -> Vec<Attachment> {
    let paths: Vec<&str> = answers.texts().map(|(path, _)| path).collect();
    paths.into_iter().flat_map(|path| answers.attachments(path)).collect()
}

/// Files that were handed in stay with the dossier, whatever becomes of the draft.
pub(crate) fn forget_unsent(
    tx: &mut Tx,
    id: DossierId,
    attachments: &[Attachment],
) -> Result<(), Refusal> {
    let handed_in = store::file::of(tx, id)?;
    for attachment in attachments.iter().filter(|attachment| !attachment.reused) {
        if !handed_in.iter().any(|known| known.file == attachment.id) {
            files::forget(tx, attachment.id)?;
        }
    }
    Ok(())
}
