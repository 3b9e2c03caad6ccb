//! Slips and results with their signatures, the whole way: printed, put before those who sign them,
//! signed in a sitting or with a code, sealed by rule, issued, checked by anybody. And what happens
//! when somebody sends one back, or takes it back.

use futures_util::future::join_all;
use organisations::UnitId;
use platform::clock::local;
use platform::testing::{Visitor, press, printed};
use signing::Scope;
use signing::commands::rules::{NewRule, make_here};
use trust::commands::Scribe;
use trust::commands::authority::{NewAuthority, create};
use trust::{Keeper, KeyKind};

use super::town::Town;
use crate::DossierId;
use crate::commands::signatures::submit_result;

const WORDING: [(&str, &str); 3] =
    [("ten", "Giấy khai sinh"), ("so", "12/2026"), ("noi-dung", "Trẻ: An Nhiên")];

/// What the press prints, whatever it is asked.
const PRINTED: &str = "Ban in cua phep thu";

/// A town with a press in which clerk and leader have certificates, counter and commune seals, and
/// the program seals what they sign.
async fn signing_town(folder: &tempfile::TempDir) -> Town {
    let town = Town::printing(Some(press(folder.path(), PRINTED).unwrap())).await;
    let ctx = &town.house.ctx;
    let new = NewAuthority {
        name: "Liên Thông thử nghiệm".to_owned(),
        slug: None,
        kind: KeyKind::P256,
        keeper: Keeper::Software,
        sandbox: true,
    };
    create(ctx, &Scribe::named(ctx, None, "operator"), new).await.unwrap();
    let (mut asker, mut decider) = (town.officer("quan.tri").await, town.officer("he.thong").await);
    let ask = [("profile", "seal"), ("unit", "H57.101")];
    certificate(&mut asker, &mut decider, &ask).await;
    for (login, title) in [("lanh.dao", "Chủ tịch"), ("mot.cua", "Cán bộ một cửa")] {
        let ask = [("profile", "officer"), ("unit", "H57.101"), ("login", login), ("title", title)];
        certificate(&mut asker, &mut decider, &ask).await;
    }
    let ask = [("profile", "seal"), ("unit", "H57.101.01")];
    certificate(&mut asker, &mut decider, &ask).await;
    for unit in [town.commune, town.centre] {
        sealed_by_rule(&town, unit).await;
    }
    town
}

async fn certificate(asker: &mut Visitor, decider: &mut Visitor, fields: &[(&str, &str)]) {
    let form = "/quan-tri/chung-thu/yeu-cau/tao";
    asker.get(form).await;
    let fields: Vec<_> = fields.iter().copied().chain([("carrier", "software")]).collect();
    let asked = asker.post(form, &fields).await;
    assert_eq!(asked.status, 303, "{fields:?}: {}", asked.text);
    decider.get(asked.location()).await;
    let issued = decider.post(&format!("{}/duyet", asked.location()), &[]).await;
    assert_eq!(issued.status, 303, "{fields:?}: {}", issued.text);
}

async fn sealed_by_rule(town: &Town, unit: UnitId) {
    let valid_from = local(town.house.ctx.clock.now()).date();
    for scope in [Scope::Slip, Scope::Result] {
        let rule = NewRule { unit, scope: Some(scope), valid_from, valid_to: None };
        make_here(&town.house.ctx, "operator", rule).await.unwrap();
    }
}

/// A dossier on the leader's desk, accepted by a clerk with an open sitting.
async fn on_the_leaders_desk(town: &Town, binh: &mut Visitor) -> String {
    let dossier = town.sent(binh).await;
    let mut clerk = town.officer("mot.cua").await;
    open_sitting(town, &mut clerk).await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    town.done(&mut clerk, &dossier, ("chuyen", &[])).await;
    let mut specialist = town.officer("chuyen.vien").await;
    town.done(&mut specialist, &dossier, ("chuyen", &[])).await;
    dossier
}

async fn open_sitting(town: &Town, clerk: &mut Visitor) {
    town.wait();
    clerk.get("/can-bo/ky-so/phien").await;
    let opened = clerk.post("/can-bo/ky-so/phien/mo", &[("code", &town.code())]).await;
    assert_eq!(opened.status, 303, "{}", opened.text);
}

/// Approves; the address at which the result is signed.
async fn approved(town: &Town, leader: &mut Visitor, dossier: &str) -> String {
    let answer = town.act(leader, dossier, ("quyet-dinh", &WORDING)).await;
    assert!(answer.location().starts_with("/can-bo/ky-so/"), "{}", answer.text);
    answer.location().to_owned()
}

