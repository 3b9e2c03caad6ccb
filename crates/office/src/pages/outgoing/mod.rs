//! Pages of documents that go out.

pub(crate) mod acts;
pub(crate) mod addresses;
pub(crate) mod books;
mod bringing;
pub(crate) mod compose;
pub(crate) mod deeds;
pub(crate) mod files;
pub(crate) mod list;
mod progress;
mod sheets;
pub(crate) mod show;
pub(crate) mod update;

use platform::web::View;
use platform::web::pieces::{Tag, Tone};

use crate::document::Urgency;
use crate::outgoing::State;

pub(crate) fn state_tag(view: &View, state: State) -> Tag {
    let tone = match state {
        State::Draft | State::Cancelled => Tone::Plain,
        State::Issued => Tone::Good,
        State::Signed => Tone::Warn,
        _ => Tone::Info,
    };
    Tag::new(tone, view.t(state.word()))
}

/// None for the usual.
pub(crate) fn urgency_tag(view: &View, urgency: Urgency) -> Option<Tag> {
    urgency.is_urgent().then(|| Tag::new(Tone::Bad, view.t(urgency.word())))
}
