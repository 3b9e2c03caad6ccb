//! The navigation of an officer at work: what the capabilities brought, for the rights held, with
//! how much waits in one's own offices, or for oneself.

use jiff::civil::Date;
use organisations::UnitId;
use platform::store::{StoreError, Tx};
use platform::web::{Count, FOR_ANYONE, FOR_CITIZENS, MenuEntry, MenuItem, Tally, View};
use platform::{clock, figures};

use crate::account::AccountKind;
use crate::actor::Actor;
use crate::role::Right;

/// Entries for `Page::menu`. Empty for whoever is no officer. Counts that cannot be read now are
/// left out: a desk without numbers is better than no desk.
pub async fn desk(view: &View, actor: &Actor) -> Vec<MenuEntry> {
    if actor.kind != AccountKind::Officer {
        return Vec::new();
    }
    let shown: Vec<MenuItem> =
        view.menu_items().iter().filter(|item| is_shown(item, actor)).copied().collect();
    let (counted, who) = (shown.clone(), actor.clone());
    let today = clock::local(view.now).date();
    let counts: Result<Vec<Option<Tally>>, StoreError> = actor
        .store()
        .read(move |tx| counted.iter().map(|item| count(tx, item, &who, today)).collect())
        .await;
    let counts = counts.unwrap_or_else(|error| {
        tracing::warn!(%error, "the counts of a desk cannot be read");
        vec![None; shown.len()]
    });
    let entry = |(item, count): (MenuItem, Option<Tally>)| MenuEntry {
        path: item.path.to_owned(),
        label: view.t(item.word),
        count,
    };
    let mut entries: Vec<(MenuItem, Option<Tally>)> = shown.into_iter().zip(counts).collect();
    entries.sort_by_key(|(item, _)| place(item));
    entries.into_iter().map(entry).collect()
}

/// What waits in an office comes first, then other work, then looking at somebody's papers, which
/// is asked for now and then, then what is administered; among equals as the capabilities brought
/// it. The first is where an officer's day begins.
fn place(item: &MenuItem) -> u8 {
    match item {
        MenuItem { count: Some(Count::OfOffices(_)), .. } => 0,
        item if item.right == Right::CheckIdentities.code() => 2,
        item if !item.path.starts_with("/quan-tri/") => 1,
        _ => 3,
    }
}

fn is_shown(item: &MenuItem, actor: &Actor) -> bool {
    match item.right {
        "" => true,
        FOR_ANYONE | FOR_CITIZENS => false,
        right => Right::parse(right).is_some_and(|right| match right.is_undivided() {
            true => actor.has_everywhere(right),
            false => actor.has(right),
        }),
    }
}

fn count(
    tx: &mut Tx,
    item: &MenuItem,
    actor: &Actor,
    today: Date,
) -> Result<Option<Tally>, StoreError> {
    match item.count {
        Some(Count::OfOffices(figure)) => {
            Ok(in_offices(tx, (figure, item.right), actor, today)?.map(Tally::Exactly))
        }
        Some(Count::OfPerson(count)) => {
            let waiting = count(tx, actor.account.0, Tally::ASKED_MAX)?;
            // Nothing is said where nothing waits: most officers sign nothing.
            Ok((waiting > 0).then(|| Tally::bounded(waiting)))
        }
        None => Ok(None),
    }
}

/// The gauge summed over the units in which the officer holds the right; none where it was never
/// set. Whoever holds it everywhere gets the whole.
fn in_offices(
    tx: &mut Tx,
    (figure, right): (&str, &str),
    actor: &Actor,
    today: Date,
) -> Result<Option<i64>, StoreError> {
    let right = Right::parse(right);
    if right.is_none_or(|right| actor.has_everywhere(right)) {
        return figures::latest(tx, figure, &[], today);
    }
    let mut sum = None;
    for office in right.map(|right| actor.offices(right)).unwrap_or_default() {
        if let Some(amount) = in_office(tx, figure, office, today)? {
            sum = Some(sum.unwrap_or(0) + amount);
        }
    }
    Ok(sum)
}

fn in_office(
    tx: &mut Tx,
    figure: &str,
    office: UnitId,
    today: Date,
) -> Result<Option<i64>, StoreError> {
    let Some(unit) = organisations::queries::unit(tx, office)? else { return Ok(None) };
    figures::latest(tx, figure, &[("unit", unit.code.as_str())], today)
}
