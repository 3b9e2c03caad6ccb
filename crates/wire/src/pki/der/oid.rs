//! Object identifiers, kept as their encoding.

use std::fmt;
use std::str::FromStr;

use super::DerFault;

const CONTENTS_BYTES_MAX: usize = 39;

/// An object identifier of at most 39 bytes; arcs may be as long as a UUID.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid {
    length: u8,
    contents: [u8; CONTENTS_BYTES_MAX],
}

impl Oid {
    /// For constants: a wrong one does not compile.
    pub const fn of(arcs: &[u32]) -> Oid {
        let mut contents = [0; CONTENTS_BYTES_MAX];
        let mut length = 0;
        let mut at = 1;
        while at < arcs.len() {
            let arc = if at == 1 { arcs[0] * 40 + arcs[1] } else { arcs[at] };
            let mut groups = 1;
            while arc >> (7 * groups) != 0 && groups < 4 {
                groups += 1;
            }
            while groups > 0 {
                groups -= 1;
                let more = if groups > 0 { 0x80 } else { 0 };
                contents[length] = (arc >> (7 * groups)) as u8 & 0x7f | more;
                length += 1;
            }
            at += 1;
        }
        Oid { length: length as u8, contents }
    }

    pub(super) fn from_contents(value: &[u8]) -> Option<Oid> {
        let ends = value.last().is_some_and(|byte| byte & 0x80 == 0);
        let padded = value.first() == Some(&0x80)
            || value.windows(2).any(|pair| matches!(pair, [a, 0x80] if a & 0x80 == 0));
        // 128 bits in groups of seven: nineteen, of which the first has two bits.
        let is_too_long = |arc: &[u8]| match arc {
            [first, rest @ ..] => rest.len() > 17 || (rest.len() == 17 && first & 0x7c != 0),
            [] => false,
        };
        let too_long = value.split(|byte| byte & 0x80 == 0).any(is_too_long);
        if !ends || padded || too_long {
            return None;
        }
        let mut contents = [0; CONTENTS_BYTES_MAX];
        contents.get_mut(..value.len())?.copy_from_slice(value);
        Some(Oid { length: u8::try_from(value.len()).ok()?, contents })
    }

    /// Without tag and length.
    pub fn contents(&self) -> &[u8] {
        self.contents.get(..usize::from(self.length)).unwrap_or_default()
    }
}

impl FromStr for Oid {
    type Err = DerFault;

    /// From `1.2.3`.
    fn from_str(text: &str) -> Result<Oid, DerFault> {
        let arcs = text.split('.').map(|arc| {
            let digits = !arc.is_empty() && arc.bytes().all(|byte| byte.is_ascii_digit());
            let minimal = arc == "0" || !arc.starts_with('0');
            if digits && minimal { arc.parse::<u128>().ok() } else { None }
        });
        let arcs = arcs.collect::<Option<Vec<u128>>>().ok_or(DerFault::Oid)?;
        let [first, second, rest @ ..] = arcs.as_slice() else { return Err(DerFault::Oid) };
        if *first > 2 || (*first < 2 && *second > 39) {
            return Err(DerFault::Oid);
        }
        let joined = second.checked_add(first * 40).ok_or(DerFault::Oid)?;
        let mut contents = Vec::new();
        for arc in std::iter::once(joined).chain(rest.iter().copied()) {
            let groups = (128 - arc.leading_zeros()).div_ceil(7).max(1);
            for group in (0..groups).rev() {
                let more = if group > 0 { 0x80 } else { 0 };
                contents.push((arc >> (7 * group) & 0x7f) as u8 | more);
            }
        }
        Oid::from_contents(&contents).ok_or(DerFault::Oid)
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut arc: u128 = 0;
        let mut is_first = true;
        for byte in self.contents() {
            arc = arc << 7 | u128::from(byte & 0x7f);
            if byte & 0x80 != 0 {
                continue;
            }
            if is_first {
                let root = (arc / 40).min(2);
                write!(out, "{root}.{}", arc - root * 40)?;
            } else {
                write!(out, ".{arc}")?;
            }
            is_first = false;
            arc = 0;
        }
        Ok(())
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}
