//! Texts as people type and paste them, made comparable: one Unicode form, no invisible
//! characters, no spaces that mean nothing. What was typed stays as it was; only the value that
//! is checked and handed in is normalised.

use identity::{PersonalNumber, PhoneNumber, TaxCode};
use unicode_normalization::UnicodeNormalization;

use super::field::Kind;

/// The value of a text that is typed into one box.
pub fn text(kind: Kind, several_lines: bool, typed: &str) -> String {
    let clean: String = typed.nfc().filter(|character| !is_invisible(*character)).collect();
    match kind {
        _ if several_lines => lines(&clean),
        Kind::Phone => phone(&clean),
        Kind::PersonalNumber => match PersonalNumber::parse(&clean) {
            Ok(number) => number.as_str().to_owned(),
            Err(_) => one_line(&clean),
        },
        Kind::TaxCode => match TaxCode::parse(&clean) {
            Ok(code) => code.canonical(),
            Err(_) => one_line(&clean),
        },
        Kind::Email => clean.chars().filter(|character| !character.is_whitespace()).collect(),
        _ => one_line(&clean),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines keep their breaks; spaces at their ends and empty lines around the whole go.
fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

/// One spelling of a number that messages reach; of others only the ornaments go.
fn phone(text: &str) -> String {
    match PhoneNumber::parse(text) {
        Ok(number) => number.as_str().to_owned(),
        Err(_) => {
            let ornament = |letter: char| letter.is_whitespace() || ".-()".contains(letter);
            text.chars().filter(|letter| !ornament(*letter)).collect()
        }
    }
}

/// Marks of direction and joining, soft hyphens and control characters that come with pasted
/// text. Line breaks and tabs are seen as space.
fn is_invisible(character: char) -> bool {
    let control = character.is_control() && !matches!(character, '\n' | '\r' | '\t');
    control
        || matches!(character,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{FEFF}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}')
}

/// A number as Vietnamese write it: `1.234.567`, `1 234 567`, `12,5`, and as machines do: `12.5`.
/// A point with three digits after each is a mark of thousands.
pub fn number(typed: &str) -> Option<f64> {
    let clean: String =
        typed.chars().filter(|it| !it.is_whitespace() && !is_invisible(*it)).collect();
    let (sign, digits) = match clean.strip_prefix(['-', '−']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, clean.as_str()),
    };
    let (whole, decimals) = split_decimals(digits)?;
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(&whole) || decimals.as_deref().is_some_and(|text| !plain(text)) {
        return None;
    }
    let written = format!("{whole}.{}", decimals.as_deref().unwrap_or("0"));
    written.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| sign * number)
}

/// The digits before and after the decimal mark, without the marks of thousands.
fn split_decimals(digits: &str) -> Option<(String, Option<String>)> {
    if let Some((whole, decimals)) = digits.split_once(',') {
        return Some((without_thousands(whole)?, Some(decimals.to_owned())));
    }
    match without_thousands(digits) {
        Some(whole) => Some((whole, None)),
        None => {
            let (whole, decimals) = digits.split_once('.')?;
            Some((whole.to_owned(), Some(decimals.to_owned())))
        }
    }
}

fn without_thousands(digits: &str) -> Option<String> {
    let mut groups = digits.split('.');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || (1..=3).contains(&first.len());
    (grouped && rest.iter().all(|group| group.len() == 3))
        .then(|| format!("{first}{}", rest.concat()))
}
