//! For which names an authority may issue (RFC 5280 §4.2.1.10, §6.1.3 b and c).

use crate::pki::certificate::Certificate;
use crate::pki::extension::NameConstraints;
use crate::pki::general_name::GeneralName;
use crate::pki::oids;

/// Comparisons that one certificate may cost; beyond that it is refused.
const COMPARISONS_MAX: usize = 50_000;

/// The limits of all authorities above.
#[derive(Debug, Default)]
pub(super) struct NameLimits {
    /// One list per authority: a name has to lie within every list that speaks of its kind.
    permitted: Vec<Vec<GeneralName>>,
    excluded: Vec<GeneralName>,
    is_limited: bool,
}

impl NameLimits {
    pub fn add(&mut self, constraints: Option<&NameConstraints>) {
        let Some(constraints) = constraints else { return };
        self.is_limited = true;
        self.excluded.extend(constraints.excluded.iter().cloned());
        if !constraints.permitted.is_empty() {
            self.permitted.push(constraints.permitted.clone());
        }
    }

    /// Whether every name of the certificate is allowed.
    pub fn allow(&self, certificate: &Certificate) -> bool {
        if !self.is_limited {
            return true;
        }
        let names = names_of(certificate);
        let limits = self.excluded.len() + self.permitted.iter().map(Vec::len).sum::<usize>();
        if names.len().saturating_mul(limits) > COMPARISONS_MAX {
            return false;
        }
        names.iter().all(|name| self.allow_name(name))
    }

    fn allow_name(&self, name: &GeneralName) -> bool {
        let of_kind = |base: &&GeneralName| is_same_kind(name, base);
        // What cannot be compared is not excluded by mistake, but refused.
        let is_excluded =
            self.excluded.iter().filter(of_kind).any(|base| is_within(name, base).unwrap_or(true));
        let is_permitted = self.permitted.iter().all(|list| {
            let mut bases = list.iter().filter(of_kind).peekable();
            bases.peek().is_none() || bases.any(|base| is_within(name, base).unwrap_or(false))
        });
        !is_excluded && is_permitted
    }
}

/// Subject, alternative names, and e-mail addresses in the subject: those always count, not only
/// where there are no alternative names, so that nothing slips past.
fn names_of(certificate: &Certificate) -> Vec<GeneralName> {
    let mut names = certificate.extensions.subject_names.clone();
    if !certificate.subject.is_empty() {
        names.push(GeneralName::Directory(certificate.subject.clone()));
    }
    let attributes = certificate.subject.attributes().iter();
    let emails = attributes.filter(|attribute| attribute.kind == oids::EMAIL_ADDRESS);
    names.extend(emails.map(|attribute| GeneralName::Email(attribute.text.clone())));
    names
}

fn is_same_kind(name: &GeneralName, base: &GeneralName) -> bool {
    match (name, base) {
        (GeneralName::Other { kind: one, .. }, GeneralName::Other { kind: other, .. }) => {
            one == other
        }
        (GeneralName::Unused { tag: one, .. }, GeneralName::Unused { tag: other, .. }) => {
            one == other
        }
        _ => std::mem::discriminant(name) == std::mem::discriminant(base),
    }
}

/// `None` for kinds that are not compared, or names that are not what their kind asks for.
fn is_within(name: &GeneralName, base: &GeneralName) -> Option<bool> {
    match (name, base) {
        (GeneralName::Directory(name), GeneralName::Directory(base)) => Some(name.is_within(base)),
        (GeneralName::Dns(name), GeneralName::Dns(base)) => Some(is_dns_within(name, base)),
        (GeneralName::Email(name), GeneralName::Email(base)) => is_email_within(name, base),
        (GeneralName::Uri(name), GeneralName::Uri(base)) => {
            Some(is_host_within(host_of(name)?, base))
        }
        (GeneralName::Ip(address), GeneralName::Ip(base)) => is_ip_within(address, base),
        _ => None,
    }
}

/// The domain itself and all below it.
fn is_dns_within(name: &str, base: &str) -> bool {
    let (name, base) = (name.to_ascii_lowercase(), base.to_ascii_lowercase());
    let name = name.strip_suffix('.').unwrap_or(&name);
    match base.strip_prefix('.') {
        _ if base.is_empty() => true,
        Some(_) => name.ends_with(&base),
        None => name == base || name.ends_with(&format!(".{base}")),
    }
}

/// One mailbox, all of one host, or (with a dot) all of the hosts below a domain.
fn is_email_within(name: &str, base: &str) -> Option<bool> {
    let (mailbox, host) = name.rsplit_once('@')?;
    Some(match base.rsplit_once('@') {
        Some((base_mailbox, base_host)) => {
            mailbox == base_mailbox && host.eq_ignore_ascii_case(base_host)
        }
        None => is_host_within(host, base),
    })
}

/// Exactly the host, or (with a dot) the hosts below a domain.
fn is_host_within(host: &str, base: &str) -> bool {
    let (host, base) = (host.to_ascii_lowercase(), base.to_ascii_lowercase());
    match base.strip_prefix('.') {
        _ if base.is_empty() => true,
        Some(_) => host.ends_with(&base) && host.len() > base.len(),
        None => host == base,
    }
}

/// The host of an address; `None` without one, or when it is a number, which no base can name.
fn host_of(uri: &str) -> Option<&str> {
    let (_, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    let is_name = host.bytes().any(|byte| byte.is_ascii_alphabetic()) && !host.contains(['[', ':']);
    is_name.then_some(host)
}

/// `base` is an address and a mask of the same length.
fn is_ip_within(address: &[u8], base: &[u8]) -> Option<bool> {
    if !matches!(address.len(), 4 | 16) || !matches!(base.len(), 8 | 32) {
        return None;
    }
    if base.len() != 2 * address.len() {
        return Some(false);
    }
    let (network, mask) = base.split_at_checked(address.len())?;
    let masked = address.iter().zip(mask).map(|(byte, mask)| byte & mask);
    Some(masked.eq(network.iter().zip(mask).map(|(byte, mask)| byte & mask)))
}
