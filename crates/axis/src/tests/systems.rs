//! The pages about systems: entered, changed, shut out, given another secret; and what they ask.

use identity::commands::seeds::{self, SeedOfficer};
use identity::totp::TotpSecret;
use identity::{Hashing, Password, PersonName, Role, Username};
use platform::testing::Visitor;
use serde_json::Value;
use wire::vxp::{Call, MessageType, Operation};

use super::kit::{SECRET, called};
use super::nation::*;
use crate::commands::systems::{self, Change, NewSystem};
use crate::queries;
use crate::refusal::Refusal;
use crate::secret::Secret;
use crate::system::SystemId;
use crate::system_fault::SystemRefusal;

const PASSWORD: &str = "Truc-lien-thong-2026";
const TOTP: [u8; 20] = [7; 20];

async fn administrator(nation: &Nation) -> Visitor {
    let seed = SeedOfficer {
        username: Username::parse("quan.tri").unwrap(),
        name: PersonName::parse("Trần Thị Quản Trị").unwrap(),
        home: nation.unit(HUE).await,
        roles: vec![(Role::SystemAdministrator, None)],
        password: Password::typed(PASSWORD),
        totp: Some(TotpSecret::new(TOTP)),
    };
    seeds::create_officer(nation.ctx(), &Hashing::least(), seed).await.unwrap();
    let mut visitor = nation.house.visitor();
    let fields = [("login", "quan.tri"), ("password", PASSWORD)];
    let second = visitor.post("/dang-nhap", &fields).await.location().to_owned();
    visitor.get(&second).await;
    let code = TotpSecret::new(TOTP).code(nation.now());
    let answer = visitor.post(&second, &[("code", &code)]).await;
    assert!(answer.status.is_redirection(), "{}", answer.title());
    visitor
}

async fn list(nation: &Nation, system: &str, secret: &str) -> String {
    let call = Call::received(MessageType::Edoc);
    let headers = call.headers(system, secret.as_bytes(), nation.now());
    let to = ("", "POST", "/axis/getReceivedEdocList");
    let (_, heard) = super::kit::asked(nation, to, &headers, Vec::new()).await;
    let heard: Value = serde_json::from_slice(&heard).unwrap();
    heard["status"].as_str().unwrap().to_owned()
}

