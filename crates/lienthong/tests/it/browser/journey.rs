//! The citizen's way from search to the rating in chromium, with JavaScript switched off; the
//! office does its part in between, over the same site.

use std::fs;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use jiff::Timestamp;
use lienthong::demo::errands::{self, RESULT, RESULT_NUMBER};

use super::{Browser, PASSWORD, Program, is_wanted};

/// How long a page may take to come.
const PATIENCE: Duration = Duration::from_secs(10);
const ENTER: &str = "\u{e007}";
const LOOK_EVERY: Duration = Duration::from_millis(20);

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
    let page = &browser.page;
    page.set_window_size(1280, 2000).await.unwrap();
    page.goto(&format!("{}/", program.address)).await.unwrap();
    let search = page.find(Locator::Css("main input[name=q]")).await.unwrap();
    search.send_keys("dang ky khai sih").await.unwrap();
    click(page, "main form button[type=submit]").await;
    click(page, "a[href='/thu-tuc/1.001193']").await;
    click(page, "a[href^='/nop-ho-so/1.001193']").await;
    click(page, "a[href^='/dang-nhap']").await;
    fill(page, "input[name=login]", "046190000012").await;
    fill(page, "input[name=password]", PASSWORD).await;
    click(page, "main form button[type=submit]").await;
    choose(page, "select[name=tinh]", "Huế").await;
    click(page, "main form.search button").await;
    choose(page, "select[name=co-quan]", "Thuận Hóa").await;
    click(page, "main form[method=post] button").await;
    click(page, "main a.button[href*='/buoc/']").await;
    let asked = answer_all(page).await;
    let at = page.current_url().await.unwrap();
    assert!(asked > 15, "only {asked} questions were asked, then came {at}");
    click(page, "form[action$='/nop'] button").await;
    let path = path_of(page).await;
    let dossier = path.strip_suffix("/xac-nhan");
    let dossier = dossier.unwrap_or_else(|| panic!("the request was not sent: {path}"));
    let number = found(page, ".done .code").await.text().await.unwrap();
    the_office_decides(&program.address, dossier).await;
    track(page, &program.address, &number).await;
    click(page, "nav a[href='/vi-giay-to']").await;
    says(page, RESULT_NUMBER).await;
    click(page, &format!("main a[href='{dossier}/ket-qua']")).await;
    says(page, RESULT_NUMBER).await;
    page.goto(&format!("{}{dossier}", program.address)).await.unwrap();
    click(page, &format!("main a[href='{dossier}/danh-gia']")).await;
    found(page, "input[name=diem][value='5']").await.click().await.unwrap();
    click(page, "main form[action$='/danh-gia'] button, main form[method=post] button").await;
    says(page, "Cảm ơn đã đánh giá.").await;
    browser.close().await;
}

/// Without the account: by number and telephone.
async fn track(page: &Client, address: &str, number: &str) {
    page.goto(&format!("{address}/tra-cuu")).await.unwrap();
    let inputs = page
        .find_all(Locator::Css(
            "main form[method=post] input[type=text], \
        main form[method=post] input[type=tel]",
        ))
        .await
        .unwrap();
    assert_eq!(inputs.len(), 2, "tracking asks for a number and a telephone");
    inputs[0].send_keys(number).await.unwrap();
    inputs[1].send_keys("0900000001").await.unwrap();
    click(page, "main form[method=post] button").await;
    says(page, "Đã xử lý xong").await;
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

async fn path_of(page: &Client) -> String {
    page.current_url().await.unwrap().path().to_owned()
}

async fn says(page: &Client, words: &str) {
    let text = found(page, "main").await.text().await.unwrap();
    let at = path_of(page).await;
    assert!(text.contains(words), "{at} does not say {words}: {text}");
}

async fn answer_all(page: &Client) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let scan = folder.path().join("giay-chung-sinh.pdf");
    fs::write(&scan, b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n").unwrap();
    for asked in 0..80 {
        if let Ok(input) =
            page.find(Locator::Css("form[action*='/nop-tep/'] input[type=file]")).await
        {
            input.send_keys(scan.to_str().unwrap()).await.unwrap();
            click(page, "form[action*='/nop-tep/'] button").await;
        }
        let Ok(form) = page.find(Locator::Css("form[action*='/buoc/']")).await else {
            return asked;
        };
        answer_page(&form).await;
        click(page, "form[action*='/buoc/'] button[type=submit]").await;
    }
    panic!("the form does not end: {}", page.current_url().await.unwrap());
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

/// Presses a link or button by keyboard and waits for the next page: the one that was there is
/// gone when its root is.
async fn click(page: &Client, css: &str) {
    let before = found(page, "html").await;
    found(page, css).await.send_keys(ENTER).await.unwrap();
    let mut waited = Duration::ZERO;
    while before.tag_name().await.is_ok() && waited < PATIENCE {
        tokio::time::sleep(LOOK_EVERY).await;
        waited += LOOK_EVERY;
    }
    found(page, "main").await;
}

async fn fill(page: &Client, css: &str, text: &str) {
    found(page, css).await.send_keys(text).await.unwrap();
}

async fn found(page: &Client, css: &str) -> Element {
    let found = page.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
    let at = page.current_url().await.unwrap();
    let title = page.title().await.unwrap();
    found.unwrap_or_else(|_| panic!("no {css} on {at}: {title}"))
}

async fn choose(page: &Client, css: &str, words: &str) {
    let select = found(page, css).await;
    for option in select.find_all(Locator::Css("option")).await.unwrap() {
        if option.text().await.unwrap().contains(words) {
            option.click().await.unwrap();
            return;
        }
    }
    panic!("nothing to choose is called {words}");
}
