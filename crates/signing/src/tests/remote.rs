//! Signing with a key that a service keeps: against a service of the specification's own making.

use std::time::Duration;

use platform::store::StoreError;
use platform::testing::{Answer, Visitor};
use trust::KeyKind;
use trust::verdict::Standing;
use wire::algorithm::{Curve, PublicKey, asn1_to_fixed};
use zeroize::Zeroizing;

use super::commune::{COMMUNE, Town, sign};
use super::csc::{CLIENT, CREDENTIAL, OTP, PIN, Rssp, SECRET, USER};
use crate::remote::fault::of_complaint;
use crate::remote::messages::Complaint;
use crate::remote::{Access, Client, RemoteFault, checked, named};
use crate::step::{DriverKind, StepState};
use crate::submission::{Scope, State, SubmissionId};

const SERVICES: &str = "/quan-tri/ky-tu-xa";
const LINKS: &str = "/can-bo/ky-so/khoa-tu-xa";
const SIGN: &str = "/can-bo/ky-so/nhieu/tu-xa/ky";

/// A service that the operator allows, with the leader's key; the commune seals here.
async fn town() -> Option<(Town, Rssp)> {
    let rssp = Rssp::open().await?;
    let mut town = Town::bare(platform::testing::MONDAY_MORNING).await;
    let pkcs10 = rssp.request("Cán bộ lanhdao");
    let fields = [
        ("profile", "officer"),
        ("unit", COMMUNE),
        ("login", "lanhdao"),
        ("title", "Chủ tịch"),
        ("carrier", "remote"),
        ("pkcs10", pkcs10.as_str()),
    ];
    let certificate = town.certify(&fields).await;
    rssp.put_certificate(&certificate.der);
    town.certify_seal().await;
    let mut operator = town.at_work("hethong").await;
    let answer = add(&mut operator, &rssp, SECRET).await;
    assert_eq!(answer.location(), SERVICES, "{}", answer.text);
    Some((town, rssp))
}

async fn add(operator: &mut Visitor, rssp: &Rssp, secret: &str) -> Answer {
    operator.get(SERVICES).await;
    let fields = [
        ("name", "Dịch vụ ký thử"),
        ("address", rssp.address.as_str()),
        ("access", "client-credentials"),
        ("client", CLIENT),
        ("secret", secret),
    ];
    operator.post(SERVICES, &fields).await
}

async fn link(visitor: &mut Visitor, user: &str) -> Answer {
    let page = visitor.get(LINKS).await;
    let service = page.text.split("<option value=\"").nth(1).unwrap_or_default();
    let service = service.split('"').next().unwrap_or_default().to_owned();
    visitor.post(LINKS, &[("service", &service), ("user", user)]).await
}

async fn leader(town: &Town) -> Visitor {
    let mut leader = town.at_work("lanhdao").await;
    let answer = link(&mut leader, USER).await;
    assert_eq!(answer.location(), LINKS, "{}", answer.text);
    leader
}

async fn paper(town: &Town) -> SubmissionId {
    let signatories = vec![town.person("lanhdao", "CHỦ TỊCH").await];
    town.submit(town.paper(Scope::Document, signatories).await).await.unwrap()
}

/// Opens the page of one file and types PIN and code.
async fn sign_remotely(visitor: &mut Visitor, id: SubmissionId, typed: [&str; 2]) -> Answer {
    let page = visitor.get(&format!("/can-bo/ky-so/{id}/tu-xa")).await;
    let (chosen, key) = (page.input("chosen"), page.input("khoa"));
    let (chosen, key) = (chosen.unwrap_or_default(), key.unwrap_or_default());
    let (chosen, key) = (chosen.to_owned(), key.to_owned());
    let [pin, code] = typed;
    let fields = [
        ("khoa", key.as_str()),
        ("chosen", chosen.as_str()),
        ("secret-0", pin),
        ("secret-1", code),
    ];
    visitor.post(SIGN, &fields).await
}

