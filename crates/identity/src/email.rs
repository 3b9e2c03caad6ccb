//! An e-mail address: only the shape; that it reaches its owner is shown by a code sent there.

use std::fmt;

#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmailFault {
    #[error("nothing was written")]
    Missing,
    #[error("there is no sign @, or more than one")]
    At,
    #[error("letters with marks or spaces in an address")]
    Letters,
    #[error("after the sign @ there must be a name with a point, such as example.vn")]
    Domain,
    #[error("before the sign @ something is missing or too much")]
    Local,
    #[error("longer than 254 letters")]
    Long,
}

impl Email {
    /// The part after `@` is written in small letters; the part before is its owner's affair.
    pub fn parse(text: &str) -> Result<Email, EmailFault> {
        let clean = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}');
        if clean.is_empty() {
            return Err(EmailFault::Missing);
        }
        if clean.len() > 254 {
            return Err(EmailFault::Long);
        }
        let (local, domain) = clean.split_once('@').ok_or(EmailFault::At)?;
        if domain.contains('@') {
            return Err(EmailFault::At);
        }
        if !clean.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(EmailFault::Letters);
        }
        if !is_local(local) {
            return Err(EmailFault::Local);
        }
        if !is_domain(domain) {
            return Err(EmailFault::Domain);
        }
        Ok(Email(format!("{local}@{}", domain.to_ascii_lowercase())))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For hints: `l***@example.vn`.
    pub fn masked(&self) -> String {
        match self.0.split_once('@') {
            Some((local, domain)) => format!("{}***@{domain}", &local[..1]),
            None => "***".to_owned(),
        }
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Email({})", self.masked())
    }
}

fn is_local(local: &str) -> bool {
    (1..=64).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && !local.contains(['"', '(', ')', ',', ':', ';', '<', '>', '[', ']', '\\'])
}

fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| is_label(label))
        && labels.last().is_some_and(|last| {
            last.len() >= 2 && last.bytes().any(|byte| byte.is_ascii_alphabetic())
        })
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
