//! The agent on the officer's machine: what is said to it, what it may fetch and bring, and that
//! what it says counts for nothing.

use http::Method;
use identity::Role;
use platform::testing::{Answer, Visitor};
use serde_json::Value;
use trust::verdict::Standing;

use super::commune::{COMMUNE, Town, sign};
use super::token::Token;
use crate::step::{DriverKind, SignatoryKind, StepState};
use crate::submission::{State, SubmissionId};
use crate::workstation::{Heard, message, operation};

const FIELD: &str = "VGCASignature";

async fn town() -> (Town, Token) {
    let mut town = Town::bare(platform::testing::MONDAY_MORNING).await;
    let token = Token::of(&mut town, "lanhdao").await;
    town.certify_seal().await;
    (town, token)
}

/// The page with fresh tickets.
async fn asked(visitor: &mut Visitor, id: SubmissionId) -> Answer {
    let place = format!("/can-bo/ky-so/{id}/may-tram");
    let page = visitor.get(&place).await;
    let shown = page.input("sha256").unwrap_or_default().to_owned();
    visitor.post(&place, &[("sha256", &shown)]).await
}

/// The message in a page, as the script sends it on.
fn said(page: &Answer) -> Value {
    let text = page.text.split("data-message=\"").nth(1).unwrap().split('"').next().unwrap();
    let text = text.replace("&#34;", "\"").replace("&quot;", "\"").replace("&#38;", "&");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn path(message: &Value, name: &str) -> String {
    let address = message[name].as_str().unwrap();
    address.strip_prefix("http://localhost").unwrap().to_owned()
}

/// The agent's own form: its names, its boundary, no cookie, no token of ours.
async fn brought(town: &Town, place: &str, file: &[u8]) -> Answer {
    let mut body = b"--VGCA\r\nContent-Disposition: form-data; name=\"uploadfile\"; \
        filename=\"van-ban.signed.pdf\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        .to_vec();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--VGCA--\r\n");
    let media = [("content-type", "multipart/form-data; boundary=VGCA")];
    town.house.visitor().go(Method::POST, place, &media, body).await
}

