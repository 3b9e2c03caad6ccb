//! What canonical forms write otherwise than it is (Canonical XML 1.0 §1.1 and §2.3).

/// Bit 1: escaped in text; bit 2: escaped in attributes.
const TEXT: u8 = 1;
const VALUE: u8 = 2;
const ESCAPED: [u8; 256] = {
    let mut table = [0; 256];
    table[b'&' as usize] = TEXT | VALUE;
    table[b'<' as usize] = TEXT | VALUE;
    table[b'\r' as usize] = TEXT | VALUE;
    table[b'>' as usize] = TEXT;
    table[b'"' as usize] = VALUE;
    table[b'\t' as usize] = VALUE;
    table[b'\n' as usize] = VALUE;
    table
};

/// Text between tags, piece by piece.
pub fn text(text: &str, put: &mut dyn FnMut(&str)) {
    pieces(text, TEXT, put);
}

/// The value of an attribute.
pub fn value(value: &str, put: &mut dyn FnMut(&str)) {
    pieces(value, VALUE, put);
}

fn pieces(text: &str, place: u8, put: &mut dyn FnMut(&str)) {
    let mut left = text;
    let special = |byte: u8| ESCAPED[usize::from(byte)] & place != 0;
    while let Some(at) = left.bytes().position(special) {
        let (plain, rest) = left.split_at(at);
        put(plain);
        put(match rest.as_bytes().first() {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            Some(b'"') => "&quot;",
            Some(b'\t') => "&#x9;",
            Some(b'\n') => "&#xA;",
            _ => "&#xD;",
        });
        left = rest.get(1..).unwrap_or_default();
    }
    put(left);
}
