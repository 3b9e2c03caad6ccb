//! The signature element, written so that what is signed of it is known before the value is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Unit;

use super::place::{Surroundings, escaped, quoted, surroundings};
use super::{Part, Prepared, Properties, Recipe, SignFault};
use crate::algorithm::{Digest, SignatureAlgorithm};
use crate::xml::canonical::{self, Form, Method, Selection};
use crate::xml::document::{Document, Element};
use crate::xml::read::{Limits, read};
use crate::xml::signature::DSIG;
use crate::xml::signature::names::{self, ENVELOPED};
use crate::xml::xades::{Policy, SIGNED_PROPERTIES, XADES};

/// Writes the signature around a value that is still missing.
pub(super) fn compose(
    document: &Document<'_>,
    recipe: &Recipe<'_>,
    ids: &[String],
) -> Result<Prepared, SignFault> {
    let parent = recipe.place.parent(document)?;
    let insertion = recipe.place.insertion(document)?;
    let mut references = References { recipe, text: String::new() };
    for (index, part) in recipe.parts.iter().enumerate() {
        let id = ids.get(index).map(String::as_str).unwrap_or_default();
        references.part(parent, *part, &format!("{}-reference-{}", recipe.id, index + 1), id)?;
    }
    let opening = format!("<ds:Signature xmlns:ds=\"{DSIG}\" Id=\"{}\">", recipe.id);
    // What is written here names all that it uses: the plain exclusive form sees nothing around.
    let exclusive = recipe.canonical.form == Form::Exclusive;
    let around = match exclusive && recipe.canonical.prefixes.is_empty() {
        true => Surroundings::default(),
        false => surroundings(parent),
    };
    let mut object = String::new();
    if let Some(properties) = &recipe.properties {
        object = write_object(recipe, properties);
        let alone = format!("{opening}{object}</ds:Signature>");
        references.properties(&signed_bytes(&around, &alone, "SignedProperties", recipe)?);
    }
    let info = format!(
        "<ds:SignedInfo>{}<ds:SignatureMethod Algorithm=\"{}\"></ds:SignatureMethod>{}\
         </ds:SignedInfo>",
        method("CanonicalizationMethod", &recipe.canonical),
        names::signature_address(recipe.algorithm),
        references.text,
    );
    let alone = format!("{opening}{info}</ds:Signature>");
    let to_be_signed = signed_bytes(&around, &alone, "SignedInfo", recipe)?;
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
fn signed_bytes(
    around: &Surroundings,
    signature: &str,
    name: &str,
    recipe: &Recipe<'_>,
) -> Result<Vec<u8>, SignFault> {
    let whole = [around.opening.as_str(), signature, &around.closing].concat();
    let document = read(whole.as_bytes(), &Limits::OWN)?;
    let found = document.elements().find(|element| element.name() == name);
    let node = found.map(|element| element.node()).ok_or(SignFault::Place)?;
    Ok(canonical::bytes(&document, Selection::element(node), &recipe.canonical)?)
}

/// The list of `ds:Reference`.
struct References<'r> {
    recipe: &'r Recipe<'r>,
    text: String,
}

impl References<'_> {
    /// `own` is the identifier of the reference, `id` that of what it refers to.
    fn part(
        &mut self,
        parent: Element<'_>,
        part: Part<'_>,
        own: &str,
        id: &str,
    ) -> Result<(), SignFault> {
        let document = parent.document();
        let mut head = format!(" Id=\"{own}\" URI");
        let element = match part {
            Part::Document => None,
            Part::Element(node) => Some(node),
            Part::Passed { digest, .. } => {
                quoted(&mut head, &format!("#{id}"));
                self.put(&head, &transforms(false, &self.recipe.canonical), digest);
                return Ok(());
            }
            Part::External { uri, bytes, .. } => {
                quoted(&mut head, outside(uri)?);
                self.write(&head, "", bytes);
                return Ok(());
            }
            Part::Digested { uri, digest, .. } => {
                quoted(&mut head, outside(uri)?);
                self.put(&head, "", digest);
                return Ok(());
            }
        };
        match element {
            Some(_) => quoted(&mut head, &format!("#{id}")),
            None => quoted(&mut head, ""),
        }
        let enveloped = element.is_none_or(|node| document.is_within(parent.node(), node));
        let selection = Selection { element, without: None, comments: false };
        let bytes = canonical::bytes(document, selection, &self.recipe.canonical)?;
        self.write(&head, &transforms(enveloped, &self.recipe.canonical), &bytes);
        Ok(())
    }

    fn properties(&mut self, bytes: &[u8]) {
        let id = self.recipe.id;
        let head = format!(" Type=\"{SIGNED_PROPERTIES}\" URI=\"#{id}-properties\"");
        self.write(&head, &transforms(false, &self.recipe.canonical), bytes);
    }

    fn write(&mut self, head: &str, transforms: &str, bytes: &[u8]) {
        self.put(head, transforms, &self.recipe.digest.of(bytes));
    }

    fn put(&mut self, head: &str, transforms: &str, digest: &[u8]) {
        self.text.push_str(&format!("<ds:Reference{head}>{transforms}"));
        write_digest(&mut self.text, self.recipe.digest, digest);
        self.text.push_str("</ds:Reference>");
    }
}

/// An address that is not in the document.
fn outside(uri: &str) -> Result<&str, SignFault> {
    match uri.is_empty() || uri.starts_with('#') {
        true => Err(SignFault::External { uri: uri.chars().take(200).collect() }),
        false => Ok(uri),
    }
}

fn write_digest(out: &mut String, digest: Digest, value: &[u8]) {
    out.push_str("<ds:DigestMethod Algorithm=\"");
    out.push_str(names::digest_address(digest));
    out.push_str("\"></ds:DigestMethod><ds:DigestValue>");
    STANDARD.encode_string(value, out);
    out.push_str("</ds:DigestValue>");
}

fn transforms(enveloped: bool, canonical: &Method) -> String {
    let first = match enveloped {
        true => format!("<ds:Transform Algorithm=\"{ENVELOPED}\"></ds:Transform>"),
        false => String::new(),
    };
    format!("<ds:Transforms>{first}{}</ds:Transforms>", method("Transform", canonical))
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

fn write_object(recipe: &Recipe<'_>, properties: &Properties) -> String {
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
            Part::External { media_type, .. } | Part::Digested { media_type, .. } => media_type,
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
