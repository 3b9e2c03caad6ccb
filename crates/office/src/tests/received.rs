//! What came in, from the axis to its completion, as clerk, leader and handlers see it.

use organisations::Kind as UnitKind;

use super::mail::{
    DANANG, HUE, Mail, act, asks_back, document_id, id_of, incoming_page, letter, packet, pdf,
    recall, replacement, update,
};
use crate::incoming::State;

const LIST: &str = "/can-bo/van-ban-den";

#[tokio::test]
async fn a_document_is_taken_in_handed_out_worked_on_and_answered_for_at_every_step() {
    let mail = Mail::new().await;
    let id = mail.arrive(7).await;
    assert_eq!(mail.heard_code(7).await, "01");
    assert!(mail.heard(7).await.receipt.is_some(), "the axis knows that it was kept");

    let mut clerk = mail.at_work("vanthu").await;
    let list = clerk.get(LIST).await;
    assert!(list.has("V/v phối hợp tháng 7") && list.has("Chờ tiếp nhận"), "{}", list.text);
    let page = clerk.get(&format!("{LIST}/{id}")).await;
    assert!(page.has("Đủ thông tin bắt buộc") && page.has("van-ban.pdf"), "{}", page.text);
    assert!(page.has("Không có chữ ký"), "{}", page.text);
    let leader = mail.account("lanhdao").await;
    let accepted = act(&mut clerk, &incoming_page(id, "tiep-nhan"), &[("leader", &leader)]).await;
    assert_eq!(accepted.status, 303, "{}", accepted.text);
    assert_eq!(mail.heard_code(7).await, "03");
    let one = mail.one(id).await;
    assert_eq!((one.state, one.arrival_number().unwrap().as_str()), (State::Submitted, "01"));

    let mut head = mail.at_work("lanhdao").await;
    let main = mail.account("chuyenvien").await;
    let co = mail.account("phoihop").await;
    let fields =
        [("main", main.as_str()), ("co", &co), ("days", "3"), ("instruction", "Tham mưu trả lời")];
    let form = head.get(&incoming_page(id, "phan-cong")).await;
    assert!(form.has("V/v phối hợp tháng 7"), "what is handed out: {}", form.text);
    let assigned = act(&mut head, &incoming_page(id, "phan-cong"), &fields).await;
    assert_eq!(assigned.status, 303, "{}", assigned.text);
    assert_eq!(mail.heard_code(7).await, "04");
    // Monday the 23rd and three working days.
    assert_eq!(mail.one(id).await.due_on.unwrap().to_string(), "2026-11-26");

    let mut handler = mail.at_work("chuyenvien").await;
    let tasks = handler.get("/can-bo/viec").await;
    assert!(tasks.has("V/v phối hợp tháng 7") && tasks.has("Chủ trì"), "{}", tasks.text);
    let task = first_task(&tasks.text);
    let begun = act(&mut handler, &format!("{task}/lam/bat-dau"), &[]).await;
    assert_eq!(begun.status, 303, "{}", begun.text);
    assert_eq!(mail.heard_code(7).await, "05");
    let told = [("progress", "40"), ("note", "Đã lấy số liệu")];
    assert_eq!(act(&mut handler, &format!("{task}/lam/tien-do"), &told).await.status, 303);
    let done = [("note", "Đã trả lời"), ("reply", "15/UBND-NV")];
    let completed = act(&mut handler, &format!("{task}/lam/hoan-thanh"), &done).await;
    assert_eq!(completed.status, 303, "{}", completed.text);
    assert_eq!(mail.heard_code(7).await, "06");
    assert_eq!(mail.one(id).await.state, State::Done);

    let page = clerk.get(&format!("{LIST}/{id}")).await;
    for told in ["Tham mưu trả lời", "40 %. Đã lấy số liệu", "15/UBND-NV", "Hoàn thành phần việc"]
    {
        assert!(page.has(told), "{told}: {}", page.text);
    }
    for verb in ["office.arrive", "office.register", "office.assign", "office.complete"] {
        assert_eq!(mail.log(verb).await.len(), 1, "{verb}");
    }
    // Told twice, it is written down once.
    let again = crate::errands::ARRIVED;
    let delivery = mail.one(id).await.delivery.unwrap();
    let told = axis::Arrived { delivery };
    crate::commands::incoming::arriving::arrived(mail.ctx(), told).await.unwrap();
    assert_eq!(mail.log("office.arrive").await.len(), 1, "{again} is harmless to repeat");
}

