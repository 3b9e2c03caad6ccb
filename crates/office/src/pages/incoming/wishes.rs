//! /can-bo/van-ban-den/yeu-cau/{id}: what a sender wants done to what it sent; and
//! /can-bo/van-ban-den/chua-bao: what is closed here and not so there.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State as Given};
use identity::{Actor, Right};
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::pieces::{Summary, SummaryRow};
use platform::web::{Form, Markup, Page, Problem, Reply, Shown, View};
use uuid::Uuid;

use super::show::status_word;
use super::wanted;
use crate::INCOMING;
use crate::change::{ChangeFile, ChangeKind, ChangeState};
use crate::commands::incoming::deciding;
use crate::document::IncomingId;
use crate::fault::Fault;
use crate::hand::Asker;
use crate::incoming::{Incoming, REASON_LETTERS_MAX};
use crate::pages::{at_desk, at_field};
use crate::queries::received::{self, Wished};
use crate::refusal::Refusal;

#[derive(Template)]
#[template(path = "incoming_wish.html")]
struct WishTemplate<'a> {
    view: &'a View,
    errors: Markup,
    heading: String,
    lead: String,
    facts: Summary,
    /// Address, name and size of what came with it.
    files: Vec<(String, String, String)>,
    files_heading: String,
    target: Option<(String, String)>,
    /// The document that is meant is chosen from these.
    which: Option<Field>,
    fields: Vec<Field>,
    action: String,
    link: String,
}

pub(crate) async fn show(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    let typed = Answers::default();
    page(&view, (&ctx, &actor), id, (&typed, &Errors::new())).await
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: Uuid,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let wished = received::wished(ctx, actor, id).await?;
    let change = &wished.change;
    let is_open = matches!(change.state, ChangeState::Waiting | ChangeState::Parked);
    let target = wished.target.as_ref().map(|one| (format!("{INCOMING}/{}", one.id), named(one)));
    let key = match (is_open, &target) {
        (false, _) => "office-wish-decided".to_owned(),
        (true, None) if wished.candidates.is_empty() => "office-wish-parked-alone".to_owned(),
        (true, None) => "office-wish-parked".to_owned(),
        (true, Some(_)) => format!("office-wish-{}-lead", change.kind.code()),
    };
    let template = WishTemplate {
        view,
        errors: errors.summary(&view.speech),
        heading: view.t(&change.kind.word()),
        lead: view.t(&key),
        facts: facts(view, &wished),
        files_heading: view.t(match change.kind {
            ChangeKind::Update => "office-wish-update-files",
            _ => "office-wish-files",
        }),
        files: wished.files.iter().map(|file| file_row(view, file)).collect(),
        which: which(view, &wished, (typed, errors)).filter(|_| is_open),
        fields: if is_open { fields(view, &wished, (typed, errors)) } else { Vec::new() },
        target,
        action: format!("{INCOMING}/yeu-cau/{id}"),
        link: format!("{INCOMING}/yeu-cau/{id}/van-ban"),
    };
    let page = Page::new(view, template.heading.clone(), &template)?;
    let page = page.back(format!("{INCOMING}?muc=yeu-cau-ben-gui"));
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

fn file_row(view: &View, file: &ChangeFile) -> (String, String, String) {
    let path = format!("{INCOMING}/yeu-cau/{}/tep/{}", file.change, file.id);
    (path, file.name.clone(), view.speech.size(file.size_bytes))
}

/// What came with it, never shown in our own name.
pub(crate) async fn file(
    Given(ctx): Given<Ctx>,
    actor: Actor,
    Path((id, file)): Path<(Uuid, Uuid)>,
) -> Result<Reply, Problem> {
    let wished = received::wished(&ctx, &actor, id).await?;
    let found = wished.files.into_iter().find(|one| one.id == file);
    let one = found.ok_or_else(Problem::not_found)?;
    let opened = ctx.files.open(one.file).await.map_err(Refusal::from)?;
    let size_bytes = opened.range.end - opened.range.start;
    let body = (Body::from_stream(opened.body), size_bytes);
    Ok(Reply::stream(&one.name, &one.media, Shown::Saved, body))
}

fn named(one: &Incoming) -> String {
    format!("{} {}", one.code(), one.subject).trim().to_owned()
}

fn facts(view: &View, wished: &Wished) -> Summary {
    let change = &wished.change;
    let named: Vec<String> = serde_json::from_str(&change.named).unwrap_or_default();
    let row = |word: &str, value: &str| SummaryRow::new(view.t(word), value);
    let mut rows = vec![
        row("office-sender", &format!("{} ({})", change.from_name, change.from_code)),
        row("office-reason", &change.reason),
        row("office-asked-at", &view.speech.date_time(change.asked_at)),
        row("office-wish-named", &named.join("\n")),
        row("office-state", &view.t(&change.state.word())),
    ];
    if let Some((at, by)) = change.decided_at.zip(change.decided_by.as_ref()) {
        rows.push(row("office-wish-by", &format!("{by}, {}", view.speech.date_time(at))));
        rows.push(row("office-note", &change.note));
    }
    Summary::new(view, rows)
}

fn which(view: &View, wished: &Wished, (typed, errors): (&Answers, &Errors)) -> Option<Field> {
    if wished.target.is_some() || wished.candidates.is_empty() {
        return None;
    }
    let choices = wished.candidates.iter().map(|one| Choice::new(one.id.to_string(), named(one)));
    let first = Choice::new("", view.t("office-choose-document"));
    let kind = Kind::Select(std::iter::once(first).chain(choices).collect());
    let field = Field::new(&view.speech, kind, "target", view.t("office-field-target"));
    Some(field.value(typed.get("target")).errors(errors))
}

fn fields(view: &View, wished: &Wished, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let note = Field::new(&view.speech, Kind::Lines(3), "reason", view.t("office-note"));
    let note = note
        .hint(view.t(match wished.target {
            Some(_) => "office-wish-note-hint",
            None => "office-wish-aside-hint",
        }))
        .max_letters(REASON_LETTERS_MAX as u32)
        .value(typed.get("reason"))
        .errors(errors);
    if wished.target.is_none() {
        return vec![note];
    }
    let agree = format!("office-wish-{}-yes", wished.change.kind.code());
    let choices = vec![
        Choice::new("yes", view.t(&agree)),
        Choice::new("no", view.t("office-wish-no")).hint(view.t("office-wish-no-hint")),
    ];
    let answer =
        Field::new(&view.speech, Kind::Radios(choices), "answer", view.t("office-wish-answer"));
    vec![answer.value(typed.get("answer")).errors(errors), note]
}

pub(crate) async fn post_decide(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    match decided(&ctx, &actor, id, &answers).await {
        Ok(()) => {
            let back = format!("{INCOMING}?muc=yeu-cau-ben-gui");
            Ok(Reply::see(&back).notice("office-notice-wish-decided"))
        }
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, (&ctx, &actor), id, (&answers, &errors)).await?.into())
        }
    }
}

