//! What a system proves itself with.

use platform::hex::to_hex;
use platform::ids::Ids;
use zeroize::Zeroizing;

use crate::refusal::Refusal;
use crate::system_fault::SystemRefusal;

const LENGTH_MIN: usize = 8;
const LENGTH_MAX: usize = 256;
/// Shorter ones are taken, because agencies bring them along, and remarked on.
const LENGTH_GOOD: usize = 32;

/// Shown once, to the person who asked for it; kept sealed.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// 256 bits in hexadecimal digits.
    pub fn make(ids: &Ids) -> Secret {
        let bits: Zeroizing<[u8; 32]> = Zeroizing::new(ids.secret());
        Secret(Zeroizing::new(to_hex(&*bits)))
    }

    /// One that a system has already.
    pub fn given(text: &str) -> Result<Secret, Refusal> {
        let fits = (LENGTH_MIN..=LENGTH_MAX).contains(&text.len())
            && !text.contains(|letter: char| letter.is_control() || letter.is_whitespace());
        match fits {
            true => Ok(Secret(Zeroizing::new(text.to_owned()))),
            false => Err(SystemRefusal::SecretUnfit.into()),
        }
    }

    pub fn text(&self) -> &str {
        &self.0
    }

    pub fn is_short(&self) -> bool {
        self.0.len() < LENGTH_GOOD
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret")
    }
}
