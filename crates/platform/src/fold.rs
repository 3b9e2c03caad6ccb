//! Folding: what a person types without diacritics finds what was written with them.
//!
//! `fold("Đăng ký khai sinh") == "dang ky khai sinh"`. Columns that are searched hold the folded
//! text, and the question is folded the same way.

#[cfg(test)]
mod tests;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Marks stripped, đ as d, lower case, everything that is not a letter or digit one space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        push_all(&mut folded, text.chars());
    } else {
        // The compatibility form also takes apart what other keyboards bring: full-width letters
        // and figures, ligatures, "m²".
        push_all(&mut folded, text.nfkd().filter(|character| !is_combining_mark(*character)));
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// The folded words of a text, in order: `["dang", "ky", "khai", "sinh"]`.
pub fn tokens(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|token| !token.is_empty()).map(str::to_owned).collect()
}

fn push_all(folded: &mut String, characters: impl Iterator<Item = char>) {
    for character in characters {
        match character {
            // These have no decomposition. Ð (Icelandic) is what some old fonts wrote for Đ.
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'a'..='z' | '0'..='9' => folded.push(character),
            'A'..='Z' => folded.push(character.to_ascii_lowercase()),
            _ if character.is_alphanumeric() => folded.extend(character.to_lowercase()),
            _ if folded.is_empty() || folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
}
