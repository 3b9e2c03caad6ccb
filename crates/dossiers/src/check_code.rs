//! The code on a result by which anybody who is shown the paper can see that it is genuine.

use std::fmt;

/// Twelve letters and digits that are hard to confuse, in groups of four: `K7QF-M2XH-94TD`.
/// Fifty-nine bits: nobody finds a real one by guessing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckCode(String);

/// Without 0 O 1 I L U.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

impl CheckCode {
    /// From chance; a byte that would make one letter likelier than another is left out.
    pub fn mint(chance: [u8; 32]) -> CheckCode {
        let fair = chance.iter().filter(|byte| usize::from(**byte) < ALPHABET.len() * 8);
        let letters = fair.map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]));
        // 32 bytes leave out two on average: twelve are always left in practice, and padding
        // would still be a code, only a shorter secret.
        let text: String = letters.chain(std::iter::repeat('2')).take(12).collect();
        CheckCode(grouped(&text))
    }

    /// Forgives small letters, spaces, hyphens, and the letters that look like others.
    pub fn parse(text: &str) -> Option<CheckCode> {
        let tidy: String = text
            .chars()
            .filter(|letter| letter.is_ascii_alphanumeric())
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        let known = |letter: char| ALPHABET.contains(&(letter as u8));
        (tidy.len() == 12 && tidy.chars().all(known)).then(|| CheckCode(grouped(&tidy)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CheckCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

fn grouped(text: &str) -> String {
    format!("{}-{}-{}", &text[..4], &text[4..8], &text[8..])
}
