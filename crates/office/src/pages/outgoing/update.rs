//! /can-bo/van-ban-di/{id}/cap-nhat: what changes about a document that was sent, and the files
//! that go along. A file that was brought is put aside at once: nothing has to be chosen again
//! when something else on the page was wrong.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::files::{FileRefusal, KeepRules, Media};
use platform::web::form::{Answers, Errors, Field, Kind};
use platform::web::{Markup, Page, Piece, Problem, Reply, Upload, View};
use uuid::Uuid;

use super::acts::ids;
use super::deeds::Deed;
use super::files::{ATTACHMENT_BYTES_MAX, ATTACHMENTS, QUOTA_BYTES};
use super::sheets;
use crate::HERE;
use crate::commands::annexing;
use crate::commands::changing::{self, Update};
use crate::document::OutgoingId;
use crate::outgoing::State as Standing;
use crate::pages::{at_desk, at_field, day};
use crate::queries::outgoing_whole::{Whole, whole};
use crate::refusal::Refusal;

const FILE: &str = "file";

#[derive(Template)]
#[template(path = "outgoing_update.html")]
struct UpdateTemplate<'a> {
    view: &'a View,
    errors: Markup,
    heading: String,
    lead: String,
    subject: String,
    here: String,
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
    annexing::may(&ctx, &actor, id).await?;
    let (answers, mut errors) = taken(&view, (&ctx, &actor), id, upload).await?;
    if errors.is_empty() {
        match act(&view, (&ctx, &actor), id, &answers).await? {
            Acted::Sent => {
                let sent = Reply::see(&format!("{HERE}/{id}")).notice(Deed::Update.notice());
                return Ok(sent);
            }
            Acted::Stays(found) => errors = found,
        }
    }
    let whole = whole(&ctx, &actor, id).await?;
    Ok(page(&view, (&ctx, &actor), &whole, (&answers, &errors)).await?.into())
}

/// What was typed; files are put aside, the first that is refused is told of.
async fn taken(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: OutgoingId,
    mut upload: Upload,
) -> Result<(Answers, Errors), Problem> {
    let (mut pairs, mut refused) = (Vec::new(), None);
    while let Some(piece) = upload.next().await? {
        if piece.name != FILE {
            let name = piece.name.clone();
            pairs.push((name, piece.text().await?));
        } else if refused.is_some() || !piece.is_file() {
            piece.drain().await?;
        } else {
            refused = brought(ctx, actor, id, piece).await.err();
        }
    }
    let errors = match refused {
        Some(refusal) => at_field(view, refusal)?,
        None => Errors::new(),
    };
    Ok((Answers::from_pairs(pairs), errors))
}

async fn brought(
    ctx: &Ctx,
    actor: &Actor,
    id: OutgoingId,
    piece: Piece<'_>,
) -> Result<(), Refusal> {
    let rules = KeepRules {
        name: piece.file_name.clone().unwrap_or_default(),
        owner: id.0,
        media: ATTACHMENTS,
        max_bytes: ATTACHMENT_BYTES_MAX,
        quota_bytes: QUOTA_BYTES,
    };
    match ctx.files.receive(piece, &rules).await {
        Ok(received) => annexing::put_aside(ctx, actor, (id, received)).await,
        Err(FileRefusal::Empty) => Ok(()),
        Err(refusal) => Err(refusal.into()),
    }
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
    let kind = Kind::File { accept: Media::accept(ATTACHMENTS), many: true };
    let file = Field::new(&view.speech, kind, FILE, view.t("office-update-file"));
    let kinds = [("kinds", Media::list(ATTACHMENTS).into())];
    let rows = whole.annexes.iter();
    let (heading, here) = (view.t(Deed::Update.word()), format!("{HERE}/{}", whole.one.id));
    let template = UpdateTemplate {
        view,
        errors: errors.summary(&view.speech),
        heading: heading.clone(),
        lead: view.t(Deed::Update.lead()),
        subject: whole.one.subject.clone(),
        here: here.clone(),
        fields: sheet.fields,
        rows: rows
            .map(|one| (one.id, one.name.clone(), view.speech.size(one.size_bytes)))
            .collect(),
        file: file
            .hint(view.with("office-file-attached-hint", &kinds))
            .optional(&view.speech)
            .errors(errors),
    };
    let page = Page::new(view, heading, &template)?.back(here);
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}
