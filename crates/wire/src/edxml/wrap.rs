//! The form in which an attachment travels: as it is, or in a ZIP with one entry.
//!
//! The official kit sends some endings as they are and puts all others into an archive; who does
//! otherwise meets receivers that cannot open what they got.

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

use super::write::WriteFault;

const PIECE_BYTES: usize = 32 << 10;
/// With a descriptor behind the data, names in UTF-8.
const FLAGS: u16 = 1 << 3 | 1 << 11;
const VERSION: u16 = 20;
/// 1980-01-01, the first day there is: nothing of today is in the bytes.
const DAY: u16 = 0x21;

/// What the kit does with a file of this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Sent as it is, with this type.
    Plain { content_type: String },
    /// In an archive; its entry ends in this.
    Wrapped { ending: String },
}

/// By the last ending of the name (the misspelt ones are the kit's).
pub fn form(name: &str) -> Form {
    const PLAIN: [&str; 6] = ["pdf", "doc", "docx", "xsl", "xslx", "zip"];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match PLAIN.contains(&ending.as_str()) {
        true => Form::Plain { content_type: format!("application/{ending}") },
        false => Form::Wrapped { ending },
    }
}

/// Puts pieces of a file into an archive with one entry.
#[derive(Debug)]
pub struct Wrapper {
    deflate: Compress,
    checksum: Crc,
    name: String,
    head_bytes: usize,
}

impl Wrapper {
    /// Begins the archive in `out`. The name of the entry is `<uuid>.<ending>` in the kit.
    ///
    /// # Errors
    /// [`WriteFault::TooLarge`] when the name is.
    pub fn begin(name: &str, out: &mut Vec<u8>) -> Result<Wrapper, WriteFault> {
        let length = u16::try_from(name.len()).map_err(|_| WriteFault::TooLarge)?;
        let from = out.len();
        out.extend_from_slice(b"PK\x03\x04");
        for number in [VERSION, FLAGS, 8, 0, DAY, 0, 0, 0, 0, 0, 0, length, 0] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(name.as_bytes());
        Ok(Wrapper {
            deflate: Compress::new(Compression::default(), false),
            checksum: Crc::new(),
            name: name.to_owned(),
            head_bytes: out.len() - from,
        })
    }

    /// # Errors
    /// [`WriteFault::TooLarge`]
    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), WriteFault> {
        self.checksum.update(bytes);
        let mut left = bytes;
        while !left.is_empty() {
            let read = self.deflate.total_in();
            out.reserve(PIECE_BYTES);
            self.deflate
                .compress_vec(left, out, FlushCompress::None)
                .map_err(|_| WriteFault::TooLarge)?;
            let read = (self.deflate.total_in() - read) as usize;
            left = left.get(read..).unwrap_or_default();
        }
        Ok(())
    }

    /// Ends the archive.
    ///
    /// # Errors
    /// [`WriteFault::TooLarge`] above four gigabytes.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), WriteFault> {
        loop {
            out.reserve(PIECE_BYTES);
            let status = self.deflate.compress_vec(&[], out, FlushCompress::Finish);
            if status.map_err(|_| WriteFault::TooLarge)? == Status::StreamEnd {
                break;
            }
        }
        let four = |number: u64| u32::try_from(number).map_err(|_| WriteFault::TooLarge);
        let (packed, size) = (four(self.deflate.total_out())?, four(self.deflate.total_in())?);
        let numbers = [self.checksum.sum(), packed, size];
        out.extend_from_slice(b"PK\x07\x08");
        numbers.iter().for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
        // 16 bytes of descriptor.
        let start = four(self.head_bytes as u64 + u64::from(packed) + 16)?;
        let from = out.len();
        out.extend_from_slice(b"PK\x01\x02");
        for number in [VERSION, VERSION, FLAGS, 8, 0, DAY] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        numbers.iter().for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
        let length = u16::try_from(self.name.len()).map_err(|_| WriteFault::TooLarge)?;
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&[0; 16]);
        out.extend_from_slice(self.name.as_bytes());
        let directory = four((out.len() - from) as u64)?;
        out.extend_from_slice(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
        for number in [directory, start] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&[0, 0]);
        Ok(())
    }
}
