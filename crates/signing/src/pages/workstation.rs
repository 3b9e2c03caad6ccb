//! Signing with the agent on the officer's machine: the page that talks to it, and the two doors it
//! comes to by itself.

use askama::Template;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::{Multipart, Path, State};
use bytes::Bytes;
use http::{Method, StatusCode};
use identity::Actor;
use platform::Ctx;
use platform::web::form::Answers;
use platform::web::pieces::Summary;
use platform::web::{Form, Page, Problem, Reply, Script, Shown, View};
use platform::words::Locale;
use uuid::Uuid;

use super::at_desk;
use super::by_hand::{PLACES, facts, turn};
use crate::HERE;
use crate::commands::putting::file_name;
use crate::commands::signing::Named;
use crate::commands::workstation;
use crate::engine::FILE_BYTES_MAX;
use crate::queries;
use crate::refusal::Refusal;
use crate::step::StepState;
use crate::submission::SubmissionId;
use crate::take_back::{RETURNED_BYTES_MAX, ReturnedFault};
use crate::workstation::{AGENT, Heard, operation, token_in};

/// The agent gives up after two minutes; whoever looks for the token longer asks again.
const PATIENCE_SECONDS: u32 = 150;

pub(crate) const SCRIPT: Script =
    Script { name: "may-tram", source: include_str!("workstation.js") };

#[derive(Template)]
#[template(path = "workstation.html")]
struct WorkstationTemplate<'a> {
    view: &'a View,
    heading: String,
    facts: Summary,
    id: Uuid,
    sha256: &'a str,
    /// None before tickets are handed out.
    asking: Option<Asking>,
}

struct Asking {
    agent: &'static str,
    message: String,
    next: String,
    seconds: u32,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    let (submission, step) = turn(&ctx, &actor, SubmissionId(id)).await?;
    let heading = view.t("signing-workstation");
    let facts = facts(&view, (&submission, &step));
    let sha256 = &submission.sha256;
    let template = WorkstationTemplate { view: &view, heading, facts, id, sha256, asking: None };
    let page = Page::new(&view, template.heading.clone(), &template)?;
    Ok(at_desk(&view, &actor, page.back(format!("{HERE}/{id}"))).await)
}

/// Hands out tickets. The page may connect to the agent, and no other page may.
pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Page, Problem> {
    let named = Named { id: SubmissionId(id), sha256: answers.get("sha256").to_owned() };
    let handed_out = workstation::hand_out(&ctx, &actor, named).await?;
    let page = asking(&view, id, handed_out)?.script(SCRIPT.name).reaches(AGENT);
    Ok(at_desk(&view, &actor, page).await)
}

fn asking(
    view: &View,
    id: Uuid,
    (message, submission, step): workstation::HandedOut,
) -> Result<Page, Problem> {
    let message = serde_json::to_string(&message);
    let template = WorkstationTemplate {
        view,
        heading: view.t("signing-workstation"),
        facts: facts(view, (&submission, &step)),
        id,
        sha256: &submission.sha256,
        asking: Some(Asking {
            agent: operation(step.kind),
            message: message.map_err(|error| Problem::broken(&error.to_string()))?,
            next: format!("{HERE}/{id}/may-tram/xong?buoc={}", step.ordinal),
            seconds: PATIENCE_SECONDS,
        }),
    };
    Ok(Page::new(view, template.heading.clone(), &template)?.back(format!("{HERE}/{id}")))
}

/// The agent says that it signed. Whether it did, only what came here tells.
pub(crate) async fn done(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Reply, Problem> {
    let ordinal = view.query("buoc").and_then(|text| text.parse::<i64>().ok());
    let sees = move |tx: &mut _| queries::seen_by(tx, &actor, SubmissionId(id));
    let (_, steps) = ctx.store.read(sees).await?;
    let step = steps.iter().find(|step| Some(step.ordinal) == ordinal);
    Ok(match step.map(|step| step.state) {
        Some(StepState::Signed) => Reply::see(HERE).notice("signing-notice-signed"),
        _ => Reply::see(&format!("{HERE}/{id}/nop")).notice("signing-notice-agent-not-taken"),
    })
}

/// The agent fetches the file: once.
pub(crate) async fn fetch(
    State(ctx): State<Ctx>,
    method: Method,
    Path(token): Path<String>,
) -> Result<Reply, Problem> {
    // Only looking whether it is there uses nothing up.
    if method == Method::HEAD {
        return Ok(Reply::nothing());
    }
    let submission = workstation::fetch(&ctx, token_in(&token)).await.map_err(|_| none())?;
    let bytes = ctx.files.read(submission.file, FILE_BYTES_MAX).await.map_err(Refusal::from)?;
    let name = file_name(&submission);
    Ok(Reply::file(&name, "application/pdf", Shown::Saved, bytes.into()))
}

/// Whoever has no ticket that opens learns nothing about why.
fn none() -> Problem {
    Problem::not_found()
}

/// The agent brings the signed file, and hears what became of it.
pub(crate) async fn bring(
    State(ctx): State<Ctx>,
    Path(token): Path<String>,
    body: Result<Multipart, MultipartRejection>,
) -> Result<Reply, Problem> {
    let heard = match taken_back(&ctx, token_in(&token), body).await {
        Ok(()) => Heard::taken(),
        // The agent shows it to the officer; it speaks no other language.
        Err(refusal) => Heard::refused(refusal.sentence(&ctx.words.speak(Locale::Vi))),
    };
    Reply::json(StatusCode::OK, &heard)
}

async fn taken_back(
    ctx: &Ctx,
    token: &str,
    body: Result<Multipart, MultipartRejection>,
) -> Result<(), Refusal> {
    let missing = |_| ReturnedFault::Missing;
    let body = body.map_err(missing)?;
    let opened = workstation::open(ctx, token).await?;
    let _place = PLACES.acquire().await.map_err(|_| ReturnedFault::Missing)?;
    let file = first_file(body).await?;
    workstation::deliver(ctx, opened, file).await
}

/// The agent calls the field as its version likes; there is one file in the form.
async fn first_file(mut body: Multipart) -> Result<Bytes, ReturnedFault> {
    let broken = |_: MultipartError| ReturnedFault::Missing;
    while let Some(mut field) = body.next_field().await.map_err(broken)? {
        if field.file_name().is_none() {
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(more) = field.chunk().await.map_err(broken)? {
            if bytes.len() + more.len() > RETURNED_BYTES_MAX {
                return Err(ReturnedFault::TooLarge);
            }
            bytes.extend_from_slice(&more);
        }
        return Ok(bytes.into());
    }
    Err(ReturnedFault::Missing)
}
