//! Answering a request for a supplement: the questions that are asked again, files, a word; sent
//! once, when nothing of it is missing.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 17

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Person};
use platform::Ctx;
use platform::files::{FileRefusal, Media};
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::pieces::{Tag, Task, Tasks, Tone};
use platform::web::{Form, Page, Problem, Reply, View};
use procedures::eform::{Flow, Step};

use super::one::{DemandTold, demand_told};
use super::{acted_on, target};
use crate::commands::reply;
use crate::demand::{Demand, Wanted};
use crate::form;
use crate::pages::filling::SCANS;
use crate::pages::only_id;
use crate::pages::pieces::{FileLine, file_lines};
use crate::queries::Whole;
use crate::queries::filling::{self, Filling};
use crate::refusal::Refusal;
use crate::reopening::{Change, Reopening, changes};

#[derive(Template)]
#[template(path = "supplement.html")]
struct SupplementPage<'a> {
    view: &'a View,
    whole: &'a Whole,
    demand: DemandTold,
    again: Option<Again>,
    files: Vec<FileLine>,
    component: Field,
    words: Field,
    accept: String,
    errors: Errors,
    base: String,
}

/// The questions that are asked again, and how the answers changed so far.
struct Again {
    questions: Tasks,
    changes: Vec<Change>,
}

/// What the page shows: the dossier, and its form where that is open again.
struct Shown<'a> {
    whole: &'a Whole,
    filling: Option<&'a Filling>,
}

pub async fn supplement(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    id: Path<String>,
) -> Result<Page, Problem> {
    let whole = acted_on(&ctx, &actor, only_id(id)?).await?;
    let filling = reopened(&ctx, &actor.citizen()?, &whole).await?;
    let shown = Shown { whole: &whole, filling: filling.as_ref() };
    shown.page(&view, Errors::new(), "")
}

/// Sends the answer; the clock of the office runs again.
pub async fn post_supplement(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    id: Path<String>,
    Form(form): Form<Answers>,
) -> Result<Reply, Problem> {
    let (id, words, person) = (only_id(id)?, form.get("loi"), actor.citizen()?);
    let target = target(id, form.get("version"));
    let (field, said) = match reply::give(&ctx, &person, target, words.to_owned()).await {
        Ok(_) => return Ok(given(&format!("/ho-so/{id}"))),
        Err(Refusal::NothingGiven) => ("tep", "dossiers-supplement-empty"),
        Err(Refusal::Incomplete) => ("to-khai", "dossiers-supplement-open"),
        Err(refusal) => return Err(refusal.into()),
    };
    let whole = acted_on(&ctx, &actor, id).await?;
    again_with(&view, &ctx, (&person, &whole), (field, view.t(said)), words).await
}

fn given(dossier: &str) -> Reply {
    Reply::see(dossier).notice("dossiers-notice-supplement-given")
}

/// The page again, with what was wrong with a file.
pub(super) async fn file_refused(
    view: &View,
    ctx: &Ctx,
    about: (&Person, &Whole),
    refusal: &FileRefusal,
) -> Result<Reply, Problem> {
    again_with(view, ctx, about, ("tep", refusal.sentence(&view.speech)), "").await
}

async fn again_with(
    view: &View,
    ctx: &Ctx,
    (person, whole): (&Person, &Whole),
    (field, said): (&str, String),
    typed: &str,
) -> Result<Reply, Problem> {
    let filling = reopened(ctx, person, whole).await?;
    let mut errors = Errors::new();
    errors.add(field, said);
    Shown { whole, filling: filling.as_ref() }.page(view, errors, typed).map(Reply::from)
}

/// The form of the dossier, where the open request asks for answers.
async fn reopened(ctx: &Ctx, person: &Person, whole: &Whole) -> Result<Option<Filling>, Refusal> {
    if !whole.open_demand().is_some_and(Demand::reopens_form) {
        return Ok(None);
    }
    let filling = filling::one(ctx, person, whole.dossier.id).await?;
    Ok(filling.filter(|filling| filling.reopening.is_some()))
}

impl Shown<'_> {
    fn page(&self, view: &View, errors: Errors, typed: &str) -> Result<Page, Problem> {
        let whole = self.whole;
        let now = whole.dossier.status;
        let demand = demand_told(view, whole).filter(|demand| !demand.money);
        let demand = demand.ok_or(Refusal::NotNow { status: now })?;
        let open = whole.open_demand().ok_or(Refusal::NotNow { status: now })?;
        let base = format!("/ho-so/{}", whole.dossier.id);
        let given = whole.files_of_demand(open).into_iter();
        let wrong = !errors.is_empty();
        let page = SupplementPage {
            again: self.again(view, &base)?,
            files: file_lines(view, whole, given, &format!("{base}/tep")),
            component: component_field(view, open),
            words: words_field(view, typed),
            accept: Media::accept(SCANS),
            demand,
            errors,
            base: base.clone(),
            whole,
            view,
        };
        let page = Page::new(view, view.t("dossiers-supplement-title"), &page)?.back(base);
        Ok(if wrong { page.error() } else { page })
    }

    fn again(&self, view: &View, base: &str) -> Result<Option<Again>, Refusal> {
        let Some(filling) = self.filling else { return Ok(None) };
        let Some(reopening) = &filling.reopening else { return Ok(None) };
        let flow = filling.flow()?;
        let steps = reopening.steps(&flow).into_iter();
        let questions = steps.map(|step| question(view, (&flow, reopening), step, base)).collect();
        let changes = changes(&reopening.earlier_flow(&flow), &flow, &view.speech);
        Ok(Some(Again { questions: Tasks(questions), changes }))
    }
}

fn question(
    view: &View,
    (flow, reopening): (&Flow<'_>, &Reopening),
    step: Step,
    base: &str,
) -> Task {
    let address = step.address(flow.definition);
    let (tone, state) = match (flow.is_done(step), reopening.is_changed(flow, step)) {
        (false, _) => (Tone::Bad, "dossiers-again-open"),
        (true, true) => (Tone::Good, "dossiers-again-changed"),
        (true, false) => (Tone::Plain, "dossiers-again-unchanged"),
    };
    Task {
        label: form::question_name(flow, step, &view.speech),
        hint: reopening.said_about(flow, step).map(str::to_owned),
        path: Some(format!("{base}/buoc/{address}")),
        state: Tag::new(tone, view.t(state)),
        id: address,
    }
}

/// Which of the papers asked for a file is.
fn component_field(view: &View, demand: &Demand) -> Field {
    let choices = demand.items.iter().filter_map(|item| match &item.wanted {
        Wanted::Component(component) => Some(Choice::new(component, &item.name)),
        Wanted::Page(_) | Wanted::Declaration => None,
    });
    let other = Choice::new("", view.t("dossiers-supplement-other"));
    let kind = Kind::Select(choices.chain([other]).collect());
    Field::new(&view.speech, kind, "giay-to", view.t("dossiers-supplement-for"))
}

fn words_field(view: &View, typed: &str) -> Field {
    Field::new(&view.speech, Kind::Lines(5), "loi", view.t("dossiers-supplement-words"))
        .hint(view.t("dossiers-supplement-words-hint"))
        .value(typed)
        .optional(&view.speech)
}
