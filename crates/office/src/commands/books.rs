//! What a clerk does to a book besides giving the next number: keeping numbers free, striking one
//! out, locking it at the year's end.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 15, art. 22

use identity::{Actor, Right, Scribe};
use platform::Ctx;
use platform::clock::local;
use platform::store::Tx;
use serde_json::json;

use crate::book::{Book, BookId, Number};
use crate::numbering;
use crate::refusal::Refusal;
use crate::store::books;

pub async fn reserve(
    ctx: &Ctx,
    actor: &Actor,
    (book, count): (BookId, i64),
    reason: &str,
) -> Result<Vec<Number>, Refusal> {
    let (scribe, actor, reason) = (Scribe::of(ctx, actor), actor.clone(), reason.to_owned());
    ctx.store
        .write(move |tx| {
            kept(tx, &actor, book)?;
            let today = local(scribe.now).date();
            numbering::reserve(tx, &scribe, (book, today), count, &reason)
        })
        .await
}

/// Only what nothing stands under: a document's own number goes with the document.
pub async fn void(
    ctx: &Ctx,
    actor: &Actor,
    (book, ordinal): (BookId, i64),
    reason: &str,
) -> Result<(), Refusal> {
    let (scribe, actor, reason) = (Scribe::of(ctx, actor), actor.clone(), reason.to_owned());
    ctx.store
        .write(move |tx| {
            kept(tx, &actor, book)?;
            let entry = books::entry(tx, book, (ordinal, ""))?.ok_or(Refusal::NumberUnknown)?;
            if entry.document.is_some() {
                return Err(Refusal::NumberNotReserved);
            }
            numbering::void(tx, &scribe, (book, ordinal, ""), &reason)
        })
        .await
}

/// Where the numbers of a book go on that was kept on paper until now.
pub async fn begin_at(
    ctx: &Ctx,
    actor: &Actor,
    (book, first): (BookId, i64),
) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            kept(tx, &actor, book)?;
            if !(1..=99_999).contains(&first) {
                return Err(Refusal::NumberUnknown);
            }
            if !books::begin_at(tx, book, first)? {
                return Err(Refusal::BookBegun);
            }
            note(tx, &scribe, (&actor, book), ("office.begin-book", json!({ "first": first })))
        })
        .await
}

/// Nothing of it can be given, kept free or struck out any more.
pub async fn lock(ctx: &Ctx, actor: &Actor, book: BookId) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            kept(tx, &actor, book)?;
            if !books::lock(tx, book, (scribe.now, &scribe.name))? {
                return Err(Refusal::BookLocked);
            }
            note(tx, &scribe, (&actor, book), ("office.lock-book", json!({})))
        })
        .await
}

pub async fn unlock(ctx: &Ctx, actor: &Actor, book: BookId) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            kept(tx, &actor, book)?;
            books::unlock(tx, book)?;
            note(tx, &scribe, (&actor, book), ("office.unlock-book", json!({})))
        })
        .await
}

/// The book of a clerk; for others there is nothing.
pub(crate) fn kept(tx: &mut Tx, actor: &Actor, book: BookId) -> Result<Book, Refusal> {
    let book = books::by_id(tx, book)?.ok_or(Refusal::Nothing)?;
    match actor.authority(tx, Right::RegisterDocuments, book.unit)? {
        Some(_) => Ok(book),
        None => Err(Refusal::Nothing),
    }
}

fn note(
    tx: &mut Tx,
    scribe: &Scribe,
    (actor, book): (&Actor, BookId),
    (verb, detail): (&'static str, serde_json::Value),
) -> Result<(), Refusal> {
    let unit = kept(tx, actor, book)?.unit;
    Ok(scribe.note_over(tx, Some(unit), (verb, format!("office-book:{book}")), detail)?)
}
