//! AlgorithmIdentifier and SubjectPublicKeyInfo (RFC 5280 §4.1.1.2, §4.1.2.7; RFC 3279, 4055, 5480,
//! 5758, 8410) to and from the names of [`crate::algorithm`].

use crate::algorithm::{AlgorithmFault, Curve, Digest, PublicKey, SignatureAlgorithm};

use super::der::{DerFault, Element, Oid, Reader, tag, write};
use super::oids;

/// An algorithm as it was named, with its parameters as they stood there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identifier<'a> {
    pub oid: Oid,
    pub parameters: Option<Element<'a>>,
    pub whole: &'a [u8],
}

impl<'a> Identifier<'a> {
    pub fn read(reader: &mut Reader<'a>) -> Result<Identifier<'a>, DerFault> {
        let element = reader.tagged(tag::SEQUENCE)?;
        let mut inside = element.inside();
        let oid = inside.oid()?;
        let parameters = if inside.is_empty() { None } else { Some(inside.any()?) };
        inside.finish()?;
        Ok(Identifier { oid, parameters, whole: element.whole })
    }

    fn is_plain(&self) -> bool {
        self.parameters.is_none_or(|element| element.whole == [tag::NULL, 0])
    }

    /// The digest, when it is one we know.
    pub fn digest(&self) -> Option<Digest> {
        let all = [Digest::Sha1, Digest::Sha256, Digest::Sha384, Digest::Sha512];
        all.into_iter().find(|digest| self.is_plain() && digest_oid(*digest) == self.oid)
    }

    /// How it was signed, when this names it alone. `rsaEncryption`, `id-ecPublicKey`: see
    /// [`Identifier::signature_with`].
    pub fn signature(&self) -> Option<SignatureAlgorithm> {
        if self.oid == oids::RSA_PSS {
            return read_pss(self.parameters?).ok().flatten();
        }
        let simple = [
            (oids::RSA_SHA256, SignatureAlgorithm::RsaPkcs1(Digest::Sha256)),
            (oids::ECDSA_SHA256, SignatureAlgorithm::Ecdsa(Digest::Sha256)),
            (oids::RSA_SHA384, SignatureAlgorithm::RsaPkcs1(Digest::Sha384)),
            (oids::RSA_SHA512, SignatureAlgorithm::RsaPkcs1(Digest::Sha512)),
            (oids::ECDSA_SHA384, SignatureAlgorithm::Ecdsa(Digest::Sha384)),
            (oids::ECDSA_SHA512, SignatureAlgorithm::Ecdsa(Digest::Sha512)),
            (oids::ED25519, SignatureAlgorithm::Ed25519),
            (oids::RSA_SHA1, SignatureAlgorithm::RsaPkcs1(Digest::Sha1)),
            (oids::ECDSA_SHA1, SignatureAlgorithm::Ecdsa(Digest::Sha1)),
        ];
        let found = simple.into_iter().find(|(oid, _)| *oid == self.oid);
        found.filter(|_| self.is_plain()).map(|(_, algorithm)| algorithm)
    }

    /// CMS may name only the kind of key and leave the digest to its own field (RFC 5652 §5.3).
    pub fn signature_with(&self, digest: Digest) -> Option<SignatureAlgorithm> {
        match self.oid {
            oids::RSA if self.is_plain() => Some(SignatureAlgorithm::RsaPkcs1(digest)),
            oids::EC => Some(SignatureAlgorithm::Ecdsa(digest)),
            _ => self.signature(),
        }
    }
}

/// RFC 4055 §3.1.
const SALT_BYTES_DEFAULT: u64 = 20;

/// RSASSA-PSS-params; anything but one digest throughout is `None`.
fn read_pss(parameters: Element<'_>) -> Result<Option<SignatureAlgorithm>, DerFault> {
    let mut fields = parameters.expect_tag(tag::SEQUENCE)?.inside();
    let hash = fields.optional_inside(0)?;
    let mask = fields.optional_inside(1)?;
    let salt = fields.optional_inside(2)?;
    let trailer = fields.optional_inside(3)?;
    fields.finish()?;
    // What is left out is SHA-1, which is not verified this way.
    let (Some(mut hash), Some(mut mask)) = (hash, mask) else {
        return Ok(None);
    };
    let digest = Identifier::read(&mut hash)?.digest();
    let mask = Identifier::read(&mut mask)?;
    let mask_digest = match mask.parameters {
        Some(element) if mask.oid == oids::MGF1 => {
            Identifier::read(&mut Reader::new(element.whole))?.digest()
        }
        _ => None,
    };
    let salt_bytes = salt.map_or(Ok(SALT_BYTES_DEFAULT), |mut inside| inside.small())?;
    let usual_trailer = trailer.is_none_or(|mut inside| inside.small() == Ok(1));
    let fits = |digest: &Digest| mask_digest == Some(*digest) && usual_trailer;
    Ok(digest.filter(fits).and_then(|digest| SignatureAlgorithm::rsa_pss(digest, salt_bytes)))
}

pub fn digest_oid(digest: Digest) -> Oid {
    match digest {
        Digest::Sha1 => oids::SHA1,
        Digest::Sha256 => oids::SHA256,
        Digest::Sha384 => oids::SHA384,
        Digest::Sha512 => oids::SHA512,
    }
}

/// With NULL, as OpenSSL and most others write it; RFC 5754 §2 allows both.
pub fn write_digest(digest: Digest) -> Vec<u8> {
    write::sequence(&[&write::oid(&digest_oid(digest)), &write::null()])
}

/// # Errors
/// [`AlgorithmFault::Unknown`] for what is only read: nothing signs with it.
pub fn write_signature(algorithm: SignatureAlgorithm) -> Result<Vec<u8>, AlgorithmFault> {
    use SignatureAlgorithm::{Ecdsa, Ed25519, RsaPkcs1, RsaPss, RsaPssSalted};
    let (oid, parameters) = match algorithm {
        RsaPkcs1(Digest::Sha256) => (oids::RSA_SHA256, write::null()),
        RsaPkcs1(Digest::Sha384) => (oids::RSA_SHA384, write::null()),
        RsaPkcs1(Digest::Sha512) => (oids::RSA_SHA512, write::null()),
        Ecdsa(Digest::Sha256) => (oids::ECDSA_SHA256, Vec::new()),
        Ecdsa(Digest::Sha384) => (oids::ECDSA_SHA384, Vec::new()),
        Ecdsa(Digest::Sha512) => (oids::ECDSA_SHA512, Vec::new()),
        Ed25519 => (oids::ED25519, Vec::new()),
        RsaPss(digest) if digest.is_strong() => (oids::RSA_PSS, pss(digest)),
        RsaPkcs1(Digest::Sha1) | Ecdsa(Digest::Sha1) | RsaPss(_) | RsaPssSalted(..) => {
            return Err(AlgorithmFault::Unknown);
        }
    };
    Ok(write::sequence(&[&write::oid(&oid), &parameters]))
}

fn pss(digest: Digest) -> Vec<u8> {
    let hash = write_digest(digest);
    let mask = write::sequence(&[&write::oid(&oids::MGF1), &hash]);
    let salt = write::small(digest.size_bytes() as u64);
    write::sequence(&[
        &write::explicit(0, &[&hash]),
        &write::explicit(1, &[&mask]),
        &write::explicit(2, &[&salt]),
    ])
}

/// SubjectPublicKeyInfo.
///
/// # Errors
/// [`AlgorithmFault::Unknown`] for kinds of keys and curves that nothing here verifies with,
/// [`AlgorithmFault::KeyUnreadable`] when it is not what its kind asks for.
pub fn read_key(spki: &[u8]) -> Result<PublicKey, AlgorithmFault> {
    let unreadable = |_: DerFault| AlgorithmFault::KeyUnreadable;
    let mut fields = Reader::of_sequence(spki).map_err(unreadable)?;
    let algorithm = Identifier::read(&mut fields).map_err(unreadable)?;
    let key = fields.bits_of_bytes().map_err(unreadable)?;
    fields.finish().map_err(unreadable)?;
    match algorithm.oid {
        oids::RSA if algorithm.is_plain() => read_rsa(key).map_err(unreadable),
        oids::EC => read_ec(algorithm.parameters, key),
        oids::ED25519 if key.len() == 32 => Ok(PublicKey::Ed25519(key.to_vec())),
        oids::RSA | oids::ED25519 => Err(AlgorithmFault::KeyUnreadable),
        _ => Err(AlgorithmFault::Unknown),
    }
}

fn read_rsa(key: &[u8]) -> Result<PublicKey, DerFault> {
    let mut fields = Reader::of_sequence(key)?;
    let modulus = match fields.integer()? {
        [first, ..] if first & 0x80 != 0 => return Err(DerFault::Integer),
        [0, modulus @ ..] | modulus => modulus,
    };
    let leading = modulus.first().map_or(8, |byte| byte.leading_zeros() as usize);
    fields.integer()?;
    fields.finish()?;
    let modulus_bits = (modulus.len() * 8).saturating_sub(leading);
    Ok(PublicKey::Rsa { pkcs1: key.to_vec(), modulus_bits })
}

fn read_ec(parameters: Option<Element<'_>>, key: &[u8]) -> Result<PublicKey, AlgorithmFault> {
    let named = parameters.filter(|element| element.tag == tag::OID);
    let curve = named.and_then(|element| element.oid().ok());
    let curve = match curve {
        Some(oids::P256) => Curve::P256,
        Some(oids::P384) => Curve::P384,
        Some(oids::P521) => Curve::P521,
        // Explicit parameters let whoever writes them choose the curve (CVE-2020-0601).
        _ => return Err(AlgorithmFault::Unknown),
    };
    let fits = key.first() == Some(&0x04) && key.len() == 1 + 2 * curve.size_bytes();
    if !fits {
        return Err(AlgorithmFault::KeyUnreadable);
    }
    Ok(PublicKey::Ec { curve, point: key.to_vec() })
}

/// The DER of SubjectPublicKeyInfo.
pub fn write_key(key: &PublicKey) -> Vec<u8> {
    let (oid, parameters, bytes) = match key {
        PublicKey::Rsa { pkcs1, .. } => (oids::RSA, write::null(), pkcs1),
        PublicKey::Ec { curve, point } => {
            let curve = match curve {
                Curve::P256 => oids::P256,
                Curve::P384 => oids::P384,
                Curve::P521 => oids::P521,
            };
            (oids::EC, write::oid(&curve), point)
        }
        PublicKey::Ed25519(bytes) => (oids::ED25519, Vec::new(), bytes),
    };
    let algorithm = write::sequence(&[&write::oid(&oid), &parameters]);
    write::sequence(&[&algorithm, &write::bits_of_bytes(bytes)])
}
