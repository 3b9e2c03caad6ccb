//! The files of a document that goes out: the one that is signed, and what goes with it.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field};
use platform::web::{Form, Markup, Page, Problem, Reply, Shown, Upload, View};
use uuid::Uuid;

use super::bringing::{self, ATTACHED, Cause, MAIN, Put};
use crate::HERE;
use crate::body::Body as Text;
use crate::commands::{drafting, reading, submitting};
use crate::document::{Direction, DocumentType, OutgoingId};
use crate::outgoing::{Outgoing, State as Standing};
use crate::pages::at_desk;
use crate::pages::brought::{self, Refused};
use crate::queries::outgoing_whole::{Whole, whole};
use crate::refusal::Refusal;

#[derive(Template)]
#[template(path = "outgoing_files.html")]
struct FilesTemplate<'a> {
    view: &'a View,
    errors: Markup,
    subject: String,
    here: String,
    main: Option<String>,
    rows: Vec<(Uuid, String, String)>,
    main_field: Field,
    field: Field,
}

#[derive(Template)]
#[template(path = "outgoing_version.html")]
struct VersionTemplate<'a> {
    view: &'a View,
    heading: String,
    subject: String,
    kind: &'static str,
    made: String,
    bases: Vec<String>,
    lines: Vec<String>,
    file: Option<String>,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    page(&view, (&ctx, &actor), OutgoingId(id), &Errors::new()).await
}

/// One file, or several to go with the document.
pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    upload: Upload,
) -> Result<Reply, Problem> {
    let id = OutgoingId(id);
    let put = bringing::put(&ctx, &actor, (id, Cause::Draft), upload).await?;
    let Some(refused) = refused(put) else {
        return Ok(Reply::see(&format!("{HERE}/{id}/tep")).notice("office-notice-file"));
    };
    let errors = brought::told(&view, refused)?;
    Ok(page(&view, (&ctx, &actor), id, &errors).await?.into())
}

/// The first file that was refused; or that none was chosen, in the form that was sent.
fn refused(put: Put) -> Option<Refused> {
    let field = if put.answers.has(MAIN.name) { MAIN.name } else { ATTACHED.name };
    let none = (put.count == 0).then_some((field, Refusal::NothingChosen { field }));
    put.refused.or(none)
}

pub(crate) async fn post_drop(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    drafting::drop_file(&ctx, &actor, OutgoingId(id)).await?;
    Ok(Reply::see(&format!("{HERE}/{id}/tep")).notice("office-notice-file-dropped"))
}

