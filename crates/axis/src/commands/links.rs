//! Links: which axes this installation polls and feeds, which codes go there, what agencies are
//! called there.

use identity::Scribe;
use jiff::civil::Date;
use organisations::Code;
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{leaving, rerouting};
use crate::link::{CodePair, Cover, Days, Health, Link, NAME_LETTERS_MAX, meet, sealed_at};
use crate::link_fault::LinkFault;
use crate::peer::{Peer, read_address};
use crate::refusal::Refusal;
use crate::store::{link_traffic, links as store};
use crate::system::SystemId;

const EVERY_SECONDS: std::ops::RangeInclusive<i64> = 1..=86_400;
/// Where nobody says how often.
pub const EVERY_SECONDS_USUAL: i64 = 60;
/// Stands for everything that goes nowhere else.
pub const EVERYTHING: &str = "*";

/// What the operator says about a link.
#[derive(Clone)]
pub struct NewLink {
    pub name: String,
    pub address: String,
    pub system_id: String,
    /// Empty in a change: the secret stays.
    pub secret: Zeroizing<String>,
    pub every_seconds: i64,
    /// Codes from today on, apart by spaces, commas or lines; [`EVERYTHING`] for the rest. Not
    /// looked at in a change.
    pub covers: String,
}

/// A link in use from now on.
pub async fn add(ctx: &Ctx, scribe: &Scribe, new: NewLink) -> Result<Uuid, Refusal> {
    if new.secret.trim().is_empty() {
        return Err(LinkFault::Secret.into());
    }
    let id = ctx.ids.next();
    let (link, prefixes) = (checked(ctx, scribe, (id, None), &new)?, prefixes(&new.covers)?);
    let (own, scribe) = (ctx.clone(), scribe.clone());
    ctx.store
        .write(move |tx| {
            store::insert(tx, &link)?;
            put_covers(tx, link.id, (&prefixes, (local(scribe.now).date(), None)))?;
            rerouting::seek_soon(tx, &own)?;
            note(tx, &scribe, ("axis.add-link", &link), &prefixes)
        })
        .await?;
    Ok(id)
}

/// Changes a link that is in use; it is asked at once. What it covers is another matter, see
/// [`cover`].
pub async fn change(ctx: &Ctx, scribe: &Scribe, (id, new): (Uuid, NewLink)) -> Result<(), Refusal> {
    let known = in_use(ctx, id).await?;
    let link = checked(ctx, scribe, (id, Some(known)), &new)?;
    let scribe = scribe.clone();
    ctx.store
        .write(move |tx| {
            if !store::update(tx, &link, scribe.now)? {
                return Err(Refusal::Nothing);
            }
            note(tx, &scribe, ("axis.change-link", &link), &[])
        })
        .await
}

/// Nothing is fetched from it any more and nothing goes there; what still waits comes onto the work
/// list, portion by portion, and goes on by itself when there is another way.
pub async fn end(ctx: &Ctx, scribe: &Scribe, id: Uuid) -> Result<(), Refusal> {
    let link = in_use(ctx, id).await?;
    let (ctx_of, scribe) = (ctx.clone(), scribe.clone());
    ctx.store
        .write(move |tx| {
            if !store::end(tx, id, scribe.now)? {
                return Err(Refusal::Nothing);
            }
            let today = local(scribe.now).date();
            for cover in store::covers_of(tx, id)? {
                store::end_cover(tx, (id, &cover.prefix, cover.valid_from), today)?;
            }
            leaving::link(tx, &ctx_of, id)?;
            note(tx, &scribe, ("axis.end-link", &link), &[])
        })
        .await
}

/// Has it asked at once and not only at its next turn.
pub async fn ask_now(ctx: &Ctx, id: Uuid) -> Result<(), Refusal> {
    let now = ctx.clock.now();
    ctx.store
        .write(move |tx| match store::wake(tx, id, now)? {
            true => Ok(()),
            false => Err(Refusal::Nothing),
        })
        .await
}

