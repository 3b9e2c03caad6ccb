//! Documents found by their fields and by the text of their files, by those who may see them.

use platform::testing::Visitor;
use platform::web::form::Answers;
use wire::edxml::Document;

use super::mail::{Mail, act, document_id, incoming_page, letter, packet, recall};
use crate::commands::indexing::INDEX;
use crate::document::IncomingId;
use crate::reading::{Legible, folded, read};
use crate::search::{Question, Wish, excerpt};
use crate::store::full_text;

const SEARCH: &str = "/can-bo/tim-van-ban";

/// A word processor's document with one paragraph.
fn docx(text: &str) -> Vec<u8> {
    let main = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    );
    zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &main)])
}

/// Stored, not packed: enough to be read.
fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, data) in files {
        let at = out.len() as u32;
        let mut head = Vec::new();
        for number in [20u16, 0, 0, 0, 0x21] {
            head.extend(number.to_le_bytes());
        }
        for number in [crc(data.as_bytes()), data.len() as u32, data.len() as u32] {
            head.extend(number.to_le_bytes());
        }
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        directory.extend(0x0201_4B50u32.to_le_bytes());
        directory.extend(20u16.to_le_bytes());
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
        out.extend(0x0403_4B50u32.to_le_bytes());
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(data.as_bytes());
    }
    let (start, size) = (out.len() as u32, directory.len() as u32);
    out.extend(&directory);
    out.extend(0x0605_4B50u32.to_le_bytes());
    out.extend([0; 4]);
    for _ in 0..2 {
        out.extend((files.len() as u16).to_le_bytes());
    }
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
        }
    }
    !sum
}

/// Two letters of Huế: one with a PDF, one with a document of a word processor; read.
async fn two_letters() -> (Mail, IncomingId, IncomingId) {
    let mail = Mail::new().await;
    let seven = mail.arrive(7).await;
    let other = Document {
        subject: "Giấy mời họp về chuyển đổi số".to_owned(),
        document_type: wire::edxml::packet::DocumentType {
            name: "Giấy mời".to_owned(),
            ..Default::default()
        },
        ..letter(8)
    };
    let file = docx("Thời gian: tám giờ sáng thứ Sáu, tại hội trường tầng ba.");
    mail.post(&packet(&other, &[("giay-moi.docx", &file)])).await;
    let eight = mail.of(&document_id(8)).await.id;
    mail.run(INDEX).await;
    (mail, seven, eight)
}

async fn found(visitor: &mut Visitor, query: &str) -> (bool, bool) {
    let page = visitor.get(&format!("{SEARCH}?{query}")).await;
    assert_eq!(page.status, 200, "{query}: {}", page.title());
    (page.has("V/v phối hợp tháng 7"), page.has("Giấy mời họp về chuyển đổi số"))
}

#[tokio::test]
async fn every_field_and_the_text_of_files_leads_to_a_document() {
    let (mail, _, _) = two_letters().await;
    let mut clerk = mail.at_work("vanthu").await;
    for (query, expected) in [
        ("", (true, true)),
        ("tim=phoi+hop", (true, false)),
        ("tim=PHỐI+HỢP+tháng", (true, false)),
        // In the files alone: a PDF, and a document of a word processor.
        ("tim=cong+van+so", (true, false)),
        ("tim=hoi+truong", (false, true)),
        ("tim=%22hội+trường+tầng+ba%22", (false, true)),
        ("tim=%22hội+trường+tầng+bốn%22", (false, false)),
        ("tim=%22ba+tang+truong%22", (false, false)),
        ("tim=khongcotunay", (false, false)),
        ("loai=giay-moi", (false, true)),
        ("loai=quyet-dinh", (false, false)),
        ("ky-hieu=7/UBND-VP", (true, false)),
        ("gui=hue", (true, true)),
        ("gui=da+nang", (false, false)),
        ("nguoi-ky=tran+van+hue", (true, true)),
        ("chieu=in", (true, true)),
        ("chieu=out", (false, false)),
        ("trang-thai=in-arrived", (true, true)),
        ("trang-thai=in-done", (false, false)),
        ("khan=0", (true, true)),
        ("khan=3", (false, false)),
        ("nam=2026", (true, true)),
        ("nam=2025", (false, false)),
        ("tu-day=24&tu-month=11&tu-year=2026", (false, false)),
        ("den-day=23&den-month=11&den-year=2026&tim=tang", (false, true)),
    ] {
        assert_eq!(found(&mut clerk, query).await, expected, "{query}");
    }
    let page = clerk.get(&format!("{SEARCH}?tim=hoi+truong")).await;
    assert!(page.has("giay-moi.docx: ") && page.has("<mark>hội</mark>"), "{}", page.text);
    assert!(page.has("1 văn bản"), "{}", page.text);
    let wrong = clerk.get(&format!("{SEARCH}?tu-day=31&tu-month=2&tu-year=2026")).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.title().starts_with("Lỗi: "), "{}", wrong.title());
}

