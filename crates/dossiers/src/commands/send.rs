//! Handing a request in, once: a second click, another tab or a lost connection finds the same
//! dossier and says so.
//!
//! Law: NĐ 45/2020/NĐ-CP art. 14
//! Law: NĐ 61/2018/NĐ-CP art. 17

use identity::{Person, Role};
use jiff::Timestamp;
use platform::Ctx;
use platform::clock::{instant, local};
use platform::store::{StoreError, Tx};
use procedures::eform::{Flow, Places, Surroundings};
use procedures::{ChannelKind, Version};
use serde_json::json;

use super::counter::limit_of;
use super::draft::own;
use super::{Act, Telling, by_person, reckoning};
use crate::applicant::Acting;
use crate::code::RequestNumber;
use crate::dossier::{Dossier, Holder};
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

pub async fn send(
    ctx: &Ctx,
    person: &Person,
    id: crate::dossier::DossierId,
) -> Result<Dossier, Refusal> {
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

async fn draw_and_send(
    ctx: &Ctx,
    person: &Person,
    id: crate::dossier::DossierId,
) -> Result<Dossier, Refusal> {
    let (ctx, person, now) = (ctx.clone(), person.clone(), ctx.clock.now());
    let chance = u64::from_be_bytes(ctx.ids.secret());
    let store = ctx.store.clone();
    store
        .write(move |tx| {
            let draft = own(tx, &person, id)?;
            if draft.state == DraftState::Sent {
                return store::dossier::one(tx, id)?.ok_or(Refusal::NotFound);
            }
            if !person.may_act() {
                return Err(Refusal::NotFound);
            }
            let version = version_to_file_under(tx, &draft, now)?;
            let sending = Sending { draft: &draft, version: &version, person: &person, now };
            let dossier = sending.dossier(tx, chance)?;
            if !store::draft::close(tx, id, DraftState::Sent, now)? {
                return Err(Refusal::DraftChanged { at: now });
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
fn version_to_file_under(tx: &mut Tx, draft: &Draft, now: Timestamp) -> Result<Version, Refusal> {
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
        let places: Places = form::places(tx, definition, &self.draft.answers, today)?;
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
        let definition = form::definition(self.version)?;
        for (field, component) in definition.components() {
            for attachment in self.draft.answers.attachments(field) {
                let file = DossierFile {
                    id: ctx.ids.next(),
                    dossier: self.draft.id.0,
                    field: field.to_owned(),
                    component: component.to_owned(),
                    file: attachment.id,
                    name: attachment.name,
                    media: attachment.media,
                    size_bytes: i64::try_from(attachment.size_bytes).unwrap_or(i64::MAX),
                    sha256: attachment.sha256,
                    added_at: self.now,
                    added_by: Some(self.person.actor.0),
                    demand: None,
                };
                store::file::insert(tx, &file)?;
            }
        }
        Ok(())
    }
}
