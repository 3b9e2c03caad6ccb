//! The archive time stamp (B-LTA): an authority says when the whole PDF, with its signatures and
//! the evidence about them, was so. What comes after it may age; it holds up what came before.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 30

use wire::pdf::sign::{self, Prepared, Purpose, RESERVED_BYTES_USUAL, Request, SignFault};

use super::DraftFault;

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
        let request = Request {
            field: &format!("LuuTru{number}"),
            purpose: Purpose::TimeStamp,
            shown: None,
            reserved_bytes: RESERVED_BYTES_USUAL,
            certification: None,
        };
        match sign::prepare(file, &request) {
            Err(SignFault::FieldTaken) => {}
            prepared => return Ok(Archive { pdf: prepared? }),
        }
    }
    Err(SignFault::FieldTaken.into())
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
