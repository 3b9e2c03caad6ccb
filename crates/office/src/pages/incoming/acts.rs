//! /can-bo/van-ban-den/{id}/viec/{act}: into the book, back to the sender, before a leader, closed,
//! told again.

use axum::Extension;
use axum::extract::{Path, State as Given};
use identity::Actor;
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::{Form, Page, Problem, Reply, View};
use uuid::Uuid;
use wire::edxml::PacketDate;

use super::show::brief;
use super::{Sheet, account, assign, day, one_of, version};
use crate::INCOMING;
use crate::coded::coded;
use crate::commands::incoming::registering::{self, Entry};
use crate::commands::incoming::{handling, statuses};
use crate::document::IncomingId;
use crate::hand::Asker;
use crate::incoming::{Incoming, Source, State};
use crate::pages::{at_desk, at_field, from_day};
use crate::queries::received::{self, May, Staff, Whole};
use crate::refusal::Refusal;
use crate::workdays::Workdays;

coded! {
    /// What can be done with a document, the usual first.
    pub(crate) enum Act, "an act" {
        Accept = "tiep-nhan",
        Refuse = "tra-lai",
        Assign = "phan-cong",
        Submit = "trinh",
        Close = "ket-thuc",
        TellAgain = "bao-lai",
    }
}

impl Act {
    pub fn word(self) -> String {
        format!("office-act-{}", self.code())
    }

    /// Whether whoever may do this in the office can do it with the document now.
    pub fn is_open(self, one: &Incoming, may: May) -> bool {
        match self {
            Act::Accept | Act::Refuse => may.register && one.moves() && one.state == State::Arrived,
            Act::Submit => {
                let states = [State::Registered, State::Submitted];
                may.register && one.moves() && states.contains(&one.state)
            }
            Act::Assign => may.assign && one.moves() && one.state.is_open(),
            Act::Close => (may.assign || may.register) && one.moves() && one.state.is_open(),
            Act::TellAgain => may.register && one.source == Source::Axis && !one.owed.is_empty(),
        }
    }
}

pub(crate) async fn act(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
    Path((id, act)): Path<(Uuid, String)>,
) -> Result<Page, Problem> {
    let (whole, act) = open(&ctx, &actor, (id, &act)).await?;
    // What the sender asks for is a beginning.
    let asked = PacketDate::received(&whole.one.more.due_on).date();
    let asked = asked.filter(|day| *day >= local(view.now).date());
    let due = whole.one.due_on.or(asked).map(|due| from_day("due", due));
    let mut pairs = due.unwrap_or_default();
    pairs.push(("version".to_owned(), whole.one.version.to_string()));
    let typed = Answers::from_pairs(pairs);
    page(&view, (&ctx, &actor), (&whole, act), (&typed, &Errors::new())).await
}

async fn open(ctx: &Ctx, actor: &Actor, (id, act): (Uuid, &str)) -> Result<(Whole, Act), Problem> {
    let act = Act::parse(act).ok_or_else(Problem::not_found)?;
    let whole = received::whole(ctx, actor, IncomingId(id)).await?;
    match act.is_open(&whole.one, whole.may) {
        true => Ok((whole, act)),
        false => Err(Problem::not_found()),
    }
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (whole, act): (&Whole, Act),
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let staff = received::staff(ctx, actor, whole.one.unit).await?;
    let back = format!("{INCOMING}/{}", whole.one.id);
    let sheet = Sheet {
        view,
        errors: errors.summary(&view.speech),
        heading: view.t(&act.word()),
        lead: view.t(&format!("office-act-{}-lead", act.code())),
        about: Some(brief(view, &whole.one)),
        fields: fields(view, (act, &staff), (typed, errors)),
        hidden: vec![("version".to_owned(), typed.get("version").to_owned())],
        action: format!("{back}/viec/{}", act.code()),
        button: view.t(&format!("office-act-{}-button", act.code())),
    };
    Ok(at_desk(view, actor, sheet.page(&back, !errors.is_empty())?).await)
}

fn fields(
    view: &View,
    (act, staff): (Act, &Staff),
    (typed, errors): (&Answers, &Errors),
) -> Vec<Field> {
    let leaders = || staff.leaders.iter().map(|(id, name)| Choice::new(id.to_string(), name));
    let leader = || {
        let kind = one_of(view, leaders().collect());
        let field = Field::new(&view.speech, kind, "leader", view.t("office-field-leader"));
        field.value(typed.get("leader")).errors(errors)
    };
    let reason = || {
        Field::new(&view.speech, Kind::Lines(4), "reason", view.t("office-field-reason"))
            .max_letters(crate::incoming::REASON_LETTERS_MAX as u32)
            .value(typed.get("reason"))
            .errors(errors)
    };
    match act {
        Act::Accept => {
            let due = Field::new(&view.speech, Kind::Date, "due", view.t("office-field-due"));
            let due = due.hint(view.t("office-field-due-hint")).optional(&view.speech);
            vec![
                due.date(typed.date("due")).errors(errors),
                leader().optional(&view.speech).hint(view.t("office-field-leader-hint")),
            ]
        }
        Act::Refuse => vec![reason().hint(view.t("office-field-reason-hint"))],
        Act::Submit => vec![leader()],
        Act::Close => vec![reason().hint(view.t("office-field-close-hint"))],
        Act::Assign => assign::fields(view, staff, (typed, errors)),
        Act::TellAgain => Vec::new(),
    }
}

pub(crate) async fn post_act(
    view: View,
    Given(ctx): Given<Ctx>,
    (actor, Extension(workdays)): (Actor, Extension<Workdays>),
    Path((id, act)): Path<(Uuid, String)>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let (whole, act) = open(&ctx, &actor, (id, &act)).await?;
    match done(&ctx, (&actor, workdays), (&whole, act), &answers).await {
        Ok(notice) => {
            let back = format!("{INCOMING}/{}", whole.one.id);
            Ok(Reply::see(&back).notice(notice))
        }
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, (&ctx, &actor), (&whole, act), (&answers, &errors)).await?.into())
        }
    }
}

/// The notice that tells what was done.
async fn done(
    ctx: &Ctx,
    (actor, workdays): (&Actor, Workdays),
    (whole, act): (&Whole, Act),
    answers: &Answers,
) -> Result<&'static str, Refusal> {
    let asker = Asker::of(ctx, actor);
    let seen = (whole.one.id, version(answers));
    let reason = answers.get("reason").to_owned();
    match act {
        Act::Accept => {
            let due_on = day(answers, "due")?;
            let entry = Entry { version: seen.1, due_on, leader: account(answers, "leader") };
            registering::accept(ctx, asker, seen.0, entry).await?;
            Ok("office-notice-registered")
        }
        Act::Refuse => {
            registering::refuse(ctx, asker, seen, reason).await?;
            Ok("office-notice-refused")
        }
        Act::Submit => {
            let leader = account(answers, "leader").ok_or(Refusal::NotHere { field: "leader" })?;
            registering::submit(ctx, asker, seen, leader).await?;
            Ok("office-notice-submitted")
        }
        Act::Close => {
            handling::close_at_once(ctx, asker, seen, reason).await?;
            Ok("office-notice-closed")
        }
        Act::Assign => {
            assign::assigned(ctx, (asker, workdays), (vec![seen], answers)).await?;
            Ok("office-notice-assigned")
        }
        Act::TellAgain => {
            statuses::tell_again(ctx, asker, seen.0).await?;
            Ok("office-notice-told-again")
        }
    }
}
