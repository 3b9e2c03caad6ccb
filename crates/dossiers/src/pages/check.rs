//! The public page that confirms a result: what a verifier needs and no more, and what is to be
//! said of its signatures today.
//!
//! Law: Luật 20/2023/QH15 art. 22

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field, Kind, Width};
use platform::web::{Form, Page, Problem, Reply, View};
use trust::sentence;
use trust::verdict::{Finding, PartyKind, Report, Standing};

use crate::check_code::CheckCode;
use crate::pages::pieces::signing_told;
use crate::queries::check::{Checked, check, verdict};

#[derive(Template)]
#[template(path = "check_form.html")]
struct CheckForm<'a> {
    view: &'a View,
    errors: Errors,
    code: Field,
    /// Handed to the check of signatures, which is another capability's.
    file: Field,
    unknown: bool,
}

#[derive(Template)]
#[template(path = "checked.html")]
struct CheckedPage<'a> {
    view: &'a View,
    checked: &'a Checked,
    issued: String,
    /// Why there are no signatures to be judged.
    unsigned: Option<String>,
    verdict: Option<Verdict>,
    /// It was issued, and yet its signatures do not hold.
    is_doubtful: bool,
}

/// What is said of the signatures of the PDF.
struct Verdict {
    tone: &'static str,
    standing: String,
    summary: String,
    signatures: Vec<Signature>,
}

struct Signature {
    /// A person's, or an agency's.
    kind: String,
    who: String,
    when: String,
    reasons: Vec<String>,
}

pub async fn ask(view: View) -> Result<Page, Problem> {
    form_page(&view, "", Errors::new(), false)
}

/// The address on the paper. A code that is not there is said so: guessing one is hopeless.
pub async fn show(
    view: View,
    State(ctx): State<Ctx>,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let found = match CheckCode::parse(&code) {
        Some(parsed) => check(&ctx, &parsed).await?,
        None => None,
    };
    match found {
        Some(checked) => checked_page(&view, &ctx, &checked).await,
        None => Ok(form_page(&view, &code, Errors::new(), true)?.status(StatusCode::NOT_FOUND)),
    }
}

pub async fn post_ask(view: View, Form(form): Form<Answers>) -> Result<Reply, Problem> {
    let typed = form.get("ma");
    match CheckCode::parse(typed) {
        Some(code) => Ok(Reply::see(&format!("/kiem-tra/{code}"))),
        None => {
            let mut errors = Errors::new();
            let key = if typed.is_empty() { "missing" } else { "shape" };
            errors.add("ma", view.t(&format!("dossiers-verify-code-{key}")));
            form_page(&view, typed, errors, false).map(Reply::from)
        }
    }
}

fn form_page(view: &View, typed: &str, errors: Errors, unknown: bool) -> Result<Page, Problem> {
    let wrong = !errors.is_empty();
    let page = CheckForm {
        code: Field::new(&view.speech, Kind::Text, "ma", view.t("dossiers-result-check-code"))
            .hint(view.t("dossiers-verify-code-hint"))
            .width(Width::Twenty)
            .value(typed)
            .errors(&errors),
        file: signed_file(view),
        errors,
        unknown,
        view,
    };
    let page = Page::new(view, view.t("dossiers-verify-title"), &page)?;
    Ok(if wrong { page.error() } else { page })
}

fn signed_file(view: &View) -> Field {
    let kind = Kind::File { accept: String::new(), many: false };
    Field::new(&view.speech, kind, "tep", view.t("dossiers-verify-file"))
        .hint(view.t("dossiers-verify-file-hint"))
}

async fn checked_page(view: &View, ctx: &Ctx, checked: &Checked) -> Result<Page, Problem> {
    let report = match checked.signed {
        Some(file) => Some(verdict(ctx, file).await?),
        None => None,
    };
    let is_doubtful = report.as_ref().is_some_and(|one| one.standing == Standing::Invalid);
    let verdict = report.map(|one| told(view, &one));
    let page = CheckedPage {
        issued: view.speech.date_time(checked.issued_at),
        unsigned: signing_told(view, checked.signing, None).filter(|_| verdict.is_none()),
        verdict,
        is_doubtful,
        checked,
        view,
    };
    let title = if is_doubtful { "dossiers-verify-doubtful" } else { "dossiers-verify-genuine" };
    Page::new(view, view.t(title), &page)
}

fn told(view: &View, report: &Report) -> Verdict {
    let speech = &view.speech;
    let signature = |finding: &Finding| {
        let agency = finding.signer.as_ref().filter(|one| one.kind == PartyKind::Organisation);
        let (word, who) = match agency {
            Some(agency) => ("dossiers-verify-agency", Some(agency.name.clone())),
            None => ("dossiers-verify-person", sentence::signer(finding, speech)),
        };
        Signature {
            kind: view.t(word),
            who: who.unwrap_or_default(),
            when: sentence::of_time(finding, speech),
            reasons: finding.reasons.iter().map(|one| sentence::of_reason(one, speech)).collect(),
        }
    };
    Verdict {
        tone: match report.standing {
            Standing::Valid => "good",
            Standing::Invalid => "bad",
            Standing::Unverifiable | Standing::Absent => "warn",
        },
        standing: sentence::standing(report.standing, speech),
        summary: sentence::summary(report, speech),
        signatures: report.findings.iter().map(signature).collect(),
    }
}
