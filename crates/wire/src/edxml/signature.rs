//! The signature of a packet: what it is worth, and our own profile of it.
//!
//! What the official kit writes is a constant in the wrong namespace, and no signature over the
//! whole packet can outlive the station that the axis adds. So a signature found is only called
//! valid when it was computed to be, over everything that is read. Ours covers, each by its
//! identifier, the message header, the business (which stands among the stations, and recalls
//! documents), the body and the attachments, in exclusive canonical form with SHA-256: true
//! XML-DSig, which others skip, and which outlives added stations.
//!
//! Whose key it is, `trust` decides; the caller hands in the key.

use std::collections::HashSet;

use super::NAMESPACE;
use super::read::{Presence, Reading, Sealed};
use crate::algorithm::{Digest, EcdsaForm, PublicKey, SignatureAlgorithm};
use crate::xml::canonical::{self, Form, Method, Selection};
use crate::xml::read::{Limits, ReadFault, read};
use crate::xml::sign::{self, Part, Place, Prepared, Recipe, SignFault};
use crate::xml::signature::{
    self as dsig, Covered, DSIG, Fault, Signature, Target, Transform, Weakness,
};
use crate::xml::{Document, Element};

/// The identifier of our signature.
pub const ID: &str = "lienthong";
/// The part that nobody holds when a packet is large.
pub(super) const ATTACHMENTS: &str = "AttachmentEncoded";
/// Where some programs put them instead.
const ELSEWHERE: &str = "edXMLAttachments";
/// Larger packets are not held for a signature of another profile.
pub const SIZE_BYTES: usize = 32 << 20;

/// What the signature of a packet is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Absent,
    /// Nobody can say.
    Unverifiable(Doubt),
    /// Computed with the key handed in, over all that the packet says but its stations.
    Valid(Box<Held>),
    /// It was understood, and is wrong.
    Invalid(Fault),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub signature: Signature,
    pub weaknesses: Vec<Weakness>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    #[error("it is the constant that the kit writes, in the namespace of the packet")]
    Placeholder,
    #[error("the packet is larger than {limit_bytes} bytes")]
    TooLarge { limit_bytes: usize },
    #[error("there are several")]
    Several,
    #[error("nobody has its key")]
    NoKey,
    #[error("{element} is not covered by it")]
    Uncovered { element: &'static str },
    /// Moved away it would be hidden, and the signature would hold all the same.
    #[error("it covers {element}, which stands where nothing is read")]
    Misplaced { element: String },
    #[error("it is not understood: {0}")]
    NotUnderstood(Fault),
    #[error("the packet cannot be read: {0}")]
    Unreadable(ReadFault),
    /// It has to be judged by the bytes of the whole packet: [`examine`].
    #[error("it is of another profile than ours")]
    OtherProfile,
}

/// Judges the signature of a packet that went by, of whatever size: nothing of it needs to be
/// held. Only our profile can be judged so.
pub fn judge(reading: &Reading, key_of: &dyn Fn(&Signature) -> Option<PublicKey>) -> Verdict {
    match reading.signature {
        Presence::Absent => Verdict::Absent,
        Presence::Placeholder => Verdict::Unverifiable(Doubt::Placeholder),
        Presence::Present => by_seal(&reading.sealed, key_of).unwrap_or_else(Verdict::Unverifiable),
    }
}

