//! Writing DER: small values become bytes, and bytes are put together.

use jiff::Timestamp;

use super::{Oid, tag, time};

/// Tag, length, and the parts one after the other.
pub fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut der = Vec::with_capacity(length + 6);
    der.push(tag);
    push_length(&mut der, length);
    for part in parts {
        der.extend_from_slice(part);
    }
    der
}

fn push_length(der: &mut Vec<u8>, length: usize) {
    if let Ok(short @ 0..=127) = u8::try_from(length) {
        der.push(short);
        return;
    }
    let digits = length.to_be_bytes();
    let used = digits.iter().skip_while(|digit| **digit == 0);
    der.push(0x80 | used.clone().count() as u8);
    der.extend(used);
}

pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(tag::SEQUENCE, parts)
}

pub fn sequence_of(items: &[Vec<u8>]) -> Vec<u8> {
    tlv(tag::SEQUENCE, &slices(items))
}

/// A SET OF in the order that DER asks for.
pub fn set_of(tag: u8, mut items: Vec<Vec<u8>>) -> Vec<u8> {
    items.sort_unstable();
    tlv(tag, &slices(&items))
}

fn slices(items: &[Vec<u8>]) -> Vec<&[u8]> {
    items.iter().map(Vec::as_slice).collect()
}

/// `[number]` explicitly around something.
pub fn explicit(number: u8, parts: &[&[u8]]) -> Vec<u8> {
    tlv(tag::constructed(number), parts)
}

pub fn oid(oid: &Oid) -> Vec<u8> {
    tlv(tag::OID, &[oid.contents()])
}

pub fn octets(bytes: &[u8]) -> Vec<u8> {
    tlv(tag::OCTET_STRING, &[bytes])
}

/// A BIT STRING of whole bytes.
pub fn bits_of_bytes(bytes: &[u8]) -> Vec<u8> {
    tlv(tag::BIT_STRING, &[&[0], bytes])
}

/// A BIT STRING of named bits, bit 0 first, without zeros at its end.
pub fn named_bits(tag: u8, bits: u32) -> Vec<u8> {
    let used = 32 - bits.leading_zeros();
    let unused = (8 - used % 8) % 8;
    let bytes: Vec<u8> = bits.to_le_bytes().iter().map(|byte| byte.reverse_bits()).collect();
    let bytes = bytes.get(..used.div_ceil(8) as usize).unwrap_or_default();
    tlv(tag, &[&[unused as u8], bytes])
}

/// A number without sign, most significant byte first.
pub fn unsigned(bytes: &[u8]) -> Vec<u8> {
    let first = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let bytes = bytes.get(first..).unwrap_or_default();
    let needs_zero = bytes.first().is_none_or(|byte| byte & 0x80 != 0);
    tlv(tag::INTEGER, &[if needs_zero { &[0] } else { &[] }, bytes])
}

pub fn small(number: u64) -> Vec<u8> {
    unsigned(&number.to_be_bytes())
}

pub fn enumerated(number: u8) -> Vec<u8> {
    tlv(tag::ENUMERATED, &[&[number & 0x7f]])
}

pub fn boolean(value: bool) -> Vec<u8> {
    tlv(tag::BOOLEAN, &[&[if value { 0xff } else { 0 }]])
}

pub fn null() -> Vec<u8> {
    tlv(tag::NULL, &[])
}

pub fn utf8(text: &str) -> Vec<u8> {
    tlv(tag::UTF8, &[text.as_bytes()])
}

pub fn ia5(text: &str) -> Vec<u8> {
    tlv(tag::IA5, &[text.as_bytes()])
}

/// As certificates and signing-time write it: to the second, UTCTime until 2049.
pub fn time(at: Timestamp) -> Vec<u8> {
    let (tag, text) = time::write(at);
    tlv(tag, &[text.as_bytes()])
}

/// GeneralizedTime to the second, as OCSP and CRL extensions write it.
pub fn generalized_time(at: Timestamp) -> Vec<u8> {
    tlv(tag::GENERALIZED_TIME, &[time::write_generalized(at, false).as_bytes()])
}

/// GeneralizedTime with its fraction of a second, as time stamps write it.
pub fn exact_time(at: Timestamp) -> Vec<u8> {
    tlv(tag::GENERALIZED_TIME, &[time::write_generalized(at, true).as_bytes()])
}
