//! The page on which one thing is done with a document, and its doing.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;

use super::deeds::Deed;
use super::sheets;
use crate::HERE;
use crate::commands::changing::{self, Manner, Recall};
use crate::commands::issuing::{self, Choice};
use crate::commands::reviewing::{self, Question};
use crate::commands::{drafting, submitting};
use crate::document::{Direction, OutgoingId};
use crate::hand::Asker;
use crate::pages::{at_desk, at_field, day};
use crate::queries::outgoing::seen_by;
use crate::queries::outgoing_whole::{Whole, whole};
use crate::queries::records::named;
use crate::refusal::Refusal;
use crate::review;

#[derive(Template)]
#[template(path = "outgoing_act.html")]
struct ActTemplate<'a> {
    view: &'a View,
    errors: Markup,
    heading: String,
    subject: String,
    lead: String,
    checks: Vec<String>,
    action: String,
    shown: String,
    fields: Vec<Field>,
    button: String,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((id, deed)): Path<(Uuid, String)>,
) -> Result<Page, Problem> {
    let deed = Deed::parse(&deed).ok_or_else(Problem::not_found)?;
    let whole = whole(&ctx, &actor, OutgoingId(id)).await?;
    let said = (Answers::default(), Errors::new());
    page(&view, (&ctx, &actor), (deed, &whole), (&said.0, &said.1)).await
}

pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((id, deed)): Path<(Uuid, String)>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let deed = Deed::parse(&deed).ok_or_else(Problem::not_found)?;
    let id = OutgoingId(id);
    let errors = match done(&view, (&ctx, &actor), (deed, id), &answers).await {
        Ok(()) => return Ok(Reply::see(&format!("{HERE}/{id}")).notice(deed.notice())),
        Err(Told::Fields(errors)) => errors,
        Err(Told::Refused(refusal)) => at_field(&view, refusal)?,
    };
    let whole = whole(&ctx, &actor, id).await?;
    Ok(page(&view, (&ctx, &actor), (deed, &whole), (&answers, &errors)).await?.into())
}

/// Why a deed was not done.
enum Told {
    Fields(Errors),
    Refused(Refusal),
}

impl From<Refusal> for Told {
    fn from(refusal: Refusal) -> Told {
        Told::Refused(refusal)
    }
}

async fn done(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (deed, id): (Deed, OutgoingId),
    answers: &Answers,
) -> Result<(), Told> {
    let reason = answers.get("reason");
    match deed {
        Deed::Ask => ask(view, (ctx, actor), id, answers).await?,
        Deed::Give => {
            let said = review::View::parse(answers.get("view"));
            reviewing::give(ctx, actor, (id, said), reason).await?;
        }
        Deed::AskInitials => {
            let accounts = sheets::PLACES.iter().map(|place| answers.get(place));
            let accounts = accounts.filter_map(|text| Uuid::try_parse(text).ok()).collect();
            reviewing::ask_initials(ctx, actor, (id, accounts)).await?;
        }
        Deed::Initial => {
            let shown = answers.get("shown").parse().unwrap_or(0);
            reviewing::initial(ctx, actor, (id, shown)).await?;
        }
        Deed::SendBack => reviewing::send_back(ctx, actor, id, reason).await?,
        Deed::Submit => submitting::submit(ctx, actor, id).await?,
        Deed::TakeBack => reviewing::take_back(ctx, actor, id).await?,
        Deed::Number => number(view, (ctx, actor), id, answers).await?,
        Deed::Seal => issuing::seal_again(ctx, actor, id).await?,
        Deed::Cancel => drafting::cancel(ctx, actor, id, reason).await?,
        Deed::Recall => {
            let manner = manner(ctx, actor, id, answers).await?;
            let (recipients, reason) = (ids(answers, "recipients"), reason.to_owned());
            changing::recall(ctx, actor, (id, Recall { recipients, manner, reason })).await?;
        }
        // It has a page of its own.
        Deed::Update => return Err(Refusal::Nothing.into()),
    }
    Ok(())
}

async fn ask(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: OutgoingId,
    answers: &Answers,
) -> Result<(), Told> {
    let mut errors = Errors::new();
    let due_on = day(view, answers, "due", &mut errors);
    if !errors.is_empty() {
        return Err(Told::Fields(errors));
    }
    let text = answers.get("question").to_owned();
    let question = Question { accounts: ids(answers, "people"), text, due_on };
    Ok(reviewing::ask(ctx, actor, (id, question)).await?)
}

async fn number(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: OutgoingId,
    answers: &Answers,
) -> Result<(), Told> {
    let mut errors = Errors::new();
    let choice = match answers.get("which") {
        "reserved" => {
            let ordinal = answers.get("reserved").parse();
            Choice::Reserved(ordinal.map_err(|_| Refusal::NumberNotReserved)?)
        }
        "inserted" => {
            let dated = day(view, answers, "dated", &mut errors);
            if dated.is_none() && errors.is_empty() {
                errors.add("dated", view.t("office-date-wrong"));
            }
            let behind = answers.get("behind").trim().parse();
            let behind = behind.map_err(|_| Refusal::NumberUnknown)?;
            match dated {
                Some(dated) if errors.is_empty() => {
                    Choice::Inserted { behind, dated, reason: answers.get("reason").to_owned() }
                }
                _ => return Err(Told::Fields(errors)),
            }
        }
        "next" => Choice::Next,
        _ => return Err(Refusal::NothingChosen { field: "which" }.into()),
    };
    issuing::number(ctx, actor, (id, choice)).await?;
    Ok(())
}

/// By a word, or by the document whose number was typed.
async fn manner(
    ctx: &Ctx,
    actor: &Actor,
    id: OutgoingId,
    answers: &Answers,
) -> Result<Manner, Refusal> {
    if answers.get("manner") != "document" {
        return Ok(Manner::ByWord);
    }
    let (asker, typed) = (Asker::of(ctx, actor), answers.get("notice").to_owned());
    let found: Result<_, Refusal> = ctx
        .store
        .read(move |tx| {
            let (one, _) = seen_by(tx, &asker.actor, id)?;
            named(tx, (&asker, one.unit), &typed)
        })
        .await;
    match found? {
        Some((Direction::Out, notice)) => Ok(Manner::ByDocument(OutgoingId(notice))),
        _ => Err(Refusal::NoticeUnknown),
    }
}

pub(super) fn ids(answers: &Answers, name: &str) -> Vec<Uuid> {
    answers.all(name).into_iter().filter_map(|id| Uuid::try_parse(id).ok()).collect()
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (deed, whole): (Deed, &Whole),
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let here = format!("{HERE}/{}", whole.one.id);
    let sheet = sheets::sheet(view, (ctx, actor), (deed, whole), (typed, errors)).await?;
    let heading = view.t(deed.word());
    let template = ActTemplate {
        view,
        errors: errors.summary(&view.speech),
        heading: heading.clone(),
        subject: whole.one.subject.clone(),
        lead: view.t(deed.lead()),
        checks: sheet.checks,
        action: format!("{here}/{}", deed.code()),
        shown: whole.one.edition.to_string(),
        fields: sheet.fields,
        button: view.t(deed.word()),
    };
    let page = Page::new(view, heading, &template)?.back(here);
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}
