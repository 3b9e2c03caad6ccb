//! The program with somebody in every seat and a dossier in every state, all come about over the
//! site itself.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use lienthong::demo::client::Client;
use lienthong::demo::errands::{self, RESULT};
use serde_json::json;

use super::past;
use super::program::Program;

pub const MOTHER: &str = "046190000012";
/// A citizen who never came for anything.
pub const NEWCOMER: &str = "001201000035";
pub const OFFICERS: [&str; 8] = [
    "motcua.mau",
    "chuyenvien.mau",
    "truongphong.mau",
    "lanhdao.mau",
    "traketqua.mau",
    "quantri.mau",
    "hethong.mau",
    "vanthu.mau",
];
pub const LEADER: &str = "lanhdao.mau";
const TRIES_MAX: usize = 12;
const A_MOMENT: Duration = Duration::from_secs(5);

pub struct Stage {
    pub program: Program,
    pub mother: Client,
    pub newcomer: Client,
    pub officers: BTreeMap<&'static str, Client>,
    /// Ids of dossiers by the state they are in.
    pub dossiers: BTreeMap<&'static str, String>,
}

impl Stage {
    pub async fn set() -> Stage {
        let folder = tempfile::tempdir().unwrap();
        let dossiers = past::lived_in(folder.path()).await;
        let program = Program::start_after(folder, a_letter_nobody_can_read).await;
        let address = program.address.clone();
        let mut stage = Stage {
            mother: signed_in(&address, MOTHER).await,
            newcomer: signed_in(&address, NEWCOMER).await,
            officers: officers(&address, OFFICERS).await,
            dossiers,
            program,
        };
        stage.mother.get("/ho-so").await.unwrap();
        let done = stage.mother.link("/ho-so/").unwrap();
        stage.dossiers.insert("done", id(&done));
        stage.drafts().await;
        stage.sent().await;
        stage.at_the_office().await;
        stage.at_the_leaders_desk().await;
        stage
    }

    /// `/ho-so/{sent}` with the id of the dossier in that state.
    pub fn path(&self, path: &str) -> String {
        self.dossiers
            .iter()
            .fold(path.to_owned(), |path, (state, id)| path.replace(&format!("{{{state}}}"), id))
    }

    pub fn officer(&mut self, login: &str) -> &mut Client {
        self.officers.get_mut(login).unwrap()
    }

    async fn drafts(&mut self) {
        let draft = errands::begin(&mut self.mother).await.unwrap();
        self.dossiers.insert("draft", id(&draft));
        let ready = errands::begin(&mut self.mother).await.unwrap();
        errands::answer_all(&mut self.mother, &ready).await.unwrap();
        self.dossiers.insert("ready", id(&ready));
    }

