//! Verdicts in the words of people.

use platform::web::pieces::Tone;
use platform::words::{Speech, Word};

use crate::verdict::{
    Change, Finding, Note, Order, Party, PartyKind, Proof, Reason, Report, Standing,
};

/// How good the news is.
pub fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Valid => Tone::Good,
        Standing::Invalid => Tone::Bad,
        Standing::Absent | Standing::Unverifiable => Tone::Warn,
    }
}

/// One plain sentence about the whole file.
pub fn summary(report: &Report, speech: &Speech) -> String {
    let key = match report.standing {
        Standing::Valid => {
            let all: Vec<String> =
                report.findings.iter().filter_map(|one| signer(one, speech)).collect();
            let who = all.join("; ");
            return speech.with("trust-check-summary-valid", &[("who", Word::from(who.as_str()))]);
        }
        Standing::Invalid => "trust-check-summary-invalid",
        Standing::Unverifiable if report.is_by_own_key() => "trust-check-summary-own-key",
        Standing::Unverifiable if report.findings.is_empty() => "trust-check-summary-unread",
        Standing::Unverifiable => "trust-check-summary-unverifiable",
        Standing::Absent => "trust-check-summary-absent",
    };
    speech.t(key)
}

/// A person with position and agency, or an agency.
pub fn signer(finding: &Finding, speech: &Speech) -> Option<String> {
    let party = finding.signer.as_ref()?;
    let mut text = party.name.clone();
    if party.kind == PartyKind::Person {
        let more = [party.position.as_deref(), party.agency.as_deref()];
        for part in more.into_iter().flatten() {
            text.push_str(", ");
            text.push_str(part);
        }
        return Some(text);
    }
    Some(speech.with("trust-check-seal-of", &[("who", Word::from(text.as_str()))]))
}

/// The word for a verdict.
pub fn standing(standing: Standing, speech: &Speech) -> String {
    speech.t(&format!("trust-check-standing-{}", standing.code()))
}

pub fn of_reason(reason: &Reason, speech: &Speech) -> String {
    let who = reason.who().unwrap_or_default();
    let detail = match reason {
        Reason::Revoked { since, .. } => speech.date_time(*since),
        _ => reason.detail().unwrap_or_default(),
    };
    let key = format!("trust-check-reason-{}", reason.code());
    speech.with(&key, &[("who", Word::from(who)), ("detail", Word::from(detail.as_str()))])
}

pub fn of_note(note: &Note, speech: &Speech) -> String {
    let detail = match note {
        Note::StampUnproved(reason) => of_reason(reason, speech),
        Note::RevokedLater { at } => speech.date_time(*at),
        _ => note.detail().unwrap_or_default(),
    };
    let key = format!("trust-check-note-{}", note.code());
    speech.with(&key, &[("detail", Word::from(detail.as_str()))])
}

pub fn of_change(change: &Change, speech: &Speech) -> String {
    speech.t(&format!("trust-check-change-{}", change.code()))
}

pub fn of_order(order: Order, speech: &Speech) -> Option<String> {
    match order {
        Order::Unknown => None,
        order => Some(speech.t(&format!("trust-check-order-{}", order.code()))),
    }
}

/// A stamp over the whole file, or why it does not count.
pub fn of_stamp(stamp: &Result<Proof, Reason>, speech: &Speech) -> String {
    match stamp {
        Ok(proof) => of_proof(proof, speech),
        Err(reason) => of_reason(reason, speech),
    }
}

fn of_proof(proof: &Proof, speech: &Speech) -> String {
    let (at, who) = (speech.date_time(proof.at), proof.authority.name.as_str());
    speech.with("trust-check-time-proved", &[("time", Word::from(at)), ("who", Word::from(who))])
}

/// What is covered, in words.
pub fn of_coverage(finding: &Finding, speech: &Speech) -> String {
    if let Some((own, all)) = finding.revision.filter(|_| !finding.whole) {
        let words = [("own", Word::from(own as i64)), ("all", Word::from(all as i64))];
        return speech.with("trust-check-covers-revision", &words);
    }
    if finding.parts.is_empty() {
        return speech.t("trust-check-covers-nothing");
    }
    let names: Vec<&str> = finding
        .parts
        .iter()
        .map(|part| part.name.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    if finding.whole && (finding.revision.is_some() || names.is_empty()) {
        return speech.t("trust-check-covers-all");
    }
    let key =
        if finding.whole { "trust-check-covers-all-parts" } else { "trust-check-covers-parts" };
    speech.with(key, &[("names", Word::from(names.join(", ").as_str()))])
}

/// When, and by whose word.
pub fn of_time(finding: &Finding, speech: &Speech) -> String {
    if let Some(proof) = &finding.time.proved {
        return of_proof(proof, speech);
    }
    match finding.time.claimed {
        Some(at) => {
            let at = speech.date_time(at);
            speech.with("trust-check-time-claimed", &[("time", Word::from(at.as_str()))])
        }
        None => speech.t("trust-check-time-none"),
    }
}

/// Whose a certificate is.
pub fn holder(certificate: &wire::pki::certificate::Certificate) -> String {
    Party::of(certificate).name
}