pub(crate) async fn post_detach(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((id, file)): Path<(Uuid, Uuid)>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    drafting::detach(&ctx, &actor, (OutgoingId(id), file)).await?;
    Ok(Reply::see(&format!("{HERE}/{id}/tep")).notice("office-notice-file-dropped"))
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: OutgoingId,
    errors: &Errors,
) -> Result<Page, Problem> {
    let whole = whole(ctx, actor, id).await?;
    if !(whole.part.author && whole.one.state == Standing::Draft) {
        return Err(Refusal::NotNow(whole.one.state).into());
    }
    let rows = whole.attachments.iter();
    let rows = rows.map(|one| (one.id, one.name.clone(), view.speech.size(one.size_bytes)));
    let template = FilesTemplate {
        view,
        errors: errors.summary(&view.speech),
        subject: whole.one.subject.clone(),
        here: format!("{HERE}/{id}"),
        main: whole.one.file_name.clone(),
        rows: rows.collect(),
        main_field: MAIN
            .field(view, "office-file-main-choose")
            .hint(view.t("office-file-main-hint"))
            .errors(errors),
        field: bringing::attached(view, "office-file-attached-choose").errors(errors),
    };
    let page =
        Page::new(view, view.t("office-files-edit"), &template)?.back(format!("{HERE}/{id}"));
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

/// The document as it stands: issued, signed, as it was brought, or as it would be printed.
pub(crate) async fn main(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Reply, Problem> {
    let whole = whole(&ctx, &actor, OutgoingId(id)).await?;
    let one = &whole.one;
    let Some(file) = one.final_file.or(one.signed_file).or(one.file) else {
        let pdf = submitting::preview(&ctx, &actor, one.id).await?;
        return Ok(Reply::file("du-thao.pdf", "application/pdf", Shown::Inline, pdf));
    };
    note(&ctx, &actor, one, &name(one)).await?;
    send(&ctx, file, &name(one), Shown::Inline).await
}

/// Who opened which file, once a day each.
async fn note(ctx: &Ctx, actor: &Actor, one: &Outgoing, name: &str) -> Result<(), Problem> {
    Ok(reading::note(ctx, actor, (Direction::Out, one.id.0, one.unit), name).await?)
}

fn name(one: &Outgoing) -> String {
    match one.number() {
        Some(number) => format!("{}.pdf", number.replace('/', "_")),
        None => "du-thao.pdf".to_owned(),
    }
}

pub(crate) async fn attachment(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((id, file)): Path<(Uuid, Uuid)>,
) -> Result<Reply, Problem> {
    let whole = whole(&ctx, &actor, OutgoingId(id)).await?;
    let waiting = whole.annexes.iter().filter(|_| whole.part.clerk);
    let found = whole.attachments.iter().chain(waiting).find(|one| one.id == file);
    let found = found.ok_or_else(Problem::not_found)?;
    note(&ctx, &actor, &whole.one, &found.name).await?;
    send(&ctx, found.file, &found.name, Shown::Saved).await
}

async fn send(ctx: &Ctx, file: Uuid, name: &str, shown: Shown) -> Result<Reply, Problem> {
    let opened = ctx.files.open(file).await.map_err(Refusal::from)?;
    let size_bytes = opened.range.end - opened.range.start;
    let body = (Body::from_stream(opened.body), size_bytes);
    Ok(Reply::stream(name, &opened.kept.media, shown, body))
}

/// A draft as it stood.
pub(crate) async fn version(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((id, edition)): Path<(Uuid, i64)>,
) -> Result<Page, Problem> {
    let whole = whole(&ctx, &actor, OutgoingId(id)).await?;
    let template = version_template(&view, &whole, edition).ok_or_else(Problem::not_found)?;
    let title = template.heading.clone();
    let page = Page::new(&view, title, &template)?.back(format!("{HERE}/{id}"));
    Ok(at_desk(&view, &actor, page).await)
}

fn version_template<'a>(
    view: &'a View,
    whole: &Whole,
    edition: i64,
) -> Option<VersionTemplate<'a>> {
    let one = whole.versions.iter().find(|one| one.edition == edition)?;
    let text = Text::read(&one.body);
    let lines = one.body.lines().skip(text.bases.len()).map(str::to_owned);
    Some(VersionTemplate {
        view,
        heading: view.with("office-version-number", &[("number", edition.into())]),
        subject: one.subject.clone(),
        kind: DocumentType::parse(&one.kind).map_or("", |kind| kind.name),
        made: format!("{}, {}", view.speech.date_time(one.made_at), one.made_name),
        bases: text.bases.clone(),
        lines: lines.filter(|line| !line.trim().is_empty()).collect(),
        file: one.file_name.clone(),
    })
}

/// The file of a version, when one was brought.
pub(crate) async fn version_file(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((id, edition)): Path<(Uuid, i64)>,
) -> Result<Reply, Problem> {
    let whole = whole(&ctx, &actor, OutgoingId(id)).await?;
    let one = whole.versions.iter().find(|one| one.edition == edition);
    let (file, name) =
        one.and_then(|one| one.file.zip(one.file_name.clone())).ok_or_else(Problem::not_found)?;
    send(&ctx, file, &name, Shown::Inline).await
}
