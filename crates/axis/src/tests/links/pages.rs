//! The pages about links.

use identity::commands::seeds::{self, SeedOfficer};
use identity::totp::TotpSecret;
use identity::{Hashing, Password, PersonName, Role, Username};
use organisations::queries as catalogue;
use platform::testing::Visitor;

use super::Axis;

const PASSWORD: &str = "Quan-tri-truc-2026";
const SECRET: [u8; 20] = [7; 20];
const PLACE: &str = "/quan-tri/truc/ket-noi";

async fn administrator(axis: &Axis) -> Visitor {
    let unit = axis.read(|tx| catalogue::by_code(tx, "H57")).await.unwrap();
    let seed = SeedOfficer {
        username: Username::parse("quan.tri").unwrap(),
        name: PersonName::parse("Trần Thị Quản Trị").unwrap(),
        home: unit.id,
        roles: vec![(Role::SystemAdministrator, None)],
        password: Password::typed(PASSWORD),
        totp: Some(TotpSecret::new(SECRET)),
    };
    seeds::create_officer(&axis.house.ctx, &Hashing::least(), seed).await.unwrap();
    let mut visitor = axis.house.visitor();
    let fields = [("login", "quan.tri"), ("password", PASSWORD)];
    let answer = visitor.post("/dang-nhap", &fields).await;
    let second = answer.location().to_owned();
    visitor.get(&second).await;
    let code = TotpSecret::new(SECRET).code(axis.house.ctx.clock.now());
    let answer = visitor.post(&second, &[("code", &code)]).await;
    assert!(answer.status.is_redirection(), "{}", answer.title());
    visitor
}

fn fields<'a>(address: &'a str, covers: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("name", "Trục quốc gia"),
        ("address", address),
        ("system", "sys.H57"),
        ("secret", super::SECRET),
        ("covers", covers),
        ("every", "60"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_adds_a_link_sees_how_it_stands_and_ends_it() {
    let axis = Axis::open().await;
    let mut admin = administrator(&axis).await;
    assert!(admin.get(PLACE).await.has("Chưa có kết nối nào"));
    let form = format!("{PLACE}/them");
    admin.get(&form).await;
    let wrong = admin.post(&form, &fields("truc.example.vn", "*")).await;
    assert!(wrong.title().starts_with("Lỗi: "), "{}", wrong.title());
    assert!(wrong.has("https://") && wrong.has("Trục quốc gia"), "what was typed is kept");
    assert!(!wrong.has(super::SECRET), "but for the secret");
    let added = admin.post(&form, &fields("http://127.0.0.1:9", "*")).await;
    let place = added.location().split('?').next().unwrap().to_owned();
    assert!(place.starts_with(PLACE), "{}", added.text);
    let taken = admin.post(&form, &fields("http://127.0.0.1:9", "H57, *")).await;
    assert!(taken.has("đã đi theo một kết nối"), "{}", taken.text);
    axis.look_at_links().await;
    let page = admin.get(&place).await;
    for expected in ["không tới được", "mọi mã còn lại", "sys.H57", "http://127.0.0.1:9"]
    {
        assert!(page.has(expected), "{expected}: {}", page.text);
    }
    assert!(!page.has(super::SECRET));
    let form = format!("{place}/pham-vi");
    admin.get(&form).await;
    let days = |day: &'static str, month: &'static str| {
        [("from-day", day), ("from-month", month), ("from-year", "2026")]
    };
    let cover = |codes: &'static str, days: [(&'static str, &'static str); 3]| {
        [("covers", codes), days[0], days[1], days[2]]
    };
    for wrong in
        [cover("", days("1", "12")), cover("*", days("1", "12")), cover("G01", days("31", "2"))]
    {
        assert!(admin.post(&form, &wrong).await.title().starts_with("Lỗi: "), "{wrong:?}");
    }
    let added = admin.post(&form, &cover("G01, G02", days("1", "12"))).await;
    assert!(added.status.is_redirection(), "{}", added.text);
    let page = admin.get(&place).await;
    assert!(page.has("G02") && page.has("01/12/2026 – …"), "{}", page.text);
    let ended = [("code", "G02"), ("from", "2026-12-01")];
    assert!(admin.post(&format!("{place}/pham-vi/ket-thuc"), &ended).await.status.is_redirection());
    assert_eq!(admin.post(&format!("{place}/pham-vi/ket-thuc"), &ended).await.status, 404);
    let page = admin.get(&place).await;
    assert!(!page.has("G02") && page.has("G01"), "it never began: {}", page.text);
    let codes = format!("{place}/ma");
    admin.get(&codes).await;
    let none = admin.post(&codes, &[("ours", "H57.1"), ("theirs", "")]).await;
    assert!(none.title().starts_with("Lỗi: "));
    let day = [("from-day", "1"), ("from-month", "12"), ("from-year", "2026")];
    let pair = [("ours", "H57.101"), ("theirs", "000.00.14.H57")];
    admin.post(&codes, &[&pair[..], &day[..]].concat()).await;
    assert!(admin.get(&place).await.has("000.00.14.H57"));
    assert!(admin.get(&format!("{place}/co-quan")).await.has("Không có cơ quan nào khớp"));
    admin.post(&format!("{place}/ket-thuc"), &[]).await;
    assert!(admin.get(PLACE).await.has("đã kết thúc"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_keeps_the_secret_that_was_not_typed_again() {
    let axis = Axis::open().await;
    let id = axis.link(("http://127.0.0.1:9", "sys.H57"), "*").await;
    let before = axis.read(move |tx| crate::store::links::one(tx, id)).await.unwrap().secret;
    let mut admin = administrator(&axis).await;
    let form = format!("{PLACE}/{id}/sua");
    assert!(admin.get(&form).await.has("value=\"sys.H57\""));
    let mut typed = fields("https://truc.example.vn/", "not looked at");
    typed[3].1 = "";
    let done = admin.post(&form, &typed).await;
    assert!(done.status.is_redirection(), "{}", done.text);
    let after = axis.read(move |tx| crate::store::links::one(tx, id)).await.unwrap();
    assert_eq!(after.secret, before);
    assert_eq!(after.address, "https://truc.example.vn");
    assert!(admin.get(PLACE).await.has("mọi mã còn lại"), "what goes there is as it was");
}
