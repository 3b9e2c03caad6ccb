//! What people are told without looking: streams that say that something happened, messages, and
//! what was found about the signatures of what came.

use std::time::Duration;

use axum::body::Body;
use futures_util::StreamExt;
use http::Request;
use jiff::SignedDuration;
use platform::outside::sent;
use platform::testing::Visitor;
use platform::web::Caller;
use uuid::Uuid;

use super::mail::{Mail, act, incoming_page, letter, packet, pdf};
use super::outgoing::{DRAFTS, Office, add, does};
use crate::incoming::FileVerdict;
use crate::store::incoming;

/// Where messages to this officer go from now on.
pub(super) async fn address(mail: &Mail, username: &str) -> String {
    let account = Uuid::try_parse(&mail.account(username).await).unwrap();
    let address = format!("{username}@example.vn");
    let (email, now) = (address.clone(), mail.ctx().clock.now());
    let set = mail.ctx().store.write::<u64, platform::store::StoreError, _>(move |tx| {
        let sql = "UPDATE identity_account SET email = $2, email_proved_at = $3 WHERE id = $1";
        tx.execute(sql, &[&account, &email, &now])
    });
    assert_eq!(set.await.unwrap(), 1);
    address
}

/// All that an officer was told, the oldest first.
pub(super) async fn told(mail: &Mail, address: &str) -> Vec<String> {
    mail.house.run_jobs().await;
    let address = address.to_owned();
    let found = mail.read(move |tx| sent(tx, Some(&address), None, 50)).await;
    found.into_iter().rev().map(|one| one.text).collect()
}

