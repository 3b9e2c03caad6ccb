//! Good, revoked or unknown: what evidence says about one certificate at one time.
//!
//! Nothing is fetched here. What is handed in counts when its issuer made it and it is fresh; that
//! a certificate was revoked counts even when it is stale, because it stays so.

use jiff::{SignedDuration, Timestamp};

use crate::algorithm::SignatureAlgorithm;

use super::certificate::Certificate;
use super::crl::{Crl, CrlUnfit, Entry, Reason};
use super::ocsp::{OcspFault, Responder, Response, Status};

/// When evidence is fresh enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freshness {
    /// How old evidence may be that does not say when there will be newer.
    pub age_without_end: SignedDuration,
    /// How old any evidence may be, though it says that it is good for longer.
    pub age_max: Option<SignedDuration>,
    /// How far clocks may differ.
    pub skew: SignedDuration,
}

impl Default for Freshness {
    fn default() -> Freshness {
        Freshness {
            age_without_end: SignedDuration::from_hours(24),
            age_max: None,
            skew: SignedDuration::from_mins(5),
        }
    }
}

/// Everything that is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Inquiry<'a> {
    pub certificate: &'a Certificate,
    /// The next one up in a path that holds: see [`super::path::Path::issuer`].
    pub issuer: &'a Certificate,
    /// The time that counts: now, or when a time stamp shows that the signature existed.
    pub at: Timestamp,
    pub ocsp: &'a [Response],
    pub crls: &'a [Crl],
    pub freshness: Freshness,
    /// SHA-1 signatures on evidence are refused unless this is set: for reading what is very old.
    pub allows_sha1: bool,
}

/// Which of the evidence decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Place in [`Inquiry::ocsp`].
    Ocsp(usize),
    /// Place in [`Inquiry::crls`].
    Crl(usize),
}

/// What the evidence says about the certificate at the time that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Good {
        source: Source,
        /// When the evidence was made.
        this_update: Timestamp,
        /// Revoked, but only after the time that counts.
        revoked_later: Option<(Timestamp, Reason)>,
    },
    Revoked {
        since: Timestamp,
        reason: Reason,
        source: Source,
    },
    Unknown(UnknownReason),
}

/// Why the evidence does not decide. The last named is what came nearest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum UnknownReason {
    #[error("there is no evidence about this certificate")]
    NoEvidence,
    #[error("the evidence does not decide about this certificate")]
    Unfit,
    #[error("the evidence is not signed by who may")]
    NotAuthentic,
    #[error("the evidence is too old for the time that counts")]
    Stale,
    #[error("the evidence is from after the certificate's end, when it need not be listed")]
    AfterExpiry,
    #[error("the responder does not know the certificate")]
    NotKnown,
}

/// One authentic statement.
struct Statement {
    source: Source,
    this_update: Timestamp,
    next_update: Option<Timestamp>,
    /// Certificates that ended after this day are still spoken of.
    keeps_expired_since: Option<Timestamp>,
    revoked: Option<(Timestamp, Reason)>,
}

/// What the evidence says. Revoked wins over good, and newer over older.
pub fn decide(inquiry: &Inquiry<'_>) -> Verdict {
    let mut nearest = UnknownReason::NoEvidence;
    let mut statements = Vec::new();
    for (place, response) in inquiry.ocsp.iter().enumerate() {
        match ask_response(inquiry, response, Source::Ocsp(place)) {
            Ok(statement) => statements.push(statement),
            Err(reason) => nearest = nearest.max(reason),
        }
    }
    for (place, crl) in inquiry.crls.iter().enumerate() {
        match ask_list(inquiry, crl, Source::Crl(place)) {
            Ok(statement) => statements.push(statement),
            Err(reason) => nearest = nearest.max(reason),
        }
    }
    let newest_first = |statement: &Statement| std::cmp::Reverse(statement.this_update);
    statements.sort_by_key(newest_first);
    let decided = statements.iter().find_map(|found| revoked(inquiry, &statements, found));
    if let Some(verdict) = decided {
        return verdict;
    }
    for statement in &statements {
        match is_fresh(inquiry, statement) {
            Ok(()) => {
                return Verdict::Good {
                    source: statement.source,
                    this_update: statement.this_update,
                    revoked_later: statement.revoked,
                };
            }
            Err(reason) => nearest = nearest.max(reason),
        }
    }
    Verdict::Unknown(nearest)
}

