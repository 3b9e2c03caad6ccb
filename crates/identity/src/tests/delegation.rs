//! Acting for a child, for an enterprise, for whoever gave a mandate.

use platform::testing::Visitor;

use super::town::{LAN, Town};
use crate::Role;

const BINH: &str = "001090000017";
const CHILD: [(&str, &str); 6] = [
    ("ground", "parent"),
    ("number", "079220000018"),
    ("name", "Nguyễn Bé An"),
    ("born-day", "1"),
    ("born-month", "6"),
    ("born-year", "2020"),
];
const FIRM: [(&str, &str); 2] = [("tax-code", "0300588569"), ("name", "Công ty Hoa Sen")];

async fn families() -> (Town, Visitor, Visitor) {
    let town = Town::new().await;
    town.lan().await;
    town.citizen(BINH, "Trần Văn Bình", "0987654321").await;
    let (lan, binh) = (town.signed_in(LAN).await, town.signed_in(BINH).await);
    (town, lan, binh)
}

/// The first address on the page that ends so.
fn action(text: &str, ends: &str) -> String {
    let actions = text.split("action=\"").skip(1).filter_map(|rest| rest.split_once('"'));
    actions.map(|(path, _)| path).find(|path| path.ends_with(ends)).unwrap().to_owned()
}

async fn act_for_first(visitor: &mut Visitor) {
    let list = visitor.get("/tai-khoan/uy-quyen").await;
    let answer = visitor.post(&action(&list.text, "/chon"), &[]).await;
    assert_eq!(answer.location(), "/tai-khoan/uy-quyen");
}

#[tokio::test]
async fn a_parent_acts_for_a_child_and_the_band_says_so() {
    let (town, mut lan, _) = families().await;
    lan.get("/tai-khoan/uy-quyen/con").await;
    let declared = lan.post("/tai-khoan/uy-quyen/con", &CHILD).await;
    assert_eq!(declared.location(), "/tai-khoan/uy-quyen");
    act_for_first(&mut lan).await;
    let page = lan.get("/tai-khoan/uy-quyen").await;
    assert!(page.has("class=\"on-behalf\"") && page.has("Đang làm thay cho Nguyễn Bé An"));
    let told = lan.get("/thu/ai").await.text;
    assert_eq!(told, "Nguyễn Thị Lan for Nguyễn Bé An, acts true, sees all false");
    lan.post("/tai-khoan/uy-quyen/cho-minh", &[]).await;
    assert!(lan.get("/thu/ai").await.text.contains("for Nguyễn Thị Lan"));
    assert!(!lan.get("/tai-khoan").await.has("Đang làm thay cho"));
    let verbs = town.verbs().await;
    for verb in ["identity.declare-delegation", "identity.act-for", "identity.act-for-oneself"] {
        assert!(verbs.iter().any(|found| found == verb), "{verb}");
    }
}

#[tokio::test]
async fn acting_for_someone_is_of_this_browser_and_lasts_through_a_new_secret() {
    let (town, mut lan, _) = families().await;
    lan.get("/tai-khoan/uy-quyen/con").await;
    lan.post("/tai-khoan/uy-quyen/con", &CHILD).await;
    act_for_first(&mut lan).await;
    let mut other = town.signed_in(LAN).await;
    assert!(other.get("/thu/ai").await.text.contains("for Nguyễn Thị Lan"));
    lan.get("/tai-khoan/xac-nhan").await;
    lan.post("/tai-khoan/xac-nhan", &[("password", super::town::PASSWORD)]).await;
    assert!(lan.get("/thu/ai").await.text.contains("for Nguyễn Bé An"));
    assert!(lan.get("/tai-khoan").await.has("class=\"on-behalf\""));
}

