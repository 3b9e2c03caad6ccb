//! The letters of fonts with one byte a letter.
//!
//! Specification: ISO 32000-1 annex D; Adobe Glyph List (the composed names are built from their
//! parts).

use unicode_normalization::UnicodeNormalization;

use super::super::object::Object;

/// What each of the 256 codes means.
#[derive(Debug)]
pub struct Simple(Vec<Option<char>>);

impl Simple {
    /// Latin as Windows writes it: what the other encodings say differs in signs, not in letters.
    pub fn usual() -> Simple {
        Simple((0..=255).map(windows).collect())
    }

    /// A name, or a dictionary with differences.
    pub fn of(encoding: &Object) -> Simple {
        let mut simple = Simple::usual();
        let Some(dictionary) = encoding.as_dictionary() else { return simple };
        let differences = dictionary.get("Differences").and_then(Object::as_array);
        let mut code = 0usize;
        for item in differences.unwrap_or_default() {
            match item {
                Object::Integer(next) => code = usize::try_from(*next).unwrap_or(usize::MAX),
                Object::Name(name) => {
                    if let Some(place) = simple.0.get_mut(code) {
                        *place = named(name);
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
        simple
    }

    pub fn letter(&self, code: u32) -> Option<char> {
        *self.0.get(usize::try_from(code).ok()?)?
    }
}

fn windows(byte: u8) -> Option<char> {
    const HIGH: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0',
        '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0..=0x1F | 0x7F => None,
        0x80..=0x9F => Some(HIGH[usize::from(byte - 0x80)]).filter(|letter| *letter != '\0'),
        _ => Some(char::from(byte)),
    }
}

/// A letter by its name: `A`, `uni1EA5`, `u1EA5`, `acircumflexacute`, `hyphen`.
fn named(name: &[u8]) -> Option<char> {
    let name = std::str::from_utf8(name).ok()?;
    let name = name.split('.').next().unwrap_or_default();
    let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'));
    if let Some(digits) = digits.filter(|digits| (4..=6).contains(&digits.len()))
        && let Some(letter) = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
    {
        return Some(letter);
    }
    let sign = SIGNS.iter().find(|(known, _)| *known == name);
    sign.map(|(_, letter)| *letter).or_else(|| composed(name))
}

const SIGNS: [(&str, char); 54] = [
    ("space", ' '),
    ("nbspace", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '-'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("underscore", '_'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("endash", '–'),
    ("emdash", '—'),
    ("ellipsis", '…'),
    ("bullet", '•'),
    ("section", '§'),
    ("degree", '°'),
    ("dcroat", 'đ'),
    ("Dcroat", 'Đ'),
];

const MARKS: [(&str, char); 11] = [
    ("circumflex", '\u{302}'),
    ("breve", '\u{306}'),
    ("horn", '\u{31b}'),
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("hookabove", '\u{309}'),
    ("tilde", '\u{303}'),
    ("dotbelow", '\u{323}'),
    ("dieresis", '\u{308}'),
    ("cedilla", '\u{327}'),
    ("caron", '\u{30c}'),
];

/// A letter and the marks on it, all named one behind the other.
fn composed(name: &str) -> Option<char> {
    let mut letters = name.chars();
    let mut parts = letters.next().filter(char::is_ascii_alphabetic)?.to_string();
    let mut rest = letters.as_str();
    while !rest.is_empty() {
        let (mark, sign) = MARKS.iter().find(|(mark, _)| rest.starts_with(mark))?;
        parts.push(*sign);
        rest = &rest[mark.len()..];
    }
    let mut whole = parts.nfc();
    whole.next().filter(|_| whole.next().is_none())
}
