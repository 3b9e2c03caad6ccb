//! The pages, through the front door, by officers whom a doorkeeper of the test lets in.

mod audit;
mod dead;
mod outbox;

use axum::extract::{Path, State};
use uuid::Uuid;

use super::{Keeper, Keeping, routes};
use crate::audit::Scope;
use crate::store::{StoreError, Tables};
use crate::testing::{House, Visitor};
use crate::web::session::{self, Fresh, Holder};
use crate::web::{MenuEntry, Problem, Reply, Routes, SessionKind, View, Who};
use crate::words::WordFile;
use crate::{Ctx, Part};

const OFFICER: Uuid = Uuid::from_u128(5);
const PROVINCE: Uuid = Uuid::from_u128(0xb);

async fn house() -> House {
    House::build(vec![part()]).await
}

/// A capability that knows four officers: `auditor`, the auditor `local` of a province, `keeper`,
/// and anyone else.
fn part() -> Part {
    Part {
        name: "sample",
        tables: Tables { namespace: "sample", steps: &[] },
        words: WordFile {
            name: "sample",
            vi: "sample-did-accept = Tiếp nhận thư",
            en: "sample-did-accept = Accepted a letter",
        },
        routes: Routes::new()
            .get("/vao/{name}", Who::Anyone, come_in)
            .merge(routes(|_, view, keeping| Box::pin(async move { let_in(&view, keeping) }))),
        jobs: Vec::new(),
        schedules: Vec::new(),
        menu: &[],
    }
}

fn let_in(view: &View, keeping: Keeping) -> Result<Keeper, Problem> {
    let scope = match (keeping, view.session.label()) {
        (Keeping::SeeAudit, "local") => Scope::Offices(vec![PROVINCE]),
        (Keeping::SeeAudit, "auditor") | (Keeping::KeepJobs, "keeper") => Scope::Everything,
        _ => return Err(Problem::not_found()),
    };
    let offices = vec!["Tỉnh Thử".to_owned()];
    let here = MenuEntry { path: view.path.clone(), label: "Bàn làm việc".into(), count: None };
    let actor_name = "Lê Thị Quản trị".to_owned();
    Ok(Keeper { actor: OFFICER, actor_name, scope, offices, menu: vec![here] })
}

async fn come_in(
    view: View,
    State(ctx): State<Ctx>,
    Path(name): Path<String>,
) -> Result<Reply, Problem> {
    let kind = SessionKind::Officer;
    let fresh = Fresh::new(&ctx, &view, Holder { subject: OFFICER, kind, label: name });
    let begun = fresh.clone();
    let unit = move |tx: &mut crate::store::Tx| session::begin(tx, &begun);
    ctx.store.write::<_, StoreError, _>(unit).await?;
    view.keep_session(&fresh);
    Ok(Reply::nothing())
}

async fn officer(house: &House, name: &str) -> Visitor {
    let mut visitor = house.visitor();
    visitor.get(&format!("/vao/{name}")).await;
    visitor
}

/// No word of any page may be missing.
fn words_are_complete(house: &House) {
    let missing: Vec<String> = house.ctx.words.missing().into_iter().collect();
    assert_eq!(missing, [] as [String; 0]);
}
