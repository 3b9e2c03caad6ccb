//! Whether a file has its end, as its format marks it: a photograph that a weak line cut off, or a
//! scan that a full card did, would open for the officer with half of it grey, or not at all.
//!
//! What others have put behind the end is no fault: telephones append films to pictures, signing
//! programs append lines to documents.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use super::media::tail;

/// How far from its end a document may carry what others have put behind it.
const ENDING_BYTES: u64 = 4096;
const BUFFER_BYTES: usize = 64 * 1024;

/// A document ends with `%%EOF`. One that was changed has several, one that is laid out for the
/// web has one near its beginning: so behind the last there may be no further object, and in front
/// of it not the `startxref 0` by which the first part of such a layout says that more follows
/// (ISO 32000-1, annex F).
pub fn pdf(content: &mut (impl Read + Seek), size_bytes: u64) -> io::Result<bool> {
    let ending = tail(content, size_bytes, ENDING_BYTES)?;
    let Some(end) = last(&ending, b"%%EOF") else { return Ok(false) };
    let (before, behind) = ending.split_at(end);
    Ok(last(behind, b" obj").is_none() && !is_first_part(before))
}

fn is_first_part(before: &[u8]) -> bool {
    let Some(begin) = last(before, START) else { return false };
    before[begin + START.len()..].trim_ascii() == b"0"
}

const START: &[u8] = b"startxref";

fn last(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).rposition(|window| window == mark)
}

/// A picture is a row of chunks: length, name, content, checksum; the last is `IEND`.
pub fn png(content: &mut (impl Read + Seek), size_bytes: u64) -> io::Result<bool> {
    let mut at = 8;
    loop {
        content.seek(SeekFrom::Start(at))?;
        let Some([a, b, c, d, name @ ..]) = read::<8>(content)? else { return Ok(false) };
        at += 12 + u64::from(u32::from_be_bytes([a, b, c, d]));
        if at > size_bytes {
            return Ok(false);
        }
        if name == *b"IEND" {
            return Ok(true);
        }
    }
}

/// A picture is a row of segments, each behind a marker `FF xx`, with drawn lines between some of
/// them (in which `FF` is followed by `00` or a counter); the last marker is `FF D9`. A small
/// picture of the picture lies inside a segment: its end is not this one's.
pub fn jpeg(content: &mut (impl Read + Seek)) -> io::Result<bool> {
    content.seek(SeekFrom::Start(2))?;
    let mut content = BufReader::with_capacity(BUFFER_BYTES, content);
    loop {
        match marker(&mut content)? {
            None => return Ok(false),
            Some(END_OF_IMAGE) => return Ok(true),
            Some(0x01 | 0xd0..=0xd8) => {}
            Some(_) => {
                let Some(length) = read::<2>(&mut content)? else { return Ok(false) };
                let length = i64::from(u16::from_be_bytes(length));
                // Beyond the end nothing is found: that is told by the next marker.
                content.seek_relative((length - 2).max(0))?;
            }
        }
    }
}

const END_OF_IMAGE: u8 = 0xd9;

/// The next byte that stands behind `FF` and means something.
fn marker(content: &mut impl BufRead) -> io::Result<Option<u8>> {
    loop {
        content.skip_until(0xff)?;
        loop {
            match read::<1>(content)? {
                None => return Ok(None),
                Some([0xff]) => {}
                Some([0x00]) => break,
                Some([code]) => return Ok(Some(code)),
            }
        }
    }
}

/// None where the file ends before.
fn read<const N: usize>(content: &mut impl Read) -> io::Result<Option<[u8; N]>> {
    let mut bytes = [0; N];
    match content.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}
