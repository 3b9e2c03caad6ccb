//! A citizen opens an account.

use platform::testing::Visitor;

use super::town::{LAN, LAN_PHONE, PASSWORD, Town, said, sign_in};

const NEW: &str = "001205000017";
const PHONE: &str = "0987654321";

/// All answers up to the password.
async fn answered(town: &Town, number: &str, phone: &str) -> Visitor {
    let mut visitor = town.house.visitor();
    visitor.post("/dang-ky", &[]).await;
    visitor.post("/dang-ky/so-dinh-danh", &[("number", number)]).await;
    let year = crate::PersonalNumber::parse(number).unwrap().birth_year().to_string();
    let born = [("born-day", "31"), ("born-month", "3"), ("born-year", year.as_str())];
    let name = [("name", "Trần Văn Bình")];
    visitor.post("/dang-ky/ho-ten", &[&name[..], &born[..]].concat()).await;
    visitor.post("/dang-ky/lien-he", &[("channel", "phone"), ("phone", phone)]).await;
    let code = town.code_sent(&format!("+84{}", &phone[1..])).await;
    visitor.post("/dang-ky/ma", &[("code", &code)]).await;
    visitor
}

async fn registered(town: &Town, number: &str, phone: &str) -> Visitor {
    let mut visitor = answered(town, number, phone).await;
    visitor.post("/dang-ky/mat-khau", &[("new-password", PASSWORD)]).await;
    visitor
}

#[tokio::test]
async fn a_citizen_registers_page_by_page_and_signs_in() {
    let town = Town::new().await;
    let mut visitor = registered(&town, NEW, PHONE).await;
    let check = visitor.get("/dang-ky/kiem-tra").await;
    assert!(check.has("001 205 000 017") && check.has("Trần Văn Bình") && check.has(PHONE));
    assert!(!check.has(PASSWORD));
    let done = visitor.post("/dang-ky/kiem-tra", &[]).await;
    assert_eq!(done.location(), "/dang-ky/xong");
    let messages = town.messages("+84987654321").await;
    assert!(messages[0].text.contains("đã nhận đăng ký"), "{}", messages[0].text);
    let answer = sign_in(&mut visitor, "001 205 000 017", PASSWORD).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/vao"));
    assert!(town.verbs().await.contains(&"identity.register".to_owned()));
}

#[tokio::test]
async fn a_number_in_use_is_told_to_nobody_on_a_page() {
    let town = Town::new().await;
    town.lan().await;
    let mut new = registered(&town, NEW, PHONE).await;
    let mut taken = registered(&town, LAN, "0901112223").await;
    for path in ["/dang-ky/kiem-tra", "/dang-ky/xong"] {
        let (one, other) = (new.get(path).await, taken.get(path).await);
        let known =
            [("001 205 000 017", "079 188 012 341"), (PHONE, "0901112223"), ("2005", "1988")];
        let one = known.iter().fold(said(&one), |text, (new, old)| text.replace(new, old));
        assert_eq!(one, said(&other), "{path}");
        assert_eq!(new.post(path, &[]).await.status, taken.post(path, &[]).await.status);
    }
    let old = town.messages("+84912345678").await;
    assert!(old[0].text.contains("có người đăng ký"), "{}", old[0].text);
    // Whoever proved a telephone learns from it no more than from the page.
    let told = |messages: Vec<platform::outside::Sent>| -> Vec<String> {
        messages.into_iter().map(|message| message.text).filter(|it| !it.contains(" mã ")).collect()
    };
    let (opened, tried) =
        (town.messages("+84987654321").await, town.messages("+84901112223").await);
    assert_eq!(told(opened), told(tried));
    assert_eq!(
        sign_in(&mut taken, LAN, PASSWORD).await.status,
        303,
        "the old password still opens"
    );
}

#[tokio::test]
async fn no_page_can_be_skipped() {
    let town = Town::new().await;
    let mut visitor = town.house.visitor();
    for path in ["so-dinh-danh", "ho-ten", "lien-he", "ma", "mat-khau", "kiem-tra"] {
        assert_eq!(visitor.get(&format!("/dang-ky/{path}")).await.location(), "/dang-ky", "{path}");
    }
    visitor.post("/dang-ky", &[]).await;
    for path in ["ho-ten", "lien-he", "ma", "mat-khau", "kiem-tra"] {
        let answer = visitor.get(&format!("/dang-ky/{path}")).await;
        assert_eq!(answer.location(), "/dang-ky/so-dinh-danh", "{path}");
    }
    let posted = visitor.post("/dang-ky/mat-khau", &[("new-password", PASSWORD)]).await;
    assert_eq!(posted.location(), "/dang-ky/so-dinh-danh");
    assert_eq!(visitor.post("/dang-ky/ho-ten", &[]).await.location(), "/dang-ky/so-dinh-danh");
}

