//! Texts as the sources have them, made fit to be shown: one Unicode form, no odd characters, no
//! lines broken by a PDF's margin. The original stays with the source record.

use unicode_normalization::UnicodeNormalization;

/// One Unicode form (NFC); odd spaces become spaces, invisible marks go, the bullets of symbol
/// fonts become a bullet. Line ends and tabs stay.
pub fn normal(text: &str) -> String {
    text.chars().filter_map(plain).nfc().collect()
}

fn plain(letter: char) -> Option<char> {
    match letter {
        '\n' | '\t' => Some(letter),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => Some('\n'),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' => None,
        '\u{feff}' | '\u{ad}' => None,
        // Wingdings and Symbol, pasted from a word processor: they are all bullets there.
        '\u{e000}'..='\u{f8ff}' => Some('•'),
        letter if letter.is_control() => None,
        letter => Some(letter),
    }
}

/// A name or another single line.
pub fn line(text: &str) -> String {
    let text = normal(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Several lines: each a paragraph or a point of a list.
pub fn block(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for raw in normal(text).split('\n') {
        let next = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        match lines.last_mut() {
            _ if next.is_empty() => {}
            Some(last) if goes_on(last, &next) => {
                last.push(' ');
                last.push_str(&next);
            }
            _ => lines.push(next),
        }
    }
    lines.join("\n")
}

/// A line that begins in the middle of a sentence belongs to the one before.
fn goes_on(last: &str, next: &str) -> bool {
    let mut letters = next.chars();
    let first = letters.next();
    let second = letters.next();
    let is_point = matches!(second, Some(')' | '.' | '/' | '-'));
    let is_open = !last.ends_with(['.', ';', ':', '!', '?']);
    is_open && !is_point && first.is_some_and(char::is_lowercase)
}

/// What the portal writes where it has nothing.
pub fn is_nothing(text: &str) -> bool {
    matches!(text.trim(), "" | "--" | "Không có thông tin")
}

/// The text, or none where the portal has nothing.
pub fn some(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !is_nothing(text))
}

/// Words that only say that there is no fee.
pub fn says_no_fee(text: &str) -> bool {
    let folded = platform::fold::fold(text);
    let exempt = ["mien phi", "mien le phi", "mien thu", "khong thu"];
    matches!(folded.as_str(), "" | "khong" | "khong co" | "khong quy dinh" | "khong co phi")
        || (exempt.iter().any(|start| folded.starts_with(start)) && !names_money(&folded))
}

/// A run of digits before a word for đồng.
fn names_money(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    words.windows(2).any(|pair| {
        pair[0].bytes().all(|byte| byte.is_ascii_digit())
            && matches!(pair[1], "dong" | "d" | "vnd" | "usd")
    })
}
