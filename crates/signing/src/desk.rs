//! One submission as an officer sees it.

use identity::Actor;
use platform::Ctx;
use trust::Certificate;

use crate::commands::signing::certificate_of;
use crate::engine::succession;
use crate::queries::{may_sign, next_of, seen_by};
use crate::refusal::Refusal;
use crate::step::Step;
use crate::submission::{State, Submission, SubmissionId};

pub(crate) struct Seen {
    pub submission: Submission,
    /// Of this submission and of the one before it.
    pub steps: Vec<Step>,
    /// The name of the unit that issues it.
    pub unit: String,
    /// The step that is next, when it is this officer's, and with what it would be signed here.
    pub turn: Option<(Step, Result<Certificate, Refusal>)>,
}

/// For whoever asked for it, signs it or seals it; for others there is nothing.
pub(crate) async fn seen(ctx: &Ctx, actor: &Actor, id: SubmissionId) -> Result<Seen, Refusal> {
    let (actor, now) = (actor.clone(), ctx.clock.now());
    ctx.store
        .read(move |tx| {
            let (submission, steps) = seen_by(tx, &actor, id)?;
            let unit = organisations::queries::unit_name(tx, submission.unit)?;
            let next = next_of(&steps).filter(|_| submission.state == State::Waiting).cloned();
            let turn = match next {
                Some(step) if may_sign(tx, &actor, &step)? => {
                    let certificate = certificate_of(tx, &step, now);
                    Some((step, certificate))
                }
                _ => None,
            };
            let steps = succession::steps(tx, &submission)?;
            Ok(Seen { submission, steps, unit, turn })
        })
        .await
}
