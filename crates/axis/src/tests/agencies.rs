//! What systems ask of the catalogue of agencies, and what becomes of it.

use serde_json::Value;
use wire::vxp::{Call, Operation};

use super::kit::{SECRET, called};
use super::nation::*;
use crate::commands::agencies::decide;
use crate::queries;

async fn registrar() -> Nation {
    let nation = Nation::new().await;
    nation.connect_registrar("kit.hue", &[HUE], SECRET).await;
    nation
}

async fn register(nation: &Nation, code: &str, above: &str, name: &str) -> Value {
    let body = serde_json::json!({
        "id": 7, "code": code, "pcode": above, "name": name, "mail": "a@example.vn", "mobile": "",
    });
    let call = Call::new(Operation::RegisterAgency);
    called(nation, "kit.hue", call, body.to_string().as_bytes()).await
}

async fn delete(nation: &Nation, code: &str) -> Value {
    let call = Call::new(Operation::DeleteAgency).parameter("AgencyCode", code);
    called(nation, "kit.hue", call, b"{}").await
}

async fn known(nation: &Nation, code: &str) -> Option<organisations::Unit> {
    let code = code.to_owned();
    nation.read(move |tx| organisations::queries::by_code(tx, &code)).await
}

#[tokio::test]
async fn below_its_own_province_a_system_acts_at_once() {
    let nation = registrar().await;
    let answer = register(&nation, "H57.9", "H57", "Sở Thử nghiệm").await;
    assert_eq!((&answer["status"], &answer["ErrorDesc"]), (&"OK".into(), &"".into()), "{answer}");
    let unit = known(&nation, "H57.9").await.unwrap();
    assert_eq!(unit.name.as_str(), "Sở Thử nghiệm");
    assert_eq!(unit.contact.email.as_deref(), Some("a@example.vn"));
    let again = register(&nation, "H57.9", "", "Sở Thử nghiệm").await;
    assert_eq!(again["status"], "OK");
    let other = register(&nation, "H57.9", "", "Sở Khác").await;
    assert_eq!((&other["status"], &other["ErrorCode"]), (&"FAIL".into(), &"19".into()));
    let log = nation.log().await;
    let entry = log.iter().find(|entry| entry.object == format!("unit:{}", unit.id)).unwrap();
    assert_eq!(entry.actor_name, "hệ thống kit.hue");

    assert_eq!(delete(&nation, "H57.9").await["status"], "OK");
    assert!(known(&nation, "H57.9").await.unwrap().valid_to.is_some(), "it ended, and is kept");
    assert_eq!(delete(&nation, "H57.9").await["status"], "OK", "again");
}

#[tokio::test]
async fn elsewhere_an_administrator_decides() {
    let nation = registrar().await;
    let wishes = [("G15.9", "G15"), ("H57.8", "G22"), ("G15.8", "")];
    for (code, above) in wishes {
        let answer = register(&nation, code, above, "Vụ Thử nghiệm").await;
        assert_eq!(answer["status"], "OK");
        assert!(answer["ErrorDesc"].as_str().unwrap().contains("administrator"), "{answer}");
        register(&nation, code, above, "Vụ Thử nghiệm").await;
    }
    assert!(known(&nation, "G15.9").await.is_none());
    let open = nation.read(|tx| queries::agency_requests(tx, 10)).await;
    assert_eq!(
        open.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(),
        ["G15.9", "H57.8", "G15.8"]
    );
    let (ctx, scribe) = (nation.ctx(), nation.clerk());
    decide(ctx, &scribe, open[0].id, (true, String::new())).await.unwrap();
    decide(ctx, &scribe, open[1].id, (false, "sai cấp".to_owned())).await.unwrap();
    assert!(known(&nation, "G15.9").await.is_some());
    assert!(known(&nation, "H57.8").await.is_none());
    assert!(decide(ctx, &scribe, open[0].id, (true, String::new())).await.is_err(), "once");

    // What was only asked for is taken back; what is there waits for a decision again.
    assert_eq!(delete(&nation, "G15.8").await["status"], "OK");
    assert_eq!(delete(&nation, "G15.8").await["ErrorCode"], "18");
    assert!(
        delete(&nation, "G15.9").await["ErrorDesc"].as_str().unwrap().contains("administrator")
    );
    let open = nation.read(|tx| queries::agency_requests(tx, 10)).await;
    assert_eq!(open.len(), 1);
    decide(ctx, &scribe, open[0].id, (true, String::new())).await.unwrap();
    assert!(known(&nation, "G15.9").await.unwrap().valid_to.is_some());
}