#[test]
fn the_messages_are_letter_for_letter_those_of_the_agent() {
    let said = serde_json::to_string(&message("https://dvc.example.vn", "aa", "bb")).unwrap();
    let expected = "{\"FileUploadHandler\":\"https://dvc.example.vn/ky-so/nop/bb\",\
        \"SessionId\":\"\",\"JWTToken\":\"\",\
        \"FileName\":\"https://dvc.example.vn/ky-so/tep/aa.pdf\",\"MetaData\":[]}";
    assert_eq!(said, expected);
    assert_eq!(
        serde_json::to_string(&Heard::taken()).unwrap(),
        "{\"Status\":true,\"Message\":\"\",\"FileName\":\"\",\"FileServer\":\"\"}"
    );
    assert_eq!(operation(SignatoryKind::Person), "wss://127.0.0.1:8987/SignApproved");
    assert_eq!(operation(SignatoryKind::Agency), "wss://127.0.0.1:8987/SignIssued");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agent_fetches_signs_and_brings_with_tickets_that_open_once() {
    let (town, token) = town().await;
    let id = town.result().await;
    let mut leader = town.at_work("lanhdao").await;
    let page = asked(&mut leader, id).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let policy = page.header("content-security-policy");
    assert!(policy.contains("connect-src 'self' wss://127.0.0.1:8987;"), "{policy}");
    assert!(page.has("data-agent=\"wss://127.0.0.1:8987/SignApproved\""));
    assert!(page.has(&format!("/can-bo/ky-so/{id}/nop")), "the way without the agent");
    let script = page.text.split("<script src=\"/tinh/may-tram-").nth(1).unwrap();
    let script = script.split('"').next().unwrap();
    let script = leader.get(&format!("/tinh/may-tram-{script}")).await;
    assert!(script.status == 200 && script.has("new WebSocket(box.dataset.agent)"));
    let other = leader.get(&format!("/can-bo/ky-so/{id}")).await;
    assert!(!other.header("content-security-policy").contains("8987"));

    let message = said(&page);
    let fetch = path(&message, "FileName");
    let looked = town.house.visitor().go(Method::HEAD, &fetch, &[], "").await;
    assert_eq!(looked.status, 204);
    let fetched = town.house.get(&fetch).await;
    assert_eq!((fetched.status.as_u16(), &fetched.bytes[..]), (200, &town.file(id).await[..]));
    assert_eq!(fetched.header("content-type"), "application/pdf");
    assert_eq!(town.house.get(&fetch).await.status, 404, "a second time");

    let bring = path(&message, "FileUploadHandler");
    let signed = token.sign(&town, &fetched.bytes, FIELD);
    let heard = brought(&town, &bring, &signed).await;
    assert_eq!(heard.status, 200);
    assert_eq!(
        heard.text,
        "{\"Status\":true,\"Message\":\"\",\"FileName\":\"\",\"FileServer\":\"\"}"
    );
    let (_, steps) = town.submission(id).await;
    assert_eq!(
        (steps[0].state, steps[0].driver),
        (StepState::Signed, Some(DriverKind::Workstation))
    );
    assert_eq!(town.judged(id).await.standing, Standing::Valid);
    let again = brought(&town, &bring, &signed).await;
    let again: Value = serde_json::from_str(&again.text).unwrap();
    assert_eq!(again["Status"], Value::Bool(false));
    assert!(again["Message"].as_str().unwrap().contains("đã dùng rồi"), "{again}");

    let done = leader.get(&format!("/can-bo/ky-so/{id}/may-tram/xong?buoc=1")).await;
    assert_eq!(done.location(), "/can-bo/ky-so");
    let verbs = ["signing.hand-out", "signing.fetch", "signing.bring", "signing.sign"];
    for verb in verbs {
        let acts = town.acts(verb).await;
        assert_eq!(acts.len(), 1, "{verb}");
        assert_eq!(acts[0].actor_name, "Cán bộ lanhdao", "{verb}");
        assert!(!acts[0].detail.contains(&fetch[14..40]), "no ticket in the log");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_agent_says_counts_for_nothing_and_what_it_brings_is_judged() {
    let (town, _) = town().await;
    let id = town.result().await;
    let mut leader = town.at_work("lanhdao").await;
    let message = said(&asked(&mut leader, id).await);
    // It tells the page that all went well, and never came here.
    let done = leader.get(&format!("/can-bo/ky-so/{id}/may-tram/xong?buoc=1")).await;
    assert_eq!(done.location(), format!("/can-bo/ky-so/{id}/nop"));
    let told = leader.get(done.location()).await;
    assert!(told.has("hệ thống chưa nhận được bản ký đúng"), "{}", told.text);

    let sent = town.file(id).await;
    let heard = brought(&town, &path(&message, "FileUploadHandler"), &sent).await;
    let heard: Value = serde_json::from_str(&heard.text).unwrap();
    assert_eq!(heard["Status"], Value::Bool(false));
    assert!(heard["Message"].as_str().unwrap().contains("chưa có chữ ký số nào"), "{heard}");
    let (submission, steps) = town.submission(id).await;
    assert_eq!((submission.state, steps[0].state), (State::Waiting, StepState::Waiting));
    assert_eq!(town.file(id).await, sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn tickets_end_and_open_only_their_own_errand_and_only_while_it_is_to_be_done() {
    let (town, token) = town().await;
    let id = town.result().await;
    let mut leader = town.at_work("lanhdao").await;
    let message = said(&asked(&mut leader, id).await);
    let (fetch, bring) = (path(&message, "FileName"), path(&message, "FileUploadHandler"));
    let crossed = fetch.replace("/ky-so/tep/", "/ky-so/nop/").replace(".pdf", "");
    let signed = token.sign(&town, &town.file(id).await, FIELD);
    let is_refused = |answer: Answer| answer.has("\"Status\":false");
    assert!(
        is_refused(brought(&town, &crossed, &signed).await),
        "a ticket to fetch brings nothing"
    );
    assert!(is_refused(brought(&town, "/ky-so/nop/abc", &signed).await));
    assert_eq!(town.house.get(&bring.replace("/nop/", "/tep/")).await.status, 404);
    town.pass_seconds(10 * 60 + 1);
    assert_eq!(town.house.get(&fetch).await.status, 404, "too late to fetch");
    assert!(is_refused(brought(&town, &bring, &signed).await), "too late to bring");

    // Declined meanwhile.
    let mut leader = town.at_work("lanhdao").await;
    let message = said(&asked(&mut leader, id).await);
    leader.get(&format!("/can-bo/ky-so/{id}")).await;
    let declined =
        leader.post(&format!("/can-bo/ky-so/{id}/tra-lai"), &[("reason", "Sai số")]).await;
    assert_eq!(declined.status, 303, "{}", declined.text);
    let late = brought(&town, &path(&message, "FileUploadHandler"), &signed).await;
    assert!(is_refused(late));
    assert_eq!(town.submission(id).await.0.state, State::Declined);
    // No form at all, and a form without a file.
    let media = [("content-type", "application/json")];
    let answer = town.house.visitor().go(Method::POST, &bring, &media, "{}").await;
    assert!(answer.status == 200 && is_refused(answer));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seal_by_the_agent_needs_the_right_at_the_moment_it_comes_back() {
    let mut town = Town::new().await;
    let seal = Token::seal(&mut town).await;
    let id = town.result().await;
    let mut leader = town.at_work("lanhdao").await;
    let code = town.code();
    assert_eq!(sign(&mut leader, id, &code).await.status, 303);
    let mut clerk = town.at_work("vanthu").await;
    let page = asked(&mut clerk, id).await;
    assert!(page.has("data-agent=\"wss://127.0.0.1:8987/SignIssued\""), "{}", page.text);
    let message = said(&page);
    let account = town.account("vanthu").await;
    let (unit, day) = (town.unit(COMMUNE).await, platform::clock::local(town.ctx().clock.now()));
    let holders = town.ctx().store.read::<_, platform::store::StoreError, _>(move |tx| {
        identity::queries::holders(tx, unit, Role::DocumentClerk, day.date())
    });
    assert_eq!(holders.await.unwrap()[0].0.0, account);

    let mut administrator = town.at_work("quantri").await;
    let place = format!("/quan-tri/tai-khoan/{account}");
    let officer = administrator.get(&place).await;
    let bond = officer.text.split("/vai-tro/").nth(1).unwrap().split('/').next().unwrap();
    let bond = bond.split('"').next().unwrap().to_owned();
    let ends = format!("{place}/vai-tro/{bond}/ket-thuc");
    let ended = administrator.post(&ends, &[]).await;
    assert_eq!(ended.status, 303, "{ends}: {}", ended.text);
    let sealed = seal.sign(&town, &town.file(id).await, FIELD);
    let heard = brought(&town, &path(&message, "FileUploadHandler"), &sealed).await;
    assert!(heard.has("\"Status\":false"), "{}", heard.text);
    assert_eq!(town.submission(id).await.1[1].state, StepState::Waiting);
}
