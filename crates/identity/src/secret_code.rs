//! Short secrets that pass through people's hands: the six digits sent to a phone, the ten recovery
//! codes on a sheet of paper, the code by which someone takes up a delegation, one-time links.
//! Only their hash is kept.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use platform::ids::Ids;
use uuid::Uuid;

/// Letters and digits nobody confuses when copying them by hand (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

pub const RECOVERY_CODES: usize = 10;

/// Six digits for a message. Short-lived and with few tries, so they may be short.
pub fn message_code(ids: &Ids) -> String {
    let number = u64::from_be_bytes(ids.secret::<8>());
    format!("{:06}", number % 1_000_000)
}

/// Sixteen letters (80 bits) in groups of four: long enough to be kept for years as a plain hash.
pub fn paper_code(ids: &Ids) -> String {
    let letters: Vec<char> =
        ids.secret::<16>().iter().map(|byte| ALPHABET[usize::from(byte % 32)] as char).collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// What was meant when a code was copied by hand: no spaces and hyphens, O is 0, I and L are 1.
pub fn read_paper_code(typed: &str) -> String {
    let letter = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    typed.chars().filter(char::is_ascii_alphanumeric).map(letter).collect()
}

/// Bound to the row it belongs to, so that equal codes of two rows have different hashes.
pub fn hash(row: Uuid, code: &str) -> Vec<u8> {
    let input = [row.as_bytes().as_slice(), read_paper_code(code).as_bytes()].concat();
    digest(&SHA256, &input).as_ref().to_vec()
}

/// For tokens of 256 bits, which are looked up by their hash and need no row.
pub fn token_hash(token: &str) -> Vec<u8> {
    digest(&SHA256, token.as_bytes()).as_ref().to_vec()
}

pub fn is(row: Uuid, typed: &str, stored: &[u8]) -> bool {
    verify_slices_are_equal(&hash(row, typed), stored).is_ok()
}