#[tokio::test]
async fn texts_and_tables_of_every_kind_are_found_and_scans_say_that_they_have_none() {
    let mail = Mail::new().await;
    let odt = zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            "<x xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
             <text:p>Đề cương quy hoạch bến cảng</text:p></x>",
        ),
    ]);
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let workbook =
        format!("<workbook {main}><sheets><sheet name=\"Dự toán\"/></sheets></workbook>");
    let shared = format!("<sst {main}><si><t>Kinh phí nạo vét luồng</t></si></sst>");
    let xlsx = zip(&[("xl/workbook.xml", &workbook), ("xl/sharedStrings.xml", &shared)]);
    let scan = b"\x89PNG\r\n\x1a\n".to_vec();
    let files: [(&str, &[u8]); 3] =
        [("de-cuong.odt", &odt), ("du-toan.xlsx", &xlsx), ("anh-chup.png", &scan)];
    mail.post(&packet(&letter(9), &files)).await;
    let id = mail.of(&document_id(9)).await.id;
    mail.run(INDEX).await;
    let mut clerk = mail.at_work("vanthu").await;
    for (asked, file) in [("quy+hoach+ben+cang", "de-cuong.odt"), ("nao+vet+luong", "du-toan.xlsx")]
    {
        let page = clerk.get(&format!("{SEARCH}?tim={asked}")).await;
        assert!(
            page.has("V/v phối hợp tháng 9") && page.has(&format!("{file}: ")),
            "{}",
            page.text
        );
    }
    let page = clerk.get(&format!("/can-bo/van-ban-den/{id}")).await;
    let scans = page.text.split("anh-chup.png</a>").nth(1).unwrap();
    assert!(scans.split("</th>").next().unwrap().contains("Không có chữ để tìm"), "{scans}");
    assert_eq!(page.text.matches("Không có chữ để tìm").count(), 1);
}

#[tokio::test]
async fn only_what_somebody_may_see_is_found() {
    let (mail, seven, _) = two_letters().await;
    let mut specialist = mail.at_work("chuyenvien").await;
    assert_eq!(found(&mut specialist, "").await, (false, false));
    assert_eq!(found(&mut specialist, "tim=phoi+hop").await, (false, false));
    assert_eq!(mail.at_work("quantri").await.get(SEARCH).await.status, 404);
    assert_eq!(found(&mut mail.at_work("vanthu.hue").await, "").await, (false, false));

    let mut clerk = mail.at_work("vanthu").await;
    assert_eq!(act(&mut clerk, &incoming_page(seven, "tiep-nhan"), &[]).await.status, 303);
    let (main, other) = (mail.account("chuyenvien").await, mail.account("sonoivu").await);
    let fields = [("main", main.as_str()), ("co", other.as_str())];
    let mut head = mail.at_work("lanhdao").await;
    let assigned = act(&mut head, &incoming_page(seven, "phan-cong"), &fields).await;
    assert_eq!(assigned.status, 303, "{}", assigned.text);
    mail.run(INDEX).await;
    assert_eq!(found(&mut specialist, "tim=phoi+hop").await, (true, false));
    assert_eq!(found(&mut head, &format!("xu-ly={main}")).await, (true, false));
    assert_eq!(found(&mut head, "nhan=chuyenvien").await, (true, false));
    let out = specialist.get(&format!("{SEARCH}/xuat?tim=van+ban")).await;
    assert!(!out.has("Giấy mời"), "{}", out.text);
}

#[tokio::test]
async fn what_was_found_goes_out_as_a_sheet() {
    let (mail, _, _) = two_letters().await;
    let mut clerk = mail.at_work("vanthu").await;
    let sheet = clerk.get(&format!("{SEARCH}/xuat?tim=phoi+hop")).await;
    assert_eq!(sheet.header("content-type"), "text/csv; charset=utf-8");
    assert!(sheet.text.starts_with("\u{feff}"), "spreadsheets know the letters by it");
    let lines: Vec<&str> = sheet.text.trim_end().split('\n').collect();
    assert_eq!(lines.len(), 2, "{}", sheet.text);
    assert!(lines[1].contains("7/UBND-VP") && lines[1].contains("20/11/2026"), "{}", lines[1]);
}

