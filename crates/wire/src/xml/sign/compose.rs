//! The signature element, written so that what is signed of it is known before the value is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Unit;

use super::place::{escaped, quoted, surroundings};
use super::{Part, Prepared, Properties, Recipe, SignFault};
use crate::algorithm::{Digest, SignatureAlgorithm};
use crate::xml::canonical::{self, Form, Method, Selection};
use crate::xml::document::{Document, NodeId};
use crate::xml::read::{Limits, read};
use crate::xml::signature::DSIG;
use crate::xml::signature::names::{self, ENVELOPED};
use crate::xml::xades::{Policy, SIGNED_PROPERTIES, XADES};

pub(super) fn compose(
    document: &Document<'_>,
    recipe: &Recipe<'_>,
    ids: &[String],
) -> Result<Prepared, SignFault> {
    let parent = recipe.place.parent(document)?;
    let insertion = recipe.place.insertion(document)?;
    let mut references = String::new();
    for (index, part) in recipe.parts.iter().enumerate() {
        let id = ids.get(index).map(String::as_str).unwrap_or_default();
        let contains = match part {
            Part::Document => true,
            Part::Element(node) => document.is_within(parent.node(), *node),
            Part::External { .. } => false,
        };
        reference(document, recipe, &mut references, (index, id, contains))?;
    }
    let opening = format!("<ds:Signature xmlns:ds=\"{DSIG}\" Id=\"{}\">", recipe.id);
    let around =
        match recipe.canonical.form == Form::Exclusive && recipe.canonical.prefixes.is_empty() {
            true => (String::new(), 0),
            false => surroundings(parent),
        };
    let object = match &recipe.properties {
        Some(properties) => object(recipe, properties),
        None => String::new(),
    };
    if !object.is_empty() {
        let object = format!("{opening}{object}</ds:Signature>");
        let bytes = part_of_signature(&around, &object, "SignedProperties", &recipe.canonical)?;
        let uri = format!("#{}-properties", recipe.id);
        let kind = format!(" Type=\"{SIGNED_PROPERTIES}\"");
        write_reference(
            &mut references,
            &format!("{kind} URI=\"{uri}\""),
            &transforms(false, Some(&recipe.canonical)),
            (recipe.digest, &bytes),
        );
    }
    let info = format!(
        "<ds:SignedInfo>{}<ds:SignatureMethod Algorithm=\"{}\"></ds:SignatureMethod>{references}\
         </ds:SignedInfo>",
        method("CanonicalizationMethod", &recipe.canonical),
        names::signature_address(recipe.algorithm),
    );
    let alone = format!("{opening}{info}</ds:Signature>");
    let to_be_signed = part_of_signature(&around, &alone, "SignedInfo", &recipe.canonical)?;
    let (mut before, after) = insertion.around(document.text());
    before.push_str(&opening);
    before.push_str(&info);
    before.push_str(&format!("<ds:SignatureValue Id=\"{}-value\">", recipe.id));
    let closing = format!("</ds:SignatureValue>{}{object}</ds:Signature>{after}", key_info(recipe));
    Ok(Prepared {
        before: before.into_bytes(),
        after: closing.into_bytes(),
        to_be_signed,
        key: recipe.key.clone(),
    })
}

/// The canonical bytes of the one element of this name in a signature that is written but not yet
/// in its document.
fn part_of_signature(
    around: &(String, usize),
    signature: &str,
    name: &str,
    method: &Method,
) -> Result<Vec<u8>, SignFault> {
    let (opening, depth) = around;
    let whole = [opening.as_str(), signature, &"</w>".repeat(*depth)].concat();
    let document = read(whole.as_bytes(), &Limits::OWN)?;
    let found = document.elements().find(|element| element.name() == name);
    let node = found.map(|element| element.node()).ok_or(SignFault::Place)?;
    Ok(canonical::bytes(&document, Selection::element(node), method)?)
}

fn reference(
    document: &Document<'_>,
    recipe: &Recipe<'_>,
    out: &mut String,
    (index, id, contains): (usize, &str, bool),
) -> Result<(), SignFault> {
    let part = recipe.parts.get(index).ok_or(SignFault::Parts)?;
    let selected = |element: Option<NodeId>| {
        let selection = Selection { element, without: None, comments: false };
        canonical::bytes(document, selection, &recipe.canonical)
    };
    let mut head = format!(" Id=\"{}-reference-{}\" URI", recipe.id, index + 1);
    let within = transforms(contains, Some(&recipe.canonical));
    match part {
        Part::Document => {
            quoted(&mut head, "");
            write_reference(out, &head, &within, (recipe.digest, &selected(None)?));
        }
        Part::Element(node) => {
            quoted(&mut head, &format!("#{id}"));
            write_reference(out, &head, &within, (recipe.digest, &selected(Some(*node))?));
        }
        Part::External { uri, bytes, .. } => {
            if uri.is_empty() || uri.starts_with('#') {
                return Err(SignFault::External { uri: uri.chars().take(200).collect() });
            }
            quoted(&mut head, uri);
            write_reference(out, &head, "", (recipe.digest, bytes));
        }
    }
    Ok(())
}

fn write_reference(out: &mut String, head: &str, within: &str, (digest, bytes): (Digest, &[u8])) {
    out.push_str("<ds:Reference");
    out.push_str(head);
    out.push('>');
    out.push_str(within);
    write_digest(out, digest, &digest.of(bytes));
    out.push_str("</ds:Reference>");
}

