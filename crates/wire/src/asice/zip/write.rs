//! ZIP archives, written: nothing of today in them, so that the bytes are always the same.

use flate2::Crc;

use super::{CENTRAL, CENTRAL_SIZE, END, LOCAL, LOCAL_SIZE, UTF_8, ZipFault};

/// What the writer puts into one entry.
pub struct NewMember<'a> {
    pub name: &'a str,
    pub data: &'a [u8],
    /// `None` stores.
    pub packed: Option<Vec<u8>>,
}

/// An entry whose bytes somebody else puts in: stored, behind all others.
pub struct LastMember<'a> {
    pub name: &'a str,
    pub checksum: u32,
    pub size_bytes: u64,
}

/// What an archive says about the bytes of an entry (CRC-32), taken while they pass.
#[derive(Default)]
pub struct Checksum(Crc);

impl Checksum {
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub fn value(&self) -> u32 {
        self.0.sum()
    }
}

/// Writes an archive with a comment.
pub fn write(members: &[NewMember<'_>], comment: &str) -> Result<Vec<u8>, ZipFault> {
    let mut writer = Writer::default();
    members.iter().try_for_each(|member| writer.add(member))?;
    let end = writer.end(comment, 0)?;
    Ok([writer.out, end].concat())
}

/// The same around one entry more: what stands before its bytes, and what behind.
pub fn write_around(
    members: &[NewMember<'_>],
    last: &LastMember<'_>,
    comment: &str,
) -> Result<(Vec<u8>, Vec<u8>), ZipFault> {
    let mut writer = Writer::default();
    members.iter().try_for_each(|member| writer.add(member))?;
    let size = usize::try_from(last.size_bytes).map_err(|_| ZipFault::TooLarge)?;
    writer.head(last.name, STORED, (last.checksum, size, size))?;
    let end = writer.end(comment, size)?;
    Ok((writer.out, end))
}

const STORED: u16 = 0;
const DEFLATED: u16 = 8;

#[derive(Default)]
struct Writer {
    out: Vec<u8>,
    directory: Vec<u8>,
    count: usize,
}

fn four(number: usize) -> Result<u32, ZipFault> {
    // The largest number there is means ZIP64.
    u32::try_from(number).ok().filter(|number| *number < u32::MAX).ok_or(ZipFault::TooLarge)
}

fn two(number: usize) -> Result<u16, ZipFault> {
    u16::try_from(number).ok().filter(|number| *number < u16::MAX).ok_or(ZipFault::TooLarge)
}

impl Writer {
    fn add(&mut self, member: &NewMember<'_>) -> Result<(), ZipFault> {
        let data = member.packed.as_deref().unwrap_or(member.data);
        let mut checksum = Crc::new();
        checksum.update(member.data);
        let method = if member.packed.is_some() { DEFLATED } else { STORED };
        self.head(member.name, method, (checksum.sum(), data.len(), member.data.len()))?;
        self.out.extend_from_slice(data);
        Ok(())
    }

    fn head(
        &mut self,
        name: &str,
        method: u16,
        (checksum, packed, size): (u32, usize, usize),
    ) -> Result<(), ZipFault> {
        const VERSION: u16 = 20;
        // 1980-01-01, the first day there is.
        const DAY: u16 = 0x21;
        let flags = if name.is_ascii() { 0 } else { UTF_8 };
        let mut head = Vec::with_capacity(LOCAL_SIZE);
        for number in [VERSION, flags, method, 0, DAY] {
            head.extend_from_slice(&number.to_le_bytes());
        }
        for number in [checksum, four(packed)?, four(size)?] {
            head.extend_from_slice(&number.to_le_bytes());
        }
        head.extend_from_slice(&two(name.len())?.to_le_bytes());
        head.extend_from_slice(&[0, 0]);
        let at = four(self.out.len())?;
        self.directory.reserve(CENTRAL_SIZE + name.len());
        self.directory.extend_from_slice(&CENTRAL.to_le_bytes());
        self.directory.extend_from_slice(&VERSION.to_le_bytes());
        self.directory.extend_from_slice(&head);
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&at.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(&LOCAL.to_le_bytes());
        self.out.extend_from_slice(&head);
        self.out.extend_from_slice(name.as_bytes());
        self.count += 1;
        Ok(())
    }

    /// Directory and end of an archive in which so many bytes stand that are not in `out`.
    fn end(&self, comment: &str, beside: usize) -> Result<Vec<u8>, ZipFault> {
        let start = four(self.out.len().checked_add(beside).ok_or(ZipFault::TooLarge)?)?;
        let (count, size) = (two(self.count)?, four(self.directory.len())?);
        let mut end = self.directory.clone();
        end.extend_from_slice(&END.to_le_bytes());
        end.extend_from_slice(&[0; 4]);
        end.extend_from_slice(&count.to_le_bytes());
        end.extend_from_slice(&count.to_le_bytes());
        end.extend_from_slice(&size.to_le_bytes());
        end.extend_from_slice(&start.to_le_bytes());
        end.extend_from_slice(&two(comment.len())?.to_le_bytes());
        end.extend_from_slice(comment.as_bytes());
        Ok(end)
    }
}
