//! Time stamps: given, checked with OpenSSL, refused, and fetched from others.

use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use http::Method;
use jiff::SignedDuration;
use platform::testing::Answer;
use std::sync::Arc;
use wire::algorithm::Digest;
use wire::pki::time_stamp::{
    Failure, Imprint, Request, Response, StampFault, Token, read_response,
};

use super::openssl::Judge;
use super::town::Town;
use crate::clockwork::{self, Asker, TimeFault};
use crate::commands::Scribe;
use crate::commands::anchors::{NewAnchors, Purpose, import};
use crate::commands::stamps::{add_source, set_policy};
use crate::refusal::Refusal;
use crate::stamping::Stamper;
use crate::store::stamps::PolicyRow;

async fn ask(town: &Town, question: &[u8]) -> Answer {
    let media = [("content-type", "application/timestamp-query")];
    town.house.visitor().go(Method::POST, "/tsa", &media, question.to_vec()).await
}

fn question(digest: Digest) -> Request {
    Request {
        imprint: Imprint::of(digest, b"thu"),
        policy: None,
        nonce: Some(Request::nonce_of([5; 8])),
        wants_certificate: true,
    }
}

fn failure(answer: &Answer) -> Option<Failure> {
    match read_response(&answer.bytes).unwrap() {
        Response::Rejected { failure, .. } => failure,
        Response::Granted(_) => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn openssl_asks_and_believes_the_stamp() {
    let town = Town::today().await;
    let issuing = town.authority().await;
    let root = town.root_of(&issuing).await;
    let Some(judge) = Judge::new() else { return };
    judge.certificate("root.pem", &root.der);
    judge.certificate("issuing.pem", &issuing.der);
    judge.write("data", "Nội dung được đóng dấu thời gian".as_bytes());
    for options in ["-sha256 -cert", "-sha512 -cert", "-sha384 -cert -no_nonce"] {
        judge.agrees(&format!("ts -query -data data {options} -out question.tsq"));
        let answer = ask(&town, &judge.read("question.tsq")).await;
        assert_eq!(answer.header("content-type"), "application/timestamp-reply");
        judge.write("answer.tsr", &answer.bytes);
        let line = "ts -verify -queryfile question.tsq -in answer.tsr -CAfile root.pem -untrusted \
                    issuing.pem";
        assert!(judge.agrees(line).contains("Verification: OK"));
        let line = "ts -verify -data data -in answer.tsr -CAfile root.pem -untrusted issuing.pem";
        assert!(judge.agrees(line).contains("Verification: OK"));
    }
    let text = judge.agrees("ts -reply -in answer.tsr -text");
    assert!(text.contains("Accuracy") && text.contains("Status: Granted"), "{text}");
    judge.write("data", b"Another");
    judge.refuses("ts -verify -data data -in answer.tsr -CAfile root.pem -untrusted issuing.pem");
    judge.agrees("ts -query -data data -sha1 -cert -out question.tsq");
    let answer = ask(&town, &judge.read("question.tsq")).await;
    assert_eq!(failure(&answer), Some(Failure::BadAlgorithm));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_serial_comes_twice_and_what_is_not_understood_is_refused() {
    let town = Town::new().await;
    let before = ask(&town, &question(Digest::Sha256).write()).await;
    assert_eq!(failure(&before), Some(Failure::SystemFailure), "there is no authority yet");
    town.authority().await;
    let mut serials = std::collections::BTreeSet::new();
    for _ in 0..50 {
        let answer = ask(&town, &question(Digest::Sha256).write()).await;
        let Response::Granted(der) = read_response(&answer.bytes).unwrap() else { panic!() };
        let token = Token::read(&der).unwrap();
        assert_eq!(token.answers(&question(Digest::Sha256)), Ok(()));
        assert!(serials.insert(token.serial), "a serial came twice");
    }
    let mut other = question(Digest::Sha256);
    other.policy = Some("1.2.3.4".parse().unwrap());
    assert_eq!(failure(&ask(&town, &other.write()).await), Some(Failure::UnacceptedPolicy));
    assert_eq!(failure(&ask(&town, b"nonsense").await), Some(Failure::BadDataFormat));
    assert_eq!(failure(&ask(&town, b"").await), Some(Failure::BadDataFormat));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_changes_on_its_day() {
    let town = Town::new().await;
    town.authority().await;
    let scribe = Scribe::named(town.ctx(), None, "operator");
    let valid_from = jiff::civil::date(2026, 11, 24);
    let row =
        PolicyRow { oid: "1.2.3.4".to_owned(), valid_from, accuracy_ms: 2500, tolerance_ms: 1000 };
    let wrong = PolicyRow { oid: "one.two".to_owned(), ..row.clone() };
    assert_eq!(set_policy(town.ctx(), &scribe, wrong).await, Err(Refusal::OidWrong));
    set_policy(town.ctx(), &scribe, row).await.unwrap();
    for (days, is_new) in [(0, false), (1, true)] {
        town.pass_days(days);
        let answer = ask(&town, &question(Digest::Sha256).write()).await;
        let Response::Granted(der) = read_response(&answer.bytes).unwrap() else { panic!() };
        let token = Token::read(&der).unwrap();
        assert_eq!(token.policy.to_string() == "1.2.3.4", is_new, "after {days} days");
        let accuracy = token.accuracy.unwrap();
        assert_eq!((accuracy.seconds, accuracy.milliseconds) == (2, 500), is_new);
    }
}

/// Another installation, on a real socket.
async fn neighbour(town: &Arc<Town>) -> String {
    let served = Arc::clone(town);
    let stamp = move |question: Bytes| {
        let town = Arc::clone(&served);
        async move { Stamper::default().answer(town.ctx(), &question).await.unwrap_or_default() }
    };
    serve(Router::new().route("/tsa", post(stamp))).await
}

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/tsa")
}

#[tokio::test(flavor = "multi_thread")]
async fn one_authority_after_the_other_is_asked_until_a_stamp_counts() {
    let town = Town::new().await;
    town.authority().await;
    let other = Arc::new(Town::new().await);
    let issuing = other.authority().await;
    let root = other.root_of(&issuing).await;
    let scribe = Scribe::named(town.ctx(), None, "operator");
    let silent = "http://127.0.0.1:9/tsa".to_owned();
    let garbled = serve(Router::new().route("/tsa", post(|| async { "garbage" }))).await;
    let stranger = Arc::new(Town::new().await);
    stranger.authority().await;
    let unknown = neighbour(&stranger).await;
    let good = neighbour(&other).await;
    for (address, name) in
        [(&silent, "silent"), (&garbled, "garbled"), (&unknown, "unknown"), (&good, "good")]
    {
        add_source(town.ctx(), &scribe, (address, name)).await.unwrap();
    }
    let taken = add_source(town.ctx(), &scribe, (&good, "again")).await;
    assert_eq!(taken, Err(Refusal::SourceTaken));
    let asker = Asker::new().unwrap();
    let stamper = Stamper::default();
    let imprint = Imprint::of(Digest::Sha256, b"thu");
    // Nobody else is believed yet: our own authority stamps.
    let own = asker.stamp(town.ctx(), &stamper, imprint.clone()).await.unwrap();
    assert_eq!(own.authority, "http://localhost");
    let new = NewAnchors {
        bundle: root.der.clone(),
        name: String::new(),
        purposes: vec![Purpose::Stamp],
        valid_from: None,
        valid_to: None,
        source: "thử".to_owned(),
        note: String::new(),
    };
    import(town.ctx(), &scribe, new).await.unwrap();
    let stamped = asker.stamp(town.ctx(), &stamper, imprint.clone()).await.unwrap();
    assert_eq!(stamped.authority, "good");
    assert_eq!(Token::read(&stamped.token).unwrap().imprint, imprint);

    let found = clockwork::check_clock(town.ctx()).await.unwrap();
    let told: Vec<bool> = found.iter().map(|(_, found)| found.is_ok()).collect();
    assert_eq!(told, [false, false, false, true]);
    other.ctx().clock.advance(SignedDuration::from_secs(60));
    let found = clockwork::check_clock(town.ctx()).await.unwrap();
    let difference = *found[3].1.as_ref().unwrap();
    assert!((-60_000..-55_000).contains(&difference), "{difference}");
    town.pass_seconds(2);
    let answer = ask(&town, &question(Digest::Sha256).write()).await;
    assert_eq!(failure(&answer), Some(Failure::TimeNotAvailable), "the clock is a minute off");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_another_question_does_not_count() {
    let town = Town::new().await;
    let issuing = town.authority().await;
    let root = town.root_of(&issuing).await.certificate().unwrap();
    let asked = question(Digest::Sha256);
    let answer = ask(&town, &asked.write()).await.bytes;
    let anchors = [root];
    assert!(clockwork::judge(&answer, &asked, &anchors).is_ok());
    let not = |asked: &Request| clockwork::judge(&answer, asked, &anchors).unwrap_err();
    let nonce = Request { nonce: Some(Request::nonce_of([6; 8])), ..asked.clone() };
    assert_eq!(not(&nonce), TimeFault::Stamp(StampFault::Nonce));
    let imprint = Request { imprint: Imprint::of(Digest::Sha256, b"khac"), ..asked.clone() };
    assert_eq!(not(&imprint), TimeFault::Stamp(StampFault::OtherImprint));
    let policy = Request { policy: Some("1.2.3.4".parse().unwrap()), ..asked.clone() };
    assert_eq!(not(&policy), TimeFault::Stamp(StampFault::Policy));
    let believed = clockwork::judge(&answer, &asked, &[]);
    assert_eq!(believed.unwrap_err(), TimeFault::NotBelieved);
    for place in (0..answer.len()).step_by(7) {
        let mut forged = answer.clone();
        forged[place] ^= 1;
        let judged = clockwork::judge(&forged, &asked, &anchors);
        // What is not covered by a signature may change without harm: the status, certificates
        // that are not used. The time never.
        if let Ok((_, at)) = judged {
            let (_, real) = clockwork::judge(&answer, &asked, &anchors).unwrap();
            assert_eq!(at, real, "byte {place}");
        }
    }
}
