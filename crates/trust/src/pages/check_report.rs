//! The report about a file, as people read it: first one sentence, then each signature.

use askama::Template;
use platform::Ctx;
use platform::web::{Page, Problem, View};
use platform::words::Word;

use crate::fetching::Outlook;
use crate::judging::Judged;
use crate::pages::check_paper;
use crate::sentence;
use crate::verdict::{Finding, Link, Revocation, Standing};
use platform::hex::to_hex;

#[derive(Template)]
#[template(path = "checked_file.html")]
pub(super) struct Checked<'a> {
    view: &'a View,
    pub tone: &'static str,
    symbol: &'static str,
    pub standing: String,
    pub summary: String,
    pub next: String,
    pub reasons: Vec<String>,
    pub signatures: Vec<Signature>,
    pub facts: Vec<(String, String)>,
    pub digest: String,
    /// The report itself, sealed, to be sent back for another form of it; none: it is too long.
    sealed: Option<String>,
    prints: bool,
}

pub(super) struct Signature {
    pub heading: String,
    pub tone: &'static str,
    symbol: &'static str,
    pub standing: String,
    pub facts: Vec<(String, String)>,
    pub reasons: Vec<String>,
    pub notes: Vec<String>,
    pub path: Vec<String>,
}

pub(super) fn report_page(
    view: &View,
    ctx: &Ctx,
    (judged, name): (&Judged, &str),
) -> Result<Page, Problem> {
    let mut page = checked(view, judged, name);
    page.sealed = check_paper::seal(ctx, &check_paper::report(view, ctx, (judged, &page)))?;
    page.prints = ctx.outside.press.is_installed();
    let title = format!("{}: {}", page.standing, view.t("trust-check-report"));
    Ok(Page::new(view, title, &page)?.back("/kiem-tra"))
}

fn checked<'a>(view: &'a View, judged: &Judged, name: &str) -> Checked<'a> {
    let (speech, report) = (&view.speech, &judged.report);
    let mut facts = vec![
        (view.t("trust-check-file-name"), name.to_owned()),
        (view.t("trust-check-kind"), report.kind.code().to_uppercase()),
        (view.t("trust-check-size"), format!("{} B", speech.number(report.size_bytes as i64))),
        (view.t("trust-check-checked-at"), speech.date_time(report.at)),
    ];
    if let Some(order) = sentence::of_order(report.order, speech) {
        facts.push((view.t("trust-check-order"), order));
    }
    let stamps = report.stamps.iter().map(|one| sentence::of_stamp(one, speech));
    facts.extend(stamps.map(|told| (view.t("trust-check-file-stamp"), told)));
    let all = report.findings.iter().enumerate();
    Checked {
        view,
        tone: sentence::tone(report.standing).class(),
        symbol: symbol(report.standing),
        standing: match report.is_by_own_key() {
            true => view.t("trust-check-standing-own-key"),
            false => sentence::standing(report.standing, speech),
        },
        summary: sentence::summary(report, speech),
        next: next(view, judged),
        reasons: report.reasons.iter().map(|one| sentence::of_reason(one, speech)).collect(),
        signatures: all.map(|(index, finding)| signature(view, index + 1, finding)).collect(),
        facts,
        digest: to_hex(&report.sha256),
        sealed: None,
        prints: false,
    }
}

/// What to do now.
fn next(view: &View, judged: &Judged) -> String {
    let standing = judged.report.standing;
    match judged.outlook {
        _ if judged.report.is_by_own_key() => view.t("trust-check-next-own-key"),
        Outlook::Soon if standing == Standing::Unverifiable => view.t("trust-check-next-soon"),
        Outlook::Silent if standing == Standing::Unverifiable => view.t("trust-check-next-silent"),
        _ => view.t(&format!("trust-check-next-{}", standing.code())),
    }
}

fn signature(view: &View, number: usize, finding: &Finding) -> Signature {
    let speech = &view.speech;
    let mut facts = Vec::new();
    let mut fact = |word: &str, text: Option<String>| {
        facts.extend(text.map(|text| (view.t(word), text)));
    };
    let party = finding.signer.as_ref();
    fact("trust-check-signer", party.map(|party| party.name.clone()));
    fact("trust-check-position", party.and_then(|party| party.position.clone()));
    fact("trust-check-agency", party.and_then(|party| party.agency.clone()));
    fact("trust-check-time", Some(sentence::of_time(finding, speech)));
    fact("trust-check-covers", Some(sentence::of_coverage(finding, speech)));
    fact("trust-check-change", Some(sentence::of_change(&finding.change, speech)));
    fact("trust-check-algorithm", finding.algorithm.map(|one| one.to_string()));
    fact("trust-check-name", Some(finding.name.clone()));
    Signature {
        heading: view.with("trust-check-signature", &[("number", Word::from(number as i64))]),
        tone: sentence::tone(finding.standing).class(),
        symbol: symbol(finding.standing),
        standing: sentence::standing(finding.standing, speech),
        facts,
        reasons: finding.reasons.iter().map(|one| sentence::of_reason(one, speech)).collect(),
        notes: finding.notes.iter().map(|one| sentence::of_note(one, speech)).collect(),
        path: finding.path.iter().map(|one| link(view, one)).collect(),
    }
}

/// Whose certificate, from when to when, and what is known about its revocation.
fn link(view: &View, link: &Link) -> String {
    let speech = &view.speech;
    let one = &link.certificate;
    let day = |at| speech.date(platform::clock::local(at).date());
    let words = [
        ("who", Word::from(sentence::holder(one))),
        ("from", Word::from(day(one.not_before))),
        ("to", Word::from(day(one.not_after))),
    ];
    let revocation = match link.revocation {
        Revocation::NotAsked => view.t("trust-check-revocation-not-asked"),
        Revocation::Good { as_of } => {
            let date = [("date", Word::from(speech.date_time(as_of)))];
            view.with("trust-check-revocation-good", &date)
        }
        Revocation::Revoked { since, .. } => {
            let date = [("date", Word::from(speech.date_time(since)))];
            view.with("trust-check-revocation-revoked", &date)
        }
        Revocation::Unknown => view.t("trust-check-revocation-unknown"),
    };
    format!("{}; {revocation}", view.with("trust-check-issued-by", &words))
}

/// Beside the word, never instead of it.
fn symbol(standing: Standing) -> &'static str {
    match standing {
        Standing::Valid => "✓",
        Standing::Invalid => "✗",
        Standing::Unverifiable => "?",
        Standing::Absent => "–",
    }
}
