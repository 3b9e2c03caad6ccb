//! Inflating streams, with a cap.
//!
//! Only FlateDecode and its PNG predictors: no writer uses anything else for cross-reference and
//! object streams. A page's own streams are looked into for their text alone; for them
//! [`layers`] knows two more, by which old programs made them of letters.
//!
//! Specification: ISO 32000-1 §7.4.4.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::PdfFault;
use super::object::{Dictionary, Object};

/// The bytes of a stream, at most `cap_bytes` of them.
pub fn decoded(dictionary: &Dictionary, raw: &[u8], cap_bytes: usize) -> Result<Vec<u8>, PdfFault> {
    let filter = match dictionary.get("Filter") {
        None | Some(Object::Null) => None,
        Some(Object::Array(filters)) => match filters.as_slice() {
            [] => None,
            [one] => Some(one),
            _ => return Err(PdfFault::Filter),
        },
        Some(one) => Some(one),
    };
    let data = match filter.map(|filter| filter.as_name()) {
        None if raw.len() > cap_bytes => return Err(PdfFault::TooLarge),
        None => return Ok(raw.to_vec()),
        Some(Some(b"FlateDecode")) => inflated(raw, cap_bytes)?,
        Some(_) => return Err(PdfFault::Filter),
    };
    let parameters = match dictionary.get("DecodeParms") {
        Some(Object::Dictionary(parameters)) => Some(parameters),
        Some(Object::Array(items)) => items.first().and_then(Object::as_dictionary),
        None | Some(Object::Null) => None,
        Some(_) => return Err(PdfFault::Filter),
    };
    match parameters {
        Some(parameters) => unpredicted(parameters, data),
        None => Ok(data),
    }
}

/// What a page shows, behind the filters that programs put over text: one, or letters over one.
pub fn layers(dictionary: &Dictionary, raw: &[u8], cap_bytes: usize) -> Result<Vec<u8>, PdfFault> {
    let Some(Object::Array(filters)) = dictionary.get("Filter") else {
        return decoded(dictionary, raw, cap_bytes);
    };
    let mut data = raw.to_vec();
    for filter in filters {
        data = match filter.as_name() {
            Some(b"FlateDecode") => inflated(&data, cap_bytes)?,
            Some(b"ASCIIHexDecode") => from_digits(&data),
            Some(b"ASCII85Decode") => from_letters(&data)?,
            _ => return Err(PdfFault::Filter),
        };
    }
    let is_predicted = |item: &Object| item.as_dictionary().is_some_and(|it| !it.0.is_empty());
    match dictionary.get("DecodeParms") {
        Some(Object::Array(items)) if items.iter().any(is_predicted) => Err(PdfFault::Filter),
        _ => Ok(data),
    }
}

/// Two hexadecimal digits a byte, up to `>`.
fn from_digits(data: &[u8]) -> Vec<u8> {
    let digits = data.iter().take_while(|byte| **byte != b'>');
    let digits: Vec<u8> =
        digits.filter_map(|byte| char::from(*byte).to_digit(16)).map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

/// Five letters of 85 for four bytes, up to `~>`.
fn from_letters(data: &[u8]) -> Result<Vec<u8>, PdfFault> {
    let mut out = Vec::with_capacity(data.len() / 5 * 4);
    let mut group: Vec<u32> = Vec::with_capacity(5);
    for byte in data.iter().take_while(|byte| **byte != b'~') {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            byte if byte.is_ascii_whitespace() || *byte == 0 => {}
            _ => return Err(PdfFault::Filter),
        }
        if group.len() == 5 {
            out.extend(four(&group));
            group.clear();
        }
    }
    let missing = 5 - group.len();
    if missing < 4 {
        group.resize(5, 84);
        out.extend(four(&group).into_iter().take(4 - missing));
    }
    Ok(out)
}

fn four(group: &[u32]) -> [u8; 4] {
    let number = group.iter().fold(0u32, |sum, digit| sum.wrapping_mul(85).wrapping_add(*digit));
    number.to_be_bytes()
}

fn inflated(raw: &[u8], cap_bytes: usize) -> Result<Vec<u8>, PdfFault> {
    let mut data = Vec::new();
    let mut limited = ZlibDecoder::new(raw).take(cap_bytes as u64 + 1);
    limited.read_to_end(&mut data).map_err(|_| PdfFault::Filter)?;
    if data.len() > cap_bytes {
        return Err(PdfFault::TooLarge);
    }
    Ok(data)
}

fn unpredicted(parameters: &Dictionary, data: Vec<u8>) -> Result<Vec<u8>, PdfFault> {
    let whole = |key: &str, usual: i64| parameters.integer(key).unwrap_or(usual);
    match whole("Predictor", 1) {
        1 => return Ok(data),
        10..=15 => {}
        _ => return Err(PdfFault::Filter),
    }
    let columns = usize::try_from(whole("Columns", 1)).map_err(|_| PdfFault::Filter)?;
    if whole("Colors", 1) != 1 || whole("BitsPerComponent", 8) != 8 || columns == 0 {
        return Err(PdfFault::Filter);
    }
    let row_size = columns.checked_add(1).ok_or(PdfFault::Filter)?;
    if !data.len().is_multiple_of(row_size) {
        return Err(PdfFault::Filter);
    }
    let mut out = Vec::with_capacity(data.len());
    let mut above = vec![0u8; columns.min(data.len())];
    for row in data.chunks_exact(row_size) {
        let (method, row) = row.split_first().ok_or(PdfFault::Filter)?;
        let mut line = row.to_vec();
        restore(*method, &mut line, &above).ok_or(PdfFault::Filter)?;
        out.extend_from_slice(&line);
        above = line;
    }
    Ok(out)
}

/// One row of a PNG predictor with one byte a pixel.
fn restore(method: u8, line: &mut [u8], above: &[u8]) -> Option<()> {
    let (mut left, mut corner) = (0u8, 0u8);
    for (byte, up) in line.iter_mut().zip(above) {
        let guess = match method {
            0 => 0,
            1 => left,
            2 => *up,
            3 => ((u16::from(left) + u16::from(*up)) / 2) as u8,
            4 => paeth(left, *up, corner),
            _ => return None,
        };
        *byte = byte.wrapping_add(guess);
        left = *byte;
        corner = *up;
    }
    Some(())
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(up) - i16::from(corner);
    let distance = |value: u8| (estimate - i16::from(value)).abs();
    if distance(left) <= distance(up) && distance(left) <= distance(corner) {
        left
    } else if distance(up) <= distance(corner) {
        up
    } else {
        corner
    }
}
