//! The ZIP with one entry that the official kit puts around most files, opened as it comes.
//!
//! One pass and no seeking: head, data, directory, end must follow each other and say the same, and
//! nothing else may be there. Then the entry is what every other program finds in it, too.
//!
//! Specification: APPNOTE 6.3.10 §4.

use flate2::{Crc, Decompress, FlushDecompress, Status};

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
const HAS_DESCRIPTOR: u16 = 1 << 3;
const PIECE_BYTES: usize = 32 << 10;

/// What an entry may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Inflated.
    pub size_bytes: u64,
    /// How many times larger than its data it may become, beyond a first mebibyte.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { size_bytes: 1 << 30, ratio: 100 }
    }
}

/// The one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub size_bytes: u64,
}

/// Why it is not an archive with one entry, or not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOne {
    #[error("it is not a ZIP archive")]
    NotZip,
    #[error("the archive has several entries, or a folder")]
    Several,
    #[error("the entry is encrypted")]
    Encrypted,
    #[error("the entry is compressed in a way that is not read")]
    Method,
    #[error("the parts of the archive say different things, or it is damaged")]
    Broken,
    #[error("the archive ends too early")]
    Truncated,
    #[error("the entry is larger than is read")]
    TooLarge,
    #[error("the entry wants to become far larger than it is")]
    Bomb,
}

/// Opens an archive that is pushed in piece by piece.
#[derive(Debug)]
pub struct Unwrapper {
    limits: Limits,
    step: Step,
    held: Vec<u8>,
    head: Head,
    inflate: Decompress,
    checksum: Crc,
    packed: u64,
    size: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Local,
    Stored { left: u64 },
    Deflated,
    Descriptor,
    Central,
    End,
    Done,
    Not(NotOne),
}

#[derive(Debug, Default)]
struct Head {
    flags: u16,
    method: u16,
    checksum: u32,
    packed: u32,
    size: u32,
    name: Vec<u8>,
}

impl Unwrapper {
    pub fn new(limits: Limits) -> Unwrapper {
        Unwrapper {
            limits,
            step: Step::Local,
            held: Vec::new(),
            head: Head::default(),
            inflate: Decompress::new(false),
            checksum: Crc::new(),
            packed: 0,
            size: 0,
        }
    }

    /// Takes a piece; `take` is handed what it inflates to. That it is the one entry is certain
    /// only when [`Unwrapper::finish`] says so.
    pub fn push(&mut self, bytes: &[u8], take: &mut dyn FnMut(&[u8])) {
        let mut left = bytes;
        while !left.is_empty() {
            let step = match self.step {
                Step::Local => self.local(&mut left),
                Step::Stored { left: wanted } => Ok(self.stored(&mut left, wanted, take)),
                Step::Deflated => self.deflated(&mut left, take),
                Step::Descriptor => self.descriptor(&mut left),
                Step::Central => self.central(&mut left),
                Step::End => self.end(&mut left),
                Step::Done => Err(NotOne::Broken),
                Step::Not(_) => return,
            };
            self.step = step.unwrap_or_else(Step::Not);
        }
    }

    /// # Errors
    /// [`NotOne`]
    pub fn finish(self) -> Result<Entry, NotOne> {
        match self.step {
            Step::Done => Ok(Entry {
                name: String::from_utf8_lossy(&self.head.name).into_owned(),
                size_bytes: self.size,
            }),
            Step::Not(why) => Err(why),
            Step::Local if self.held.len() < LOCAL.len() => Err(NotOne::NotZip),
            _ => Err(NotOne::Truncated),
        }
    }

    /// Whether `size` bytes of a part are held now; takes of `left` what is missing.
    fn hold(&mut self, left: &mut &[u8], size: usize) -> bool {
        let (more, rest) = left.split_at(left.len().min(size.saturating_sub(self.held.len())));
        self.held.extend_from_slice(more);
        *left = rest;
        self.held.len() >= size
    }

    fn local(&mut self, left: &mut &[u8]) -> Result<Step, NotOne> {
        if !self.hold(left, LOCAL.len()) {
            return Ok(Step::Local);
        }
        if !self.held.starts_with(&LOCAL) {
            return Err(NotOne::NotZip);
        }
        if !self.hold(left, 30) {
            return Ok(Step::Local);
        }
        let name_bytes = usize::from(self.two(26));
        if !self.hold(left, 30 + name_bytes + usize::from(self.two(28))) {
            return Ok(Step::Local);
        }
        self.head = Head {
            flags: self.two(6),
            method: self.two(8),
            checksum: self.four(14),
            packed: self.four(18),
            size: self.four(22),
            name: self.held.get(30..30 + name_bytes).unwrap_or_default().to_vec(),
        };
        self.held.clear();
        let described = self.head.flags & HAS_DESCRIPTOR != 0;
        if self.head.flags & ENCRYPTED != 0 {
            return Err(NotOne::Encrypted);
        }
        if self.head.name.ends_with(b"/") {
            return Err(NotOne::Several);
        }
        match self.head.method {
            // Where data without a mark at their end stop, only the directory could tell.
            0 if described || self.head.packed != self.head.size => Err(NotOne::Method),
            0 if self.head.size == 0 => Ok(Step::Central),
            0 if u64::from(self.head.size) > self.limits.size_bytes => Err(NotOne::TooLarge),
            0 => Ok(Step::Stored { left: u64::from(self.head.size) }),
            8 => Ok(Step::Deflated),
            _ => Err(NotOne::Method),
        }
    }

