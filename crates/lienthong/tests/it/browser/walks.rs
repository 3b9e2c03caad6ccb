//! Pages that come up only on the way: one question after another, each looked at as it is, and
//! again after it was sent with nothing in it.

use std::time::Duration;

use identity::totp::TotpSecret;
use jiff::Timestamp;
use lienthong::demo::errands;

use super::{Judge, PASSWORD, Stage};

/// Nobody has these yet.
const NUMBER: &str = "046195000047";
const EMAIL: &str = "moi@example.vn";
const NEW_PASSWORD: &str = "Mot-mat-khau-khac-2026";

type Answers<'a> = &'a [(&'a str, &'a str)];

/// Looks, makes a mistake, answers and goes on.
async fn step(judge: &mut Judge, path: &str, answers: Answers<'_>) {
    judge.look(path).await;
    judge.mistake(path, &[]).await;
    assert!(judge.send(answers).await, "{path} has no form");
}

pub async fn registration(judge: &mut Judge) {
    judge.seat.go("/dang-ky?lang=vi").await;
    judge.send(&[]).await;
    step(judge, "/dang-ky/so-dinh-danh", &[("number", NUMBER)]).await;
    let born =
        [("name", "Lê Thị Mới"), ("born-day", "2"), ("born-month", "3"), ("born-year", "1995")];
    step(judge, "/dang-ky/ho-ten", &born).await;
    step(judge, "/dang-ky/lien-he", &[("channel", "email"), ("email", EMAIL)]).await;
    let code = code_for(judge, EMAIL).await;
    step(judge, "/dang-ky/ma", &[("code", &code)]).await;
    step(judge, "/dang-ky/mat-khau", &[("new-password", NEW_PASSWORD)]).await;
    judge.look("/dang-ky/kiem-tra").await;
    judge.send(&[]).await;
    judge.look_here("/dang-ky/xong").await;
}

pub async fn forgotten_password(judge: &mut Judge) {
    judge.seat.go("/quen-mat-khau?lang=vi").await;
    judge.send(&[("login", NUMBER)]).await;
    let code = code_for(judge, EMAIL).await;
    step(judge, "/quen-mat-khau/ma", &[("code", &code)]).await;
    judge.look("/quen-mat-khau/mat-khau-moi").await;
    judge.mistake("/quen-mat-khau/mat-khau-moi", &[]).await;
}

/// Every question of the form: as it comes up, and sent without an answer.
pub async fn questions(judge: &mut Judge, stage: &mut Stage) {
    let draft = stage.path("/ho-so/{draft}");
    let citizen = &mut stage.mother;
    errands::first_question(citizen, &draft).await.unwrap();
    let mut asked = 0;
    while citizen.form("/buoc/").is_ok() {
        let path = citizen.path.clone();
        judge.width(360).await;
        judge.seat.go(&format!("{path}?lang=vi")).await;
        let name = format!("question {asked:02}");
        judge.look_here(&name).await;
        // Some questions may be left open; the others say that they may not.
        if judge.send(&[]).await && judge.seat.page.title().await.unwrap().starts_with("Lỗi: ") {
            judge.look_here(&format!("{name} in error")).await;
        }
        citizen.get(&path).await.unwrap();
        errands::answer(citizen).await.unwrap();
        asked += 1;
    }
    assert!(asked > 15, "only {asked} questions were asked, then came {}", citizen.path);
    judge.look(&citizen.path.clone()).await;
}

pub async fn account(judge: &mut Judge) {
    for path in ["/tai-khoan/xac-nhan?ve=/tai-khoan", "/tai-khoan/mat-khau"] {
        judge.look(path).await;
        judge.mistake(path, &[]).await;
    }
    judge.seat.go("/tai-khoan/xac-nhan?ve=/tai-khoan").await;
    judge.send(&[("password", PASSWORD)]).await;
    step(judge, "/tai-khoan/lien-he", &[("channel", "email"), ("email", "mau2@example.vn")]).await;
    judge.look("/tai-khoan/lien-he/ma").await;
    judge.mistake("/tai-khoan/lien-he/ma", &[]).await;
    judge.seat.go("/tai-khoan/ung-dung-ma").await;
    judge.look("/tai-khoan/ung-dung-ma/quet").await;
    judge.mistake("/tai-khoan/ung-dung-ma/quet", &[]).await;
    let code = app_key(judge).await.code(Timestamp::now());
    judge.send(&[("code", &code)]).await;
    judge.look_here("/tai-khoan/ma-du-phong lần đầu").await;
    for path in ["/tai-khoan/ung-dung-ma/bo", "/tai-khoan/ma-du-phong"] {
        judge.look(path).await;
    }
}