fn write_digest(out: &mut String, digest: Digest, value: &[u8]) {
    out.push_str("<ds:DigestMethod Algorithm=\"");
    out.push_str(names::digest_address(digest));
    out.push_str("\"></ds:DigestMethod><ds:DigestValue>");
    STANDARD.encode_string(value, out);
    out.push_str("</ds:DigestValue>");
}

fn transforms(enveloped: bool, canonical: Option<&Method>) -> String {
    let mut out = String::from("<ds:Transforms>");
    if enveloped {
        out.push_str("<ds:Transform Algorithm=\"");
        out.push_str(ENVELOPED);
        out.push_str("\"></ds:Transform>");
    }
    if let Some(canonical) = canonical {
        out.push_str(&method("Transform", canonical));
    }
    out.push_str("</ds:Transforms>");
    out
}

/// `CanonicalizationMethod` or `Transform`.
fn method(name: &str, canonical: &Method) -> String {
    let mut out = format!("<ds:{name} Algorithm=\"{}\">", canonical.address());
    if canonical.form == Form::Exclusive && !canonical.prefixes.is_empty() {
        let default = |prefix: &String| match prefix.is_empty() {
            true => "#default".to_owned(),
            false => prefix.clone(),
        };
        let list: Vec<String> = canonical.prefixes.iter().map(default).collect();
        let address = Method::new(Form::Exclusive).address();
        out.push_str(&format!("<ec:InclusiveNamespaces xmlns:ec=\"{address}\" PrefixList"));
        quoted(&mut out, &list.join(" "));
        out.push_str("></ec:InclusiveNamespaces>");
    }
    out.push_str(&format!("</ds:{name}>"));
    out
}

fn key_info(recipe: &Recipe<'_>) -> String {
    if recipe.certificates.is_empty() {
        return String::new();
    }
    let mut out = String::from("<ds:KeyInfo><ds:X509Data>");
    for certificate in recipe.certificates {
        out.push_str("<ds:X509Certificate>");
        STANDARD.encode_string(certificate, &mut out);
        out.push_str("</ds:X509Certificate>");
    }
    out.push_str("</ds:X509Data></ds:KeyInfo>");
    out
}

fn object(recipe: &Recipe<'_>, properties: &Properties) -> String {
    let id = recipe.id;
    let mut out = format!(
        "<ds:Object><xades:QualifyingProperties xmlns:xades=\"{XADES}\" Target=\"#{id}\">\
         <xades:SignedProperties Id=\"{id}-properties\"><xades:SignedSignatureProperties>"
    );
    let time = properties.signing_time;
    let seconds = jiff::TimestampRound::new().smallest(Unit::Second).mode(jiff::RoundMode::Trunc);
    element(&mut out, "SigningTime", &time.round(seconds).unwrap_or(time).to_string());
    if let Some(certificate) = recipe.certificates.first() {
        out.push_str("<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>");
        let digest = match recipe.algorithm {
            SignatureAlgorithm::Ed25519 => recipe.digest,
            other => other.digest().unwrap_or(recipe.digest),
        };
        write_digest(&mut out, digest, &digest.of(certificate));
        out.push_str("</xades:CertDigest></xades:Cert></xades:SigningCertificateV2>");
    }
    policy(&mut out, properties);
    production_place(&mut out, properties);
    out.push_str("</xades:SignedSignatureProperties><xades:SignedDataObjectProperties>");
    for (index, part) in recipe.parts.iter().enumerate() {
        let media_type = match part {
            Part::External { media_type, .. } => media_type,
            _ => "text/xml",
        };
        let at = index + 1;
        out.push_str(&format!("<xades:DataObjectFormat ObjectReference=\"#{id}-reference-{at}\">"));
        element(&mut out, "MimeType", media_type);
        out.push_str("</xades:DataObjectFormat>");
    }
    out.push_str(
        "</xades:SignedDataObjectProperties></xades:SignedProperties>\
         </xades:QualifyingProperties></ds:Object>",
    );
    out
}

fn policy(out: &mut String, properties: &Properties) {
    let Some(policy) = &properties.policy else { return };
    out.push_str("<xades:SignaturePolicyIdentifier>");
    match policy {
        Policy::Implied => {
            out.push_str("<xades:SignaturePolicyImplied></xades:SignaturePolicyImplied>");
        }
        Policy::Named { id, digest, digest_value } => {
            out.push_str("<xades:SignaturePolicyId><xades:SigPolicyId>");
            element(out, "Identifier", id);
            out.push_str("</xades:SigPolicyId><xades:SigPolicyHash>");
            write_digest(out, *digest, digest_value);
            out.push_str("</xades:SigPolicyHash></xades:SignaturePolicyId>");
        }
    }
    out.push_str("</xades:SignaturePolicyIdentifier>");
}

fn production_place(out: &mut String, properties: &Properties) {
    let Some(place) = &properties.production_place else { return };
    out.push_str("<xades:SignatureProductionPlaceV2>");
    let parts = [
        ("City", &place.city),
        ("StateOrProvince", &place.province),
        ("PostalCode", &place.postal_code),
        ("CountryName", &place.country),
    ];
    for (name, value) in parts.into_iter().filter(|(_, value)| !value.is_empty()) {
        element(out, name, value);
    }
    out.push_str("</xades:SignatureProductionPlaceV2>");
}

fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<xades:{name}>"));
    escaped(out, text);
    out.push_str(&format!("</xades:{name}>"));
}
