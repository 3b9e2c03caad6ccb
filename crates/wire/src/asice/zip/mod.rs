//! ZIP archives, read so that no two readers can see different files in them.
//!
//! Own code, since the usual libraries go by the central directory alone: of two entries with one
//! name they keep one in silence, and what stands between entries they never see. Here directory
//! and local heads must agree, and the entries must fill the file from the first byte to the
//! directory. No ZIP64, no encryption, no parts on other disks.
//!
//! Specification: APPNOTE 6.3.10 §4.

mod write;

use std::io::Read;

use flate2::Crc;
use flate2::read::DeflateDecoder;

pub use write::{Checksum, LastMember, NewMember, write, write_around};

const LOCAL: u32 = 0x0403_4B50;
const CENTRAL: u32 = 0x0201_4B50;
const END: u32 = 0x0605_4B50;
const DESCRIPTOR: u32 = 0x0807_4B50;
const LOCAL_SIZE: usize = 30;
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;

const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
const HAS_DESCRIPTOR: u16 = 1 << 3;
const UTF_8: u16 = 1 << 11;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ZipFault {
    #[error("the file is not a ZIP archive, or something stands behind it")]
    NotZip,
    #[error("the archive uses ZIP64 or several disks")]
    Split,
    #[error("an entry is encrypted")]
    Encrypted,
    #[error("an entry is compressed in a way that is not read")]
    Method,
    #[error("the head of an entry and the directory say different things")]
    Differs,
    #[error("between the entries stands something, or they overlap")]
    Gap,
    #[error("the name of an entry is not UTF-8")]
    Name,
    #[error("the data of an entry is not what its checksum says")]
    Checksum,
    #[error("the archive has more entries, or larger ones, than are read")]
    TooLarge,
    #[error("an entry wants to become far larger than it is")]
    Bomb,
}

/// What an archive may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub entries: usize,
    /// Of one entry, inflated.
    pub entry_bytes: usize,
    /// Of all entries together, inflated.
    pub all_bytes: usize,
    /// How many times larger than its data an entry may become, beyond a first mebibyte.
    pub ratio: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { entries: 1_000, entry_bytes: 128 << 20, all_bytes: 256 << 20, ratio: 100 }
    }
}

/// An archive with the places of its entries.
pub struct Archive<'a> {
    bytes: &'a [u8],
    pub members: Vec<Member>,
    pub comment: &'a [u8],
}

#[derive(Debug, Clone)]
pub struct Member {
    pub name: String,
    pub stored: bool,
    /// Of the local head: the media type must have none.
    pub has_extra: bool,
    flags: u16,
    checksum: u32,
    packed: usize,
    size: usize,
    at: usize,
    data: usize,
}

impl<'a> Archive<'a> {
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Archive<'a>, ZipFault> {
        let end = end(bytes)?;
        let directory = bytes.get(end.start..end.at).ok_or(ZipFault::NotZip)?;
        if end.count > limits.entries {
            return Err(ZipFault::TooLarge);
        }
        let mut fields = Fields { bytes: directory, at: 0 };
        let mut members = Vec::with_capacity(end.count);
        let mut left = limits.all_bytes;
        for _ in 0..end.count {
            let member = central(&mut fields)?;
            left = left.checked_sub(member.size).ok_or(ZipFault::TooLarge)?;
            if member.size > limits.entry_bytes {
                return Err(ZipFault::TooLarge);
            }
            let allowed = member.packed.saturating_mul(limits.ratio).saturating_add(1 << 20);
            if member.size > allowed {
                return Err(ZipFault::Bomb);
            }
            members.push(member);
        }
        if fields.at != directory.len() {
            return Err(ZipFault::Gap);
        }
        tile(bytes, &mut members, end.start)?;
        Ok(Archive { bytes, members, comment: end.comment })
    }

    /// The inflated data of an entry, its checksum checked.
    pub fn data(&self, member: &Member) -> Result<Vec<u8>, ZipFault> {
        let packed = self.bytes.get(member.data..member.data + member.packed);
        let packed = packed.ok_or(ZipFault::NotZip)?;
        let data = if member.stored {
            packed.to_vec()
        } else {
            let mut data = Vec::with_capacity(member.size.min(1 << 20));
            let mut decoder = DeflateDecoder::new(packed);
            let limit = member.size as u64 + 1;
            decoder.by_ref().take(limit).read_to_end(&mut data).map_err(|_| ZipFault::Checksum)?;
            // Data behind the end of the stream is nobody's.
            if decoder.total_in() != packed.len() as u64 {
                return Err(ZipFault::Checksum);
            }
            data
        };
        let mut checksum = Crc::new();
        checksum.update(&data);
        if data.len() != member.size || checksum.sum() != member.checksum {
            return Err(ZipFault::Checksum);
        }
        Ok(data)
    }
}

struct End<'a> {
    at: usize,
    start: usize,
    count: usize,
    comment: &'a [u8],
}

