//! JSON signatures: the vectors of the RFCs, jwcrypto, and what must be refused.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
    KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;

use crate::algorithm::{AlgorithmFault, Curve, PublicKey};
use crate::jws::{Algorithm, Delivery, Jws, JwsFault, Prepared, Recipe, prepare, read};
use crate::tests::judges::{judged_by, python_with};

const PAYLOAD: &[u8] = "{\"nơi\":\"Tân Lập\"}".as_bytes();

enum Key {
    Rsa(RsaKeyPair),
    Ec(EcdsaKeyPair, Curve),
    Ed(Ed25519KeyPair),
}

impl Key {
    fn all() -> Vec<(Algorithm, Key)> {
        let ec = |kind| EcdsaKeyPair::generate(kind).unwrap();
        vec![
            (Algorithm::Rs256, Key::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap())),
            (Algorithm::Ps256, Key::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap())),
            (Algorithm::Es256, Key::Ec(ec(&ECDSA_P256_SHA256_ASN1_SIGNING), Curve::P256)),
            (Algorithm::Es384, Key::Ec(ec(&ECDSA_P384_SHA384_ASN1_SIGNING), Curve::P384)),
            (Algorithm::EdDsa, Key::Ed(Ed25519KeyPair::generate().unwrap())),
        ]
    }

    fn public(&self) -> PublicKey {
        match self {
            Key::Rsa(key) => {
                PublicKey::Rsa { pkcs1: key.public_key().as_ref().to_vec(), modulus_bits: 2_048 }
            }
            Key::Ec(key, curve) => {
                PublicKey::Ec { curve: *curve, point: key.public_key().as_ref().to_vec() }
            }
            Key::Ed(key) => PublicKey::Ed25519(key.public_key().as_ref().to_vec()),
        }
    }

    fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Key::Rsa(key) => {
                let padding: &'static dyn aws_lc_rs::signature::RsaEncoding =
                    if algorithm == Algorithm::Ps256 { &RSA_PSS_SHA256 } else { &RSA_PKCS1_SHA256 };
                let mut value = vec![0; key.public_modulus_len()];
                key.sign(padding, &random, message, &mut value).unwrap();
                value
            }
            Key::Ec(key, _) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            Key::Ed(key) => key.sign(message).as_ref().to_vec(),
        }
    }

    /// As jwcrypto takes it.
    fn jwk(&self) -> Option<String> {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        match self.public() {
            PublicKey::Ec { curve, point } => {
                let (x, y) = point[1..].split_at(curve.size_bytes());
                let name = if curve == Curve::P256 { "P-256" } else { "P-384" };
                let (x, y) = (text(x), text(y));
                Some(format!(r#"{{"kty":"EC","crv":"{name}","x":"{x}","y":"{y}"}}"#))
            }
            PublicKey::Ed25519(x) => {
                Some(format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, text(&x)))
            }
            PublicKey::Rsa { .. } => {
                let Key::Rsa(key) = self else { return None };
                let modulus = key.public_key().modulus().big_endian_without_leading_zero().to_vec();
                let e = key.public_key().exponent().big_endian_without_leading_zero().to_vec();
                Some(format!(r#"{{"kty":"RSA","n":"{}","e":"{}"}}"#, text(&modulus), text(&e)))
            }
        }
    }
}

fn recipe(algorithm: Algorithm, delivery: Delivery) -> Recipe<'static> {
    Recipe {
        algorithm,
        certificates: &[],
        key_id: Some("k1"),
        media_type: Some("json"),
        signing_time: None,
        delivery,
    }
}

fn checked(jws: &Jws, key: &PublicKey) -> Result<Vec<u8>, JwsFault> {
    jws.check(&jws.signatures[0], key).map(<[u8]>::to_vec)
}

#[test]
fn the_vectors_of_the_rfcs_are_valid() {
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let eddsa = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PP\
                 Ot7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    let key = PublicKey::Ed25519(decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"));
    let read_one = read(eddsa, None).unwrap();
    assert_eq!(checked(&read_one, &key).unwrap(), b"Example of Ed25519 signing");
    let es256 = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly\
                 9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXF\
                 CgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    let mut point = vec![4];
    point.extend(decode("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"));
    point.extend(decode("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"));
    let key = PublicKey::Ec { curve: Curve::P256, point };
    assert!(checked(&read(es256, None).unwrap(), &key).is_ok());
}

#[test]
fn every_algorithm_and_delivery_goes_around_and_jwcrypto_agrees() {
    const JUDGE: &str = r"
import sys
from jwcrypto import jwk, jws
token = jws.JWS(); token.deserialize(sys.argv[2])
key = jwk.JWK.from_json(sys.argv[1])
token.verify(key, detached_payload=sys.argv[3].encode() if len(sys.argv) > 3 else None)
print('good')
";
    let python = python_with("jwcrypto");
    for (algorithm, key) in Key::all() {
        for delivery in [Delivery::Attached, Delivery::Detached, Delivery::DetachedUnencoded] {
            let prepared = prepare(PAYLOAD, &recipe(algorithm, delivery));
            let value = key.sign(algorithm, prepared.to_be_signed());
            for text in [prepared.finish(&value).unwrap(), prepared.finish_json(&value).unwrap()] {
                let detached = (delivery != Delivery::Attached).then_some(PAYLOAD);
                let message = read(&text, detached).unwrap();
                assert_eq!(checked(&message, &key.public()).unwrap(), PAYLOAD);
                assert_eq!(message.signatures[0].header.key_id.as_deref(), Some("k1"));
                let Some(python) = &python else { continue };
                let jwk = key.jwk().unwrap();
                let mut arguments = vec![jwk.as_str(), &text];
                arguments.extend(detached.map(|payload| std::str::from_utf8(payload).unwrap()));
                let said = judged_by(python, JUDGE, &arguments);
                assert_eq!(said.as_deref(), Ok("good\n"), "{algorithm:?} {delivery:?}");
            }
        }
    }
}

#[test]
fn a_second_signature_stands_beside_the_first() {
    let keys = Key::all();
    let [(first, one), .., (second, other)] = keys.as_slice() else { panic!() };
    let prepared = prepare(PAYLOAD, &recipe(*first, Delivery::Attached));
    let text = prepared.finish_json(&one.sign(*first, prepared.to_be_signed())).unwrap();
    let prepared = prepare(PAYLOAD, &recipe(*second, Delivery::Attached));
    let value = other.sign(*second, prepared.to_be_signed());
    let both = prepared.finish_beside(&text, &value).unwrap();
    let message = read(&both, None).unwrap();
    assert!(message.check(&message.signatures[0], &one.public()).is_ok());
    assert!(message.check(&message.signatures[1], &other.public()).is_ok());
    assert!(message.check(&message.signatures[1], &one.public()).is_err());
    let another = prepare(b"{}", &recipe(*second, Delivery::Attached));
    assert_eq!(another.finish_beside(&text, &value), Err(JwsFault::PayloadTwice));
    let detached = prepare(PAYLOAD, &recipe(*second, Delivery::DetachedUnencoded));
    assert!(detached.finish_beside(&text, &value).is_err());
}

#[test]
fn a_key_of_another_kind_is_refused_before_anything_is_computed() {
    let keys = Key::all();
    for (algorithm, key) in &keys {
        let prepared = prepare(PAYLOAD, &recipe(*algorithm, Delivery::Attached));
        let value = key.sign(*algorithm, prepared.to_be_signed());
        let message = read(&prepared.finish(&value).unwrap(), None).unwrap();
        for (other, stranger) in &keys {
            let expected = match (other == algorithm, algorithm, stranger) {
                (true, ..) => Ok(PAYLOAD.to_vec()),
                (_, Algorithm::Rs256 | Algorithm::Ps256, Key::Rsa(_)) => {
                    Err(JwsFault::Signature(AlgorithmFault::Wrong))
                }
                _ => Err(JwsFault::KeyKind { algorithm: algorithm.name() }),
            };
            assert_eq!(checked(&message, &stranger.public()), expected);
        }
    }
}

fn with_header(header: &str) -> Result<Jws, JwsFault> {
    read(&format!("{}.e30.AAAA", URL_SAFE_NO_PAD.encode(header)), None)
}

#[test]
fn headers_that_weaken_are_refused_by_name() {
    for none in ["none", "None", "NONE", "nOnE"] {
        assert_eq!(with_header(&format!(r#"{{"alg":"{none}"}}"#)), Err(JwsFault::None));
    }
    let secret = JwsFault::SharedSecret { algorithm: "HS256".into() };
    assert_eq!(with_header(r#"{"alg":"HS256"}"#), Err(secret));
    let unknown = JwsFault::UnknownAlgorithm { algorithm: "RS1".into() };
    assert_eq!(with_header(r#"{"alg":"RS1"}"#), Err(unknown));
    for (header, fault) in [
        ("{}", JwsFault::Header),
        (r#"{"alg":"ES256","alg":"none"}"#, JwsFault::Header),
        (r#"{"alg":["ES256"]}"#, JwsFault::Header),
        (r#"{"alg":"ES256","crit":[]}"#, JwsFault::CriticalList),
        (r#"{"alg":"ES256","crit":["b64"]}"#, JwsFault::CriticalList),
        (r#"{"alg":"ES256","crit":["sigT","sigT"],"sigT":"x"}"#, JwsFault::CriticalList),
        (r#"{"alg":"ES256","crit":["exp"]}"#, JwsFault::Critical { name: "exp".into() }),
        (r#"{"alg":"ES256","b64":false}"#, JwsFault::Unencoded),
        (r#"{"alg":"ES256","b64":true}"#, JwsFault::Unencoded),
        (r#"{"alg":"ES256","b64":false,"crit":["b64"]}"#, JwsFault::Unencoded),
        (r#"{"alg":"ES256","x5c":["!"]}"#, JwsFault::Encoding),
        (r#"{"alg":"ES256","x5c":["AAAA"],"x5t#S256":"AAAA"}"#, JwsFault::CertificateDigest),
    ] {
        assert_eq!(with_header(header), Err(fault), "{header}");
    }
    // A key in the message changes nothing: it is not even read.
    let jwk = with_header(r#"{"alg":"ES256","jwk":{"kty":"oct","k":"AAAA"}}"#).unwrap();
    let key = PublicKey::Ed25519(vec![0; 32]);
    assert!(matches!(checked(&jwk, &key), Err(JwsFault::KeyKind { .. })));
}

#[test]
fn forms_that_can_be_read_in_two_ways_are_refused() {
    let protected = URL_SAFE_NO_PAD.encode(r#"{"alg":"EdDSA"}"#);
    let one = format!(r#"{{"protected":"{protected}","signature":"AAAA"}}"#);
    let flat = format!(r#""protected":"{protected}","signature":"AAAA""#);
    for (text, fault) in [
        (String::new(), JwsFault::Form),
        ("a.b".into(), JwsFault::Form),
        (format!("{protected}.e30.AAAA.AAAA"), JwsFault::Form),
        (format!("{protected}.e30=.AAAA"), JwsFault::Encoding),
        (format!("{protected}..AAAA"), JwsFault::PayloadMissing),
        (format!(r#"{{"payload":"e30","signatures":[{one}],{flat}}}"#), JwsFault::Form),
        (format!(r#"{{"payload":"e30","payload":"e31","signatures":[{one}]}}"#), JwsFault::Form),
        (r#"{"payload":"e30","signatures":[]}"#.into(), JwsFault::Form),
        (format!(r#"{{"payload":"e30","x":1,"signatures":[{one}]}}"#), JwsFault::Form),
        (
            format!(r#"{{"payload":"e30","header":{{"alg":"EdDSA"}},{flat}}}"#),
            JwsFault::Unprotected,
        ),
        (
            format!(r#"{{"payload":"e30","header":{{"crit":["b64"]}},{flat}}}"#),
            JwsFault::Unprotected,
        ),
    ] {
        assert_eq!(read(&text, None), Err(fault), "{text}");
    }
    let attached = format!("{protected}.e30.AAAA");
    assert_eq!(read(&attached, Some(b"{}")), Err(JwsFault::PayloadTwice));
}

#[test]
fn certificates_and_time_go_into_the_header() {
    let certificates = [vec![0x30, 0x01, 0x00], vec![0x30, 0x00]];
    let recipe = Recipe {
        certificates: &certificates,
        signing_time: Some("2026-04-20T07:30:45Z"),
        ..recipe(Algorithm::EdDsa, Delivery::Attached)
    };
    let key = Ed25519KeyPair::generate().unwrap();
    let prepared: Prepared = prepare(PAYLOAD, &recipe);
    let text = prepared.finish(key.sign(prepared.to_be_signed()).as_ref()).unwrap();
    let message = read(&text, None).unwrap();
    let header = &message.signatures[0].header;
    assert_eq!(header.certificates, certificates);
    assert_eq!(header.signing_time.as_deref(), Some("2026-04-20T07:30:45Z"));
    assert!(header.certificate_digest.is_some());
}

proptest! {
    #[test]
    fn no_mutant_passes_for_another_message(at in any::<usize>(), letter in "[A-Za-z0-9_.-]") {
        let key = Ed25519KeyPair::from_seed_unchecked(&[9; 32]).unwrap();
        let prepared = prepare(PAYLOAD, &recipe(Algorithm::EdDsa, Delivery::Attached));
        let text = prepared.finish(key.sign(prepared.to_be_signed()).as_ref()).unwrap();
        let mut mutant = text.clone();
        let at = at % text.len();
        mutant.replace_range(at..=at, &letter);
        let public = PublicKey::Ed25519(key.public_key().as_ref().to_vec());
        if let Ok(message) = read(&mutant, None)
            && checked(&message, &public).is_ok()
        {
            prop_assert_eq!(mutant, text);
        }
    }

    #[test]
    fn any_text_ends_in_an_answer(text in ".{0,200}") {
        let _ = read(&text, None);
        let _ = read(&format!("{{{text}}}"), Some(b"x"));
    }
}
