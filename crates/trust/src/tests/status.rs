//! Revocation as the world sees it: lists and OCSP, beside OpenSSL.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use platform::testing::{Answer, Visitor};
use wire::algorithm::Digest;
use wire::pki::ocsp::{CertId, Request, Response, Status};

use super::openssl::Judge;
use super::town::Town;
use crate::authority::Authority;
use crate::certificate::{Certificate, State};
use crate::responder;

async fn post(visitor: &mut Visitor, slug: &str, question: &[u8]) -> Answer {
    let media = [("content-type", "application/ocsp-request")];
    visitor.go(Method::POST, &format!("/ocsp/{slug}"), &media, question.to_vec()).await
}

fn question(issuing: &Authority, one: &Certificate, nonce: Option<&[u8]>) -> Vec<u8> {
    let serial = one.x509().unwrap().serial.clone();
    let id = CertId::new(Digest::Sha1, &issuing.certificate().unwrap(), &serial);
    Request::write(&[id], nonce).unwrap()
}

async fn act(town: &Town, who: &str, one: &Certificate, act: &str, fields: &[(&str, &str)]) {
    let mut officer = town.at_work(who).await;
    let page = format!("/quan-tri/chung-thu/{}", one.id);
    officer.get(&page).await;
    let answer = officer.post(&format!("{page}/{act}"), fields).await;
    assert_eq!(answer.status.as_u16(), 303, "{act}: {}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_answers_say_what_openssl_understands() {
    let town = Town::today().await;
    let issuing = town.authority().await;
    let root = town.root_of(&issuing).await;
    let seal = town.seal().await;
    let Some(judge) = Judge::new() else { return };
    judge.certificate("root.pem", &root.der);
    judge.certificate("issuing.pem", &issuing.der);
    judge.certificate("one.pem", &seal.der);
    let mut visitor = town.house.visitor();
    for (number, (act_name, fields, said, fine)) in [
        ("", &[][..], "good", true),
        ("tam-dung", &[], "certificateHold", false),
        ("khoi-phuc", &[], "good", true),
        ("thu-hoi", &[("reason", "key")], "keyCompromise", false),
    ]
    .into_iter()
    .enumerate()
    {
        if !act_name.is_empty() {
            act(&town, "hethong.mot", &seal, act_name, fields).await;
        }
        let mut crls = String::new();
        for (one, file) in [(&root, "root.pem"), (&issuing, "issuing.pem")] {
            let der = town.house.get(&format!("/crl/{}.crl", one.slug)).await.bytes;
            judge.write("one.crl", &der);
            judge.agrees(&format!("crl -inform DER -in one.crl -CAfile {file} -noout"));
            crls.push_str(&wire::pki::pem::write("X509 CRL", &der));
        }
        judge.write("crls.pem", crls.as_bytes());
        let line = "verify -crl_check_all -CRLfile crls.pem -CAfile root.pem -untrusted issuing.pem \
                    one.pem";
        if fine {
            judge.agrees(line)
        } else {
            judge.refuses(line)
        };
        judge.agrees("ocsp -issuer issuing.pem -cert one.pem -reqout question.der");
        let answer = post(&mut visitor, issuing.slug.as_str(), &judge.read("question.der")).await;
        assert_eq!(answer.header("content-type"), "application/ocsp-response", "{number}");
        judge.write("answer.der", &answer.bytes);
        let told = judge.agrees(
            "ocsp -respin answer.der -reqin question.der -issuer issuing.pem -cert one.pem -CAfile \
             root.pem -verify_other issuing.pem -no_nonce",
        );
        assert!(told.contains(said) && told.contains("Response verify OK"), "{number}: {told}");
    }
    // With a nonce, which OpenSSL compares.
    judge.agrees("ocsp -issuer issuing.pem -cert one.pem -nonce -reqout question.der");
    let answer = post(&mut visitor, issuing.slug.as_str(), &judge.read("question.der")).await;
    judge.write("answer.der", &answer.bytes);
    let told = judge.agrees(
        "ocsp -respin answer.der -reqin question.der -CAfile root.pem -verify_other issuing.pem",
    );
    assert!(told.contains("verify OK") && !told.contains("WARNING"), "{told}");
    let told = judge.agrees("crl -inform DER -in one.crl -noout -text");
    assert!(told.contains("Key Compromise") && told.contains("CRL Number"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_kept_until_the_state_changes_and_a_nonce_is_answered_freshly() {
    let town = Town::new().await;
    let issuing = town.authority().await;
    let seal = town.seal().await;
    let mut visitor = town.house.visitor();
    let slug = issuing.slug.as_str();
    let plain = question(&issuing, &seal, None);
    let first = post(&mut visitor, slug, &plain).await;
    town.pass_seconds(600);
    let second = post(&mut visitor, slug, &plain).await;
    assert_eq!(first.bytes, second.bytes);
    let fresh = post(&mut visitor, slug, &question(&issuing, &seal, Some(b"12345678"))).await;
    let response = Response::read(&fresh.bytes).unwrap();
    assert_eq!(response.nonce.as_deref(), Some(&b"12345678"[..]));
    let path = format!("/ocsp/{slug}/{}", STANDARD.encode(&plain).replace('/', "%2F"));
    let got = visitor.get(&path.replace('+', "%2B")).await;
    assert_eq!(got.bytes, first.bytes);
    assert!(got.header("cache-control").starts_with("max-age=3600, public, no-transform"));
    assert!(got.header("expires").ends_with("GMT") && !got.header("etag").is_empty());
    assert_eq!(second.header("cache-control"), "no-store", "a POST is kept by nobody");
    act(&town, "quantri.hue", &seal, "thu-hoi", &[("reason", "cessation")]).await;
    let third = Response::read(&post(&mut visitor, slug, &plain).await.bytes).unwrap();
    let issuer = issuing.certificate().unwrap();
    third.verify(&issuer, town.ctx().clock.now()).unwrap();
    let serial = seal.x509().unwrap().serial.clone();
    assert!(matches!(third.answer(&issuer, &serial).unwrap().status, Status::Revoked { .. }));
    assert_eq!(town.certificate(seal.id).await.state, State::Revoked);
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_signed_before_anybody_asks() {
    let town = Town::new().await;
    let issuing = town.authority().await;
    let seal = town.seal().await;
    let signed = responder::presign(town.ctx()).await.unwrap();
    assert!(signed >= 2, "{signed}");
    assert_eq!(responder::presign(town.ctx()).await, Ok(0));
    let made = town.ctx().clock.now();
    town.pass_seconds(3000);
    let mut visitor = town.house.visitor();
    let answer = post(&mut visitor, issuing.slug.as_str(), &question(&issuing, &seal, None)).await;
    let response = Response::read(&answer.bytes).unwrap();
    assert_eq!(response.produced_at.as_second(), made.as_second(), "signed before");
    town.pass_seconds(5 * 3600);
    assert_eq!(responder::presign(town.ctx()).await, Ok(signed));
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_and_nonsense_get_an_answer_that_says_so() {
    let town = Town::new().await;
    let issuing = town.authority().await;
    let root = town.root_of(&issuing).await;
    let seal = town.seal().await;
    let mut visitor = town.house.visitor();
    let slug = issuing.slug.as_str();
    for nonsense in [&b""[..], b"0", b"\x30\x03\x02\x01\x00", &[0x30; 3000]] {
        let answer = post(&mut visitor, slug, nonsense).await;
        assert_eq!((answer.status.as_u16(), answer.bytes), (200, vec![0x30, 3, 0x0a, 1, 1]));
    }
    let elsewhere = post(&mut visitor, slug, &question(&root, &seal, None)).await;
    assert_eq!(elsewhere.bytes, [0x30, 3, 0x0a, 1, 6], "another issuer: unauthorized");
    let issuer = issuing.certificate().unwrap();
    let nobody = wire::pki::certificate::Serial::new(&[1, 2, 3]).unwrap();
    let id = CertId::new(Digest::Sha256, &issuer, &nobody);
    let asked = Request::write(&[id], None).unwrap();
    let response = Response::read(&post(&mut visitor, slug, &asked).await.bytes).unwrap();
    assert_eq!(response.answer(&issuer, &nobody).unwrap().status, Status::Unknown);
}

/// A stream of numbers that is the same on every machine.
fn chance(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

#[tokio::test(flavor = "multi_thread")]
async fn mangled_questions_are_answered_and_never_break_anything() {
    let town = Town::new().await;
    let issuing = town.authority().await;
    let seal = town.seal().await;
    let mut visitor = town.house.visitor();
    let status = question(&issuing, &seal, Some(b"12345678"));
    let stamp = wire::pki::time_stamp::Request {
        imprint: wire::pki::time_stamp::Imprint::of(Digest::Sha256, b"thu"),
        policy: None,
        nonce: Some(vec![7]),
        wants_certificate: true,
    };
    let mut state = 20_261_123;
    for (path, whole) in
        [(format!("/ocsp/{}", issuing.slug), status), ("/tsa".to_owned(), stamp.write())]
    {
        for _ in 0..150 {
            let mut mangled = whole.clone();
            match chance(&mut state) % 3 {
                0 => mangled.truncate(chance(&mut state) % whole.len()),
                1 => mangled.insert(chance(&mut state) % whole.len(), chance(&mut state) as u8),
                _ => {
                    let place = chance(&mut state) % whole.len();
                    mangled[place] = chance(&mut state) as u8;
                }
            }
            let answer = visitor.go(Method::POST, &path, &[], mangled.clone()).await;
            assert_eq!(answer.status.as_u16(), 200, "{path} {mangled:02x?}");
            assert_eq!(answer.bytes.first(), Some(&0x30));
        }
    }
}
