//! How the subject of a certificate is named.
//!
//! An agency by its name and its identification code; an officer by name, title, agency and the id
//! of the account, never by the personal number, which would be read by everyone who checks a
//! signature; a server by its name on the network.
//!
//! Law: NĐ 23/2025/NĐ-CP art. 5
//! Law: QĐ 20/2020/QĐ-TTg

use organisations::Unit;
use wire::algorithm::{Digest, PublicKey};
use wire::pki::certificate::Certificate as X509;
use wire::pki::general_name::GeneralName;
use wire::pki::identifier;
use wire::pki::name::Name;
use wire::pki::oids;

use crate::profile::{OFFICER, SERVER};
use crate::refusal::Refusal;
use crate::request::Request;
use platform::hex::to_hex;

/// The national scheme of identification codes, in the form of ETSI EN 319 412-1 §5.1.4.
const SCHEME: &str = "MD:VN-";

pub fn name(one: &Request, unit: &Unit) -> Result<Name, Refusal> {
    let code = format!("{SCHEME}{}", unit.code);
    let account = one.account.map(|id| id.simple().to_string()).unwrap_or_default();
    let mut parts = vec![(oids::COUNTRY, "VN"), (oids::ORGANIZATION, unit.name.as_str())];
    parts.push((oids::ORGANIZATION_IDENTIFIER, &code));
    if one.profile == OFFICER {
        if let Some(title) = &one.detail {
            parts.push((oids::TITLE, title));
        }
        parts.push((oids::SERIAL_NUMBER, &account));
    }
    parts.push((oids::COMMON_NAME, &one.holder_name));
    Name::build(&parts).map_err(|_| Refusal::NameWrong)
}

pub fn other_names(one: &Request) -> Vec<GeneralName> {
    match &one.detail {
        Some(server) if one.profile == SERVER => vec![GeneralName::Dns(server.clone())],
        _ => Vec::new(),
    }
}

/// What [`name`] and [`other_names`] took from the request's detail.
pub fn detail(profile: &str, certificate: &X509) -> Option<String> {
    match profile {
        OFFICER => certificate.subject.get(&oids::TITLE).map(str::to_owned),
        SERVER => certificate.subject.common_name().map(str::to_owned),
        _ => None,
    }
}

/// A host name as certificates carry it: labels of letters, digits and hyphens, at least two.
pub fn is_server_name(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}

/// SHA-256 of SubjectPublicKeyInfo, hexadecimal: by which a key is known in the register.
pub fn key_hash(key: &PublicKey) -> String {
    to_hex(&Digest::Sha256.of(&identifier::write_key(key)))
}
