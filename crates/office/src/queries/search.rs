//! Finding documents: those that an officer may see, the newest first, with the place in the text
//! where the words stand.

use identity::Role;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::document::Direction;
use crate::hand::Asker;
use crate::queries::cards::{Card, card};
use crate::queries::offices::Office;
use crate::search::{Wish, excerpt};
use crate::store::search::{Among, find};
use crate::store::{changes, full_text, statistics};

/// Counted up to here; who finds more asks more closely.
pub(crate) const COUNTED_MAX: usize = 1_000;
/// Exported at once.
pub(crate) const EXPORTED_MAX: usize = 2_000;

#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub hits: Vec<Hit>,
    /// Behind which the next page begins.
    pub next: Option<Uuid>,
    /// On the first page only; more than [`COUNTED_MAX`] says just that.
    pub total: Option<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub card: Card,
    pub excerpt: Option<Excerpt>,
}

#[derive(Debug, Clone)]
pub(crate) struct Excerpt {
    pub before: String,
    pub word: String,
    pub behind: String,
    /// The file in which it stands; empty for what the document says of itself.
    pub file: String,
}

pub(crate) fn search(
    tx: &mut Tx,
    (asker, office): (&Asker, &Office),
    wish: &Wish,
    (before, limit): (Option<Uuid>, usize),
) -> Result<Found, StoreError> {
    let most = if before.is_none() { COUNTED_MAX.max(limit) } else { limit };
    let mut ids = ids(tx, (asker, office), wish, (before, most + 1))?;
    let total = before.is_none().then_some(ids.len());
    let has_more = ids.len() > limit;
    ids.truncate(limit);
    let next = ids.last().map(|(id, _)| *id).filter(|_| has_more);
    let words = wish.question().words;
    let mut hits = Vec::with_capacity(ids.len());
    for (id, direction) in ids {
        let Some(card) = card(tx, direction, id)? else { continue };
        let excerpt = if words.is_empty() { None } else { found_in(tx, id, &words)? };
        hits.push(Hit { card, excerpt });
    }
    Ok(Found { hits, next, total })
}

/// The documents alone, for lists that are exported.
pub(crate) fn cards(
    tx: &mut Tx,
    (asker, office): (&Asker, &Office),
    wish: &Wish,
) -> Result<Vec<Card>, StoreError> {
    let mut cards = Vec::new();
    for (id, direction) in ids(tx, (asker, office), wish, (None, EXPORTED_MAX))? {
        cards.extend(card(tx, direction, id)?);
    }
    Ok(cards)
}

fn ids(
    tx: &mut Tx,
    (asker, office): (&Asker, &Office),
    wish: &Wish,
    (before, limit): (Option<Uuid>, usize),
) -> Result<Vec<(Uuid, Direction)>, StoreError> {
    let mut accounts = vec![asker.actor.account.0];
    if !office.all {
        let absences = changes::standing_in(tx, asker.actor.account.0, asker.today())?;
        accounts.extend(absences.iter().map(|absence| absence.account));
    }
    let among = |account, all| Among {
        unit: office.unit,
        all,
        account,
        before: before.unwrap_or(Uuid::max()),
        limit: i64::try_from(limit).unwrap_or(i64::MAX),
    };
    let mut found: Vec<(Uuid, Direction)> = Vec::new();
    for direction in Direction::ALL {
        for account in &accounts {
            let ids = find(tx, &among(*account, office.all), direction, wish)?;
            found.extend(ids.into_iter().map(|id| (id, direction)));
        }
    }
    if let Some(issued) = for_auditor(asker, office, wish) {
        let ids = find(tx, &among(asker.actor.account.0, true), Direction::Out, &issued)?;
        found.extend(ids.into_iter().map(|id| (id, Direction::Out)));
    }
    found.sort_unstable_by_key(|(id, _)| std::cmp::Reverse(*id));
    found.dedup();
    found.truncate(limit);
    Ok(found)
}

/// Whoever looks after the work of a unit sees what it issued.
fn for_auditor(asker: &Asker, office: &Office, wish: &Wish) -> Option<Wish> {
    const ISSUED: &str = "out-issued";
    let looks = !office.all && asker.actor.roles(office.unit).contains(&Role::Auditor);
    let is_meant = wish.state.is_empty() || wish.state == ISSUED;
    (looks && is_meant).then(|| Wish { state: ISSUED.to_owned(), ..wish.clone() })
}

/// The first place in the document where one of the words stands.
fn found_in(tx: &mut Tx, id: Uuid, words: &[String]) -> Result<Option<Excerpt>, StoreError> {
    let plain: Vec<String> = words.iter().filter(|word| !word.contains(':')).cloned().collect();
    if plain.is_empty() {
        return Ok(None);
    }
    for text in full_text::texts(tx, id)? {
        if let Some((before, word, behind)) = excerpt(&text.text, &plain) {
            return Ok(Some(Excerpt { before, word, behind, file: text.name }));
        }
    }
    Ok(None)
}

/// Who has had something to do here, for the choice of a handler.
pub(crate) fn handlers(tx: &mut Tx, office: &Office) -> Result<Vec<(Uuid, String)>, StoreError> {
    statistics::handlers(tx, office.unit)
}