/// The one end record whose comment reaches exactly to the end of the file.
fn end(bytes: &[u8]) -> Result<End<'_>, ZipFault> {
    let last = bytes.len().checked_sub(END_SIZE).ok_or(ZipFault::NotZip)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    for at in (first..=last).rev() {
        let mut fields = Fields { bytes, at };
        if fields.four()? != END {
            continue;
        }
        let (disk, start_disk) = (fields.two()?, fields.two()?);
        let (here, count) = (fields.two()?, fields.two()?);
        let (size, start) = (fields.four()?, fields.four()?);
        let comment = usize::from(fields.two()?);
        if fields.at + comment != bytes.len() {
            // An end record inside of a comment: two readers would take two different ones.
            return Err(ZipFault::NotZip);
        }
        if disk != 0 || start_disk != 0 || here != count || count == u16::MAX || start == u32::MAX {
            return Err(ZipFault::Split);
        }
        if start as usize + size as usize != at {
            return Err(ZipFault::Gap);
        }
        let comment = bytes.get(fields.at..).unwrap_or_default();
        return Ok(End { at, start: start as usize, count: usize::from(count), comment });
    }
    Err(ZipFault::NotZip)
}

fn central(fields: &mut Fields<'_>) -> Result<Member, ZipFault> {
    if fields.four()? != CENTRAL {
        return Err(ZipFault::NotZip);
    }
    fields.skip(4)?;
    let (flags, method) = (fields.two()?, fields.two()?);
    fields.skip(4)?;
    let checksum = fields.four()?;
    let (packed, size) = (fields.four()?, fields.four()?);
    let (name, extra, comment) = (fields.two()?, fields.two()?, fields.two()?);
    let disk = fields.two()?;
    fields.skip(6)?;
    let at = fields.four()?;
    let name = fields.take(usize::from(name))?;
    fields.skip(usize::from(extra) + usize::from(comment))?;
    if flags & ENCRYPTED != 0 {
        return Err(ZipFault::Encrypted);
    }
    if disk != 0 || packed == u32::MAX || size == u32::MAX || at == u32::MAX {
        return Err(ZipFault::Split);
    }
    let stored = match method {
        0 if packed == size => true,
        8 => false,
        _ => return Err(ZipFault::Method),
    };
    let name = std::str::from_utf8(name).map_err(|_| ZipFault::Name)?;
    if !name.is_ascii() && flags & UTF_8 == 0 {
        return Err(ZipFault::Name);
    }
    Ok(Member {
        name: name.to_owned(),
        stored,
        has_extra: false,
        flags,
        checksum,
        packed: packed as usize,
        size: size as usize,
        at: at as usize,
        data: 0,
    })
}

/// Checks the local heads, and that entry follows entry from the first byte to the directory.
fn tile(bytes: &[u8], members: &mut [Member], directory: usize) -> Result<(), ZipFault> {
    members.sort_by_key(|member| member.at);
    let mut expected = 0;
    for member in members {
        if member.at != expected {
            return Err(ZipFault::Gap);
        }
        let mut fields = Fields { bytes, at: member.at };
        if fields.four()? != LOCAL {
            return Err(ZipFault::Differs);
        }
        fields.skip(2)?;
        let (flags, method) = (fields.two()?, fields.two()?);
        fields.skip(4)?;
        let numbers = [fields.four()?, fields.four()?, fields.four()?];
        let (name, extra) = (fields.two()?, fields.two()?);
        let name = fields.take(usize::from(name))?;
        fields.skip(usize::from(extra))?;
        let central = [member.checksum, member.packed as u32, member.size as u32];
        let described = flags & HAS_DESCRIPTOR != 0;
        let same_numbers = numbers == central || described && numbers == [0; 3];
        if flags != member.flags
            || (method == 0) != member.stored
            || name != member.name.as_bytes()
            || !same_numbers
        {
            return Err(ZipFault::Differs);
        }
        member.has_extra = extra != 0;
        member.data = fields.at;
        fields.skip(member.packed)?;
        if described {
            descriptor(&mut fields, central)?;
        }
        expected = fields.at;
    }
    if expected == directory { Ok(()) } else { Err(ZipFault::Gap) }
}

/// The numbers again behind the data, with or without a mark before them.
fn descriptor(fields: &mut Fields<'_>, central: [u32; 3]) -> Result<(), ZipFault> {
    let first = fields.four()?;
    let checksum = if first == DESCRIPTOR { fields.four()? } else { first };
    if [checksum, fields.four()?, fields.four()?] == central {
        Ok(())
    } else {
        Err(ZipFault::Differs)
    }
}

struct Fields<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Fields<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], ZipFault> {
        let end = self.at.checked_add(count).ok_or(ZipFault::NotZip)?;
        let taken = self.bytes.get(self.at..end).ok_or(ZipFault::NotZip)?;
        self.at = end;
        Ok(taken)
    }

    fn skip(&mut self, count: usize) -> Result<(), ZipFault> {
        self.take(count).map(|_| ())
    }

    fn two(&mut self) -> Result<u16, ZipFault> {
        let bytes = self.take(2)?;
        Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    fn four(&mut self) -> Result<u32, ZipFault> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }
}
