//! `SignedInfo`: what the signature value is over.

use super::fault::shown;
use super::names::{self, ENVELOPED, MGF1, MORE, RSA_PSS};
use super::strict::{self, Fields};
use super::{DSIG, Fault, REFERENCES, TRANSFORMS};
use crate::algorithm::{Digest, SignatureAlgorithm};
use crate::xml::canonical::{Form, Method};
use crate::xml::document::Element;
use crate::xml::scan;

const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const PREFIXES: usize = 64;

/// One thing that is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub id: Option<String>,
    pub target: Target,
    /// The attribute `Type`.
    pub kind: Option<String>,
    pub transforms: Vec<Transform>,
    pub digest: Digest,
    pub digest_value: Vec<u8>,
}

/// What a reference names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `""`, or `#xpointer(/)` with comments.
    Document { comments: bool },
    /// `#id`, or `#xpointer(id('id'))` with comments.
    Element { id: String, comments: bool },
    /// Anything else: bytes that the caller hands in.
    External(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transform {
    Enveloped,
    Canonical(Method),
}

pub(super) struct Info {
    pub canonical: Method,
    pub algorithm: SignatureAlgorithm,
    pub references: Vec<Reference>,
}

pub(super) fn read(element: Element<'_>) -> Result<Info, Fault> {
    strict::only_attributes(element, &["Id"])?;
    let mut fields = Fields::of(element)?;
    let canonical = canonical(fields.take(DSIG, "CanonicalizationMethod")?)?;
    let algorithm = signature_method(fields.take(DSIG, "SignatureMethod")?)?;
    let mut references = Vec::new();
    while let Some(reference) = fields.take_if(DSIG, "Reference") {
        if references.len() == REFERENCES {
            return Err(Fault::TooMany { what: "Reference", limit: REFERENCES });
        }
        references.push(read_reference(reference)?);
    }
    fields.end()?;
    match references.is_empty() {
        true => Err(Fault::NoReference),
        false => Ok(Info { canonical, algorithm, references }),
    }
}

/// A canonical form with its prefixes, from `CanonicalizationMethod` or `Transform`.
pub(in crate::xml) fn canonical(element: Element<'_>) -> Result<Method, Fault> {
    let uri = strict::algorithm(element)?;
    let mut method =
        Method::named(uri).ok_or_else(|| Fault::Canonicalization { uri: shown(uri) })?;
    let mut fields = Fields::of(element)?;
    if method.form == Form::Exclusive
        && let Some(list) = fields.take_if(EXCLUSIVE, "InclusiveNamespaces")
    {
        strict::only_attributes(list, &["PrefixList"])?;
        let words = list.attribute("PrefixList").unwrap_or_default().split_ascii_whitespace();
        method.prefixes =
            words.map(|word| if word == "#default" { "" } else { word }.to_owned()).collect();
        if method.prefixes.len() > PREFIXES {
            return Err(Fault::TooMany { what: "PrefixList", limit: PREFIXES });
        }
        Fields::of(list)?.end()?;
    }
    fields.end()?;
    Ok(method)
}

fn signature_method(element: Element<'_>) -> Result<SignatureAlgorithm, Fault> {
    let uri = strict::algorithm(element)?;
    let mut fields = Fields::of(element)?;
    if uri == RSA_PSS {
        let algorithm = match fields.take_if(MORE, "RSAPSSParams") {
            Some(parameters) => pss(parameters)?,
            None => SignatureAlgorithm::RsaPss(Digest::Sha256),
        };
        fields.end()?;
        return Ok(algorithm);
    }
    let algorithm = names::signature(uri)?;
    // Above all no HMACOutputLength.
    fields.end()?;
    Ok(algorithm)
}

/// RFC 9231 §2.3.10, only with one digest throughout.
fn pss(element: Element<'_>) -> Result<SignatureAlgorithm, Fault> {
    strict::only_attributes(element, &[])?;
    let mut fields = Fields::of(element)?;
    let usual = |element: Option<_>| element.map_or(Ok(Digest::Sha256), digest_method);
    let digest = usual(fields.take_if(DSIG, "DigestMethod"))?;
    let mut mask = Digest::Sha256;
    if let Some(function) = fields.take_if(MORE, "MaskGenerationFunction") {
        if strict::algorithm(function)? != MGF1 {
            return Err(Fault::PssParameters);
        }
        let mut inner = Fields::of(function)?;
        mask = usual(inner.take_if(DSIG, "DigestMethod"))?;
        inner.end()?;
    }
    let number = |element: Option<Element<'_>>, default: usize| match element {
        Some(element) => strict::word(element)?.parse().map_err(|_| Fault::PssParameters),
        None => Ok(default),
    };
    let salt = number(fields.take_if(MORE, "SaltLength"), digest.size_bytes())?;
    let trailer = number(fields.take_if(MORE, "TrailerField"), 1)?;
    fields.end()?;
    if mask != digest || trailer != 1 {
        return Err(Fault::PssParameters);
    }
    SignatureAlgorithm::rsa_pss(digest, salt as u64).ok_or(Fault::PssParameters)
}

