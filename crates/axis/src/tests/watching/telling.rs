//! Webhooks: called at once, signed, called again, given up, resumed.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use http::{HeaderMap, StatusCode};
use platform::jobs;
use serde_json::Value;
use wire::vxp::TransportStatus;

use super::super::nation::*;
use super::{scribe, verbs};
use crate::commands::webhooks::NewWebhook;
use crate::commands::{settling, webhooks};
use crate::news::Topic;
use crate::queries;
use crate::store::webhooks as store;
use crate::trace::What;
use crate::watch_fault::WatchFault;
use crate::webhook::{RECEIPT, SIGNATURE, TIMESTAMP, WebhookState, signature};
use crate::work::TaskKind;

/// What a system of an agency heard, and how it answers.
#[derive(Clone, Default)]
struct Ear {
    heard: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    deaf: Arc<Mutex<bool>>,
}

impl Ear {
    async fn open() -> (Ear, SocketAddr) {
        let ear = Ear::default();
        let router = Router::new().route("/told", post(hear)).with_state(ear.clone());
        let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(socket, router).await.unwrap() });
        (ear, address)
    }

    fn take(&self) -> Vec<(HeaderMap, Bytes)> {
        std::mem::take(&mut *self.heard.lock().unwrap())
    }

    fn be_deaf(&self, deaf: bool) {
        *self.deaf.lock().unwrap() = deaf;
    }
}

async fn hear(State(ear): State<Ear>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if *ear.deaf.lock().unwrap() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    ear.heard.lock().unwrap().push((headers, body));
    StatusCode::NO_CONTENT
}

/// One turn of the job that has systems called, and what it put in.
async fn tell(nation: &Nation) {
    webhooks::dispatch(nation.ctx()).await.unwrap();
    let kinds = crate::watch_jobs::kinds();
    let ran = jobs::run_due(nation.ctx(), &kinds).await.unwrap();
    assert_eq!(ran.failed, []);
}

/// Told what arrives, as it is usual.
fn at(address: &str) -> NewWebhook {
    let topics = [Topic::Documents, Topic::Statuses].into();
    NewWebhook { address: address.to_owned(), inside: true, topics }
}

/// Each call that was heard, as JSON.
fn said(ear: &Ear) -> Vec<Value> {
    ear.take().iter().map(|(_, body)| serde_json::from_slice(body).unwrap()).collect()
}

fn events(call: &Value) -> Vec<(String, String)> {
    let text = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
    let all = call["events"].as_array().unwrap();
    all.iter().map(|one| (text(one, "event"), text(one, "docId"))).collect()
}

