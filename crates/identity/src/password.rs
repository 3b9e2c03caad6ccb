//! What a password must be: long enough, not on the list of those everyone tries, not made of its
//! owner's own data. No rules about kinds of characters, no forced change: both make passwords
//! worse.
//!
//! Law: TT 12/2022/TT-BTTTT art. 9

use std::fmt;

use jiff::civil::Date;
use platform::fold::fold;
use unicode_normalization::UnicodeNormalization;

/// A password in composed form (NFC), so that every keyboard writes the same one.
/// It cannot be printed and is wiped from nothing but its own `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    #[error("nothing was written")]
    Missing,
    #[error("shorter than {least} characters")]
    Short { least: usize },
    #[error("longer than {most} characters")]
    Long { most: usize },
    #[error("one of the passwords everyone tries first")]
    Common,
    #[error("only a row of keys, a repetition or a date")]
    Row,
    #[error("made of its owner's own data")]
    Own,
}

/// Whose password it will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    Citizen,
    Officer,
}

pub const LONGEST: usize = 128;

impl Strictness {
    pub fn least(self) -> usize {
        match self {
            Strictness::Citizen => 8,
            Strictness::Officer => 12,
        }
    }
}

impl Password {
    /// A new password. `own` is what strangers can know of its owner: number, name, phone.
    pub fn choose(
        typed: &str,
        strictness: Strictness,
        own: &[&str],
    ) -> Result<Password, PasswordFault> {
        let password = Password::typed(typed);
        let length = password.0.chars().count();
        if length == 0 {
            return Err(PasswordFault::Missing);
        }
        if length < strictness.least() {
            return Err(PasswordFault::Short { least: strictness.least() });
        }
        if length > LONGEST {
            return Err(PasswordFault::Long { most: LONGEST });
        }
        if is_own(&password.0, own) {
            return Err(PasswordFault::Own);
        }
        if is_row(&password.0) || is_date(&password.0) {
            return Err(PasswordFault::Row);
        }
        if is_common(&password.0) {
            return Err(PasswordFault::Common);
        }
        Ok(password)
    }

    /// What someone types to prove an old password: only composed, never judged.
    pub fn typed(typed: &str) -> Password {
        // Four times the longest in bytes: more cannot be a password of ours, and hashing it whole
        // would let a stranger spend our time.
        let cut = typed.char_indices().nth(4 * LONGEST).map_or(typed.len(), |(at, _)| at);
        Password(typed[..cut].nfc().collect())
    }

    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Words that open the door of half the world, folded and sorted: global ones, Vietnamese ones,
/// names, places, clubs, and what this service is called.
const BLOCKLIST: &str = include_str!("blocklist.txt");

/// The list holds roots; here fall their usual disguises: capitals, diacritics, `p@ssw0rd`,
/// digits and signs hung on either end, the same word twice.
fn is_common(password: &str) -> bool {
    let plain = squash(password);
    let undisguised = squash(&undisguise(password));
    [&plain, &undisguised].into_iter().any(|form| is_listed_whole(form))
        || is_listed_whole(&squash(&undisguise(trim_tail(password))))
}

fn is_listed_whole(form: &str) -> bool {
    let root = form.trim_matches(|c: char| c.is_ascii_digit());
    is_listed(form) || is_listed(root) || is_listed(once(form)) || is_listed(once(root))
}

fn is_listed(word: &str) -> bool {
    // A linear search over some 1,600 words costs microseconds, beside a hash of 30 ms.
    !word.is_empty() && BLOCKLIST.lines().any(|listed| listed == word)
}

/// Small letters without marks, spaces and signs.
fn squash(text: &str) -> String {
    fold(text).replace(' ', "")
}

fn undisguise(text: &str) -> String {
    let letter = |c: char| match c {
        '@' | '4' => 'a',
        '3' => 'e',
        '1' | '!' | '|' => 'i',
        '0' => 'o',
        '$' | '5' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        '9' => 'g',
        other => other,
    };
    text.chars().map(letter).collect()
}

/// Without the year or `!!!` that was hung on to please some other policy.
fn trim_tail(text: &str) -> &str {
    text.trim_end_matches(|c: char| !c.is_alphabetic())
}

/// `hanoihanoi` is `hanoi`.
fn once(text: &str) -> &str {
    (1..=text.len() / 2)
        .filter(|period| text.len().is_multiple_of(*period) && text.is_char_boundary(*period))
        .find(|period| text[..*period].repeat(text.len() / period) == text)
        .map_or(text, |period| &text[..period])
}

/// Made of at most four runs along the keyboard, the alphabet or one key: `qwerty123456`,
/// `aaaabbbb`.
fn is_row(password: &str) -> bool {
    let characters: Vec<char> = squash(password).chars().collect();
    if characters.is_empty() {
        // Signs only: a row when it is one sign, or two in turn.
        return once(password).chars().count() <= 2;
    }
    let mut rest = characters.as_slice();
    let mut runs = 0;
    while !rest.is_empty() {
        let length = (1..=rest.len()).take_while(|length| is_run(&rest[..*length])).count();
        if length < 3 {
            return once(&squash(password)).chars().count() <= 3;
        }
        rest = &rest[length..];
        runs += 1;
    }
    runs <= 4
}

fn is_run(piece: &[char]) -> bool {
    let text: String = piece.iter().collect();
    let steps: Vec<i64> =
        piece.windows(2).map(|pair| i64::from(u32::from(pair[1])) - pair[0] as i64).collect();
    let even = steps.iter().all(|step| *step == steps[0]) && steps.iter().all(|s| s.abs() <= 1);
    let backwards: String = piece.iter().rev().collect();
    even || KEY_ROWS.iter().any(|row| row.contains(&text) || row.contains(&backwards))
}

const KEY_ROWS: [&str; 8] = [
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "147258369",
];

/// A day between 1900 and 2039, however written: the first thing a relative tries.
fn is_date(password: &str) -> bool {
    let digits: String = password.chars().filter(|c| !" ./-".contains(*c)).collect();
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let number = |from: usize, to: usize| digits[from..to].parse::<i16>().unwrap_or(0);
    let readings = [
        (number(4, 8), number(2, 4), number(0, 2)),
        (number(4, 8), number(0, 2), number(2, 4)),
        (number(0, 4), number(4, 6), number(6, 8)),
    ];
    readings.into_iter().any(|(year, month, day)| {
        (1900..2040).contains(&year)
            && i8::try_from(month).is_ok_and(|month| {
                i8::try_from(day).is_ok_and(|day| Date::new(year, month, day).is_ok())
            })
    })
}

/// One of the owner's own data with fewer than five characters added, disguised or not.
fn is_own(password: &str, own: &[&str]) -> bool {
    let holds = |form: String, datum: String| {
        datum.len() >= 4 && form.contains(&datum) && form.len() < datum.len() + 5
    };
    own.iter().any(|datum| {
        holds(squash(password), squash(datum))
            || holds(squash(&undisguise(password)), squash(&undisguise(datum)))
    })
}

#[cfg(test)]
pub(crate) fn blocklist() -> impl Iterator<Item = &'static str> {
    BLOCKLIST.lines()
}
