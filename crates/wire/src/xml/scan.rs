//! The small things of XML: characters, names, references, ends of lines, the declaration.

use std::borrow::Cow;

use super::read::ReadFault;

pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// The place of the first character that XML 1.0 does not allow.
pub(crate) fn forbidden(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let control = |byte: u8| (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
    let mut offset = 0;
    // In pieces without a branch, so that the compiler looks at many bytes at once.
    for piece in bytes.chunks(4096) {
        if piece.iter().fold(false, |found, byte| found | control(*byte)) {
            return piece.iter().position(|byte| control(*byte)).map(|at| offset + at);
        }
        offset += piece.len();
    }
    if !bytes.contains(&0xef) {
        return None;
    }
    text.find('\u{fffe}').or_else(|| text.find('\u{ffff}'))
}

/// The position after `<?xml … ?>`, or `start` when there is none.
pub(super) fn declaration(text: &str, start: usize) -> Result<usize, ReadFault> {
    let fault = ReadFault::Declaration { at: start };
    let rest = text.get(start..).unwrap_or_default();
    let Some(body) = rest.strip_prefix("<?xml") else { return Ok(start) };
    if !body.bytes().next().is_some_and(is_space) {
        return Ok(start); // an instruction like <?xml-stylesheet …?>
    }
    let length = body.find("?>").ok_or(ReadFault::Truncated)?;
    let mut left = body.get(..length).unwrap_or_default();
    let version = word(&mut left, "version").ok_or(fault.clone())?;
    if version != "1.0" {
        return Err(fault);
    }
    if let Some(encoding) = word(&mut left, "encoding")
        && !encoding.eq_ignore_ascii_case("utf-8")
    {
        return Err(ReadFault::Encoding);
    }
    if let Some(standalone) = word(&mut left, "standalone")
        && !matches!(standalone, "yes" | "no")
    {
        return Err(fault);
    }
    match left.bytes().all(is_space) {
        true => Ok(start + "<?xml".len() + length + "?>".len()),
        false => Err(fault),
    }
}

/// `<!` at the front, and neither comment nor CDATA.
pub(super) fn no_markup(text: &str, at: usize) -> ReadFault {
    match text.get(2..9).is_some_and(|word| word.eq_ignore_ascii_case("DOCTYPE")) {
        true => ReadFault::Doctype { at },
        false => ReadFault::Markup { at },
    }
}

/// Takes ` name="value"` off the front.
fn word<'a>(left: &mut &'a str, name: &str) -> Option<&'a str> {
    const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];
    let after = left.trim_start_matches(SPACE);
    if after.len() == left.len() {
        return None;
    }
    let value = after.strip_prefix(name)?.trim_start_matches(SPACE).strip_prefix('=')?;
    let value = value.trim_start_matches(SPACE);
    let quote = value.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let (value, rest) = value.get(1..)?.split_once(quote)?;
    *left = rest;
    Some(value)
}

/// The length in bytes of the qualified name at the front, and of its prefix.
pub(super) fn qualified_name(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut length = 0;
    let mut colon = 0;
    let mut starts = true;
    while let Some(byte) = bytes.get(length) {
        let step = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => 1,
            b'0'..=b'9' | b'-' | b'.' if !starts => 1,
            b':' if colon == 0 && length > 0 => {
                colon = length;
                length += 1;
                starts = true;
                continue;
            }
            0x80.. => {
                let character = text.get(length..)?.chars().next()?;
                match starts {
                    true if !is_name_start(character) => return None,
                    false if !is_name(character) => break,
                    _ => character.len_utf8(),
                }
            }
            b':' | b'0'..=b'9' | b'-' | b'.' => return None,
            _ => break,
        };
        length += step;
        starts = false;
    }
    (!starts).then_some((length, colon))
}

