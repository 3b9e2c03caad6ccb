//! The house of these tests: the capability with a small catalogue, and officers with mandates.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, Request, State};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use jiff::civil::date;
use platform::testing::{Answer, Beginning, House, Visitor};
use platform::web::session::{self, Fresh, Holder, SessionKind};
use platform::web::{MenuEntry, Problem, Reply, Routes, View, Who};
use platform::{Ctx, Part};
use uuid::Uuid;

use crate::commands::{self, Closing, Draft, Report, Successor, Target};
use crate::queries;
use crate::{Code, Frame, Kind, Mandate, Name, Refusal, Scope, Unit};

pub const OPERATOR: &str = "Nguyễn Thị Vận Hành";

/// A house with the capability, whose officers' mandates are known to the layer over its routes,
/// as `identity` would know them.
pub struct Town {
    pub house: House,
    mandates: Arc<Mutex<HashMap<Uuid, Mandate>>>,
}

impl Town {
    /// Nothing is in the catalogue yet.
    pub async fn empty() -> Town {
        Town::begun(Beginning::none()).await
    }

    /// The catalogue that the program carries.
    pub async fn country() -> Town {
        Town::begun(Beginning::of("country", async |ctx: Ctx| commands::seed(&ctx).await)).await
    }

    async fn begun(beginning: Beginning) -> Town {
        let mandates: Arc<Mutex<HashMap<Uuid, Mandate>>> = Arc::default();
        let known = Arc::clone(&mandates);
        let layer = from_fn(move |request: Request, next: Next| {
            let known = Arc::clone(&known);
            async move { with_mandate(&known, request, next).await }
        });
        let mut part = crate::part();
        part.routes = part.routes.layer(layer);
        let house = House::build_begun(vec![part, door()], beginning).await;
        Town { house, mandates }
    }

    /// Two provinces, a department, two communes, a ministry; one province that ended.
    pub async fn small() -> Town {
        let town = Town::empty().await;
        let rows = [
            ("G15", "Bộ Tư pháp", Kind::Ministry),
            ("H17", "Ủy ban nhân dân thành phố Đà Nẵng", Kind::ProvinceCommittee),
            ("H47", "Ủy ban nhân dân tỉnh Quảng Nam", Kind::ProvinceCommittee),
            ("H57", "Ủy ban nhân dân thành phố Huế", Kind::ProvinceCommittee),
            ("H57.02", "Sở Tư pháp thành phố Huế", Kind::Department),
            ("H57.20", "Trung tâm Phục vụ hành chính công thành phố Huế", Kind::OneStopCentre),
            ("H57.101", "Ủy ban nhân dân phường Thuận Hóa", Kind::CommuneCommittee),
            ("H57.102", "Ủy ban nhân dân xã A Lưới 1", Kind::CommuneCommittee),
        ];
        for (code, name, kind) in rows {
            town.create(code, name, kind).await;
        }
        town.close("H47", date(2025, 6, 30), &["H17"]).await.unwrap();
        town
    }

    pub fn ctx(&self) -> &Ctx {
        &self.house.ctx
    }

    pub fn everything(&self) -> Mandate {
        self.mandate(Scope::Everything)
    }

    pub fn mandate(&self, over: Scope) -> Mandate {
        Mandate { actor: Some(Uuid::from_u128(7)), actor_name: OPERATOR.to_owned(), over }
    }

    pub async fn mandate_over(&self, code: &str) -> Mandate {
        self.mandate(Scope::Subtree(self.unit(code).await.id))
    }

    pub async fn create(&self, code: &str, name: &str, kind: Kind) -> Unit {
        commands::create(self.ctx(), &self.everything(), draft(code, name, kind)).await.unwrap()
    }

    pub async fn close(
        &self,
        code: &str,
        last_day: jiff::civil::Date,
        successors: &[&str],
    ) -> Result<Unit, Refusal> {
        let at = self.target(code).await;
        let closing = closing(last_day, successors);
        commands::close(self.ctx(), &self.everything(), at, closing).await
    }

    pub async fn unit(&self, code: &str) -> Unit {
        self.by_code(code).await.unwrap_or_else(|| panic!("no unit {code}"))
    }

