//! The nation of these tests: a province, two ministries, one that ended; systems that act for
//! them; an office that is told by jobs; and packets as they write them.

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use identity::{Hashing, Scribe};
use jiff::{SignedDuration, Timestamp};
use organisations::commands::{Closing, Draft, Successor, Target};
use organisations::{Code, Kind as UnitKind, Mandate, Name, Scope, UnitId};
use platform::audit::{self, Entry, Filter};
use platform::jobs::{Job, JobError, JobKind};
use platform::store::{Options, StoreError, Tables, Tx};
use platform::testing::{House, fresh_store_with};
use platform::web::Routes;
use platform::words::WordFile;
use platform::{Ctx, Part};
use uuid::Uuid;
use wire::edxml::packet::{
    Business, Change, Code as NumberAndNotation, DocumentType, Promulgation, Receiver, Replacement,
};
use wire::edxml::write::write;
use wire::edxml::{
    BusinessKind, Document, NewAttachment, Organisation, Packet as Content, PacketDate, PacketTime,
    ReceiverKind, ResponseFor, Status, StatusCode,
};

use crate::commands::systems::{self, NewSystem};
use crate::commands::{self, Accepted, Handover, NewStatus, Outgoing, Reception, Sender};
use crate::delivery::{Arrived, Delivery, DeliveryId};
use crate::packet::{Packet, PacketId};
use crate::queries;
use crate::refusal::Refusal;
use crate::secret::Secret;
use crate::shelf::{Intake, Shelved};
use crate::store::deliveries;
use crate::system::SystemId;
use crate::trace::What;

/// The province of Huế, by its own system.
pub const HUE: &str = "H57";
/// Another code that means Huế.
pub const HUE_OLD: &str = "000.00.00.H57";
/// Two ministries, both by the system of their hub.
pub const JUSTICE: &str = "G15";
pub const HOME: &str = "G09";
/// A province with an office in this installation.
pub const DANANG: &str = "H17";
/// In the catalogue, and nobody delivers to it.
pub const LANGSON: &str = "H37";
/// Ended; its work is with G12.
pub const PLANNING: &str = "G05";
pub const FINANCE: &str = "G12";

const TOLD: &str = "tester.arrived";
const TOLD_TABLE: &str = "CREATE TABLE tester_arrived (id @id PRIMARY KEY, delivery @id NOT NULL)
    @strict;";
const TELL: &str = "INSERT INTO tester_arrived (id, delivery) VALUES ($1, $2)";
const ALL_TOLD: &str = "SELECT delivery FROM tester_arrived ORDER BY id";
pub struct Nation {
    pub house: House,
    pub reception: Reception,
    pub handover: Handover,
    ctx: Ctx,
}

impl Nation {
    pub async fn new() -> Nation {
        let house = House::build(parts()).await;
        let ctx = house.ctx.clone();
        Nation::founded(house, ctx).await
    }

    /// With units of work that get in each other's way, as on a PostgreSQL far away.
    pub async fn side_by_side() -> Nation {
        let house = House::build(parts()).await;
        let tables = platform::parts().into_iter().chain(parts()).map(|part| part.tables);
        let options =
            Options { write_in_turn: Some(false), write_lanes: Some(8), ..Options::default() };
        let store = fresh_store_with(&tables.collect::<Vec<_>>(), options).await.unwrap();
        let ctx = Ctx { store, ..house.ctx.clone() };
        Nation::founded(house, ctx).await
    }

    async fn founded(house: House, ctx: Ctx) -> Nation {
        let nation =
            Nation { house, reception: Reception::default(), handover: Handover::default(), ctx };
        for (code, name, kind) in [
            (HUE, "Ủy ban nhân dân thành phố Huế", UnitKind::ProvinceCommittee),
            (DANANG, "Ủy ban nhân dân thành phố Đà Nẵng", UnitKind::ProvinceCommittee),
            (LANGSON, "Ủy ban nhân dân tỉnh Lạng Sơn", UnitKind::ProvinceCommittee),
            (JUSTICE, "Bộ Tư pháp", UnitKind::Ministry),
            (HOME, "Bộ Nội vụ", UnitKind::Ministry),
            (FINANCE, "Bộ Tài chính", UnitKind::Ministry),
            (PLANNING, "Bộ Kế hoạch và Đầu tư", UnitKind::Ministry),
        ] {
            nation.found((code, name, kind)).await;
        }
        nation.alias(HUE, HUE_OLD).await;
        nation.end(PLANNING, FINANCE).await;
        nation.connect("sys.H57", &[HUE]).await;
        nation.connect("sys.hub", &[JUSTICE, HOME, FINANCE]).await;
        nation.open_desk(DANANG).await;
        nation
    }

