//! Axes that answer what no axis answers, break off, or speak an older form of the API.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::stream;
use http::StatusCode;
use jiff::SignedDuration;
use serde_json::json;
use wire::vxp::MessageType;

use super::{Axis, document};
use crate::commands::linking::{self, Round};
use crate::link::Health;
use crate::queries;
use crate::store::{link_traffic, links as store};

/// How the axis on the other side behaves, by operation.
type Manner = fn(&str, &Stage) -> Response;

#[derive(Clone)]
struct Stage {
    manner: Manner,
    packet: Arc<Vec<u8>>,
    to: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Stage {
    fn offers(&self) -> Response {
        let row = json!({ "docId": "goi-1", "from": "G22", "to": self.to, "status": "initial" });
        json!({ "status": "OK", "ErrorCode": "0", "data": [row] }).to_string().into_response()
    }

    fn asked(&self, operation: &str) -> usize {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|name| *name == operation).count()
    }
}

fn ok() -> Response {
    r#"{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":[]}"#.into_response()
}

async fn answer(State(stage): State<Stage>, request: Request) -> Response {
    let operation = request.uri().path().trim_matches('/').to_owned();
    let kind = request.headers().get("XroadVnpt-messagetype").cloned();
    stage.asked.lock().unwrap().push(operation.clone());
    // Of two lists, the strange one is that of documents.
    if operation == "getReceivedEdocList" && kind.is_some_and(|kind| kind == "status") {
        return ok();
    }
    (stage.manner)(&operation, &stage)
}

struct Strange {
    axis: Axis,
    stage: Stage,
    link: uuid::Uuid,
}