fn by_seal(
    sealed: &Sealed,
    key_of: &dyn Fn(&Signature) -> Option<PublicKey>,
) -> Result<Verdict, Doubt> {
    let one = match sealed.signatures.as_slice() {
        _ if sealed.broken => return Err(Doubt::OtherProfile),
        [one] => one,
        [] => return Err(Doubt::OtherProfile),
        _ => return Err(Doubt::Several),
    };
    let document = read(one, &Limits::default()).map_err(Doubt::Unreadable)?;
    let root = document.root().node();
    let signature = dsig::read(&document, root).map_err(Doubt::NotUnderstood)?;
    if !is_ours(&signature) {
        return Err(Doubt::OtherProfile);
    }
    let key = key_of(&signature).ok_or(Doubt::NoKey)?;
    let rsa = matches!(signature.algorithm, SignatureAlgorithm::RsaPkcs1(_));
    if rsa && key.size_bits() < 2048 {
        return Err(Doubt::OtherProfile);
    }
    let selection = Selection::element(signature.signed_info);
    let info = canonical::bytes(&document, selection, &signature.canonical)
        .map_err(|fault| Doubt::NotUnderstood(fault.into()))?;
    let proof = key.verify(signature.algorithm, EcdsaForm::Fixed, &info, &signature.value);
    if let Err(fault) = proof {
        let fault = Fault::from(fault);
        return if fault.is_refuted() {
            Ok(Verdict::Invalid(fault))
        } else {
            Err(Doubt::NotUnderstood(fault))
        };
    }
    let mut covered = HashSet::new();
    for (reference, read) in signature.references.iter().enumerate() {
        let Target::Element { id, .. } = &read.target else { return Err(Doubt::OtherProfile) };
        if sealed.ids.get(id).is_some_and(|count| *count > 1) {
            return Err(Doubt::NotUnderstood(Fault::DuplicateId { id: id.clone() }));
        }
        let known = sealed.parts.iter().position(|part| part.ids.contains(id));
        let known = known.ok_or(Doubt::OtherProfile)?;
        let Some(part) = sealed.parts.get(known) else { return Err(Doubt::OtherProfile) };
        if part.sha256 != read.digest_value {
            return Ok(Verdict::Invalid(Fault::Changed { reference }));
        }
        covered.insert(known);
    }
    match sealed.parts.iter().enumerate().find(|(index, _)| !covered.contains(index)) {
        Some((_, part)) => Err(Doubt::Uncovered { element: part.name }),
        None => Ok(Verdict::Valid(Box::new(Held { signature, weaknesses: Vec::new() }))),
    }
}

/// Strong, by identifiers, in the exclusive form and nothing else, SHA-256.
fn is_ours(signature: &Signature) -> bool {
    let exclusive = Method::new(Form::Exclusive);
    let transforms = [Transform::Canonical(exclusive.clone())];
    signature.canonical == exclusive
        && signature.algorithm.is_strong()
        && signature.references.iter().all(|reference| {
            matches!(reference.target, Target::Element { comments: false, .. })
                && reference.transforms == transforms
                && reference.digest == Digest::Sha256
        })
}

/// Judges the signature of a packet by its received bytes, of whatever profile. `key_of` finds the
/// key of a signature.
pub fn examine(packet: &[u8], key_of: &dyn Fn(&Signature) -> Option<PublicKey>) -> Verdict {
    by_bytes(packet, key_of).unwrap_or_else(Verdict::Unverifiable)
}

fn by_bytes(
    packet: &[u8],
    key_of: &dyn Fn(&Signature) -> Option<PublicKey>,
) -> Result<Verdict, Doubt> {
    if packet.len() > SIZE_BYTES {
        return Err(Doubt::TooLarge { limit_bytes: SIZE_BYTES });
    }
    let document = read(packet, &Limits::default()).map_err(Doubt::Unreadable)?;
    let Some(parts) = Parts::of(&document) else {
        return Err(Doubt::Uncovered { element: "MessageHeader" });
    };
    let found: Vec<Element<'_>> = parts.header.children().filter(looks_like_one).collect();
    let own: Vec<&Element<'_>> = found.iter().filter(|one| one.namespace() == DSIG).collect();
    let one = match (own.as_slice(), found.is_empty()) {
        ([], true) => return Ok(Verdict::Absent),
        ([], false) => return Err(Doubt::Placeholder),
        ([one], _) => one,
        _ => return Err(Doubt::Several),
    };
    let signature = dsig::read(&document, one.node()).map_err(Doubt::NotUnderstood)?;
    let key = key_of(&signature).ok_or(Doubt::NoKey)?;
    let checked = match dsig::check(&document, &signature, &key, &[]) {
        Ok(checked) => checked,
        Err(fault) if fault.is_refuted() => return Ok(Verdict::Invalid(fault)),
        Err(fault) => return Err(Doubt::NotUnderstood(fault)),
    };
    let uncovered = parts.signed().find(|(_, part)| !checked.covers(part.node()));
    if let Some((element, _)) = uncovered.filter(|_| !checked.covers_document()) {
        return Err(Doubt::Uncovered { element });
    }
    if let Some(element) = checked.references.iter().find_map(|one| parts.misplaced(&one.covered)) {
        return Err(Doubt::Misplaced { element });
    }
    let weaknesses = checked.weaknesses;
    Ok(Verdict::Valid(Box::new(Held { signature, weaknesses })))
}

/// Prepares our signature; whoever holds the key signs `to_be_signed()` and hands it to `finish`.
///
/// # Errors
/// [`SignFault::Place`] when it is no packet or has a signature already.
pub fn prepare(
    packet: &[u8],
    key: &PublicKey,
    certificates: &[Vec<u8>],
) -> Result<Prepared, SignFault> {
    prepare_parts(packet, (key, certificates), None)
}

