//! Time stamps of a container: they say when its files, or its signatures, were there, and not who
//! signed them. One that is over another holds that up.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::Timestamp;
use wire::asice::{Manifest, Role};
use wire::pki::time_stamp::Token;

use super::shelf::{Claim, Held, Shelf};
use super::{FILES_MAX, strays};
use crate::verdict::chain::Court;
use crate::verdict::names::shown;
use crate::verdict::reason::Reason;
use crate::verdict::report::{Proof, ProofKind, Report};
use crate::verdict::time::{self, Stamp};

/// The one name that the simple form has.
const SIMPLE: &str = "META-INF/timestamp.tst";

/// A time stamp that holds, and the entries that it is over.
pub(super) struct Known {
    names: BTreeSet<String>,
    proof: Proof,
}

/// The stamps that are over an entry.
pub(super) fn over(known: &[Known], name: &str) -> Vec<Proof> {
    known.iter().filter(|one| one.names.contains(name)).map(|one| one.proof.clone()).collect()
}

pub(super) fn judge(
    court: &mut Court<'_>,
    shelf: &mut Shelf<'_>,
    manifests: &[Manifest<'_>],
    report: &mut Report,
) -> Vec<Known> {
    let mut claims = shelf.claims(manifests, SIMPLE);
    // The last first: what it is over is held up by it.
    claims.sort_by_cached_key(|claim| Reverse(said(shelf, claim.name)));
    let named: Vec<&str> = claims.iter().map(|claim| claim.name).collect();
    let unread =
        strays(shelf, Role::Stamp, &named).into_iter().chain(strays(shelf, Role::Record, &[]));
    for name in unread {
        report.stamps.push(Err(Reason::NotUnderstood { detail: shown(name) }));
    }
    let mut known: Vec<Known> = Vec::new();
    for claim in claims.iter().take(FILES_MAX) {
        match judge_one(court, shelf, claim, &known) {
            Ok((proof, held)) => {
                let unstamped = shelf.others(&held.files);
                report.stamps.push(match unstamped.is_empty() {
                    true => Ok(proof.clone()),
                    false => Err(Reason::PartOnly { names: unstamped }),
                });
                known.push(Known { names: held.names, proof });
            }
            Err(reason) => {
                // Something was changed after it, or it was put there by somebody.
                if matches!(reason, Reason::StampForeign | Reason::Changed | Reason::FilesMissing) {
                    report.refuse(reason.clone());
                }
                report.stamps.push(Err(reason));
            }
        }
    }
    known
}

/// The time that a token says, whatever that is worth.
fn said(shelf: &Shelf<'_>, name: &str) -> Option<Timestamp> {
    let entry = shelf.container.entry(name)?;
    Some(Token::read(&entry.bytes).ok()?.at)
}

fn judge_one(
    court: &mut Court<'_>,
    shelf: &Shelf<'_>,
    claim: &Claim<'_>,
    known: &[Known],
) -> Result<(Proof, Held), Reason> {
    let entry = shelf.container.entry(claim.name).ok_or(Reason::FilesMissing)?;
    if !shelf.may_read(claim.over.len()) {
        return Err(Reason::TooMuch);
    }
    let stamp = Stamp {
        token: &entry.bytes,
        kind: ProofKind::Document,
        digest_of: Box::new(|digest| digest.of(claim.over)),
        held_by: Vec::new(),
    };
    let moment = time::moment_of(over(known, claim.name).iter()).unwrap_or(court.now());
    let proof = time::judge(court, &stamp, &[], moment)?;
    let held = claim.held.clone()?;
    match held.is_weak && !court.question.policy.allows_sha1 {
        true => Err(Reason::WeakAlgorithm),
        false => Ok((proof, held)),
    }
}
