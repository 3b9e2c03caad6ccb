//! Keys in software: made, brought, sealed, and signing what others' verification accepts.

use wire::algorithm::{Digest, EcdsaForm, SignatureAlgorithm};
use zeroize::Zeroizing;

use super::openssl::Judge;
use super::town::Town;
use crate::commands::{Scribe, keys};
use crate::key::{Keeper, KeyKind};
use crate::keyring;
use crate::refusal::Refusal;
use crate::signer::SigningFault;
use crate::software::{self, KeyFault, SoftwareKey};
use crate::store;

#[tokio::test]
async fn every_kind_signs_with_everything_it_names_and_nothing_else() {
    for kind in KeyKind::ALL {
        let key = SoftwareKey::open(&software::generate(kind).unwrap()).unwrap();
        assert_eq!(key.kind(), kind);
        for algorithm in kind.algorithms() {
            let signature = key.sign(*algorithm, b"thu").unwrap();
            let verified = |message: &[u8]| {
                key.public_key().verify(*algorithm, EcdsaForm::Asn1, message, &signature)
            };
            assert_eq!(verified(b"thu"), Ok(()), "{algorithm}");
            assert!(verified(b"thua").is_err(), "{algorithm}");
        }
        let weak = SignatureAlgorithm::RsaPkcs1(Digest::Sha1);
        assert_eq!(key.sign(weak, b"thu"), Err(SigningFault::Unfitting));
    }
}

#[tokio::test]
async fn a_key_is_sealed_and_shows_nothing_of_itself() {
    let town = Town::new().await;
    let scribe = Scribe::named(town.ctx(), None, "operator");
    let pkcs8 = software::generate(KeyKind::P256).unwrap();
    let file = Zeroizing::new(pkcs8.to_vec());
    let signer = keys::bring(town.ctx(), &scribe, file).await.unwrap();
    let id = signer.id();
    let row = town.ctx().store.read(move |tx| store::keys::read(tx, id)).await.unwrap().unwrap();
    let sealed = row.sealed.unwrap();
    assert!(!sealed.windows(16).any(|piece| pkcs8.windows(16).any(|secret| secret == piece)));
    assert_eq!(town.verbs().await[0], "trust.bring-key");
    let opened = keyring::signer(town.ctx(), id).await.unwrap();
    assert_eq!(opened.public_key(), signer.public_key());
    let algorithm = opened.usual_algorithm();
    let signature = opened.sign(algorithm, b"thu").await.unwrap();
    let fits = signer.public_key().verify(algorithm, EcdsaForm::Asn1, b"thu", &signature);
    assert_eq!(fits, Ok(()));
    assert!(format!("{opened:?}").len() < 200, "{opened:?}");
}

#[tokio::test]
async fn a_sealed_key_opens_only_in_its_own_row() {
    let town = Town::new().await;
    let scribe = Scribe::named(town.ctx(), None, "operator");
    let kind = (KeyKind::P256, Keeper::Software);
    let one = keys::make(town.ctx(), &scribe, kind).await.unwrap().id();
    let row = town.ctx().store.read(move |tx| store::keys::read(tx, one)).await.unwrap().unwrap();
    let moved = store::keys::KeyRow { id: crate::key::KeyId(town.ctx().ids.next()), ..row };
    let mut sealed = moved.sealed.clone().unwrap();
    // Another name than what is open already.
    sealed.push(0);
    for sealed in [sealed, moved.sealed.clone().unwrap().split_off(1)] {
        let id = crate::key::KeyId(town.ctx().ids.next());
        let stolen = store::keys::KeyRow { id, sealed: Some(sealed), ..moved.clone() };
        town.ctx().store.write(move |tx| store::keys::insert(tx, &stolen)).await.unwrap();
        assert!(matches!(keyring::signer(town.ctx(), id).await, Err(Refusal::Store(_))));
    }
}

#[test]
fn what_is_no_private_key_of_ours_is_refused() {
    assert_eq!(software::read(b"").err(), Some(KeyFault::Unreadable));
    assert_eq!(software::read(b"0\x82").err(), Some(KeyFault::Unreadable));
    let encrypted = wire::pki::pem::write("ENCRYPTED PRIVATE KEY", b"x");
    assert_eq!(software::read(encrypted.as_bytes()).err(), Some(KeyFault::Encrypted));
    let Some(judge) = Judge::new() else { return };
    judge.agrees("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out ec.pem");
    judge.agrees("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem");
    judge.agrees("genpkey -algorithm ED25519 -out ed.pem");
    for (file, kind) in
        [("ec.pem", KeyKind::P384), ("rsa.pem", KeyKind::Rsa2048), ("ed.pem", KeyKind::Ed25519)]
    {
        let (_, key) = software::read(&judge.read(file)).unwrap();
        assert_eq!(key.kind(), kind);
    }
    judge.agrees("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2560 -out long.pem");
    assert_eq!(software::read(&judge.read("long.pem")).err(), Some(KeyFault::Kind));
    judge.agrees("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out odd.pem");
    assert!(software::read(&judge.read("odd.pem")).is_err());
}
