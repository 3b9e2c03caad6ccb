//! Brings the catalogue that the program carries into the store. Safe to run again: what is there
//! stays as its agencies have made it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use platform::Ctx;
use platform::audit::{self, Act};
use platform::figures;
use platform::store::Tx;
use platform::web::cache;
use serde_json::json;

use super::{Pen, TOPIC, operator};
use crate::code::Code;
use crate::contact::Contact;
use crate::mandate::Mandate;
use crate::refusal::Refusal;
use crate::search::Hay;
use crate::seeds::{self, SeedSuccession, SeedUnit};
use crate::store::{self, NewChange};
use crate::unit::{Unit, UnitId};

/// Rows in one unit of work: a longer one would make others wait.
const ROWS_TOGETHER: usize = 500;
const VERB: &str = "organisations.seed";

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seeded {
    pub new: usize,
    /// Were there already, and were left alone.
    pub present: usize,
    pub successions: usize,
}

/// A seed row with the unit it becomes and the words it is found by.
struct Sown {
    seed: SeedUnit,
    unit: Unit,
    hay: Hay,
}

pub async fn seed(ctx: &Ctx) -> Result<Seeded, Refusal> {
    let seeds = seeds::units().map_err(|fault| unreadable(&fault))?;
    let all = seeds.len();
    let new = Arc::new(sown(ctx, seeds).await?);
    let pen = Pen::of(ctx);
    for start in (0..new.len()).step_by(ROWS_TOGETHER) {
        let (pen, new) = (pen.clone(), Arc::clone(&new));
        let end = (start + ROWS_TOGETHER).min(new.len());
        ctx.store.write(move |tx| sow(tx, &pen, &new[start..end])).await?;
    }
    let successions = succeed(ctx, &pen).await?;
    Ok(Seeded { new: new.len(), present: all - new.len(), successions })
}

/// The seeds whose codes nobody has yet, as units.
async fn sown(ctx: &Ctx, seeds: Vec<SeedUnit>) -> Result<Vec<Sown>, Refusal> {
    let (known, taken) = ctx
        .store
        .read(|tx| {
            let taken: HashSet<String> =
                store::every_code(tx)?.into_iter().map(|known| known.code.key()).collect();
            Ok::<_, Refusal>((store::everything(tx)?, taken))
        })
        .await?;
    let mut units: HashMap<Code, Unit> =
        known.into_iter().map(|unit| (unit.code.clone(), unit)).collect();
    let mut new = Vec::new();
    for seed in seeds {
        if taken.contains(&seed.code.key()) {
            continue;
        }
        // A unit whose place above was moved by its agency has no place any more.
        let above = match seed.code.parent() {
            None => None,
            Some(above) => match units.get(&above) {
                Some(above) => Some(above),
                None => continue,
            },
        };
        let unit = unit_of(&seed, UnitId(ctx.ids.next()), above);
        let line = line_above(&units, &unit);
        let others = seed
            .alias
            .iter()
            .map(Code::as_str)
            .chain(seed.former_name.iter().map(|(name, _)| name.as_str()));
        let hay = Hay::of(&unit, others, line.iter().map(|above| above.label()));
        units.insert(unit.code.clone(), unit.clone());
        new.push(Sown { seed, unit, hay });
    }
    Ok(new)
}

fn line_above<'a>(units: &'a HashMap<Code, Unit>, unit: &Unit) -> Vec<&'a Unit> {
    let mut line = Vec::new();
    let mut code = unit.code.parent();
    while let Some(above) = code {
        line.extend(units.get(&above));
        code = above.parent();
    }
    line
}

fn unit_of(seed: &SeedUnit, id: UnitId, above: Option<&Unit>) -> Unit {
    Unit {
        id,
        code: seed.code.clone(),
        name: seed.name.clone(),
        short_name: seed.short_name.clone(),
        kind: seed.kind,
        level: seed.kind.level_below(above.map(|above| above.level)),
        parent: above.map(|above| above.id),
        valid_from: seed.valid_from,
        valid_to: seed.valid_to,
        province_gso: seed.province_gso.clone(),
        commune_gso: seed.commune_gso.clone(),
        provisional: seed.provisional,
        note: seed.note.clone(),
        contact: Contact::default(),
        version: 1,
    }
}

