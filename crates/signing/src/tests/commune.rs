//! The town of these tests: a commune with a leader, a clerk, a document clerk and an
//! administrator, an authority of its own, certificates, and a capability that submits files and is
//! told how they ended.

use bytes::Bytes;
use futures_util::future::BoxFuture;
use identity::commands::seeds::{self, SeedOfficer};
use identity::totp::TotpSecret;
use identity::{Hashing, Password, PersonName, Role, Username};
use jiff::{SignedDuration, Timestamp};
use organisations::{Code, Kind as UnitKind, Mandate, Name, Scope as MandateScope, UnitId};
use platform::audit::{self, Act, Entry, Filter};
use platform::clock::Clock;
use platform::files::{KeepRules, Media};
use platform::jobs::{Job, JobError, JobKind};
use platform::store::{StoreError, Tables};
use platform::testing::{Answer, House, MONDAY_MORNING, Visitor};
use platform::web::Routes;
use platform::words::WordFile;
use platform::{Ctx, Part};
use serde_json::Value;
use trust::commands::Scribe;
use trust::commands::authority::{NewAuthority, create};
use trust::verdict::Report;
use trust::{Authority, Certificate, Keeper, KeyKind};
use uuid::Uuid;

use crate::commands;
use crate::engine::judgement;
use crate::queries;
use crate::step::Step;
use crate::submission::{Ended, NewSubmission, Scope, Signatory, Submission, SubmissionId};

const PASSWORD: &str = "con trâu ăn lúa ven sông";
const SECRET: [u8; 20] = [7; 20];
/// What a paper shows.
pub const LINE: &str = "Quyet dinh so 12";
pub const TOLD: &str = "tester.told";
pub const COMMUNE: &str = "H57.101";
pub const COMMUNE_NAME: &str = "Ủy ban nhân dân phường Thuận Hóa";

pub struct Town {
    pub house: House,
    pub authority: Authority,
    asker: Visitor,
    decider: Visitor,
}

impl Town {
    /// With certificates for the leader and the clerk, and the seal of the commune.
    pub async fn new() -> Town {
        let mut town = Town::bare(MONDAY_MORNING).await;
        town.certify_all().await;
        town
    }

    /// An hour ago by the machine's clock, so that verifiers which have no other agree about dates.
    pub async fn today() -> Town {
        let mut town = Town::bare(Clock::System.now() - SignedDuration::from_hours(1)).await;
        town.certify_all().await;
        town
    }

    /// As [`Town::new`], with a press at hand.
    pub async fn printing(press: std::path::PathBuf) -> Town {
        let mut town = Town::with(MONDAY_MORNING, Some(press)).await;
        town.certify_all().await;
        town
    }

    /// Nobody has a certificate.
    pub async fn bare(now: Timestamp) -> Town {
        Town::with(now, None).await
    }

    async fn with(now: Timestamp, press: Option<std::path::PathBuf>) -> Town {
        let organisations = identity::with_mandates(organisations::part());
        let identity = identity::part_with(Hashing::least());
        let parts = vec![organisations, identity, trust::part(), crate::part(), tester()];
        let house = House::build_printing(parts, press).await;
        house.ctx.clock.set(now);
        for (code, name, kind) in [
            ("H57", "Ủy ban nhân dân thành phố Huế", UnitKind::ProvinceCommittee),
            (COMMUNE, COMMUNE_NAME, UnitKind::CommuneCommittee),
        ] {
            founded(&house, (code, name, kind)).await;
        }
        for (username, role, at) in [
            ("quantri.hue", Role::UnitAdministrator, "H57"),
            ("hethong", Role::SystemAdministrator, ""),
            ("lanhdao", Role::Leader, COMMUNE),
            ("motcua", Role::Clerk, COMMUNE),
            ("vanthu", Role::DocumentClerk, COMMUNE),
            ("quantri", Role::UnitAdministrator, COMMUNE),
            ("nguoila", Role::Leader, "H57"),
        ] {
            officer(&house, username, role, at).await;
        }
        let authority = authority(&house.ctx).await;
        let asker = at_work(&house, "quantri.hue").await;
        let decider = at_work(&house, "hethong").await;
        Town { house, authority, asker, decider }
    }