    pub fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    pub fn now(&self) -> Timestamp {
        self.ctx().clock.now()
    }

    pub fn pass_seconds(&self, seconds: i64) {
        self.ctx().clock.advance(SignedDuration::from_secs(seconds));
    }

    pub async fn read<T: Send + 'static>(
        &self,
        unit: impl Fn(&mut Tx) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.ctx().store.read(unit).await.unwrap()
    }

    /// A unit of work, and what it answers.
    pub async fn write<T: Send + 'static>(
        &self,
        unit: impl Fn(&mut Tx, &Ctx) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let ctx = self.ctx().clone();
        self.ctx().store.write(move |tx| unit(tx, &ctx)).await
    }

    pub async fn found(&self, (code, name, kind): (&str, &str, UnitKind)) {
        let (code, name) = (Code::issue(code).unwrap(), Name::parse(name).unwrap());
        let draft = Draft::new(code, name, kind);
        organisations::commands::create(self.ctx(), &mandate(), draft).await.unwrap();
    }

    async fn target(&self, code: &str) -> Target {
        let code = code.to_owned();
        let found = self.read(move |tx| organisations::queries::by_code(tx, &code)).await.unwrap();
        Target { unit: found.id, version: found.version }
    }

    async fn alias(&self, code: &str, alias: &str) {
        let (at, alias) = (self.target(code).await, Code::receive(alias).unwrap());
        organisations::commands::add_alias(self.ctx(), &mandate(), at, alias).await.unwrap();
    }

    async fn end(&self, code: &str, heir: &str) {
        let heir = Successor { code: heir.to_owned(), matter: None };
        self.close(code, "2025-02-28".parse().unwrap(), vec![heir]).await;
    }

    /// Nobody has its work afterwards.
    pub async fn end_on(&self, code: &str, last_day: jiff::civil::Date) {
        self.close(code, last_day, Vec::new()).await;
    }

    async fn close(&self, code: &str, last_day: jiff::civil::Date, successors: Vec<Successor>) {
        let closing = Closing {
            last_day,
            successors,
            with_children: false,
            reason: "NQ 176/2025/QH15".to_owned(),
        };
        let at = self.target(code).await;
        organisations::commands::close(self.ctx(), &mandate(), at, closing).await.unwrap();
    }

    pub async fn unit(&self, code: &str) -> UnitId {
        self.target(code).await.unit
    }

    /// A system that acts for these agencies.
    pub async fn connect(&self, id: &str, codes: &[&str]) {
        self.enter(id, codes, (None, false)).await;
    }

    /// One with a secret of its own.
    pub async fn connect_with(&self, id: &str, codes: &[&str], secret: &str) {
        self.enter(id, codes, (Some(Secret::given(secret).unwrap()), false)).await;
    }

    /// One that may change the catalogue, too.
    pub async fn connect_registrar(&self, id: &str, codes: &[&str], secret: &str) {
        self.enter(id, codes, (Some(Secret::given(secret).unwrap()), true)).await;
    }

    async fn enter(&self, id: &str, codes: &[&str], (secret, registers): (Option<Secret>, bool)) {
        let new = NewSystem {
            id: SystemId::parse(id).unwrap(),
            name: String::new(),
            agencies: codes.iter().map(|&code| code.to_owned()).collect(),
            secret,
            registers,
        };
        systems::add(self.ctx(), &self.clerk(), new).await.unwrap();
    }

    pub fn clerk(&self) -> Scribe {
        Scribe::named(self.ctx(), None, "Văn thư Đà Nẵng")
    }

    pub async fn open_desk(&self, code: &str) {
        let (unit, by) = (self.unit(code).await, self.clerk());
        let opened = move |tx: &mut Tx, ctx: &Ctx| commands::open_desk(tx, ctx, unit, (&by, TOLD));
        self.write(opened).await.unwrap();
    }

    pub async fn shelve(&self, bytes: impl Into<Vec<u8>>) -> Result<Shelved, Refusal> {
        commands::shelve_bytes(self.ctx(), Bytes::from(bytes.into()), &intake()).await
    }

    /// As a system sends it, the recipients of the packet.
    pub async fn send(&self, system: &str, packet: &[u8]) -> Result<Accepted, Refusal> {
        self.send_to(system, packet, None).await
    }

    pub async fn send_to(
        &self,
        system: &str,
        packet: &[u8],
        to: Option<&[&str]>,
    ) -> Result<Accepted, Refusal> {
        let shelved = self.shelve(packet).await?;
        let to: Option<Vec<String>> = to.map(|to| to.iter().map(|&code| code.into()).collect());
        self.reception.receive(self.ctx(), &sender(system), &shelved, to.as_deref()).await
    }

    /// As the office in Đà Nẵng sends it.
    pub async fn post(&self, packet: &[u8]) -> Result<Accepted, Refusal> {
        let (unit, by) = (self.unit(DANANG).await, self.clerk());
        let shelved = self.shelve(packet).await?;
        self.write(move |tx, ctx| commands::post(tx, ctx, (unit, &by), &shelved)).await
    }

    pub async fn post_status(
        &self,
        about: ResponseFor,
        code: StatusCode,
        why: &str,
    ) -> Result<Accepted, Refusal> {
        let (unit, by) = (self.unit(DANANG).await, self.clerk());
        let description = why.to_owned();
        let new = NewStatus { about, code, description, staff: Default::default() };
        self.write(move |tx, ctx| commands::post_status(tx, ctx, (unit, &by), &new)).await
    }

    pub async fn packet(&self, id: PacketId) -> Packet {
        self.read(move |tx| queries::packet(tx, id)).await.unwrap()
    }

    pub async fn delivery(&self, id: DeliveryId) -> Delivery {
        self.read(move |tx| queries::delivery(tx, id)).await.unwrap()
    }

    pub async fn deliveries(&self, id: PacketId) -> Vec<Delivery> {
        self.read(move |tx| queries::deliveries_of(tx, id)).await
    }

    /// What a document stands at with a recipient.
    pub async fn standing(&self, from: &str, document_id: &str, to: &str) -> Delivery {
        let (from, id, to) = (from.to_owned(), document_id.to_owned(), to.to_owned());
        self.read(move |tx| queries::standing_of(tx, (&from, &id), &to)).await.unwrap()
    }

    pub async fn trace(&self, id: PacketId) -> Vec<(What, String)> {
        let events = self.read(move |tx| queries::trace(tx, id)).await;
        events.into_iter().map(|event| (event.what, event.detail)).collect()
    }

    /// The received bytes as they are handed out.
    pub async fn bytes(&self, id: PacketId) -> Result<Vec<u8>, Refusal> {
        let mut opened = queries::open(self.ctx(), id).await?;
        let mut all = Vec::new();
        while let Some(piece) = opened.body.next().await {
            all.extend_from_slice(&piece.unwrap());
        }
        Ok(all)
    }

    pub async fn fetch(&self, id: DeliveryId) -> Result<(), Refusal> {
        let packet = self.delivery(id).await.packet;
        let outgoing = Outgoing { packet, deliveries: vec![id] };
        self.handover.end(self.ctx(), &SystemId::parse("sys").unwrap(), outgoing).await
    }

    pub async fn say(
        &self,
        id: DeliveryId,
        (status, why): (crate::TransportStatus, &str),
    ) -> Result<(), Refusal> {
        let (description, by) = (why.to_owned(), "sys".to_owned());
        let word = commands::Word { status, description, by };
        self.write(move |tx, ctx| commands::update_transport(tx, ctx, id, &word)).await
    }

    /// What waits for a system.
    pub async fn waiting(&self, system: &str, kind: crate::Kind) -> Vec<DeliveryId> {
        let system = SystemId::parse(system).unwrap();
        let asked = queries::Asked { limit: 1_000, ..Default::default() };
        let rows = self.read(move |tx| queries::received(tx, (&system, kind), None, &asked)).await;
        rows.into_iter().map(|row| row.id).collect()
    }

    /// What the office in Đà Nẵng was told, by jobs that have run.
    pub async fn told(&self) -> Vec<DeliveryId> {
        self.house.run_jobs().await;
        let told = self.read(|tx| tx.all::<(Uuid,)>(ALL_TOLD, &[])).await;
        told.into_iter().map(|(id,)| DeliveryId(id)).collect()
    }

    pub async fn log(&self) -> Vec<Entry> {
        let filter = Filter { limit: 500, ..Filter::default() };
        self.read(move |tx| audit::search(tx, &filter)).await
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        self.read(move |tx| tx.one::<(i64,)>(sql, &[])).await.0
    }

    /// Every delivery of a document at a recipient that was not called back.
    pub async fn live(&self, from: &str, document_id: &str, to: &str) -> usize {
        let (from, id, to) = (from.to_owned(), document_id.to_owned(), to.to_owned());
        self.read(move |tx| {
            let (from, to) = (crate::party::of(tx, &from)?, crate::party::of(tx, &to)?);
            deliveries::live(tx, (&from.key, &id, &to.key))
        })
        .await
        .len()
    }
}

