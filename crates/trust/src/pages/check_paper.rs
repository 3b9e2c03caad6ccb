//! The report about a file in a form to be kept: as PDF or as JSON.
//!
//! The file is gone when its report is read, and we keep neither. So the page carries the report
//! along, sealed under our master key, and whoever wants another form of it sends it back: what
//! opens was written here, and by nobody else.
//!
//! Law: NĐ 23/2025/NĐ-CP art. 5

use std::sync::LazyLock;

use axum::extract::State;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use platform::Ctx;
use platform::clock::local;
use platform::hex::to_hex;
use platform::outside::PressError;
use platform::vault::Place;
use platform::web::form::Answers;
use platform::web::{Form, Problem, Reply, Shown, View};
use platform::words::Word;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use wire::algorithm::Digest;

use super::check_report::Checked;
use crate::judging::Judged;
use crate::verdict::{Finding, shown};

/// Of a form's megabyte; a report of a file with some dozens of signatures.
const SEALED_BYTES_MAX: usize = 700_000;
/// Then the file is checked again: much may have happened meanwhile.
const HOURS: i64 = 24;
/// Of the press, which others wait for too.
const PRINTED_AT_ONCE: usize = 1;
const BACK_AFTER_SECONDS: u32 = 10;
/// No table has such a column: what is sealed for it opens as a report and as nothing else.
const PLACE: Place<'_> = Place { table: "trust_report", column: "report", row: b"" };

static PRESS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(PRINTED_AT_ONCE));

#[derive(Serialize, Deserialize)]
pub(super) struct Report {
    at: Timestamp,
    value: Value,
    paper: Value,
}

/// Both forms of what the page says.
pub(super) fn report(view: &View, ctx: &Ctx, (judged, page): (&Judged, &Checked<'_>)) -> Report {
    Report {
        at: judged.report.at,
        value: super::check::value(view, judged),
        paper: drawable(paper(view, &ctx.settings.public_address, (judged, page))),
    }
}

/// None when it is too long to be carried by a page.
pub(super) fn seal(ctx: &Ctx, report: &Report) -> Result<Option<String>, Problem> {
    let broken = |error: &dyn std::fmt::Display| Problem::broken(&error.to_string());
    let plain = serde_json::to_vec(report).map_err(|error| broken(&error))?;
    let sealed = ctx.vault.seal(PLACE, &plain).map_err(|error| broken(&error))?;
    let text = URL_SAFE_NO_PAD.encode(sealed);
    Ok((text.len() <= SEALED_BYTES_MAX).then_some(text))
}

pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let report = open(&ctx, &view, answers.get("bao-cao"))?;
    match answers.get("dang") {
        "pdf" => print(&ctx, &report).await,
        _ => super::check::saved(&report.value),
    }
}

fn open(ctx: &Ctx, view: &View, text: &str) -> Result<Report, Problem> {
    let sealed = URL_SAFE_NO_PAD.decode(text).ok();
    let plain = sealed.and_then(|sealed| ctx.vault.open(PLACE, &sealed).ok());
    let report = plain.and_then(|plain| serde_json::from_slice::<Report>(&plain).ok());
    let report = report.ok_or_else(|| refused("report-foreign", "trust-check-report-foreign"))?;
    match view.now.duration_since(report.at) > SignedDuration::from_hours(HOURS) {
        true => Err(refused("report-old", "trust-check-report-old")),
        false => Ok(report),
    }
}

fn refused(kind: &'static str, detail: &'static str) -> Problem {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Problem::refused(status, kind, "trust-refused", detail, &[]).next(ASK, "trust-check-another")
}

const ASK: &str = "/kiem-tra/tep";

async fn print(ctx: &Ctx, report: &Report) -> Result<Reply, Problem> {
    let Ok(_turn) = PRESS.try_acquire() else {
        return Err(Problem::later(BACK_AFTER_SECONDS));
    };
    match ctx.outside.press.print("verdict", &report.paper).await {
        Ok(pdf) => Ok(Reply::file("ket-qua-kiem-tra.pdf", "application/pdf", Shown::Saved, pdf)),
        Err(PressError::NotInstalled) => Err(refused("no-press", "trust-check-report-no-press")),
        Err(PressError::Refused(why)) => Err(Problem::broken(&why)),
        Err(PressError::Died | PressError::TooSlow) => Err(Problem::later(BACK_AFTER_SECONDS)),
    }
}

