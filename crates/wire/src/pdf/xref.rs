//! Where each object stands: cross-reference tables, cross-reference streams, and hybrids of both.
//!
//! A file is read from its end: `startxref`, the section it names, then by `Prev` back to the
//! first. Nothing is searched for and nothing is rebuilt when this is broken: readers that do so
//! show a signed file another way than it was signed.
//!
//! Specification: ISO 32000-1 §7.5.4 to §7.5.8.

use std::collections::{HashMap, HashSet};

use super::PdfFault;
use super::filter::decoded;
use super::lexer::{Budget, Lexer, is_space};
use super::object::{Dictionary, Object};

const SECTIONS_MAX: usize = 1_000;
const OBJECTS_MAX: u64 = 8_388_607;
const ENTRIES_MAX: usize = 2_000_000;

/// Where one object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    Free,
    At { offset: usize, generation: u16 },
    In { container: u32, index: u32 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    Table,
    Stream,
}

/// One cross-reference section with its trailer.
#[derive(Debug, Clone)]
pub struct Section {
    pub at: usize,
    pub kind: SectionKind,
    pub trailer: Dictionary,
}

/// What the whole chain says, the newest section first.
pub struct Chain {
    pub sections: Vec<Section>,
    pub entries: HashMap<u32, Entry>,
}

/// Follows the chain from the end of the bytes.
pub fn read(bytes: &[u8], budget: &mut Budget) -> Result<Chain, PdfFault> {
    let mut reader = Reader { bytes, budget, entry_count: 0 };
    let mut chain = Chain { sections: Vec::new(), entries: HashMap::new() };
    let mut seen = HashSet::new();
    let mut next = Some(tail(bytes)?);
    while let Some(at) = next {
        if !seen.insert(at) {
            return Err(PdfFault::XrefLoop);
        }
        if seen.len() > SECTIONS_MAX {
            return Err(PdfFault::TooManyRevisions);
        }
        let (section, found) = reader.section(at)?;
        let mut own: HashMap<u32, Entry> = HashMap::with_capacity(found.len());
        merge(&mut own, found)?;
        if section.kind == SectionKind::Table
            && let Some(offset) = offset(&section.trailer, "XRefStm")?
        {
            if !seen.insert(offset) {
                return Err(PdfFault::XrefLoop);
            }
            let (_, hidden) = reader.section(offset)?;
            for (number, entry) in hidden {
                let place = own.entry(number).or_insert(entry);
                if *place == Entry::Free {
                    *place = entry;
                } else if entry != Entry::Free && *place != entry {
                    return Err(PdfFault::ObjectTwice { number });
                }
            }
        }
        for (number, entry) in own {
            chain.entries.entry(number).or_insert(entry);
        }
        next = offset(&section.trailer, "Prev")?;
        chain.sections.push(section);
    }
    Ok(chain)
}

/// `startxref`, its number and `%%EOF` must be the last words of the bytes.
pub fn tail(bytes: &[u8]) -> Result<usize, PdfFault> {
    let rest = trimmed(bytes).strip_suffix(b"%%EOF").ok_or(PdfFault::NoEnd)?;
    let rest = trimmed(rest);
    let digits = rest.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (rest, number) = rest.split_at(rest.len() - digits);
    if !trimmed(rest).ends_with(b"startxref") || digits == 0 || digits > 15 {
        return Err(PdfFault::NoEnd);
    }
    let number = std::str::from_utf8(number).ok().and_then(|digits| digits.parse().ok());
    number.ok_or(PdfFault::NoEnd)
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    let kept = bytes.iter().rposition(|byte| !is_space(*byte)).map_or(0, |last| last + 1);
    &bytes[..kept]
}

/// One section must not give two places for one object: which one counts differs between readers.
fn merge(own: &mut HashMap<u32, Entry>, found: Vec<(u32, Entry)>) -> Result<(), PdfFault> {
    for (number, entry) in found {
        if own.insert(number, entry).is_some_and(|other| other != entry) {
            return Err(PdfFault::ObjectTwice { number });
        }
    }
    Ok(())
}

fn offset(trailer: &Dictionary, key: &str) -> Result<Option<usize>, PdfFault> {
    match trailer.get(key) {
        None | Some(Object::Null) => Ok(None),
        Some(Object::Integer(at)) => {
            usize::try_from(*at).map(Some).map_err(|_| PdfFault::Xref("an offset is negative"))
        }
        Some(_) => Err(PdfFault::Xref("an offset is not a number")),
    }
}

struct Reader<'a, 'b> {
    bytes: &'a [u8],
    budget: &'b mut Budget,
    entry_count: usize,
}

impl Reader<'_, '_> {
    fn section(&mut self, at: usize) -> Result<(Section, Vec<(u32, Entry)>), PdfFault> {
        if at >= self.bytes.len() {
            return Err(PdfFault::Xref("an offset lies outside the file"));
        }
        let mut lexer = Lexer::new(self.bytes, at);
        if lexer.keyword(b"xref") { self.table(at, lexer) } else { self.stream(at, lexer) }
    }

    fn table(
        &mut self,
        at: usize,
        mut lexer: Lexer<'_>,
    ) -> Result<(Section, Vec<(u32, Entry)>), PdfFault> {
        let mut entries = Vec::new();
        while !lexer.keyword(b"trailer") {
            let bad = PdfFault::Xref("a table has something else than numbers");
            let (Some(first), Some(count)) = (lexer.unsigned(), lexer.unsigned()) else {
                return Err(bad);
            };
            for step in 0..count {
                let (Some(offset), Some(generation)) = (lexer.unsigned(), lexer.unsigned()) else {
                    return Err(bad);
                };
                let entry = if lexer.keyword(b"n") {
                    entry_at(offset, generation)?
                } else if lexer.keyword(b"f") {
                    Entry::Free
                } else {
                    return Err(bad);
                };
                entries.push((self.number(first, step)?, entry));
            }
        }
        self.budget.spend_bytes(lexer.position() - at)?;
        let trailer = match lexer.object(self.budget)? {
            Object::Dictionary(trailer) => trailer,
            _ => return Err(PdfFault::Xref("the trailer is not a dictionary")),
        };
        Ok((Section { at, kind: SectionKind::Table, trailer }, entries))
    }