pub fn sender(system: &str) -> Sender {
    Sender::System(SystemId::parse(system).unwrap())
}

pub fn intake() -> Intake {
    Intake { packet_bytes_max: 1 << 30, hash_file: None, kind: None }
}

fn mandate() -> Mandate {
    Mandate { actor: None, actor_name: "Bản thử".to_owned(), over: Scope::Everything }
}

/// A document of `from` to others; the number makes its DocumentId.
pub fn document(from: &str, to: &[&str], number: u32) -> Document {
    let named = |code: &&str| Organisation {
        organ_id: (*code).to_owned(),
        organ_name: format!("Cơ quan {code}"),
        ..Organisation::default()
    };
    Document {
        from: named(&from),
        to: to.iter().map(named).collect(),
        document_id: document_id(from, number),
        code: NumberAndNotation { number: number.to_string(), notation: "UBND-VP".to_owned() },
        promulgation: Promulgation {
            place: "Huế".to_owned(),
            date: PacketDate::received("2026/11/20"),
        },
        document_type: DocumentType { name: "Công văn".to_owned(), ..Default::default() },
        subject: "V/v báo cáo tháng 11".to_owned(),
        ..Document::default()
    }
}

pub fn document_id(from: &str, number: u32) -> String {
    format!("{from},2026/11/20,{number}/UBND-VP")
}

