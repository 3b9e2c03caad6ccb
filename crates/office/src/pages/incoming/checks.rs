//! What was checked when a document came: whole, signed, and not here already.

use platform::web::View;
use platform::web::pieces::{Tag, Tone};
use platform::words::{Locale, Word};

use crate::INCOMING;
use crate::incoming::{FileVerdict, IncomingFile, Source};
use crate::queries::received::Whole;

/// One line of the list of checks.
pub(super) struct Check {
    pub tag: Tag,
    pub text: String,
    pub links: Vec<(String, String)>,
}

pub(super) fn checks(view: &View, whole: &Whole) -> Vec<Check> {
    let mut all = Vec::new();
    if whole.one.source == Source::Axis {
        all.push(of_packet(view, &whole.one.signature));
        all.push(of_completeness(view, whole));
    }
    let newest = whole.files.iter().filter(|file| file.edition == whole.one.edition);
    all.extend(newest.filter_map(|file| of_file(view, file)));
    all.extend(of_hour(view, whole));
    if !whole.alike.is_empty() {
        all.push(of_alike(view, whole));
    }
    all
}

/// Whether what is express at a set time came in time.
fn of_hour(view: &View, whole: &Whole) -> Option<Check> {
    let at = whole.one.express_at?;
    let is_over = whole.one.arrived_at > at;
    let (tone, word, stand) = match is_over {
        true => (Tone::Bad, "office-express-late", "over"),
        false => (Tone::Good, "office-express-in-time", "ahead"),
    };
    let told = [("stand", stand.into()), ("at", view.speech.date_time(at).into())];
    let text = view.with("office-express-came", &told);
    Some(Check { tag: Tag::new(tone, view.t(word)), text, links: Vec::new() })
}

fn of_packet(view: &View, signature: &str) -> Check {
    let tone = match signature {
        "valid" => Tone::Good,
        "invalid" => Tone::Bad,
        _ => Tone::Plain,
    };
    let tag = Tag::new(tone, view.t(&format!("office-standing-{signature}")));
    Check { tag, text: view.t("office-check-packet"), links: Vec::new() }
}

fn of_completeness(view: &View, whole: &Whole) -> Check {
    let missing = whole.one.missing();
    let fields: Vec<String> =
        missing.iter().map(|name| view.t(&format!("office-missing-{name}"))).collect();
    let newest = whole.files.iter().filter(|file| file.edition == whole.one.edition);
    let lost = newest.filter(|file| file.sha256.is_empty()).count();
    let (tone, word) = match (fields.is_empty(), lost) {
        (true, 0) => (Tone::Good, "office-check-whole"),
        _ => (Tone::Bad, "office-check-lacks"),
    };
    let mut parts = fields;
    if lost > 0 {
        parts.push(view.with("office-check-lost", &[("count", Word::from(lost as i64))]));
    }
    let text = match parts.is_empty() {
        true => view.t("office-check-whole-text"),
        false => parts.join("; "),
    };
    Check { tag: Tag::new(tone, view.t(word)), text, links: Vec::new() }
}

/// Of a file whose kind can be signed at all.
fn of_file(view: &View, file: &IncomingFile) -> Option<Check> {
    let Some(verdict) = file.verdict.as_deref().and_then(FileVerdict::read) else {
        let waits = file.file.is_some();
        let tag = Tag::new(Tone::Info, view.t("office-standing-waits"));
        return waits.then(|| Check { tag, text: file.name.clone(), links: Vec::new() });
    };
    let is_vi = view.locale == Locale::Vi;
    let tone = match verdict.standing.as_str() {
        "valid" => Tone::Good,
        "invalid" => Tone::Bad,
        "unverifiable" => Tone::Warn,
        _ => Tone::Plain,
    };
    let mut text = file.name.clone();
    for one in &verdict.signed {
        let kind = if one.is_person { "office-signed-person" } else { "office-signed-agency" };
        let standing = view.t(&format!("office-standing-{}", one.standing));
        let why = if is_vi { &one.vi } else { &one.en };
        text.push_str(&format!("\n{}: {} – {standing}", view.t(kind), one.who));
        if !why.is_empty() {
            text.push_str(&format!(". {why}"));
        }
    }
    let tag = Tag::new(tone, view.t(&format!("office-standing-{}", verdict.standing)));
    Some(Check { tag, text, links: Vec::new() })
}

fn of_alike(view: &View, whole: &Whole) -> Check {
    let link = |one: &crate::incoming::Incoming| {
        let number = one.arrival_number().unwrap_or_default();
        let label = format!("{} {} {number}", one.code(), one.from_name);
        (format!("{INCOMING}/{}", one.id), label.trim().to_owned())
    };
    Check {
        tag: Tag::new(Tone::Warn, view.t("office-check-alike")),
        text: view.t("office-check-alike-text"),
        links: whole.alike.iter().map(link).collect(),
    }
}
