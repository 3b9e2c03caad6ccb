//! Who a certificate is about, in the words people use: a person with position and agency, or an
//! agency by itself.

use wire::pki::certificate::Certificate;
use wire::pki::name::Name;
use wire::pki::oids;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartyKind {
    Person,
    Organisation,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub kind: PartyKind,
    /// Of the person, or of the organisation.
    pub name: String,
    pub position: Option<String>,
    /// Where the person serves.
    pub agency: Option<String>,
}

impl Party {
    pub fn of(certificate: &Certificate) -> Party {
        let subject = &certificate.subject;
        let kind = kind(subject);
        let own = |oid| subject.get(&oid).map(shown).filter(|text| !text.is_empty());
        let name = own(oids::COMMON_NAME).or_else(|| own(oids::ORGANIZATION));
        let is_person = kind == PartyKind::Person;
        Party {
            kind,
            name: name.unwrap_or_else(|| shown(&subject.to_string())),
            position: own(oids::TITLE).filter(|_| is_person),
            agency: own(oids::ORGANIZATION).filter(|_| is_person),
        }
    }
}

/// An organisation has no names of people and no position; what is named twice, as the holder and
/// as the organisation, is one.
fn kind(subject: &Name) -> PartyKind {
    const OF_PEOPLE: [wire::pki::der::Oid; 4] =
        [oids::SURNAME, oids::GIVEN_NAME, oids::TITLE, oids::USER_ID];
    if OF_PEOPLE.iter().any(|oid| subject.get(oid).is_some()) {
        return PartyKind::Person;
    }
    let (name, organisation) = (subject.common_name(), subject.organization());
    let is_same = name.zip(organisation).is_some_and(|(name, organisation)| name == organisation);
    let has_code = subject.get(&oids::ORGANIZATION_IDENTIFIER).is_some()
        && subject.get(&oids::SERIAL_NUMBER).is_none();
    if is_same || has_code || name.is_none() { PartyKind::Organisation } else { PartyKind::Person }
}

/// A stranger's text: of bounded length, without what turns lines around or hides letters.
pub fn shown(text: &str) -> String {
    let is_safe = |letter: &char| {
        !letter.is_control()
            && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().filter(is_safe).take(200).collect()
}
