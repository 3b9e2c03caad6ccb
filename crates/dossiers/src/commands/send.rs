//! Handing a request in, once: a second click, another tab or a lost connection finds the same
//! dossier and says so.
//!
//! Law: NĐ 45/2020/NĐ-CP art. 14
//! Law: NĐ 61/2018/NĐ-CP art. 17

use std::sync::Arc;

use identity::{Person, Role};
use jiff::Timestamp;
use platform::Ctx;
use platform::clock::{instant, local};
use platform::store::{StoreError, Tx};
use procedures::eform::{Answers, Definition, Flow, Places, Surroundings};
use procedures::{ChannelKind, Version};
use serde_json::json;
use uuid::Uuid;

use super::counter::limit_of;
use super::editing::own;
use super::{Act, Telling, by_person, reckoning};
use crate::applicant::Acting;
use crate::code::RequestNumber;
use crate::dossier::{Dossier, DossierId, Holder};
use crate::draft::{Draft, DraftState};
use crate::due::answer_due;
use crate::event::EventKind;
use crate::papers::Form;
use crate::refusal::Refusal;
use crate::rules::Rule;
use crate::status::Status;
use crate::store::file::DossierFile;
use crate::{form, store};

/// Numbers are drawn by chance; one that is taken is drawn again.
const DRAWS_MAX: usize = 5;

pub async fn send(ctx: &Ctx, person: &Person, id: DossierId) -> Result<Dossier, Refusal> {
    let mut last = Refusal::Store(StoreError::Unknown);
    for _ in 0..DRAWS_MAX {
        match draw_and_send(ctx, person, id).await {
            Err(Refusal::Store(StoreError::Conflict { constraint })) => {
                last = Refusal::Store(StoreError::Conflict { constraint });
            }
            outcome => return outcome,
        }
    }
    Err(last)
}

async fn draw_and_send(ctx: &Ctx, person: &Person, id: DossierId) -> Result<Dossier, Refusal> {
    let (ctx, person, now) = (ctx.clone(), person.clone(), ctx.clock.now());
    let chance = u64::from_be_bytes(ctx.ids.secret());
    let store = ctx.store.clone();
    store
        .write(move |tx| {
            let draft = own(tx, &person, id)?;
            if draft.state != DraftState::Open {
                return store::dossier::one(tx, id)?.ok_or(Refusal::NotFound);
            }
            if !person.may_act() {
                return Err(Refusal::NotFound);
            }
            let version = version_to_file_under(tx, &draft, now)?;
            let sending = Sending { draft: &draft, version: &version, person: &person, now };
            let dossier = sending.dossier(tx, chance)?;
            if !store::draft::close(tx, &draft, DraftState::Sent, now)? {
                // Another device was faster: with sending, and there is the one dossier; or with
                // an answer, and this one has not seen it.
                let sent = store::dossier::one(tx, id)?;
                return sent.ok_or(Refusal::DraftChanged { at: now });
            }
            store::dossier::insert(tx, &dossier)?;
            sending.keep_files(tx, &ctx)?;
            let mut act = Act::new(tx, &ctx, now, by_person(&person), dossier);
            let confirmation = crate::paperwork::confirmation(&mut act, &version)?;
            act.issue(Form::Request, &confirmation)?;
            act.end(Telling { kind: EventKind::Sent, told: "", note: "", detail: json!({}) })
        })
        .await
}

/// The version the draft began with, as long as the procedure is in use at all.
fn version_to_file_under(
    tx: &mut Tx,
    draft: &Draft,
    now: Timestamp,
) -> Result<Arc<Version>, Refusal> {
    let entry = procedures::queries::version(tx, draft.procedure.version)?;
    let entry = entry.ok_or(Refusal::ProcedureClosed)?;
    let current = procedures::queries::current(tx, &entry.version.code, now)?;
    if !current.is_some_and(|current| current.takes_online_dossiers(now)) {
        return Err(Refusal::ProcedureClosed);
    }
    Ok(entry.version)
}

struct Sending<'a> {
    draft: &'a Draft,
    version: &'a Version,
    person: &'a Person,
    now: Timestamp,
}

