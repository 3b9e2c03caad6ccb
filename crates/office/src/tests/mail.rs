//! Two offices that write to each other over the axis, with the people who work in them.

use std::path::PathBuf;

use axis::commands as post_office;
use axis::{Delivery, Intake};
use bytes::Bytes;
use identity::commands::seeds::{self, SeedOfficer};
use identity::totp::TotpSecret;
use identity::{Hashing, Password, PersonName, Role, Scribe, Username};
use jiff::SignedDuration;
use organisations::{Code, Kind as UnitKind, Mandate, Name, Scope, UnitId};
use platform::Ctx;
use platform::audit::{self, Entry, Filter};
use platform::jobs::{self, NewJob};
use platform::store::{StoreError, Tx};
use platform::testing::{Answer, House, Visitor};
use serde_json::json;
use uuid::Uuid;
use wire::edxml::packet::{
    Business, Change, Code as NumberAndNotation, DocumentType, OtherInfo, Promulgation,
    Replacement, Signer,
};
use wire::edxml::write::write;
use wire::edxml::{
    BusinessKind, Document, NewAttachment, Organisation, Packet, PacketDate, PacketTime,
    ResponseFor, Status, StatusCode,
};

use crate::commands::desks;
use crate::desk::Facts;
use crate::document::IncomingId;
use crate::incoming::{Incoming, IncomingFile};
use crate::store::incoming;

/// Who sends in these tests.
pub const HUE: &str = "H57";
/// Who receives.
pub const DANANG: &str = "H17";
const PASSWORD: &str = "con trâu ăn lúa ven sông";
const SECRET: [u8; 20] = [7; 20];

pub struct Mail {
    pub house: House,
}

impl Mail {
    pub async fn new() -> Mail {
        Mail::with(None).await
    }

    /// With a press at hand, or with none.
    pub async fn with(press: Option<PathBuf>) -> Mail {
        let parts = vec![
            identity::with_mandates(organisations::part()),
            identity::part_with(Hashing::least()),
            trust::part(),
            signing::part(),
            axis::part(),
            crate::part(),
        ];
        let house = House::build_printing(parts, press).await;
        let mail = Mail { house };
        mail.found(HUE, "Ủy ban nhân dân thành phố Huế", UnitKind::ProvinceCommittee).await;
        mail.found(DANANG, "Ủy ban nhân dân thành phố Đà Nẵng", UnitKind::ProvinceCommittee).await;
        mail.found("H17.05", "Sở Nội vụ thành phố Đà Nẵng", UnitKind::Department).await;
        for (username, role, at) in [
            ("vanthu", Role::DocumentClerk, DANANG),
            ("lanhdao", Role::Leader, DANANG),
            ("photrach", Role::Leader, DANANG),
            ("chuyenvien", Role::Specialist, DANANG),
            ("phoihop", Role::Specialist, DANANG),
            ("sonoivu", Role::Specialist, "H17.05"),
            ("quantri", Role::UnitAdministrator, DANANG),
            ("vanthu.hue", Role::DocumentClerk, HUE),
            ("lanhdao.hue", Role::Leader, HUE),
        ] {
            mail.officer(username, role, at).await;
        }
        mail.open_desk(HUE).await;
        mail.open_desk(DANANG).await;
        mail
    }

    pub fn ctx(&self) -> &Ctx {
        &self.house.ctx
    }

    pub fn pass(&self, by: SignedDuration) {
        self.ctx().clock.advance(by);
    }