#[tokio::test]
async fn choosing_for_whom_to_act_does_not_count_as_showing_the_password() {
    let (town, mut lan, _) = families().await;
    lan.get("/tai-khoan/uy-quyen/con").await;
    lan.post("/tai-khoan/uy-quyen/con", &CHILD).await;
    town.pass(16 * 60);
    act_for_first(&mut lan).await;
    let away = lan.get("/tai-khoan/lien-he").await;
    assert!(away.location().starts_with("/tai-khoan/xac-nhan"));
}

#[tokio::test]
async fn nobody_uses_or_ends_what_is_not_theirs() {
    let (_town, mut lan, mut binh) = families().await;
    lan.get("/tai-khoan/uy-quyen/con").await;
    lan.post("/tai-khoan/uy-quyen/con", &CHILD).await;
    let list = lan.get("/tai-khoan/uy-quyen").await;
    let (choose, end) = (action(&list.text, "/chon"), action(&list.text, "/ket-thuc"));
    binh.get("/tai-khoan/uy-quyen").await;
    assert_eq!(binh.post(&choose, &[]).await.status, 410);
    assert_eq!(binh.post(&end, &[]).await.status, 404);
    assert_eq!(lan.post(&end, &[]).await.status, 303);
    assert_eq!(lan.post(&choose, &[]).await.status, 410);
}

#[tokio::test]
async fn the_same_child_declared_by_two_people_is_two_declarations() {
    let (_town, mut lan, mut binh) = families().await;
    for visitor in [&mut lan, &mut binh] {
        visitor.get("/tai-khoan/uy-quyen/con").await;
        assert_eq!(visitor.post("/tai-khoan/uy-quyen/con", &CHILD).await.status, 303);
    }
    let twice = lan.post("/tai-khoan/uy-quyen/con", &CHILD).await;
    assert!(twice.status == 422 && twice.has("Đã khai rồi"));
}

#[tokio::test]
async fn a_grown_child_and_oneself_are_refused() {
    let (_town, mut lan, _) = families().await;
    let mut grown = CHILD;
    grown[1] = ("number", "079205000018");
    grown[5] = ("born-year", "2005");
    lan.get("/tai-khoan/uy-quyen/con").await;
    let answer = lan.post("/tai-khoan/uy-quyen/con", &grown).await;
    assert!(answer.status == 422 && answer.has("đã đủ 18 tuổi"));
    let mut myself = CHILD;
    myself[0] = ("ground", "guardian");
    myself[1] = ("number", LAN);
    myself[5] = ("born-year", "1988");
    assert!(lan.post("/tai-khoan/uy-quyen/con", &myself).await.has("cho chính mình"));
}

#[tokio::test]
async fn on_the_day_a_child_comes_of_age_the_parents_act_no_more() {
    let (town, mut lan, _) = families().await;
    lan.get("/tai-khoan/uy-quyen/con").await;
    let mut child = CHILD;
    child[1] = ("number", "079208000018");
    child[3] = ("born-day", "24");
    child[4] = ("born-month", "11");
    child[5] = ("born-year", "2008");
    lan.post("/tai-khoan/uy-quyen/con", &child).await;
    act_for_first(&mut lan).await;
    assert!(lan.get("/thu/ai").await.text.contains("for Nguyễn Bé An"));
    // Half past eleven in the evening, kept awake by a click an hour; then midnight.
    for _ in 0..58 {
        town.pass(15 * 60);
        lan.get("/tai-khoan").await;
    }
    let mut fresh = town.signed_in(LAN).await;
    act_for_first(&mut fresh).await;
    town.pass(29 * 60);
    assert!(fresh.get("/thu/ai").await.text.contains("for Nguyễn Bé An"));
    town.pass(2 * 60);
    assert_eq!(fresh.get("/thu/ai").await.status, 410, "eighteen today");
}

/// The code on the page.
fn code(text: &str) -> String {
    text.split_once("<code class=\"key\">").unwrap().1.split_once('<').unwrap().0.to_owned()
}

const A_YEAR: [(&str, &str); 6] = [
    ("from-day", "23"),
    ("from-month", "11"),
    ("from-year", "2026"),
    ("to-day", "22"),
    ("to-month", "11"),
    ("to-year", "2027"),
];

