//! All of one's drafts and dossiers, and the wallet.

use askama::Template;
use axum::extract::State;
use identity::Actor;
use platform::Ctx;
use platform::web::pieces::Tag;
use platform::web::{Page, Problem, View};
use platform::words::Word;

use crate::draft::Draft;
use crate::pages::pieces::{light_tag, signing_told, status_tag};
use crate::queries::mine;
use crate::status::Status;
use crate::store::queue::Line;
use crate::store::result::StoredResult;

#[derive(Template)]
#[template(path = "list.html")]
struct ListPage<'a> {
    view: &'a View,
    drafts: Vec<DraftLine>,
    dossiers: Vec<DossierLine>,
    /// For whom, when the person acts for somebody else.
    subject: Option<String>,
}

struct DraftLine {
    path: String,
    name: String,
    saved: String,
}

struct DossierLine {
    path: String,
    name: String,
    number: String,
    state: Tag,
    light: Option<Tag>,
    when: String,
    /// Something waits for the citizen.
    todo: Option<String>,
}

pub async fn list(view: View, actor: Actor, State(ctx): State<Ctx>) -> Result<Page, Problem> {
    let person = actor.citizen()?;
    let mine = mine::list(&ctx, &person).await?;
    let page = ListPage {
        drafts: mine.drafts.iter().map(|draft| draft_line(&view, draft)).collect(),
        dossiers: mine.dossiers.iter().map(|line| dossier_line(&view, line)).collect(),
        subject: (!person.is_for_oneself()).then(|| person.subject.name.clone()),
        view: &view,
    };
    Page::new(&view, view.t("dossiers-mine-title"), &page)
}

fn draft_line(view: &View, draft: &Draft) -> DraftLine {
    let time = view.speech.time(draft.saved_at).into();
    let day = view.speech.day(draft.saved_at).into();
    DraftLine {
        path: format!("/ho-so/{}", draft.id),
        name: draft.procedure.name.clone(),
        saved: view.with("dossiers-saved-at", &[("time", time), ("day", day)]),
    }
}

fn dossier_line(view: &View, line: &Line) -> DossierLine {
    let status = line.status();
    let deadline = match status {
        Status::Accepted | Status::Handling => line.due_at,
        _ => None,
    };
    let due = deadline.map(|at| {
        let at = view.speech.weekday_date_time(at);
        view.with("dossiers-mine-due", &[("at", at.into())])
    });
    let sent = || {
        let at = view.speech.date_time(line.sent_at);
        view.with("dossiers-mine-sent", &[("at", Word::from(at))])
    };
    let todo = match status {
        Status::Supplement => Some(view.t("dossiers-mine-todo-supplement")),
        Status::MoneyDue => Some(view.t("dossiers-mine-todo-money")),
        _ => None,
    };
    DossierLine {
        path: format!("/ho-so/{}", line.id),
        name: line.procedure_name.clone(),
        number: line.known_as().to_owned(),
        state: status_tag(view, status),
        light: light_tag(view, deadline),
        when: due.unwrap_or_else(sent),
        todo,
    }
}

#[derive(Template)]
#[template(path = "wallet.html")]
struct WalletPage<'a> {
    view: &'a View,
    results: Vec<Paper>,
    subject: String,
}

struct Paper {
    title: String,
    number: String,
    unit: String,
    issued: String,
    check_code: String,
    signing: Option<String>,
    see: String,
    pdf: String,
    dossier: String,
}

pub async fn wallet(view: View, actor: Actor, State(ctx): State<Ctx>) -> Result<Page, Problem> {
    let person = actor.citizen()?;
    let results = mine::wallet(&ctx, &person).await?;
    let page = WalletPage {
        results: results.iter().map(|result| paper(&view, result)).collect(),
        subject: person.subject.name.clone(),
        view: &view,
    };
    Page::new(&view, view.t("dossiers-wallet-title"), &page)
}

fn paper(view: &View, result: &StoredResult) -> Paper {
    let base = format!("/ho-so/{}", result.dossier);
    Paper {
        title: result.title.clone(),
        number: result.number.clone(),
        unit: result.unit_name.clone(),
        issued: result.issued_at.map(|at| view.speech.day(at)).unwrap_or_default(),
        check_code: result.check_code.clone().unwrap_or_default(),
        signing: signing_told(view, result.signing, result.signed_at),
        see: format!("{base}/ket-qua"),
        pdf: format!("{base}/ket-qua/pdf"),
        dossier: base,
    }
}
