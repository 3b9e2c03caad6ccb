//! /can-bo/ky-so/nhieu: several files at once, each named by its SHA-256, one code for all.

use askama::Template;
use axum::extract::State;
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;

use super::{WRONG, at_desk, code_field, wrong_code, wrong_word};
use crate::HERE;
use crate::commands::signing::{Named, Outcome, look_all, sign_all};
use crate::step::{SignatoryKind, Step};
use crate::submission::{Submission, SubmissionId};

const SEVERAL: &str = "/can-bo/ky-so/nhieu";
/// What is chosen, in addresses and forms.
pub(super) const CHOSEN: &str = "chosen";
/// Which part of the queue one came from: the tab, the kind of paper, the page.
const PLACE: [&str; 3] = ["xem", "loai", "sau"];

#[derive(Template)]
#[template(path = "several.html")]
struct SeveralTemplate<'a> {
    view: &'a View,
    errors: Markup,
    heading: String,
    rows: Vec<Row>,
    refused: Vec<(String, String)>,
    place: Vec<(&'static str, String)>,
    code: Field,
}

/// A paper that is about to be signed with others.
pub(super) struct Row {
    pub id: Uuid,
    pub value: String,
    pub title: String,
    pub number: String,
    pub sha256: String,
    pub is_seal: bool,
}

/// The files that were chosen, to be confirmed with a code. Nothing changes here, and the address
/// says all of it: whoever opens one of the files comes back to the same page.
pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    let chosen = Chosen::asked(&view);
    if chosen.named().is_empty() {
        return Ok(Reply::see(&chosen.queue()).notice("signing-notice-nothing-chosen"));
    }
    Ok(confirm(&view, (&ctx, &actor), &chosen).await?.into())
}

async fn confirm(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    chosen: &Chosen,
) -> Result<Page, Problem> {
    let (tasks, refused) = look_all(ctx, actor, chosen.named()).await?;
    // No code is asked for where nothing is left to sign.
    let errors = if tasks.is_empty() { Errors::new() } else { wrong_code(view)? };
    let count = [("count", tasks.len().into())];
    let heading = view.with("signing-several", &count);
    let template = SeveralTemplate {
        view,
        errors: errors.summary(&view.speech),
        heading: heading.clone(),
        rows: tasks.iter().map(|task| row(&task.submission, &task.step)).collect(),
        refused: told(view, &refused),
        place: chosen.place(),
        code: code_field(view, &errors),
    };
    let page = Page::new(view, heading, &template)?.wide().back(chosen.queue());
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

pub(super) fn row(one: &Submission, step: &Step) -> Row {
    Row {
        id: one.id.0,
        value: value(one.id, &one.sha256),
        title: one.title.clone(),
        number: one.number.clone(),
        sha256: one.sha256.clone(),
        is_seal: step.kind == SignatoryKind::Agency,
    }
}

pub(super) fn told(view: &View, refused: &[Outcome]) -> Vec<(String, String)> {
    let told = |one: &Outcome| {
        let sentence = one.refusal.as_ref().map(|refusal| refusal.sentence(&view.speech));
        (one.title.clone(), sentence.unwrap_or_default())
    };
    refused.iter().map(told).collect()
}

/// What the box of a paper sends: the file as it is shown.
pub(super) fn value(id: SubmissionId, sha256: &str) -> String {
    format!("{id}:{sha256}")
}

/// What the boxes of the queue sent and where in it they stood, as addresses and forms carry it on.
pub(super) struct Chosen(Vec<(&'static str, String)>);

impl Chosen {
    /// By the address.
    pub fn asked(view: &View) -> Chosen {
        Chosen::read(|name| view.queries(name))
    }

    /// By a form.
    pub fn sent(answers: &Answers) -> Chosen {
        Chosen::read(|name| answers.all(name).into_iter().map(str::to_owned).collect())
    }

    fn read(values: impl Fn(&str) -> Vec<String>) -> Chosen {
        let named = |name: &'static str| values(name).into_iter().map(move |value| (name, value));
        let pairs = PLACE.into_iter().chain([CHOSEN]).flat_map(named);
        Chosen(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// [`value`] each, and each file once.
    pub fn named(&self) -> Vec<Named> {
        let mut all: Vec<Named> = Vec::new();
        for (_, text) in self.0.iter().filter(|(name, _)| *name == CHOSEN) {
            let Some((id, sha256)) = text.split_once(':') else { continue };
            let Ok(id) = Uuid::try_parse(id).map(SubmissionId) else { continue };
            if all.iter().all(|one| one.id != id) {
                all.push(Named { id, sha256: sha256.to_owned() });
            }
        }
        all
    }

    /// The part of the queue, without what was chosen in it.
    pub fn place(&self) -> Vec<(&'static str, String)> {
        self.0.iter().filter(|(name, _)| *name != CHOSEN).cloned().collect()
    }

    /// The queue as it was left.
    pub fn queue(&self) -> String {
        self.address(HERE, None)
    }

    fn address(&self, path: &str, wrong: Option<String>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.0);
        query.extend_pairs(wrong.map(|word| (WRONG, word)));
        match query.finish() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

#[derive(Template)]
#[template(path = "outcome.html")]
struct OutcomeTemplate<'a> {
    view: &'a View,
    signed: Vec<String>,
    refused: Vec<(String, String)>,
}

pub(crate) async fn post_sign(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let chosen = Chosen::sent(&answers);
    match sign_all(&ctx, &actor, (chosen.named(), answers.get("code"))).await {
        Ok(outcomes) => at_end(&view, &actor, outcomes).await,
        Err(refusal) => match wrong_word(&refusal) {
            Some(word) => Ok(Reply::see(&chosen.address(SEVERAL, Some(word)))),
            None => Err(refusal.into()),
        },
    }
}

/// Back to the queue when all went well, else a page that says of each what happened.
pub(super) async fn at_end(
    view: &View,
    actor: &Actor,
    outcomes: Vec<Outcome>,
) -> Result<Reply, Problem> {
    let (signed, refused): (Vec<Outcome>, Vec<Outcome>) =
        outcomes.into_iter().partition(|one| one.refusal.is_none());
    if refused.is_empty() {
        return Ok(Reply::see(HERE).notice("signing-notice-signed-all"));
    }
    for one in &refused {
        tracing::warn!(submission = %one.id, refusal = ?one.refusal, "not signed with the others");
    }
    let template = OutcomeTemplate {
        view,
        signed: signed.into_iter().map(|one| one.title).collect(),
        refused: told(view, &refused),
    };
    let page = Page::new(view, view.t("signing-outcome"), &template)?.back(HERE);
    Ok(at_desk(view, actor, page).await.into())
}