fn paper(view: &View, address: &str, (judged, page): (&Judged, &Checked<'_>)) -> Value {
    let report = &judged.report;
    let issued_at = local(report.at).strftime("%Y-%m-%dT%H:%M:%S+07:00").to_string();
    let mut facts = page.facts.clone();
    facts.push((view.t("trust-check-digest"), grouped(&report.sha256)));
    let signatures = page.signatures.iter().zip(&report.findings).map(|(one, finding)| {
        json!({
            "heading": one.heading, "standing": one.standing, "tone": one.tone,
            "reasons": one.reasons, "facts": one.facts, "notes": one.notes,
            "path": one.path, "details": details(view, finding),
        })
    });
    let signatures: Vec<Value> = signatures.collect();
    let foot =
        [("address", Word::from(address)), ("time", Word::from(view.speech.date_time(report.at)))];
    json!({
        "letterhead": { "agency": address, "issued_at": issued_at },
        "lang": view.speech.locale().tag(),
        "title": view.t("trust-check-paper"),
        "tone": page.tone, "standing": page.standing, "summary": page.summary, "next": page.next,
        "reasons": page.reasons, "signatures": signatures, "facts": facts,
        "words": {
            "notes": view.t("trust-check-notes"),
            "file": view.t("trust-check-file-name"),
            "expert": view.t("trust-check-expert"),
            "foot": view.with("trust-check-paper-foot", &foot),
        },
    })
}

/// What an expert compares: serials and digests of the certificates, digests of what was signed.
fn details(view: &View, finding: &Finding) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for (place, link) in (1_i64..).zip(&finding.path) {
        let one = &link.certificate;
        let told = [
            ("number", Word::from(place)),
            ("subject", Word::from(shown(&one.subject.to_string()))),
            ("serial", Word::from(one.serial.to_string())),
            ("digest", Word::from(grouped(&one.fingerprint()))),
        ];
        let label = [("number", Word::from(place))];
        rows.push((
            view.with("trust-check-certificate", &label),
            view.with("trust-check-certificate-told", &told),
        ));
    }
    for part in &finding.parts {
        let digest = Digest::Sha256.of(&part.bytes);
        let told = [
            ("name", Word::from(&part.name)),
            ("size", Word::from(view.speech.number(part.bytes.len() as i64))),
            ("digest", Word::from(grouped(&digest))),
        ];
        rows.push((view.t("trust-check-covers"), view.with("trust-check-part-told", &told)));
    }
    rows
}

/// Digits that a line can break between, and an eye can follow.
fn grouped(bytes: &[u8]) -> String {
    let digits = to_hex(bytes);
    let groups: Vec<&str> =
        (0..digits.len()).step_by(8).filter_map(|from| digits.get(from..from + 8)).collect();
    groups.join(" ")
}

/// A stranger's text may have letters that the press has no type for: those by their number.
fn drawable(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.chars().map(drawn).collect()),
        Value::Array(all) => Value::Array(all.into_iter().map(drawable).collect()),
        Value::Object(all) => {
            Value::Object(all.into_iter().map(|(name, one)| (name, drawable(one))).collect())
        }
        other => other,
    }
}

/// What every face of the press has: Latin with the marks of Vietnamese, Greek, Cyrillic.
fn drawn(letter: char) -> String {
    let is_text = matches!(letter, '\n' | ' '..='~' | '\u{a0}'..='\u{17f}')
        || matches!(letter, 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'Ạ'..='ỹ')
        || matches!(letter, 'Α'..='Ρ' | 'Σ'..='ώ' | 'Ѐ'..='џ');
    // Marks that stand by themselves until the press puts them on their letters.
    let is_mark = matches!(letter, '\u{300}'..='\u{303}' | '\u{306}' | '\u{309}')
        || matches!(letter, '\u{31b}' | '\u{323}');
    let is_sign = matches!(letter, '–' | '—' | '‘'..='„' | '†'..='•' | '…' | '€');
    match is_text || is_mark || is_sign {
        true => letter.to_string(),
        false => format!("[U+{:04X}]", letter as u32),
    }
}
