//! /can-bo/ky-so/{id}/nop: the file goes out, is signed with whatever software there is, and comes
//! back on a plain form.

use askama::Template;
use axum::extract::{Path, State};
use bytes::Bytes;
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Errors, Field, Kind};
use platform::web::pieces::{Summary, SummaryRow};
use platform::web::{Markup, Page, Problem, Reply, Upload, View};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::paper::digits;
use super::{at_desk, at_field, bounded};
use crate::HERE;
use crate::commands::by_hand;
use crate::commands::signing::Named;
use crate::queries::turn_of;
use crate::refusal::Refusal;
use crate::step::{SignatoryKind, Step};
use crate::submission::{Submission, SubmissionId};
use crate::take_back::{RETURNED_BYTES_MAX, ReturnedFault};

const FILE: &str = "tep";
const SHA256: &str = "sha256";
/// Files in memory at once; one more is asked to come back.
const AT_ONCE: usize = 12;
const BACK_AFTER_SECONDS: u32 = 20;

pub(super) static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

#[derive(Template)]
#[template(path = "by_hand.html")]
struct ByHandTemplate<'a> {
    view: &'a View,
    errors: Markup,
    heading: String,
    facts: Summary,
    id: Uuid,
    sha256: &'a str,
    is_seal: bool,
    file: Field,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    page(&view, (&ctx, &actor), SubmissionId(id), &Errors::new()).await
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: SubmissionId,
    errors: &Errors,
) -> Result<Page, Problem> {
    let (submission, step) = turn(ctx, actor, id).await?;
    let kind = Kind::File { accept: ".pdf".to_owned(), many: false };
    let file = Field::new(&view.speech, kind, FILE, view.t("signing-hand-file"));
    let heading = view.t("signing-hand");
    let template = ByHandTemplate {
        view,
        errors: errors.summary(&view.speech),
        heading: heading.clone(),
        facts: facts(view, (&submission, &step)),
        id: id.0,
        sha256: &submission.sha256,
        is_seal: step.kind == SignatoryKind::Agency,
        file: file.hint(view.t("signing-hand-file-hint")).errors(errors),
    };
    let page = Page::new(view, heading, &template)?.back(format!("{HERE}/{id}"));
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

/// What is this officer's to sign, wherever the key is.
pub(super) async fn turn(
    ctx: &Ctx,
    actor: &Actor,
    id: SubmissionId,
) -> Result<(Submission, Step), Refusal> {
    let actor = actor.clone();
    ctx.store.read(move |tx| turn_of(tx, &actor, id)).await
}

/// Which file, whose signature.
pub(super) fn facts(view: &View, (submission, step): (&Submission, &Step)) -> Summary {
    let row = |word: &str, value: &str| SummaryRow::new(view.t(word), value);
    let mut rows = vec![row("signing-document", &submission.title)];
    if !submission.number.is_empty() {
        rows.push(row("signing-number", &submission.number));
    }
    rows.push(row("signing-signatory", &step.name));
    rows.push(digits(view, "signing-sha256", &submission.sha256));
    Summary::new(view, rows)
}

pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    upload: Upload,
) -> Result<Reply, Problem> {
    let Ok(_place) = PLACES.try_acquire() else {
        return Err(Problem::later(BACK_AFTER_SECONDS));
    };
    match brought(&ctx, &actor, (id, upload)).await? {
        Ok(()) => Ok(Reply::see(HERE).notice("signing-notice-signed")),
        Err(refusal) => again(&view, (&ctx, &actor), (id, refusal)).await,
    }
}

async fn brought(
    ctx: &Ctx,
    actor: &Actor,
    (id, upload): (Uuid, Upload),
) -> Result<Result<(), Refusal>, Problem> {
    let (sha256, file) = match taken(upload).await? {
        Ok(taken) => taken,
        Err(fault) => return Ok(Err(fault.into())),
    };
    let named = Named { id: SubmissionId(id), sha256 };
    Ok(by_hand::bring(ctx, actor, (named, file)).await)
}

async fn again(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (id, refusal): (Uuid, Refusal),
) -> Result<Reply, Problem> {
    let errors = at_field(view, refusal)?;
    Ok(page(view, (ctx, actor), SubmissionId(id), &errors).await?.into())
}

/// The hash that was shown, and the file.
async fn taken(mut upload: Upload) -> Result<Result<(String, Bytes), ReturnedFault>, Problem> {
    let (mut sha256, mut file) = (String::new(), Bytes::new());
    while let Some(piece) = upload.next().await? {
        match piece.name.as_str() {
            SHA256 => sha256 = piece.text().await?,
            FILE if piece.is_file() => match bounded(piece, RETURNED_BYTES_MAX).await? {
                Some(bytes) => file = bytes.into(),
                None => return Ok(Err(ReturnedFault::TooLarge)),
            },
            _ => {}
        }
    }
    if file.is_empty() {
        return Ok(Err(ReturnedFault::Missing));
    }
    Ok(Ok((sha256, file)))
}
