//! Reading the qualifying properties.

use super::{
    CertificateIssuer, CertificateReference, DataFormat, Policy, ProductionPlace,
    SignatureTimeStamp, XADES, XADES_141, Xades, archive,
};
use crate::algorithm::Digest;
use crate::xml::canonical::{self, Form, Method, Selection};
use crate::xml::document::{Document, Element, NodeId};
use crate::xml::signature::strict::{self, Fields};
use crate::xml::signature::{DSIG, Fault, Signature, key_issuer_serial, names, read_canonical};

/// Of each kind of property.
const MANY: usize = 64;
/// What time stamps cover, together: long namespaces could make much of little.
const STAMPED_BYTES: usize = 4 << 20;

/// The properties of a signature; `None` for a plain XML signature.
///
/// # Errors
/// [`Fault`]: several sets of properties, properties of another signature, or what is not readable.
pub fn read(document: &Document<'_>, signature: &Signature) -> Result<Option<Xades>, Fault> {
    let Some((qualifying, signed)) = properties(document, signature)? else { return Ok(None) };
    let mut found = empty(signed.node());
    let mut fields = Fields::of(signed)?;
    if let Some(about) = fields.take_if(XADES, "SignedSignatureProperties") {
        signature_properties(about, &mut found)?;
    }
    if let Some(about) = fields.take_if(XADES, "SignedDataObjectProperties") {
        data_properties(about, &mut found)?;
    }
    fields.end()?;
    for (place, property) in unsigned(qualifying).enumerate() {
        unsigned_property((document, signature), (property, place), &mut found)?;
        within_limits(&found)?;
    }
    Ok(Some(found))
}

/// The element that the signature's reference to its properties must name.
///
/// # Errors
/// [`Fault`], as [`read`].
pub fn signed_properties(
    document: &Document<'_>,
    signature: &Signature,
) -> Result<Option<NodeId>, Fault> {
    Ok(properties(document, signature)?.map(|(_, signed)| signed.node()))
}

/// `QualifyingProperties` directly in an `Object` of this signature, and its signed part.
pub(in crate::xml) fn properties<'d>(
    document: &'d Document<'d>,
    signature: &Signature,
) -> Result<Option<(Element<'d>, Element<'d>)>, Fault> {
    let objects = signature.objects.iter().filter_map(|node| document.element(*node));
    let mut all = objects
        .flat_map(|object| object.children())
        .filter(|child| child.is(XADES, "QualifyingProperties"));
    let Some(qualifying) = all.next() else { return Ok(None) };
    if all.next().is_some() {
        return Err(Fault::TooMany { what: "QualifyingProperties", limit: 1 });
    }
    let target = qualifying.attribute("Target").and_then(|target| target.strip_prefix('#'));
    if target.is_none() || target != signature.id.as_deref() {
        return Err(strict::broken(qualifying, "properties of this signature"));
    }
    let signed = Fields::of(qualifying)?.take(XADES, "SignedProperties")?;
    Ok(Some((qualifying, signed)))
}

/// The unsigned properties of the signature in their order.
pub(in crate::xml) fn unsigned<'d>(
    qualifying: Element<'d>,
) -> impl Iterator<Item = Element<'d>> + use<'d> {
    let list = qualifying
        .child(XADES, "UnsignedProperties")
        .and_then(|all| all.child(XADES, "UnsignedSignatureProperties"));
    list.into_iter().flat_map(Element::children)
}

fn empty(signed: NodeId) -> Xades {
    Xades {
        signed,
        signing_time: None,
        certificates: Vec::new(),
        policy: None,
        production_place: None,
        formats: Vec::new(),
        time_stamps: Vec::new(),
        archive_stamps: Vec::new(),
        unread_stamps: Vec::new(),
        embedded_certificates: Vec::new(),
        ocsp: Vec::new(),
        crls: Vec::new(),
        counter_signatures: Vec::new(),
        others: Vec::new(),
    }
}

