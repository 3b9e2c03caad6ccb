//! The citizen's way from search to the rating in chromium, with JavaScript switched off; the
//! office does its part in between, over the same site.

use std::fs;

use fantoccini::Locator;
use fantoccini::elements::Element;
use jiff::Timestamp;
use lienthong::demo::errands::{self, RESULT, RESULT_NUMBER};

use super::{Browser, PASSWORD, Program, Seat, is_wanted};

/// Names of fields and what this mother answers; any other field takes its first choice.
const ANSWERS: [(&str, &str); 22] = [
    ("child_name", "Trần Nguyễn Ban Mai"),
    ("child_birth_date-day", "10"),
    ("child_birth_date-month", "11"),
    ("child_birth_date-year", "2026"),
    ("birth_facility", "Bệnh viện Ví Dụ"),
    ("father_name", "Trần Văn Ví Dụ"),
    ("father_birth-day", "2"),
    ("father_birth-month", "11"),
    ("father_birth-year", "1985"),
    ("father_number", "046085000027"),
    ("marriage_office", "Ủy ban nhân dân phường Ví Dụ"),
    ("marriage_date-day", "1"),
    ("marriage_date-month", "2"),
    ("marriage_date-year", "2020"),
    ("marriage_number", "12/2020"),
    ("birth_proof", "statement"),
    ("surrogacy", "no"),
    ("copies", "1"),
    ("delivery", "none"),
    ("phone", "0900000001"),
    ("declaration", "yes"),
    ("notice_number", ""),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_goes_from_search_to_rating_without_javascript() {
    if !is_wanted() {
        return;
    }
    let program = Program::start();
    let browser = Browser::open(false).await;
    let seat = &Seat::before(&browser, &program.address);
    seat.page.set_window_size(1280, 2000).await.unwrap();
    seat.go("/").await;
    seat.fill("main input[name=q]", "dang ky khai sih").await;
    seat.click("main form button[type=submit]").await;
    seat.click("a[href='/thu-tuc/1.001193']").await;
    seat.click("a[href^='/nop-ho-so/1.001193']").await;
    seat.click("a[href^='/dang-nhap']").await;
    seat.fill("input[name=login]", "046190000012").await;
    seat.fill("input[name=password]", PASSWORD).await;
    seat.click("main form button[type=submit]").await;
    seat.choose("select[name=tinh]", "Huế").await;
    seat.click("main form.search button").await;
    seat.choose("select[name=co-quan]", "Thuận Hóa").await;
    seat.click("main form[method=post] button").await;
    seat.click("main a.button[href*='/buoc/']").await;
    let asked = answer_all(seat).await;
    let at = seat.path().await;
    assert!(asked > 15, "only {asked} questions were asked, then came {at}");
    seat.click("form[action$='/nop'] button").await;
    let path = seat.path().await;
    let dossier = path.strip_suffix("/xac-nhan");
    let dossier = dossier.unwrap_or_else(|| panic!("the request was not sent: {path}"));
    let number = seat.found(".done .code").await.text().await.unwrap();
    the_office_decides(&program.address, dossier).await;
    track(seat, &number).await;
    seat.click("nav a[href='/vi-giay-to']").await;
    seat.says(RESULT_NUMBER).await;
    seat.click(&format!("main a[href='{dossier}/ket-qua']")).await;
    seat.says(RESULT_NUMBER).await;
    seat.go(dossier).await;
    seat.click(&format!("main a[href='{dossier}/danh-gia']")).await;
    seat.touch("input[name=diem][value='5']").await;
    seat.click("main form[action$='/danh-gia'] button, main form[method=post] button").await;
    seat.says("Cảm ơn đã đánh giá.").await;
    browser.close().await;
}

/// Without the account: by number and telephone.
async fn track(seat: &Seat, number: &str) {
    seat.go("/tra-cuu").await;
    let inputs = seat
        .page
        .find_all(Locator::Css(
            "main form[method=post] input[type=text], \
        main form[method=post] input[type=tel]",
        ))
        .await
        .unwrap();
    assert_eq!(inputs.len(), 2, "tracking asks for a number and a telephone");
    inputs[0].send_keys(number).await.unwrap();
    inputs[1].send_keys("0900000001").await.unwrap();
    seat.click("main form[method=post] button").await;
    seat.says("Đã xử lý xong").await;
}

/// Accepted, drafted, decided and signed: each by the officer whose work it is.
async fn the_office_decides(address: &str, dossier: &str) {
    let place = format!("/can-bo{dossier}");
    for (login, acts) in [
        ("motcua.mau", [("tiep-nhan", &[][..]), ("chuyen", &[])]),
        ("chuyenvien.mau", [("du-thao", &RESULT), ("chuyen", &[])]),
    ] {
        let mut officer = errands::officer(address, login, Timestamp::now()).await.unwrap();
        for (act, answers) in acts {
            errands::act(&mut officer, &place, act, answers).await.unwrap();
        }
    }
    let leader = "lanhdao.mau";
    let mut desk = errands::officer(address, leader, Timestamp::now()).await.unwrap();
    errands::decide(&mut desk, &place, (leader, Timestamp::now())).await.unwrap();
}

async fn answer_all(seat: &Seat) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let scan = folder.path().join("giay-chung-sinh.pdf");
    fs::write(&scan, b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n").unwrap();
    for asked in 0..80 {
        if let Ok(input) =
            seat.page.find(Locator::Css("form[action*='/nop-tep/'] input[type=file]")).await
        {
            input.send_keys(scan.to_str().unwrap()).await.unwrap();
            seat.click("form[action*='/nop-tep/'] button").await;
        }
        let Ok(form) = seat.page.find(Locator::Css("form[action*='/buoc/']")).await else {
            return asked;
        };
        answer_page(&form).await;
        seat.click("form[action*='/buoc/'] button[type=submit]").await;
    }
    panic!("the form does not end: {}", seat.path().await);
}

async fn answer_page(form: &Element) {
    let mut chosen = Vec::new();
    let css = "input:not([type=hidden]):not([type=file]), select, textarea";
    for input in form.find_all(Locator::Css(css)).await.unwrap() {
        let name = input.attr("name").await.unwrap().unwrap_or_default();
        let kind = input.attr("type").await.unwrap().unwrap_or_default();
        let value = input.prop("value").await.unwrap().unwrap_or_default();
        let answer = ANSWERS.iter().find(|(known, _)| *known == name).map(|(_, answer)| *answer);
        if kind == "radio" || kind == "checkbox" {
            let wanted = answer.is_none_or(|answer| answer == value);
            if wanted && !chosen.contains(&name) {
                chosen.push(name);
                if input.prop("checked").await.unwrap().as_deref() != Some("true") {
                    input.click().await.unwrap();
                }
            }
        } else if input.tag_name().await.unwrap() == "select" {
            if value.is_empty() {
                let _ = input.select_by_index(1).await;
            }
        } else if value.is_empty() {
            input.send_keys(answer.unwrap_or("12 đường Ví Dụ")).await.unwrap();
        }
    }
}
