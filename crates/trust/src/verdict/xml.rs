//! Signatures in XML (XML-DSig, XAdES): by themselves, and of containers.
//!
//! The bare keys that come along are never used. A certificate that comes along is tried; whether
//! it deserves trust is the path's question. What no valid signature covers is named by
//! [`super::xml_cover`].

use bytes::Bytes;
use wire::algorithm::PublicKey;
use wire::pki::certificate::Certificate;
use wire::xml::document::{Document, NodeId};
use wire::xml::signature::{self, Checked, Covered, Fault, Signature, Weakness};
use wire::xml::xades::{self, Xades};
use wire::xml::{Limits, read};

use super::chain::{Court, Evidence};
use super::cms::{conclude, weigh_key};
use super::reason::{Note, Reason};
use super::report::{Finding, Part, Proof, Report};
use super::{stamps, time, xml_cover};

/// Certificates at hand whose keys are tried when none came along.
const TRIED_MAX: usize = 16;

/// The bytes that a signature refers to outside of its document, by their addresses.
pub(super) type Externals<'e> = dyn Fn(&Signature) -> Vec<(String, &'e [u8])> + 'e;

/// What is known from around a document: the bytes that its signatures refer to, and stamps that
/// are over the whole of it.
#[derive(Clone, Copy)]
pub(super) struct Outside<'o, 'e> {
    pub externals: &'o Externals<'e>,
    pub later: &'o [Proof],
}

/// A signature judged, and the elements that it covers when it holds.
pub(super) struct Judged {
    pub finding: Finding,
    pub covered: Cover,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Cover {
    pub document: bool,
    pub elements: Vec<NodeId>,
    /// Addresses outside.
    pub externals: Vec<String>,
}

pub(super) fn judge(court: &mut Court<'_>, file: &[u8], report: &mut Report) {
    let limits = Limits { size_bytes: court.question.policy.file_bytes_max, ..Limits::default() };
    let document = match read::read(file, &limits) {
        Ok(document) => document,
        Err(fault) => return report.refuse(Reason::Unreadable { detail: fault.to_string() }),
    };
    let content = court.question.content;
    // One content was handed in: it can only be the one thing that is outside.
    let externals = |signature: &Signature| match (content, signature.externals().count()) {
        (Some(content), 1) => signature.externals().map(|uri| (uri.to_owned(), content)).collect(),
        _ => Vec::new(),
    };
    let outside = Outside { externals: &externals, later: &[] };
    let mut all = match judge_document(court, &document, outside) {
        Ok(all) => all,
        Err(reason) => return report.refuse(reason),
    };
    xml_cover::judge(&document, &mut all);
    report.findings = all.into_iter().map(|one| one.finding).collect();
}

/// All signatures of a document.
///
/// # Errors
/// [`Reason::TooMuch`] when there are more than are looked at.
pub(super) fn judge_document(
    court: &mut Court<'_>,
    document: &Document<'_>,
    outside: Outside<'_, '_>,
) -> Result<Vec<Judged>, Reason> {
    let found = signature::find(document).map_err(|_| Reason::TooMuch)?;
    let mut all = Vec::new();
    for (index, node) in found.signatures.iter().enumerate() {
        let mut case = Case { document, finding: Finding::new((index + 1).to_string()) };
        let outer = found.signatures.iter().filter(|other| *other != node);
        case.finding.is_counter = outer.into_iter().any(|outer| document.is_within(*node, *outer));
        let covered = match case.judge(court, *node, outside) {
            Ok(covered) => covered,
            Err(reason) => {
                case.finding.refuse(reason);
                Cover::default()
            }
        };
        all.push(Judged { finding: case.finding, covered });
    }
    for one in found.look_alikes {
        let reason = Reason::Placeholder { namespace: one.namespace };
        let finding = Finding::refused((all.len() + 1).to_string(), reason);
        all.push(Judged { finding, covered: Cover::default() });
    }
    Ok(all)
}

struct Case<'c, 'd> {
    document: &'c Document<'d>,
    finding: Finding,
}

impl Case<'_, '_> {
    fn judge(
        &mut self,
        court: &mut Court<'_>,
        node: NodeId,
        outside: Outside<'_, '_>,
    ) -> Result<Cover, Reason> {
        let signature = signature::read(self.document, node).map_err(|fault| reason(&fault))?;
        if let Some(id) = &signature.id {
            self.finding.name = super::names::shown(id);
        }
        self.finding.algorithm = Some(signature.algorithm);
        let properties = xades::read(self.document, &signature).map_err(|fault| reason(&fault))?;
        let evidence = gather(&signature, properties.as_ref());
        if signature.key_info.key_value {
            self.finding.note(Note::KeyIgnored);
        }
        let handed = (outside.externals)(&signature);
        let handed: Vec<(&str, &[u8])> =
            handed.iter().map(|(uri, bytes)| (uri.as_str(), *bytes)).collect();
        let (certificate, checked) =
            self.hold(court, &signature, (properties.as_ref(), &evidence), &handed)?;
        self.properties(properties.as_ref(), &certificate, &checked)?;
        self.weigh(court, &certificate, &checked);
        let stamps = properties.as_ref().map(|properties| {
            let own = (self.document, &signature);
            stamps::of_document(court, own, properties, &checked, &mut self.finding)
        });
        let stamps = stamps.unwrap_or_default();
        let sources = [&evidence];
        let moment = time::settle(court, &mut self.finding, &stamps, &sources, outside.later);
        conclude(court, &mut self.finding, &certificate, (&sources, moment));
        Ok(self.take_parts(court, checked))
    }

