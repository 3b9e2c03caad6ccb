//! Names, notes and contact points.

use jiff::civil::Date;
use platform::Ctx;
use serde_json::json;

use super::{Pen, Reach, Story, Target, reason_of, refresh_words, target, tell};
use crate::contact::Contact;
use crate::mandate::Mandate;
use crate::name::Name;
use crate::refusal::Refusal;
use crate::store;
use crate::unit::Unit;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub name: Name,
    pub short_name: Option<Name>,
    pub note: Option<String>,
    /// The first day of the new name: the one before stays known and is found. None: the name was
    /// only written wrongly.
    pub renamed_on: Option<Date>,
    /// The decision that renamed it.
    pub reason: String,
}

/// Renames a unit below one's own, or corrects what is written about it.
pub async fn edit(ctx: &Ctx, mandate: &Mandate, at: Target, edit: Edit) -> Result<Unit, Refusal> {
    let (pen, mandate) = (Pen::of(ctx), mandate.clone());
    let reason = reason_of(&edit.reason);
    ctx.store
        .write(move |tx| {
            store::hold_tree(tx)?;
            let before = target(tx, &mandate, at, Reach::Below)?;
            let mut after = Unit {
                name: edit.name.clone(),
                short_name: edit.short_name.clone(),
                note: edit.note.clone(),
                ..before.clone()
            };
            if before == after {
                return Err(Refusal::NothingChanged);
            }
            if !store::update_unit(tx, &after)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            after.version += 1;
            let renamed = before.name != after.name;
            let mut story = Story::new("organisations.edit", &before, &after).because(&reason);
            if renamed && let Some(last_day) = edit.renamed_on.and_then(|day| day.yesterday().ok())
            {
                store::insert_former_names(tx, &[(before.id, &before.name, last_day)])?;
                story.verb = "organisations.rename";
                story = story.with("renamed_on", json!(edit.renamed_on));
            }
            tell(tx, &pen, &mandate, story)?;
            refresh_words(tx, &after)?;
            Ok(after)
        })
        .await
}

/// Changes how people reach a unit: one's own, or one below.
pub async fn change_contact(
    ctx: &Ctx,
    mandate: &Mandate,
    at: Target,
    contact: Contact,
) -> Result<Unit, Refusal> {
    let (pen, mandate) = (Pen::of(ctx), mandate.clone());
    ctx.store
        .write(move |tx| {
            store::hold_tree(tx)?;
            let before = target(tx, &mandate, at, Reach::Own)?;
            let mut after = Unit { contact: contact.clone(), ..before.clone() };
            if before == after {
                return Err(Refusal::NothingChanged);
            }
            if !store::update_unit(tx, &after)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            after.version += 1;
            tell(tx, &pen, &mandate, Story::new("organisations.contact", &before, &after))?;
            Ok(after)
        })
        .await
}
