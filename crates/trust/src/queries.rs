//! What is shown, and what other capabilities ask.

pub mod letters;
pub(crate) mod requests;

use std::collections::{BTreeMap, BTreeSet};

use identity::{Actor, Right};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use organisations::UnitId;
use organisations::queries::unit_name;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use uuid::Uuid;
use wire::pki::certificate::Certificate as X509;
use wire::pki::oids;

use crate::authority::Authority;
use crate::certificate::{ALERT_DAYS, Certificate};
use crate::commands::anchors::Purpose;
use crate::profile::SEAL;
use crate::refusal::Refusal;
use crate::store::evidence::{self, Host, Kept};
use crate::store::register::{self, After, Counts, Filter};
use crate::store::stamps::{self, Check, PolicyRow};

pub use crate::store::anchors::Anchor;
pub use crate::store::stamps::Source;
use crate::store::{anchors as anchors_store, authorities, certificates, requests as asked_for};

/// The seal that an agency signs with now: the youngest in force whose key is here.
pub fn seal_of(
    tx: &mut Tx,
    unit: UnitId,
    at: Timestamp,
) -> Result<Option<Certificate>, StoreError> {
    certificates::seal_of(tx, (unit, SEAL), at)
}

/// What an officer signs with now, when the key is here.
pub fn signature_of(
    tx: &mut Tx,
    account: Uuid,
    at: Timestamp,
) -> Result<Option<Certificate>, StoreError> {
    certificates::of_person(tx, account, at)
}

/// All certificates in force that somebody signs with, wherever their keys are.
pub fn signatures_of(
    tx: &mut Tx,
    account: Uuid,
    at: Timestamp,
) -> Result<Vec<Certificate>, StoreError> {
    certificates::all_of_person(tx, account, at)
}

/// The position of an officer, as the youngest of these certificates has it.
pub fn title_of(tx: &mut Tx, account: Uuid, at: Timestamp) -> Result<Option<String>, StoreError> {
    let all = signatures_of(tx, account, at)?;
    let read = all.first().and_then(|one| one.x509().ok());
    Ok(read.and_then(|one| one.subject.get(&oids::TITLE).map(str::to_owned)))
}

/// All seals in force of an agency, wherever their keys are.
pub fn seals_of(tx: &mut Tx, unit: UnitId, at: Timestamp) -> Result<Vec<Certificate>, StoreError> {
    certificates::all_seals_of(tx, (unit, SEAL), at)
}

/// Everybody who is believed for a purpose on a day: our own roots, and the anchors of others.
pub fn anchors(tx: &mut Tx, purpose: Purpose, on: Date) -> Result<Vec<X509>, StoreError> {
    let mut all = Vec::new();
    for authority in authorities::all(tx)? {
        if authority.is_root() {
            all.extend(authority.certificate());
        }
    }
    for anchor in anchors_store::all(tx)? {
        let in_force =
            anchor.valid_from <= on && anchor.valid_to.is_none_or(|last_day| on <= last_day);
        if in_force && anchor.purposes.split(' ').any(|code| code == purpose.code()) {
            all.extend(X509::read(&anchor.der));
        }
    }
    Ok(all)
}

/// The certificates above: what a signature carries along so that others find the way.
pub fn chain(tx: &mut Tx, one: &Certificate) -> Result<Vec<X509>, StoreError> {
    let mut chain = Vec::new();
    let mut above = one.authority;
    while let Some(id) = above {
        let Some(authority) = authorities::by_id(tx, id)? else { break };
        chain.extend(authority.certificate());
        above = authority.parent;
    }
    Ok(chain)
}

/// Those that are believed, and those that were.
pub fn all_anchors(tx: &mut Tx) -> Result<Vec<Anchor>, StoreError> {
    anchors_store::all(tx)
}

/// Other authorities that stamp time, in the order in which they are asked.
pub fn time_sources(tx: &mut Tx) -> Result<Vec<Source>, StoreError> {
    stamps::sources(tx)
}

