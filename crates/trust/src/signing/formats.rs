//! The steps of each format.

use wire::algorithm::{Digest, SignatureAlgorithm};
use wire::asice::{self, NewFile};
use wire::jws::{self, Algorithm, Delivery};
use wire::pdf::sign::{Purpose, RESERVED_BYTES_USUAL, Request, Statement};
use wire::pdf::store::{self, Store};
use wire::pdf::time::to_pdf;
use wire::pdf::{self};
use wire::pki::cms::{self, Additions, Attribute, Content, SignatureProfile, SignedData};
use wire::pki::ocsp::Response;
use wire::pki::{self, oids};
use wire::xml::sign::{
    self as xml_sign, Part, Place, Properties, Recipe, SIGNATURE_LIST, Values as XmlValues,
};
use wire::xml::{Document, Limits, read, signature};

use super::{DraftFault, Format, Order, Values};

/// Room for a chain of RSA-4096 certificates, a time stamp and its chain.
const RESERVED_BYTES: usize = 2 * RESERVED_BYTES_USUAL;

/// Before the signature.
pub(super) enum Step {
    Pdf { pdf: pdf::sign::Prepared, cms: pki::Prepared },
    Cms(pki::Prepared),
    Xml(xml_sign::Prepared),
    Container { list: xml_sign::Prepared, file: OwnFile },
    Jws(jws::Prepared),
}

/// After it.
#[derive(Clone)]
pub(super) enum Form {
    Pdf { pdf: pdf::sign::Prepared, cms: SignedData, values: Values },
    Cms(SignedData),
    Xml(Vec<u8>),
    Container { list: Vec<u8>, file: OwnFile },
    Jws(String),
}

#[derive(Debug, Clone)]
pub(super) struct OwnFile {
    name: String,
    media_type: String,
    bytes: Vec<u8>,
}

pub(super) fn begin(order: &Order<'_>, algorithm: SignatureAlgorithm) -> Result<Step, DraftFault> {
    match order.format {
        Format::Pades => pades(order, algorithm),
        Format::Cades => {
            let digest = digest_of(algorithm);
            let hash = digest.of(order.file);
            Ok(Step::Cms(message(order, (digest, &hash), (algorithm, true))?))
        }
        Format::Xades => {
            let document = read::read(order.file, &Limits::default())?;
            let place = Place::LastIn(document.root().node());
            Ok(Step::Xml(xades(order, &document, (place, Part::Document))?))
        }
        Format::Asice => container(order),
        Format::Jws => json(order),
    }
}

/// The digest that the message names beside its signature (RFC 8419 §3.1 for Ed25519).
fn digest_of(algorithm: SignatureAlgorithm) -> Digest {
    algorithm.digest().unwrap_or(Digest::Sha512)
}

fn message(
    order: &Order<'_>,
    (digest, hash): (Digest, &[u8]),
    (algorithm, says_time): (SignatureAlgorithm, bool),
) -> Result<pki::Prepared, DraftFault> {
    let profile = SignatureProfile {
        content: Content::Detached { digest: hash },
        digest,
        certificate: order.certificate,
        chain: order.chain,
        signing_time: says_time.then_some(order.at),
    };
    Ok(cms::prepare(&profile, algorithm)?)
}

fn pades(order: &Order<'_>, algorithm: SignatureAlgorithm) -> Result<Step, DraftFault> {
    let time = to_pdf(order.at);
    let statement = Statement {
        time: &time,
        name: order.certificate.subject.common_name(),
        reason: order.reason,
        location: None,
    };
    let request = Request {
        field: order.field,
        purpose: Purpose::Signature(statement),
        shown: order.shown,
        reserved_bytes: RESERVED_BYTES,
        certification: None,
    };
    let pdf = pdf::sign::prepare(order.file, &request)?;
    let digest = digest_of(algorithm);
    let hash = pdf.digest(digest);
    let cms = message(order, (digest, &hash), (algorithm, false))?;
    Ok(Step::Pdf { pdf, cms })
}

