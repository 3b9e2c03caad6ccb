//! Papers to look at, to print, and as PDF. The PDF is made when it is first asked for; its bytes
//! are kept and given out from then on. Where nothing can be printed, the page remains.

mod pdf;
pub(crate) use pdf::print;
mod show;

use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::{Page, Problem, Reply, Shown, View};
use uuid::Uuid;

use super::id_of;
use crate::dossier::DossierId;
use crate::papers::Form;
use crate::queries::{Whole, desk, mine, register};
use crate::store::slip::Slip;

/// A slip of one's own dossier.
pub async fn slip(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, form, number)): Path<(String, String, i64)>,
) -> Result<Page, Problem> {
    let whole = own(&ctx, &actor, id_of(&id)?).await?;
    let back = format!("/ho-so/{}", whole.dossier.id);
    show::slip_page(&view, find(&whole, &form, number)?, (&back, None))
}

pub async fn slip_pdf(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, form, number)): Path<(String, String, i64)>,
) -> Result<Reply, Problem> {
    let whole = own(&ctx, &actor, id_of(&id)?).await?;
    pdf::of_slip(&view, &ctx, &whole, find(&whole, &form, number)?).await
}

/// A result of one's own dossier.
pub async fn result(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path(id): Path<String>,
) -> Result<Page, Problem> {
    let whole = own(&ctx, &actor, id_of(&id)?).await?;
    show::result_page(&view, &whole, &format!("/ho-so/{}", whole.dossier.id))
}

pub async fn result_pdf(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path(id): Path<String>,
) -> Result<Reply, Problem> {
    let whole = own(&ctx, &actor, id_of(&id)?).await?;
    pdf::of_result(&view, &ctx, &whole).await
}

/// The same for an officer whom the dossier concerns.
pub async fn desk_slip(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, form, number)): Path<(String, String, i64)>,
) -> Result<Page, Problem> {
    let whole = concerned(&ctx, &actor, id_of(&id)?).await?;
    let back = format!("/can-bo/ho-so/{}", whole.dossier.id);
    if Form::parse(&form) == Some(Form::Control) {
        let slip = register::control(&ctx, &whole).await?;
        return show::control_page(&view, &slip, &back);
    }
    show::slip_page(&view, find(&whole, &form, number)?, (&back, Some(actor.account.0)))
}

pub async fn desk_slip_pdf(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, form, number)): Path<(String, String, i64)>,
) -> Result<Reply, Problem> {
    let whole = concerned(&ctx, &actor, id_of(&id)?).await?;
    if Form::parse(&form) == Some(Form::Control) {
        let slip = register::control(&ctx, &whole).await?;
        return pdf::of_control(&view, &ctx, &whole, &slip).await;
    }
    pdf::of_slip(&view, &ctx, &whole, find(&whole, &form, number)?).await
}

pub async fn desk_result(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path(id): Path<String>,
) -> Result<Page, Problem> {
    let whole = concerned(&ctx, &actor, id_of(&id)?).await?;
    show::result_page(&view, &whole, &format!("/can-bo/ho-so/{}", whole.dossier.id))
}

pub async fn desk_result_pdf(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path(id): Path<String>,
) -> Result<Reply, Problem> {
    let whole = concerned(&ctx, &actor, id_of(&id)?).await?;
    pdf::of_result(&view, &ctx, &whole).await
}

async fn own(ctx: &Ctx, actor: &Actor, id: DossierId) -> Result<Whole, Problem> {
    mine::one(ctx, &actor.citizen()?, id).await?.ok_or_else(Problem::not_found)
}

async fn concerned(ctx: &Ctx, actor: &Actor, id: DossierId) -> Result<Whole, Problem> {
    desk::one(ctx, actor, id).await?.ok_or_else(Problem::not_found)
}

fn find<'a>(whole: &'a Whole, form: &str, number: i64) -> Result<&'a Slip, Problem> {
    let found = whole.slips.iter().find(|slip| slip.form == form && slip.number == number);
    found.ok_or_else(Problem::not_found)
}

/// A kept file, sent as it lies.
pub(crate) async fn stream(ctx: &Ctx, file: Uuid, shown: Shown) -> Result<Reply, Problem> {
    let opened = ctx.files.open(file).await.map_err(crate::Refusal::from)?;
    let size = opened.range.end - opened.range.start;
    let (name, media) = (opened.kept.name.clone(), opened.kept.media.clone());
    Ok(Reply::stream(&name, &media, shown, (axum::body::Body::from_stream(opened.body), size)))
}
