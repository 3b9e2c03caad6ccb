//! One state of a PDF: the bytes up to the end of one revision, and the objects as they were then.
//!
//! An incremental update appends; every earlier state is a prefix of the file and is itself a
//! whole file. So "what the signer saw" is [`Document::open`] on the prefix that was signed, and
//! needs no trust in anything that was appended later.
//!
//! Specification: ISO 32000-1 §7.5.

use std::collections::{HashMap, HashSet};
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use super::PdfFault;
use super::filter::decoded;
use super::lexer::{Budget, Lexer};
use super::object::{Dictionary, Id, Object, Stream};
use super::xref::{self, Entry, Section};

/// Larger files are refused before anything is read.
pub const FILE_BYTES_MAX: usize = 128 << 20;
const CONTAINER_BYTES_MAX: usize = 32 << 20;
const PAGES_MAX: usize = 100_000;
const CONTAINED_MAX: usize = 200_000;

/// A readable state of a file.
pub struct Document<'a> {
    bytes: &'a [u8],
    sections: Vec<Section>,
    entries: HashMap<u32, Entry>,
    held: Mutex<Memory>,
}

struct Memory {
    budget: Budget,
    objects: HashMap<u32, Arc<Object>>,
    containers: HashMap<u32, Arc<Container>>,
}

/// An object stream, inflated; each object ends where the next begins.
struct Container {
    data: Vec<u8>,
    starts: Vec<(u32, usize)>,
}

/// A value that stands in the object at hand, or one that was fetched.
pub enum Held<'o> {
    Here(&'o Object),
    Fetched(Arc<Object>),
}

impl Deref for Held<'_> {
    type Target = Object;

    fn deref(&self) -> &Object {
        match self {
            Held::Here(object) => object,
            Held::Fetched(object) => object,
        }
    }
}

/// What a signature appearance must know of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Page {
    pub id: Id,
    /// Left, bottom, right, top of the visible part, in points of user space.
    pub visible: [f64; 4],
    /// 0, 90, 180 or 270 degrees clockwise when shown.
    pub rotation_degrees: u16,
}

