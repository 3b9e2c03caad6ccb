//! Searches that somebody keeps under a name, for themselves or for the whole unit.

use identity::{Actor, Scribe};
use organisations::UnitId;
use platform::Ctx;
use serde_json::json;
use uuid::Uuid;

use crate::hand::Asker;
use crate::queries::offices::offices;
use crate::record_fault::RecordFault;
use crate::refusal::Refusal;
use crate::search::QUERY_BYTES_MAX;
use crate::store::saved_searches::{self, SavedSearch};

pub(crate) const NAME_LETTERS_MAX: usize = 100;
/// Of one officer in one unit.
pub(crate) const KEPT_MAX: i64 = 50;

#[derive(Debug, Clone)]
pub(crate) struct NewSearch {
    pub unit: UnitId,
    pub name: String,
    pub query: String,
    pub is_shared: bool,
}

pub(crate) async fn keep(ctx: &Ctx, actor: &Actor, new: NewSearch) -> Result<(), Refusal> {
    let (scribe, asker) = (Scribe::of(ctx, actor), Asker::of(ctx, actor));
    let one = SavedSearch {
        id: ctx.ids.next(),
        unit: new.unit,
        account: actor.account.0,
        account_name: actor.name.clone(),
        name: new.name.trim().to_owned(),
        is_shared: new.is_shared,
        query: new.query,
        made_at: scribe.now,
    };
    let letters = one.name.chars().count();
    if !(1..=NAME_LETTERS_MAX).contains(&letters) || one.query.len() > QUERY_BYTES_MAX {
        return Err(RecordFault::Name.into());
    }
    ctx.store
        .write(move |tx| {
            if !offices(tx, &asker)?.iter().any(|office| office.unit == one.unit) {
                return Err(Refusal::Nothing);
            }
            if saved_searches::count(tx, one.unit, one.account)? >= KEPT_MAX {
                return Err(RecordFault::TooManySearches.into());
            }
            if !saved_searches::insert(tx, &one)? {
                return Err(RecordFault::NameTaken.into());
            }
            let done = ("office.save-search", format!("office-search:{}", one.id));
            Ok(scribe.note_over(tx, Some(one.unit), done, json!({ "shared": one.is_shared }))?)
        })
        .await
}

/// Only one's own.
pub(crate) async fn forget(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<(), Refusal> {
    let (scribe, account) = (Scribe::of(ctx, actor), actor.account.0);
    ctx.store
        .write(move |tx| {
            let one = saved_searches::by_id(tx, id)?.filter(|one| one.account == account);
            let one = one.ok_or(Refusal::Nothing)?;
            saved_searches::remove(tx, id)?;
            let done = ("office.forget-search", format!("office-search:{id}"));
            Ok(scribe.note_over(tx, Some(one.unit), done, json!({}))?)
        })
        .await
}