/// What stands in the `code` of this class or word.
fn shown(page: &str, mark: &str) -> String {
    let rest = page.split(mark).nth(1).unwrap();
    rest.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_administrator_enters_a_system_and_sees_its_secret_once() {
    let nation = Nation::new().await;
    let mut visitor = administrator(&nation).await;
    visitor.get("/quan-tri/truc/them-he-thong").await;
    let codes = ("agencies", "H37;\n000.00.12.H37");
    let fields = [("system", "sys/H37"), ("name", "Lạng Sơn"), codes];
    let page = visitor.post("/quan-tri/truc/them-he-thong", &fields).await;
    let secret = shown(&page.text, "<code class=\"key\">");
    assert_eq!(secret.len(), 64);
    assert_eq!(list(&nation, "sys/H37", &secret).await, "OK");

    let page = visitor.get("/quan-tri/truc/he-thong").await;
    assert!(page.has("href=\"/quan-tri/truc/he-thong/sys%2FH37\""), "{}", page.text);
    let page = visitor.get("/quan-tri/truc/he-thong/sys%2FH37").await;
    assert!(page.has("Ủy ban nhân dân tỉnh Lạng Sơn") && page.has("000.00.12.H37"));
    assert!(page.has("Danh mục chưa có cơ quan mang mã này"));
    assert!(!page.has(&secret));
    let again = visitor.post("/quan-tri/truc/them-he-thong", &fields).await;
    assert!(again.title().starts_with("Lỗi: "), "{}", again.title());
    assert!(again.has("value=\"Lạng Sơn\""), "what was typed is kept");
}

#[tokio::test]
async fn a_system_is_changed_shut_out_and_given_another_secret() {
    let nation = Nation::new().await;
    nation.connect_with("kit.hub", &[JUSTICE], SECRET).await;
    let mut visitor = administrator(&nation).await;
    let here = "/quan-tri/truc/he-thong/kit.hub";
    visitor.get(here).await;
    let fields =
        [("version", "1"), ("name", "Hub"), ("agencies", "G15, H37"), ("registers", "yes")];
    assert_eq!(visitor.post(here, &fields).await.location(), here);
    let stale = visitor.post(here, &fields).await;
    assert_eq!(stale.status, http::StatusCode::CONFLICT);
    let wrong = [("version", "2"), ("name", "Hub"), ("agencies", "")];
    let wrong = visitor.post(here, &wrong).await;
    assert!(wrong.title().starts_with("Lỗi: ") && wrong.input("version") == Some("2"));
    let page = visitor.get(here).await;
    assert!(page.has("Hub") && page.has("H37"));

    visitor.post(&format!("{here}/tam-dung"), &[]).await;
    assert_eq!(list(&nation, "kit.hub", SECRET).await, "FAIL");
    visitor.post(&format!("{here}/mo-lai"), &[]).await;
    assert_eq!(list(&nation, "kit.hub", SECRET).await, "OK");
    visitor.get(&format!("{here}/khoa")).await;
    let page = visitor.post(&format!("{here}/khoa"), &[("overlap", "24")]).await;
    let secret = shown(&page.text, "<code class=\"key\">");
    assert_eq!(list(&nation, "kit.hub", &secret).await, "OK");
    assert_eq!(list(&nation, "kit.hub", SECRET).await, "OK", "for a day");
    assert!(visitor.get(here).await.has("Khóa cũ còn dùng được đến"));
    for verb in ["system-change", "system-suspend", "system-resume", "system-secret"] {
        let verb = format!("axis.{verb}");
        assert!(nation.log().await.iter().any(|entry| entry.verb == verb), "{verb}");
    }
}

#[tokio::test]
async fn what_systems_ask_is_decided_on_the_page() {
    let nation = Nation::new().await;
    nation.connect_registrar("kit.hue", &[HUE], SECRET).await;
    for code in ["G15.9", "G15.8"] {
        let body = format!("{{\"code\":\"{code}\",\"name\":\"Vụ Thử\"}}");
        called(&nation, "kit.hue", Call::new(Operation::RegisterAgency), body.as_bytes()).await;
    }
    let mut visitor = administrator(&nation).await;
    let page = visitor.get("/quan-tri/truc/he-thong").await;
    assert!(page.has("G15.9") && page.has("G15.8"));
    let open = nation.read(|tx| queries::agency_requests(tx, 10)).await;
    let of = |place: usize, act: &str| format!("/quan-tri/truc/de-nghi/{}/{act}", open[place].id);
    assert!(visitor.post(&of(0, "dong-y"), &[]).await.status.is_redirection());
    assert!(visitor.post(&of(1, "tu-choi"), &[]).await.status.is_redirection());
    let again = visitor.post(&of(1, "dong-y"), &[]).await;
    assert_eq!(again.status, http::StatusCode::CONFLICT);
    let known =
        |code: &'static str| nation.read(move |tx| organisations::queries::by_code(tx, code));
    assert!(known("G15.9").await.is_some() && known("G15.8").await.is_none());
    assert!(!visitor.get("/quan-tri/truc/he-thong").await.has("G15.9"));
}

#[tokio::test]
async fn what_cannot_be_a_system_is_refused() {
    let nation = Nation::new().await;
    let new = |id: &str, agencies: &[&str]| NewSystem {
        id: SystemId::parse(id).unwrap(),
        name: String::new(),
        agencies: agencies.iter().map(|code| (*code).to_owned()).collect(),
        secret: None,
        registers: false,
    };
    let refused =
        async |new: NewSystem| systems::add(nation.ctx(), &nation.clerk(), new).await.unwrap_err();
    let long = "x".repeat(36);
    let named = NewSystem { name: "x".repeat(201), ..new("a", &[HUE]) };
    for (new, field) in [
        (new("sys.H57", &[HUE]), "system"),
        (new("a", &[]), "agencies"),
        (new("a", &[" "]), "agencies"),
        (new("a", &[&long]), "agencies"),
        (named, "name"),
    ] {
        assert_eq!(refused(new).await.field(), field);
    }
    assert!(Secret::given("short").is_err() && Secret::given("with a blank").is_err());
    assert!(Secret::given(SECRET).unwrap().is_short());
    let unknown = SystemId::parse("nobody").unwrap();
    let change = Change {
        version: 1,
        name: String::new(),
        agencies: vec![HUE.to_owned()],
        registers: false,
    };
    let changed = systems::change(nation.ctx(), &nation.clerk(), unknown, change).await;
    let Err(Refusal::System(SystemRefusal::Unknown { id })) = changed else {
        panic!("{changed:?}");
    };
    assert_eq!(id, "nobody");
}
