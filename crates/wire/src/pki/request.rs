//! Requests for certificates (PKCS#10, RFC 2986).

use crate::algorithm::{AlgorithmFault, PublicKey, SignatureAlgorithm};

use super::certificate::Signed;
use super::der::{DerFault, Reader, tag, write};
use super::extension::{Extension, Extensions};
use super::identifier;
use super::issue::{IssueFault, check_extensions};
use super::name::Name;
use super::oids;
use super::pem::{self, PemFault};
use super::prepared::Prepared;

const BYTES_MAX: usize = 64 * 1024;

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RequestFault {
    #[error("the request is not well formed: {0}")]
    Der(#[from] DerFault),
    #[error("the text is not a request: {0}")]
    Pem(#[from] PemFault),
    #[error("the text holds something else than one request")]
    NotRequest,
    #[error("the request is larger than 64 KiB")]
    TooLarge,
    #[error("the key or the signature of the request is refused: {0}")]
    Algorithm(#[from] AlgorithmFault),
}

/// Somebody asks for a certificate, and has shown to hold the key.
#[derive(Debug, Clone)]
pub struct Request {
    pub subject: Name,
    pub key: PublicKey,
    pub signature_algorithm: SignatureAlgorithm,
    /// What they would like to have in it; only a wish.
    pub extensions: Extensions,
}

impl Request {
    /// DER or PEM. The signature is checked: without it nothing shows who holds the key.
    pub fn read(bytes: &[u8]) -> Result<Request, RequestFault> {
        if bytes.len() > BYTES_MAX {
            return Err(RequestFault::TooLarge);
        }
        if bytes.first() == Some(&tag::SEQUENCE) {
            return Request::read_der(bytes);
        }
        match pem::read_all(bytes)?.as_slice() {
            [(label, der)] if label.ends_with("CERTIFICATE REQUEST") => Request::read_der(der),
            _ => Err(RequestFault::NotRequest),
        }
    }

    fn read_der(der: &[u8]) -> Result<Request, RequestFault> {
        let signed = Signed::read(der)?;
        let mut fields = Reader::of_sequence(signed.message(der))?;
        if fields.small()? != 0 {
            return Err(DerFault::Choice.into());
        }
        let subject = Name::of(fields.tagged(tag::SEQUENCE)?)?;
        let key = identifier::read_key(fields.tagged(tag::SEQUENCE)?.whole)?;
        let mut extensions = Extensions::default();
        if let Some(attributes) = fields.optional_inside(0)? {
            for attribute in attributes {
                let mut attribute = attribute?.expect_tag(tag::SEQUENCE)?.inside();
                let kind = attribute.oid()?;
                let mut values = attribute.set()?;
                attribute.finish()?;
                if kind == oids::EXTENSION_REQUEST {
                    extensions = Extensions::read(values.sequence()?)?;
                    values.finish()?;
                }
            }
        }
        fields.finish()?;
        signed.verify(der, &key)?;
        let signature_algorithm = signed.signature_algorithm.ok_or(AlgorithmFault::Unknown)?;
        Ok(Request { subject, key, signature_algorithm, extensions })
    }
}

/// A request to be signed by the key that it names.
pub fn prepare(
    subject: &Name,
    key: &PublicKey,
    extensions: &[Extension],
    algorithm: SignatureAlgorithm,
) -> Result<Prepared, IssueFault> {
    check_extensions(extensions)?;
    let algorithm_der = identifier::write_signature(algorithm)?;
    let wish = if extensions.is_empty() {
        Vec::new()
    } else {
        let value = write::tlv(tag::SET, &[&Extension::write_all(extensions)]);
        write::sequence(&[&write::oid(&oids::EXTENSION_REQUEST), &value])
    };
    let message = write::sequence(&[
        &write::small(0),
        subject.der(),
        &identifier::write_key(key),
        &write::explicit(0, &[&wish]),
    ]);
    Ok(Prepared::signed(message, algorithm, &algorithm_der))
}
