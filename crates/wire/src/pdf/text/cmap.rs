//! CMaps: how the bytes of a text are cut into codes, and which letters the codes mean.
//!
//! Specification: ISO 32000-1 §9.7.5, §9.10.3; Adobe technical note 5014.

use super::super::lexer::{Budget, Lexer};
use super::super::object::Object;

/// A code and how many bytes it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    pub value: u32,
    pub length: usize,
}

#[derive(Debug, Default)]
pub struct CMap {
    /// Length, first and last code.
    spaces: Vec<(usize, u32, u32)>,
    /// First and last code, and the letters of the first; those of the others count up.
    ranges: Vec<(u32, u32, Vec<u16>)>,
}

const RANGES_MAX: usize = 100_000;
const CODE_BYTES_MAX: usize = 4;
const LETTERS_MAX: usize = 64;

impl CMap {
    /// What is not understood is left out.
    pub fn read(data: &[u8]) -> CMap {
        let mut map = CMap::default();
        let mut lexer = Lexer::new(data, 0);
        let mut budget = Budget { values: data.len(), bytes: data.len() };
        let mut values: Vec<Object> = Vec::new();
        loop {
            lexer.skip_space();
            let start = lexer.position();
            match data.get(start) {
                None => break,
                Some(b'/' | b'(' | b'<' | b'[' | b'0'..=b'9' | b'+' | b'-' | b'.') => {
                    match lexer.object(&mut budget) {
                        Ok(value) => values.push(value),
                        Err(_) => break,
                    }
                    continue;
                }
                Some(_) => {}
            }
            let word = lexer.operator();
            if word.is_empty() {
                lexer = Lexer::new(data, start + 1);
                continue;
            }
            match word {
                b"endcodespacerange" => map.add_spaces(&values),
                b"endbfchar" => map.add_letters(&values),
                b"endbfrange" => map.add_ranges(&values),
                _ => {}
            }
            values.clear();
        }
        map.ranges.sort_by_key(|range| range.0);
        map
    }

    /// As `Identity-H` and nearly all others cut.
    pub fn two_bytes() -> CMap {
        CMap { spaces: vec![(2, 0, 0xFFFF)], ranges: Vec::new() }
    }

    /// Whether it says how bytes are cut.
    pub fn cuts(&self) -> bool {
        !self.spaces.is_empty()
    }

    /// The code at the beginning of these bytes; of a code nobody announced, one byte is taken.
    pub fn next(&self, bytes: &[u8]) -> Option<Code> {
        let mut value = 0;
        for (at, byte) in bytes.iter().take(CODE_BYTES_MAX).enumerate() {
            value = value << 8 | u32::from(*byte);
            let length = at + 1;
            let is_one = |space: &(usize, u32, u32)| {
                space.0 == length && (space.1..=space.2).contains(&value)
            };
            if self.spaces.iter().any(is_one) {
                return Some(Code { value, length });
            }
        }
        bytes.first().map(|byte| Code { value: u32::from(*byte), length: 1 })
    }

    /// Adds the letters of a code; false when it has none.
    pub fn push(&self, code: Code, letters: &mut String) -> bool {
        let after = self.ranges.partition_point(|range| range.0 <= code.value);
        let Some((first, last, units)) = after.checked_sub(1).and_then(|at| self.ranges.get(at))
        else {
            return false;
        };
        if code.value > *last {
            return false;
        }
        let step = u16::try_from(code.value - first).unwrap_or(0);
        let last_unit = units.len().saturating_sub(1);
        let counted = units.iter().enumerate().map(|(at, unit)| match at == last_unit {
            true => unit.wrapping_add(step),
            false => *unit,
        });
        letters.extend(char::decode_utf16(counted).flatten().filter(|one| *one != '\0'));
        true
    }

    fn add_spaces(&mut self, values: &[Object]) {
        for pair in values.chunks_exact(2) {
            if let [Object::Text(first), Object::Text(last)] = pair
                && first.bytes.len() == last.bytes.len()
                && (1..=CODE_BYTES_MAX).contains(&first.bytes.len())
                && self.spaces.len() < 256
            {
                self.spaces.push((first.bytes.len(), code(&first.bytes), code(&last.bytes)));
            }
        }
    }

    fn add_letters(&mut self, values: &[Object]) {
        for pair in values.chunks_exact(2) {
            if let [Object::Text(from), Object::Text(to)] = pair {
                self.add(code(&from.bytes), code(&from.bytes), &to.bytes);
            }
        }
    }

    fn add_ranges(&mut self, values: &[Object]) {
        for three in values.chunks_exact(3) {
            let [Object::Text(first), Object::Text(last), to] = three else { continue };
            let (first, last) = (code(&first.bytes), code(&last.bytes));
            match to {
                Object::Text(to) => self.add(first, last, &to.bytes),
                Object::Array(each) => {
                    for (code, to) in (first..=last).zip(each) {
                        if let Object::Text(to) = to {
                            self.add(code, code, &to.bytes);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, first: u32, last: u32, utf16: &[u8]) {
        if self.ranges.len() < RANGES_MAX && first <= last {
            let pairs = utf16.chunks_exact(2).take(LETTERS_MAX);
            let units = pairs.map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            self.ranges.push((first, last, units));
        }
    }
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(CODE_BYTES_MAX).fold(0, |code, byte| code << 8 | u32::from(*byte))
}
