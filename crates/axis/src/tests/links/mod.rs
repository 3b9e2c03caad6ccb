//! Two installations that exchange, and axes that misbehave.

mod exchange;
mod pages;
mod strange;

use std::net::SocketAddr;

use identity::Scribe;
use organisations::queries as catalogue;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use platform::testing::{Beginning, House};
use platform::web::Server;
use uuid::Uuid;
use wire::edxml::packet::{Code, DocumentType, Promulgation};
use wire::edxml::write::write;
use wire::edxml::{
    Document, NewAttachment, Organisation, Packet, PacketDate, PacketTime, ResponseFor, Status,
    StatusCode,
};
use wire::vxp::{Answer, Call, MessageType, Operation, TransportStatus};
use zeroize::Zeroizing;

use crate::commands::links::{self, NewLink};
use crate::commands::systems::{self, NewSystem};
use crate::secret::Secret;
use crate::system::SystemId;

pub const SECRET: &str = "mat-khau-dung-de-thu-0123456789abcdef";
/// Beyond the smallest, so that one goes into a file of the shelf.
pub const LARGE: usize = 300_000;

/// An installation, and its API on a real socket.
pub struct Axis {
    pub house: House,
    pub address: String,
    http: reqwest::Client,
}

impl Axis {
    pub async fn open() -> Axis {
        let parts = vec![organisations::part(), identity::part(), trust::part(), crate::part()];
        let seed = async |ctx: Ctx| organisations::commands::seed(&ctx).await;
        let house = House::build_begun(parts, Beginning::of("country", seed)).await;
        let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let server = Server::bind(house.site.under("/axis"), anywhere, None).await.unwrap();
        let address = format!("http://{}", server.address());
        tokio::spawn(server.run(std::future::pending()));
        Axis { house, address, http: reqwest::Client::new() }
    }

    pub fn scribe(&self) -> Scribe {
        Scribe::named(&self.house.ctx, None, "operator")
    }

    /// A system that speaks for these.
    pub async fn system(&self, id: &str, codes: &[&str]) {
        let new = NewSystem {
            id: SystemId::parse(id).unwrap(),
            name: String::new(),
            agencies: codes.iter().map(|code| (*code).to_owned()).collect(),
            secret: Some(Secret::given(SECRET).unwrap()),
            registers: false,
        };
        systems::add(&self.house.ctx, &self.scribe(), new).await.unwrap();
    }

    /// A link to another, by which these codes go.
    pub async fn link(&self, (address, system_id): (&str, &str), covers: &str) -> Uuid {
        let new = NewLink {
            name: "Trục bên kia".to_owned(),
            address: address.to_owned(),
            system_id: system_id.to_owned(),
            secret: Zeroizing::new(SECRET.to_owned()),
            every_seconds: 60,
            covers: covers.to_owned(),
        };
        links::add(&self.house.ctx, &self.scribe(), new).await.unwrap()
    }

    pub async fn ask(&self, system: &str, call: &Call, body: Vec<u8>) -> Vec<u8> {
        let now = self.house.ctx.clock.now();
        let place = format!("{}/{}", self.address, call.operation.name());
        let method = reqwest::Method::from_bytes(call.operation.method().as_bytes()).unwrap();
        let mut request = self.http.request(method, place);
        for (name, value) in call.headers(system, SECRET.as_bytes(), now) {
            request = request.header(name, value);
        }
        request.body(body).send().await.unwrap().bytes().await.unwrap().to_vec()
    }

    /// Hands a packet in, as the kit of a system would.
    pub async fn send(
        &self,
        system: &str,
        (kind, from): (MessageType, &str),
        packet: &[u8],
    ) -> Answer {
        let sha256 = wire::algorithm::Digest::Sha256.of(packet);
        let call = Call::send(kind, from, &[], &sha256);
        Answer::read(&self.ask(system, &call, [packet, b"\r\n"].concat()).await).unwrap()
    }

