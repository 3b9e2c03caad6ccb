//! Reading signed data.

use super::{CmsFault, Layout, SignedData, Signer};
use crate::algorithm::Digest;
use crate::pki::certificate::{Certificate, place};
use crate::pki::der::{self, DerFault, Element, Reader, tag};
use crate::pki::identifier::Identifier;
use crate::pki::oids;

/// For messages whose content is inside; a detached signature is some kilobytes.
const BYTES_MAX: usize = 64 * 1024 * 1024;
const CERTIFICATES_MAX: usize = 200;
const SIGNERS_MAX: usize = 100;

impl SignedData {
    /// A ContentInfo with SignedData, in DER or BER, of at most 64 MiB.
    pub fn read(bytes: &[u8]) -> Result<SignedData, CmsFault> {
        if bytes.len() > BYTES_MAX {
            return Err(CmsFault::TooLarge);
        }
        match SignedData::read_der(bytes.to_vec()) {
            // Only what is not DER already is rewritten, so that ours and most others' are not.
            Err(CmsFault::Der(_)) => SignedData::read_der(der::to_der(bytes, BYTES_MAX)?),
            other => other,
        }
    }

    fn read_der(bytes: Vec<u8>) -> Result<SignedData, CmsFault> {
        let mut outer = Reader::of_sequence(&bytes)?;
        let kind = outer.oid()?;
        if kind != oids::SIGNED_DATA {
            return Err(CmsFault::NotSignedData(kind));
        }
        let mut inside = outer.tagged(tag::constructed(0))?.inside();
        outer.finish()?;
        let mut fields = inside.sequence()?;
        inside.finish()?;
        let version = fields.small()?;
        if !(1..=5).contains(&version) {
            return Err(DerFault::Choice.into());
        }
        let announced = fields.tagged(tag::SET)?;
        let encapsulated = fields.tagged(tag::SEQUENCE)?;
        let (content_type, content) = read_content(encapsulated)?;
        let given = elements(fields.optional_inside(0)?)?;
        let revocations = elements(fields.optional_inside(1)?)?;
        let listed: Vec<Element<'_>> =
            fields.set()?.take(SIGNERS_MAX + 1).collect::<Result<_, _>>()?;
        fields.finish()?;
        if listed.len() > SIGNERS_MAX {
            return Err(CmsFault::TooLarge);
        }
        let signers = listed.iter().map(|element| Signer::read(*element));
        let signers = signers.collect::<Result<Vec<_>, _>>()?;
        let places = |all: &[Element<'_>]| -> Vec<_> {
            all.iter().map(|element| place(&bytes, element.whole)).collect()
        };
        let layout = Layout {
            version,
            digest_algorithms: place(&bytes, announced.whole),
            digests: read_digests(announced)?,
            encapsulated: place(&bytes, encapsulated.whole),
            content: content.map(|content| place(&bytes, content)),
            certificates: places(&given),
            revocations: places(&revocations),
            signers: places(&listed),
        };
        let plain = given.iter().filter(|element| element.tag == tag::SEQUENCE);
        let certificates = plain.filter_map(|element| Certificate::read(element.whole).ok());
        let certificates: Vec<_> = certificates.collect();
        let unread_certificates = given.len() - certificates.len();
        Ok(SignedData {
            layout,
            content_type,
            certificates,
            unread_certificates,
            signers,
            der: bytes,
        })
    }
}

/// Those that are known; all have to be well formed.
fn read_digests(announced: Element<'_>) -> Result<Vec<Digest>, CmsFault> {
    let mut digests = Vec::new();
    let mut list = announced.inside();
    while !list.is_empty() {
        digests.extend(Identifier::read(&mut list)?.digest());
        if digests.len() > SIGNERS_MAX {
            return Err(CmsFault::TooLarge);
        }
    }
    Ok(digests)
}

fn read_content(encapsulated: Element<'_>) -> Result<(der::Oid, Option<&[u8]>), DerFault> {
    let mut fields = encapsulated.inside();
    let kind = fields.oid()?;
    let content = match fields.optional_inside(0)? {
        Some(mut inside) => {
            let content = inside.octets()?;
            inside.finish()?;
            Some(content)
        }
        None => None,
    };
    fields.finish()?;
    Ok((kind, content))
}

fn elements(list: Option<Reader<'_>>) -> Result<Vec<Element<'_>>, CmsFault> {
    let Some(list) = list else { return Ok(Vec::new()) };
    let all: Vec<_> = list.take(CERTIFICATES_MAX + 1).collect::<Result<_, _>>()?;
    if all.len() > CERTIFICATES_MAX { Err(CmsFault::TooLarge) } else { Ok(all) }
}