/// Fetches a packet anew that was put aside.
pub async fn try_again(
    ctx: &Ctx,
    scribe: &Scribe,
    (id, doc_id): (Uuid, String),
) -> Result<(), Refusal> {
    let scribe = scribe.clone();
    ctx.store
        .write(move |tx| {
            if !link_traffic::try_again(tx, id, &doc_id)? {
                return Err(Refusal::Nothing);
            }
            store::wake(tx, id, scribe.now)?;
            let told = ("axis.fetch-again", object(id));
            Ok(scribe.note_over(tx, None, told, json!({ "docId": doc_id }))?)
        })
        .await
}

/// Codes that go to a link, apart by spaces, commas or lines, from a day on.
pub async fn cover(
    ctx: &Ctx,
    scribe: &Scribe,
    (link, codes): (Uuid, &str),
    days: Days,
) -> Result<(), Refusal> {
    let prefixes = prefixes(codes)?;
    if prefixes.is_empty() {
        return Err(LinkFault::Covers.into());
    }
    if days.1.is_some_and(|last| last < days.0) {
        return Err(LinkFault::DatesReversed.into());
    }
    let (own, scribe) = (ctx.clone(), scribe.clone());
    ctx.store
        .write(move |tx| {
            store::one(tx, link)?.filter(Link::is_in_use).ok_or(Refusal::Nothing)?;
            put_covers(tx, link, (&prefixes, days))?;
            rerouting::seek_from(tx, &own, days.0)?;
            let detail = json!({ "covers": prefixes, "from": days.0, "to": days.1 });
            Ok(scribe.note_over(tx, None, ("axis.cover", object(link)), detail)?)
        })
        .await
}

/// Today is its last day; what begins today or later is taken back altogether.
pub async fn end_cover(
    ctx: &Ctx,
    scribe: &Scribe,
    (link, code): (Uuid, &str),
    valid_from: Date,
) -> Result<(), Refusal> {
    let (scribe, prefix) = (scribe.clone(), read_prefix(code)?);
    let today = local(scribe.now).date();
    ctx.store
        .write(move |tx| {
            store::touch_covers(tx)?;
            if !store::end_cover(tx, (link, &prefix, valid_from), today)? {
                return Err(Refusal::Nothing);
            }
            let detail = json!({ "covers": prefix, "from": valid_from });
            Ok(scribe.note_over(tx, None, ("axis.end-cover", object(link)), detail)?)
        })
        .await
}

/// What an agency is called there, from a day on.
pub async fn add_code(
    ctx: &Ctx,
    scribe: &Scribe,
    (link, ours, theirs): (Uuid, &str, &str),
    (valid_from, valid_to): (Date, Option<Date>),
) -> Result<(), Refusal> {
    let code = |text: &str| Code::receive(text).map_err(|_| LinkFault::Code);
    let (ours, theirs) = (code(ours)?, code(theirs)?);
    if valid_to.is_some_and(|last| last < valid_from) {
        return Err(LinkFault::DatesReversed.into());
    }
    let pair = CodePair {
        id: ctx.ids.next(),
        link,
        ours: ours.as_str().to_owned(),
        theirs: theirs.as_str().to_owned(),
        valid_from,
        valid_to,
    };
    let scribe = scribe.clone();
    ctx.store
        .write(move |tx| {
            // Touched, so that two who add at a time see each other.
            if !store::wake(tx, link, scribe.now)? {
                return Err(Refusal::Nothing);
            }
            if store::codes(tx, link)?.iter().any(|known| clashes(known, &pair)) {
                return Err(LinkFault::CodeTaken.into());
            }
            store::insert_code(tx, &pair)?;
            let detail = json!({ "ours": pair.ours, "theirs": pair.theirs,
                "from": pair.valid_from, "to": pair.valid_to });
            Ok(scribe.note_over(tx, None, ("axis.add-link-code", object(link)), detail)?)
        })
        .await
}

/// Today is its last day.
pub async fn end_code(
    ctx: &Ctx,
    scribe: &Scribe,
    (link, pair): (Uuid, Uuid),
) -> Result<(), Refusal> {
    let scribe = scribe.clone();
    let today = local(scribe.now).date();
    ctx.store
        .write(move |tx| {
            if !store::end_code(tx, (link, pair), today)? {
                return Err(Refusal::Nothing);
            }
            let told = ("axis.end-link-code", object(link));
            Ok(scribe.note_over(tx, None, told, json!({ "pair": pair }))?)
        })
        .await
}

