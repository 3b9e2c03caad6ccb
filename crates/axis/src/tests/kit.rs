//! The API as the official kit speaks it, through the front door.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode as Http;
use jiff::{SignedDuration, Timestamp};
use platform::testing::Answer as Heard;
use platform::web::Caller;
use serde_json::{Value, json};
use wire::vxp::{Call, MessageType, Operation, TransportStatus, file};

use super::nation::*;
use crate::commands::systems;
use crate::secret::Secret;
use crate::system::SystemId;
use crate::{Kind, queries};

pub const SECRET: &str = "secret123";

/// Any request, answered by the site as it is mounted there.
pub async fn asked(
    nation: &Nation,
    (under, method, path): (&'static str, &str, &str),
    headers: &[(String, String)],
    body: Vec<u8>,
) -> (Http, Vec<u8>) {
    let mut request = axum::extract::Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(name, value.as_bytes());
    }
    let request = request.body(axum::body::Body::from(body)).unwrap();
    let site = nation.house.site.clone();
    let site = if under.is_empty() { site } else { site.under(under) };
    let answer = site.answer(request, Caller::local()).await;
    let status = answer.status();
    (status, axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec())
}

/// A call of the kit with this secret, at this moment, below /axis.
async fn called_at(
    nation: &Nation,
    (system, secret): (&str, &str),
    (call, body): (Call, Vec<u8>),
    at: Timestamp,
) -> Value {
    let headers = call.headers(system, secret.as_bytes(), at);
    let path = format!("/axis/{}", call.operation.name());
    let (status, heard) = asked(nation, ("", call.operation.method(), &path), &headers, body).await;
    assert_eq!(status, Http::OK, "{path}");
    serde_json::from_slice(&heard).unwrap()
}

pub async fn called(nation: &Nation, system: &str, call: Call, body: &[u8]) -> Value {
    called_at(nation, (system, SECRET), (call, body.to_vec()), nation.now()).await
}

pub fn sending(from: &str, to: &[&str], packet: &[u8]) -> (Call, Vec<u8>) {
    let sha256 = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, packet);
    let to: Vec<String> = to.iter().map(|code| (*code).to_owned()).collect();
    let call = Call::send(MessageType::Edoc, from, &to, sha256.as_ref());
    // As the kit does: a line end behind the file.
    (call, [packet, b"\r\n"].concat())
}

/// The nation, with a system of known secret for Huế and one for two ministries.
pub async fn nation() -> Nation {
    let nation = Nation::new().await;
    for (system, codes) in [("kit.hue", vec![HUE]), ("kit.hub", vec![JUSTICE, HOME])] {
        nation.connect_with(system, &codes, SECRET).await;
    }
    nation
}

fn code(answer: &Value) -> &str {
    assert_eq!(answer["status"] == "OK", answer["ErrorCode"] == "0", "{answer}");
    answer["ErrorCode"].as_str().unwrap()
}

