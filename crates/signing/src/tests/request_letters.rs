//! Letters of request the whole way: printed, put before the unit's competent person and its seal,
//! attached to what they ask for, and the ground of the decision.

use identity::Role;
use platform::testing::{Answer, Visitor, press};
use wire::algorithm::Digest;

use super::commune::{COMMUNE, LINE, Town, officer_with, sign};
use crate::submission::SubmissionId;

/// Requests are decided on letters only, from today on.
async fn ruled(town: &Town) -> Visitor {
    let mut decider = town.at_work("hethong").await;
    let form = "/quan-tri/chung-thu/van-ban/tao";
    decider.get(form).await;
    let fields = [
        ("authority", "sandbox"),
        ("needed", "yes"),
        ("from-day", "23"),
        ("from-month", "11"),
        ("from-year", "2026"),
    ];
    let answer = decider.post(form, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    decider
}

/// The administrator of the commune asks for a certificate; answers with the request's page.
async fn asked(asker: &mut Visitor) -> String {
    let form = "/quan-tri/chung-thu/yeu-cau/tao";
    asker.get(form).await;
    let fields = [
        ("profile", "officer"),
        ("unit", COMMUNE),
        ("login", "vanthu"),
        ("title", "Văn thư"),
        ("carrier", "software"),
    ];
    let answer = asker.post(form, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.location().to_owned()
}

/// The page of the letter of a request.
fn letter_of(request: &str) -> String {
    format!("/can-bo/ky-so/de-nghi/{}", request.rsplit('/').next().unwrap())
}

async fn write(asker: &mut Visitor, letter: &str, signer: &str) -> Answer {
    asker.get(letter).await;
    let fields = [
        ("signer", signer),
        ("about", "revoke"),
        ("number", "12/UBND-VP"),
        ("addressee", "Cục Chứng thực số và Bảo mật thông tin"),
        ("reason", "Văn thư mới nhận công tác"),
    ];
    asker.post(letter, &fields).await
}

async fn signer(town: &Town, login: &str) -> String {
    format!("{}:{}", town.unit(COMMUNE).await.0, town.account(login).await)
}

fn submission_of(answer: &Answer) -> SubmissionId {
    assert_eq!(answer.status, 303, "{}", answer.text);
    let last = answer.location().rsplit('/').next().unwrap();
    SubmissionId(uuid::Uuid::try_parse(last).unwrap())
}

/// Signed by this officer, then sealed, then told.
async fn signed_by(town: &Town, id: SubmissionId, login: &str) {
    for login in [login, "vanthu"] {
        let mut visitor = town.at_work(login).await;
        let code = town.code();
        let answer = sign(&mut visitor, id, &code).await;
        assert_eq!(answer.status, 303, "{login}: {}", answer.text);
    }
    town.house.run_jobs().await;
}

fn address(page: &Answer, part: &str) -> String {
    let rest = page.text.split(&format!("href=\"{part}")).nth(1);
    let rest = rest.unwrap_or_else(|| panic!("no link {part}: {}", page.text));
    format!("{part}{}", rest.split('"').next().unwrap())
}

const FILES: &str = "/quan-tri/chung-thu/van-ban/";

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_approved_on_the_letter_that_its_unit_signed_and_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::printing(press(folder.path(), LINE).unwrap()).await;
    let mut decider = ruled(&town).await;
    let mut asker = town.at_work("quantri").await;
    let request = asked(&mut asker).await;
    let page = decider.get(&request).await;
    assert!(page.has("chỉ được duyệt khi có văn bản đề nghị") && !page.has("/duyet\""));
    let early = decider.post(&format!("{request}/duyet"), &[]).await;
    assert!(early.status == 409 && early.has("Chưa có văn bản đề nghị đã ký số"), "{}", early.text);

    let letter = letter_of(&request);
    assert_eq!(address(&asker.get(&request).await, "/can-bo/ky-so/de-nghi/"), letter);
    let form = asker.get(&letter).await;
    assert!(form.has("Cán bộ lanhdao") && !form.has("Cán bộ motcua"), "{}", form.text);
    let written = write(&mut asker, &letter, &signer(&town, "lanhdao").await).await;
    let id = submission_of(&written);
    let printed = std::fs::read_to_string(folder.path().join("asked")).unwrap();
    for word in ["certificate-request", "Cán bộ vanthu", "Văn thư mới nhận", "Chủ tịch", COMMUNE]
    {
        assert!(printed.contains(word), "{word}: {printed}");
    }
    signed_by(&town, id, "lanhdao").await;

    let page = decider.get(&request).await;
    assert!(page.has("Số 12/UBND-VP, ngày 23/11/2026") && page.has("Hợp lệ"), "{}", page.text);
    let file = decider.get(&address(&page, FILES)).await;
    let submission = town.submission(id).await.0;
    assert_eq!(platform::hex::to_hex(&Digest::Sha256.of(&file.bytes)), submission.sha256);
    let mut stranger = town.at_work("nguoila").await;
    assert_eq!(stranger.get(&address(&page, FILES)).await.status, 404);
    assert_eq!(stranger.get(&letter).await.status, 404);
    assert_eq!(write(&mut stranger, &letter, &signer(&town, "lanhdao").await).await.status, 404);

    let approved = decider.post(&format!("{request}/duyet"), &[]).await;
    assert_eq!(approved.status, 303, "{}", approved.text);
    assert_eq!(town.acts("trust.attach-letter").await.len(), 1);
    assert_eq!(town.acts("signing.write-letter").await.len(), 1);
    // Decided: no further letter.
    let late = write(&mut asker, &letter, &signer(&town, "lanhdao").await).await;
    assert!(late.status == 409 && late.has("đã được quyết định"), "{}", late.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signed_the_letter_does_not_approve_the_request() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::printing(press(folder.path(), LINE).unwrap()).await;
    let both = [Role::Leader, Role::SystemAdministrator];
    officer_with(&town.house, "kiemnhiem", (&both, COMMUNE)).await;
    town.certify_person("kiemnhiem", "Phó Chủ tịch").await;
    ruled(&town).await;
    let mut asker = town.at_work("quantri").await;
    let request = asked(&mut asker).await;
    let signer = signer(&town, "kiemnhiem").await;
    let id = submission_of(&write(&mut asker, &letter_of(&request), &signer).await);
    signed_by(&town, id, "kiemnhiem").await;
    let mut own = town.at_work("kiemnhiem").await;
    let page = own.get(&request).await;
    assert!(page.has("không được duyệt đề nghị đó") && !page.has("/duyet\""), "{}", page.text);
    let answer = own.post(&format!("{request}/duyet"), &[]).await;
    assert!(answer.status == 409 && answer.has("không được duyệt đề nghị đó"), "{}", answer.text);
    let mut other = town.at_work("hethong").await;
    other.get(&request).await;
    assert_eq!(other.post(&format!("{request}/duyet"), &[]).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_letter_waits_at_a_time_and_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::printing(press(folder.path(), LINE).unwrap()).await;
    let mut asker = town.at_work("quantri").await;
    let letter = letter_of(&asked(&mut asker).await);
    asker.get(&letter).await;
    let empty = asker.post(&letter, &[("addressee", "Nơi nhận đã gõ")]).await;
    assert!(empty.title().starts_with("Lỗi: ") && empty.has("Nơi nhận đã gõ"), "{}", empty.text);
    // Who does not decide for the unit signs nothing in its name.
    let wrong = write(&mut asker, &letter, &signer(&town, "motcua").await).await;
    assert!(
        wrong.has("Chọn người ký trong danh sách") && wrong.has("12/UBND-VP"),
        "{}",
        wrong.text
    );
    assert!(town.acts("signing.submit").await.is_empty());

    let leader = signer(&town, "lanhdao").await;
    let id = submission_of(&write(&mut asker, &letter, &leader).await);
    let second = write(&mut asker, &letter, &leader).await;
    assert!(second.status == 409 && second.has("Đã có một văn bản đang chờ ký"), "{}", second.text);
    assert!(asker.get(&letter).await.has("Văn bản đang chờ ký"));
    let back = asker.post(&format!("{letter}/rut"), &[]).await;
    assert_eq!(back.status, 303, "{}", back.text);
    assert_eq!(asker.post(&format!("{letter}/rut"), &[]).await.status, 409);
    town.house.run_jobs().await;
    let mut signer = town.at_work("lanhdao").await;
    let code = town.code();
    assert_eq!(sign(&mut signer, id, &code).await.status, 409);
    submission_of(&write(&mut asker, &letter, &leader).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_signed_after_the_decision_is_not_its_ground() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::printing(press(folder.path(), LINE).unwrap()).await;
    let mut asker = town.at_work("quantri").await;
    let request = asked(&mut asker).await;
    let leader = signer(&town, "lanhdao").await;
    let id = submission_of(&write(&mut asker, &letter_of(&request), &leader).await);
    let mut decider = town.at_work("hethong").await;
    decider.get(&request).await;
    // Nobody ruled that one is needed.
    assert_eq!(decider.post(&format!("{request}/duyet"), &[]).await.status, 303);
    signed_by(&town, id, "lanhdao").await;
    assert!(town.acts("trust.attach-letter").await.is_empty());
    assert!(!decider.get(&request).await.has("12/UBND-VP"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_whose_signature_does_not_hold_is_no_ground() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::printing(press(folder.path(), LINE).unwrap()).await;
    let mut decider = ruled(&town).await;
    let mut asker = town.at_work("quantri").await;
    let request = asked(&mut asker).await;
    let leader = signer(&town, "lanhdao").await;
    let id = submission_of(&write(&mut asker, &letter_of(&request), &leader).await);
    signed_by(&town, id, "lanhdao").await;
    let fingerprint = town.submission(id).await.1[0].certificate.clone().unwrap();
    let certificate = town.certificate(&fingerprint).await;
    // The key was in other hands since the morning, before it signed.
    let since = town.ctx().clock.now();
    town.pass_seconds(60);
    town.revoke(&certificate, Some(since)).await;
    let page = decider.get(&request).await;
    assert!(page.has("Không hợp lệ"), "{}", page.text);
    let answer = decider.post(&format!("{request}/duyet"), &[]).await;
    assert!(answer.status == 409 && answer.has("không được xác nhận là hợp lệ"), "{}", answer.text);
    assert!(decider.get(&request).await.has("Chờ duyệt"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_revoked_at_once_gets_its_letter_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::printing(press(folder.path(), LINE).unwrap()).await;
    let lost = town.certify_person("vanthu", "Văn thư").await;
    town.revoke(&lost, None).await;
    let page = format!("/quan-tri/chung-thu/{}", lost.id);
    let mut asker = town.at_work("quantri").await;
    let shown = asker.get(&page).await;
    assert!(shown.has("Đã thu hồi") && shown.has("Chưa có văn bản đề nghị nào"), "{}", shown.text);
    let letter = address(&shown, "/can-bo/ky-so/de-nghi/chung-thu/");
    let leader = signer(&town, "lanhdao").await;
    let id = submission_of(&write(&mut asker, &letter, &leader).await);
    signed_by(&town, id, "lanhdao").await;
    let shown = asker.get(&page).await;
    assert!(shown.has("12/UBND-VP") && shown.has("Hợp lệ"), "{}", shown.text);
    assert!(asker.get(&address(&shown, FILES)).await.bytes.starts_with(b"%PDF"));
    let mut stranger = town.at_work("nguoila").await;
    assert_eq!(stranger.get(&letter).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_press_or_certificates_the_page_says_what_to_do() {
    let town = Town::new().await;
    let mut asker = town.at_work("quantri").await;
    let letter = letter_of(&asked(&mut asker).await);
    assert!(asker.get(&letter).await.has("Chưa cài chương trình in"));
    let answer = write(&mut asker, &letter, &signer(&town, "lanhdao").await).await;
    assert!(answer.status == 409 && answer.has("Chưa cài chương trình in"), "{}", answer.text);
}