    /// The certificate whose key made the signature.
    fn hold<'e>(
        &mut self,
        court: &Court<'_>,
        signature: &Signature,
        (properties, evidence): (Option<&Xades>, &Evidence),
        externals: &[(&str, &'e [u8])],
    ) -> Result<(Certificate, Checked<'e>), Reason> {
        let tried = candidates(court, signature, properties, evidence);
        let came = !signature.key_info.certificates.is_empty();
        let mut nearest = match (tried.is_empty(), signature.key_info.key_value) {
            (true, true) => Reason::KeyOnly,
            _ => Reason::NoCertificate,
        };
        for certificate in tried {
            let Ok(key) = &certificate.key else { continue };
            match signature::check(self.document, signature, key, externals) {
                Ok(checked) => return Ok((certificate, checked)),
                // Of a certificate that was not named, a wrong value says nothing.
                Err(Fault::Algorithm(_)) if !came => {}
                Err(fault) => {
                    let graver = reason(&fault);
                    if nearest == Reason::NoCertificate || graver == Reason::Changed {
                        nearest = graver;
                        self.finding.signer = Some(super::names::Party::of(&certificate));
                    }
                }
            }
        }
        Err(nearest)
    }

    /// What the signer said about the signature counts only when it was signed.
    fn properties(
        &mut self,
        properties: Option<&Xades>,
        certificate: &Certificate,
        checked: &Checked<'_>,
    ) -> Result<(), Reason> {
        let Some(properties) = properties else {
            self.finding.note(Note::CertificateUnsigned);
            return Ok(());
        };
        if !checked.covers(properties.signed) {
            return Err(Reason::PropertiesUnsigned);
        }
        self.finding.time.claimed = properties.signing_time;
        match properties.names_certificate(certificate.der()) {
            Some(true) => Ok(()),
            Some(false) => Err(Reason::OtherCertificate),
            None => {
                self.finding.note(Note::CertificateUnsigned);
                Ok(())
            }
        }
    }

    fn weigh(&mut self, court: &Court<'_>, certificate: &Certificate, checked: &Checked<'_>) {
        let allows = court.question.policy.allows_sha1;
        let is_sha1 = |weakness: &Weakness| !matches!(weakness, Weakness::SmallKey { .. });
        if checked.weaknesses.iter().any(is_sha1) {
            match allows {
                true => self.finding.note(Note::Sha1Digest),
                false => self.finding.refuse(Reason::WeakAlgorithm),
            }
        }
        weigh_key(court, &mut self.finding, certificate);
    }

    fn take_parts(&mut self, court: &mut Court<'_>, checked: Checked<'_>) -> Cover {
        let mut cover = Cover::default();
        for reference in checked.references {
            let name = match reference.covered {
                Covered::Properties { .. } => continue,
                // Its own object is a part; a piece of another signature is what a counter-signer
                // signs.
                Covered::Inside { node } => {
                    cover.elements.push(node);
                    self.document.element(node).map_or("", |one| one.qualified_name()).to_owned()
                }
                Covered::Document { .. } => {
                    cover.document = true;
                    self.document.root().qualified_name().to_owned()
                }
                Covered::Element { node, name, .. } => {
                    cover.elements.push(node);
                    name
                }
                Covered::External { uri } => {
                    cover.externals.push(uri.clone());
                    uri
                }
            };
            if !court.may_copy(reference.bytes.len()) {
                self.finding.refuse(Reason::TooMuch);
                break;
            }
            let bytes = Bytes::from(reference.bytes.into_owned());
            self.finding.parts.push(Part { name: super::names::shown(&name), bytes });
        }
        cover
    }
}

/// What came along: certificates to try, lists and answers.
fn gather(signature: &Signature, properties: Option<&Xades>) -> Evidence {
    let mut evidence = Evidence::default();
    evidence.add_certificates(&signature.key_info.certificates);
    if let Some(properties) = properties {
        evidence.add_certificates(&properties.embedded_certificates);
        evidence.add_ocsp(&properties.ocsp);
        evidence.add_crls(&properties.crls);
    }
    evidence
}

/// Whose keys are tried: the certificate that the signer named among those that came, else those
/// that came, in a bundle the ones that are no authorities first; else those at hand.
fn candidates(
    court: &Court<'_>,
    signature: &Signature,
    properties: Option<&Xades>,
    evidence: &Evidence,
) -> Vec<Certificate> {
    let ids = &signature.key_info.subject_key_ids;
    let is_named = |one: &&Certificate| {
        properties.and_then(|found| found.names_certificate(one.der())) == Some(true)
            || one.extensions.subject_key_id.as_ref().is_some_and(|id| ids.contains(id))
    };
    let fits = |one: &&Certificate| one.key.as_ref().is_ok_and(|key| is_of_kind(key, signature));
    let came = evidence.certificates.iter().filter(fits);
    let named: Vec<_> = came.clone().filter(is_named).take(2).cloned().collect();
    if !named.is_empty() {
        return named;
    }
    let mut came: Vec<_> = came.take(TRIED_MAX).cloned().collect();
    came.sort_by_key(|one| one.is_authority());
    came.truncate(4);
    if !came.is_empty() || !evidence.certificates.is_empty() {
        return came;
    }
    court.trust.certificates.iter().filter(fits).take(TRIED_MAX).cloned().collect()
}

fn is_of_kind(key: &PublicKey, signature: &Signature) -> bool {
    use wire::algorithm::SignatureAlgorithm as A;
    matches!(
        (key, signature.algorithm),
        (PublicKey::Rsa { .. }, A::RsaPkcs1(_) | A::RsaPss(_) | A::RsaPssSalted(..))
            | (PublicKey::Ec { .. }, A::Ecdsa(_))
            | (PublicKey::Ed25519(_), A::Ed25519)
    )
}

fn reason(fault: &Fault) -> Reason {
    let detail = fault.to_string();
    match fault {
        Fault::Changed { .. } => Reason::Changed,
        Fault::Hmac => Reason::NotASignature { detail },
        Fault::Missing { .. } | Fault::DuplicateId { .. } | Fault::NotEnveloped => Reason::Wrapped,
        Fault::ExternalMissing { .. } => Reason::ContentMissing,
        fault if fault.is_refuted() => Reason::WrongValue,
        Fault::NoReference | Fault::Structure { .. } | Fault::Attribute { .. } => {
            Reason::Broken { detail }
        }
        _ => Reason::NotUnderstood { detail },
    }
}