impl<'a> Document<'a> {
    /// Reads header, cross-reference chain and trailer; objects are read when asked for.
    ///
    /// # Errors
    /// [`PdfFault`]: not a PDF, broken, encrypted or beyond the limits.
    pub fn open(bytes: &'a [u8]) -> Result<Document<'a>, PdfFault> {
        if bytes.len() > FILE_BYTES_MAX {
            return Err(PdfFault::TooLarge);
        }
        if !matches!(bytes, [b'%', b'P', b'D', b'F', b'-', b'1'..=b'2', b'.', b'0'..=b'9', ..]) {
            return Err(PdfFault::NoHeader);
        }
        let mut budget = Budget::for_file(bytes.len());
        let chain = xref::read(bytes, &mut budget)?;
        let objects = HashMap::new();
        let held = Mutex::new(Memory { budget, objects, containers: HashMap::new() });
        let document = Document { bytes, sections: chain.sections, entries: chain.entries, held };
        if document.sections.iter().any(|section| section.trailer.get("Encrypt").is_some()) {
            return Err(PdfFault::Encrypted);
        }
        document.root()?;
        Ok(document)
    }

    /// How many bytes were looked at so far, also again and again.
    pub(super) fn spent_bytes(&self) -> usize {
        let memory = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        Budget::for_file(self.bytes.len()).bytes.saturating_sub(memory.budget.bytes)
    }

    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The newest trailer.
    pub fn trailer(&self) -> &Dictionary {
        // `open` refuses a chain without sections: there is always a newest.
        &self.sections[0].trailer
    }

    /// The newest section first.
    pub(super) fn sections(&self) -> &[Section] {
        &self.sections
    }

    pub(super) fn entries(&self) -> &HashMap<u32, Entry> {
        &self.entries
    }

    /// One more than the highest object number in use or announced.
    pub fn size(&self) -> u32 {
        let announced = self.trailer().integer("Size").and_then(|size| u32::try_from(size).ok());
        let used = self.entries.keys().max().map_or(0, |highest| highest + 1);
        announced.unwrap_or(0).min(8_388_607).max(used)
    }

    /// The catalog.
    pub fn root(&self) -> Result<(Id, Arc<Object>), PdfFault> {
        let id = self.trailer().reference("Root").ok_or(PdfFault::NoCatalog)?;
        let root = self.object(id)?;
        if root.as_dictionary().is_none() {
            return Err(PdfFault::NoCatalog);
        }
        Ok((id, root))
    }

    /// An indirect object of this state; what does not exist is null (§7.3.10).
    pub fn object(&self, id: Id) -> Result<Arc<Object>, PdfFault> {
        let mut memory = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        self.fetch(&mut memory, id)
    }

    /// Follows a reference, once: an object that is itself a reference is refused.
    pub fn resolve<'o>(&self, object: &'o Object) -> Result<Held<'o>, PdfFault> {
        let Object::Reference(id) = object else { return Ok(Held::Here(object)) };
        let found = self.object(*id)?;
        if matches!(*found, Object::Reference(_)) {
            return Err(PdfFault::Reference { number: id.number });
        }
        Ok(Held::Fetched(found))
    }

    /// The value of a key, its reference followed; `None` when absent or null.
    pub fn value<'o>(
        &self,
        dictionary: &'o Dictionary,
        key: &str,
    ) -> Result<Option<Held<'o>>, PdfFault> {
        let Some(value) = dictionary.get(key) else { return Ok(None) };
        let held = self.resolve(value)?;
        Ok(if matches!(*held, Object::Null) { None } else { Some(held) })
    }

    /// The raw data of a stream.
    pub fn data(&self, stream: &Stream) -> &'a [u8] {
        self.bytes.get(stream.data.clone()).unwrap_or_default()
    }

    /// The data of a stream without its filter.
    pub fn decoded(&self, stream: &Stream, cap_bytes: usize) -> Result<Vec<u8>, PdfFault> {
        decoded(&stream.dictionary, self.data(stream), cap_bytes)
    }

    /// The pages in reading order.
    pub fn pages(&self) -> Result<Vec<Page>, PdfFault> {
        let (_, root) = self.root()?;
        let top = root.entries().and_then(|root| root.reference("Pages"));
        let mut pages = Vec::new();
        let mut seen = HashSet::new();
        let shown = Inherited { visible: None, rotation: 0 };
        let mut open = vec![(top.ok_or(PdfFault::NoPages)?, shown)];
        while let Some((id, above)) = open.pop() {
            if !seen.insert(id) || seen.len() > PAGES_MAX {
                return Err(PdfFault::NoPages);
            }
            let node = self.object(id)?;
            let node = node.as_dictionary().ok_or(PdfFault::NoPages)?;
            let shown = self.inherited(node, above)?;
            match self.value(node, "Kids")? {
                Some(kids) => {
                    for kid in kids.as_array().ok_or(PdfFault::NoPages)?.iter().rev() {
                        open.push((kid.as_reference().ok_or(PdfFault::NoPages)?, shown));
                    }
                }
                None => pages.push(Page {
                    id,
                    visible: shown.visible.ok_or(PdfFault::NoPages)?,
                    rotation_degrees: shown.rotation,
                }),
            }
        }
        Ok(pages)
    }

    fn inherited(&self, node: &Dictionary, above: Inherited) -> Result<Inherited, PdfFault> {
        let own = match self.rectangle(node, "CropBox")? {
            Some(visible) => Some(visible),
            None => self.rectangle(node, "MediaBox")?,
        };
        let rotation = match self.value(node, "Rotate")?.and_then(|turn| turn.as_integer()) {
            Some(degrees) if degrees % 90 == 0 => degrees.rem_euclid(360) as u16,
            Some(_) => return Err(PdfFault::NoPages),
            None => above.rotation,
        };
        Ok(Inherited { visible: own.or(above.visible), rotation })
    }

    /// A rectangle, put in order.
    pub fn rectangle(
        &self,
        dictionary: &Dictionary,
        key: &str,
    ) -> Result<Option<[f64; 4]>, PdfFault> {
        let Some(value) = self.value(dictionary, key)? else { return Ok(None) };
        let Some([a, b, c, d]) = value.as_array() else { return Ok(None) };
        let mut sides = [0.0; 4];
        for (side, value) in sides.iter_mut().zip([a, b, c, d]) {
            let Some(number) = self.resolve(value)?.as_number() else { return Ok(None) };
            *side = number;
        }
        let [a, b, c, d] = sides;
        Ok(Some([a.min(c), b.min(d), a.max(c), b.max(d)]))
    }

    fn fetch(&self, memory: &mut Memory, id: Id) -> Result<Arc<Object>, PdfFault> {
        let entry = self.entries.get(&id.number).copied().unwrap_or(Entry::Free);
        let generation = match entry {
            Entry::Free => return Ok(Arc::new(Object::Null)),
            Entry::At { generation, .. } => generation,
            Entry::In { .. } => 0,
        };
        if generation != id.generation {
            return Ok(Arc::new(Object::Null));
        }
        if let Some(object) = memory.objects.get(&id.number) {
            return Ok(Arc::clone(object));
        }
        let object = match entry {
            Entry::At { offset, .. } => self.object_at(memory, id, offset)?,
            Entry::In { container, index } => self.contained(memory, id, container, index)?,
            Entry::Free => Object::Null,
        };
        let object = Arc::new(object);
        memory.objects.insert(id.number, Arc::clone(&object));
        Ok(object)
    }

    fn object_at(&self, memory: &mut Memory, id: Id, at: usize) -> Result<Object, PdfFault> {
        let mut lexer = Lexer::new(self.bytes, at);
        if lexer.object_head()? != id {
            return Err(PdfFault::WrongObject { number: id.number });
        }
        let object = lexer.object(&mut memory.budget)?;
        memory.budget.spend_bytes(lexer.position() - at)?;
        if !lexer.keyword(b"stream") {
            return match lexer.keyword(b"endobj") {
                true => Ok(object),
                false => Err(PdfFault::Grammar { at, what: "an object does not end" }),
            };
        }
        let Object::Dictionary(dictionary) = object else {
            return Err(PdfFault::Grammar { at, what: "data without a dictionary" });
        };
        let start = lexer.stream_start().ok_or(PdfFault::StreamLength)?;
        let length = match dictionary.get("Length") {
            Some(Object::Integer(length)) => *length,
            Some(Object::Reference(length)) => self.length(memory, *length)?,
            _ => return Err(PdfFault::StreamLength),
        };
        let end = usize::try_from(length).ok().and_then(|length| start.checked_add(length));
        let end = end.filter(|end| *end <= self.bytes.len()).ok_or(PdfFault::StreamLength)?;
        let mut lexer = Lexer::new(self.bytes, end);
        if !lexer.keyword(b"endstream") || !lexer.keyword(b"endobj") {
            return Err(PdfFault::StreamLength);
        }
        Ok(Object::Stream(Stream { dictionary, data: start..end }))
    }

    /// The length of a stream in an object of its own: a number, read without following anything.
    fn length(&self, memory: &mut Memory, id: Id) -> Result<i64, PdfFault> {
        let Some(Entry::At { offset, generation }) = self.entries.get(&id.number).copied() else {
            return Err(PdfFault::StreamLength);
        };
        let mut lexer = Lexer::new(self.bytes, offset);
        if lexer.object_head()? != id || generation != id.generation {
            return Err(PdfFault::StreamLength);
        }
        lexer.object(&mut memory.budget)?.as_integer().ok_or(PdfFault::StreamLength)
    }

    fn contained(
        &self,
        memory: &mut Memory,
        id: Id,
        container: u32,
        index: u32,
    ) -> Result<Object, PdfFault> {
        let wrong = PdfFault::WrongObject { number: id.number };
        let container = self.container(memory, container)?;
        let index = index as usize;
        let Some((number, start)) = container.starts.get(index) else { return Err(wrong) };
        if *number != id.number {
            return Err(wrong);
        }
        let next = container.starts.get(index + 1).map_or(container.data.len(), |next| next.1);
        let data = container.data.get(..next).unwrap_or_default();
        memory.budget.spend_bytes(next.saturating_sub(*start))?;
        let object = Lexer::new(data, *start).object(&mut memory.budget)?;
        Ok(object)
    }

    fn container(&self, memory: &mut Memory, number: u32) -> Result<Arc<Container>, PdfFault> {
        if let Some(container) = memory.containers.get(&number) {
            return Ok(Arc::clone(container));
        }
        let wrong = PdfFault::WrongObject { number };
        // A container stands in the file itself, never in another container (§7.5.7).
        let Some(Entry::At { offset, generation }) = self.entries.get(&number).copied() else {
            return Err(wrong);
        };
        let object = self.object_at(memory, Id { number, generation }, offset)?;
        let Some(stream) = object.as_stream().filter(|stream| stream.dictionary.is_type("ObjStm"))
        else {
            return Err(wrong);
        };
        let data = self.decoded(stream, CONTAINER_BYTES_MAX)?;
        memory.budget.spend_bytes(data.len())?;
        let whole =
            |key| stream.dictionary.integer(key).and_then(|value| usize::try_from(value).ok());
        let (Some(count), Some(first)) = (whole("N"), whole("First")) else { return Err(wrong) };
        if count > CONTAINED_MAX {
            return Err(PdfFault::TooLarge);
        }
        let mut lexer = Lexer::new(data.get(..first).ok_or(PdfFault::Cut)?, 0);
        let mut starts: Vec<(u32, usize)> = Vec::new();
        for _ in 0..count {
            let number = lexer.unsigned().and_then(|number| u32::try_from(number).ok());
            let start = lexer.unsigned().and_then(|at| usize::try_from(at).ok());
            let (Some(number), Some(start)) = (number, start) else { return Err(wrong) };
            let start = first.checked_add(start).ok_or(PdfFault::Cut)?;
            // Ascending and apart: no byte is read for two objects.
            if start > data.len() || starts.last().is_some_and(|last| last.1 >= start) {
                return Err(wrong);
            }
            starts.push((number, start));
        }
        let container = Arc::new(Container { data, starts });
        memory.containers.insert(number, Arc::clone(&container));
        Ok(container)
    }
}

#[derive(Clone, Copy)]
struct Inherited {
    visible: Option<[f64; 4]>,
    rotation: u16,
}
