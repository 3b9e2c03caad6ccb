//! Where a right holds: in one's own unit, below it, and nowhere else.

use super::town::{LAN, Town};
use crate::Role;
use crate::queries;

#[tokio::test]
async fn another_office_is_not_there() {
    let town = Town::new().await;
    town.lan().await;
    town.officer("thuan.hoa", &[(Role::Clerk, "H57.101")]).await;
    let mut clerk = town.at_work("thuan.hoa").await;
    assert_eq!(clerk.get("/thu/nhan/H57.101").await.text, "Cán bộ thuan.hoa Clerk");
    for code in ["H57.102", "H57", "H17"] {
        assert_eq!(clerk.get(&format!("/thu/nhan/{code}")).await.status, 404, "{code}");
    }
    assert_eq!(town.signed_in(LAN).await.get("/thu/nhan/H57.101").await.status, 404);
    assert_eq!(town.house.get("/thu/nhan/H57.101").await.status, 303);
}

#[tokio::test]
async fn who_oversees_sees_below_and_acts_only_in_the_own_unit() {
    let town = Town::new().await;
    town.officer("lanh.dao", &[(Role::Leader, "H57"), (Role::Clerk, "H57")]).await;
    let mut leader = town.at_work("lanh.dao").await;
    assert_eq!(leader.get("/thu/xem/H57").await.text, "true");
    assert_eq!(leader.get("/thu/xem/H57.101").await.text, "false", "by the unit above");
    assert_eq!(leader.get("/thu/xem/H17").await.status, 404);
    assert_eq!(leader.get("/thu/nhan/H57.101").await.status, 404, "does not do a commune's work");
}

#[tokio::test]
async fn an_officer_at_work_is_no_applicant_and_a_citizen_no_officer() {
    let town = Town::new().await;
    town.lan().await;
    town.officer("thuan.hoa", &[(Role::Clerk, "H57.101")]).await;
    let mut clerk = town.at_work("thuan.hoa").await;
    assert_eq!(clerk.get("/thu/ai").await.status, 404);
    assert_eq!(clerk.get("/tai-khoan/uy-quyen").await.status, 404);
    let mut lan = town.signed_in(LAN).await;
    let told = lan.get("/thu/ai").await.text;
    assert_eq!(told, "Nguyễn Thị Lan for Nguyễn Thị Lan, acts true, sees all true");
    assert_eq!(lan.get("/can-bo/doi-chieu").await.status, 404);
}

#[tokio::test]
async fn the_desk_shows_what_the_rights_open() {
    let town = Town::new().await;
    town.officer("thuan.hoa", &[(Role::Clerk, "H57.101")]).await;
    town.officer("hue.qt", &[(Role::UnitAdministrator, "H57")]).await;
    let clerk = town.at_work("thuan.hoa").await.get("/tai-khoan").await;
    assert!(clerk.has("href=\"/can-bo/doi-chieu\"") && !clerk.has("/quan-tri/tai-khoan"));
    let admin = town.at_work("hue.qt").await.get("/tai-khoan").await;
    assert!(admin.has("href=\"/quan-tri/tai-khoan\"") && admin.has("href=\"/quan-tri/don-vi\""));
    assert!(!admin.has("/can-bo/doi-chieu"));
    assert_eq!(town.at_work("thuan.hoa").await.get("/vao").await.location(), "/can-bo/doi-chieu");
}

#[tokio::test]
async fn an_administrator_carries_a_mandate_into_the_catalogue() {
    let town = Town::new().await;
    town.officer("hue.qt", &[(Role::UnitAdministrator, "H57")]).await;
    town.officer("thuan.hoa", &[(Role::Clerk, "H57.101")]).await;
    let page = town.at_work("hue.qt").await.get("/quan-tri/don-vi").await;
    assert!(page.status == 200 && page.has("href=\"/quan-tri/tai-khoan\""), "{}", page.text);
    assert_eq!(town.at_work("thuan.hoa").await.get("/quan-tri/don-vi").await.status, 404);
}

#[tokio::test]
async fn who_can_take_a_step_is_known_by_role_and_unit() {
    let town = Town::new().await;
    let hoa = town.officer("hoa.tp", &[(Role::Specialist, "H57.101")]).await;
    town.officer("khac", &[(Role::Specialist, "H57.102")]).await;
    let unit = town.unit("H57.101").await;
    let today = platform::clock::local(town.ctx().clock.now()).date();
    let found = town
        .ctx()
        .store
        .read(move |tx| queries::holders(tx, unit, Role::Specialist, today))
        .await
        .unwrap();
    assert_eq!(found, [(hoa, "Cán bộ hoa.tp".to_owned())]);
}