    pub async fn by_code(&self, code: &str) -> Option<Unit> {
        let code = code.to_owned();
        let found = self.ctx().store.read(move |tx| queries::by_code(tx, &code)).await;
        found.unwrap()
    }

    pub async fn target(&self, code: &str) -> Target {
        let unit = self.unit(code).await;
        Target { unit: unit.id, version: unit.version }
    }

    /// The verbs of a unit's history, the latest first.
    pub async fn history(&self, code: &str) -> Vec<String> {
        let id = self.unit(code).await.id;
        let rows = self.ctx().store.read(move |tx| queries::history(tx, id, None, 100)).await;
        rows.unwrap().into_iter().map(|row| row.verb).collect()
    }

    /// Found by these words, as codes, in order.
    pub async fn found(&self, text: &str) -> Vec<String> {
        let text = text.to_owned();
        let today = date(2026, 11, 23);
        let slice = self.ctx().store.read(move |tx| {
            queries::search(tx, &text, &queries::Filter::default(), None, (today, 200))
        });
        slice.await.unwrap().units.iter().map(|unit| unit.code.to_string()).collect()
    }

    pub async fn import(&self, over: &Mandate, sheet: &str) -> Result<Report, Refusal> {
        let mode = commands::ImportMode::Apply;
        commands::import(self.ctx(), over, sheet.as_bytes(), mode).await
    }

    /// An officer at work, signed in; without a mandate, one who may not manage the catalogue.
    pub async fn officer(&self, over: Option<Scope>) -> Visitor {
        let subject = self.ctx().ids.next();
        if let Some(over) = over {
            let mandate = Mandate { actor: Some(subject), ..self.mandate(over) };
            self.mandates.lock().unwrap().insert(subject, mandate);
        }
        let mut visitor = self.house.visitor();
        let answer = visitor.get(&format!("/vao/{subject}")).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        visitor
    }

    pub async fn officer_of(&self, code: &str) -> Visitor {
        let over = Scope::Subtree(self.unit(code).await.id);
        self.officer(Some(over)).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.house.get(path).await
    }
}

pub fn draft(code: &str, name: &str, kind: Kind) -> Draft {
    Draft::new(Code::issue(code).unwrap(), Name::parse(name).unwrap(), kind)
}

pub fn closing(last_day: jiff::civil::Date, successors: &[&str]) -> Closing {
    Closing {
        last_day,
        successors: successors
            .iter()
            .map(|code| Successor { code: (*code).to_owned(), matter: None })
            .collect(),
        with_children: false,
        reason: "NQ 202/2025/QH15".to_owned(),
    }
}

async fn with_mandate(
    known: &Mutex<HashMap<Uuid, Mandate>>,
    mut request: Request,
    next: Next,
) -> Response {
    let subject = request.extensions().get::<View>().and_then(|view| view.session.subject());
    let mandate = subject.and_then(|subject| known.lock().unwrap().get(&subject).cloned());
    if let Some(mandate) = mandate {
        let entry = MenuEntry {
            path: "/quan-tri/don-vi".to_owned(),
            label: "Danh mục cơ quan".to_owned(),
            count: None,
        };
        request.extensions_mut().insert(mandate);
        request.extensions_mut().insert(Frame(vec![entry]));
    }
    next.run(request).await
}

/// A door that signs in whoever is named: what `identity` does after checking.
fn door() -> Part {
    Part {
        name: "door",
        tables: platform::store::Tables { namespace: "door", steps: &[] },
        words: platform::words::WordFile { name: "door", vi: "", en: "" },
        routes: Routes::new().get("/vao/{subject}", Who::Anyone, enter),
        jobs: Vec::new(),
        schedules: Vec::new(),
        menu: &[],
    }
}

async fn enter(
    view: View,
    State(ctx): State<Ctx>,
    Path(subject): Path<Uuid>,
) -> Result<Reply, Problem> {
    let (kind, label) = (SessionKind::Officer, OPERATOR.to_owned());
    let fresh = Fresh::new(&ctx, &view, Holder { subject, kind, label });
    let begun = fresh.clone();
    ctx.store.write(move |tx| session::begin(tx, &begun)).await?;
    view.keep_session(&fresh);
    Ok(Reply::see("/"))
}
