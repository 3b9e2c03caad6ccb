//! From B-B to B-T, B-LT and B-LTA: unsigned properties are added to a signature that is there.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::SignFault;
use super::place::{last_in, plain, quoted};
use crate::xml::canonical::{self, Form, Method, Selection};
use crate::xml::document::{Document, Element};
use crate::xml::signature::{Checked, DSIG, Signature};
use crate::xml::xades::{XADES, XADES_141, properties, unsigned, write_archived};

/// What a later check needs, so that it need not ask anyone. All DER.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Values<'a> {
    pub certificates: &'a [Vec<u8>],
    pub ocsp: &'a [Vec<u8>],
    pub crls: &'a [Vec<u8>],
}

/// The bytes that a time-stamping authority is to stamp: the signature value, canonical.
///
/// # Errors
/// [`SignFault::Canonical`]
pub fn stamped_bytes(document: &Document<'_>, signature: &Signature) -> Result<Vec<u8>, SignFault> {
    let method = Method::new(Form::Exclusive);
    Ok(canonical::bytes(document, Selection::element(signature.value_node), &method)?)
}

/// The document with a signature time stamp over [`stamped_bytes`] (B-T). `token` is the DER of
/// the RFC 3161 token.
///
/// # Errors
/// [`SignFault::NoProperties`] for a plain XML signature.
pub fn add_time_stamp(
    document: &Document<'_>,
    signature: &Signature,
    token: &[u8],
) -> Result<Vec<u8>, SignFault> {
    let mut property = String::from("<xades:SignatureTimeStamp>");
    stamp_method(&mut property);
    values(&mut property, "EncapsulatedTimeStamp", &[token]);
    property.push_str("</xades:SignatureTimeStamp>");
    add(document, signature, &property)
}

/// The document with certificates and proofs of non-revocation (B-LT).
///
/// # Errors
/// [`SignFault::NoProperties`] for a plain XML signature.
pub fn add_values(
    document: &Document<'_>,
    signature: &Signature,
    more: Values<'_>,
) -> Result<Vec<u8>, SignFault> {
    let mut property = String::new();
    if !more.certificates.is_empty() {
        property.push_str("<xades:CertificateValues>");
        values(&mut property, "EncapsulatedX509Certificate", more.certificates);
        property.push_str("</xades:CertificateValues>");
    }
    if !(more.ocsp.is_empty() && more.crls.is_empty()) {
        property.push_str("<xades:RevocationValues>");
        for (list, name, held) in [
            ("CRLValues", "EncapsulatedCRLValue", more.crls),
            ("OCSPValues", "EncapsulatedOCSPValue", more.ocsp),
        ] {
            if !held.is_empty() {
                property.push_str(&format!("<xades:{list}>"));
                values(&mut property, name, held);
                property.push_str(&format!("</xades:{list}>"));
            }
        }
        property.push_str("</xades:RevocationValues>");
    }
    add(document, signature, &property)
}

/// The bytes that an archive time stamp over all that is there now has to be over. `checked` is
/// this signature's: who archives a signature has checked it.
///
/// # Errors
/// [`SignFault::NoProperties`] for a plain XML signature.
pub fn archived_bytes(
    document: &Document<'_>,
    signature: &Signature,
    checked: &Checked<'_>,
) -> Result<Vec<u8>, SignFault> {
    let (qualifying, _) = properties(document, signature)?.ok_or(SignFault::NoProperties)?;
    let place = unsigned(qualifying).count();
    let mut out = Vec::new();
    let method = Method::new(Form::Exclusive);
    write_archived((document, signature), checked, (&method, place), &mut out)?;
    Ok(out)
}

/// The document with an archive time stamp over [`archived_bytes`] (B-LTA).
///
/// # Errors
/// [`SignFault::NoProperties`] for a plain XML signature.
pub fn add_archive_time_stamp(
    document: &Document<'_>,
    signature: &Signature,
    token: &[u8],
) -> Result<Vec<u8>, SignFault> {
    let mut property = format!("<xades141:ArchiveTimeStamp xmlns:xades141=\"{XADES_141}\">");
    stamp_method(&mut property);
    property.push_str(&declaring("EncapsulatedTimeStamp"));
    STANDARD.encode_string(token, &mut property);
    property.push_str("</xades:EncapsulatedTimeStamp></xades141:ArchiveTimeStamp>");
    add(document, signature, &property)
}

/// The form of [`stamped_bytes`] and [`archived_bytes`].
fn stamp_method(out: &mut String) {
    out.push_str(&format!("<ds:CanonicalizationMethod xmlns:ds=\"{DSIG}\" Algorithm"));
    quoted(out, Method::new(Form::Exclusive).address());
    out.push_str("/>");
}

fn values(out: &mut String, name: &str, held: &[impl AsRef<[u8]>]) {
    for value in held {
        out.push_str(&format!("<xades:{name}>"));
        STANDARD.encode_string(value.as_ref(), out);
        out.push_str(&format!("</xades:{name}>"));
    }
}

/// Puts a property last, with the elements around it that are missing.
fn add(
    document: &Document<'_>,
    signature: &Signature,
    property: &str,
) -> Result<Vec<u8>, SignFault> {
    let found = properties(document, signature)?;
    let (qualifying, _) = found.ok_or(SignFault::NoProperties)?;
    let text = document.text();
    let Some(unsigned) = qualifying.child(XADES, "UnsignedProperties") else {
        let list = wrapped("UnsignedSignatureProperties", property, None);
        let whole = wrapped("UnsignedProperties", &list, Some(qualifying));
        return Ok(last_in(qualifying).insert(text, &whole));
    };
    let Some(list) = unsigned.child(XADES, "UnsignedSignatureProperties") else {
        let list = wrapped("UnsignedSignatureProperties", property, Some(unsigned));
        // Before the properties of data objects, when those are there.
        return Ok(match unsigned.is_self_closed() {
            true => last_in(unsigned).insert(text, &list),
            false => plain(unsigned.start_tag().end).insert(text, &list),
        });
    };
    // The prefix may be another one here: an own declaration on each property.
    let declared = match list.resolve("xades") == Some(XADES) {
        true => property.to_owned(),
        false => property
            .replace("<xades:SignatureTimeStamp>", &declaring("SignatureTimeStamp"))
            .replace("<xades:CertificateValues>", &declaring("CertificateValues"))
            .replace("<xades:RevocationValues>", &declaring("RevocationValues")),
    };
    Ok(last_in(list).insert(text, &declared))
}

fn wrapped(name: &str, inside: &str, parent: Option<Element<'_>>) -> String {
    let known = parent.is_none_or(|parent| parent.resolve("xades") == Some(XADES));
    let opening = if known { format!("<xades:{name}>") } else { declaring(name) };
    format!("{opening}{inside}</xades:{name}>")
}

fn declaring(name: &str) -> String {
    format!("<xades:{name} xmlns:xades=\"{XADES}\">")
}