/// Reads a stream of events until it says something.
async fn first_word(mail: &Mail, visitor: &Visitor, path: &str) -> String {
    let cookie = format!("__Host-session={}", visitor.cookie("__Host-session").unwrap());
    let request = Request::builder().uri(path).header("host", "localhost");
    let request = request.header("cookie", cookie).body(Body::empty()).unwrap();
    let answer = mail.house.site.clone().answer(request, Caller::local()).await;
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let (mut stream, mut text) = (answer.into_body().into_data_stream(), String::new());
    while !text.contains("data:") {
        let piece = tokio::time::timeout(Duration::from_secs(30), stream.next()).await;
        let piece = piece.expect("nobody said anything").expect("the stream ended").unwrap();
        text.push_str(std::str::from_utf8(&piece).unwrap());
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_tells_the_clerk_that_a_document_has_arrived() {
    let mail = Mail::new().await;
    let clerk = mail.at_work("vanthu").await;
    let path = "/can-bo/van-ban-den/moi";
    let (said, ()) = tokio::join!(first_word(&mail, &clerk, path), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        mail.post(&packet(&letter(61), &[("van-ban.pdf", &pdf())])).await;
    });
    assert!(said.contains("data: 1"), "{said}");
    // The page that listens says where.
    let list = mail.at_work("vanthu").await.get("/can-bo/van-ban-den").await;
    assert!(list.has("data-live=\"/can-bo/van-ban-den/moi\"") && list.has("tháng 61"));
    let mut stranger = mail.at_work("quantri").await;
    assert_eq!(stranger.get(path).await.status, 404, "who works with no documents hears nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_tells_the_author_what_others_did_with_a_draft() {
    let office = Office::bare(None).await;
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let id = office.drafted(&mut drafter, "Báo cáo").await;
    let page = drafter.get(&format!("{DRAFTS}/{id}")).await;
    assert!(page.has("data-live=\"/can-bo/van-ban-di/moi\""), "{}", page.text);
    assert!(drafter.get(DRAFTS).await.has("data-live=\"/can-bo/van-ban-di/moi\""));
    let (mail, path) = (&office.mail, "/can-bo/van-ban-di/moi");
    let mut clerk = mail.at_work("vanthu.hue").await;
    let (said, ()) = tokio::join!(first_word(mail, &drafter, path), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        add(&mut clerk, id, &[("add", "place"), ("place", "Lưu: VT")]).await;
    });
    assert!(said.contains("data: 1"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signatures_of_person_and_agency_on_what_came_are_found_valid() {
    let Some(office) = Office::new().await else { return };
    let mut drafter = office.mail.at_work("chuyenvien.hue").await;
    let id = office.issued(&mut drafter, "Có đủ chữ ký").await;
    let (mail, document) = (&office.mail, office.one(id).await.document_id.unwrap());
    let one = mail.of(&document).await;
    let files = mail.files(one.id).await;
    let verdict = FileVerdict::read(files[0].verdict.as_deref().unwrap()).unwrap();
    assert_eq!(verdict.standing, "valid", "{verdict:?}");
    let signed: Vec<(bool, &str)> =
        verdict.signed.iter().map(|one| (one.is_person, one.standing.as_str())).collect();
    assert_eq!(signed, [(true, "valid"), (false, "valid")]);
    assert!(verdict.signed[0].who.contains("Cán bộ lanhdao.hue"), "{verdict:?}");
    assert!(verdict.signed[1].who.contains("Ủy ban nhân dân thành phố Huế"), "{verdict:?}");
    assert_eq!(one.signature, "valid", "the packet is signed by the agency, too");
    let mut clerk = mail.at_work("vanthu").await;
    let page = clerk.get(&format!("/can-bo/van-ban-den/{}", one.id)).await;
    for told in ["Người ký: Cán bộ lanhdao.hue", "Cơ quan: Ủy ban nhân dân thành phố Huế"]
    {
        assert!(page.has(told), "{told}: {}", page.text);
    }
    // A letter of its file changed on the way: it is the same paper no more.
    let mut broken =
        mail.ctx().files.read(files[0].file.unwrap(), 10 << 20).await.unwrap().to_vec();
    let at = broken.windows(4).position(|four| four == b"/Page").map_or(200, |at| at - 60);
    broken[at] ^= 1;
    mail.post(&packet(&letter(62), &[("sua.pdf", &broken)])).await;
    let forged = mail.of(&super::mail::document_id(62)).await;
    let files = mail.files(forged.id).await;
    let verdict = FileVerdict::read(files[0].verdict.as_deref().unwrap()).unwrap();
    assert_ne!(verdict.standing, "valid", "{verdict:?}");
    let read = mail.read(move |tx| incoming::by_id(tx, forged.id)).await.unwrap();
    assert_eq!(read.signature, "absent");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gets_something_to_do_is_told_and_reminded_and_who_gave_it_too() {
    let mail = Mail::new().await;
    let (leader, handler) = (address(&mail, "lanhdao").await, address(&mail, "chuyenvien").await);
    let clerk_at = address(&mail, "vanthu").await;
    let mut urgent = letter(63);
    urgent.other.priority = "2".to_owned();
    mail.post(&packet(&urgent, &[("van-ban.pdf", &pdf())])).await;
    let id = mail.of(&super::mail::document_id(63)).await.id;
    let here = format!("http://localhost/can-bo/van-ban-den/{id}");
    let heard = told(&mail, &clerk_at).await;
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert!(heard[0].starts_with("Có văn bản khẩn vừa đến: V/v phối hợp tháng 63"), "{heard:?}");
    assert!(heard[0].contains(&here), "{heard:?}");

    let mut clerk = mail.at_work("vanthu").await;
    let to = mail.account("lanhdao").await;
    act(&mut clerk, &incoming_page(id, "tiep-nhan"), &[("leader", &to)]).await;
    assert!(told(&mail, &leader).await[0].starts_with("Có văn bản trình"));
    let mut head = mail.at_work("lanhdao").await;
    let main = mail.account("chuyenvien").await;
    let fields = [("main", main.as_str()), ("days", "5"), ("instruction", "Xử lý")];
    act(&mut head, &incoming_page(id, "phan-cong"), &fields).await;
    assert!(told(&mail, &handler).await[0].starts_with("Có việc mới được giao"));

    // Due on Monday the 30th: reminded on Friday, told to be late on Tuesday, both once.
    for (days, heard_by_handler, heard_by_leader) in [(4, 2, 1), (0, 2, 1), (4, 3, 2), (0, 3, 2)] {
        mail.pass(SignedDuration::from_hours(24 * days));
        mail.run("office.remind").await;
        assert_eq!(told(&mail, &handler).await.len(), heard_by_handler, "{days}");
        assert_eq!(told(&mail, &leader).await.len(), heard_by_leader, "{days}");
    }
    let heard = told(&mail, &handler).await;
    assert!(heard[1].starts_with("Việc sắp đến hạn (30/11/2026)"), "{heard:?}");
    assert!(heard[2].starts_with("Việc đã quá hạn (30/11/2026)"), "{heard:?}");
    let heard = told(&mail, &leader).await;
    assert!(heard[1].starts_with("Việc đã giao bị quá hạn (30/11/2026)"), "{heard:?}");
    let mut worker = mail.at_work("chuyenvien").await;
    let list = worker.get("/can-bo/viec").await;
    let task = list.text.split("href=\"/can-bo/viec/0").nth(1).unwrap();
    let task = format!("/can-bo/viec/0{}", task.split('"').next().unwrap());
    act(&mut worker, &format!("{task}/lam/hoan-thanh"), &[("note", "Xong")]).await;
    assert!(told(&mail, &leader).await[2].starts_with("Việc đã giao đã hoàn thành"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_asked_about_a_draft_is_told_and_the_author_hears_the_answer() {
    let office = Office::bare(None).await;
    let mail = &office.mail;
    let (author, colleague) =
        (address(mail, "chuyenvien.hue").await, address(mail, "khac.hue").await);
    let (first, second) =
        (address(mail, "truongphong.hue").await, address(mail, "lanhdao.hue").await);
    let mut drafter = mail.at_work("chuyenvien.hue").await;
    let id = office.drafted(&mut drafter, "Kế hoạch năm").await;
    let asked = mail.account("khac.hue").await;
    for _ in 0..2 {
        does(&mut drafter, id, "xin-y-kien", &[("people", &asked)]).await;
    }
    let heard = told(mail, &colleague).await;
    assert_eq!(heard.len(), 1, "the same question is told of once: {heard:?}");
    assert!(heard[0].starts_with("Có dự thảo xin ý kiến: Kế hoạch năm"), "{heard:?}");
    assert!(heard[0].contains(&format!("http://localhost{DRAFTS}/{id}")), "{heard:?}");
    let mut other = mail.at_work("khac.hue").await;
    does(&mut other, id, "y-kien", &[("view", "agrees")]).await;
    assert!(told(mail, &author).await[0].starts_with("Dự thảo vừa có ý kiến"));

    let (head, chief) = (mail.account("truongphong.hue").await, mail.account("lanhdao.hue").await);
    does(&mut drafter, id, "trinh-ky-nhay", &[("people", &head), ("people-2", &chief)]).await;
    assert!(told(mail, &first).await[0].starts_with("Có dự thảo chờ ký nháy"));
    assert!(told(mail, &second).await.is_empty(), "not before it is their turn");
    does(&mut mail.at_work("truongphong.hue").await, id, "ky-nhay", &[]).await;
    assert_eq!(told(mail, &second).await.len(), 1);
    does(&mut mail.at_work("lanhdao.hue").await, id, "ky-nhay", &[]).await;
    assert!(told(mail, &author).await[1].starts_with("Dự thảo đã được ký nháy đủ"));
    does(&mut drafter, id, "trinh-ky-nhay", &[("people", &head)]).await;
    let back = [("reason", "Thiếu căn cứ")];
    does(&mut mail.at_work("truongphong.hue").await, id, "tra-lai", &back).await;
    assert!(told(mail, &author).await[2].starts_with("Dự thảo bị trả lại"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_receives_a_copy_in_the_house_is_told_when_it_is_issued() {
    let Some(office) = Office::new().await else { return };
    let mail = &office.mail;
    let receiver = address(mail, "khac.hue").await;
    let mut drafter = mail.at_work("chuyenvien.hue").await;
    let id = office.drafted(&mut drafter, "Quy chế làm việc").await;
    let colleague = mail.account("khac.hue").await;
    add(&mut drafter, id, &[("add", "people"), ("people", &colleague)]).await;
    office.on_to_its_issue(&mut drafter, id).await;
    let heard = told(mail, &receiver).await;
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert!(
        heard[0].starts_with("Vừa nhận một văn bản đã ban hành: Quy chế làm việc"),
        "{heard:?}"
    );
}
