//! Time stamps, with `openssl ts` on both sides.

use jiff::SignedDuration;

use super::kit::{KINDS, Kind, OpenSsl, Party, at_time, days, now, oid, serial};
use crate::algorithm::Digest;
use crate::pki::cms::{Additions, Attribute, Original, SignedData};
use crate::pki::crl::{self, CrlProfile};
use crate::pki::oids;
use crate::pki::time_stamp::{
    self, Accuracy, Failure, Imprint, Request, Response, StampFault, StampProfile, Token,
};

const DATA: &[u8] = "Giấy khai sinh".as_bytes();

pub fn empty_list(by: &Party) -> Vec<u8> {
    let profile = CrlProfile {
        issuer: &by.certificate.subject,
        issuer_key_id: &by.key_id(),
        this_update: days(-1),
        next_update: days(6),
        number: 1,
    };
    by.key.finish(&crl::prepare(&profile, &[], by.key.algorithm()).unwrap())
}

struct House {
    root: Party,
    authority: Party,
}

fn house(kind: Kind) -> House {
    let root = Party::root("Gốc", kind);
    let authority = root.end_with("Dấu thời gian", kind, |spec| {
        spec.extend(|all| all.extended_key_usage(&[oids::TIME_STAMPING]));
    });
    House { root, authority }
}

impl House {
    fn stamp(&self, request: &Request) -> Vec<u8> {
        let number = serial(4711);
        let profile = StampProfile {
            policy: oid("1.3.6.1.4.1.99999.2"),
            serial: &number,
            at: now() + SignedDuration::from_millis(120),
            accuracy: Some(Accuracy { seconds: 1, milliseconds: 500, microseconds: 0 }),
            is_ordered: true,
            certificate: &self.authority.certificate,
            chain: &[],
            digest: self.authority.key.digest(),
        };
        let algorithm = self.authority.key.algorithm();
        let prepared = time_stamp::prepare(request, &profile, algorithm).unwrap();
        self.authority.key.finish(&prepared)
    }
}

fn request() -> Request {
    Request {
        imprint: Imprint::of(Digest::Sha256, DATA),
        policy: None,
        nonce: Some(Request::nonce_of([0x80, 1, 2, 3, 4, 5, 6, 7])),
        wants_certificate: true,
    }
}

fn granted(der: &[u8]) -> Vec<u8> {
    match time_stamp::read_response(der).unwrap() {
        Response::Granted(token) => token,
        other => panic!("{other:?}"),
    }
}

#[test]
fn openssl_verifies_our_stamps() {
    // `openssl ts` goes the way of PKCS#7, which has neither PSS nor Ed25519.
    for kind in [Kind::Rsa, Kind::P256, Kind::P384] {
        let house = house(kind);
        let Some(openssl) = OpenSsl::find() else { return };
        openssl.put("root.pem", house.root.certificate.pem()).put("data", DATA);
        openssl.run("ts -query -data data -sha256 -cert -out q.tsq");
        let question = Request::read(&openssl.get("q.tsq")).unwrap();
        assert_eq!(question.imprint, Imprint::of(Digest::Sha256, DATA));
        let der = house.stamp(&question);
        openssl.put("a.tsr", &der).put("t.der", granted(&der));
        let at = at_time();
        openssl
            .run(&format!("ts -verify -queryfile q.tsq -in a.tsr -CAfile root.pem -attime {at}"));
        openssl.run(&format!(
            "ts -verify -data data -in t.der -token_in -CAfile root.pem -attime {at}"
        ));
        let said = openssl.run("ts -reply -in a.tsr -text");
        for expected in [
            "Status: Granted",
            "02:00:00.12 2026",
            "0x1267",
            "0x01 seconds, 0x01F4 millis",
            "Ordering: yes",
        ] {
            assert!(said.contains(expected), "{expected}\n{said}");
        }
        openssl.put("data", b"another");
        let (is_well, _) = openssl
            .try_run(&format!("ts -verify -data data -in a.tsr -CAfile root.pem -attime {at}"));
        assert!(!is_well);
    }
}

#[test]
fn our_question_is_answered_by_openssl_and_we_check() {
    let house = house(Kind::Rsa);
    let Some(openssl) = OpenSsl::find() else { return };
    openssl.put("tsa.pem", house.authority.certificate.pem());
    openssl.put("tsa.key", house.authority.key.pem());
    openssl.put(
        "ts.cnf",
        "[tsa]\ndefault_tsa=one\n[one]\nserial=serial\nsigner_cert=tsa.pem\nsigner_key=tsa.key\n\
         signer_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256,sha512\naccuracy=secs:1\n\
         ess_cert_id_chain=no\ness_cert_id_alg=sha256\n",
    );
    openssl.put("q.tsq", request().write());
    openssl.put("serial", "01\n");
    openssl.run("ts -reply -config ts.cnf -section one -queryfile q.tsq -out a.tsr");
    let token = Token::read(&granted(&openssl.get("a.tsr"))).unwrap();
    token.answers(&request()).unwrap();
    let certificate = token.certificate().unwrap().clone();
    assert_eq!(certificate, house.authority.certificate);
    let covered = token.check(&request().imprint, &certificate).unwrap();
    assert!(covered.is_certificate_signed);
    assert_eq!((token.policy, token.accuracy.unwrap().seconds), (oid("1.2.3.4"), 1));
    openssl.put("ts.cnf", "[tsa]\ndefault_tsa=one\n[one]\nserial=serial\nsigner_cert=tsa.pem\nsigner_key=tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha512\n");
    openssl.run("ts -reply -config ts.cnf -section one -queryfile q.tsq -out no.tsr");
    let refused = time_stamp::read_response(&openssl.get("no.tsr")).unwrap();
    let Response::Rejected { failure, words } = refused else { panic!() };
    assert_eq!(failure, Some(Failure::BadAlgorithm));
    assert!(!words.is_empty());
}