    pub async fn read<T: Send + 'static>(
        &self,
        unit: impl Fn(&mut Tx) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.ctx().store.read(unit).await.unwrap()
    }

    pub async fn found(&self, code: &str, name: &str, kind: UnitKind) {
        let over = Scope::Everything;
        let mandate = Mandate { actor: None, actor_name: "Bản thử".to_owned(), over };
        let (code, name) = (Code::issue(code).unwrap(), Name::parse(name).unwrap());
        let draft = organisations::commands::Draft::new(code, name, kind);
        organisations::commands::create(self.ctx(), &mandate, draft).await.unwrap();
    }

    /// Another code that means the same agency.
    pub async fn alias(&self, code: &str, alias: &str) {
        let mandate =
            Mandate { actor: None, actor_name: "Bản thử".to_owned(), over: Scope::Everything };
        let id = self.unit(code).await;
        let unit = self.read(move |tx| organisations::queries::unit(tx, id)).await.unwrap();
        let at = organisations::commands::Target { unit: id, version: unit.version };
        let alias = Code::receive(alias).unwrap();
        organisations::commands::add_alias(self.ctx(), &mandate, at, alias).await.unwrap();
    }

    pub async fn unit(&self, code: &str) -> UnitId {
        let code = code.to_owned();
        self.read(move |tx| organisations::queries::by_code(tx, &code)).await.unwrap().id
    }

    pub async fn officer(&self, username: &str, role: Role, at: &str) {
        let unit = self.unit(at).await;
        let seed = SeedOfficer {
            username: Username::parse(username).unwrap(),
            name: PersonName::parse(&format!("Cán bộ {username}")).unwrap(),
            home: unit,
            roles: vec![(role, Some(unit))],
            password: Password::typed(PASSWORD),
            totp: Some(TotpSecret::new(SECRET)),
        };
        seeds::create_officer(self.ctx(), &Hashing::least(), seed).await.unwrap();
    }

    pub async fn open_desk(&self, code: &str) {
        let (unit, ctx) = (self.unit(code).await, self.ctx().clone());
        let facts = Facts { abbreviation: "UBND".to_owned(), ..Facts::default() };
        let opened = self.ctx().store.write(move |tx| {
            let scribe = Scribe::named(&ctx, None, "Bản thử");
            desks::open_in(tx, &ctx, &scribe, (unit, &facts))
        });
        opened.await.unwrap();
    }

    pub async fn at_work(&self, username: &str) -> Visitor {
        self.pass(SignedDuration::from_secs(30));
        let mut visitor = self.house.visitor();
        visitor.get("/dang-nhap").await;
        visitor.post("/dang-nhap", &[("login", username), ("password", PASSWORD)]).await;
        let code = TotpSecret::new(SECRET).code(self.ctx().clock.now());
        let answer = visitor.post("/dang-nhap/ma", &[("code", &code)]).await;
        assert_eq!(answer.status, 303, "{username}: {}", answer.text);
        visitor
    }

    pub async fn account(&self, username: &str) -> String {
        let login = username.to_owned();
        let found = self.read(move |tx| identity::queries::by_login(tx, &login)).await;
        found.unwrap().0.to_string()
    }

    /// Huế posts it, and everything that follows from it happens.
    pub async fn post(&self, packet: &[u8]) {
        self.post_only(packet).await;
        self.house.run_jobs().await;
    }

    pub async fn post_only(&self, packet: &[u8]) {
        self.hand_in(HUE, packet).await;
    }

    /// Another agency posts it.
    pub async fn post_from(&self, code: &str, packet: &[u8]) {
        self.hand_in(code, packet).await;
        self.house.run_jobs().await;
    }

    async fn hand_in(&self, code: &str, packet: &[u8]) {
        let intake = Intake { packet_bytes_max: 1 << 30, hash_file: None, kind: None };
        let bytes = Bytes::copy_from_slice(packet);
        let shelved = post_office::shelve_bytes(self.ctx(), bytes, &intake).await.unwrap();
        let (unit, ctx) = (self.unit(code).await, self.ctx().clone());
        let posted = self.ctx().store.write(move |tx| {
            let by = Scribe::named(&ctx, None, "Văn thư Huế");
            post_office::post(tx, &ctx, (unit, &by), &shelved)
        });
        posted.await.unwrap();
    }

    /// Sends a letter of Huế; its place in Đà Nẵng.
    pub async fn arrive(&self, number: u32) -> IncomingId {
        self.post(&packet(&letter(number), &[("van-ban.pdf", &pdf())])).await;
        self.of(&document_id(number)).await.id
    }

    pub async fn of(&self, document_id: &str) -> Incoming {
        let (unit, id) = (self.unit(DANANG).await, document_id.to_owned());
        let from = crate::incoming::Sender { code: HUE, unit: None };
        let found = self.read(move |tx| incoming::by_document(tx, unit, (from, &id))).await;
        found.unwrap()
    }

    pub async fn one(&self, id: IncomingId) -> Incoming {
        self.read(move |tx| incoming::by_id(tx, id)).await.unwrap()
    }

    pub async fn files(&self, id: IncomingId) -> Vec<IncomingFile> {
        self.read(move |tx| incoming::files(tx, id)).await
    }

    /// How a letter of Huế stands at Đà Nẵng by all that the axis has heard.
    pub async fn heard(&self, number: u32) -> Delivery {
        let id = document_id(number);
        self.read(move |tx| axis::queries::standing_of(tx, (HUE, &id), DANANG)).await.unwrap()
    }

    pub async fn heard_code(&self, number: u32) -> String {
        let heard = self.heard(number).await;
        heard.business().map(|code| code.code().to_owned()).unwrap_or_default()
    }

    pub async fn run(&self, kind: &'static str) {
        let (id, run_at) = (self.ctx().ids.next(), self.ctx().clock.now());
        let job = NewJob { id, kind, payload: json!({}), run_at, key: None };
        self.ctx().store.write(move |tx| jobs::enqueue(tx, &job)).await.unwrap();
        self.house.run_jobs().await;
    }

    /// The newest first.
    pub async fn log(&self, verb: &str) -> Vec<Entry> {
        let filter = Filter { limit: 500, ..Filter::default() };
        let all = self.read(move |tx| audit::search(tx, &filter)).await;
        all.into_iter().filter(|act| act.verb == verb).collect()
    }
}