pub fn authorities(tx: &mut Tx) -> Result<Vec<Authority>, StoreError> {
    authorities::all(tx)
}

pub fn by_fingerprint(tx: &mut Tx, text: &str) -> Result<Option<Certificate>, StoreError> {
    certificates::by_fingerprint(tx, &text.to_ascii_lowercase())
}

/// Until when "ends soon" reaches.
pub fn soon(now: Timestamp) -> Timestamp {
    now + SignedDuration::from_hours(24 * ALERT_DAYS[0])
}

/// The last wanted.
const EVIDENCE_SHOWN: i64 = 200;
pub(crate) const ROWS_A_PAGE: usize = 20;
const BATCH: i64 = 200;
/// More than this is fetched by narrower words.
const EXPORTED_MAX: usize = 100_000;

pub(crate) struct Slice {
    pub rows: Vec<Line>,
    pub next: Option<After>,
}

pub(crate) struct Line {
    pub certificate: Certificate,
    pub unit: String,
}

/// Which units an officer looks after; none: all of them.
type Reach = Option<BTreeSet<UnitId>>;

fn reach(tx: &mut Tx, actor: &Actor) -> Result<Reach, StoreError> {
    let rights = [Right::ManageCertificates, Right::ApproveCertificates];
    if rights.iter().any(|right| actor.has_everywhere(*right)) {
        return Ok(None);
    }
    let mut units = BTreeSet::new();
    for office in rights.iter().flat_map(|right| actor.offices(*right)) {
        let below = organisations::queries::subtree(tx, office)?;
        units.extend(below.into_iter().map(|unit| unit.id));
    }
    Ok(Some(units))
}

fn is_in(reach: &Reach, unit: Option<UnitId>) -> bool {
    match (reach, unit) {
        (None, _) => true,
        (Some(units), Some(unit)) => units.contains(&unit),
        (Some(_), None) => false,
    }
}

/// A page of the register, of the officer's part of the tree.
pub(crate) async fn page(
    ctx: &Ctx,
    actor: &Actor,
    filter: Filter,
    after: After,
) -> Result<Slice, Refusal> {
    let found = gather(ctx, actor, filter, (after, ROWS_A_PAGE + 1)).await?;
    let more = found.len() > ROWS_A_PAGE;
    let rows: Vec<Line> = found.into_iter().take(ROWS_A_PAGE).collect();
    let last = rows.last().filter(|_| more);
    let next = last.map(|line| {
        let Certificate { not_after, id, .. } = line.certificate;
        After { not_after, id }
    });
    Ok(Slice { rows, next })
}

/// Every row that the filter leaves, for a sheet.
pub(crate) async fn all(ctx: &Ctx, actor: &Actor, filter: Filter) -> Result<Vec<Line>, Refusal> {
    gather(ctx, actor, filter, (After::default(), EXPORTED_MAX)).await
}

async fn gather(
    ctx: &Ctx,
    actor: &Actor,
    filter: Filter,
    (after, wanted): (After, usize),
) -> Result<Vec<Line>, Refusal> {
    let (actor, now) = (actor.clone(), ctx.clock.now());
    ctx.store
        .read::<_, Refusal, _>(move |tx| {
            let reach = reach(tx, &actor)?;
            let (mut after, mut found) = (after, Vec::new());
            let mut names = BTreeMap::new();
            while found.len() < wanted {
                let rows = register::list(tx, &filter, (now, soon(now)), (after, BATCH))?;
                let Some(last) = rows.last() else { break };
                after = After { not_after: last.not_after, id: last.id };
                for certificate in rows {
                    if found.len() < wanted && is_in(&reach, certificate.unit) {
                        let unit = name_of(tx, &mut names, certificate.unit)?;
                        found.push(Line { certificate, unit });
                    }
                }
            }
            Ok(found)
        })
        .await
}

fn name_of(
    tx: &mut Tx,
    names: &mut BTreeMap<UnitId, String>,
    unit: Option<UnitId>,
) -> Result<String, StoreError> {
    let Some(id) = unit else { return Ok(String::new()) };
    if let Some(name) = names.get(&id) {
        return Ok(name.clone());
    }
    let name = unit_name(tx, id)?;
    names.insert(id, name.clone());
    Ok(name)
}

