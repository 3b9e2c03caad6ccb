//! A person at the counter, or an envelope: the clerk enters it, checks the papers, and hands the
//! receipt over. 1 and 2 in one breath.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 16
//! Law: NĐ 61/2018/NĐ-CP art. 17

use identity::{Authority, Right, Role};
use jiff::Timestamp;
use organisations::UnitId;
use platform::Ctx;
use platform::store::Tx;
use platform::words::Locale;
use procedures::{ChannelKind, Version};
use serde_json::json;

use super::reception::{Acceptance, take_in};
use super::{Act, Telling, by_authority, need};
use crate::applicant::{Applicant, PaperTaken};
use crate::dossier::{Dossier, DossierId, Holder, Procedure};
use crate::event::{By, EventKind};
use crate::places;
use crate::refusal::Refusal;
use crate::status::Status;
use crate::store;

/// What the clerk entered.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenIn {
    /// Of the form's rendering: sent twice, it is one dossier.
    pub id: DossierId,
    pub procedure: procedures::Code,
    /// The unit that will decide; none: the one-stop shop's own agency.
    pub deciding: Option<UnitId>,
    pub channel: ChannelKind,
    pub applicant: Applicant,
    pub language: Locale,
    pub papers: Vec<PaperTaken>,
    pub acceptance: Acceptance,
    pub note: String,
}

/// Takes a dossier in at the counter of `authority`'s unit.
pub async fn take(ctx: &Ctx, authority: &Authority, taken: TakenIn) -> Result<Dossier, Refusal> {
    let (ctx, authority, now) = (ctx.clone(), authority.clone(), ctx.clock.now());
    let store = ctx.store.clone();
    store
        .write(move |tx| {
            need(&authority, Right::ReceiveDossiers, authority.over())?;
            if let Some(known) = store::dossier::one(tx, taken.id)? {
                // The same form, sent again. Another unit's dossier is nobody's business here.
                let own = known.places.receiving == authority.over();
                return if own { Ok(known) } else { Err(Refusal::NotFound) };
            }
            let by = by_authority(tx, &authority)?;
            let dossier = registered(tx, &authority, &taken, now)?;
            enter(tx, &ctx, (now, by, authority.role()), dossier, &taken)
        })
        .await
}

fn enter(
    tx: &mut Tx,
    ctx: &Ctx,
    (now, by, role): (Timestamp, By, Role),
    dossier: Dossier,
    taken: &TakenIn,
) -> Result<Dossier, Refusal> {
    store::dossier::insert(tx, &dossier)?;
    let target = super::Target { id: dossier.id, version: dossier.version };
    let mut act = Act::begin(tx, ctx, now, target, by)?.in_role(role);
    take_in(&mut act, &taken.acceptance)?;
    act.end(Telling {
        kind: EventKind::TakenIn,
        told: &taken.acceptance.told,
        note: &taken.note,
        detail: json!({ "papers": taken.papers.len() }),
    })
}

fn registered(
    tx: &mut Tx,
    authority: &Authority,
    taken: &TakenIn,
    now: Timestamp,
) -> Result<Dossier, Refusal> {
    let entry =
        procedures::queries::current(tx, &taken.procedure, now)?.ok_or(Refusal::ProcedureClosed)?;
    let places = places::at_counter(tx, authority.over(), taken.deciding)?;
    let procedure = Procedure {
        code: entry.version.code.to_string(),
        name: entry.version.name.clone(),
        version: entry.id,
        form_hash: None,
    };
    Ok(Dossier {
        id: taken.id,
        version: 1,
        status: Status::Registered,
        request_number: None,
        code: None,
        procedure,
        channel: taken.channel,
        owner: None,
        sent_by: None,
        applicant: taken.applicant.clone(),
        language: taken.language,
        answers: json!({}),
        papers: taken.papers.clone(),
        time_limit: limit_of(&entry.version, taken.channel),
        places,
        sent_at: now,
        answer_due_at: None,
        accepted_at: None,
        due: None,
        stood: None,
        holder: Holder {
            step: 0,
            unit: places.receiving,
            role: Role::Clerk,
            since: now,
            due_at: None,
        },
        next_at: now,
        finished_at: None,
        handed_over_at: None,
        ended_at: None,
    })
}

/// The limit of the channel; where the text has none for it, that of any channel it has.
pub(super) fn limit_of(version: &Version, channel: ChannelKind) -> Option<procedures::TimeLimit> {
    let own = version.channel(channel).and_then(|channel| channel.time_limit.clone());
    own.or_else(|| version.channels.iter().find_map(|channel| channel.time_limit.clone()))
}