async fn state(nation: &Nation, system: &'static str) -> (WebhookState, i64) {
    let found = nation.read(move |tx| store::one(tx, system)).await.unwrap();
    (found.state, found.attempts)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_is_told_of_what_arrived_signed_and_with_a_receipt() {
    let nation = Nation::new().await;
    let (ear, address) = Ear::open().await;
    let url = format!("http://{address}/told");
    let set = webhooks::put(nation.ctx(), &scribe(&nation), "sys.hub", at(&url)).await;
    let secret = set.unwrap().expect("the first time there is a secret");
    let packet = written(&document(HUE, &[JUSTICE, DANANG], 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    tell(&nation).await;

    let heard = ear.take();
    assert_eq!(heard.len(), 1);
    let (headers, body) = &heard[0];
    let said: Value = serde_json::from_slice(body).unwrap();
    assert_eq!(said["system"], "sys.hub");
    assert_eq!(said["more"], false);
    let told = said["events"].as_array().unwrap();
    assert_eq!(told.len(), 1, "the desk in Đà Nẵng is told by a job, not by this system");
    assert_eq!(told[0]["docId"], accepted.deliveries[0].to_string());
    assert_eq!((&told[0]["from"], &told[0]["to"]), (&HUE.into(), &JUSTICE.into()));
    assert_eq!(told[0]["sha256"], nation.packet(accepted.packet).await.sha256);
    assert!(!said.to_string().contains("báo cáo"), "nothing of what the document says");

    let at: i64 = headers[TIMESTAMP].to_str().unwrap().parse().unwrap();
    let at = jiff::Timestamp::from_second(at).unwrap();
    assert_eq!(headers[SIGNATURE].to_str().unwrap(), signature(secret.as_bytes(), at, body));
    let receipt = headers[RECEIPT].to_str().unwrap();
    let claim = receipt.split('.').nth(1).unwrap();
    let engine = &base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let claim: Value =
        serde_json::from_slice(&base64::Engine::decode(engine, claim).unwrap()).unwrap();
    assert_eq!(claim["type"], "pushed");
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, body);
    assert_eq!(claim["sha256"], wire::vxp::file::padded(hash.as_ref()));

    assert!(nation.trace(accepted.packet).await.iter().any(|(what, _)| *what == What::Notified));
    tell(&nation).await;
    assert_eq!(ear.take().len(), 0, "told once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_fetched_or_called_back_meanwhile_is_not_told() {
    let nation = Nation::new().await;
    let (ear, address) = Ear::open().await;
    let url = format!("http://{address}/told");
    webhooks::put(nation.ctx(), &scribe(&nation), "sys.hub", at(&url)).await.unwrap();
    let first = document(HUE, &[JUSTICE], 1);
    let fetched = nation.send("sys.H57", &written(&first, "1")).await.unwrap();
    nation.fetch(fetched.deliveries[0]).await.unwrap();
    nation.send("sys.H57", &written(&document(HUE, &[JUSTICE], 2), "2")).await.unwrap();
    nation.send("sys.H57", &status(HUE, JUSTICE, 2, "13")).await.unwrap();
    let third = nation.send("sys.H57", &written(&document(HUE, &[HOME], 3), "3")).await.unwrap();
    tell(&nation).await;
    let heard = ear.take();
    let said: Value = serde_json::from_slice(&heard[0].1).unwrap();
    let ids: Vec<&str> = said["events"].as_array().unwrap().iter().map(id_of).collect();
    assert!(ids.contains(&third.deliveries[0].to_string().as_str()), "{ids:?}");
    assert!(!ids.contains(&fetched.deliveries[0].to_string().as_str()), "{ids:?}");
    for id in ids {
        let id = crate::DeliveryId::parse(id).unwrap();
        assert!(nation.delivery(id).await.recalled_at.is_none(), "called back");
    }
}

fn id_of(value: &Value) -> &str {
    value["docId"].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn five_calls_in_vain_put_it_on_the_work_list_and_sending_again_begins_anew() {
    let nation = Nation::new().await;
    let (ear, address) = Ear::open().await;
    let url = format!("http://{address}/told");
    webhooks::put(nation.ctx(), &scribe(&nation), "sys.hub", at(&url)).await.unwrap();
    ear.be_deaf(true);
    nation.send("sys.H57", &written(&document(HUE, &[JUSTICE], 1), "1")).await.unwrap();
    tell(&nation).await;
    assert_eq!(state(&nation, "sys.hub").await, (WebhookState::Active, 1));
    for (pause, tries) in [(30, 2), (60, 3), (120, 4)] {
        nation.pass_seconds(pause - 1);
        tell(&nation).await;
        assert_eq!(state(&nation, "sys.hub").await.1, tries - 1, "not before its time");
        nation.pass_seconds(1);
        tell(&nation).await;
        assert_eq!(state(&nation, "sys.hub").await, (WebhookState::Active, tries));
    }
    nation.pass_seconds(240);
    tell(&nation).await;
    assert_eq!(state(&nation, "sys.hub").await, (WebhookState::Dead, 5));
    let tasks = nation.read(|tx| queries::tasks(tx, 10)).await;
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0].kind, TaskKind::WebhookDead);
    assert_eq!(tasks[0].detail, "it answered 503");
    assert_eq!(verbs(&nation, "axis.webhook-dead").await, 1);

    ear.be_deaf(false);
    tell(&nation).await;
    assert_eq!(ear.take().len(), 0, "dead is dead until a person says otherwise");
    settling::resend(nation.ctx(), &scribe(&nation), (tasks[0].id, "")).await.unwrap();
    tell(&nation).await;
    assert_eq!(ear.take().len(), 1);
    assert_eq!(state(&nation, "sys.hub").await, (WebhookState::Active, 0));
    assert_eq!(nation.read(|tx| queries::tasks(tx, 10)).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_webhook_is_silent_and_an_address_inside_is_never_reached() {
    let nation = Nation::new().await;
    let (ear, address) = Ear::open().await;
    let url = format!("http://{address}/told");
    let by = scribe(&nation);
    webhooks::put(nation.ctx(), &by, "sys.hub", at(&url)).await.unwrap();
    nation.send("sys.H57", &written(&document(HUE, &[JUSTICE], 1), "1")).await.unwrap();
    webhooks::stop(nation.ctx(), &by, "sys.hub").await.unwrap();
    nation.send("sys.H57", &written(&document(HUE, &[JUSTICE], 2), "2")).await.unwrap();
    tell(&nation).await;
    assert_eq!(ear.take().len(), 0);
    let queued = nation.count("SELECT COUNT(*) FROM axis_push").await;
    assert_eq!(queued, 0);
    assert_eq!(verbs(&nation, "axis.stop-webhook").await, 1);

    // What waits already is told first.
    webhooks::put(nation.ctx(), &by, "sys.hub", at(&url)).await.unwrap();
    tell(&nation).await;
    let said: Value = serde_json::from_slice(&ear.take()[0].1).unwrap();
    assert_eq!(said["events"].as_array().unwrap().len(), 2);

    // As if an administrator's row were changed behind our back: what leads inside is not called.
    nation
        .write(|tx, _| {
            Ok(tx.execute("UPDATE axis_webhook SET inside = $1", &[&false]).map(drop)?)
        })
        .await
        .unwrap();
    nation.send("sys.H57", &written(&document(HUE, &[JUSTICE], 3), "3")).await.unwrap();
    tell(&nation).await;
    assert_eq!(ear.take().len(), 0);
    assert_eq!(state(&nation, "sys.hub").await, (WebhookState::Active, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sets_a_webhook_for_a_system_that_is_not_there() {
    let nation = Nation::new().await;
    let by = scribe(&nation);
    let asked = |address: &str| NewWebhook { inside: false, ..at(address) };
    let none = webhooks::put(nation.ctx(), &by, "sys.none", asked("https://example.vn/")).await;
    assert!(matches!(none, Err(crate::Refusal::Nothing)));
    let wrong = webhooks::put(nation.ctx(), &by, "sys.hub", asked("https://10.0.0.1/")).await;
    assert!(matches!(wrong, Err(crate::Refusal::Watch(_))));
    assert_eq!(verbs(&nation, "axis.set-webhook").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_is_told_what_it_chose_of_what_became_of_its_packets() {
    let nation = Nation::new().await;
    let (ear, address) = Ear::open().await;
    let url = format!("http://{address}/told");
    let by = scribe(&nation);
    let topics = [Topic::Statuses, Topic::Delivered, Topic::Troubles].into();
    let asked = NewWebhook { topics, ..at(&url) };
    webhooks::put(nation.ctx(), &by, "sys.H57", asked).await.unwrap();
    let packet = written(&document(HUE, &[JUSTICE, HOME, LANGSON], 1), "text");
    let accepted = nation.send("sys.H57", &packet).await.unwrap();
    nation.fetch(accepted.deliveries[0]).await.unwrap();
    nation.say(accepted.deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    nation.say(accepted.deliveries[1], (TransportStatus::Fail, "đầy đĩa")).await.unwrap();
    let word = nation.send("sys.hub", &status(JUSTICE, HUE, 1, "03")).await.unwrap();
    // What it did not choose, and what is about packets of others.
    nation.send("sys.hub", &written(&document(JUSTICE, &[HUE], 1), "to Huế")).await.unwrap();
    tell(&nation).await;
    let calls = said(&ear);
    assert_eq!(calls.len(), 1);
    let id = accepted.packet.to_string();
    let expected = [
        ("stranded", id.clone()),
        ("fetched", id.clone()),
        ("done", id.clone()),
        ("failed", id),
        ("arrived", word.deliveries[0].to_string()),
    ];
    assert_eq!(events(&calls[0]), expected.map(|(event, id)| (event.to_owned(), id)));
    let all = calls[0]["events"].as_array().unwrap();
    assert_eq!((&all[0]["to"], &all[3]["to"]), (&LANGSON.into(), &HOME.into()));
    assert_eq!(all[3]["detail"], "đầy đĩa");
    assert_eq!((&all[4]["statusCode"], &all[4]["messageType"]), (&"03".into(), &"status".into()));
    assert_eq!(all[0]["statusCode"], Value::Null, "a document has none");
    tell(&nation).await;
    assert_eq!(ear.take().len(), 0, "told once");
    let counted = "SELECT COUNT(*) FROM axis_push_station";
    assert_eq!(nation.count(counted).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_hears_of_the_packets_of_others_and_without_a_webhook_nothing_is_queued() {
    let nation = Nation::new().await;
    let queued = "SELECT (SELECT COUNT(*) FROM axis_push)
        + (SELECT COUNT(*) FROM axis_push_station)";
    let send = async |number| {
        let packet = written(&document(HUE, &[JUSTICE, LANGSON], number), "text");
        let accepted = nation.send("sys.H57", &packet).await.unwrap();
        nation.say(accepted.deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    };
    send(1).await;
    assert_eq!(nation.count(queued).await, 0, "there is no webhook");
    let (ear, address) = Ear::open().await;
    let asked = NewWebhook { topics: Topic::ALL.into(), ..at(&format!("http://{address}/told")) };
    webhooks::put(nation.ctx(), &scribe(&nation), "sys.hub", asked).await.unwrap();
    send(2).await;
    tell(&nation).await;
    assert_eq!(said(&ear), Vec::<Value>::new(), "the receiver of a packet is not its sender");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_is_changed_without_another_secret_and_an_address_is_not() {
    let nation = Nation::new().await;
    let (ear, address) = Ear::open().await;
    let url = format!("http://{address}/told");
    let by = scribe(&nation);
    let put = async |asked| webhooks::put(nation.ctx(), &by, "sys.hub", asked).await;
    let secret = put(at(&url)).await.unwrap().unwrap();
    let only = |topic| NewWebhook { topics: [topic].into(), ..at(&url) };
    assert!(put(only(Topic::Statuses)).await.unwrap().is_none());
    nation.send("sys.H57", &written(&document(HUE, &[JUSTICE], 1), "1")).await.unwrap();
    tell(&nation).await;
    assert_eq!(ear.take().len(), 0, "documents are not told any more");
    assert!(put(only(Topic::Documents)).await.unwrap().is_none());
    tell(&nation).await;
    let heard = ear.take();
    assert_eq!(heard.len(), 1, "what waits is told when it is chosen");
    let (headers, body) = &heard[0];
    let at_second: i64 = headers[TIMESTAMP].to_str().unwrap().parse().unwrap();
    let then = jiff::Timestamp::from_second(at_second).unwrap();
    assert_eq!(headers[SIGNATURE].to_str().unwrap(), signature(secret.as_bytes(), then, body));
    let nothing = NewWebhook { topics: [].into(), ..at(&url) };
    assert!(matches!(put(nothing).await, Err(crate::Refusal::Watch(WatchFault::Topics))));
    let wants =
        |topics: &[Topic]| NewWebhook { topics: topics.iter().copied().collect(), ..at(&url) };
    put(wants(&[Topic::Delivered, Topic::Troubles])).await.unwrap();
    let own = nation.send("sys.hub", &written(&document(JUSTICE, &[HUE, LANGSON], 1), "own")).await;
    let own = own.unwrap();
    nation.say(own.deliveries[0], (TransportStatus::Done, "")).await.unwrap();
    put(wants(&[Topic::Delivered])).await.unwrap();
    tell(&nation).await;
    let told: Vec<String> = events(&said(&ear)[0]).into_iter().map(|one| one.0).collect();
    assert_eq!(told, ["done"], "what was queued and is still wanted is told, and nothing else");
    let elsewhere = at(&format!("http://{address}/told?to=another"));
    assert!(put(elsewhere).await.unwrap().is_some());
    webhooks::stop(nation.ctx(), &by, "sys.hub").await.unwrap();
    let again = at(&format!("http://{address}/told?to=another"));
    assert!(put(again).await.unwrap().is_some(), "who was stopped begins anew");
}
