//! Every sentence that code or a page asks for is there, in both languages.

use platform::words::{Locale, Words};

use crate::message_code::Purpose;
use crate::password::PasswordFault;
use crate::refusal::{Refusal, password_told};
use crate::{Assurance, Ground, Proof, Role, Scope};

fn words() -> Words {
    let ground = platform::parts().into_iter().map(|part| part.words);
    let all = ground.chain([organisations::part().words, crate::part().words]);
    Words::load(&all.collect::<Vec<_>>()).unwrap()
}

/// Keys written in code and templates; those put together at run time are asked for below.
fn asked() -> Vec<String> {
    let mut files = Vec::new();
    walk(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut files);
    let mut keys = Vec::new();
    for text in files {
        for piece in text.split('"').filter(|piece| piece.starts_with("identity-")) {
            let is_key =
                piece.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if is_key && !piece.ends_with('-') {
                keys.push(piece.to_owned());
            }
        }
    }
    keys
}

fn walk(folder: &std::path::Path, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.extension().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            walk(&path, files);
        } else if matches!(name, "rs" | "html") {
            files.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn both_languages_have_the_same_keys_and_all_that_are_asked_for() {
    let words = words();
    assert_eq!(words.keys(Locale::Vi), words.keys(Locale::En));
    let asked = asked();
    assert!(asked.len() > 300);
    for key in &asked {
        assert!(words.keys(Locale::Vi).contains(key), "{key}");
    }
    let unused: Vec<&String> = words
        .keys(Locale::Vi)
        .iter()
        .filter(|key| key.starts_with("identity-") && !key.starts_with("identity-message-"))
        .filter(|key| !asked.contains(key))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_message_that_code_sends_has_its_words() {
    let told = include_str!("../commands/mod.rs").to_owned()
        + include_str!("../commands/sign_in.rs")
        + include_str!("../commands/registration.rs")
        + include_str!("../commands/passwords.rs")
        + include_str!("../commands/account.rs")
        + include_str!("../commands/officers.rs")
        + include_str!("../commands/delegations.rs")
        + include_str!("../commands/identities.rs");
    let words = words();
    let messages: Vec<&String> =
        words.keys(Locale::Vi).iter().filter(|key| key.starts_with("identity-message-")).collect();
    for key in messages {
        let what = key.trim_start_matches("identity-message-");
        let known =
            what.starts_with("code-") || what == "subject" || told.contains(&format!("\"{what}\""));
        assert!(known, "{key} is sent by nobody");
    }
    for purpose in [Purpose::Registration, Purpose::ForgottenPassword, Purpose::NewContact] {
        let key = format!("identity-message-code-{}", purpose.code());
        assert!(words.keys(Locale::En).contains(&key), "{key}");
    }
}

#[test]
fn names_of_roles_grounds_and_refusals_are_sentences_in_both_languages() {
    let words = words();
    for locale in Locale::ALL {
        let speech = words.speak(locale);
        let keys = Role::ALL.map(Role::word).into_iter().chain(Ground::ALL.map(Ground::word));
        let more = [
            Scope::Act.word(),
            Scope::Follow.word(),
            Proof::Declared.word(),
            Proof::Checked.word(),
            Proof::Granted.word(),
            Assurance::Declared.word(),
            Assurance::Checked.word(),
        ];
        for key in keys.chain(more) {
            assert_ne!(speech.t(key), key);
        }
        for fault in [
            PasswordFault::Missing,
            PasswordFault::Short { least: 8 },
            PasswordFault::Long { most: 128 },
            PasswordFault::Common,
            PasswordFault::Row,
            PasswordFault::Own,
        ] {
            assert!(!password_told(fault, &speech).contains("identity-"));
        }
        let until = jiff::Timestamp::UNIX_EPOCH;
        for refusal in [Refusal::NotRecognised, Refusal::Waiting { until }, Refusal::CodeSpent] {
            assert!(!refusal.told(&speech).unwrap().contains("identity-"));
        }
    }
    assert!(words.missing().is_empty(), "{:?}", words.missing());
}
