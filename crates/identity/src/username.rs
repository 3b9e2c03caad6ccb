//! The name an officer signs in with: small letters, digits and `. - _ @`, one letter at least,
//! so that it is never mistaken for a personal number.

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Username(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UsernameFault {
    #[error("nothing was written")]
    Missing,
    #[error("from 3 to 64 letters")]
    Length,
    #[error("only letters without marks, digits and . - _ @, at least one letter")]
    Letters,
}

impl Username {
    pub fn parse(text: &str) -> Result<Username, UsernameFault> {
        let name = text.trim().to_ascii_lowercase();
        if name.is_empty() {
            return Err(UsernameFault::Missing);
        }
        let is_of_usernames = |byte: u8| byte.is_ascii_alphanumeric() || b".-_@".contains(&byte);
        let has_letter = name.bytes().any(|byte| byte.is_ascii_lowercase());
        if !has_letter || !name.bytes().all(is_of_usernames) {
            return Err(UsernameFault::Letters);
        }
        if !(3..=64).contains(&name.len()) {
            return Err(UsernameFault::Length);
        }
        Ok(Username(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}
