//! A small town for the tests: a province with two communes, a one-stop centre in one of them,
//! people who live and work there, and one procedure.

use std::path::PathBuf;

use identity::commands::seeds::{SeedCitizen, SeedOfficer, create_officer, register_citizen};
use identity::totp::TotpSecret;
use identity::{
    Assurance, Contact, Hashing, Password, PersonName, PersonalNumber, PhoneNumber, Role, Username,
};
use jiff::civil::date;
use organisations::commands::{Draft, create};
use organisations::{Code, Kind, Mandate, Name, Scope, UnitId};
use platform::testing::{Answer, House, Visitor};
use procedures::Version;
use serde_json::{Value, json};

pub const PROCEDURE: &str = "1.099999";
pub const PASSWORD: &str = "nắng vàng trên đồi chè xanh";

pub struct Town {
    pub house: House,
    pub province: UnitId,
    /// Where dossiers of the first commune are received, H57.101.01.
    pub centre: UnitId,
    /// Where they are decided, H57.101.
    pub commune: UnitId,
    /// The other commune, H57.102, with a clerk of its own.
    pub elsewhere: UnitId,
    totp: TotpSecret,
}

impl Town {
    pub async fn build() -> Town {
        Town::printing(None).await
    }

    /// With a press at hand.
    pub async fn printing(press: Option<PathBuf>) -> Town {
        let hashing = Hashing::least();
        let parts = vec![
            organisations::part(),
            identity::part_with(hashing.clone()),
            procedures::part(),
            trust::part(),
            signing::part(),
            crate::part(),
        ];
        let house = House::build_printing(parts, press).await;
        let province = unit(&house, "H57", "Thành phố Huế", Kind::ProvinceCommittee).await;
        let commune = unit(&house, "H57.101", "Xã Châu Thới", Kind::CommuneCommittee).await;
        let elsewhere = unit(&house, "H57.102", "Xã Vĩnh Lợi", Kind::CommuneCommittee).await;
        let centre = unit(&house, "H57.101.01", "Trung tâm Một", Kind::OneStopCentre).await;
        let shipped = procedures::commands::ship(&house.ctx, vec![procedure(1)]).await;
        assert_eq!(shipped.unwrap(), 1);
        let totp = TotpSecret::new([7; 20]);
        let town = Town { house, province, centre, commune, elsewhere, totp };
        town.staff(&hashing).await;
        town
    }

    async fn staff(&self, hashing: &Hashing) {
        for (login, role, unit) in [
            ("mot.cua", Role::Clerk, self.centre),
            ("chuyen.vien", Role::Specialist, self.commune),
            ("lanh.dao", Role::Leader, self.commune),
            ("tra.ket.qua", Role::ResultDesk, self.centre),
            ("van.thu", Role::DocumentClerk, self.commune),
            ("mot.cua.khac", Role::Clerk, self.elsewhere),
            ("quan.tri", Role::UnitAdministrator, self.commune),
        ] {
            self.officer_account(hashing, login, vec![(role, Some(unit))]).await;
        }
        let everywhere = vec![(Role::SystemAdministrator, None)];
        self.officer_account(hashing, "he.thong", everywhere).await;
        for (number, name, phone) in [
            ("046095001234", "Nguyễn Thị Bình", "0912345678"),
            ("046195004321", "Trần Văn Cường", "0987654321"),
        ] {
            self.register((number, name, phone), Assurance::Declared).await;
        }
    }

    /// A citizen's account, as sure as an officer made it.
    pub async fn register(
        &self,
        (number, name, phone): (&str, &str, &str),
        assurance: Assurance,
    ) -> Visitor {
        let seed = SeedCitizen {
            number: PersonalNumber::parse(number).unwrap(),
            name: PersonName::parse(name).unwrap(),
            birth_date: date(1995, 5, 17),
            contact: Contact::Phone(PhoneNumber::parse(phone).unwrap()),
            password: Password::typed(PASSWORD),
            assurance,
        };
        register_citizen(&self.house.ctx, &Hashing::least(), seed).await.unwrap();
        self.citizen(number).await
    }

    /// Taken in at the counter for somebody with this number; the address of the dossier.
    pub async fn taken_in(&self, clerk: &mut Visitor, name: &str, number: &str) -> String {
        let path = format!("/can-bo/tiep-nhan/{PROCEDURE}");
        let page = clerk.get(&path).await;
        let once = page.input("_once").unwrap().to_owned();
        let fields = [
            ("_once", once.as_str()),
            ("kenh", "direct"),
            ("ho-ten", name),
            ("so-dinh-danh", number),
        ];
        let taken = clerk.post(&path, &fields).await;
        assert_eq!(taken.status, 303, "{}", taken.text);
        let slip = taken.location().trim_start_matches("/can-bo");
        slip.split("/phieu").next().unwrap().to_owned()
    }