#[tokio::test]
async fn searches_are_kept_for_oneself_or_for_the_unit() {
    let (mail, _, _) = two_letters().await;
    let mut clerk = mail.at_work("vanthu").await;
    clerk.get(&format!("{SEARCH}?tim=phoi+hop")).await;
    let save = format!("{SEARCH}/luu?tim=phoi+hop");
    let nameless = clerk.post(&save, &[("ten", " "), ("truy-van", "tim=phoi+hop")]).await;
    assert_eq!(nameless.status, 422);
    assert!(nameless.has("V/v phối hợp tháng 7"), "the search is still there");
    let own = [("ten", "Phối hợp"), ("truy-van", "tim=phoi+hop")];
    assert_eq!(clerk.post(&save, &own).await.status, 303);
    assert_eq!(clerk.post(&save, &own).await.status, 422, "the name is taken");
    let shared = [("ten", "Họp"), ("truy-van", "tim=hop"), ("chung", "co")];
    assert_eq!(clerk.post(&save, &shared).await.status, 303);
    let page = clerk.get(SEARCH).await;
    assert!(page.has("/can-bo/tim-van-ban?tim=phoi+hop") && page.has("Họp"), "{}", page.text);

    let mut leader = mail.at_work("lanhdao").await;
    let theirs = leader.get(SEARCH).await;
    assert!(theirs.has("tim=hop") && !theirs.has("tim=phoi+hop"), "{}", theirs.text);
    let forget = page.text.split("action=\"").find(|piece| piece.contains("/bo\"")).unwrap();
    let forget = forget.split('"').next().unwrap().to_owned();
    assert_eq!(leader.post(&forget, &[]).await.status, 404, "it is another's");
    assert_eq!(clerk.post(&forget, &[]).await.status, 303);
    assert_eq!(mail.log("office.save-search").await.len(), 2);
}

#[tokio::test]
async fn what_was_taken_back_is_found_by_its_fields_alone() {
    let (mail, seven, _) = two_letters().await;
    mail.post(&packet(&recall(7), &[])).await;
    let mut clerk = mail.at_work("vanthu").await;
    let page = clerk.get(&format!("/can-bo/van-ban-den/{seven}")).await;
    let wish = page.text.split("href=\"").find(|piece| piece.contains("/yeu-cau/")).unwrap();
    let wish = wish.split('"').next().unwrap().to_owned();
    let agreed = act(&mut clerk, &wish, &[("answer", "yes")]).await;
    assert_eq!(agreed.status, 303, "{}", agreed.text);
    mail.run(INDEX).await;
    let left = mail.read(move |tx| full_text::texts(tx, seven.0)).await;
    assert_eq!(left.len(), 1, "the text of the file went with the file");
    assert_eq!(found(&mut clerk, "tim=cong+van+so").await, (false, false));
    assert_eq!(found(&mut clerk, "tim=phoi+hop").await, (true, false));
}

#[tokio::test]
async fn a_document_that_changes_while_it_is_read_is_read_again() {
    let (mail, seven, _) = two_letters().await;
    let waits = mail.read(full_text::waits).await;
    assert!(!waits, "all is read");
    let ctx = mail.ctx().clone();
    let change =
        move |tx: &mut platform::store::Tx| full_text::changed(tx, crate::Direction::In, seven.0);
    ctx.store.write(change).await.unwrap();
    let before = mail.read(|tx| full_text::waiting(tx, 9)).await;
    ctx.store.write(change).await.unwrap();
    let first = before[0].clone();
    ctx.store.write(move |tx| full_text::done(tx, &first)).await.unwrap();
    assert!(mail.read(full_text::waits).await, "the second change is still to be read");
    assert_eq!(crate::commands::indexing::index_waiting(&ctx).await.unwrap(), 1);
    assert!(!mail.read(full_text::waits).await);
}

#[test]
fn a_question_is_words_phrases_and_letters_of_fields() {
    let asked = |pairs: &[(&str, &str)]| {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Wish::read(&Answers::from_pairs(pairs.collect())).0.question()
    };
    let question = asked(&[("tim", "Rà “soát thủ tục” rà"), ("gui", "Bộ Nội vụ")]);
    let Question { mut words, phrases, is_cut } = question;
    assert!(words[0].starts_with("s:"), "the letters of fields come first: {words:?}");
    words.sort_unstable();
    assert_eq!(words, ["ra", "s:bo", "s:noi", "s:vu", "soat", "thu", "tuc"]);
    assert_eq!((phrases, is_cut), (vec!["soat thu tuc".to_owned()], false));
    let long = asked(&[("tim", "a b c d e f g h i j k l m")]);
    assert!(long.is_cut && long.words.len() == 10);
    assert!(asked(&[("tim", "!!! \"\" ...")]).words.is_empty());
}

#[test]
fn files_are_read_by_what_they_are() {
    let pdf = platform::testing::pdf("Quyet dinh 12");
    assert_eq!(read("application/octet-stream", &pdf).text.trim(), "Quyet dinh 12");
    assert_eq!(read("application/pdf", b"%PDF-").state, Legible::Unreadable);
    assert_eq!(read("image/png", b"\x89PNG").state, Legible::None);
    assert_eq!(read("application/octet-stream", &docx("Chữ")).text, "Chữ\n");
    let (text, words) = folded("Đăng ký, đăng ký 12/QĐ");
    assert_eq!(text, " dang ky dang ky 12 qd ");
    assert_eq!(words, ["12", "dang", "ky", "qd"]);
    let place = excerpt("Trước đó.\nHội trường tầng ba", &["truong".to_owned()]).unwrap();
    assert_eq!((place.0.as_str(), place.1.as_str()), ("Trước đó. Hội ", "trường"));
    assert_eq!(excerpt("không có", &["truong".to_owned()]), None);
}