fn signature_properties(about: Element<'_>, found: &mut Xades) -> Result<(), Fault> {
    let mut fields = Fields::of(about)?;
    if let Some(time) = fields.take_if(XADES, "SigningTime") {
        found.signing_time = strict::word(time)?.parse().ok();
    }
    for name in ["SigningCertificate", "SigningCertificateV2"] {
        if let Some(list) = fields.take_if(XADES, name) {
            certificates(list, found)?;
        }
    }
    if let Some(element) = fields.take_if(XADES, "SignaturePolicyIdentifier") {
        found.policy = Some(policy(element)?);
    }
    for name in ["SignatureProductionPlace", "SignatureProductionPlaceV2"] {
        if let Some(element) = fields.take_if(XADES, name) {
            found.production_place = Some(place(element)?);
        }
    }
    while let Some(other) = fields.next() {
        // Twice or out of order: which one would count?
        if matches!(other.name(), "SigningTime" | "SigningCertificate" | "SigningCertificateV2") {
            return Err(strict::broken(other, "properties in their order"));
        }
        note(other, found);
    }
    within_limits(found)
}

fn certificates(list: Element<'_>, found: &mut Xades) -> Result<(), Fault> {
    let mut fields = Fields::of(list)?;
    while let Some(certificate) = fields.take_if(XADES, "Cert") {
        let mut parts = Fields::of(certificate)?;
        let (digest, digest_value) = digest_of(parts.take(XADES, "CertDigest")?)?;
        let issuer = if let Some(named) = parts.take_if(XADES, "IssuerSerial") {
            CertificateIssuer::Named(key_issuer_serial(named)?)
        } else if let Some(der) = parts.take_if(XADES, "IssuerSerialV2") {
            CertificateIssuer::Der(strict::base64(der)?)
        } else {
            CertificateIssuer::Unnamed
        };
        parts.end()?;
        found.certificates.push(CertificateReference { digest, digest_value, issuer });
        within_limits(found)?;
    }
    fields.end()
}

fn digest_of(element: Element<'_>) -> Result<(Digest, Vec<u8>), Fault> {
    let mut fields = Fields::of(element)?;
    let digest = names::digest(strict::algorithm(fields.take(DSIG, "DigestMethod")?)?)?;
    let value = strict::base64(fields.take(DSIG, "DigestValue")?)?;
    fields.end()?;
    Ok((digest, value))
}

fn policy(element: Element<'_>) -> Result<Policy, Fault> {
    let mut fields = Fields::of(element)?;
    if fields.take_if(XADES, "SignaturePolicyImplied").is_some() {
        fields.end()?;
        return Ok(Policy::Implied);
    }
    let mut parts = Fields::of(fields.take(XADES, "SignaturePolicyId")?)?;
    let id = Fields::of(parts.take(XADES, "SigPolicyId")?)?.take(XADES, "Identifier")?;
    let (digest, digest_value) = digest_of(parts.take(XADES, "SigPolicyHash")?)?;
    Ok(Policy::Named { id: strict::word(id)?, digest, digest_value })
}

fn place(element: Element<'_>) -> Result<ProductionPlace, Fault> {
    let mut place = ProductionPlace::default();
    for part in element.children() {
        let field = match part.name() {
            "City" => &mut place.city,
            "StateOrProvince" => &mut place.province,
            "PostalCode" => &mut place.postal_code,
            "CountryName" => &mut place.country,
            _ => continue,
        };
        *field = strict::word(part)?;
    }
    Ok(place)
}

fn data_properties(about: Element<'_>, found: &mut Xades) -> Result<(), Fault> {
    let mut fields = Fields::of(about)?;
    while let Some(property) = fields.next() {
        if !property.is(XADES, "DataObjectFormat") {
            note(property, found);
            continue;
        }
        let text = |name| property.child(XADES, name).map(strict::word).transpose();
        found.formats.push(DataFormat {
            reference: property.attribute("ObjectReference").unwrap_or_default().to_owned(),
            media_type: text("MimeType")?,
            description: text("Description")?,
        });
        within_limits(found)?;
    }
    Ok(())
}