#[test]
fn a_stamp_is_read_back_and_only_over_its_imprint() {
    for kind in KINDS {
        let house = house(kind);
        let token = Token::read(&granted(&house.stamp(&request()))).unwrap();
        assert_eq!(token.at, now() + SignedDuration::from_millis(120));
        assert_eq!(token.serial, [0x12, 0x67]);
        assert!(token.is_ordered && token.answers(&request()).is_ok());
        let certificate = &house.authority.certificate;
        assert!(token.check(&request().imprint, certificate).is_ok());
        let other = Imprint::of(Digest::Sha256, b"x");
        assert_eq!(token.check(&other, certificate).unwrap_err(), StampFault::OtherImprint);
        let nonce = Request { nonce: None, ..request() };
        assert_eq!(token.answers(&nonce), Err(StampFault::Nonce));
        let policy = Request { policy: Some(oid("1.2.3")), ..request() };
        assert_eq!(token.answers(&policy), Err(StampFault::Policy));
    }
}

#[test]
fn a_certificate_for_more_than_stamps_does_not_stamp() {
    let root = Party::root("Gốc", Kind::P256);
    for purposes in
        [vec![oids::TIME_STAMPING, oids::DOCUMENT_SIGNING], vec![oids::DOCUMENT_SIGNING]]
    {
        let authority = root.end_with("Không chỉ dấu", Kind::P256, |spec| {
            spec.extend(|all| all.extended_key_usage(&purposes));
        });
        let house = House { root: Party::root("r", Kind::P256), authority };
        let token = Token::read(&granted(&house.stamp(&request()))).unwrap();
        let check = token.check(&request().imprint, &house.authority.certificate);
        assert_eq!(check.unwrap_err(), StampFault::Purpose);
    }
}

#[test]
fn a_rejection_says_why_to_openssl_and_to_us() {
    let der = time_stamp::rejection(Failure::BadAlgorithm, "Thuật toán không được hỗ trợ");
    let read = time_stamp::read_response(&der).unwrap();
    let words = vec!["Thuật toán không được hỗ trợ".to_owned()];
    assert_eq!(read, Response::Rejected { failure: Some(Failure::BadAlgorithm), words });
    let Some(openssl) = OpenSsl::find() else { return };
    openssl.put("r.tsr", der);
    let said = openssl.run("ts -reply -in r.tsr -text");
    assert!(said.contains("Rejected") && said.contains("unrecognized or unsupported"), "{said}");
    for failure in [Failure::SystemFailure, Failure::TimeNotAvailable, Failure::UnacceptedPolicy] {
        let read = time_stamp::read_response(&time_stamp::rejection(failure, "")).unwrap();
        assert_eq!(read, Response::Rejected { failure: Some(failure), words: Vec::new() });
    }
}

#[test]
fn a_stamp_in_a_signature_is_found_again() {
    let house = house(Kind::P256);
    let signer = house.root.end("An", Kind::P256);
    let profile = crate::pki::cms::SignatureProfile {
        content: crate::pki::cms::Content::Attached(DATA),
        digest: Digest::Sha256,
        certificate: &signer.certificate,
        chain: &[],
        signing_time: None,
    };
    let prepared = crate::pki::cms::prepare(&profile, signer.key.algorithm()).unwrap();
    let signed = SignedData::read(&signer.key.finish(&prepared)).unwrap();
    let imprint = Imprint::of(Digest::Sha256, &signed.signers[0].signature);
    let question = Request { imprint: imprint.clone(), ..request() };
    let token = granted(&house.stamp(&question));
    let attribute = Attribute::new(oids::SIGNATURE_TIME_STAMP, token);
    let additions = Additions { unsigned: &[attribute], ..Additions::default() };
    let stamped = SignedData::read(&signed.complete(0, &additions).unwrap()).unwrap();
    let found = stamped.signers[0].time_stamps().next().unwrap();
    let token = Token::read(found).unwrap();
    assert!(token.check(&imprint, &house.authority.certificate).is_ok());
    let again = stamped.check(&stamped.signers[0], Original::Inside, &signer.certificate);
    assert!(again.is_ok());
}
