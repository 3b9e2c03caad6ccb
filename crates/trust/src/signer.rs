//! Whoever can sign with one key: the one face of keys in software and behind PKCS#11.
//!
//! Signing is asked for from async code and done elsewhere: software keys on the runtime's blocking
//! threads, tokens on the threads that own their sessions. The result is what X.509 and CMS carry:
//! the RSA block, the DER of an ECDSA signature, the 64 bytes of Ed25519.

use std::sync::Arc;

use wire::algorithm::{PublicKey, SignatureAlgorithm};

use crate::key::{KeyId, KeyKind};
use crate::software::SoftwareKey;
use crate::token::TokenKey;

/// Cheap to clone. Its Debug form tells the kind and the id, never the key.
#[derive(Debug, Clone)]
pub struct Signer {
    id: KeyId,
    key: Key,
}

#[derive(Debug, Clone)]
enum Key {
    Software(Arc<SoftwareKey>),
    Token(Arc<TokenKey>),
}

/// Why there is no signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SigningFault {
    #[error("the key does not sign with this algorithm")]
    Unfitting,
    /// The token was pulled out, its sessions are gone, the machine is out of chance.
    #[error("the key cannot sign now: {0}")]
    NotNow(String),
    #[error("this installation has no token: name its PKCS#11 module, label and PIN")]
    NoToken,
    #[error("the token does not have the key any more")]
    KeyGone,
}

impl Signer {
    pub(crate) fn software(id: KeyId, key: Arc<SoftwareKey>) -> Signer {
        Signer { id, key: Key::Software(key) }
    }

    pub(crate) fn token(id: KeyId, key: TokenKey) -> Signer {
        Signer { id, key: Key::Token(Arc::new(key)) }
    }

    /// By which the database knows the key.
    pub fn id(&self) -> KeyId {
        self.id
    }

    pub fn kind(&self) -> KeyKind {
        match &self.key {
            Key::Software(key) => key.kind(),
            Key::Token(key) => key.kind(),
        }
    }

    pub fn public_key(&self) -> &PublicKey {
        match &self.key {
            Key::Software(key) => key.public_key(),
            Key::Token(key) => key.public_key(),
        }
    }

    /// What it can sign with.
    pub fn algorithms(&self) -> &'static [SignatureAlgorithm] {
        self.kind().algorithms()
    }

    /// The one to take when nothing speaks against it.
    pub fn usual_algorithm(&self) -> SignatureAlgorithm {
        self.kind().usual_algorithm()
    }

    /// Hashes and signs `message`, off the threads that serve.
    pub async fn sign(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, SigningFault> {
        if !self.algorithms().contains(&algorithm) {
            return Err(SigningFault::Unfitting);
        }
        match &self.key {
            Key::Software(key) => {
                let (key, message) = (Arc::clone(key), message.to_vec());
                tokio::task::spawn_blocking(move || key.sign(algorithm, &message))
                    .await
                    .unwrap_or_else(|_| Err(SigningFault::NotNow("the thread ended".to_owned())))
            }
            Key::Token(key) => key.sign(algorithm, message).await,
        }
    }

    /// What `wire` prepared, finished with this key's signature.
    pub async fn complete(&self, prepared: &wire::pki::Prepared) -> Result<Vec<u8>, SigningFault> {
        let signature = self.sign(prepared.algorithm(), prepared.to_be_signed()).await?;
        Ok(prepared.finish(&signature))
    }
}