    async fn certify_all(&mut self) {
        self.certify_person("lanhdao", "Chủ tịch").await;
        self.certify_person("motcua", "Cán bộ tiếp nhận").await;
        self.certify_seal().await;
    }

    pub async fn certify_person(&mut self, login: &str, title: &str) -> Certificate {
        let fields = [
            ("profile", "officer"),
            ("unit", COMMUNE),
            ("login", login),
            ("title", title),
            ("carrier", "software"),
        ];
        self.certify(&fields).await
    }

    pub async fn certify_seal(&mut self) -> Certificate {
        self.certify(&[("profile", "seal"), ("unit", COMMUNE), ("carrier", "software")]).await
    }

    /// Asked for by the province's administrator, approved by somebody else.
    pub async fn certify(&mut self, fields: &[(&str, &str)]) -> Certificate {
        self.asker.get("/quan-tri/chung-thu/yeu-cau/tao").await;
        let asked = self.asker.post("/quan-tri/chung-thu/yeu-cau/tao", fields).await;
        assert_eq!(asked.status, 303, "{}", asked.text);
        let request = asked.location().to_owned();
        self.decider.get(&request).await;
        let issued = self.decider.post(&format!("{request}/duyet"), &[]).await;
        assert_eq!(issued.status, 303, "{}", issued.text);
        let page = self.decider.get(issued.location()).await;
        let codes = page.text.split("<code>").map(|rest| rest.split("</code>").next().unwrap());
        let fingerprint = codes.filter(|text| text.len() == 64).last().unwrap().to_owned();
        self.certificate(&fingerprint).await
    }

    pub async fn certificate(&self, fingerprint: &str) -> Certificate {
        let fingerprint = fingerprint.to_owned();
        let read = self
            .ctx()
            .store
            .read::<_, StoreError, _>(move |tx| trust::queries::by_fingerprint(tx, &fingerprint));
        read.await.unwrap().unwrap()
    }

