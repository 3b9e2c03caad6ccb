//! The citizen's answer to a supplement request: answers of the form that were opened again, files
//! and a word. With it the clock runs again.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 17

use identity::{Authority, Person, Right};
use platform::Ctx;
use platform::files::{self, Received};
use serde_json::json;
use uuid::Uuid;

use super::demand::{open_demand, run_again};
use super::{Act, Target, Telling, by_person, citizen_act, need, officer_act, reopened};
use crate::access;
use crate::demand::{Demand, DemandKind, Outcome};
use crate::dossier::{Dossier, DossierId};
use crate::event::EventKind;
use crate::refusal::Refusal;
use crate::status::Status;
use crate::store;
use crate::store::file::DossierFile;

/// Puts a file to the open request; the officer sees it when the answer is sent.
pub async fn attach(
    ctx: &Ctx,
    person: &Person,
    id: DossierId,
    (component, received): (String, Received),
) -> Result<DossierFile, Refusal> {
    let (ctx, person, now) = (ctx.clone(), person.clone(), ctx.clock.now());
    let store = ctx.store.clone();
    store
        .write(move |tx| {
            let dossier = store::dossier::one(tx, id)?.ok_or(Refusal::NotFound)?;
            if !access::may_act(&person, &dossier) {
                return Err(Refusal::NotFound);
            }
            let target = Target { id, version: dossier.version };
            let mut act = Act::begin(tx, &ctx, now, target, by_person(&person))?;
            let demand = open_demand(&mut act, DemandKind::Supplement)?;
            let kept = files::record(act.tx, &received)?;
            let file = DossierFile {
                id: ctx.ids.next(),
                dossier: id.0,
                field: String::new(),
                component: component.clone(),
                file: kept.id,
                name: kept.name,
                media: kept.media,
                size_bytes: kept.size_bytes,
                sha256: kept.sha256,
                added_at: now,
                added_by: Some(person.actor.0),
                demand: Some(demand.id),
            };
            store::file::insert(act.tx, &file)?;
            Ok(file)
        })
        .await
}

/// Takes a file back that is not sent yet.
pub async fn detach(ctx: &Ctx, person: &Person, id: DossierId, file: Uuid) -> Result<(), Refusal> {
    let (ctx, person, now) = (ctx.clone(), person.clone(), ctx.clock.now());
    let store = ctx.store.clone();
    store
        .write(move |tx| {
            let dossier = store::dossier::one(tx, id)?.ok_or(Refusal::NotFound)?;
            if !access::may_act(&person, &dossier) {
                return Err(Refusal::NotFound);
            }
            let target = Target { id, version: dossier.version };
            let mut act = Act::begin(tx, &ctx, now, target, by_person(&person))?;
            let demand = open_demand(&mut act, DemandKind::Supplement)?;
            let given = store::file::of(act.tx, id)?;
            let own = |known: &&DossierFile| known.id == file && known.demand == Some(demand.id);
            let known = given.iter().find(own).ok_or(Refusal::NotFound)?;
            store::file::remove(act.tx, known.id, now)?;
            files::forget(act.tx, known.file)?;
            Ok(())
        })
        .await
}

/// 5 → 1, 2 or 4. An answer that changes nothing, without a file and without a word, is none.
pub async fn give(
    ctx: &Ctx,
    person: &Person,
    target: Target,
    words: String,
) -> Result<Dossier, Refusal> {
    citizen_act(ctx, person, target, move |mut act, _| {
        let demand = open_demand(&mut act, DemandKind::Supplement)?;
        let changed = reopened::take_over(&mut act, &demand)?;
        if !changed && words.is_empty() && files_of(&mut act, &demand)? == 0 {
            return Err(Refusal::NothingGiven);
        }
        finish(act, &words)
    })
    .await
}

/// The same, brought to the counter on paper.
pub async fn take_at_counter(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    words: String,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |act, authority| {
        need(authority, Right::ReceiveDossiers, act.dossier.places.receiving)?;
        finish(act, &words)
    })
    .await
}

fn finish(mut act: Act<'_>, words: &str) -> Result<Dossier, Refusal> {
    if act.dossier.status != Status::Supplement {
        return Err(Refusal::NotNow { status: act.dossier.status });
    }
    let demand = run_again(&mut act, Outcome::Met, words)?;
    let files = files_of(&mut act, &demand)?;
    act.end(Telling {
        kind: EventKind::SupplementGiven,
        told: words,
        note: "",
        detail: json!({ "demand": demand.id, "files": files }),
    })
}

fn files_of(act: &mut Act<'_>, demand: &Demand) -> Result<usize, Refusal> {
    let files = store::file::of(act.tx, act.dossier.id)?;
    Ok(files.iter().filter(|file| file.demand == Some(demand.id)).count())
}