/// The address of the first task on a page.
fn first_task(text: &str) -> String {
    let at = text.find("href=\"/can-bo/viec/0").unwrap() + "href=\"".len();
    text[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_sent_back_needs_a_reason_and_gets_no_number() {
    let mail = Mail::new().await;
    let id = mail.arrive(8).await;
    let mut clerk = mail.at_work("vanthu").await;
    let page = incoming_page(id, "tra-lai");
    let refused = act(&mut clerk, &page, &[("reason", "  ")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.title().starts_with("Lỗi: "), "{}", refused.title());
    assert_eq!(mail.heard_code(8).await, "01");
    let reason = "Văn bản không thuộc thẩm quyền";
    assert_eq!(act(&mut clerk, &page, &[("reason", reason)]).await.status, 303);
    assert_eq!(mail.heard_code(8).await, "02");
    let one = mail.one(id).await;
    assert_eq!((one.state, one.ordinal), (State::Refused, None));
    // Nothing goes on from there.
    assert_eq!(clerk.get(&incoming_page(id, "tiep-nhan")).await.status, 404);
    assert!(clerk.get(&format!("{LIST}?muc=tra-lai")).await.has("tháng 8"));
}

#[tokio::test]
async fn of_two_clerks_who_act_at_once_one_is_told_that_things_have_moved() {
    let mail = Mail::new().await;
    let id = mail.arrive(9).await;
    let (mut first, mut second) = (mail.at_work("vanthu").await, mail.at_work("vanthu").await);
    let page = incoming_page(id, "tiep-nhan");
    let shown = second.get(&page).await;
    let version = shown.input("version").unwrap().to_owned();
    assert_eq!(act(&mut first, &page, &[]).await.status, 303);
    let late = second.post(&page, &[("version", &version)]).await;
    assert_eq!(late.status, 404, "it can no longer be accepted: {}", late.title());
    let close = incoming_page(id, "ket-thuc");
    let stale = second.post(&close, &[("version", &version), ("reason", "Lưu")]).await;
    assert_eq!(stale.status, 409);
    assert_eq!(mail.log("office.register").await.len(), 1);
}

#[tokio::test]
async fn a_document_is_there_for_clerks_leaders_and_those_with_a_part_and_for_nobody_else() {
    let mail = Mail::new().await;
    let id = mail.arrive(10).await;
    let page = format!("{LIST}/{id}");
    let file = format!("{page}/tep/{}", mail.files(id).await[0].id);
    for stranger in ["chuyenvien", "sonoivu", "quantri", "vanthu.hue", "lanhdao.hue"] {
        let mut visitor = mail.at_work(stranger).await;
        assert_eq!(visitor.get(&page).await.status, 404, "{stranger}");
        assert_eq!(visitor.get(&file).await.status, 404, "{stranger}");
        assert_eq!(visitor.get(&incoming_page(id, "tiep-nhan")).await.status, 404, "{stranger}");
    }
    let mut clerk = mail.at_work("vanthu").await;
    let kept = clerk.get(&file).await;
    assert_eq!((kept.status.as_u16(), kept.bytes), (200, pdf()));
    assert_eq!(act(&mut clerk, &incoming_page(id, "tiep-nhan"), &[]).await.status, 303);
    let mut head = mail.at_work("lanhdao").await;
    // Somebody of a part of the agency, for information.
    let (main, other) = (mail.account("chuyenvien").await, mail.account("sonoivu").await);
    let fields = [("main", main.as_str()), ("information", &other)];
    let assigned = act(&mut head, &incoming_page(id, "phan-cong"), &fields).await;
    assert_eq!(assigned.status, 303, "{}", assigned.text);
    let mut informed = mail.at_work("sonoivu").await;
    assert_eq!(informed.get(&page).await.status, 200);
    assert_eq!(informed.get(&incoming_page(id, "ket-thuc")).await.status, 404);
    let pile = informed.get(&format!("{LIST}?muc=nhan-de-biet")).await;
    assert!(pile.has("tháng 10"), "{}", pile.text);
    assert_eq!(mail.at_work("phoihop").await.get(&page).await.status, 404);
}

#[tokio::test]
async fn a_recall_stops_everything_and_destroys_the_files_when_the_clerk_agrees() {
    let mail = Mail::new().await;
    let id = mail.arrive(11).await;
    let mut clerk = mail.at_work("vanthu").await;
    assert_eq!(act(&mut clerk, &incoming_page(id, "tiep-nhan"), &[]).await.status, 303);
    mail.post(&packet(&recall(11), &[])).await;
    assert!(mail.one(id).await.is_frozen);
    let page = clerk.get(&format!("{LIST}/{id}")).await;
    assert!(page.has("Sai thẩm quyền"), "{}", page.text);
    assert_eq!(clerk.get(&incoming_page(id, "ket-thuc")).await.status, 404, "it stands still");
    let wishes = clerk.get(&format!("{LIST}?muc=yeu-cau-ben-gui")).await;
    let wish = wish_of(&wishes.text);
    // Only a clerk answers.
    assert_eq!(mail.at_work("lanhdao").await.get(&wish).await.status, 404);
    let unsaid = act(&mut clerk, &wish, &[]).await;
    assert_eq!(unsaid.status, 422);
    let agreed = act(&mut clerk, &wish, &[("answer", "yes")]).await;
    assert_eq!(agreed.status, 303, "{}", agreed.text);
    let one = mail.one(id).await;
    assert_eq!((one.state, one.is_frozen), (State::Withdrawn, false));
    let files = mail.files(id).await;
    assert!(files[0].file.is_none() && !files[0].sha256.is_empty(), "what it was stays known");
    assert!(mail.heard(11).await.recalled_at.is_some(), "the sender has heard 15");
    let page = clerk.get(&format!("{LIST}/{id}")).await;
    assert!(page.has("Đã hủy khi thu hồi") && page.has("Đã thu hồi"), "{}", page.text);
    let file = format!("{LIST}/{id}/tep/{}", files[0].id);
    assert_eq!(clerk.get(&file).await.status, 404);
    assert_eq!(mail.log("office.destroy-withdrawn").await.len(), 1);
}

#[tokio::test]
async fn a_recall_that_the_clerk_refuses_leaves_everything_as_it_was() {
    let mail = Mail::new().await;
    let id = mail.arrive(12).await;
    mail.post(&asks_back(12)).await;
    assert!(mail.one(id).await.is_frozen);
    let mut clerk = mail.at_work("vanthu").await;
    let wishes = clerk.get(&format!("{LIST}?muc=yeu-cau-ben-gui")).await;
    assert!(wishes.has("Gửi nhầm nơi nhận"), "{}", wishes.text);
    let wish = wish_of(&wishes.text);
    assert_eq!(act(&mut clerk, &wish, &[("answer", "no")]).await.status, 422, "no reason");
    let fields = [("answer", "no"), ("reason", "Đã giải quyết xong")];
    assert_eq!(act(&mut clerk, &wish, &fields).await.status, 303);
    let one = mail.one(id).await;
    assert_eq!((one.state, one.is_frozen), (State::Arrived, false));
    assert!(mail.files(id).await[0].file.is_some());
    assert_eq!(mail.heard(12).await.standing.refusals, 1, "the sender has heard 16");
    assert_eq!(act(&mut clerk, &incoming_page(id, "tiep-nhan"), &[]).await.status, 303);
    assert_eq!(mail.heard_code(12).await, "03");
}

#[tokio::test]
async fn a_recall_under_another_code_of_the_same_agency_is_known_and_one_of_anybody_else_is_not() {
    let mail = Mail::new().await;
    mail.alias(HUE, "000.00.00.H57").await;
    let id = mail.arrive(41).await;
    let other = mail.arrive(42).await;
    let mut call = recall(41);
    call.from.organ_id = "000.00.00.H57".to_owned();
    mail.post(&packet(&call, &[("thu-hoi.pdf", &pdf())])).await;
    assert!(mail.one(id).await.is_frozen, "the same agency by its old code");
    let mut clerk = mail.at_work("vanthu").await;
    let wishes = clerk.get(&format!("{LIST}?muc=yeu-cau-ben-gui")).await;
    assert!(!wishes.has("Chưa rõ văn bản nào"), "{}", wishes.text);
    let wish = wish_of(&wishes.text);
    let page = clerk.get(&wish).await;
    assert!(page.has("thu-hoi.pdf"), "the paper by which it is called back: {}", page.text);
    let file = page.text.split("href=\"").find(|piece| piece.contains("/tep/")).unwrap();
    let file = file.split('"').next().unwrap().to_owned();
    assert_eq!(clerk.get(&file).await.bytes, pdf());
    for stranger in ["chuyenvien", "lanhdao", "vanthu.hue"] {
        assert_eq!(mail.at_work(stranger).await.get(&file).await.status, 404, "{stranger}");
    }
    assert_eq!(act(&mut clerk, &wish, &[("answer", "yes")]).await.status, 303);
    assert_eq!(mail.one(id).await.state, State::Withdrawn);
    assert!(mail.heard(41).await.recalled_at.is_some());

    // Another agency that names the same identifier.
    mail.found("H26", "Ủy ban nhân dân thành phố Hà Nội", UnitKind::ProvinceCommittee).await;
    mail.open_desk("H26").await;
    let mut foreign = recall(42);
    foreign.from.organ_id = "H26".to_owned();
    mail.post_from("H26", &packet(&foreign, &[])).await;
    assert!(!mail.one(other).await.is_frozen);
    assert!(clerk.get(&format!("{LIST}?muc=yeu-cau-ben-gui")).await.has("Chưa rõ văn bản nào"));
}

#[tokio::test]
async fn a_wish_about_nothing_that_is_known_waits_for_a_clerk_who_finds_what_is_meant() {
    let mail = Mail::new().await;
    let id = mail.arrive(24).await;
    // Under an identifier that nobody here has seen.
    mail.post(&packet(&recall(240), &[])).await;
    assert!(!mail.one(id).await.is_frozen);
    let mut clerk = mail.at_work("vanthu").await;
    let wishes = clerk.get(&format!("{LIST}?muc=yeu-cau-ben-gui")).await;
    assert!(wishes.has("Chưa rõ văn bản nào"), "{}", wishes.text);
    let wish = wish_of(&wishes.text);
    let link = format!("{wish}/van-ban");
    clerk.get(&wish).await;
    assert_eq!(clerk.post(&link, &[]).await.status, 422, "none was chosen");
    // A paper of somebody else is not on offer, whatever is sent.
    let page = "/can-bo/van-ban-den/vao-so";
    clerk.get(page).await;
    let fields = [
        ("from", "Công ty Cấp nước"),
        ("issued-day", "20"),
        ("issued-month", "11"),
        ("issued-year", "2026"),
        ("type", "Công văn"),
        ("subject", "Đề nghị"),
    ];
    let entered = clerk.upload(page, &fields, &[]).await;
    assert_eq!(entered.status, 303, "{}", entered.text);
    let other = id_of(entered.location()).to_string();
    clerk.get(&wish).await;
    assert_eq!(clerk.post(&link, &[("target", &other)]).await.status, 422);
    let target = id.0.to_string();
    assert_eq!(clerk.post(&link, &[("target", &target)]).await.status, 303);
    assert!(mail.one(id).await.is_frozen);
    assert_eq!(act(&mut clerk, &wish, &[("answer", "yes")]).await.status, 303);
    assert_eq!(mail.one(id).await.state, State::Withdrawn);
}

#[tokio::test]
async fn a_wish_where_nothing_of_its_sender_is_can_only_be_set_aside_and_the_page_says_so() {
    let mail = Mail::new().await;
    mail.post(&packet(&recall(241), &[])).await;
    let mut clerk = mail.at_work("vanthu").await;
    let wish = wish_of(&clerk.get(&format!("{LIST}?muc=yeu-cau-ben-gui")).await.text);
    let page = clerk.get(&wish).await;
    assert!(page.has("Không tìm thấy văn bản nào của bên gửi này ở đây"), "{}", page.text);
    assert!(page.has("bên gửi không được báo") && !page.has("Bên gửi đọc được"), "{}", page.text);
    assert!(!page.has("name=\"target\"") && !page.has("name=\"answer\""), "{}", page.text);
    assert_eq!(clerk.post(&wish, &[]).await.status, 422, "not without a reason");
    let aside = act(&mut clerk, &wish, &[("reason", "Chưa từng nhận")]).await;
    assert_eq!(aside.status, 303, "{}", aside.text);
    assert_eq!(mail.log("office.set-aside-change").await.len(), 1);
}

#[tokio::test]
async fn the_menu_counts_what_waits_to_be_taken_in() {
    let mail = Mail::new().await;
    let id = mail.arrive(25).await;
    let unit = mail.unit(DANANG).await;
    let waiting = async || {
        let today = platform::clock::local(mail.ctx().clock.now()).date();
        mail.read(move |tx| {
            let code = organisations::queries::unit(tx, unit)?.unwrap().code;
            let wanted = [("unit", code.as_str())];
            platform::figures::latest(tx, crate::errands::WAITING, &wanted, today)
        })
        .await
    };
    assert_eq!(waiting().await, Some(1));
    let mut clerk = mail.at_work("vanthu").await;
    assert_eq!(act(&mut clerk, &incoming_page(id, "tiep-nhan"), &[]).await.status, 303);
    assert_eq!(waiting().await, Some(0));
}

/// The address of the first wish on a page.
fn wish_of(text: &str) -> String {
    let at = text.find("href=\"/can-bo/van-ban-den/yeu-cau/").expect(text) + "href=\"".len();
    text[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_update_is_a_new_edition_once_it_is_agreed_to() {
    let mail = Mail::new().await;
    let id = mail.arrive(13).await;
    let new = packet(&update(13, "V/v phối hợp quý IV"), &[("ban-moi.pdf", &pdf())]);
    mail.post(&new).await;
    assert_eq!(mail.one(id).await.subject, "V/v phối hợp tháng 13", "nothing without consent");
    let mut clerk = mail.at_work("vanthu").await;
    let wish = wish_of(&clerk.get(&format!("{LIST}?muc=yeu-cau-ben-gui")).await.text);
    let agreed = act(&mut clerk, &wish, &[("answer", "yes")]).await;
    assert_eq!(agreed.status, 303, "{}", agreed.text);
    let one = mail.one(id).await;
    assert_eq!((one.subject.as_str(), one.edition), ("V/v phối hợp quý IV", 2));
    let page = clerk.get(&format!("{LIST}/{id}")).await;
    assert!(page.has("ban-moi.pdf") && page.has("Bản trước khi cập nhật"), "{}", page.text);
    assert_eq!(act(&mut clerk, &incoming_page(id, "tiep-nhan"), &[]).await.status, 303);
}

#[tokio::test]
async fn a_replacement_is_new_and_marks_the_old() {
    let mail = Mail::new().await;
    let old = mail.arrive(14).await;
    mail.post(&packet(&replacement(15, 14), &[("moi.pdf", &pdf())])).await;
    let new = mail.of(&document_id(15)).await;
    assert_eq!(mail.one(old).await.replaced_by, Some(new.id));
    let mut clerk = mail.at_work("vanthu").await;
    assert!(clerk.get(&format!("{LIST}/{old}")).await.has("Đã bị thay thế bởi văn bản"));
    assert_eq!(mail.heard_code(15).await, "01");
}

#[tokio::test]
async fn what_may_be_here_already_is_pointed_out_and_what_is_announced_and_missing_too() {
    let mail = Mail::new().await;
    let first = mail.arrive(16).await;
    // The same number and symbol of the same day, under another identifier.
    let mut twin = letter(16);
    twin.document_id = "khac".to_owned();
    twin.subject = "Gửi lại".to_owned();
    mail.post(&packet(&twin, &[("van-ban.pdf", &pdf())])).await;
    let second = mail.of("khac").await;
    let mut clerk = mail.at_work("vanthu").await;
    let page = clerk.get(&format!("{LIST}/{}", second.id)).await;
    assert!(page.has("Có thể trùng") && page.has(&format!("{LIST}/{first}")), "{}", page.text);
    let other = mail.arrive(17).await;
    assert!(!clerk.get(&format!("{LIST}/{other}")).await.has("Có thể trùng"));
    // A manifest that names one more than there is.
    let whole = String::from_utf8(packet(&letter(18), &[("a.pdf", &pdf())])).unwrap();
    let extra = "<edXML:Reference><edXML:ContentId>cid:9</edXML:ContentId>\
                 <edXML:ContentType>application/pdf</edXML:ContentType>\
                 <edXML:AttachmentName>phu-luc.pdf</edXML:AttachmentName></edXML:Reference>\
                 </edXML:edXMLManifest>";
    mail.post(whole.replace("</edXML:edXMLManifest>", extra).as_bytes()).await;
    let lacking = mail.of(&document_id(18)).await;
    let page = clerk.get(&format!("{LIST}/{}", lacking.id)).await;
    assert!(page.has("1 tệp đã báo nhưng không kèm theo"), "{}", page.text);
    assert!(page.has("phu-luc.pdf"), "{}", page.text);
}

#[tokio::test]
async fn an_archive_that_the_kit_put_around_a_file_is_taken_off_and_names_are_only_names() {
    let mail = Mail::new().await;
    let name = "../../etc/Báo cáo tháng 11.pdf";
    let (wrapped, content) = (zipped("x.pdf", &pdf()), pdf());
    mail.post(&packet(&letter(19), &[(name, &wrapped), ("trong.txt", b"")])).await;
    let id = mail.of(&document_id(19)).await.id;
    let files = mail.files(id).await;
    assert_eq!(files[0].given_name, name);
    assert_eq!(files[0].name, "Báo cáo tháng 11.pdf");
    assert_eq!(files[0].media, "application/pdf");
    assert!(files[0].packed_sha256.is_some());
    assert!(files[1].file.is_none() && files[1].size_bytes == 0, "an empty file is no content");
    let mut clerk = mail.at_work("vanthu").await;
    let kept = clerk.get(&format!("{LIST}/{id}/tep/{}", files[0].id)).await;
    assert_eq!(kept.bytes, content);
    assert!(kept.header("content-disposition").starts_with("attachment"));
}

/// One entry, stored.
fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut crc = 0xffff_ffff_u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    let (crc, size) = (!crc, bytes.len() as u32);
    let short = |number: u16| number.to_le_bytes().to_vec();
    let long = |number: u32| number.to_le_bytes().to_vec();
    let sizes = [long(crc), long(size), long(size), short(name.len() as u16), short(0)].concat();
    let common = [short(20), short(0), short(0), short(0), short(0), sizes].concat();
    let local = [b"PK\x03\x04".to_vec(), common.clone(), name.as_bytes().to_vec()].concat();
    let tail = [short(0), short(0), short(0), long(0), long(0)].concat();
    let central =
        [b"PK\x01\x02".to_vec(), short(20), common, tail, name.as_bytes().to_vec()].concat();
    let start = local.len() as u32 + size;
    let counts = [short(0), short(0), short(1), short(1)].concat();
    let end = [long(central.len() as u32), long(start), short(0)].concat();
    [local, bytes.to_vec(), central, b"PK\x05\x06".to_vec(), counts, end].concat()
}

#[tokio::test]
async fn paper_is_entered_with_its_scan_and_bears_the_stamp_on_a_copy() {
    let mail = Mail::new().await;
    mail.arrive(20).await;
    let mut clerk = mail.at_work("vanthu").await;
    let page = "/can-bo/van-ban-den/vao-so";
    clerk.get(page).await;
    let fields = [
        ("from", "Công ty Cấp nước"),
        ("number", "21"),
        ("notation", "CV-CN"),
        ("issued-day", "20"),
        ("issued-month", "11"),
        ("issued-year", "2026"),
        ("type", "Công văn"),
        ("subject", "Đề nghị thỏa thuận tuyến ống"),
        ("urgency", "1"),
    ];
    let scan = pdf();
    let files = [("file", "scan.pdf", "application/pdf", scan.as_slice())];
    let wrong = clerk.upload(page, &fields[..7], &files).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("Chưa nhập trích yếu") && wrong.has("Công ty Cấp nước"), "{}", wrong.text);
    let entered = clerk.upload(page, &fields, &files).await;
    assert_eq!(entered.status, 303, "{}", entered.text);
    let here = entered.location().to_owned();
    let shown = clerk.get(&here).await;
    assert!(shown.has("Số: 01") && shown.has("Khẩn"), "{}", shown.text);
    let copy = clerk.get(&format!("{here}/ban-xem")).await;
    assert_eq!(copy.status, 200);
    assert!(copy.bytes.starts_with(&scan), "the copy begins with what was scanned");
    if signing::appearance::serif().is_some() {
        assert!(copy.bytes.len() > scan.len(), "and bears the stamp");
    }
    // Nobody is told anything, and the next number follows.
    assert_eq!(mail.heard_code(20).await, "01");
    let id = mail.of(&document_id(20)).await.id;
    assert_eq!(act(&mut clerk, &incoming_page(id, "tiep-nhan"), &[]).await.status, 303);
    assert_eq!(mail.one(id).await.arrival_number().unwrap(), "02");
    let mut stranger = mail.at_work("chuyenvien").await;
    assert_eq!(stranger.get(page).await.status, 404);
}

#[tokio::test]
async fn several_documents_are_handed_out_at_once() {
    let mail = Mail::new().await;
    let mut clerk = mail.at_work("vanthu").await;
    for number in [21, 22] {
        let id = mail.arrive(number).await;
        assert_eq!(act(&mut clerk, &incoming_page(id, "tiep-nhan"), &[]).await.status, 303);
    }
    let mut head = mail.at_work("lanhdao").await;
    let list = head.get(&format!("{LIST}?muc=cho-xu-ly")).await;
    let chosen: Vec<String> = list
        .text
        .split("name=\"chosen\"")
        .skip(1)
        .map(|rest| rest.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(chosen.len(), 2, "{}", list.text);
    let several = format!("{LIST}/phan-cong");
    let mut fields: Vec<(&str, &str)> =
        chosen.iter().map(|value| ("chosen", value.as_str())).collect();
    let asked = head.post(&several, &fields).await;
    assert!(asked.has("Phân công giống nhau cho 2 văn bản"), "{}", asked.text);
    for number in [21, 22] {
        assert!(asked.has(&format!("tháng {number}")), "which they are: {}", asked.text);
    }
    let none = head.post(&several, &[]).await;
    let list = head.get(none.location()).await;
    assert!(list.has("Chưa chọn văn bản nào"), "{}", list.text);
    let other = mail.arrive(24).await;
    let unseen = format!("{other}~1");
    let strangers = mail.at_work("chuyenvien").await.post(&several, &[("chosen", &unseen)]).await;
    assert_eq!(strangers.status, 404);
    let main = mail.account("chuyenvien").await;
    fields.push(("main", &main));
    assert_eq!(head.post(&several, &fields).await.status, 303);
    for number in [21, 22] {
        assert_eq!(mail.heard_code(number).await, "04");
    }
    // The clerk may not.
    let refused = clerk.post(&several, &fields).await;
    assert_eq!(refused.status, 404);
}

#[tokio::test]
async fn the_report_names_what_is_closed_here_and_was_not_told_and_tells_it_again() {
    let mail = Mail::new().await;
    let id = mail.arrive(23).await;
    let mut clerk = mail.at_work("vanthu").await;
    assert_eq!(act(&mut clerk, &incoming_page(id, "tiep-nhan"), &[]).await.status, 303);
    // As if the axis had not taken the last word.
    let unit = mail.unit(DANANG).await;
    let mut one = mail.one(id).await;
    one.state = State::Done;
    one.owed = "06".to_owned();
    one.told_fault = "nobody knows the recipient".to_owned();
    let saved = mail.ctx().store.write(move |tx| {
        let mut one = one.clone();
        crate::store::incoming::save(tx, &mut one)
    });
    assert!(saved.await.unwrap());
    let report = clerk.get(&format!("{LIST}/chua-bao?don-vi={}", unit.0)).await;
    assert!(report.has("tháng 23") && report.has("Đã tiếp nhận"), "{}", report.text);
    assert_eq!(mail.heard_code(23).await, "03");
    let again = clerk.post(&format!("{LIST}/{id}/bao-lai"), &[]).await;
    assert_eq!(again.status, 303, "{}", again.text);
    assert_eq!(mail.heard_code(23).await, "06");
    let report = clerk.get(&format!("{LIST}/chua-bao")).await;
    assert!(report.has("đều đã báo cho bên gửi"), "{}", report.text);
    assert_eq!(mail.at_work("chuyenvien").await.get(&format!("{LIST}/chua-bao")).await.status, 404);
}
