//! The six digits that change every thirty seconds (RFC 6238), shown by any authenticator app.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use jiff::Timestamp;

pub const STEP_SECONDS: i64 = 30;

/// The shared key: 160 bits, as RFC 4226 recommends.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret([u8; 20]);

impl TotpSecret {
    pub fn new(bytes: [u8; 20]) -> TotpSecret {
        TotpSecret(bytes)
    }

    pub fn from_slice(bytes: &[u8]) -> Option<TotpSecret> {
        bytes.try_into().ok().map(TotpSecret)
    }

    pub fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// The key as text (base32 without padding), for apps without a camera.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(32);
        for five in self.0.chunks(5) {
            let bits = five.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
            text.extend((0..8).rev().map(|at| BASE32[(bits >> (5 * at) & 31) as usize] as char));
        }
        text
    }

    /// Reads back [`TotpSecret::text`]; spaces and small letters do no harm.
    pub fn parse(text: &str) -> Option<TotpSecret> {
        let letters: Vec<u64> = text
            .bytes()
            .filter(|byte| !byte.is_ascii_whitespace())
            .map(|byte| BASE32.iter().position(|b| *b == byte.to_ascii_uppercase()))
            .map(|at| at.map(|at| at as u64))
            .collect::<Option<_>>()?;
        let bytes: Vec<u8> = letters
            .chunks(8)
            .filter(|eight| eight.len() == 8)
            .map(|eight| eight.iter().fold(0u64, |bits, five| bits << 5 | five))
            .flat_map(|bits| bits.to_be_bytes()[3..].to_vec())
            .collect();
        if letters.len() == 32 { TotpSecret::from_slice(&bytes) } else { None }
    }

    /// What the QR code holds. `issuer` and `account` are shown in the app.
    pub fn uri(&self, issuer: &str, account: &str) -> String {
        let (issuer, account) = (percent(issuer), percent(account));
        format!("otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}", self.text())
    }

    /// The digits at this moment: what the app shows.
    pub fn code(&self, at: Timestamp) -> String {
        self.code_of(step_of(at))
    }

    /// The step whose digits these are, among the present one and its neighbours (clocks differ),
    /// and only if it is later than the last one used: a code opens once.
    pub fn accept(&self, typed: &str, at: Timestamp, last_used: Option<i64>) -> Option<i64> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let now = step_of(at);
        (now - 1..=now + 1)
            .filter(|step| last_used.is_none_or(|used| *step > used))
            .find(|step| equal(&self.code_of(*step), &digits))
    }

    fn code_of(&self, step: i64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let bytes = tag.as_ref();
        let offset = usize::from(bytes[19] & 15);
        let four = &bytes[offset..offset + 4];
        let number = four.iter().fold(0u32, |number, byte| number << 8 | u32::from(*byte));
        format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
    }
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

pub fn step_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(STEP_SECONDS)
}

fn equal(one: &str, other: &str) -> bool {
    verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}

fn percent(text: &str) -> String {
    let keeps = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if keeps(byte) { (byte as char).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