/// The same around attachments that went by elsewhere, by the digest of their canonical form.
pub(super) fn prepare_outline(
    outline: &[u8],
    signer: (&PublicKey, &[Vec<u8>]),
    attachments: &[u8],
) -> Result<Prepared, SignFault> {
    prepare_parts(outline, signer, Some(attachments))
}

fn prepare_parts(
    packet: &[u8],
    (key, certificates): (&PublicKey, &[Vec<u8>]),
    attachments: Option<&[u8]>,
) -> Result<Prepared, SignFault> {
    let document = read(packet, &Limits::default())?;
    let parts = Parts::of(&document).ok_or(SignFault::Place)?;
    if parts.header.children().any(|child| looks_like_one(&child)) {
        return Err(SignFault::Place);
    }
    let mut recipe = Recipe::new(ID, Place::LastIn(parts.header.node()), key);
    let part = |(name, part): (&str, Element<'_>)| match attachments {
        Some(digest) if name == ATTACHMENTS => Part::Passed { node: part.node(), digest },
        _ => Part::Element(part.node()),
    };
    recipe.parts = parts.signed().map(part).collect();
    recipe.certificates = certificates;
    sign::prepare(&document, &recipe)
}

/// Of XML-DSig, or the kit's placeholder.
fn looks_like_one(element: &Element<'_>) -> bool {
    element.is(DSIG, "Signature") || element.is(NAMESPACE, "Signature")
}

/// The parts of a packet, each there at most once.
struct Parts<'d> {
    header: Element<'d>,
    message: Element<'d>,
    business: Option<Element<'d>>,
    body: Option<Element<'d>>,
    attachments: Option<Element<'d>>,
    /// Lists of attachments in an element of their own.
    elsewhere: Vec<Element<'d>>,
}

impl<'d> Parts<'d> {
    fn of(document: &'d Document<'d>) -> Option<Parts<'d>> {
        let root = Some(document.root()).filter(|root| root.is(NAMESPACE, "edXML"))?;
        let envelope = only(root, "edXMLEnvelope")??;
        let header = only(envelope, "edXMLHeader")??;
        let beside = only(root, "AttachmentEncoded")?;
        let inside = only(envelope, "AttachmentEncoded")?;
        let message = only(header, "MessageHeader")??;
        let business = match only(header, "TraceHeaderList")? {
            Some(trace) => only(trace, "Bussiness")?,
            None => None,
        };
        let body = only(envelope, "edXMLBody")?;
        if beside.is_some() && inside.is_some() {
            return None;
        }
        let elsewhere = [root, envelope].into_iter().flat_map(|around| around.children());
        let elsewhere = elsewhere.filter(|child| child.is(NAMESPACE, ELSEWHERE)).collect();
        let attachments = beside.or(inside);
        Some(Parts { header, message, business, body, attachments, elsewhere })
    }

    /// The name of an element that is covered and is nothing that is read there.
    fn misplaced(&self, covered: &Covered) -> Option<String> {
        let document = self.header.document();
        let (node, name) = match covered {
            Covered::Element { node, name, .. } => (node, name.as_str()),
            // A signature may sign its own keys and times, and nothing of the packet.
            Covered::Inside { node } | Covered::Properties { node } => {
                let inside = document.elements().filter(|it| document.is_within(it.node(), *node));
                let mut hidden = inside.filter(|it| it.namespace() == NAMESPACE);
                return hidden.next().map(|it| it.name().to_owned());
            }
            Covered::Document { .. } | Covered::External { .. } => return None,
        };
        let is_part = |part: Element<'_>| document.is_within(*node, part.node());
        let is_around = document.is_within(self.message.node(), *node);
        let is_read = is_around || self.signed().any(|(_, part)| is_part(part));
        (!is_read).then(|| name.to_owned())
    }

    /// What a signature has to cover. The list of stations grows on the way.
    fn signed(&self) -> impl Iterator<Item = (&'static str, Element<'d>)> {
        let parts = [
            ("MessageHeader", Some(self.message)),
            ("Bussiness", self.business),
            ("edXMLBody", self.body),
            (ATTACHMENTS, self.attachments),
        ];
        let elsewhere = self.elsewhere.iter().map(|list| (ELSEWHERE, *list));
        parts.into_iter().filter_map(|(name, part)| Some((name, part?))).chain(elsewhere)
    }
}

/// The child of this name if there is one; nothing at all when there are several.
fn only<'d>(parent: Element<'d>, name: &str) -> Option<Option<Element<'d>>> {
    let mut found = parent.children().filter(|child| child.is(NAMESPACE, name));
    let first = found.next();
    found.next().is_none().then_some(first)
}
