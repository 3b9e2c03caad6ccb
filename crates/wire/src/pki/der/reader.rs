//! A walk over DER, without copies.

use jiff::Timestamp;

use super::{DerFault, Oid, tag, time};

/// What is left to read of one constructed value.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

/// One tag, length and value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    pub tag: u8,
    /// The contents.
    pub value: &'a [u8],
    /// With tag and length, as it stood there.
    pub whole: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { rest: bytes }
    }

    /// Exactly one SEQUENCE and nothing after it.
    pub fn of_sequence(bytes: &'a [u8]) -> Result<Reader<'a>, DerFault> {
        let mut outer = Reader::new(bytes);
        let inner = outer.sequence()?;
        outer.finish()?;
        Ok(inner)
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// # Errors
    /// [`DerFault::Trailing`] when something is left.
    pub fn finish(&self) -> Result<(), DerFault> {
        if self.rest.is_empty() { Ok(()) } else { Err(DerFault::Trailing) }
    }

    /// The next element, whatever it is.
    pub fn any(&mut self) -> Result<Element<'a>, DerFault> {
        let (&tag, after_tag) = self.rest.split_first().ok_or(DerFault::Truncated)?;
        if tag & 0x1f == 0x1f {
            return Err(DerFault::HighTag);
        }
        let (length, header_bytes) = read_length(after_tag)?;
        let end = length.checked_add(header_bytes + 1).ok_or(DerFault::Length)?;
        let whole = self.rest.get(..end).ok_or(DerFault::Truncated)?;
        let value = whole.get(header_bytes + 1..).ok_or(DerFault::Truncated)?;
        self.rest = self.rest.get(end..).unwrap_or_default();
        Ok(Element { tag, value, whole })
    }

    /// The next element, which must have this tag.
    pub fn tagged(&mut self, tag: u8) -> Result<Element<'a>, DerFault> {
        match self.peek() {
            None => Err(DerFault::Truncated),
            Some(found) if found == tag => self.any(),
            Some(found) => Err(DerFault::Tag { expected: tag, found }),
        }
    }

    /// The next element when it has this tag.
    pub fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, DerFault> {
        if self.peek() == Some(tag) { self.any().map(Some) } else { Ok(None) }
    }

    pub fn sequence(&mut self) -> Result<Reader<'a>, DerFault> {
        Ok(self.tagged(tag::SEQUENCE)?.inside())
    }

    pub fn set(&mut self) -> Result<Reader<'a>, DerFault> {
        Ok(self.tagged(tag::SET)?.inside())
    }

    /// The inside of `[number]` when it stands here.
    pub fn optional_inside(&mut self, number: u8) -> Result<Option<Reader<'a>>, DerFault> {
        Ok(self.optional(tag::constructed(number))?.map(|element| element.inside()))
    }

    pub fn oid(&mut self) -> Result<Oid, DerFault> {
        self.tagged(tag::OID)?.oid()
    }

    pub fn octets(&mut self) -> Result<&'a [u8], DerFault> {
        Ok(self.tagged(tag::OCTET_STRING)?.value)
    }

    /// A BIT STRING of whole bytes, as keys and signatures are.
    pub fn bits_of_bytes(&mut self) -> Result<&'a [u8], DerFault> {
        match self.tagged(tag::BIT_STRING)?.bits()? {
            (0, bytes) => Ok(bytes),
            _ => Err(DerFault::BitString),
        }
    }

    /// The contents of an INTEGER of any size.
    pub fn integer(&mut self) -> Result<&'a [u8], DerFault> {
        self.tagged(tag::INTEGER)?.integer()
    }

    pub fn small(&mut self) -> Result<u64, DerFault> {
        self.tagged(tag::INTEGER)?.small()
    }

    /// `BOOLEAN DEFAULT FALSE`. That FALSE is written out is against DER, but it is so in roots
    /// that the whole world trusts; it says nothing else than its absence.
    pub fn flag(&mut self) -> Result<bool, DerFault> {
        self.optional(tag::BOOLEAN)?.map_or(Ok(false), |element| element.boolean())
    }

    /// UTCTime or GeneralizedTime.
    pub fn time(&mut self) -> Result<Timestamp, DerFault> {
        self.any()?.time()
    }
}

impl<'a> Iterator for Reader<'a> {
    type Item = Result<Element<'a>, DerFault>;

    /// After a fault nothing more comes.
    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let element = self.any();
        if element.is_err() {
            self.rest = &[];
        }
        Some(element)
    }
}