fn unsigned_property(
    (document, signature): (&Document<'_>, &Signature),
    (property, place): (Element<'_>, usize),
    found: &mut Xades,
) -> Result<(), Fault> {
    match (property.namespace(), property.name()) {
        (XADES, "SignatureTimeStamp") => {
            time_stamp((document, signature), (property, place), found)
        }
        (XADES_141, "ArchiveTimeStamp") => {
            match archive::read(property, place) {
                Ok(stamp) => found.archive_stamps.push(stamp),
                Err(_) => found.unread_stamps.push(property.qualified_name().to_owned()),
            }
            Ok(())
        }
        (XADES | XADES_141, name) if name.ends_with("TimeStamp") || name.ends_with("StampV2") => {
            found.unread_stamps.push(property.qualified_name().to_owned());
            Ok(())
        }
        (XADES, "CertificateValues") => values(property, found),
        (XADES, "RevocationValues") => revocation(property, found),
        (XADES_141, "TimeStampValidationData") => {
            for part in property.children().filter(|part| part.namespace() == XADES) {
                match part.name() {
                    "CertificateValues" => values(part, found)?,
                    "RevocationValues" => revocation(part, found)?,
                    _ => note(part, found),
                }
            }
            Ok(())
        }
        (XADES, "CounterSignature") => {
            let counter = Fields::of(property)?.take(DSIG, "Signature")?;
            found.counter_signatures.push(counter.node());
            Ok(())
        }
        _ => {
            note(property, found);
            Ok(())
        }
    }
}

fn time_stamp(
    (document, signature): (&Document<'_>, &Signature),
    (property, place): (Element<'_>, usize),
    found: &mut Xades,
) -> Result<(), Fault> {
    let mut fields = Fields::of(property)?;
    let method = stamp_method(&mut fields)?;
    let selection = Selection::element(signature.value_node);
    let stamped = canonical::bytes(document, selection, &method)?;
    let mut tokens = 0;
    while let Some(token) = fields.take_if(XADES, "EncapsulatedTimeStamp") {
        let token = strict::base64(token)?;
        found.time_stamps.push(SignatureTimeStamp { token, stamped: stamped.clone(), place });
        within_limits(found)?;
        if found.time_stamps.iter().map(|one| one.stamped.len()).sum::<usize>() > STAMPED_BYTES {
            return Err(Fault::TooMany { what: "stamped bytes", limit: STAMPED_BYTES });
        }
        tokens += 1;
    }
    // `Include` would let the stamp cover something else.
    fields.end()?;
    match tokens {
        0 => Err(strict::broken(property, "a time stamp token")),
        _ => Ok(()),
    }
}

/// The form of what a time stamp is over; Canonical XML 1.0 when it names none.
pub(super) fn stamp_method(fields: &mut Fields<'_>) -> Result<Method, Fault> {
    let named = fields.take_if(DSIG, "CanonicalizationMethod");
    named.map_or(Ok(Method::new(Form::Inclusive10)), read_canonical)
}

fn values(list: Element<'_>, found: &mut Xades) -> Result<(), Fault> {
    for value in list.children() {
        match value.is(XADES, "EncapsulatedX509Certificate") {
            true => found.embedded_certificates.push(strict::base64(value)?),
            false => note(value, found),
        }
        within_limits(found)?;
    }
    Ok(())
}

fn revocation(list: Element<'_>, found: &mut Xades) -> Result<(), Fault> {
    for value in list.children().flat_map(|kind| kind.children()) {
        match (value.namespace(), value.name()) {
            (XADES, "EncapsulatedOCSPValue") => found.ocsp.push(strict::base64(value)?),
            (XADES, "EncapsulatedCRLValue") => found.crls.push(strict::base64(value)?),
            _ => note(value, found),
        }
        within_limits(found)?;
    }
    Ok(())
}

fn note(other: Element<'_>, found: &mut Xades) {
    found.others.push(other.qualified_name().to_owned());
}

fn within_limits(found: &Xades) -> Result<(), Fault> {
    let counts = [
        found.certificates.len(),
        found.formats.len(),
        found.time_stamps.len(),
        found.archive_stamps.len(),
        found.unread_stamps.len(),
        found.embedded_certificates.len(),
        found.ocsp.len(),
        found.crls.len(),
        found.counter_signatures.len(),
        found.others.len(),
    ];
    match counts.iter().any(|count| *count > MANY) {
        true => Err(Fault::TooMany { what: "properties", limit: MANY }),
        false => Ok(()),
    }
}
