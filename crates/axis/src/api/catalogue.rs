//! The agencies: who there is, what changed, and what systems with that power enter and end.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::queries as catalogue;
use organisations::{Code, Unit, UnitId};
use platform::Ctx;
use platform::clock;
use platform::store::Tx;
use platform::web::Reply;
use platform::words::Locale;
use serde::Serialize;
use serde_json::Value;
use wire::vxp::answer::{Agency, ChangedAgency, NewAgency, RecodedAgency};
use wire::vxp::{Answer, Proved};

use super::Call;
use super::parameters::{Page, text, written};
use crate::commands::agencies::{self, Became, Wanted};
use crate::refusal::Refusal;
use crate::secrets::Known;
use crate::store::requests;
use crate::system_fault::SystemRefusal;

/// Of the State: ministries and provinces, what is below them, and twice so again.
const LEVELS: usize = 4;

pub(crate) async fn list(mut call: Call) -> Reply {
    let rows = listed(&mut call).await;
    call.tell(rows).await
}

pub(crate) async fn list_with_codes(mut call: Call) -> Reply {
    let rows = listed_with_codes(&mut call).await;
    call.tell(rows).await
}

pub(crate) async fn changed(mut call: Call) -> Reply {
    let rows = changed_rows(&mut call).await;
    call.tell(rows).await
}

pub(crate) async fn register(mut call: Call) -> Reply {
    let became = registered(&mut call).await;
    call.tell(became).await
}

pub(crate) async fn delete(mut call: Call) -> Reply {
    let became = deleted(&mut call).await;
    call.tell(became).await
}

/// Everyone who can be written to: the catalogue as it is in force, and the codes that systems
/// speak for and that it does not explain.
async fn listed(call: &mut Call) -> Result<Answer, Refusal> {
    call.known().await?;
    call.small_body().await?;
    let today = Catalogue::of_today(&call.ctx).await?;
    Ok(with_revision(&today.agencies(None), today.revision))
}

/// The same in short, each with its code of QCVN 102:2016; of one level, when it is named.
async fn listed_with_codes(call: &mut Call) -> Result<Answer, Refusal> {
    let Known { said, .. } = call.known().await?;
    call.small_body().await?;
    let level = level(&said)?;
    let today = Catalogue::of_today(&call.ctx).await?;
    let rows = today.agencies(level).into_iter().map(|agency| {
        let Agency { id, code, name, mail, old_code, .. } = agency;
        RecodedAgency { id, code, name, mail, code102: old_code }
    });
    Ok(with_revision(&rows.collect::<Vec<_>>(), today.revision))
}

struct Catalogue {
    revision: i64,
    units: Vec<Unit>,
    unexplained: Vec<String>,
    older: HashMap<UnitId, Code>,
}

impl Catalogue {
    async fn of_today(ctx: &Ctx) -> Result<Catalogue, Refusal> {
        let today = clock::local(ctx.clock.now()).date();
        let read = ctx.store.read::<_, Refusal, _>(move |tx| {
            Ok(Catalogue {
                revision: catalogue::revision(tx)?,
                units: catalogue::in_force(tx, today)?,
                unexplained: requests::unexplained(tx)?,
                older: catalogue::older_codes(tx)?,
            })
        });
        read.await
    }

    /// With the older code of each, where one is known; all, or those of one level. What nobody
    /// explains is of none.
    fn agencies(&self, level: Option<usize>) -> Vec<Agency> {
        let is_asked = |unit: &&Unit| level.is_none_or(|level| unit.code.depth() == Some(level));
        let units = self.units.iter().filter(is_asked).map(|unit| {
            let older = self.older.get(&unit.id);
            Agency { old_code: older.map(Code::to_string).unwrap_or_default(), ..row(unit) }
        });
        let others = self.unexplained.iter().filter(|_| level.is_none()).map(|code| Agency {
            id: code.clone(),
            name: code.clone(),
            code: code.clone(),
            ..Agency::default()
        });
        units.chain(others).collect()
    }
}

fn level(said: &Proved) -> Result<Option<usize>, Refusal> {
    let unread = SystemRefusal::Parameter { name: "level" };
    let Some(text) = text(said, "level") else { return Ok(None) };
    match text.parse() {
        Ok(level @ 1..=LEVELS) => Ok(Some(level)),
        _ => Err(unread.into()),
    }
}

