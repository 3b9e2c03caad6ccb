//! `KeyInfo`: hints whose key to try.

use super::fault::shown;
use super::strict::{self, Fields};
use super::{CERTIFICATES, DSIG, Fault};
use crate::xml::document::Element;

/// What the signature says about its signer. Nothing of it is proved, and `key_value` never used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyInfo {
    /// DER, in the order they are written, which need not be that of the chain.
    pub certificates: Vec<Vec<u8>>,
    pub subject_key_ids: Vec<Vec<u8>>,
    pub issuers: Vec<IssuerSerial>,
    pub subject_names: Vec<String>,
    pub key_names: Vec<String>,
    /// A bare key came along. Whoever believed it would accept everything.
    pub key_value: bool,
    /// Whatever else there was, by its name.
    pub others: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerSerial {
    /// A distinguished name as text (RFC 4514, more or less).
    pub issuer: String,
    /// Decimal.
    pub serial: String,
}

pub(super) fn read(element: Element<'_>) -> Result<KeyInfo, Fault> {
    strict::only_attributes(element, &["Id"])?;
    let mut info = KeyInfo::default();
    let mut fields = Fields::of(element)?;
    while let Some(child) = fields.next() {
        match (child.namespace(), child.name()) {
            (DSIG, "X509Data") => x509(child, &mut info)?,
            (DSIG, "KeyName") => info.key_names.push(strict::word(child)?),
            (DSIG, "KeyValue") => info.key_value = true,
            _ => info.others.push(shown(child.qualified_name())),
        }
        within_limit(&info)?;
    }
    Ok(info)
}

fn x509(data: Element<'_>, info: &mut KeyInfo) -> Result<(), Fault> {
    let mut fields = Fields::of(data)?;
    while let Some(child) = fields.next() {
        match (child.namespace(), child.name()) {
            (DSIG, "X509Certificate") => info.certificates.push(strict::base64(child)?),
            (DSIG, "X509SKI") => info.subject_key_ids.push(strict::base64(child)?),
            (DSIG, "X509SubjectName") => info.subject_names.push(strict::word(child)?),
            (DSIG, "X509IssuerSerial") => info.issuers.push(issuer_serial(child)?),
            _ => info.others.push(shown(child.qualified_name())),
        }
        within_limit(info)?;
    }
    Ok(())
}

pub(in crate::xml) fn issuer_serial(element: Element<'_>) -> Result<IssuerSerial, Fault> {
    let mut fields = Fields::of(element)?;
    let issuer = strict::word(fields.take(DSIG, "X509IssuerName")?)?;
    let number = fields.take(DSIG, "X509SerialNumber")?;
    let serial = strict::word(number)?;
    fields.end()?;
    match serial.len() <= 80 && serial.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(IssuerSerial { issuer, serial }),
        false => Err(strict::broken(number, "a number")),
    }
}

fn within_limit(info: &KeyInfo) -> Result<(), Fault> {
    let counts = [
        info.certificates.len(),
        info.subject_key_ids.len(),
        info.issuers.len(),
        info.subject_names.len(),
        info.key_names.len(),
        info.others.len(),
    ];
    match counts.iter().any(|count| *count > CERTIFICATES) {
        true => Err(Fault::TooMany { what: "KeyInfo", limit: CERTIFICATES }),
        false => Ok(()),
    }
}
