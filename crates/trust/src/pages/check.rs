//! The public check of a signed file. Nothing that is sent is kept. What is not known about
//! revocation, and a believed anchor vouches for, is wanted from then on: a job asks, not we.
//!
//! Law: Luật 20/2023/QH15 art. 22
//! Law: NĐ 30/2020/NĐ-CP art. 21

use std::sync::LazyLock;
use std::time::Duration;

use askama::Template;
use axum::extract::State;
use bytes::Bytes;
use futures_util::StreamExt;
use http::StatusCode;
use platform::Ctx;
use platform::web::form::{Errors, Field, Kind};
use platform::web::{Page, Piece, Problem, Reply, Shown, Upload, View};
use platform::words::Word;
use serde_json::Value;
use tokio::sync::Semaphore;

use crate::judging::{Asked, Judged, judged};
use crate::pages::check_report::report_page;
use crate::verdict::{Policy, shown};

/// Of all files of one question together.
const FILE_MEBIBYTES: i64 = 25;
const FILE_BYTES_MAX: usize = (FILE_MEBIBYTES as usize) << 20;
/// Questions in memory at once; one more is asked to come back.
const AT_ONCE: usize = 24;
const PATIENCE: Duration = Duration::from_secs(120);
const BACK_AFTER_SECONDS: u32 = 20;
const FILE: &str = "tep";
const CONTENT: &str = "tep-goc";
/// The name of the buttons.
const AS: &str = "dang";

static PLACES: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(AT_ONCE));

#[derive(Template)]
#[template(path = "check.html")]
struct Form<'a> {
    view: &'a View,
    errors: Errors,
    file: Field,
    content: Field,
}

/// What was sent.
#[derive(Default)]
struct Sent {
    name: String,
    file: Vec<u8>,
    content: Option<Vec<u8>>,
    as_json: bool,
}

pub(crate) async fn ask(view: View) -> Result<Page, Problem> {
    form(&view, Errors::new())
}

pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    upload: Upload,
) -> Result<Reply, Problem> {
    let Ok(_place) = PLACES.try_acquire() else {
        return Err(Problem::later(BACK_AFTER_SECONDS));
    };
    let sent = match in_time(&view, upload).await? {
        Ok(sent) => sent,
        Err(errors) => return form(&view, errors).map(Reply::from),
    };
    let (as_json, name) = (sent.as_json, sent.name.clone());
    let asked = asked(&view, sent);
    answer(&view, &ctx, &judged(&ctx, asked).await?, (as_json, &name))
}

fn asked(view: &View, sent: Sent) -> Asked {
    let policy = Policy { file_bytes_max: FILE_BYTES_MAX, ..Policy::default() };
    let (file, content) = (sent.file.into(), sent.content.map(Bytes::from));
    Asked { file, content, at: view.now, policy }
}

/// JSON for programs and for who asks for it, else a page.
fn answer(
    view: &View,
    ctx: &Ctx,
    judged: &Judged,
    (as_json, name): (bool, &str),
) -> Result<Reply, Problem> {
    if view.wants_json() {
        return Reply::json(StatusCode::OK, &value(view, judged));
    }
    match as_json {
        true => saved(&value(view, judged)),
        false => report_page(view, ctx, (judged, name)).map(Reply::from),
    }
}

/// The report, and whether asking again later may bring more.
pub(super) fn value(view: &View, judged: &Judged) -> Value {
    let mut value = judged.report.to_json(&view.speech);
    value["revocation_outlook"] = judged.outlook.code().into();
    value
}

async fn in_time(view: &View, upload: Upload) -> Result<Result<Sent, Errors>, Problem> {
    let taken = tokio::time::timeout(PATIENCE, take(view, upload)).await;
    taken.unwrap_or_else(|_| Ok(Err(at_file(view, "trust-check-upload-broken"))))
}

/// Reads what was sent, as far as it may be long.
async fn take(view: &View, mut upload: Upload) -> Result<Result<Sent, Errors>, Problem> {
    let mut sent = Sent::default();
    let mut left = FILE_BYTES_MAX;
    while let Some(piece) = upload.next().await? {
        if !piece.is_file() {
            if piece.name == AS {
                sent.as_json = piece.text().await? == "json";
            }
            continue;
        }
        let (field, name) = (piece.name.clone(), piece.file_name.clone().unwrap_or_default());
        let Some(bytes) = bounded(piece, &mut left).await? else {
            return Ok(Err(at_file(view, "trust-check-too-large")));
        };
        match field.as_str() {
            FILE => (sent.name, sent.file) = (shown(&name), bytes),
            CONTENT if !bytes.is_empty() => sent.content = Some(bytes),
            _ => {}
        }
    }
    if sent.file.is_empty() {
        return Ok(Err(at_file(view, "trust-check-file-missing")));
    }
    Ok(Ok(sent))
}

/// `None` when it is longer than what is left; the rest is then read and thrown away, so that the
/// browser gets to see why.
async fn bounded(mut piece: Piece<'_>, left: &mut usize) -> Result<Option<Vec<u8>>, Problem> {
    let mut bytes = Vec::new();
    while let Some(more) = piece.next().await {
        let more = more.map_err(|error| Problem::unreadable(&error.to_string()))?;
        match left.checked_sub(more.len()) {
            Some(rest) => *left = rest,
            None => {
                piece.drain().await?;
                return Ok(None);
            }
        }
        bytes.extend_from_slice(&more);
    }
    Ok(Some(bytes))
}

pub(super) fn saved(value: &Value) -> Result<Reply, Problem> {
    let bytes = serde_json::to_vec_pretty(value);
    let bytes = bytes.map_err(|error| Problem::broken(&error.to_string()))?;
    Ok(Reply::file("ket-qua-kiem-tra.json", "application/json", Shown::Saved, bytes))
}

fn at_file(view: &View, key: &str) -> Errors {
    let mut errors = Errors::new();
    errors.add(FILE, view.with(key, &[("mebibytes", Word::from(FILE_MEBIBYTES))]));
    errors
}

fn form(view: &View, errors: Errors) -> Result<Page, Problem> {
    let wrong = !errors.is_empty();
    let field = |name, word: &str, hint: &str| {
        let kind = Kind::File { accept: String::new(), many: false };
        let hint = view.with(hint, &[("mebibytes", Word::from(FILE_MEBIBYTES))]);
        Field::new(&view.speech, kind, name, view.t(word)).hint(hint)
    };
    let form = Form {
        file: field(FILE, "trust-check-file", "trust-check-file-hint").errors(&errors),
        content: field(CONTENT, "trust-check-content", "trust-check-content-hint"),
        errors,
        view,
    };
    let page = Page::new(view, view.t("trust-check-title"), &form)?.back("/kiem-tra");
    Ok(if wrong { page.error() } else { page })
}