/// Beyond ASCII (XML 1.0 §2.3, production 4).
fn is_name_start(character: char) -> bool {
    matches!(character,
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
        | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

fn is_name(character: char) -> bool {
    is_name_start(character)
        || matches!(character, '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// `\r\n` and `\r` are `\n` (XML 1.0 §2.11).
pub(super) fn line_ends(raw: &str) -> Cow<'_, str> {
    match raw.as_bytes().contains(&b'\r') {
        true => Cow::Owned(raw.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(raw),
    }
}

/// Text between tags: ends of lines and references.
pub(super) fn text(raw: &str, at: usize) -> Result<Cow<'_, str>, ReadFault> {
    let bytes = raw.as_bytes();
    match bytes.contains(&b'&') {
        true => expand(raw, at, |byte| byte == b'\r').map(Cow::Owned),
        false => Ok(line_ends(raw)),
    }
}

/// The value of an attribute: white space becomes spaces, except where it came by reference.
pub(super) fn value(raw: &str, at: usize) -> Result<Cow<'_, str>, ReadFault> {
    let special = |byte: u8| matches!(byte, b'\r' | b'\n' | b'\t');
    match raw.bytes().any(|byte| byte == b'&' || special(byte)) {
        true => expand(raw, at, special).map(Cow::Owned),
        false => Ok(Cow::Borrowed(raw)),
    }
}

/// Replaces references, and white space for which `is_special`: a lone `\r` or a `\r\n` counts
/// as one `\n`, which stays itself in text and is a space in an attribute.
fn expand(raw: &str, at: usize, is_special: fn(u8) -> bool) -> Result<String, ReadFault> {
    let white = if is_special(b'\n') { ' ' } else { '\n' };
    let mut out = String::with_capacity(raw.len());
    let mut from = 0;
    while let Some(found) = raw
        .as_bytes()
        .get(from..)
        .and_then(|left| left.iter().position(|byte| *byte == b'&' || is_special(*byte)))
    {
        let here = from + found;
        out.push_str(raw.get(from..here).unwrap_or_default());
        let left = raw.get(here..).unwrap_or_default();
        if left.starts_with('&') {
            let (character, length) =
                reference(left).ok_or(ReadFault::Reference { at: at + here })?;
            out.push(character);
            from = here + length;
        } else {
            out.push(white);
            from = here + if left.starts_with("\r\n") { 2 } else { 1 };
        }
    }
    out.push_str(raw.get(from..).unwrap_or_default());
    Ok(out)
}

/// The character of `&…;` at the front, and the length of the reference.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(16).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = name.strip_prefix('#')?;
            let (digits, radix) = match digits.strip_prefix('x') {
                Some(digits) => (digits, 16),
                None => (digits, 10),
            };
            // `from_str_radix` would take a sign.
            if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return None;
            }
            char::from_u32(u32::from_str_radix(digits, radix).ok()?).filter(|it| is_allowed(*it))?
        }
    };
    Some((character, end + 1))
}

fn is_allowed(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        other => other >= ' ',
    }
}

/// An address with a scheme that RFC 3986 could write; others refuse the rest, and so do we.
pub(super) fn is_absolute(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once(':') else { return false };
    let mut letters = scheme.bytes();
    let begins = letters.next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let scheme = letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let authority = rest.strip_prefix("//").and_then(|rest| rest.split(['/', '?', '#']).next());
    let host = authority.and_then(|whole| whole.rsplit('@').next()).unwrap_or_default();
    let port = host.split_once(':').map_or("", |(_, port)| port);
    begins && scheme && is_reference(rest) && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Only characters that RFC 3986 has in an address or a part of one.
pub(super) fn is_reference(text: &str) -> bool {
    let bytes = text.as_bytes();
    let allowed = |(at, byte): (usize, &u8)| match byte {
        b'%' => bytes.get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)),
        b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | b'[' | b']' => false,
        byte => byte.is_ascii_graphic(),
    };
    bytes.iter().enumerate().all(allowed) && text.matches('#').count() <= 1
}
