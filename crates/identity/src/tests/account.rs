//! What people do with their own account.

use super::town::{LAN, PASSWORD, Town, sign_in};
use crate::Role;
use crate::totp::TotpSecret;

const NEW: &str = "bốn con vịt qua cầu";

#[tokio::test]
async fn the_account_page_shows_numbers_masked() {
    let town = Town::new().await;
    town.lan().await;
    let page = town.signed_in(LAN).await.get("/tai-khoan").await;
    assert!(page.has("Nguyễn Thị Lan") && page.has("079********1") && page.has("091****678"));
    assert!(!page.has(LAN) && !page.has("0912345678"));
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_other_sessions() {
    let town = Town::new().await;
    town.lan().await;
    let (mut lan, mut other) = (town.signed_in(LAN).await, town.signed_in(LAN).await);
    let path = "/tai-khoan/mat-khau";
    lan.get(path).await;
    let wrong = lan.post(path, &[("password", "không phải"), ("new-password", NEW)]).await;
    assert!(wrong.status == 422 && wrong.has("href=\"#f-password\""));
    let weak = lan.post(path, &[("password", PASSWORD), ("new-password", "12345678")]).await;
    assert!(weak.status == 422 && weak.has("href=\"#f-new-password\""));
    let changed = lan.post(path, &[("password", PASSWORD), ("new-password", NEW)]).await;
    assert_eq!(changed.location(), "/tai-khoan");
    assert_eq!(lan.get("/tai-khoan").await.status, 200);
    assert_eq!(other.get("/tai-khoan").await.status, 303);
    assert_eq!(sign_in(&mut town.house.visitor(), LAN, NEW).await.status, 303);
}

#[tokio::test]
async fn factors_change_only_shortly_after_showing_the_password() {
    let town = Town::new().await;
    town.lan().await;
    let mut lan = town.signed_in(LAN).await;
    town.pass(16 * 60);
    for path in ["/tai-khoan/ung-dung-ma", "/tai-khoan/lien-he"] {
        let answer = lan.get(path).await;
        assert_eq!(answer.location(), format!("/tai-khoan/xac-nhan?ve={path}"));
    }
    let form = lan.get("/tai-khoan/xac-nhan?ve=/tai-khoan/lien-he").await;
    assert_eq!(form.input("ve"), Some("/tai-khoan/lien-he"));
    let wrong =
        lan.post("/tai-khoan/xac-nhan", &[("password", "sai"), ("ve", "/tai-khoan/lien-he")]).await;
    assert_eq!(wrong.status, 422);
    let proved =
        lan.post("/tai-khoan/xac-nhan", &[("password", PASSWORD), ("ve", "//xau.vn")]).await;
    assert_eq!(proved.location(), "/", "never elsewhere");
    assert_eq!(lan.get("/tai-khoan/lien-he").await.status, 200);
}

#[tokio::test]
async fn a_contact_counts_when_it_answered_and_the_old_one_is_told() {
    let town = Town::new().await;
    town.lan().await;
    let mut lan = town.signed_in(LAN).await;
    let path = "/tai-khoan/lien-he";
    lan.get(path).await;
    let sent = lan.post(path, &[("channel", "phone"), ("phone", "0987654321")]).await;
    assert_eq!(sent.location(), "/tai-khoan/lien-he/ma");
    assert!(lan.get("/tai-khoan").await.has("091****678"), "not changed yet");
    let code = town.code_sent("+84987654321").await;
    let wrong = lan.post("/tai-khoan/lien-he/ma", &[("code", "1")]).await;
    assert_eq!(wrong.status, 422);
    lan.post("/tai-khoan/lien-he/ma", &[("code", &code)]).await;
    assert!(lan.get("/tai-khoan").await.has("098****321"));
    let old = town.messages("+84912345678").await;
    assert!(old[0].text.contains("đã đổi sang nơi khác"));
}

/// The key on the page.
fn key(text: &str) -> TotpSecret {
    let key = text.split_once("<code class=\"key\">").unwrap().1.split_once('<').unwrap().0;
    TotpSecret::parse(key).unwrap()
}

#[tokio::test]
async fn a_citizen_adds_an_app_and_may_remove_it() {
    let town = Town::new().await;
    town.lan().await;
    let mut lan = town.signed_in(LAN).await;
    lan.get("/tai-khoan/ung-dung-ma").await;
    let page = lan.get("/tai-khoan/ung-dung-ma/quet").await;
    let secret = key(&page.text);
    let code = secret.code(town.ctx().clock.now());
    let codes = lan.post("/tai-khoan/ung-dung-ma/quet", &[("code", &code)]).await;
    assert_eq!(codes.text.matches("<li><code>").count(), 10);
    let mut other = town.house.visitor();
    assert_eq!(sign_in(&mut other, LAN, PASSWORD).await.location(), "/dang-nhap/ma");
    lan.post("/tai-khoan/ung-dung-ma/bo", &[]).await;
    assert_eq!(sign_in(&mut other, LAN, PASSWORD).await.location(), "/vao");
    let verbs = town.verbs().await;
    for verb in ["identity.add-app", "identity.remove-app"] {
        assert!(verbs.iter().any(|found| found == verb), "{verb}");
    }
}

#[tokio::test]
async fn an_officer_may_not_go_without_an_app() {
    let town = Town::new().await;
    town.officer("hoa.tp", &[(Role::Clerk, "H57.101")]).await;
    let mut hoa = town.at_work("hoa.tp").await;
    hoa.get("/tai-khoan").await;
    assert_eq!(hoa.get("/tai-khoan/ung-dung-ma/bo").await.status, 404);
    assert_eq!(hoa.post("/tai-khoan/ung-dung-ma/bo", &[]).await.status, 404);
}

#[tokio::test]
async fn new_recovery_codes_end_the_old_ones() {
    let town = Town::new().await;
    town.officer("hoa.tp", &[(Role::Clerk, "H57.101")]).await;
    let mut hoa = town.at_work("hoa.tp").await;
    assert!(hoa.get("/tai-khoan").await.has("Đã dùng hết"));
    hoa.get("/tai-khoan/ma-du-phong").await;
    let first = hoa.post("/tai-khoan/ma-du-phong", &[]).await;
    let old = first.text.split_once("<li><code>").unwrap().1.split_once('<').unwrap().0.to_owned();
    hoa.post("/tai-khoan/ma-du-phong", &[]).await;
    let mut visitor = town.house.visitor();
    sign_in(&mut visitor, "hoa.tp", PASSWORD).await;
    assert_eq!(visitor.post("/dang-nhap/ma-du-phong", &[("code", &old)]).await.status, 422);
}

#[tokio::test]
async fn ones_own_sessions_are_listed_and_ended_and_nobody_elses() {
    let town = Town::new().await;
    town.lan().await;
    town.citizen("001090000017", "Trần Văn Bình", "0987654321").await;
    let (mut lan, mut phone) = (town.signed_in(LAN).await, town.signed_in(LAN).await);
    let mut binh = town.signed_in("001090000017").await;
    let list = lan.get("/tai-khoan/phien").await;
    let end = list.text.split_once("action=\"/tai-khoan/phien/").unwrap().1;
    let path = format!("/tai-khoan/phien/{}", end.split_once('"').unwrap().0);
    binh.get("/tai-khoan").await;
    assert_eq!(binh.post(&path, &[]).await.status, 404, "somebody else's is not there");
    assert_eq!(lan.post(&path, &[]).await.location(), "/tai-khoan/phien");
    assert_eq!(phone.get("/tai-khoan").await.status, 303);
    assert_eq!(lan.get("/tai-khoan").await.status, 200);
    let mut third = town.signed_in(LAN).await;
    lan.post("/tai-khoan/phien/ket-thuc-het", &[]).await;
    assert_eq!(third.get("/tai-khoan").await.status, 303);
    assert_eq!(lan.get("/tai-khoan").await.status, 200);
}

#[tokio::test]
async fn the_language_is_kept_for_pages_and_messages() {
    let town = Town::new().await;
    town.lan().await;
    let mut lan = town.signed_in(LAN).await;
    lan.get("/tai-khoan/ngon-ngu").await;
    let saved = lan.post("/tai-khoan/ngon-ngu", &[("locale", "en")]).await;
    assert_eq!(saved.location(), "/tai-khoan?lang=en");
    lan.get(saved.location()).await;
    let page = lan.get("/tai-khoan/mat-khau").await;
    assert!(page.has("Change password") && page.has("lang=\"en\""));
    lan.post("/tai-khoan/mat-khau", &[("password", PASSWORD), ("new-password", NEW)]).await;
    let messages = town.messages("+84912345678").await;
    assert!(messages[0].text.contains("the password was changed"), "{}", messages[0].text);
}