#[tokio::test]
async fn mistakes_are_said_first_and_every_answer_is_kept() {
    let town = Town::new().await;
    let mut visitor = town.house.visitor();
    visitor.post("/dang-ky", &[]).await;
    let answer = visitor.post("/dang-ky/so-dinh-danh", &[("number", "07918801234")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.title().starts_with("Lỗi: "), "{}", answer.title());
    assert_eq!(answer.input("number"), Some("07918801234"));
    assert!(answer.has("href=\"#f-number\"") && answer.has("số vừa nhập có 11"));
    visitor.post("/dang-ky/so-dinh-danh", &[("number", NEW)]).await;
    let fields =
        [("name", "Bình 3"), ("born-day", "31"), ("born-month", "2"), ("born-year", "2005")];
    let answer = visitor.post("/dang-ky/ho-ten", &fields).await;
    assert!(answer.has("href=\"#f-name\"") && answer.has("href=\"#f-born\""));
    assert_eq!(answer.input("name"), Some("Bình 3"));
    assert_eq!(answer.input("born-day"), Some("31"));
}

#[tokio::test]
async fn the_year_of_birth_must_fit_the_number_and_children_are_acted_for() {
    let town = Town::new().await;
    let mut visitor = town.house.visitor();
    visitor.post("/dang-ky", &[]).await;
    visitor.post("/dang-ky/so-dinh-danh", &[("number", NEW)]).await;
    let born =
        |year| [("name", "Trần Bình"), ("born-day", "1"), ("born-month", "1"), ("born-year", year)];
    let other = visitor.post("/dang-ky/ho-ten", &born("2004")).await;
    assert!(other.has("không khớp với số định danh"));
    visitor.post("/dang-ky/so-dinh-danh", &[("number", "001218000017")]).await;
    let child = visitor.post("/dang-ky/ho-ten", &born("2018")).await;
    assert!(child.has("Dưới 14 tuổi"));
}

#[tokio::test]
async fn a_code_is_good_for_five_tries_and_ten_minutes() {
    let town = Town::new().await;
    let mut visitor = town.house.visitor();
    visitor.post("/dang-ky", &[]).await;
    visitor.post("/dang-ky/so-dinh-danh", &[("number", NEW)]).await;
    let fields =
        [("name", "Trần Bình"), ("born-day", "1"), ("born-month", "1"), ("born-year", "2005")];
    visitor.post("/dang-ky/ho-ten", &fields).await;
    let contact = [("channel", "email"), ("email", "binh@example.vn")];
    visitor.post("/dang-ky/lien-he", &contact).await;
    let code = town.code_sent("binh@example.vn").await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert!(visitor.post("/dang-ky/ma", &[("code", wrong)]).await.has("Mã không đúng"));
    }
    let spent = visitor.post("/dang-ky/ma", &[("code", &code)]).await;
    assert!(spent.has("đã thử quá nhiều lần"), "the right code is of no use any more");
    visitor.post("/dang-ky/lien-he", &contact).await;
    let code = town.code_sent("binh@example.vn").await;
    town.pass(10 * 60);
    assert!(visitor.post("/dang-ky/ma", &[("code", &code)]).await.has("hết hạn"));
}

#[tokio::test]
async fn messages_to_one_contact_are_limited() {
    let town = Town::new().await;
    let mut visitor = answered(&town, NEW, PHONE).await;
    let contact = [("channel", "phone"), ("phone", PHONE)];
    for _ in 0..3 {
        assert_eq!(visitor.post("/dang-ky/lien-he", &contact).await.status, 303);
    }
    let answer = visitor.post("/dang-ky/lien-he", &contact).await;
    assert_eq!(answer.status, 429);
    assert!(answer.has("Có thể thử lại từ 09:10"), "{}", answer.text);
    assert_eq!(answer.input("phone"), Some(PHONE));
}

#[tokio::test]
async fn a_weak_password_is_refused_with_the_reason() {
    let town = Town::new().await;
    let mut visitor = answered(&town, NEW, PHONE).await;
    for (password, reason) in [
        ("", "Chưa nhập mật khẩu mới"),
        ("ngắn", "ít nhất 8 ký tự"),
        ("matkhau123", "hay bị đoán nhất"),
        ("tranvanbinh", "gần giống tên"),
        ("001205000017", "gần giống tên"),
        ("12345678", "một dãy phím"),
    ] {
        let answer = visitor.post("/dang-ky/mat-khau", &[("new-password", password)]).await;
        assert!(answer.status == 422 && answer.has(reason), "{password}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_second_click_on_the_last_button_does_no_harm() {
    let town = Town::new().await;
    let mut visitor = registered(&town, NEW, PHONE).await;
    for _ in 0..2 {
        assert_eq!(visitor.post("/dang-ky/kiem-tra", &[]).await.location(), "/dang-ky/xong");
    }
    let opened = town.verbs().await.into_iter().filter(|verb| verb == "identity.register");
    assert_eq!(opened.count(), 1);
}

#[tokio::test]
async fn an_hour_later_it_begins_anew() {
    let town = Town::new().await;
    let mut visitor = answered(&town, NEW, PHONE).await;
    town.pass(60 * 60);
    assert_eq!(visitor.get("/dang-ky/mat-khau").await.location(), "/dang-ky");
    let posted = visitor.post("/dang-ky/so-dinh-danh", &[("number", NEW)]).await;
    assert_eq!(posted.location(), "/dang-ky");
    assert!(visitor.get("/dang-ky").await.has("Đã quá một giờ"));
}

#[tokio::test]
async fn no_code_and_no_number_is_left_in_a_job_or_in_the_audit() {
    let town = Town::new().await;
    town.lan().await;
    let mut visitor = registered(&town, NEW, PHONE).await;
    visitor.post("/dang-ky/kiem-tra", &[]).await;
    for act in town.acts().await {
        let told = format!("{} {}", act.object, act.detail);
        assert!(!told.contains(NEW) && !told.contains(LAN) && !told.contains(LAN_PHONE), "{told}");
    }
}
