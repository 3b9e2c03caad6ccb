//! Administrators of units and the accounts of their officers.

use platform::testing::Visitor;

use super::town::{LAN, PASSWORD, Town, sign_in};
use crate::{AccountId, Role};

const FROM: [(&str, &str); 3] = [("from-day", "23"), ("from-month", "11"), ("from-year", "2026")];

async fn create(
    admin: &mut Visitor,
    username: &str,
    unit: &str,
    role: &str,
) -> platform::testing::Answer {
    admin.get("/quan-tri/tai-khoan/tao").await;
    let fields = [("name", "Lê Văn Mới"), ("username", username), ("unit", unit), ("role", role)];
    admin.post("/quan-tri/tai-khoan/tao", &[&fields[..], &FROM[..]].concat()).await
}

async fn give(
    admin: &mut Visitor,
    id: AccountId,
    unit: &str,
    role: &str,
) -> platform::testing::Answer {
    let path = format!("/quan-tri/tai-khoan/{id}/vai-tro");
    admin.get(&path).await;
    admin.post(&path, &[&[("unit", unit), ("role", role)][..], &FROM[..]].concat()).await
}

#[tokio::test]
async fn an_administrator_sees_the_officers_below_and_no_others() {
    let town = Town::new().await;
    town.officer("hue.qt", &[(Role::UnitAdministrator, "H57")]).await;
    let below = town.officer("thuan.hoa", &[(Role::Clerk, "H57.101")]).await;
    let beside = town.officer("da.nang", &[(Role::Clerk, "H17")]).await;
    let mut admin = town.at_work("hue.qt").await;
    let list = admin.get("/quan-tri/tai-khoan").await;
    assert!(list.has("thuan.hoa") && !list.has("da.nang"));
    let found = admin.get("/quan-tri/tai-khoan?q=can+bo+thuan").await;
    assert!(found.has("thuan.hoa") && !found.has(">hue.qt<"));
    assert_eq!(admin.get(&format!("/quan-tri/tai-khoan/{below}")).await.status, 200);
    assert_eq!(admin.get(&format!("/quan-tri/tai-khoan/{beside}")).await.status, 404);
}

