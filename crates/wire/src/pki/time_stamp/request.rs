//! The question (RFC 3161 §2.4.1) and the outer form of the answer (§2.4.2).

use super::{Failure, Imprint, StampFault, bounded, optional_oid};
use crate::pki::der::{Element, Oid, Reader, tag, to_der, write};
use crate::pki::extension;

const REQUEST_BYTES_MAX: usize = 16 * 1024;
const RESPONSE_BYTES_MAX: usize = 1024 * 1024;

/// What somebody wants to have stamped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub imprint: Imprint,
    /// Under which policy it should be stamped.
    pub policy: Option<Oid>,
    /// The contents of an INTEGER, repeated in the token.
    pub nonce: Option<Vec<u8>>,
    /// The token should hold the authority's certificate.
    pub wants_certificate: bool,
}

impl Request {
    /// # Errors
    /// [`StampFault::Digest`] for an unknown digest ([`Failure::BadAlgorithm`] to the asker),
    /// [`StampFault::UnknownCritical`] ([`Failure::UnacceptedExtension`]) for critical extensions.
    pub fn read(der: &[u8]) -> Result<Request, StampFault> {
        if der.len() > REQUEST_BYTES_MAX {
            return Err(StampFault::TooLarge);
        }
        let mut fields = Reader::of_sequence(der)?;
        if fields.small()? != 1 {
            return Err(StampFault::Version);
        }
        let imprint = Imprint::read(fields.any()?)?.ok_or(StampFault::Digest)?;
        let policy = optional_oid(&mut fields)?;
        let nonce = match fields.peek() {
            Some(tag::INTEGER) => Some(bounded(&mut fields)?.to_vec()),
            _ => None,
        };
        let wants_certificate = fields.flag()?;
        if let Some(list) = fields.optional_inside(0)?
            && extension::read_list(list)?.iter().any(|extension| extension.is_critical)
        {
            return Err(StampFault::UnknownCritical);
        }
        fields.finish()?;
        Ok(Request { imprint, policy, nonce, wants_certificate })
    }

    /// `nonce` of the request is written as it is: use [`Request::nonce_of`].
    pub fn write(&self) -> Vec<u8> {
        let policy = self.policy.map_or(Vec::new(), |policy| write::oid(&policy));
        let nonce =
            self.nonce.as_ref().map_or(Vec::new(), |nonce| write::tlv(tag::INTEGER, &[nonce]));
        let certificate = if self.wants_certificate { write::boolean(true) } else { Vec::new() };
        write::sequence(&[&write::small(1), &self.imprint.write(), &policy, &nonce, &certificate])
    }

    /// Random bytes as the contents of an INTEGER.
    pub fn nonce_of(random: [u8; 8]) -> Vec<u8> {
        let der = write::unsigned(&random);
        der.get(2..).unwrap_or_default().to_vec()
    }
}

/// What an authority answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Response {
    /// The DER of the token, not yet checked.
    Granted(Vec<u8>),
    Rejected {
        failure: Option<Failure>,
        words: Vec<String>,
    },
}

/// A TimeStampResp, in DER or (as some authorities write tokens) BER.
pub fn read_response(bytes: &[u8]) -> Result<Response, StampFault> {
    if bytes.len() > RESPONSE_BYTES_MAX {
        return Err(StampFault::TooLarge);
    }
    match read_der(bytes) {
        Err(StampFault::Der(_)) => read_der(&to_der(bytes, RESPONSE_BYTES_MAX)?),
        other => other,
    }
}

fn read_der(der: &[u8]) -> Result<Response, StampFault> {
    let mut fields = Reader::of_sequence(der)?;
    let mut status = fields.sequence()?;
    let code = status.small()?;
    let words = status.optional(tag::SEQUENCE)?;
    let failure = status.optional(tag::BIT_STRING)?;
    status.finish()?;
    let token = fields.optional(tag::SEQUENCE)?;
    fields.finish()?;
    match (code, token) {
        (0 | 1, Some(token)) => Ok(Response::Granted(token.whole.to_vec())),
        (2..=5, None) => {
            let texts = words.map(|element| element.inside()).into_iter().flatten();
            let texts =
                texts.take(20).map(|element| element.and_then(|element| Element::text(&element)));
            let words = texts.collect::<Result<_, _>>()?;
            let bits = failure.map(|element| element.named_bits()).transpose()?;
            Ok(Response::Rejected { failure: bits.and_then(Failure::of_bits), words })
        }
        _ => Err(StampFault::Status),
    }
}
