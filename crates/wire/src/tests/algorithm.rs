//! One verification for every format.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, KeyPair,
};
use proptest::prelude::*;

use crate::algorithm::{
    AlgorithmFault, Curve, Digest, EcdsaForm, PublicKey, SignatureAlgorithm, asn1_to_fixed,
    fixed_to_asn1,
};

fn signed(
    algorithm: &'static EcdsaSigningAlgorithm,
    curve: Curve,
    message: &[u8],
) -> (PublicKey, Vec<u8>) {
    let pair = EcdsaKeyPair::generate(algorithm).unwrap();
    let signature = pair.sign(&SystemRandom::new(), message).unwrap();
    let point = pair.public_key().as_ref().to_vec();
    (PublicKey::Ec { curve, point }, signature.as_ref().to_vec())
}

#[test]
fn a_signature_is_accepted_in_both_forms_and_only_over_its_message() {
    let (key, der) = signed(&ECDSA_P256_SHA256_ASN1_SIGNING, Curve::P256, "liên thông".as_bytes());
    let ecdsa = SignatureAlgorithm::Ecdsa(Digest::Sha256);
    let fixed = asn1_to_fixed(Curve::P256, &der).unwrap();
    assert_eq!(key.verify(ecdsa, EcdsaForm::Asn1, "liên thông".as_bytes(), &der), Ok(()));
    assert_eq!(key.verify(ecdsa, EcdsaForm::Fixed, "liên thông".as_bytes(), &fixed), Ok(()));
    let other = key.verify(ecdsa, EcdsaForm::Fixed, b"lien thong", &fixed);
    assert_eq!(other, Err(AlgorithmFault::Wrong));
    let confused = key.verify(ecdsa, EcdsaForm::Fixed, "liên thông".as_bytes(), &der);
    assert_eq!(confused, Err(AlgorithmFault::Wrong));
}

#[test]
fn a_key_of_one_kind_never_serves_an_algorithm_of_another() {
    let (key, der) = signed(&ECDSA_P384_SHA384_ASN1_SIGNING, Curve::P384, b"m");
    let rsa = SignatureAlgorithm::RsaPkcs1(Digest::Sha256);
    let answer = key.verify(rsa, EcdsaForm::Asn1, b"m", &der);
    assert_eq!(answer, Err(AlgorithmFault::Unfitting));
}

proptest! {
    #[test]
    fn r_and_s_survive_both_ways(bytes in proptest::collection::vec(any::<u8>(), 132)) {
        for curve in [Curve::P256, Curve::P384, Curve::P521] {
            let mut fixed = bytes[..2 * curve.size_bytes()].to_vec();
            fixed[0] |= 1;
            let der = fixed_to_asn1(curve, &fixed).unwrap();
            prop_assert_eq!(asn1_to_fixed(curve, &der), Some(fixed));
        }
    }

    #[test]
    fn anything_may_be_read_as_two_integers_without_harm(
        bytes in proptest::collection::vec(any::<u8>(), 0..160),
    ) {
        for curve in [Curve::P256, Curve::P384, Curve::P521] {
            let _ = asn1_to_fixed(curve, &bytes);
        }
    }
}
