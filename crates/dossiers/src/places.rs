//! Three agencies kept apart: where one is helped, where the dossier is received, who decides.
//!
//! Law: NĐ 118/2025/NĐ-CP art. 1
//! Law: NĐ 61/2018/NĐ-CP art. 6

use identity::Role;
use jiff::civil::Date;
use organisations::{Kind, Unit, UnitId, queries};
use platform::store::{StoreError, Tx};
use procedures::Version;
use procedures::level::Level;

use crate::refusal::Refusal;
use crate::route::Places;

/// For a dossier brought to the counter of `receiving`. A one-stop centre receives for the
/// agencies of its province or commune, and a dossier may be handed in at any of them.
pub fn at_counter(
    tx: &mut Tx,
    receiving: UnitId,
    deciding: Option<UnitId>,
) -> Result<Places, Refusal> {
    let line = queries::path(tx, receiving)?;
    let (Some(root), Some(own)) = (line.first(), line.last()) else {
        return Err(Refusal::AgencyNotReceiving);
    };
    let own_agency = match (own.kind, own.parent) {
        (Kind::OneStopCentre, Some(above)) => above,
        _ => receiving,
    };
    let deciding = deciding.unwrap_or(own_agency);
    if !queries::is_within(tx, deciding, root.id)? {
        return Err(Refusal::AgencyNotReceiving);
    }
    Ok(Places { receiving, deciding })
}

/// For a request sent online to `deciding`: its own one-stop shop or the nearest above, as long as
/// somebody works there who can receive it.
pub fn online(tx: &mut Tx, deciding: UnitId, today: Date) -> Result<Places, Refusal> {
    let centre = queries::one_stop_centre(tx, deciding, today)?.map(|centre| centre.id);
    for receiving in centre.into_iter().chain([deciding]) {
        if !identity::queries::holders(tx, receiving, Role::Clerk, today)?.is_empty() {
            return Ok(Places { receiving, deciding });
        }
    }
    Err(Refusal::AgencyNotReceiving)
}

/// An agency one may choose, and whether it takes requests in online.
#[derive(Debug, Clone)]
pub struct Offer {
    pub unit: Unit,
    pub open: bool,
}

/// The agencies of a province that may decide: its communes, its departments, or both, as the
/// procedure's levels say.
pub fn offers(
    tx: &mut Tx,
    version: &Version,
    province: UnitId,
    today: Date,
) -> Result<Vec<Offer>, StoreError> {
    let mut units = Vec::new();
    if version.levels.has(Level::Province) {
        let below = queries::children(tx, province, today)?;
        let offices = |unit: &Unit| matches!(unit.kind, Kind::Department | Kind::PublicService);
        units.extend(below.into_iter().filter(offices));
        units.extend(queries::unit(tx, province)?);
    }
    if version.levels.has(Level::Ward) {
        units.extend(queries::communes(tx, province, today)?);
    }
    let named = narrowed(version, units);
    open_first(tx, named, today)
}

/// The central agencies that the procedure names.
pub fn central_offers(
    tx: &mut Tx,
    version: &Version,
    today: Date,
) -> Result<Vec<Offer>, StoreError> {
    if !version.levels.has(Level::Ministry) && !version.levels.has(Level::Other) {
        return Ok(Vec::new());
    }
    let mut units = Vec::new();
    for named in version.agencies.executing.iter().chain(&version.agencies.publishing) {
        if let Some(code) = &named.code {
            units.extend(queries::by_code(tx, code)?);
        }
    }
    units.retain(|unit| unit.is_in_force(today));
    units.dedup_by_key(|unit| unit.id);
    open_first(tx, units, today)
}

/// Where the procedure names the departments that carry it out, only those; names of communes are
/// never written out there.
fn narrowed(version: &Version, units: Vec<Unit>) -> Vec<Unit> {
    let named: Vec<String> =
        version.agencies.executing.iter().map(|agency| fold(&agency.name)).collect();
    let is_named = |unit: &Unit| named.iter().any(|name| name.contains(&fold(unit.name.as_str())));
    let some_named = units.iter().any(|unit| unit.kind == Kind::Department && is_named(unit));
    let kept = |unit: &Unit| unit.kind == Kind::CommuneCommittee || !some_named || is_named(unit);
    units.into_iter().filter(kept).collect()
}

fn open_first(tx: &mut Tx, units: Vec<Unit>, today: Date) -> Result<Vec<Offer>, StoreError> {
    let mut offers = Vec::with_capacity(units.len());
    for unit in units {
        let open = match online(tx, unit.id, today) {
            Ok(_) => true,
            Err(Refusal::Store(error)) => return Err(error),
            Err(_) => false,
        };
        offers.push(Offer { unit, open });
    }
    offers.sort_by_key(|offer| !offer.open);
    Ok(offers)
}

fn fold(text: &str) -> String {
    platform::fold::fold(text)
}