#[tokio::test]
async fn a_clerk_has_no_administration() {
    let town = Town::new().await;
    let clerk = town.officer("thuan.hoa", &[(Role::Clerk, "H57.101")]).await;
    let mut visitor = town.at_work("thuan.hoa").await;
    visitor.get("/tai-khoan").await;
    for path in [
        "/quan-tri/tai-khoan",
        "/quan-tri/tai-khoan/tao",
        "/quan-tri/nhat-ky",
        "/quan-tri/viec-hong",
    ] {
        assert_eq!(visitor.get(path).await.status, 404, "{path}");
    }
    for act in ["khoa", "mo", "lien-ket", "ung-dung-ma"] {
        let path = format!("/quan-tri/tai-khoan/{clerk}/{act}");
        assert_eq!(visitor.post(&path, &[]).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn accounts_are_created_only_within_ones_own_part() {
    let town = Town::new().await;
    town.officer("hue.qt", &[(Role::UnitAdministrator, "H57")]).await;
    let mut admin = town.at_work("hue.qt").await;
    assert_eq!(create(&mut admin, "le.moi", "H57.102", "clerk").await.status, 200);
    let outside = create(&mut admin, "le.khac", "H17", "clerk").await;
    assert!(outside.status == 422 && outside.has("href=\"#f-unit\""), "{}", outside.text);
    assert_eq!(outside.input("username"), Some("le.khac"), "every answer is kept");
    let taken = create(&mut admin, "le.moi", "H57.102", "clerk").await;
    assert!(taken.status == 422 && taken.has("đã có người dùng"));
}

#[tokio::test]
async fn nobody_gives_more_than_they_could_have_been_given() {
    let town = Town::new().await;
    town.officer("hue.qt", &[(Role::UnitAdministrator, "H57")]).await;
    let mut admin = town.at_work("hue.qt").await;
    let lifted = create(&mut admin, "le.cao", "H57.101", "system-administrator").await;
    assert!(lifted.status == 422 && lifted.has("không thuộc thẩm quyền"));
    let own_auditor = create(&mut admin, "le.soi", "H57", "auditor").await;
    assert!(own_auditor.has("không thuộc thẩm quyền"), "nobody picks who audits them");
    let below = create(&mut admin, "le.soi", "H57.101", "auditor").await;
    assert_eq!(below.status, 200);
}

#[tokio::test]
async fn nobody_changes_their_own_account_or_one_with_roles_elsewhere() {
    let town = Town::new().await;
    let own = town.officer("hue.qt", &[(Role::UnitAdministrator, "H57")]).await;
    let both = town.officer("hai.noi", &[(Role::Clerk, "H57.101"), (Role::Head, "H17")]).await;
    let system = town
        .officer("he.thong", &[(Role::Clerk, "H57.101"), (Role::SystemAdministrator, "")])
        .await;
    let mut admin = town.at_work("hue.qt").await;
    for id in [own, both, system] {
        let page = admin.get(&format!("/quan-tri/tai-khoan/{id}")).await;
        assert!(page.status == 200 && page.has("Chỉ xem được"), "{}", page.text);
        for act in ["khoa", "lien-ket", "ung-dung-ma"] {
            let path = format!("/quan-tri/tai-khoan/{id}/{act}");
            assert_eq!(admin.post(&path, &[]).await.status, 409, "{path}");
        }
        assert_eq!(give(&mut admin, id, "H57.101", "leader").await.status, 422);
    }
    assert_eq!(town.at_work("hai.noi").await.get("/tai-khoan").await.status, 200);
}

#[tokio::test]
async fn a_role_counts_at_the_next_click_and_is_gone_at_the_next() {
    let town = Town::new().await;
    town.officer("hue.qt", &[(Role::UnitAdministrator, "H57")]).await;
    let hoa = town.officer("hoa.tp", &[(Role::Specialist, "H57.101")]).await;
    let (mut admin, mut officer) = (town.at_work("hue.qt").await, town.at_work("hoa.tp").await);
    assert_eq!(officer.get("/thu/nhan/H57.101").await.status, 404);
    assert_eq!(give(&mut admin, hoa, "H57.101", "clerk").await.status, 303);
    assert_eq!(officer.get("/thu/nhan/H57.101").await.status, 200);
    let page = admin.get(&format!("/quan-tri/tai-khoan/{hoa}")).await;
    let row = page.text.split_once("Cán bộ tiếp nhận một cửa").unwrap().1;
    let end = row.split_once("action=\"").unwrap().1.split_once('"').unwrap().0;
    assert_eq!(admin.post(end, &[]).await.status, 303);
    assert_eq!(officer.get("/thu/nhan/H57.101").await.status, 404);
    let verbs = town.verbs().await;
    for verb in ["identity.give-role", "identity.end-role"] {
        assert!(verbs.iter().any(|found| found == verb), "{verb}");
    }
}

#[tokio::test]
async fn a_role_has_its_days() {
    let town = Town::new().await;
    town.officer("hue.qt", &[(Role::UnitAdministrator, "H57")]).await;
    let hoa = town.officer("hoa.tp", &[(Role::Specialist, "H57.101")]).await;
    let mut admin = town.at_work("hue.qt").await;
    let path = format!("/quan-tri/tai-khoan/{hoa}/vai-tro");
    let bond = |from: [&'static str; 3], to: [&'static str; 3]| {
        vec![
            ("unit", "H57.101"),
            ("role", "clerk"),
            ("from-day", from[0]),
            ("from-month", from[1]),
            ("from-year", from[2]),
            ("to-day", to[0]),
            ("to-month", to[1]),
            ("to-year", to[2]),
        ]
    };
    admin.get(&path).await;
    let reversed = admin.post(&path, &bond(["24", "11", "2026"], ["23", "11", "2026"])).await;
    assert!(reversed.status == 422 && reversed.has("href=\"#f-to\""));
    let given = admin.post(&path, &bond(["24", "11", "2026"], ["24", "11", "2026"])).await;
    assert_eq!(given.status, 303);
    let twice = admin.post(&path, &bond(["24", "11", "2026"], ["24", "11", "2026"])).await;
    assert!(twice.has("đang giữ vai trò đó"));
    assert_eq!(town.at_work("hoa.tp").await.get("/thu/nhan/H57.101").await.status, 404);
    town.pass(24 * 3_600);
    assert_eq!(town.at_work("hoa.tp").await.get("/thu/nhan/H57.101").await.status, 200);
    town.pass(24 * 3_600);
    assert_eq!(town.at_work("hoa.tp").await.get("/thu/nhan/H57.101").await.status, 404);
}

#[tokio::test]
async fn switching_off_puts_people_out_at_once() {
    let town = Town::new().await;
    town.officer("hue.qt", &[(Role::UnitAdministrator, "H57")]).await;
    let hoa = town.officer("hoa.tp", &[(Role::Clerk, "H57.101")]).await;
    let (mut admin, mut officer) = (town.at_work("hue.qt").await, town.at_work("hoa.tp").await);
    admin.get(&format!("/quan-tri/tai-khoan/{hoa}")).await;
    admin.post(&format!("/quan-tri/tai-khoan/{hoa}/khoa"), &[]).await;
    assert_eq!(officer.get("/tai-khoan").await.status, 303);
    let off = sign_in(&mut town.house.visitor(), "hoa.tp", PASSWORD).await;
    assert!(off.status == 422 && off.has("đang tạm khóa"));
    let wrong = sign_in(&mut town.house.visitor(), "hoa.tp", "sai").await;
    assert!(!wrong.has("đang tạm khóa"), "only the owner of the password learns it");
    admin.post(&format!("/quan-tri/tai-khoan/{hoa}/mo"), &[]).await;
    assert_eq!(town.at_work("hoa.tp").await.get("/tai-khoan").await.status, 200);
}

#[tokio::test]
async fn a_lost_phone_and_a_lost_password_are_mended_by_the_administrator() {
    let town = Town::new().await;
    town.officer("hue.qt", &[(Role::UnitAdministrator, "H57")]).await;
    let hoa = town.officer("hoa.tp", &[(Role::Clerk, "H57.101")]).await;
    let (mut admin, mut officer) = (town.at_work("hue.qt").await, town.at_work("hoa.tp").await);
    admin.get(&format!("/quan-tri/tai-khoan/{hoa}")).await;
    admin.post(&format!("/quan-tri/tai-khoan/{hoa}/ung-dung-ma"), &[]).await;
    assert_eq!(officer.get("/tai-khoan").await.status, 303, "signed out");
    let mut visitor = town.house.visitor();
    let inside = sign_in(&mut visitor, "hoa.tp", PASSWORD).await;
    assert_eq!(inside.location(), "/dang-nhap/ung-dung-ma");
    let link = admin.post(&format!("/quan-tri/tai-khoan/{hoa}/lien-ket"), &[]).await;
    assert!(link.has("/lien-ket/"));
    assert_eq!(sign_in(&mut visitor, "hoa.tp", PASSWORD).await.status, 422, "the old one ended");
    town.pass(16 * 60);
    let late = admin.post(&format!("/quan-tri/tai-khoan/{hoa}/lien-ket"), &[]).await;
    assert!(late.location().starts_with("/tai-khoan/xac-nhan"), "asked for the password again");
}

#[tokio::test]
async fn the_log_is_whole_for_those_who_may_everywhere_and_failed_work_for_them_alone() {
    let town = Town::new().await;
    town.officer("soi.het", &[(Role::Auditor, "")]).await;
    town.officer("he.thong", &[(Role::SystemAdministrator, "")]).await;
    let mut auditor = town.at_work("soi.het").await;
    let log = auditor.get("/quan-tri/nhat-ky").await;
    assert!(log.status == 200 && log.has("identity.sign-in"));
    assert!(!log.has("Chỉ gồm thao tác của"), "nothing is left out");
    assert_eq!(auditor.get("/quan-tri/viec-hong").await.status, 404);
    let mut system = town.at_work("he.thong").await;
    assert_eq!(system.get("/quan-tri/viec-hong").await.status, 200);
}

#[tokio::test]
async fn the_log_of_a_unit_opens_to_its_auditor_and_its_administrator() {
    let town = Town::new().await;
    town.lan().await;
    for (name, role, unit) in [
        ("soi.hue", Role::Auditor, "H57"),
        ("soi.hoa", Role::Auditor, "H57.101"),
        ("soi.xa", Role::Auditor, "H57.102"),
        ("hue.qt", Role::UnitAdministrator, "H57"),
    ] {
        town.officer(name, &[(role, unit)]).await;
    }
    town.officer("thuan.hoa", &[(Role::Clerk, "H57.101")]).await;
    town.at_work("thuan.hoa").await;
    town.signed_in(LAN).await;
    let mut visitor = town.house.visitor();
    sign_in(&mut visitor, "thuan.hoa", "sai mật khẩu rồi").await;
    platform::audit::seal(town.ctx()).await.unwrap();
    for (name, sees) in [("soi.hue", true), ("hue.qt", true), ("soi.hoa", true), ("soi.xa", false)]
    {
        let mut reader = town.at_work(name).await;
        assert!(reader.get("/tai-khoan").await.has("/quan-tri/nhat-ky"), "{name}: a way there");
        let log = reader.get("/quan-tri/nhat-ky?viec=identity.sign-in").await;
        assert_eq!(log.status, 200);
        assert!(log.has("Chỉ gồm thao tác của"), "{name}");
        assert_eq!(log.has("Cán bộ thuan.hoa"), sees, "{name}: {}", log.text);
        assert!(!log.has("Nguyễn Thị Lan"), "{name}: what citizens do for themselves");
        let failed = reader.get("/quan-tri/nhat-ky?viec=identity.sign-in-refused").await;
        assert_eq!(failed.has("account:"), sees, "{name}: a guess at an officer's password");
        assert_eq!(reader.get("/quan-tri/viec-hong").await.status, 404, "{name}");
    }
    let acts = town.acts().await;
    let by_lan = acts.iter().find(|act| act.actor_name == "Nguyễn Thị Lan").unwrap().id;
    let mut reader = town.at_work("soi.hue").await;
    assert_eq!(reader.get(&format!("/quan-tri/nhat-ky/{by_lan}")).await.status, 404);
}

#[tokio::test]
async fn a_long_list_goes_on_by_name() {
    let town = Town::new().await;
    town.officer("hue.qt", &[(Role::UnitAdministrator, "H57")]).await;
    for letter in 'a'..='y' {
        town.officer(&format!("nhan.vien.{letter}"), &[(Role::Clerk, "H57.101")]).await;
    }
    let mut admin = town.at_work("hue.qt").await;
    let first = admin.get("/quan-tri/tai-khoan").await;
    let next = first.text.split_once("rel=\"next\"").unwrap().0.rsplit_once("href=\"").unwrap().1;
    let next = next.split_once('"').unwrap().0.replace("&amp;", "&").replace("&#38;", "&");
    let second = admin.get(&next).await;
    assert!(first.has("nhan.vien.a") && !first.has("nhan.vien.y"));
    assert!(second.has("nhan.vien.y") && !second.has("nhan.vien.a"), "{next} {}", second.text);
    assert!(!second.has("rel=\"next\""));
}