/// The key an app would read from the picture.
async fn app_key(judge: &Judge) -> TotpSecret {
    let script = "return document.querySelector('code.key').textContent";
    let key = judge.seat.page.execute(script, Vec::new()).await.unwrap();
    let mut bits = String::new();
    for letter in key.as_str().unwrap().bytes().filter(u8::is_ascii_alphanumeric) {
        let value = if letter.is_ascii_digit() { letter - b'2' + 26 } else { letter - b'A' };
        bits += &format!("{value:05b}");
    }
    let byte = |place: usize| u8::from_str_radix(&bits[8 * place..8 * place + 8], 2).unwrap();
    TotpSecret::new(std::array::from_fn(byte))
}

/// What can be done with one agency, each act with its form and its mistakes.
pub async fn a_unit(judge: &mut Judge) {
    let unit = "/quan-tri/don-vi/H57";
    for path in links(judge, unit, &format!("{unit}/")).await {
        judge.look(&path).await;
        judge.mistake(&path, &[]).await;
    }
}

/// A version of a procedure being written.
pub async fn a_version(judge: &mut Judge) {
    let procedure = "/quan-tri/thu-tuc/1.001193";
    judge.seat.go(&format!("{procedure}?lang=vi")).await;
    judge.send_to("/soan", &[]).await;
    judge.look(procedure).await;
    judge.look(&format!("{procedure}/xem")).await;
    let edit = format!("{procedure}/sua");
    judge.look(&edit).await;
    judge.mistake(&edit, &[]).await;
}

/// An officer's account, and a role for it.
pub async fn an_officer(judge: &mut Judge) {
    judge.seat.go("/quan-tri/tai-khoan?lang=vi").await;
    let account = judge.link("/quan-tri/tai-khoan/0").await;
    judge.look(&account).await;
    let role = format!("{account}/vai-tro");
    judge.look(&role).await;
    judge.mistake(&role, &[]).await;
}

/// The report about a file that somebody was sent.
pub async fn a_checked_file(judge: &mut Judge, stage: &mut Stage) {
    let pdf = stage.mother.download(&stage.path("/ho-so/{done}/ket-qua/pdf")).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ket-qua.pdf");
    std::fs::write(&file, pdf).unwrap();
    for language in ["vi", "en"] {
        judge.seat.go(&format!("/kiem-tra/tep?lang={language}")).await;
        judge.upload("/kiem-tra/tep", &file).await;
        judge.look_here(&format!("/kiem-tra/tep kết quả {language}")).await;
    }
    judge.seat.go("/kiem-tra/tep?lang=vi").await;
    judge.mistake_here("/kiem-tra/tep", &[]).await;
}

/// What waits for a signature: all of it ticked, and shown before one code signs what was chosen.
pub async fn several_papers(judge: &mut Judge) {
    judge.seat.go("/can-bo/ky-so").await;
    let every = judge.link("chon=").await;
    judge.look(&every).await;
    judge.width(360).await;
    judge.seat.go(&format!("{every}&lang=vi")).await;
    let script = "return document.querySelector('[name=chosen]:checked').value";
    let chosen = judge.seat.page.execute(script, Vec::new()).await.unwrap();
    let chosen = chosen.as_str().unwrap();
    for several in ["/can-bo/ky-so/nhieu/tu-xa", "/can-bo/ky-so/nhieu"] {
        judge.seat.go(&format!("{several}?chosen={chosen}&lang=vi")).await;
        judge.look_here(several).await;
    }
    judge.mistake_here("/can-bo/ky-so/nhieu", &[]).await;
}

/// The page that talks to the agent on the officer's machine, where there is none.
pub async fn the_agent(judge: &mut Judge, stage: &Stage) {
    judge.seat.go(&format!("{}?lang=vi", stage.path("/can-bo/ky-so/{paper}/may-tram"))).await;
    judge.send_to("/may-tram", &[]).await;
    judge.look_here("/can-bo/ky-so/may-tram hỏi").await;
}

