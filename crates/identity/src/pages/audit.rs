//! /quan-tri/nhat-ky: who did what, when, to what. Whoever audits one part of the tree sees the
//! acts of the officers of that part.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use jiff::Timestamp;
use organisations::UnitId;
use platform::Ctx;
use platform::audit::{self, Entry, Filter};
use platform::store::Tx;
use platform::web::form::{Field, Kind};
use platform::web::{Page, Problem, View};
use uuid::Uuid;

use super::at_desk;
use crate::account::AccountId;
use crate::actor::Actor;
use crate::refusal::Refusal;
use crate::role::Right;
use crate::store::accounts;

const ROWS: usize = 20;
/// How many rows are looked at for one page of an auditor who may see only some of them.
const LOOKED_AT: usize = 4_000;

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditTemplate<'a> {
    view: &'a View,
    verb: Field,
    object: Field,
    rows: Vec<Row>,
    next: Option<String>,
    first: Option<String>,
}

struct Row {
    at: String,
    who: String,
    verb: String,
    object: String,
    detail: String,
    /// Sealed into the tree of proofs, and as which row.
    place: Option<String>,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    actor.require_anywhere(Right::SeeAudit)?;
    let filter = filter(&view);
    let (found, next) = read(&ctx, &actor, filter).await?;
    let field = |name: &str, word: &str| {
        let asked = view.query(name).unwrap_or_default();
        Field::new(&view.speech, Kind::Text, name, view.t(word)).autocomplete("off").value(asked)
    };
    let template = AuditTemplate {
        view: &view,
        verb: field("viec", "identity-audit-verb"),
        object: field("doi-tuong", "identity-audit-object"),
        rows: found.into_iter().map(|entry| row(&view, entry)).collect(),
        next: next.map(|(at, id)| {
            let key = format!("{}~{id}", at.as_microsecond());
            view.here_with(&[("sau", &key)])
        }),
        first: view.query("sau").map(|_| view.here_with(&[("sau", "")])),
    };
    let page = Page::new(&view, view.t("identity-audit"), &template)?.wide();
    Ok(at_desk(&view, &actor, page).await)
}

fn filter(view: &View) -> Filter {
    let asked = |name: &str| view.query(name).filter(|text| !text.is_empty());
    let before = view.query("sau").and_then(|key| {
        let (at, id) = key.split_once('~')?;
        let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
        Some((at, Uuid::try_parse(id).ok()?))
    });
    Filter { verb: asked("viec"), object: asked("doi-tuong"), before, ..Filter::default() }
}

type Place = (Timestamp, Uuid);

/// Rows this auditor may see, and behind which row the next page begins.
async fn read(
    ctx: &Ctx,
    actor: &Actor,
    filter: Filter,
) -> Result<(Vec<Entry>, Option<Place>), Refusal> {
    let actor = actor.clone();
    ctx.store
        .read(move |tx| {
            let mut known = HashMap::new();
            let (mut shown, mut looked, mut filter) = (Vec::new(), 0, filter.clone());
            filter.limit = 200;
            loop {
                let page = audit::search(tx, &filter)?;
                let is_last = page.len() < 200;
                for entry in page {
                    let place = (entry.at, entry.id);
                    if shown.len() == ROWS || looked == LOOKED_AT {
                        return Ok((shown, filter.before));
                    }
                    filter.before = Some(place);
                    looked += 1;
                    if may_see(tx, &actor, entry.actor, &mut known)? {
                        shown.push(entry);
                    }
                }
                if is_last {
                    return Ok((shown, None));
                }
            }
        })
        .await
}

fn may_see(
    tx: &mut Tx,
    auditor: &Actor,
    who: Option<Uuid>,
    known: &mut HashMap<Uuid, bool>,
) -> Result<bool, Refusal> {
    if auditor.has_everywhere(Right::SeeAudit) {
        return Ok(true);
    }
    let Some(who) = who else { return Ok(false) };
    if let Some(answer) = known.get(&who) {
        return Ok(*answer);
    }
    let home = accounts::by_id(tx, AccountId(who))?.and_then(|account| account.unit);
    let answer = match home {
        Some(unit) => auditor.authority(tx, Right::SeeAudit, UnitId(unit))?.is_some(),
        None => false,
    };
    known.insert(who, answer);
    Ok(answer)
}

fn row(view: &View, entry: Entry) -> Row {
    let who = if entry.actor_name.is_empty() {
        view.t("identity-audit-program")
    } else {
        entry.actor_name
    };
    Row {
        at: view.speech.date_time(entry.at),
        who,
        verb: entry.verb,
        object: entry.object,
        detail: if entry.detail == "{}" { String::new() } else { entry.detail },
        place: entry.seq.map(|seq| view.speech.number(seq)),
    }
}