fn xades(
    order: &Order<'_>,
    document: &Document<'_>,
    (place, part): (Place, Part<'_>),
) -> Result<xml_sign::Prepared, DraftFault> {
    let key = order.certificate.key.as_ref().map_err(|fault| *fault)?;
    let all = std::iter::once(order.certificate).chain(order.chain);
    let certificates: Vec<Vec<u8>> = all.map(|one| one.der().to_vec()).collect();
    let mut recipe = Recipe::new(order.id, place, key);
    recipe.parts = vec![part];
    recipe.certificates = &certificates;
    recipe.properties =
        Some(Properties { signing_time: order.at, policy: None, production_place: None });
    Ok(xml_sign::prepare(document, &recipe)?)
}

fn container(order: &Order<'_>) -> Result<Step, DraftFault> {
    let list = read::read(SIGNATURE_LIST.as_bytes(), &Limits::default())?;
    let uri = percent_encoding::utf8_percent_encode(order.name, ADDRESS).to_string();
    let part = Part::External { uri: &uri, bytes: order.file, media_type: order.media_type };
    let list = xades(order, &list, (Place::LastIn(list.root().node()), part))?;
    let file = OwnFile {
        name: order.name.to_owned(),
        media_type: order.media_type.to_owned(),
        bytes: order.file.to_vec(),
    };
    Ok(Step::Container { list, file })
}

/// Everything but what RFC 3986 leaves as it is, and the slash.
const ADDRESS: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

fn json(order: &Order<'_>) -> Result<Step, DraftFault> {
    let key = order.certificate.key.as_ref().map_err(|fault| *fault)?;
    let all = std::iter::once(order.certificate).chain(order.chain);
    let certificates: Vec<Vec<u8>> = all.map(|one| one.der().to_vec()).collect();
    let time = order.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let recipe = jws::Recipe {
        algorithm: Algorithm::usual_for(key),
        certificates: &certificates,
        key_id: None,
        media_type: Some(order.media_type),
        signing_time: Some(&time),
        delivery: Delivery::Attached,
    };
    Ok(Step::Jws(jws::prepare(order.file, &recipe)))
}

impl Step {
    pub fn to_be_signed(&self) -> &[u8] {
        match self {
            Step::Pdf { cms, .. } | Step::Cms(cms) => cms.to_be_signed(),
            Step::Xml(xml) | Step::Container { list: xml, .. } => xml.to_be_signed(),
            Step::Jws(jws) => jws.to_be_signed(),
        }
    }

    pub fn sign(self, signature: &[u8]) -> Result<Form, DraftFault> {
        Ok(match self {
            Step::Pdf { pdf, cms } => {
                let cms = SignedData::read(&cms.finish(signature))?;
                Form::Pdf { pdf, cms, values: Values::default() }
            }
            Step::Cms(cms) => Form::Cms(SignedData::read(&cms.finish(signature))?),
            Step::Xml(xml) => Form::Xml(xml.finish(signature)?),
            Step::Container { list, file } => {
                Form::Container { list: list.finish(signature)?, file }
            }
            Step::Jws(jws) => Form::Jws(jws.finish(signature)?),
        })
    }
}

impl Form {
    pub fn to_be_stamped(&self) -> Result<Option<Vec<u8>>, DraftFault> {
        match self {
            Form::Pdf { cms, .. } | Form::Cms(cms) => {
                Ok(cms.signers.first().map(|signer| signer.signature.clone()))
            }
            Form::Xml(bytes) | Form::Container { list: bytes, .. } => {
                let (document, own) = newest(bytes)?;
                Ok(Some(xml_sign::stamped_bytes(&document, &own)?))
            }
            Form::Jws(_) => Ok(None),
        }
    }

    pub fn stamp(self, token: &[u8]) -> Result<Form, DraftFault> {
        let stamped = |bytes: Vec<u8>| -> Result<Vec<u8>, DraftFault> {
            let (document, own) = newest(&bytes)?;
            Ok(xml_sign::add_time_stamp(&document, &own, token)?)
        };
        Ok(match self {
            Form::Pdf { pdf, cms, values } => {
                Form::Pdf { pdf, cms: with_token(&cms, token)?, values }
            }
            Form::Cms(cms) => Form::Cms(with_token(&cms, token)?),
            Form::Xml(bytes) => Form::Xml(stamped(bytes)?),
            Form::Container { list, file } => Form::Container { list: stamped(list)?, file },
            Form::Jws(_) => return Err(DraftFault::NoPlace),
        })
    }

    pub fn with_values(self, values: &Values) -> Result<Form, DraftFault> {
        let added = |bytes: Vec<u8>| -> Result<Vec<u8>, DraftFault> {
            let (document, own) = newest(&bytes)?;
            let certificates: Vec<Vec<u8>> = ders(values);
            let more =
                XmlValues { certificates: &certificates, ocsp: &values.ocsp, crls: &values.crls };
            Ok(xml_sign::add_values(&document, &own, more)?)
        };
        Ok(match self {
            Form::Pdf { pdf, cms, .. } => Form::Pdf { pdf, cms, values: values.clone() },
            Form::Cms(cms) => Form::Cms(with_evidence(&cms, values)?),
            Form::Xml(bytes) => Form::Xml(added(bytes)?),
            Form::Container { list, file } => Form::Container { list: added(list)?, file },
            Form::Jws(_) => return Err(DraftFault::NoPlace),
        })
    }

    pub fn finish(self) -> Result<Vec<u8>, DraftFault> {
        match self {
            Form::Pdf { pdf, cms, values } => {
                let signed = pdf.finish(cms.der())?;
                let has_none = values.ocsp.is_empty() && values.crls.is_empty();
                if has_none {
                    return Ok(signed);
                }
                add_values(&signed, values)
            }
            Form::Cms(cms) => Ok(cms.der().to_vec()),
            Form::Xml(bytes) => Ok(bytes),
            Form::Container { list, file } => {
                let files = [NewFile {
                    name: &file.name,
                    media_type: &file.media_type,
                    bytes: &file.bytes,
                }];
                Ok(asice::write(&files, &[list])?)
            }
            Form::Jws(text) => Ok(text.into_bytes()),
        }
    }
}

/// Appends a revision to a signed PDF with the evidence (B-LT).
///
/// # Errors
/// [`DraftFault`] when the file cannot be read.
pub fn add_values(pdf: &[u8], values: Values) -> Result<Vec<u8>, DraftFault> {
    let evidence = Store {
        certificates: ders(&values),
        ocsps: values.ocsp,
        crls: values.crls,
        related: Vec::new(),
    };
    Ok(store::add(pdf, &evidence)?)
}

/// The signature that was just made is the last one.
pub(super) fn newest(bytes: &[u8]) -> Result<(Document<'_>, signature::Signature), DraftFault> {
    let document = read::read(bytes, &Limits::default())?;
    let found = signature::find(&document)?;
    let last = found.signatures.last().ok_or(signature::Fault::NotASignature)?;
    let own = signature::read(&document, *last)?;
    Ok((document, own))
}

fn ders(values: &Values) -> Vec<Vec<u8>> {
    values.certificates.iter().map(|one| one.der().to_vec()).collect()
}

fn with_token(cms: &SignedData, token: &[u8]) -> Result<SignedData, DraftFault> {
    let unsigned = [Attribute::new(oids::SIGNATURE_TIME_STAMP, token.to_vec())];
    let more = Additions { unsigned: &unsigned, ..Additions::default() };
    Ok(SignedData::read(&cms.complete(0, &more)?)?)
}

fn with_evidence(cms: &SignedData, values: &Values) -> Result<SignedData, DraftFault> {
    let basic = |der: &Vec<u8>| Response::read(der).ok().map(|one| one.basic_der().to_vec());
    let ocsp: Vec<Vec<u8>> = values.ocsp.iter().filter_map(basic).collect();
    let more = Additions {
        unsigned: &[],
        certificates: &values.certificates,
        crls: &values.crls,
        ocsp: &ocsp,
    };
    Ok(SignedData::read(&cms.complete(0, &more)?)?)
}