async fn received(nation: &Nation, system: &str) -> Vec<Value> {
    let answer = called(nation, system, Call::received(MessageType::Edoc), b"").await;
    assert_eq!(code(&answer), "0");
    answer["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_packet_goes_the_whole_way() {
    let nation = nation().await;
    let packet = written(&document(HUE, &[JUSTICE], 1), &"nội dung ".repeat(40_000));
    let (call, body) = sending(HUE, &[], &packet);
    let sent = called(&nation, "kit.hue", call, &body).await;
    assert_eq!((code(&sent), &sent["ErrorDesc"]), ("0", &json!("")));
    let sender_id = sent["DocId"].as_str().unwrap();
    assert_eq!(sent["receipt"].as_str().unwrap().split('.').count(), 3);

    let rows = received(&nation, "kit.hub").await;
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!(
        (&row["from"], &row["to"], &row["status"]),
        (&json!(HUE), &json!(JUSTICE), &json!("initial"))
    );
    assert_eq!((&row["serviceType"], &row["messageType"]), (&json!("eDoc"), &json!("edoc")));
    assert_eq!(row["created_time"], "2026/11/23 09:00:00");
    let receiver_id = row["docId"].as_str().unwrap();
    let count = called(&nation, "kit.hub", Call::count(Operation::CountReceiveEdoc), b"{}").await;
    assert_eq!(count["count"], 1);

    let fetch = Call::fetch(Operation::GetEdoc, receiver_id).parameter("filePath", "store/");
    let got = called(&nation, "kit.hub", fetch, b"{}").await;
    assert_eq!(code(&got), "0");
    assert_eq!(STANDARD.decode(got["data"].as_str().unwrap()).unwrap(), packet);
    assert_eq!(received(&nation, "kit.hub").await[0]["status"], "processing");
    let load = Call::fetch(Operation::DownloadEdoc, receiver_id);
    let headers = load.headers("kit.hub", SECRET.as_bytes(), nation.now());
    let (status, raw) =
        asked(&nation, ("", "GET", "/axis/downloadEdoc"), &headers, Vec::new()).await;
    assert_eq!(status, Http::OK);
    assert!(raw == packet, "the bytes are those that were sent");

    // Version 2.0.1 says the name twice, in two ways of writing it.
    let done = Call::update(receiver_id, TransportStatus::Done).parameter("docid", receiver_id);
    let done = called(&nation, "kit.hub", done, b"{}").await;
    assert_eq!(code(&done), "0");
    assert!(received(&nation, "kit.hub").await.is_empty());
    let sent =
        called(&nation, "kit.hue", Call::sent(MessageType::Edoc, Some(sender_id)), b"").await;
    let row = &sent["data"][0];
    assert_eq!(
        (&row["senderDocId"], &row["receiverDocId"]),
        (&json!(sender_id), &json!(receiver_id))
    );
    assert_eq!((&row["fromCode"], &row["toCode"]), (&json!(HUE), &json!(JUSTICE)));
    assert_eq!((&row["sendStatus"], &row["receiveStatus"]), (&json!("done"), &json!("done")));
    assert_eq!(row["notation"], "1/UBND-VP");
    let all = called(&nation, "kit.hue", Call::sent(MessageType::Edoc, None), b"").await;
    assert_eq!(all["data"], sent["data"]);
}

#[tokio::test]
async fn a_status_comes_back_by_the_same_way() {
    let nation = nation().await;
    let (call, body) = sending(HUE, &[], &written(&document(HUE, &[JUSTICE], 1), "a"));
    called(&nation, "kit.hue", call, &body).await;
    let packet = status(JUSTICE, HUE, 1, "01");
    let sha256 = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &packet);
    let call = Call::send(MessageType::Status, JUSTICE, &[], sha256.as_ref());
    let sent = called(&nation, "kit.hub", call, &packet).await;
    assert_eq!(code(&sent), "0", "{sent}");
    let count = called(&nation, "kit.hue", Call::count(Operation::CountReceiveStatus), b"").await;
    assert_eq!(count["count"], 1);
    let rows = called(&nation, "kit.hue", Call::received(MessageType::Status), b"").await;
    assert_eq!(rows["data"][0]["messageType"], "status");
    let documents = called(&nation, "kit.hue", Call::received(MessageType::Edoc), b"").await;
    assert_eq!(documents["data"], json!([]));
}

#[tokio::test]
async fn the_same_signed_request_again_does_no_harm() {
    let nation = nation().await;
    let packet = written(&document(HUE, &[JUSTICE, HOME], 1), "a");
    let (call, body) = sending(HUE, &[JUSTICE, HOME], &packet);
    let headers = call.headers("kit.hue", SECRET.as_bytes(), nation.now());
    let mut names = Vec::new();
    for days in [0, 0, 29] {
        nation.pass_seconds(days * 24 * 3_600);
        let to = ("", "POST", "/axis/sendEdoc");
        let (_, heard) = asked(&nation, to, &headers, body.clone()).await;
        let heard: Value = serde_json::from_slice(&heard).unwrap();
        names.push((heard["DocId"].clone(), heard["receipt"].clone()));
    }
    assert!(names.iter().all(|name| *name == names[0] && name.0.is_string()), "{names:?}");
    assert_eq!(received(&nation, "kit.hub").await.len(), 2);
    nation.pass_seconds(2 * 24 * 3_600);
    let (_, heard) = asked(&nation, ("", "POST", "/axis/sendEdoc"), &headers, body).await;
    let heard: Value = serde_json::from_slice(&heard).unwrap();
    assert_eq!(code(&heard), "15", "the window of 30 days is over: {heard}");
}

