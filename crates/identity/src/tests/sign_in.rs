//! Signing in: with a password, with a second factor, and what strangers can and cannot do.

use platform::testing::{Answer, Visitor};

use super::town::{LAN, PASSWORD, Town, said, sign_in};
use crate::Role;

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_are_the_same_to_a_stranger() {
    let town = Town::new().await;
    town.lan().await;
    town.officer("hoa.tp", &[(Role::Clerk, "H57.101")]).await;
    let attempts = [
        (LAN, "sai mật khẩu"),
        ("079188012349", "sai mật khẩu"),
        ("hoa.tp", "sai mật khẩu"),
        ("khong.co", "sai mật khẩu"),
    ];
    let mut answers: Vec<Answer> = Vec::new();
    for (login, password) in attempts {
        answers.push(sign_in(&mut town.house.visitor(), login, password).await);
    }
    for answer in &answers {
        assert_eq!(answer.status, 422);
        assert_eq!(said(answer), said(&answers[0]));
        assert!(answer.title().starts_with("Lỗi: "));
        let cookies = answer.headers.get_all("set-cookie").iter().count();
        assert_eq!(cookies, answers[0].headers.get_all("set-cookie").iter().count());
    }
}

#[tokio::test]
async fn the_wait_is_the_same_for_names_nobody_has() {
    let town = Town::new().await;
    town.lan().await;
    for login in [LAN, "079188012349"] {
        let mut visitor = town.house.visitor();
        for _ in 0..5 {
            assert_eq!(sign_in(&mut visitor, login, "sai").await.status, 422);
        }
        let waiting = sign_in(&mut visitor, login, "sai").await;
        assert_eq!(waiting.status, 429, "{login}");
        assert!(waiting.has("Có thể thử lại từ 09:01"), "{}", waiting.text);
        assert_eq!(waiting.input("login"), Some(login));
    }
}

