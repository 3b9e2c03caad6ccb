//! The kit for .NET as programs in the field use it: they write the parameters themselves, and it
//! adds the proof and the hash of the file.

use serde_json::{Value, json};
use wire::vxp::{Call, Operation, file};

use super::kit::{called, nation};
use super::nation::*;
use crate::Kind;

/// Sends a file with these parameters and no others.
async fn sent(
    nation: &Nation,
    system: &str,
    parameters: &[(&'static str, &str)],
    packet: &[u8],
) -> Value {
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, packet);
    let call = Call::new(Operation::SendEdoc).parameter("hash-file", file::padded(hash.as_ref()));
    called(nation, system, with(call, parameters), packet).await
}

fn with(call: Call, parameters: &[(&'static str, &str)]) -> Call {
    parameters.iter().fold(call, |call, (name, value)| call.parameter(name, *value))
}

async fn asked(
    nation: &Nation,
    system: &str,
    operation: Operation,
    parameters: &[(&'static str, &str)],
) -> Value {
    let answer = called(nation, system, with(Call::new(operation), parameters), b"{}").await;
    assert_eq!(answer["status"], "OK", "{answer}");
    answer
}

/// The docId of each row.
fn ids(answer: &Value) -> Vec<String> {
    let rows = answer["data"].as_array().unwrap();
    rows.iter().map(|row| row["docId"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_service_may_be_written_in_any_way_or_not_at_all() {
    let nation = nation().await;
    let ways = [Some("edoc"), Some("eDoc"), Some("EDOC"), None];
    for (number, service) in (1..).zip(ways) {
        let packet = written(&document(HUE, &[JUSTICE], number), "text");
        let kind = if number == 2 { "eDoc" } else { "edoc" };
        let mut said = vec![("messagetype", kind), ("from", HUE)];
        said.extend(service.map(|service| ("servicetype", service)));
        let answer = sent(&nation, "kit.hue", &said, &packet).await;
        assert_eq!(answer["status"], "OK", "{service:?}: {answer}");
    }
    for service in ways {
        let mut said = vec![("messagetype", "edoc")];
        said.extend(service.map(|service| ("servicetype", service)));
        let came = asked(&nation, "kit.hub", Operation::GetReceivedEdocList, &said).await;
        assert_eq!(ids(&came).len(), 4, "{service:?}");
        let went = asked(&nation, "kit.hue", Operation::GetSentEdocList, &said).await;
        assert_eq!(went["data"].as_array().unwrap().len(), 4, "{service:?}");
    }
}

#[tokio::test]
async fn recipients_are_a_json_list_as_it_is() {
    let nation = nation().await;
    let packet = written(&document(HUE, &[DANANG], 1), "text");
    let to = json!([JUSTICE, HOME]).to_string();
    let said = [("messagetype", "edoc"), ("servicetype", "edoc"), ("from", HUE), ("to", &to)];
    let answer = sent(&nation, "kit.hue", &said, &packet).await;
    assert_eq!(answer["status"], "OK", "{answer}");
    let came = asked(&nation, "kit.hub", Operation::GetReceivedEdocList, &[]).await;
    let mut to: Vec<&str> =
        came["data"].as_array().unwrap().iter().map(|row| row["to"].as_str().unwrap()).collect();
    to.sort_unstable();
    assert_eq!(to, [HOME, JUSTICE], "and not those of the packet");
    assert_eq!(nation.told().await, []);
}

#[tokio::test]
async fn a_status_says_what_it_is_and_from_whom_and_no_more() {
    let nation = nation().await;
    nation.send("sys.H57", &written(&document(HUE, &[JUSTICE], 1), "text")).await.unwrap();
    let word = status(JUSTICE, HUE, 1, "01");
    let said = [("messagetype", "status"), ("from", JUSTICE)];
    let answer = sent(&nation, "kit.hub", &said, &word).await;
    assert_eq!(answer["status"], "OK", "{answer}");
    assert_eq!(nation.waiting("kit.hue", Kind::Status).await.len(), 1);
    let kind = [("messagetype", "status")];
    let came = asked(&nation, "kit.hue", Operation::GetReceivedEdocList, &kind).await;
    assert_eq!(ids(&came).len(), 1);
}

#[tokio::test]
async fn what_was_fetched_by_one_name_is_acknowledged_by_the_same() {
    let nation = nation().await;
    nation.send("sys.H57", &written(&document(HUE, &[JUSTICE], 1), "text")).await.unwrap();
    let kind = [("messagetype", "edoc")];
    let came = asked(&nation, "kit.hub", Operation::GetReceivedEdocList, &kind).await;
    let id = ids(&came).remove(0);
    let fetch = [("docId", id.as_str()), ("filePath", "C:\\xroad/1")];
    asked(&nation, "kit.hub", Operation::GetEdoc, &fetch).await;
    for state in ["processing", "done"] {
        let told = [("docId", id.as_str()), ("status", state)];
        asked(&nation, "kit.hub", Operation::UpdateStatus, &told).await;
    }
    let left = asked(&nation, "kit.hub", Operation::GetReceivedEdocList, &kind).await;
    assert_eq!(ids(&left), Vec::<String>::new());
}

#[tokio::test]
async fn dates_are_written_with_the_day_first() {
    let nation = nation().await;
    nation.send("sys.H57", &written(&document(HUE, &[JUSTICE], 1), "text")).await.unwrap();
    let count = async |from: &str, to: &str| {
        let said = [("messagetype", "edoc"), ("fromDate", from), ("toDate", to)];
        ids(&asked(&nation, "kit.hub", Operation::GetReceivedEdocList, &said).await).len()
    };
    // It is 9:00 on 23 November 2026.
    assert_eq!(count("01/01/2020 00:00:00", "31/12/2026 00:00:00").await, 1);
    assert_eq!(count("12/11/2026 00:00:00", "23/11/2026 09:00:00").await, 1);
    assert_eq!(count("11/12/2026 00:00:00", "31/12/2026 00:00:00").await, 0, "the day is first");
    assert_eq!(count("01/01/2020 00:00:00", "22/11/2026 23:59:59").await, 0);
    // A day that is none is said to be none, and not taken for another.
    let said = [("messagetype", "edoc"), ("toDate", "29/02/2022 00:00:00")];
    let call = with(Call::new(Operation::GetReceivedEdocList), &said);
    let answer = called(&nation, "kit.hub", call, b"{}").await;
    assert_eq!(answer["status"], "FAIL");
    assert!(answer["ErrorDesc"].as_str().unwrap().contains("toDate"), "{answer}");
}