    fn stream(
        &mut self,
        at: usize,
        mut lexer: Lexer<'_>,
    ) -> Result<(Section, Vec<(u32, Entry)>), PdfFault> {
        lexer.object_head().map_err(|_| PdfFault::Xref("startxref or Prev leads to no section"))?;
        let Object::Dictionary(trailer) = lexer.object(self.budget)? else {
            return Err(PdfFault::Xref("a section is neither a table nor a stream"));
        };
        if !trailer.is_type("XRef") || !lexer.keyword(b"stream") {
            return Err(PdfFault::Xref("a section is neither a table nor a stream"));
        }
        let start = lexer.stream_start().ok_or(PdfFault::Cut)?;
        let length = trailer.integer("Length").and_then(|length| usize::try_from(length).ok());
        let end = length.and_then(|length| start.checked_add(length)).ok_or(PdfFault::Cut)?;
        let raw = self.bytes.get(start..end).ok_or(PdfFault::Cut)?;
        if !Lexer::new(self.bytes, end).keyword(b"endstream") {
            return Err(PdfFault::StreamLength);
        }
        let widths = widths(&trailer)?;
        let row_size: usize = widths.iter().sum();
        let ranges = ranges(&trailer)?;
        let count = ranges.iter().map(|range| range.1).fold(0u64, u64::saturating_add);
        if row_size == 0 || count > ENTRIES_MAX as u64 {
            return Err(PdfFault::TooLarge);
        }
        let size = count as usize * row_size;
        self.budget.spend_bytes(size)?;
        // A predictor has one byte a row, and writers may pad: still no bomb.
        let data = decoded(&trailer, raw, size + count as usize + row_size + 64)?;
        if data.len() < size {
            return Err(PdfFault::Cut);
        }
        let mut rows = data.chunks_exact(row_size);
        let mut entries = Vec::with_capacity(count as usize);
        for (first, count) in ranges {
            for step in 0..count {
                let row = rows.next().ok_or(PdfFault::Cut)?;
                entries.push((self.number(first, step)?, row_entry(&widths, row)?));
            }
        }
        Ok((Section { at, kind: SectionKind::Stream, trailer }, entries))
    }

    fn number(&mut self, first: u64, step: u64) -> Result<u32, PdfFault> {
        self.entry_count += 1;
        let number = first.checked_add(step).filter(|number| *number <= OBJECTS_MAX);
        match number.and_then(|number| u32::try_from(number).ok()) {
            Some(number) if self.entry_count <= ENTRIES_MAX => Ok(number),
            _ => Err(PdfFault::TooLarge),
        }
    }
}

fn entry_at(offset: u64, generation: u64) -> Result<Entry, PdfFault> {
    let bad = PdfFault::Xref("an entry is out of range");
    // Some writers give objects they dropped the offset 0; nothing can stand there.
    if offset == 0 {
        return Ok(Entry::Free);
    }
    match (usize::try_from(offset), u16::try_from(generation)) {
        (Ok(offset), Ok(generation)) => Ok(Entry::At { offset, generation }),
        _ => Err(bad),
    }
}

fn widths(trailer: &Dictionary) -> Result<[usize; 3], PdfFault> {
    let bad = PdfFault::Xref("the widths of a stream are wrong");
    let Some([first, second, third]) = trailer.get("W").and_then(Object::as_array) else {
        return Err(bad);
    };
    let mut widths = [0; 3];
    for (place, width) in widths.iter_mut().zip([first, second, third]) {
        match width.as_integer() {
            Some(width @ 0..=8) => *place = width as usize,
            _ => return Err(bad),
        }
    }
    Ok(widths)
}

fn ranges(trailer: &Dictionary) -> Result<Vec<(u64, u64)>, PdfFault> {
    let bad = PdfFault::Xref("the index of a stream is wrong");
    let whole = |object: &Object| object.as_integer().and_then(|value| u64::try_from(value).ok());
    match trailer.get("Index") {
        None => {
            let size = trailer.get("Size").and_then(whole).ok_or(bad)?;
            Ok(vec![(0, size)])
        }
        Some(Object::Array(items)) if items.len() % 2 == 0 => items
            .chunks_exact(2)
            .map(|pair| Some((whole(&pair[0])?, whole(&pair[1])?)))
            .collect::<Option<Vec<_>>>()
            .ok_or(bad),
        Some(_) => Err(bad),
    }
}

fn row_entry(widths: &[usize; 3], row: &[u8]) -> Result<Entry, PdfFault> {
    let (kind, rest) = row.split_at_checked(widths[0]).ok_or(PdfFault::Cut)?;
    let (second, third) = rest.split_at_checked(widths[1]).ok_or(PdfFault::Cut)?;
    let value = |bytes: &[u8]| bytes.iter().fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
    let bad = PdfFault::Xref("an entry is out of range");
    match if widths[0] == 0 { 1 } else { value(kind) } {
        0 => Ok(Entry::Free),
        1 => entry_at(value(second), value(third)),
        2 => match (u32::try_from(value(second)), u32::try_from(value(third))) {
            (Ok(container), Ok(index)) => Ok(Entry::In { container, index }),
            _ => Err(bad),
        },
        // An unknown kind is a reference to null (§7.5.8.3).
        _ => Ok(Entry::Free),
    }
}
