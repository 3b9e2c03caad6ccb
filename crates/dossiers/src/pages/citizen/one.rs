//! One dossier: its story, what waits for the citizen, its papers and its result. A draft shows
//! its task list at the same address.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::pieces::{Tag, Timeline};
use platform::web::{Page, Problem, Reply, View};

use crate::access;
use crate::demand::DemandKind;
use crate::draft::DraftState;
use crate::pages::filling;
use crate::pages::only_id;
use crate::pages::pieces::{
    AnswerPart, DueTold, FileLine, ItemTold, PaperLink, answers, due_told, file_lines, items_told,
    paper_links, status_tag, timeline,
};
use crate::queries::{UnitCard, Whole, filling as drafts};
use crate::reopening::Change;
use crate::status::Status;
use crate::store::result::StoredResult;

pub async fn show(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    id: Path<String>,
) -> Result<Page, Problem> {
    let id = only_id(id)?;
    let person = actor.citizen()?;
    if let Some(filling) = drafts::one(&ctx, &person, id).await?
        && filling.draft.state == DraftState::Open
    {
        return filling::tasks(&view, &filling).await;
    }
    let whole = super::whole(&ctx, &actor, id).await?;
    dossier_page(&view, &whole, access::may_act(&person, &whole.dossier))
}

#[derive(Template)]
#[template(path = "dossier.html")]
struct DossierPage<'a> {
    view: &'a View,
    whole: &'a Whole,
    state: Tag,
    number: String,
    due: Option<DueTold>,
    answer_by: Option<String>,
    office: UnitCard,
    demand: Option<DemandTold>,
    story: Timeline,
    answers: Vec<AnswerPart>,
    /// By supplements.
    changes: Vec<Change>,
    files: Vec<FileLine>,
    papers: Vec<PaperLink>,
    result: Option<&'a StoredResult>,
    base: String,
    can_withdraw: bool,
    can_rate: bool,
    can_act: bool,
}

/// What the citizen has to do now.
pub(crate) struct DemandTold {
    pub money: bool,
    pub reason: String,
    pub amount: Option<String>,
    pub until: String,
    pub items: Vec<ItemTold>,
}

pub(crate) fn demand_told(view: &View, whole: &Whole) -> Option<DemandTold> {
    let demand = whole.open_demand()?;
    Some(DemandTold {
        money: demand.kind == DemandKind::Money,
        reason: demand.reason.clone(),
        amount: demand.amount.map(|amount| view.speech.money(amount)),
        until: demand.answer_by.map(|at| view.speech.weekday_date(at)).unwrap_or_default(),
        items: items_told(view, whole, demand),
    })
}

fn dossier_page(view: &View, whole: &Whole, can_act: bool) -> Result<Page, Problem> {
    let dossier = &whole.dossier;
    let base = format!("/ho-so/{}", dossier.id);
    let (flow, demands) = (whole.flow(), whole.demands.iter());
    let answer_by = dossier.answer_due_at.filter(|_| dossier.status == Status::Registered);
    let done = matches!(dossier.status, Status::Finished | Status::HandedOver);
    let page = DossierPage {
        state: status_tag(view, dossier.status),
        number: dossier.known_as().to_owned(),
        due: due_told(view, dossier),
        answer_by: answer_by.map(|at| view.speech.weekday_date_time(at)),
        office: whole.unit(dossier.places.receiving),
        demand: demand_told(view, whole),
        story: timeline(view, whole, false),
        answers: flow.as_ref().map(|flow| answers(view, flow, None)).unwrap_or_default(),
        changes: demands.flat_map(|demand| whole.changes(demand, &view.speech)).collect(),
        files: file_lines(view, whole, whole.files_sent(), &format!("{base}/tep")),
        papers: paper_links(view, whole, &format!("{base}/phieu")),
        result: whole.issued_result(),
        can_withdraw: can_act
            && dossier.status.may_become(Status::Withdrawn)
            && !whole.awaits_signature(),
        can_rate: can_act && done && whole.rating.is_none(),
        can_act,
        base,
        whole,
        view,
    };
    Ok(Page::new(view, dossier.procedure.name.clone(), &page)?.back("/ho-so"))
}

/// What was sent, by which number it is known, and what happens next. May be looked at again.
pub async fn confirmation(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    id: Path<String>,
) -> Result<Reply, Problem> {
    let whole = super::whole(&ctx, &actor, only_id(id)?).await?;
    match whole.dossier.request_number.clone() {
        Some(number) => confirmation_page(&view, &whole, number).map(Reply::from),
        None => Ok(Reply::see(&format!("/ho-so/{}", whole.dossier.id))),
    }
}

fn confirmation_page(view: &View, whole: &Whole, number: String) -> Result<Page, Problem> {
    let dossier = &whole.dossier;
    let page = ConfirmationPage {
        number,
        sent: view.speech.date_time(dossier.sent_at),
        answer_by: dossier.answer_due_at.map(|at| view.speech.weekday_date_time(at)),
        office: whole.unit(dossier.places.receiving),
        base: format!("/ho-so/{}", dossier.id),
        phone: dossier.applicant.reached_by_phone().to_owned(),
        whole,
        view,
    };
    Page::new(view, view.t("dossiers-sent-title"), &page)
}

#[derive(Template)]
#[template(path = "confirmation.html")]
struct ConfirmationPage<'a> {
    view: &'a View,
    whole: &'a Whole,
    number: String,
    sent: String,
    answer_by: Option<String>,
    office: UnitCard,
    base: String,
    phone: String,
}