/// A revocation before the time that counts. A suspension of which a newer statement, also from
/// before that time, no longer knows was lifted; everything else is for good.
fn revoked(inquiry: &Inquiry<'_>, all: &[Statement], statement: &Statement) -> Option<Verdict> {
    let (since, reason) = statement.revoked.filter(|(since, _)| *since <= inquiry.at)?;
    let lifts = |other: &Statement| {
        other.revoked.is_none()
            && other.this_update > statement.this_update
            && other.this_update <= inquiry.at
    };
    let is_lifted = reason == Reason::Hold && all.iter().any(lifts);
    (!is_lifted).then_some(Verdict::Revoked { since, reason, source: statement.source })
}

fn is_fresh(inquiry: &Inquiry<'_>, statement: &Statement) -> Result<(), UnknownReason> {
    let skew = inquiry.freshness.skew;
    let later = |at: Timestamp, by| at.checked_add(by).unwrap_or(Timestamp::MAX);
    // Made after the time that counts: it knows all that happened before, unless the certificate
    // had ended meanwhile and was taken off the list.
    if statement.this_update > later(inquiry.at, skew) {
        let end = inquiry.certificate.not_after;
        let is_kept = statement.keeps_expired_since.is_some_and(|since| since <= end);
        let is_listed = statement.this_update <= end || is_kept;
        return if is_listed { Ok(()) } else { Err(UnknownReason::AfterExpiry) };
    }
    let made = statement.this_update;
    let own_end = later(made, inquiry.freshness.age_without_end);
    let end = statement.next_update.unwrap_or(own_end);
    let end = inquiry.freshness.age_max.map_or(end, |age_max| end.min(later(made, age_max)));
    if inquiry.at <= later(end, skew) { Ok(()) } else { Err(UnknownReason::Stale) }
}

fn ask_response(
    inquiry: &Inquiry<'_>,
    response: &Response,
    source: Source,
) -> Result<Statement, UnknownReason> {
    let serial = &inquiry.certificate.serial;
    let answer = response.answer(inquiry.issuer, serial).ok_or(UnknownReason::NoEvidence)?;
    check_digest(inquiry, response.signature_algorithm())?;
    let responder = response.verify(inquiry.issuer, response.produced_at);
    let responder = responder.map_err(|_: OcspFault| UnknownReason::NotAuthentic)?;
    if let Responder::Delegated { certificate, is_no_check } = responder {
        check_digest(inquiry, certificate.signature_algorithm())?;
        if !is_no_check && is_listed(inquiry, &certificate, response.produced_at) {
            return Err(UnknownReason::NotAuthentic);
        }
    }
    let revoked = match answer.status {
        Status::Good => None,
        Status::Revoked { at, reason } => Some((at, reason)),
        Status::Unknown => return Err(UnknownReason::NotKnown),
    };
    Ok(Statement {
        source,
        this_update: answer.this_update,
        next_update: answer.next_update,
        keeps_expired_since: answer.archive_cutoff,
        revoked,
    })
}

fn check_digest(
    inquiry: &Inquiry<'_>,
    algorithm: Option<SignatureAlgorithm>,
) -> Result<(), UnknownReason> {
    let is_strong = algorithm.is_some_and(|algorithm| algorithm.is_strong());
    if is_strong || inquiry.allows_sha1 { Ok(()) } else { Err(UnknownReason::NotAuthentic) }
}

/// Whether a list at hand says that a responder's own certificate was revoked by then.
fn is_listed(inquiry: &Inquiry<'_>, responder: &Certificate, at: Timestamp) -> bool {
    inquiry.crls.iter().any(|crl| {
        let entry = crl.find(&responder.serial).map(since);
        entry.is_some_and(|(since, _)| since <= at)
            && crl.covers(responder).is_ok()
            && crl.is_signed_by(inquiry.issuer).is_ok()
    })
}

fn ask_list(inquiry: &Inquiry<'_>, crl: &Crl, source: Source) -> Result<Statement, UnknownReason> {
    crl.covers(inquiry.certificate).map_err(|fault| match fault {
        CrlUnfit::OtherIssuer => UnknownReason::NoEvidence,
        _ => UnknownReason::Unfit,
    })?;
    check_digest(inquiry, crl.signature_algorithm())?;
    crl.is_signed_by(inquiry.issuer).map_err(|_| UnknownReason::NotAuthentic)?;
    Ok(Statement {
        source,
        this_update: crl.this_update,
        next_update: crl.next_update,
        keeps_expired_since: crl.keeps_expired_since,
        revoked: crl.find(&inquiry.certificate.serial).map(since),
    })
}

/// Since when not to trust: the day the key got into other hands, when that is known.
fn since(entry: Entry) -> (Timestamp, Reason) {
    let since = entry.invalid_since.map_or(entry.revoked_at, |at| at.min(entry.revoked_at));
    (since, entry.reason)
}
