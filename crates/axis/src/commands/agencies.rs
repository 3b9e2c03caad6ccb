//! What systems do to the catalogue of agencies: at once below a level-1 agency that they speak
//! for, elsewhere when an administrator agrees. Only systems that were given this power.
//!
//! Law: QĐ 20/2020/QĐ-TTg art. 4, art. 5

use identity::Scribe;
use jiff::civil::Date;
use organisations::commands::{Closing, Draft, Target, close, create};
use organisations::{
    Code, Contact, ContactLines, Kind, Mandate, Name, Scope, Unit, UnitId, queries,
};
use platform::store::Tx;
use platform::{Ctx, clock};
use serde_json::json;
use uuid::Uuid;

use crate::refusal::Refusal;
use crate::store::requests::{self, AgencyRequest};
use crate::store::systems;
use crate::system::SystemId;
use crate::system_fault::SystemRefusal;

/// A system that asks for more is at fault, or in the wrong hands.
const OPEN_MAX: i64 = 1_000;
const WITHDRAWN: &str = "withdrawn";

/// An agency as a system writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub code: String,
    /// The code above.
    pub above: String,
    pub name: String,
    pub mail: String,
    pub phone: String,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It is so in the catalogue.
    Done,
    /// An administrator decides.
    Waits,
}

/// Where a system may act by itself, and what is there already.
struct Ground {
    code: Code,
    known: Option<Unit>,
    own_root: Option<UnitId>,
}

/// Enters an agency in the catalogue.
pub(crate) async fn register(
    ctx: &Ctx,
    system: &SystemId,
    wanted: Wanted,
) -> Result<Became, Refusal> {
    let name =
        Name::parse(&wanted.name).map_err(|_| SystemRefusal::ParameterMissing { name: "name" })?;
    let ground = ground(ctx, system, &wanted).await?;
    match (&ground.known, ground.own_root) {
        // Asked again, it is as it was.
        (Some(unit), _) if unit.name == name => Ok(Became::Done),
        (None, Some(root)) => {
            enter(ctx, &mandate(system, root), &ground.code, &wanted).await?;
            Ok(Became::Done)
        }
        (Some(unit), _) => {
            let (code, holder) = (ground.code.clone(), unit.name.to_string());
            Err(organisations::Refusal::CodeTaken { code, holder }.into())
        }
        (None, None) => ask(ctx, system, (requests::REGISTER, ground.code), wanted).await,
    }
}

/// Ends an agency; nothing is ever deleted.
pub(crate) async fn delete(ctx: &Ctx, system: &SystemId, code: &str) -> Result<Became, Refusal> {
    let wanted = Wanted { code: code.to_owned(), ..Wanted::default() };
    let ground = ground(ctx, system, &wanted).await?;
    let today = clock::local(ctx.clock.now()).date();
    match (&ground.known, ground.own_root) {
        (Some(unit), _) if unit.valid_to.is_some() => Ok(Became::Done),
        (Some(unit), Some(root)) => {
            end(ctx, &mandate(system, root), unit, today).await?;
            Ok(Became::Done)
        }
        (Some(_), None) => ask(ctx, system, (requests::DELETE, ground.code), wanted).await,
        (None, _) => withdraw(ctx, system, ground.code).await,
    }
}

/// An administrator agrees to what a system asked, or does not.
pub async fn decide(
    ctx: &Ctx,
    scribe: &Scribe,
    id: Uuid,
    (confirms, note): (bool, String),
) -> Result<(), Refusal> {
    let asked = ctx.store.read::<_, Refusal, _>(move |tx| {
        requests::one_open(tx, id)?.ok_or(SystemRefusal::RequestDecided.into())
    });
    let asked = asked.await?;
    if confirms {
        carry_out(ctx, scribe, &asked).await?;
    }
    let scribe = scribe.clone();
    let decided = ctx.store.write::<_, Refusal, _>(move |tx| {
        let by = (scribe.now, scribe.name.as_str());
        if !requests::decide(tx, (id, confirms), by, &note)? {
            return Err(SystemRefusal::RequestDecided.into());
        }
        let verb = if confirms { "axis.agency-confirm" } else { "axis.agency-decline" };
        let detail =
            json!({ "act": asked.act, "code": asked.code, "system": asked.system.as_str() });
        Ok(scribe.note_over(tx, None, (verb, format!("axis-agency-request:{id}")), detail)?)
    });
    decided.await
}

async fn carry_out(ctx: &Ctx, scribe: &Scribe, asked: &AgencyRequest) -> Result<(), Refusal> {
    let mandate =
        Mandate { actor: scribe.actor, actor_name: scribe.name.clone(), over: Scope::Everything };
    let sought = asked.code.clone();
    let known = ctx.store.read::<_, Refusal, _>(move |tx| Ok(queries::by_code(tx, &sought)?));
    match (known.await?, asked.act.as_str()) {
        (None, requests::REGISTER) => {
            let code = issued(&asked.code)?;
            let wanted = Wanted {
                code: asked.code.clone(),
                above: String::new(),
                name: asked.name.clone(),
                mail: asked.mail.clone(),
                phone: asked.phone.clone(),
            };
            enter(ctx, &mandate, &code, &wanted).await
        }
        (Some(unit), requests::DELETE) if unit.valid_to.is_none() => {
            end(ctx, &mandate, &unit, clock::local(scribe.now).date()).await
        }
        // Somebody has done it meanwhile.
        _ => Ok(()),
    }
}

