//! The addresses that XML-DSig 1.1, RFC 6931 and RFC 9231 give to algorithms.

use super::fault::shown;
use super::{DSIG, Fault};
use crate::algorithm::{Digest, SignatureAlgorithm};

pub const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
/// RSA-PSS with its parameters written out.
pub const RSA_PSS: &str = "http://www.w3.org/2007/05/xmldsig-more#rsa-pss";
pub(super) const MORE: &str = "http://www.w3.org/2007/05/xmldsig-more#";
pub(super) const MGF1: &str = "http://www.w3.org/2007/05/xmldsig-more#MGF1";
const MORE_2001: &str = "http://www.w3.org/2001/04/xmldsig-more#";

const DIGESTS: [(&str, Digest); 4] = [
    ("http://www.w3.org/2000/09/xmldsig#sha1", Digest::Sha1),
    ("http://www.w3.org/2001/04/xmlenc#sha256", Digest::Sha256),
    ("http://www.w3.org/2001/04/xmldsig-more#sha384", Digest::Sha384),
    ("http://www.w3.org/2001/04/xmlenc#sha512", Digest::Sha512),
];

const SIGNATURES: [(&str, SignatureAlgorithm); 13] = {
    use Digest::{Sha1, Sha256, Sha384, Sha512};
    use SignatureAlgorithm::{Ecdsa, Ed25519, RsaPkcs1, RsaPss};
    [
        ("http://www.w3.org/2000/09/xmldsig#rsa-sha1", RsaPkcs1(Sha1)),
        ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", RsaPkcs1(Sha256)),
        ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", RsaPkcs1(Sha384)),
        ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", RsaPkcs1(Sha512)),
        ("http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1", RsaPss(Sha1)),
        ("http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", RsaPss(Sha256)),
        ("http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1", RsaPss(Sha384)),
        ("http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1", RsaPss(Sha512)),
        ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1", Ecdsa(Sha1)),
        ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", Ecdsa(Sha256)),
        ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", Ecdsa(Sha384)),
        ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", Ecdsa(Sha512)),
        ("http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519", Ed25519),
    ]
};

/// # Errors
/// [`Fault::DigestAlgorithm`], MD5 among others.
pub fn digest(uri: &str) -> Result<Digest, Fault> {
    let found = DIGESTS.iter().find(|(name, _)| *name == uri);
    found.map(|(_, digest)| *digest).ok_or(Fault::DigestAlgorithm { uri: shown(uri) })
}

pub fn digest_address(digest: Digest) -> &'static str {
    DIGESTS.iter().find(|(_, one)| *one == digest).map_or("", |(name, _)| name)
}

/// # Errors
/// [`Fault::Hmac`] for every keyed hash, [`Fault::SignatureAlgorithm`] for what is not known.
pub fn signature(uri: &str) -> Result<SignatureAlgorithm, Fault> {
    if let Some((_, found)) = SIGNATURES.iter().find(|(name, _)| *name == uri) {
        return Ok(*found);
    }
    let short = uri.strip_prefix(DSIG).or(uri.strip_prefix(MORE_2001)).or(uri.strip_prefix(MORE));
    match short.is_some_and(|name| name.starts_with("hmac")) {
        true => Err(Fault::Hmac),
        false => Err(Fault::SignatureAlgorithm { uri: shown(uri) }),
    }
}

pub fn signature_address(algorithm: SignatureAlgorithm) -> &'static str {
    SIGNATURES.iter().find(|(_, one)| *one == algorithm).map_or("", |(name, _)| name)
}