async fn signed(town: &Town, officer: &mut Visitor, submission: &str) {
    town.wait();
    let page = officer.get(submission).await;
    let sha256 = page.input("sha256").unwrap_or_else(|| panic!("{}", page.text)).to_owned();
    let fields = [("sha256", sha256.as_str()), ("code", &town.code())];
    let answer = officer.post(&format!("{submission}/ky"), &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
}

fn signatures(pdf: &[u8]) -> usize {
    pdf.windows(b"/ByteRange".len()).filter(|window| *window == b"/ByteRange").count()
}

/// The page has links to the check of a file, and of this code.
fn check_code(page: &str) -> &str {
    let code = page.split("/kiem-tra/").skip(1).find(|rest| !rest.starts_with("tep"));
    &code.unwrap_or_else(|| panic!("no check code: {page}"))[..14]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_signed_in_the_clerks_sitting_and_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let town = signing_town(&folder).await;
    let mut binh = town.binh().await;
    let dossier = on_the_leaders_desk(&town, &mut binh).await;
    let slip = format!("{dossier}/phieu/slip01/1");
    assert!(binh.get(&slip).await.has("Bản PDF chưa ký số"));
    assert_eq!(signatures(&binh.get(&format!("{slip}/pdf")).await.bytes), 0);
    town.house.run_jobs().await;
    let page = binh.get(&slip).await;
    assert!(page.has("Bản PDF đã ký số xong lúc"), "{}", page.text);
    let pdf = binh.get(&format!("{slip}/pdf")).await;
    assert_eq!(signatures(&pdf.bytes), 2);
    let mut stranger = town.house.visitor();
    stranger.get("/kiem-tra/tep").await;
    let files = [("tep", "phieu.pdf", "application/pdf", &pdf.bytes[..])];
    let report = stranger.upload("/kiem-tra/tep", &[], &files).await;
    assert!(report.has("Văn bản có chữ ký số hợp lệ của"), "{}", report.text);
    assert!(report.has("Cán bộ mot cua") && report.has("Trung tâm Một"), "{}", report.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_sitting_the_receipt_waits_for_its_clerk() {
    let folder = tempfile::tempdir().unwrap();
    let town = signing_town(&folder).await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    town.house.run_jobs().await;
    let page = clerk.get(&format!("/can-bo{dossier}/phieu/slip01/1")).await;
    assert!(page.has("đang chờ người có thẩm quyền ký"), "{}", page.text);
    let link = page.text.split("href=\"/can-bo/ky-so/").nth(1).expect("where it is signed");
    let submission = format!("/can-bo/ky-so/{}", link.split('"').next().unwrap());
    let own = binh.get(&format!("{dossier}/phieu/slip01/1")).await;
    assert!(!own.has("/can-bo/ky-so/"), "the citizen is not led there");
    signed(&town, &mut clerk, &submission).await;
    town.house.run_jobs().await;
    let page = clerk.get(&format!("/can-bo{dossier}/phieu/slip01/1")).await;
    assert!(page.has("Bản PDF đã ký số xong lúc"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_is_issued_once_it_is_signed_and_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let town = signing_town(&folder).await;
    let mut binh = town.binh().await;
    let dossier = on_the_leaders_desk(&town, &mut binh).await;
    let mut leader = town.officer("lanh.dao").await;
    let submission = approved(&town, &mut leader, &dossier).await;
    let desk = leader.get(&format!("/can-bo{dossier}")).await;
    assert!(desk.has("Kết quả đã duyệt, chờ ký số"), "{}", desk.text);
    assert!(desk.has(&format!("href=\"{submission}\"")), "{}", desk.text);
    let told = binh.get(&dossier).await;
    assert!(!told.has("Đã có kết quả") && !told.has("chờ ký số"), "{}", told.text);
    assert_eq!(binh.get(&format!("{dossier}/ket-qua")).await.status, 404);

    signed(&town, &mut leader, &submission).await;
    town.house.run_jobs().await;
    let desk = leader.get(&format!("/can-bo{dossier}")).await;
    assert!(desk.has("Đã xử lý xong"), "{}", desk.text);
    let result = binh.get(&format!("{dossier}/ket-qua")).await;
    assert!(result.has("Bản PDF đã ký số xong lúc"), "{}", result.text);
    assert!(binh.get("/vi-giay-to").await.has("Bản PDF đã ký số xong lúc"));
    let pdf = binh.get(&format!("{dossier}/ket-qua/pdf")).await;
    assert_eq!(signatures(&pdf.bytes), 2);

    let code = check_code(&result.text);
    for (lang, words) in [
        ("vi", ["Giấy tờ này là thật", "Hợp lệ", "Con dấu số của cơ quan", "Xã Châu Thới"]),
        ("en", ["Valid", "Digital seal of the agency", "Cán bộ lanh dao", "Chủ tịch"]),
    ] {
        let check = town.house.get(&format!("/kiem-tra/{code}?lang={lang}")).await;
        for word in words {
            assert!(check.has(word), "{word}: {}", check.text);
        }
    }
    let missing = town.house.ctx.words.missing();
    assert!(missing.is_empty(), "{missing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_outlives_a_press_that_fails_and_is_put_before_its_signer_once() {
    let folder = tempfile::tempdir().unwrap();
    let town = signing_town(&folder).await;
    let mut binh = town.binh().await;
    let dossier = on_the_leaders_desk(&town, &mut binh).await;
    town.house.run_jobs().await;
    std::fs::remove_file(folder.path().join("answer")).unwrap();
    let mut leader = town.officer("lanh.dao").await;
    town.done(&mut leader, &dossier, ("quyet-dinh", &WORDING)).await;
    let desk = leader.get(&format!("/can-bo{dossier}")).await;
    assert!(desk.has("Kết quả đã duyệt, chờ ký số"), "{}", desk.text);
    std::fs::write(folder.path().join("answer"), printed(PRINTED)).unwrap();
    let id = DossierId::parse(dossier.trim_start_matches("/ho-so/")).unwrap();
    let both = join_all((0..2).map(|_| submit_result(&town.house.ctx, id))).await;
    let [first, second] = [&both[0], &both[1]].map(|one| one.clone().unwrap().unwrap());
    assert_eq!(first, second, "whoever was slower finds the submission of the other");
    town.house.run_jobs().await;
    let queue = leader.get("/can-bo/ky-so").await;
    assert_eq!(queue.text.matches("name=\"chosen\"").count(), 1, "{}", queue.text);
    signed(&town, &mut leader, &format!("/can-bo/ky-so/{first}")).await;
    town.house.run_jobs().await;
    assert!(binh.get(&dossier).await.has("Đã có kết quả"));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_result_waits_for_its_signatures_nothing_else_happens() {
    let folder = tempfile::tempdir().unwrap();
    let town = signing_town(&folder).await;
    let mut binh = town.binh().await;
    let dossier = on_the_leaders_desk(&town, &mut binh).await;
    let mut leader = town.officer("lanh.dao").await;
    let page = binh.get(&format!("{dossier}/rut")).await;
    let stop = leader.get(&format!("/can-bo{dossier}/viec/dung")).await;
    approved(&town, &mut leader, &dossier).await;
    for act in ["quyet-dinh", "dung", "hen-lai", "tra-lai"] {
        let late = leader.get(&format!("/can-bo{dossier}/viec/{act}")).await;
        assert_eq!(late.status, 409, "{act}");
        assert!(late.has("Kết quả đang chờ ký số"), "{act}: {}", late.text);
    }
    // Whoever had the form open from before is told the same, or that the dossier changed.
    let version = stop.input("version").unwrap().to_owned();
    let reason = [("ly-do", "Không đủ điều kiện."), ("version", version.as_str())];
    let late = leader.post(&format!("/can-bo{dossier}/viec/dung"), &reason).await;
    assert_eq!(late.status, 409, "{}", late.text);
    let fields = [("version", page.input("version").unwrap())];
    let late = binh.post(&format!("{dossier}/rut"), &fields).await;
    assert_eq!(late.status, 409, "{}", late.text);
    assert!(!binh.get(&dossier).await.has(&format!("{dossier}/rut")));
    // A note changes nothing.
    town.done(&mut leader, &dossier, ("ghi-chu", &[("ghi-chu", "Chờ ký buổi chiều")])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_decides_may_take_it_back_and_decide_anew() {
    let folder = tempfile::tempdir().unwrap();
    let town = signing_town(&folder).await;
    let mut binh = town.binh().await;
    let dossier = on_the_leaders_desk(&town, &mut binh).await;
    let mut leader = town.officer("lanh.dao").await;
    let first = approved(&town, &mut leader, &dossier).await;
    town.done(&mut leader, &dossier, ("rut-trinh-ky", &[])).await;
    assert!(leader.get(&first).await.input("sha256").is_none(), "it cannot be signed any more");
    town.house.run_jobs().await;
    let form = leader.get(&format!("/can-bo{dossier}/viec/quyet-dinh")).await;
    assert!(form.has("12/2026"), "the wording stays: {}", form.text);
    assert!(leader.get(&format!("/can-bo{dossier}")).await.has("Đã thôi duyệt kết quả"));
    let second = approved(&town, &mut leader, &dossier).await;
    assert_ne!(first, second);
    signed(&town, &mut leader, &second).await;
    town.house.run_jobs().await;
    assert!(binh.get(&dossier).await.has("Đã có kết quả"));
    let late = leader.get(&format!("/can-bo{dossier}/viec/rut-trinh-ky")).await;
    assert_eq!(late.status, 409, "{}", late.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_is_sent_back_lies_with_who_decides_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let town = signing_town(&folder).await;
    let mut binh = town.binh().await;
    let dossier = on_the_leaders_desk(&town, &mut binh).await;
    let mut leader = town.officer("lanh.dao").await;
    let submission = approved(&town, &mut leader, &dossier).await;
    leader.get(&submission).await;
    let reason = [("reason", "Sai ngày sinh của trẻ")];
    let declined = leader.post(&format!("{submission}/tra-lai"), &reason).await;
    assert_eq!(declined.status, 303, "{}", declined.text);
    town.house.run_jobs().await;
    let desk = leader.get(&format!("/can-bo{dossier}")).await;
    assert!(desk.has("Sai ngày sinh của trẻ") && desk.has("/viec/quyet-dinh"), "{}", desk.text);
    let story = binh.get(&dossier).await;
    assert!(!story.has("Sai ngày sinh của trẻ") && !story.has("Đã có kết quả"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_sign_gives_out_a_copy_that_says_why_it_is_not_signed() {
    let folder = tempfile::tempdir().unwrap();
    let town = signing_town(&folder).await;
    let mut clerk = town.officer("mot.cua.khac").await;
    let dossier = town.taken_in(&mut clerk, "Lê Văn Dũng", "046070001111").await;
    town.house.run_jobs().await;
    let slip = clerk.get(&format!("/can-bo{dossier}/phieu/slip01/1")).await;
    assert!(slip.has("người ký chưa có chứng thư chữ ký số"), "{}", slip.text);
    let pdf = clerk.get(&format!("/can-bo{dossier}/phieu/slip01/1/pdf")).await;
    assert_eq!((pdf.status.as_u16(), signatures(&pdf.bytes)), (200, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_whose_signature_does_not_hold_is_not_called_genuine() {
    let folder = tempfile::tempdir().unwrap();
    let town = signing_town(&folder).await;
    let mut binh = town.binh().await;
    let dossier = on_the_leaders_desk(&town, &mut binh).await;
    let mut leader = town.officer("lanh.dao").await;
    let submission = approved(&town, &mut leader, &dossier).await;
    signed(&town, &mut leader, &submission).await;
    town.house.run_jobs().await;
    let told = binh.get(&format!("{dossier}/ket-qua")).await;
    let code = check_code(&told.text);

    // The key was stolen the day before it signed.
    let mut decider = town.officer("he.thong").await;
    let found = decider.get("/quan-tri/chung-thu?q=lanh+dao").await;
    let (_, rest) = found.text.split_once("href=\"/quan-tri/chung-thu/0").unwrap();
    let id = rest.split('"').next().unwrap();
    let form = format!("/quan-tri/chung-thu/0{id}/thu-hoi");
    decider.get(&form).await;
    let day = local(town.house.ctx.clock.now()).date().yesterday().unwrap();
    let parts =
        [day.day().into(), day.month().into(), day.year()].map(|part: i16| part.to_string());
    let [day, month, year] = parts.each_ref().map(String::as_str);
    let since = [("since-day", day), ("since-month", month), ("since-year", year)];
    let fields = [[("reason", "key")].as_slice(), &since].concat();
    let revoked = decider.post(&form, &fields).await;
    assert_eq!(revoked.status, 303, "{}", revoked.text);
    town.house.run_jobs().await;

    let check = town.house.get(&format!("/kiem-tra/{code}")).await;
    assert!(check.has("Chưa công nhận được giấy tờ này"), "{}", check.text);
    assert!(!check.has("Giấy tờ này là thật"), "{}", check.text);
}
