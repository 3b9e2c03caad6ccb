//! Names of files as people give them, made harmless for screens, headers and disks.

use unicode_normalization::UnicodeNormalization;

/// Longest name in characters; longer ones lose their middle, not their ending.
const NAME_MAX: usize = 120;

/// The last part of a path, composed letters, no control or direction-changing characters, none
/// that a file system or a header would read otherwise. Never empty.
pub fn clean_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let harmless: String = last.nfc().map(|c| if harmful(c) { ' ' } else { c }).collect();
    let name = harmless.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() {
        return "tep".to_owned();
    }
    shortened(name)
}

/// What the name says it is: `pdf` of `Giấy khai sinh.PDF`. `Đơn số 1.2026` says nothing.
pub fn extension(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    let means_a_kind = (1..=5).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
    means_a_kind.then(|| ending.to_ascii_lowercase())
}

/// The value of a Content-Disposition header (RFC 6266): a plain name for old readers and the
/// whole one, percent-encoded, for the others.
pub fn disposition(kind: &str, name: &str) -> String {
    let plain: String = without_marks(name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || " ._-()".contains(c) { c } else { '_' })
        .collect();
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{}", percent_encoded(name))
}

fn harmful(c: char) -> bool {
    c.is_control()
        || "\"<>:|?*;%".contains(c)
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || c == '\u{feff}'
}

fn shortened(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    if characters.len() <= NAME_MAX {
        return name.to_owned();
    }
    let tail: String = characters[characters.len() - 20..].iter().collect();
    let head: String = characters[..NAME_MAX - 21].iter().collect();
    format!("{head}…{tail}")
}

fn without_marks(name: &str) -> String {
    name.nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            other => other,
        })
        .collect()
}

/// RFC 8187: everything but letters, digits and a few marks as %XX of its UTF-8.
fn percent_encoded(name: &str) -> String {
    let mut text = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}
