//! Files of a dossier: those that were sent, and those that answer a supplement request.

use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::files::{FileRefusal, KeepRules, Received};
use platform::web::form::Answers;
use platform::web::{Form, Problem, Reply, Shown, Upload, View};
use uuid::Uuid;

use super::supplement::file_refused;
use super::{acted_on, whole};
use crate::commands::reply;
use crate::pages::filling::SCANS;
use crate::pages::{id_of, papers};

const FILE_BYTES_MAX: u64 = 20 * 1024 * 1024;
const QUOTA_BYTES: u64 = 500 * 1024 * 1024;

pub async fn file(
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, file)): Path<(String, String)>,
) -> Result<Reply, Problem> {
    let whole = whole(&ctx, &actor, id_of(&id)?).await?;
    let wanted = Uuid::try_parse(&file).map_err(|_| Problem::not_found())?;
    let known = whole.files.iter().find(|known| known.id == wanted);
    let known = known.ok_or_else(Problem::not_found)?;
    papers::stream(&ctx, known.file, Shown::Saved).await
}

pub async fn post_supplement_file(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path(id): Path<String>,
    mut upload: Upload,
) -> Result<Reply, Problem> {
    let (person, id) = (actor.citizen()?, id_of(&id)?);
    let whole = acted_on(&ctx, &actor, id).await?;
    match receive(&ctx, person.actor.0, &mut upload).await? {
        Ok(new) => {
            reply::attach(&ctx, &person, id, new).await?;
            let back = format!("/ho-so/{id}/bo-sung");
            Ok(Reply::see(&back).notice("dossiers-notice-file-kept"))
        }
        Err(refusal) => file_refused(&view, &ctx, (&person, &whole), &refusal).await,
    }
}

/// For which component, and the file.
type Incoming = Result<(String, Received), FileRefusal>;

async fn receive(ctx: &Ctx, owner: Uuid, upload: &mut Upload) -> Result<Incoming, Problem> {
    let mut component = String::new();
    while let Some(piece) = upload.next().await? {
        let Some(name) = piece.file_name.clone() else {
            if piece.name == "giay-to" {
                component = piece.text().await?;
            }
            continue;
        };
        let rules = KeepRules {
            name,
            owner,
            media: SCANS,
            max_bytes: FILE_BYTES_MAX,
            quota_bytes: QUOTA_BYTES,
        };
        let received = ctx.files.receive(piece, &rules).await;
        return Ok(received.map(|received| (component, received)));
    }
    Ok(Err(FileRefusal::Empty))
}

pub async fn post_supplement_file_removed(
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, file)): Path<(String, String)>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let id = id_of(&id)?;
    let file = Uuid::try_parse(&file).map_err(|_| Problem::not_found())?;
    reply::detach(&ctx, &actor.citizen()?, id, file).await?;
    let back = format!("/ho-so/{id}/bo-sung");
    Ok(Reply::see(&back).notice("dossiers-notice-file-removed"))
}
