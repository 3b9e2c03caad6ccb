//! Time stamps of a container: they say when its files, or its signatures, were there, and not who
//! signed them. One that is over another holds that up.

use std::collections::BTreeSet;

use jiff::Timestamp;
use wire::asice::{Form, Manifest, Role};
use wire::pki::time_stamp::Token;

use super::shelf::{Held, Shelf};
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

/// A time stamp and what it is to be over.
struct Case<'c> {
    name: &'c str,
    over: &'c [u8],
    held: Result<Held, Reason>,
    /// What the token says.
    at: Option<Timestamp>,
}

pub(super) fn judge(
    court: &mut Court<'_>,
    shelf: &mut Shelf<'_>,
    report: &mut Report,
) -> Vec<Known> {
    let manifests = shelf.manifests.clone();
    let mut cases = cases(shelf, &manifests);
    // The last first: what it is over is held up by it.
    cases.sort_by_key(|case| std::cmp::Reverse(case.at));
    let named: Vec<&str> = cases.iter().map(|case| case.name).collect();
    let unread =
        strays(shelf, Role::Stamp, &named).into_iter().chain(strays(shelf, Role::Record, &[]));
    for name in unread {
        report.stamps.push(Err(Reason::NotUnderstood { detail: shown(name) }));
    }
    let mut known: Vec<Known> = Vec::new();
    for case in cases.into_iter().take(FILES_MAX) {
        match judge_one(court, shelf, &case, &known) {
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

fn cases<'m, 'c: 'm>(shelf: &mut Shelf<'c>, manifests: &'m [Manifest<'c>]) -> Vec<Case<'m>> {
    let mut cases = Vec::new();
    for manifest in manifests.iter().filter(|manifest| manifest.is_stamp) {
        let held = shelf.held(manifest);
        cases.push(Case { name: &manifest.proof, over: manifest.bytes, held, at: None });
    }
    if shelf.container.form == Form::Simple
        && shelf.container.entry(SIMPLE).is_some()
        && let Some((file, held)) = shelf.only()
    {
        cases.push(Case { name: SIMPLE, over: file, held: Ok(held), at: None });
    }
    for case in &mut cases {
        let entry = shelf.container.entry(case.name);
        case.at = entry.and_then(|entry| Some(Token::read(&entry.bytes).ok()?.at));
    }
    cases
}

fn judge_one(
    court: &mut Court<'_>,
    shelf: &Shelf<'_>,
    case: &Case<'_>,
    known: &[Known],
) -> Result<(Proof, Held), Reason> {
    let entry = shelf.container.entry(case.name).ok_or(Reason::FilesMissing)?;
    if !shelf.may_read(case.over.len()) {
        return Err(Reason::TooMuch);
    }
    let stamp = Stamp {
        token: &entry.bytes,
        kind: ProofKind::Document,
        digest_of: Box::new(|digest| digest.of(case.over)),
        held_by: Vec::new(),
    };
    let moment = time::moment_of(over(known, case.name).iter()).unwrap_or(court.now());
    let proof = time::judge(court, &stamp, &[], moment)?;
    let held = case.held.clone()?;
    match held.is_weak && !court.question.policy.allows_sha1 {
        true => Err(Reason::WeakAlgorithm),
        false => Ok((proof, held)),
    }
}
