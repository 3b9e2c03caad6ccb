//! The catalogue as a spreadsheet: brought in after a preview, taken out whole.

use std::fs::File;

use askama::Template;
use axum::extract::{Path, State};
use platform::Ctx;
use platform::files::{FileRefusal, KeepRules, Media};
use platform::web::form::{Answers, Errors, Field, Kind as Ask};
use platform::web::{Crumb, Form, Page, Problem, Reply, Shown, Upload, View};
use platform::words::Word;
use uuid::Uuid;

use super::forms::Faulty;
use crate::commands::{self, ImportMode, Report};
use crate::export;
use crate::mandate::{Mandate, Mandated};
use crate::sheet::COLUMNS;
use crate::store;

/// A country's catalogue has some ten thousand lines.
const SHEET_BYTES_MAX: u64 = 16 * 1024 * 1024;
const SHEET_NAME: &str = "don-vi.txt";
/// A report shows so many refused lines; the rest is counted.
const REFUSED_SHOWN: usize = 200;

pub async fn choose(view: View, mandated: Mandated) -> Result<Page, Problem> {
    choose_page(&view, &mandated, &Errors::new())
}

pub async fn post_preview(
    view: View,
    mandated: Mandated,
    State(ctx): State<Ctx>,
    mut upload: Upload,
) -> Result<Reply, Problem> {
    match preview(&view, &ctx, &mandated.mandate, &mut upload).await {
        Ok((file, report)) => Ok(report_page(&view, &mandated, Some(file), &report)?.into()),
        Err(Faulty::Problem(problem)) => Err(problem),
        Err(Faulty::Mistakes(errors)) => Ok(choose_page(&view, &mandated, &errors)?.error().into()),
    }
}

pub async fn post_apply(
    view: View,
    mandated: Mandated,
    State(ctx): State<Ctx>,
    Path(file): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Page, Problem> {
    let sheet = own_sheet(&ctx, &mandated.mandate, file).await?;
    let report = commands::import(&ctx, &mandated.mandate, sheet, ImportMode::Apply).await?;
    forget(&ctx, &mandated.mandate).await?;
    report_page(&view, &mandated, None, &report)
}

pub async fn export(mandated: Mandated, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    let bytes = export::csv(&ctx, mandated.mandate.over).await?;
    Ok(Reply::file("don-vi.csv", "text/csv; charset=utf-8", Shown::Saved, bytes))
}

/// Says what the sheet would do, and keeps it until it is applied or another one is brought.
async fn preview(
    view: &View,
    ctx: &Ctx,
    mandate: &Mandate,
    upload: &mut Upload,
) -> Result<(Uuid, Report), Faulty> {
    let file = kept(view, ctx, mandate, upload).await?;
    let (actor, at) = (mandate.actor.unwrap_or_default(), ctx.clock.now());
    ctx.store.write(move |tx| store::keep_sheet(tx, actor, file, at)).await?;
    let sheet = own_sheet(ctx, mandate, file).await?;
    let report = commands::import(ctx, mandate, sheet, ImportMode::Preview).await;
    report.map(|report| (file, report)).map_err(|refusal| Faulty::of(view, refusal))
}

/// The file of the form, kept; what is no text is a mistake at the field.
async fn kept(
    view: &View,
    ctx: &Ctx,
    mandate: &Mandate,
    upload: &mut Upload,
) -> Result<Uuid, Faulty> {
    forget(ctx, mandate).await?;
    while let Some(piece) = upload.next().await? {
        if piece.is_file() {
            let kept = ctx.files.keep(piece, &rules(mandate)).await;
            return kept.map(|kept| kept.id).map_err(|refusal| unkept(view, refusal));
        }
    }
    Err(mistake(view.t("organisations-refusal-sheet-none")))
}

fn rules(mandate: &Mandate) -> KeepRules {
    KeepRules {
        // A sheet is text to whoever keeps it, whatever ending the spreadsheet gave it.
        name: SHEET_NAME.to_owned(),
        owner: mandate.actor.unwrap_or_default(),
        media: &[Media::Text],
        max_bytes: SHEET_BYTES_MAX,
        quota_bytes: SHEET_BYTES_MAX * 4,
    }
}

fn unkept(view: &View, refusal: FileRefusal) -> Faulty {
    match refusal {
        FileRefusal::Store(error) => error.into(),
        refusal => mistake(refusal.sentence(&view.speech)),
    }
}

fn mistake(sentence: String) -> Faulty {
    let mut errors = Errors::new();
    errors.add("sheet", sentence);
    errors.into()
}

/// The officer's own last sheet, read from the disk line by line; another's is not there.
async fn own_sheet(ctx: &Ctx, mandate: &Mandate, file: Uuid) -> Result<File, Problem> {
    let actor = mandate.actor.unwrap_or_default();
    let own = ctx.store.read(move |tx| store::sheet_of(tx, actor)).await?;
    if own != Some(file) {
        return Err(Problem::not_found());
    }
    ctx.files.file(file).await.map_err(|refusal| match refusal {
        FileRefusal::Missing => Problem::not_found(),
        FileRefusal::Store(error) => error.into(),
        other => Problem::broken(&other.to_string()),
    })
}

async fn forget(ctx: &Ctx, mandate: &Mandate) -> Result<(), Problem> {
    let actor = mandate.actor.unwrap_or_default();
    Ok(ctx.store.write(move |tx| store::forget_sheet(tx, actor)).await?)
}

#[derive(Template)]
#[template(path = "import.html")]
struct ChoosePage<'a> {
    view: &'a View,
    errors: &'a Errors,
    file: Field,
    columns: &'static [&'static str],
}

