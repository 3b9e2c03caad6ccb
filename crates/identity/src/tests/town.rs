//! The town of these tests: a small catalogue of units, citizens and officers, and a few doors of
//! another capability that asks who may come in.

use axum::extract::{Path, State};
use jiff::SignedDuration;
use jiff::civil::date;
use organisations::{Code, Kind, Mandate, Name, Scope, UnitId};
use platform::audit::{self, Entry, Filter};
use platform::outside::{self, Sent};
use platform::store::{StoreError, Tables};
use platform::testing::{Answer, House, Visitor};
use platform::web::{Problem, Reply, Routes, Who};
use platform::words::WordFile;
use platform::{Ctx, Part};

use crate::commands::seeds::{self, SeedCitizen, SeedOfficer};
use crate::totp::TotpSecret;
use crate::{
    AccountId, Actor, Assurance, Contact, Hashing, Password, PersonName, PersonalNumber,
    PhoneNumber, Right, Role, Username,
};

pub const LAN: &str = "079188012341";
pub const LAN_PHONE: &str = "0912345678";
pub const PASSWORD: &str = "con trâu ăn lúa ven sông";

pub struct Town {
    pub house: House,
}

impl Town {
    pub async fn new() -> Town {
        let organisations = crate::with_mandates(organisations::part());
        let parts = vec![organisations, crate::part_with(Hashing::least()), other_capability()];
        let town = Town { house: House::build(parts).await };
        for (code, name, kind) in [
            ("H57", "Ủy ban nhân dân thành phố Huế", Kind::ProvinceCommittee),
            ("H57.02", "Sở Tư pháp thành phố Huế", Kind::Department),
            ("H57.101", "Ủy ban nhân dân phường Thuận Hóa", Kind::CommuneCommittee),
            ("H57.102", "Ủy ban nhân dân xã A Lưới 1", Kind::CommuneCommittee),
            ("H17", "Ủy ban nhân dân thành phố Đà Nẵng", Kind::ProvinceCommittee),
        ] {
            town.unit_made(code, name, kind).await;
        }
        town
    }

    async fn unit_made(&self, code: &str, name: &str, kind: Kind) {
        let mandate =
            Mandate { actor: None, actor_name: "Bản thử".to_owned(), over: Scope::Everything };
        let (code, name) = (Code::issue(code).unwrap(), Name::parse(name).unwrap());
        let draft = organisations::commands::Draft::new(code, name, kind);
        organisations::commands::create(&self.house.ctx, &mandate, draft).await.unwrap();
    }

    pub fn ctx(&self) -> &Ctx {
        &self.house.ctx
    }

    pub async fn unit(&self, code: &str) -> UnitId {
        let code = code.to_owned();
        let found = self.ctx().store.read(move |tx| organisations::queries::by_code(tx, &code));
        found.await.unwrap().unwrap().id
    }

    /// Nguyễn Thị Lan, who has a telephone and no authenticator app.
    pub async fn lan(&self) -> AccountId {
        self.citizen(LAN, "Nguyễn Thị Lan", LAN_PHONE).await
    }

    pub async fn citizen(&self, number: &str, name: &str, phone: &str) -> AccountId {
        let number = PersonalNumber::parse(number).unwrap();
        let seed = SeedCitizen {
            birth_date: date(number.birth_year(), 3, 31),
            number,
            name: PersonName::parse(name).unwrap(),
            contact: Contact::Phone(PhoneNumber::parse(phone).unwrap()),
            password: Password::typed(PASSWORD),
            assurance: Assurance::Declared,
        };
        seeds::register_citizen(self.ctx(), &Hashing::least(), seed).await.unwrap().0
    }

    /// An officer with an authenticator app, bound to units by their codes; `""` is everywhere.
    pub async fn officer(&self, username: &str, roles: &[(Role, &str)]) -> AccountId {
        self.officer_with(username, roles, Some(secret_of(username))).await
    }

    pub async fn officer_with(
        &self,
        username: &str,
        roles: &[(Role, &str)],
        totp: Option<TotpSecret>,
    ) -> AccountId {
        let mut bonds = Vec::new();
        for (role, code) in roles {
            let unit = if code.is_empty() { None } else { Some(self.unit(code).await) };
            bonds.push((*role, unit));
        }
        let first = roles.first().map_or("H57", |(_, code)| code);
        let home = self.unit(if first.is_empty() { "H57" } else { first }).await;
        let seed = SeedOfficer {
            username: Username::parse(username).unwrap(),
            name: PersonName::parse(&format!("Cán bộ {username}")).unwrap(),
            home,
            roles: bonds,
            password: Password::typed(PASSWORD),
            totp,
        };
        seeds::create_officer(self.ctx(), &Hashing::least(), seed).await.unwrap().0
    }

