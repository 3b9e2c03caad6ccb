//! Authorities: made whole, at the addresses their certificates name, and kept going.

use super::openssl::Judge;
use super::town::Town;
use crate::commands::Scribe;
use crate::commands::authority::{NewAuthority, create, keep_services};
use crate::key::{Keeper, KeyKind};
use crate::profile::{RESPONDER, STAMP};
use crate::refusal::Refusal;
use crate::store::certificates;

#[tokio::test(flavor = "multi_thread")]
async fn root_and_issuing_authority_are_what_openssl_believes() {
    let town = Town::today().await;
    for kind in [KeyKind::P256, KeyKind::Rsa2048] {
        let new = NewAuthority {
            name: format!("Cơ quan thử {}", kind.code()),
            slug: None,
            kind,
            keeper: Keeper::Software,
            sandbox: true,
        };
        let scribe = Scribe::named(town.ctx(), None, "operator");
        let issuing = create(town.ctx(), &scribe, new).await.unwrap();
        let root = town.root_of(&issuing).await;
        let Some(judge) = Judge::new() else { return };
        judge.certificate("root.pem", &root.der);
        judge.certificate("issuing.pem", &issuing.der);
        judge.agrees("verify -x509_strict -CAfile root.pem root.pem");
        judge.agrees("verify -x509_strict -CAfile root.pem issuing.pem");
        let text = judge.agrees("x509 -in issuing.pem -noout -text -nameopt utf8");
        for said in [
            "pathlen:0",
            "Certificate Sign, CRL Sign",
            &format!("URI:http://localhost/crl/{}.crl", root.slug),
            &format!("URI:http://localhost/ocsp/{}", root.slug),
            &format!("URI:http://localhost/ca/{}.cer", root.slug),
            "không có giá trị pháp lý",
        ] {
            assert!(text.contains(said), "{said}\n{text}");
        }
        for code in [RESPONDER, STAMP] {
            let (id, now) = (issuing.id, town.ctx().clock.now());
            let found =
                town.ctx().store.read(move |tx| certificates::of_service(tx, (id, code), now));
            let service = found.await.unwrap().unwrap();
            judge.certificate("service.pem", &service.der);
            let purpose = if code == STAMP { "timestampsign" } else { "ocsphelper" };
            judge.agrees(&format!(
                "verify -x509_strict -purpose {purpose} -CAfile root.pem -untrusted issuing.pem \
                 service.pem"
            ));
        }
    }
    assert_eq!(town.verbs().await[0], "trust.create-authority");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_authority_signs_lies_at_its_addresses() {
    let town = Town::new().await;
    let issuing = town.authority().await;
    let answer = town.house.get(&format!("/ca/{}.cer", issuing.slug)).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("content-type")),
        (200, "application/pkix-cert")
    );
    assert_eq!(answer.bytes, issuing.der);
    let answer = town.house.get(&format!("/crl/{}.crl", issuing.slug)).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("content-type")),
        (200, "application/pkix-crl")
    );
    assert!(answer.header("cache-control").contains("max-age=3600"));
    for nothing in [
        "/ca/khong-co.cer".to_owned(),
        format!("/ca/{}.crl", issuing.slug),
        format!("/crl/{}.cer", issuing.slug),
        "/crl/..%2F..crl".to_owned(),
        "/ocsp/khong-co/AAAA".to_owned(),
    ] {
        assert_eq!(town.house.get(&nothing).await.status.as_u16(), 404, "{nothing}");
    }
    let answer = town.house.get("/api/v1/authorities").await;
    assert!(answer.has("http://localhost/ca/lien-thong-thu-nghiem.cer"), "{}", answer.text);
    assert!(answer.has("http://localhost/tsa"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_given_once_and_has_to_be_one() {
    let town = Town::new().await;
    town.authority().await;
    let named = |name: &str| NewAuthority {
        name: name.to_owned(),
        slug: None,
        kind: KeyKind::P256,
        keeper: Keeper::Software,
        sandbox: false,
    };
    let scribe = Scribe::named(town.ctx(), None, "operator");
    for (name, refusal) in [
        ("  ", Refusal::NameWrong),
        ("Liên Thông thử nghiệm", Refusal::AuthorityTaken),
        ("???", Refusal::NameUnusable),
    ] {
        assert_eq!(create(town.ctx(), &scribe, named(name)).await.err(), Some(refusal));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn services_get_new_certificates_before_theirs_end_and_lists_are_signed_anew() {
    let town = Town::new().await;
    let issuing = town.authority().await;
    assert_eq!(keep_services(town.ctx()).await, Ok(0));
    town.pass_days(70);
    assert_eq!(keep_services(town.ctx()).await, Ok(2), "the responders of both authorities");
    assert_eq!(keep_services(town.ctx()).await, Ok(0));
    let crl = format!("/crl/{}.crl", issuing.slug);
    let before = town.house.get(&crl).await.bytes;
    assert_eq!(crate::revocation::rebuild_old(town.ctx()).await, Ok(2));
    assert_eq!(crate::revocation::rebuild_old(town.ctx()).await, Ok(0));
    assert_ne!(town.house.get(&crl).await.bytes, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_a_revocation_has_not_reached_is_signed_at_the_next_turn() {
    let town = Town::new().await;
    let issuing = town.authority().await;
    let seal = town.seal().await;
    town.pass_seconds(60);
    // The state changed and the list was not signed: the key was not at hand just then.
    let change = certificates::Change {
        state: crate::certificate::State::Revoked,
        since: town.ctx().clock.now(),
        reason: Some(1),
        invalid_since: None,
    };
    let one = seal.clone();
    let done = town.ctx().store.write(move |tx| certificates::set_state(tx, &one, &change)).await;
    assert_eq!(done, Ok(true));
    town.pass_seconds(60);
    assert_eq!(crate::revocation::rebuild_old(town.ctx()).await, Ok(1));
    assert_eq!(crate::revocation::rebuild_old(town.ctx()).await, Ok(0));
    let crl = town.house.get(&format!("/crl/{}.crl", issuing.slug)).await.bytes;
    let crl = wire::pki::crl::Crl::read(&crl).unwrap();
    assert!(crl.find(&seal.x509().unwrap().serial).is_some());
}