impl Sending<'_> {
    fn dossier(&self, tx: &mut Tx, chance: u64) -> Result<Dossier, Refusal> {
        let definition = form::definition(self.version)?;
        let today = local(self.now).date();
        let places: Places = form::places(tx, definition, &[&self.draft.answers], today)?;
        let around = Surroundings { today, places: &places };
        let flow = Flow::new(definition, &self.draft.answers, around);
        if !flow.is_ready() {
            return Err(Refusal::Incomplete);
        }
        let mut applicant = form::applicant(&self.person.subject, &flow);
        if !self.person.is_for_oneself() {
            applicant.acting = Some(self.acting());
        }
        let answers = json!({ "texts": self.draft.answers, "submission": flow.submission() });
        let answer_due_at = self.answer_due_at(tx)?;
        Ok(Dossier {
            id: self.draft.id,
            version: 1,
            status: Status::Registered,
            request_number: Some(RequestNumber::mint(today, chance).to_string()),
            code: None,
            procedure: self.draft.procedure.clone(),
            channel: ChannelKind::Online,
            owner: Some(self.draft.owner),
            sent_by: Some(self.person.actor),
            applicant,
            language: self.person.subject.locale,
            answers,
            papers: Vec::new(),
            time_limit: limit_of(self.version, ChannelKind::Online),
            places: self.draft.places,
            sent_at: self.now,
            answer_due_at,
            accepted_at: None,
            due: None,
            stood: None,
            holder: Holder {
                step: 0,
                unit: self.draft.places.receiving,
                role: Role::Clerk,
                since: self.now,
                due_at: answer_due_at,
            },
            next_at: answer_due_at.unwrap_or(self.now),
            finished_at: None,
            handed_over_at: None,
            ended_at: None,
        })
    }

    fn acting(&self) -> Acting {
        Acting { name: self.person.actor_name.clone(), ..Acting::default() }
    }

    fn answer_due_at(&self, tx: &mut Tx) -> Result<Option<Timestamp>, Refusal> {
        let reckoning = reckoning(tx, self.draft.places.receiving, self.now)?;
        let sent = local(self.now);
        let hours = reckoning.rules.number(Rule::OnlineAnswerHours, sent.date());
        let Some(hours) = hours else { return Ok(None) };
        Ok(Some(instant(answer_due(&reckoning.calendar, hours, sent)?.at)))
    }

    /// The files of the pages that were asked; others stay behind with the draft.
    fn keep_files(&self, tx: &mut Tx, ctx: &Ctx) -> Result<(), Refusal> {
        let given = (form::definition(self.version)?, &self.draft.answers);
        let (by, demand) = (Some(self.person.actor.0), None);
        let handing = HandingIn { dossier: self.draft.id, at: self.now, by, demand };
        Ok(hand_in(tx, ctx, given, &handing)?)
    }
}

/// With what files are handed in: the request itself, or the answer to a demand.
pub(super) struct HandingIn {
    pub dossier: DossierId,
    pub at: Timestamp,
    pub by: Option<Uuid>,
    pub demand: Option<Uuid>,
}

/// Writes down the files of the pages that are asked, also those of repeated groups; one that was
/// handed in before stays as it was.
pub(super) fn hand_in(
    tx: &mut Tx,
    ctx: &Ctx,
    (definition, answers): (&Definition, &Answers),
    handing: &HandingIn,
) -> Result<(), StoreError> {
    let known = store::file::of(tx, handing.dossier)?;
    // Which pages are asked does not hang on the names of places.
    let places = Places::default();
    let around = Surroundings { today: local(handing.at).date(), places: &places };
    for (field, component, attachment) in Flow::new(definition, answers, around).given_files() {
        if known.iter().any(|known| known.file == attachment.id && known.field == field) {
            continue;
        }
        let file = DossierFile {
            id: ctx.ids.next(),
            dossier: handing.dossier.0,
            field,
            component: component.to_owned(),
            file: attachment.id,
            name: attachment.name,
            media: attachment.media,
            size_bytes: i64::try_from(attachment.size_bytes).unwrap_or(i64::MAX),
            sha256: attachment.sha256,
            added_at: handing.at,
            added_by: handing.by,
            demand: handing.demand,
        };
        store::file::insert(tx, &file)?;
    }
    Ok(())
}
