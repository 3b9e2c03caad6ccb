//! Files of a question: uploaded one at a time, looked at, replaced, removed, or taken from the
//! wallet.

use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::files::{FileRefusal, KeepRules, Media, Received};
use platform::web::form::{Answers, Errors};
use platform::web::{Form, Page, Problem, Reply, Shown, Upload, View};
use procedures::eform::{Ask, FileAsk, Shape, Step};
use uuid::Uuid;

use super::question::shape_page;
use super::{back_to_check, open};
use crate::commands::draft::{self, Slot};
use crate::commands::editing::attachments;
use crate::form;
use crate::pages::pieces::short_hash;
use crate::pages::{id_of, papers};
use crate::queries::filling::Filling;
use crate::store::result::StoredResult;

/// What one person may keep here in all.
const QUOTA_BYTES: u64 = 500 * 1024 * 1024;
/// The name of the file input.
const FILE: &str = "tep";

/// A file field with what is there, and its own way to upload more.
pub(super) struct FileField {
    pub ask: FileAsk,
    pub action: String,
    /// The address of the question, with where to go back to.
    pub step: String,
    pub accept: String,
    pub files: Vec<GivenFile>,
    pub full: bool,
    pub id: String,
    pub wallet: Vec<(String, String)>,
}

pub(super) struct GivenFile {
    pub name: String,
    pub size: String,
    pub hash: String,
    pub sha256: String,
    pub see: String,
    pub remove: String,
    pub replace: String,
}

pub(super) fn file_fields(
    view: &View,
    filling: &Filling,
    (shape, address): (&Shape, &str),
    base: &str,
) -> Vec<FileField> {
    let asks = shape.asks.iter().filter_map(|ask| match ask {
        Ask::Files(files) => Some(files),
        Ask::Field(_) => None,
    });
    let back = back_to_check(view).replace('?', "&");
    asks.map(|ask| FileField {
        action: format!("{base}/nop-tep/{}?buoc={address}{back}", ask.path),
        step: format!("{address}{back}"),
        accept: Media::accept(allowed(&ask.rule.accept)),
        full: ask.attachments.len() >= ask.rule.files_max,
        id: format!("f-{}", ask.path),
        wallet: wallet(filling, ask),
        files: ask
            .attachments
            .iter()
            .map(|file| GivenFile {
                name: file.name.clone(),
                size: view.speech.size(i64::try_from(file.size_bytes).unwrap_or(i64::MAX)),
                hash: short_hash(&file.sha256),
                sha256: file.sha256.clone(),
                see: format!("{base}/ban-nhap/{}", file.id),
                remove: format!(
                    "{base}/nop-tep/{}/xoa?buoc={address}{back}&tep={}",
                    ask.path, file.id
                ),
                replace: format!(
                    "{base}/nop-tep/{}?buoc={address}{back}&thay={}",
                    ask.path, file.id
                ),
            })
            .collect(),
        ask: FileAsk {
            path: ask.path.clone(),
            label: ask.label.clone(),
            hint: ask.hint.clone(),
            error: ask.error.clone(),
            rule: ask.rule.clone(),
            required: ask.required,
            attachments: Vec::new(),
            heading: ask.heading,
        },
    })
    .collect()
}

/// Results of one's own that may stand in for an upload.
fn wallet(filling: &Filling, ask: &FileAsk) -> Vec<(String, String)> {
    if !ask.rule.reuse {
        return Vec::new();
    }
    let line = |result: &StoredResult| {
        (result.dossier.to_string(), format!("{} ({})", result.title, result.number))
    };
    filling.wallet.iter().map(line).collect()
}

/// One file at a time: streamed, measured and hashed on the way.
pub async fn post_file(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, path)): Path<(String, String)>,
    mut upload: Upload,
) -> Result<Reply, Problem> {
    let (person, id) = (actor.citizen()?, id_of(&id)?);
    let filling = open(&ctx, &person, id).await?;
    let step = view.query("buoc").unwrap_or_default();
    match receive(&ctx, (&filling, &path), &mut upload).await? {
        Ok(received) => {
            let instead_of = view.query("thay").and_then(|id| Uuid::try_parse(&id).ok());
            let slot = Slot { path, instead_of };
            draft::attach(&ctx, &person, id, (slot, received)).await?;
            let back = format!("/ho-so/{id}/buoc/{step}{}", back_to_check(&view));
            Ok(Reply::see(&back).notice("dossiers-notice-file-kept"))
        }
        Err(refusal) => file_refused(&view, &filling, (&step, &path), &refusal).map(Reply::from),
    }
}

