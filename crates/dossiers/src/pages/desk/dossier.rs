//! One dossier on the desk: who wants what, until when, what was handed in, what happened, and
//! what can be done now.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::pieces::{Tag, Timeline};
use platform::web::{Page, Problem, Reply, Shown, View};
use uuid::Uuid;

use super::act::{ActLink, links};
use crate::applicant::PaperTaken;
use crate::pages::pieces::{
    AnswerPart, DueTold, FileLine, ItemTold, PaperLink, answers, due_told, file_lines, items_told,
    light_tag, paper_links, role_word, signing_told, status_tag, step_name, timeline,
};
use crate::pages::{id_of, only_id, papers};
use crate::papers::FeeLine;
use crate::paperwork::fee_lines;
use crate::queries::desk::{self, Powers};
use crate::queries::{UnitCard, Whole};
use crate::reopening::Change;
use crate::status::Status;

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskPage<'a> {
    view: &'a View,
    whole: &'a Whole,
    state: Tag,
    number: String,
    /// An approved result that waits for its signatures.
    awaited: Option<Awaited>,
    /// How the issued result stands with them.
    signing: Option<String>,
    /// The act in front, and the others.
    first: Option<ActLink>,
    others: Vec<ActLink>,
    due: Option<DueTold>,
    answer_by: Option<(String, Option<Tag>)>,
    step: String,
    step_due: Option<(String, Option<Tag>)>,
    receiving: UnitCard,
    deciding: UnitCard,
    demands: Vec<DemandLine>,
    fees: Vec<FeeLine>,
    answers: Vec<AnswerPart>,
    taken: &'a [PaperTaken],
    files: Vec<FileLine>,
    papers: Vec<PaperLink>,
    story: Timeline,
    hands: Vec<HandLine>,
    base: String,
    channel: String,
}

struct Awaited {
    who: String,
    at: String,
    /// Where they sign, for the one who decided.
    sign: Option<String>,
}

struct DemandLine {
    title: String,
    asked: String,
    reason: String,
    items: Vec<ItemTold>,
    until: String,
    answer: String,
    /// Answers of the form, old and new.
    changes: Vec<Change>,
    files: Vec<FileLine>,
}

struct HandLine {
    at: String,
    from: String,
    to: String,
    course: Option<Tag>,
    note: String,
}

pub async fn show(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    id: Path<String>,
) -> Result<Page, Problem> {
    let whole = desk::one(&ctx, &actor, only_id(id)?).await?.ok_or_else(Problem::not_found)?;
    let page = page(&view, &whole, &actor);
    let title = format!("{} {}", page.number, whole.dossier.applicant.name);
    let menu = identity::desk(&view, &actor).await;
    Ok(Page::new(&view, title, &page)?.menu(menu).back("/can-bo/ho-so"))
}

fn page<'a>(view: &'a View, whole: &'a Whole, actor: &Actor) -> DeskPage<'a> {
    let dossier = &whole.dossier;
    let powers = Powers::of(actor, dossier);
    let base = format!("/can-bo/ho-so/{}", dossier.id);
    let mut acts = links(view, whole, powers).into_iter();
    let with_light = |at| (view.speech.weekday_date_time(at), light_tag(view, Some(at)));
    let answer_by = dossier.answer_due_at.filter(|_| dossier.status == Status::Registered);
    let working = matches!(dossier.status, Status::Accepted | Status::Handling);
    let flow = whole.flow();
    DeskPage {
        state: status_tag(view, dossier.status),
        number: dossier.known_as().to_owned(),
        awaited: awaited(view, whole, actor),
        signing: whole
            .issued_result()
            .and_then(|result| signing_told(view, result.signing, result.signed_at)),
        // While signatures are awaited they come first.
        first: if whole.awaits_signature() { None } else { acts.next() },
        others: acts.collect(),
        due: due_told(view, dossier),
        answer_by: answer_by.map(with_light),
        step: step_name(view, whole, dossier.holder.step),
        step_due: dossier.holder.due_at.filter(|_| working).map(with_light),
        receiving: whole.unit(dossier.places.receiving),
        deciding: whole.unit(dossier.places.deciding),
        demands: demand_lines(view, whole, &base),
        fees: fee_lines(&whole.version, dossier.channel, &view.speech),
        answers: flow.as_ref().map(|flow| answers(view, flow, None)).unwrap_or_default(),
        taken: &dossier.papers,
        files: file_lines(view, whole, whole.files_sent(), &format!("{base}/tep")),
        papers: paper_links(view, whole, &format!("{base}/phieu")),
        story: timeline(view, whole, true),
        hands: hand_lines(view, whole),
        channel: view.t(&format!("dossiers-channel-{}", dossier.channel.as_str())),
        base,
        whole,
        view,
    }
}

