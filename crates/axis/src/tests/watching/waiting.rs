//! A question that waits, and the stream of what happens.

use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use futures_util::StreamExt;
use platform::web::Caller;
use serde_json::Value;
use wire::vxp::{Call, MessageType, TransportStatus};

use super::super::kit::{self, SECRET, asked};
use super::super::nation::*;

async fn wait(nation: &Nation, system: &str, parameters: &[(&'static str, &str)]) -> Value {
    let mut call = Call::received(MessageType::Edoc);
    for (name, value) in parameters {
        call = call.parameter(name, *value);
    }
    let headers = call.headers(system, SECRET.as_bytes(), nation.now());
    let (_, heard) = asked(nation, ("", "POST", "/axis/wait"), &headers, Vec::new()).await;
    serde_json::from_slice(&heard).unwrap()
}

fn ids(answer: &Value) -> Vec<String> {
    assert_eq!(answer["status"], "OK", "{answer}");
    let rows = answer["data"].as_array().unwrap();
    rows.iter().map(|row| row["docId"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_answered_at_once_and_only_to_its_receiver() {
    let nation = kit::nation().await;
    let packet = written(&document(HUE, &[JUSTICE, LANGSON], 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    let delivery = accepted.deliveries[0].to_string();
    let answer = wait(&nation, "kit.hub", &[("timeout", "20")]).await;
    assert_eq!(ids(&answer), std::slice::from_ref(&delivery));
    let told = &answer["data"][0];
    assert_eq!((&told["event"], &told["messageType"]), (&"arrived".into(), &"edoc".into()));
    assert_eq!((&told["to"], &told["sizeBytes"]), (&JUSTICE.into(), &packet.len().into()));
    assert_eq!(answer["next"], delivery, "where the next question goes on");
    let rest = wait(&nation, "kit.hub", &[("timeout", "0"), ("after", &delivery)]).await;
    assert_eq!(ids(&rest), Vec::<String>::new(), "seen already");
    let sender = wait(&nation, "kit.hue", &[("timeout", "0")]).await;
    assert_eq!(ids(&sender), Vec::<String>::new(), "not the sender's");
    nation.say(accepted.deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    let done = wait(&nation, "kit.hub", &[("timeout", "0")]).await;
    assert_eq!(ids(&done), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_question_is_answered_when_something_comes() {
    let nation = kit::nation().await;
    let packet = written(&document(HUE, &[JUSTICE], 1), "text");
    let begun = std::time::Instant::now();
    let (answer, accepted) = tokio::join!(wait(&nation, "kit.hub", &[("timeout", "30")]), async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        nation.send("sys.H57", &packet).await.unwrap()
    });
    assert_eq!(ids(&answer), [accepted.deliveries[0].to_string()]);
    assert!(begun.elapsed() < Duration::from_secs(15), "it did not wait for its end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_without_proof_or_with_nonsense_gets_a_reason() {
    let nation = kit::nation().await;
    let call = Call::received(MessageType::Edoc);
    let headers = call.headers("kit.hub", b"another secret", nation.now());
    for (method, path) in [("POST", "/axis/wait"), ("GET", "/axis/events")] {
        let (status, heard) = asked(&nation, ("", method, path), &headers, Vec::new()).await;
        let answer: Value = serde_json::from_slice(&heard).unwrap();
        assert_eq!((status.as_u16(), answer["ErrorCode"].as_str()), (200, Some("15")), "{path}");
    }
    let wrong =
        [("timeout", "soon"), ("after", "x"), ("messagetype", "letter"), ("topics", "weather")];
    for parameter in wrong {
        let answer = wait(&nation, "kit.hub", &[parameter]).await;
        assert_eq!(answer["status"], "FAIL", "{parameter:?}");
    }
}

/// Reads a stream until it has said this many things, or is silent for long.
async fn heard(nation: &Nation, system: &str, (last, count): (Option<&str>, usize)) -> Vec<String> {
    let call = Call::received(MessageType::Edoc);
    let mut request = Request::builder().method("GET").uri("/axis/events");
    for (name, value) in call.headers(system, SECRET.as_bytes(), nation.now()) {
        request = request.header(name, value.as_bytes());
    }
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let request = request.body(Body::empty()).unwrap();
    let answer = nation.house.site.clone().answer(request, Caller::local()).await;
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let (mut stream, mut text) = (answer.into_body().into_data_stream(), String::new());
    let mut said = Vec::new();
    while said.len() < count {
        let piece = tokio::time::timeout(Duration::from_secs(5), stream.next()).await;
        let Ok(Some(Ok(piece))) = piece else { break };
        text.push_str(std::str::from_utf8(&piece).unwrap());
        said = text.split("\n\n").filter(|one| one.contains("data:")).map(str::to_owned).collect();
        if !text.ends_with("\n\n") {
            said.pop();
        }
    }
    said
}

fn line<'e>(event: &'e str, name: &str) -> &'e str {
    let found = event.lines().find_map(|line| line.strip_prefix(name));
    found.map(str::trim).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_tells_what_happens_and_goes_on_where_it_broke_off() {
    let nation = kit::nation().await;
    let packet = written(&document(HUE, &[JUSTICE, DANANG], 1), "text");
    let (events, accepted) = tokio::join!(heard(&nation, "kit.hub", (None, 2)), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        nation.pass_seconds(1);
        let accepted = nation.send("sys.H57", &packet).await.unwrap();
        nation.pass_seconds(1);
        nation.fetch(accepted.deliveries[0]).await.unwrap();
        nation.pass_seconds(3);
        accepted
    });
    let kinds: Vec<&str> = events.iter().map(|event| line(event, "event:")).collect();
    assert_eq!(kinds, ["arrived", "fetched"], "{events:?}");
    let said: Value = serde_json::from_str(line(&events[0], "data:")).unwrap();
    assert_eq!(said["docId"], accepted.deliveries[0].to_string());
    assert_eq!(said["to"], JUSTICE, "of the recipients only its own");
    let last = line(&events[0], "id:").to_owned();
    let again = heard(&nation, "kit.hub", (Some(&last), 1)).await;
    assert_eq!(line(&again[0], "event:"), "fetched", "{again:?}");
    let sender = heard(&nation, "kit.hue", (Some("00000000-0000-0000-0000-000000000001"), 2)).await;
    let kinds: Vec<&str> = sender.iter().map(|event| line(event, "event:")).collect();
    assert_eq!(kinds, ["accepted", "fetched"], "{sender:?}");
    let said: Value = serde_json::from_str(line(&sender[0], "data:")).unwrap();
    assert_eq!(said["docId"], accepted.packet.to_string(), "the sender's own name of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_with_topics_tells_the_sender_and_goes_on_where_it_ended() {
    let nation = kit::nation().await;
    let ask = async |after: &str| {
        let parameters = [("timeout", "0"), ("topics", "delivered,troubles"), ("after", after)];
        wait(&nation, "kit.hue", &parameters).await
    };
    let begin = ask("").await;
    assert_eq!(ids(&begin), Vec::<String>::new());
    let packet = written(&document(HUE, &[JUSTICE, LANGSON], 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    nation.pass_seconds(1);
    nation.say(accepted.deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    let soon = ask(begin["next"].as_str().unwrap()).await;
    assert_eq!(ids(&soon), Vec::<String>::new(), "not before it is settled");
    nation.pass_seconds(3);
    let told = ask(begin["next"].as_str().unwrap()).await;
    let id = accepted.packet.to_string();
    assert_eq!(ids(&told), [id.clone(), id]);
    let kinds: Vec<&str> =
        told["data"].as_array().unwrap().iter().map(|one| one["event"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["stranded", "done"]);
    let rest = ask(told["next"].as_str().unwrap()).await;
    assert_eq!(ids(&rest), Vec::<String>::new(), "told already");
    let receiver = [("timeout", "0"), ("topics", "delivered,troubles,documents")];
    let after = begin["next"].as_str().unwrap();
    let answer = wait(&nation, "kit.hub", &[receiver[0], receiver[1], ("after", after)]).await;
    assert_eq!(ids(&answer), [accepted.deliveries[0].to_string()], "what arrived, and no more");
}