/// Opens the page of an act, and sends its form with the version that it shows.
pub async fn act(visitor: &mut Visitor, page: &str, fields: &[(&str, &str)]) -> Answer {
    let shown = visitor.get(page).await;
    assert_eq!(shown.status, 200, "{page}: {}", shown.title());
    let version = shown.input("version").unwrap_or_default().to_owned();
    let mut all = vec![("version", version.as_str())];
    all.extend(fields);
    visitor.post(page, &all).await
}

pub fn incoming_page(id: IncomingId, act: &str) -> String {
    format!("/can-bo/van-ban-den/{id}/viec/{act}")
}

pub fn pdf() -> Vec<u8> {
    platform::testing::pdf("Cong van so 7")
}

pub fn document_id(number: u32) -> String {
    format!("{HUE},2026/11/20,{number}/UBND-VP")
}

pub fn letter(number: u32) -> Document {
    let named = |code: &str, name: &str| Organisation {
        organ_id: code.to_owned(),
        organ_name: name.to_owned(),
        ..Organisation::default()
    };
    Document {
        from: named(HUE, "Ủy ban nhân dân thành phố Huế"),
        to: vec![named(DANANG, "Ủy ban nhân dân thành phố Đà Nẵng")],
        document_id: document_id(number),
        code: NumberAndNotation { number: number.to_string(), notation: "UBND-VP".to_owned() },
        promulgation: Promulgation {
            place: "Huế".to_owned(),
            date: PacketDate::received("2026/11/20"),
        },
        document_type: DocumentType { name: "Công văn".to_owned(), ..Default::default() },
        subject: format!("V/v phối hợp tháng {number}"),
        signer: Signer { full_name: "Trần Văn Huế".to_owned(), ..Signer::default() },
        other: OtherInfo { priority: "0".to_owned(), ..OtherInfo::default() },
        ..Document::default()
    }
}

fn business(mut document: Document, business: Business) -> Document {
    document.business = Some(business);
    document
}

pub fn recall(number: u32) -> Document {
    let reason = "Sai thẩm quyền".to_owned();
    business(letter(number), Business { kind: BusinessKind::Recall, reason, ..Business::default() })
}

pub fn update(number: u32, subject: &str) -> Document {
    let letter = Document { subject: subject.to_owned(), ..letter(number) };
    let kind = BusinessKind::Update;
    let document_id = letter.document_id.clone();
    let change = Some(Change { document: Some(true), ..Change::default() });
    let reason = "Sửa trích yếu".to_owned();
    business(letter, Business { kind, document_id, change, reason, ..Business::default() })
}

pub fn replacement(number: u32, old: u32) -> Document {
    let organ_ids = vec![DANANG.to_owned()];
    let replacements = vec![Replacement { document_id: document_id(old), organ_ids }];
    let kind = BusinessKind::Replacement;
    business(letter(number), Business { kind, replacements, ..Business::default() })
}

pub fn packet(document: &Document, files: &[(&str, &[u8])]) -> Vec<u8> {
    let one = |(place, (name, bytes)): (usize, &(&str, &'static [u8]))| {
        let head = NewAttachment {
            content_id: format!("cid:{place}"),
            attachment_name: (*name).to_owned(),
            description: (*name).to_owned(),
            content_type: "application/octet-stream".to_owned(),
        };
        (head, *bytes)
    };
    // The writer borrows what it writes.
    let held: Vec<(&str, &'static [u8])> =
        files.iter().map(|(name, bytes)| (*name, &*bytes.to_vec().leak())).collect();
    let parts: Vec<(NewAttachment, &[u8])> = held.iter().enumerate().map(one).collect();
    write(&Packet::Document(Box::new(document.clone())), &parts).unwrap()
}

/// Huế says 13 about its letter, to Đà Nẵng.
pub fn asks_back(number: u32) -> Vec<u8> {
    let status = Status {
        from: Organisation {
            organ_id: HUE.to_owned(),
            organ_name: "Ủy ban nhân dân thành phố Huế".to_owned(),
            ..Organisation::default()
        },
        response_for: ResponseFor {
            organ_id: DANANG.to_owned(),
            code: format!("{number}/UBND-VP"),
            document_id: document_id(number),
            promulgation_date: PacketDate::received("2026/11/20"),
        },
        staff: Default::default(),
        status_code: StatusCode::RecallAsked,
        description: "Gửi nhầm nơi nhận".to_owned(),
        timestamp: PacketTime::received("2026/11/23 09:00:00"),
    };
    write(&Packet::Status(Box::new(status)), &[]).unwrap()
}

/// The id at the end of an address.
pub fn id_of(path: &str) -> Uuid {
    Uuid::try_parse(path.rsplit('/').next().unwrap()).unwrap()
}