type Incoming = Result<Received, FileRefusal>;

async fn receive(
    ctx: &Ctx,
    (filling, path): (&Filling, &str),
    upload: &mut Upload,
) -> Result<Incoming, Problem> {
    let rule = form::file_rule(filling.definition()?, path).ok_or_else(Problem::not_found)?;
    while let Some(piece) = upload.next().await? {
        if piece.name != FILE {
            continue;
        }
        let Some(name) = piece.file_name.clone() else { break };
        let rules = KeepRules {
            name,
            owner: filling.draft.made_by.0,
            media: allowed(&rule.accept),
            max_bytes: rule.bytes_max,
            quota_bytes: QUOTA_BYTES,
        };
        return Ok(ctx.files.receive(piece, &rules).await);
    }
    Ok(Err(FileRefusal::Empty))
}

/// The question again, with what was wrong with the file at its field.
fn file_refused(
    view: &View,
    filling: &Filling,
    (address, path): (&str, &str),
    refusal: &FileRefusal,
) -> Result<Page, Problem> {
    let flow = filling.flow()?;
    let step = Step::find(flow.definition, address).ok_or_else(Problem::not_found)?;
    let mut shape = flow.shape(step, &view.speech, false).ok_or_else(Problem::not_found)?;
    let sentence = refusal.sentence(&view.speech);
    let mut errors = Errors::new();
    errors.add(path, sentence.clone());
    for ask in &mut shape.asks {
        if let Ask::Files(files) = ask
            && files.path == path
        {
            files.error = Some(sentence.clone());
        }
    }
    shape.errors = errors;
    shape_page(view, filling, (&flow, step), &shape)
}

pub async fn post_file_removed(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, path)): Path<(String, String)>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let id = id_of(&id)?;
    let file = view.query("tep").and_then(|id| Uuid::try_parse(&id).ok());
    let file = file.ok_or_else(Problem::not_found)?;
    draft::detach(&ctx, &actor.citizen()?, id, (path, file)).await?;
    let step = view.query("buoc").unwrap_or_default();
    let back = format!("/ho-so/{id}/buoc/{step}{}", back_to_check(&view));
    Ok(Reply::see(&back).notice("dossiers-notice-file-removed"))
}

/// A result from the wallet in place of an upload.
pub async fn post_reuse(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, path)): Path<(String, String)>,
    Form(form): Form<Answers>,
) -> Result<Reply, Problem> {
    let id = id_of(&id)?;
    let result = id_of(form.get("giay-to"))?;
    draft::reuse(&ctx, &actor.citizen()?, id, (path, result)).await?;
    let step = view.query("buoc").unwrap_or_default();
    let back = format!("/ho-so/{id}/buoc/{step}{}", back_to_check(&view));
    Ok(Reply::see(&back).notice("dossiers-notice-file-kept"))
}

/// A file of one's own draft, to look at before sending.
pub async fn file(
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, file)): Path<(String, String)>,
) -> Result<Reply, Problem> {
    let filling = open(&ctx, &actor.citizen()?, id_of(&id)?).await?;
    let file = Uuid::try_parse(&file).map_err(|_| Problem::not_found())?;
    let known = attachments(&filling.draft.answers);
    if !known.iter().any(|known| known.id == file) {
        return Err(Problem::not_found());
    }
    papers::stream(&ctx, file, Shown::Saved).await
}

/// The smallest set of kinds that holds what the field takes.
pub(crate) fn allowed(accept: &[String]) -> &'static [Media] {
    let within = |set: &[Media]| {
        accept.iter().all(|one| set.iter().any(|media| media.content_type() == one))
    };
    let sets: [&'static [Media]; 3] = [PDF, PICTURES, SCANS];
    sets.into_iter().find(|set| within(set)).unwrap_or(EVERYTHING)
}

const PDF: &[Media] = &[Media::Pdf];
const PICTURES: &[Media] = &[Media::Jpeg, Media::Png];
pub(crate) const SCANS: &[Media] = &[Media::Pdf, Media::Jpeg, Media::Png];
const EVERYTHING: &[Media] =
    &[Media::Pdf, Media::Jpeg, Media::Png, Media::Webp, Media::Docx, Media::Xlsx];