/// One certificate as an officer sees it.
pub(crate) struct Shown {
    pub certificate: Certificate,
    pub unit: String,
    /// Whose key signed it, when that is one of ours.
    pub authority: Option<Authority>,
    pub successor: Option<Uuid>,
    pub told: Vec<(i64, Timestamp)>,
    pub manages: bool,
    pub approves: bool,
    pub waits: bool,
}

pub(crate) async fn certificate(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<Shown, Refusal> {
    let actor = actor.clone();
    ctx.store
        .read::<_, Refusal, _>(move |tx| {
            let certificate = certificates::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            let has = |tx: &mut Tx, right| match certificate.unit {
                Some(unit) => Ok::<bool, StoreError>(actor.authority(tx, right, unit)?.is_some()),
                None => Ok(actor.has_everywhere(right)),
            };
            let manages = has(tx, Right::ManageCertificates)?;
            let approves = has(tx, Right::ApproveCertificates)?;
            if !manages && !approves {
                return Err(Refusal::Nothing);
            }
            let mut names = BTreeMap::new();
            let authority =
                certificate.authority.map(|id| authorities::by_id(tx, id)).transpose()?;
            Ok(Shown {
                unit: name_of(tx, &mut names, certificate.unit)?,
                authority: authority.flatten(),
                successor: register::successor(tx, id)?,
                told: register::told(tx, id)?,
                waits: asked_for::is_waiting_for(tx, id)?,
                manages,
                approves,
                certificate,
            })
        })
        .await
}

/// How many certificates each agency has, and how they stand.
pub(crate) async fn counts(ctx: &Ctx, actor: &Actor) -> Result<Vec<(Counts, String)>, Refusal> {
    let (actor, now) = (actor.clone(), ctx.clock.now());
    let mut counts = ctx
        .store
        .read::<_, Refusal, _>(move |tx| {
            let reach = reach(tx, &actor)?;
            let mut named = Vec::new();
            for row in register::counts(tx, (now, soon(now)))? {
                if is_in(&reach, Some(row.unit)) {
                    let name = unit_name(tx, row.unit)?;
                    named.push((row, name));
                }
            }
            Ok(named)
        })
        .await?;
    counts.sort_by(|(_, one), (_, other)| one.cmp(other));
    Ok(counts)
}

/// Whom we believe and how our clock stands, for one page.
pub(crate) struct Beliefs {
    pub authorities: Vec<Authority>,
    pub anchors: Vec<Anchor>,
    pub policy: Option<PolicyRow>,
    pub checks: Vec<Check>,
}

/// What is shown about time.
pub(crate) struct Timing {
    pub policies: Vec<PolicyRow>,
    pub checks: Vec<Check>,
}

pub(crate) async fn timing(ctx: &Ctx) -> Result<Timing, Refusal> {
    ctx.store
        .read::<_, Refusal, _>(move |tx| {
            Ok(Timing { policies: stamps::policies(tx)?, checks: stamps::checks(tx)? })
        })
        .await
}

/// Others' word about revocation, and the hosts of ours that may be asked for it.
pub(crate) async fn evidence(ctx: &Ctx) -> Result<(Vec<Kept>, Vec<Host>), Refusal> {
    ctx.store
        .read::<_, Refusal, _>(move |tx| {
            Ok((evidence::all(tx, EVIDENCE_SHOWN)?, evidence::hosts(tx)?))
        })
        .await
}

pub(crate) async fn beliefs(ctx: &Ctx, today: Date) -> Result<Beliefs, Refusal> {
    ctx.store
        .read::<_, Refusal, _>(move |tx| {
            Ok(Beliefs {
                authorities: authorities::all(tx)?,
                anchors: anchors_store::all(tx)?,
                policy: stamps::policy(tx, today)?,
                checks: stamps::checks(tx)?,
            })
        })
        .await
}