/// What changed after the `revision` of an answer before: no clock decides, and none has to agree
/// with ours. Without one, what changed from `fromDate` to `toDate`, or everything.
async fn changed_rows(call: &mut Call) -> Result<Answer, Refusal> {
    let Known { said, .. } = call.known().await?;
    call.small_body().await?;
    let page = Page::of(&said)?;
    let unread = SystemRefusal::Parameter { name: "revision" };
    let seen = text(&said, "revision").map(|text| text.parse::<i64>().map_err(|_| unread));
    let seen = seen.transpose()?;
    let read = move |tx: &mut Tx| changed_in(tx, &page, seen);
    let (rows, revision) = call.ctx.store.read::<_, Refusal, _>(read).await?;
    let today = clock::local(call.ctx.clock.now()).date();
    let rows: Vec<_> = rows.iter().map(|(unit, at)| changed_row(unit, *at, today)).collect();
    Ok(with_revision(&rows, revision))
}

type Changed = Vec<(Unit, Timestamp)>;

fn changed_in(tx: &mut Tx, page: &Page, seen: Option<i64>) -> Result<(Changed, i64), Refusal> {
    let revision = catalogue::revision(tx)?;
    // Whoever knows more than there is knew a catalogue that was put back since.
    if let Some(seen) = seen.filter(|seen| *seen <= revision) {
        return Ok((catalogue::changed_after(tx, seen)?, revision));
    }
    let page = seen.map_or(*page, |_| Page { since: None, before: None, ..*page });
    let since = page.since.unwrap_or(Timestamp::UNIX_EPOCH);
    let mut rows = catalogue::changed_since(tx, since)?;
    rows.retain(|(_, at)| page.before.is_none_or(|before| *at < before));
    Ok((rows, revision))
}

/// No source shows an answer of the national axis: flags are written as words, times as packets
/// write them. Agencies that ended stay in the list, marked.
fn changed_row(unit: &Unit, at: Timestamp, today: Date) -> ChangedAgency {
    ChangedAgency {
        agency: row(unit),
        center_code: unit.code.level_one().unwrap_or_default().to_owned(),
        version: unit.version.to_string(),
        deleted: (!unit.is_in_force(today)).to_string(),
        modify_date: written(at),
        is_agency: true.to_string(),
    }
}

fn row(unit: &Unit) -> Agency {
    Agency {
        id: unit.id.to_string(),
        pid: unit.parent.map(|parent| parent.to_string()).unwrap_or_default(),
        code: unit.code.to_string(),
        name: unit.name.to_string(),
        mail: unit.contact.email.clone().unwrap_or_default(),
        old_code: String::new(),
    }
}

fn with_revision<T: Serialize>(rows: &[T], revision: i64) -> Answer {
    let answer = Answer::list(rows);
    let Answer::Done { data, mut beside } = answer else { return answer };
    beside.insert("revision".to_owned(), Value::from(revision));
    Answer::Done { data, beside }
}

async fn registered(call: &mut Call) -> Result<Answer, Refusal> {
    let Known { system, .. } = call.known().await?;
    let body = call.small_body().await?;
    let new: NewAgency =
        serde_json::from_slice(&body).map_err(|_| SystemRefusal::Parameter { name: "body" })?;
    let wanted = Wanted {
        code: new.code,
        above: new.pcode,
        name: new.name,
        mail: new.mail,
        phone: new.mobile,
    };
    let became = agencies::register(&call.ctx, &system, wanted).await?;
    Ok(told(call, became))
}

async fn deleted(call: &mut Call) -> Result<Answer, Refusal> {
    let Known { system, said } = call.known().await?;
    call.small_body().await?;
    let code =
        text(&said, "AgencyCode").ok_or(SystemRefusal::ParameterMissing { name: "AgencyCode" })?;
    let became = agencies::delete(&call.ctx, &system, code).await?;
    Ok(told(call, became))
}

fn told(call: &Call, became: Became) -> Answer {
    let answer = Answer::done();
    let (Answer::Done { data, mut beside }, Became::Waits) = (answer.clone(), became) else {
        return answer;
    };
    let words = |locale| call.ctx.words.speak(locale).t("axis-agency-waits");
    let both = format!("{} / {}", words(Locale::Vi), words(Locale::En));
    beside.insert("ErrorDesc".to_owned(), Value::from(both));
    Answer::Done { data, beside }
}