#[tokio::test]
async fn how_long_a_request_counts_is_for_the_operator_to_say() {
    let nation = nation().await;
    let call = || (Call::received(MessageType::Edoc), Vec::new());
    let old = nation.now() - SignedDuration::from_hours(20);
    let young = nation.now() + SignedDuration::from_hours(20);
    let us = ("kit.hub", SECRET);
    for at in [old, young] {
        assert_eq!(code(&called_at(&nation, us, call(), at).await), "0");
    }
    let by = nation.clerk();
    crate::commands::settings::put(nation.ctx(), &by, ("replay-hours", 2), None).await.unwrap();
    nation.pass_seconds(2);
    for at in [old, young] {
        assert_eq!(code(&called_at(&nation, us, call(), at).await), "15");
    }
    assert_eq!(code(&called_at(&nation, us, call(), nation.now()).await), "0");
}

/// What is asked, and the error code of the answer, in both languages.
async fn refused(nation: &Nation, us: (&str, &str), call: (Call, Vec<u8>), expected: &str) {
    let what = call.0.operation.name();
    let answer = called_at(nation, us, call, nation.now()).await;
    assert_eq!(code(&answer), expected, "{what}: {answer}");
    assert!(answer["ErrorDesc"].as_str().unwrap().contains(" / "), "{what}: {answer}");
}

#[tokio::test]
async fn refusals_of_packets_are_answers_too() {
    let nation = nation().await;
    let packet = written(&document(HUE, &[JUSTICE], 1), "a");
    let sent = |packet: &[u8]| sending(HUE, &[], packet);
    for (system, packet, expected) in [
        ("kit.hub", packet.clone(), "19"),
        ("kit.hue", written(&document("Z99", &[JUSTICE], 4), "a"), "19"),
        ("kit.hue", written(&document(HUE, &["Z99.1"], 2), "a"), "18"),
        ("kit.hue", written(&document(HUE, &[PLANNING], 3), "a"), "23"),
        ("kit.hue", b"<a/>".to_vec(), "22"),
        ("kit.hue", Vec::new(), "22"),
    ] {
        refused(&nation, (system, SECRET), sent(&packet), expected).await;
    }
    let bare = Call::new(Operation::SendEdoc).parameter("messagetype", "edoc");
    let to = sent(&packet).0.parameter("to", "H41");
    for call in [
        (sent(&packet).0, b"another body than its hash".to_vec()),
        (bare, packet.clone()),
        (to, packet.clone()),
    ] {
        refused(&nation, ("kit.hue", SECRET), call, "10").await;
    }
    assert!(received(&nation, "kit.hub").await.is_empty());
}

#[tokio::test]
async fn refusals_of_questions_are_answers_too() {
    let nation = nation().await;
    let none = "11111111-2222-3333-4444-555555555555";
    let list = || Call::received(MessageType::Edoc);
    for us in [("kit.hue", "secret124"), ("kit.nobody", SECRET), ("ki t", SECRET)] {
        refused(&nation, us, (list(), Vec::new()), "15").await;
    }
    let named = |operation, name, value: &str| Call::new(operation).parameter(name, value);
    for (call, expected) in [
        (list().parameter("messagetype", "status"), "15"),
        (named(Operation::GetReceivedEdocList, "messagetype", "note"), "10"),
        (list().parameter("fromDate", "30/02"), "10"),
        (list().parameter("pageSize", "many"), "10"),
        (list().parameter("status", "lost"), "10"),
        (Call::fetch(Operation::GetEdoc, none), "10"),
        (Call::fetch(Operation::DownloadEdoc, "../1"), "10"),
        (Call::new(Operation::DownloadEdoc), "10"),
        (Call::update(none, TransportStatus::Done), "10"),
        (Call::update(none, TransportStatus::Initial), "10"),
        (named(Operation::UpdateStatus, "docId", none), "10"),
        (Call::sent(MessageType::Edoc, Some(none)), "10"),
        (named(Operation::DeleteAgency, "AgencyCode", "H57"), "19"),
        (Call::new(Operation::DeleteAgency), "10"),
    ] {
        refused(&nation, ("kit.hue", SECRET), (call, b"{}".to_vec()), expected).await;
    }
    let new = r#"{"code":"H57.9","name":"Sở"}"#.into();
    let register = (Call::new(Operation::RegisterAgency), new);
    refused(&nation, ("kit.hue", SECRET), register, "19").await;
}