/// The link as a client, its secret opened.
pub(crate) fn peer_of(ctx: &Ctx, link: &Link) -> Result<Peer, Refusal> {
    let opened = ctx.vault.open(sealed_at(&link.id), &link.secret).map_err(StoreError::from)?;
    let peer = Peer::new(&link.address, &link.system_id, Zeroizing::new(opened));
    peer.map_err(|fault| Refusal::Store(StoreError::Other { reason: fault.to_string() }))
}

pub(crate) fn object(link: Uuid) -> String {
    format!("axis-link:{link}")
}

async fn in_use(ctx: &Ctx, id: Uuid) -> Result<Link, Refusal> {
    let known = ctx.store.read(move |tx| store::one(tx, id)).await?;
    known.filter(|link| link.ended_at.is_none()).ok_or(Refusal::Nothing)
}

fn checked(
    ctx: &Ctx,
    scribe: &Scribe,
    (id, known): (Uuid, Option<Link>),
    new: &NewLink,
) -> Result<Link, Refusal> {
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > NAME_LETTERS_MAX {
        return Err(LinkFault::Name.into());
    }
    if !EVERY_SECONDS.contains(&new.every_seconds) {
        return Err(LinkFault::Every.into());
    }
    let system_id = SystemId::parse(&new.system_id).map_err(|_| LinkFault::SystemId)?;
    let secret = match (new.secret.trim(), known) {
        ("", Some(known)) => known.secret,
        (secret, _) => {
            ctx.vault.seal(sealed_at(&id), secret.as_bytes()).map_err(StoreError::from)?
        }
    };
    Ok(Link {
        id,
        name: name.to_owned(),
        address: read_address(&new.address).ok_or(LinkFault::Address)?,
        system_id: system_id.as_str().to_owned(),
        secret,
        every_seconds: new.every_seconds,
        made_by: scribe.actor,
        made_name: scribe.name.clone(),
        made_at: scribe.now,
        ended_at: None,
        health: Health::Untried,
        health_since: scribe.now,
        health_detail: String::new(),
        failures: 0,
        asked_at: None,
        next_at: scribe.now,
        agencies_at: None,
    })
}

/// The codes in a text; the empty one stands for everything else.
fn prefixes(text: &str) -> Result<Vec<String>, LinkFault> {
    let mut found = Vec::new();
    for word in text.split([' ', ',', ';', '\n', '\r', '\t']).filter(|word| !word.is_empty()) {
        let prefix = read_prefix(word)?;
        if !found.contains(&prefix) {
            found.push(prefix);
        }
    }
    Ok(found)
}

fn read_prefix(word: &str) -> Result<String, LinkFault> {
    match word {
        EVERYTHING => Ok(String::new()),
        code => Ok(Code::receive(code).map_err(|_| LinkFault::Covers)?.key()),
    }
}

/// On one day a code goes to one link.
fn put_covers(tx: &mut Tx, link: Uuid, (prefixes, days): (&[String], Days)) -> Result<(), Refusal> {
    store::touch_covers(tx)?;
    let known = store::covers(tx)?;
    for prefix in prefixes {
        if known.iter().any(|one| one.prefix == *prefix && meet(one.days(), days)) {
            return Err(LinkFault::CoversTaken.into());
        }
        let (valid_from, valid_to) = days;
        let new = Cover { prefix: prefix.clone(), link, valid_from, valid_to };
        store::insert_cover(tx, &new)?;
    }
    Ok(())
}

fn note(
    tx: &mut Tx,
    scribe: &Scribe,
    (verb, link): (&'static str, &Link),
    prefixes: &[String],
) -> Result<(), Refusal> {
    let detail = json!({ "name": link.name, "address": link.address,
        "systemId": link.system_id, "covers": prefixes });
    Ok(scribe.note_over(tx, None, (verb, object(link.id)), detail)?)
}

/// Neither side may mean two agencies by one name on one day.
fn clashes(known: &CodePair, new: &CodePair) -> bool {
    let is_one = known.ours == new.ours || known.theirs == new.theirs;
    is_one && meet(known.days(), new.days())
}