    /// The certificate's key is lost since then.
    pub async fn revoke(&mut self, certificate: &Certificate, since: Option<Timestamp>) {
        let page = format!("/quan-tri/chung-thu/{}/thu-hoi", certificate.id);
        self.decider.get(&page).await;
        let mut fields = vec![("reason", "key".to_owned())];
        if let Some(since) = since {
            let day = platform::clock::local(since).date();
            fields.push(("since-day", day.day().to_string()));
            fields.push(("since-month", day.month().to_string()));
            fields.push(("since-year", day.year().to_string()));
        }
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = self.decider.post(&page, &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
    }

    pub fn ctx(&self) -> &Ctx {
        &self.house.ctx
    }

    pub async fn unit(&self, code: &str) -> UnitId {
        unit(&self.house, code).await
    }

    pub async fn account(&self, login: &str) -> Uuid {
        let login = login.to_owned();
        let read = self
            .ctx()
            .store
            .read::<_, StoreError, _>(move |tx| identity::queries::by_login(tx, &login));
        read.await.unwrap().unwrap().0
    }

    /// An officer's browser, signed in. Half a minute passes: codes open once.
    pub async fn at_work(&self, username: &str) -> Visitor {
        at_work(&self.house, username).await
    }

    pub fn pass_seconds(&self, seconds: i64) {
        self.ctx().clock.advance(SignedDuration::from_secs(seconds));
    }

    /// The next digits that the app shows: half a minute passes.
    pub fn code(&self) -> String {
        self.pass_seconds(30);
        self.code_now()
    }

    /// The digits that the app shows at this moment.
    pub fn code_now(&self) -> String {
        TotpSecret::new(SECRET).code(self.ctx().clock.now())
    }

    pub async fn person(&self, login: &str, capacity: &str) -> Signatory {
        let account = self.account(login).await;
        let (name, capacity) = (format!("Cán bộ {login}"), capacity.to_owned());
        Signatory::Person { account, name, capacity, delegation: None }
    }

    pub async fn agency(&self) -> Signatory {
        let (unit, name) = (self.unit(COMMUNE).await, COMMUNE_NAME.to_owned());
        Signatory::Agency { unit, name }
    }

    /// A new PDF for these signatories.
    pub async fn paper(&self, scope: Scope, signatories: Vec<Signatory>) -> NewSubmission {
        let unit = self.unit(COMMUNE).await;
        let rules = KeepRules {
            name: "quyet-dinh.pdf".to_owned(),
            owner: unit.0,
            media: &[Media::Pdf],
            max_bytes: 1 << 20,
            quota_bytes: 1 << 30,
        };
        let kept = self.ctx().files.keep_bytes(Bytes::from(pdf()), &rules).await.unwrap();
        NewSubmission {
            id: SubmissionId(self.ctx().ids.next()),
            told: TOLD,
            subject: self.ctx().ids.next(),
            scope,
            title: "Quyết định cấp giấy phép".to_owned(),
            number: "12/QĐ-UBND".to_owned(),
            unit,
            file: kept.id,
            sha256: kept.sha256,
            block: None,
            signatories,
            after: None,
            asked_by: Some(self.account("motcua").await),
            asked_name: "Cán bộ motcua".to_owned(),
        }
    }

    pub async fn submit(&self, new: NewSubmission) -> Result<SubmissionId, crate::Refusal> {
        let (id, ctx) = (new.id, self.ctx().clone());
        let done = self.ctx().store.write(move |tx| commands::submit(tx, &ctx, &new));
        done.await.map(|()| id)
    }

    /// Signed by the leader, then sealed by the commune.
    pub async fn result(&self) -> SubmissionId {
        let signatories = vec![self.person("lanhdao", "CHỦ TỊCH").await, self.agency().await];
        self.submit(self.paper(Scope::Result, signatories).await).await.unwrap()
    }

    /// Signed by the clerk alone.
    pub async fn slip(&self) -> SubmissionId {
        let signatories = vec![self.person("motcua", "CÁN BỘ TIẾP NHẬN").await];
        self.submit(self.paper(Scope::Slip, signatories).await).await.unwrap()
    }

    pub async fn submission(&self, id: SubmissionId) -> (Submission, Vec<Step>) {
        let read = self.ctx().store.read::<_, StoreError, _>(move |tx| {
            Ok((queries::submission(tx, id)?, queries::steps(tx, id)?))
        });
        let (submission, steps) = read.await.unwrap();
        (submission.unwrap(), steps)
    }

    pub async fn file(&self, id: SubmissionId) -> Bytes {
        let (submission, _) = self.submission(id).await;
        self.ctx().files.read(submission.file, 10 << 20).await.unwrap()
    }

    /// The verdict of this installation.
    pub async fn judged(&self, id: SubmissionId) -> Report {
        let file = self.file(id).await;
        judgement::report(self.ctx(), &file).await.unwrap()
    }

    /// What the submitting capability was told.
    pub async fn told(&self) -> Vec<Ended> {
        self.house.run_jobs().await;
        let acts = self.acts("tester.told").await;
        acts.iter().rev().map(|act| serde_json::from_str(&act.detail).unwrap()).collect()
    }

    /// The newest first.
    pub async fn acts(&self, verb: &str) -> Vec<Entry> {
        self.log().await.into_iter().filter(|act| act.verb == verb).collect()
    }

    /// All that was done, the newest first.
    pub async fn log(&self) -> Vec<Entry> {
        let filter = Filter { limit: 500, ..Filter::default() };
        let found: Result<Vec<Entry>, StoreError> =
            self.ctx().store.read(move |tx| audit::search(tx, &filter)).await;
        found.unwrap()
    }
}

/// Opens the page of a submission and signs what it shows.
pub async fn sign(visitor: &mut Visitor, id: SubmissionId, code: &str) -> Answer {
    let page = visitor.get(&format!("/can-bo/ky-so/{id}")).await;
    let shown = page.input("sha256").unwrap_or_default().to_owned();
    sign_shown(visitor, id, &shown, code).await
}

pub async fn sign_shown(
    visitor: &mut Visitor,
    id: SubmissionId,
    sha256: &str,
    code: &str,
) -> Answer {
    let fields = [("sha256", sha256), ("code", code)];
    let answer = visitor.post(&format!("/can-bo/ky-so/{id}/ky"), &fields).await;
    // A wrong code leads back to the page.
    let again = format!("/can-bo/ky-so/{id}?");
    let is_again = answer.status == 303 && answer.location().starts_with(&again);
    if is_again { visitor.get(answer.location()).await } else { answer }
}

async fn unit(house: &House, code: &str) -> UnitId {
    let code = code.to_owned();
    let found = house.ctx.store.read(move |tx| organisations::queries::by_code(tx, &code));
    let found: Result<_, StoreError> = found.await;
    found.unwrap().unwrap().id
}

/// A new unit of the register.
pub async fn founded(house: &House, (code, name, kind): (&str, &str, UnitKind)) {
    let over = MandateScope::Everything;
    let mandate = Mandate { actor: None, actor_name: "Bản thử".to_owned(), over };
    let (code, name) = (Code::issue(code).unwrap(), Name::parse(name).unwrap());
    let draft = organisations::commands::Draft::new(code, name, kind);
    organisations::commands::create(&house.ctx, &mandate, draft).await.unwrap();
}

pub async fn officer(house: &House, username: &str, role: Role, at: &str) {
    officer_with(house, username, (&[role], at)).await;
}

/// Somebody who is several things in one unit.
pub async fn officer_with(house: &House, username: &str, (roles, at): (&[Role], &str)) {
    let unit_id = if at.is_empty() { None } else { Some(unit(house, at).await) };
    let given = |role: &Role| (*role, unit_id.filter(|_| role.is_given_in_a_unit()));
    let seed = SeedOfficer {
        username: Username::parse(username).unwrap(),
        name: PersonName::parse(&format!("Cán bộ {username}")).unwrap(),
        home: unit(house, if at.is_empty() { "H57" } else { at }).await,
        roles: roles.iter().map(given).collect(),
        password: Password::typed(PASSWORD),
        totp: Some(TotpSecret::new(SECRET)),
    };
    seeds::create_officer(&house.ctx, &Hashing::least(), seed).await.unwrap();
}

async fn at_work(house: &House, username: &str) -> Visitor {
    house.ctx.clock.advance(SignedDuration::from_secs(30));
    let mut visitor = house.visitor();
    visitor.get("/dang-nhap").await;
    visitor.post("/dang-nhap", &[("login", username), ("password", PASSWORD)]).await;
    let code = TotpSecret::new(SECRET).code(house.ctx.clock.now());
    let answer = visitor.post("/dang-nhap/ma", &[("code", &code)]).await;
    assert_eq!(answer.status, 303, "{username}: {}", answer.text);
    visitor
}

async fn authority(ctx: &Ctx) -> Authority {
    let new = NewAuthority {
        name: "Liên Thông thử nghiệm".to_owned(),
        slug: None,
        kind: KeyKind::P256,
        keeper: Keeper::Software,
        sandbox: true,
    };
    create(ctx, &Scribe::named(ctx, None, "operator"), new).await.unwrap()
}

/// Whoever submits: what it is told goes into the log, where the tests read it.
fn tester() -> Part {
    Part {
        name: "tester",
        tables: Tables { namespace: "tester", steps: &[] },
        words: WordFile { name: "tester", vi: "", en: "" },
        routes: Routes::new(),
        jobs: vec![JobKind { kind: TOLD, run: hear }],
        schedules: Vec::new(),
        menu: &[],
    }
}

fn hear(ctx: Ctx, job: Job) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let payload: Value = job.payload.clone();
        let (id, at) = (ctx.ids.next(), ctx.clock.now());
        let act = Act {
            id,
            at,
            actor: None,
            actor_name: String::new(),
            unit: None,
            verb: "tester.told",
            object: "tester".to_owned(),
            detail: payload,
        };
        ctx.store.write(move |tx| audit::record(tx, &act)).await?;
        Ok(())
    })
}

pub fn pdf() -> Vec<u8> {
    platform::testing::pdf(LINE)
}