impl<'a> Element<'a> {
    pub fn inside(&self) -> Reader<'a> {
        Reader::new(self.value)
    }

    /// The element, when it has this tag.
    pub fn expect_tag(self, expected: u8) -> Result<Element<'a>, DerFault> {
        if self.tag == expected {
            Ok(self)
        } else {
            Err(DerFault::Tag { expected, found: self.tag })
        }
    }

    pub fn boolean(&self) -> Result<bool, DerFault> {
        match self.value {
            [0x00] => Ok(false),
            [0xff] => Ok(true),
            _ => Err(DerFault::Boolean),
        }
    }

    /// Two's complement in as few bytes as possible.
    pub fn integer(&self) -> Result<&'a [u8], DerFault> {
        match self.value {
            [] => Err(DerFault::Integer),
            [0x00, second, ..] if second & 0x80 == 0 => Err(DerFault::Integer),
            [0xff, second, ..] if second & 0x80 != 0 => Err(DerFault::Integer),
            value => Ok(value),
        }
    }

    /// An integer from 0 to 2⁶⁴−1.
    pub fn small(&self) -> Result<u64, DerFault> {
        let value = match self.integer()? {
            [first, ..] if first & 0x80 != 0 => return Err(DerFault::Integer),
            [0x00, rest @ ..] => rest,
            value => value,
        };
        if value.len() > 8 {
            return Err(DerFault::Integer);
        }
        Ok(value.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// The number of unused bits and the bytes.
    pub fn bits(&self) -> Result<(u8, &'a [u8]), DerFault> {
        let (&unused, bytes) = self.value.split_first().ok_or(DerFault::BitString)?;
        let last = bytes.last().copied().unwrap_or(0);
        let padding = (1_u16 << u16::from(unused.min(8))) - 1;
        let wrong = unused > 7 || (bytes.is_empty() && unused != 0);
        if wrong || u16::from(last) & padding != 0 {
            return Err(DerFault::BitString);
        }
        Ok((unused, bytes))
    }

    /// Named bits: bit 0 is the first. More than 32 are refused.
    pub fn named_bits(&self) -> Result<u32, DerFault> {
        let (_, bytes) = self.bits()?;
        if bytes.len() > 4 {
            return Err(DerFault::BitString);
        }
        let mut bits = 0;
        for (at, byte) in (0_u32..).zip(bytes) {
            bits |= u32::from(byte.reverse_bits()) << (8 * at);
        }
        Ok(bits)
    }

    pub fn oid(&self) -> Result<Oid, DerFault> {
        Oid::from_contents(self.value).ok_or(DerFault::Oid)
    }

    pub fn time(&self) -> Result<Timestamp, DerFault> {
        match self.tag {
            tag::UTC_TIME => time::read_utc(self.value),
            tag::GENERALIZED_TIME => time::read_generalized(self.value),
            found => Err(DerFault::Tag { expected: tag::GENERALIZED_TIME, found }),
        }
    }

    /// The text of any of the string kinds of X.680; an implicitly tagged one is [`Element::ia5`].
    pub fn text(&self) -> Result<String, DerFault> {
        let text = match self.tag {
            tag::UTF8 => str::from_utf8(self.value).ok().map(str::to_owned),
            tag::PRINTABLE | tag::NUMERIC | tag::IA5 | tag::VISIBLE => {
                return self.ia5().map(str::to_owned);
            }
            // T.61 can switch character sets; in certificates it has always been Latin-1.
            tag::T61 => Some(self.value.iter().map(|byte| char::from(*byte)).collect()),
            tag::BMP => utf16(self.value),
            tag::UNIVERSAL => utf32(self.value),
            _ => None,
        };
        text.filter(|text| !text.contains('\0')).ok_or(DerFault::Text)
    }

    /// ASCII without NUL: an embedded NUL is how names have been made to look like others.
    pub fn ia5(&self) -> Result<&'a str, DerFault> {
        let text = str::from_utf8(self.value).map_err(|_| DerFault::Text)?;
        let fits = text.is_ascii() && !text.contains('\0');
        if fits { Ok(text) } else { Err(DerFault::Text) }
    }
}

fn utf16(value: &[u8]) -> Option<String> {
    let (pairs, rest) = value.as_chunks::<2>();
    let units = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
    rest.is_empty().then(|| char::decode_utf16(units).collect::<Result<_, _>>().ok())?
}

fn utf32(value: &[u8]) -> Option<String> {
    let (fours, rest) = value.as_chunks::<4>();
    let units = fours.iter().map(|four| char::from_u32(u32::from_be_bytes(*four)));
    rest.is_empty().then(|| units.collect())?
}

/// The length, and how many bytes it took to write it.
fn read_length(bytes: &[u8]) -> Result<(usize, usize), DerFault> {
    let (&first, rest) = bytes.split_first().ok_or(DerFault::Truncated)?;
    let count = usize::from(first & 0x7f);
    if first & 0x80 == 0 {
        return Ok((count, 1));
    }
    if count == 0 || count > 4 {
        return Err(DerFault::Length);
    }
    let digits = rest.get(..count).ok_or(DerFault::Truncated)?;
    let length = digits.iter().fold(0_usize, |length, byte| length << 8 | usize::from(*byte));
    let minimal = length > 127 && digits.first() != Some(&0);
    if minimal { Ok((length, count + 1)) } else { Err(DerFault::Length) }
}