async fn ground(ctx: &Ctx, system: &SystemId, wanted: &Wanted) -> Result<Ground, Refusal> {
    let code = issued(&wanted.code)?;
    let (system, above) = (system.clone(), wanted.above.clone());
    let found = ctx.store.read::<_, Refusal, _>(move |tx| {
        let registers = systems::one(tx, &system)?.is_some_and(|system| system.registers);
        if !registers {
            return Err(SystemRefusal::NotRegistrar.into());
        }
        let known = queries::by_code(tx, code.as_str())?;
        let own_root = own_root(tx, &system, &code)?;
        let fits = is_above(tx, &code, &above)?;
        Ok(Ground { code: code.clone(), known, own_root: own_root.filter(|_| fits) })
    });
    found.await
}

/// The level-1 agency that the system speaks for and that this code lies below.
fn own_root(tx: &mut Tx, system: &SystemId, code: &Code) -> Result<Option<UnitId>, Refusal> {
    for agency in systems::agencies(tx, system)? {
        let Some(id) = agency.unit.map(UnitId) else { continue };
        let Some(unit) = queries::unit(tx, id)? else { continue };
        let is_root = unit.code.depth() == Some(1) && unit.code != *code;
        if is_root && code.is_within(&unit.code) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Whether what the system calls the code above is the code above; where it says nothing, it is.
fn is_above(tx: &mut Tx, code: &Code, said: &str) -> Result<bool, Refusal> {
    if said.trim().is_empty() {
        return Ok(true);
    }
    let said = queries::by_code(tx, said)?.map(|unit| unit.code);
    Ok(said.is_some() && said == code.parent())
}

fn issued(code: &str) -> Result<Code, Refusal> {
    Code::issue(code)
        .map_err(|_| SystemRefusal::AgencyUnfit { code: code.trim().to_owned() }.into())
}

/// What the power that an administrator gave to a system reaches.
fn mandate(system: &SystemId, root: UnitId) -> Mandate {
    Mandate {
        actor: None, actor_name: format!("hệ thống {system}"), over: Scope::Subtree(root)
    }
}

/// What stands directly below a ministry or a province is nearly always one of its offices; an
/// administrator of the catalogue says it more exactly.
async fn enter(ctx: &Ctx, mandate: &Mandate, code: &Code, wanted: &Wanted) -> Result<(), Refusal> {
    let name =
        Name::parse(&wanted.name).map_err(|_| SystemRefusal::ParameterMissing { name: "name" })?;
    let lines = |email: &str, phone: &str| ContactLines {
        email: email.to_owned(),
        phone: phone.to_owned(),
        ..ContactLines::default()
    };
    // A telephone number that nobody could dial is no reason to turn an agency away.
    let contact = [(wanted.mail.as_str(), wanted.phone.as_str()), (&wanted.mail, ""), ("", "")]
        .into_iter()
        .find_map(|(email, phone)| Contact::parse(&lines(email, phone)).ok());
    let today = clock::local(ctx.clock.now()).date();
    let draft = Draft {
        valid_from: Some(today),
        contact: contact.unwrap_or_default(),
        ..Draft::new(code.clone(), name, Kind::Department)
    };
    create(ctx, mandate, draft).await?;
    Ok(())
}

async fn end(ctx: &Ctx, mandate: &Mandate, unit: &Unit, today: Date) -> Result<(), Refusal> {
    let closing = Closing {
        last_day: today,
        successors: Vec::new(),
        with_children: false,
        reason: "deleteAgency".to_owned(),
    };
    let at = Target { unit: unit.id, version: unit.version };
    close(ctx, mandate, at, closing).await?;
    Ok(())
}

async fn ask(
    ctx: &Ctx,
    system: &SystemId,
    (act, code): (&'static str, Code),
    wanted: Wanted,
) -> Result<Became, Refusal> {
    let scribe = Scribe::named(ctx, None, system.as_str());
    let new = AgencyRequest {
        id: ctx.ids.next(),
        system: system.clone(),
        act: act.to_owned(),
        code: code.key(),
        above: wanted.above,
        name: wanted.name,
        mail: wanted.mail,
        phone: wanted.phone,
        asked_at: scribe.now,
    };
    let asked = ctx.store.write::<_, Refusal, _>(move |tx| {
        if requests::same_open(tx, &new.code, (&new.system, act))?.is_some() {
            return Ok(Became::Waits);
        }
        if requests::count_of(tx, &new.system)? >= OPEN_MAX {
            return Err(SystemRefusal::TooManyRequests { limit: OPEN_MAX }.into());
        }
        requests::insert(tx, &new)?;
        let object = format!("axis-agency-request:{}", new.id);
        let detail = json!({ "act": act, "code": new.code, "name": new.name });
        scribe.note_over(tx, None, ("axis.agency-ask", object), detail)?;
        Ok(Became::Waits)
    });
    asked.await
}

/// What was only asked for is asked for no more.
async fn withdraw(ctx: &Ctx, system: &SystemId, code: Code) -> Result<Became, Refusal> {
    let (scribe, system) = (Scribe::named(ctx, None, system.as_str()), system.clone());
    let withdrawn = ctx.store.write::<_, Refusal, _>(move |tx| {
        let of = (&system, requests::REGISTER);
        let Some(asked) = requests::same_open(tx, &code.key(), of)? else {
            return Err(Refusal::ReceiverUnknown { codes: code.to_string() });
        };
        requests::decide(tx, (asked.id, false), (scribe.now, system.as_str()), WITHDRAWN)?;
        let object = format!("axis-agency-request:{}", asked.id);
        scribe.note_over(
            tx,
            None,
            ("axis.agency-withdraw", object),
            json!({ "code": asked.code }),
        )?;
        Ok(Became::Done)
    });
    withdrawn.await
}