#[tokio::test]
async fn a_mandate_is_given_with_a_code_and_taken_back_at_once() {
    let (town, mut lan, mut binh) = families().await;
    lan.get("/tai-khoan/uy-quyen/giao").await;
    let fields = [&[("for", "me"), ("scope", "follow")][..], &A_YEAR[..]].concat();
    let given = lan.post("/tai-khoan/uy-quyen/giao", &fields).await;
    let code = code(&given.text);
    assert!(lan.get("/tai-khoan/uy-quyen").await.has("Đang chờ người nhận"));
    let own = lan.post("/tai-khoan/uy-quyen/nhan", &[("delegation-code", &code)]).await;
    assert_eq!(own.status, 422, "not to oneself");
    binh.get("/tai-khoan/uy-quyen/nhan").await;
    let wrong = binh.post("/tai-khoan/uy-quyen/nhan", &[("delegation-code", "ABCD")]).await;
    assert!(wrong.status == 422 && wrong.has("Mã không đúng"));
    let typed = code.to_lowercase().replace('-', " ");
    assert_eq!(
        binh.post("/tai-khoan/uy-quyen/nhan", &[("delegation-code", &typed)]).await.status,
        303
    );
    assert_eq!(
        binh.post("/tai-khoan/uy-quyen/nhan", &[("delegation-code", &code)]).await.status,
        422
    );
    act_for_first(&mut binh).await;
    let told = binh.get("/thu/ai").await.text;
    assert_eq!(told, "Trần Văn Bình for Nguyễn Thị Lan, acts false, sees all true");
    assert!(town.messages("+84912345678").await[0].text.contains("nhận ủy quyền"));
    let list = lan.get("/tai-khoan/uy-quyen").await;
    assert!(list.has("Trần Văn Bình"));
    lan.post(&action(&list.text, "/ket-thuc"), &[]).await;
    let ended = binh.get("/thu/ai").await;
    assert!(ended.status == 410 && ended.has("Việc đại diện đã kết thúc"), "ended at once");
    assert!(binh.get("/tai-khoan/uy-quyen").await.has("đã kết thúc. Chọn lại"));
    binh.post("/tai-khoan/uy-quyen/cho-minh", &[]).await;
    assert!(binh.get("/thu/ai").await.text.contains("for Trần Văn Bình"));
}

#[tokio::test]
async fn a_code_waits_a_week() {
    let (town, mut lan, _) = families().await;
    lan.get("/tai-khoan/uy-quyen/giao").await;
    let fields = [&[("for", "me"), ("scope", "act")][..], &A_YEAR[..]].concat();
    let code = code(&lan.post("/tai-khoan/uy-quyen/giao", &fields).await.text);
    town.pass(7 * 24 * 3_600);
    let mut binh = town.signed_in(BINH).await;
    binh.get("/tai-khoan/uy-quyen/nhan").await;
    assert_eq!(
        binh.post("/tai-khoan/uy-quyen/nhan", &[("delegation-code", &code)]).await.status,
        422
    );
}

