//! The register: everything in it is found, counted, written out, and reminded of once.

use jiff::SignedDuration;
use platform::jobs;
use platform::outside::{self, Sent};
use platform::store::StoreError;

use super::openssl::Judge;
use super::town::{Town, id_of};

#[tokio::test(flavor = "multi_thread")]
async fn the_register_is_searched_without_diacritics_and_filtered() {
    let town = Town::new().await;
    town.authority().await;
    let seal = town.seal().await;
    let mut officer = town.at_work("quantri.hue").await;
    let row = format!("/quan-tri/chung-thu/{}\"", seal.id);
    let serial = format!("?q={}", &seal.serial[..8]);
    for (query, found) in [
        ("", true),
        ("?q=thuan+hoa", true),
        ("?q=THU%E1%BA%ACN", true),
        (serial.as_str(), true),
        ("?q=da+nang", false),
        ("?tinh-trang=good", true),
        ("?tinh-trang=ending", false),
        ("?tinh-trang=revoked", false),
        ("?loai=seal", true),
        ("?loai=officer", false),
    ] {
        let page = officer.get(&format!("/quan-tri/chung-thu{query}")).await;
        assert_eq!(page.has(&row), found, "{query}: {}", page.text);
    }
    let english = officer.get("/quan-tri/chung-thu?lang=en").await;
    assert!(english.has("Register of certificates") && english.has("In force"));
    let page = officer.get("/quan-tri/chung-thu/thong-ke?lang=vi").await;
    assert!(page.has("Ủy ban nhân dân phường Thuận Hóa"), "{}", page.text);
    let sheet = officer.get("/quan-tri/chung-thu/xuat?q=thuan+hoa").await;
    assert!(sheet.header("content-disposition").contains("chung-thu-"));
    let text = sheet.text.trim_start_matches('\u{feff}');
    assert!(text.starts_with("Thuê bao,") && text.contains(&seal.fingerprint), "{text}");
    let mut other = town.at_work("quantri.danang").await;
    let sheet = other.get("/quan-tri/chung-thu/xuat").await;
    assert_eq!(sheet.text.lines().count(), 1, "another province's: {}", sheet.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_issued_elsewhere_is_only_registered() {
    let town = Town::new().await;
    let Some(judge) = Judge::new() else { return };
    judge.agrees(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k -days 400 \
                  -subj /C=VN/O=BanCoYeu/CN=UBND -out one.pem",
    );
    let pem = String::from_utf8(judge.read("one.pem")).unwrap();
    let mut officer = town.at_work("quantri.hue").await;
    let path = "/quan-tri/chung-thu/ghi-nhan";
    officer.get(path).await;
    let fields = [("pem", pem.as_str()), ("unit", "H57.101"), ("carrier", "sim-pki")];
    let answer = officer.post(path, &fields).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    let one = town.certificate(id_of(&answer)).await;
    let twice = officer.post(path, &fields).await;
    assert!(twice.has("đã có trong sổ"), "{}", twice.text);
    let page = officer.get(&format!("/quan-tri/chung-thu/{}", one.id)).await;
    assert!(page.has("SIM PKI") && !page.has("/thu-hoi") && !page.has("/gia-han"));
    let path = format!("/quan-tri/chung-thu/{}/thu-hoi", one.id);
    let answer = officer.post(&path, &[("reason", "key")]).await;
    assert_eq!(answer.status.as_u16(), 409, "its issuer revokes it");
    let path = "/quan-tri/chung-thu/ghi-nhan";
    let bad = officer.post(path, &[("pem", "x"), ("unit", "H57.101"), ("carrier", "hsm")]).await;
    assert!(bad.title().starts_with("Lỗi: ") && bad.has("Không đọc được chứng thư"));
}

async fn mails(town: &Town) -> Vec<Sent> {
    town.house.run_jobs().await;
    let sent: Result<Vec<Sent>, StoreError> =
        town.ctx().store.read(|tx| outside::sent(tx, None, None, 50)).await;
    sent.unwrap()
}

/// As the schedule puts it in, each morning.
async fn morning(town: &Town) {
    let job = jobs::NewJob {
        id: town.ctx().ids.next(),
        kind: "trust.find-ending",
        payload: serde_json::Value::Null,
        run_at: town.ctx().clock.now(),
        key: None,
    };
    let put: Result<(), StoreError> =
        town.ctx().store.write(move |tx| jobs::enqueue(tx, &job)).await;
    put.unwrap();
    town.house.run_jobs().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_unit_is_reminded_thirty_fifteen_and_seven_days_before_once_each() {
    let town = Town::new().await;
    town.authority().await;
    let seal = town.seal().await;
    let address = "tiepnhan@thuanhoa.example.vn";
    reachable(&town, address).await;
    let mut told = Vec::new();
    for days_left in [40, 31, 30, 29, 16, 15, 14, 8, 7, 6, 1] {
        town.ctx().clock.set(seal.not_after - SignedDuration::from_hours(24 * days_left));
        morning(&town).await;
        morning(&town).await;
        let count = mails(&town).await.iter().filter(|mail| mail.recipient == address).count();
        told.push((days_left, count));
    }
    let expected = [
        (40, 0),
        (31, 0),
        (30, 1),
        (29, 1),
        (16, 1),
        (15, 2),
        (14, 2),
        (8, 2),
        (7, 3),
        (6, 3),
        (1, 3),
    ];
    assert_eq!(told, expected);
    let mail = &mails(&town).await[0];
    assert!(mail.text.contains("Thuận Hóa") && mail.text.contains(&seal.id.to_string()));
    let page =
        town.at_work("quantri.hue").await.get(&format!("/quan-tri/chung-thu/{}", seal.id)).await;
    assert!(page.has("Mức 30 ngày") && page.has("Mức 7 ngày"), "{}", page.text);
}

async fn reachable(town: &Town, address: &'static str) {
    let over = organisations::Scope::Everything;
    let mandate =
        organisations::Mandate { actor: None, actor_name: "Bản thử".to_owned(), over };
    let found = town.ctx().store.read(|tx| organisations::queries::by_code(tx, "H57.101")).await;
    let unit = found.unwrap().unwrap();
    let lines = organisations::ContactLines { email: address.to_owned(), ..Default::default() };
    let contact = organisations::Contact::parse(&lines).unwrap();
    let at = organisations::commands::Target { unit: unit.id, version: unit.version };
    organisations::commands::change_contact(town.ctx(), &mandate, at, contact).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_read_what_is_public_and_no_list_of_people() {
    let town = Town::new().await;
    town.authority().await;
    let seal = town.seal().await;
    let officer = town
        .issued(&[
            ("profile", "officer"),
            ("unit", "H57.101"),
            ("login", "lanhdao.thuanhoa"),
            ("carrier", "software"),
        ])
        .await;
    let list = town.house.get("/api/v1/certificates").await;
    assert!(list.has(&seal.fingerprint) && !list.has(&officer.fingerprint), "{}", list.text);
    let people = town.house.get("/api/v1/certificates?profile=officer").await;
    assert_eq!(people.status.as_u16(), 422, "{}", people.text);
    let one = town.house.get(&format!("/api/v1/certificates/{}", officer.fingerprint)).await;
    assert!(one.has("\"standing\":\"good\""), "{}", one.text);
    let nothing = town.house.get("/api/v1/certificates/00").await;
    assert_eq!(nothing.status.as_u16(), 404);
}