#[tokio::test]
async fn the_right_password_has_to_wait_too_and_then_opens() {
    let town = Town::new().await;
    town.lan().await;
    let mut visitor = town.house.visitor();
    for _ in 0..5 {
        sign_in(&mut visitor, LAN, "sai").await;
    }
    assert_eq!(sign_in(&mut visitor, LAN, PASSWORD).await.status, 429);
    town.pass(31);
    assert_eq!(sign_in(&mut visitor, LAN, PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_stranger_cannot_keep_the_owner_out_of_a_browser_the_account_knows() {
    let town = Town::new().await;
    town.lan().await;
    let mut lan = town.signed_in(LAN).await;
    lan.post("/dang-xuat", &[]).await;
    let mut stranger = town.house.visitor();
    for _ in 0..8 {
        sign_in(&mut stranger, LAN, "đoán mò").await;
    }
    assert_eq!(sign_in(&mut stranger, LAN, PASSWORD).await.status, 429);
    assert_eq!(sign_in(&mut lan, LAN, PASSWORD).await.status, 303);
}

#[tokio::test]
async fn many_names_tried_from_one_address_wait_as_well() {
    let town = Town::new().await;
    let mut visitor = town.house.visitor();
    for number in 0..30 {
        let login = format!("0791880{number:05}");
        assert_eq!(sign_in(&mut visitor, &login, "sai").await.status, 422, "{number}");
    }
    assert_eq!(sign_in(&mut visitor, "079188099999", "sai").await.status, 429);
}

#[tokio::test]
async fn the_session_of_before_is_not_the_session_after() {
    let town = Town::new().await;
    town.lan().await;
    let mut visitor = town.house.visitor();
    visitor.get("/dang-nhap").await;
    assert_eq!(visitor.cookie("__Host-session"), None);
    sign_in(&mut visitor, LAN, PASSWORD).await;
    let first = visitor.cookie("__Host-session").unwrap().to_owned();
    let page = visitor.get("/tai-khoan").await;
    assert_eq!(page.status, 200);
    visitor.post("/tai-khoan/xac-nhan", &[("password", PASSWORD)]).await;
    let second = visitor.cookie("__Host-session").unwrap().to_owned();
    assert_ne!(first, second, "showing the password again renews the secret");
    let mut thief = town.house.visitor();
    let cookie = format!("__Host-session={first}");
    let stolen = thief.go(http("GET"), "/tai-khoan", &[("cookie", &cookie)], "").await;
    assert_eq!(stolen.status, 303, "the old secret opens nothing");
}

fn http(name: &str) -> axum::http::Method {
    axum::http::Method::from_bytes(name.as_bytes()).unwrap()
}

#[tokio::test]
async fn a_secret_planted_before_the_sign_in_is_not_taken_over() {
    let town = Town::new().await;
    town.lan().await;
    let mut visitor = town.house.visitor();
    let page = visitor.get("/dang-nhap").await;
    let form = format!(
        "_token={}&login={LAN}&password={}",
        page.input("_token").unwrap(),
        PASSWORD.replace(' ', "+")
    );
    let planted = format!(
        "__Host-form={}; __Host-session={}",
        visitor.cookie("__Host-form").unwrap(),
        "ab".repeat(32)
    );
    let headers =
        [("cookie", planted.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let answer = visitor.go(http("POST"), "/dang-nhap", &headers, form).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert_ne!(visitor.cookie("__Host-session"), Some("ab".repeat(32).as_str()));
}

#[tokio::test]
async fn a_form_without_its_token_or_from_elsewhere_changes_nothing() {
    let town = Town::new().await;
    town.lan().await;
    let mut visitor = town.house.visitor();
    let form = format!("login={LAN}&password={}", PASSWORD.replace(' ', "+"));
    let media = ("content-type", "application/x-www-form-urlencoded");
    let answer = visitor.go(http("POST"), "/dang-nhap", &[media], form).await;
    assert_eq!(answer.status, 403);
    let mut lan = town.signed_in(LAN).await;
    let foreign = [media, ("sec-fetch-site", "cross-site")];
    assert_eq!(lan.go(http("POST"), "/dang-xuat", &foreign, "").await.status, 403);
    assert_eq!(lan.get("/tai-khoan").await.status, 200);
}

#[tokio::test]
async fn after_signing_in_one_goes_where_one_wanted_but_never_elsewhere() {
    let town = Town::new().await;
    town.lan().await;
    for (wanted, goes) in [
        ("/tai-khoan/phien", "/tai-khoan/phien"),
        ("https://vi.du.xau/", "/vao"),
        ("//vi.du.xau/", "/vao"),
        ("/\\vi.du.xau/", "/vao"),
        ("javascript:alert(1)", "/vao"),
        ("", "/vao"),
    ] {
        let mut visitor = town.house.visitor();
        visitor.get(&format!("/dang-nhap?ve={}", wanted.replace('\\', "%5C"))).await;
        let fields = [("login", LAN), ("password", PASSWORD), ("ve", wanted)];
        let answer = visitor.post("/dang-nhap", &fields).await;
        assert_eq!(answer.location(), goes, "{wanted}");
        let again = visitor.get(&format!("/dang-nhap?ve={}", wanted.replace('\\', "%5C"))).await;
        assert!(again.location().starts_with('/') && !again.location().starts_with("//"));
    }
}

#[tokio::test]
async fn a_page_that_needs_a_sign_in_leads_there_and_back() {
    let town = Town::new().await;
    town.lan().await;
    let mut visitor = town.house.visitor();
    let away = visitor.get("/tai-khoan/phien").await;
    assert_eq!(away.location(), "/dang-nhap?ve=%2Ftai-khoan%2Fphien");
    let form = visitor.get(away.location()).await;
    assert_eq!(form.input("ve"), Some("/tai-khoan/phien"));
}

#[tokio::test]
async fn the_form_helps_password_managers_and_asks_no_puzzle() {
    let town = Town::new().await;
    let form = town.house.get("/dang-nhap").await;
    for mark in ["autocomplete=\"username\"", "autocomplete=\"current-password\"", "novalidate"] {
        assert!(form.has(mark), "{mark}");
    }
    for mark in ["captcha", "onpaste", "maxlength"] {
        assert!(!form.text.to_lowercase().contains(mark), "{mark}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let town = Town::new().await;
    town.lan().await;
    let mut lan = town.signed_in(LAN).await;
    let secret = lan.cookie("__Host-session").unwrap().to_owned();
    lan.post("/dang-xuat", &[]).await;
    assert_eq!(lan.cookie("__Host-session"), None);
    let cookie = format!("__Host-session={secret}");
    let answer = lan.go(http("GET"), "/tai-khoan", &[("cookie", &cookie)], "").await;
    assert_eq!(answer.status, 303);
}

/// Signs in with a password and stands before the second question.
async fn half_in(town: &Town, username: &str) -> Visitor {
    let mut visitor = town.house.visitor();
    let answer = sign_in(&mut visitor, username, PASSWORD).await;
    assert_eq!(answer.location(), "/dang-nhap/ma");
    assert_eq!(visitor.cookie("__Host-session"), None, "not in yet");
    visitor
}

#[tokio::test]
async fn an_officer_shows_two_factors() {
    let town = Town::new().await;
    town.officer("hoa.tp", &[(Role::Clerk, "H57.101")]).await;
    let mut visitor = half_in(&town, "hoa.tp").await;
    let asked = visitor.get("/dang-nhap/ma").await;
    assert!(asked.has("autocomplete=\"one-time-code\"") && asked.has("inputmode=\"numeric\""));
    let wrong = visitor.post("/dang-nhap/ma", &[("code", "000000")]).await;
    assert!(wrong.status == 422 && wrong.has("Mã không đúng"));
    let code = town.code("hoa.tp");
    assert_eq!(visitor.post("/dang-nhap/ma", &[("code", &code)]).await.location(), "/vao");
    assert_eq!(visitor.get("/tai-khoan").await.status, 200);
    let mut second = half_in(&town, "hoa.tp").await;
    let again = second.post("/dang-nhap/ma", &[("code", &code)]).await;
    assert!(again.has("Mã không đúng"), "a code opens once");
    assert!(town.verbs().await.contains(&"identity.sign-in".to_owned()));
}

#[tokio::test]
async fn guessing_at_the_second_factor_ends_the_attempt() {
    let town = Town::new().await;
    town.officer("hoa.tp", &[(Role::Clerk, "H57.101")]).await;
    let mut visitor = half_in(&town, "hoa.tp").await;
    for _ in 0..5 {
        visitor.post("/dang-nhap/ma", &[("code", "123456")]).await;
    }
    let code = town.code("hoa.tp");
    assert_eq!(visitor.post("/dang-nhap/ma", &[("code", &code)]).await.status, 429);
    town.pass(60);
    let code = town.code("hoa.tp");
    let over = visitor.post("/dang-nhap/ma", &[("code", &code)]).await;
    assert_eq!(over.location(), "/dang-nhap", "the password is asked for again");
}

#[tokio::test]
async fn the_second_page_is_this_browsers_and_for_a_quarter_of_an_hour() {
    let town = Town::new().await;
    town.officer("hoa.tp", &[(Role::Clerk, "H57.101")]).await;
    assert_eq!(town.house.get("/dang-nhap/ma").await.location(), "/dang-nhap");
    let mut visitor = half_in(&town, "hoa.tp").await;
    town.pass(15 * 60);
    let code = town.code("hoa.tp");
    let late = visitor.post("/dang-nhap/ma", &[("code", &code)]).await;
    assert_eq!(late.location(), "/dang-nhap");
}

#[tokio::test]
async fn an_officer_without_an_app_adds_one_before_anything_else() {
    let town = Town::new().await;
    town.officer_with("moi.vao", &[(Role::Clerk, "H57.101")], None).await;
    let mut visitor = town.house.visitor();
    let answer = sign_in(&mut visitor, "moi.vao", PASSWORD).await;
    assert_eq!(answer.location(), "/dang-nhap/ung-dung-ma");
    assert_eq!(visitor.get("/tai-khoan").await.status, 303, "nothing else is open");
    let page = visitor.get("/dang-nhap/ung-dung-ma").await;
    assert!(page.has("<svg class=\"qr\"") && page.has("otpauth://totp/"));
    let key = page.text.split_once("<code class=\"key\">").unwrap().1.split_once('<').unwrap().0;
    let secret = crate::totp::TotpSecret::parse(key).unwrap();
    let wrong = visitor.post("/dang-nhap/ung-dung-ma", &[("code", "000000")]).await;
    assert!(wrong.status == 422 && wrong.has(key), "the same key stays");
    let code = secret.code(town.ctx().clock.now());
    let codes = visitor.post("/dang-nhap/ung-dung-ma", &[("code", &code)]).await;
    assert_eq!((codes.status.as_u16(), codes.text.matches("<li><code>").count()), (200, 10));
    assert_eq!(visitor.get("/tai-khoan").await.status, 200);
}

#[tokio::test]
async fn a_recovery_code_opens_once() {
    let town = Town::new().await;
    town.officer_with("moi.vao", &[(Role::Clerk, "H57.101")], None).await;
    let mut visitor = town.house.visitor();
    sign_in(&mut visitor, "moi.vao", PASSWORD).await;
    let page = visitor.get("/dang-nhap/ung-dung-ma").await;
    let key = page.text.split_once("<code class=\"key\">").unwrap().1.split_once('<').unwrap().0;
    let secret = crate::totp::TotpSecret::parse(key).unwrap();
    let code = secret.code(town.ctx().clock.now());
    let codes = visitor.post("/dang-nhap/ung-dung-ma", &[("code", &code)]).await;
    let recovery = codes.text.split_once("<li><code>").unwrap().1.split_once('<').unwrap().0;
    let typed = recovery.to_lowercase().replace('-', " ");
    for (status, location) in [(303, "/vao"), (422, "")] {
        let mut other = half_in(&town, "moi.vao").await;
        assert_eq!(other.get("/dang-nhap/ma-du-phong").await.status, 200);
        let answer = other.post("/dang-nhap/ma-du-phong", &[("code", &typed)]).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (status, location));
    }
    assert!(town.verbs().await.contains(&"identity.use-recovery-code".to_owned()));
    assert!(visitor.get("/tai-khoan").await.has("Còn 9 mã"));
}

#[tokio::test]
async fn every_attempt_leaves_its_trace() {
    let town = Town::new().await;
    let lan = town.lan().await;
    sign_in(&mut town.house.visitor(), LAN, "sai").await;
    sign_in(&mut town.house.visitor(), "079188012349", "sai").await;
    town.signed_in(LAN).await;
    let acts = town.acts().await;
    let told: Vec<(&str, &str)> =
        acts.iter().rev().map(|act| (act.verb.as_str(), act.object.as_str())).collect();
    let about = format!("account:{lan}");
    assert!(told.ends_with(&[
        ("identity.sign-in-refused", about.as_str()),
        ("identity.sign-in-refused", "account:unknown"),
        ("identity.sign-in", about.as_str()),
    ]));
}

#[tokio::test]
async fn a_hash_of_an_older_cost_is_renewed_at_the_next_sign_in() {
    let town = Town::new().await;
    let id = town.lan().await;
    let hash = || town.ctx().store.read(move |tx| crate::store::accounts::credentials(tx, id));
    let old = crate::Hashing::new(
        crate::Cost { memory_kib: 64, passes: 1, lanes: 1 },
        crate::Cost { memory_kib: 64, passes: 1, lanes: 1 },
    );
    let password = crate::Password::typed(PASSWORD);
    let stale = old.hash(password, crate::Strictness::Citizen, [1; 16]).await.unwrap();
    let now = town.ctx().clock.now();
    let kept =
        town.ctx().store.write(move |tx| crate::store::accounts::set_password(tx, id, &stale, now));
    kept.await.unwrap();
    town.signed_in(LAN).await;
    let renewed = hash().await.unwrap().unwrap().password_hash.unwrap();
    assert!(renewed.contains("m=8,"), "{renewed}");
    assert_eq!(town.signed_in(LAN).await.get("/tai-khoan").await.status, 200);
}