#[tokio::test]
async fn a_clerk_confirms_a_person_then_the_papers_and_staff_can_be_named() {
    let (town, mut lan, mut binh) = families().await;
    town.officer("mot.cua", &[(Role::Clerk, "H57.101")]).await;
    lan.get("/tai-khoan/uy-quyen/doanh-nghiep").await;
    let slip = [("tax-code", "0300588568"), ("name", "Công ty Hoa Sen")];
    assert!(lan.post("/tai-khoan/uy-quyen/doanh-nghiep", &slip).await.has("chữ số thứ mười"));
    assert_eq!(lan.post("/tai-khoan/uy-quyen/doanh-nghiep", &FIRM).await.status, 303);
    assert!(
        !lan.get("/tai-khoan/uy-quyen/giao").await.has("Công ty Hoa Sen"),
        "not before the papers"
    );
    let mut clerk = town.at_work("mot.cua").await;
    clerk.get("/can-bo/doi-chieu").await;
    let firm = clerk.post("/can-bo/doi-chieu", &[("number", "0300588569")]).await;
    assert!(firm.has("Người khai chưa được đối chiếu") && firm.has("079********1"));
    let person = clerk.post("/can-bo/doi-chieu", &[("number", LAN)]).await;
    clerk.post(&action(&person.text, "/xac-nhan"), &[]).await;
    let firm = clerk.post("/can-bo/doi-chieu", &[("number", "0300588569")]).await;
    let path = action(&firm.text, "");
    let path = if path.contains("uy-quyen") { path } else { delegation_action(&firm.text) };
    assert_eq!(clerk.post(&path, &[("papers-0", "")]).await.status, 422);
    let papers = "Giấy chứng nhận đăng ký số 0300588569";
    assert_eq!(clerk.post(&path, &[("papers-0", papers)]).await.status, 303);
    let form = lan.get("/tai-khoan/uy-quyen/giao").await;
    let firm_id =
        form.text.split_once("Công ty Hoa Sen").unwrap().0.rsplit_once("value=\"").unwrap().1;
    let firm_id = firm_id.split_once('"').unwrap().0;
    let fields = [&[("for", firm_id), ("scope", "act")][..], &A_YEAR[..]].concat();
    let code = code(&lan.post("/tai-khoan/uy-quyen/giao", &fields).await.text);
    binh.get("/tai-khoan/uy-quyen/nhan").await;
    binh.post("/tai-khoan/uy-quyen/nhan", &[("delegation-code", &code)]).await;
    act_for_first(&mut binh).await;
    let told = binh.get("/thu/ai").await.text;
    assert_eq!(told, "Trần Văn Bình for Công ty Hoa Sen, acts true, sees all true");
}

fn delegation_action(text: &str) -> String {
    let actions = text.split("action=\"").skip(1).filter_map(|rest| rest.split_once('"'));
    actions.map(|(path, _)| path).find(|path| path.contains("/uy-quyen/")).unwrap().to_owned()
}

#[tokio::test]
async fn nobody_gives_mandates_for_an_enterprise_they_only_declared() {
    let (_town, mut lan, mut binh) = families().await;
    lan.get("/tai-khoan/uy-quyen/doanh-nghiep").await;
    lan.post("/tai-khoan/uy-quyen/doanh-nghiep", &FIRM).await;
    let list = lan.get("/tai-khoan/uy-quyen").await;
    let id = action(&list.text, "/chon");
    let id = id.split('/').nth(3).unwrap();
    for visitor in [&mut lan, &mut binh] {
        visitor.get("/tai-khoan/uy-quyen/giao").await;
        let fields = [&[("for", id), ("scope", "act")][..], &A_YEAR[..]].concat();
        assert_eq!(visitor.post("/tai-khoan/uy-quyen/giao", &fields).await.status, 404);
    }
}

#[tokio::test]
async fn an_account_taken_by_somebody_else_is_closed_at_the_counter() {
    let (town, _, _) = families().await;
    town.officer("mot.cua", &[(Role::Clerk, "H57.101")]).await;
    let mut clerk = town.at_work("mot.cua").await;
    clerk.get("/can-bo/doi-chieu").await;
    let person = clerk.post("/can-bo/doi-chieu", &[("number", LAN)]).await;
    assert_eq!(clerk.post(&action(&person.text, "/dong"), &[]).await.status, 303);
    let again = clerk.post("/can-bo/doi-chieu", &[("number", LAN)]).await;
    assert!(again.has("chưa có tài khoản"));
    let gone = super::town::sign_in(&mut town.house.visitor(), LAN, super::town::PASSWORD).await;
    assert_eq!(gone.status, 422);
    town.citizen(LAN, "Nguyễn Thị Lan", "0900000001").await;
    assert_eq!(town.signed_in(LAN).await.get("/tai-khoan").await.status, 200);
}