    fn stored(&mut self, left: &mut &[u8], wanted: u64, take: &mut dyn FnMut(&[u8])) -> Step {
        let room = usize::try_from(wanted).unwrap_or(usize::MAX).min(left.len());
        let (data, rest) = left.split_at(room);
        self.checksum.update(data);
        self.size += data.len() as u64;
        self.packed += data.len() as u64;
        take(data);
        *left = rest;
        match wanted - data.len() as u64 {
            0 => Step::Central,
            left => Step::Stored { left },
        }
    }

    fn deflated(&mut self, left: &mut &[u8], take: &mut dyn FnMut(&[u8])) -> Result<Step, NotOne> {
        let mut piece = [0; PIECE_BYTES];
        loop {
            let (read, written) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self
                .inflate
                .decompress(left, &mut piece, FlushDecompress::None)
                .map_err(|_| NotOne::Broken)?;
            let read = (self.inflate.total_in() - read) as usize;
            let data = piece.get(..(self.inflate.total_out() - written) as usize);
            let data = data.unwrap_or_default();
            *left = left.get(read..).unwrap_or_default();
            self.packed = self.inflate.total_in();
            self.size = self.inflate.total_out();
            if self.size > self.limits.size_bytes {
                return Err(NotOne::TooLarge);
            }
            if self.size > self.packed.saturating_mul(self.limits.ratio).saturating_add(1 << 20) {
                return Err(NotOne::Bomb);
            }
            self.checksum.update(data);
            take(data);
            match status {
                Status::StreamEnd if self.head.flags & HAS_DESCRIPTOR != 0 => {
                    return Ok(Step::Descriptor);
                }
                Status::StreamEnd => return Ok(Step::Central),
                _ if !data.is_empty() => {}
                _ if left.is_empty() => return Ok(Step::Deflated),
                _ if read == 0 => return Err(NotOne::Broken),
                _ => {}
            }
        }
    }

    /// The numbers again behind the data, with or without a mark before them.
    fn descriptor(&mut self, left: &mut &[u8]) -> Result<Step, NotOne> {
        if !self.hold(left, 4) {
            return Ok(Step::Descriptor);
        }
        let skip = if self.held.starts_with(&DESCRIPTOR) { 4 } else { 0 };
        if !self.hold(left, 12 + skip) {
            return Ok(Step::Descriptor);
        }
        let numbers = [self.four(skip), self.four(skip + 4), self.four(skip + 8)];
        let before = [self.head.checksum, self.head.packed, self.head.size];
        if before.iter().zip(numbers).any(|(before, now)| *before != 0 && *before != now) {
            return Err(NotOne::Broken);
        }
        [self.head.checksum, self.head.packed, self.head.size] = numbers;
        self.held.clear();
        Ok(Step::Central)
    }

    fn central(&mut self, left: &mut &[u8]) -> Result<Step, NotOne> {
        if !self.hold(left, 4) {
            return Ok(Step::Central);
        }
        if self.held.starts_with(&LOCAL) {
            return Err(NotOne::Several);
        }
        if !self.held.starts_with(&CENTRAL) {
            return Err(NotOne::Broken);
        }
        if !self.hold(left, 46) {
            return Ok(Step::Central);
        }
        let name_bytes = usize::from(self.two(28));
        let behind = usize::from(self.two(30)) + usize::from(self.two(32));
        if !self.hold(left, 46 + name_bytes + behind) {
            return Ok(Step::Central);
        }
        let numbers = [self.four(16), self.four(20), self.four(24)];
        let same = numbers == [self.head.checksum, self.head.packed, self.head.size]
            && u64::from(self.head.packed) == self.packed
            && u64::from(self.head.size) == self.size
            && self.head.checksum == self.checksum.sum()
            && self.two(8) == self.head.flags
            && self.two(10) == self.head.method
            && self.held.get(46..46 + name_bytes) == Some(self.head.name.as_slice())
            && self.four(42) == 0;
        self.held.clear();
        if same { Ok(Step::End) } else { Err(NotOne::Broken) }
    }

    fn end(&mut self, left: &mut &[u8]) -> Result<Step, NotOne> {
        if !self.hold(left, 4) {
            return Ok(Step::End);
        }
        if self.held.starts_with(&CENTRAL) {
            return Err(NotOne::Several);
        }
        if !self.held.starts_with(&END) {
            return Err(NotOne::Broken);
        }
        if !self.hold(left, 22) || !self.hold(left, 22 + usize::from(self.two(20))) {
            return Ok(Step::End);
        }
        let counts = [self.two(4), self.two(6), self.two(8), self.two(10)];
        if counts == [0, 0, 1, 1] { Ok(Step::Done) } else { Err(NotOne::Broken) }
    }

    fn two(&self, at: usize) -> u16 {
        match self.held.get(at..at + 2) {
            Some([low, high]) => u16::from_le_bytes([*low, *high]),
            _ => 0,
        }
    }

    fn four(&self, at: usize) -> u32 {
        u32::from(self.two(at)) | u32::from(self.two(at + 2)) << 16
    }
}