/// `DigestMethod`, with nothing in it.
pub(crate) fn digest_method(element: Element<'_>) -> Result<Digest, Fault> {
    let digest = names::digest(strict::algorithm(element)?)?;
    Fields::of(element)?.end()?;
    Ok(digest)
}

fn read_reference(element: Element<'_>) -> Result<Reference, Fault> {
    strict::only_attributes(element, &["Id", "URI", "Type"])?;
    let at = element.range().start;
    let uri = element.attribute("URI").ok_or(Fault::Structure { expected: "URI", at })?;
    let mut fields = Fields::of(element)?;
    let transforms = match fields.take_if(DSIG, "Transforms") {
        Some(list) => read_transforms(list)?,
        None => Vec::new(),
    };
    let digest = digest_method(fields.take(DSIG, "DigestMethod")?)?;
    let value = fields.take(DSIG, "DigestValue")?;
    strict::only_attributes(value, &[])?;
    fields.end()?;
    let digest_value = strict::base64(value)?;
    if digest_value.len() != digest.size_bytes() {
        return Err(strict::broken(value, "a digest of the right length"));
    }
    Ok(Reference {
        id: element.attribute("Id").map(str::to_owned),
        target: target(uri)?,
        kind: element.attribute("Type").map(str::to_owned),
        transforms,
        digest,
        digest_value,
    })
}

/// At most one *enveloped*, then at most one canonical form: after it there are bytes, not nodes.
fn read_transforms(list: Element<'_>) -> Result<Vec<Transform>, Fault> {
    strict::only_attributes(list, &[])?;
    let mut fields = Fields::of(list)?;
    let mut transforms: Vec<Transform> = Vec::new();
    while let Some(element) = fields.take_if(DSIG, "Transform") {
        if transforms.len() == TRANSFORMS {
            return Err(Fault::TooMany { what: "Transform", limit: TRANSFORMS });
        }
        let uri = strict::algorithm(element)?;
        let refused = |reason| Fault::Transform { uri: shown(uri), reason };
        if matches!(transforms.last(), Some(Transform::Canonical(_))) {
            return Err(refused("nothing may follow a canonical form"));
        }
        if uri == ENVELOPED {
            if !transforms.is_empty() {
                return Err(refused("it may be there once"));
            }
            Fields::of(element)?.end()?;
            transforms.push(Transform::Enveloped);
        } else if Method::named(uri).is_some() {
            transforms.push(Transform::Canonical(canonical(element)?));
        } else {
            return Err(refused(why_not(uri)));
        }
    }
    fields.end()?;
    match transforms.is_empty() {
        true => Err(Fault::Structure { expected: "Transform", at: list.range().start }),
        false => Ok(transforms),
    }
}

fn why_not(uri: &str) -> &'static str {
    if uri.contains("xslt") {
        "a style sheet could sign something else than what is read"
    } else if uri.to_ascii_lowercase().contains("xpath") || uri.contains("xmldsig-filter2") {
        "a selection by XPath could leave out what is read"
    } else if uri.ends_with("#base64") {
        "what is signed must be what is read, not what it decodes to"
    } else {
        "it is not known"
    }
}

fn target(uri: &str) -> Result<Target, Fault> {
    let refused = || Fault::Reference { uri: shown(uri) };
    let Some(fragment) = uri.strip_prefix('#') else {
        return match uri {
            "" => Ok(Target::Document { comments: false }),
            _ => Ok(Target::External(uri.to_owned())),
        };
    };
    if fragment == "xpointer(/)" {
        return Ok(Target::Document { comments: true });
    }
    let pointed = fragment.strip_prefix("xpointer(id(").and_then(|rest| rest.strip_suffix("))"));
    let (id, comments) = match pointed {
        Some(quoted) => {
            let single = quoted.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
            let double = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            (single.or(double).ok_or_else(refused)?, true)
        }
        None => (fragment, false),
    };
    match scan::qualified_name(id) {
        Some((length, 0)) if length == id.len() => {
            Ok(Target::Element { id: id.to_owned(), comments })
        }
        _ => Err(refused()),
    }
}
