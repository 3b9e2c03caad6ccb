//! Which dossiers a citizen may see, and act on.
//!
//! Law: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 art. 4

use identity::{Account, AccountKind, Assurance, Person, TaxCode};

use crate::applicant::{Applicant, ApplicantKind};
use crate::dossier::Dossier;
use crate::draft::Draft;

/// What they sent themselves; and what is theirs, or of whom they act for, unless they have only
/// declared that they may act.
pub fn may_see(person: &Person, dossier: &Dossier) -> bool {
    let sent = dossier.sent_by == Some(person.actor);
    let owned = is_of(&person.subject, dossier);
    (sent && (owned || person.is_for_oneself())) || (owned && person.may_see_all())
}

/// A dossier is its account's; one that was taken in at a counter, and so has no account, is of
/// whoever showed an officer papers with the number it was taken in under. A number that somebody
/// only typed opens nothing (docs/decisions/0008).
pub fn is_of(subject: &Account, dossier: &Dossier) -> bool {
    match dossier.owner {
        Some(owner) => owner == subject.id,
        None => {
            let key = proven_key(subject);
            key.is_some() && key == dossier.applicant.key()
        }
    }
}

/// The [`Applicant::key`] of an account whose number an officer compared with papers.
pub fn proven_key(account: &Account) -> Option<String> {
    if account.assurance != Assurance::Checked {
        return None;
    }
    let number = account.personal_number.as_ref().map(|number| number.as_str().to_owned());
    let (kind, identity) = match account.kind {
        AccountKind::Citizen | AccountKind::Ward => (ApplicantKind::Person, number),
        AccountKind::Enterprise => {
            (ApplicantKind::Enterprise, account.tax_code.as_ref().map(TaxCode::canonical))
        }
        AccountKind::Officer => return None,
    };
    Applicant { kind, identity: identity?, ..Applicant::default() }.key()
}

pub fn may_act(person: &Person, dossier: &Dossier) -> bool {
    may_see(person, dossier) && person.may_act()
}

/// A draft belongs to the one who fills it in.
pub fn is_own(person: &Person, draft: &Draft) -> bool {
    draft.made_by == person.actor
}