    /// From acceptance to the issued result. Nobody signs in twice within half a minute: specialist
    /// and leader come once a test, or after the clock went on.
    pub async fn decided(&self, clerk: &mut Visitor, dossier: &str) {
        self.done(clerk, dossier, ("chuyen", &[])).await;
        let mut specialist = self.officer("chuyen.vien").await;
        self.done(&mut specialist, dossier, ("chuyen", &[])).await;
        let wording = [("ten", "Giấy khai sinh"), ("so", "12/2026"), ("noi-dung", "Trẻ: An Nhiên")];
        let mut leader = self.officer("lanh.dao").await;
        self.done(&mut leader, dossier, ("quyet-dinh", &wording)).await;
    }

    async fn officer_account(
        &self,
        hashing: &Hashing,
        login: &str,
        roles: Vec<(Role, Option<UnitId>)>,
    ) {
        let seed = SeedOfficer {
            username: Username::parse(login).unwrap(),
            name: PersonName::parse(&format!("Cán bộ {}", login.replace('.', " "))).unwrap(),
            home: self.commune,
            roles,
            password: Password::typed(PASSWORD),
            totp: Some(self.totp.clone()),
        };
        create_officer(&self.house.ctx, hashing, seed).await.unwrap();
    }

    /// Nguyễn Thị Bình, signed in.
    pub async fn binh(&self) -> Visitor {
        self.citizen("046095001234").await
    }

    /// Trần Văn Cường, signed in.
    pub async fn cuong(&self) -> Visitor {
        self.citizen("046195004321").await
    }