async fn waits(town: &Town, id: SubmissionId) -> bool {
    let (submission, steps) = town.submission(id).await;
    submission.state == State::Waiting
        && submission.sha256 == submission.first_sha256
        && steps.iter().all(|step| step.state == StepState::Waiting)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_allows_a_service_that_shows_itself_and_its_secret_is_sealed() {
    let Some((town, rssp)) = town().await else { return };
    let mut operator = town.at_work("hethong").await;
    let page = operator.get(SERVICES).await;
    assert!(page.has("Dịch vụ ký thử") && page.has(&rssp.address) && !page.has(SECRET));
    let read = town.ctx().store.read::<_, StoreError, _>(crate::store::remote::services);
    let kept = &read.await.unwrap()[0];
    let bytes = SECRET.as_bytes();
    assert!(kept.secret.windows(bytes.len()).all(|piece| piece != bytes), "the secret lies open");
    assert_eq!(town.acts("signing.add-remote-service").await.len(), 1);

    let answer = add(&mut operator, &rssp, "khong-phai").await;
    assert!(answer.has("không nhận hệ thống này"), "{}", answer.text);
    for address in ["http://ky.example.vn/csc/v2", "ky.example.vn", "https://a:b@ky.example.vn"] {
        let fields =
            [("name", "Khác"), ("address", address), ("access", "bearer"), ("secret", "the")];
        let answer = operator.post(SERVICES, &fields).await;
        assert!(answer.status == 422 && answer.has("https://"), "{address}: {}", answer.text);
    }
    let mut leader = town.at_work("lanhdao").await;
    assert_eq!(leader.get(SERVICES).await.status, 404);
    let mut administrator = town.at_work("quantri").await;
    assert_eq!(administrator.get(SERVICES).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_ones_own_certificate_is_linked() {
    let Some((town, _rssp)) = town().await else { return };
    let mut clerk = town.at_work("motcua").await;
    let answer = link(&mut clerk, USER).await;
    assert!(answer.status == 422 && answer.has("không có khóa nào dùng được"), "{}", answer.text);
    let answer = link(&mut clerk, "").await;
    assert!(answer.status == 422 && answer.has("Chưa nhập mã người dùng"), "{}", answer.text);
    let mut leader = leader(&town).await;
    let page = leader.get(LINKS).await;
    assert!(page.has("Cán bộ lanhdao") && page.has("Dịch vụ ký thử"), "{}", page.text);
    let id = page.text.split(&format!("{LINKS}/")).nth(1).unwrap().split('/').next().unwrap();
    let unlink = format!("{LINKS}/{id}/go");
    assert_eq!(clerk.post(&unlink, &[]).await.status, 404);
    assert_eq!(leader.post(&unlink, &[]).await.status, 303);
    let id = paper(&town).await;
    let page = leader.get(&format!("/can-bo/ky-so/{id}/tu-xa")).await;
    assert!(page.has("Chưa liên kết khóa ký từ xa nào"), "{}", page.text);
    for verb in ["signing.link-credential", "signing.unlink-credential"] {
        assert_eq!(town.acts(verb).await.len(), 1, "{verb}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pin_and_code_over_the_shown_hash_sign_and_the_seal_follows() {
    let Some((town, rssp)) = town().await else { return };
    let id = town.result().await;
    let (submission, _) = town.submission(id).await;
    let mut leader = leader(&town).await;
    let page = leader.get(&format!("/can-bo/ky-so/{id}/tu-xa")).await;
    assert!(page.has(&submission.sha256) && page.has("Mã OTP") && page.has("Nhập mã PIN chữ ký"));

    let answer = sign_remotely(&mut leader, id, [PIN, "000000"]).await;
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert!(answer.title().starts_with("Lỗi: ") && answer.has("chưa đúng"), "{}", answer.text);
    assert!(!answer.has(PIN), "what was typed is not shown again");
    assert!(waits(&town, id).await && rssp.calls("signatures/signHash").is_empty());

    let answer = sign_remotely(&mut leader, id, [PIN, OTP]).await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (303, "/can-bo/ky-so"),
        "{}",
        answer.text
    );
    let (_, steps) = town.submission(id).await;
    assert_eq!((steps[0].state, steps[0].driver), (StepState::Signed, Some(DriverKind::Remote)));
    let report = town.judged(id).await;
    assert_eq!(report.standing, Standing::Valid, "{:?}", report.findings);
    assert!(report.findings[0].time.proved.is_some());
    let asked = rssp.calls("credentials/authorize");
    let last = asked.last().unwrap();
    assert_eq!(
        (last["numSignatures"].as_u64(), &last["credentialID"]),
        (Some(1), &CREDENTIAL.into())
    );
    assert!(last["description"].as_str().unwrap().contains(&submission.sha256));
    let acts = town.acts("signing.authorise-remotely").await;
    assert!(acts.len() == 1 && acts[0].detail.contains(&submission.sha256));
    assert!(!acts[0].detail.contains(PIN) && !acts[0].detail.contains(OTP));

    let mut clerk = town.at_work("vanthu").await;
    let code = town.code();
    assert_eq!(sign(&mut clerk, id, &code).await.status, 303);
    assert_eq!(town.submission(id).await.0.state, State::Signed);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_are_authorised_at_once_and_no_more_than_the_key_allows() {
    let Some((town, rssp)) = town().await else { return };
    let papers = [paper(&town).await, paper(&town).await, paper(&town).await];
    let mut leader = leader(&town).await;
    let queue = leader.get("/can-bo/ky-so").await;
    assert!(queue.has("formaction=\"/can-bo/ky-so/nhieu/tu-xa\""), "{}", queue.text);
    let mut chosen = Vec::new();
    for id in papers {
        chosen.push(format!("{id}:{}", town.submission(id).await.0.sha256));
    }
    let fields: Vec<(&str, &str)> = chosen.iter().map(|one| ("chosen", one.as_str())).collect();
    let address = format!("/can-bo/ky-so/nhieu/tu-xa?chosen={}", chosen.join("&chosen="));
    let page = leader.get(&address).await;
    assert!(page.status == 200 && page.has("Ký từ xa 3 văn bản"), "{}", page.text);
    let key = page.input("khoa").unwrap().to_owned();
    let typed = [("khoa", key.as_str()), ("secret-0", PIN), ("secret-1", OTP)];
    let all = [&fields[..], &typed[..]].concat();
    let answer = leader.post(SIGN, &all).await;
    assert!(answer.status == 422 && answer.has("mỗi lần chỉ ký được 2"), "{}", answer.text);
    assert!(rssp.calls("credentials/authorize").is_empty());

    let two = [&fields[..2], &typed[..]].concat();
    let answer = leader.post(SIGN, &two).await;
    assert_eq!(answer.location(), "/can-bo/ky-so", "{}", answer.text);
    assert_eq!(rssp.calls("credentials/authorize").len(), 1);
    let signed = rssp.calls("signatures/signHash");
    assert_eq!(signed.len(), 1);
    assert_eq!(signed[0]["hashes"].as_array().unwrap().len(), 2);
    for id in &papers[..2] {
        assert_eq!(town.submission(*id).await.0.state, State::Signed);
        assert_eq!(town.judged(*id).await.standing, Standing::Valid);
    }
    assert!(waits(&town, papers[2]).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_service_does_wrong_nothing_is_signed_and_it_is_said_why() {
    let Some((town, rssp)) = town().await else { return };
    let id = paper(&town).await;
    let mut leader = leader(&town).await;

    rssp.feel(|mood| mood.sad_lives = Duration::ZERO);
    let answer = sign_remotely(&mut leader, id, [PIN, OTP]).await;
    assert!(answer.status == 422 && answer.has("đã hết hạn trước khi ký"), "{}", answer.text);
    // It says itself that the authorisation is over already: then nothing is sent.
    let before = rssp.calls("signatures/signHash").len();
    rssp.feel(|mood| mood.says_seconds = Some(0));
    let answer = sign_remotely(&mut leader, id, [PIN, OTP]).await;
    assert!(answer.status == 422 && answer.has("đã hết hạn trước khi ký"), "{}", answer.text);
    assert_eq!(rssp.calls("signatures/signHash").len(), before);

    rssp.feel(|mood| {
        *mood = super::csc::Mood { signs_wrong: true, ..super::csc::Mood::default() };
    });
    let answer = sign_remotely(&mut leader, id, [PIN, OTP]).await;
    assert!(answer.has("không khớp với chứng thư"), "{}", answer.text);
    assert!(waits(&town, id).await);

    rssp.feel(|mood| mood.is_down = true);
    let page = leader.get(&format!("/can-bo/ky-so/{id}/tu-xa")).await;
    assert!(page.status == 503 && page.has("chưa trả lời"), "{}", page.text);
    rssp.feel(|mood| *mood = super::csc::Mood::default());
    for _ in 0..3 {
        sign_remotely(&mut leader, id, ["9", OTP]).await;
    }
    let answer = sign_remotely(&mut leader, id, [PIN, OTP]).await;
    assert!(answer.has("Dịch vụ đã khóa"), "{}", answer.text);
    assert!(waits(&town, id).await);
    assert!(town.acts("signing.sign").await.is_empty());

    let mut operator = town.at_work("hethong").await;
    let page = operator.get(SERVICES).await;
    let service = page.text.split(&format!("{SERVICES}/")).nth(1).unwrap();
    let place = format!("{SERVICES}/{}/ket-thuc", service.split('/').next().unwrap());
    assert_eq!(operator.post(&place, &[]).await.status, 303);
    let page = leader.get(&format!("/can-bo/ky-so/{id}/tu-xa")).await;
    assert!(page.has("Chưa liên kết khóa"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_on_another_device_is_waited_for() {
    let Some((town, rssp)) = town().await else { return };
    let id = paper(&town).await;
    let mut leader = leader(&town).await;
    rssp.feel(|mood| {
        mood.confirms_after = Some(2);
        // A plain RSA key, which must be told the digest.
        mood.algo = vec!["1.2.840.113549.1.1.1"];
    });
    let answer = sign_remotely(&mut leader, id, [PIN, OTP]).await;
    assert_eq!(answer.location(), "/can-bo/ky-so", "{}", answer.text);
    assert_eq!(rssp.calls("credentials/authorizeCheck").len(), 2);
    let signed = rssp.calls("signatures/signHash");
    assert_eq!(signed[0]["hashAlgorithmOID"], "2.16.840.1.101.3.4.2.1");
    assert_eq!(town.judged(id).await.standing, Standing::Valid);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_comes_by_message_is_sent_when_the_officer_asks() {
    let Some((town, rssp)) = town().await else { return };
    let id = paper(&town).await;
    let mut leader = leader(&town).await;
    rssp.feel(|mood| mood.sends_codes = true);
    let page = leader.get(&format!("/can-bo/ky-so/{id}/tu-xa")).await;
    assert!(page.has("Gửi mã cho tôi"), "{}", page.text);
    let (chosen, key) = (page.input("chosen").unwrap(), page.input("khoa").unwrap());
    let fields = [("chosen", chosen), ("khoa", key), ("secret-0", PIN)];
    let again = leader.post("/can-bo/ky-so/nhieu/tu-xa/ma", &fields).await;
    assert!(again.status == 200 && again.has("đang gửi mã") && !again.has(PIN), "{}", again.text);
    assert_eq!(rssp.calls("credentials/getChallenge").len(), 1);
    let answer = sign_remotely(&mut leader, id, [PIN, OTP]).await;
    assert_eq!(answer.location(), "/can-bo/ky-so", "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_takes_too_long_is_given_up() {
    let Some(rssp) = Rssp::open().await else { return };
    rssp.feel(|mood| mood.slow = Duration::from_secs(30));
    let access = Access::Bearer(Zeroizing::new("the".to_owned()));
    let patience = Duration::from_millis(200);
    let client = Client::with_patience(&rssp.address, access.clone(), patience).unwrap();
    let fault = client.info().await.unwrap_err();
    assert_eq!(fault, RemoteFault::Silent("it took too long".to_owned()));
    // And one that is not there.
    let client = Client::with_patience("http://127.0.0.1:1/csc/v2", access, patience).unwrap();
    assert!(matches!(client.info().await.unwrap_err(), RemoteFault::Silent(_)));
}

#[test]
fn ecdsa_is_taken_in_either_form_and_only_when_it_is_the_keys() {
    let key = trust::read_key(&trust::generate_key(KeyKind::P256).unwrap()).unwrap().1;
    let algorithm = key.kind().usual_algorithm();
    let der = key.sign(algorithm, b"van ban").unwrap();
    let bare = asn1_to_fixed(Curve::P256, &der).unwrap();
    assert!(matches!(key.public_key(), PublicKey::Ec { .. }));
    for form in [der.clone(), bare.clone()] {
        assert_eq!(checked(key.public_key(), algorithm, b"van ban", form).unwrap(), der);
    }
    for wrong in [bare[..63].to_vec(), [&bare[1..], &[0]].concat(), Vec::new()] {
        let fault = checked(key.public_key(), algorithm, b"van ban", wrong).unwrap_err();
        assert_eq!(fault, RemoteFault::WrongSignature);
    }
    let other = checked(key.public_key(), algorithm, b"van ban khac", der);
    assert_eq!(other.unwrap_err(), RemoteFault::WrongSignature);
    assert!(named(algorithm, &["1.2.840.113549.1.1.1".to_owned()]).is_none());
    assert_eq!(
        named(algorithm, &["1.2.840.10045.4.3.2".to_owned()]).unwrap().oid,
        "1.2.840.10045.4.3.2"
    );
}

#[test]
fn complaints_are_understood_by_code_and_by_sentence() {
    let of = |status, error: &str, words: &str| {
        let (error, error_description) = (error.to_owned(), words.to_owned());
        of_complaint(status, Complaint { error, error_description })
    };
    assert_eq!(of(400, "invalid_otp", "The OTP is invalid"), RemoteFault::WrongCode);
    assert_eq!(of(400, "invalid_authentication_data", ""), RemoteFault::WrongCode);
    assert_eq!(of(400, "invalid_request", "Credential locked"), RemoteFault::Locked);
    assert_eq!(of(400, "invalid_request", "SAD expired"), RemoteFault::Over);
    assert_eq!(of(401, "", ""), RemoteFault::Unauthorised);
    assert_eq!(of(429, "", ""), RemoteFault::Silent("status 429".to_owned()));
    assert_eq!(
        of(400, "invalid_request", "Signing certificate is expired"),
        RemoteFault::CertificateOver
    );
    let long = "x".repeat(900);
    let RemoteFault::Refused { description, .. } = of(400, "odd", &format!("a\n{long}")) else {
        panic!("it is told in the service's words");
    };
    assert!(description.len() == 200 && !description.contains('\n'));
}
