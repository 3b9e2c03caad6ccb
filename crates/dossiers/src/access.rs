//! Which dossiers a citizen may see, and act on.
//!
//! Law: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 art. 4

use identity::Person;

use crate::dossier::Dossier;
use crate::draft::Draft;

/// What they sent themselves; and what is theirs, or of whom they act for, unless they have only
/// declared that they may act.
pub fn may_see(person: &Person, dossier: &Dossier) -> bool {
    let sent = dossier.sent_by == Some(person.actor);
    let owned = dossier.owner == Some(person.subject.id);
    (sent && (owned || person.is_for_oneself())) || (owned && person.may_see_all())
}

pub fn may_act(person: &Person, dossier: &Dossier) -> bool {
    may_see(person, dossier) && person.may_act()
}

/// A draft belongs to the one who fills it in.
pub fn is_own(person: &Person, draft: &Draft) -> bool {
    draft.made_by == person.actor
}