    async fn citizen(&self, number: &str) -> Visitor {
        let mut visitor = self.house.visitor();
        visitor.get("/dang-nhap").await;
        let answer = visitor.post("/dang-nhap", &[("login", number), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        visitor
    }

    /// An officer, signed in with both factors.
    pub async fn officer(&self, login: &str) -> Visitor {
        let mut visitor = self.house.visitor();
        visitor.get("/dang-nhap").await;
        let answer = visitor.post("/dang-nhap", &[("login", login), ("password", PASSWORD)]).await;
        assert_eq!(answer.location(), "/dang-nhap/ma", "{}", answer.text);
        visitor.get("/dang-nhap/ma").await;
        let code = self.totp.code(self.house.ctx.clock.now());
        let answer = visitor.post("/dang-nhap/ma", &[("code", &code)]).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        visitor
    }

    /// Fills the form in from its first page to the check, and leaves it there.
    pub async fn filled(&self, visitor: &mut Visitor) -> String {
        let start = format!("/nop-ho-so/{PROCEDURE}?tinh={}", self.province);
        let page = visitor.get(&start).await;
        assert!(page.has("Bắt đầu"), "{}", page.text);
        let agency = self.commune.to_string();
        let once = page.input("_once").unwrap().to_owned();
        let begun = visitor.post(&start, &[("co-quan", &agency), ("_once", &once)]).await;
        let draft = begun.location().to_owned();
        assert!(draft.starts_with("/ho-so/"), "{}", begun.text);
        self.answer(visitor, &draft, "child-name", &[("child_name", "Nguyễn An Nhiên")]).await;
        let born = [
            ("child_birth_date-day", "5"),
            ("child_birth_date-month", "11"),
            ("child_birth_date-year", "2026"),
        ];
        self.answer(visitor, &draft, "birth", &born).await;
        self.upload(visitor, &draft, "giay-chung-sinh.pdf", &pdf("chứng sinh")).await;
        self.answer(visitor, &draft, "paper", &[]).await;
        draft
    }

    pub async fn answer(
        &self,
        visitor: &mut Visitor,
        draft: &str,
        step: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let path = format!("{draft}/buoc/{step}");
        let page = visitor.get(&path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        let answer = visitor.post(&path, fields).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.text);
        answer
    }

    pub async fn upload(
        &self,
        visitor: &mut Visitor,
        draft: &str,
        name: &str,
        content: &[u8],
    ) -> Answer {
        visitor.get(&format!("{draft}/buoc/paper")).await;
        let path = format!("{draft}/nop-tep/birth_paper?buoc=paper");
        visitor.upload(&path, &[], &[("tep", name, "application/pdf", content)]).await
    }

    /// Filled in and sent; the address of the dossier.
    pub async fn sent(&self, visitor: &mut Visitor) -> String {
        let draft = self.filled(visitor).await;
        visitor.get(&format!("{draft}/buoc/check")).await;
        let sent = visitor.post(&format!("{draft}/nop"), &[]).await;
        assert_eq!(sent.location(), format!("{draft}/xac-nhan"), "{}", sent.text);
        draft
    }

    /// Half a minute passes: one-time codes open once.
    pub fn wait(&self) {
        self.house.ctx.clock.advance(jiff::SignedDuration::from_secs(30));
    }

    /// The code of an officer's app at this moment.
    pub fn code(&self) -> String {
        self.totp.code(self.house.ctx.clock.now())
    }

    /// Does an act of an officer with the dossier as its page shows it now.
    pub async fn act(
        &self,
        officer: &mut Visitor,
        dossier: &str,
        (act, fields): (&str, &[(&str, &str)]),
    ) -> Answer {
        let path = format!("/can-bo{dossier}/viec/{act}");
        let page = officer.get(&path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        let version = page.input("version").unwrap().to_owned();
        let mut fields: Vec<(&str, &str)> = fields.to_vec();
        fields.push(("version", &version));
        officer.post(&path, &fields).await
    }

    /// The same, and it must succeed.
    pub async fn done(&self, officer: &mut Visitor, dossier: &str, act: (&str, &[(&str, &str)])) {
        let name = act.0.to_owned();
        let answer = self.act(officer, dossier, act).await;
        assert_eq!(answer.location(), format!("/can-bo{dossier}"), "{name}: {}", answer.text);
    }
}

async fn unit(house: &House, code: &str, name: &str, kind: Kind) -> UnitId {
    let mandate =
        Mandate {
            actor: None, actor_name: "Cơ quan cấp mã".to_owned(), over: Scope::Everything
        };
    let mut draft = Draft::new(Code::issue(code).unwrap(), Name::parse(name).unwrap(), kind);
    if kind == Kind::ProvinceCommittee {
        draft.province_gso = Some("46".to_owned());
    }
    draft.contact.phone = Some("0234 3 123 456".to_owned());
    create(&house.ctx, &mandate, draft).await.unwrap().id
}

/// The smallest thing that is a PDF to whoever looks at its bytes.
pub fn pdf(text: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n% {text}\n\
         trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    .into_bytes()
}

/// Registration of a birth, as far as the tests need it: three working days.
pub fn procedure(limit_days: u32) -> Version {
    let limit = json!({ "amount": 2 + limit_days, "unit": "working_day" });
    let channel = |kind: &str| {
        json!({
            "kind": kind, "time_limit": limit,
            "fees": [{ "kind": "charge", "amount": 8000, "text": "mỗi bản sao" }]
        })
    };
    let step = |vi: &str, en: &str, role: &str, hours: u32| json!({ "name_vi": vi, "name_en": en, "role": role, "hours": hours });
    let version = json!({
        "code": PROCEDURE,
        "name": "Đăng ký khai sinh",
        "name_en": "Registration of a birth",
        "levels": { "ward": true },
        "online_level": "whole",
        "channels": [channel("online"), channel("direct"), channel("postal")],
        "cases": [{ "name": "", "components": [
            { "code": "KQ.01", "name": "Giấy chứng sinh", "originals": 1, "required": true },
            { "code": "KQ.02", "name": "Tờ khai", "eform": true, "required": true }
        ] }],
        "results": [{ "name": "Giấy khai sinh" }],
        "route": [
            step("Tiếp nhận", "Reception", "clerk", 1),
            step("Thẩm tra", "Examination", "specialist", 4),
            step("Ký", "Signature", "leader", 2),
            step("Trả kết quả", "Hand-over", "result-desk", 1)
        ],
        "form": form()
    });
    serde_json::from_value(version).unwrap()
}

fn form() -> Value {
    json!({
        "form": "birth", "version": 1,
        "sections": [{ "id": "child" }, { "id": "papers" }],
        "pages": [
            { "id": "child-name", "section": "child", "fields": ["child_name"] },
            { "id": "birth", "section": "child", "fields": ["child_birth_date"] },
            { "id": "paper", "section": "papers", "fields": ["birth_paper"] }
        ],
        "schema": {
            "type": "object",
            "required": ["child_name", "child_birth_date", "birth_paper"],
            "properties": {
                "child_name": { "type": "string", "format": "person-name", "maxLength": 100 },
                "child_birth_date": { "type": "string", "format": "date" },
                "birth_paper": { "type": "array", "format": "files" }
            }
        },
        "files": { "birth_paper": {
            "component": "KQ.01", "accept": ["application/pdf", "image/jpeg", "image/png"],
            "bytes_max": 1_000_000, "files_max": 2
        } },
        "words": {
            "vi": {
                "title": "Tờ khai đăng ký khai sinh",
                "sections": { "child": "Trẻ", "papers": "Giấy tờ" },
                "fields": {
                    "child_name": { "label": "Họ và tên của trẻ", "short": "Họ tên trẻ" },
                    "child_birth_date": { "label": "Trẻ sinh ngày nào", "short": "Ngày sinh" },
                    "birth_paper": { "label": "Giấy chứng sinh" }
                }
            },
            "en": {
                "title": "Registration of a birth",
                "sections": { "child": "Child", "papers": "Papers" },
                "fields": {
                    "child_name": { "label": "Full name of the child", "short": "Child's name" },
                    "child_birth_date": { "label": "When was it born", "short": "Date of birth" },
                    "birth_paper": { "label": "Birth certificate of the hospital" }
                }
            }
        }
    })
}