    /// A citizen's browser, signed in.
    pub async fn signed_in(&self, number: &str) -> Visitor {
        let mut visitor = self.house.visitor();
        let answer = sign_in(&mut visitor, number, PASSWORD).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        visitor
    }

    /// An officer's browser, signed in with both factors. Half a minute passes: codes open once.
    pub async fn at_work(&self, username: &str) -> Visitor {
        self.pass(30);
        let mut visitor = self.house.visitor();
        sign_in(&mut visitor, username, PASSWORD).await;
        let code = self.code(username);
        let answer = visitor.post("/dang-nhap/ma", &[("code", &code)]).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/vao"), "{}", answer.text);
        visitor
    }

    /// What the officer's authenticator app shows now.
    pub fn code(&self, username: &str) -> String {
        secret_of(username).code(self.ctx().clock.now())
    }

    pub fn pass(&self, seconds: i64) {
        self.ctx().clock.advance(SignedDuration::from_secs(seconds));
    }

    /// Messages to a contact, the newest first, after everything due has been sent.
    pub async fn messages(&self, to: &str) -> Vec<Sent> {
        self.house.run_jobs().await;
        let to = to.to_owned();
        let sent = self.ctx().store.read(move |tx| outside::sent(tx, Some(&to), None, 50)).await;
        let sent: Result<Vec<Sent>, StoreError> = sent;
        sent.unwrap()
    }

    /// The six digits in the newest message.
    pub async fn code_sent(&self, to: &str) -> String {
        let messages = self.messages(to).await;
        let digits = |text: &str| -> Option<String> {
            text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6).map(str::to_owned)
        };
        digits(&messages[0].text).unwrap()
    }

    /// Audit rows, the newest first.
    pub async fn acts(&self) -> Vec<Entry> {
        let filter = Filter { limit: 500, ..Filter::default() };
        let found: Result<Vec<Entry>, StoreError> =
            self.ctx().store.read(move |tx| audit::search(tx, &filter)).await;
        found.unwrap()
    }

    pub async fn verbs(&self) -> Vec<String> {
        self.acts().await.into_iter().map(|act| act.verb).collect()
    }
}

pub async fn sign_in(visitor: &mut Visitor, login: &str, password: &str) -> Answer {
    visitor.get("/dang-nhap").await;
    visitor.post("/dang-nhap", &[("login", login), ("password", password)]).await
}

/// A key of one's own for each user name.
pub fn secret_of(username: &str) -> TotpSecret {
    let mut bytes = [7u8; 20];
    for (byte, letter) in bytes.iter_mut().zip(username.bytes()) {
        *byte = letter;
    }
    TotpSecret::new(bytes)
}

/// What a page says, without what differs at every showing: tokens, keys, addresses of files.
pub fn said(answer: &Answer) -> String {
    let mut text = String::new();
    let mut rest = answer.text.as_str();
    while let Some(at) = rest.find("value=\"") {
        let (before, after) = rest.split_at(at + 7);
        text.push_str(before);
        rest = after.split_once('"').map_or("", |(_, rest)| rest);
    }
    text + rest
}

/// Another capability, whose doors ask for rights.
fn other_capability() -> Part {
    let routes = Routes::new()
        .get("/thu/nhan/{code}", Who::Officer, receive)
        .get("/thu/xem/{code}", Who::Officer, see)
        .get("/thu/ai", Who::SignedIn, who);
    Part {
        name: "other",
        tables: Tables { namespace: "other", steps: &[] },
        words: WordFile { name: "other", vi: "", en: "" },
        routes,
        jobs: Vec::new(),
        schedules: Vec::new(),
        menu: &[],
    }
}

async fn office(ctx: &Ctx, code: String) -> Result<UnitId, Problem> {
    let unit = ctx.store.read(move |tx| organisations::queries::by_code(tx, &code)).await?;
    unit.map(|unit| unit.id).ok_or_else(Problem::not_found)
}

async fn receive(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
) -> Result<Reply, Problem> {
    let unit = office(&ctx, code).await?;
    let authority = actor.require(Right::ReceiveDossiers, unit).await?;
    Ok(Reply::text("text/plain", format!("{} {:?}", authority.actor_name(), authority.role())))
}

async fn see(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
) -> Result<Reply, Problem> {
    let unit = office(&ctx, code).await?;
    let authority = actor.require(Right::SeeDossiers, unit).await?;
    Ok(Reply::text("text/plain", format!("{:?}", authority.through() == Some(unit))))
}

async fn who(actor: Actor) -> Result<Reply, Problem> {
    let person = actor.citizen()?;
    let told = format!(
        "{} for {}, acts {}, sees all {}",
        person.actor_name,
        person.subject.name,
        person.may_act(),
        person.may_see_all()
    );
    Ok(Reply::text("text/plain", told))
}
