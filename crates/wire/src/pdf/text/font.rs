//! Which letters the codes of a font stand for, and how far they go.
//!
//! Specification: ISO 32000-1 §9.6–9.10.

use super::super::object::{Dictionary, Object};
use super::Reader;
use super::cmap::{CMap, Code};
use super::encoding::Simple;
use crate::tcvn;

/// One letter or a few, drawn at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    pub code: Code,
    /// In thousandths of the size.
    pub width: f64,
    /// The one byte 32: word spacing applies.
    pub is_blank: bool,
}

#[derive(Debug, Default)]
pub struct Font {
    /// What the file says its codes mean.
    said: Option<CMap>,
    /// One byte, one letter.
    simple: Option<Simple>,
    /// How codes are cut; none: one byte each.
    codes: Option<CMap>,
    widths: Widths,
    /// Letters from before Unicode.
    is_tcvn: bool,
}

#[derive(Debug, Default)]
struct Widths {
    first: u32,
    simple: Vec<f64>,
    /// From code to code; sorted.
    ranges: Vec<(u32, u32, f64)>,
    usual: f64,
}

const RANGES_MAX: usize = 70_000;

impl Font {
    pub fn read(reader: &mut Reader<'_, '_>, font: &Dictionary) -> Font {
        let said = stream_of(reader, font, "ToUnicode").map(|data| CMap::read(&data));
        let name = String::from_utf8_lossy(font.name("BaseFont").unwrap_or_default());
        let is_tcvn = tcvn::is_font(&name);
        if font.name("Subtype") == Some(b"Type0") {
            let codes = stream_of(reader, font, "Encoding").map(|data| CMap::read(&data));
            let codes = codes.filter(CMap::cuts).unwrap_or_else(CMap::two_bytes);
            let widths = composite_widths(reader, font).unwrap_or_default();
            return Font { said, simple: None, codes: Some(codes), widths, is_tcvn };
        }
        let simple = match reader.document.value(font, "Encoding") {
            Ok(Some(encoding)) => Simple::of(&encoding),
            _ => Simple::usual(),
        };
        let widths = simple_widths(reader, font).unwrap_or_default();
        Font { said, simple: Some(simple), codes: None, widths, is_tcvn }
    }

    /// Its codes mean nothing that can be known.
    pub fn is_silent(&self) -> bool {
        self.said.is_none() && self.simple.is_none()
    }

    pub fn glyphs<'f>(&'f self, bytes: &'f [u8]) -> impl Iterator<Item = Glyph> + 'f {
        let mut rest = bytes;
        std::iter::from_fn(move || {
            let code = match &self.codes {
                Some(codes) => codes.next(rest)?,
                None => Code { value: u32::from(*rest.first()?), length: 1 },
            };
            rest = rest.get(code.length..).unwrap_or_default();
            let is_blank = code.length == 1 && code.value == 32;
            Some(Glyph { code, width: self.widths.of(code.value), is_blank })
        })
    }

    pub fn push_letters(&self, glyph: &Glyph, letters: &mut String) {
        let start = letters.len();
        let said = self.said.as_ref().is_some_and(|said| said.push(glyph.code, letters));
        if !said && let Some(simple) = &self.simple {
            letters.extend(simple.letter(glyph.code.value));
        }
        if self.is_tcvn {
            let meant = tcvn::read(&letters[start..]);
            letters.truncate(start);
            letters.push_str(&meant);
        }
    }
}

fn stream_of(reader: &mut Reader<'_, '_>, font: &Dictionary, key: &str) -> Option<Vec<u8>> {
    let found = reader.document.value(font, key).ok()??;
    let stream = found.as_stream()?.clone();
    drop(found);
    Some(reader.data(&stream)).filter(|data| !data.is_empty())
}

fn simple_widths(reader: &Reader<'_, '_>, font: &Dictionary) -> Option<Widths> {
    let list = reader.document.value(font, "Widths").ok()??;
    let widths = list.as_array()?.iter().take(256);
    let simple = widths.map(|width| number(reader, width).unwrap_or(0.0)).collect();
    let first = font.integer("FirstChar").and_then(|first| u32::try_from(first).ok())?;
    Some(Widths { first, simple, ranges: Vec::new(), usual: 500.0 })
}

/// `[ first [w w w] first last w … ]` of the font below.
fn composite_widths(reader: &Reader<'_, '_>, font: &Dictionary) -> Option<Widths> {
    let below = reader.document.value(font, "DescendantFonts").ok()??;
    let below = reader.document.resolve(below.as_array()?.first()?).ok()?;
    let below = below.as_dictionary()?;
    let usual = below.number("DW").unwrap_or(1000.0);
    let mut widths = Widths { usual, ..Widths::default() };
    let Ok(Some(list)) = reader.document.value(below, "W") else { return Some(widths) };
    let mut items = list.as_array()?.iter();
    while let (Some(first), Some(second)) = (items.next(), items.next()) {
        let first = u32::try_from(first.as_integer()?).ok()?;
        let second = reader.document.resolve(second).ok()?;
        match &*second {
            Object::Array(each) => {
                let each = each.iter().take(RANGES_MAX - widths.ranges.len());
                for (code, width) in (first..).zip(each) {
                    let width = number(reader, width).unwrap_or(usual);
                    widths.ranges.push((code, code, width));
                }
            }
            last => {
                let last = u32::try_from(last.as_integer()?).ok()?;
                let width = number(reader, items.next()?)?;
                widths.ranges.push((first, last, width));
            }
        }
        if widths.ranges.len() >= RANGES_MAX {
            break;
        }
    }
    widths.ranges.sort_unstable_by_key(|range| range.0);
    Some(widths)
}

fn number(reader: &Reader<'_, '_>, object: &Object) -> Option<f64> {
    reader.document.resolve(object).ok()?.as_number()
}

impl Widths {
    fn of(&self, code: u32) -> f64 {
        if !self.simple.is_empty() {
            let place = code.checked_sub(self.first).and_then(|at| usize::try_from(at).ok());
            return place.and_then(|at| self.simple.get(at)).copied().unwrap_or(self.usual);
        }
        let after = self.ranges.partition_point(|range| range.0 <= code);
        let found = after.checked_sub(1).and_then(|at| self.ranges.get(at));
        match found {
            Some((_, last, width)) if code <= *last => *width,
            _ if self.usual > 0.0 => self.usual,
            // The fonts every reader has say no widths.
            _ => 500.0,
        }
    }
}