/// What nobody knows the document of is only set aside.
async fn decided(ctx: &Ctx, actor: &Actor, id: Uuid, answers: &Answers) -> Result<(), Refusal> {
    let wished = received::wished(ctx, actor, id).await?;
    let agrees = match (wished.target.is_some(), answers.get("answer")) {
        (false, _) | (true, "no") => false,
        (true, "yes") => true,
        _ => return Err(Fault::AnswerMissing.into()),
    };
    let note = answers.get("reason").to_owned();
    deciding::decide(ctx, Asker::of(ctx, actor), id, (agrees, note)).await
}

pub(crate) async fn post_link(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let target = Uuid::try_parse(answers.get("target")).unwrap_or_default();
    match deciding::link(&ctx, Asker::of(&ctx, &actor), (id, IncomingId(target))).await {
        Ok(()) => Ok(Reply::see(&format!("{INCOMING}/yeu-cau/{id}"))),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, (&ctx, &actor), id, (&answers, &errors)).await?.into())
        }
    }
}

#[derive(Template)]
#[template(path = "incoming_untold.html")]
struct UntoldTemplate<'a> {
    view: &'a View,
    office: String,
    rows: Vec<UntoldRow>,
}

struct UntoldRow {
    id: IncomingId,
    document: String,
    from: String,
    here: String,
    there: String,
    why: String,
}

pub(crate) async fn untold(
    view: View,
    Given(ctx): Given<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    actor.require_anywhere(Right::SeeDocuments)?;
    let wanted = wanted(&ctx, &view).await?;
    let (office, found) = received::untold(&ctx, &actor, wanted).await?;
    let row = |(one, there): &(Incoming, String)| UntoldRow {
        id: one.id,
        document: named(one),
        from: one.from_name.clone(),
        here: view.t(&one.state.word()),
        there: view.t(&status_word(there)),
        why: one.told_fault.clone(),
    };
    let rows = found.iter().map(row).collect();
    let template = UntoldTemplate { view: &view, office: office.name, rows };
    let page = Page::new(&view, view.t("office-untold"), &template)?.back(INCOMING);
    Ok(at_desk(&view, &actor, page).await)
}

pub(crate) async fn post_tell(
    Given(ctx): Given<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let asker = Asker::of(&ctx, &actor);
    crate::commands::incoming::statuses::tell_again(&ctx, asker, IncomingId(id)).await?;
    Ok(Reply::see(&format!("{INCOMING}/chua-bao")).notice("office-notice-told-again"))
}