fn choose_page(view: &View, mandated: &Mandated, errors: &Errors) -> Result<Page, Problem> {
    let accept = ".csv,.txt,text/csv,text/plain".to_owned();
    let file = Ask::File { accept, many: false };
    let file = Field::new(&view.speech, file, "sheet", view.t("organisations-ask-sheet"))
        .hint(view.t("organisations-ask-sheet-hint"))
        .errors(errors);
    let content = ChoosePage { view, errors, file, columns: &COLUMNS };
    framed(view, mandated, view.t("organisations-import"), &content)
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage<'a> {
    view: &'a View,
    /// A preview leads on to the import of this file.
    file: Option<Uuid>,
    title: String,
    numbers: [(String, String); 5],
    refused: Vec<(u64, String, String)>,
    refused_more: Option<String>,
}

fn report_page(
    view: &View,
    mandated: &Mandated,
    file: Option<Uuid>,
    report: &Report,
) -> Result<Page, Problem> {
    let changes = report.new + report.changed;
    let number = |count: usize| view.speech.number(count as i64);
    let line = |word: &str, count: usize| (view.t(word), number(count));
    let shown = report.refused.iter().take(REFUSED_SHOWN);
    let title = match file {
        Some(_) => view.t("organisations-import-preview"),
        None => view.t("organisations-import-done"),
    };
    let content = ReportPage {
        view,
        file: file.filter(|_| changes > 0),
        title: title.clone(),
        numbers: [
            line("organisations-import-read", report.read),
            line("organisations-import-new", report.new),
            line("organisations-import-changed", report.changed),
            line("organisations-import-unchanged", report.unchanged),
            line("organisations-import-refused", report.refused.len()),
        ],
        refused: shown
            .map(|row| (row.line, row.code.clone(), row.why.sentence(&view.speech)))
            .collect(),
        refused_more: (report.refused.len() > REFUSED_SHOWN).then(|| {
            let more = Word::from(report.refused.len() - REFUSED_SHOWN);
            view.with("organisations-import-refused-more", &[("count", more)])
        }),
    };
    framed(view, mandated, title, &content)
}

fn framed(
    view: &View,
    mandated: &Mandated,
    title: String,
    content: &impl Template,
) -> Result<Page, Problem> {
    let home = Crumb { path: "/quan-tri/don-vi".to_owned(), label: view.t("organisations-manage") };
    Ok(Page::new(view, title, content)?.menu(mandated.menu.clone()).crumbs(vec![home]))
}
