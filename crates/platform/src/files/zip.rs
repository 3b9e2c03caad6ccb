//! What a zip archive says it holds, read from its directory; nothing is unpacked.
//! Law of the format: PKWARE APPNOTE 4.3.

use std::io::{self, Read, Seek, SeekFrom};

use super::media::tail;

const END: &[u8] = b"PK\x05\x06";
const END_BYTES: usize = 22;
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_BYTES: usize = 46;

/// Larger directories do not belong to documents.
const DIRECTORY_MAX: u64 = 4 * 1024 * 1024;

/// The names in the archive; None when it is cut off or not what its directory says.
pub fn names(content: &mut (impl Read + Seek), size_bytes: u64) -> io::Result<Option<Vec<String>>> {
    let ending = tail(content, size_bytes, END_BYTES as u64 + u64::from(u16::MAX))?;
    let Some(end) = ending.windows(END.len()).rposition(|window| window == END) else {
        return Ok(None);
    };
    let Some(end) = ending.get(end..end + END_BYTES) else { return Ok(None) };
    let (count, length, start) =
        (u16_at(end, 10), u64::from(u32_at(end, 12)), u64::from(u32_at(end, 16)));
    if length > DIRECTORY_MAX || start + length > size_bytes {
        return Ok(None);
    }
    content.seek(SeekFrom::Start(start))?;
    let mut directory = Vec::new();
    content.take(length).read_to_end(&mut directory)?;
    Ok(entries(&directory, usize::from(count)))
}

fn entries(mut directory: &[u8], count: usize) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for _ in 0..count {
        let entry = directory.get(..ENTRY_BYTES).filter(|entry| entry.starts_with(ENTRY))?;
        let name_bytes = usize::from(u16_at(entry, 28));
        let behind = usize::from(u16_at(entry, 30)) + usize::from(u16_at(entry, 32));
        let name = directory.get(ENTRY_BYTES..ENTRY_BYTES + name_bytes)?;
        names.push(String::from_utf8_lossy(name).into_owned());
        directory = directory.get(ENTRY_BYTES + name_bytes + behind..)?;
    }
    Some(names)
}

/// OpenDocument puts a file `mimetype` first and unpacked, so that its kind can be read there.
pub fn says(content: &mut (impl Read + Seek), kind: &str) -> io::Result<bool> {
    content.seek(SeekFrom::Start(0))?;
    let mut beginning = Vec::new();
    content.take(128).read_to_end(&mut beginning)?;
    let expected = [b"mimetype".as_slice(), kind.as_bytes()].concat();
    let body = beginning.get(30..30 + expected.len());
    // The name's length, no extra field, and nothing longer behind the same beginning.
    Ok(beginning.len() > 30
        && u16_at(&beginning, 26) == 8
        && u16_at(&beginning, 28) == 0
        && body == Some(&expected)
        && beginning.get(30 + expected.len()..).is_some_and(|rest| rest.starts_with(b"PK")))
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