fn awaited(view: &View, whole: &Whole, actor: &Actor) -> Option<Awaited> {
    let result = whole.result.as_ref().filter(|result| result.signing.is_awaited())?;
    let own = result.signer == Some(actor.account.0);
    let submission = result.submission.filter(|_| own);
    Some(Awaited {
        who: result.signer_name.clone(),
        at: result.approved_at.map(|at| view.speech.date_time(at)).unwrap_or_default(),
        sign: submission.map(|id| format!("/can-bo/ky-so/{id}")),
    })
}

fn demand_lines(view: &View, whole: &Whole, base: &str) -> Vec<DemandLine> {
    let base = format!("{base}/tep");
    let line = |demand: &crate::demand::Demand| {
        let at = view.speech.date_time(demand.asked_at);
        let values = [("at", at.into()), ("by", (&demand.asked_by_name).into())];
        let files = if demand.is_open() { Vec::new() } else { whole.files_of_demand(demand) };
        DemandLine {
            title: view.t(&format!("dossiers-demand-{}", demand.kind.word())),
            asked: view.with("dossiers-demand-asked", &values),
            reason: demand.reason.clone(),
            items: items_told(view, whole, demand),
            changes: whole.changes(demand, &view.speech),
            until: demand.answer_by.map(|at| view.speech.weekday_date(at)).unwrap_or_default(),
            answer: demand.answer.clone(),
            files: file_lines(view, whole, files.into_iter(), &base),
        }
    };
    whole.demands.iter().map(line).collect()
}

fn hand_lines(view: &View, whole: &Whole) -> Vec<HandLine> {
    use platform::web::pieces::Tone;
    let unit = |id: Uuid| whole.units.get(&id).map(|unit| unit.name.clone()).unwrap_or_default();
    whole
        .handovers
        .iter()
        .map(|line| HandLine {
            at: view.speech.date_time(line.at),
            from: format!("{} ({})", line.from_name, role_word(view, &line.from_role)),
            to: format!("{}, {}", role_word(view, &line.to_role), unit(line.to_unit)),
            course: match line.course.as_str() {
                "early" => Some(Tag::new(Tone::Good, view.t("dossiers-course-early"))),
                "on_time" => Some(Tag::new(Tone::Good, view.t("dossiers-course-on-time"))),
                "late" => Some(Tag::new(Tone::Bad, view.t("dossiers-course-late"))),
                _ => None,
            },
            note: line.note.clone(),
        })
        .collect()
}

/// A file of a dossier that concerns one's unit.
pub async fn file(
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, file)): Path<(String, String)>,
) -> Result<Reply, Problem> {
    let whole = desk::one(&ctx, &actor, id_of(&id)?).await?.ok_or_else(Problem::not_found)?;
    let wanted = Uuid::try_parse(&file).map_err(|_| Problem::not_found())?;
    let known = whole.files_sent().find(|known| known.id == wanted);
    let known = known.ok_or_else(Problem::not_found)?;
    papers::stream(&ctx, known.file, Shown::Saved).await
}