#[tokio::test]
async fn what_is_not_signed_or_says_something_else_is_not_believed() {
    let nation = nation().await;
    let headers = || {
        let call = Call::received(MessageType::Edoc);
        call.headers("kit.hub", SECRET.as_bytes(), nation.now())
    };
    let replaced = |name: &str, value: Option<&str>| {
        let mut all = headers();
        all.retain(|(known, _)| known != name);
        all.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        all
    };
    let table = [
        replaced("XroadVnpt-messagetype", Some("status")),
        replaced("XroadVnpt-messagetype", None),
        replaced("XroadVnpt-sign-header", None),
        replaced("XroadVnpt-sign-header", Some("{}")),
        replaced("XroadVnpt-hash-header", Some("00")),
        replaced("XroadVnpt-systemid", None),
        replaced("XroadVnpt-systemid", Some("kit.hue")),
        replaced("XroadVnpt-timestamp", Some("now")),
        replaced("Content-Type", Some("text/plain")),
        [headers(), vec![("xroadvnpt-systemid".to_owned(), "kit.hue".to_owned())]].concat(),
        Vec::new(),
    ];
    for headers in table {
        let to = ("", "POST", "/axis/getReceivedEdocList");
        let (status, heard) = asked(&nation, to, &headers, Vec::new()).await;
        assert_eq!(status, Http::OK);
        let heard: Value = serde_json::from_slice(&heard).unwrap();
        assert_eq!(code(&heard), "15", "{headers:?}");
    }
}

#[tokio::test]
async fn the_doors_stand_below_axis_and_at_the_root_of_their_own_listener() {
    let nation = nation().await;
    let headers =
        Call::received(MessageType::Edoc).headers("kit.hub", SECRET.as_bytes(), nation.now());
    let doors = [
        ("", "/axis/getReceivedEdocList"),
        ("", "/axis//getReceivedEdocList"),
        ("", "//axis/getReceivedEdocList"),
        ("/axis", "/getReceivedEdocList"),
        ("/axis", "//getReceivedEdocList"),
    ];
    for (under, path) in doors {
        let (status, heard) = asked(&nation, (under, "POST", path), &headers, Vec::new()).await;
        assert_eq!(status, Http::OK, "{under} {path}");
        let heard: Value = serde_json::from_slice(&heard).unwrap();
        assert_eq!(code(&heard), "0");
    }
    let wrong = [
        ("", "GET", "/axis/sendEdoc", Http::METHOD_NOT_ALLOWED),
        ("", "POST", "/axis/downloadEdoc", Http::METHOD_NOT_ALLOWED),
        ("/axis", "GET", "/getReceivedEdocList", Http::METHOD_NOT_ALLOWED),
        ("/axis", "POST", "/axis/getReceivedEdocList", Http::NOT_FOUND),
        ("/axis", "GET", "/tich-hop", Http::NOT_FOUND),
        ("", "POST", "/axis/getreceivededoclist", Http::NOT_FOUND),
    ];
    for (under, method, path, expected) in wrong {
        let (status, _) = asked(&nation, (under, method, path), &headers, Vec::new()).await;
        assert_eq!(status, expected, "{method} {under} {path}");
    }
    let keys = asked(&nation, ("/axis", "GET", "/keys"), &[], Vec::new()).await;
    assert_eq!(keys.0, Http::OK);
}

