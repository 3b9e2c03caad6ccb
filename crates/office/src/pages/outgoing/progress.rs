//! How far a document has come with one recipient, in a word and a sentence.

use platform::web::View;
use platform::web::pieces::{Tag, Tone};
use wire::edxml::StatusCode;
use wire::vxp::TransportStatus;

use crate::outgoing::State;
use crate::queries::outgoing_whole::{Receiver, Whole};
use crate::recipient::{RecipientKind, Standing};

pub(crate) fn of(view: &View, one: &Receiver, whole: &Whole) -> (Tag, String) {
    let (tone, word) = state(one, whole);
    (Tag::new(tone, view.t(word)), detail(view, one, whole))
}

fn state(one: &Receiver, whole: &Whole) -> (Tone, &'static str) {
    let recipient = &one.recipient;
    if recipient.removed_at.is_some() {
        return (Tone::Plain, "office-progress-removed");
    }
    match (recipient.kind, whole.one.state) {
        (RecipientKind::Place, _) => (Tone::Plain, "office-progress-printed"),
        (RecipientKind::Person, State::Issued) => match recipient.seen_at {
            Some(_) => (Tone::Good, "office-progress-seen"),
            None => (Tone::Info, "office-progress-given"),
        },
        (_, State::Issued) => sent(one),
        _ => match one.standing {
            Standing::Fine => (Tone::Plain, "office-progress-not-sent"),
            Standing::Closed(_) => (Tone::Bad, "office-progress-closed"),
            Standing::Unknown => (Tone::Warn, "office-progress-unknown"),
        },
    }
}

fn sent(one: &Receiver) -> (Tone, &'static str) {
    let Some(delivery) = &one.delivery else { return (Tone::Warn, "office-progress-no-delivery") };
    if delivery.standing.withdrawn {
        return (Tone::Plain, "office-progress-recalled");
    }
    if delivery.standing.asked.is_some() {
        return (Tone::Warn, "office-progress-asked");
    }
    match &delivery.standing.reached {
        Some(StatusCode::Arrived) => (Tone::Info, "office-progress-arrived"),
        Some(StatusCode::Refused) => (Tone::Bad, "office-progress-refused"),
        Some(StatusCode::Accepted) => (Tone::Info, "office-progress-accepted"),
        Some(StatusCode::Assigned) => (Tone::Info, "office-progress-assigned"),
        Some(StatusCode::InProgress) => (Tone::Info, "office-progress-working"),
        Some(StatusCode::Completed) => (Tone::Good, "office-progress-completed"),
        _ => match delivery.transport {
            TransportStatus::Fail => (Tone::Bad, "office-progress-failed"),
            TransportStatus::Done => (Tone::Info, "office-progress-fetched"),
            _ => (Tone::Info, "office-progress-waiting"),
        },
    }
}

/// The recipient's own last words, or what went wrong on the way.
fn detail(view: &View, one: &Receiver, whole: &Whole) -> String {
    let Some(delivery) = &one.delivery else { return String::new() };
    let code = one.recipient.code.as_deref().unwrap_or_default();
    let own = whole.answers.iter().rev().find(|answer| {
        answer.code == code || answer.code == delivery.to_code || answer.name == one.recipient.name
    });
    let (text, at) = match own {
        Some(answer) => (answer.description.clone(), answer.at),
        None => {
            let failed = delivery.transport == TransportStatus::Fail;
            let text = if failed { delivery.description.clone() } else { String::new() };
            (text, delivery.standing_at.unwrap_or(delivery.transport_at))
        }
    };
    match text.is_empty() {
        true => view.speech.date_time(at),
        false => format!("{text} ({})", view.speech.date_time(at)),
    }
}