/// What it does to documents before it.
pub fn with_business(mut document: Document, kind: BusinessKind) -> Document {
    let update = kind == BusinessKind::Update;
    let names_target = matches!(kind, BusinessKind::New | BusinessKind::Update);
    let replacements = match kind {
        BusinessKind::Replacement => vec![Replacement {
            document_id: document_id(HUE, 1),
            organ_ids: vec![JUSTICE.to_owned()],
        }],
        _ => Vec::new(),
    };
    document.business = Some(Business {
        document_id: if names_target { document.document_id.clone() } else { String::new() },
        kind,
        reason: "Sai thể thức".to_owned(),
        change: update.then(|| Change { document: Some(true), ..Change::default() }),
        replacements,
        ..Business::default()
    });
    document
}

/// An update that changes who gets it: 0 takes away, 1 adds.
pub fn with_receivers(document: Document, receivers: &[(&str, &str)]) -> Document {
    let mut document = with_business(document, BusinessKind::Update);
    let list = receivers.iter().map(|(code, kind)| Receiver {
        organ_id: (*code).to_owned(),
        kind: ReceiverKind::read(kind),
    });
    if let Some(change) = document.business.as_mut().and_then(|one| one.change.as_mut()) {
        change.receivers = Some(true);
        change.receiver_list = list.collect();
    }
    document
}

/// With one attachment of this text.
pub fn written(document: &Document, text: &str) -> Vec<u8> {
    let head = NewAttachment {
        content_id: "cid:1".to_owned(),
        attachment_name: "van-ban.pdf".to_owned(),
        description: "van-ban.pdf".to_owned(),
        content_type: "application/pdf".to_owned(),
    };
    write(&Content::Document(Box::new(document.clone())), &[(head, text.as_bytes())]).unwrap()
}

/// `from` says something about a document of `of`.
pub fn status(from: &str, of: &str, number: u32, code: &str) -> Vec<u8> {
    status_at(from, of, (number, code), "2026/11/23 09:00:00")
}

pub fn status_at(from: &str, of: &str, (number, code): (u32, &str), at: &str) -> Vec<u8> {
    // 13 is said about one's own document, to the recipient.
    let owner = if code == "13" { from } else { of };
    let status = Status {
        from: Organisation {
            organ_id: from.to_owned(),
            organ_name: format!("Cơ quan {from}"),
            ..Organisation::default()
        },
        response_for: ResponseFor {
            organ_id: of.to_owned(),
            code: format!("{number}/UBND-VP"),
            document_id: document_id(owner, number),
            promulgation_date: PacketDate::received("2026/11/20"),
        },
        staff: Default::default(),
        status_code: StatusCode::read(code),
        description: "Văn thư xử lý".to_owned(),
        timestamp: PacketTime::received(at),
    };
    write(&Content::Status(Box::new(status)), &[]).unwrap()
}

fn parts() -> Vec<Part> {
    let organisations = identity::with_mandates(organisations::part());
    let identity = identity::part_with(Hashing::least());
    vec![organisations, identity, trust::part(), crate::part(), tester()]
}

fn tester() -> Part {
    Part {
        name: "tester",
        tables: Tables { namespace: "tester", steps: &[("0001_first", TOLD_TABLE)] },
        words: WordFile { name: "tester", vi: "", en: "" },
        routes: Routes::new(),
        jobs: vec![JobKind { kind: TOLD, run: hear }],
        schedules: Vec::new(),
        menu: &[],
    }
}

fn hear(ctx: Ctx, job: Job) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let Arrived { delivery } = job.read()?;
        let id = ctx.ids.next();
        ctx.store.write(move |tx| tx.execute(TELL, &[&id, &delivery]).map(drop)).await?;
        Ok(())
    })
}