fn sow(tx: &mut Tx, pen: &Pen, rows: &[Sown]) -> Result<(), Refusal> {
    store::hold_tree(tx)?;
    let units: Vec<Unit> = rows.iter().map(|row| row.unit.clone()).collect();
    store::insert_units(tx, &units)?;
    let mut codes = Vec::new();
    let mut names = Vec::new();
    for Sown { seed, unit, .. } in rows {
        codes.push((unit.id, &unit.code, "current"));
        codes.extend(seed.alias.iter().map(|alias| (unit.id, alias, "alias")));
        names.extend(seed.former_name.iter().map(|(name, until)| (unit.id, name, *until)));
    }
    store::insert_codes(tx, &codes, pen.at)?;
    store::insert_former_names(tx, &names)?;
    let words: Vec<Hay> = rows.iter().map(|row| row.hay.clone()).collect();
    store::put_search(tx, &words)?;
    let author = operator(VERB);
    let changes: Vec<NewChange> = rows.iter().map(|row| begun(pen, &author, &row.unit)).collect();
    store::insert_changes(tx, &changes)?;
    told(tx, pen, &author, rows.len())
}

/// The first line of a seeded unit's history.
fn begun(pen: &Pen, author: &Mandate, unit: &Unit) -> NewChange {
    NewChange {
        id: pen.ids.next(),
        unit: unit.id,
        at: pen.at,
        actor: None,
        actor_name: author.actor_name.clone(),
        verb: VERB,
        reason: None,
        before: None,
        after: Some(json!({ "code": unit.code, "name": unit.name }).to_string()),
    }
}

/// One audit row for the whole bulk.
fn told(tx: &mut Tx, pen: &Pen, author: &Mandate, count: usize) -> Result<(), Refusal> {
    audit::record(
        tx,
        &Act {
            id: pen.ids.next(),
            at: pen.at,
            actor: None,
            actor_name: author.actor_name.clone(),
            unit: None,
            verb: VERB,
            object: "catalogue:organisations".to_owned(),
            detail: json!({ "units": count }),
        },
    )?;
    cache::changed(tx, TOPIC, pen.at)?;
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    Ok(figures::add(tx, "organisations.changed", &[("verb", VERB)], pen.at, count)?)
}

/// Names the successors of seeded units that ended and have none named yet.
async fn succeed(ctx: &Ctx, pen: &Pen) -> Result<usize, Refusal> {
    let seeds = seeds::successions().map_err(|fault| unreadable(&fault))?;
    let kept = ctx.store.read(|tx| {
        let codes = store::every_code(tx)?.into_iter().map(|known| (known.code, known.unit));
        let ids: HashMap<Code, UnitId> = codes.collect();
        // One that was reopened by its agency has no successors any more.
        let open = store::everything(tx)?.into_iter().filter(|unit| unit.valid_to.is_none());
        let open: HashSet<UnitId> = open.map(|unit| unit.id).collect();
        Ok::<_, Refusal>((ids, store::closed_with_heirs(tx)?, open))
    });
    let (ids, named, open) = kept.await?;
    let mut rows: Vec<(UnitId, UnitId, i64, Option<String>)> = Vec::new();
    for SeedSuccession { closed, successor, matter } in seeds {
        let (Some(closed), Some(heir)) = (ids.get(&closed), ids.get(&successor)) else { continue };
        if named.contains(closed) || open.contains(closed) || closed == heir {
            continue;
        }
        let position = rows.iter().rev().take_while(|row| row.0 == *closed).count() as i64;
        rows.push((*closed, *heir, position, matter));
    }
    let rows = Arc::new(rows);
    for group in groups(&rows) {
        let (pen, rows) = (pen.clone(), Arc::clone(&rows));
        ctx.store
            .write(move |tx| {
                store::hold_tree(tx)?;
                let borrowed: Vec<_> = rows[group.clone()]
                    .iter()
                    .map(|(closed, heir, position, matter)| {
                        (*closed, *heir, *position, matter.as_deref())
                    })
                    .collect();
                store::insert_successions(tx, &borrowed)?;
                told(tx, &pen, &operator(VERB), borrowed.len())
            })
            .await?;
    }
    Ok(rows.len())
}

/// Stretches of some hundred rows that part no closed unit's heirs.
fn groups<T>(rows: &[(UnitId, UnitId, i64, T)]) -> Vec<std::ops::Range<usize>> {
    let mut groups = Vec::new();
    let mut start = 0;
    for end in 1..=rows.len() {
        let whole = end == rows.len() || rows[end].0 != rows[end - 1].0;
        if whole && (end - start >= ROWS_TOGETHER || end == rows.len()) {
            groups.push(start..end);
            start = end;
        }
    }
    groups
}

fn unreadable(fault: &seeds::SeedFault) -> Refusal {
    Refusal::SheetUnreadable { reason: fault.to_string() }
}