#[tokio::test]
async fn what_cannot_be_an_agency_is_refused() {
    let nation = registrar().await;
    let table = [("", "Sở"), ("000.00.00.H57", "Sở"), ("H57.9", " "), ("H57.9 / x", "Sở")];
    for (code, name) in table {
        let answer = register(&nation, code, "", name).await;
        assert_eq!(answer["status"], "FAIL", "{code}: {answer}");
    }
    // Nobody ends the agency that it speaks for.
    let answer = delete(&nation, HUE).await;
    assert!(answer["ErrorDesc"].as_str().unwrap().contains("administrator"), "{answer}");
    let none = called(&nation, "kit.hue", Call::new(Operation::RegisterAgency), b"{").await;
    assert_eq!(none["ErrorCode"], "10");
}

#[tokio::test]
async fn changes_are_told_since_a_day_and_not_twice() {
    let nation = registrar().await;
    let changed = async |parameters: &[(&'static str, &str)]| {
        let call = Call::new(Operation::GetSynchronizeUnit);
        let call = parameters.iter().fold(call, |call, (name, value)| call.parameter(name, *value));
        called(&nation, "kit.hue", call, b"").await
    };
    let all = changed(&[]).await;
    assert_eq!(all["data"].as_array().unwrap().len(), 7);
    let ended = all["data"].as_array().unwrap().iter().find(|row| row["code"] == PLANNING).unwrap();
    assert_eq!((&ended["deleted"], &ended["isAgency"]), (&"true".into(), &"true".into()));
    assert_eq!(ended["centerCode"], PLANNING);
    let revision = all["revision"].to_string();
    assert_eq!(changed(&[("revision", &revision)]).await["data"], serde_json::json!([]));
    nation.pass_seconds(24 * 3_600);
    register(&nation, "H57.9", "", "Sở Thử nghiệm").await;
    let since = changed(&[("fromDate", "2026/11/24"), ("revision", &revision)]).await;
    let rows = since["data"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!((&rows[0]["code"], &rows[0]["deleted"]), (&"H57.9".into(), &"false".into()));
    assert_eq!(rows[0]["modifyDate"], "2026/11/24 09:00:00");
    let far = [("fromDate", "2027/01/01"), ("toDate", "2026/11/01"), ("revision", &*revision)];
    assert_eq!(
        changed(&far).await["data"],
        since["data"],
        "no clock decides where a revision does"
    );
    let restored = changed(&[("revision", "1000000"), ("fromDate", "2027/01/01")]).await;
    assert_eq!(restored["data"].as_array().unwrap().len(), 8, "the catalogue was put back");
    assert_eq!(changed(&[("revision", "x")]).await["status"], "FAIL");
    let told = changed(&[("toDate", "2026/11/23")]).await;
    assert_eq!(told["data"].as_array().unwrap().len(), 7);
}

#[tokio::test]
async fn an_agency_that_ends_on_a_day_to_come_is_listed_again_on_that_day() {
    let nation = registrar().await;
    let changed = async |revision: &str| {
        let call = Call::new(Operation::GetSynchronizeUnit).parameter("revision", revision);
        called(&nation, "kit.hue", call, b"").await
    };
    nation.end_on(LANGSON, "2026-11-30".parse().unwrap()).await;
    turn(&nation).await;
    let decided = changed("0").await;
    let row = |answer: &serde_json::Value| {
        let rows = answer["data"].as_array().unwrap().clone();
        rows.into_iter().find(|row| row["code"] == LANGSON)
    };
    assert_eq!(row(&decided).unwrap()["deleted"], "false", "until its last day");
    let revision = decided["revision"].to_string();
    assert_eq!(changed(&revision).await["data"], serde_json::json!([]));
    nation.pass_seconds(8 * 24 * 3_600);
    turn(&nation).await;
    let told = changed(&revision).await;
    let ended = row(&told).unwrap();
    assert_eq!(
        (&ended["deleted"], &ended["modifyDate"]),
        (&"true".into(), &"2026/12/01 09:00:00".into())
    );
    let call = Call::new(Operation::GetSynchronizeUnit).parameter("fromDate", "2026/12/01");
    assert_eq!(row(&called(&nation, "kit.hue", call, b"").await), Some(ended));
    let again = changed(&told["revision"].to_string()).await;
    assert_eq!(again["data"], serde_json::json!([]));
}

/// What happens once a day by itself.
async fn turn(nation: &Nation) {
    let part = organisations::part();
    for _ in 0..2 {
        platform::jobs::run_schedules(nation.ctx(), &part.schedules).await.unwrap();
    }
    let ran = platform::jobs::run_due(nation.ctx(), &part.jobs).await.unwrap();
    assert!(ran.failed.is_empty(), "{:?}", ran.failed);
}
