//! From bytes to values, strictly: what the grammar does not allow is refused, never guessed.
//!
//! Depth is limited, and so is the number of values that one document may make us hold.
//!
//! Specification: ISO 32000-1 §7.2 and §7.3.

use super::PdfFault;
use super::object::{Dictionary, Id, Object, Text};

const DEPTH_MAX: usize = 64;

/// What reading one document may cost in all.
#[derive(Debug, Clone)]
pub struct Budget {
    pub values: usize,
    pub bytes: usize,
}

impl Budget {
    /// Enough to read every object of a file of this length once, and those in its streams.
    pub fn for_file(size_bytes: usize) -> Budget {
        Budget { values: 2_000_000, bytes: size_bytes.saturating_mul(4).saturating_add(1 << 24) }
    }

    pub fn spend_bytes(&mut self, size_bytes: usize) -> Result<(), PdfFault> {
        self.bytes = self.bytes.checked_sub(size_bytes).ok_or(PdfFault::TooMuchWork)?;
        Ok(())
    }

    fn spend_value(&mut self) -> Result<(), PdfFault> {
        self.values = self.values.checked_sub(1).ok_or(PdfFault::TooMuchWork)?;
        Ok(())
    }
}

/// Reads from one place of a buffer onwards.
pub struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub fn new(bytes: &'a [u8], at: usize) -> Lexer<'a> {
        Lexer { bytes, at }
    }

    pub fn position(&self) -> usize {
        self.at
    }

    /// The next value; references are values.
    pub fn object(&mut self, budget: &mut Budget) -> Result<Object, PdfFault> {
        self.value(budget, 0)
    }

    /// `number generation obj`, as an indirect object begins.
    pub fn object_head(&mut self) -> Result<Id, PdfFault> {
        let id = self.pair().ok_or(self.grammar("an object does not begin with its number"))?;
        if !self.keyword(b"obj") {
            return Err(self.grammar("an object does not begin with its number"));
        }
        Ok(id)
    }

    /// Steps over one word when it is next.
    pub fn keyword(&mut self, word: &[u8]) -> bool {
        self.skip_space();
        let end = self.at + word.len();
        if self.bytes.get(self.at..end) != Some(word) || !self.ends_token(end) {
            return false;
        }
        self.at = end;
        true
    }

    /// The word that is next, whatever it says: an operator of a page's content.
    pub fn operator(&mut self) -> &'a [u8] {
        self.skip_space();
        self.run(|byte| !is_space(byte) && !is_delimiter(byte))
    }

    /// A number without sign, as they stand in tables and heads of objects.
    pub fn unsigned(&mut self) -> Option<u64> {
        self.skip_space();
        let digits = self.run(|byte| byte.is_ascii_digit());
        if digits.is_empty() || digits.len() > 19 || !self.ends_token(self.at) {
            return None;
        }
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    /// After `stream`: CR LF or LF, and never CR alone (§7.3.8.1).
    pub fn stream_start(&mut self) -> Option<usize> {
        match self.bytes.get(self.at..)? {
            [b'\r', b'\n', ..] => Some(self.at + 2),
            [b'\n', ..] => Some(self.at + 1),
            _ => None,
        }
    }

    fn value(&mut self, budget: &mut Budget, depth: usize) -> Result<Object, PdfFault> {
        if depth > DEPTH_MAX {
            return Err(PdfFault::TooDeep);
        }
        budget.spend_value()?;
        self.skip_space();
        match self.bytes.get(self.at..).unwrap_or_default() {
            [b'/', ..] => Ok(Object::Name(self.name()?)),
            [b'(', ..] => self.literal(),
            [b'<', b'<', ..] => self.dictionary(budget, depth),
            [b'<', ..] => self.hexadecimal(),
            [b'[', ..] => self.array(budget, depth),
            [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => self.number_or_reference(),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Result<Object, PdfFault> {
        let words: [(&[u8], Object); 3] = [
            (b"true", Object::Boolean(true)),
            (b"false", Object::Boolean(false)),
            (b"null", Object::Null),
        ];
        for (word, value) in words {
            if self.keyword(word) {
                return Ok(value);
            }
        }
        Err(self.grammar("a value is expected"))
    }

    fn array(&mut self, budget: &mut Budget, depth: usize) -> Result<Object, PdfFault> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.bytes.get(self.at) == Some(&b']') {
                self.at += 1;
                return Ok(Object::Array(items));
            }
            items.push(self.value(budget, depth + 1)?);
        }
    }

    fn dictionary(&mut self, budget: &mut Budget, depth: usize) -> Result<Object, PdfFault> {
        self.at += 2;
        let mut dictionary = Dictionary::default();
        loop {
            self.skip_space();
            match self.bytes.get(self.at..).unwrap_or_default() {
                [b'>', b'>', ..] => {
                    self.at += 2;
                    return Ok(Object::Dictionary(dictionary));
                }
                [b'/', ..] => {
                    let key = self.name()?;
                    let value = self.value(budget, depth + 1)?;
                    if dictionary.0.insert(key, value).is_some() {
                        return Err(PdfFault::NameTwice { at: self.at });
                    }
                }
                _ => return Err(self.grammar("a dictionary has something else than names")),
            }
        }
    }

    fn name(&mut self) -> Result<Vec<u8>, PdfFault> {
        self.at += 1;
        let raw = self.run(|byte| !is_space(byte) && !is_delimiter(byte));
        if !raw.contains(&b'#') {
            return Ok(raw.to_vec());
        }
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let [first, more @ ..] = rest {
            match (first, more) {
                (b'#', [high, low, after @ ..]) => {
                    let (Some(high), Some(low)) = (digit(*high), digit(*low)) else {
                        return Err(self.grammar("a name has a bad escape"));
                    };
                    name.push(high << 4 | low);
                    rest = after;
                }
                (b'#', _) => return Err(self.grammar("a name has a bad escape")),
                _ => {
                    name.push(*first);
                    rest = more;
                }
            }
        }
        Ok(name)
    }

    fn number_or_reference(&mut self) -> Result<Object, PdfFault> {
        let start = self.at;
        if let Some(id) = self.pair()
            && self.keyword(b"R")
        {
            return Ok(Object::Reference(id));
        }
        self.at = start;
        let token = self.run(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'));
        if !self.ends_token(self.at) || token.len() > 64 {
            return Err(self.grammar("a number is not one"));
        }
        let token = std::str::from_utf8(token).unwrap_or_default();
        let unsigned = token.strip_prefix(['+', '-']).unwrap_or(token);
        let plain = unsigned.bytes().all(|byte| byte.is_ascii_digit());
        let number = if plain {
            token.parse().ok().map(Object::Integer)
        } else if unsigned.contains(['+', '-']) || unsigned == "." {
            None
        } else {
            token.parse().ok().map(Object::Real)
        };
        number.ok_or(self.grammar("a number is not one"))
    }

    fn pair(&mut self) -> Option<Id> {
        let number = u32::try_from(self.unsigned()?).ok()?;
        let generation = u16::try_from(self.unsigned()?).ok()?;
        Some(Id { number, generation })
    }

    fn hexadecimal(&mut self) -> Result<Object, PdfFault> {
        let start = self.at;
        self.at += 1;
        let mut bytes = Vec::new();
        let mut half = None;
        loop {
            let byte = *self.bytes.get(self.at).ok_or(PdfFault::Cut)?;
            self.at += 1;
            match (byte, digit(byte)) {
                (b'>', _) => break,
                (_, Some(value)) => match half.take() {
                    Some(high) => bytes.push(high << 4 | value),
                    None => half = Some(value),
                },
                _ if is_space(byte) => {}
                _ => return Err(self.grammar("a hexadecimal string has other letters")),
            }
        }
        bytes.extend(half.map(|high| high << 4));
        Ok(Object::Text(Text { bytes, hexadecimal: true, span: start..self.at }))
    }

    fn literal(&mut self) -> Result<Object, PdfFault> {
        let start = self.at;
        self.at += 1;
        let mut bytes = Vec::new();
        let mut open = 1usize;
        while open > 0 {
            let byte = *self.bytes.get(self.at).ok_or(PdfFault::Cut)?;
            self.at += 1;
            match byte {
                b'\\' => self.escape(&mut bytes)?,
                b'\r' => {
                    if self.bytes.get(self.at) == Some(&b'\n') {
                        self.at += 1;
                    }
                    bytes.push(b'\n');
                }
                _ => {
                    open = match byte {
                        b'(' => open + 1,
                        b')' => open - 1,
                        _ => open,
                    };
                    bytes.push(byte);
                }
            }
        }
        bytes.pop();
        Ok(Object::Text(Text { bytes, hexadecimal: false, span: start..self.at }))
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) -> Result<(), PdfFault> {
        let byte = *self.bytes.get(self.at).ok_or(PdfFault::Cut)?;
        self.at += 1;
        match byte {
            b'n' => bytes.push(b'\n'),
            b'r' => bytes.push(b'\r'),
            b't' => bytes.push(b'\t'),
            b'b' => bytes.push(8),
            b'f' => bytes.push(12),
            b'\n' => {}
            b'\r' => {
                if self.bytes.get(self.at) == Some(&b'\n') {
                    self.at += 1;
                }
            }
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(next @ b'0'..=b'7') = self.bytes.get(self.at) else { break };
                    value = value * 8 + u32::from(next - b'0');
                    self.at += 1;
                }
                bytes.push((value & 0xFF) as u8);
            }
            other => bytes.push(other),
        }
        Ok(())
    }

    fn run(&mut self, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !belongs(*byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// White space and comments.
    pub fn skip_space(&mut self) {
        loop {
            self.run(is_space);
            if self.bytes.get(self.at) != Some(&b'%') {
                return;
            }
            self.run(|byte| byte != b'\n' && byte != b'\r');
        }
    }

    fn ends_token(&self, at: usize) -> bool {
        self.bytes.get(at).is_none_or(|byte| is_space(*byte) || is_delimiter(*byte))
    }

    fn grammar(&self, what: &'static str) -> PdfFault {
        PdfFault::Grammar { at: self.at, what }
    }
}

pub fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok())
}
