//! /can-bo/van-ban-di/{id}/cap-nhat: what changes about a document that was sent, and the files
//! that go along. A file that was brought is put aside at once: nothing has to be chosen again
//! when something else on the page was wrong.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field};
use platform::web::{Markup, Page, Problem, Reply, Upload, View};
use uuid::Uuid;

use super::acts::ids;
use super::bringing::{self, Cause};
use super::deeds::Deed;
use super::sheets;
use crate::HERE;
use crate::commands::annexing;
use crate::commands::changing::{self, Update};
use crate::document::OutgoingId;
use crate::outgoing::State as Standing;
use crate::pages::{at_desk, at_field, brought, day};
use crate::queries::outgoing_whole::{Whole, whole};
use crate::refusal::Refusal;

#[derive(Template)]
#[template(path = "outgoing_update.html")]
struct UpdateTemplate<'a> {
    view: &'a View,
    errors: Markup,
    heading: String,
    lead: String,
    subject: String,
    here: String,
    /// Where a document in the place of this one is drafted: no element of a packet says that a
    /// file of an earlier one is replaced or dropped, and receivers differ in what they make of one
    /// that is missing.
    replace: String,
    fields: Vec<Field>,
    /// Put aside: id, name, size.
    rows: Vec<(Uuid, String, String)>,
    file: Field,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    let whole = whole(&ctx, &actor, OutgoingId(id)).await?;
    let said = (Answers::default(), Errors::new());
    page(&view, (&ctx, &actor), &whole, (&said.0, &said.1)).await
}

/// Three buttons: to bring files, to take one back, to send.
pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    upload: Upload,
) -> Result<Reply, Problem> {
    let id = OutgoingId(id);
    let put = bringing::put(&ctx, &actor, (id, Cause::Update), upload).await?;
    let acted = match put.refused {
        Some(refused) => Acted::Stays(brought::told(&view, refused)?),
        None => act(&view, (&ctx, &actor), id, &put.answers).await?,
    };
    let Acted::Stays(errors) = acted else {
        return Ok(Reply::see(&format!("{HERE}/{id}")).notice(Deed::Update.notice()));
    };
    let whole = whole(&ctx, &actor, id).await?;
    Ok(page(&view, (&ctx, &actor), &whole, (&put.answers, &errors)).await?.into())
}

enum Acted {
    Sent,
    /// On the same page, with what was wrong.
    Stays(Errors),
}

async fn act(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: OutgoingId,
    answers: &Answers,
) -> Result<Acted, Problem> {
    if let Ok(annex) = Uuid::try_parse(answers.get("remove")) {
        annexing::take_back(ctx, actor, (id, annex)).await?;
        return Ok(Acted::Stays(Errors::new()));
    }
    if answers.get("do") == "attach" {
        return Ok(Acted::Stays(Errors::new()));
    }
    let mut errors = Errors::new();
    let due_on = day(view, answers, "due", &mut errors);
    if !errors.is_empty() {
        return Ok(Acted::Stays(errors));
    }
    let codes = answers.get("code").split([',', ';', '\n']).map(|code| code.trim().to_owned());
    let update = Update {
        reason: answers.get("reason").to_owned(),
        due_on,
        added: codes.filter(|code| !code.is_empty()).collect(),
        removed: ids(answers, "recipients"),
    };
    match changing::update(ctx, actor, (id, update)).await {
        Ok(()) => Ok(Acted::Sent),
        Err(refusal) => Ok(Acted::Stays(at_field(view, refusal)?)),
    }
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    whole: &Whole,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    match (whole.part.clerk, whole.one.state) {
        (false, _) => return Err(Problem::not_found()),
        (true, Standing::Issued) => {}
        (true, state) => return Err(Refusal::NotNow(state).into()),
    }
    let sheet = sheets::sheet(view, (ctx, actor), (Deed::Update, whole), (typed, errors)).await?;
    let rows = whole.annexes.iter();
    let (heading, here) = (view.t(Deed::Update.word()), format!("{HERE}/{}", whole.one.id));
    let template = UpdateTemplate {
        view,
        errors: errors.summary(&view.speech),
        heading: heading.clone(),
        lead: view.t(Deed::Update.lead()),
        subject: whole.one.subject.clone(),
        here: here.clone(),
        replace: format!("{HERE}/tao?thay-the={}", whole.one.id),
        fields: sheet.fields,
        rows: rows
            .map(|one| (one.id, one.name.clone(), view.speech.size(one.size_bytes)))
            .collect(),
        file: bringing::attached(view, "office-update-file").optional(&view.speech).errors(errors),
    };
    let page = Page::new(view, heading, &template)?.back(here);
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}