    /// What waits for a system, whole, and acknowledged.
    pub async fn receive(&self, system: &str, kind: MessageType) -> Vec<Vec<u8>> {
        let list = self.ask(system, &Call::received(kind), b"{}".to_vec()).await;
        let rows: Vec<wire::vxp::answer::ReceivedRow> =
            Answer::read(&list).unwrap().rows().unwrap();
        let mut packets = Vec::new();
        for row in rows {
            let call = Call::fetch(Operation::DownloadEdoc, &row.doc_id);
            packets.push(self.ask(system, &call, Vec::new()).await);
            let done = Call::update(&row.doc_id, TransportStatus::Done);
            let said = Answer::read(&self.ask(system, &done, b"{}".to_vec()).await).unwrap();
            assert!(matches!(said, Answer::Done { .. }), "{said:?}");
        }
        packets
    }

    /// A look at the links, and the rounds that it leads to.
    pub async fn look_at_links(&self) {
        let schedules = [crate::link_jobs::SCHEDULE];
        // The first turn is planned, the second taken.
        for _ in 0..2 {
            platform::jobs::run_schedules(&self.house.ctx, &schedules).await.unwrap();
        }
        let ran = self.house.run_jobs().await;
        assert!(ran.failed.is_empty(), "{:?}", ran.failed);
    }

    pub async fn read<T: Send + 'static>(
        &self,
        unit: impl Fn(&mut Tx) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.house.ctx.store.read(unit).await.unwrap()
    }

    /// The code of a commune of Huế, by its place in the list.
    pub async fn commune(&self, place: usize) -> String {
        let today = platform::clock::local(self.house.ctx.clock.now()).date();
        self.read(move |tx| {
            let hue = catalogue::by_code(tx, "H57")?.unwrap();
            let communes = catalogue::communes(tx, hue.id, today)?;
            Ok(communes[place].code.as_str().to_owned())
        })
        .await
    }
}

pub fn organisation(code: &str) -> Organisation {
    Organisation {
        organ_id: code.to_owned(),
        organ_name: format!("Cơ quan {code}"),
        ..Organisation::default()
    }
}

pub fn document_id(from: &str, number: u32) -> String {
    format!("{from},2026/11/23,{number}/UBND-VP")
}

/// A letter with an attachment of so many bytes.
pub fn document((from, to): (&str, &[&str]), number: u32, size_bytes: usize) -> Vec<u8> {
    let document = Document {
        from: organisation(from),
        to: to.iter().map(|code| organisation(code)).collect(),
        document_id: document_id(from, number),
        code: Code { number: number.to_string(), notation: "UBND-VP".to_owned() },
        promulgation: Promulgation {
            place: "Huế".to_owned(),
            date: PacketDate::received("2026/11/23"),
        },
        document_type: DocumentType { name: "Công văn".to_owned(), ..DocumentType::default() },
        subject: "Về việc thử kết nối".to_owned(),
        ..Document::default()
    };
    let head = NewAttachment {
        content_id: "cid:1".to_owned(),
        attachment_name: "a.pdf".to_owned(),
        description: String::new(),
        content_type: "application/pdf".to_owned(),
    };
    let content: Vec<u8> = (0..size_bytes).map(|at| (at % 251) as u8).collect();
    write(&Packet::Document(Box::new(document)), &[(head, &content)]).unwrap()
}

/// What a recipient says about it.
pub fn status((from, about): (&str, &str), number: u32, code: StatusCode) -> Vec<u8> {
    let status = Status {
        from: organisation(from),
        response_for: ResponseFor {
            organ_id: about.to_owned(),
            code: format!("{number}/UBND-VP"),
            document_id: document_id(about, number),
            promulgation_date: PacketDate::received("2026/11/23"),
        },
        staff: wire::edxml::packet::Staff::default(),
        status_code: code,
        description: "Đã xem".to_owned(),
        timestamp: PacketTime::received("2026/11/23 09:30:00"),
    };
    write(&Packet::Status(Box::new(status)), &[]).unwrap()
}