impl Strange {
    async fn set(manner: Manner) -> Strange {
        let axis = Axis::open().await;
        let commune = axis.commune(0).await;
        axis.system("phan-mem", &[&commune]).await;
        let packet = Arc::new(document(("G22", &[&commune]), 1, 50_000));
        let stage = Stage { manner, packet, to: commune, asked: Arc::default() };
        let router = Router::new().fallback(answer).with_state(stage.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let link = axis.link((&address, "sys.H57"), "*").await;
        Strange { axis, stage, link }
    }

    async fn round(&self) -> Round {
        linking::run(&self.axis.house.ctx, self.link).await.unwrap()
    }

    async fn health(&self) -> Health {
        let link = self.link;
        self.axis.read(move |tx| store::one(tx, link)).await.unwrap().health
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_answer_is_never_an_empty_list() {
    let strange: [(Manner, Health); 7] = [
        (|_, _| "".into_response(), Health::Nonsense),
        (|_, _| "<html>Bảo trì</html>".into_response(), Health::Nonsense),
        (|_, _| r#"{"data":[]}"#.into_response(), Health::Nonsense),
        (|_, _| r#"{"status":"OK","data":"x"}"#.into_response(), Health::Nonsense),
        (|_, _| (StatusCode::UNAUTHORIZED, "").into_response(), Health::WrongSecret),
        (|_, _| (StatusCode::BAD_GATEWAY, "").into_response(), Health::Unreachable),
        (
            |_, _| r#"{"status":"FAIL","ErrorCode":"20","ErrorDesc":"bận"}"#.into_response(),
            Health::Refusing,
        ),
    ];
    for (place, (manner, health)) in strange.into_iter().enumerate() {
        let strange = Strange::set(manner).await;
        assert_eq!(strange.round().await, Round::default(), "{place}");
        assert_eq!(strange.health().await, health, "{place}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_axis_that_only_knows_base64_is_understood() {
    let strange = Strange::set(|operation, stage| match operation {
        "getReceivedEdocList" => stage.offers(),
        "downloadEdoc" => StatusCode::NOT_FOUND.into_response(),
        "getEdoc" => {
            let text = STANDARD.encode(stage.packet.as_slice()).replace('/', "\\/");
            let answer = format!(r#"{{"data" : "{text}","ErrorCode":"0","status":"OK"}}"#);
            // In pieces that respect nothing.
            let pieces: Vec<_> =
                answer.as_bytes().chunks(1_013).map(Bytes::copy_from_slice).collect();
            Body::from_stream(stream::iter(pieces.into_iter().map(Ok::<_, String>))).into_response()
        }
        _ => ok(),
    })
    .await;
    assert_eq!(strange.round().await.taken, 1);
    let got = strange.axis.receive("phan-mem", MessageType::Edoc).await;
    assert_eq!(got, [strange.stage.packet.to_vec()]);
    assert_eq!(strange.stage.asked("updateStatus"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn base64_that_the_answer_takes_back_is_not_taken() {
    let strange = Strange::set(|operation, stage| match operation {
        "getReceivedEdocList" => stage.offers(),
        "downloadEdoc" => StatusCode::NOT_FOUND.into_response(),
        "getEdoc" => {
            let text = STANDARD.encode(stage.packet.as_slice());
            format!(r#"{{"data":"{text}","status":"FAIL","ErrorCode":"20","ErrorDesc":"lỗi"}}"#)
                .into_response()
        }
        _ => ok(),
    })
    .await;
    assert_eq!(strange.round().await.failed, 1);
    assert!(strange.axis.receive("phan-mem", MessageType::Edoc).await.is_empty());
    assert_eq!(strange.stage.asked("updateStatus"), 0, "nothing is acknowledged");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_breaks_off_is_given_to_a_person_after_five_tries() {
    let strange = Strange::set(|operation, stage| match operation {
        "getReceivedEdocList" => stage.offers(),
        "downloadEdoc" => {
            let half = Bytes::copy_from_slice(&stage.packet[..stage.packet.len() / 2]);
            let pieces = [Ok(half), Err(std::io::Error::other("cut"))];
            Body::from_stream(stream::iter(pieces)).into_response()
        }
        _ => ok(),
    })
    .await;
    let clock = &strange.axis.house.ctx.clock;
    for attempt in 1..=5 {
        assert_eq!(strange.round().await.failed, 1, "try {attempt}");
        assert_eq!(strange.round().await.failed, 0, "not before its time");
        clock.advance(SignedDuration::from_secs(30 << (attempt - 1)));
    }
    assert_eq!(strange.round().await, Round::default(), "it is for a person now");
    assert_eq!(strange.stage.asked("downloadEdoc"), 5);
    assert_eq!(strange.stage.asked("updateStatus"), 0, "and the other axis keeps it");
    let link = strange.link;
    let untaken = strange.axis.read(move |tx| link_traffic::untaken(tx, link, 10)).await;
    assert_eq!(untaken[0].state, "given-up");
    assert_eq!(strange.axis.read(|tx| queries::tasks(tx, 10)).await.len(), 1);
    let again = (link, "goi-1".to_owned());
    let scribe = strange.axis.scribe();
    crate::commands::links::try_again(&strange.axis.house.ctx, &scribe, again).await.unwrap();
    strange.round().await;
    assert_eq!(strange.stage.asked("downloadEdoc"), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_packet_that_is_none_is_refused_and_the_reason_is_said_in_plain_letters() {
    let strange = Strange::set(|operation, stage| match operation {
        "getReceivedEdocList" => stage.offers(),
        "downloadEdoc" => "<edXML>không phải</edXM>".into_response(),
        _ => ok(),
    })
    .await;
    assert_eq!(strange.round().await.refused, 1);
    assert_eq!(strange.stage.asked("updateStatus"), 1, "the other axis is told");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ok_without_a_name_is_no_success_and_an_answer_that_breaks_off_is_tried_again() {
    let manners: [Manner; 3] = [
        |operation, _| match operation {
            "sendEdoc" => r#"{"status":"OK","ErrorCode":"0"}"#.into_response(),
            _ => ok(),
        },
        |operation, _| match operation {
            "sendEdoc" => "".into_response(),
            _ => ok(),
        },
        |operation, _| match operation {
            "sendEdoc" => (StatusCode::INTERNAL_SERVER_ERROR, "lỗi").into_response(),
            _ => ok(),
        },
    ];
    for manner in manners {
        let strange = Strange::set(manner).await;
        let packet = document((&strange.stage.to, &["G22"]), 7, 10);
        let from = strange.stage.to.clone();
        strange.axis.send("phan-mem", (MessageType::Edoc, &from), &packet).await;
        let later = document((&strange.stage.to, &["G22"]), 8, 10);
        strange.axis.send("phan-mem", (MessageType::Edoc, &from), &later).await;
        let clock = &strange.axis.house.ctx.clock;
        for attempt in 1..=5 {
            assert_eq!(strange.round().await.failed, 2);
            clock.advance(SignedDuration::from_secs(30 << (attempt - 1)));
        }
        assert_eq!(strange.round().await, Round::default());
        assert_eq!(strange.stage.asked("sendEdoc"), 10, "five tries each");
        assert_eq!(strange.axis.read(|tx| queries::tasks(tx, 10)).await.len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_follows_about_a_document_waits_for_what_came_before_and_others_do_not() {
    let strange = Strange::set(|operation, stage| match operation {
        // The first that comes breaks; whatever comes then is taken.
        "sendEdoc" if stage.asked("sendEdoc") == 1 => "".into_response(),
        "sendEdoc" => r#"{"status":"OK","ErrorCode":"0","DocId":"x"}"#.into_response(),
        _ => ok(),
    })
    .await;
    let commune = strange.stage.to.clone();
    let first = document((&commune, &["G22"]), 7, 10);
    let about = super::status((&commune, "G22"), 9, wire::edxml::StatusCode::Arrived);
    let other = document((&commune, &["G22"]), 8, 10);
    strange.axis.send("phan-mem", (MessageType::Edoc, &commune), &first).await;
    strange.axis.send("phan-mem", (MessageType::Edoc, &commune), &other).await;
    strange.axis.send("phan-mem", (MessageType::Status, &commune), &about).await;
    // The same document to one more: it may not overtake the first.
    let again = document((&commune, &["G01"]), 7, 10);
    strange.axis.send("phan-mem", (MessageType::Edoc, &commune), &again).await;
    let round = strange.round().await;
    assert_eq!((round.sent, round.failed), (2, 1), "{round:?}");
    strange.axis.house.ctx.clock.advance(SignedDuration::from_secs(30));
    assert_eq!(strange.round().await.sent, 2);
}
