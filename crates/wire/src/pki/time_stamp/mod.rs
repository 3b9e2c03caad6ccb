//! Time that another party vouches for (RFC 3161, with the SHA-2 certificate hashes of RFC 5816).

mod build;
mod request;
mod token;

pub use build::{StampProfile, prepare, rejection};
pub use request::{Request, Response, read_response};
pub use token::{StampFault, Token};

use crate::algorithm::Digest;

use super::der::{DerFault, Element, Oid, Reader, tag, write};
use super::identifier::{self, Identifier};

/// The digest of what is stamped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    pub digest: Digest,
    pub hash: Vec<u8>,
}

impl Imprint {
    pub fn of(digest: Digest, message: &[u8]) -> Imprint {
        Imprint { digest, hash: digest.of(message) }
    }

    /// `None` when the digest is unknown or the hash has not its length.
    fn read(element: Element<'_>) -> Result<Option<Imprint>, DerFault> {
        let mut fields = element.expect_tag(tag::SEQUENCE)?.inside();
        let digest = Identifier::read(&mut fields)?.digest();
        let hash = fields.octets()?.to_vec();
        fields.finish()?;
        let digest = digest.filter(|digest| digest.size_bytes() == hash.len());
        Ok(digest.map(|digest| Imprint { digest, hash }))
    }

    fn write(&self) -> Vec<u8> {
        write::sequence(&[&identifier::write_digest(self.digest), &write::octets(&self.hash)])
    }
}

/// How far the stamped time may be off, either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Accuracy {
    pub seconds: u32,
    /// 0 to 999.
    pub milliseconds: u16,
    /// 0 to 999.
    pub microseconds: u16,
}

impl Accuracy {
    fn read(element: Element<'_>) -> Result<Accuracy, DerFault> {
        let mut fields = element.inside();
        let seconds = fields.optional(tag::INTEGER)?.map_or(Ok(0), |element| element.small())?;
        let mut fraction = |number: u8| -> Result<u16, DerFault> {
            let element = fields.optional(tag::primitive(number))?;
            let value = element.map(|element| element.small()).transpose()?;
            match value {
                None => Ok(0),
                Some(value @ 1..=999) => Ok(value as u16),
                Some(_) => Err(DerFault::Integer),
            }
        };
        let (milliseconds, microseconds) = (fraction(0)?, fraction(1)?);
        fields.finish()?;
        let seconds = u32::try_from(seconds).map_err(|_| DerFault::Integer)?;
        Ok(Accuracy { seconds, milliseconds, microseconds })
    }

    fn write(&self) -> Vec<u8> {
        let seconds =
            if self.seconds == 0 { Vec::new() } else { write::small(self.seconds.into()) };
        let fraction = |number: u8, value: u16| {
            let mut der = if value == 0 { Vec::new() } else { write::small(value.into()) };
            if let Some(tag) = der.first_mut() {
                *tag = tag::primitive(number);
            }
            der
        };
        write::sequence(&[
            &seconds,
            &fraction(0, self.milliseconds),
            &fraction(1, self.microseconds),
        ])
    }
}

/// Why an authority did not stamp (PKIFailureInfo).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    BadAlgorithm = 0,
    BadRequest = 2,
    BadDataFormat = 5,
    TimeNotAvailable = 14,
    UnacceptedPolicy = 15,
    UnacceptedExtension = 16,
    InformationNotAvailable = 17,
    SystemFailure = 25,
}

impl Failure {
    const ALL: [Failure; 8] = [
        Failure::BadAlgorithm,
        Failure::BadRequest,
        Failure::BadDataFormat,
        Failure::TimeNotAvailable,
        Failure::UnacceptedPolicy,
        Failure::UnacceptedExtension,
        Failure::InformationNotAvailable,
        Failure::SystemFailure,
    ];

    fn of_bits(bits: u32) -> Option<Failure> {
        Failure::ALL.into_iter().find(|failure| bits & (1 << *failure as u32) != 0)
    }
}

/// An INTEGER of at most 64 bytes, such as serials and nonces are.
fn bounded<'a>(fields: &mut Reader<'a>) -> Result<&'a [u8], DerFault> {
    let number = fields.integer()?;
    if number.len() > 64 { Err(DerFault::Integer) } else { Ok(number) }
}

fn optional_oid(fields: &mut Reader<'_>) -> Result<Option<Oid>, DerFault> {
    fields.optional(tag::OID)?.map(|element| element.oid()).transpose()
}