    async fn sent(&mut self) {
        for state in ["sent", "asked", "refused", "handled", "decided", "awaited"] {
            let draft = errands::begin(&mut self.mother).await.unwrap();
            errands::answer_all(&mut self.mother, &draft).await.unwrap();
            errands::send(&mut self.mother).await.unwrap();
            self.dossiers.insert(state, id(&draft));
            // One person sends only so much a minute.
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    async fn at_the_office(&mut self) {
        let wanted =
            [("giay-to", "0"), ("giay-to-0", "Thiếu trang 2"), ("ly-do", "Chưa đủ trang.")];
        let why = [("ly-do", "Không thuộc thẩm quyền của phường.")];
        self.act("motcua.mau", "asked", ("bo-sung", &wanted)).await;
        self.act("motcua.mau", "refused", ("tu-choi", &why)).await;
        for state in ["handled", "decided", "awaited"] {
            self.act("motcua.mau", state, ("tiep-nhan", &[])).await;
        }
        for state in ["handled", "decided", "awaited", "long-awaited"] {
            self.act("motcua.mau", state, ("chuyen", &[])).await;
        }
        for state in ["decided", "awaited", "long-awaited"] {
            self.act("chuyenvien.mau", state, ("du-thao", &RESULT)).await;
            self.act("chuyenvien.mau", state, ("chuyen", &[])).await;
        }
    }

    /// One result signed, two that wait for it, and somebody who may sign in the leader's place.
    async fn at_the_leaders_desk(&mut self) {
        let dossier = format!("/can-bo/ho-so/{}", self.dossiers["decided"]);
        let leader = self.officer(LEADER);
        errands::decide(leader, &dossier, (LEADER, Timestamp::now())).await.unwrap();
        self.act(LEADER, "long-awaited", ("quyet-dinh", &RESULT)).await;
        self.act(LEADER, "awaited", ("quyet-dinh", &RESULT)).await;
        let paper = id(&self.officer(LEADER).path);
        self.dossiers.insert("paper", paper);
        self.delegation().await;
    }

    async fn delegation(&mut self) {
        let (form, leader) = ("/can-bo/ky-so/uy-quyen/tao", self.officer(LEADER));
        let today = platform::clock::local(Timestamp::now()).date();
        let [day, month, year] =
            [today.day().to_string(), today.month().to_string(), today.year().to_string()];
        let given = [
            ("unit", "H57.104"),
            ("kind", "deputy"),
            ("giver_title", "Chủ tịch"),
            ("login", "truongphong.mau"),
            ("taker_title", "Phó Chủ tịch"),
            ("scopes", "document"),
            ("ground", "Quy chế làm việc của Ủy ban nhân dân phường"),
            ("from-day", &day),
            ("from-month", &month),
            ("from-year", &year),
        ];
        leader.get(form).await.unwrap();
        leader.send(form, &given).await.unwrap();
        errands::confirm(leader, LEADER, (form, Timestamp::now())).await.unwrap();
        let delegation = id(&leader.path);
        self.dossiers.insert("delegation", delegation);
    }

    async fn act(&mut self, login: &str, state: &str, (act, answers): (&str, &[(&str, &str)])) {
        let dossier = format!("/can-bo/ho-so/{}", self.dossiers[state]);
        errands::act(self.officer(login), &dossier, act, answers).await.unwrap();
    }
}

/// All at once: whoever used the present code in the journey waits for the next, and one wait is
/// enough.
pub async fn officers<const COUNT: usize>(
    address: &str,
    logins: [&'static str; COUNT],
) -> BTreeMap<&'static str, Client> {
    let at_the_door = logins.map(|login| {
        let address = address.to_owned();
        tokio::spawn(async move { let_in(&address, login).await })
    });
    let mut officers = BTreeMap::new();
    for (login, officer) in logins.into_iter().zip(at_the_door) {
        officers.insert(login, officer.await.unwrap());
    }
    officers
}

/// So many come from one address at once that the door may ask some to come back in a moment.
async fn let_in(address: &str, login: &str) -> Client {
    for _ in 0..TRIES_MAX {
        match errands::officer(address, login, Timestamp::now()).await {
            Ok(officer) => return officer,
            Err(told) if told.to_string().contains("429") => tokio::time::sleep(A_MOMENT).await,
            Err(error) => panic!("{login} is not let in: {error:#}"),
        }
    }
    panic!("{login} is told to come back for ever");
}

pub async fn signed_in(address: &str, login: &str) -> Client {
    let mut client = Client::new(address).unwrap();
    errands::sign_in(&mut client, login, "/tai-khoan").await.unwrap();
    client
}

pub fn id(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

/// Work that fails for good, for the pages where it is put aside.
async fn a_letter_nobody_can_read(ctx: platform::Ctx) {
    let job = platform::jobs::NewJob {
        id: ctx.ids.next(),
        kind: "dossiers.notice",
        payload: json!({}),
        run_at: ctx.clock.now(),
        key: None,
    };
    ctx.store.write(move |tx| platform::jobs::enqueue(tx, &job)).await.unwrap();
}
