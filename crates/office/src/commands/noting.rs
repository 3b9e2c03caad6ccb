//! How what was done with a document is written down: in its history, which those read who work on
//! it, and in the audit.

use identity::Scribe;
use platform::figures;
use platform::store::Tx;
use serde_json::Value;

use crate::outgoing::Outgoing;
use crate::refusal::Refusal;
use crate::store::outgoing_story;

/// `verb` ends a key of words, too: `office.draft` is told as `office-did-draft`.
pub(crate) fn told(
    tx: &mut Tx,
    scribe: &Scribe,
    one: &Outgoing,
    (verb, note): (&'static str, &str),
    detail: Value,
) -> Result<(), Refusal> {
    let act = verb.strip_prefix("office.").unwrap_or(verb);
    let at = (scribe.now, scribe.name.as_str());
    outgoing_story::note(tx, (scribe.ids.next(), one), at, (act, note))?;
    scribe.note_over(tx, Some(one.unit), (verb, one.object()), detail)?;
    figures::add(tx, "office.outgoing", &[("act", act)], scribe.now, 1)?;
    Ok(())
}

/// # Errors
/// [`Refusal::ReasonMissing`], [`Refusal::TooLong`]
pub(crate) fn reason(typed: &str, limit: usize) -> Result<String, Refusal> {
    let reason = typed.trim();
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    match reason.chars().count() <= limit {
        true => Ok(reason.to_owned()),
        false => Err(Refusal::TooLong { field: "reason", limit }),
    }
}