#[tokio::test]
async fn lists_are_narrowed_and_paged() {
    let nation = nation().await;
    for number in 1..=5 {
        let to = if number == 5 { HOME } else { JUSTICE };
        let (call, body) = sending(HUE, &[], &written(&document(HUE, &[to], number), "a"));
        assert_eq!(code(&called(&nation, "kit.hue", call, &body).await), "0");
        nation.pass_seconds(24 * 3_600);
    }
    let rows = async |parameters: &[(&'static str, &str)]| {
        let call = Call::received(MessageType::Edoc);
        let call = parameters.iter().fold(call, |call, (name, value)| call.parameter(name, *value));
        let answer = called(&nation, "kit.hub", call, b"").await;
        assert_eq!(code(&answer), "0", "{answer}");
        let times = answer["data"].as_array().unwrap().iter();
        times.map(|row| row["created_time"].as_str().unwrap()[5..10].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(rows(&[]).await, ["11/23", "11/24", "11/25", "11/26", "11/27"]);
    assert_eq!(rows(&[("fromDate", "2026/11/25")]).await, ["11/25", "11/26", "11/27"]);
    assert_eq!(rows(&[("toDate", "2026-11-24")]).await, ["11/23", "11/24"]);
    let days = [("fromDate", "24/11/2026"), ("toDate", "24/11/2026")];
    assert_eq!(rows(&days).await, ["11/24"]);
    assert_eq!(rows(&[("fromDate", "2026/11/24 09:00:01")]).await.len(), 3);
    assert_eq!(rows(&[("toDate", "2026/11/24 09:00:00")]).await.len(), 2);
    assert_eq!(rows(&[("pageSize", "2"), ("pageIndex", "1")]).await, ["11/23", "11/24"]);
    assert_eq!(rows(&[("pageSize", "2"), ("pageIndex", "0")]).await, ["11/23", "11/24"]);
    assert_eq!(rows(&[("pageSize", "2"), ("pageIndex", "3")]).await, ["11/27"]);
    assert_eq!(rows(&[("from", HOME)]).await, ["11/27"], "for one of its own agencies");
    assert_eq!(rows(&[("from", HUE_OLD)]).await.len(), 5, "of a sender, by whatever code");
    assert_eq!(rows(&[("from", LANGSON)]).await.len(), 0);
    assert_eq!(rows(&[("status", "done")]).await.len(), 0);
    assert_eq!(rows(&[("status", "initial")]).await.len(), 5);
}

#[tokio::test]
async fn nobody_sees_what_is_others() {
    let nation = nation().await;
    let (call, body) = sending(HUE, &[], &written(&document(HUE, &[JUSTICE], 1), "a"));
    let sent = called(&nation, "kit.hue", call, &body).await;
    nation.connect_with("kit.other", &[LANGSON], SECRET).await;
    let rows = received(&nation, "kit.hub").await;
    let names = [sent["DocId"].as_str().unwrap(), rows[0]["docId"].as_str().unwrap()];
    for name in names {
        for call in [
            Call::fetch(Operation::GetEdoc, name),
            Call::update(name, TransportStatus::Done),
            Call::sent(MessageType::Edoc, Some(name)),
        ] {
            assert_eq!(code(&called(&nation, "kit.other", call, b"{}").await), "10");
        }
    }
    // The sender looks at what it sent, and takes nothing over for the recipient.
    let own = called(&nation, "kit.hue", Call::fetch(Operation::GetEdoc, names[0]), b"{}").await;
    assert_eq!(code(&own), "0");
    let done =
        called(&nation, "kit.hue", Call::update(names[0], TransportStatus::Done), b"{}").await;
    assert_eq!(code(&done), "10");
    assert_eq!(received(&nation, "kit.hub").await[0]["status"], "initial");
}

#[tokio::test]
async fn a_code_that_the_catalogue_does_not_know_takes_part_once_a_system_speaks_for_it() {
    let nation = nation().await;
    nation.connect_with("kit.saas", &["vxp.saas.02", "28.22.H17"], SECRET).await;
    let packet = written(&document("vxp.saas.02", &[JUSTICE], 1), "a");
    let (call, body) = sending("vxp.saas.02", &[], &packet);
    assert_eq!(code(&called(&nation, "kit.saas", call, &body).await), "0");
    let packet = written(&document(HUE, &["28.22.h17"], 2), "a");
    let (call, body) = sending(HUE, &[], &packet);
    assert_eq!(code(&called(&nation, "kit.hue", call, &body).await), "0");
    assert_eq!(received(&nation, "kit.saas").await.len(), 1);
    let agencies = called(&nation, "kit.hue", Call::new(Operation::GetAgenciesList), b"").await;
    let codes =
        agencies["data"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap());
    let codes: Vec<&str> = codes.collect();
    assert!(codes.contains(&"vxp.saas.02") && codes.contains(&JUSTICE), "{codes:?}");
    assert!(!codes.contains(&PLANNING), "it ended");
}

#[tokio::test]
async fn what_waited_for_a_way_finds_it_when_a_system_comes() {
    let nation = nation().await;
    let (call, body) = sending(HUE, &[], &written(&document(HUE, &[LANGSON], 1), "a"));
    let sent = called(&nation, "kit.hue", call, &body).await;
    assert_eq!(code(&sent), "0");
    assert!(sent["ErrorDesc"].as_str().unwrap().contains(LANGSON), "{sent}");
    nation.connect_with("kit.langson", &[LANGSON], SECRET).await;
    assert_eq!(received(&nation, "kit.langson").await.len(), 1);
}

#[tokio::test]
async fn a_recalled_packet_is_fetched_no_more() {
    let nation = nation().await;
    let (call, body) = sending(HUE, &[], &written(&document(HUE, &[JUSTICE], 1), "a"));
    called(&nation, "kit.hue", call, &body).await;
    let row = received(&nation, "kit.hub").await.remove(0);
    let recall = with_business(document(HUE, &[JUSTICE], 1), wire::edxml::BusinessKind::Recall);
    let (call, body) = sending(HUE, &[], &written(&recall, "a"));
    assert_eq!(code(&called(&nation, "kit.hue", call, &body).await), "0");
    let call = Call::fetch(Operation::GetEdoc, row["docId"].as_str().unwrap());
    assert_eq!(code(&called(&nation, "kit.hub", call, b"{}").await), "10");
}

#[tokio::test]
async fn wrong_proofs_are_slowed_down_where_they_come_from() {
    let nation = nation().await;
    let list = || (Call::received(MessageType::Edoc), Vec::new());
    let mut last = Value::Null;
    for _ in 0..12 {
        last = called_at(&nation, ("kit.hub", "guess-guess"), list(), nation.now()).await;
        assert_eq!(code(&last), "15");
    }
    assert!(last["ErrorDesc"].as_str().unwrap().contains("Try again in"), "{last}");
    // Also with the right one, or guesses would be free; and no other system is shut out.
    let right = called_at(&nation, ("kit.hub", SECRET), list(), nation.now()).await;
    assert_eq!(code(&right), "15");
    assert_eq!(code(&called_at(&nation, ("kit.hue", SECRET), list(), nation.now()).await), "0");
    nation.pass_seconds(60);
    let right = called_at(&nation, ("kit.hub", SECRET), list(), nation.now()).await;
    assert_eq!(code(&right), "0");
}

#[tokio::test]
async fn changes_of_a_system_are_noticed_at_once() {
    let nation = nation().await;
    let (ctx, scribe, id) = (nation.ctx(), nation.clerk(), SystemId::parse("kit.hub").unwrap());
    let with = async |secret: &str| {
        let list = (Call::received(MessageType::Edoc), Vec::new());
        let answer = called_at(&nation, ("kit.hub", secret), list, nation.now()).await;
        code(&answer).to_owned()
    };
    assert_eq!(with(SECRET).await, "0");
    systems::suspend(ctx, &scribe, id.clone(), true).await.unwrap();
    assert_eq!(with(SECRET).await, "15");
    systems::suspend(ctx, &scribe, id.clone(), false).await.unwrap();
    assert_eq!(with(SECRET).await, "0");
    let given = Some(Secret::given("another-secret").unwrap());
    systems::renew_secret(ctx, &scribe, id.clone(), (given, 1)).await.unwrap();
    assert_eq!((with(SECRET).await.as_str(), with("another-secret").await.as_str()), ("0", "0"));
    nation.pass_seconds(3_601);
    assert_eq!((with(SECRET).await.as_str(), with("another-secret").await.as_str()), ("15", "0"));
    let made = systems::renew_secret(ctx, &scribe, id, (None, 0)).await.unwrap();
    assert_eq!(made.text().len(), 64);
    assert_eq!(
        (with("another-secret").await.as_str(), with(made.text()).await.as_str()),
        ("15", "0")
    );
    // What another process changes is noticed a second later.
    const SHUT: &str = "UPDATE axis_system SET suspended_at = 1, version = version + 1";
    nation.write(|tx, _| Ok(tx.execute(SHUT, &[])?)).await.unwrap();
    nation.pass_seconds(1);
    assert_eq!(with(made.text()).await, "15");
}

#[tokio::test]
async fn a_secret_stands_nowhere_in_the_open() {
    let nation = nation().await;
    let row = nation
        .read(|tx| tx.one::<(Vec<u8>,)>("SELECT secret FROM axis_system WHERE id = 'kit.hub'", &[]))
        .await
        .0;
    assert!(!row.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()));
    let log = format!("{:?}", nation.log().await);
    assert!(log.contains("axis.system-add") && !log.contains(SECRET));
}

#[tokio::test]
async fn the_page_for_integrators_has_an_example_that_holds() {
    let nation = nation().await;
    for (path, heading) in [("/tich-hop", "Ví dụ"), ("/tich-hop?lang=en", "An example")] {
        let page: Heard = nation.house.get(path).await;
        assert_eq!(page.status, Http::OK);
        assert!(page.has(heading), "{path}");
        let unescaped =
            page.text.replace("&#34;", "\"").replace("&quot;", "\"").replace("&#39;", "'");
        let request = unescaped.split("POST /axis/getReceivedEdocList HTTP/1.1\n").nth(1).unwrap();
        let request = request.split("</code>").next().unwrap();
        let headers: Vec<(&str, &str)> =
            request.lines().filter_map(|line| line.split_once(": ")).collect();
        let collected = wire::vxp::Request::collect(headers).unwrap();
        let proved = collected.prove(b"khoa-bi-mat-cua-vi-du").unwrap();
        assert_eq!(proved.get("messagetype"), Some("edoc"));
        for operation in Operation::ALL {
            assert!(page.has(&format!("/{}", operation.name())), "{}", operation.name());
        }
        assert!(page.has("http://localhost/axis/"));
    }
    let described = nation.house.get("/axis/openapi").await;
    let described: Value = serde_json::from_str(&described.text).unwrap();
    let paths = described["paths"].as_object().unwrap();
    for operation in Operation::ALL {
        let item = &paths[&format!("/axis/{}", operation.name())];
        assert_eq!(item.get("post").is_some(), operation.takes("POST"), "{item}");
        assert_eq!(item.get("get").is_some(), operation.takes("GET"), "{item}");
    }
}

#[tokio::test]
async fn the_hash_is_taken_in_both_ways_of_writing_it() {
    let nation = nation().await;
    let packet = written(&document(HUE, &[JUSTICE], 1), "a");
    let sha256 = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &packet);
    for hash in [file::padded(sha256.as_ref()), file::unpadded(sha256.as_ref())] {
        let call = Call::new(Operation::SendEdoc)
            .parameter("messagetype", "edoc")
            .parameter("hash-file", hash);
        for body in [packet.clone(), [&packet[..], b"\r\n"].concat()] {
            let sent = called(&nation, "kit.hue", call.clone(), &body).await;
            assert_eq!(code(&sent), "0", "{sent}");
        }
    }
    assert_eq!(nation.waiting("kit.hub", Kind::Document).await.len(), 1);
}

#[tokio::test]
async fn many_ask_and_send_at_the_same_time() {
    let nation = std::sync::Arc::new(nation().await);
    let mut all = Vec::new();
    for number in 1..=40 {
        let nation = nation.clone();
        all.push(tokio::spawn(async move {
            let packet = written(&document(HUE, &[JUSTICE], number % 20 + 1), "a");
            let (call, body) = sending(HUE, &[], &packet);
            let sent = called(&nation, "kit.hue", call, &body).await;
            assert_eq!(code(&sent), "0", "{sent}");
        }));
    }
    for one in all {
        one.await.unwrap();
    }
    assert_eq!(received(&nation, "kit.hub").await.len(), 20);
    let seen = nation.read(queries::systems).await;
    assert!(seen.iter().any(|(system, _)| system.seen_at.is_some()));
}