/// A certificate is asked for.
pub async fn a_request(judge: &mut Judge) {
    judge.seat.go("/quan-tri/chung-thu/yeu-cau/tao?lang=vi").await;
    judge.send(&[("unit", "H57.104"), ("profile", "seal"), ("carrier", "software")]).await;
    let letter = judge.link("/can-bo/ky-so/de-nghi/").await;
    judge.look(&letter).await;
    judge.look("/quan-tri/chung-thu/yeu-cau").await;
}

/// Somebody else decides, and looks at what can be done with the certificate.
pub async fn a_certificate(judge: &mut Judge) {
    judge.seat.go("/quan-tri/chung-thu/yeu-cau?lang=vi").await;
    let request = judge.link("/quan-tri/chung-thu/yeu-cau/0").await;
    judge.look(&request).await;
    judge.seat.go(&format!("{request}?lang=vi")).await;
    judge.send_to("/duyet", &[]).await;
    judge.seat.go("/quan-tri/chung-thu?loai=seal&lang=vi").await;
    let certificate = judge.link("/quan-tri/chung-thu/0").await;
    judge.look(&certificate).await;
    let id = certificate.rsplit('/').next().unwrap_or_default();
    judge.look(&format!("/can-bo/ky-so/de-nghi/chung-thu/{id}")).await;
    for act in ["gia-han", "cap-lai", "thu-hoi"] {
        let path = format!("{certificate}/{act}");
        judge.look(&path).await;
        judge.mistake(&path, &[]).await;
    }
}

/// A new account, the link that opens it, and the door its owner meets with it.
pub async fn a_new_officer(judge: &mut Judge) {
    let login = "nguoimoi.mau";
    let new = [
        ("name", "Nguyễn Trần Hoàng Bảo Ngân Phương"),
        ("username", login),
        ("unit", "H57.104"),
        ("role", "auditor"),
        ("from-day", "1"),
        ("from-month", "11"),
        ("from-year", "2026"),
    ];
    judge.seat.go("/quan-tri/tai-khoan/tao?lang=vi").await;
    judge.send(&new).await;
    judge.look_here("/quan-tri/tai-khoan/tao xong").await;
    let script = "return document.querySelector('code.key').textContent";
    let link = judge.seat.page.execute(script, Vec::new()).await.unwrap();
    let link = link.as_str().unwrap().split("/lien-ket/").nth(1).unwrap().to_owned();
    judge.seat.become_stranger().await;
    step(judge, &format!("/lien-ket/{link}"), &[("new-password", NEW_PASSWORD)]).await;
    judge.seat.go("/dang-nhap?lang=vi").await;
    judge.send(&[("login", login), ("password", NEW_PASSWORD)]).await;
    judge.look("/dang-nhap/ung-dung-ma").await;
    judge.mistake("/dang-nhap/ung-dung-ma", &[]).await;
}

/// The second question at the door.
pub async fn second_factor(judge: &mut Judge) {
    judge.seat.go("/dang-nhap?lang=vi").await;
    judge.send(&[("login", "truongphong.mau"), ("password", PASSWORD)]).await;
    for path in ["/dang-nhap/ma", "/dang-nhap/ma-du-phong"] {
        judge.look(path).await;
        judge.mistake(path, &[]).await;
    }
}

async fn links(judge: &Judge, from: &str, part: &str) -> Vec<String> {
    judge.seat.go(from).await;
    let script = "return [...document.querySelectorAll('main a')].map(a => a.getAttribute('href'))\
                  .filter(href => href.startsWith(arguments[0]));";
    let found = judge.seat.page.execute(script, vec![part.into()]).await.unwrap();
    let found = found.as_array().unwrap();
    found.iter().map(|path| path.as_str().unwrap().to_owned()).collect()
}

/// The code in the newest message to this address; messages leave a moment after the page.
async fn code_for(judge: &Judge, to: &str) -> String {
    for _ in 0..50 {
        judge.seat.go(&format!("/demo/hop-thu?den={to}")).await;
        let script = "return document.querySelector('main .results')?.innerText || ''";
        let text = judge.seat.page.execute(script, Vec::new()).await.unwrap();
        let text = text.as_str().unwrap();
        let code = text
            .split(|letter: char| !letter.is_ascii_digit())
            .find(|digits| digits.len() == 6)
            .map(str::to_owned);
        if let Some(code) = code {
            return code;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("no code came to {to}");
}
