//! Signing in two steps: what is to be signed is made first, whoever holds the key signs it, and
//! the signature is put in its place. Software keys, PKCS#11 and signers far away all fit.

use crate::algorithm::SignatureAlgorithm;

use super::der::{tag, write};

/// Everything but the signature.
#[derive(Debug, Clone)]
pub struct Prepared {
    message: Vec<u8>,
    algorithm: SignatureAlgorithm,
    signature_tag: u8,
    layers: Vec<Layer>,
}

/// One element around the signature: its tag and what stands before and after inside it.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub tag: u8,
    pub before: Vec<u8>,
    pub after: Vec<u8>,
}

impl Layer {
    pub fn around(tag: u8) -> Layer {
        Layer { tag, before: Vec::new(), after: Vec::new() }
    }
}

impl Prepared {
    /// `SEQUENCE { message, algorithm, BIT STRING }`: certificates, lists, requests.
    pub(super) fn signed(
        message: Vec<u8>,
        algorithm: SignatureAlgorithm,
        algorithm_der: &[u8],
    ) -> Prepared {
        let before = [message.as_slice(), algorithm_der].concat();
        let layer = Layer { tag: tag::SEQUENCE, before, after: Vec::new() };
        Prepared::new(message, algorithm, tag::BIT_STRING, vec![layer])
    }

    /// Layers from the innermost to the outermost.
    pub(super) fn new(
        message: Vec<u8>,
        algorithm: SignatureAlgorithm,
        signature_tag: u8,
        layers: Vec<Layer>,
    ) -> Prepared {
        Prepared { message, algorithm, signature_tag, layers }
    }

    pub(super) fn wrap(mut self, layers: impl IntoIterator<Item = Layer>) -> Prepared {
        self.layers.extend(layers);
        self
    }

    /// The last field of the innermost layer, after the signature.
    pub(super) fn followed_by(mut self, after: &[u8]) -> Prepared {
        if let Some(layer) = self.layers.first_mut() {
            layer.after.extend_from_slice(after);
        }
        self
    }

    /// The exact message that the signer hashes and signs.
    pub fn to_be_signed(&self) -> &[u8] {
        &self.message
    }

    /// How it must be signed. ECDSA values are DER ([`crate::algorithm::EcdsaForm::Asn1`]).
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// The finished DER. The signature is not checked: whoever signed may be asked to.
    pub fn finish(&self, signature: &[u8]) -> Vec<u8> {
        let mut der = if self.signature_tag == tag::BIT_STRING {
            write::bits_of_bytes(signature)
        } else {
            write::tlv(self.signature_tag, &[signature])
        };
        for layer in &self.layers {
            der = write::tlv(layer.tag, &[&layer.before, &der, &layer.after]);
        }
        der
    }
}
