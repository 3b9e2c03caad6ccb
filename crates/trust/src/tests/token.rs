//! Keys behind PKCS#11, with SoftHSM as the token.
//!
//! The module reads its configuration from the environment of its process, so the test runs itself
//! again in a process of its own that has one.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use platform::HardwareToken;
use wire::algorithm::EcdsaForm;

use super::town::Town;
use crate::commands::authority::{NewAuthority, create};
use crate::commands::{Scribe, keys};
use crate::key::{Keeper, KeyKind};
use crate::keyring;
use crate::refusal::Refusal;
use crate::signer::SigningFault;

const LABEL: &str = "lien-thong-thu";
const PIN: &str = "271828";
/// Where SoftHSM looks for its configuration.
const CONFIGURATION: &str = "SOFTHSM2_CONF";
const THIS: &str = "tests::token::keys_in_a_token_sign_and_never_leave_it";

fn module() -> Option<PathBuf> {
    let places = [
        "/usr/lib/softhsm/libsofthsm2.so",
        "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    ];
    places.iter().map(Path::new).find(|place| place.exists()).map(Path::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_in_a_token_sign_and_never_leave_it() {
    match (module(), is_trial()) {
        (None, _) => println!("skipped: softhsm2 is not installed"),
        (Some(_), false) => again_with_a_token(),
        (Some(module), true) => signs_with_a_token(module).await,
    }
}

/// Whether this process has a token: the test made one for it.
#[expect(clippy::disallowed_methods, reason = "the module, too, reads it from there")]
fn is_trial() -> bool {
    std::env::var_os(CONFIGURATION).is_some()
}

fn again_with_a_token() {
    let folder = tempfile::tempdir().unwrap();
    let tokens = folder.path().join("tokens");
    std::fs::create_dir(&tokens).unwrap();
    let configuration = folder.path().join("softhsm2.conf");
    let text = format!("directories.tokendir = {}\nlog.level = ERROR\n", tokens.display());
    std::fs::write(&configuration, text).unwrap();
    let made = Command::new("softhsm2-util")
        .args(["--init-token", "--free", "--label", LABEL, "--so-pin", "0000", "--pin", PIN])
        .env(CONFIGURATION, &configuration)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let again = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", THIS, "--nocapture"])
        .env(CONFIGURATION, &configuration)
        .env_remove("TEST_DB")
        .output()
        .unwrap();
    let said = [again.stdout, again.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(again.status.success() && said.contains("1 passed"), "{said}");
}

async fn signs_with_a_token(module: PathBuf) {
    let mut town = Town::new().await;
    let scribe = Scribe::named(town.ctx(), None, "operator");
    let kind = (KeyKind::P256, Keeper::Token);
    let without = keys::make(town.ctx(), &scribe, kind).await;
    assert!(matches!(without, Err(Refusal::Signing(SigningFault::NoToken))));

    let token = HardwareToken { module, label: LABEL.to_owned(), pin: PIN.to_owned() };
    assert!(!format!("{token:?}").contains(PIN));
    let settings =
        platform::Settings { token: Some(token.clone()), ..(*town.house.ctx.settings).clone() };
    town.house.ctx.settings = Arc::new(settings);
    for kind in [KeyKind::Rsa2048, KeyKind::P256, KeyKind::P384, KeyKind::Ed25519] {
        let made = keys::make(town.ctx(), &scribe, (kind, Keeper::Token)).await.unwrap();
        let signer = keyring::signer(town.ctx(), made.id()).await.unwrap();
        for algorithm in signer.algorithms() {
            let signature = signer.sign(*algorithm, b"thu").await.unwrap();
            let fits = made.public_key().verify(*algorithm, EcdsaForm::Asn1, b"thu", &signature);
            assert_eq!(fits, Ok(()), "{algorithm}");
        }
    }
    many_at_once(&town, &scribe).await;
    let new = NewAuthority {
        name: "Trong thiết bị".to_owned(),
        slug: None,
        kind: KeyKind::P384,
        keeper: Keeper::Token,
        sandbox: true,
    };
    let issuing = create(town.ctx(), &scribe, new).await.unwrap();
    let root = town.root_of(&issuing).await.certificate().unwrap();
    assert_eq!(issuing.certificate().unwrap().is_signed_by(&root), Ok(()));
    let wrong = HardwareToken { label: "no such token".to_owned(), ..token };
    let asked = crate::token::Token::of(&wrong).unwrap();
    let made = asked.generate(KeyKind::P256, vec![1], "x".to_owned()).await;
    assert!(matches!(made, Err(SigningFault::NotNow(_))));
}

async fn many_at_once(town: &Town, scribe: &Scribe) {
    let kind = (KeyKind::P256, Keeper::Token);
    let signer = keys::make(town.ctx(), scribe, kind).await.unwrap();
    let algorithm = signer.usual_algorithm();
    let mut running = Vec::new();
    for number in 0..40_u8 {
        let signer = signer.clone();
        running.push(tokio::spawn(async move {
            let message = [number; 100];
            let signature = signer.sign(algorithm, &message).await.unwrap();
            signer.public_key().verify(algorithm, EcdsaForm::Asn1, &message, &signature)
        }));
    }
    for one in running {
        assert_eq!(one.await.unwrap(), Ok(()));
    }
}
