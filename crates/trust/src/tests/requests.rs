//! Requests, from asking to the certificate, and what becomes of it: two pairs of hands.

use super::openssl::Judge;
use super::town::{Town, asked, id_of};
use crate::certificate::State;
use crate::keyring;

const SEAL: [(&str, &str); 3] = [("profile", "seal"), ("unit", "H57.101"), ("carrier", "software")];

#[tokio::test(flavor = "multi_thread")]
async fn who_asked_may_not_approve() {
    let town = Town::new().await;
    town.authority().await;
    let mut both = town.at_work("hethong.mot").await;
    let request = asked(&mut both, &SEAL).await;
    let page = both.get(&request).await;
    assert!(!page.has("/duyet\"") && page.has("do chính mình lập"), "{}", page.text);
    let answer = both.post(&format!("{request}/duyet"), &[]).await;
    assert_eq!(answer.status.as_u16(), 409, "{}", answer.text);
    let mut asker = town.at_work("quantri.hue").await;
    asker.get(&request).await;
    let answer = asker.post(&format!("{request}/duyet"), &[]).await;
    assert_eq!(answer.status.as_u16(), 404, "an administrator of a unit does not decide");
    let mut other = town.at_work("hethong.hai").await;
    assert!(other.get(&request).await.has("/duyet\""));
    let answer = other.post(&format!("{request}/duyet"), &[]).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    let again = other.post(&format!("{request}/duyet"), &[]).await;
    assert_eq!(again.status.as_u16(), 409, "it is decided once");
    assert_eq!(town.verbs().await[..2], ["trust.issue", "trust.ask"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_asks_for_or_sees_what_lies_outside_their_part_of_the_tree() {
    let town = Town::new().await;
    town.authority().await;
    let seal = town.seal().await;
    let mut stranger = town.at_work("quantri.danang").await;
    stranger.get("/quan-tri/chung-thu/yeu-cau/tao").await;
    let answer = stranger.post("/quan-tri/chung-thu/yeu-cau/tao", &SEAL).await;
    assert_eq!(answer.status.as_u16(), 404, "{}", answer.text);
    let page = format!("/quan-tri/chung-thu/{}", seal.id);
    for path in [page.clone(), format!("{page}/tep"), format!("{page}/thu-hoi")] {
        assert_eq!(stranger.get(&path).await.status.as_u16(), 404, "{path}");
    }
    for act in ["tam-dung", "khoi-phuc"] {
        let answer = stranger.post(&format!("{page}/{act}"), &[]).await;
        assert_eq!(answer.status.as_u16(), 404, "{act}");
    }
    assert!(!stranger.get("/quan-tri/chung-thu").await.has(&seal.id.to_string()));
    assert_eq!(stranger.get("/quan-tri/chung-thu/tin-cay").await.status.as_u16(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issued_certificate_says_whose_it_is_and_openssl_believes_it() {
    let town = Town::today().await;
    let issuing = town.authority().await;
    let root = town.root_of(&issuing).await;
    let seal = town.seal().await;
    let officer = town
        .issued(&[
            ("profile", "officer"),
            ("unit", "H57.101"),
            ("login", "lanhdao.thuanhoa"),
            ("title", "Chủ tịch"),
            ("carrier", "software"),
        ])
        .await;
    let server = town
        .issued(&[
            ("profile", "server"),
            ("unit", "H57.101"),
            ("server", "Mot-cua.example.vn"),
            ("carrier", "software"),
        ])
        .await;
    assert_eq!(seal.holder_name, "Ủy ban nhân dân phường Thuận Hóa");
    assert!(seal.subject.contains("organizationIdentifier=MD:VN-H57.101"), "{}", seal.subject);
    assert!(officer.subject.contains("title=Chủ tịch"), "{}", officer.subject);
    let signer = keyring::signer(town.ctx(), seal.key.unwrap()).await.unwrap();
    assert_eq!(Ok(signer.public_key().clone()), seal.x509().unwrap().key.clone());
    let Some(judge) = Judge::new() else { return };
    judge.certificate("root.pem", &root.der);
    judge.certificate("issuing.pem", &issuing.der);
    for (one, purpose) in [(&seal, "smimesign"), (&officer, "smimesign"), (&server, "sslserver")] {
        judge.certificate("one.pem", &one.der);
        judge.agrees(&format!(
            "verify -x509_strict -purpose {purpose} -CAfile root.pem -untrusted issuing.pem one.pem"
        ));
    }
    let text = judge.agrees("x509 -in one.pem -noout -text");
    assert!(text.contains("DNS:mot-cua.example.vn"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_a_token_proves_who_holds_the_key() {
    let town = Town::new().await;
    town.authority().await;
    let Some(judge) = Judge::new() else { return };
    // As a token is set up: by the code of the unit, in small letters.
    judge.agrees(
        "req -new -newkey rsa:2048 -nodes -keyout token.key -subj /CN=h57.101 -out token.csr",
    );
    let pkcs10 = String::from_utf8(judge.read("token.csr")).unwrap();
    let with = |pkcs10: &str| {
        let mut fields = vec![("profile", "seal"), ("unit", "H57.101"), ("carrier", "pki-token")];
        fields.push(("carrier_number", "0123456789"));
        fields.push(("pkcs10", ""));
        let mut owned: Vec<(String, String)> =
            fields.into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
        owned[4].1 = pkcs10.to_owned();
        owned
    };
    let mut asker = town.at_work("quantri.hue").await;
    let path = "/quan-tri/chung-thu/yeu-cau/tao";
    asker.get(path).await;
    // One character of the signature is another.
    let place = pkcs10.len() - 60;
    let mut forged = pkcs10.clone();
    let other = if &forged[place..=place] == "A" { "B" } else { "A" };
    forged.replace_range(place..=place, other);
    for (csr, word) in [
        ("", "Chọn tệp hoặc dán yêu cầu PKCS#10"),
        (forged.as_str(), "không khớp với khóa"),
        ("-----BEGIN", "Không đọc được yêu cầu"),
    ] {
        let fields = with(csr);
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let answer = asker.post(path, &fields).await;
        assert!(answer.status.as_u16() == 422 && answer.has(word), "{csr}: {}", answer.text);
        assert!(answer.title().starts_with("Lỗi: ") && answer.has("0123456789"));
    }
    let fields = with(&pkcs10);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let one = town.issued(&fields).await;
    assert_eq!((one.key, one.carrier_number.as_deref()), (None, Some("0123456789")));
    assert!(one.subject.contains("Thuận Hóa"), "the holder is named by us: {}", one.subject);
    // The same key for somebody else, or a second time, is not certified.
    let request = asked(&mut asker, &fields).await;
    let mut decider = town.at_work("hethong.mot").await;
    decider.get(&request).await;
    let answer = decider.post(&format!("{request}/duyet"), &[]).await;
    assert_eq!(answer.status.as_u16(), 409, "{}", answer.text);
    assert!(answer.has("Khóa này đã có chứng thư"), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_has_a_reason_and_a_request_can_be_taken_back() {
    let town = Town::new().await;
    town.authority().await;
    let mut asker = town.at_work("quantri.hue").await;
    let first = asked(&mut asker, &SEAL).await;
    let second = asked(&mut asker, &SEAL).await;
    let mut decider = town.at_work("hethong.mot").await;
    decider.get(&first).await;
    let answer = decider.post(&format!("{first}/tu-choi"), &[("reason", " ")]).await;
    assert!(answer.has("Chưa cho biết lý do"), "{}", answer.text);
    let reason = [("reason", "Sai đơn vị")];
    let answer = decider.post(&format!("{first}/tu-choi"), &reason).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    let page = asker.get(&first).await;
    assert!(page.has("Không duyệt") && page.has("Sai đơn vị"), "{}", page.text);
    let answer = asker.post(&format!("{second}/rut"), &[]).await;
    assert_eq!(answer.status.as_u16(), 303);
    let answer = decider.post(&format!("{second}/duyet"), &[]).await;
    assert_eq!(answer.status.as_u16(), 409);
    let list = asker.get("/quan-tri/chung-thu/yeu-cau").await;
    assert!(list.has("Đã rút") && list.has("Không duyệt"), "{}", list.text);
    assert_eq!(town.verbs().await[..2], ["trust.withdraw", "trust.refuse"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn renewal_keeps_the_key_or_makes_one_and_the_old_goes_on() {
    let town = Town::new().await;
    town.authority().await;
    let old = town.seal().await;
    town.pass_days(old.days_left(town.ctx().clock.now()) - 20);
    let mut asker = town.at_work("quantri.hue").await;
    let page = format!("/quan-tri/chung-thu/{}", old.id);
    assert!(asker.get(&page).await.has("Hết hạn sau"));
    asker.get(&format!("{page}/gia-han")).await;
    let answer = asker.post(&format!("{page}/gia-han"), &[("key", "same")]).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    let request = answer.location().to_owned();
    let twice = asker.post(&format!("{page}/gia-han"), &[("key", "same")]).await;
    assert_eq!(twice.status.as_u16(), 409, "one request at a time");
    let mut decider = town.at_work("hethong.mot").await;
    decider.get(&request).await;
    let answer = decider.post(&format!("{request}/duyet"), &[]).await;
    let new = town.certificate(id_of(&answer)).await;
    assert_eq!((new.key, new.replaces), (old.key, Some(old.id)));
    assert_eq!(new.x509().unwrap().spki, old.x509().unwrap().spki);
    assert_ne!(new.serial, old.serial);
    assert!(new.not_after > old.not_after);
    assert_eq!(town.certificate(old.id).await.state, State::Good);
    let page = format!("/quan-tri/chung-thu/{}", new.id);
    asker.get(&format!("{page}/gia-han")).await;
    let fields = [("key", "new"), ("carrier", "software")];
    let answer = asker.post(&format!("{page}/gia-han"), &fields).await;
    let request = answer.location().to_owned();
    decider.get(&request).await;
    let answer = decider.post(&format!("{request}/duyet"), &[]).await;
    let third = town.certificate(id_of(&answer)).await;
    assert_ne!(third.key, new.key);
    town.pass_days(3 * 365 + 30);
    let answer = town.at_work("quantri.hue").await.post(&format!("{page}/gia-han"), &fields).await;
    assert_eq!(answer.status.as_u16(), 409, "what has ended is not renewed: {}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lost_a_device_gets_another_and_the_old_certificate_is_revoked() {
    let town = Town::new().await;
    town.authority().await;
    let old = town.seal().await;
    let mut asker = town.at_work("quantri.hue").await;
    let page = format!("/quan-tri/chung-thu/{}", old.id);
    asker.get(&page).await;
    assert_eq!(asker.post(&format!("{page}/tam-dung"), &[]).await.status.as_u16(), 303);
    let answer = asker.post(&format!("{page}/cap-lai"), &[("carrier", "software")]).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    let request = answer.location().to_owned();
    let suspended = town.certificate(old.id).await;
    assert_eq!(suspended.state, State::Suspended);
    let suspended_at = suspended.state_since.unwrap();
    let mut decider = town.at_work("hethong.mot").await;
    decider.get(&request).await;
    let answer = decider.post(&format!("{request}/duyet"), &[]).await;
    let new = town.certificate(id_of(&answer)).await;
    assert_eq!((new.state, new.replaces), (State::Good, Some(old.id)));
    assert_ne!(new.key, old.key);
    let old = town.certificate(old.id).await;
    assert_eq!((old.state, old.reason), (State::Revoked, Some(1)), "it was lost");
    assert_eq!(old.invalid_since, Some(suspended_at));
    let crl = town.house.get("/crl/lien-thong-thu-nghiem.crl").await.bytes;
    let crl = wire::pki::crl::Crl::read(&crl).unwrap();
    assert!(crl.find(&old.x509().unwrap().serial).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_comes_as_a_file_and_names_nobody_else() {
    let town = Town::new().await;
    town.authority().await;
    let Some(judge) = Judge::new() else { return };
    let make = |name: &str, key: &str, digest: &str| {
        judge.agrees(&format!(
            "req -new -newkey {key} -nodes -keyout key -subj /{name} {digest} -outform DER -out der"
        ));
        judge.read("der")
    };
    let path = "/quan-tri/chung-thu/yeu-cau/tao";
    let fields = [("profile", "seal"), ("unit", "H57.101"), ("carrier", "pki-token")];
    let mut asker = town.at_work("quantri.hue").await;
    let page = asker.get(path).await;
    assert!(page.has("multipart/form-data"), "{}", page.text);
    for (file, word) in [
        (make("CN=canbo.khac", "rsa:2048", ""), "mang tên “canbo.khac”"),
        (make("O=x", "rsa:1024", ""), "Khóa phải là RSA 2048"),
        (make("O=x", "rsa:2048", "-sha1"), "SHA-1"),
        (b"MZ a program".to_vec(), "Không đọc được yêu cầu"),
        (Vec::new(), "Không đọc được yêu cầu"),
        (vec![0x30; 70_000], "Không đọc được yêu cầu"),
    ] {
        let files = [("pkcs10-tep", "token.p10", "application/pkcs10", file.as_slice())];
        let answer = asker.upload(path, &fields, &files).await;
        assert!(answer.status == 422 && answer.has(word), "{word}: {}", answer.text);
        assert!(answer.title().starts_with("Lỗi: "));
    }
    let der = make("O=x", "rsa:2048", "");
    let files = [("pkcs10-tep", "token.p10", "application/pkcs10", der.as_slice())];
    // Another answer is wrong: the file stands in its field as text.
    let wrong = [("profile", "seal"), ("unit", "H99"), ("carrier", "pki-token")];
    let answer = asker.upload(path, &wrong, &files).await;
    assert!(answer.status == 422 && answer.has("BEGIN CERTIFICATE REQUEST"), "{}", answer.text);
    let answer = asker.upload(path, &fields, &files).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert!(asker.get(answer.location()).await.has("RSA 2048, theo tệp yêu cầu"));
}
