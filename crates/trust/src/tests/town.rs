//! The town of these tests: a few units, the administrator of a province, two people who decide for
//! the whole installation, a sandbox authority.

use identity::commands::seeds::{self, SeedOfficer};
use identity::totp::TotpSecret;
use identity::{Hashing, Password, PersonName, Role, Username};
use jiff::{SignedDuration, Timestamp};
use organisations::{Code, Kind as UnitKind, Mandate, Name, Scope, UnitId};
use platform::Ctx;
use platform::audit::{self, Entry, Filter};
use platform::clock::Clock;
use platform::store::StoreError;
use platform::testing::{Answer, House, Visitor};
use uuid::Uuid;

use crate::authority::Authority;
use crate::certificate::Certificate;
use crate::commands::Scribe;
use crate::commands::authority::{NewAuthority, create};
use crate::key::{Keeper, KeyKind};
use crate::store::{authorities, certificates};

/// As the house of any test: 23 November 2026, 09:00 in Vietnam.
const MONDAY_MORNING: Timestamp = Timestamp::constant(1_795_399_200, 0);
const PASSWORD: &str = "con trâu ăn lúa ven sông";
const SECRET: [u8; 20] = [7; 20];

pub struct Town {
    pub house: House,
}

impl Town {
    /// An hour ago, so that OpenSSL, which has no other clock, agrees about dates also when half
    /// minutes pass at each sign-in.
    pub async fn today() -> Town {
        Town::at(Clock::System.now() - SignedDuration::from_hours(1)).await
    }

    pub async fn new() -> Town {
        Town::at(MONDAY_MORNING).await
    }

    async fn at(now: Timestamp) -> Town {
        let organisations = identity::with_mandates(organisations::part());
        let parts = vec![organisations, identity::part_with(Hashing::least()), crate::part()];
        let town = Town { house: House::build(parts).await };
        town.ctx().clock.set(now);
        for (code, name, kind) in [
            ("H57", "Ủy ban nhân dân thành phố Huế", UnitKind::ProvinceCommittee),
            ("H57.101", "Ủy ban nhân dân phường Thuận Hóa", UnitKind::CommuneCommittee),
            ("H17", "Ủy ban nhân dân thành phố Đà Nẵng", UnitKind::ProvinceCommittee),
        ] {
            let over = Scope::Everything;
            let mandate = Mandate { actor: None, actor_name: "Bản thử".to_owned(), over };
            let (code, name) = (Code::issue(code).unwrap(), Name::parse(name).unwrap());
            let draft = organisations::commands::Draft::new(code, name, kind);
            organisations::commands::create(&town.house.ctx, &mandate, draft).await.unwrap();
        }
        town.officer("quantri.hue", Role::UnitAdministrator, "H57").await;
        town.officer("quantri.danang", Role::UnitAdministrator, "H17").await;
        town.officer("hethong.mot", Role::SystemAdministrator, "").await;
        town.officer("hethong.hai", Role::SystemAdministrator, "").await;
        town.officer("lanhdao.thuanhoa", Role::Leader, "H57.101").await;
        town
    }

    pub fn ctx(&self) -> &Ctx {
        &self.house.ctx
    }

    pub async fn unit(&self, code: &str) -> UnitId {
        let code = code.to_owned();
        let found = self.ctx().store.read(move |tx| organisations::queries::by_code(tx, &code));
        found.await.unwrap().unwrap().id
    }

    async fn officer(&self, username: &str, role: Role, at: &str) {
        let unit = if at.is_empty() { None } else { Some(self.unit(at).await) };
        let seed = SeedOfficer {
            username: Username::parse(username).unwrap(),
            name: PersonName::parse(&format!("Cán bộ {username}")).unwrap(),
            home: self.unit(if at.is_empty() { "H57" } else { at }).await,
            roles: vec![(role, unit)],
            password: Password::typed(PASSWORD),
            totp: Some(TotpSecret::new(SECRET)),
        };
        seeds::create_officer(self.ctx(), &Hashing::least(), seed).await.unwrap();
    }

    /// An officer's browser, signed in. Half a minute passes: codes open once.
    pub async fn at_work(&self, username: &str) -> Visitor {
        self.pass_seconds(30);
        let mut visitor = self.house.visitor();
        visitor.get("/dang-nhap").await;
        let fields = [("login", username), ("password", PASSWORD)];
        visitor.post("/dang-nhap", &fields).await;
        let code = TotpSecret::new(SECRET).code(self.ctx().clock.now());
        let answer = visitor.post("/dang-nhap/ma", &[("code", &code)]).await;
        assert_eq!(answer.status.as_u16(), 303, "{username}: {}", answer.text);
        visitor
    }

    pub fn pass_seconds(&self, seconds: i64) {
        self.ctx().clock.advance(SignedDuration::from_secs(seconds));
    }

    pub fn pass_days(&self, days: i64) {
        self.pass_seconds(days * 24 * 60 * 60);
    }

    pub async fn authority(&self) -> Authority {
        let new = NewAuthority {
            name: "Liên Thông thử nghiệm".to_owned(),
            slug: None,
            kind: KeyKind::P256,
            keeper: Keeper::Software,
            sandbox: true,
        };
        let scribe = Scribe::named(self.ctx(), None, "operator");
        create(self.ctx(), &scribe, new).await.unwrap()
    }

    pub async fn root_of(&self, issuing: &Authority) -> Authority {
        let id = issuing.parent.unwrap();
        let found = self.ctx().store.read(move |tx| authorities::by_id(tx, id)).await;
        found.unwrap().unwrap()
    }

    /// Asked for by the province's administrator, approved by somebody else.
    pub async fn issued(&self, fields: &[(&str, &str)]) -> Certificate {
        let mut asker = self.at_work("quantri.hue").await;
        let request = asked(&mut asker, fields).await;
        let mut decider = self.at_work("hethong.mot").await;
        decider.get(&request).await;
        let answer = decider.post(&format!("{request}/duyet"), &[]).await;
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
        self.certificate(id_of(&answer)).await
    }

    /// The seal of the commune, its key made here.
    pub async fn seal(&self) -> Certificate {
        self.issued(&[("profile", "seal"), ("unit", "H57.101"), ("carrier", "software")]).await
    }

    pub async fn certificate(&self, id: Uuid) -> Certificate {
        let found = self.ctx().store.read(move |tx| certificates::by_id(tx, id)).await;
        found.unwrap().unwrap()
    }

    /// What was done about certificates, the newest first.
    pub async fn verbs(&self) -> Vec<String> {
        let filter = Filter { limit: 500, ..Filter::default() };
        let found: Result<Vec<Entry>, StoreError> =
            self.ctx().store.read(move |tx| audit::search(tx, &filter)).await;
        let verbs = found.unwrap().into_iter().map(|act| act.verb);
        verbs.filter(|verb| verb.starts_with("trust.")).collect()
    }
}

/// Sends a request and answers with the path of its page.
pub async fn asked(asker: &mut Visitor, fields: &[(&str, &str)]) -> String {
    asker.get("/quan-tri/chung-thu/yeu-cau/tao").await;
    let answer = asker.post("/quan-tri/chung-thu/yeu-cau/tao", fields).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    answer.location().to_owned()
}

/// The last piece of where a redirect leads.
pub fn id_of(answer: &Answer) -> Uuid {
    let last = answer.location().rsplit('/').next().unwrap();
    Uuid::try_parse(last).unwrap_or_else(|_| panic!("{}: {}", answer.status, answer.text))
}
