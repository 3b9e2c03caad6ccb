//! The question (RFC 6960 §4.1).

use super::{CertId, NONCE_BYTES_MAX, OcspFault, nonce, read_extensions, write_nonce};
use crate::pki::der::{DerFault, Reader, tag, write};

const BYTES_MAX: usize = 64 * 1024;
const ITEMS_MAX: usize = 100;

/// At most a hundred certificates in one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub items: Vec<CertId>,
    /// To be repeated in the answer, so that nobody can replay an old one.
    pub nonce: Option<Vec<u8>>,
    /// The asker signed. Nobody here asks for that, and it is not checked.
    pub is_signed: bool,
}

impl Request {
    /// Of at most 64 KiB; a nonce may have 1 to 128 bytes.
    pub fn read(der: &[u8]) -> Result<Request, OcspFault> {
        if der.len() > BYTES_MAX {
            return Err(OcspFault::TooLarge);
        }
        let mut outer = Reader::of_sequence(der)?;
        let mut fields = outer.sequence()?;
        let is_signed = outer.optional_inside(0)?.is_some();
        outer.finish()?;
        read_version(&mut fields)?;
        fields.optional_inside(1)?;
        let mut items = Vec::new();
        for item in fields.sequence()? {
            let mut item = item?.expect_tag(tag::SEQUENCE)?.inside();
            items.push(CertId::read(item.any()?)?);
            read_extensions(&mut item, 0)?;
            item.finish()?;
            if items.len() > ITEMS_MAX {
                return Err(OcspFault::TooLarge);
            }
        }
        let extensions = read_extensions(&mut fields, 2)?;
        fields.finish()?;
        if items.is_empty() {
            return Err(DerFault::Choice.into());
        }
        Ok(Request { items, nonce: nonce(&extensions)?, is_signed })
    }

    /// # Errors
    /// [`OcspFault::TooLarge`], [`OcspFault::Nonce`], or no certificate to ask about.
    pub fn write(items: &[CertId], nonce: Option<&[u8]>) -> Result<Vec<u8>, OcspFault> {
        if items.is_empty() {
            return Err(DerFault::Choice.into());
        }
        if items.len() > ITEMS_MAX {
            return Err(OcspFault::TooLarge);
        }
        if nonce.is_some_and(|nonce| !(1..=NONCE_BYTES_MAX).contains(&nonce.len())) {
            return Err(OcspFault::Nonce);
        }
        let list: Vec<Vec<u8>> = items.iter().map(|item| write::sequence(&[item.der()])).collect();
        let body = write::sequence(&[&write::sequence_of(&list), &write_nonce(2, nonce)]);
        Ok(write::sequence(&[&body]))
    }
}

/// `[0] version DEFAULT v1`: there is no other.
pub(super) fn read_version(fields: &mut Reader<'_>) -> Result<(), DerFault> {
    if let Some(mut inside) = fields.optional_inside(0)? {
        if inside.small()? != 0 {
            return Err(DerFault::Choice);
        }
        inside.finish()?;
    }
    Ok(())
}
