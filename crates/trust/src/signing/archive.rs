//! The archive time stamp (B-LTA): an authority says when the signature and the evidence about it
//! were there; of a PDF, when the whole file was so. What comes after it may age; it holds up what
//! came before.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 30

use wire::algorithm::Digest;
use wire::pdf::sign::{self, Prepared, Purpose, RESERVED_BYTES_USUAL, Request, SignFault};
use wire::pki::certificate::Certificate;
use wire::pki::cms::{self, Additions, Attribute, SignedData};
use wire::pki::oids;
use wire::xml::sign as xml_sign;
use wire::xml::signature::{Fault, check};

use super::formats::{Form, newest};
use super::{DraftFault, Signed};

/// Of what is archived, and so of the token that is asked for.
const DIGEST: Digest = Digest::Sha256;

/// A file is stamped anew when algorithms or authorities come to their end: some times in a life.
const STAMPS_MAX: usize = 100;

/// Lacks nothing but the token.
pub struct Archive {
    pdf: Prepared,
}

/// Makes room for the next archive time stamp of a PDF.
///
/// # Errors
/// [`DraftFault`] when the file cannot be read, or is full of stamps.
pub fn prepare(file: &[u8]) -> Result<Archive, DraftFault> {
    for number in 1..=STAMPS_MAX {
        match prepare_in(file, &format!("LuuTru{number}")) {
            Err(DraftFault::Pdf(SignFault::FieldTaken)) => {}
            prepared => return prepared,
        }
    }
    Err(SignFault::FieldTaken.into())
}

/// Makes room for a time stamp over a whole PDF, in a field of this name.
///
/// # Errors
/// [`DraftFault`] when the file cannot be read, or has such a field.
pub fn prepare_in(file: &[u8], field: &str) -> Result<Archive, DraftFault> {
    let request = Request {
        field,
        purpose: Purpose::TimeStamp,
        shown: None,
        reserved_bytes: RESERVED_BYTES_USUAL,
        certification: None,
    };
    Ok(Archive { pdf: sign::prepare(file, &request)? })
}

impl Archive {
    /// What the token has to be over.
    pub fn to_be_stamped(&self) -> Vec<u8> {
        self.pdf.to_be_signed()
    }

    /// The stamped file.
    ///
    /// # Errors
    /// [`DraftFault`] when the token is longer than any real one.
    pub fn stamp(self, token: &[u8]) -> Result<Vec<u8>, DraftFault> {
        Ok(self.pdf.finish(token)?)
    }
}

impl Signed {
    /// What an archive time stamp, with SHA-256, has to be over; `None` when the format has none
    /// inside of the signature. `content` is what was signed.
    ///
    /// # Errors
    /// [`DraftFault`] when the signature cannot be read again.
    pub fn to_be_archived(&self, content: &[u8]) -> Result<Option<Vec<u8>>, DraftFault> {
        match &self.form {
            Form::Cms(cms) => {
                let (over, _) = cms.to_be_archived(0, (DIGEST, &DIGEST.of(content)))?;
                Ok(Some(over))
            }
            Form::Xml(bytes) | Form::Container { list: bytes, .. } => {
                Ok(Some(of_xml(bytes, content)?))
            }
            Form::Pdf { .. } | Form::Jws(_) => Ok(None),
        }
    }

    /// Adds the archive time stamp.
    ///
    /// # Errors
    /// [`DraftFault::NoPlace`] where there is none.
    pub fn archive(self, token: &[u8], content: &[u8]) -> Result<Signed, DraftFault> {
        let added = |bytes: Vec<u8>| -> Result<Vec<u8>, DraftFault> {
            let (document, own) = newest(&bytes)?;
            Ok(xml_sign::add_archive_time_stamp(&document, &own, token)?)
        };
        let form = match self.form {
            Form::Cms(cms) => Form::Cms(of_message(&cms, token, content)?),
            Form::Xml(bytes) => Form::Xml(added(bytes)?),
            Form::Container { list, file } => Form::Container { list: added(list)?, file },
            Form::Pdf { .. } | Form::Jws(_) => return Err(DraftFault::NoPlace),
        };
        Ok(Signed { form })
    }
}

fn of_message(cms: &SignedData, token: &[u8], content: &[u8]) -> Result<SignedData, DraftFault> {
    let (_, index) = cms.to_be_archived(0, (DIGEST, &DIGEST.of(content)))?;
    let token = cms::with_index(token, &index)?;
    let unsigned = [Attribute::new(oids::ARCHIVE_TIME_STAMP_V3, token)];
    let more = Additions { unsigned: &unsigned, ..Additions::default() };
    Ok(SignedData::read(&cms.complete(0, &more)?)?)
}

/// The signature was just made with the first certificate that it carries.
fn of_xml(bytes: &[u8], content: &[u8]) -> Result<Vec<u8>, DraftFault> {
    let (document, own) = newest(bytes)?;
    let der = own.key_info.certificates.first().ok_or(Fault::NotASignature)?;
    let certificate = Certificate::read(der).map_err(|_| Fault::NotASignature)?;
    let key = certificate.key.as_ref().map_err(|fault| *fault)?;
    let externals: Vec<(&str, &[u8])> = own.externals().map(|uri| (uri, content)).collect();
    let checked = check(&document, &own, key, &externals)?;
    Ok(xml_sign::archived_bytes(&document, &own, &checked)?)
}
