//! The agencies: who there is, what changed, and what systems with that power enter and end.

use jiff::Timestamp;
use organisations::Unit;
use organisations::queries as catalogue;
use platform::clock;
use platform::web::Reply;
use platform::words::Locale;
use serde::Serialize;
use serde_json::Value;
use wire::vxp::Answer;
use wire::vxp::answer::{Agency, ChangedAgency, NewAgency};

use super::Call;
use super::parameters::{Page, text, written};
use crate::commands::agencies::{self, Became, Wanted};
use crate::refusal::Refusal;
use crate::secrets::Known;
use crate::store::requests;
use crate::system_fault::SystemRefusal;

pub(crate) async fn list(mut call: Call) -> Reply {
    let rows = listed(&mut call).await;
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
    let today = clock::local(call.ctx.clock.now()).date();
    let read = call.ctx.store.read::<_, Refusal, _>(move |tx| {
        let revision = catalogue::revision(tx)?;
        Ok((revision, catalogue::in_force(tx, today)?, requests::unexplained(tx)?))
    });
    let (revision, units, unexplained) = read.await?;
    let units = units.iter().map(row);
    let others = unexplained.into_iter().map(|code| Agency {
        id: code.clone(),
        name: code.clone(),
        code,
        ..Agency::default()
    });
    Ok(with_revision(&units.chain(others).collect::<Vec<_>>(), revision))
}

/// What changed since `fromDate`, or everything; nothing, when `revision` is that of the last
/// answer and the catalogue is still the same.
async fn changed_rows(call: &mut Call) -> Result<Answer, Refusal> {
    let Known { said, .. } = call.known().await?;
    call.small_body().await?;
    let page = Page::of(&said)?;
    let seen: Option<i64> = text(&said, "revision").and_then(|text| text.parse().ok());
    let read = call.ctx.store.read::<_, Refusal, _>(move |tx| {
        let revision = catalogue::revision(tx)?;
        let rows = match seen == Some(revision) {
            true => Vec::new(),
            false => catalogue::changed_since(tx, page.since.unwrap_or(Timestamp::UNIX_EPOCH))?,
        };
        Ok((revision, rows))
    });
    let (revision, rows) = read.await?;
    let today = clock::local(call.ctx.clock.now()).date();
    let before = |(_, at): &&(Unit, Timestamp)| page.before.is_none_or(|before| *at < before);
    let rows: Vec<ChangedAgency> = rows
        .iter()
        .filter(before)
        .map(|(unit, at)| ChangedAgency {
            agency: row(unit),
            center_code: unit.code.level_one().unwrap_or_default().to_owned(),
            version: unit.version.to_string(),
            deleted: (!unit.is_in_force(today)).to_string(),
            modify_date: written(*at),
            is_agency: true.to_string(),
        })
        .collect();
    Ok(with_revision(&rows, revision))
}

fn row(unit: &Unit) -> Agency {
    Agency {
        id: unit.id.to_string(),
        pid: unit.parent.map(|parent| parent.to_string()).unwrap_or_default(),
        code: unit.code.to_string(),
        name: unit.name.to_string(),
        mail: unit.contact.email.clone().unwrap_or_default(),
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
